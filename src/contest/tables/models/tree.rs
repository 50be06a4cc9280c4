//! A decision tree of at most four questions from root to leaf.
//!
//! Grown on the shared bins: smartcore's tree shows neither its questions nor
//! the shares of classes in its leaves, and a tree that cannot be read is no
//! answer here. Tests hold the kernel's trees to those of the libraries.

use super::no_features;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::{BinMeaning, Features};
use crate::contest::tables::kernel::{FittedTree, Outcome};
use crate::vocabulary::Rung;

/// The tree of [`Training::tree_of_four`], all of which is kept.
pub(super) struct TreeOfFour;

impl Contender for TreeOfFour {
    fn id(&self) -> &'static str {
        "tree"
    }

    fn tier(&self) -> Tier {
        Tier::MinimumViableModel
    }

    fn rung(&self) -> Rung {
        Rung::MinimumViableModel
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        no_features(features).or_else(|| {
            features
                .columns
                .iter()
                .all(|column| column.bins.meaning == BinMeaning::Whole)
                .then(|| "there is no column of numbers, dates or categories".to_owned())
        })
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let tree = training.tree_of_four(&outcome)?.into_owned();
        Ok(Box::new(FittedTree::new(
            tree,
            training.features,
            training.rows,
            &outcome,
        )))
    }
}
