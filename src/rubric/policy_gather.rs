//! Which cut-offs and options the conditions of a policy name, before they get numbers.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Spanned;

use super::policy_raw::{RawTest, RawWhen};
use super::raw::Words;

/// Cut-offs by dimension and options by question, as conditions name them.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) cuts: BTreeMap<String, Vec<f64>>,
    pub(super) options: BTreeMap<String, BTreeSet<String>>,
}

impl Gathered {
    fn all_of(&mut self, parts: &[Spanned<RawWhen>]) {
        for part in parts {
            self.of(&part.value);
        }
    }

    /// Adds what a condition names.
    pub(super) fn of(&mut self, when: &RawWhen) {
        match when {
            RawWhen::Named(_) => {}
            RawWhen::All(parts) => self.all_of(parts),
            RawWhen::Entries(entries) => {
                for (key, test) in entries {
                    match test {
                        RawTest::All(parts) | RawTest::Any(parts) => self.all_of(parts),
                        RawTest::Not(part) => self.of(&part.value),
                        RawTest::Reading(ranges)
                        | RawTest::Best(ranges)
                        | RawTest::Worst(ranges) => {
                            for (dimension, range) in &ranges.0 {
                                let ends = [&range.value.at_least, &range.value.below];
                                let cuts = self.cuts.entry(dimension.value.clone()).or_default();
                                cuts.extend(ends.into_iter().flatten().map(|cut| cut.value));
                            }
                        }
                        RawTest::Answer(words) => {
                            let options = self.options.entry(key.value.clone()).or_default();
                            let words = Words::each(words).into_iter();
                            options.extend(words.map(|(word, _)| word.to_owned()));
                        }
                        RawTest::Gate(_)
                        | RawTest::Ceiling(_)
                        | RawTest::Measured(_)
                        | RawTest::Settled(_)
                        | RawTest::Pays(_)
                        | RawTest::SteppedOff(_)
                        | RawTest::Unanswered(_)
                        | RawTest::Has(_)
                        | RawTest::Rung(_)
                        | RawTest::Target(_)
                        | RawTest::Aim(_) => {}
                    }
                }
            }
        }
    }
}
