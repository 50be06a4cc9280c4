//! From a table with roles to series on an even grid of moments.
//!
//! What is repaired is said: unsorted rows are sorted, values of one series
//! and moment are averaged, moments without a value are gaps. What would have

mod columns;
mod grid;
mod groups;
mod moments;
mod places;
mod repairs;

pub(super) use self::repairs::warning;

use self::columns::{as_numbers, numbers};
use self::grid::Grid;
use self::places::Places;
use self::repairs::Repairs;
use super::calendar::Moment;
use super::frequency::Frequency;
use crate::contest::request::Request;
use crate::data::{ColumnRole, Table, Warning};
use crate::problem::Problem;

/// One series on its grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    /// Its name, where there are several (untrusted).
    pub(super) name: Option<String>,
    /// The moment of the first value.
    pub(super) start: Moment,
    /// One value a step; NaN is a gap. The first and the last one are values.
    pub(super) values: Vec<f64>,
    /// Columns that stand beside the target, at the same steps and as far as
    /// the rows go, which may be further than the values do.
    pub(super) beside: Vec<Vec<f64>>,
}

/// All series of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Input {
    /// Distance between points.
    pub(super) frequency: Frequency,
    /// How the frequency was found, in a sentence.
    pub(super) frequency_why: String,
    /// The series in order of first appearance.
    pub(super) series: Vec<Series>,
    /// Names of the columns in [`Series::beside`]: external forecasts first, in
    /// the order of the request, then features.
    pub(super) beside: Vec<String>,
    /// How many of them are external forecasts.
    pub(super) externals: usize,
    /// What was repaired or is worth knowing.
    pub(super) warnings: Vec<Warning>,
}

/// Reads the series.
///
/// # Errors
/// Roles that are missing or do not fit, moments that cannot be read, mixed
/// frequencies, several values for most moments, nothing to forecast.
pub(super) fn read(
    table: &Table,
    roles: &[ColumnRole],
    request: &Request,
) -> Result<Input, Problem> {
    let places = Places::find(table, roles, request)?;
    let target = numbers(table, places.target, "bad-target", "the target")?;
    let (moments, are_numbers) = moments::read(table, places.time)?;
    let mut groups = groups::rows_by_series(table, &places, &moments)?;
    let mut warnings = Vec::new();
    groups::sort(&mut groups, &mut warnings);
    groups::refuse_repetitions(table, &places, &groups)?;
    let distinct: Vec<Vec<Moment>> = groups
        .iter()
        .map(|(_, points)| {
            let mut moments: Vec<Moment> = points.iter().map(|point| point.moment).collect();
            moments.dedup();
            moments
        })
        .collect();
    let frequency = if are_numbers {
        Frequency::of_numbers(&distinct)
    } else {
        Frequency::infer(&distinct)
    }
    .ok_or_else(|| too_few_moments(table))?;
    let columns: Vec<Vec<f64>> = places
        .beside
        .iter()
        .map(|column| as_numbers(&table.columns[*column]))
        .collect();
    let mut series = Vec::with_capacity(groups.len());
    let mut repairs = Repairs::default();
    for (name, points) in groups {
        let laid = Grid {
            table,
            time: places.time,
            frequency,
            target,
            columns: &columns,
        }
        .lay(name, &points, &mut repairs)?;
        if let Some(laid) = laid {
            series.push(laid);
        }
    }
    if series.is_empty() {
        return Err(nothing_left(table, &places, &repairs));
    }
    repairs.warn(frequency, &mut warnings);
    Ok(Input {
        frequency,
        frequency_why: format!(
            "most neighbouring rows{} are one {} apart",
            if series.len() > 1 { " of a series" } else { "" },
            frequency.word()
        ),
        series,
        beside: places
            .beside
            .iter()
            .map(|column| table.columns[*column].name.clone())
            .collect(),
        externals: places.externals,
        warnings,
    })
}

/// Why no series can be used.
fn nothing_left(table: &Table, places: &Places, repairs: &Repairs) -> Problem {
    let problem = match repairs.first_hole {
        None => Problem::new(
            "no-target-values",
            "the target has no value in any row",
            "choose another target column",
        )
        .at(1, places.target + 1),
        Some(row) => Problem::new(
            "too-many-gaps",
            format!(
                "expected a value for most moments, found more than a third of them without one{}; \
                 the first is missing here",
                if places.group.is_some() {
                    " in every series"
                } else {
                    ""
                }
            ),
            "fill in the missing values (zero, if nothing happened), or begin where the series \
             is complete",
        )
        .at(row + 2, places.target + 1),
    };
    problem.in_file(&table.source)
}

fn too_few_moments(table: &Table) -> Problem {
    Problem::new(
        "series-too-short",
        format!(
            "a forecast needs a series of several moments, found {} row{}",
            table.rows,
            if table.rows == 1 { "" } else { "s" }
        ),
        "collect at least 14 points of a series, more for a longer horizon",
    )
    .in_file(&table.source)
}
