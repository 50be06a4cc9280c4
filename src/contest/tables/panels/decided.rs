//! What was decided for each row while it was a test row: calibration, and errors by group.

use crate::contest::metric::{Decided, Grouping, calibration, errors_by_group};
use crate::contest::panels::{Calibration, GroupErrors};
use crate::contest::predictions::{ClassPredictions, Predictions};
use crate::contest::tables::assemble::Materials;
use crate::data::{Role, Values};

/// Test rows of the first repeat, each once, with what was predicted for them.
struct Tested {
    rows: Vec<u32>,
    truth: Vec<u32>,
    predicted: ClassPredictions,
}

fn tested(materials: &Materials<'_>, entry: usize) -> Option<Tested> {
    let arena = materials.arena;
    let (classes, class_of) = arena.target.classes()?;
    let mut found = Tested {
        rows: Vec::new(),
        truth: Vec::new(),
        predicted: ClassPredictions {
            classes,
            probabilities: Vec::new(),
            decisions: Vec::new(),
        },
    };
    let folds = arena.plan.folds(&arena.keys(), arena.seed, 0);
    for (fold, attempts) in folds.iter().zip(&materials.held.first) {
        let trial = attempts.get(entry)?.as_ref().ok()?;
        for (rows, predictions) in fold.tests.iter().zip(&trial.predictions) {
            let Predictions::Classes(part) = predictions else {
                return None;
            };
            found.rows.extend(rows);
            found
                .truth
                .extend(rows.iter().map(|row| class_of[*row as usize]));
            found.predicted.probabilities.extend(&part.probabilities);
            found.predicted.decisions.extend(&part.decisions);
        }
    }
    Some(found)
}

/// Whether the stated probabilities of a contender come true; two classes only.
pub(super) fn calibrated(materials: &Materials<'_>, entry: usize) -> Option<Calibration> {
    let positive = materials.setup.positive?;
    let tested = tested(materials, entry)?;
    let stated: Vec<f64> = tested
        .predicted
        .probabilities
        .chunks_exact(2)
        .map(|row| row[positive.min(1) as usize])
        .collect();
    let happened: Vec<bool> = tested
        .truth
        .iter()
        .map(|class| *class == positive)
        .collect();
    let id = materials.arena.entries[entry].contender.id();
    Some(calibration(id, &stated, &happened))
}

/// Errors of each tier's winner and of each column that came along, by group
/// of each protected attribute.
pub(super) fn errors(materials: &Materials<'_>) -> Vec<GroupErrors> {
    let mut found = Vec::new();
    for (column, role) in materials.setup.table.columns.iter().zip(materials.roles) {
        if role.role != Role::Protected {
            continue;
        }
        let Some((names, group_of)) = groups(&column.values) else {
            continue;
        };
        for entry in compared(materials) {
            let Some(tested) = tested(materials, entry) else {
                continue;
            };
            let of_row: Vec<u32> = tested
                .rows
                .iter()
                .map(|row| group_of[*row as usize])
                .collect();
            found.push(errors_by_group(
                &Decided {
                    contender: materials.arena.entries[entry].contender.id(),
                    truth: &tested.truth,
                    decisions: &tested.predicted.decisions,
                    positive: materials.setup.positive,
                },
                &Grouping {
                    column: &column.name,
                    names: &names,
                    of_row: &of_row,
                },
            ));
        }
    }
    found
}

/// The winner of each tier, then the columns that came along.
fn compared(materials: &Materials<'_>) -> Vec<usize> {
    let held = materials.held;
    let winners = held.winners.iter().map(|(_, winner)| *winner);
    let columns = (0..materials.arena.entries.len()).filter(|entry| {
        materials.arena.entries[*entry].contender.tier() == crate::contest::evidence::Tier::External
            && held.scores[*entry].is_ok()
    });
    winners.chain(columns).collect()
}

/// Groups of a protected attribute: its names, or the fifths of its numbers.
fn groups(values: &Values) -> Option<(Vec<String>, Vec<u32>)> {
    match values {
        Values::Category { codes, levels } => Some((levels.clone(), codes.clone())),
        Values::Number(numbers) => Some(bands(numbers)),
        Values::Date(_) => None,
    }
}

/// Up to five bands of about equally many rows.
fn bands(numbers: &[f64]) -> (Vec<String>, Vec<u32>) {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut edges: Vec<f64> = (1..5)
        .filter_map(|part| sorted.get(sorted.len() * part / 5).copied())
        .collect();
    edges.dedup();
    let name = |band: usize| match (
        band.checked_sub(1).map(|below| edges[below]),
        edges.get(band),
    ) {
        (None, Some(to)) => format!("under {to}"),
        (Some(from), Some(to)) => format!("{from} to under {to}"),
        (Some(from), None) => format!("{from} and more"),
        (None, None) => "all".to_owned(),
    };
    let names = (0..=edges.len()).map(name).collect();
    let of_row = numbers
        .iter()
        .map(|value| {
            if value.is_finite() {
                edges.partition_point(|edge| edge <= value) as u32
            } else {
                u32::MAX
            }
        })
        .collect();
    (names, of_row)
}
