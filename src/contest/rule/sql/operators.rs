//! Operators, and values where a database has to be told what they are.

use super::shape::{Level, is_long, is_wide};
use super::{Dialect, Printer};
use crate::contest::rule::expression::{Binary, Expression};

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

impl Printer {
    pub(super) fn binary(&mut self, left: &Expression, operator: Binary, right: &Expression) {
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
    pub(super) fn double(&mut self, side: &Expression) {
        self.operand(side, Level::Atom);
    }

    pub(super) fn coalesce(&mut self, list: &[Expression]) {
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

    pub(super) fn within(&mut self, value: &Expression, word: &str, list: &[Expression]) {
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
}

fn is_moment(expression: &Expression) -> bool {
    matches!(expression, Expression::Moment(_))
}
