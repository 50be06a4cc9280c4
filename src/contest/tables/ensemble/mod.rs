//! Many trees at once on binned columns, for the headroom probes.
//!
//! [`Coding`] says which columns are read and how their bins are merged for a
//! training set of a given size, [`Bytes`] holds rows in that form. A [`tree`]
//! sends rows to leaves by their bytes. [`boosting`] grows trees leaf by leaf
//! on gradients ([`gradient_tree`], cut where [`gradient_cut`] finds best;
//! Friedman 2001, with histograms and their subtraction as in Ke et al. 2017),
//! [`forest`] grows its trees on the [`target`] itself ([`grow`]; Breiman 2001).
//! What their columns are worth is told by [`worth`]. [`NumberTrees`] are boosted trees for forecasts, whose rows are plain numbers.

mod boosting;
mod coding;
mod forest;
mod gradient_cut;
mod gradient_tree;
mod grow;
mod numbers;
mod target;
mod tree;
mod worth;

pub(super) use boosting::{Boosted, Rows};
pub(super) use coding::{Bytes, Coding};
pub(super) use forest::{Forest, MOST_ROWS_OF_A_TREE};
pub(in crate::contest) use numbers::NumberTrees;
pub(super) use target::Target;
pub(super) use worth::Worth;

/// What an ensemble answers for training rows by trees that have not seen them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    /// The rows, ascending.
    pub(super) rows: Vec<u32>,
    /// Its answers for them, as many a row as it has outputs.
    pub(super) answers: Vec<f64>,
}

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod tests;
