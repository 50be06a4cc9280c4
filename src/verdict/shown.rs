//! What a benchmark and its data show, as far as an answer may not fit it.

use jiff::civil::Date;

use super::measured::{self, Measured};
use super::words::{count, figure};
use crate::contest::{Evidence, OWNER_RULE, Outcome, SampleFacts, Tier};
use crate::vocabulary::{Confidence, Rung};

/// What makes up more of the rows than this is nothing unusual. A house value: far
/// above what is sought in practice, and far below what a balanced table shows.
const MOST_UNUSUAL: f64 = 0.2;
/// A measured rate this many times larger or smaller is another rate.
const ANOTHER_RATE: f64 = 3.0;
/// With fewer rows that are alike, their disagreement may be chance.
const FEWEST_TWINS: usize = 50;
/// Rows that are alike in every column and differ in their outcome, as a share.
const TOO_MANY_DIFFER: f64 = 0.1;

/// A benchmark, looked at on a day.
pub(super) struct Shown<'a> {
    pub(super) evidence: &'a Evidence,
    /// `YYYY-MM-DD`.
    pub(super) as_of: &'a str,
}

impl Shown<'_> {
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
    pub(super) fn other_rate(&self, answered: f64) -> Option<String> {
        let measured = self.facts()?.positive_share?;
        let is_other = measured > ANOTHER_RATE * answered || ANOTHER_RATE * measured < answered;
        is_other.then(|| format!("{} in 10,000 of these rows", figure(10_000.0 * measured)))
    }

    /// What is sought as the unusual is not: the base has no question for its
    /// rate, but this answer implies that it is small.
    pub(super) fn is_nothing_unusual(&self) -> Option<String> {
        let share = self.facts()?.positive_share?;
        (share > MOST_UNUSUAL)
            .then(|| format!("{:.0} % of these rows are what is sought", 100.0 * share))
    }

    /// There are not even half as many cases in the data.
    pub(super) fn fewer_cases(&self, answered: f64) -> Option<String> {
        let facts = self.facts()?;
        facts.positive_share?;
        let rare = facts.rarest_class_rows?;
        (2.0 * rare as f64 <= answered)
            .then(|| format!("{} such rows in these data", count(rare as u64)))
    }

    /// Rows that no column tells apart have different outcomes. Where most rows
    /// are alike that says nothing: the columns are then too coarse to tell.
    pub(super) fn twins_disagree(&self) -> Option<String> {
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
    pub(super) fn stale(&self, days: i32) -> Option<String> {
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
    pub(super) fn one_column_decides(&self) -> Option<String> {
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

    /// Nothing beats the naive guess, and that is shown.
    pub(super) fn is_no_signal(&self) -> bool {
        measured::recommended(self.evidence) == Measured::NoSignal
            && self.evidence.recommendation.confidence != Confidence::Open
    }

    /// Whether some richer tier is shown to be better than this one.
    pub(super) fn is_beaten(&self, tier: Tier) -> bool {
        self.evidence.comparisons.iter().any(|comparison| {
            comparison.simpler == tier.id() && comparison.outcome == Outcome::Better
        })
    }

    /// A rung below every model is shown to be enough.
    pub(super) fn model_gains_nothing(&self) -> bool {
        let recommendation = &self.evidence.recommendation;
        recommendation.confidence != Confidence::Open && recommendation.rung <= Rung::Heuristic
    }

    /// A rule of one column, or a short one, that suffices.
    pub(super) fn simple_rule(&self) -> Option<String> {
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

    /// The rule as the owner wrote it is worse than the best one by more than the margin.
    pub(super) fn owner_rule_loses(&self) -> Option<String> {
        let evidence = self.evidence;
        let owner = evidence.contender(OWNER_RULE)?;
        let best = measured::best_of(evidence, Tier::Heuristic)?;
        let (own, other) = (owner.mean?, best.mean?);
        let gap = self.gain(own, other);
        (gap > evidence.margin.value).then(|| {
            format!(
                "the rule as written is worse than {} by {}",
                best.id,
                figure(gap)
            )
        })
    }

    /// Fewer of the rarer outcome for each column than was answered; of
    /// numbers, fewer rows.
    pub(super) fn events_per_column(&self, option: &str) -> Option<String> {
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

    /// Twice the rows at most would still add a margin.
    pub(super) fn still_rising(&self) -> Option<String> {
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

    /// What the first warning of one of these codes says.
    pub(super) fn warning(&self, codes: &[&str]) -> Option<String> {
        let warning = self
            .evidence
            .warnings
            .iter()
            .find(|warning| codes.iter().any(|code| warning.code.contains(code)))?;
        Some(crate::text::clean(&warning.detail))
    }
}
