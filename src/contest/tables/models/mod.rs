//! Minimum viable models: the smallest that deserve the name.
//!
//! In order of simplicity: linear and logistic regression, the same with
//! squares and products of the best numbers, a tree of depth 4. All but the
//! tree read one encoding of the features ([`design`]), learned anew from the
//! training rows of every fold.

pub(super) mod cholesky;
mod descent;
mod describe;
mod design;
mod formula;
mod least_squares;
mod linear;
mod lines;
mod log_loss;
mod logistic;
mod polynomial;
mod ridge;
mod softmax;
mod tree;

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod formula_tests;
#[cfg(test)]
mod robustness_tests;
#[cfg(test)]
pub(in crate::contest::tables) mod samples;

use linear::Linear;
pub(super) use log_loss::{LogLoss, sigmoid};
pub(super) use softmax::{softmax, spread};

use super::contender::Contender;
use super::features::Features;

/// Every minimum viable model, in order of simplicity.
pub fn contenders() -> Vec<Box<dyn Contender>> {
    vec![
        Box::new(Linear::LeastSquares),
        Box::new(Linear::Ridge),
        Box::new(Linear::Logistic),
        Box::new(polynomial::Polynomial),
        Box::new(tree::TreeOfFour),
    ]
}

/// That there is nothing to learn from.
fn no_features(features: &Features) -> Option<String> {
    features
        .columns
        .is_empty()
        .then(|| "no column is left to predict from".to_owned())
}

/// How often each class occurs.
fn class_counts(classes: usize, values: &[u32]) -> Vec<usize> {
    let mut counts = vec![0; classes];
    for class in values {
        counts[*class as usize] += 1;
    }
    counts
}
