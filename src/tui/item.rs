//! What is asked: the lines of the framing sheet and the questions of the rubric.

use crate::assessment::{Answer, Framing};
use crate::rubric::{Question, QuestionKind};

/// One thing that is asked: a line of the framing sheet or a question of the rubric.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A line of the framing sheet.
    Framing(FramingLine),
    /// A question.
    Question(&'a Question),
}

/// The lines of the framing sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FramingLine {
    /// "One row is …".
    Row,
    /// "The label is …".
    Label,
    /// When the decision is made.
    Decided,
    /// When the outcome is known.
    Outcome,
    /// Which period is predicted.
    Period,
}

impl FramingLine {
    /// Every line in the order in which it is asked.
    pub const ALL: [Self; 5] = [
        Self::Row,
        Self::Label,
        Self::Decided,
        Self::Outcome,
        Self::Period,
    ];

    /// How the questionnaire calls it; no question of a rubric begins with `framing:`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Row => "framing:row",
            Self::Label => "framing:label",
            Self::Decided => "framing:decided",
            Self::Outcome => "framing:outcome",
            Self::Period => "framing:period",
        }
    }

    /// Its place on the sheet.
    pub const fn of(self, framing: &Framing) -> &Option<String> {
        match self {
            Self::Row => &framing.row,
            Self::Label => &framing.label,
            Self::Decided => &framing.decided,
            Self::Outcome => &framing.outcome,
            Self::Period => &framing.period,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(self, framing: &mut Framing) -> &mut Option<String> {
        match self {
            Self::Row => &mut framing.row,
            Self::Label => &mut framing.label,
            Self::Decided => &mut framing.decided,
            Self::Outcome => &mut framing.outcome,
            Self::Period => &mut framing.period,
        }
    }

    /// The question.
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Row => "What is one row? What is decided about, one at a time?",
            Self::Label => "What exactly would be predicted or looked up for it?",
            Self::Decided => "When is the decision made?",
            Self::Outcome => "When is it known what really happened?",
            Self::Period => "Which period does the answer speak about?",
        }
    }

    /// An example.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Row => "One customer on the first of a month; one order; one machine and day.",
            Self::Label => {
                "Whether the customer cancels; which clerk should get it; how many will be sold."
            }
            Self::Decided => "On the first of each month, before the letters go out.",
            Self::Outcome => "Two months later, when the cancellation has arrived.",
            Self::Period => "The two months after the decision.",
        }
    }

    /// Why it is asked.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Row => "People mean different things by \"a case\" until one is written down.",
            Self::Label => "A label that can be read in two ways is learned in a third.",
            Self::Decided => "Only what is known at this moment may be used for the decision.",
            Self::Outcome => "This long it takes until anybody can tell whether it works.",
            Self::Period => "It says how far ahead one has to see.",
        }
    }
}

impl<'a> Item<'a> {
    /// Its id.
    pub fn id(&self) -> &'a str {
        match self {
            Self::Framing(line) => line.id(),
            Self::Question(question) => &question.id,
        }
    }

    /// Whether it is answered by typing.
    pub fn is_typed(&self) -> bool {
        match self {
            Self::Framing(_) => true,
            Self::Question(question) => !matches!(question.kind, QuestionKind::Choice(_)),
        }
    }

    /// Rows one may mark: the field or the options, don't know, not applicable.
    pub fn rows(&self) -> usize {
        match self {
            Self::Framing(_) => 1,
            Self::Question(question) => {
                question.choices().len().max(1) + 1 + usize::from(question.not_applicable.is_some())
            }
        }
    }

    /// The answer that a row stands for; none for a field.
    pub fn answer_of(&self, row: usize) -> Option<Answer> {
        let Self::Question(question) = self else {
            return None;
        };
        let choices = question.choices();
        let first = choices.len().max(1);
        if row < choices.len() {
            Some(Answer::Choice(choices[row].key.clone()))
        } else if row == first {
            Some(Answer::Unknown)
        } else if row == first + 1 && question.not_applicable.is_some() {
            Some(Answer::NotApplicable)
        } else {
            None
        }
    }
}
