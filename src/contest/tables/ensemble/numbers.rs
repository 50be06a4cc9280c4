//! Boosted trees over plain numbers: for forecasts, whose rows come one at a
//! time and are no rows of a table.

use std::sync::Arc;

use super::boosting::{Boosted, Rows};
use super::coding::{Bytes, Coding};
use super::target::Target;
use crate::contest::control::unattended;
use crate::contest::tables::binning::bin;
use crate::contest::tables::features::{
    BinMeaning, Feature, FeatureValues, Features, MISSING_BIN, Part,
};

/// The most bins of a column.
const MOST_BINS: usize = 48;

/// A boosted sum of trees that answers rows of numbers with a number.
#[derive(Clone, Debug)]
pub(in crate::contest) struct NumberTrees {
    coding: Coding,
    boosted: Boosted,
    /// For each feature the edges of its bins.
    edges: Vec<Vec<f64>>,
    /// The row that is answered, as one byte a column.
    row: Bytes,
    /// number = centre + answer × unit.
    centre: f64,
    unit: f64,
}

impl NumberTrees {
    /// Grown on columns of equal length and a finite target; NaN in a column is
    /// missing. With `rounds` so many trees are grown, else as many as a held-out
    /// part of the rows asks for. `None` where there is nothing to learn from.
    pub(in crate::contest) fn grow(
        columns: Vec<Vec<f64>>,
        target: &[f64],
        rounds: Option<usize>,
        seed: u64,
    ) -> Option<Self> {
        let rows: Vec<u32> = (0..target.len() as u32).collect();
        let count = target.len() as f64;
        let centre = target.iter().sum::<f64>() / count;
        let squares: f64 = target.iter().map(|value| (value - centre).powi(2)).sum();
        let unit = (squares / count).sqrt();
        if !(unit.is_finite() && unit > 0.0) {
            return None;
        }
        let standardised: Vec<f64> = target.iter().map(|value| (value - centre) / unit).collect();
        let features = features(columns, target.len());
        let coding = Coding::learn(&features, &rows, MOST_BINS);
        let learned = Rows {
            features: &features,
            of_table: &rows,
            target: Target::Numbers(&standardised),
            binary: false,
        };
        let boosted = unattended(|control| match rounds {
            None => Boosted::grow(&coding, learned, seed, control).map(|(boosted, _)| boosted),
            Some(rounds) => Boosted::grow_rounds(&coding, learned, rounds, seed, control),
        })
        .ok()?;
        Some(Self {
            row: Bytes {
                rows: 1,
                columns: vec![vec![MISSING_BIN]; coding.columns.len()],
            },
            edges: features.columns.into_iter().map(edges).collect(),
            coding,
            boosted,
            centre,
            unit,
        })
    }

    /// Trees.
    pub(in crate::contest) fn rounds(&self) -> usize {
        self.boosted.rounds()
    }

    /// What is answered to a row with one number a column.
    pub(in crate::contest) fn answer(&mut self, row: &[f64]) -> f64 {
        for (byte, column) in self.row.columns.iter_mut().zip(&self.coding.columns) {
            let feature = column.source.feature();
            let bin = match row.get(feature) {
                Some(value) if !value.is_nan() => {
                    1 + self.edges[feature].partition_point(|edge| edge < value)
                }
                Some(_) | None => usize::from(MISSING_BIN),
            };
            byte[0] = column.byte_of_bin.get(bin).copied().unwrap_or(MISSING_BIN);
        }
        let mut answer = Vec::with_capacity(1);
        self.boosted.answer(&self.row, &mut answer);
        self.centre + answer[0] * self.unit
    }
}

fn features(columns: Vec<Vec<f64>>, rows: usize) -> Features {
    let columns = columns.into_iter().map(|values| {
        let values = FeatureValues::Number(values);
        Feature {
            column: String::new(),
            part: Part::Whole,
            bins: bin(&values, None),
            values: Arc::new(values),
        }
    });
    Features {
        rows,
        columns: columns.collect(),
        group: None,
        time: None,
    }
}

fn edges(feature: Feature) -> Vec<f64> {
    match feature.bins.meaning {
        BinMeaning::Edges(edges) => edges,
        BinMeaning::Levels { .. } | BinMeaning::Whole => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step at 5, the same at any height of the second column, which is empty at times.
    fn stepped() -> (Vec<Vec<f64>>, Vec<f64>) {
        let first: Vec<f64> = (0..120).map(|row| f64::from(row * 7 % 12)).collect();
        let second = (0..120)
            .map(|row| {
                if row % 9 == 0 {
                    f64::NAN
                } else {
                    f64::from(row % 5)
                }
            })
            .collect();
        let target = first
            .iter()
            .map(|value| if *value < 5.0 { 100.0 } else { 300.0 })
            .collect();
        (vec![first, second], target)
    }

    #[test]
    fn a_step_is_found_and_rounds_can_be_kept() {
        let (columns, target) = stepped();
        let mut grown = NumberTrees::grow(columns.clone(), &target, None, 0).unwrap();
        let mut again = NumberTrees::grow(columns, &target, Some(grown.rounds()), 0).unwrap();
        for (row, expected) in [
            ([2.0, 1.0], 100.0),
            ([9.0, 1.0], 300.0),
            ([9.0, f64::NAN], 300.0),
        ] {
            let answer = grown.answer(&row);
            assert!(
                (answer - expected).abs() < 5.0,
                "{answer} is not {expected}"
            );
            assert_eq!(again.answer(&row), answer);
        }
    }

    #[test]
    fn where_nothing_changes_nothing_is_learned() {
        assert!(NumberTrees::grow(vec![vec![1.0, 2.0]], &[3.0, 3.0], None, 0).is_none());
        assert!(NumberTrees::grow(Vec::new(), &[], None, 0).is_none());
        let mut none =
            NumberTrees::grow(vec![vec![1.0; 60]], &[1.0, 3.0].repeat(30), None, 0).unwrap();
        assert_eq!(none.answer(&[1.0]), 2.0);
    }
}
