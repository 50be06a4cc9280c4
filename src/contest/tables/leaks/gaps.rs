//! A column that is filled (or empty) for one outcome only: somebody filled it in afterwards.

use super::Evidence;
use crate::contest::intervals::wilson;
use crate::contest::recommend::thousands;
use crate::contest::target::Target;
use crate::data::{Column, Role, Warning};
use crate::text::clean;

/// Groups of fewer rows say nothing.
const FEWEST: usize = 20;

/// The least share of one class among filled (or empty) rows, for certain.
const PURE: f64 = 0.9;

/// How many times rarer other classes must be there than they are everywhere.
const RARER: f64 = 3.0;

/// The least share of a number's variation that gaps may explain.
const EXPLAINED: f64 = 0.5;

pub(super) fn filled_for_one_outcome(evidence: Evidence<'_>) -> Vec<Warning> {
    evidence
        .setup
        .table
        .columns
        .iter()
        .zip(evidence.roles)
        .filter(|(_, role)| role.role == Role::Feature)
        .filter_map(|(column, _)| {
            let detail = match &evidence.setup.target {
                Target::Classes { classes, values } => {
                    one_class(column, *classes, values, &evidence.setup.classes)?
                }
                Target::Numbers(values) => numbers_differ(column, values)?,
            };
            Some(Warning {
                code: "filled-for-one-outcome".to_owned(),
                column: Some(column.name.clone()),
                detail,
                remedy: "it was probably filled in when the outcome was known: leave it out, \
                         unless it is filled in like this before the decision"
                    .to_owned(),
            })
        })
        .collect()
}

fn one_class(column: &Column, classes: usize, values: &[u32], names: &[String]) -> Option<String> {
    // [empty, filled][class]
    let mut counts = vec![vec![0usize; classes]; 2];
    for (row, class) in values.iter().enumerate() {
        let filled = usize::from(!column.values.is_missing(row));
        counts[filled][*class as usize] += 1;
    }
    let total = values.len() as f64;
    for filled in [1, 0] {
        let rows: usize = counts[filled].iter().sum();
        if rows < FEWEST || rows + FEWEST > values.len() {
            continue;
        }
        let (class, hits) = counts[filled]
            .iter()
            .enumerate()
            .max_by_key(|(_, hits)| **hits)?;
        let everywhere = (counts[0][class] + counts[1][class]) as f64 / total;
        let (at_least, _) = wilson(*hits, rows);
        if at_least >= PURE && 1.0 - everywhere >= RARER * (1.0 - at_least) {
            let how = if filled == 1 { "filled" } else { "empty" };
            return Some(format!(
                "{} of the {} rows in which {} is {how} are \u{201c}{}\u{201d}, against {:.0} % \
                 of all rows",
                thousands(*hits as u64),
                thousands(rows as u64),
                clean(&column.name),
                clean(names.get(class).map_or("?", String::as_str)),
                100.0 * everywhere
            ));
        }
    }
    None
}

fn numbers_differ(column: &Column, values: &[f64]) -> Option<String> {
    let mut sums = [(0.0, 0.0); 2];
    for (row, value) in values.iter().enumerate() {
        let of = &mut sums[usize::from(!column.values.is_missing(row))];
        of.0 += value;
        of.1 += 1.0;
    }
    let [(empty, empty_rows), (filled, filled_rows)] = sums;
    if empty_rows < FEWEST as f64 || filled_rows < FEWEST as f64 {
        return None;
    }
    let (empty, filled) = (empty / empty_rows, filled / filled_rows);
    let centre = values.iter().sum::<f64>() / values.len() as f64;
    let whole: f64 = values
        .iter()
        .map(|value| (value - centre) * (value - centre))
        .sum();
    let between = empty_rows * (empty - centre) * (empty - centre)
        + filled_rows * (filled - centre) * (filled - centre);
    (whole > 0.0 && between / whole >= EXPLAINED).then(|| {
        format!(
            "whether {} is filled explains {:.0} % of the variation of the target",
            clean(&column.name),
            100.0 * between / whole
        )
    })
}
