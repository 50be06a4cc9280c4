//! A tree with an answer at every leaf.

use super::super::contender::{Description, Fitted, Names};
use super::super::features::Features;
use super::super::naive::median;
use super::super::tell::{Cell, Condition, describe};
use super::outcome::Outcome;
use super::tree::Tree;
use crate::contest::predictions::Truth;

/// Rows of the prior seen beside the rows of a leaf, for classes: probabilities
/// are never surer than the rows support.
const LEAF_STRENGTH: f64 = 2.0;

/// A tree that predicts and tells what it is. It reads the bins of the
/// features that it was grown on.
#[derive(Clone, Debug)]
pub struct FittedTree {
    tree: Tree,
    /// Probabilities or one number for each node.
    answers: Vec<Vec<f64>>,
}

impl FittedTree {
    /// Gives every leaf its answer: shares shrunk a little to the prior for
    /// classes; the mean, or the median where absolute errors count, for numbers.
    pub fn new(tree: Tree, features: &Features, rows: &[u32], outcome: &Outcome<'_>) -> Self {
        let mut answers: Vec<Vec<f64>> = tree
            .nodes
            .iter()
            .map(|node| match outcome.truth {
                Truth::Classes { .. } => outcome.shrunk(&node.tally, LEAF_STRENGTH),
                Truth::Numbers(_) => outcome.shrunk(&node.tally, 0.0),
            })
            .collect();
        if let (true, Truth::Numbers(values)) = (outcome.absolute, outcome.truth) {
            let mut held: Vec<Vec<f64>> = vec![Vec::new(); answers.len()];
            for (row, value) in rows.iter().zip(values) {
                held[tree.leaf(features, *row)].push(*value);
            }
            for (answer, held) in answers.iter_mut().zip(&mut held) {
                if !held.is_empty() {
                    *answer = vec![median(held)];
                }
            }
        }
        Self { tree, answers }
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }
}

impl Fitted for FittedTree {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let width = self.answers.first().map_or(1, Vec::len);
        let mut predicted = Vec::with_capacity(rows.len() * width);
        for row in rows {
            predicted.extend_from_slice(&self.answers[self.tree.leaf(features, *row)]);
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let cells: Vec<Cell> = self
            .tree
            .paths(names.features)
            .into_iter()
            .map(|(leaf, path)| {
                let conditions = path
                    .into_iter()
                    .map(|(feature, bins)| Condition { feature, bins })
                    .collect();
                Cell::new(
                    conditions,
                    self.answers[leaf].clone(),
                    &self.tree.nodes[leaf].tally,
                )
            })
            .collect();
        describe(&cells, None, names)
    }
}
