//! What a decision is made from.

use crate::assessment::Assessment;
use crate::contest::Evidence;
use crate::rubric::Policy;
use crate::value::Economics;

/// Everything that a decision reads; nothing else does it look at.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// What the answers mean, where somebody was asked.
    pub assessment: Option<&'a Assessment>,
    /// What was measured.
    pub evidence: Option<&'a Evidence>,
    /// The owner's figures.
    pub economics: Option<&'a Economics>,
    /// The tables that decide.
    pub policy: &'a Policy,
    /// The day of the decision, `YYYY-MM-DD`.
    pub as_of: &'a str,
}

impl<'a> Inputs<'a> {
    /// The same with other answers.
    #[must_use]
    pub(super) fn with_assessment(self, assessment: &'a Assessment) -> Self {
        Self {
            assessment: Some(assessment),
            ..self
        }
    }

    /// Whether at least one question is answered.
    pub(super) fn has_answers(&self) -> bool {
        self.assessment.is_some_and(|assessment| {
            !assessment.disputed.is_empty()
                || assessment
                    .visible
                    .iter()
                    .any(|id| assessment.counted_answer(id).is_some())
        })
    }

    /// Whether a measurement, or figures where there are any, stand in for the gates of that question.
    pub(super) fn is_replaced(&self, question: &str, are_reckoned: bool) -> bool {
        let by = |questions: &[String]| questions.iter().any(|id| id == question);
        self.evidence.is_some() && by(&self.policy.measured_replaces)
            || are_reckoned && by(&self.policy.reckoned_replaces)
    }

    /// The key of the option that counts as the answer to that question.
    pub(super) fn option(&self, question: &str) -> Option<&'a str> {
        use crate::assessment::Answer;
        match self.assessment?.counted_answer(question)? {
            Answer::Choice(key) => Some(key),
            Answer::Number(_)
            | Answer::Text(_)
            | Answer::Rule(_)
            | Answer::Whys(_)
            | Answer::Unknown
            | Answer::NotApplicable => None,
        }
    }
}
