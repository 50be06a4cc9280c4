//! Measuring, deciding and handing on.

use std::path::Path;

use super::{FAR, back, moved, page, scroll};
use crate::contest::{ContenderResult, Evidence, Status};
use crate::tui::effect::{Effect, Job};
use crate::tui::keys::Action;
use crate::tui::queue::Turn;
use crate::tui::state::{ContestView, Export, Panel, Screen, State, Tone};
use crate::workflow;

/// Asks what the verdict would be now. One question at a time: while one is
/// under way, the next is asked once it is answered.
pub(super) fn decide(state: &mut State) -> Option<Effect> {
    let session = state.session.as_mut()?;
    session.stale = session.deciding.is_some();
    if session.stale {
        return None;
    }
    let folder = Box::new(session.folder.clone());
    let (job, effect) = state.run(Job::Decide(folder));
    if let Some(session) = &mut state.session {
        session.deciding = Some(job);
    }
    Some(effect)
}

/// The same, unless a verdict is there or on its way.
pub(super) fn decide_if_unknown(state: &mut State) -> Vec<Effect> {
    let is_known = state
        .session
        .as_ref()
        .is_none_or(|session| session.verdict.is_some() || session.deciding.is_some());
    if is_known {
        Vec::new()
    } else {
        decide(state).into_iter().collect()
    }
}

pub(super) fn open_contest(state: &mut State) -> Vec<Effect> {
    let marked = state
        .session
        .as_ref()
        .and_then(|session| session.evidence.as_deref())
        .map_or(0, row_taken);
    state.push(Screen::Contest(ContestView {
        marked,
        ..ContestView::default()
    }));
    Vec::new()
}

/// The contenders on the board: those that do not apply to such data stay away.
pub(in crate::tui) fn board(evidence: &Evidence) -> Vec<&ContenderResult> {
    evidence
        .contenders
        .iter()
        .filter(|contender| contender.status != Status::Skipped)
        .collect()
}

/// The panels that have something to say about what was measured, in their order.
pub(in crate::tui) fn panels(evidence: &Evidence) -> Vec<Panel> {
    let measured = &evidence.panels;
    Panel::ALL
        .into_iter()
        .filter(|panel| match panel {
            Panel::Learning => !measured.learning.is_empty(),
            Panel::Calibration => measured.calibration.is_some(),
            Panel::Forecasts => !measured.forecasts.is_empty(),
            Panel::Board | Panel::Comparisons | Panel::Warnings | Panel::Rule | Panel::Metrics => {
                true
            }
        })
        .collect()
}

/// The panel after that one, or before it.
pub(in crate::tui) fn panel_beside(evidence: &Evidence, shown: Panel, forward: bool) -> Panel {
    let telling = panels(evidence);
    let all = Panel::ALL;
    let here = all.iter().position(|panel| *panel == shown).unwrap_or(0);
    (1..=all.len())
        .map(|step| {
            let by = if forward { step } else { all.len() - step };
            all[(here + by) % all.len()]
        })
        .find(|panel| telling.contains(panel))
        .unwrap_or_default()
}

/// The row of the contender to take as things stand.
pub(in crate::tui) fn row_taken(evidence: &Evidence) -> usize {
    board(evidence)
        .iter()
        .position(|contender| contender.id == evidence.recommendation.for_now())
        .unwrap_or(0)
}

/// Starts measuring, or waits until nothing else is measured.
pub(super) fn measure(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    if state.measuring().is_some() {
        return Vec::new();
    }
    let Some(request) = workflow::request(&session.folder) else {
        state.say(
            Tone::Plain,
            "The case has no data yet: open step 2, Data, first.",
        );
        return Vec::new();
    };
    let named = session.folder.case.data.as_ref().map(|data| &data.path);
    let table = session
        .table
        .as_ref()
        .filter(|read| Some(&read.named) == named)
        .map(|read| read.table.clone());
    let job = Job::Measure(Box::new(session.folder.clone()), Box::new(request), table);
    let (about, title) = (
        session.folder.path.clone(),
        session.folder.case.title.clone(),
    );
    let id = state.number();
    if let Some(session) = &mut state.session {
        session.unmeasured = None;
    }
    state.queue.add(id, about, title, job)
}

