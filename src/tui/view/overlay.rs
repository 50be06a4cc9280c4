//! What lies over a screen: its keys, and what its words mean.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear};

use super::parts::{cell, hanging, scrolled};
use crate::tui::keys;
use crate::tui::meaning::meanings;
use crate::tui::state::{Overlay, State};

pub(super) fn overlay(state: &State, frame: &mut Frame<'_>, body: Rect) {
    let (title, scroll) = match state.overlay {
        None => return,
        Some(Overlay::Help { scroll }) => (" Keys of this screen ", scroll),
        Some(Overlay::Meaning { scroll }) => (" What does this mean? ", scroll),
    };
    let area = Rect::new(
        body.x + 1,
        body.y,
        body.width.saturating_sub(2),
        body.height,
    );
    frame.render_widget(Clear, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(state.theme.accent())
        .title(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let lines = lines(state, usize::from(inner.width));
    scrolled(state, frame, inner, &lines, scroll);
}

pub(super) fn lines(state: &State, columns: usize) -> Vec<Line<'static>> {
    match state.overlay {
        None => Vec::new(),
        Some(Overlay::Help { .. }) => keys::explained(super::context_below(state), true)
            .into_iter()
            .map(|(keys, says)| Line::raw(format!(" {} {says}", cell(&keys, 20.min(columns / 2)))))
            .collect(),
        Some(Overlay::Meaning { .. }) => meanings(state)
            .into_iter()
            .flat_map(|(term, meaning)| {
                hanging(" ", &format!("{term}. {meaning}"), columns, Style::new())
                    .into_iter()
                    .chain([Line::default()])
            })
            .collect(),
    }
}
