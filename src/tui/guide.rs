//! A hand through a finished example: at each screen, what is seen and where to go next.

use super::state::{Context, Panel, Screen, State};

/// What to look at here, while an example is walked through; nothing elsewhere.
pub fn guide(state: &State) -> Option<&'static str> {
    let session = state.session.as_ref()?;
    if !session.is_guided || state.overlay.is_some() {
        return None;
    }
    Some(match state.place() {
        Context::Decision => {
            "This is the answer, with its reasons and what would change it: ↓ reads on. Then Esc shows how it came about."
        }
        Context::Overview => {
            "A case has five steps. Look at 1, what was answered, and at 3, what was measured; Esc comes back each time."
        }
        Context::Options | Context::Field | Context::Line | Context::Sections => {
            "One question at a time. PgUp and PgDn turn the pages; what you change here is only an example. Esc goes back."
        }
        Context::Columns => {
            "The columns of the data and what part each plays. Nothing has to be done here. Esc goes back."
        }
        Context::Contest => contest(state),
        Context::Export => {
            "What people without this program get. Esc until your cases are shown: there n begins your own."
        }
        Context::Home
        | Context::Filter
        | Context::Demos
        | Context::Demo
        | Context::NewCase
        | Context::Draft
        | Context::Note
        | Context::Review
        | Context::Picker
        | Context::Prompt
        | Context::Measuring
        | Context::Unmeasured
        | Context::Overlay => return None,
    })
}

fn contest(state: &State) -> &'static str {
    let panel = match state.screen() {
        Some(Screen::Contest(contest)) => contest.panel,
        Some(_) | None => Panel::Board,
    };
    match panel {
        Panel::Board => {
            "Farther right is better. How much does a model gain over a rule? Tab shows more, i says what words mean, e what is handed on."
        }
        Panel::Comparisons
        | Panel::Learning
        | Panel::Warnings
        | Panel::Rule
        | Panel::Calibration
        | Panel::Forecasts
        | Panel::Metrics => {
            "i says what the words mean. Tab shows the next panel; e shows what is handed on; Esc goes back."
        }
    }
}
