//! Printing an expression as SQL that means the same in every database.
//!
//! Databases differ where it hurts: `7 / 2` is 3 in some, `0.1` is a decimal in
//! others, a division by zero stops a query or is infinite. Casts and
//! `NULLIF` settle that here, except in [`Dialect::Generic`], which is the
//! plain notation that [`super::parse`] reads back.

use super::expression::{Binary, Expression};
use super::moments;

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

/// What a value is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Moment,
    Number,
    Other,
}

impl Beside {
    fn of<'a>(values: impl IntoIterator<Item = &'a Expression> + Clone) -> Self {
        let is_number = |value: &Expression| matches!(value, Expression::Number(_));
        if values.clone().into_iter().any(is_moment) {
            Self::Moment
        } else if values.into_iter().any(is_number) {
            Self::Number
        } else {
            Self::Other
        }
    }
}

/// How tightly an expression binds, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Lowest,
    And,
    Comparison,
    Sum,
    Product,
    Atom,
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

    fn binary(&mut self, left: &Expression, operator: Binary, right: &Expression) {
        let sign = match operator {
            Binary::And => "AND",
            Binary::Or => "OR",
            Binary::Equal => "=",
            Binary::NotEqual => "<>",
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Plus => "+",
            Binary::Minus => "-",
            Binary::Times => "*",
            Binary::Divide => "/",
        };
        match operator {
            Binary::And | Binary::Or => {
                // a chain of one operator is flat, every other one in parentheses
                let chain = |side: &Expression| matches!(side, Expression::Binary { operator: of, .. } if *of == operator);
                let least = if chain(left) {
                    Level::Lowest
                } else {
                    Level::Comparison
                };
                self.print(left, least);
                if is_wide(left) || is_wide(right) {
                    self.break_line(0);
                } else {
                    self.put(" ");
                }
                self.put(&format!("{sign} "));
                self.print(right, Level::Comparison);
            }
            Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual => {
                let beside = Beside::of([left, right]);
                self.compared(left, beside);
                self.put(&format!(" {sign} "));
                self.compared(right, beside);
            }
            Binary::Plus | Binary::Minus | Binary::Times | Binary::Divide => {
                self.arithmetic(left, operator, right, sign);
            }
        }
    }

    /// One side of a comparison. SQLite keeps moments as texts, with or without
    /// a time of day; `datetime` writes them all alike. And it holds any text
    /// for more than any number, without a word, where a table was imported
    /// with columns of texts.
    fn compared(&mut self, side: &Expression, beside: Beside) {
        let is_sqlite = self.dialect == Dialect::Sqlite;
        if is_sqlite && beside == Beside::Moment && !is_moment(side) {
            self.put("datetime(");
            self.print(side, Level::Lowest);
            self.put(")");
        } else if is_sqlite && beside == Beside::Number && matches!(side, Expression::Column(_)) {
            self.cast(side);
        } else {
            self.print(side, Level::Sum);
        }
    }

    fn arithmetic(&mut self, left: &Expression, operator: Binary, right: &Expression, sign: &str) {
        let (least_left, least_right) = match operator {
            Binary::Plus | Binary::Minus => (Level::Sum, Level::Product),
            Binary::Times
            | Binary::Divide
            | Binary::And
            | Binary::Or
            | Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual => (Level::Product, Level::Atom),
        };
        if operator == Binary::Divide && self.dialect != Dialect::Generic {
            self.cast(left);
            self.put(" / NULLIF(");
            self.double(right);
            self.put(", 0)");
            return;
        }
        self.operand(left, least_left);
        let is_on_its_own = matches!(operator, Binary::Plus | Binary::Minus) && is_long(right);
        if is_on_its_own {
            self.break_line(1);
        } else {
            self.put(" ");
        }
        self.put(&format!("{sign} "));
        self.inside(usize::from(is_on_its_own), |printer| {
            printer.operand(right, least_right);
        });
    }

    /// A side of a sum or product: plain columns and numbers as 64-bit numbers.
    fn operand(&mut self, side: &Expression, least: Level) {
        match (side, self.dialect) {
            (Expression::Column(_), Dialect::Postgres | Dialect::Sqlite | Dialect::DuckDb)
            | (Expression::Number(_), Dialect::Postgres | Dialect::DuckDb) => self.cast(side),
            (Expression::Number(number), Dialect::Generic | Dialect::Sqlite)
                if number.is_sign_negative() =>
            {
                // "a - -1" reads badly and "a--1" is a comment
                self.put("(");
                self.bare(side);
                self.put(")");
            }
            (_, _) => self.print(side, least),
        }
    }

    /// An operand that stands alone, as a 64-bit number.
    fn double(&mut self, side: &Expression) {
        self.operand(side, Level::Atom);
    }

    fn coalesce(&mut self, list: &[Expression]) {
        let of_numbers = list.iter().any(|one| matches!(one, Expression::Number(_)));
        self.put("COALESCE(");
        for (position, one) in list.iter().enumerate() {
            if position > 0 {
                self.put(", ");
            }
            if of_numbers {
                self.operand(one, Level::Lowest);
            } else {
                self.print(one, Level::Lowest);
            }
        }
        self.put(")");
    }

    fn cast(&mut self, side: &Expression) {
        let name = match self.dialect {
            Dialect::Sqlite => "REAL",
            Dialect::Generic | Dialect::Postgres | Dialect::DuckDb => "DOUBLE PRECISION",
        };
        self.put("CAST(");
        match side {
            // printed plainly: the cast that it may need is this one
            Expression::Number(number) if number.is_finite() => self.put(&format!("{number:?}")),
            _ => self.print(side, Level::Lowest),
        }
        self.put(&format!(" AS {name})"));
    }

    fn within(&mut self, value: &Expression, word: &str, list: &[Expression]) {
        if list.is_empty() {
            // an empty list is an error in most databases
            self.bare(&Expression::Boolean(word != "IN"));
            return;
        }
        let beside = Beside::of(list);
        self.compared(value, beside);
        self.put(&format!(" {word} ("));
        for (position, one) in list.iter().enumerate() {
            if position > 0 {
                self.put(", ");
            }
            if beside == Beside::Moment {
                self.compared(one, beside);
            } else {
                self.print(one, Level::Lowest);
            }
        }
        self.put(")");
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

    /// What begins its lines further in.
    fn inside(&mut self, further: usize, print: impl FnOnce(&mut Self)) {
        let before = self.indent;
        self.indent = before.map(|indent| indent + further);
        print(self);
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

    /// A word between blanks, after everything that is no letter or digit has
    /// become a blank; in SQLite, which has no such replacement, a word between
    /// characters that are no letters or digits. There only ASCII letters are
    /// lowered, so others are looked for in both cases.
    fn has_word(&mut self, inner: &Expression, word: &str) {
        self.put("(' ' || ");
        match self.dialect {
            Dialect::Generic => self.lower(inner),
            Dialect::Postgres => self.spaced(inner, "[^[:alnum:]]+"),
            Dialect::DuckDb => self.spaced(inner, "[^\\p{L}\\p{N}]+"),
            Dialect::Sqlite => {
                self.lower(inner);
                let special = |character: char| {
                    matches!(character, '*' | '?' | '[') || in_other_case(character).is_some()
                };
                let word = escaped(word, special, |character| match in_other_case(character) {
                    Some(upper) => format!("[{character}{upper}]"),
                    None => format!("[{character}]"),
                });
                let pattern = format!("*{NO_LETTER}{word}{NO_LETTER}*");
                self.put(&format!(" || ' ') GLOB {}", text(&pattern)));
                return;
            }
        }
        let special = |character: char| matches!(character, '!' | '%' | '_');
        let pattern = escaped(word, special, |character| format!("!{character}"));
        self.put(&format!(
            " || ' ') LIKE {}",
            text(&format!("% {pattern} %"))
        ));
        if pattern != word {
            self.put(" ESCAPE '!'");
        }
    }

    fn spaced(&mut self, inner: &Expression, separators: &str) {
        self.put("REGEXP_REPLACE(");
        self.lower(inner);
        self.put(&format!(", '{separators}', ' ', 'g')"));
    }

    fn lower(&mut self, inner: &Expression) {
        self.put("LOWER(");
        self.print(inner, Level::Lowest);
        self.put(")");
    }
}

/// A character that is no digit and no letter of the Latin, Greek, Cyrillic,
/// neighbouring and East Asian scripts, for GLOB.
const NO_LETTER: &str = "[^0-9a-z\u{c0}-\u{24f}\u{370}-\u{1fff}\u{3040}-\u{d7ff}]";

/// The uppercase form of a letter beyond ASCII, where that is one character.
fn in_other_case(character: char) -> Option<char> {
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if !character.is_ascii() && upper != character => Some(upper),
        _ => None,
    }
}

