//! What happens: one event in, a new state and things to do out. No clock, no disk, no thread.

mod cases;
mod data;
mod keys;
mod measured;
mod opened;
mod outcome;
mod picker;
mod questions;
mod results;
mod review;
mod typing;

pub(super) use cases::{STEPS, next_step};
pub(super) use data::{give_role, in_time, reason, role_of, warnings};
pub(super) use picker::title_of;
pub(super) use results::{board, panel_beside, panels, row_taken};
pub(super) use review::{Why, open_questions, voice};
pub(super) use typing::{hint, percent, set_answer};

use std::path::PathBuf;

use super::effect::{Effect, Job};
use super::event::{Event, JobId};
use super::session::Session;
use super::state::{Context, Demos, Message, Overlay, Screen, State, Tone};
use super::view;
use crate::case::CaseFolder;
use crate::contest::Progress;
use crate::problem::Problem;

/// Where to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With all cases of the home folder.
    Home,
    /// With one case.
    Case(PathBuf),
}

/// The first things to do.
pub fn begin(state: &mut State, start: &Start) -> Vec<Effect> {
    let mut effects = cases::look(state);
    if let Start::Case(path) = start {
        effects.push(cases::open(state, path.clone()));
    }
    effects
}

/// Takes one event.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let only_turns = keys::only_turns(state, &event);
    let effects = take(state, event);
    if !only_turns {
        // Anything else may change what is said.
        state.laid.clear();
    }
    view::lay_out(state);
    effects
}

fn take(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => keys::key(state, &key),
        Event::Wheel(down) => keys::wheel(state, down),
        Event::Click(column, row) => keys::click(state, column, row),
        Event::Paste(text) => keys::paste(state, &text),
        Event::Resize(columns, rows) => {
            state.size = (columns, rows);
            Vec::new()
        }
        Event::Terminate => leave(state),
        Event::Suspend => vec![Effect::Suspend],
        Event::Continue => vec![Effect::Retake],
        Event::Background(palette) => {
            state.theme.palette = palette;
            Vec::new()
        }
        Event::Progress(job, progress, clock) => {
            note_progress(state, job, progress, clock.milliseconds);
            Vec::new()
        }
        Event::Done(job, outcome) => outcome::done(state, job, outcome),
        Event::Saved(version, result) => saved(state, version, result),
    }
}

impl State {
    /// Work with a number of its own.
    pub(super) fn run(&mut self, job: Job) -> (JobId, Effect) {
        let id = self.number();
        (id, Effect::Run(id, job))
    }

    /// The number of a new piece of work.
    pub(super) fn number(&mut self) -> JobId {
        let id = self.next_job;
        self.next_job += 1;
        id
    }

    /// Opens a screen over this one. Each kind of screen is there once, so that
    /// no circle of screens makes the way back long: opening one that lies
    /// below goes back to it.
    pub(super) fn push(&mut self, screen: Screen) {
        let kind = std::mem::discriminant(&screen);
        if let Some(below) = self
            .screens
            .iter()
            .position(|other| std::mem::discriminant(other) == kind)
        {
            self.screens.truncate(below.max(1));
        }
        // Whoever goes elsewhere is not pulled into a case that opens late.
        if let Some(home) = self.home_mut() {
            home.opening = None;
        }
        self.screens.push(screen);
    }

    /// Says something.
    pub(super) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.message = Some(Message {
            tone,
            text: text.into(),
            remedy: String::new(),
        });
    }

    /// Says what went wrong, unless it was meant to.
    pub(super) fn complain(&mut self, problem: &Problem) {
        let tone = if problem.is_cancelled() {
            Tone::Plain
        } else {
            Tone::Bad
        };
        self.message = Some(Message {
            tone,
            text: match problem.place() {
                Some(place) if !problem.message.contains(&place) => {
                    format!("{place}: {}", problem.message)
                }
                Some(_) | None => problem.message.clone(),
            },
            remedy: problem.remedy.clone(),
        });
    }
}

/// Writes the case as it stands, and asks what its verdict would be now.
fn save(state: &mut State) -> Vec<Effect> {
    let mut effects = save_only(state);
    effects.extend(results::decide(state));
    effects
}

/// Writes the case as it stands.
fn save_only(state: &mut State) -> Vec<Effect> {
    let version = state.next_save;
    let Some(session) = &mut state.session else {
        return Vec::new();
    };
    state.next_save += 1;
    vec![Effect::Save(version, Box::new(session.draft(version)))]
}

