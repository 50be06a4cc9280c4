//! Handing results to other programs: text in their language, which a caller writes where it wants.

pub mod sql;

pub use sql::{is_written, rule_sql};
