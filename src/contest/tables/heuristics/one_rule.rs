//! One column decides: 1R (Holte 1993, "Very simple classification rules
//! perform well on most commonly used datasets").
//!
//! A column of numbers is cut into intervals that each hold at least six rows
//! of their majority class; levels with as many stand alone, rarer ones
//! together; missing values have a bucket of their own. Holte takes the column
//! that is right most often on the training rows, which favours columns with
//! many values; here each half of the training rows judges the buckets that
//! the other half made.

use super::{judged_by_probability, no_usable_column};
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::{BinMeaning, Features, MISSING_BIN};
use crate::contest::tables::kernel::{BinSet, Histogram, Outcome, histogram};
use crate::contest::tables::tell::{Cell, Condition, describe};
use crate::vocabulary::Rung;

/// Rows of the majority class that a bucket holds at least (Holte's SMALL).
const SMALLEST_BUCKET: f64 = 6.0;

/// Rows of the prior seen beside the rows of a bucket.
const STRENGTH: f64 = 2.0;

/// Holte's 1R.
pub(super) struct OneRule;

/// The buckets of one column.
struct Buckets {
    /// Bins of each bucket; together all bins of the column.
    sets: Vec<BinSet>,
    tallies: Vec<Vec<f64>>,
}

struct Fit {
    feature: usize,
    sets: Vec<BinSet>,
    tallies: Vec<Vec<f64>>,
    answers: Vec<Vec<f64>>,
    /// The bucket of each bin.
    bucket_of: Vec<usize>,
}

impl Contender for OneRule {
    fn id(&self) -> &'static str {
        "one-rule"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        match target {
            Truth::Classes { .. } => no_usable_column(features),
            Truth::Numbers(_) => Some("needs classes; numbers have the step table".into()),
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let by_probability = judged_by_probability(training.scoring.metric);
        let halves: [Vec<u32>; 2] =
            [0, 1].map(|half| (half..training.rows.len() as u32).step_by(2).collect());
        let mut best: Option<(f64, usize, Histogram)> = None;
        for (position, feature) in training.features.columns.iter().enumerate() {
            if training.control.is_cancelled() {
                return Err(FitError::Cancelled);
            }
            if feature.bins.meaning == BinMeaning::Whole {
                continue;
            }
            let [even, odd] = halves
                .each_ref()
                .map(|half| Histogram::count(&feature.bins, training.rows, half, &outcome));
            let meaning = &feature.bins.meaning;
            let score = honest(&even, &odd, meaning, &outcome, by_probability)
                + honest(&odd, &even, meaning, &outcome, by_probability);
            let tie = score.abs() * 1e-12;
            if best.as_ref().is_none_or(|(most, _, _)| score > most + tie) {
                let mut all = even;
                histogram::add(&mut all.cells, &odd.cells);
                best = Some((score, position, all));
            }
        }
        let Some((_, feature, counts)) = best else {
            return Err(FitError::Failed("there is no column to decide by".into()));
        };
        let meaning = &training.features.columns[feature].bins.meaning;
        let buckets = Buckets::of(&counts, meaning, &outcome);
        let answers = buckets
            .tallies
            .iter()
            .map(|tally| outcome.shrunk(tally, STRENGTH))
            .collect();
        let bucket_of = buckets.bucket_of(counts.bins());
        Ok(Box::new(Fit {
            feature,
            answers,
            bucket_of,
            sets: buckets.sets,
            tallies: buckets.tallies,
        }))
    }
}

impl Fitted for Fit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let bins = &features.columns[self.feature].bins.of_row;
        let width = self.answers.first().map_or(1, Vec::len);
        let mut predicted = Vec::with_capacity(rows.len() * width);
        for row in rows {
            let bin = usize::from(bins[*row as usize]);
            predicted.extend_from_slice(&self.answers[self.bucket_of[bin]]);
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let cells: Vec<Cell> = self
            .sets
            .iter()
            .zip(&self.answers)
            .zip(&self.tallies)
            .map(|((bins, answer), tally)| {
                let condition = Condition {
                    feature: self.feature,
                    bins: *bins,
                };
                Cell::new(vec![condition], answer.clone(), tally)
            })
            .collect();
        describe(&cells, None, names)
    }
}

