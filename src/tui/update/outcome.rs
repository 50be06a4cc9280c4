//! Results of work. Each is awaited by its number; any other is dropped.

use std::path::Path;
use std::sync::Arc;

use super::{data, results, save_only};
use crate::contest::Evidence;
use crate::data::ColumnRole;
use crate::problem::Problem;
use crate::tui::effect::{Effect, Job};
use crate::tui::event::{JobId, Opened, Outcome, Preview, ReadTable, Then};
use crate::tui::jobs::outdated;
use crate::tui::queue::Task;
use crate::tui::session::Session;
use crate::tui::state::{Screen, State, Tone};
use crate::verdict::Verdict;
use crate::workflow::{self, CaseSummary, Conclusion};

pub(super) fn done(state: &mut State, job: JobId, outcome: Outcome) -> Vec<Effect> {
    // What waited for its turn begins, whatever came of this.
    let (task, mut effects) = state.queue.end(job);
    effects.extend(match outcome {
        Outcome::Portfolio(result) => {
            portfolio(state, job, result);
            Vec::new()
        }
        Outcome::Demos(result) => {
            if let Some(Screen::Demos(demos)) = state.screens.last_mut()
                && demos.job == Some(job)
            {
                demos.job = None;
                match result {
                    Ok(list) => demos.list = list,
                    Err(problem) => state.complain(&problem),
                }
            }
            Vec::new()
        }
        Outcome::Opened(result) => opened(state, job, result),
        Outcome::Listing(folder, result) => {
            if let Some(Screen::Picker(picker)) = state.screens.last_mut()
                && picker.job == Some(job)
            {
                picker.job = None;
                // A path from the home folder is known in full only now.
                if picker.base.starts_with("~") {
                    picker.base.clone_from(&folder);
                }
                picker.folder = folder;
                match result {
                    Ok(entries) => {
                        picker.entries = entries;
                        picker.problem = None;
                    }
                    Err(problem) => picker.problem = Some(problem),
                }
            }
            Vec::new()
        }
        Outcome::Table(result) => table(state, job, result),
        Outcome::Roles(result) => {
            assigned(state, job, result);
            Vec::new()
        }
        Outcome::Measured(result) => {
            task.map_or_else(Vec::new, |task| measured(state, &task, result))
        }
        Outcome::Kept(folder, result) => kept(state, &folder, result),
        Outcome::Decided(result) => decided(state, job, result),
        Outcome::Preview(result) => {
            preview(state, job, result);
            Vec::new()
        }
        Outcome::Concluded(result) => {
            concluded(state, job, result);
            Vec::new()
        }
        Outcome::Broke(said) => broke(state, job, task.as_ref(), &said),
    });
    effects
}

fn portfolio(state: &mut State, job: JobId, result: Result<Vec<CaseSummary>, Problem>) {
    let Some(home) = state.home_mut() else { return };
    if home.job != Some(job) {
        return;
    }
    home.job = None;
    match result {
        Ok(cases) => {
            home.cases = Some(cases);
            home.problem = None;
        }
        Err(problem) => {
            home.cases = Some(Vec::new());
            home.problem = Some(problem);
        }
    }
    home.marked = home.marked.min(home.shown().len().saturating_sub(1));
}

/// The job that a screen below an opened case awaits, if it waits for one.
fn opened(state: &mut State, job: JobId, result: Result<Box<Opened>, Problem>) -> Vec<Effect> {
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
            session.table = table.map(|table| *table);
            state.session = Some(session);
            state.push(Screen::Overview { marked: 0 });
            let next = super::cases::next_step(state);
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

fn table(state: &mut State, job: JobId, result: Result<Box<ReadTable>, Problem>) -> Vec<Effect> {
    let (Some(session), Some(Screen::Columns(columns))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Vec::new();
    };
    if columns.job != Some(job) {
        return Vec::new();
    }
    columns.job = None;
    match result {
        Ok(read) => {
            let target = session
                .folder
                .case
                .data
                .as_ref()
                .and_then(|data| read.table.position(&data.request.target));
            columns.marked = target.unwrap_or(0);
            session.table = Some(*read);
            session.roles.clear();
            data::assign(state)
        }
        Err(problem) => {
            columns.problem = Some(problem);
            Vec::new()
        }
    }
}

/// What the values say about columns; a name that is gone from the file is told.
fn assigned(state: &mut State, job: JobId, result: Result<Vec<ColumnRole>, Problem>) {
    let Some(session) = &mut state.session else {
        return;
    };
    if session.assigning != Some(job) {
        return;
    }
    session.assigning = None;
    match result {
        Ok(roles) => session.roles = roles,
        Err(problem) => {
            session.roles.clear();
            state.complain(&problem);
        }
    }
}

/// A contest was held, of the open case or of one that was left meanwhile.
fn measured(state: &mut State, task: &Task, result: Result<Arc<Evidence>, Problem>) -> Vec<Effect> {
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
            let row = results::recommended(&evidence);
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
fn kept(state: &mut State, folder: &Path, result: Result<Arc<Evidence>, Problem>) -> Vec<Effect> {
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
            super::cases::look(state)
        }
        (_, Err(problem)) => {
            state.complain(&problem);
            Vec::new()
        }
    }
}

