//! The binned kernel: counts of the target by bin, and what rules and trees make of them.
//!
//! A column in bins and a target become a [`Histogram`] (one pass over bytes).
//! [`split`] finds the best division of a histogram into two sets of bins;
//! [`tree`] grows and prunes trees from such divisions, and a [`FittedTree`]
//! predicts with one and tells it. What a set of rows knows of the target is a
//! *tally*: counts by class, or count, sum and sum of squares, so that tallies
//! add up over bins, leaves and folds.

pub mod bin_set;
pub(super) mod chance;
pub mod fitted_tree;
pub mod histogram;
pub mod outcome;
pub mod split;
pub mod tree;

pub use bin_set::BinSet;
pub use fitted_tree::FittedTree;
pub use histogram::Histogram;
pub use outcome::Outcome;
pub use split::{Division, divide};
pub use tree::{Growth, Tree};

#[cfg(test)]
mod agreement_tests;