fn saved(
    state: &mut State,
    version: u64,
    result: Result<Option<Box<CaseFolder>>, Problem>,
) -> Vec<Effect> {
    // A version of a case that was left says nothing about this one.
    let Some(session) = state
        .session
        .as_mut()
        .filter(|session| session.awaits(version))
    else {
        return Vec::new();
    };
    let is_last = session.saving == Some(version);
    if is_last {
        session.saving = None;
    }
    match result {
        Ok(merged) => {
            session.written(version);
            session.unsaved = None;
            merged.map_or_else(Vec::new, |merged| questions::rebase(state, *merged))
        }
        // A newer version is on its way and will tell.
        Err(_) if !is_last => Vec::new(),
        Err(problem) => {
            session.unsaved = Some(problem.clone());
            state.complain(&problem);
            Vec::new()
        }
    }
}

fn note_progress(state: &mut State, job: JobId, progress: Progress, milliseconds: u64) {
    let Some(running) = state.queue.running_mut(job) else {
        return;
    };
    running.milliseconds = milliseconds;
    match progress {
        Progress::Step { done, total, label } => {
            running.done = done;
            running.total = total;
            running.label = label;
        }
        Progress::Standings(standings) => {
            running.standings = standings
                .into_iter()
                .map(|line| (line.id, line.tier, line.mean, line.folds))
                .collect();
        }
    }
}

/// Ends the program; what waits to be saved is saved by the runtime on the way out.
fn leave(state: &mut State) -> Vec<Effect> {
    state.leaving = true;
    // Only Esc drops what is typed.
    let mut effects = typing::keep(state).unwrap_or_default();
    effects.extend(state.queue.clear());
    // What could not be saved gets another chance.
    if state.session.as_ref().is_some_and(Session::is_ahead) {
        effects.extend(save_only(state));
    }
    effects.push(Effect::Quit);
    effects
}

/// One screen back; from home nowhere.
fn back(state: &mut State) -> Vec<Effect> {
    if state.overlay.take().is_some() {
        return Vec::new();
    }
    if state.screens.len() <= 1 {
        return Vec::new();
    }
    let left = state.screens.pop();
    let mut effects = Vec::new();
    if let Some(Screen::Demos(Demos {
        running: Some(job), ..
    })) = left
    {
        effects.extend(state.queue.stop(job));
    }
    if state.screens.len() == 1 {
        // Home shows what was done in the case; its contest goes on.
        if state.session.as_ref().is_some_and(Session::is_ahead) {
            effects.extend(save_only(state));
        }
        state.session = None;
        effects.extend(cases::look(state));
    }
    effects
}

/// Scrolls or moves a mark within `0..length`.
fn moved(position: usize, length: usize, by: isize) -> usize {
    position
        .saturating_add_signed(by)
        .min(length.saturating_sub(1))
}

/// Farther than anything is long.
const FAR: isize = 1_000_000;

/// Moves through what is longer than the screen.
fn scroll(state: &mut State, by: isize) -> Vec<Effect> {
    let last = view::last_scroll(state);
    let scroll = match (&mut state.overlay, state.screens.last_mut()) {
        (Some(Overlay::Help { scroll } | Overlay::Meaning { scroll }), _)
        | (None, Some(Screen::Decision { scroll })) => scroll,
        (None, Some(Screen::Contest(contest))) => &mut contest.scroll,
        (None, Some(Screen::Export(export))) => &mut export.scroll,
        (None, _) => return Vec::new(),
    };
    // A larger window may have shown more than was scrolled to.
    *scroll = moved((*scroll).min(last), last + 1, by);
    Vec::new()
}

/// Rows that a page moves by.
fn page(state: &State) -> isize {
    isize::try_from(usize::from(state.size.1).saturating_sub(8).max(3)).unwrap_or(3)
}

/// Opens what lies over the screen.
fn lay_over(state: &mut State, overlay: Overlay) -> Vec<Effect> {
    if state.context() != Context::Overlay {
        state.overlay = Some(overlay);
    }
    Vec::new()
}

/// The folder that a new case of that title would get.
pub(super) fn place(state: &State, title: &str) -> PathBuf {
    cases::place(&state.home, title, &cases::taken(state))
}

/// The same, given the folders that are taken.
pub(super) fn place_among(home: &std::path::Path, title: &str, taken: &[PathBuf]) -> PathBuf {
    cases::place(home, title, taken)
}
