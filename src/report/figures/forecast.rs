//! Series: forecasts beside what came, and error by steps ahead.

use super::Figure;
use super::lines::{BOTTOM, LEFT, RIGHT, TOP, below, frame, label_ends, tick};
use super::scale::Scale;
use super::svg::{Point, at};
use crate::contest::{Evidence, ForecastPanel};

/// Ticks on the axis of time.
const TIME_TICKS: usize = 5;

/// The figure of one series, if it has at least two values.
pub(super) fn draw(position: usize, panel: &ForecastPanel) -> Option<Figure> {
    let length = panel.times.len().min(panel.actual.len());
    if length < 2 {
        return None;
    }
    let vertical = Scale::around(
        panel.actual[..length].iter().copied().chain(
            panel
                .lines
                .iter()
                .flat_map(|line| line.values.iter().copied()),
        ),
        BOTTOM,
        TOP,
    )?;
    let horizontal = Scale::between(0.0, (length - 1) as f64, LEFT, RIGHT);
    let place =
        |index: usize, value: f64| at(horizontal.pixel(index as f64), vertical.pixel(value));
    let mut canvas = frame(vertical, panel.series.as_deref().unwrap_or("value"));
    for step in 0..TIME_TICKS {
        let index = step * (length - 1) / (TIME_TICKS - 1);
        tick(
            &mut canvas,
            horizontal.pixel(index as f64),
            &panel.times[index],
        );
    }
    let actual: Vec<Point> = panel.actual[..length]
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .map(|(index, value)| place(index, *value))
        .collect();
    canvas.ink_path(&actual);
    let mut names: Vec<&str> = Vec::new();
    let mut ends: Vec<(Point, usize, String)> = Vec::new();
    for line in &panel.lines {
        let known = names.iter().position(|name| *name == line.contender);
        let kind = known.unwrap_or_else(|| {
            names.push(&line.contender);
            names.len() - 1
        });
        let path: Vec<Point> = line
            .values
            .iter()
            .enumerate()
            .filter(|(step, value)| value.is_finite() && line.start.saturating_add(*step) < length)
            .map(|(step, value)| place(line.start + step, *value))
            .collect();
        canvas.path(&path, kind);
        if let (None, Some(end)) = (known, path.last()) {
            ends.push((*end, kind, line.contender.clone()));
        }
    }
    label_ends(&mut canvas, &ends);
    let title = "Forecasts beside what came".to_owned();
    let caption = "The solid line is what came; the others are forecasts, each made before the \
                   moments that it covers."
        .to_owned();
    Some(Figure {
        file: format!("forecast-{}.svg", position + 1),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}

/// Error by steps ahead, if there is more than one step.
pub(super) fn draw_horizon(evidence: &Evidence) -> Option<Figure> {
    let lines = &evidence.panels.horizon;
    let steps = lines.iter().map(|line| line.errors.len()).max()?;
    if steps < 2 {
        return None;
    }
    let vertical = Scale::around(
        lines
            .iter()
            .flat_map(|line| line.errors.iter().copied())
            .chain([0.0]),
        BOTTOM,
        TOP,
    )?;
    let horizontal = Scale::between(1.0, steps as f64, LEFT, RIGHT);
    let mut canvas = frame(vertical, evidence.metric.name.label());
    for (value, label) in horizontal.ticks(steps.min(8)) {
        if value == value.trunc() {
            tick(
                &mut canvas,
                horizontal.pixel(value),
                label.trim_end_matches(".0"),
            );
        }
    }
    below(&mut canvas, "steps ahead");
    let mut ends = Vec::new();
    for (kind, line) in lines.iter().enumerate() {
        let path: Vec<Point> = line
            .errors
            .iter()
            .enumerate()
            .filter(|(_, error)| error.is_finite())
            .map(|(step, error)| at(horizontal.pixel((step + 1) as f64), vertical.pixel(*error)))
            .collect();
        canvas.path(&path, kind);
        ends.extend(path.last().map(|end| (*end, kind, line.contender.clone())));
    }
    label_ends(&mut canvas, &ends);
    let title = "Error by steps ahead".to_owned();
    let caption = "How the error grows the further ahead one looks; lower is better.".to_owned();
    Some(Figure {
        file: "horizon.svg".to_owned(),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}
