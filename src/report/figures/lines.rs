//! What figures with lines share: a frame with axes, and labels where lines end.

use super::scale::Scale;
use super::svg::{Anchor, Canvas, Point, at};

/// Pixels of a figure with lines.
pub(super) const WIDTH: f64 = 760.0;
pub(super) const HEIGHT: f64 = 340.0;
pub(super) const LEFT: f64 = 70.0;
pub(super) const RIGHT: f64 = 580.0;
pub(super) const TOP: f64 = 36.0;
pub(super) const BOTTOM: f64 = 290.0;

/// Labels of lines stand at least this far apart.
const LABEL_STEP: f64 = 16.0;

/// A canvas with a vertical axis and what it measures.
pub(super) fn frame(vertical: Scale, measures: &str) -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    canvas.text(at(LEFT, 20.0), Anchor::Start, "muted", measures);
    for (value, label) in vertical.ticks(5) {
        let y = vertical.pixel(value);
        canvas.line(at(LEFT, y), at(RIGHT, y), "grid", 1.0);
        canvas.text(at(LEFT - 8.0, y + 4.0), Anchor::End, "muted", &label);
    }
    canvas.line(at(LEFT, BOTTOM), at(RIGHT, BOTTOM), "ink", 1.0);
    canvas
}

/// A tick on the horizontal axis.
pub(super) fn tick(canvas: &mut Canvas, x: f64, label: &str) {
    canvas.line(at(x, BOTTOM), at(x, BOTTOM + 5.0), "ink", 1.0);
    canvas.text(at(x, BOTTOM + 20.0), Anchor::Middle, "muted", label);
}

/// What the horizontal axis measures.
pub(super) fn below(canvas: &mut Canvas, measures: &str) {
    canvas.text(
        at(f64::midpoint(LEFT, RIGHT), HEIGHT - 10.0),
        Anchor::Middle,
        "muted",
        measures,
    );
}

/// Writes each label where its line ends, moved apart where they would meet.
pub(super) fn label_ends(canvas: &mut Canvas, ends: &[(Point, usize, String)]) {
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|a, b| ends[*a].0.y.total_cmp(&ends[*b].0.y));
    let mut free = f64::NEG_INFINITY;
    for index in order {
        let (end, kind, label) = &ends[index];
        let y = end.y.max(free);
        free = y + LABEL_STEP;
        canvas.path(&[at(RIGHT + 6.0, y), at(RIGHT + 30.0, y)], *kind);
        let label = crate::text::shorten(label, 21);
        canvas.text(at(RIGHT + 36.0, y + 4.0), Anchor::Start, "", &label);
    }
}
