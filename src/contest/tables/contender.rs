//! What takes part in a contest: unfitted it learns from training rows only, fitted it predicts.

use super::features::Features;
use super::shared::Shared;
use crate::contest::control::Control;
use crate::contest::evidence::Tier;
use crate::contest::metric::{Scoring, Threshold};
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::rule::Expression;
use crate::vocabulary::Rung;

/// Something that can learn to predict.
///
/// Hyperparameters (depth, strength, degree) are its own affair, and it
/// chooses them within [`Contender::fit`], from the training rows alone.
pub trait Contender: Send + Sync {
    /// Stable kebab-case id, such as `one-rule`; `external:COLUMN` for a column that came along.
    fn id(&self) -> &str;

    /// Its competition.
    fn tier(&self) -> Tier;

    /// What kind of solution it would be.
    fn rung(&self) -> Rung;

    /// Why it does not apply to these data, in a sentence; none if it does.
    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String>;

    /// Learns from the training rows.
    ///
    /// # Errors
    /// [`FitError::Failed`] with the reason for the leaderboard, such as "did
    /// not converge"; [`FitError::Cancelled`].
    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError>;

    /// Whether it learns from a part of the training rows first, and what it
    /// settles on there holds when it learns from all of them.
    fn settles_on_a_part(&self, _features: &Features) -> bool {
        false
    }
}

/// What a contender learns from.
#[derive(Clone, Copy)]
pub struct Training<'a> {
    /// Every row's features. Only those of `rows` may be learned from.
    pub features: &'a Features,
    /// Positions of the training rows, ascending.
    pub rows: &'a [u32],
    /// The target of the training rows, in the order of `rows`.
    pub target: Truth<'a>,
    /// The metric in force.
    pub scoring: &'a Scoring,
    /// Seed of every random choice.
    pub seed: u64,
    /// What [`Fitted::settled`] said after learning from a part of these rows,
    /// to be taken as it is; where there is nothing, it is chosen.
    pub settled: Option<f64>,
    /// Where contenders share what they make of these rows.
    pub shared: Option<&'a Shared>,
    /// Asked now and then whether to stop.
    pub control: &'a Control<'a>,
}

/// Something that has learned.
pub trait Fitted: Send + Sync {
    /// For classes the probabilities, row-major, rows × classes, each row
    /// summing to 1; for numbers one value a row.
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64>;

    /// The hyperparameter that it chose, where the same one serves more rows of
    /// the kind that it was chosen on.
    fn settled(&self) -> Option<f64> {
        None
    }

    /// What it is.
    fn describe(&self, names: &Names<'_>) -> Description;

    /// Predictions for training rows by parts of it that had not seen them,
    /// where it came by such while it learned, as a forest does; handed out once.
    fn unseen(&mut self) -> Option<Unseen> {
        None
    }
}

/// Predictions for training rows that had no part in what predicts them.
#[derive(Clone, Debug, PartialEq)]
pub struct Unseen {
    /// Positions among the training rows, ascending.
    pub positions: Vec<u32>,
    /// In the form of [`Fitted::predict`].
    pub predictions: Vec<f64>,
}

/// What a description may name.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The features that it was fitted on.
    pub features: &'a Features,
    /// Header text of the target (untrusted).
    pub target: &'a str,
    /// Names of the classes (untrusted); empty for numbers.
    pub classes: &'a [String],
    /// The positive class of two.
    pub positive: Option<u32>,
    /// How probabilities become decisions, for classes.
    pub threshold: Option<&'a Threshold>,
}

/// What a fitted contender is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Description {
    /// In a sentence, such as "If contract is monthly and tenure is under 6: yes (n=812, 71 %)".
    pub says: String,
    /// Line by line, where it can be read so.
    pub lines: Vec<RuleLine>,
    /// As an expression that gives its decision (the class's name, or the
    /// number) from the columns of the table, where it can be written so.
    pub expression: Option<Expression>,
}

/// Why a contender has no fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// The reason in a sentence.
    #[error("{0}")]
    Failed(String),
    /// The user stopped the work.
    #[error("stopped")]
    Cancelled,
}
