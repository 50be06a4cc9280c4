//! `case.yaml` as it stands in YAML: what is read before anything is checked, and what is written.

use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Serialize, de};
use serde_yaml::Spanned;

use crate::contest::Request;
use crate::rubric::{Entries, Who};
use crate::value::Economics;

/// The version alone, read before anything else, so that a newer file is told
/// from a faulty one.
#[derive(Deserialize)]
pub(super) struct RawVersion {
    pub(super) version: Spanned<u32>,
}

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    /// Read again so that it is a known field.
    #[serde(rename = "version")]
    _version: u32,
    pub(super) title: Spanned<String>,
    pub(super) owner: Option<Spanned<String>>,
    pub(super) created: Spanned<String>,
    pub(super) rubric: Spanned<RawRubric>,
    #[serde(default)]
    pub(super) framing: RawFraming,
    #[serde(default)]
    pub(super) answers: Entries<Spanned<RawGiven>>,
    pub(super) data: Option<RawData>,
    pub(super) economics: Option<Economics>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRubric {
    pub(super) id: String,
    pub(super) version: u32,
    pub(super) hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
}

#[derive(Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFraming {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) decided: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) period: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawData {
    pub(super) path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hash: Option<String>,
    pub(super) request: Request,
}

/// An answer, alone or with what was noted beside it.
pub(super) struct RawGiven {
    pub(super) answer: RawAnswer,
    pub(super) beside: RawBeside,
}

/// What stands beside an answer.
#[derive(Default)]
pub(super) struct RawBeside {
    pub(super) note: Option<String>,
    pub(super) link: Option<String>,
    pub(super) by: Option<String>,
    pub(super) at: Option<String>,
    pub(super) role: Option<Who>,
    /// The fingerprint of the question that was answered.
    pub(super) asked: Option<String>,
    /// What others answered.
    pub(super) also: Vec<RawGiven>,
}

/// An answer by its shape in YAML; the question gives it its kind.
#[derive(Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum RawAnswer {
    /// A word, a text, or a number as text.
    Word(String),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// The steps of a chain of whys; or a text alone in a list, which is taken word for word.
    Steps(Vec<String>),
}

/// An answer with what stands beside it, as a mapping.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMapping {
    answer: RawAnswer,
    note: Option<String>,
    link: Option<String>,
    by: Option<String>,
    at: Option<String>,
    #[serde(rename = "as")]
    role: Option<Who>,
    asked: Option<String>,
    #[serde(default)]
    also: Vec<RawGiven>,
}

/// The same as it is written.
#[derive(Serialize)]
struct WrittenMapping<'a> {
    answer: &'a RawAnswer,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    role: Option<Who>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'a str>,
    #[serde(skip_serializing_if = "<[RawGiven]>::is_empty")]
    also: &'a [RawGiven],
}

impl RawAnswer {
    fn number(number: f64) -> Self {
        Self::Number(number)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = RawAnswer;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an answer (a word, a number, or a list of whys)")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<RawAnswer, E> {
        Ok(RawAnswer::Word(value.to_string()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<RawAnswer, E> {
        Ok(RawAnswer::Whole(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<RawAnswer, E> {
        Ok(i64::try_from(value).map_or(RawAnswer::number(value as f64), RawAnswer::Whole))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<RawAnswer, E> {
        Ok(RawAnswer::number(value))
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<RawAnswer, E> {
        Ok(RawAnswer::Word(word.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawAnswer, A::Error> {
        let mut steps = Vec::new();
        while let Some(step) = list.next_element()? {
            steps.push(step);
        }
        Ok(RawAnswer::Steps(steps))
    }
}

impl<'de> Deserialize<'de> for RawAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

impl<'de> Deserialize<'de> for RawGiven {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Given;

        impl<'de> Visitor<'de> for Given {
            type Value = RawGiven;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "an answer (a word, a number, a list of whys, or a mapping with `answer:`)",
                )
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<RawGiven, E> {
                AnswerVisitor.visit_bool(value).map(RawGiven::plain)
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<RawGiven, E> {
                AnswerVisitor.visit_i64(value).map(RawGiven::plain)
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<RawGiven, E> {
                AnswerVisitor.visit_u64(value).map(RawGiven::plain)
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<RawGiven, E> {
                AnswerVisitor.visit_f64(value).map(RawGiven::plain)
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<RawGiven, E> {
                AnswerVisitor.visit_str(word).map(RawGiven::plain)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RawGiven, A::Error> {
                AnswerVisitor.visit_seq(list).map(RawGiven::plain)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawGiven, A::Error> {
                let mapping = RawMapping::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawGiven {
                    answer: mapping.answer,
                    beside: RawBeside {
                        note: mapping.note,
                        link: mapping.link,
                        by: mapping.by,
                        at: mapping.at,
                        role: mapping.role,
                        asked: mapping.asked,
                        also: mapping.also,
                    },
                })
            }
        }

        deserializer.deserialize_any(Given)
    }
}

impl RawGiven {
    pub(super) fn plain(answer: RawAnswer) -> Self {
        Self {
            answer,
            beside: RawBeside::default(),
        }
    }
}

impl Serialize for RawGiven {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RawBeside {
            note,
            link,
            by,
            at,
            role,
            asked,
            also,
        } = &self.beside;
        let written = WrittenMapping {
            answer: &self.answer,
            note: note.as_deref(),
            link: link.as_deref(),
            by: by.as_deref(),
            at: at.as_deref(),
            role: *role,
            asked: asked.as_deref(),
            also,
        };
        // What says no more than how it was asked stays on one line.
        let is_short = (note, link, by, at, role) == (&None, &None, &None, &None, &None);
        if is_short && also.is_empty() {
            return serde_yaml::FlowMap(written).serialize(serializer);
        }
        written.serialize(serializer)
    }
}
