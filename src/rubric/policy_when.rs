//! Conditions of a policy as formulas over the facts that it reads.

use serde_yaml::{Location, Spanned};

use super::known::empty_condition;
use super::policy::{Fact, Test, View};
use super::policy_facts::Facts;
use super::policy_raw::{RawRange, RawTest, RawWhen};
use super::policy_words::{GATES, in_readiness, measured, rung_range, rungs, word_of};
use super::raw::{Entries, Words};
use super::yaml::at;
use crate::problem::{Problem, nearest};

impl Facts<'_> {
    /// A condition as a formula.
    pub(super) fn compile(
        &mut self,
        when: &Spanned<RawWhen>,
        is_readiness: bool,
    ) -> Result<Test, Problem> {
        match &when.value {
            RawWhen::Named(name) => self.named.get(name).cloned().ok_or_else(|| {
                at(
                    Problem::new(
                        "unknown-condition",
                        format!("expected a condition that stands before this, found \"{name}\""),
                        match nearest(name, self.named.keys().map(String::as_str)) {
                            Some(near) => format!("did you mean \"{near}\"?"),
                            None => "define it under `conditions`".to_owned(),
                        },
                    ),
                    when.referenced,
                )
            }),
            RawWhen::All(parts) => Ok(Test::All(self.parts(
                parts,
                is_readiness,
                when.referenced,
            )?)),
            RawWhen::Entries(entries) => {
                if entries.is_empty() {
                    return Err(at(empty_condition(), when.referenced));
                }
                let mut parts = Vec::with_capacity(entries.len());
                for (key, test) in entries {
                    parts.push(self.entry(key, test, is_readiness)?);
                }
                Ok(Test::All(parts))
            }
        }
    }

    fn parts(
        &mut self,
        parts: &[Spanned<RawWhen>],
        is_readiness: bool,
        place: Location,
    ) -> Result<Vec<Test>, Problem> {
        if parts.is_empty() {
            return Err(at(empty_condition(), place));
        }
        parts
            .iter()
            .map(|part| self.compile(part, is_readiness))
            .collect()
    }

    fn entry(
        &mut self,
        key: &Spanned<String>,
        test: &RawTest,
        is_readiness: bool,
    ) -> Result<Test, Problem> {
        let place = key.referenced;
        match test {
            RawTest::All(parts) => Ok(Test::All(self.parts(parts, is_readiness, place)?)),
            RawTest::Any(parts) => Ok(Test::Any(self.parts(parts, is_readiness, place)?)),
            RawTest::Not(part) => Ok(Test::Not(Box::new(self.compile(part, is_readiness)?))),
            RawTest::Gate(words) => {
                let mut parts = Vec::new();
                for (word, place) in Words::each(words) {
                    let kind = word_of(word, place, &GATES)?;
                    parts.push(self.is(Fact::Gate(kind), 0b10));
                }
                Ok(Test::Any(parts))
            }
            RawTest::Ceiling(rung) => Ok(self.is(Fact::Ceiling, rungs(None, Some(*rung)))),
            RawTest::Reading(ranges) => self.ranges(ranges, View::Likely),
            RawTest::Best(ranges) => self.ranges(ranges, View::Best),
            RawTest::Worst(ranges) => self.ranges(ranges, View::Worst),
            RawTest::Measured(words) => {
                let mut mask = 0;
                for (word, place) in Words::each(words) {
                    mask |= 1 << measured(word, place)?;
                }
                Ok(self.is(Fact::Measured, mask))
            }
            RawTest::Settled(is) => Ok(self.is(Fact::Settled, 1 << u32::from(*is))),
            RawTest::Pays(is) => Ok(self.is(Fact::Pays, 1 << u32::from(*is))),
            RawTest::Unanswered(words) => {
                let mut parts = Vec::new();
                for (id, place) in Words::each(words) {
                    self.question(id, place)?;
                    parts.push(self.is(Fact::Unanswered(id.to_owned()), 0b10));
                }
                Ok(Test::All(parts))
            }
            RawTest::Has(words) => {
                let mut parts = Vec::new();
                for (word, place) in Words::each(words) {
                    let known = [
                        ("answers", Fact::HasAnswers),
                        ("evidence", Fact::HasEvidence),
                    ];
                    let fact = word_of(word, place, &known)?;
                    parts.push(self.is(fact, 0b10));
                }
                Ok(Test::All(parts))
            }
            RawTest::SteppedOff(is) => {
                in_readiness(key, is_readiness)?;
                Ok(self.is(Fact::SteppedOff, 1 << u32::from(*is)))
            }
            RawTest::Rung(range) => {
                in_readiness(key, is_readiness)?;
                Ok(self.is(Fact::Rung, rung_range(range, place)?))
            }
            RawTest::Aim(range) => {
                in_readiness(key, is_readiness)?;
                Ok(self.is(Fact::Aim, rung_range(range, place)?))
            }
            RawTest::Target(range) => {
                in_readiness(key, is_readiness)?;
                Ok(self.is(Fact::Target, rung_range(range, place)? << 1))
            }
            RawTest::Answer(words) => self.answer(key, words),
        }
    }

    fn answer(&mut self, key: &Spanned<String>, words: &Spanned<Words>) -> Result<Test, Problem> {
        let question = self.question(&key.value, key.referenced)?;
        let position = self.found.iter().position(
            |fact| matches!(fact, Fact::Answer { question, .. } if *question == key.value),
        );
        let Some(fact) = position else {
            return Err(at(empty_condition(), words.referenced));
        };
        let mut mask = 0;
        for (word, place) in Words::each(words) {
            let keys = question.choices().iter().map(|choice| choice.key.as_str());
            if !keys.clone().any(|known| known == word) {
                let suggestion = nearest(word, keys.clone())
                    .map(|near| format!("did you mean \"{near}\"? "))
                    .unwrap_or_default();
                return Err(at(
                    Problem::new(
                        "unknown-option",
                        format!("expected an option of {}, found \"{word}\"", key.value),
                        format!(
                            "{suggestion}its options are {}",
                            keys.collect::<Vec<_>>().join(", ")
                        ),
                    ),
                    place,
                ));
            }
            if let Fact::Answer { options, .. } = &self.found[fact] {
                let option = options.iter().position(|option| option == word);
                mask |= option.map_or(0, |option| 1 << (option + 1));
            }
        }
        Ok(Test::Is {
            fact,
            view: View::Likely,
            values: mask,
        })
    }

    fn ranges(&mut self, ranges: &Entries<Spanned<RawRange>>, view: View) -> Result<Test, Problem> {
        let mut parts = Vec::new();
        for (dimension, range) in &ranges.0 {
            let known = self.base.dimensions.iter().map(|known| known.id.as_str());
            if !known.clone().any(|known| known == dimension.value) {
                let known: Vec<&str> = known.collect();
                return Err(at(
                    Problem::new(
                        "unknown-dimension",
                        format!(
                            "expected a dimension of the rubric, found \"{}\"",
                            dimension.value
                        ),
                        format!("the dimensions are {}", known.join(", ")),
                    ),
                    dimension.referenced,
                ));
            }
            let mut mask = u32::MAX;
            let fact = self.found.iter().position(
                |fact| matches!(fact, Fact::Reading { dimension: known, .. } if *known == dimension.value),
            );
            let Some(fact) = fact else {
                return Err(at(empty_condition(), range.referenced));
            };
            let Fact::Reading { cuts, .. } = &self.found[fact] else {
                continue;
            };
            for (cut, keeps_above) in [(&range.value.at_least, true), (&range.value.below, false)] {
                let Some(cut) = cut else { continue };
                if !(cut.value > 0.0 && cut.value <= 1.0) {
                    return Err(at(
                        Problem::new(
                            "bad-cut-off",
                            format!("expected a number above 0 and up to 1, found {}", cut.value),
                            "readings lie between 0 and 1",
                        ),
                        cut.referenced,
                    ));
                }
                let reached = cuts
                    .iter()
                    .position(|known| *known == cut.value)
                    .unwrap_or(0)
                    + 1;
                let above = u32::MAX << reached;
                mask &= if keeps_above { above } else { !above };
            }
            if range.value.at_least.is_none() && range.value.below.is_none() {
                return Err(at(empty_condition(), range.referenced));
            }
            parts.push(Test::Is {
                fact,
                view,
                values: mask,
            });
        }
        if parts.is_empty() {
            return Err(Problem::new(
                "empty-condition",
                "expected a dimension with `at_least` or `below`, found none",
                "write `reading: {fit: {at_least: 0.45}}`",
            ));
        }
        Ok(Test::All(parts))
    }
}
