//! The case folder: one use case under decision, kept where its owner can see it.
//!
//! `case.yaml` holds what people said, `benchmark.json` what was measured,
//! `history.jsonl` every verdict, `report.md` and `figures/` what is handed
//! on. This room offers the one atomic write; nothing else writes files.

pub mod model;

pub use model::{Case, DataSource, RubricReference};
