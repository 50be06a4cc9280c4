//! Everything measured: the answer of a contest, and the JSON contract `mlfit.evidence/1`.
//!
//! Fields are only ever added. Numbers are rounded with [`crate::digits`]
//! before they come here; times of day and durations never do, so that reruns
//! are byte-identical.

use serde::{Deserialize, Serialize};

use super::panels::Panels;
use super::task::{MetricName, Task};
use crate::data::{Kind, Role, Warning};
use crate::vocabulary::{Confidence, Rung};

/// The name and version of this contract.
pub const SCHEMA: &str = "mlfit.evidence/1";

/// What a contest found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of mlfit that measured it.
    pub version: String,
    /// The kind of answer.
    pub task: Task,
    /// Why that task.
    pub task_why: String,
    /// Name of the column predicted.
    pub target: String,
    /// The positive value of a binary target.
    pub positive: Option<String>,
    /// Seed of every random choice.
    pub seed: u64,
    /// SHA-256 of the data file, in hexadecimal.
    pub data_hash: String,
    /// The primary metric.
    pub metric: MetricChoice,
    /// The smallest improvement worth paying for.
    pub margin: MarginChoice,
    /// How rows were split.
    pub split: SplitSummary,
    /// Rows used; for series, the points that have a value.
    pub rows: usize,
    /// Every column of the file with its role.
    pub columns: Vec<ColumnSummary>,
    /// Every contender, in order of tier and then of rung.
    pub contenders: Vec<ContenderResult>,
    /// Every pair of tiers, the simpler first.
    pub comparisons: Vec<Comparison>,
    /// What the data say should be used.
    pub recommendation: Recommendation,
    /// What a careful reader should know.
    pub warnings: Vec<Warning>,
    /// What was measured beside the comparison itself.
    #[serde(default, skip_serializing_if = "Panels::is_empty")]
    pub panels: Panels,
}

impl Evidence {
    /// The contender of that id.
    pub fn contender(&self, id: &str) -> Option<&ContenderResult> {
        self.contenders.iter().find(|contender| contender.id == id)
    }

    /// What [`Evidence::rows`] and [`Recommendation::rows_needed`] count, in a
    /// word: the rows of a table, or the points of all series.
    pub const fn counted_in(&self) -> &'static str {
        match self.task {
            Task::Forecasting => "points",
            Task::Binary | Task::Multiclass | Task::Regression => "rows",
        }
    }
}

/// The primary metric and the reason for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricChoice {
    /// Which metric.
    pub name: MetricName,
    /// Whether a larger value is better.
    pub higher_is_better: bool,
    /// Why this one.
    pub why: String,
}

/// The margin and the reason for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarginChoice {
    /// In the metric's unit.
    pub value: f64,
    /// Where it comes from.
    pub why: String,
}

/// How rows were split and the reason for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitSummary {
    /// The kind of split.
    pub kind: SplitKind,
    /// Folds in one repeat (forecast origins, for series).
    pub folds: usize,
    /// Repeats that were run.
    pub repeats: usize,
    /// Why this split, and how many repeats.
    pub why: String,
}

/// The ways of splitting rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SplitKind {
    /// Repeated k-fold, shuffled; stratified by class for classes.
    KFold,
    /// Repeated k-fold in which an entity is never in two folds.
    Grouped,
    /// Earlier rows train, later rows test.
    TimeOrdered,
    /// One part of very large data is set aside.
    Holdout,
    /// Forecasts from successive origins of a series.
    RollingOrigin,
}

impl SplitKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::KFold,
        Self::Grouped,
        Self::TimeOrdered,
        Self::Holdout,
        Self::RollingOrigin,
    ];

    /// The kebab-case identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Self::KFold => "k-fold",
            Self::Grouped => "grouped",
            Self::TimeOrdered => "time-ordered",
            Self::Holdout => "holdout",
            Self::RollingOrigin => "rolling-origin",
        }
    }
}

/// One column of the file as the contest saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSummary {
    /// Header text (untrusted).
    pub name: String,
    /// What it was used for.
    pub role: Role,
    /// What its values are.
    pub kind: Kind,
    /// Missing values.
    pub missing: usize,
    /// Why this kind and role.
    pub why: String,
}

/// Which competition a contender belongs to, simplest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Knows nothing but the target's past.
    Naive,
    /// A rule a person can read.
    Heuristic,
    /// The smallest model that works.
    MinimumViableModel,
    /// Shows what more machine learning would buy.
    Headroom,
    /// Predictions that came with the data.
    External,
}

impl Tier {
    /// Every tier, simplest first.
    pub const ALL: [Self; 5] = [
        Self::Naive,
        Self::Heuristic,
        Self::MinimumViableModel,
        Self::Headroom,
        Self::External,
    ];

