//! A fast-and-frugal tree: cues asked one after another, each of which may end
//! the matter (Martignon, Vitouch, Takezawa & Forster 2003).
//!
//! All chains of a tree of four questions are compared, each with one exit a
//! cue, and the one that tells the target in the fewest nats is kept.

use super::{needs_two_classes, no_usable_column};
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::tree::{Node, Step};
use crate::contest::tables::kernel::{FittedTree, Outcome, Tree};
use crate::vocabulary::Rung;

/// A chain of at most four cues with an exit each.
pub(super) struct FastFrugal;

impl Contender for FastFrugal {
    fn id(&self) -> &'static str {
        "fast-and-frugal-tree"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        needs_two_classes(target).or_else(|| no_usable_column(features))
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let (features, rows) = (training.features, training.rows);
        let tree = training.tree_of_four(&outcome)?;
        let mut nodes = Vec::new();
        Chain {
            tree: &tree,
            outcome: &outcome,
        }
        .copy(0, &mut nodes);
        let chain = Tree { nodes };
        Ok(Box::new(FittedTree::new(chain, features, rows, &outcome)))
    }
}

/// The best chain within a tree: at each node one side leaves, the other goes on.
struct Chain<'a> {
    tree: &'a Tree,
    outcome: &'a Outcome<'a>,
}

/// What becomes of a node in the best chain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Leaf,
    /// The right side leaves at once.
    GoesOnLeft,
    /// The left side leaves at once.
    GoesOnRight,
}

impl Chain<'_> {
    /// The nats of the best chain from this node on, questions and target
    /// together, and how it begins. Of equals the one that asks less.
    fn best(&self, node: usize) -> (f64, Fate) {
        let leaf = self.leaf(node);
        let Some(step) = &self.tree.nodes[node].step else {
            return (leaf, Fate::Leaf);
        };
        let [left, right] = [step.left_child, step.right_child];
        let mut best = (leaf, Fate::Leaf);
        for (goes_on, leaves, fate) in [
            (left, right, Fate::GoesOnLeft),
            (right, left, Fate::GoesOnRight),
        ] {
            let length = step.price + self.leaf(leaves) + self.best(goes_on).0;
            if length < best.0 - 1e-9 {
                best = (length, fate);
            }
        }
        best
    }

    fn leaf(&self, node: usize) -> f64 {
        self.outcome.surprise(&self.tree.nodes[node].tally, 1.0)
    }

    fn copy(&self, node: usize, nodes: &mut Vec<Node>) -> usize {
        let position = nodes.len();
        nodes.push(Node {
            tally: self.tree.nodes[node].tally.clone(),
            step: None,
        });
        let fate = self.best(node).1;
        if let (Some(step), true) = (&self.tree.nodes[node].step, fate != Fate::Leaf) {
            let mut child = |child: usize, goes_on: bool| {
                if goes_on {
                    return self.copy(child, nodes);
                }
                nodes.push(Node {
                    tally: self.tree.nodes[child].tally.clone(),
                    step: None,
                });
                nodes.len() - 1
            };
            let left_child = child(step.left_child, fate == Fate::GoesOnLeft);
            let right_child = child(step.right_child, fate == Fate::GoesOnRight);
            nodes[position].step = Some(Step {
                left_child,
                right_child,
                ..step.clone()
            });
        }
        position
    }
}
