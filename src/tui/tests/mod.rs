//! The interface without a terminal: events in, states and pictures out.

mod choosing;
mod flow;
mod gallery;
mod hostile;
mod order;
mod plain;
mod screens;
mod transitions;
mod walk;
mod words;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tempfile::TempDir;

use super::effect::{Effect, Job};
use super::event::Event;
use super::session::Session;
use super::stage::{self, picture as drawn};
use super::state::State;
use super::theme::{Palette, Theme};
use super::update::{self, Start, update};
use crate::case::CaseFolder;
use crate::report::samples;
use crate::workflow::{self, NewCase};

const TODAY: &str = "2026-11-24";

const DARK: Theme = Theme {
    palette: Palette::Dark,
    ascii: false,
};

fn press(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn letter(character: char) -> Event {
    press(KeyCode::Char(character))
}

/// A picture as text, one line a row.
fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for row in 0..area.height {
        let mut line = String::new();
        let mut column = 0;
        while column < area.width {
            let symbol = buffer[(column, row)].symbol();
            line.push_str(symbol);
            column += crate::text::width(symbol).max(1) as u16;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn shown(state: &mut State, columns: u16, rows: u16) -> String {
    state.size = (columns, rows);
    text_of(&drawn(state, columns, rows))
}

/// A case on the disk.
fn made(path: &Path, title: &str) -> CaseFolder {
    let new = NewCase {
        title,
        owner: Some("Retention"),
        rubric: None,
        created: TODAY,
    };
    workflow::new_case(path, &new).unwrap()
}

/// A state at home, in a folder of that name.
fn at_home(home: &str) -> State {
    State::new(PathBuf::from(home), TODAY.to_owned(), (80, 24), DARK)
}

/// The interface with every effect done at once, in a folder of its own.
struct Desk {
    state: State,
    home: TempDir,
    /// Jobs that were begun, by their names.
    jobs: Vec<String>,
    /// Work is kept waiting.
    held: Option<Vec<Effect>>,
    /// Contests are begun and stopped, and nothing more.
    slow: Option<Vec<Effect>>,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let state = State::new(home.path().to_owned(), TODAY.to_owned(), (80, 24), DARK);
        let mut desk = Self {
            state,
            home,
            jobs: Vec::new(),
            held: None,
            slow: None,
        };
        let effects = update::begin(&mut desk.state, &Start::Home);
        desk.perform(effects);
        desk
    }

    /// A desk with a new case open.
    fn with_case() -> Self {
        let mut desk = Self::new();
        made(&desk.home.path().join("churn"), "Churn early warning");
        desk.press('r');
        desk.key(KeyCode::Enter);
        assert!(desk.state.session.is_some());
        desk
    }

    fn session(&self) -> &Session {
        self.state.session.as_ref().unwrap()
    }

    fn event(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        self.perform(effects);
    }

    fn key(&mut self, code: KeyCode) {
        self.event(press(code));
    }

    fn press(&mut self, character: char) {
        self.event(letter(character));
    }

    fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.press(character);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        stage::follow(&mut self.state, effects, |effect| {
            if let Some(held) = &mut self.held {
                held.push(effect);
                return None;
            }
            if let (Some(slow), Effect::Run(_, Job::Measure(..)) | Effect::Cancel(_)) =
                (&mut self.slow, &effect)
            {
                slow.push(effect);
                return None;
            }
            if let Effect::Run(_, job) = &effect {
                self.jobs.push(name_of(job).to_owned());
            }
            stage::at_once(effect, TODAY)
        });
    }

    /// Does what was kept waiting.
    fn release(&mut self) {
        let held = self.held.take().unwrap_or_default();
        self.perform(held);
    }

    /// What stands on the disk.
    fn on_disk(&self) -> CaseFolder {
        workflow::open_case(&self.session().folder.path).unwrap()
    }

    fn shown(&mut self) -> String {
        shown(&mut self.state, 80, 24)
    }
}

fn name_of(job: &Job) -> &'static str {
    match job {
        Job::Portfolio(_) => "portfolio",
        Job::Demos => "demos",
        Job::Demo(..) => "demo",
        Job::Open(..) => "open",
        Job::Create { .. } => "create",
        Job::List(_) => "list",
        Job::Read { .. } => "read",
        Job::Roles(..) => "roles",
        Job::Measure(..) => "measure",
        Job::Keep { .. } => "keep",
        Job::Decide(_) => "decide",
        Job::Preview(_) => "preview",
        Job::Conclude(_) => "conclude",
    }
}

/// An open case with everything known that can be: answers, data, benchmark, verdict.
fn full_session(folder: CaseFolder) -> Session {
    let sample = samples::full();
    let mut session = Session::new(folder, sample.evidence.map(Arc::new));
    session.verdict = Some(sample.verdict);
    session
}
/// A state in which that screen lies over the overview of a case.
fn on(screen: super::state::Screen, session: Session) -> State {
    let mut state = at_home("/cases");
    state.session = Some(session);
    state
        .screens
        .push(super::state::Screen::Overview { marked: 0 });
    state.screens.push(screen);
    state
}