fn decided(state: &mut State, job: JobId, result: Result<Box<Verdict>, Problem>) -> Vec<Effect> {
    let Some(session) = &mut state.session else {
        return Vec::new();
    };
    if session.deciding != Some(job) {
        return Vec::new();
    }
    session.deciding = None;
    match result {
        Ok(verdict) => {
            if let Some(before) = &session.verdict
                && (before.solution, before.readiness) != (verdict.solution, verdict.readiness)
            {
                let turn = format!(
                    "{} · {} → {} · {}",
                    before.solution.label(),
                    before.readiness.id(),
                    verdict.solution.label(),
                    verdict.readiness.id()
                );
                session.changed = Some(match session.changed.take() {
                    Some(changed) => format!("{turn}; {changed}"),
                    None => turn,
                });
            }
            session.verdict = Some(*verdict);
            session.undecided = None;
        }
        Err(problem) => {
            session.verdict = None;
            session.undecided = Some(problem);
        }
    }
    // What was answered meanwhile counts too.
    if session.stale {
        results::decide(state).into_iter().collect()
    } else {
        Vec::new()
    }
}

fn preview(state: &mut State, job: JobId, result: Result<Preview, Problem>) {
    let Some(Screen::Export(export)) = state.screens.last_mut() else {
        return;
    };
    if export.job != Some(job) {
        return;
    }
    export.job = None;
    match result {
        Ok(preview) => export.preview = Some(preview),
        Err(problem) => export.problem = Some(problem),
    }
}

fn concluded(state: &mut State, job: JobId, result: Result<Box<Conclusion>, Problem>) {
    let Some(Screen::Export(export)) = state.screens.last_mut() else {
        return;
    };
    if export.job != Some(job) {
        return;
    }
    export.job = None;
    match result {
        Ok(conclusion) => {
            export.written = std::iter::once(conclusion.report.clone())
                .chain(conclusion.rule.clone())
                .collect();
            state.say(Tone::Good, "Written into the case folder.");
        }
        Err(problem) => state.complain(&problem),
    }
}

/// Work that broke is told like any other failure, and nothing waits for it any more.
fn broke(state: &mut State, job: JobId, task: Option<&Task>, said: &str) -> Vec<Effect> {
    let problem = Problem::new(
        "broke",
        format!("This work broke inside mlfit: {said}"),
        "Your answers are safe. Please report it with what you did last.",
    );
    if let Some(session) = &mut state.session {
        if task.is_some_and(|task| task.about == session.folder.path) {
            session.unmeasured = Some(problem.clone());
        }
        if session.deciding == Some(job) {
            session.deciding = None;
            session.undecided = Some(problem.clone());
        }
        session.assigning.take_if(|assigning| *assigning == job);
    }
    for screen in &mut state.screens {
        let awaited = match screen {
            Screen::Home(home) => {
                if home.job == Some(job) {
                    home.cases.get_or_insert_with(Vec::new);
                }
                home.opening.take_if(|opening| *opening == job);
                &mut home.job
            }
            Screen::Demos(demos) => {
                demos.running.take_if(|running| *running == job);
                &mut demos.job
            }
            Screen::NewCase(form) => &mut form.job,
            Screen::Picker(picker) => &mut picker.job,
            Screen::Columns(columns) => {
                if columns.job == Some(job) {
                    columns.problem = Some(problem.clone());
                }
                &mut columns.job
            }
            Screen::Export(export) => {
                if export.job == Some(job) {
                    export.problem = Some(problem.clone());
                }
                &mut export.job
            }
            Screen::Overview { .. }
            | Screen::Questions(_)
            | Screen::Review { .. }
            | Screen::Contest(_)
            | Screen::Decision { .. } => continue,
        };
        if *awaited == Some(job) {
            *awaited = None;
        }
    }
    state.complain(&problem);
    Vec::new()
}
