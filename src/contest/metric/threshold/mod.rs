//! From probabilities to decisions: the threshold that the metric in force rewards.
//!
//! A threshold is chosen on training rows. Theory gives the best one for
//! probabilities that are right: cut where the expected gain of saying yes
//! turns positive (Elkan 2001: p* = c(FP) / (c(FP) + c(FN)) when right
//! decisions cost nothing). Accuracy and balanced accuracy are the same
//! formula with weights 1 and 1 ÷ class size, which gives one half and the
//! prior. Probabilities are often not right, so other cuts are tried too; but
//! each of them has to be better on the training rows by more than one
//! standard error, else the theory stands (the one-standard-error rule of
//! Breiman, Friedman, Olshen & Stone 1984, section 3.4.3).

mod cut;

use super::Scoring;
use super::decisions::Confusion;
use crate::contest::task::MetricName;
use crate::digits::TIE;

/// How probabilities become decisions.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    /// Two classes: the positive one where its probability reaches the cut.
    Cut {
        /// The positive class, 0 or 1.
        positive: u32,
        /// The smallest probability that is decided for it.
        at: f64,
    },
    /// Any number of classes: the one whose probability times its weight is
    /// largest; the first of equals.
    Weighted {
        /// One weight per class.
        weights: Vec<f64>,
    },
}

/// The rows a threshold is chosen on.
#[derive(Clone, Copy, Debug)]
pub struct TrainingRows<'a> {
    /// Number of classes.
    pub classes: usize,
    /// The true class of each row.
    pub truth: &'a [u32],
    /// Row-major, rows × classes.
    pub probabilities: &'a [f64],
}

impl Threshold {
    /// The threshold for the metric in force, chosen on training rows.
    ///
    /// Two classes: as the module says for accuracy, balanced accuracy and
    /// expected cost; the best cut outright for F1 and Matthews correlation,
    /// which no fixed cut serves; the capacity's share of rows for precision
    /// at k; and the prior for measures that read no decision. More classes:
    /// probability ÷ prior for balanced measures, the plain probability for
    /// others, and for F1 and Matthews correlation whichever of the two is
    /// better on the training rows.
    pub fn choose(scoring: &Scoring, rows: &TrainingRows<'_>) -> Self {
        if rows.classes == 2 {
            Self::Cut {
                positive: scoring.positive.min(1),
                at: cut::choose(scoring, rows),
            }
        } else {
            Self::Weighted {
                weights: weights(scoring, rows),
            }
        }
    }

    /// This threshold for a contender that gives every row these probabilities,
    /// learned from `rows` rows. Balanced measures reward any constant alike and
    /// others read no decision; people then expect the most frequent class.
    #[must_use]
    pub fn for_constant(self, metric: MetricName, probabilities: &[f64], rows: usize) -> Self {
        let is_free = matches!(
            metric,
            MetricName::BalancedAccuracy
                | MetricName::LogLoss
                | MetricName::Brier
                | MetricName::RocAuc
                | MetricName::AveragePrecision
        );
        if !is_free || !self.is_indifferent(probabilities, rows) {
            return self;
        }
        match self {
            Self::Cut { positive, .. } => Self::Cut { positive, at: 0.5 },
            Self::Weighted { weights } => Self::Weighted {
                weights: vec![1.0; weights.len()],
            },
        }
    }

    /// Whether every class that training knew is worth the same at these
    /// probabilities, as far as shares of that many rows are known: to within
    /// their standard error.
    fn is_indifferent(&self, probabilities: &[f64], rows: usize) -> bool {
        let error = |share: f64| (share * (1.0 - share) / rows.max(1) as f64).sqrt() + TIE;
        match self {
            Self::Cut { positive, at } => probabilities
                .get(*positive as usize)
                .is_some_and(|share| (share - at).abs() <= error(*share)),
            Self::Weighted { weights } => {
                let known = || {
                    probabilities
                        .iter()
                        .zip(weights)
                        .filter(|(_, weight)| **weight > 0.0)
                };
                let most = known()
                    .map(|(share, weight)| share * weight)
                    .fold(0.0, f64::max);
                known().all(|(share, weight)| most / weight - share <= error(*share))
            }
        }
    }

    /// One decision per row of `probabilities` (row-major, rows × classes).
    pub fn decide(&self, probabilities: &[f64]) -> Vec<u32> {
        match self {
            Self::Cut { positive, at } => probabilities
                .chunks_exact(2)
                .map(|row| {
                    if row[*positive as usize] >= *at {
                        *positive
                    } else {
                        1 - *positive
                    }
                })
                .collect(),
            Self::Weighted { weights } => probabilities
                .chunks_exact(weights.len().max(1))
                .map(|row| heaviest(row, weights))
                .collect(),
        }
    }
}

/// The first class with the largest probability × weight.
fn heaviest(row: &[f64], weights: &[f64]) -> u32 {
    let mut best = 0;
    let mut most = f64::NEG_INFINITY;
    for (class, (probability, weight)) in row.iter().zip(weights).enumerate() {
        let value = probability * weight;
        if value > most + TIE {
            most = value;
            best = class;
        }
    }
    best as u32
}

fn weights(scoring: &Scoring, rows: &TrainingRows<'_>) -> Vec<f64> {
    let mut counts = vec![0.0; rows.classes];
    for class in rows.truth {
        if let Some(count) = counts.get_mut(*class as usize) {
            *count += 1.0;
        }
    }
    let total: f64 = counts.iter().sum();
    // a class that was never seen in training is never decided for
    let plain: Vec<f64> = counts
        .iter()
        .map(|count| if *count > 0.0 { 1.0 } else { 0.0 })
        .collect();
    let balanced: Vec<f64> = counts
        .iter()
        .map(|count| if *count > 0.0 { total / count } else { 0.0 })
        .collect();
    match scoring.metric {
        MetricName::BalancedAccuracy | MetricName::RocAuc | MetricName::AveragePrecision => {
            balanced
        }
        MetricName::F1 => better_weights(rows, [plain, balanced], Confusion::macro_f1),
        MetricName::Mcc => better_weights(rows, [plain, balanced], |confusion| {
            confusion.matthews().unwrap_or(0.0)
        }),
        MetricName::Accuracy
        | MetricName::LogLoss
        | MetricName::Brier
        | MetricName::PrecisionAtK
        | MetricName::ExpectedCost
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => plain,
    }
}

/// Whichever weights reach more on the training rows; the first of equals.
fn better_weights(
    rows: &TrainingRows<'_>,
    [simple, other]: [Vec<f64>; 2],
    measure: impl Fn(&Confusion) -> f64,
) -> Vec<f64> {
    let reached = |weights: &[f64]| {
        let decisions: Vec<u32> = rows
            .probabilities
            .chunks_exact(rows.classes.max(1))
            .map(|row| heaviest(row, weights))
            .collect();
        measure(&Confusion::count(rows.classes, rows.truth, &decisions))
    };
    if reached(&other) > reached(&simple) + TIE {
        other
    } else {
        simple
    }
}

#[cfg(test)]
mod tests;
