//! What both faces call: every step of the work, without a word printed.
//!
//! | step | function |
//! |---|---|
//! | begin | [`new_case`], [`open_case`], [`demo::run`] |
//! | ask | [`assessment`], [`set_answers`], [`set_given`], [`agreed`], [`answers_from_file`], [`write_sheet`], [`answers_from_sheet`] |
//! | measure | [`read_table`], [`roles`], [`request`], [`bench`], [`set_data`], [`bench_case`] |
//! | decide | [`decide`], [`decide_evidence`], [`remaining`], [`conclude`] |
//! | hand on | [`report`], [`contender_sql`] |
//! | try a rubric | [`rubrics`], [`examples`] |
//! | look again | [`portfolio`], [`check`] |
//!
//! Functions take what they need as values, today's date included ([`bench`]
//! alone asks the clock, to refuse values from the future); they read
//! what they are told to read and write inside the case folder only.

mod ask;
mod begin;
mod check;
pub mod demo;
pub mod examples;
mod forms;
mod future;
mod hand_on;
mod measure;
mod portfolio;
pub mod rubrics;
mod settle;
mod sheet;
mod words;

pub use crate::contest::roles;
pub use ask::{Answerer, agreed, answers_from_file, assessment, set_answers, set_given};
pub use begin::{NewCase, new_case, open_case, today};
pub use check::{CheckOutcome, Reason, check};
pub use forms::{TypedWords, answer_forms};
pub use hand_on::{Database, Handed, contender_sql, report, rule_sql};
pub use measure::{bench, bench_case, keep_evidence, read_table, request, seen_from, set_data};
pub use portfolio::{CaseSummary, is_due, portfolio};
pub use settle::{Conclusion, conclude, decide, decide_evidence, remaining};
pub use sheet::{answers_from_sheet, write_sheet};
pub use words::{meanings, shell_word};
