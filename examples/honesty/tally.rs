//! What was seen in one contest, and counted over many.

use std::collections::BTreeMap;

use mlfit::contest::intervals::clopper_pearson_upper;
use mlfit::contest::{Comparison, Evidence, Status, Tier};
use mlfit::vocabulary::Confidence;

use crate::simulate::{Shape, World};

/// What is kept of one contest.
pub(crate) struct Seen {
    tier: Tier,
    confidence: Confidence,
    pub(crate) comparisons: Vec<Comparison>,
    /// Mean and interval by contender.
    intervals: Vec<(String, f64, f64, f64)>,
}

impl Seen {
    pub(crate) fn of(evidence: Evidence) -> Self {
        let intervals = evidence
            .contenders
            .iter()
            .filter(|contender| contender.status == Status::Ok)
            .filter_map(|contender| {
                Some((
                    contender.id.clone(),
                    contender.mean?,
                    contender.low?,
                    contender.high?,
                ))
            })
            .collect();
        Self {
            tier: evidence.recommendation.tier,
            confidence: evidence.recommendation.confidence,
            comparisons: evidence.comparisons,
            intervals,
        }
    }

    fn says_model(&self) -> bool {
        matches!(self.tier, Tier::MinimumViableModel | Tier::Headroom)
    }
}

/// Counts over the tables of one cell.
#[derive(Debug)]
pub(crate) struct Tally {
    sets: usize,
    model_settled: usize,
    model_any: usize,
    open: usize,
    coverage_median: f64,
    coverage_lowest: Coverage,
}

/// How well the intervals of one contender hold.
#[derive(Clone, Debug)]
struct Coverage {
    contender: String,
    /// Share of tables whose interval holds the mean over all tables.
    held: f64,
    /// Share of tables whose interval has no width, as every fold scored alike.
    without_width: f64,
}

impl Tally {
    pub(crate) fn of(seen: &[Seen]) -> Self {
        let count = |keep: &dyn Fn(&Seen) -> bool| seen.iter().filter(|set| keep(set)).count();
        let mut coverages = coverages(seen);
        coverages.sort_by(|a, b| a.held.total_cmp(&b.held));
        Self {
            sets: seen.len(),
            model_settled: count(&|set| set.says_model() && set.confidence == Confidence::Settled),
            model_any: count(&Seen::says_model),
            open: count(&|set| set.confidence == Confidence::Open),
            coverage_median: coverages[coverages.len() / 2].held,
            coverage_lowest: coverages[0].clone(),
        }
    }

    pub(crate) fn line(
        &self,
        world: World,
        shape: Shape,
        rows: usize,
        margin: Option<f64>,
    ) -> String {
        let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / self.sets as f64);
        let bounded = |count: usize| {
            format!(
                "{} (≤ {:.1} %)",
                share(count),
                100.0 * clopper_pearson_upper(count, self.sets, 0.95)
            )
        };
        let (settled, any) = (bounded(self.model_settled), share(self.model_any));
        let none = "–".to_owned();
        let (false_settled, false_any, power_settled, power_any) = match world {
            World::NoSignal | World::Rule | World::AtTheMargin => {
                (settled, any, none.clone(), none)
            }
            World::ClearGain => (none.clone(), none, share(self.model_settled), any),
        };
        format!(
            "| {} | {} | {rows} | {} | {false_settled} | {false_any} | {power_settled} | \
             {power_any} | {} | {:.1} % | {:.1} % ({}, {:.0} % of no width) |",
            world.id(),
            shape.label(),
            margin.map_or("default".to_owned(), |margin| format!("{margin:.4}")),
            share(self.open),
            100.0 * self.coverage_median,
            100.0 * self.coverage_lowest.held,
            self.coverage_lowest.contender,
            100.0 * self.coverage_lowest.without_width,
        )
    }
}

/// For each contender seen in every table, how often its interval held the mean over tables.
fn coverages(seen: &[Seen]) -> Vec<Coverage> {
    let mut by_contender: BTreeMap<&str, Vec<(f64, f64, f64)>> = BTreeMap::new();
    for set in seen {
        for (id, mean, low, high) in &set.intervals {
            by_contender
                .entry(id)
                .or_default()
                .push((*mean, *low, *high));
        }
    }
    by_contender
        .into_iter()
        .filter(|(_, intervals)| intervals.len() == seen.len())
        .map(|(contender, intervals)| {
            let truth =
                intervals.iter().map(|(mean, ..)| mean).sum::<f64>() / intervals.len() as f64;
            let held = intervals
                .iter()
                .filter(|(_, low, high)| *low - 1e-9 <= truth && truth <= *high + 1e-9)
                .count();
            let flat = intervals.iter().filter(|(_, low, high)| high - low < 1e-9);
            Coverage {
                contender: contender.to_owned(),
                held: held as f64 / intervals.len() as f64,
                without_width: flat.count() as f64 / intervals.len() as f64,
            }
        })
        .collect()
}
