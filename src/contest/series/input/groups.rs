//! Which rows belong to which series, and in which order.

use super::places::Places;
use super::repairs::warning;
use crate::contest::series::calendar::Moment;
use crate::data::{MISSING_CODE, MISSING_DATE, Table, Values, Warning};
use crate::problem::Problem;
use crate::text::clean;

/// A larger share of rows with a moment that was there already means that a
/// column of series was overlooked.
const MOST_REPEATED: f64 = 0.1;

/// A row of one series.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) moment: Moment,
    pub(super) row: usize,
}

/// Rows by series, with the name of each.
pub(super) type Groups = Vec<(Option<String>, Vec<Point>)>;

/// Rows by series, in order of first appearance.
pub(super) fn rows_by_series(
    table: &Table,
    places: &Places,
    moments: &[Moment],
) -> Result<Groups, Problem> {
    let point = |row: usize| Point {
        moment: moments[row],
        row,
    };
    let Some(group) = places.group else {
        return Ok(vec![(None, (0..table.rows).map(point).collect())]);
    };
    let column = &table.columns[group];
    let (codes, names): (Vec<usize>, Vec<String>) = match &column.values {
        Values::Category { codes, levels } => {
            if let Some(row) = codes.iter().position(|code| *code == MISSING_CODE) {
                return Err(series_missing(table, group, row));
            }
            (
                codes.iter().map(|code| *code as usize).collect(),
                levels.clone(),
            )
        }
        Values::Number(values) => {
            if let Some(row) = values.iter().position(|value| value.is_nan()) {
                return Err(series_missing(table, group, row));
            }
            code_by(values.iter().map(ToString::to_string))
        }
        Values::Date(values) => {
            if let Some(row) = values.iter().position(|value| *value == MISSING_DATE) {
                return Err(series_missing(table, group, row));
            }
            code_by(values.iter().map(ToString::to_string))
        }
    };
    let mut groups: Vec<(Option<String>, Vec<Point>)> = names
        .into_iter()
        .map(|name| (Some(name), Vec::new()))
        .collect();
    for (row, code) in codes.into_iter().enumerate() {
        groups[code].1.push(point(row));
    }
    groups.retain(|(_, points)| !points.is_empty());
    Ok(groups)
}

/// Codes in order of first appearance.
fn code_by(texts: impl Iterator<Item = String>) -> (Vec<usize>, Vec<String>) {
    let mut known = std::collections::BTreeMap::new();
    let mut names = Vec::new();
    let codes = texts
        .map(|text| {
            *known.entry(text).or_insert_with_key(|text| {
                names.push(text.clone());
                names.len() - 1
            })
        })
        .collect();
    (codes, names)
}

fn series_missing(table: &Table, column: usize, row: usize) -> Problem {
    Problem::new(
        "series-missing",
        format!(
            "the column of series “{}” is empty here",
            clean(&table.columns[column].name)
        ),
        "say which series the row belongs to, or remove it",
    )
    .in_file(&table.source)
    .at(row + 2, column + 1)
}

/// Brings the rows of each series into the order of time.
pub(super) fn sort(groups: &mut [(Option<String>, Vec<Point>)], warnings: &mut Vec<Warning>) {
    let mut unsorted = 0;
    for (_, points) in groups {
        let backwards = points
            .windows(2)
            .filter(|pair| pair[1].moment < pair[0].moment)
            .count();
        if backwards > 0 {
            unsorted += backwards;
            points.sort_by_key(|point| (point.moment, point.row));
        }
    }
    if unsorted > 0 {
        warnings.push(warning(
            "unsorted-rows",
            format!("{unsorted} rows come before the row above them in time; rows were sorted"),
            "nothing, if the time column is the right one",
        ));
    }
}

/// Many rows with a moment that was there already are series that were not told apart.
pub(super) fn refuse_repetitions(
    table: &Table,
    places: &Places,
    groups: &[(Option<String>, Vec<Point>)],
) -> Result<(), Problem> {
    let repeats = |points: &[Point]| {
        points
            .windows(2)
            .filter(|pair| pair[0].moment == pair[1].moment)
            .count()
    };
    let repeated: usize = groups.iter().map(|(_, points)| repeats(points)).sum();
    let rows: usize = groups.iter().map(|(_, points)| points.len()).sum();
    if repeated as f64 <= MOST_REPEATED * rows as f64 {
        return Ok(());
    }
    let first = groups
        .iter()
        .flat_map(|(_, points)| points.windows(2))
        .find(|pair| pair[0].moment == pair[1].moment)
        .map_or(0, |pair| pair[1].row);
    let remedy = if places.group.is_some() {
        "name the column that tells all series apart, or add up the rows of each moment first"
    } else {
        "name the column that tells the series apart (--group), or add up the rows of each moment"
    };
    Err(Problem::new(
        "several-series",
        format!(
            "expected one row for each moment of a series, found {repeated} of {rows} rows whose \
             moment was there already"
        ),
        remedy,
    )
    .in_file(&table.source)
    .at(first + 2, places.time + 1))
}
