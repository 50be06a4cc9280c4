//! Intervals of all contenders on one axis, and the margin.

use super::Figure;
use super::scale::Scale;
use super::svg::{Anchor, Canvas, at};
use crate::contest::{ContenderResult, Evidence, Place, Status};

/// More lines than this do not help anybody; the report's table has them all.
const MOST_LINES: usize = 24;
const WIDTH: f64 = 760.0;
const LABELS: f64 = 210.0;
const LINE: f64 = 26.0;
const TOP: f64 = 42.0;

struct Line<'a> {
    contender: &'a ContenderResult,
    mean: f64,
    low: f64,
    high: f64,
}

/// The figure, if any contender has a score.
pub(super) fn draw(evidence: &Evidence) -> Option<Figure> {
    let metric = evidence.metric.name;
    let lines: Vec<Line<'_>> = evidence
        .contenders
        .iter()
        .filter(|contender| contender.status == Status::Ok)
        .filter_map(|contender| {
            let mean = contender.mean.filter(|mean| mean.is_finite())?;
            Some(Line {
                contender,
                mean,
                low: metric.held(contender.low.unwrap_or(mean)),
                high: metric.held(contender.high.unwrap_or(mean)),
            })
        })
        .take(MOST_LINES)
        .collect();
    let margin = margin_band(evidence);
    let bottom = TOP + LINE * lines.len() as f64;
    let scale = Scale::around(
        lines
            .iter()
            .flat_map(|line| [line.low, line.mean, line.high])
            .chain(margin.into_iter().flat_map(|(low, high)| [low, high])),
        LABELS,
        WIDTH - 20.0,
    )?;
    let mut canvas = Canvas::new(WIDTH, bottom + 44.0);
    let direction = if evidence.metric.higher_is_better {
        "higher is better →"
    } else {
        "← lower is better"
    };
    canvas.text(
        at(LABELS, 18.0),
        Anchor::Start,
        "muted",
        &format!("{}, {direction}", evidence.metric.name.label()),
    );
    if let Some((low, high)) = margin {
        let (left, right) = (scale.pixel(low), scale.pixel(high));
        canvas.rectangle(
            at(left, TOP - 12.0),
            right - left,
            bottom - TOP + 12.0,
            "band",
        );
        canvas.text(
            at(f64::midpoint(left, right).min(WIDTH - 30.0), bottom + 36.0),
            Anchor::Middle,
            "muted",
            "margin",
        );
    }
    // There is some air beyond the metric's range, but nothing to be read there.
    let ticks = scale.ticks(6).into_iter();
    for (value, label) in ticks.filter(|(value, _)| metric.held(*value) == *value) {
        let x = scale.pixel(value);
        canvas.line(at(x, TOP - 12.0), at(x, bottom), "grid", 1.0);
        canvas.text(at(x, bottom + 18.0), Anchor::Middle, "muted", &label);
    }
    for (position, line) in lines.iter().enumerate() {
        let place = evidence.recommendation.place(&line.contender.id);
        let y = TOP + LINE * position as f64 + 6.0;
        let (stroke, dot, class) = match place {
            Place::Taken => ("best", "bestdot", "bold"),
            Place::BestGuess | Place::PassedOver => ("ink", "dot", ""),
        };
        canvas.line(
            at(scale.pixel(line.low), y),
            at(scale.pixel(line.high), y),
            stroke,
            2.0,
        );
        canvas.dot(at(scale.pixel(line.mean), y), 4.5, dot);
        let mark = match place {
            Place::Taken => "▸ ",
            Place::BestGuess => "? ",
            Place::PassedOver => "",
        };
        let label = format!("{mark}{}", line.contender.id);
        let label = crate::text::shorten(&label, 28);
        canvas.text(at(LABELS - 12.0, y + 4.5), Anchor::End, class, &label);
    }
    let title = "Contenders".to_owned();
    let mut caption = format!(
        "Mean {} of each contender with the 95 % interval of its expected score. {}",
        evidence.metric.name.label(),
        marks(evidence)
    );
    if margin.is_some() {
        caption.push_str(
            " Who lies inside the shaded band beats it by less than the margin, if at all.",
        );
    }
    Some(Figure {
        file: "contenders.svg".to_owned(),
        svg: canvas.finish(&title, &caption),
        title,
        caption,
    })
}

/// What the marks before names say.
const fn marks(evidence: &Evidence) -> &'static str {
    if evidence.recommendation.meanwhile.is_some() {
        "▸ marks the one to take meanwhile, ? the best guess so far."
    } else {
        "▸ marks the recommended one."
    }
}

/// From the mean of the contender to take as things stand to that mean bettered by the margin.
fn margin_band(evidence: &Evidence) -> Option<(f64, f64)> {
    let mean = evidence
        .contender(evidence.recommendation.for_now())?
        .mean?;
    let margin = evidence.margin.value;
    if !(mean.is_finite() && margin.is_finite() && margin > 0.0) {
        return None;
    }
    Some(if evidence.metric.higher_is_better {
        (mean, evidence.metric.name.held(mean + margin))
    } else {
        (evidence.metric.name.held(mean - margin), mean)
    })
}
