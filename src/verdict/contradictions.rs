//! Answers that do not fit what was measured. Both are shown; the measurement decides.

use super::inputs::Inputs;
use super::measured::{self, Measured};
use super::model::Contradiction;
use super::words::{count, label};
use crate::contest::{Evidence, Outcome, Tier};
use crate::vocabulary::{Confidence, Rung};

/// Answers that the benchmark contradicts, in the order of the checks.
pub(super) fn contradictions(inputs: &Inputs<'_>) -> Vec<Contradiction> {
    let (Some(assessment), Some(evidence)) = (inputs.assessment, inputs.evidence) else {
        return Vec::new();
    };
    let found = Found { evidence };
    CHECKS
        .iter()
        .filter_map(|check| {
            let option = inputs.option(check.question)?;
            if !check.options.contains(&option) {
                return None;
            }
            Some(Contradiction {
                question: check.question.to_owned(),
                answered: label(&assessment.rubric, check.question, option),
                measured: (check.measured)(&found)?,
                remedy: check.remedy.to_owned(),
            })
        })
        .collect()
}

/// One way in which an answer and a measurement can disagree.
struct Check {
    question: &'static str,
    /// Answers that the measurement may contradict.
    options: &'static [&'static str],
    /// What was measured, if it contradicts them.
    measured: fn(&Found<'_>) -> Option<String>,
    remedy: &'static str,
}

struct Found<'a> {
    evidence: &'a Evidence,
}

const CHECKS: [Check; 10] = [
    Check {
        question: "data-signal",
        options: &["clear", "weak"],
        measured: |found| {
            found
                .is_no_signal()
                .then(|| "nothing beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Look for other columns, or correct the answer.",
    },
    Check {
        question: "data-signal",
        options: &["none"],
        measured: |found| {
            found
                .is_beaten(Tier::Naive)
                .then(|| "something beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Check the columns for leaks; if there are none, correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["clear", "large"],
        measured: |found| {
            found.model_gains_nothing().then(|| {
                "no model is better than what is simple by more than the margin".to_owned()
            })
        },
        remedy: "The measurement stands; correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["none", "small"],
        measured: |found| {
            found
                .is_beaten(Tier::Heuristic)
                .then(|| "a model beats the best rule by more than the margin".to_owned())
        },
        remedy: "The measurement stands; correct the answer, or write a better rule and let it compete.",
    },
    Check {
        question: "fit-known-rule",
        options: &["no"],
        measured: |found| found.simple_rule(),
        remedy: "Read the rule together; if it makes sense, it is known from now on.",
    },
    Check {
        question: "fit-known-rule",
        options: &["fully"],
        measured: |found| found.owner_rule_loses(),
        remedy: "Look at the cases that the rule gets wrong.",
    },
    Check {
        question: "fit-hand-rules",
        options: &["unmaintainable", "unwritable"],
        measured: |found| found.simple_rule(),
        remedy: "Read the rule together, and correct the answer.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["10-to-50", "50-to-200", "over-200"],
        measured: |found| found.rows_per_column(),
        remedy: "Count again on these data, or use fewer columns.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["50-to-200", "over-200"],
        measured: |found| found.still_rising(),
        remedy: "Collect more before a richer model is judged.",
    },
    Check {
        question: "data-available-at-prediction",
        options: &["all"],
        measured: |found| {
            found.warning(&[
                "leak",
                "too-good",
                "known-afterwards",
                "filled-for-one-outcome",
            ])
        },
        remedy: "Ask when that column is filled in, and leave it out if it is later than the decision.",
    },
];

impl Found<'_> {
    fn is_no_signal(&self) -> bool {
        measured::recommended(self.evidence) == Measured::NoSignal
            && self.evidence.recommendation.confidence != Confidence::Open
    }

    /// Whether some richer tier is shown to be better than this one.
    fn is_beaten(&self, tier: Tier) -> bool {
        self.evidence.comparisons.iter().any(|comparison| {
            comparison.simpler == tier.id() && comparison.outcome == Outcome::Better
        })
    }

    fn model_gains_nothing(&self) -> bool {
        let recommendation = &self.evidence.recommendation;
        recommendation.confidence != Confidence::Open && recommendation.rung <= Rung::Heuristic
    }

    /// A rule of one column, or a short one, that suffices.
    fn simple_rule(&self) -> Option<String> {
        let recommendation = &self.evidence.recommendation;
        let is_rule =
            recommendation.tier == Tier::Heuristic && recommendation.confidence != Confidence::Open;
        if !is_rule {
            return None;
        }
        let entry = self
            .evidence
            .contenders
            .iter()
            .find(|contender| contender.id == recommendation.contender)?;
        Some(format!(
            "a rule does it: {}",
            crate::text::clean(&entry.says)
        ))
    }

    fn owner_rule_loses(&self) -> Option<String> {
        let evidence = self.evidence;
        let owner = evidence
            .contenders
            .iter()
            .find(|contender| contender.id == "owner-rule")?;
        let best = measured::best_of(evidence, Tier::Heuristic)?;
        let (own, other) = (owner.mean?, best.mean?);
        let gap = if evidence.metric.higher_is_better {
            other - own
        } else {
            own - other
        };
        (gap > evidence.margin.value).then(|| {
            format!(
                "the rule as written is worse than {} by {}",
                best.id,
                super::words::figure(gap)
            )
        })
    }

    /// Fewer than ten rows a column is too few even if every row were an event.
    fn rows_per_column(&self) -> Option<String> {
        let columns = self
            .evidence
            .columns
            .iter()
            .filter(|column| column.role.id() == "feature")
            .count();
        let per_column = self.evidence.rows.checked_div(columns)?;
        (per_column < 10).then(|| {
            format!(
                "{} {} for {columns} columns, that is {per_column} a column at most",
                count(self.evidence.rows as u64),
                self.evidence.counted_in()
            )
        })
    }

    fn still_rising(&self) -> Option<String> {
        let recommendation = &self.evidence.recommendation;
        // A rule that is shown to be enough does not wait for a model to catch up.
        if recommendation.confidence == Confidence::Settled
            && recommendation.tier <= Tier::Heuristic
        {
            return None;
        }
        let curve =
            self.evidence.panels.learning.iter().find(|curve| {
                curve.tier == Tier::Headroom || curve.tier == Tier::MinimumViableModel
            })?;
        let rows = curve.rows_for_next_margin?;
        let twice = 2 * self.evidence.rows as u64;
        (rows <= twice).then(|| {
            format!(
                "the learning curve still rises: one more margin at {} rows",
                count(rows)
            )
        })
    }

    fn warning(&self, codes: &[&str]) -> Option<String> {
        let warning = self
            .evidence
            .warnings
            .iter()
            .find(|warning| codes.iter().any(|code| warning.code.contains(code)))?;
        Some(crate::text::clean(&warning.detail))
    }
}
