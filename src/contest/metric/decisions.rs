//! Measures of decisions: which class was said, which was true.

use super::Undefined;
use crate::contest::request::ErrorCosts;

/// The marginals of a confusion matrix and its diagonal, which all measures of
/// decisions can be computed from.
pub(super) struct Confusion {
    /// Rows.
    rows: f64,
    /// Rows of each class.
    truth: Vec<f64>,
    /// Rows decided for each class.
    decided: Vec<f64>,
    /// Rows of each class that were decided for it.
    hits: Vec<f64>,
}

impl Confusion {
    /// Counts decisions against the truth; every index is below `classes`.
    pub(super) fn count(classes: usize, truth: &[u32], decisions: &[u32]) -> Self {
        let mut confusion = Self {
            rows: truth.len() as f64,
            truth: vec![0.0; classes],
            decided: vec![0.0; classes],
            hits: vec![0.0; classes],
        };
        for (class, decision) in truth.iter().zip(decisions) {
            confusion.truth[*class as usize] += 1.0;
            confusion.decided[*decision as usize] += 1.0;
            if class == decision {
                confusion.hits[*class as usize] += 1.0;
            }
        }
        confusion
    }

    /// Share of right decisions.
    pub(super) fn accuracy(&self) -> f64 {
        self.hits.iter().sum::<f64>() / self.rows
    }

    /// Mean recall over the classes that occur.
    pub(super) fn balanced_accuracy(&self) -> Result<f64, Undefined> {
        let recalls: Vec<f64> = self
            .truth
            .iter()
            .zip(&self.hits)
            .filter(|(rows, _)| **rows > 0.0)
            .map(|(rows, hits)| hits / rows)
            .collect();
        if recalls.len() < 2 {
            return Err(Undefined::MissingClass);
        }
        Ok(recalls.iter().sum::<f64>() / recalls.len() as f64)
    }

    /// Harmonic mean of precision and recall of one class.
    pub(super) fn f1(&self, class: usize) -> Result<f64, Undefined> {
        let named = self.truth[class] + self.decided[class];
        if named == 0.0 {
            return Err(Undefined::MissingClass);
        }
        Ok(2.0 * self.hits[class] / named)
    }

    /// Plain mean of F1 over the classes that occur in truth or decisions.
    pub(super) fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = (0..self.truth.len())
            .filter_map(|class| self.f1(class).ok())
            .collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    }

    /// Matthews correlation, in the form for any number of classes (Gorodkin
    /// 2004). A constant decision correlates with nothing: 0.
    pub(super) fn matthews(&self) -> Result<f64, Undefined> {
        let square = self.rows * self.rows;
        let truth_spread = square - dot(&self.truth, &self.truth);
        let decided_spread = square - dot(&self.decided, &self.decided);
        if truth_spread == 0.0 {
            return Err(Undefined::ConstantTarget);
        }
        if decided_spread == 0.0 {
            return Ok(0.0);
        }
        let covariance =
            self.hits.iter().sum::<f64>() * self.rows - dot(&self.truth, &self.decided);
        Ok(covariance / (truth_spread.sqrt() * decided_spread.sqrt()))
    }

    /// Mean cost of the errors made, in the unit of the costs.
    pub(super) fn expected_cost(&self, positive: usize, costs: ErrorCosts) -> f64 {
        let false_positives = self.decided[positive] - self.hits[positive];
        let false_negatives = self.truth[positive] - self.hits[positive];
        (false_positives * costs.false_positive + false_negatives * costs.false_negative)
            / self.rows
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}
