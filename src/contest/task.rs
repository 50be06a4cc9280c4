//! What kind of answer is wanted, and by which measure it is judged.

use serde::{Deserialize, Serialize};

/// The kind of answer that is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// One of two classes, one of them the positive one.
    Binary,
    /// One of three or more classes.
    Multiclass,
    /// A number.
    Regression,
    /// The next values of one or many series.
    Forecasting,
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 4] = [
        Self::Binary,
        Self::Multiclass,
        Self::Regression,
        Self::Forecasting,
    ];

    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Multiclass => "multiclass",
            Self::Regression => "regression",
            Self::Forecasting => "forecasting",
        }
    }
}

/// A measure of how good predictions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetricName {
    /// Share of right decisions.
    Accuracy,
    /// Mean over classes of the share of the class that was found.
    BalancedAccuracy,
    /// Mean negative log of the probability given to what happened.
    LogLoss,
    /// Mean squared distance between probability and outcome.
    Brier,
    /// Probability that a positive row is ranked above a negative one.
    RocAuc,
    /// Precision averaged over the recall it is bought with.
    AveragePrecision,
    /// Harmonic mean of precision and recall.
    F1,
    /// Matthews correlation coefficient.
    Mcc,
    /// Share of positives among the k rows ranked highest.
    PrecisionAtK,
    /// Mean cost of the errors made, in the owner's unit.
    ExpectedCost,
    /// Root of the mean squared error.
    Rmse,
    /// Mean absolute error.
    Mae,
    /// Share of the target's variance explained.
    RSquared,
    /// Mean pinball loss at the median, which is half of the mean absolute error.
    Pinball,
    /// Mean absolute error relative to the in-sample naive forecast's.
    Mase,
    /// Symmetric mean absolute percentage error.
    Smape,
    /// Root mean squared scaled error.
    Rmsse,
    /// Mean of sMAPE and MASE relative to Naive2.
    Owa,
}

impl MetricName {
    /// Every metric.
    pub const ALL: [Self; 18] = [
        Self::Accuracy,
        Self::BalancedAccuracy,
        Self::LogLoss,
        Self::Brier,
        Self::RocAuc,
        Self::AveragePrecision,
        Self::F1,
        Self::Mcc,
        Self::PrecisionAtK,
        Self::ExpectedCost,
        Self::Rmse,
        Self::Mae,
        Self::RSquared,
        Self::Pinball,
        Self::Mase,
        Self::Smape,
        Self::Rmsse,
        Self::Owa,
    ];

    /// The kebab-case identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::BalancedAccuracy => "balanced-accuracy",
            Self::LogLoss => "log-loss",
            Self::Brier => "brier",
            Self::RocAuc => "roc-auc",
            Self::AveragePrecision => "average-precision",
            Self::F1 => "f1",
            Self::Mcc => "mcc",
            Self::PrecisionAtK => "precision-at-k",
            Self::ExpectedCost => "expected-cost",
            Self::Rmse => "rmse",
            Self::Mae => "mae",
            Self::RSquared => "r-squared",
            Self::Pinball => "pinball",
            Self::Mase => "mase",
            Self::Smape => "smape",
            Self::Rmsse => "rmsse",
            Self::Owa => "owa",
        }
    }

    /// How it is called on screens and in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::BalancedAccuracy => "balanced accuracy",
            Self::LogLoss => "log loss",
            Self::Brier => "Brier score",
            Self::RocAuc => "area under the ROC curve",
            Self::AveragePrecision => "average precision",
            Self::F1 => "F1",
            Self::Mcc => "Matthews correlation",
            Self::PrecisionAtK => "precision at k",
            Self::ExpectedCost => "expected cost per row",
            Self::Rmse => "RMSE",
            Self::Mae => "MAE",
            Self::RSquared => "R²",
            Self::Pinball => "pinball loss",
            Self::Mase => "MASE",
            Self::Smape => "sMAPE",
            Self::Rmsse => "RMSSE",
            Self::Owa => "OWA",
        }
    }

    /// The range that values of this metric lie in; an end that is open is infinite.
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::Accuracy
            | Self::BalancedAccuracy
            | Self::RocAuc
            | Self::AveragePrecision
            | Self::F1
            | Self::PrecisionAtK
            | Self::Brier => (0.0, 1.0),
            Self::Mcc => (-1.0, 1.0),
            Self::RSquared => (f64::NEG_INFINITY, 1.0),
            Self::Smape => (0.0, 200.0),
            // Costs may be negative where a wrong answer earns something.
            Self::ExpectedCost => (f64::NEG_INFINITY, f64::INFINITY),
            Self::LogLoss
            | Self::Rmse
            | Self::Mae
            | Self::Pinball
            | Self::Mase
            | Self::Rmsse
            | Self::Owa => (0.0, f64::INFINITY),
        }
    }

    /// The value, held inside the metric's range: an interval from a normal
    /// approximation may reach beyond it, the score itself never can.
    pub const fn held(self, value: f64) -> f64 {
        let (low, high) = self.range();
        value.clamp(low, high)
    }

    /// Whether a larger value is better.
    pub const fn higher_is_better(self) -> bool {
        match self {
            Self::Accuracy
            | Self::BalancedAccuracy
            | Self::RocAuc
            | Self::AveragePrecision
            | Self::F1
            | Self::Mcc
            | Self::PrecisionAtK
            | Self::RSquared => true,
            Self::LogLoss
            | Self::Brier
            | Self::ExpectedCost
            | Self::Rmse
            | Self::Mae
            | Self::Pinball
            | Self::Mase
            | Self::Smape
            | Self::Rmsse
            | Self::Owa => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_reaches_beyond_what_a_score_can_be() {
        for (metric, value, held) in [
            (MetricName::Accuracy, 1.006, 1.0),
            (MetricName::RocAuc, -0.1, 0.0),
            (MetricName::RSquared, 1.2, 1.0),
            (MetricName::RSquared, -3.0, -3.0),
            (MetricName::Rmse, -0.4, 0.0),
            (MetricName::Rmse, 1e9, 1e9),
            (MetricName::Mcc, -1.5, -1.0),
            (MetricName::ExpectedCost, -2.0, -2.0),
        ] {
            assert_eq!(metric.held(value), held, "{}", metric.id());
        }
    }
}
