//! The facts that a policy reads, and its conditions as formulas over them.

use std::collections::BTreeMap;

use serde_yaml::{Location, Spanned};

use super::check_values::{CONDITION_WORDS, check_id};
use super::known::empty_condition;
use super::model::{Question, Rubric};
use super::policy::{Fact, GateKind, Test, View};
use super::policy_gather::Gathered;
use super::policy_raw::{RawPolicy, RawRange, RawRungs, RawTest, RawWhen};
use super::raw::{Entries, Words};
use super::yaml::at;
use crate::problem::{Problem, nearest};
use crate::vocabulary::Rung;

/// Kinds of gate by the word for them.
const GATES: [(&str, GateKind); 6] = [
    ("stop", GateKind::Stop),
    ("review", GateKind::Review),
    ("clarify", GateKind::Clarify),
    ("data", GateKind::Data),
    ("infrastructure", GateKind::Infrastructure),
    ("pilot", GateKind::Pilot),
];
/// What a benchmark can say besides a rung.
const NOTHING: &str = "nothing";
const NO_SIGNAL: &str = "no-signal";

/// The facts found so far, and how their values are numbered.
pub(super) struct Facts<'a> {
    base: &'a Rubric,
    pub(super) found: Vec<Fact>,
    named: BTreeMap<String, Test>,
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

    fn compile(&mut self, when: &Spanned<RawWhen>, is_readiness: bool) -> Result<Test, Problem> {
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

    fn is(&mut self, fact: Fact, values: u32) -> Test {
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

fn in_readiness(key: &Spanned<String>, is_readiness: bool) -> Result<(), Problem> {
    if is_readiness {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "wrong-table",
            format!(
                "expected a condition that is known before the solution, found \"{}\"",
                key.value
            ),
            "only rows of the readiness may read the solution",
        ),
        key.referenced,
    ))
}

fn word_of<T: Clone>(word: &str, place: Location, known: &[(&str, T)]) -> Result<T, Problem> {
    let found = known.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| value.clone()).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        unknown_word(word, place, &names)
    })
}

fn measured(word: &str, place: Location) -> Result<u32, Problem> {
    match word {
        NOTHING => Ok(0),
        NO_SIGNAL => Ok(1),
        rung => {
            let known = Rung::ALL.iter().position(|known| known.id() == rung);
            known.map(|place| place as u32 + 2).ok_or_else(|| {
                let names: Vec<&str> = [NOTHING, NO_SIGNAL]
                    .into_iter()
                    .chain(Rung::ALL.iter().map(|rung| rung.id()))
                    .collect();
                unknown_word(rung, place, &names)
            })
        }
    }
}

fn unknown_word(word: &str, place: Location, known: &[&str]) -> Problem {
    at(
        Problem::new(
            "unknown-word",
            format!("expected one of {}, found \"{word}\"", known.join(", ")),
            match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "use one of these words".to_owned(),
            },
        ),
        place,
    )
}

fn rung_range(range: &RawRungs, place: Location) -> Result<u32, Problem> {
    if range.at_least.is_none() && range.at_most.is_none() {
        return Err(at(empty_condition(), place));
    }
    Ok(rungs(range.at_least, range.at_most))
}

/// The places on the ladder between two rungs, both included, as bits.
fn rungs(at_least: Option<Rung>, at_most: Option<Rung>) -> u32 {
    Rung::ALL
        .iter()
        .enumerate()
        .filter(|(_, rung)| at_least.is_none_or(|low| **rung >= low))
        .filter(|(_, rung)| at_most.is_none_or(|high| **rung <= high))
        .map(|(place, _)| 1 << place)
        .sum()
}
