//! Scores of the dimensions as intervals.

use super::Figure;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, at};
use crate::report::model::DimensionLines;
use crate::report::numbers::score;

const WIDTH: f64 = 760.0;
const LABELS: f64 = 250.0;
const RIGHT: f64 = 600.0;
const LINE: f64 = 26.0;
const TOP: f64 = 20.0;

/// The figure, if questions were asked.
pub(super) fn draw(dimensions: &[DimensionLines]) -> Option<Figure> {
    if dimensions.is_empty() {
        return None;
    }
    let bottom = TOP + LINE * dimensions.len() as f64;
    let scale = Scale::between(0.0, 1.0, LABELS, RIGHT);
    let mut canvas = Canvas::new(WIDTH, bottom + 32.0);
    for (value, _) in scale.ticks(4) {
        let x = scale.pixel(value);
        canvas.line(at(x, TOP - 8.0), at(x, bottom), "grid", 1.0);
        canvas.text(
            at(x, bottom + 18.0),
            Anchor::Middle,
            "muted",
            &format!("{:.0}", value * 100.0),
        );
    }
    for (position, dimension) in dimensions.iter().enumerate() {
        let y = TOP + LINE * position as f64 + 6.0;
        let (left, right) = (scale.pixel(dimension.low), scale.pixel(dimension.high));
        canvas.line(at(left, y), at(right, y), "s1", 6.0);
        canvas.dot(at(left, y), 4.0, "a1");
        canvas.dot(at(right, y), 4.0, "a1");
        let title = crate::text::shorten(&dimension.title, 34);
        canvas.text(at(LABELS - 12.0, y + 4.5), Anchor::End, "", &title);
        let reading = score(dimension.low, dimension.high);
        canvas.text(at(RIGHT + 12.0, y + 4.5), Anchor::Start, "muted", &reading);
    }
    let title = "Scores by dimension".to_owned();
    let caption = "From the score if every open question turned out worst to the score if it \
                   turned out best; 100 favours going on."
        .to_owned();
    Some(Figure {
        file: "scores.svg".to_owned(),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}
