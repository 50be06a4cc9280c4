//! The linear contenders: a weighted sum of columns, as a number or as a probability.

use super::design::{Design, Encoding};
use super::ridge::Moments;
use super::softmax::{Softmax, softmax, spread};
use super::{class_counts, describe, least_squares, logistic};
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training, Unseen,
};
use crate::contest::tables::features::Features;
use crate::vocabulary::Rung;

/// Rows that are encoded at a time while predicting.
pub(super) const CHUNK: usize = 4096;

/// Which linear model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Linear {
    /// Ordinary least squares, for numbers.
    LeastSquares,
    /// Least squares with a penalty, for numbers.
    Ridge,
    /// Logistic regression, for classes.
    Logistic,
}

impl Contender for Linear {
    fn id(&self) -> &'static str {
        match self {
            Self::LeastSquares => "linear-regression",
            Self::Ridge => "ridge",
            Self::Logistic => "logistic-regression",
        }
    }

    fn tier(&self) -> Tier {
        Tier::MinimumViableModel
    }

    fn rung(&self) -> Rung {
        Rung::MinimumViableModel
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        super::no_features(features).or_else(|| match (self, target) {
            (Self::Logistic, Truth::Numbers(_)) => Some("it is for classes".to_owned()),
            (Self::LeastSquares | Self::Ridge, Truth::Classes { .. }) => {
                Some("it is for numbers".to_owned())
            }
            (Self::Logistic, Truth::Classes { .. })
            | (Self::LeastSquares | Self::Ridge, Truth::Numbers(_)) => None,
        })
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let encoding = Encoding::learn(training.features, training.rows, training.target);
        let design = encoding.encode(training.features, training.rows);
        let learned = Weights::learn(*self, &design, training)?;
        Ok(Box::new(LinearFit {
            unseen: learned.unseen.filter(|_| !encoding.may_be_chosen()),
            encoding,
            weights: learned.weights,
        }))
    }
}

/// What a linear model has learned about the columns of its design.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Weights {
    /// For numbers: one weight a column, then the intercept.
    Numbers {
        /// The weights.
        weights: Vec<f64>,
        /// The mean of the training target, where a sum is no finite number.
        mean: f64,
    },
    /// For classes: a block of weights for each of the `present` classes; with
    /// two of them one block, for the second.
    Classes {
        /// Classes in all.
        classes: usize,
        /// Those that occurred in training, ascending.
        present: Vec<u32>,
        /// The blocks.
        blocks: Vec<Vec<f64>>,
    },
}

/// Weights, and what choosing their penalty left behind.
pub(super) struct Learned {
    /// The weights.
    pub(super) weights: Weights,
    /// Predictions for rows that they did not see, as far as choosing a penalty
    /// gave such; they hold if the target had no say in which columns the
    /// design has.
    pub(super) unseen: Option<Unseen>,
    /// The penalty of weights for classes, as it was chosen or settled.
    pub(super) strength: Option<f64>,
}

impl Weights {
    /// Learns from a design of the training rows.
    pub(super) fn learn(
        model: Linear,
        design: &Design,
        training: &Training<'_>,
    ) -> Result<Learned, FitError> {
        let learned = match training.target {
            Truth::Numbers(target) => Learned {
                weights: Self::of_numbers(model, design, target)?,
                unseen: None,
                strength: None,
            },
            Truth::Classes { classes, values } => {
                Self::of_classes(design, classes, values, training)?
            }
        };
        if learned.weights.are_finite() {
            Ok(learned)
        } else {
            Err(FitError::Failed(
                "the weights are no finite numbers".to_owned(),
            ))
        }
    }

    fn of_numbers(model: Linear, design: &Design, target: &[f64]) -> Result<Self, FitError> {
        if target.is_empty() || target.iter().any(|value| !value.is_finite()) {
            return Err(FitError::Failed(
                "the target is not known in every row".to_owned(),
            ));
        }
        let solution = match model {
            Linear::LeastSquares => least_squares::solve(design, target),
            Linear::Ridge | Linear::Logistic => Moments::of(design, target).solve_best(),
        };
        let rows = target.len() as f64;
        Ok(Self::Numbers {
            weights: solution.weights,
            mean: target.iter().map(|value| value / rows).sum(),
        })
    }

