//! A case that was opened or made, for whoever still waits for it.

use super::{cases, data, results};
use crate::problem::Problem;
use crate::tui::effect::Effect;
use crate::tui::event::{JobId, Opened, Then};
use crate::tui::session::Session;
use crate::tui::state::{Screen, State};

/// The job that a screen below an opened case awaits, if it waits for one.
pub(super) fn opened(
    state: &mut State,
    job: JobId,
    result: Result<Box<Opened>, Problem>,
) -> Vec<Effect> {
    // Opening is asked for at home, in a form, by a file or by a demo; whoever
    // has gone elsewhere meanwhile is not pulled back.
    let is_awaited = state.session.is_none()
        && match state.screens.last() {
            Some(Screen::Home(home)) => home.opening == Some(job),
            Some(Screen::NewCase(form)) => form.job == Some(job),
            Some(Screen::Picker(picker)) => picker.job == Some(job),
            Some(Screen::Demos(demos)) => demos.running == Some(job),
            Some(
                Screen::Overview { .. }
                | Screen::Questions(_)
                | Screen::Review { .. }
                | Screen::Columns(_)
                | Screen::Contest(_)
                | Screen::Decision { .. }
                | Screen::Export(_),
            )
            | None => false,
        };
    if !is_awaited {
        return Vec::new();
    }
    match result {
        Err(problem) => {
            match state.screens.last_mut() {
                Some(Screen::Home(home)) => home.opening = None,
                Some(Screen::NewCase(form)) => {
                    form.job = None;
                    form.problem = Some(problem.clone());
                }
                Some(Screen::Picker(picker)) => {
                    picker.job = None;
                    picker.problem = Some(problem.clone());
                }
                Some(Screen::Demos(demos)) => {
                    demos.running = None;
                }
                _ => {}
            }
            state.complain(&problem);
            Vec::new()
        }
        Ok(opened) => {
            let Opened {
                folder,
                evidence,
                table,
                problem,
                then,
            } = *opened;
            state.screens.truncate(1);
            let mut session = Session::new(folder, evidence);
            session.is_guided = then == Then::Decision;
            session.table = table.map(|table| *table);
            state.session = Some(session);
            state.push(Screen::Overview { marked: 0 });
            let next = cases::next_step(state);
            if let Some(Screen::Overview { marked }) = state.screens.last_mut() {
                *marked = next;
            }
            if let Some(problem) = problem {
                state.complain(&problem);
            }
            match then {
                Then::Overview => results::decide_if_unknown(state),
                Then::Data(path) => data::open_columns(state, path),
                Then::Decision => results::open_decision(state),
            }
        }
    }
}