fn escaped(word: &str, special: fn(char) -> bool, escape: fn(char) -> String) -> String {
    let one = |character: char| {
        if special(character) {
            escape(character)
        } else {
            character.to_string()
        }
    };
    word.chars().map(one).collect()
}

/// Whether it is printed on several lines, as a sum of long terms is.
fn is_wide(expression: &Expression) -> bool {
    match expression {
        Expression::Binary {
            operator: Binary::Plus | Binary::Minus,
            right,
            ..
        } => is_long(right),
        Expression::Binary { left, right, .. } => is_wide(left) || is_wide(right),
        _ => false,
    }
}

/// Whether a term of a sum deserves its own line.
fn is_long(term: &Expression) -> bool {
    matches!(
        term,
        Expression::Case { .. }
            | Expression::Binary {
                operator: Binary::Times,
                ..
            }
    )
}

fn is_moment(expression: &Expression) -> bool {
    matches!(expression, Expression::Moment(_))
}

fn level(expression: &Expression) -> Level {
    match expression {
        Expression::Binary { operator, .. } => match operator {
            Binary::Or => Level::Lowest,
            Binary::And => Level::And,
            Binary::Equal
            | Binary::NotEqual
            | Binary::Less
            | Binary::LessOrEqual
            | Binary::Greater
            | Binary::GreaterOrEqual => Level::Comparison,
            Binary::Plus | Binary::Minus => Level::Sum,
            Binary::Times | Binary::Divide => Level::Product,
        },
        Expression::Not(_)
        | Expression::IsNull(_)
        | Expression::In { .. }
        | Expression::HasWord(..) => Level::Comparison,
        Expression::Negative(_) => Level::Product,
        Expression::Column(_)
        | Expression::Number(_)
        | Expression::Text(_)
        | Expression::Boolean(_)
        | Expression::Moment(_)
        | Expression::Null
        | Expression::Case { .. }
        | Expression::Year(_)
        | Expression::Month(_)
        | Expression::Weekday(_)
        | Expression::Hour(_)
        | Expression::Epoch(_)
        | Expression::Length(_)
        | Expression::Coalesce(_) => Level::Atom,
    }
}
