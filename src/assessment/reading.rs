//! One answer as the engine reads it: the ways in which the question may still turn out.

use super::answer::Answer;
use crate::rubric::{Question, QuestionKind};

/// The outcomes that an answer leaves possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Positions of options or bands.
    pub(super) outcomes: Vec<usize>,
    /// It may turn out, or was said, not to apply.
    pub(super) may_be_not_applicable: bool,
    /// What was said.
    pub(super) said: Said,
}

/// What was said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing that the rubric understands.
    Nothing,
    /// *Don't know*.
    Unknown,
    /// An answer, or *not applicable*.
    Something,
}

impl Reading {
    /// Reads one answer. What the question does not allow counts as not said,
    /// because a rubric may have changed since it was answered.
    pub(super) fn of(question: &Question, answer: Option<&Answer>) -> Self {
        let not_applicable = question.not_applicable.is_some();
        let open = |said| Self {
            outcomes: match &question.kind {
                QuestionKind::Choice(choices) => (0..choices.len()).collect(),
                QuestionKind::Number { bands, .. } => (0..bands.len()).collect(),
                QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => {
                    Vec::new()
                }
            },
            may_be_not_applicable: not_applicable,
            said,
        };
        let Some(answer) = answer else {
            return open(Said::Nothing);
        };
        let outcomes = match (answer, &question.kind) {
            (Answer::Unknown, _) => return open(Said::Unknown),
            (Answer::NotApplicable, _) => not_applicable.then(Vec::new),
            (Answer::Choice(key), QuestionKind::Choice(choices)) => choices
                .iter()
                .position(|choice| choice.key == *key)
                .map(|option| vec![option]),
            (
                Answer::Number(value),
                QuestionKind::Number {
                    minimum,
                    maximum,
                    bands,
                    ..
                },
            ) if value >= minimum && value <= maximum => Some(
                bands
                    .iter()
                    .position(|band| band.below.is_none_or(|below| *value < below))
                    .into_iter()
                    .collect(),
            ),
            (Answer::Text(_), QuestionKind::Text { .. })
            | (Answer::Rule(_), QuestionKind::Rule)
            | (Answer::Whys(_), QuestionKind::Whys { .. }) => Some(Vec::new()),
            (
                Answer::Choice(_)
                | Answer::Number(_)
                | Answer::Text(_)
                | Answer::Rule(_)
                | Answer::Whys(_),
                _,
            ) => None,
        };
        match outcomes {
            Some(outcomes) => Self {
                outcomes,
                may_be_not_applicable: *answer == Answer::NotApplicable,
                said: Said::Something,
            },
            None => open(Said::Nothing),
        }
    }
}
