//! What people answered, before a rubric gives it meaning.

use std::collections::BTreeMap;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The key of an option.
    Choice(String),
    /// A number in the question's unit.
    Number(f64),
    /// A short text.
    Text(String),
    /// A rule as a SQL expression.
    Rule(String),
    /// The chain of whys, first answer first.
    Whys(Vec<String>),
    /// Don't know: the score stays open.
    Unknown,
    /// Not applicable: the question leaves the score.
    NotApplicable,
}

/// An answer with who gave it, when, and what they noted.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenAnswer {
    /// The answer.
    pub answer: Answer,
    /// A remark (untrusted text).
    pub note: Option<String>,
    /// Where the evidence is (untrusted text).
    pub link: Option<String>,
    /// Who answered (untrusted text).
    pub by: Option<String>,
    /// The day, as `YYYY-MM-DD`.
    pub at: Option<String>,
}

impl GivenAnswer {
    /// An answer with nothing beside it.
    pub fn plain(answer: Answer) -> Self {
        Self {
            answer,
            note: None,
            link: None,
            by: None,
            at: None,
        }
    }
}

/// Answers by question id, in the order of the ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers(pub BTreeMap<String, GivenAnswer>);

impl Answers {
    /// The answer to that question, if there is one.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question).map(|given| &given.answer)
    }

    /// The same answers with one of them replaced; notes beside it stay.
    #[must_use]
    pub fn with(&self, question: &str, answer: Answer) -> Self {
        let mut answers = self.clone();
        answers.set(question, answer);
        answers
    }

    /// Replaces one answer; notes beside it stay.
    pub fn set(&mut self, question: &str, answer: Answer) {
        match self.0.get_mut(question) {
            Some(given) => given.answer = answer,
            None => {
                self.0
                    .insert(question.to_owned(), GivenAnswer::plain(answer));
            }
        }
    }
}

/// The framing sheet: what exactly is decided, for whom, and when it is known. All untrusted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framing {
    /// "One row is …".
    pub row: Option<String>,
    /// "The label is …".
    pub label: Option<String>,
    /// When the decision is made.
    pub decided: Option<String>,
    /// When the outcome is known.
    pub outcome: Option<String>,
    /// Which period is predicted.
    pub period: Option<String>,
}
