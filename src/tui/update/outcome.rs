//! Results of work. Each is awaited by its number; any other is dropped.

use super::{data, measured, opened, results};
use crate::data::ColumnRole;
use crate::problem::Problem;
use crate::tui::effect::Effect;
use crate::tui::event::{JobId, Outcome, Preview, ReadTable};
use crate::tui::queue::Task;
use crate::tui::state::{Screen, State, Tone};
use crate::verdict::Verdict;
use crate::workflow::{CaseSummary, Conclusion};

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
        Outcome::Opened(result) => opened::opened(state, job, result),
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
            task.map_or_else(Vec::new, |task| measured::held(state, &task, result))
        }
        Outcome::Kept(folder, result) => measured::kept(state, &folder, result),
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
            let matters = |verdict: &Verdict| !verdict.remaining.matter.is_empty();
            let is_enough = session.verdict.as_ref().is_some_and(matters) && !matters(&verdict);
            let says = verdict.remaining.says();
            session.verdict = Some(*verdict);
            session.undecided = None;
            if is_enough && matches!(state.screens.last(), Some(Screen::Questions(_))) {
                state.say(Tone::Good, says);
            }
        }
        Err(problem) => {
            session.verdict = None;
            session.undecided = Some(problem);
        }
    }
    // What was answered meanwhile counts too.
    if state.session.as_ref().is_some_and(|session| session.stale) {
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
