//! Figures made of characters: intervals on one axis, curves, forecasts.

use ratatui::style::Style;
use ratatui::text::Line;

use super::parts::{cell, hanging, number, thousands};
use crate::contest::{Evidence, ForecastPanel, LearningCurve, MetricChoice, Status};
use crate::text::{clean, shorten, width};
use crate::tui::state::State;

/// Rows of a plot.
const ROWS: usize = 9;

/// One axis for all contenders; better is right.
pub(super) struct Axis {
    worst: f64,
    best: f64,
}

impl Axis {
    /// An axis that holds every interval.
    pub(super) fn of(evidence: &Evidence) -> Option<Self> {
        let ends = || {
            evidence
                .contenders
                .iter()
                .filter(|contender| contender.status == Status::Ok)
                .flat_map(|contender| [contender.low, contender.high, contender.mean])
                .flatten()
                .filter(|value| value.is_finite())
                .map(|value| evidence.metric.name.held(value))
        };
        let low = ends().reduce(f64::min)?;
        let high = ends().reduce(f64::max)?;
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low - 0.5, high + 0.5)
        };
        Some(if evidence.metric.higher_is_better {
            Self {
                worst: low,
                best: high,
            }
        } else {
            Self {
                worst: high,
                best: low,
            }
        })
    }

    fn at(&self, value: f64, columns: usize) -> usize {
        let share = ((value - self.worst) / (self.best - self.worst)).clamp(0.0, 1.0);
        (share * columns.saturating_sub(1) as f64).round() as usize
    }

    /// The ends of the axis as text.
    pub(super) fn labels(&self, columns: usize, show: impl Fn(f64) -> String) -> String {
        let (left, right) = (show(self.worst), show(self.best));
        let gap = columns.saturating_sub(width(&left) + width(&right));
        format!("{left}{}{right}", " ".repeat(gap))
    }

    /// An interval with its mean.
    pub(super) fn interval(&self, low: f64, mean: f64, high: f64, columns: usize) -> String {
        let (one, other) = (self.at(low, columns), self.at(high, columns));
        let (first, last) = (one.min(other), one.max(other));
        let middle = self.at(mean, columns);
        (0..columns)
            .map(|column| match column {
                _ if column == middle => '●',
                _ if column == first => '├',
                _ if column == last => '┤',
                _ if column > first && column < last => '─',
                _ => ' ',
            })
            .collect()
    }
}

/// Points over columns and rows, the first series' sign on top.
fn plot(series: &[(char, Vec<(f64, f64)>)], columns: usize) -> Option<(Vec<String>, f64, f64)> {
    let all = || {
        series
            .iter()
            .flat_map(|(_, points)| points.iter())
            .filter(|(x, y)| x.is_finite() && y.is_finite())
    };
    let span = |values: &mut dyn Iterator<Item = f64>| {
        values.fold(None, |span: Option<(f64, f64)>, value| {
            Some(span.map_or((value, value), |(low, high)| {
                (low.min(value), high.max(value))
            }))
        })
    };
    let (left, right) = span(&mut all().map(|point| point.0))?;
    let (bottom, top) = span(&mut all().map(|point| point.1))?;
    let place = |value: f64, low: f64, high: f64, cells: usize| {
        if high > low {
            ((value - low) / (high - low) * cells.saturating_sub(1) as f64).round() as usize
        } else {
            cells / 2
        }
    };
    let mut cells = vec![vec![' '; columns]; ROWS];
    for (sign, points) in series.iter().rev() {
        for (x, y) in points
            .iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
        {
            let column = place(*x, left, right, columns).min(columns.saturating_sub(1));
            let row = (ROWS - 1).saturating_sub(place(*y, bottom, top, ROWS));
            if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = *sign;
            }
        }
    }
    Some((
        cells.into_iter().map(String::from_iter).collect(),
        bottom,
        top,
    ))
}

/// Columns of a plot, beside its labels.
fn room(columns: usize) -> usize {
    columns.saturating_sub(13).clamp(10, 100)
}

/// What stands at both ends of the axis below a plot.
fn ends(state: &State, left: &str, right: &str, columns: usize) -> Line<'static> {
    let right = clean(right);
    let left = cell(left, room(columns).saturating_sub(width(&right)));
    Line::styled(
        format!("{}{left}{right}", " ".repeat(12)),
        state.theme.quiet(),
    )
}

