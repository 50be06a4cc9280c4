//! Tallies of the target by bin of one column.

use super::super::features::Bins;
use super::outcome::Outcome;
use crate::contest::predictions::Truth;

/// One tally per bin.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Numbers in a tally.
    pub width: usize,
    /// Tallies, bin by bin.
    pub cells: Vec<f64>,
}

impl Histogram {
    /// Empty tallies for that many bins.
    pub fn empty(bins: usize, width: usize) -> Self {
        Self {
            width,
            cells: vec![0.0; bins * width],
        }
    }

    /// Counts the training rows at `positions`, ascending or not; `rows` are all training rows.
    pub fn count(bins: &Bins, rows: &[u32], positions: &[u32], outcome: &Outcome<'_>) -> Self {
        let mut counted = Self::empty(bins.count, outcome.width());
        let of_row = bins.of_row.as_slice();
        let cells = counted.cells.as_mut_slice();
        match outcome.truth {
            Truth::Classes { classes, values } => {
                for position in positions {
                    let position = *position as usize;
                    let bin = usize::from(of_row[rows[position] as usize]);
                    cells[bin * classes + values[position] as usize] += 1.0;
                }
            }
            Truth::Numbers(values) => {
                let mean = outcome.prior[0];
                for position in positions {
                    let position = *position as usize;
                    let bin = usize::from(of_row[rows[position] as usize]);
                    let value = values[position] - mean;
                    let cell = &mut cells[bin * 3..bin * 3 + 3];
                    cell[0] += 1.0;
                    cell[1] += value;
                    cell[2] += value * value;
                }
            }
        }
        counted
    }

    /// Bins.
    pub fn bins(&self) -> usize {
        self.cells.len() / self.width.max(1)
    }

    /// The tally of one bin.
    pub fn tally(&self, bin: usize) -> &[f64] {
        &self.cells[bin * self.width..(bin + 1) * self.width]
    }

    /// The tally of all bins of the set.
    pub fn sum(&self, bins: impl IntoIterator<Item = usize>) -> Vec<f64> {
        let mut sum = vec![0.0; self.width];
        for bin in bins {
            add(&mut sum, self.tally(bin));
        }
        sum
    }
}

/// Adds one tally to another.
pub fn add(sum: &mut [f64], tally: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(tally) {
        *sum += value;
    }
}

/// What is left of `total` without `part`.
pub fn without(total: &[f64], part: &[f64]) -> Vec<f64> {
    total
        .iter()
        .zip(part)
        .map(|(total, part)| total - part)
        .collect()
}
