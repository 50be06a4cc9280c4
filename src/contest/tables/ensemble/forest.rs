//! A forest: trees on bootstrap samples, each split among a few random columns (Breiman 2001).

use super::coding::{Bytes, Coding};
use super::grow::{Grower, Shape, Target};
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

/// Trees that answer by their mean.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Forest {
    trees: Vec<Tree>,
    width: usize,
    /// Gain by byte column.
    pub(in crate::contest::tables) gains: Vec<f64>,
}

impl Forest {
    /// Grown on these rows.
    pub(in crate::contest::tables) fn grow(
        coding: &Coding,
        bytes: &Bytes,
        target: Target<'_>,
        are_classes: bool,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<Self, FitError> {
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
            trees.push(grower.grow(&mut rows, &weights, &mut source));
        }
        Ok(Self {
            width: trees.first().map_or(1, |tree| tree.width),
            trees,
            gains: grower.gains,
        })
    }

    /// The mean answer for a row, added to `sums`.
    pub(in crate::contest::tables) fn answer(&self, bytes: &Bytes, row: usize, sums: &mut [f64]) {
        debug_assert_eq!(sums.len(), self.width);
        for tree in &self.trees {
            for (sum, value) in sums.iter_mut().zip(tree.answer(bytes, row)) {
                *sum += value;
            }
        }
        for sum in sums {
            *sum /= self.trees.len() as f64;
        }
    }
}
