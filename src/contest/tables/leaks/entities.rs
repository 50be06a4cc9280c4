//! A column that names an entity with several rows, when rows are split as if they were strangers.

use super::Evidence;
use crate::contest::recommend::thousands;
use crate::data::{Column, Kind, MISSING_CODE, Role, Values, Warning};
use crate::text::clean;

/// Fewer entities are a category.
const FEWEST: usize = 20;

/// Rows of an entity, on average.
const ROWS: std::ops::RangeInclusive<f64> = 1.5..=50.0;

/// Words in a header that speak of an entity.
const WORDS: [&str; 16] = [
    "id",
    "customer",
    "client",
    "patient",
    "user",
    "person",
    "account",
    "member",
    "employee",
    "student",
    "subject",
    "household",
    "device",
    "machine",
    "vehicle",
    "traveller",
];

pub(super) fn split_entities(evidence: Evidence<'_>) -> Vec<Warning> {
    if evidence.features.group.is_some() || evidence.features.time.is_some() {
        return Vec::new();
    }
    evidence
        .setup
        .table
        .columns
        .iter()
        .zip(evidence.roles)
        .filter(|(_, role)| matches!(role.role, Role::Feature | Role::Id | Role::Ignored))
        .filter_map(|(column, _)| {
            let found = entities(column)?;
            Some(Warning {
                code: "entity-split".to_owned(),
                column: Some(column.name.clone()),
                detail: format!(
                    "{} looks like the name of {} entities with {:.1} rows each on average; rows \
                     of one entity are now in training and in test",
                    clean(&column.name),
                    thousands(found.entities as u64),
                    found.rows
                ),
                remedy: "if new entities will be predicted, name the column as the group, so that \
                         an entity is never on both sides"
                    .to_owned(),
            })
        })
        .collect()
}

struct Found {
    entities: usize,
    rows: f64,
}

/// Whether a column names entities: many values with several rows each, and a
/// header that says so or rows that stand together in equal numbers.
fn entities(column: &Column) -> Option<Found> {
    let codes: Vec<u64> = match &column.values {
        Values::Number(values) => {
            if values
                .iter()
                .any(|value| value.is_nan() || value.fract() != 0.0)
            {
                return None;
            }
            values.iter().map(|value| value.to_bits()).collect()
        }
        Values::Category { codes, .. } => {
            if column.kind == Kind::Boolean || codes.contains(&MISSING_CODE) {
                return None;
            }
            codes.iter().copied().map(u64::from).collect()
        }
        Values::Date(_) => return None,
    };
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let rows = codes.len() as f64 / sorted.len().max(1) as f64;
    if sorted.len() < FEWEST || !ROWS.contains(&rows) {
        return None;
    }
    let lengths: Vec<usize> = codes
        .chunk_by(|left, right| left == right)
        .map(<[u64]>::len)
        .collect();
    let in_blocks = lengths.len() == sorted.len()
        && lengths.iter().all(|length| *length == lengths[0])
        && lengths[0] > 1;
    (in_blocks || says_so(&column.name)).then_some(Found {
        entities: sorted.len(),
        rows,
    })
}

fn says_so(name: &str) -> bool {
    name.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| WORDS.contains(&word))
}
