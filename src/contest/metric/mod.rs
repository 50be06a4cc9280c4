//! Measures of how good predictions are, and what follows from the measure in force.
//!
//! [`choose`] picks the measure that follows the decision, [`score`] applies it
//! to one test fold, [`Threshold`] turns probabilities into the decisions that
//! the measure rewards. Each measure agrees with scikit-learn's, convention by
//! convention (`tests/fixtures/metrics`); where there is no value, such as the
//! ranking of rows of a single class, the answer is [`Undefined`] and never an
//! invented number. Measures of forecasts that need a series' own past (MASE
//! and its kin) live with the series.

mod calibration;
mod choose;
mod decisions;
mod groups;
mod numbers;
mod probabilities;
mod ranking;
#[cfg(test)]
mod samples;
mod suitable;
pub mod threshold;

pub use calibration::{calibration, expected_calibration_error};
pub use choose::{Choice, TargetFacts, choose};
pub use groups::{Decided, Grouping, SMALLEST_GROUP, errors_by_group};
pub use suitable::{fits, sensible};
pub use threshold::Threshold;

use super::predictions::{ClassPredictions, Predictions, Truth};
use super::request::ErrorCosts;
use super::task::MetricName;
use decisions::Confusion;

/// A metric with all that it needs to know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scoring {
    /// Which metric.
    pub metric: MetricName,
    /// Costs of the two kinds of error, for the expected cost.
    pub costs: Option<ErrorCosts>,
    /// The share of rows that can be worked off, in (0, 1], for precision at k:
    /// a test fold is a sample of the list, so k shrinks with it.
    pub capacity_share: Option<f64>,
    /// The positive class of a binary target; not read for other targets.
    pub positive: u32,
}

impl Scoring {
    /// A metric that needs neither costs nor a capacity, with class 1 as the positive one.
    pub const fn of(metric: MetricName) -> Self {
        Self {
            metric,
            costs: None,
            capacity_share: None,
            positive: 1,
        }
    }

    /// The same costs, capacity and positive class under another metric.
    #[must_use]
    pub const fn under(mut self, metric: MetricName) -> Self {
        self.metric = metric;
        self
    }
}

/// Why a metric has no value on these rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// There are no rows.
    #[error("there are no rows to score")]
    NoRows,
    /// Truth and predictions do not have the same shape.
    #[error("truth and predictions differ in length, in number of classes or in kind")]
    Shape,
    /// A prediction or a true value is NaN or infinite.
    #[error("a value is not a finite number")]
    NotFinite,
    /// The measure compares classes and the rows lack one.
    #[error("the rows lack a class that the metric needs")]
    MissingClass,
    /// The target has one value in these rows.
    #[error("the target has one value in these rows")]
    ConstantTarget,
    /// The measure exists for two classes only.
    #[error("the metric exists for two classes only")]
    TwoClassesOnly,
    /// The measure is not one for this kind of predictions.
    #[error("the metric does not fit the kind of prediction")]
    WrongKind,
    /// The expected cost needs costs.
    #[error("the expected cost needs the costs of both kinds of error")]
    NoCosts,
    /// Precision at k needs a capacity.
    #[error("precision at k needs a capacity as a share of the rows")]
    NoCapacity,
    /// The measure needs the past of a series.
    #[error("the metric needs the past of a series")]
    NeedsHistory,
}

/// The value of the metric on these rows.
///
/// For more than two classes ROC AUC and average precision are the plain mean
/// over classes, each against the rest; F1 is the plain mean over the classes
/// that occur in truth or decisions; the Brier score is summed over classes
/// (0 to 2), while for two classes it is that of the positive one (0 to 1).
///
/// # Errors
/// [`Undefined`] where the metric has no value.
pub fn score(
    scoring: &Scoring,
    truth: Truth<'_>,
    predictions: &Predictions,
) -> Result<f64, Undefined> {
    match (truth, predictions) {
        (Truth::Classes { classes, values }, Predictions::Classes(predicted)) => {
            check_classes(classes, values, predicted)?;
            score_classes(scoring, values, predicted)
        }
        (Truth::Numbers(values), Predictions::Numbers(predicted)) => {
            check_numbers(values, predicted)?;
            score_numbers(scoring.metric, values, predicted)
        }
        (Truth::Classes { .. }, Predictions::Numbers(_))
        | (Truth::Numbers(_), Predictions::Classes(_)) => Err(Undefined::Shape),
    }
}

/// The smallest and the largest value that the metric can take; infinite where
/// it has no bound. The bounds of log loss and Brier score hold for two and
/// more classes alike.
pub const fn range(metric: MetricName) -> (f64, f64) {
    match metric {
        MetricName::Accuracy
        | MetricName::BalancedAccuracy
        | MetricName::RocAuc
        | MetricName::AveragePrecision
        | MetricName::F1
        | MetricName::PrecisionAtK => (0.0, 1.0),
        MetricName::Mcc => (-1.0, 1.0),
        MetricName::RSquared => (f64::NEG_INFINITY, 1.0),
        MetricName::Brier => (0.0, 2.0),
        MetricName::LogLoss
        | MetricName::ExpectedCost
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => (0.0, f64::INFINITY),
    }
}

