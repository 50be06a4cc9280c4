//! A forest: trees on bootstrap samples, each split among a few random columns (Breiman 2001).

use super::LeftOut;
use super::coding::{Bytes, Coding};
use super::grow::{Grower, Shape};
use super::target::Target;
use super::tree::Tree;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;
use crate::contest::tables::kernel::chance::{below, source};

/// Trees.
const TREES: usize = 100;

/// The most rows that one tree draws.
pub(in crate::contest::tables) const MOST_ROWS_OF_A_TREE: usize = 10_000;

/// No tree is deeper; none of them gets there on sensible data.
const DEPTH: usize = 40;

/// About the most rows whose out-of-bag answers are reckoned.
const MOST_LEFT_OUT: usize = 5_000;

/// Trees that answer by their mean.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Forest {
    trees: Vec<Tree>,
    width: usize,
    /// Gain by byte column.
    pub(in crate::contest::tables) gains: Vec<f64>,
}

impl Forest {
    /// Grown on these rows; with it, for each row its answers come from the
    /// trees that did not draw it (out of bag).
    pub(in crate::contest::tables) fn grow(
        coding: &Coding,
        bytes: &Bytes,
        target: Target<'_>,
        are_classes: bool,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<(Self, LeftOut), FitError> {
        let columns = coding.columns.len();
        let shape = Shape {
            depth: DEPTH,
            rows: if are_classes { 1.0 } else { 3.0 },
            columns: if are_classes {
                (columns as f64).sqrt().round() as usize
            } else {
                columns.div_ceil(3)
            }
            .max(1),
        };
        let mut grower = Grower::new(bytes, coding, target, shape);
        let mut weights = vec![0.0; bytes.rows];
        let draws = bytes.rows.min(MOST_ROWS_OF_A_TREE);
        let mut trees = Vec::with_capacity(TREES);
        let mut rows = Vec::with_capacity(draws);
        let mut left_out = OutOfBag::new(bytes.rows);
        for tree in 0..TREES {
            if control.is_cancelled() {
                return Err(FitError::Cancelled);
            }
            let mut source = source(seed, 1_000 + tree as u64);
            weights.fill(0.0);
            for _ in 0..draws {
                weights[below(&mut source, bytes.rows as u32) as usize] += 1.0;
            }
            rows.clear();
            rows.extend((0..bytes.rows as u32).filter(|row| weights[*row as usize] > 0.0));
            let tree = grower.grow(&mut rows, &weights, &mut source);
            left_out.add(&tree, bytes, &weights);
            trees.push(tree);
        }
        let forest = Self {
            width: trees.first().map_or(1, |tree| tree.width),
            trees,
            gains: grower.gains,
        };
        Ok((forest, left_out.means()))
    }

    /// The mean answer for each row, one after the other, put into `answers`.
    pub(in crate::contest::tables) fn answer(&self, bytes: &Bytes, answers: &mut Vec<f64>) {
        answers.clear();
        answers.resize(bytes.rows * self.width, 0.0);
        // all rows through one tree, while it is near
        for tree in &self.trees {
            for (row, sums) in answers.chunks_exact_mut(self.width).enumerate() {
                for (sum, value) in sums.iter_mut().zip(tree.answer(bytes, row)) {
                    *sum += value;
                }
            }
        }
        for sum in answers {
            *sum /= self.trees.len() as f64;
        }
    }
}

/// Answers for rows by the trees that did not draw them.
struct OutOfBag {
    /// Every how manieth row is looked at.
    step: usize,
    sums: Vec<f64>,
    trees: Vec<f64>,
}

impl OutOfBag {
    fn new(rows: usize) -> Self {
        let step = rows.div_ceil(MOST_LEFT_OUT).max(1);
        Self {
            step,
            sums: Vec::new(),
            trees: vec![0.0; rows.div_ceil(step)],
        }
    }

    fn add(&mut self, tree: &Tree, bytes: &Bytes, weights: &[f64]) {
        self.sums.resize(self.trees.len() * tree.width, 0.0);
        for (place, row) in (0..bytes.rows).step_by(self.step).enumerate() {
            if weights[row] > 0.0 {
                continue;
            }
            self.trees[place] += 1.0;
            let sums = &mut self.sums[place * tree.width..][..tree.width];
            for (sum, value) in sums.iter_mut().zip(tree.answer(bytes, row)) {
                *sum += value;
            }
        }
    }

    fn means(self) -> LeftOut {
        let width = self.sums.len() / self.trees.len().max(1);
        let mut found = LeftOut::default();
        for (place, trees) in self.trees.iter().enumerate().filter(|(_, of)| **of > 0.0) {
            found.rows.push((place * self.step) as u32);
            let sums = &self.sums[place * width..][..width];
            found.answers.extend(sums.iter().map(|sum| sum / trees));
        }
        found
    }
}
