//! Printing an expression as SQL that means the same in every database.
//!
//! Databases differ where it hurts: `7 / 2` is 3 in some, `0.1` is a decimal in
//! others, a division by zero stops a query or is infinite. Casts and
//! `NULLIF` settle that here, except in [`Dialect::Generic`], which is the
//! plain notation that [`super::parse`] reads back.

mod operators;
mod shape;
mod words;

use super::expression::Expression;
use super::moments;
use shape::{Level, level};

/// The databases that SQL is printed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Plain notation; [`super::parse`] reads it back as the same expression.
    #[default]
    Generic,
    /// PostgreSQL 12 or later.
    Postgres,
    /// SQLite 3.23 or later.
    Sqlite,
    /// DuckDB 1.0 or later.
    DuckDb,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 4] = [Self::Generic, Self::Postgres, Self::Sqlite, Self::DuckDb];

    /// The kebab-case identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
            Self::DuckDb => "duckdb",
        }
    }

    /// How it is called in texts.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Generic => "SQL",
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
            Self::DuckDb => "DuckDB",
        }
    }
}

/// The expression as SQL text on one line, as long as no name or text in it has line breaks.
///
/// Names and texts are quoted so that nothing in them can end the quotation;
/// NUL, which no database takes, becomes U+FFFD.
pub fn sql(expression: &Expression, dialect: Dialect) -> String {
    printed(expression, dialect, None)
}

/// The same as [`sql`] for people to read: every branch, and every term of a
/// sum of products, on a line of its own, `indent` steps in.
pub fn sql_in_lines(expression: &Expression, dialect: Dialect, indent: usize) -> String {
    printed(expression, dialect, Some(indent))
}

fn printed(expression: &Expression, dialect: Dialect, indent: Option<usize>) -> String {
    let mut printer = Printer {
        dialect,
        indent,
        text: String::new(),
    };
    printer.print(expression, Level::Lowest);
    printer.text
}

/// A name in quotation marks.
pub fn identifier(name: &str) -> String {
    format!(
        "\"{}\"",
        name.replace('\0', "\u{fffd}").replace('"', "\"\"")
    )
}

fn text(value: &str) -> String {
    format!("'{}'", value.replace('\0', "\u{fffd}").replace('\'', "''"))
}

struct Printer {
    dialect: Dialect,
    /// How far in a new line begins; none where there are no new lines.
    indent: Option<usize>,
    text: String,
}

impl Printer {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A new line, so many steps further in, or a blank.
    fn break_line(&mut self, further: usize) {
        match self.indent {
            Some(indent) => {
                self.put("\n");
                self.put(&"    ".repeat(indent + further));
            }
            None => self.put(" "),
        }
    }

    /// What begins its lines further in.
    fn inside(&mut self, further: usize, print: impl FnOnce(&mut Self)) {
        let before = self.indent;
        self.indent = before.map(|indent| indent + further);
        print(self);
        self.indent = before;
    }

    /// Prints the expression, in parentheses unless it binds at least as tightly as `least`.
    fn print(&mut self, expression: &Expression, least: Level) {
        let open = level(expression) < least;
        if open {
            self.put("(");
        }
        self.bare(expression);
        if open {
            self.put(")");
        }
    }

    fn bare(&mut self, expression: &Expression) {
        match expression {
            Expression::Column(name) => self.put(&identifier(name)),
            Expression::Number(number) => {
                let number = self.number(*number);
                self.put(&number);
            }
            Expression::Text(value) => self.put(&text(value)),
            Expression::Boolean(value) => self.put(match (self.dialect, value) {
                (Dialect::Sqlite, true) => "1",
                (Dialect::Sqlite, false) => "0",
                (Dialect::Generic | Dialect::Postgres | Dialect::DuckDb, true) => "TRUE",
                (Dialect::Generic | Dialect::Postgres | Dialect::DuckDb, false) => "FALSE",
            }),
            Expression::Moment(seconds) => self.moment(*seconds),
            Expression::Null => self.put("NULL"),
            Expression::Not(inner) => self.not(inner),
            Expression::Negative(inner) => {
                self.put("-");
                if matches!(**inner, Expression::Number(_)) {
                    self.put("(");
                    self.bare(inner);
                    self.put(")");
                } else {
                    self.double(inner);
                }
            }
            Expression::Binary {
                left,
                operator,
                right,
            } => self.binary(left, *operator, right),
            Expression::IsNull(inner) => {
                self.print(inner, Level::Sum);
                self.put(" IS NULL");
            }
            Expression::In { value, list } => self.within(value, "IN", list),
            Expression::Case {
                branches,
                otherwise,
            } => self.case(branches, otherwise),
            Expression::Year(inner) => self.part(inner, "YEAR", "%Y"),
            Expression::Month(inner) => self.part(inner, "MONTH", "%m"),
            Expression::Hour(inner) => self.part(inner, "HOUR", "%H"),
            Expression::Weekday(inner) if self.dialect == Dialect::Sqlite => {
                self.put("((");
                self.part(inner, "ISODOW", "%w");
                self.put(" + 6) % 7 + 1)");
            }
            Expression::Weekday(inner) => self.part(inner, "ISODOW", "%w"),
            Expression::Epoch(inner) => self.part(inner, "EPOCH", "%s"),
            Expression::Length(inner) => {
                self.put("LENGTH(");
                self.print(inner, Level::Lowest);
                self.put(")");
            }
            Expression::Coalesce(list) => self.coalesce(list),
            Expression::HasWord(inner, word) => self.has_word(inner, word),
        }
    }

