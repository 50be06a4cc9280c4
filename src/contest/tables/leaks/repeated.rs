//! Rows that stand in the table more than once: a test row may have been seen in training.

use super::Evidence;
use crate::contest::recommend::thousands;
use crate::contest::tables::hash::mix;
use crate::contest::target::Target;
use crate::data::{Values, Warning};

/// The least share of rows, and the fewest, that repeat another.
const SHARE: f64 = 0.01;
const FEWEST: usize = 5;

/// How many times more repeats than coincidence brings.
const BEYOND_CHANCE: f64 = 100.0;

pub(super) fn repeated_rows(evidence: Evidence<'_>) -> Option<Warning> {
    let table = &evidence.setup.table;
    let columns: Vec<Vec<u64>> = table
        .columns
        .iter()
        .zip(evidence.roles)
        .filter(|(_, role)| role.role == crate::data::Role::Feature)
        .map(|(column, _)| words(&column.values))
        .chain([target_words(&evidence.setup.target)])
        .collect();
    if columns.len() < 3 {
        return None;
    }
    let mut whole: Vec<u64> = (0..table.rows)
        .map(|row| {
            columns
                .iter()
                .fold(0, |state, column| mix(&[state, column[row]]))
        })
        .collect();
    whole.sort_unstable();
    let (mut extra, mut pairs) = (0usize, 0.0);
    for same in whole.chunk_by(|left, right| left == right) {
        extra += same.len() - 1;
        pairs += same.len() as f64 * (same.len() as f64 - 1.0) / 2.0;
    }
    let rows = table.rows as f64;
    let chance = columns
        .iter()
        .map(|column| same_value(column))
        .product::<f64>();
    let expected = rows * (rows - 1.0) / 2.0 * chance;
    if extra < FEWEST || (extra as f64) < SHARE * rows || pairs < BEYOND_CHANCE * expected {
        return None;
    }
    Some(Warning {
        code: "repeated-rows".to_owned(),
        column: None,
        detail: format!(
            "{} of {} rows repeat another row in every column, so that test rows have been seen \
             in training",
            thousands(extra as u64),
            thousands(table.rows as u64)
        ),
        remedy: "remove the copies, or name the column of the entity that they belong to as the \
                 group"
            .to_owned(),
    })
}

/// Each value as a word; equal values are equal words.
fn words(values: &Values) -> Vec<u64> {
    match values {
        Values::Number(values) => values
            .iter()
            .map(|value| if *value == 0.0 { 0 } else { value.to_bits() })
            .collect(),
        Values::Category { codes, .. } => codes.iter().copied().map(u64::from).collect(),
        Values::Date(values) => values.iter().map(|value| value.cast_unsigned()).collect(),
    }
}

fn target_words(target: &Target) -> Vec<u64> {
    match target {
        Target::Classes { values, .. } => values.iter().copied().map(u64::from).collect(),
        Target::Numbers(values) => values.iter().map(|value| value.to_bits()).collect(),
    }
}

/// The chance that two different rows have the same value.
fn same_value(column: &[u64]) -> f64 {
    let mut sorted = column.to_vec();
    sorted.sort_unstable();
    let pairs = |rows: usize| rows as f64 * (rows as f64 - 1.0);
    let same: f64 = sorted
        .chunk_by(|left, right| left == right)
        .map(|same| pairs(same.len()))
        .sum();
    same / pairs(column.len()).max(1.0)
}
