//! The target of the training rows as tallies: what adds up, and what follows from it.

use super::super::contender::{FitError, Training};
use crate::contest::metric::Scoring;
use crate::contest::predictions::Truth;
use crate::contest::task::MetricName;

/// The target of the training rows with what the metric in force makes of it.
///
/// A *tally* of rows is `width` numbers: rows by class for classes; rows, sum
/// and sum of squares, both around the mean of all training rows, for numbers.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// The target, in the order of the training rows.
    pub truth: Truth<'a>,
    /// The tally of all training rows.
    pub total: Vec<f64>,
    /// Shares of the classes with one row added to each; the mean for numbers.
    pub prior: Vec<f64>,
    /// What one row of a class counts when impurity is measured, for classes:
    /// such that all classes count alike where the metric is a balanced one,
    /// as the costs of errors say where they are given, else 1.
    pub weights: Vec<f64>,
    /// Whether medians serve the metric better than means.
    pub absolute: bool,
}

impl<'a> Outcome<'a> {
    /// Reads the target of the training rows.
    ///
    /// # Errors
    /// [`FitError::Failed`] if there are no rows, or if rows and target differ in length.
    pub fn read(training: &Training<'a>) -> Result<Self, FitError> {
        Self::of(training.target, training.rows.len(), training.scoring)
    }

    /// [`Outcome::read`] of its parts; `rows` is the number of training rows.
    ///
    /// # Errors
    /// As [`Outcome::read`].
    pub fn of(truth: Truth<'a>, rows: usize, scoring: &Scoring) -> Result<Self, FitError> {
        let length = match truth {
            Truth::Classes { values, .. } => values.len(),
            Truth::Numbers(values) => values.len(),
        };
        if length == 0 || length != rows {
            return Err(FitError::Failed("there are no training rows".into()));
        }
        Ok(match truth {
            Truth::Classes { classes, values } => {
                let mut total = vec![0.0; classes];
                for class in values {
                    match total.get_mut(*class as usize) {
                        Some(count) => *count += 1.0,
                        None => return Err(FitError::Failed("a class is out of range".into())),
                    }
                }
                let all = length as f64;
                Self {
                    truth,
                    prior: total
                        .iter()
                        .map(|count| (count + 1.0) / (all + classes as f64))
                        .collect(),
                    weights: weights(scoring, &total),
                    total,
                    absolute: false,
                }
            }
            Truth::Numbers(values) => {
                let origin = values[0];
                let mean =
                    origin + values.iter().map(|value| value - origin).sum::<f64>() / length as f64;
                let mut outcome = Self {
                    truth,
                    total: vec![0.0; 3],
                    prior: vec![mean],
                    weights: Vec::new(),
                    absolute: matches!(scoring.metric, MetricName::Mae | MetricName::Pinball),
                };
                let mut total = vec![0.0; 3];
                (0..length).for_each(|position| outcome.add(position, &mut total));
                outcome.total = total;
                outcome
            }
        })
    }

    /// Numbers in a tally.
    pub fn width(&self) -> usize {
        self.total.len()
    }

    /// Number of classes; none for numbers.
    pub fn classes(&self) -> Option<usize> {
        match self.truth {
            Truth::Classes { classes, .. } => Some(classes),
            Truth::Numbers(_) => None,
        }
    }

    /// Number of training rows.
    pub fn len(&self) -> usize {
        match self.truth {
            Truth::Classes { values, .. } => values.len(),
            Truth::Numbers(values) => values.len(),
        }
    }

    /// Whether there are no rows, which [`Outcome::read`] does not let pass.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the training row at `position` to a tally.
    pub fn add(&self, position: usize, tally: &mut [f64]) {
        match self.truth {
            Truth::Classes { values, .. } => tally[values[position] as usize] += 1.0,
            Truth::Numbers(values) => {
                let value = values[position] - self.prior[0];
                tally[0] += 1.0;
                tally[1] += value;
                tally[2] += value * value;
            }
        }
    }

    /// Rows of a tally.
    pub fn rows(&self, tally: &[f64]) -> f64 {
        match self.truth {
            Truth::Classes { .. } => tally.iter().sum(),
            Truth::Numbers(_) => tally[0],
        }
    }

