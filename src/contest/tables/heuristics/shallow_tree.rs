//! A decision tree of at most three questions from root to leaf.

use super::no_usable_column;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::{FittedTree, Growth, Outcome, Tree};
use crate::vocabulary::Rung;

/// Questions from root to leaf that a person still follows.
const DEPTH: usize = 3;

/// Training rows of a leaf: as few as Holte's smallest bucket.
const SMALLEST_LEAF: usize = 6;

/// A tree of depth up to [`DEPTH`]; how deep, the training rows say.
pub(super) struct ShallowTree;

impl Contender for ShallowTree {
    fn id(&self) -> &'static str {
        "shallow-tree"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        no_usable_column(features)
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
        let tree = tree.pruned(&outcome);
        Ok(Box::new(FittedTree::new(tree, features, rows, &outcome)))
    }
}
