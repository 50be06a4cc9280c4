//! Rubrics: what is asked, what an answer means, which answers decide alone.
//!
//! A rubric is a YAML file of dimensions, questions, options and gates. It is
//! read into a [`Rubric`], in which every reference is checked; nothing
//! downstream meets an unknown id. A pack is a rubric that extends another:
//! it adds questions and gates and never changes what stands. The grammar is
//! in `docs/RUBRICS.md`.

mod built_in;
mod check;
mod check_conditions;
mod check_gates;
mod check_questions;
mod check_values;
mod difference;
mod fingerprint;
mod known;
pub mod model;
pub mod policy;
mod policy_check;
mod policy_facts;
mod policy_gather;
mod policy_raw;
mod policy_reach;
mod policy_when;
mod policy_words;
mod raw;
mod schema;
pub mod yaml;
mod yaml_place;

pub use built_in::{BASE, built_in, built_in_ids, built_in_rubric, built_in_source};
pub use difference::{Difference, DifferenceKind, differences};
pub use model::{
    Band, Choice, Condition, Dimension, Effect, Gate, Question, QuestionKind, Rubric, WaitFor, Who,
};
pub(crate) use raw::Entries;

pub use policy::{Policy, built_in_policy, built_in_policy_source};
pub use schema::schema;

#[cfg(test)]
mod broken_tests;
#[cfg(test)]
mod built_in_tests;
#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod policy_tests;
#[cfg(test)]
pub(crate) mod schema_fits;
#[cfg(test)]
mod schema_tests;
