//! Conditions: every id resolves, nothing looks ahead, names form no cycle.

use std::collections::BTreeMap;

use serde_yaml::{Location, Spanned};

use super::check_values::{CONDITION_WORDS, check_id, contradicts};
use super::known::{Known, empty_condition};
use super::model::Condition;
use super::raw::{Entries, RawCondition, RawEntry};
use super::yaml::at;
use crate::problem::{Problem, nearest};

/// Most parts of a condition once its names are written out.
const MOST_PARTS: usize = 500;

/// Conditions with a name, and what is known of each.
pub(super) struct Conditions {
    known: Known,
    named: BTreeMap<String, Named>,
}

#[derive(Clone)]
struct Named {
    condition: Condition,
    summary: Summary,
}

/// What matters of a condition once its names are written out.
#[derive(Clone, Default)]
struct Summary {
    parts: usize,
    /// The last question that it reads, by order and id.
    latest: Option<(usize, String)>,
}

impl Summary {
    fn join(&mut self, other: Self) {
        self.parts = self.parts.saturating_add(other.parts);
        self.latest = self.latest.take().max(other.latest);
    }
}

impl Conditions {
    pub(super) fn new(
        known: Known,
        base: &BTreeMap<String, Condition>,
        raw: &Entries<Spanned<RawCondition>>,
    ) -> Result<Self, Problem> {
        let mut conditions = Self {
            known,
            named: BTreeMap::new(),
        };
        for name in base.keys() {
            conditions.adopt(name, base);
        }
        for (name, _) in &raw.0 {
            check_id(name, CONDITION_WORDS)?;
            if base.contains_key(&name.value) {
                return Err(at(contradicts("condition", &name.value), name.referenced));
            }
        }
        let mut pending = Vec::new();
        for (name, condition) in &raw.0 {
            conditions.resolve(name, condition, raw, &mut pending)?;
        }
        Ok(conditions)
    }

    /// The named conditions, checked.
    pub(super) fn take_named(&mut self) -> BTreeMap<String, Condition> {
        self.named
            .iter()
            .map(|(name, named)| (name.clone(), named.condition.clone()))
            .collect()
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// The conjunction of what is given, for a question of that id.
    pub(super) fn both(
        &self,
        conditions: [Option<&Spanned<RawCondition>>; 2],
        question: &str,
    ) -> Result<Option<Condition>, Problem> {
        let order = self.known.order(question).unwrap_or(0);
        let mut parts = Vec::new();
        for condition in conditions.into_iter().flatten() {
            let (checked, summary) = self.check(condition)?;
            if let Some((latest, id)) = &summary.latest
                && *latest >= order
            {
                return Err(at(
                    Problem::new(
                        "condition-looks-ahead",
                        format!(
                            "expected a condition on questions before {question}, found one on \"{id}\""
                        ),
                        "conditions only look back: move the question down, or the other one up",
                    ),
                    condition.referenced,
                ));
            }
            parts.push(checked);
        }
        Ok(match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(Condition::All(parts)),
        })
    }

    /// Takes over a condition of the base, which was checked when the base was read.
    fn adopt(&mut self, name: &str, base: &BTreeMap<String, Condition>) -> Summary {
        if let Some(named) = self.named.get(name) {
            return named.summary.clone();
        }
        let Some(condition) = base.get(name) else {
            return Summary::default();
        };
        let summary = self.summarise(condition, base);
        let named = Named {
            condition: condition.clone(),
            summary: summary.clone(),
        };
        self.named.insert(name.to_owned(), named);
        summary
    }

