//! Beside a question: the sections, and the verdict as it would be now.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::parts::{bar, cell, draw, entry, wrapped};
use crate::tui::session::{Item, Session};
use crate::tui::state::{Questions, State};
use crate::tui::update;

pub(super) fn sections(
    state: &State,
    session: &Session,
    questions: &Questions,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let here = session.section(&questions.at);
    let marked = questions.sections.unwrap_or(here);
    let items = session.items();
    let room = usize::from(area.width).saturating_sub(5);
    let mut lines = Vec::new();
    for (position, dimension) in session.folder.rubric.dimensions.iter().enumerate() {
        let inside: Vec<&Item<'_>> = items
            .iter()
            .filter(|item| session.section(item.id()) == position)
            .collect();
        let answered = inside
            .iter()
            .filter(|item| session.is_answered(item))
            .count();
        let sign = if inside.is_empty() {
            "–"
        } else if answered == inside.len() {
            "✓"
        } else if answered > 0 {
            "◐"
        } else {
            "○"
        };
        let text = format!("{sign} {}", cell(&dimension.title, room.saturating_sub(2)));
        let line = if questions.sections.is_some() {
            entry(state, text, position == marked, Style::new())
        } else if position == here {
            Line::from(vec![
                Span::styled(" ▸ ", state.theme.accent()),
                Span::styled(text, state.theme.accent()),
            ])
        } else {
            Line::styled(format!("   {text}"), state.theme.quiet())
        };
        lines.push(line);
    }
    lines.push(Line::default());
    lines.extend(so_far(
        state,
        session,
        here,
        usize::from(area.width).saturating_sub(2),
    ));
    draw(frame, area, lines);
}

/// The verdict as it would be now.
fn so_far(state: &State, session: &Session, section: usize, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(" So far", state.theme.strong())];
    match &session.verdict {
        Some(verdict) => {
            lines.extend(wrapped(
                verdict.solution.label(),
                " ",
                columns,
                state.theme.accent(),
            ));
            lines.extend(wrapped(
                verdict.readiness.id(),
                " ",
                columns,
                state.theme.accent(),
            ));
            let firmness = if verdict.remaining.first_verdict {
                verdict.solution_confidence.id()
            } else {
                "too early to say"
            };
            lines.extend(wrapped(firmness, " ", columns, state.theme.quiet()));
            lines.push(Line::default());
            lines.extend(wrapped(
                &verdict.remaining.in_short(),
                " ",
                columns,
                state.theme.quiet(),
            ));
        }
        None => lines.push(Line::styled(" nothing yet", state.theme.quiet())),
    }
    let score = session.assessment.dimensions.get(section);
    let is_scored = session
        .folder
        .rubric
        .dimensions
        .get(section)
        .is_some_and(|dimension| {
            dimension
                .questions
                .iter()
                .any(crate::rubric::Question::is_scored)
        });
    if let Some(score) = score.filter(|score| is_scored && score.asked > 0) {
        let bar_columns = columns.saturating_sub(9).min(10);
        lines.push(Line::raw(format!(
            " {:>2} {} {}",
            update::percent(score.low),
            bar(score.low, score.high, bar_columns),
            update::percent(score.high)
        )));
    }
    lines
}
