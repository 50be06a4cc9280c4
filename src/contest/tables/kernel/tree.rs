//! Trees on bins: grown greedily, pruned by the nats that a split has to pay for itself.

use super::super::contender::FitError;
use super::super::features::{BinMeaning, Features};
use super::bin_set::BinSet;
use super::histogram::{Histogram, without};
use super::outcome::Outcome;
use super::split::{Cut, Division, best_cut};
use crate::contest::control::Control;

/// How a tree grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The most questions from root to leaf.
    pub depth: usize,
    /// The fewest training rows of a leaf.
    pub smallest_leaf: usize,
    /// The one feature that may be asked about; any of them where none is named.
    pub only: Option<usize>,
}

/// A tree. Node 0 is its root.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Nodes; children come after their parents.
    pub nodes: Vec<Node>,
}

/// A node of a tree: a leaf if it asks no question.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Tally of its training rows.
    pub tally: Vec<f64>,
    /// Its question.
    pub step: Option<Step>,
}

/// A question and where its answers lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Position of the feature.
    pub feature: usize,
    /// Bins that go left.
    pub left: BinSet,
    /// Node of the left side.
    pub left_child: usize,
    /// Node of the right side.
    pub right_child: usize,
    /// Nats that it takes to say which division of which feature it is.
    pub price: f64,
}

impl Tree {
    /// Grows a tree on the training rows by the greatest fall of impurity,
    /// the first feature of equals.
    ///
    /// # Errors
    /// [`FitError::Cancelled`].
    pub fn grow(
        features: &Features,
        rows: &[u32],
        outcome: &Outcome<'_>,
        growth: Growth,
        control: &Control<'_>,
    ) -> Result<Self, FitError> {
        let mut grower = Grower {
            features,
            rows,
            outcome,
            growth,
            control,
            nodes: vec![Node {
                tally: outcome.total.clone(),
                step: None,
            }],
        };
        let positions: Vec<u32> = (0..rows.len() as u32).collect();
        if growth.depth > 0 {
            let histograms = grower.count(&positions)?;
            grower.grow(0, &positions, histograms, growth.depth)?;
        }
        Ok(Self {
            nodes: grower.nodes,
        })
    }

    /// The nats that it takes to write its questions down and the target beside them.
    pub fn length(&self, outcome: &Outcome<'_>) -> f64 {
        let variance = self.leaf_variance(outcome);
        let rows = outcome.len() as f64;
        let told: f64 = self
            .nodes
            .iter()
            .map(|node| match &node.step {
                Some(step) => step.price,
                None => outcome.surprise(&node.tally, variance),
            })
            .sum();
        match outcome.classes() {
            Some(_) => told,
            // the density of the normal distribution narrows with its variance
            None => told + rows / 2.0 * libm::log(variance.max(f64::MIN_POSITIVE)),
        }
    }

    /// Its first `depth` levels: what growing to that depth gives, since a
    /// question is chosen without a look at those below it.
    #[must_use]
    pub fn cut_off(&self, depth: usize) -> Self {
        let mut depth_of = vec![0; self.nodes.len()];
        let mut keep = vec![false; self.nodes.len()];
        for (position, node) in self.nodes.iter().enumerate() {
            if let Some(step) = &node.step {
                keep[position] = depth_of[position] < depth;
                for child in [step.left_child, step.right_child] {
                    depth_of[child] = depth_of[position] + 1;
                }
            }
        }
        let mut nodes = Vec::new();
        self.copy_kept(0, &keep, &mut nodes);
        Self { nodes }
    }

    /// Takes back every question that does not pay for itself: a subtree stays
    /// if it makes the training rows less surprising by more nats than it takes
    /// to write its questions down (minimum description length: Quinlan & Rivest
    /// 1989; Mehta, Rissanen & Agrawal 1995). Without a signal nothing stays.
    #[must_use]
    pub fn pruned(&self, outcome: &Outcome<'_>) -> Self {
        let variance = self.leaf_variance(outcome);
        let mut cost = vec![0.0; self.nodes.len()];
        let mut keep = vec![false; self.nodes.len()];
        for (position, node) in self.nodes.iter().enumerate().rev() {
            cost[position] = outcome.surprise(&node.tally, variance);
            if let Some(step) = &node.step {
                let divided = step.price + cost[step.left_child] + cost[step.right_child];
                if divided < cost[position] {
                    cost[position] = divided;
                    keep[position] = true;
                }
            }
        }
        let mut nodes = Vec::new();
        self.copy_kept(0, &keep, &mut nodes);
        Self { nodes }
    }

    /// The leaf of a row.
    pub fn leaf(&self, features: &Features, row: u32) -> usize {
        let mut node = 0;
        while let Some(step) = &self.nodes[node].step {
            let bin = features.columns[step.feature].bins.of_row[row as usize];
            node = if step.left.contains(bin) {
                step.left_child
            } else {
                step.right_child
            };
        }
        node
    }

    /// The leaves from left to right, each with the questions that lead to it:
    /// features in the order in which they are first asked, and the bins that pass.
    pub fn paths(&self, features: &Features) -> Vec<(usize, Vec<(usize, BinSet)>)> {
        let mut found = Vec::new();
        self.walk(features, 0, &[], &mut found);
        found
    }

