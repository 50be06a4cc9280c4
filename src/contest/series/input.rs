//! From a table with roles to series on an even grid of moments.
//!
//! What is repaired is said: unsorted rows are sorted, values of one series
//! and moment are averaged, moments without a value are gaps. What would have
//! to be guessed is refused with its place.

use super::calendar::{self, DAY, Moment};
use super::frequency::Frequency;
use super::places::Places;
use crate::contest::request::Request;
use crate::data::{Column, ColumnRole, MISSING_CODE, MISSING_DATE, Role, Table, Values, Warning};
use crate::problem::Problem;
use crate::text::clean;

/// A larger share of rows with a moment that was there already means that a
/// column of series was overlooked.
const MOST_REPEATED: f64 = 0.1;

/// A larger share of moments without a row means that the frequency is not one;
/// of moments without a value, that there is too little to learn from.
const MOST_MISSING: f64 = 1.0 / 3.0;

/// Whole numbers in this range are years.
const YEARS: std::ops::RangeInclusive<f64> = 1500.0..=2200.0;

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

/// A row of one series.
#[derive(Clone, Copy)]
struct Point {
    moment: Moment,
    row: usize,
}

/// Rows by series, with the name of each.
type Groups = Vec<(Option<String>, Vec<Point>)>;

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
    let (moments, are_numbers) = moments(table, places.time)?;
    let mut groups = rows_by_series(table, &places, &moments)?;
    let mut warnings = Vec::new();
    sort(&mut groups, &mut warnings);
    refuse_repetitions(table, &places, &groups)?;
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

/// The numbers of a column that has to be one.
fn numbers<'a>(
    table: &'a Table,
    column: usize,
    code: &'static str,
    what: &str,
) -> Result<&'a [f64], Problem> {
    let found = &table.columns[column];
    if found.missing() == table.rows {
        // without any value it has no kind either
        return Err(Problem::new(
            "no-target-values",
            format!("{what} “{}” has no value in any row", clean(&found.name)),
            "choose another target column",
        )
        .in_file(&table.source)
        .at(1, column + 1));
    }
    match &found.values {
        Values::Number(values) => Ok(values),
        Values::Category { .. } | Values::Date(_) => Err(Problem::new(
            code,
            format!(
                "{what} of a forecast must be a number, “{}” holds values of kind {}",
                clean(&found.name),
                found.kind.id()
            ),
            "choose a column of numbers, or leave out the horizon for a table contest",
        )
        .in_file(&table.source)
        .at(1, column + 1)),
    }
}

/// Numbers of any column: yes and no are 1 and 0, other texts are missing.
fn as_numbers(column: &Column) -> Vec<f64> {
    match &column.values {
        Values::Number(values) => values.clone(),
        Values::Category { codes, levels } if levels.len() == 2 => codes
            .iter()
            .map(|code| match code {
                0 | 1 => f64::from(*code),
                _ => f64::NAN,
            })
            .collect(),
        Values::Category { codes, .. } => vec![f64::NAN; codes.len()],
        Values::Date(values) => vec![f64::NAN; values.len()],
    }
}

/// The moments of the rows, and whether they are plain numbers instead.
fn moments(table: &Table, column: usize) -> Result<(Vec<Moment>, bool), Problem> {
    let found = &table.columns[column];
    refuse_mixed_zones(table, column)?;
    let missing = |row: usize| {
        Problem::new(
            "moment-missing",
            format!("the time column “{}” is empty here", clean(&found.name)),
            "fill in when this was measured, or remove the row",
        )
        .in_file(&table.source)
        .at(row + 2, column + 1)
    };
    match &found.values {
        Values::Date(values) => match values.iter().position(|value| *value == MISSING_DATE) {
            Some(row) => Err(missing(row)),
            None => Ok((values.clone(), false)),
        },
        Values::Number(values) => {
            if let Some(row) = values.iter().position(|value| value.is_nan()) {
                return Err(missing(row));
            }
            let fits = |value: &f64| value.fract() == 0.0 && value.abs() < 9e15;
            if let Some(row) = values.iter().position(|value| !fits(value)) {
                return Err(Problem::new(
                    "bad-moment",
                    format!(
                        "expected a date, a year or a whole number in “{}”, found {}",
                        clean(&found.name),
                        values[row]
                    ),
                    "write moments as 2024-03-31, 2024-03-31 14:00 or as whole numbers",
                )
                .in_file(&table.source)
                .at(row + 2, column + 1));
            }
            let years = values.iter().all(|value| YEARS.contains(value));
            let moment = |value: &f64| {
                if years {
                    calendar::day_from(*value as i64, 1, 1) * DAY
                } else {
                    *value as i64
                }
            };
            Ok((values.iter().map(moment).collect(), !years))
        }
        Values::Category { codes, levels } => {
            let row = 0;
            let text = codes
                .first()
                .and_then(|code| levels.get(*code as usize))
                .map_or("", String::as_str);
            Err(Problem::new(
                "bad-moment",
                format!(
                    "expected dates in “{}”, found texts such as “{}”",
                    clean(&found.name),
                    clean(&crate::text::shorten(text, 40))
                ),
                "write moments as 2024-03-31 or 2024-03-31 14:00, all in one form and time zone",
            )
            .in_file(&table.source)
            .at(row + 2, column + 1))
        }
    }
}