    /// A number in the shortest digits that give the same 64 bits again; one
    /// that is not finite is missing.
    fn number(&self, value: f64) -> String {
        if !value.is_finite() {
            return "NULL".to_owned();
        }
        let whole = value.fract() == 0.0 && value.abs() < 1e9;
        match self.dialect {
            Dialect::Generic if (1e-5..1e15).contains(&value.abs()) || value == 0.0 => {
                format!("{value}")
            }
            Dialect::Generic | Dialect::Sqlite => format!("{value:?}"),
            Dialect::Postgres | Dialect::DuckDb if whole => format!("{value}"),
            Dialect::Postgres | Dialect::DuckDb => format!("CAST({value:?} AS DOUBLE PRECISION)"),
        }
    }

    fn moment(&mut self, seconds: i64) {
        let Some((day, time)) = moments::write(seconds) else {
            self.put("NULL");
            return;
        };
        let literal = match (self.dialect, time) {
            (Dialect::Sqlite, time) => {
                format!("'{day} {}'", time.as_deref().unwrap_or("00:00:00"))
            }
            (_, None) => format!("DATE '{day}'"),
            (_, Some(time)) => format!("TIMESTAMP '{day} {time}'"),
        };
        self.put(&literal);
    }

    fn not(&mut self, inner: &Expression) {
        match inner {
            Expression::IsNull(value) => {
                self.print(value, Level::Sum);
                self.put(" IS NOT NULL");
            }
            Expression::In { value, list } => self.within(value, "NOT IN", list),
            other => {
                self.put("NOT ");
                self.print(other, Level::Atom);
            }
        }
    }

    fn case(&mut self, branches: &[(Expression, Expression)], otherwise: &Expression) {
        if branches.is_empty() {
            // CASE needs a branch
            self.print(otherwise, Level::Atom);
            return;
        }
        let before = self.indent;
        let is_outermost = self.text.is_empty();
        if let [_] = branches
            && !is_outermost
        {
            self.indent = None;
        }
        self.put("CASE");
        for (condition, value) in branches {
            self.break_line(1);
            self.put("WHEN ");
            self.inside(2, |printer| printer.print(condition, Level::Lowest));
            self.put(" THEN ");
            self.inside(2, |printer| printer.print(value, Level::Lowest));
        }
        if *otherwise != Expression::Null {
            self.break_line(1);
            self.put("ELSE ");
            self.inside(2, |printer| printer.print(otherwise, Level::Lowest));
        }
        self.break_line(0);
        self.put("END");
        self.indent = before;
    }

    fn part(&mut self, inner: &Expression, field: &str, format: &str) {
        match self.dialect {
            Dialect::Generic => {
                self.put(&format!("EXTRACT({field} FROM "));
                self.print(inner, Level::Lowest);
                self.put(")");
            }
            Dialect::Postgres | Dialect::DuckDb => {
                self.put(&format!("EXTRACT({field} FROM CAST("));
                self.print(inner, Level::Lowest);
                self.put(" AS TIMESTAMP))");
            }
            Dialect::Sqlite => {
                self.put(&format!("CAST(strftime('{format}', "));
                self.print(inner, Level::Lowest);
                self.put(") AS INTEGER)");
            }
        }
    }
}
