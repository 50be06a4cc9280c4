//! The facts that a policy reads, gathered from all its conditions.

use std::collections::BTreeMap;

use serde_yaml::{Location, Spanned};

use super::check_values::{CONDITION_WORDS, check_id};
use super::model::{Question, Rubric};
use super::policy::{Fact, Test, View};
use super::policy_gather::Gathered;
use super::policy_raw::{RawPolicy, RawWhen};
use super::yaml::at;
use crate::problem::{Problem, nearest};

/// The facts found so far, and how their values are numbered.
pub(super) struct Facts<'a> {
    pub(super) base: &'a Rubric,
    pub(super) found: Vec<Fact>,
    pub(super) named: BTreeMap<String, Test>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(base: &'a Rubric) -> Self {
        Self {
            base,
            found: Vec::new(),
            named: BTreeMap::new(),
        }
    }

    /// Collects every cut-off and option that conditions name, then compiles the named conditions.
    pub(super) fn gather(&mut self, raw: &RawPolicy) -> Result<(), Problem> {
        let mut gathered = Gathered::default();
        let rows = raw.solution.value.iter().map(|row| row.when.as_ref());
        let rows = rows.chain(raw.readiness.value.iter().map(|row| row.when.as_ref()));
        let named = raw.conditions.0.iter().map(|(_, when)| Some(when));
        for when in named.chain(rows).flatten() {
            gathered.of(&when.value);
        }
        for (dimension, mut cuts) in gathered.cuts {
            cuts.sort_by(f64::total_cmp);
            cuts.dedup();
            self.found.push(Fact::Reading { dimension, cuts });
        }
        for (question, options) in gathered.options {
            let options = options.into_iter().collect();
            self.found.push(Fact::Answer { question, options });
        }
        for (name, when) in &raw.conditions.0 {
            check_id(name, CONDITION_WORDS)?;
            let test = self.compile(when, true)?;
            if self.named.insert(name.value.clone(), test).is_some() {
                return Err(at(
                    Problem::new(
                        "duplicate-id",
                        format!(
                            "expected each condition once, found \"{}\" again",
                            name.value
                        ),
                        "rename one of the two",
                    ),
                    name.referenced,
                ));
            }
        }
        Ok(())
    }

    /// The condition of a row; none always holds.
    pub(super) fn when(
        &mut self,
        when: Option<&Spanned<RawWhen>>,
        is_readiness: bool,
    ) -> Result<Test, Problem> {
        match when {
            None => Ok(Test::All(Vec::new())),
            Some(when) => self.compile(when, is_readiness),
        }
    }

    /// The question of that id, or a problem that suggests one.
    pub(super) fn question(&self, id: &str, place: Location) -> Result<&'a Question, Problem> {
        self.base.question(id).ok_or_else(|| {
            let ids = self
                .base
                .questions()
                .map(|(_, question)| question.id.as_str());
            at(
                Problem::new(
                    "unknown-question",
                    format!("expected a question of {}, found \"{id}\"", self.base.id),
                    match nearest(id, ids) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "write `question-id: option`, or one of the words at the head of \
                                 the built-in policy"
                            .to_owned(),
                    },
                ),
                place,
            )
        })
    }

    /// That a fact has one of these values.
    pub(super) fn is(&mut self, fact: Fact, values: u32) -> Test {
        let position = self.found.iter().position(|known| *known == fact);
        let fact = position.unwrap_or_else(|| {
            self.found.push(fact);
            self.found.len() - 1
        });
        Test::Is {
            fact,
            view: View::Likely,
            values,
        }
    }
}
