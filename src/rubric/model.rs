//! A checked rubric.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Readiness, Rung};

/// Questions with their meaning, checked: ids are unique, references resolve,
/// conditions only look back, scores lie in 0..=1.
#[derive(Clone, Debug, PartialEq)]
pub struct Rubric {
    /// Kebab-case id.
    pub id: String,
    /// Version of the content, raised with every change of meaning.
    pub version: u32,
    /// Title for people.
    pub title: String,
    /// Lowercase hexadecimal SHA-256 of the file's bytes.
    pub hash: String,
    /// Dimensions in the order in which they are asked.
    pub dimensions: Vec<Dimension>,
    /// Conditions with a name, such as `high-impact`.
    pub conditions: BTreeMap<String, Condition>,
    /// Sources by their key.
    pub sources: BTreeMap<String, String>,
}

/// One side of the use case, scored by its questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Kebab-case id, such as `fit`.
    pub id: String,
    /// Short title for the section list.
    pub title: String,
    /// The question that the whole dimension answers.
    pub asks: String,
    /// Its questions in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Kebab-case id, unique in the rubric.
    pub id: String,
    /// 3 decisive, 2 important, 1 useful; 0 is asked but never scored.
    pub weight: u8,
    /// Who can answer it.
    pub who: Vec<Who>,
    /// The question itself.
    pub ask: String,
    /// A line of help with an example.
    pub help: String,
    /// Why it is asked.
    pub why: String,
    /// The evidence that would settle it.
    pub settled_by: String,
    /// Keys of [`Rubric::sources`].
    pub sources: Vec<String>,
    /// What an answer looks like and what it means.
    pub kind: QuestionKind,
    /// Whether *not applicable* may be answered, and when.
    pub not_applicable: Option<String>,
    /// When it is asked; always, if none.
    pub when: Option<Condition>,
    /// Whether it belongs to the first questions asked (triage).
    pub triage: bool,
}

/// Who can answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The product owner.
    Owner,
    /// The engineer.
    Engineer,
    /// Legal or privacy.
    Legal,
}

impl Who {
    /// Everyone who may answer.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Engineer, Self::Legal];

    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Engineer => "engineer",
            Self::Legal => "legal",
        }
    }
}

/// What an answer looks like and what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// One of several options.
    Choice(Vec<Choice>),
    /// A number with a unit, read through bands.
    Number {
        /// The unit, such as `cases per year`.
        unit: String,
        /// Smallest value accepted.
        minimum: f64,
        /// Largest value accepted.
        maximum: f64,
        /// Bands in rising order; the last has no upper end.
        bands: Vec<Band>,
    },
    /// A short text, never scored.
    Text {
        /// Most characters accepted.
        max_characters: usize,
    },
    /// A rule written as a SQL expression over the data's columns, never scored.
    Rule,
    /// A chain of whys, never scored itself.
    Whys {
        /// Most steps accepted.
        max_steps: usize,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Kebab-case key, unique in the question.
    pub key: String,
    /// The option in words.
    pub label: String,
    /// 1 favours going on, 0 speaks against; in 0..=1.
    pub score: f64,
    /// What this answer decides alone.
    pub gates: Vec<Gate>,
}

/// Numbers below an upper end, and what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Numbers below this belong here; none in the last band.
    pub below: Option<f64>,
    /// As in [`Choice::score`].
    pub score: f64,
    /// What such a number decides alone.
    pub gates: Vec<Gate>,
}

/// What an answer decides alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// What it does to the verdict.
    pub effect: Effect,
    /// The reason, in a sentence that stands in the report.
    pub because: String,
    /// It only fires under this condition.
    pub when: Option<Condition>,
}

/// What a gate does to the verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The solution is this rung (the lowest, when several force one).
    ForceSolution(Rung),
    /// The solution is at most this rung.
    CapSolution(Rung),
    /// The readiness is at least as grave as this; reason data or infrastructure for a wait.
    ForceReadiness(Readiness, Option<WaitFor>),
    /// The readiness is at best this.
    CapReadiness(Readiness),
    /// The solution goes one rung down; at the bottom the readiness is stop.
    StepDown,
    /// Something must be so, such as `self-hosted`.
    Require(String),
}

/// What a wait waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaitFor {
    /// Data or labels.
    Data,
    /// Infrastructure or people.
    Infrastructure,
}

impl WaitFor {
    /// Every value.
    pub const ALL: [Self; 2] = [Self::Data, Self::Infrastructure];
}

/// When a question is asked or a gate fires. Over an open answer it is neither true nor false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The question is answered with one of these option keys.
    Answer {
        /// Id of an earlier question.
        question: String,
        /// Option keys of that question.
        is: Vec<String>,
    },
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The gates fired so far still allow this rung.
    CanReach(Rung),
    /// The condition of that name in [`Rubric::conditions`] holds.
    Named(String),
}

impl Rubric {
    /// Every question in the order in which it is asked, with its dimension.
    pub fn questions(&self) -> impl Iterator<Item = (&Dimension, &Question)> {
        self.dimensions.iter().flat_map(|dimension| {
            dimension
                .questions
                .iter()
                .map(move |question| (dimension, question))
        })
    }

    /// The question of that id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions()
            .map(|(_, question)| question)
            .find(|question| question.id == id)
    }
}

impl Question {
    /// Its options, if it is a choice.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            QuestionKind::Choice(choices) => choices,
            QuestionKind::Number { .. }
            | QuestionKind::Text { .. }
            | QuestionKind::Rule
            | QuestionKind::Whys { .. } => &[],
        }
    }

    /// The option of that key.
    pub fn choice(&self, key: &str) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.key == key)
    }

    /// Whether answers to it enter the score of its dimension.
    pub fn is_scored(&self) -> bool {
        self.weight > 0
            && matches!(
                self.kind,
                QuestionKind::Choice(_) | QuestionKind::Number { .. }
            )
    }
}
