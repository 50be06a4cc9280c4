//! What lies over a screen: its keys, and what its words mean.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType};

use super::long;
use super::parts::{cell, hanging};
use crate::tui::keys;
use crate::tui::meaning::meanings;
use crate::tui::state::{Long, Overlay, State};

/// Draws it in place of the middle of the screen.
pub(super) fn overlay(state: &State, overlay: Overlay, frame: &mut Frame<'_>, body: Rect) {
    let (title, what, scroll) = match overlay {
        Overlay::Help { scroll } => (" Keys of this screen ", Long::Help, scroll),
        Overlay::Meaning { scroll } => (" What does this mean? ", Long::Meaning, scroll),
    };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(state.theme.accent())
        .title(title);
    frame.render_widget(block, outer(body));
    long::draw(state, what, frame, body, scroll);
}

/// Its border.
fn outer(body: Rect) -> Rect {
    Rect::new(
        body.x + 1,
        body.y,
        body.width.saturating_sub(2),
        body.height,
    )
}

/// What is inside of its border.
pub(super) fn inner(body: Rect) -> Rect {
    Block::bordered().inner(outer(body))
}

/// The keys that hold where one is.
pub(super) fn keys(state: &State, columns: usize) -> Vec<Line<'static>> {
    keys::explained(state.place(), true)
        .into_iter()
        .map(|(keys, says)| Line::raw(format!(" {} {says}", cell(&keys, 20.min(columns / 2)))))
        .collect()
}

/// What the words mean.
pub(super) fn words(state: &State, columns: usize) -> Vec<Line<'static>> {
    meanings(state)
        .into_iter()
        .flat_map(|(term, meaning)| {
            hanging(" ", &format!("{term}. {meaning}"), columns, Style::new())
                .into_iter()
                .chain([Line::default()])
        })
        .collect()
}