    /// The kebab-case identifier.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Heuristic => "heuristic",
            Self::MinimumViableModel => "minimum-viable-model",
            Self::Headroom => "headroom",
            Self::External => "external",
        }
    }

    /// How it is called on screens and in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Heuristic => "heuristic",
            Self::MinimumViableModel => "minimum viable model",
            Self::Headroom => "headroom probe",
            Self::External => "external",
        }
    }
}

/// How a contender came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It has a score on every fold.
    Ok,
    /// It could not be fitted; `says` tells why.
    Failed,
    /// It does not apply to these data; `says` tells why.
    Skipped,
}

/// One line of the leaderboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContenderResult {
    /// Stable kebab-case id, such as `one-rule`; `external:COLUMN` for a column that came along.
    pub id: String,
    /// Its competition.
    pub tier: Tier,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// How it came through.
    pub status: Status,
    /// Mean of the primary metric over all folds.
    pub mean: Option<f64>,
    /// Lower end of the 95 % interval of the expected score at this training size.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
    /// The primary metric on each fold, repeat by repeat.
    pub fold_scores: Vec<f64>,
    /// What it is once fitted on all rows, in a sentence; or why it failed or was skipped.
    pub says: String,
}

/// Two tiers on the same folds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Id of the simpler tier (or of an external contender).
    pub simpler: String,
    /// Id of the richer tier (or of an external contender).
    pub richer: String,
    /// Mean improvement of the richer over the simpler, positive when the richer is better.
    pub difference: f64,
    /// The margin used for this pair.
    pub margin: f64,
    /// Probability that the richer is better by more than the margin.
    pub p_better: f64,
    /// Probability that they differ by no more than the margin.
    pub p_same: f64,
    /// Probability that the richer is worse by more than the margin.
    pub p_worse: f64,
    /// What follows at 0.95.
    pub outcome: Outcome,
}

/// What a comparison says about the richer of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Better by more than the margin.
    Better,
    /// The difference is within the margin.
    PracticallyTheSame,
    /// Worse by more than the margin.
    Worse,
    /// Not better by the margin; whether the same or worse is open.
    NotBetterByTheMargin,
    /// The data do not say.
    Inconclusive,
}

impl Outcome {
    /// How it is called on screens and in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Better => "better by more than the margin",
            Self::PracticallyTheSame => "practically the same",
            Self::Worse => "worse",
            Self::NotBetterByTheMargin => "not better by the margin",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// The lowest rung that no higher rung beats by more than the margin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The tier.
    pub tier: Tier,
    /// Id of the contender that represents it.
    pub contender: String,
    /// The rung of that contender.
    pub rung: Rung,
    /// What to take until an open recommendation is settled, where that is
    /// somebody else.
    pub meanwhile: Option<Meanwhile>,
    /// How firmly it stands.
    pub confidence: Confidence,
    /// Every tier that is not shown insufficient and below which none suffices.
    pub acceptable: Vec<Tier>,
    /// Posterior probability that the recommendation is right: that no higher
    /// rung is better, and every lower rung worse, by more than the margin
    /// (a lower bound, by Bonferroni).
    pub probability: f64,
    /// Rows (for series, points of all of them) that would settle an open
    /// recommendation, when that can be told.
    pub rows_needed: Option<u64>,
    /// The recommendation in a sentence.
    pub says: String,
}

/// The simplest contender that an open recommendation leaves possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meanwhile {
    /// The tier.
    pub tier: Tier,
    /// Id of the contender that represents it.
    pub contender: String,
    /// The rung of that contender.
    pub rung: Rung,
}

/// How a contender stands in a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the one to take as things stand.
    Taken,
    /// It is the best guess, and too little is shown to take it.
    BestGuess,
    /// Neither.
    PassedOver,
}

impl Recommendation {
    /// Id of the contender to take as things stand: the recommended one, or,
    /// while that is open, the simplest that is still possible.
    pub fn for_now(&self) -> &str {
        self.meanwhile
            .as_ref()
            .map_or(&self.contender, |meanwhile| &meanwhile.contender)
    }

    /// The rung of that contender.
    pub fn rung_for_now(&self) -> Rung {
        self.meanwhile
            .as_ref()
            .map_or(self.rung, |meanwhile| meanwhile.rung)
    }

    /// How the contender with this id stands.
    pub fn place(&self, contender: &str) -> Place {
        if contender == self.for_now() {
            Place::Taken
        } else if contender == self.contender {
            Place::BestGuess
        } else {
            Place::PassedOver
        }
    }

    /// What there is to say of the contender with this id, if anything.
    pub fn words_for(&self, contender: &str) -> Option<&'static str> {
        match (self.place(contender), &self.meanwhile) {
            (Place::Taken, None) => Some("recommended"),
            (Place::Taken, Some(_)) => Some("to take meanwhile"),
            (Place::BestGuess, _) => Some("best guess so far"),
            (Place::PassedOver, _) => None,
        }
    }
}
