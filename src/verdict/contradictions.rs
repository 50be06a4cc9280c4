//! Answers that do not fit what was measured. Both are shown; the measurement decides.

use jiff::civil::Date;

use super::inputs::Inputs;
use super::measured::{self, Measured};
use super::model::Contradiction;
use super::words::{count, figure, label};
use crate::assessment::Answer;
use crate::contest::{Evidence, Outcome, SampleFacts, Tier};
use crate::vocabulary::{Confidence, Rung};

/// Answers that the benchmark contradicts, in the order of the checks.
pub(super) fn contradictions(inputs: &Inputs<'_>) -> Vec<Contradiction> {
    let (Some(assessment), Some(evidence)) = (inputs.assessment, inputs.evidence) else {
        return Vec::new();
    };
    let found = Found {
        evidence,
        as_of: inputs.as_of,
    };
    let chosen = CHECKS.iter().filter_map(|check| {
        let option = inputs.option(check.question)?;
        if !check.options.contains(&option) {
            return None;
        }
        Some(Contradiction {
            question: check.question.to_owned(),
            answered: label(&assessment.rubric, check.question, option),
            measured: (check.measured)(&found, option)?,
            remedy: check.remedy.to_owned(),
        })
    });
    let counted = COUNTS.iter().filter_map(|check| {
        let answer = assessment.counted_answer(check.question)?;
        let Answer::Number(number) = answer else {
            return None;
        };
        let question = assessment.rubric.question(check.question)?;
        Some(Contradiction {
            question: check.question.to_owned(),
            answered: super::words::counted(question, *number),
            measured: (check.measured)(&found, *number)?,
            remedy: check.remedy.to_owned(),
        })
    });
    chosen.chain(counted).collect()
}

/// One way in which an answer and a measurement can disagree.
struct Check {
    question: &'static str,
    /// Answers that the measurement may contradict.
    options: &'static [&'static str],
    /// What was measured, if it contradicts them.
    measured: fn(&Found<'_>, &str) -> Option<String>,
    remedy: &'static str,
}

/// The same for an answer that is a number.
struct Count {
    question: &'static str,
    measured: fn(&Found<'_>, f64) -> Option<String>,
    remedy: &'static str,
}

struct Found<'a> {
    evidence: &'a Evidence,
    as_of: &'a str,
}

