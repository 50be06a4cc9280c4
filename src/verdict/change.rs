//! What would follow if one thing were different.

use super::inputs::Inputs;
use super::tables::{Fixed, Outcome, outcome};
use super::world::World;
use crate::assessment::{Answer, Assessment};
use crate::vocabulary::{Readiness, Rung};

/// The verdict as it looks, without how firmly it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Looks {
    pub(super) solution: Rung,
    pub(super) readiness: Readiness,
}

impl Looks {
    pub(super) fn of(outcome: &Outcome) -> Self {
        Self {
            solution: outcome.solution,
            readiness: outcome.readiness,
        }
    }
}

/// How the verdict looks from these inputs.
pub(super) fn looks(inputs: &Inputs<'_>) -> Looks {
    let world = World::of(inputs);
    Looks::of(&outcome(&world, &mut Fixed::likely()))
}

/// How it looks with other answers, and how far the readings move.
pub(super) fn with_answers(inputs: &Inputs<'_>, other: &Assessment) -> (Looks, f64) {
    let looks = looks(&inputs.with_assessment(other));
    let moved = inputs
        .assessment
        .map_or(0.0, |now| moved(inputs, now, other));
    (looks, moved)
}

/// The largest move of a reading between two assessments, as the policy reads them.
fn moved(inputs: &Inputs<'_>, now: &Assessment, other: &Assessment) -> f64 {
    let read = |low: f64, high: f64| low + inputs.policy.doubt * (high - low);
    now.dimensions
        .iter()
        .filter_map(|score| {
            let then = other.dimension(&score.id)?;
            Some((read(score.low, score.high) - read(then.low, then.high)).abs())
        })
        .fold(0.0, f64::max)
}

/// An answer that could be given instead.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OtherAnswer {
    pub(super) question: String,
    pub(super) option: String,
    pub(super) looks: Looks,
    /// How far the readings move, in 0..=1.
    pub(super) moved: f64,
    /// The question has no answer yet.
    pub(super) is_open: bool,
}

impl OtherAnswer {
    pub(super) fn answer(&self) -> Answer {
        Answer::Choice(self.option.clone())
    }
}

/// Every other option of every question that is asked, in the rubric's order;
/// of a question on which people disagree, the options that they chose.
pub(super) fn other_answers(inputs: &Inputs<'_>) -> Vec<OtherAnswer> {
    let Some(assessment) = inputs.assessment else {
        return Vec::new();
    };
    let mut others = Vec::new();
    for id in &assessment.visible {
        let Some(question) = assessment.rubric.question(id) else {
            continue;
        };
        let now = inputs.option(id);
        let is_open = assessment.counted_answer(id).is_none();
        let is_disputed = assessment.is_disputed(id);
        let claims = assessment.claims(id);
        let is_claimed = |key: &str| {
            claims
                .iter()
                .any(|it| it.answer == Answer::Choice(key.to_owned()))
        };
        for choice in question.choices() {
            if now == Some(choice.key.as_str()) || is_disputed && !is_claimed(&choice.key) {
                continue;
            }
            let other = assessment.with(id, Answer::Choice(choice.key.clone()));
            let (looks, moved) = with_answers(inputs, &other);
            others.push(OtherAnswer {
                question: id.clone(),
                option: choice.key.clone(),
                looks,
                moved,
                is_open,
            });
        }
    }
    others
}
