//! A decision tree of at most three questions from root to leaf.

use super::no_usable_column;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::{FittedTree, Outcome};
use crate::vocabulary::Rung;

/// Questions from root to leaf that a person still follows.
const DEPTH: usize = 3;

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
        let tree = training.tree_of_four(&outcome)?.cut_off(DEPTH);
        let tree = tree.pruned(&outcome);
        Ok(Box::new(FittedTree::new(
            tree,
            training.features,
            training.rows,
            &outcome,
        )))
    }
}
