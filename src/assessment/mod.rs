//! From answers to visible questions, interval scores and gates.
//!
//! [`Answers`] are what people said, [`Assessment`] is what it means under a
//! rubric. An answer that is missing or *don't know* leaves a score open
//! between its worst and its best case; *not applicable* and hidden questions
//! leave the score altogether. Where people gave answers that do not agree,
//! each of these may turn out to be right.

pub mod answer;
mod build;
mod completion;
mod interval;
mod logic;
mod parse;
mod plan;
mod reading;
pub mod result;
mod shared;
mod walk;

pub use answer::{Answer, Answers, Framing, GivenAnswer};
pub(crate) use completion::{Completions, Followed, Opened, Sum, Turn};
pub use parse::{answer_in_words, find_question, parse_answer, write_answer};
pub use result::{Assessment, DimensionScore, GateState, OpenGate};

#[cfg(test)]
mod dispute_tests;
#[cfg(test)]
mod exactness_tests;
#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod tests;