fn score_classes(
    scoring: &Scoring,
    truth: &[u32],
    predicted: &ClassPredictions,
) -> Result<f64, Undefined> {
    let classes = predicted.classes;
    let confusion = || Confusion::count(classes, truth, &predicted.decisions);
    let positive = || positive_class(scoring, classes);
    match scoring.metric {
        MetricName::Accuracy => Ok(confusion().accuracy()),
        MetricName::BalancedAccuracy => confusion().balanced_accuracy(),
        MetricName::F1 if classes == 2 => confusion().f1(positive()?),
        MetricName::F1 => Ok(confusion().macro_f1()),
        MetricName::Mcc => confusion().matthews(),
        MetricName::ExpectedCost => {
            let costs = scoring.costs.ok_or(Undefined::NoCosts)?;
            Ok(confusion().expected_cost(positive()?, costs))
        }
        MetricName::LogLoss => Ok(probabilities::log_loss(truth, predicted)),
        MetricName::Brier => Ok(probabilities::brier(truth, predicted)),
        MetricName::RocAuc => over_classes(scoring, truth, predicted, ranking::roc_auc),
        MetricName::AveragePrecision => {
            over_classes(scoring, truth, predicted, ranking::average_precision)
        }
        MetricName::PrecisionAtK => {
            let share = scoring
                .capacity_share
                .filter(|share| *share > 0.0 && *share <= 1.0)
                .ok_or(Undefined::NoCapacity)?;
            let ladder = ranking::ladder(truth, predicted, positive()?);
            Ok(ranking::precision_at_share(&ladder, share))
        }
        MetricName::Rmse | MetricName::Mae | MetricName::RSquared | MetricName::Pinball => {
            Err(Undefined::WrongKind)
        }
        MetricName::Mase | MetricName::Smape | MetricName::Rmsse | MetricName::Owa => {
            Err(Undefined::NeedsHistory)
        }
    }
}

fn score_numbers(metric: MetricName, truth: &[f64], predicted: &[f64]) -> Result<f64, Undefined> {
    match metric {
        MetricName::Rmse => Ok(numbers::rmse(truth, predicted)),
        MetricName::Mae => Ok(numbers::mae(truth, predicted)),
        MetricName::RSquared => numbers::r_squared(truth, predicted),
        MetricName::Pinball => Ok(numbers::pinball(truth, predicted, 0.5)),
        MetricName::Mase | MetricName::Smape | MetricName::Rmsse | MetricName::Owa => {
            Err(Undefined::NeedsHistory)
        }
        MetricName::Accuracy
        | MetricName::BalancedAccuracy
        | MetricName::LogLoss
        | MetricName::Brier
        | MetricName::RocAuc
        | MetricName::AveragePrecision
        | MetricName::F1
        | MetricName::Mcc
        | MetricName::PrecisionAtK
        | MetricName::ExpectedCost => Err(Undefined::WrongKind),
    }
}

/// The value for the positive class of two, or the plain mean over classes of more.
fn over_classes(
    scoring: &Scoring,
    truth: &[u32],
    predicted: &ClassPredictions,
    measure: fn(&[ranking::Step]) -> Result<f64, Undefined>,
) -> Result<f64, Undefined> {
    if predicted.classes == 2 {
        let positive = positive_class(scoring, 2)?;
        return measure(&ranking::ladder(truth, predicted, positive));
    }
    let mut sum = 0.0;
    for class in 0..predicted.classes {
        sum += measure(&ranking::ladder(truth, predicted, class))?;
    }
    Ok(sum / predicted.classes as f64)
}

/// The positive class of two.
fn positive_class(scoring: &Scoring, classes: usize) -> Result<usize, Undefined> {
    let positive = scoring.positive as usize;
    if classes != 2 || positive >= classes {
        return Err(Undefined::TwoClassesOnly);
    }
    Ok(positive)
}

fn check_classes(
    classes: usize,
    truth: &[u32],
    predicted: &ClassPredictions,
) -> Result<(), Undefined> {
    if truth.is_empty() {
        return Err(Undefined::NoRows);
    }
    let known = |class: &u32| (*class as usize) < classes;
    if classes < 2
        || predicted.classes != classes
        || predicted.decisions.len() != truth.len()
        || predicted.probabilities.len() != truth.len() * classes
        || !truth.iter().all(known)
        || !predicted.decisions.iter().all(known)
    {
        return Err(Undefined::Shape);
    }
    if predicted.probabilities.iter().all(|p| p.is_finite()) {
        Ok(())
    } else {
        Err(Undefined::NotFinite)
    }
}

fn check_numbers(truth: &[f64], predicted: &[f64]) -> Result<(), Undefined> {
    if truth.is_empty() {
        return Err(Undefined::NoRows);
    }
    if truth.len() != predicted.len() {
        return Err(Undefined::Shape);
    }
    if truth.iter().chain(predicted).all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(Undefined::NotFinite)
    }
}

#[cfg(test)]
mod tests;
