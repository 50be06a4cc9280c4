//! Rules as expressions over the columns of a table.
//!
//! An owner writes a rule as SQL; readable contenders give theirs as the same
//! [`Expression`]. It is checked against a table, evaluated with SQL's
//! three-valued logic, and printed as SQL for a database.

pub mod expression;

pub use expression::{Binary, Expression};
