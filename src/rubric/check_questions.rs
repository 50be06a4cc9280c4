//! Dimensions, questions, options and gates, one by one.

use std::collections::BTreeMap;

use serde_yaml::{Location, Spanned};

use super::check_conditions::Conditions;
use super::check_values::{
    MOST_CHARACTERS, MOST_WEIGHT, MOST_WHYS, NumberRange, check_count, check_id, check_limit,
    check_score, check_text, contradicts, not_empty, required,
};
use super::model::{Band, Choice, Dimension, Effect, Gate, Question, QuestionKind, WaitFor, Who};
use super::raw::{
    RawAddedGate, RawDimension, RawGate, RawKind, RawLimit, RawOption, RawQuestion, RawReadiness,
    Words,
};
use super::yaml::at;
use crate::problem::{Problem, nearest};
use crate::vocabulary::Readiness;

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
        let known = dimensions.iter().position(|known| known.id == raw.id.value);
        let position = if let Some(position) = known {
            if let Some(words) = raw.title.as_ref().or(raw.asks.as_ref()) {
                let problem = contradicts("the dimension", &raw.id.value);
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

    fn gates(&mut self, raw: &[Spanned<RawGate>], question: &str) -> Result<Vec<Gate>, Problem> {
        let mut gates = Vec::new();
        for gate in raw {
            gates.extend(self.gate(gate, question)?);
        }
        Ok(gates)
    }

    /// One gate for each effect.
    fn gate(&mut self, raw: &Spanned<RawGate>, question: &str) -> Result<Vec<Gate>, Problem> {
        check_text(&raw.value.because)?;
        let when = self
            .conditions
            .both([raw.value.when.as_ref(), None], question)?;
        let effects = effects(&raw.value)?;
        if effects.is_empty() {
            return Err(at(
                Problem::new(
                    "gate-without-effect",
                    "expected a gate to do something, found only its reason",
                    "add `force`, `cap`, `step_down: true` or `require`",
                ),
                raw.referenced,
            ));
        }
        Ok(effects
            .into_iter()
            .map(|effect| Gate {
                effect,
                because: raw.value.because.value.clone(),
                when: when.clone(),
            })
            .collect())
    }

    /// Puts a gate on answers that stand already.
    pub(super) fn added_gate(
        &mut self,
        raw: &RawAddedGate,
        dimensions: &mut [Dimension],
    ) -> Result<(), Problem> {
        if raw.on.value.0.is_empty() {
            return Err(at(
                Problem::new(
                    "gate-without-answer",
                    "expected the answer that opens the gate, found none",
                    "write `on: {question-id: option}`",
                ),
                raw.on.referenced,
            ));
        }
        for (question, options) in &raw.on.value.0 {
            let gates = self.gate(&raw.gate, &question.value)?;
            let keys = self.conditions.known().options_of(question, options)?;
            let found = dimensions
                .iter_mut()
                .flat_map(|dimension| &mut dimension.questions)
                .find(|known| known.id == question.value);
            if let Some(Question {
                kind: QuestionKind::Choice(choices),
                ..
            }) = found
            {
                for choice in choices
                    .iter_mut()
                    .filter(|choice| keys.contains(&choice.key))
                {
                    choice.gates.extend(gates.iter().cloned());
                }
            }
        }
        Ok(())
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

fn effects(raw: &RawGate) -> Result<Vec<Effect>, Problem> {
    let mut effects = Vec::new();
    if let Some(RawLimit {
        solution,
        readiness,
    }) = &raw.force
    {
        effects.extend(
            solution
                .as_ref()
                .map(|rung| Effect::ForceSolution(rung.value)),
        );
        effects.extend(readiness.as_ref().map(|word| {
            let (readiness, wait_for) = word.value.parts();
            Effect::ForceReadiness(readiness, wait_for)
        }));
    }
    if let Some(RawLimit {
        solution,
        readiness,
    }) = &raw.cap
    {
        effects.extend(
            solution
                .as_ref()
                .map(|rung| Effect::CapSolution(rung.value)),
        );
        if let Some(word) = readiness {
            match word.value.parts() {
                (readiness, None) => effects.push(Effect::CapReadiness(readiness)),
                (_, Some(_)) => {
                    return Err(at(
                        Problem::new(
                            "cap-to-wait",
                            "expected a readiness to cap at, found a wait",
                            "a wait is forced: write it under `force`",
                        ),
                        word.referenced,
                    ));
                }
            }
        }
    }
    if raw.step_down {
        effects.push(Effect::StepDown);
    }
    if let Some(what) = &raw.require {
        check_id(what, &[])?;
        effects.push(Effect::Require(what.value.clone()));
    }
    Ok(effects)
}

impl RawReadiness {
    fn parts(self) -> (Readiness, Option<WaitFor>) {
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
