//! What was measured beside the comparison itself: curves, tables and figures of the evidence.
//!
//! Every panel is optional: a contest fills those that its data allow, and
//! renderers show those that are there. Numbers are rounded like all results.

use serde::{Deserialize, Serialize};

use super::evidence::Tier;
use super::facts::SampleFacts;
use super::task::MetricName;
use crate::vocabulary::{Confidence, Rung};

/// Everything measured beside the comparison itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Panels {
    /// What the sample data say about themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<SampleFacts>,
    /// What would have been recommended under other metrics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sensitivity: Vec<MetricView>,
    /// How much of the possible gain each tier takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<GainShare>,
    /// How scores grow with rows, one curve a tier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub learning: Vec<LearningCurve>,
    /// Whether stated probabilities come true, for the recommended contender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
    /// What the readable contenders are, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleTable>,
    /// Forecasts from the last origins beside what came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forecasts: Vec<ForecastPanel>,
    /// Error by steps ahead, one line a contender.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub horizon: Vec<HorizonErrors>,
    /// Errors by group of a protected attribute, one table a contender and column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupErrors>,
    /// Who represented each tier, and how often.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<Pick>,
    /// The recommendation without the columns that look too good to be true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_suspects: Option<WithoutSuspects>,
    /// How fast a rule and a model age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ageing: Option<Ageing>,
}

/// How often a contender was chosen, within training rows, to represent its tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// The tier.
    pub tier: Tier,
    /// Id of the contender.
    pub contender: String,
    /// Folds on which it was chosen, over all repeats.
    pub folds: usize,
    /// Of so many.
    pub of: usize,
}

/// The contest once more without suspect columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithoutSuspects {
    /// Names of the columns left out (untrusted).
    pub columns: Vec<String>,
    /// The tier recommended then.
    pub tier: Tier,
    /// The contender that represents it.
    pub contender: String,
    /// The rung of that contender.
    pub rung: Rung,
    /// How firmly.
    pub confidence: Confidence,
    /// Its mean of the primary metric.
    pub mean: f64,
    /// Whether this is the rung that is recommended with them.
    pub agrees: bool,
    /// What it means, in a sentence (untrusted: names columns).
    pub says: String,
}

/// Scores by how long ago the training ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ageing {
    /// One line a tier.
    pub lines: Vec<AgeingLine>,
    /// What it means, in a sentence.
    pub says: String,
}

/// How one tier's representative ages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgeingLine {
    /// The tier.
    pub tier: Tier,
    /// Id of the contender.
    pub contender: String,
    /// Mean of the primary metric on the next window after training, the one
    /// after that, and so on.
    pub scores: Vec<f64>,
}

/// The recommendation as another metric would have made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricView {
    /// The other metric.
    pub metric: MetricName,
    /// The tier that it recommends.
    pub tier: Tier,
    /// The contender that represents the tier.
    pub contender: String,
    /// The rung of that contender.
    pub rung: Rung,
    /// How firmly.
    pub confidence: Confidence,
    /// Whether this is the rung that the primary metric recommends.
    pub agrees: bool,
}

/// How much of the way from the naive score to the best tier's a tier goes, with its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GainShare {
    /// The tier.
    pub tier: Tier,
    /// The share; 1 is all of it, and an interval may leave 0..=1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How a tier's score grows with the rows it learns from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningCurve {
    /// The tier.
    pub tier: Tier,
    /// Scores in rising order of rows.
    pub points: Vec<LearningPoint>,
    /// Rows for the next margin by the fitted curve, where it promises one.
    pub rows_for_next_margin: Option<u64>,
    /// What the curve says about more data, in a sentence.
    pub says: String,
}

/// A score of the primary metric at one training size, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningPoint {
    /// Training rows.
    pub rows: usize,
    /// Mean score.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Stated probabilities against what happened, on test rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Id of the contender.
    pub contender: String,
    /// Bins in rising order of stated probability.
    pub bins: Vec<CalibrationBin>,
    /// What it means, in a sentence.
    pub says: String,
}

/// Rows with about the same stated probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalibrationBin {
    /// Mean stated probability.
    pub stated: f64,
    /// Share in which it happened.
    pub observed: f64,
    /// Lower end of the 95 % interval of that share.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Rows.
    pub rows: usize,
}

/// A contender fitted on all rows, line by line. Of a rule the first line that
/// holds answers; of a score in points and of a weighted sum every line that
/// holds adds its part; of an ensemble a line says what a column is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleTable {
    /// Id of the contender.
    pub contender: String,
    /// Its lines, in the order in which they are tried or the strongest first.
    pub lines: Vec<RuleLine>,
    /// The whole rule as SQL text (untrusted names, quoted), which
    /// [`crate::contest::rule`] reads back; none where it cannot be written so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
}

/// One line of a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleLine {
    /// When it holds (untrusted: names and values of columns).
    pub when: String,
    /// What it answers (untrusted).
    pub answer: String,
    /// Rows of the data that it answers for. Renderers print no line held by few rows.
    pub rows: usize,
    /// Share of those rows in which a class answer is right; spread for numbers is not given here.
    pub right: Option<f64>,
}

/// A stretch of one series with the forecasts made for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastPanel {
    /// The series, where there are several (untrusted).
    pub series: Option<String>,
    /// The moments as text, oldest first.
    pub times: Vec<String>,
    /// What came, one value a moment.
    pub actual: Vec<f64>,
    /// Forecasts.
    pub lines: Vec<ForecastLine>,
}

/// Forecasts made at one origin by one contender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastLine {
    /// Id of the contender.
    pub contender: String,
    /// Position in `times` of the first moment forecast.
    pub start: usize,
    /// One value a step.
    pub values: Vec<f64>,
}

/// Mean error of one contender by steps ahead, in the primary metric's unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HorizonErrors {
    /// Id of the contender.
    pub contender: String,
    /// One value a step, the first step first.
    pub errors: Vec<f64>,
}

/// How often one contender errs, by group of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupErrors {
    /// Id of the contender.
    pub contender: String,
    /// Name of the column (untrusted).
    pub column: String,
    /// Groups of enough rows, in order of the column's levels.
    pub groups: Vec<GroupError>,
    /// What it means, in a sentence (untrusted: names groups).
    pub says: String,
}

/// The error rates of one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupError {
    /// Name of the group (untrusted).
    pub group: String,
    /// Wrong decisions among all rows.
    pub error: Rate,
    /// False alarms among rows of the negative class; two classes only.
    pub false_alarms: Option<Rate>,
    /// Misses among rows of the positive class; two classes only.
    pub misses: Option<Rate>,
}

/// A share of rows with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The share; none where there are no rows.
    pub share: Option<f64>,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Rows it is a share of.
    pub rows: usize,
}

impl Panels {
    /// Whether no panel was filled.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
