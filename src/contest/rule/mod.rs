//! Rules as expressions over the columns of a table.
//!
//! An owner writes a rule as SQL; readable contenders give theirs as the same
//! [`Expression`]. It is read ([`parse`]), held against the columns of a table
//! ([`check`], [`bind`]), computed for every row with SQL's three-valued logic
//! ([`evaluate`]), and printed as SQL for a database ([`sql`]).

mod check;
mod evaluate;
pub mod expression;
mod moments;
mod parse;
mod sql;

pub use check::{RuleType, bind, check};
pub use evaluate::{RuleValues, evaluate};
pub use expression::{Binary, Expression};
pub use parse::{located, parse};
pub use sql::{Dialect, identifier, sql, sql_in_lines};

/// Runs of letters and digits in lowercase, in the order of the text.
pub(in crate::contest) fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|run| !run.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests;