impl Buckets {
    fn of(counts: &Histogram, meaning: &BinMeaning, outcome: &Outcome<'_>) -> Self {
        let mut buckets = match meaning {
            BinMeaning::Edges(_) => Self::intervals(counts, outcome),
            BinMeaning::Levels { .. } | BinMeaning::Whole => Self::levels(counts),
        };
        let missing = usize::from(MISSING_BIN);
        buckets.sets.push(BinSet::of([missing]));
        buckets.tallies.push(counts.tally(missing).to_vec());
        buckets
    }

    /// Intervals of a column of numbers: closed once they hold enough of their
    /// majority class and the next value has another; neighbours with the same
    /// majority are joined.
    fn intervals(counts: &Histogram, outcome: &Outcome<'_>) -> Self {
        let mut buckets = Self {
            sets: Vec::new(),
            tallies: Vec::new(),
        };
        let mut set = BinSet::default();
        let mut tally = vec![0.0; counts.width];
        for bin in 1..counts.bins() {
            let next = counts.tally(bin);
            if next.iter().all(|count| *count == 0.0) {
                set.insert(bin);
                continue;
            }
            let (class, held) = majority(&tally, outcome);
            if held >= SMALLEST_BUCKET && majority(next, outcome).0 != class {
                buckets.close(&mut set, &mut tally, outcome);
            }
            set.insert(bin);
            histogram::add(&mut tally, next);
        }
        if majority(&tally, outcome).1 < SMALLEST_BUCKET
            && let (Some(last), Some(held)) = (buckets.sets.last_mut(), buckets.tallies.last_mut())
        {
            *last = last.or(&set);
            histogram::add(held, &tally);
        } else {
            buckets.close(&mut set, &mut tally, outcome);
        }
        buckets
    }

    fn close(&mut self, set: &mut BinSet, tally: &mut Vec<f64>, outcome: &Outcome<'_>) {
        let empty = vec![0.0; tally.len()];
        let (set, tally) = (std::mem::take(set), std::mem::replace(tally, empty));
        if let (Some(last), Some(held)) = (self.sets.last_mut(), self.tallies.last_mut())
            && majority(held, outcome).0 == majority(&tally, outcome).0
        {
            *last = last.or(&set);
            histogram::add(held, &tally);
            return;
        }
        self.sets.push(set);
        self.tallies.push(tally);
    }

    fn levels(counts: &Histogram) -> Self {
        let mut buckets = Self {
            sets: Vec::new(),
            tallies: Vec::new(),
        };
        let mut rest = BinSet::default();
        let mut rare = vec![0.0; counts.width];
        for bin in 1..counts.bins() {
            let tally = counts.tally(bin);
            if tally.iter().any(|count| *count >= SMALLEST_BUCKET) {
                buckets.sets.push(BinSet::of([bin]));
                buckets.tallies.push(tally.to_vec());
            } else {
                rest.insert(bin);
                histogram::add(&mut rare, tally);
            }
        }
        if !rest.is_empty() {
            buckets.sets.push(rest);
            buckets.tallies.push(rare);
        }
        buckets
    }

    fn bucket_of(&self, bins: usize) -> Vec<usize> {
        let mut bucket_of = vec![0; bins];
        for (bucket, set) in self.sets.iter().enumerate() {
            for bin in set.iter().filter(|bin| *bin < bins) {
                bucket_of[bin] = bucket;
            }
        }
        bucket_of
    }
}

/// The class that counts most, and its rows; the first of equals.
fn majority(tally: &[f64], outcome: &Outcome<'_>) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (class, (count, weight)) in tally.iter().zip(&outcome.weights).enumerate() {
        if count * weight > best.1 {
            best = (class, count * weight);
        }
    }
    (best.0, tally.get(best.0).copied().unwrap_or(0.0))
}

/// How well buckets made of one half answer for the other: weighted rows
/// decided rightly, or the log-likelihood where probabilities are judged.
fn honest(
    made: &Histogram,
    judge: &Histogram,
    meaning: &BinMeaning,
    outcome: &Outcome<'_>,
    by_probability: bool,
) -> f64 {
    let buckets = Buckets::of(made, meaning, outcome);
    buckets
        .sets
        .iter()
        .zip(&buckets.tallies)
        .map(|(set, tally)| {
            let answer = outcome.shrunk(tally, STRENGTH);
            let seen = judge.sum(set.iter().filter(|bin| *bin < judge.bins()));
            if by_probability {
                seen.iter()
                    .zip(&answer)
                    .map(|(count, probability)| count * libm::log(*probability))
                    .sum()
            } else {
                let (class, _) = majority(&answer, outcome);
                seen[class] * outcome.weights[class]
            }
        })
        .sum()
}
