//! What several contenders make of the same training rows, made once.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::contender::{FitError, Training};
use super::kernel::{Growth, Outcome, Tree};

/// The tree that all small trees are made of: the shallow tree is its first
/// three levels, the fast-and-frugal tree a chain of its questions. A leaf holds
/// as many rows as a bucket of 1R does.
const GROWTH: Growth = Growth {
    depth: 4,
    smallest_leaf: 6,
    only: None,
};

/// Kept beside the training rows of one lesson, and filled by whoever asks first.
#[derive(Debug, Default)]
pub struct Shared {
    tree: OnceLock<Result<Tree, FitError>>,
}

impl<'a> Training<'a> {
    /// The tree of depth four on the training rows, leaves of six rows or more, unpruned.
    ///
    /// # Errors
    /// [`FitError::Cancelled`].
    pub fn tree_of_four(&self, outcome: &Outcome<'_>) -> Result<Cow<'a, Tree>, FitError> {
        let grow = || Tree::grow(self.features, self.rows, outcome, GROWTH, self.control);
        match self.shared {
            Some(shared) => match shared.tree.get_or_init(grow) {
                Ok(tree) => Ok(Cow::Borrowed(tree)),
                Err(error) => Err(error.clone()),
            },
            None => grow().map(Cow::Owned),
        }
    }
}
