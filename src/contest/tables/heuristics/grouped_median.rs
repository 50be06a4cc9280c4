//! The median of rows like this one, of rows a little like it where those are few, else of all.

use super::keys::{self, Key};
use super::lookup::LookupTable;
use super::no_usable_column;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::Outcome;
use crate::contest::tables::naive::median;
use crate::vocabulary::Rung;

/// Rows that a cell needs to be asked.
const FEWEST_ROWS: usize = 5;

/// Medians by one key or two, with back-off to the first key and to all rows.
pub(super) struct GroupedMedian;

impl Contender for GroupedMedian {
    fn id(&self) -> &'static str {
        "grouped-median"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Query
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        match target {
            Truth::Numbers(_) => no_usable_column(features),
            Truth::Classes { .. } => Some("needs numbers; the target is a class".into()),
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let Truth::Numbers(values) = training.target else {
            return Err(FitError::Failed("needs numbers".into()));
        };
        let outcome = Outcome::read(training)?;
        let keys = keys::choose(training, &outcome)?.keys;
        let overall = median(&mut values.to_vec());
        let coarse = medians(&keys[..1], training, values, &|_| overall);
        let second = keys.get(1).map_or(1, |key| key.levels);
        let fine = if keys.len() == 2 {
            medians(&keys, training, values, &|cell| coarse[cell / second])
        } else {
            coarse
        };
        let table = LookupTable::new(keys, training, &outcome, vec![overall], |cell, _| {
            vec![fine[cell]]
        });
        Ok(Box::new(table))
    }
}

/// The median of each cell, or what `back_off` says of the cell where it has too few rows.
fn medians(
    keys: &[Key],
    training: &Training<'_>,
    values: &[f64],
    back_off: &dyn Fn(usize) -> f64,
) -> Vec<f64> {
    let cells = keys.iter().map(|key| key.levels).product();
    let mut held: Vec<Vec<f64>> = vec![Vec::new(); cells];
    for (row, value) in training.rows.iter().zip(values) {
        held[LookupTable::cell(keys, training.features, *row)].push(*value);
    }
    held.iter_mut()
        .enumerate()
        .map(|(cell, held)| {
            if held.len() < FEWEST_ROWS {
                back_off(cell)
            } else {
                median(held)
            }
        })
        .collect()
}
