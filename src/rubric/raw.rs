//! A rubric as it stands in YAML, before anything is checked.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, de};
use serde_yaml::{Location, Spanned};

use super::model::WaitFor;
use crate::vocabulary::{Readiness, Rung};

/// A rubric, or a pack that extends one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRubric {
    pub(super) rubric: Spanned<String>,
    pub(super) version: Spanned<u32>,
    pub(super) title: Spanned<String>,
    pub(super) extends: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) sources: Entries<Spanned<String>>,
    #[serde(default)]
    pub(super) conditions: Entries<Spanned<RawCondition>>,
    #[serde(default)]
    pub(super) dimensions: Vec<RawDimension>,
    /// Gates on answers to questions of the rubric that is extended.
    #[serde(default)]
    pub(super) gates: Vec<RawAddedGate>,
}

/// One dimension; in a pack, one of the base may come again to get more questions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDimension {
    pub(super) id: Spanned<String>,
    pub(super) title: Option<Spanned<String>>,
    pub(super) asks: Option<Spanned<String>>,
    /// Holds for every question in it, besides its own condition.
    pub(super) when: Option<Spanned<RawCondition>>,
    /// At least one; that there is none is told with the dimension's id.
    #[serde(default)]
    pub(super) questions: Vec<RawQuestion>,
}

/// One question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    pub(super) id: Spanned<String>,
    pub(super) weight: Spanned<i64>,
    pub(super) who: Spanned<Words>,
    pub(super) ask: Spanned<String>,
    pub(super) help: Spanned<String>,
    pub(super) why: Spanned<String>,
    pub(super) settled_by: Spanned<String>,
    pub(super) sources: Spanned<Words>,
    pub(super) options: Option<Spanned<Entries<RawOption>>>,
    pub(super) kind: Option<Spanned<RawKind>>,
    pub(super) not_applicable: Option<Spanned<String>>,
    pub(super) when: Option<Spanned<RawCondition>>,
    #[serde(default)]
    pub(super) triage: bool,
}

/// What an answer is, if it is not an option.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum RawKind {
    Number {
        unit: Spanned<String>,
        from: Spanned<f64>,
        to: Spanned<f64>,
        #[serde(default)]
        bands: Vec<Spanned<RawBand>>,
    },
    Text {
        max_characters: Spanned<u32>,
    },
    Rule,
    Whys {
        max_steps: Spanned<u32>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBand {
    pub(super) below: Option<Spanned<f64>>,
    pub(super) score: Spanned<f64>,
    #[serde(default)]
    pub(super) gates: Vec<Spanned<RawGate>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) says: Spanned<String>,
    pub(super) score: Option<Spanned<f64>>,
    #[serde(default)]
    pub(super) gates: Vec<Spanned<RawGate>>,
}

/// One gate; its effects share the reason and the condition.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    pub(super) force: Option<RawLimit>,
    pub(super) cap: Option<RawLimit>,
    #[serde(default)]
    pub(super) step_down: bool,
    pub(super) require: Option<Spanned<String>>,
    pub(super) because: Spanned<String>,
    pub(super) when: Option<Spanned<RawCondition>>,
}

/// A gate that a pack puts on an answer of its base.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAddedGate {
    pub(super) on: Spanned<Entries<Spanned<Words>>>,
    pub(super) gate: Spanned<RawGate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    pub(super) solution: Option<Spanned<Rung>>,
    pub(super) readiness: Option<Spanned<RawReadiness>>,
}

/// A readiness; a wait says for what. Its words are read from here, and the schema writes them from here.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawReadiness {
    Go,
    Pilot,
    WaitForData,
    WaitForInfrastructure,
    Clarify,
    Review,
    Stop,
}

impl RawReadiness {
    /// Every word, mildest first.
    pub(super) const ALL: [Self; 7] = [
        Self::Go,
        Self::Pilot,
        Self::WaitForData,
        Self::WaitForInfrastructure,
        Self::Clarify,
        Self::Review,
        Self::Stop,
    ];

    /// The readiness that is meant, and for what it waits.
    pub(super) fn parts(self) -> (Readiness, Option<WaitFor>) {
        match self {
            Self::Go => (Readiness::Go, None),
            Self::Pilot => (Readiness::Pilot, None),
            Self::WaitForData => (Readiness::Wait, Some(WaitFor::Data)),
            Self::WaitForInfrastructure => (Readiness::Wait, Some(WaitFor::Infrastructure)),
            Self::Clarify => (Readiness::Clarify, None),
            Self::Review => (Readiness::Review, None),
            Self::Stop => (Readiness::Stop, None),
        }
    }
}

/// A condition: the name of one, a list of which all must hold, or a mapping
/// whose entries must all hold.
pub(super) enum RawCondition {
    Named(String),
    All(Vec<Spanned<RawCondition>>),
    Entries(Vec<(Spanned<String>, RawEntry)>),
}

/// One entry of a condition.
pub(super) enum RawEntry {
    All(Vec<Spanned<RawCondition>>),
    Any(Vec<Spanned<RawCondition>>),
    Not(Box<Spanned<RawCondition>>),
    CanReach(Rung),
    /// The key is a question, these are its options.
    Answer(Spanned<Words>),
}

impl<'de> Deserialize<'de> for RawCondition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Conditions;

        impl<'de> Visitor<'de> for Conditions {
            type Value = RawCondition;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "a condition (a name, a list, or a mapping such as `question-id: option`)",
                )
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<RawCondition, E> {
                Ok(RawCondition::Named(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawCondition, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = list.next_element()? {
                    parts.push(part);
                }
                Ok(RawCondition::All(parts))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawCondition, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let entry = match key.value.as_str() {
                        "all" => RawEntry::All(map.next_value()?),
                        "any" => RawEntry::Any(map.next_value()?),
                        "not" => RawEntry::Not(Box::new(map.next_value()?)),
                        "can_reach" => RawEntry::CanReach(map.next_value()?),
                        _ => RawEntry::Answer(map.next_value()?),
                    };
                    entries.push((key, entry));
                }
                Ok(RawCondition::Entries(entries))
            }
        }

        deserializer.deserialize_any(Conditions)
    }
}

/// A mapping in the order of the file, with the places of its keys.
pub(crate) struct Entries<T>(pub(crate) Vec<(Spanned<String>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping (`key: value`)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key()? {
                    entries.push((key, map.next_value()?));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// A single word, or a list of words. Always read inside [`Spanned`], which
/// gives the single word its place.
pub(super) enum Words {
    One(String),
    Many(Vec<Spanned<String>>),
}

impl Words {
    /// Every word with its place.
    pub(super) fn each(this: &Spanned<Self>) -> Vec<(&str, Location)> {
        match &this.value {
            Self::One(word) => vec![(word, this.referenced)],
            Self::Many(words) => words
                .iter()
                .map(|word| (word.value.as_str(), word.referenced))
                .collect(),
        }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;

        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a word or a list of words")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Words, E> {
                Ok(Words::One(word.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = list.next_element()? {
                    words.push(word);
                }
                Ok(Words::Many(words))
            }
        }

        deserializer.deserialize_any(WordsVisitor)
    }
}
