//! How an expression is laid out: how tightly it binds, and what deserves lines of its own.

use crate::contest::rule::expression::{Binary, Expression};

/// How tightly an expression binds, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Lowest,
    And,
    Comparison,
    Sum,
    Product,
    Atom,
}

/// Whether it is printed on several lines, as a sum of long terms is.
pub(super) fn is_wide(expression: &Expression) -> bool {
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
pub(super) fn is_long(term: &Expression) -> bool {
    matches!(
        term,
        Expression::Case { .. }
            | Expression::Binary {
                operator: Binary::Times,
                ..
            }
    )
}

pub(super) fn level(expression: &Expression) -> Level {
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
