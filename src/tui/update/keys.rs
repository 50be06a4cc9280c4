//! Keys, mouse and pasted text: from the place one is at to what is meant.

use ratatui::crossterm::event::KeyEvent;

use super::{
    FAR, back, cases, data, lay_over, leave, page, picker, questions, results, review, scroll,
    typing,
};
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::input::Input;
use crate::tui::keys::{Action, action};
use crate::tui::state::{Context, Overlay, Screen, State};
use crate::tui::view;

pub(super) fn key(state: &mut State, key: &KeyEvent) -> Vec<Effect> {
    if state.leaving {
        return Vec::new();
    }
    let context = state.context();
    let Some(action) = action(context, key) else {
        return typed(state, |input| input.key(key));
    };
    // What was said stays until the next key.
    state.message = None;
    act(state, action)
}

pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    typed(state, |input| input.insert(text))
}

pub(super) fn wheel(state: &mut State, down: bool) -> Vec<Effect> {
    act(state, if down { Action::Down } else { Action::Up })
}

/// Whether an event moves through something long, or to what lies beside it,
/// and changes nothing of what is said there.
pub(super) fn only_turns(state: &State, event: &Event) -> bool {
    let asks = match event {
        Event::Wheel(_) => Some(Action::Down),
        Event::Key(key) => action(state.context(), key),
        _ => None,
    };
    let turns = matches!(
        asks,
        Some(
            Action::Up
                | Action::Down
                | Action::PageUp
                | Action::PageDown
                | Action::First
                | Action::Last
        )
    );
    let crosses = state.context() == Context::Export && asks == Some(Action::NextField);
    (turns && view::long(state).is_some()) || crosses
}

/// Pressing a row of a list marks it; pressing the marked one opens it.
pub(super) fn click(state: &mut State, column: u16, row: u16) -> Vec<Effect> {
    let Some(hit) = view::row_at(state, column, row) else {
        return Vec::new();
    };
    match mark_mut(state) {
        Some(marked) if *marked == hit => act(state, Action::Accept),
        Some(marked) => {
            *marked = hit;
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn mark_mut(state: &mut State) -> Option<&mut usize> {
    match state.screens.last_mut()? {
        Screen::Home(home) => Some(&mut home.marked),
        Screen::Demos(demos) => Some(&mut demos.marked),
        Screen::Overview { marked } | Screen::Review { marked } => Some(marked),
        Screen::Picker(picker) => Some(&mut picker.marked),
        Screen::Columns(columns) => Some(&mut columns.marked),
        Screen::Contest(contest) => Some(&mut contest.marked),
        Screen::Questions(questions) => {
            Some(questions.sections.as_mut().unwrap_or(&mut questions.row))
        }
        Screen::NewCase(_) | Screen::Decision { .. } | Screen::Export(_) => None,
    }
}

/// Text goes to the line that is being typed, if there is one.
fn typed(state: &mut State, change: impl FnOnce(&mut Input) -> bool) -> Vec<Effect> {
    if state.overlay.is_some() {
        return Vec::new();
    }
    match state.context() {
        Context::Note | Context::Field | Context::Line | Context::Draft => {
            return typing::typed(state, change);
        }
        Context::Home
        | Context::Filter
        | Context::Demos
        | Context::Demo
        | Context::NewCase
        | Context::Overview
        | Context::Options
        | Context::Sections
        | Context::Review
        | Context::Picker
        | Context::Columns
        | Context::Prompt
        | Context::Contest
        | Context::Measuring
        | Context::Unmeasured
        | Context::Decision
        | Context::Export
        | Context::Overlay => {}
    }
    match state.screens.last_mut() {
        Some(Screen::Home(home)) => {
            if let Some(typing) = &mut home.typing {
                change(typing);
                typing.text().clone_into(&mut home.filter);
                home.marked = 0;
            }
        }
        Some(Screen::NewCase(form)) => {
            let field = if form.field == 0 {
                &mut form.title
            } else {
                &mut form.owner
            };
            change(field);
            form.problem = None;
        }
        Some(Screen::Picker(_)) => return picker::typed_path(state, change),
        Some(Screen::Columns(columns)) => {
            if let Some(horizon) = &mut columns.horizon {
                change(horizon);
            }
        }
        Some(
            Screen::Demos(_)
            | Screen::Overview { .. }
            | Screen::Questions(_)
            | Screen::Review { .. }
            | Screen::Contest(_)
            | Screen::Decision { .. }
            | Screen::Export(_),
        )
        | None => {}
    }
    Vec::new()
}

pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Quit => return leave(state),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Help => return lay_over(state, Overlay::Help { scroll: 0 }),
        Action::Meaning => return lay_over(state, Overlay::Meaning { scroll: 0 }),
        _ => {}
    }
    if state.overlay.is_some() {
        return over(state, action);
    }
    match state.screens.last() {
        Some(Screen::Home(_)) => cases::home(state, action),
        Some(Screen::Demos(_)) => cases::demos(state, action),
        Some(Screen::NewCase(_)) => cases::form(state, action),
        Some(Screen::Overview { .. }) => cases::overview(state, action),
        Some(Screen::Questions(_)) => questions::act(state, action),
        Some(Screen::Review { .. }) => review::act(state, action),
        Some(Screen::Picker(_)) => picker::pick(state, action),
        Some(Screen::Columns(_)) => data::columns(state, action),
        Some(Screen::Contest(_)) => results::contest(state, action),
        Some(Screen::Decision { .. }) => results::decision(state, action),
        Some(Screen::Export(_)) => results::export(state, action),
        None => Vec::new(),
    }
}

fn over(state: &mut State, action: Action) -> Vec<Effect> {
    let by = match action {
        Action::Back | Action::Accept => return back(state),
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page(state),
        Action::PageDown => page(state),
        Action::First => -FAR,
        Action::Last => FAR,
        _ => return Vec::new(),
    };
    scroll(state, by)
}
