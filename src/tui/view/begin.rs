//! Ways to begin: finished examples, and the form of a new case.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::parts::{self, List, cell, draw, entry, hanging, wrapped};
use crate::tui::queue::Turn;
use crate::tui::state::{Demos, NewCase, State};
use crate::tui::update;

pub(super) fn demo_list(demos: &Demos, body: Rect) -> List {
    let height = usize::from(body.height / 2).saturating_sub(1).max(1);
    List::new(body.y + 1, height, demos.list.len(), demos.marked)
}

pub(super) fn demos(state: &State, demos: &Demos, frame: &mut Frame<'_>, body: Rect) {
    let columns = usize::from(body.width);
    if let Some(turn) = demos.running.and_then(|job| state.queue.of(job)) {
        let mut lines = vec![Line::default()];
        let title = demos
            .list
            .get(demos.marked)
            .map_or("", |demo| demo.title.as_str());
        lines.extend(wrapped(title, "  ", columns, state.theme.strong()));
        lines.push(Line::default());
        lines.extend(wrapped(
            "Making the case, measuring on real data, deciding, and writing the report.",
            "  ",
            columns,
            Style::new(),
        ));
        lines.push(Line::default());
        match turn {
            Turn::Now(task) => lines.push(super::contest::gauge(state, &task.running, columns)),
            Turn::After(first) => lines.extend(super::contest::waiting(state, first, columns)),
        }
        lines.push(Line::default());
        lines.extend(wrapped("Esc stops it.", "  ", columns, state.theme.quiet()));
        draw(frame, body, lines);
        return;
    }
    let list = demo_list(demos, body);
    let mut lines = vec![Line::styled(
        "   Prepared cases, the simplest outcome first. Nothing is asked.",
        state.theme.quiet(),
    )];
    for position in list.range() {
        let text = cell(&demos.list[position].title, columns.saturating_sub(5));
        lines.push(entry(state, text, position == demos.marked, Style::new()));
    }
    lines.push(Line::default());
    if let Some(demo) = demos.list.get(demos.marked) {
        lines.extend(wrapped(&demo.story, "   ", columns, Style::new()));
    }
    draw(frame, body, lines);
}

pub(super) fn form(state: &State, form: &NewCase, frame: &mut Frame<'_>, body: Rect) {
    let columns = usize::from(body.width);
    let row = |y: u16| Rect::new(body.x + 2, body.y + y, body.width.saturating_sub(4), 1);
    draw(
        frame,
        body,
        wrapped(
            "A case is one decision that might be supported by a rule or a model.",
            "  ",
            columns,
            Style::new(),
        ),
    );
    let top = if body.width < 72 { 3 } else { 2 };
    parts::field(
        state,
        frame,
        row(top),
        "Title  ",
        &form.title,
        form.field == 0,
    );
    draw(
        frame,
        row(top + 1),
        vec![Line::styled(
            "       such as: Churn early warning",
            state.theme.quiet(),
        )],
    );
    if body.height > top + 3 {
        parts::field(
            state,
            frame,
            row(top + 3),
            "Owner  ",
            &form.owner,
            form.field == 1,
        );
    }
    let path = update::place(state, form.title.text().trim());
    let mut lines = vec![Line::styled(
        "       who decides in the end; may stay empty",
        state.theme.quiet(),
    )];
    lines.push(Line::default());
    match &form.problem {
        Some(problem) => lines.extend(hanging(
            "▲ ",
            &parts::sentences(&problem.message, &problem.remedy),
            columns.saturating_sub(4),
            state.theme.bad(),
        )),
        None if form.job.is_some() => lines.push(Line::raw("Making it…")),
        None => lines.extend(wrapped(
            &format!("It will be kept in {}", path.display()),
            "",
            columns.saturating_sub(4),
            state.theme.quiet(),
        )),
    }
    let rest = Rect::new(
        body.x + 2,
        body.y + top + 4,
        body.width.saturating_sub(4),
        body.height.saturating_sub(top + 4),
    );
    draw(frame, rest, lines);
}
