//! What may be longer than the screen: where it stands, its lines, how far it is scrolled.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{body, decision, overlay, panels, parts, whole};
use crate::tui::state::{Laid, Long, Overlay, Panel, Screen, State};

/// What is scrolled now, if anything is.
pub(in crate::tui) fn of(state: &State) -> Option<Long> {
    match state.overlay {
        Some(Overlay::Help { .. }) => return Some(Long::Help),
        Some(Overlay::Meaning { .. }) => return Some(Long::Meaning),
        None => {}
    }
    match state.screen()? {
        Screen::Contest(contest) if contest.panel != Panel::Board => {
            let is_measured = state
                .session
                .as_ref()
                .is_some_and(|session| session.evidence.is_some());
            (is_measured && state.measuring().is_none())
                .then_some(Long::Panel(contest.panel, contest.marked))
        }
        Screen::Decision { .. } => Some(Long::Decision),
        Screen::Export(export) if export.rule => Some(Long::Rule),
        Screen::Export(_) => Some(Long::Report),
        Screen::Home(_)
        | Screen::Demos(_)
        | Screen::NewCase(_)
        | Screen::Overview { .. }
        | Screen::Questions(_)
        | Screen::Review { .. }
        | Screen::Picker(_)
        | Screen::Columns(_)
        | Screen::Contest(_) => None,
    }
}

/// Lays out what is scrolled, unless that was done already.
pub(in crate::tui) fn lay_out(state: &mut State) {
    let Some(what) = of(state) else {
        return;
    };
    let columns = usize::from(area(state, what, body(state, whole(state))).width);
    if standing(state, what, columns).is_none() {
        let laid = Laid {
            what,
            columns,
            theme: state.theme,
            lines: made(state, what, columns).into(),
        };
        state.laid.push(laid);
    }
}

/// The largest scroll that still shows something new.
pub(in crate::tui) fn last(state: &State) -> usize {
    of(state).map_or(0, |what| {
        let area = area(state, what, body(state, whole(state)));
        let length = lines(state, what, usize::from(area.width)).len();
        length.saturating_sub(parts::rows_for(area, length))
    })
}

/// Draws it where it stands.
pub(super) fn draw(state: &State, what: Long, frame: &mut Frame<'_>, body: Rect, scroll: usize) {
    let area = area(state, what, body);
    let lines = lines(state, what, usize::from(area.width));
    parts::scrolled(state, frame, area, &lines, scroll);
}

/// Where it stands in the middle of the screen.
fn area(state: &State, what: Long, body: Rect) -> Rect {
    match what {
        Long::Help | Long::Meaning => overlay::inner(body),
        // Below the tabs.
        Long::Panel(..) => below(body, 1),
        Long::Decision => body,
        Long::Report | Long::Rule => match state.screen() {
            Some(Screen::Export(export)) => {
                let head = decision::export_head(state, export, usize::from(body.width));
                below(body, head.len() as u16)
            }
            Some(_) | None => body,
        },
    }
}

/// What is left below some rows.
pub(super) fn below(body: Rect, rows: u16) -> Rect {
    let rows = rows.min(body.height);
    Rect::new(body.x, body.y + rows, body.width, body.height - rows)
}

fn lines(state: &State, what: Long, columns: usize) -> Arc<[Line<'static>]> {
    match standing(state, what, columns) {
        Some(laid) => Arc::clone(&laid.lines),
        None => made(state, what, columns).into(),
    }
}

fn standing(state: &State, what: Long, columns: usize) -> Option<&Laid> {
    state
        .laid
        .iter()
        .find(|laid| laid.what == what && laid.columns == columns && laid.theme == state.theme)
}

fn made(state: &State, what: Long, columns: usize) -> Vec<Line<'static>> {
    match what {
        Long::Help => overlay::keys(state, columns),
        Long::Meaning => overlay::words(state, columns),
        Long::Panel(panel, marked) => panels::panel(state, panel, marked, columns),
        Long::Decision => decision::lines(state, columns),
        Long::Report | Long::Rule => match state.screen() {
            Some(Screen::Export(export)) => decision::preview(state, export, columns),
            Some(_) | None => Vec::new(),
        },
    }
}