/// Stops the contest of the case in that folder.
pub(super) fn stop(state: &mut State, folder: &Path) -> Vec<Effect> {
    let Some((id, turn)) = state.queue.about(folder) else {
        return Vec::new();
    };
    let says = match turn {
        Turn::Now(_) => "Stopped; g in its contest measures again.",
        Turn::After(_) => "It waits no more.",
    };
    let effects = state.queue.stop(id);
    state.say(Tone::Plain, says);
    effects
}

/// What is asked of the data changed: what was measured, or is, answers something else.
pub(super) fn asks_otherwise(state: &mut State) -> Vec<Effect> {
    let Some(session) = &mut state.session else {
        return Vec::new();
    };
    session.changed_data();
    session.asks_otherwise = session.evidence.is_some();
    let Some((id, _)) = state.measuring() else {
        return Vec::new();
    };
    let effects = state.queue.stop(id);
    state.say(
        Tone::Plain,
        "The contest answered something else and was stopped; g measures again.",
    );
    effects
}

pub(super) fn contest(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let (Some(session), Some(Screen::Contest(contest))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return back(state);
    };
    let contenders = session
        .evidence
        .as_ref()
        .map_or(0, |evidence| board(evidence).len());
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -by_page,
        Action::PageDown => by_page,
        Action::First => -FAR,
        Action::Last => FAR,
        Action::NextField | Action::PreviousField => {
            if let Some(evidence) = &session.evidence {
                let forward = action == Action::NextField;
                contest.panel = panel_beside(evidence, contest.panel, forward);
                contest.scroll = 0;
            }
            return Vec::new();
        }
        Action::Show(panel) => {
            contest.panel = panel;
            contest.scroll = 0;
            return Vec::new();
        }
        Action::Start => return measure(state),
        Action::Stop => {
            let folder = session.folder.path.clone();
            return stop(state, &folder);
        }
        Action::Accept if session.evidence.is_none() => return measure(state),
        Action::Decide | Action::Accept => return open_decision(state),
        Action::Report => return open_export(state),
        Action::Back => return back(state),
        _ => return Vec::new(),
    };
    if contest.panel == Panel::Board {
        contest.marked = moved(contest.marked, contenders, by);
        return Vec::new();
    }
    scroll(state, by)
}

pub(super) fn open_decision(state: &mut State) -> Vec<Effect> {
    state.push(Screen::Decision { scroll: 0 });
    decide_if_unknown(state)
}

pub(super) fn decision(state: &mut State, action: Action) -> Vec<Effect> {
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page(state),
        Action::PageDown => page(state),
        Action::First => -FAR,
        Action::Last => FAR,
        Action::Report => return open_export(state),
        Action::Review => {
            state.push(Screen::Review { marked: 0 });
            return Vec::new();
        }
        Action::Back => return back(state),
        _ => return Vec::new(),
    };
    scroll(state, by)
}

pub(super) fn open_export(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let folder = Box::new(session.folder.clone());
    let (job, effect) = state.run(Job::Preview(folder));
    state.push(Screen::Export(Export {
        job: Some(job),
        ..Export::default()
    }));
    vec![effect]
}

pub(super) fn export(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let (Some(session), Some(Screen::Export(export))) = (&state.session, state.screens.last_mut())
    else {
        return back(state);
    };
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -by_page,
        Action::PageDown => by_page,
        Action::First => -FAR,
        Action::Last => FAR,
        Action::NextField => {
            export.rule = !export.rule;
            export.scroll = 0;
            return Vec::new();
        }
        Action::Write => {
            let folder = Box::new(session.folder.clone());
            let (job, effect) = state.run(Job::Conclude(folder));
            if let Some(Screen::Export(export)) = state.screens.last_mut() {
                export.job = Some(job);
            }
            return vec![effect];
        }
        Action::Back => return back(state),
        _ => return Vec::new(),
    };
    scroll(state, by)
}
