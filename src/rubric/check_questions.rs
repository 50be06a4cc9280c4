//! Dimensions, questions and options, one by one.

use std::collections::BTreeMap;

use serde_yaml::{Location, Spanned};

use super::check_conditions::Conditions;
use super::check_values::{
    MOST_CHARACTERS, MOST_WEIGHT, MOST_WHYS, NumberRange, check_count, check_limit, check_score,
    check_text, not_empty, required,
};
use super::model::{Band, Choice, Dimension, Question, QuestionKind, Who};
use super::raw::{RawDimension, RawKind, RawOption, RawQuestion, Words};
use super::yaml::at;
use crate::problem::{Problem, nearest};

/// What is known while questions are checked.
pub(super) struct Checker<'a> {
    pub(super) sources: &'a BTreeMap<String, String>,
    pub(super) conditions: Conditions,
}

impl Checker<'_> {
    /// Adds a dimension, or questions to one that the base already has.
    pub(super) fn dimension(
        &mut self,
        raw: &RawDimension,
        dimensions: &mut Vec<Dimension>,
    ) -> Result<(), Problem> {
        if raw.questions.is_empty() {
            return Err(at(
                Problem::new(
                    "empty-dimension",
                    format!(
                        "expected at least one question in the dimension \"{}\", found none",
                        raw.id.value
                    ),
                    "add `questions:` with one, or leave the dimension out",
                ),
                raw.id.referenced,
            ));
        }
        let known = dimensions.iter().position(|known| known.id == raw.id.value);
        let position = if let Some(position) = known {
            if let Some(words) = raw.title.as_ref().or(raw.asks.as_ref()) {
                let problem = Problem::new(
                    "contradicts-base",
                    format!(
                        "expected only more questions for the dimension \"{}\", which stands in the \
                         rubric already, found other words for it",
                        raw.id.value
                    ),
                    "leave `title` and `asks` out: a pack only adds",
                );
                return Err(at(problem, words.referenced));
            }
            position
        } else {
            dimensions.push(Dimension {
                id: raw.id.value.clone(),
                title: required("title", raw.title.as_ref(), raw)?,
                asks: required("asks", raw.asks.as_ref(), raw)?,
                questions: Vec::new(),
            });
            dimensions.len() - 1
        };
        for question in &raw.questions {
            let checked = self.question(question, raw)?;
            dimensions[position].questions.push(checked);
        }
        Ok(())
    }

    fn question(
        &mut self,
        raw: &RawQuestion,
        dimension: &RawDimension,
    ) -> Result<Question, Problem> {
        for text in [&raw.ask, &raw.help, &raw.why, &raw.settled_by] {
            check_text(text)?;
        }
        if let Some(text) = &raw.not_applicable {
            check_text(text)?;
        }
        let weight = u8::try_from(raw.weight.value)
            .ok()
            .filter(|weight| *weight <= MOST_WEIGHT)
            .ok_or_else(|| {
                at(
                    Problem::new(
                        "bad-weight",
                        format!(
                            "expected a weight from 0 to {MOST_WEIGHT}, found {}",
                            raw.weight.value
                        ),
                        "3 decisive, 2 important, 1 useful, 0 asked but never scored",
                    ),
                    raw.weight.referenced,
                )
            })?;
        let conditions = [dimension.when.as_ref(), raw.when.as_ref()];
        let when = self.conditions.both(conditions, &raw.id.value)?;
        Ok(Question {
            id: raw.id.value.clone(),
            weight,
            who: who_of(raw)?,
            ask: raw.ask.value.clone(),
            help: raw.help.value.clone(),
            why: raw.why.value.clone(),
            settled_by: raw.settled_by.value.clone(),
            sources: self.sources_of(raw)?,
            kind: self.kind(raw, weight)?,
            not_applicable: raw.not_applicable.as_ref().map(|text| text.value.clone()),
            when,
            triage: raw.triage,
        })
    }

    fn sources_of(&self, raw: &RawQuestion) -> Result<Vec<String>, Problem> {
        for (key, place) in Words::each(&raw.sources) {
            if !self.sources.contains_key(key) {
                let known = self.sources.keys().map(String::as_str);
                return Err(at(
                    Problem::new(
                        "unknown-source",
                        format!("expected a key of `sources`, found \"{key}\""),
                        match nearest(key, known) {
                            Some(near) => format!("did you mean \"{near}\"?"),
                            None => "add it under `sources` at the top".to_owned(),
                        },
                    ),
                    place,
                ));
            }
        }
        not_empty(&raw.sources, "sources")
    }

    fn kind(&mut self, raw: &RawQuestion, weight: u8) -> Result<QuestionKind, Problem> {
        let id = &raw.id.value;
        match (&raw.options, &raw.kind) {
            (Some(options), None) => {
                let entries = &options.value.0;
                check_count(entries.len(), 2, "options", options.referenced)?;
                let mut choices = Vec::with_capacity(entries.len());
                for (key, option) in entries {
                    choices.push(self.choice(key, option, id, weight)?);
                }
                Ok(QuestionKind::Choice(choices))
            }
            (None, Some(kind)) => {
                let number = matches!(kind.value, RawKind::Number { .. });
                if weight > 0 && !number {
                    return Err(at(
                        Problem::new(
                            "never-scored",
                            format!(
                                "expected weight 0, found {weight}: texts, rules and whys have no score"
                            ),
                            "set `weight: 0`, or ask with options",
                        ),
                        raw.weight.referenced,
                    ));
                }
                self.other_kind(&kind.value, kind.referenced, id, weight)
            }
            (Some(_), Some(kind)) => Err(at(
                Problem::new(
                    "two-kinds",
                    "expected either `options` or `kind`, found both",
                    "remove one of the two",
                ),
                kind.referenced,
            )),
            (None, None) => Err(at(
                Problem::new(
                    "no-kind",
                    "expected `options` or `kind`, found neither",
                    "list the options, or say `kind: rule`, `kind: {text: …}`, `kind: {number: …}` or `kind: {whys: …}`",
                ),
                raw.id.referenced,
            )),
        }
    }

    fn other_kind(
        &mut self,
        raw: &RawKind,
        place: Location,
        question: &str,
        weight: u8,
    ) -> Result<QuestionKind, Problem> {
        Ok(match raw {
            RawKind::Rule => QuestionKind::Rule,
            RawKind::Text { max_characters } => QuestionKind::Text {
                max_characters: check_limit(max_characters, MOST_CHARACTERS)?,
            },
            RawKind::Whys { max_steps } => QuestionKind::Whys {
                max_steps: check_limit(max_steps, MOST_WHYS)?,
            },
            RawKind::Number {
                unit,
                from,
                to,
                bands,
            } => {
                check_text(unit)?;
                let range = NumberRange::new(from, to)?;
                if weight > 0 || !bands.is_empty() {
                    check_count(bands.len(), 1, "bands", place)?;
                }
                range.check_bands(bands)?;
                let mut checked = Vec::with_capacity(bands.len());
                for band in bands {
                    checked.push(Band {
                        below: band.value.below.as_ref().map(|below| below.value),
                        score: check_score(&band.value.score)?,
                        gates: self.gates(&band.value.gates, question)?,
                    });
                }
                QuestionKind::Number {
                    unit: unit.value.clone(),
                    minimum: from.value,
                    maximum: to.value,
                    bands: checked,
                }
            }
        })
    }

    fn choice(
        &mut self,
        key: &Spanned<String>,
        raw: &RawOption,
        question: &str,
        weight: u8,
    ) -> Result<Choice, Problem> {
        check_text(&raw.says)?;
        let score = match &raw.score {
            Some(score) => check_score(score)?,
            // Nothing reads the score of a question without weight.
            None if weight == 0 => 1.0,
            None => {
                return Err(at(
                    Problem::new(
                        "missing-field",
                        format!("expected a score for the option \"{}\"", key.value),
                        "1 favours going on, 0 speaks against; or give the question weight 0",
                    ),
                    key.referenced,
                ));
            }
        };
        Ok(Choice {
            key: key.value.clone(),
            label: raw.says.value.clone(),
            score,
            gates: self.gates(&raw.gates, question)?,
        })
    }
}

fn who_of(raw: &RawQuestion) -> Result<Vec<Who>, Problem> {
    let ids = Who::ALL.map(Who::id);
    for (word, place) in Words::each(&raw.who) {
        if !ids.contains(&word) {
            return Err(at(
                Problem::new(
                    "unknown-word",
                    format!("expected one of {}, found \"{word}\"", ids.join(", ")),
                    match nearest(word, ids) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "say who can answer best".to_owned(),
                    },
                ),
                place,
            ));
        }
    }
    let words = not_empty(&raw.who, "those who can answer")?;
    Ok(words
        .iter()
        .flat_map(|word| Who::ALL.into_iter().filter(move |who| who.id() == word))
        .collect())
}
