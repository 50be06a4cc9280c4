//! The case folder: one use case under decision, kept where its owner can see it.
//!
//! | file | holds |
//! |---|---|
//! | `case.yaml` | what people said: framing, answers, data source, economics |
//! | `benchmark.json` | what was measured, `mlfit.evidence/1` |
//! | `history.jsonl` | every verdict, oldest first, one a line |
//! | `report.md`, `figures/*.svg`, `rule.sql` | what is handed on |
//!
//! A [`CaseFolder`] is a [`Case`] with its place on disk and the rubric that
//! gives its answers meaning. This room offers the one atomic write
//! ([`write_atomically`]); nothing else writes files. What a case writes stays
//! in its folder; what it reads is named by its user.

mod answers;
mod disk;
mod example;
mod example_measured;
mod example_schema;
mod folder;
mod history;
pub mod model;
mod prepared;
mod raw;
mod read;
mod write;

pub use answers::read_answers;
pub use disk::{make_folder, read_bytes, read_text, write_atomically};
pub use example::{Example, Expected, Like, read_example};
pub use example_schema::example_schema;
pub use folder::{CaseFolder, FILE, read_evidence};
pub use model::{Case, DataSource, RubricReference};
pub use prepared::{Prepared, read_prepared};
pub use read::read_rubric;

/// The version of `case.yaml` that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

#[cfg(test)]
mod broken_tests;
#[cfg(test)]
mod example_tests;
#[cfg(test)]
mod folder_tests;
#[cfg(test)]
mod round_trip_tests;