    fn walk(
        &self,
        features: &Features,
        node: usize,
        path: &[(usize, BinSet)],
        found: &mut Vec<(usize, Vec<(usize, BinSet)>)>,
    ) {
        let Some(step) = &self.nodes[node].step else {
            found.push((node, path.to_vec()));
            return;
        };
        let count = features.columns[step.feature].bins.count;
        for (bins, child) in [
            (step.left, step.left_child),
            (step.left.complement(count), step.right_child),
        ] {
            let mut longer = path.to_vec();
            match longer
                .iter_mut()
                .find(|(feature, _)| *feature == step.feature)
            {
                Some((_, passing)) => *passing = passing.and(&bins),
                None => longer.push((step.feature, bins)),
            }
            self.walk(features, child, &longer, found);
        }
    }

    fn copy_kept(&self, node: usize, keep: &[bool], nodes: &mut Vec<Node>) -> usize {
        let position = nodes.len();
        nodes.push(Node {
            tally: self.nodes[node].tally.clone(),
            step: None,
        });
        if let (true, Some(step)) = (keep[node], &self.nodes[node].step) {
            let left_child = self.copy_kept(step.left_child, keep, nodes);
            let right_child = self.copy_kept(step.right_child, keep, nodes);
            nodes[position].step = Some(Step {
                left_child,
                right_child,
                ..step.clone()
            });
        }
        position
    }

    /// Variance that the full tree leaves, never quite zero; 1 for classes.
    fn leaf_variance(&self, outcome: &Outcome<'_>) -> f64 {
        if outcome.classes().is_some() {
            return 1.0;
        }
        let leaves = || self.nodes.iter().filter(|node| node.step.is_none());
        let left: f64 = leaves().map(|leaf| outcome.impurity(&leaf.tally)).sum();
        let freedom = (outcome.len() as f64 - leaves().count() as f64).max(1.0);
        let all = outcome.impurity(&outcome.total) / outcome.len() as f64;
        (left / freedom).max(all * 1e-9)
    }
}

struct Grower<'a> {
    features: &'a Features,
    rows: &'a [u32],
    outcome: &'a Outcome<'a>,
    growth: Growth,
    control: &'a Control<'a>,
    nodes: Vec<Node>,
}

impl Grower<'_> {
    fn grow(
        &mut self,
        node: usize,
        positions: &[u32],
        histograms: Vec<Histogram>,
        depth: usize,
    ) -> Result<(), FitError> {
        let Some((feature, division)) = self.best(&histograms, &self.nodes[node].tally) else {
            return Ok(());
        };
        let bins = &self.features.columns[feature].bins.of_row;
        let (left, right): (Vec<u32>, Vec<u32>) = positions.iter().partition(|position| {
            division
                .left
                .contains(bins[self.rows[**position as usize] as usize])
        });
        let left_child = self.nodes.len();
        let tally = without(&self.nodes[node].tally, &division.tally);
        for tally in [division.tally, tally] {
            self.nodes.push(Node { tally, step: None });
        }
        self.nodes[node].step = Some(Step {
            feature,
            left: division.left,
            left_child,
            right_child: left_child + 1,
            price: division.choices + libm::log(self.features.columns.len() as f64),
        });
        if depth > 1 {
            // count the smaller side; the larger one is what is left
            let swap = right.len() < left.len();
            let [small, large] = if swap {
                [&right, &left]
            } else {
                [&left, &right]
            };
            let [small_node, large_node] = if swap {
                [left_child + 1, left_child]
            } else {
                [left_child, left_child + 1]
            };
            let counted = self.count(small)?;
            let rest = histograms
                .into_iter()
                .zip(&counted)
                .map(|(whole, part)| Histogram {
                    cells: without(&whole.cells, &part.cells),
                    width: whole.width,
                })
                .collect();
            self.grow(small_node, small, counted, depth - 1)?;
            self.grow(large_node, large, rest, depth - 1)?;
        }
        Ok(())
    }

    fn best(&self, histograms: &[Histogram], total: &[f64]) -> Option<(usize, Division)> {
        let smallest = self.growth.smallest_leaf as f64;
        let mut best: Option<(usize, Cut)> = None;
        for (feature, histogram) in histograms.iter().enumerate() {
            let meaning = &self.features.columns[feature].bins.meaning;
            let cut = best_cut(histogram, meaning, self.outcome, total, smallest);
            let Some(cut) = cut else {
                continue;
            };
            let tie = cut.gain.abs() * 1e-10;
            if best
                .as_ref()
                .is_none_or(|(_, best)| cut.gain > best.gain + tie)
            {
                best = Some((feature, cut));
            }
        }
        let (feature, cut) = best?;
        let meaning = &self.features.columns[feature].bins.meaning;
        let division = cut.carried_out(&histograms[feature], meaning, self.outcome, total);
        Some((feature, division))
    }

    fn count(&self, positions: &[u32]) -> Result<Vec<Histogram>, FitError> {
        self.features
            .columns
            .iter()
            .enumerate()
            .map(|(position, feature)| {
                if self.control.is_cancelled() {
                    return Err(FitError::Cancelled);
                }
                let asked = self.growth.only.is_none_or(|only| only == position);
                Ok(match feature.bins.meaning {
                    BinMeaning::Edges(_) | BinMeaning::Levels { .. } if asked => {
                        Histogram::count(&feature.bins, self.rows, positions, self.outcome)
                    }
                    BinMeaning::Edges(_) | BinMeaning::Levels { .. } | BinMeaning::Whole => {
                        Histogram::empty(0, self.outcome.width())
                    }
                })
            })
            .collect()
    }
}