/// Moments of several places or with and without a zone have no common order.
fn refuse_mixed_zones(table: &Table, column: usize) -> Result<(), Problem> {
    let name = &table.columns[column].name;
    let is_mixed = |note: &&Warning| {
        note.code == "mixed-time-zones" && note.column.as_deref() == Some(name.as_str())
    };
    match table.notes.iter().find(is_mixed) {
        None => Ok(()),
        Some(_) => Err(Problem::new(
            "mixed-time-zones",
            format!(
                "expected moments of one time zone in “{}”, found several, or some with a zone \
                 and some without",
                clean(name)
            ),
            "write all moments in one time zone, such as 2024-03-31T14:00:00Z",
        )
        .in_file(&table.source)
        .at(1, column + 1)),
    }
}

/// Rows by series, in order of first appearance.
fn rows_by_series(table: &Table, places: &Places, moments: &[Moment]) -> Result<Groups, Problem> {
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

fn sort(groups: &mut [(Option<String>, Vec<Point>)], warnings: &mut Vec<Warning>) {
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

fn refuse_repetitions(
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

/// What was repaired in all series together.
#[derive(Default)]
struct Repairs {
    duplicates: usize,
    moved_clocks: usize,
    gaps: usize,
    of: usize,
    series_with_gaps: usize,
    future: usize,
    emptied: usize,
    /// Series with too many gaps, and the row of the first gap in the first of them.
    holed: usize,
    first_hole: Option<usize>,
}

impl Repairs {
    fn warn(&self, frequency: Frequency, warnings: &mut Vec<Warning>) {
        if self.duplicates > 0 {
            let clock = if self.moved_clocks > 0 {
                format!(
                    "; {} of them look like the hour that comes twice when clocks go back",
                    self.moved_clocks
                )
            } else {
                String::new()
            };
            warnings.push(warning(
                "repeated-moments",
                format!(
                    "{} rows have a moment that was there already; their mean was taken{clock}",
                    self.duplicates
                ),
                "check whether they are corrections, parts of a sum, or a series of their own",
            ));
        }
        if self.gaps > 0 {
            warnings.push(warning(
                "gaps",
                format!(
                    "{} of {} {}s have no value{}; in what a forecast learns from, a gap lies on \
                     the line between its neighbours (the last value, while the next is not yet \
                     known), and no forecast is judged there",
                    self.gaps,
                    self.of,
                    frequency.word(),
                    if self.series_with_gaps > 1 {
                        format!(" (in {} series)", self.series_with_gaps)
                    } else {
                        String::new()
                    },
                ),
                "fill them in if the true values can be had; zero, if nothing happened",
            ));
        }
        if self.future > 0 {
            warnings.push(warning(
                "rows-without-target",
                format!(
                    "{} rows after the last value have no target; they were taken for the future",
                    self.future
                ),
                "nothing, if that is what they are",
            ));
        }
        if self.holed > 0 {
            warnings.push(warning(
                "too-many-gaps",
                format!(
                    "{} series have no value for more than a third of their {}s and were left out",
                    self.holed,
                    frequency.word()
                ),
                "fill in their missing values (zero, if nothing happened), or begin where they \
                 are complete",
            ));
        }
        if self.emptied > 0 {
            warnings.push(warning(
                "empty-series",
                format!(
                    "{} series have no value at all and were left out",
                    self.emptied
                ),
                "remove them",
            ));
        }
    }
}

/// All that is needed to lay a series on its grid.
struct Grid<'a> {
    table: &'a Table,
    time: usize,
    frequency: Frequency,
    target: &'a [f64],
    columns: &'a [Vec<f64>],
}

impl Grid<'_> {
    /// The series with a place for every step; none if it has no value.
    fn lay(
        &self,
        name: Option<String>,
        points: &[Point],
        repairs: &mut Repairs,
    ) -> Result<Option<Series>, Problem> {
        let known = |point: &&Point| !self.target[point.row].is_nan();
        let (Some(first), Some(last)) =
            (points.iter().find(known), points.iter().rev().find(known))
        else {
            repairs.emptied += 1;
            return Ok(None);
        };
        let start = first.moment;
        let mut positions = Vec::with_capacity(points.len());
        for point in points {
            let (position, on_mark) = self.frequency.position(start, point.moment);
            if !on_mark {
                return Err(self.mixed(point, start, name.as_deref()));
            }
            positions.push(position);
        }
        let (end, _) = self.frequency.position(start, last.moment);
        let length = end as usize + 1;
        self.refuse_holes(name.as_deref(), points, &positions, length)?;
        let reach = positions.last().copied().unwrap_or(0).max(end) as usize + 1;
        let mut means = vec![Mean::default(); length];
        let mut beside = vec![vec![f64::NAN; reach]; self.columns.len()];
        let mut previous: Option<(usize, Moment)> = None;
        for (point, position) in points.iter().zip(&positions) {
            let Ok(step) = usize::try_from(*position) else {
                continue;
            };
            if let Some((_, before)) = previous.filter(|(at, _)| *at == step) {
                if before != point.moment && matches!(self.frequency, Frequency::Months(_)) {
                    return Err(self.mixed(point, start, name.as_deref()));
                }
                repairs.duplicates += 1;
                repairs.moved_clocks += usize::from(self.is_repeated_hour(point.moment));
            }
            previous = Some((step, point.moment));
            for (column, values) in beside.iter_mut().zip(self.columns) {
                column[step] = values[point.row];
            }
            if step >= length {
                repairs.future += 1;
            } else if !self.target[point.row].is_nan() {
                means[step].add(self.target[point.row]);
            }
        }
        let values: Vec<f64> = means.iter().map(Mean::value).collect();
        let gaps = values.iter().filter(|value| value.is_nan()).count();
        if gaps as f64 > MOST_MISSING * length as f64 {
            let first = points
                .iter()
                .skip_while(|point| point.row != first.row)
                .find(|point| self.target[point.row].is_nan());
            repairs.holed += 1;
            repairs.first_hole = repairs.first_hole.or(first.map(|point| point.row));
            return Ok(None);
        }
        repairs.gaps += gaps;
        repairs.of += length;
        repairs.series_with_gaps += usize::from(gaps > 0);
        Ok(Some(Series {
            name,
            start,
            values,
            beside,
        }))
    }

    fn is_repeated_hour(&self, moment: Moment) -> bool {
        let (_, month, _) = calendar::date_of(calendar::day_of(moment));
        let hour = moment.rem_euclid(DAY) / 3_600;
        matches!(self.frequency, Frequency::Seconds(step) if step <= 3_600)
            && (0..=3).contains(&hour)
            && matches!(month, 3 | 4 | 9 | 10 | 11)
    }

    /// The row does not lie on the grid of the others.
    fn mixed(&self, point: &Point, start: Moment, name: Option<&str>) -> Problem {
        Problem::new(
            "mixed-frequencies",
            format!(
                "expected one row a {} counted from {}, found {} in between{}",
                self.frequency.word(),
                self.frequency.label(start),
                Frequency::Seconds(1).label(point.moment),
                of_series(name)
            ),
            "bring all rows to one frequency first, or split the file by frequency",
        )
        .in_file(&self.table.source)
        .at(point.row + 2, self.time + 1)
    }

    /// Too many moments without a row: the frequency is not the series' own, or a moment is wrong.
    fn refuse_holes(
        &self,
        name: Option<&str>,
        points: &[Point],
        positions: &[i64],
        length: usize,
    ) -> Result<(), Problem> {
        let mut steps = positions.to_vec();
        steps.dedup();
        let present = steps.len();
        if length as f64 * (1.0 - MOST_MISSING) <= present as f64 {
            return Ok(());
        }
        let widest = positions
            .windows(2)
            .enumerate()
            .max_by_key(|(index, pair)| (pair[1] - pair[0], std::cmp::Reverse(*index)));
        let (index, hole) = widest.map_or((0, 0), |(index, pair)| (index + 1, pair[1] - pair[0]));
        Err(Problem::new(
            "mixed-frequencies",
            format!(
                "expected about one row a {}, found rows for only {present} of {length} moments{}; \
                 the widest hole, of {hole}, ends here",
                self.frequency.word(),
                of_series(name)
            ),
            "check the moment in this row, fill in the missing rows, or add up to a longer period",
        )
        .in_file(&self.table.source)
        .at(points[index].row + 2, self.time + 1))
    }
}

fn of_series(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" (series “{}”)", clean(name)))
}

#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    fn value(&self) -> f64 {
        if self.count == 0 {
            f64::NAN
        } else {
            self.sum / self.count as f64
        }
    }
}

/// A warning about the time column or the series as a whole.
pub(super) fn warning(code: &str, detail: String, remedy: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        column: None,
        detail,
        remedy: remedy.to_owned(),
    }
}

/// Whether the role lets a column stand beside the target.
pub(super) fn may_stand_beside(role: Role) -> bool {
    match role {
        Role::Feature => true,
        Role::Target
        | Role::Time
        | Role::Group
        | Role::Id
        | Role::Incumbent
        | Role::Weight
        | Role::Protected
        | Role::Ignored => false,
    }
}
