//! One answer as the engine reads it: the ways in which the question may still turn out.

use super::answer::{Answer, GivenAnswer};
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
    /// Answers that do not agree: any of them may turn out to be right.
    Disputed,
    /// An answer, or *not applicable*.
    Something,
}

impl Reading {
    /// Reads what was answered.
    ///
    /// Where several people answered, *don't know* contradicts nobody, and
    /// whatever else does not agree may turn out either way. Texts and chains of
    /// whys are told in everybody's own words and never contradict each other.
    pub(super) fn of(question: &Question, given: Option<&GivenAnswer>) -> Self {
        let Some(given) = given else {
            return Self::of_one(question, None);
        };
        if given.others.is_empty() {
            return Self::of_one(question, Some(&given.answer));
        }
        let claims = claims(question, given);
        let Some((one, rest)) = claims.split_first() else {
            let is_unknown = given.voices().any(|it| it.answer == Answer::Unknown);
            return Self::of_one(question, is_unknown.then_some(&Answer::Unknown));
        };
        let mut reading = Self::of_one(question, Some(&one.answer));
        for other in rest {
            let also = Self::of_one(question, Some(&other.answer));
            reading.outcomes.extend(also.outcomes);
            reading.may_be_not_applicable |= also.may_be_not_applicable;
            reading.said = Said::Disputed;
        }
        reading.outcomes.sort_unstable();
        reading.outcomes.dedup();
        reading
    }

    /// Reads one answer. What the question does not allow counts as not said,
    /// because a rubric may have changed since it was answered.
    fn of_one(question: &Question, answer: Option<&Answer>) -> Self {
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

/// What was claimed to be so, each claim once: answers that the question
/// allows, other than *don't know*; of texts and whys the first.
pub(super) fn claims<'a>(question: &Question, given: &'a GivenAnswer) -> Vec<&'a GivenAnswer> {
    let mut claims: Vec<&GivenAnswer> = Vec::new();
    for voice in given.voices() {
        let is_claim = Reading::of_one(question, Some(&voice.answer)).said == Said::Something;
        let is_new = claims.iter().all(|known| known.answer != voice.answer);
        let is_told = matches!(
            question.kind,
            QuestionKind::Text { .. } | QuestionKind::Whys { .. }
        );
        if is_claim && is_new && (claims.is_empty() || !is_told) {
            claims.push(voice);
        }
    }
    claims
}
