//! The naive tier: what is known of a row without looking at it.
//!
//! Their rung is `query`: a constant taken from the past is the shortest
//! lookup there is.

use super::contender::{Contender, Description, FitError, Fitted, Names, Training};
use super::features::Features;
use super::tell;
use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::vocabulary::Rung;

/// Every naive contender: the prior for classes, mean and median for numbers.
pub fn contenders() -> Vec<Box<dyn Contender>> {
    vec![
        Box::new(Naive::Prior),
        Box::new(Naive::Mean),
        Box::new(Naive::Median),
    ]
}

/// A constant learned from the training rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naive {
    /// The shares of the classes.
    Prior,
    /// The mean, which serves squared errors.
    Mean,
    /// The median, which serves absolute errors.
    Median,
}

/// The same answer for every row.
struct Constant {
    answer: Vec<f64>,
    rows: usize,
    kind: Naive,
}

impl Contender for Naive {
    fn id(&self) -> &str {
        match self {
            Self::Prior => "prior",
            Self::Mean => "mean",
            Self::Median => "median",
        }
    }

    fn tier(&self) -> Tier {
        Tier::Naive
    }

    fn rung(&self) -> Rung {
        Rung::Query
    }

    fn inapplicable(&self, _: &Features, target: &Truth<'_>) -> Option<String> {
        match (self, target) {
            (Self::Prior, Truth::Classes { .. })
            | (Self::Mean | Self::Median, Truth::Numbers(_)) => None,
            (Self::Prior, Truth::Numbers(_)) => {
                Some("needs classes; the target is a number".into())
            }
            (Self::Mean | Self::Median, Truth::Classes { .. }) => {
                Some("needs numbers; the target is a class".into())
            }
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let answer = match (self, training.target) {
            (Self::Prior, Truth::Classes { classes, values }) => shares(classes, values),
            (Self::Mean, Truth::Numbers(values)) => vec![mean(values)],
            (Self::Median, Truth::Numbers(values)) => vec![median(&mut values.to_vec())],
            (Self::Prior, Truth::Numbers(_))
            | (Self::Mean | Self::Median, Truth::Classes { .. }) => {
                return Err(FitError::Failed("does not fit this kind of target".into()));
            }
        };
        if training.rows.is_empty() {
            return Err(FitError::Failed("there are no training rows".into()));
        }
        Ok(Box::new(Constant {
            answer,
            rows: training.rows.len(),
            kind: *self,
        }))
    }
}

impl Fitted for Constant {
    fn predict(&self, _: &Features, rows: &[u32]) -> Vec<f64> {
        self.answer.repeat(rows.len())
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let answer = tell::answer(&self.answer, names);
        let says = match self.kind {
            Naive::Prior => format!("Always: {answer} (the training rows are all it knows)"),
            Naive::Mean => format!("Always the mean, {answer}"),
            Naive::Median => format!("Always the median, {answer}"),
        };
        let right = tell::decision(&self.answer, names)
            .and_then(|class| self.answer.get(class as usize).copied());
        Description {
            says,
            lines: vec![RuleLine {
                when: "always".into(),
                answer,
                rows: self.rows,
                right,
            }],
            expression: Some(tell::constant(&self.answer, names)),
        }
    }
}

fn shares(classes: usize, values: &[u32]) -> Vec<f64> {
    let mut counts = vec![0.0; classes];
    for class in values {
        if let Some(count) = counts.get_mut(*class as usize) {
            *count += 1.0;
        }
    }
    let total = (values.len() as f64).max(1.0);
    counts.iter().map(|count| count / total).collect()
}

fn mean(values: &[f64]) -> f64 {
    let length = (values.len() as f64).max(1.0);
    // around the first value, so that large offsets cost no digits
    let origin = values.first().copied().unwrap_or(0.0);
    origin + values.iter().map(|value| value - origin).sum::<f64>() / length
}

/// The median; the mean of the middle two of an even number. 0 for no values.
pub(super) fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() {
        return 0.0;
    }
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    if odd {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    lower / 2.0 + upper / 2.0
}
