//! What people answered, before a rubric gives it meaning.

use std::collections::BTreeMap;

use crate::rubric::Who;

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
    /// For whom they spoke, where several people answer the same case; none
    /// for an answer that stands for all of them.
    pub role: Option<Who>,
    /// The fingerprint of the question as it was put to them, if it is put
    /// otherwise now (see [`Question::fingerprint`](crate::rubric::Question::fingerprint)).
    pub asked_otherwise: Option<String>,
    /// What others answered to the same question, each for another role. They
    /// have no others themselves.
    pub others: Vec<GivenAnswer>,
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
            role: None,
            asked_otherwise: None,
            others: Vec::new(),
        }
    }

    /// Everything that was answered, this one first.
    pub fn voices(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.others)
    }

    /// Puts an answer that stands for all in the place of what was answered;
    /// what was noted beside it stays.
    pub fn replace(&mut self, answer: Answer) {
        self.answer = answer;
        self.role = None;
        self.asked_otherwise = None;
        self.others.clear();
    }

    /// The answer of that role; of all, for none.
    fn of_role(&mut self, role: Option<Who>) -> Option<&mut Self> {
        if self.role == role {
            return Some(self);
        }
        self.others.iter_mut().find(|other| other.role == role)
    }

    /// Takes over an answer; notes and links that it carries replace those
    /// that stand, others stay.
    fn take(&mut self, new: Self) {
        self.answer = new.answer;
        self.asked_otherwise = None;
        self.by = new.by;
        self.at = new.at;
        self.note = new.note.or_else(|| self.note.take());
        self.link = new.link.or_else(|| self.link.take());
    }
}

/// Answers by question id, in the order of the ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers(pub BTreeMap<String, GivenAnswer>);

impl Answers {
    /// The answer to that question, if there is one: where several people
    /// answered, that of the first.
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

    /// Replaces one answer, whoever gave it; notes beside it stay.
    pub fn set(&mut self, question: &str, answer: Answer) {
        match self.0.get_mut(question) {
            Some(given) => given.replace(answer),
            None => {
                self.0
                    .insert(question.to_owned(), GivenAnswer::plain(answer));
            }
        }
    }

    /// Adds what somebody answered.
    ///
    /// An answer for a role stands beside those of other roles and replaces
    /// what was answered for the same one before. An answer for no role stands
    /// for all, and replaces whatever was answered.
    pub fn give(&mut self, question: &str, new: GivenAnswer) {
        let Some(given) = self.0.get_mut(question) else {
            self.0.insert(question.to_owned(), new);
            return;
        };
        match (new.role, given.of_role(new.role)) {
            (None, _) => {
                given.replace(new.answer.clone());
                given.take(new);
            }
            (Some(_), Some(own)) => own.take(new),
            (Some(_), None) => given.others.push(new),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(role: Option<Who>, key: &str) -> GivenAnswer {
        GivenAnswer {
            role,
            ..GivenAnswer::plain(Answer::Choice(key.to_owned()))
        }
    }

    #[test]
    fn each_role_keeps_its_own_answer_until_one_is_given_for_all() {
        let (owner, engineer) = (Some(Who::Owner), Some(Who::Engineer));
        let mut answers = Answers::default();
        let mut check = |role, key: &str, expected: &[(Option<Who>, &str)]| {
            answers.give("q", said(role, key));
            let voices: Vec<_> = answers.0["q"].voices().cloned().collect();
            let found: Vec<_> = voices
                .iter()
                .map(|voice| (voice.role, voice.answer.clone()))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(role, key)| (*role, Answer::Choice((*key).to_owned())))
                .collect();
            assert_eq!(found, expected);
        };
        check(engineer, "a", &[(engineer, "a")]);
        check(owner, "b", &[(engineer, "a"), (owner, "b")]);
        check(owner, "c", &[(engineer, "a"), (owner, "c")]);
        check(engineer, "b", &[(engineer, "b"), (owner, "c")]);
        check(None, "c", &[(None, "c")]);
        check(owner, "a", &[(None, "c"), (owner, "a")]);
        check(None, "a", &[(None, "a")]);
    }

    #[test]
    fn a_note_outlives_a_new_answer_unless_it_brings_its_own() {
        let mut answers = Answers::default();
        let noted = |note: &str| GivenAnswer {
            note: Some(note.to_owned()),
            ..said(Some(Who::Owner), "a")
        };
        answers.give("q", noted("first"));
        answers.give("q", said(Some(Who::Owner), "b"));
        assert_eq!(answers.0["q"].note.as_deref(), Some("first"));
        answers.give("q", noted("second"));
        assert_eq!(answers.0["q"].note.as_deref(), Some("second"));
    }
}