    /// Whether a tally has rows.
    pub fn has_rows(&self, tally: &[f64]) -> bool {
        match (self.truth, tally) {
            (Truth::Classes { .. }, [first, second]) => first + second > 0.0,
            (Truth::Classes { .. }, _) => tally.iter().any(|rows| *rows > 0.0),
            (Truth::Numbers(_), _) => tally[0] > 0.0,
        }
    }

    /// What to predict for rows of this tally: shares of the classes or the
    /// mean, as if `strength` rows of the prior had been seen beside them
    /// (the m-estimate: Cestnik 1990).
    pub fn shrunk(&self, tally: &[f64], strength: f64) -> Vec<f64> {
        (0..self.prior.len())
            .map(|part| self.shrunk_part(tally, strength, part))
            .collect()
    }

    /// One entry of [`Outcome::shrunk`].
    pub fn shrunk_part(&self, tally: &[f64], strength: f64, part: usize) -> f64 {
        let rows = self.rows(tally);
        match self.truth {
            Truth::Classes { .. } => {
                (tally[part] + strength * self.prior[part]) / (rows + strength)
            }
            Truth::Numbers(_) => self.prior[0] + tally[1] / (rows + strength).max(1.0),
        }
    }

    /// Whether all rows of the tally are of one class; numbers are never said to be.
    pub fn is_pure(&self, tally: &[f64]) -> bool {
        match self.truth {
            Truth::Classes { .. } => tally.iter().filter(|count| **count > 0.0).count() < 2,
            Truth::Numbers(_) => false,
        }
    }

    /// Impurity times rows: the weighted Gini index for classes (Breiman et
    /// al. 1984, 4.3), the sum of squared errors around the mean for numbers.
    pub fn impurity(&self, tally: &[f64]) -> f64 {
        match self.truth {
            Truth::Classes { .. } => {
                let (mut sum, mut squares) = (0.0, 0.0);
                for (count, weight) in tally.iter().zip(&self.weights) {
                    let weighted = count * weight;
                    sum += weighted;
                    squares += weighted * weighted;
                }
                if sum > 0.0 { sum - squares / sum } else { 0.0 }
            }
            Truth::Numbers(_) => squared_error(tally),
        }
    }

    /// How surprising the tally is under its own best constant, in nats: the
    /// entropy times rows for classes; the squared error over twice `variance` for numbers.
    pub fn surprise(&self, tally: &[f64], variance: f64) -> f64 {
        match self.truth {
            Truth::Classes { .. } => {
                let rows: f64 = tally.iter().sum();
                tally
                    .iter()
                    .filter(|count| **count > 0.0)
                    .map(|count| count * libm::log(rows / count))
                    .sum()
            }
            Truth::Numbers(_) if variance > 0.0 => squared_error(tally) / (2.0 * variance),
            Truth::Numbers(_) => 0.0,
        }
    }
}

/// Sum of squared errors around the tally's own mean.
fn squared_error(tally: &[f64]) -> f64 {
    if tally[0] > 0.0 {
        (tally[2] - tally[1] * tally[1] / tally[0]).max(0.0)
    } else {
        0.0
    }
}

fn weights(scoring: &Scoring, total: &[f64]) -> Vec<f64> {
    let classes = total.len();
    let all: f64 = total.iter().sum();
    let present = total.iter().filter(|count| **count > 0.0).count().max(1);
    let balanced = || {
        total
            .iter()
            .map(|count| {
                if *count > 0.0 {
                    all / (present as f64 * count)
                } else {
                    1.0
                }
            })
            .collect()
    };
    match scoring.metric {
        MetricName::BalancedAccuracy | MetricName::RocAuc | MetricName::F1 | MetricName::Mcc => {
            balanced()
        }
        MetricName::ExpectedCost => match scoring.costs {
            Some(costs) if classes == 2 => {
                let sum = f64::midpoint(costs.false_positive, costs.false_negative);
                let [miss, alarm] = [costs.false_negative / sum, costs.false_positive / sum];
                let usable = sum > 0.0 && miss > 0.0 && alarm > 0.0 && sum.is_finite();
                match (usable, scoring.positive) {
                    (true, 0) => vec![miss, alarm],
                    (true, _) => vec![alarm, miss],
                    (false, _) => vec![1.0; classes],
                }
            }
            Some(_) | None => vec![1.0; classes],
        },
        MetricName::Accuracy
        | MetricName::LogLoss
        | MetricName::Brier
        | MetricName::AveragePrecision
        | MetricName::PrecisionAtK
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => vec![1.0; classes],
    }
}
