//! What is asked of the data: given by the user, kept in the case.

use serde::{Deserialize, Serialize};

use super::evidence::SplitKind;
use super::task::{MetricName, Task};
use crate::vocabulary::Rung;

/// The seed used when none is given.
pub const DEFAULT_SEED: u64 = 42;

/// A contest as the user asks for it; what is `None` or empty is inferred, and
/// the evidence says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Name of the column to predict.
    pub target: String,
    /// The kind of answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
    /// Which value of a binary target is the positive one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive: Option<String>,
    /// The primary metric.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<MetricName>,
    /// Costs of the two kinds of error, for a binary target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<ErrorCosts>,
    /// How many rows of a list can be worked off (k of precision at k), out of all rows given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<usize>,
    /// Name of the column that says when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Name of the column of the entity (of the series, when forecasting).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Steps ahead to forecast; with `time` it makes the task forecasting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon: Option<usize>,
    /// Names of columns to set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
    /// Names of columns with a protected attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protected: Vec<String>,
    /// Prediction columns that came with the data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external: Vec<External>,
    /// The owner's own rule, a SQL expression over the columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The smallest improvement worth paying for, in the metric's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// Forces the kind of split; the evidence then says that it was chosen by the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitKind>,
    /// Forces the number of repeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<usize>,
    /// Seed of every random choice.
    #[serde(default = "default_seed")]
    pub seed: u64,
}

/// What a wrong decision costs, in the owner's unit; a right one costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCosts {
    /// A false alarm.
    pub false_positive: f64,
    /// A miss.
    pub false_negative: f64,
}

/// A column of predictions that came with the data, and the rung of what made them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct External {
    /// Name of the column.
    pub column: String,
    /// What made the predictions.
    pub rung: Rung,
}

impl Request {
    /// A request that gives the target and leaves everything else to inference.
    pub fn for_target(target: impl Into<String>) -> Self {
        Self {
            target: target.into(),
            task: None,
            positive: None,
            metric: None,
            costs: None,
            capacity: None,
            time: None,
            group: None,
            horizon: None,
            ignore: Vec::new(),
            protected: Vec::new(),
            external: Vec::new(),
            rule: None,
            margin: None,
            split: None,
            repeats: None,
            seed: DEFAULT_SEED,
        }
    }
}

fn default_seed() -> u64 {
    DEFAULT_SEED
}
