//! What was measured: shown and kept, if it is still asked for.

use std::path::Path;
use std::sync::Arc;

use super::{cases, results, save_only};
use crate::contest::Evidence;
use crate::problem::Problem;
use crate::tui::effect::{Effect, Job};
use crate::tui::jobs::outdated;
use crate::tui::queue::Task;
use crate::tui::state::{Screen, State, Tone};
use crate::workflow;

/// A contest was held, of the open case or of one that was left meanwhile.
pub(super) fn held(
    state: &mut State,
    task: &Task,
    result: Result<Arc<Evidence>, Problem>,
) -> Vec<Effect> {
    let Some(request) = task.request().cloned() else {
        return Vec::new();
    };
    let keep = |evidence: &Arc<Evidence>, is_open| Job::Keep {
        folder: task.about.clone(),
        request: Box::new(request.clone()),
        evidence: Arc::clone(evidence),
        is_open,
    };
    let session = state
        .session
        .as_mut()
        .filter(|session| session.folder.path == task.about);
    match (session, result) {
        (None, Ok(evidence)) => {
            let (_, effect) = state.run(keep(&evidence, false));
            vec![effect]
        }
        (None, Err(problem)) => {
            if !problem.is_cancelled() {
                state.complain(&problem.in_file(&task.title));
            }
            Vec::new()
        }
        (Some(session), Ok(evidence)) => {
            if workflow::request(&session.folder).as_ref() != Some(&request) {
                let problem = outdated(&task.title);
                session.unmeasured = Some(problem.clone());
                state.complain(&problem);
                return Vec::new();
            }
            if let Some(data) = &mut session.folder.case.data {
                data.hash = Some(evidence.data_hash.clone());
                session.changed_data();
            }
            let row = results::row_taken(&evidence);
            let job = keep(&evidence, true);
            session.evidence = Some(evidence);
            session.asks_otherwise = false;
            if let Some(Screen::Contest(contest)) = state.screens.last_mut() {
                contest.marked = row;
            } else {
                state.say(Tone::Good, "The contest is over: see step 3, Contest.");
            }
            let mut effects = save_only(state);
            effects.push(state.run(job).1);
            effects
        }
        (Some(session), Err(problem)) => {
            if !problem.is_cancelled() {
                session.unmeasured = Some(problem.clone());
            }
            state.complain(&problem);
            Vec::new()
        }
    }
}

/// What was measured stands on the disk, and a verdict can rest on it.
pub(super) fn kept(
    state: &mut State,
    folder: &Path,
    result: Result<Arc<Evidence>, Problem>,
) -> Vec<Effect> {
    let session = state
        .session
        .as_mut()
        .filter(|session| session.folder.path == folder);
    match (session, result) {
        (Some(session), Ok(evidence)) => {
            session.evidence = Some(evidence);
            results::decide(state).into_iter().collect()
        }
        (None, Ok(_)) => {
            state.say(Tone::Good, "A contest is over: its case holds the result.");
            cases::look(state)
        }
        (_, Err(problem)) => {
            state.complain(&problem);
            Vec::new()
        }
    }
}