const CHECKS: [Check; 15] = [
    Check {
        question: "fit-task-kind",
        options: &["detect"],
        measured: |found, _| found.is_nothing_unusual(),
        remedy: "Find out whether these rows were picked; if not, what is sought is no exception, and \
                 it is predicted.",
    },
    Check {
        question: "data-signal",
        options: &["clear", "weak"],
        measured: |found, _| {
            found
                .is_no_signal()
                .then(|| "nothing beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Look for other columns, or correct the answer.",
    },
    Check {
        question: "data-signal",
        options: &["none"],
        measured: |found, _| {
            found
                .is_beaten(Tier::Naive)
                .then(|| "something beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Check the columns for leaks; if there are none, correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["clear", "large"],
        measured: |found, _| {
            found.model_gains_nothing().then(|| {
                "no model is better than what is simple by more than the margin".to_owned()
            })
        },
        remedy: "The measurement stands; correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["none", "small"],
        measured: |found, _| {
            found
                .is_beaten(Tier::Heuristic)
                .then(|| "a model beats the best rule by more than the margin".to_owned())
        },
        remedy: "The measurement stands; correct the answer, or write a better rule and let it compete.",
    },
    Check {
        question: "fit-known-rule",
        options: &["no"],
        measured: |found, _| found.simple_rule(),
        remedy: "Read the rule together; if it makes sense, it is known from now on.",
    },
    Check {
        question: "fit-known-rule",
        options: &["no", "partly"],
        measured: |found, _| found.one_column_decides(),
        remedy: "Ask when that column is filled in; if it is known in time, the rule is known from now on.",
    },
    Check {
        question: "data-label-errors",
        options: &["under-5-percent", "audited"],
        measured: |found, _| found.twins_disagree(),
        remedy: "Have two people label some of these rows again, or look for the column that tells them apart.",
    },
    Check {
        question: "data-fresh-flow",
        options: &["continuous"],
        measured: |found, _| found.stale(60),
        remedy: "Ask where the newer cases are, and measure on them.",
    },
    Check {
        question: "data-fresh-flow",
        options: &["periodic"],
        measured: |found, _| found.stale(200),
        remedy: "Ask where the newer cases are, and measure on them.",
    },
    Check {
        question: "fit-known-rule",
        options: &["fully"],
        measured: |found, _| found.owner_rule_loses(),
        remedy: "Look at the cases that the rule gets wrong.",
    },
    Check {
        question: "fit-hand-rules",
        options: &["unmaintainable", "unwritable"],
        measured: |found, _| found.simple_rule(),
        remedy: "Read the rule together, and correct the answer.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["10-to-50", "50-to-200", "over-200"],
        measured: |found, option| found.events_per_column(option),
        remedy: "Count again on these data, or use fewer columns.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["50-to-200", "over-200"],
        measured: |found, _| found.still_rising(),
        remedy: "Collect more before a richer model is judged.",
    },
    Check {
        question: "data-available-at-prediction",
        options: &["all"],
        measured: |found, _| {
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

/// Answers that are numbers: the rate of what is sought, and how often it was seen.
const COUNTS: [Count; 2] = [
    Count {
        question: "anomaly-rate",
        measured: |found, rate| found.other_rate(rate / 10_000.0),
        remedy: "Find out whether these rows were picked, and which of the two rates is that of the real use.",
    },
    Count {
        question: "anomaly-confirmed",
        measured: |found, cases| found.fewer_cases(cases),
        remedy: "Ask where the other cases are, and measure on them too.",
    },
];

/// What makes up more of the rows than this is nothing unusual. A house value: far
/// above what is sought in practice, and far below what a balanced table shows.
const MOST_UNUSUAL: f64 = 0.2;
/// A measured rate this many times larger or smaller is another rate.
const ANOTHER_RATE: f64 = 3.0;
/// With fewer rows that are alike, their disagreement may be chance.
const FEWEST_TWINS: usize = 50;
/// Rows that are alike in every column and differ in their outcome, as a share.
const TOO_MANY_DIFFER: f64 = 0.1;

impl Found<'_> {
    fn facts(&self) -> Option<&SampleFacts> {
        self.evidence.panels.facts.as_ref()
    }

    /// By how much the second mean is better than the first.
    fn gain(&self, from: f64, to: f64) -> f64 {
        if self.evidence.metric.higher_is_better {
            to - from
        } else {
            from - to
        }
    }

    /// The rate of the positive value is another one than was answered.
    fn other_rate(&self, answered: f64) -> Option<String> {
        let measured = self.facts()?.positive_share?;
        let is_other = measured > ANOTHER_RATE * answered || ANOTHER_RATE * measured < answered;
        is_other.then(|| format!("{} in 10,000 of these rows", figure(10_000.0 * measured)))
    }

    /// What is sought as the unusual is not: the base has no question for its
    /// rate, but this answer implies that it is small.
    fn is_nothing_unusual(&self) -> Option<String> {
        let share = self.facts()?.positive_share?;
        (share > MOST_UNUSUAL)
            .then(|| format!("{:.0} % of these rows are what is sought", 100.0 * share))
    }

    /// There are not even half as many cases in the data.
    fn fewer_cases(&self, answered: f64) -> Option<String> {
        let facts = self.facts()?;
        facts.positive_share?;
        let rare = facts.rarest_class_rows?;
        (2.0 * rare as f64 <= answered)
            .then(|| format!("{} such rows in these data", count(rare as u64)))
    }

    /// Rows that no column tells apart have different outcomes. Where most rows
    /// are alike that says nothing: the columns are then too coarse to tell.
    fn twins_disagree(&self) -> Option<String> {
        let facts = self.facts()?;
        let (twins, differ) = (facts.twins?, facts.twins_that_differ?);
        let share = differ as f64 / twins.max(1) as f64;
        let is_told = twins >= FEWEST_TWINS && 2 * twins <= self.evidence.rows;
        (is_told && share >= TOO_MANY_DIFFER).then(|| {
            format!(
                "of {} rows that are alike in every column, {:.0} % have another outcome than most \
                 of their like",
                count(twins as u64),
                100.0 * share
            )
        })
    }

    /// The newest row is older than so many days.
    fn stale(&self, days: i32) -> Option<String> {
        let latest = self.facts()?.latest.as_ref()?;
        let (from, to): (Date, Date) = (latest.parse().ok()?, self.as_of.parse().ok()?);
        let age = from.until(to).ok()?.get_days();
        (age > days).then(|| {
            format!(
                "the newest of these rows is of {latest}, {} days before the decision",
                count(age.unsigned_abs().into())
            )
        })
    }

    /// A rule over one column does as well as anything measured, within the margin.
    fn one_column_decides(&self) -> Option<String> {
        let evidence = self.evidence;
        let entry = evidence.contender("one-rule")?;
        let mean = entry.mean?;
        let missed = evidence
            .contenders
            .iter()
            .filter(|other| other.tier != Tier::External)
            .filter_map(|other| Some(self.gain(mean, other.mean?)))
            .fold(f64::NEG_INFINITY, f64::max);
        let naive = measured::best_of(evidence, Tier::Naive)?.mean?;
        let margin = evidence.margin.value;
        let decides = missed <= margin && self.gain(naive, mean) > margin;
        decides.then(|| {
            format!(
                "one column alone does as well as anything: {}",
                crate::text::clean(&entry.says)
            )
        })
    }

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
        let entry = self.evidence.contender(&recommendation.contender)?;
        Some(format!(
            "a rule does it: {}",
            crate::text::clean(&entry.says)
        ))
    }

    fn owner_rule_loses(&self) -> Option<String> {
        let evidence = self.evidence;
        let owner = evidence.contender("owner-rule")?;
        let best = measured::best_of(evidence, Tier::Heuristic)?;
        let (own, other) = (owner.mean?, best.mean?);
        let gap = self.gain(own, other);
        (gap > evidence.margin.value).then(|| {
            format!(
                "the rule as written is worse than {} by {}",
                best.id,
                super::words::figure(gap)
            )
        })
    }

    /// Fewer of the rarer outcome for each column than was answered; of
    /// numbers, fewer rows.
    fn events_per_column(&self, option: &str) -> Option<String> {
        let least = match option {
            "10-to-50" => 10,
            "50-to-200" => 50,
            _ => 200,
        };
        let columns = self
            .evidence
            .columns
            .iter()
            .filter(|column| column.role.id() == "feature")
            .count();
        let rarest = self.facts().and_then(|facts| facts.rarest_class_rows);
        let (events, what) = match rarest {
            Some(rows) => (rows, "rows of the rarest outcome"),
            None => (self.evidence.rows, "rows"),
        };
        let per_column = events.checked_div(columns)?;
        (per_column < least).then(|| {
            format!(
                "{} {what} for {columns} columns, that is {per_column} a column",
                count(events as u64)
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
