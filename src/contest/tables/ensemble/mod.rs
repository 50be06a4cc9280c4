//! Many trees at once on binned columns, for the headroom probe.
//!
//! [`Coding`] says which columns are read and how their bins are merged for a
//! training set of a given size, [`Bytes`] holds rows in that form. A [`tree`]
//! sends rows to leaves by their bytes. [`boosting`] grows trees leaf by leaf
//! on gradients ([`gradient_tree`]; Friedman 2001, with histograms and their
//! subtraction as in Ke et al. 2017), [`forest`] grows its trees on the target
//! itself ([`grow`]; Breiman 2001).

mod boosting;
mod coding;
mod forest;
mod gradient_tree;
mod grow;
mod tree;

pub(super) use boosting::{Boosted, Rows};
pub(super) use coding::{Bytes, Coding};
pub(super) use forest::{Forest, MOST_ROWS_OF_A_TREE};
pub(super) use grow::Target;

#[cfg(test)]
mod tests;
