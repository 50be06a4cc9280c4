//! Scores by training rows, one line a tier.

use super::Figure;
use super::lines::{BOTTOM, LEFT, RIGHT, TOP, below, frame, label_ends, tick};
use super::scale::Scale;
use super::svg::at;
use crate::contest::{Evidence, LearningPoint, Tier};

/// The figure, if a curve has at least two points.
pub(super) fn draw(evidence: &Evidence) -> Option<Figure> {
    let curves: Vec<(Tier, Vec<LearningPoint>)> = evidence
        .panels
        .learning
        .iter()
        .map(|curve| {
            let points = curve.points.iter().copied().filter(|point| {
                point.rows > 0
                    && [point.mean, point.low, point.high]
                        .iter()
                        .all(|v| v.is_finite())
            });
            (curve.tier, points.collect::<Vec<_>>())
        })
        .filter(|(_, points)| points.len() > 1)
        .collect();
    let all = || curves.iter().flat_map(|(_, points)| points);
    let vertical = Scale::around(all().flat_map(|p| [p.low, p.mean, p.high]), BOTTOM, TOP)?;
    // Rows on a logarithmic axis: curves of learning are nearly straight there.
    let horizontal = Scale::around(all().map(|point| log_rows(point.rows)), LEFT, RIGHT)?;
    let mut canvas = frame(vertical, evidence.metric.name.label());
    let mut sizes: Vec<usize> = all().map(|point| point.rows).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut free = f64::NEG_INFINITY;
    for rows in sizes {
        let x = horizontal.pixel(log_rows(rows));
        if x >= free {
            tick(&mut canvas, x, &crate::report::numbers::count(rows));
            free = x + 50.0;
        }
    }
    below(&mut canvas, "rows learned from (logarithmic)");
    let mut ends = Vec::new();
    for (tier, points) in &curves {
        let kind = kind(*tier);
        let x = |point: &LearningPoint| horizontal.pixel(log_rows(point.rows));
        let band: Vec<_> = points
            .iter()
            .map(|point| at(x(point), vertical.pixel(point.high)))
            .chain(
                points
                    .iter()
                    .rev()
                    .map(|point| at(x(point), vertical.pixel(point.low))),
            )
            .collect();
        canvas.area(&band, kind);
        let path: Vec<_> = points
            .iter()
            .map(|point| at(x(point), vertical.pixel(point.mean)))
            .collect();
        canvas.path(&path, kind);
        ends.extend(path.last().map(|end| (*end, kind, tier.label().to_owned())));
    }
    label_ends(&mut canvas, &ends);
    let title = "Learning curve".to_owned();
    let caption = "How the score grows with the rows learned from, with 95 % bands. \
                   Where a line has gone flat, more rows will not help."
        .to_owned();
    Some(Figure {
        file: "learning-curve.svg".to_owned(),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}

fn log_rows(rows: usize) -> f64 {
    libm::log10(rows as f64)
}

/// Each tier keeps its line in every figure.
pub(super) fn kind(tier: Tier) -> usize {
    match tier {
        Tier::Naive => 0,
        Tier::Heuristic => 1,
        Tier::MinimumViableModel => 2,
        Tier::Headroom => 3,
        Tier::External => 4,
    }
}
