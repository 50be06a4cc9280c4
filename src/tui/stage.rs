//! The interface without a terminal: events in, effects done at once, pictures
//! out. Pictures for documents, benchmarks and tests are made on it.

use std::collections::VecDeque;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::effect::Effect;
use super::event::Event;
use super::jobs;
use super::state::State;
use super::update::{self, Start, update};
use super::view::view;
use crate::contest::control::unattended;

/// The interface with every effect done before the next event.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The interface.
    pub state: State,
}

impl Stage {
    /// Begins there, for real: cases are read and written.
    pub fn open(state: State, start: &Start) -> Self {
        let mut stage = Self { state };
        let effects = update::begin(&mut stage.state, start);
        stage.perform(effects);
        stage
    }

    /// Takes one event and everything that follows from it.
    pub fn event(&mut self, event: Event) {
        let effects = update(&mut self.state, event);
        self.perform(effects);
    }

    /// Presses a key.
    pub fn press(&mut self, code: KeyCode) {
        self.event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    /// Types a text, one key a character.
    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.press(KeyCode::Char(character));
        }
    }

    /// What a terminal of the state's size would show.
    pub fn picture(&self) -> Buffer {
        let (columns, rows) = self.state.size;
        picture(&self.state, columns, rows)
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let today = self.state.today.clone();
        follow(&mut self.state, effects, |effect| at_once(effect, &today));
    }
}

/// Does effects in their order, and those that follow from what they bring.
pub(super) fn follow(
    state: &mut State,
    effects: Vec<Effect>,
    mut perform: impl FnMut(Effect) -> Option<Event>,
) {
    let mut waiting: VecDeque<Effect> = effects.into();
    while let Some(effect) = waiting.pop_front() {
        if let Some(event) = perform(effect) {
            waiting.extend(update(state, event));
        }
    }
}

/// Does one effect, and waits for what it brings.
pub(super) fn at_once(effect: Effect, today: &str) -> Option<Event> {
    match effect {
        Effect::Run(id, job) => {
            let outcome = unattended(|control| jobs::perform(job, today, control));
            Some(Event::Done(id, outcome))
        }
        Effect::Save(version, draft) => Some(Event::Saved(version, draft.save())),
        Effect::Cancel(_) | Effect::Suspend | Effect::Retake | Effect::Quit => None,
    }
}

/// The state drawn at a size.
pub fn picture(state: &State, columns: u16, rows: u16) -> Buffer {
    // A terminal in memory cannot fail.
    let Ok(mut terminal) = Terminal::new(TestBackend::new(columns, rows));
    let Ok(drawn) = terminal.draw(|frame| view(state, frame));
    drawn.buffer.clone()
}
