//! Rubrics: what is asked, what an answer means, which answers decide alone.
//!
//! A rubric is a YAML file of dimensions, questions, options and gates. It is
//! read into a [`Rubric`], in which every reference is checked; nothing
//! downstream meets an unknown id.

pub mod model;

pub use model::{
    Band, Choice, Condition, Dimension, Effect, Gate, Question, QuestionKind, Rubric, WaitFor, Who,
};
