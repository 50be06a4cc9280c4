//! Stated probabilities against what happened.

use super::Figure;
use super::lines::{BOTTOM, LEFT, RIGHT, TOP, below, frame, tick};
use super::scale::Scale;
use super::svg::{Anchor, at};
use crate::contest::Calibration;
use crate::report::numbers::count;

/// The figure, if any bin is left.
pub(super) fn draw(calibration: &Calibration) -> Option<Figure> {
    let bins: Vec<_> = calibration
        .bins
        .iter()
        .filter(|bin| {
            [bin.stated, bin.observed, bin.low, bin.high]
                .iter()
                .all(|v| v.is_finite())
        })
        .collect();
    if bins.is_empty() {
        return None;
    }
    let vertical = Scale::between(0.0, 1.0, BOTTOM, TOP);
    let horizontal = Scale::between(0.0, 1.0, LEFT, RIGHT);
    let mut canvas = frame(vertical, "how often it happened");
    for (value, label) in horizontal.ticks(5) {
        tick(&mut canvas, horizontal.pixel(value), &label);
    }
    below(&mut canvas, "probability stated");
    canvas.path(&[at(LEFT, BOTTOM), at(RIGHT, TOP)], 0);
    canvas.text(
        at(RIGHT + 6.0, TOP + 4.0),
        Anchor::Start,
        "muted",
        "as stated",
    );
    for bin in &bins {
        let x = horizontal.pixel(bin.stated);
        canvas.line(
            at(x, vertical.pixel(bin.low)),
            at(x, vertical.pixel(bin.high)),
            "s1",
            2.0,
        );
        canvas.dot(at(x, vertical.pixel(bin.observed)), 4.5, "a1");
    }
    let rows: usize = bins.iter().map(|bin| bin.rows).sum();
    let title = "Do stated probabilities come true?".to_owned();
    let caption = format!(
        "Each dot stands for rows with about the same stated probability, {} rows in all; \
         bars are 95 % intervals. On the dashed line, what is said is what happens.",
        count(rows)
    );
    Some(Figure {
        file: "reliability.svg".to_owned(),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}
