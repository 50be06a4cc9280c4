//! Predictions that came with the data: the system in place, a vendor's model, the owner's rule.
//!
//! They are judged like everyone else. Labels stand as they were given; a
//! score is cut where the training rows say; whatever is missing is answered
//! by what is usual in the training rows.

mod columns;
mod learn;
mod owner;

pub use columns::{Absent, external};
pub use owner::{OWNER_RULE, owner};

use std::sync::Arc;

use super::contender::{Contender, Description, FitError, Fitted, Names, Training};
use super::features::Features;
use super::trial::Entry;
use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::rule::Expression;
use crate::data::MISSING_CODE;
use crate::vocabulary::Rung;

/// What came with the data, one per row of the table.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A class, or [`MISSING_CODE`].
    Labels(Vec<u32>),
    /// The probability of the positive class, or NaN.
    Probabilities(Vec<f64>),
    /// A number that rises with the positive class, or NaN.
    Scores(Vec<f64>),
    /// A number for a target of numbers, or NaN.
    Numbers(Vec<f64>),
}

/// A contender whose predictions came with the data.
#[derive(Clone, Debug)]
pub struct GivenContender {
    /// Its id on the leaderboard.
    pub id: String,
    /// Its competition.
    pub tier: Tier,
    /// What made the predictions.
    pub rung: Rung,
    /// The predictions.
    pub given: Arc<Given>,
    /// What it is, in a sentence.
    pub says: String,
    /// Line by line, where it can be read so.
    pub lines: Vec<RuleLine>,
    /// What made the predictions, where that is known.
    pub expression: Option<Expression>,
}

impl GivenContender {
    /// The contender with its labels, if it has any, as decisions.
    pub fn entry(self) -> Entry {
        let verbatim = match &*self.given {
            Given::Labels(labels) => Some(Arc::new(labels.clone())),
            Given::Probabilities(_) | Given::Scores(_) | Given::Numbers(_) => None,
        };
        Entry {
            contender: Box::new(self),
            verbatim,
            capped: false,
            alone: true,
        }
    }
}

impl Contender for GivenContender {
    fn id(&self) -> &str {
        &self.id
    }

    fn tier(&self) -> Tier {
        self.tier
    }

    fn rung(&self) -> Rung {
        self.rung
    }

    fn inapplicable(&self, _: &Features, _: &Truth<'_>) -> Option<String> {
        None
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        Ok(Box::new(learn::fit(self, training)))
    }
}

/// What given predictions mean, learned from the training rows.
pub(super) struct FittedGiven {
    given: Arc<Given>,
    meaning: learn::Meaning,
    description: Description,
}

impl Fitted for FittedGiven {
    fn predict(&self, _: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predicted = Vec::new();
        for row in rows {
            self.meaning.say(&self.given, *row as usize, &mut predicted);
        }
        predicted
    }

    fn describe(&self, _: &Names<'_>) -> Description {
        self.description.clone()
    }
}

impl Given {
    /// Rows without a prediction.
    pub fn missing(&self) -> usize {
        match self {
            Self::Labels(labels) => labels.iter().filter(|code| **code == MISSING_CODE).count(),
            Self::Probabilities(values) | Self::Scores(values) | Self::Numbers(values) => {
                values.iter().filter(|value| value.is_nan()).count()
            }
        }
    }
}

#[cfg(test)]
mod tests;