    fn of_classes(
        design: &Design,
        classes: usize,
        values: &[u32],
        training: &Training<'_>,
    ) -> Result<Learned, FitError> {
        let control = training.control;
        let counts = class_counts(classes, values);
        let present: Vec<u32> = (0..classes as u32)
            .filter(|class| counts[*class as usize] > 0)
            .collect();
        let (blocks, unseen, strength) = match present.as_slice() {
            [] | [_] => {
                return Err(FitError::Failed(
                    "the training rows have one class".to_owned(),
                ));
            }
            [_, second] => {
                let truth: Vec<f64> = values
                    .iter()
                    .map(|class| f64::from(u8::from(class == second)))
                    .collect();
                let (solution, left_out) = if let Some(strength) = training.settled {
                    let solution = logistic::solve_at(design, &truth, strength, control)?;
                    (solution, None)
                } else {
                    let best = logistic::solve_best(design, &truth, control)?;
                    (best.solution, Some((best.left_out, best.step)))
                };
                let unseen = left_out.map(|(left_out, step)| {
                    let mut predictions = Vec::new();
                    for score in left_out {
                        push_probabilities(&mut [score], &present, classes, &mut predictions);
                    }
                    Unseen {
                        positions: (0..values.len() as u32).step_by(step).collect(),
                        predictions,
                    }
                });
                (vec![solution.weights], unseen, solution.strength)
            }
            _ => {
                let mut position = vec![0; classes];
                for (index, class) in present.iter().enumerate() {
                    position[*class as usize] = index as u32;
                }
                let truth: Vec<u32> = values
                    .iter()
                    .map(|class| position[*class as usize])
                    .collect();
                let problem = Softmax {
                    design,
                    truth: &truth,
                    classes: present.len(),
                };
                let best = problem.solve_best(training.settled, training.seed, control)?;
                let blocks = best
                    .weights
                    .chunks_exact(design.columns() + 1)
                    .map(<[f64]>::to_vec)
                    .collect();
                let unseen = best.held_out.map(|held_out| {
                    let mut predictions = Vec::new();
                    for row in held_out.probabilities.chunks_exact(present.len()) {
                        spread(row, &present, classes, &mut predictions);
                    }
                    Unseen {
                        positions: held_out.rows,
                        predictions,
                    }
                });
                (blocks, unseen, best.strength)
            }
        };
        Ok(Learned {
            weights: Self::Classes {
                classes,
                present,
                blocks,
            },
            unseen,
            strength: Some(strength),
        })
    }

    fn are_finite(&self) -> bool {
        match self {
            Self::Numbers { weights, .. } => weights.iter().all(|weight| weight.is_finite()),
            Self::Classes { blocks, .. } => {
                blocks.iter().flatten().all(|weight| weight.is_finite())
            }
        }
    }

    /// The predictions for the rows of a design, appended.
    pub(super) fn predict(&self, design: &Design, predictions: &mut Vec<f64>) {
        match self {
            Self::Numbers { weights, mean } => {
                for row in 0..design.rows() {
                    let value = design.dot(row, weights);
                    predictions.push(if value.is_finite() { value } else { *mean });
                }
            }
            Self::Classes {
                classes,
                present,
                blocks,
            } => {
                let mut scores = Vec::with_capacity(blocks.len());
                for row in 0..design.rows() {
                    scores.clear();
                    scores.extend(blocks.iter().map(|block| design.dot(row, block)));
                    push_probabilities(&mut scores, present, *classes, predictions);
                }
            }
        }
    }
}

/// The probabilities of all classes that the scores of a row mean.
pub(super) fn probabilities(scores: &[f64], present: &[u32], classes: usize) -> Vec<f64> {
    let mut found = Vec::with_capacity(classes);
    push_probabilities(&mut scores.to_vec(), present, classes, &mut found);
    found
}

/// Appends what the scores of a row mean: one score is that of the second of two classes.
fn push_probabilities(
    scores: &mut [f64],
    present: &[u32],
    classes: usize,
    predictions: &mut Vec<f64>,
) {
    let mut two;
    let scores = match scores {
        [score] if present.len() == 2 => {
            two = [0.0, *score];
            &mut two[..]
        }
        scores => scores,
    };
    softmax(scores);
    spread(scores, present, classes, predictions);
}

struct LinearFit {
    encoding: Encoding,
    weights: Weights,
    unseen: Option<Unseen>,
}

impl Fitted for LinearFit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predictions = Vec::new();
        for chunk in rows.chunks(CHUNK) {
            self.weights
                .predict(&self.encoding.encode(features, chunk), &mut predictions);
        }
        predictions
    }

    fn unseen(&mut self) -> Option<Unseen> {
        self.unseen.take()
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let says = describe::sentence(&self.encoding, &self.weights, names);
        describe::linear(says, &self.encoding, &[], &self.weights, names)
    }
}
