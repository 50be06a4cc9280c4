//! One case: its steps, and what is known.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::NARROW;
use super::parts::{List, bar, cell, draw, entry, wrapped};
use crate::text::{clean, shorten, width};
use crate::tui::session::{FramingLine, Session};
use crate::tui::state::State;
use crate::tui::update;

/// The steps, below an empty line.
pub(super) fn step_list(marked: usize, body: Rect) -> List {
    List::new(body.y + 1, update::STEPS, update::STEPS, marked)
}

pub(super) fn overview(state: &State, marked: usize, frame: &mut Frame<'_>, body: Rect) {
    let Some(session) = &state.session else {
        return;
    };
    let columns = usize::from(body.width);
    let next = update::next_step(state);
    let (answered, asked) = session.assessment.progress();
    let data = session.folder.case.data.as_ref().map_or_else(
        || "no file yet".to_owned(),
        |data| format!("predict {}, from {}", data.request.target, data.path),
    );
    let contest = match (state.measuring(), &session.evidence) {
        (Some((_, turn)), _) => super::contest::in_short(turn),
        (None, Some(_)) if session.is_outdated() => "▲ measured for another question".to_owned(),
        (None, Some(evidence)) => format!(
            "{}: {} ({})",
            evidence.recommendation.rung_for_now().label(),
            evidence.recommendation.for_now().replace('-', " "),
            evidence.recommendation.confidence.id()
        ),
        (None, None) => "not measured yet".to_owned(),
    };
    let decision = session.verdict.as_ref().map_or_else(
        || "not decided yet".to_owned(),
        |verdict| {
            format!(
                "{} · {} so far",
                verdict.solution.label(),
                verdict.readiness.id()
            )
        },
    );
    let steps = [
        (
            "Questions",
            if session.framed() > 0 {
                format!(
                    "{answered} of {asked} answered, framing {} of {}",
                    session.framed(),
                    FramingLine::ALL.len()
                )
            } else {
                format!("{answered} of {asked} answered")
            },
            answered > 0 || session.framed() > 0,
        ),
        ("Data", data, session.folder.case.data.is_some()),
        ("Contest", contest, session.evidence.is_some()),
        ("Decision", decision, session.verdict.is_some()),
        ("Report", "read it, write it, hand it on".to_owned(), false),
    ];
    let mut lines = vec![Line::default()];
    for (position, (name, says, begun)) in steps.iter().enumerate() {
        let sign = if *begun { "◐" } else { "○" };
        let sign = if position == 0 && answered >= asked {
            "●"
        } else {
            sign
        };
        let hint = if position == next { "  ← next" } else { "" };
        let room = columns.saturating_sub(19 + width(hint));
        let text = format!(
            "{} {sign} {} {}{hint}",
            position + 1,
            cell(name, 10),
            shorten(&clean(says), room)
        );
        lines.push(entry(state, text, position == marked, Style::new()));
    }
    lines.push(Line::default());
    if body.height > 16 {
        lines.extend(known(state, session, columns));
    }
    draw(frame, body, lines);
}

/// The score of every dimension, between its worst and its best.
fn known(state: &State, session: &Session, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("   What is known", state.theme.strong())];
    let width_of_bar = if columns >= usize::from(NARROW) {
        24
    } else {
        8
    };
    for (score, dimension) in session
        .assessment
        .dimensions
        .iter()
        .zip(&session.folder.rubric.dimensions)
    {
        let scored = dimension
            .questions
            .iter()
            .any(crate::rubric::Question::is_scored);
        if !scored {
            continue;
        }
        let text = if score.asked == 0 {
            format!(
                "   {} not asked: earlier answers made it pointless",
                cell(&dimension.title, 16)
            )
        } else {
            format!(
                "   {} {:>3} {} {:>3}  {}/{}",
                cell(&dimension.title, 16),
                update::percent(score.low),
                bar(score.low, score.high, width_of_bar),
                update::percent(score.high),
                score.answered,
                score.asked
            )
        };
        lines.push(Line::raw(shorten(&text, columns)));
    }
    lines.extend(wrapped(
        "100 speaks for going on, 0 against; ▒ is what open questions could still decide.",
        "   ",
        columns,
        state.theme.quiet(),
    ));
    lines
}
