//! The order of the rows, or a running number, that predicts the target.
//!
//! A file sorted by its target is only sorted. One in which the outcome drifts
//! from top to bottom has a time that nobody named, and shuffled folds then let
//! the future predict the past.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::Evidence;
use crate::contest::target::Target;
use crate::data::{Column, Kind, MISSING_DATE, Role, Values, Warning};
use crate::text::clean;

/// The most parts that the rows are cut into, the fewest rows of one, and the
/// fewest parts that say anything.
const PARTS: usize = 20;
const ROWS_OF_A_PART: usize = 10;
const FEWEST_PARTS: usize = 5;

/// The least share of the target's variation that the part explains, and the
/// chance of that happening by itself.
const EXPLAINED: f64 = 0.25;
const BY_CHANCE: f64 = 1e-6;

/// The code of a warning about where rows stand in the file.
pub(super) const OF_ROWS: &str = "row-order-predicts";

pub(super) fn order_predicts(evidence: Evidence<'_>) -> Vec<Warning> {
    let setup = evidence.setup;
    if evidence.features.time.is_some() || setup.table.rows < FEWEST_PARTS * ROWS_OF_A_PART {
        return Vec::new();
    }
    let rows: Vec<u32> = (0..setup.table.rows as u32).collect();
    let mut found = Vec::new();
    if let Some(explained) = explained(&setup.target, &rows) {
        found.push(Warning {
            code: OF_ROWS.to_owned(),
            column: None,
            detail: format!(
                "where a row stands in the file explains {:.0} % of the target's variation",
                100.0 * explained
            ),
            remedy: remedy(evidence),
        });
    }
    for (column, role) in setup.table.columns.iter().zip(evidence.roles) {
        if !matches!(role.role, Role::Feature | Role::Id) {
            continue;
        }
        let Some(order) = running_number(column) else {
            continue;
        };
        if let Some(explained) = explained(&setup.target, &order) {
            found.push(Warning {
                code: "id-predicts".to_owned(),
                column: Some(column.name.clone()),
                detail: format!(
                    "{} numbers the rows, and its order explains {:.0} % of the target's \
                     variation",
                    clean(&column.name),
                    100.0 * explained
                ),
                remedy: "leave it out: a new row's number will be beyond all that was learned"
                    .to_owned(),
            });
        }
    }
    found
}

/// What to do about it, with the column of moments that rises down the file, if there is one.
fn remedy(evidence: Evidence<'_>) -> String {
    match rising_moment(evidence) {
        Some(column) => format!(
            "rows are in order of {}: name it as the time, so that what is tested comes after \
             what was learned",
            clean(&column.name)
        ),
        None => "rows seem to be in order of time or of entity: name that column, so that the \
                 split respects it"
            .to_owned(),
    }
}

/// A column of moments, none missing, none before the one above it.
fn rising_moment(evidence: Evidence<'_>) -> Option<&Column> {
    evidence.setup.table.columns.iter().find(|column| {
        matches!(&column.values, Values::Date(moments)
            if moments.is_sorted()
                && moments.first() < moments.last()
                && moments.first() != Some(&MISSING_DATE))
    })
}

/// Rows in the order of a column of whole numbers, each different.
fn running_number(column: &Column) -> Option<Vec<u32>> {
    let Values::Number(values) = &column.values else {
        return None;
    };
    if column.kind != Kind::Number
        || values
            .iter()
            .any(|value| value.is_nan() || value.fract() != 0.0)
    {
        return None;
    }
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_by(|left, right| values[*left as usize].total_cmp(&values[*right as usize]));
    let distinct = order
        .windows(2)
        .all(|pair| values[pair[0] as usize] < values[pair[1] as usize]);
    distinct.then_some(order)
}

/// Share of the target's variation between parts of this order, beyond chance,
/// where the rows are not simply sorted by the target.
fn explained(target: &Target, order: &[u32]) -> Option<f64> {
    let rows = order.len();
    let parts = PARTS.min(rows / ROWS_OF_A_PART);
    let part = |place: usize| place * parts / rows;
    let indicators: Vec<Vec<f64>> = match target {
        Target::Classes { classes, values } => {
            let runs = order
                .windows(2)
                .filter(|pair| values[pair[0] as usize] != values[pair[1] as usize])
                .count();
            if runs < *classes {
                return None;
            }
            (0..*classes as u32)
                .map(|class| {
                    order
                        .iter()
                        .map(|row| f64::from(u8::from(values[*row as usize] == class)))
                        .collect()
                })
                .collect()
        }
        Target::Numbers(values) => {
            let own: Vec<f64> = order.iter().map(|row| values[*row as usize]).collect();
            let rising = own.is_sorted();
            let falling = own.iter().rev().is_sorted();
            if rising || falling {
                return None;
            }
            vec![own]
        }
    };
    let (mut between, mut whole) = (0.0, 0.0);
    for values in &indicators {
        let centre = values.iter().sum::<f64>() / rows as f64;
        let mut sums = vec![(0.0, 0.0); parts];
        for (place, value) in values.iter().enumerate() {
            sums[part(place)].0 += value;
            sums[part(place)].1 += 1.0;
            whole += (value - centre) * (value - centre);
        }
        between += sums
            .iter()
            .filter(|(_, count)| *count > 0.0)
            .map(|(sum, count)| count * (sum / count - centre) * (sum / count - centre))
            .sum::<f64>();
    }
    if whole <= 0.0 || between >= whole {
        return None;
    }
    let share = between / whole;
    let (up, down) = ((parts - 1) as f64, (rows - parts) as f64);
    let statistic = (share / up) / ((1.0 - share) / down);
    let chance = FisherSnedecor::new(up, down).map_or(1.0, |law| law.sf(statistic));
    (share >= EXPLAINED && chance <= BY_CHANCE).then_some(share)
}