fn framed(state: &State, series: &[(char, Vec<(f64, f64)>)], columns: usize) -> Vec<Line<'static>> {
    let room = room(columns);
    let Some((rows, bottom, top)) = plot(series, room) else {
        return Vec::new();
    };
    let last = rows.len() - 1;
    let mut lines: Vec<Line<'static>> = rows
        .into_iter()
        .enumerate()
        .map(|(row, text)| {
            let label = match row {
                0 => number(top),
                _ if row == last => number(bottom),
                _ => String::new(),
            };
            Line::raw(format!("  {} │{text}", super::parts::cell_right(&label, 8)))
        })
        .collect();
    lines.push(Line::styled(
        format!("  {} └{}", " ".repeat(8), "─".repeat(room)),
        state.theme.quiet(),
    ));
    lines
}

const SIGNS: [char; 5] = ['●', '○', '▲', '×', '◐'];

/// How scores grow with rows, one sign a tier.
pub(super) fn learning(
    state: &State,
    metric: &MetricChoice,
    curves: &[LearningCurve],
    columns: usize,
) -> Vec<Line<'static>> {
    let series: Vec<(char, Vec<(f64, f64)>)> = curves
        .iter()
        .zip(SIGNS.iter().cycle())
        .map(|(curve, sign)| {
            (
                *sign,
                curve
                    .points
                    .iter()
                    .map(|point| ((point.rows as f64).ln(), point.mean))
                    .collect(),
            )
        })
        .collect();
    let better = if metric.higher_is_better {
        "higher"
    } else {
        "lower"
    };
    let mut lines = vec![Line::styled(
        shorten(
            &format!("  {}, {better} is better", metric.name.label()),
            columns,
        ),
        state.theme.quiet(),
    )];
    lines.extend(framed(state, &series, columns));
    let rows = || {
        curves
            .iter()
            .flat_map(|curve| curve.points.iter().map(|point| point.rows))
    };
    if let (Some(least), Some(most)) = (rows().min(), rows().max()) {
        lines.push(ends(
            state,
            &format!("{} rows learned from", thousands(least as f64)),
            &thousands(most as f64),
            columns,
        ));
    }
    lines.push(Line::default());
    for (curve, (sign, _)) in curves.iter().zip(&series) {
        lines.extend(hanging(
            &format!("  {sign} "),
            &format!("{}: {}", curve.tier.label(), curve.says),
            columns,
            Style::new(),
        ));
    }
    lines
}

/// One series with what was forecast.
pub(super) fn forecast(state: &State, panel: &ForecastPanel, columns: usize) -> Vec<Line<'static>> {
    let actual: Vec<(f64, f64)> = panel
        .actual
        .iter()
        .enumerate()
        .map(|(x, y)| (x as f64, *y))
        .collect();
    let mut names: Vec<&str> = Vec::new();
    for line in &panel.lines {
        if !names.contains(&line.contender.as_str()) {
            names.push(&line.contender);
        }
    }
    let mut series = vec![('●', actual)];
    for (name, sign) in names.iter().zip(SIGNS.iter().skip(1).cycle()) {
        let points = panel
            .lines
            .iter()
            .filter(|line| line.contender == *name)
            .flat_map(|line| {
                line.values
                    .iter()
                    .enumerate()
                    .map(|(step, y)| ((line.start + step) as f64, *y))
            })
            .collect();
        series.push((*sign, points));
    }
    let mut lines = Vec::new();
    if let Some(name) = &panel.series {
        lines.push(Line::styled(
            format!("  {}", shorten(&clean(name), columns.saturating_sub(3))),
            state.theme.strong(),
        ));
    }
    lines.extend(framed(state, &series, columns));
    if let (Some(first), Some(last)) = (panel.times.first(), panel.times.last()) {
        lines.push(ends(state, first, last, columns));
    }
    let legend = std::iter::once("● what came".to_owned())
        .chain(
            series
                .iter()
                .skip(1)
                .zip(&names)
                .map(|((sign, _), name)| format!("{sign} {}", name.replace('-', " "))),
        )
        .collect::<Vec<_>>()
        .join("   ");
    lines.extend(hanging("  ", &legend, columns, Style::new()));
    lines.push(Line::default());
    lines
}
