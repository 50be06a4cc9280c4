//! What the answers mean under a rubric.

use std::sync::Arc;

use super::answer::Answers;
use super::plan::Plan;
use crate::rubric::{Effect, Rubric};

/// The answers to a rubric with their meaning; cheap to make again with other answers.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The rubric.
    pub rubric: Arc<Rubric>,
    /// The answers, as given.
    pub answers: Answers,
    /// One score per dimension, in the rubric's order.
    pub dimensions: Vec<DimensionScore>,
    /// Gates that an answer fired or an open answer may still fire, in the rubric's order.
    pub gates: Vec<OpenGate>,
    /// Ids of the questions that are asked, in the rubric's order.
    pub visible: Vec<String>,
    /// Ids of visible questions without an answer.
    pub unanswered: Vec<String>,
    /// Ids of visible questions answered with *don't know*.
    pub unknown: Vec<String>,
    /// Ids of visible questions to which people gave answers that do not agree.
    pub disputed: Vec<String>,
    /// The rubric made ready, shared by all assessments made from this one.
    pub(super) plan: Arc<Plan>,
}

/// The score of one dimension if every open question turned out worst, or best.
///
/// Both are exact over all ways to complete the answers, skip logic and caps
/// included; completions in which nothing of the dimension is scored do not count.
#[derive(Clone, Debug, PartialEq)]
pub struct DimensionScore {
    /// The dimension's id.
    pub id: String,
    /// Score at worst, in 0..=1, to 9 significant digits; 0 when nothing that is asked is scored.
    pub low: f64,
    /// Score at best, likewise; 1 when nothing that is asked is scored.
    pub high: f64,
    /// Visible questions with an answer other than *don't know* on which all agree.
    pub answered: usize,
    /// Visible questions.
    pub asked: usize,
}

/// A gate that is open, or may turn out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenGate {
    /// The question whose answer opens it.
    pub question: String,
    /// The option that opens it (for a number: its band, in words); several, joined
    /// by "or", where people disagree and it opens under each of their answers.
    pub option: String,
    /// What it does.
    pub effect: Effect,
    /// Why.
    pub because: String,
    /// Whether it is open for certain.
    pub state: GateState,
}

/// Whether a gate is open for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GateState {
    /// An answer opened it.
    Fired,
    /// The question is open, and one of its answers would open it.
    Possible,
}