    fn summarise(&mut self, condition: &Condition, base: &BTreeMap<String, Condition>) -> Summary {
        let mut summary = Summary {
            parts: 1,
            latest: None,
        };
        match condition {
            Condition::Answer { question, .. } => {
                summary.latest = self
                    .known
                    .order(question)
                    .map(|order| (order, question.clone()));
            }
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    summary.join(self.summarise(part, base));
                }
            }
            Condition::Not(part) => summary.join(self.summarise(part, base)),
            Condition::CanReach(_) => {}
            Condition::Named(name) => summary.join(self.adopt(name, base)),
        }
        summary
    }

    /// Checks a named condition after those that it names itself.
    fn resolve<'a>(
        &mut self,
        name: &'a Spanned<String>,
        condition: &'a Spanned<RawCondition>,
        raw: &'a Entries<Spanned<RawCondition>>,
        pending: &mut Vec<&'a str>,
    ) -> Result<(), Problem> {
        if self.named.contains_key(&name.value) {
            return Ok(());
        }
        pending.push(&name.value);
        let mut inner = Vec::new();
        names_in(condition, &mut inner);
        for (used, place) in inner {
            if pending.contains(&used) {
                return Err(at(
                    Problem::new(
                        "condition-cycle",
                        format!(
                            "expected conditions that do not name each other in a circle, found {} → {used}",
                            pending.join(" → ")
                        ),
                        "write one of them out with questions and options",
                    ),
                    place,
                ));
            }
            if let Some((name, condition)) = raw.0.iter().find(|(name, _)| name.value == used) {
                self.resolve(name, condition, raw, pending)?;
            }
        }
        pending.pop();
        let (checked, summary) = self.check(condition)?;
        let named = Named {
            condition: checked,
            summary,
        };
        self.named.insert(name.value.clone(), named);
        Ok(())
    }

    fn check(&self, raw: &Spanned<RawCondition>) -> Result<(Condition, Summary), Problem> {
        let (condition, summary) = match &raw.value {
            RawCondition::Named(name) => self.check_name(name, raw.referenced)?,
            RawCondition::All(parts) => self.check_all(parts, raw.referenced, Condition::All)?,
            RawCondition::Entries(entries) => {
                let mut parts = Vec::with_capacity(entries.len());
                let mut summary = Summary::default();
                for (key, entry) in entries {
                    let (part, inner) = self.check_entry(key, entry)?;
                    parts.push(part);
                    summary.join(inner);
                }
                match parts.len() {
                    0 => return Err(at(empty_condition(), raw.referenced)),
                    1 => (parts.remove(0), summary),
                    _ => (Condition::All(parts), summary),
                }
            }
        };
        if summary.parts > MOST_PARTS {
            return Err(at(
                Problem::new(
                    "condition-too-big",
                    format!(
                        "expected at most {MOST_PARTS} parts once names are written out, found {}",
                        summary.parts
                    ),
                    "say it in a simpler way",
                ),
                raw.referenced,
            ));
        }
        Ok((condition, summary))
    }

    fn check_name(&self, name: &str, place: Location) -> Result<(Condition, Summary), Problem> {
        match self.named.get(name) {
            Some(named) => Ok((
                Condition::Named(name.to_owned()),
                Summary {
                    parts: named.summary.parts.saturating_add(1),
                    latest: named.summary.latest.clone(),
                },
            )),
            None => Err(at(
                Problem::new(
                    "unknown-condition",
                    format!("expected the name of a condition, found \"{name}\""),
                    match nearest(name, self.named.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => {
                            "name it under `conditions`, or write `question-id: option`".to_owned()
                        }
                    },
                ),
                place,
            )),
        }
    }

    fn check_entry(
        &self,
        key: &Spanned<String>,
        entry: &RawEntry,
    ) -> Result<(Condition, Summary), Problem> {
        match entry {
            RawEntry::All(parts) => self.check_all(parts, key.referenced, Condition::All),
            RawEntry::Any(parts) => self.check_all(parts, key.referenced, Condition::Any),
            RawEntry::Not(part) => {
                let (inner, mut summary) = self.check(part)?;
                summary.parts = summary.parts.saturating_add(1);
                Ok((Condition::Not(Box::new(inner)), summary))
            }
            RawEntry::CanReach(rung) => Ok((
                Condition::CanReach(*rung),
                Summary {
                    parts: 1,
                    latest: None,
                },
            )),
            RawEntry::Answer(options) => {
                let is = self.known.options_of(key, options)?;
                let order = self.known.order(&key.value);
                Ok((
                    Condition::Answer {
                        question: key.value.clone(),
                        is,
                    },
                    Summary {
                        parts: 1,
                        latest: order.map(|order| (order, key.value.clone())),
                    },
                ))
            }
        }
    }

    fn check_all(
        &self,
        raw: &[Spanned<RawCondition>],
        place: Location,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Result<(Condition, Summary), Problem> {
        if raw.is_empty() {
            return Err(at(empty_condition(), place));
        }
        let mut parts = Vec::with_capacity(raw.len());
        let mut summary = Summary {
            parts: 1,
            latest: None,
        };
        for part in raw {
            let (part, inner) = self.check(part)?;
            parts.push(part);
            summary.join(inner);
        }
        Ok((join(parts), summary))
    }
}

/// The names that a raw condition uses, with their places.
fn names_in<'a>(raw: &'a Spanned<RawCondition>, names: &mut Vec<(&'a str, Location)>) {
    match &raw.value {
        RawCondition::Named(name) => names.push((name, raw.referenced)),
        RawCondition::All(parts) => {
            for part in parts {
                names_in(part, names);
            }
        }
        RawCondition::Entries(entries) => {
            for (_, entry) in entries {
                match entry {
                    RawEntry::All(parts) | RawEntry::Any(parts) => {
                        for part in parts {
                            names_in(part, names);
                        }
                    }
                    RawEntry::Not(part) => names_in(part, names),
                    RawEntry::CanReach(_) | RawEntry::Answer(_) => {}
                }
            }
        }
    }
}
