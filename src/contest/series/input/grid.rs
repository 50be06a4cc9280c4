//! A series on an even grid of moments: repeated moments become their mean,
//! missing ones gaps; what lies between two marks is refused.

use super::Series;
use super::groups::Point;
use super::repairs::Repairs;
use crate::contest::series::calendar::{self, DAY, Moment};
use crate::contest::series::frequency::Frequency;
use crate::data::Table;
use crate::problem::Problem;
use crate::text::clean;

/// A larger share of moments without a row means that the frequency is not one;
/// of moments without a value, that there is too little to learn from.
const MOST_MISSING: f64 = 1.0 / 3.0;

/// All that is needed to lay a series on its grid.
pub(super) struct Grid<'a> {
    pub(super) table: &'a Table,
    pub(super) time: usize,
    pub(super) frequency: Frequency,
    pub(super) target: &'a [f64],
    pub(super) columns: &'a [Vec<f64>],
}

impl Grid<'_> {
    /// The series with a place for every step; none if it has no value.
    pub(super) fn lay(
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

/// A mean in the making.
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
