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
use crate::contest::tables::kernel::{FittedTree, Growth, Outcome, Tree};
use crate::vocabulary::Rung;

/// The most questions from root to leaf.
const DEPTH: usize = 4;

/// The fewest training rows of a leaf.
const SMALLEST_LEAF: usize = 5;

/// A tree of depth up to [`DEPTH`], all of which is kept.
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
        let growth = Growth {
            depth: DEPTH,
            smallest_leaf: SMALLEST_LEAF,
            only: None,
        };
        let (features, rows) = (training.features, training.rows);
        let tree = Tree::grow(features, rows, &outcome, growth, training.control)?;
        Ok(Box::new(FittedTree::new(tree, features, rows, &outcome)))
    }
}
