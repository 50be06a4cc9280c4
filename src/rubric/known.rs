//! What a condition may name: questions by their order, and their options.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Spanned;

use super::check_values::{ANSWER_WORDS, CONDITION_WORDS, check_id, contradicts};
use super::model::Rubric;
use super::raw::{RawDimension, RawRubric, Words};
use super::yaml::at;
use crate::problem::{Problem, nearest};

/// Every question of the finished rubric: its place in the order of asking and its options.
pub(super) struct Known {
    questions: BTreeMap<String, KnownQuestion>,
}

struct KnownQuestion {
    order: usize,
    options: Vec<String>,
}

/// A dimension with the ids of its questions and the keys of their options.
struct Section {
    id: String,
    questions: Vec<(String, Vec<String>)>,
}

impl Known {
    /// Gathers the questions of the base and of the file, and refuses an id that stands twice.
    pub(super) fn gather(base: &Rubric, raw: &RawRubric) -> Result<Self, Problem> {
        let mut sections: Vec<Section> = base
            .dimensions
            .iter()
            .map(|dimension| Section {
                id: dimension.id.clone(),
                questions: dimension
                    .questions
                    .iter()
                    .map(|question| {
                        let keys = question.choices().iter().map(|choice| choice.key.clone());
                        (question.id.clone(), keys.collect())
                    })
                    .collect(),
            })
            .collect();
        let mut dimensions = BTreeSet::new();
        let mut added = BTreeMap::new();
        for dimension in &raw.dimensions {
            check_id(&dimension.id, &[])?;
            if !dimensions.insert(&dimension.id.value) {
                return Err(twice("dimension", &dimension.id));
            }
            for question in &dimension.questions {
                let id = &question.id.value;
                check_id(&question.id, CONDITION_WORDS)?;
                if base.question(id).is_some() {
                    return Err(at(contradicts("question", id), question.id.referenced));
                }
                if added.insert(id, question.id.referenced).is_some() {
                    return Err(twice("question", &question.id));
                }
            }
            let known = sections
                .iter_mut()
                .find(|section| section.id == dimension.id.value);
            let questions = keys_of(dimension)?;
            match known {
                Some(section) => section.questions.extend(questions),
                None => sections.push(Section {
                    id: dimension.id.value.clone(),
                    questions,
                }),
            }
        }
        let questions = sections
            .into_iter()
            .flat_map(|section| section.questions)
            .enumerate()
            .map(|(order, (id, options))| (id, KnownQuestion { order, options }))
            .collect();
        Ok(Self { questions })
    }

    /// The place of a question in the order of asking.
    pub(super) fn order(&self, question: &str) -> Option<usize> {
        self.questions.get(question).map(|known| known.order)
    }

    /// The option keys that are meant, if the question and all of them exist.
    pub(super) fn options_of(
        &self,
        question: &Spanned<String>,
        options: &Spanned<Words>,
    ) -> Result<Vec<String>, Problem> {
        let id = &question.value;
        let Some(known) = self.questions.get(id) else {
            let ids = self.questions.keys().map(String::as_str);
            return Err(at(
                Problem::new(
                    "unknown-question",
                    format!("expected a question of this rubric, found \"{id}\""),
                    match nearest(id, ids) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "write `question-id: option`, or one of all, any, not, can_reach"
                            .to_owned(),
                    },
                ),
                question.referenced,
            ));
        };
        if known.options.is_empty() {
            return Err(at(
                Problem::new(
                    "not-a-choice",
                    format!("expected a question with options, found \"{id}\""),
                    "only an option can open a condition or a gate; give a number its gates in its bands",
                ),
                question.referenced,
            ));
        }
        let mut keys = Vec::new();
        for (key, place) in Words::each(options) {
            if !known.options.iter().any(|known| known == key) {
                let suggestion = nearest(key, known.options.iter().map(String::as_str))
                    .map(|near| format!("did you mean \"{near}\"? "))
                    .unwrap_or_default();
                return Err(at(
                    Problem::new(
                        "unknown-option",
                        format!("expected an option of {id}, found \"{key}\""),
                        format!("{suggestion}its options are {}", known.options.join(", ")),
                    ),
                    place,
                ));
            }
            keys.push(key.to_owned());
        }
        if keys.is_empty() {
            return Err(at(empty_condition(), options.referenced));
        }
        Ok(keys)
    }
}

fn keys_of(dimension: &RawDimension) -> Result<Vec<(String, Vec<String>)>, Problem> {
    let mut questions = Vec::with_capacity(dimension.questions.len());
    for question in &dimension.questions {
        let mut keys = Vec::new();
        for (key, _) in question.options.iter().flat_map(|options| &options.value.0) {
            check_id(key, ANSWER_WORDS)?;
            keys.push(key.value.clone());
        }
        questions.push((question.id.value.clone(), keys));
    }
    Ok(questions)
}

fn twice(what: &str, id: &Spanned<String>) -> Problem {
    at(
        Problem::new(
            "duplicate-id",
            format!("expected each {what} once, found \"{}\" again", id.value),
            "rename one of the two, or put them together",
        ),
        id.referenced,
    )
}

/// A condition without parts.
pub(super) fn empty_condition() -> Problem {
    Problem::new(
        "empty-condition",
        "expected at least one part of the condition, found none",
        "leave `when` out if it always holds",
    )
}
