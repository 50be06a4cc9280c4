//! Everything the interface knows: where one is, what is shown, what is under way.

use std::path::PathBuf;

use super::event::JobId;
use super::queue::{Queue, Turn};
use super::session::{Item, Session};
use super::theme::Theme;

pub use super::screen::{
    Columns, ContestView, Demos, Export, Home, Laid, Long, NewCase, Order, Panel, Picker,
    Questions, Running, Screen,
};

/// Most characters typed into a title or a note.
pub const LONGEST_LINE: usize = 2_000;

/// The interface as a value.
#[derive(Clone, Debug)]
pub struct State {
    /// Today, `YYYY-MM-DD`.
    pub today: String,
    /// The folder that holds the cases.
    pub home: PathBuf,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Colours and signs.
    pub theme: Theme,
    /// Where one is; home at the bottom, never empty.
    pub screens: Vec<Screen>,
    /// The case that is open.
    pub session: Option<Session>,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// What was just said.
    pub message: Option<Message>,
    /// Long work, one piece at a time.
    pub queue: Queue,
    /// The number of the next piece of work.
    pub next_job: JobId,
    /// The number of the next version saved.
    pub next_save: u64,
    /// The program is leaving.
    pub leaving: bool,
    /// What is scrolled, laid out: the report and the rule beside each other, anything
    /// else alone. Only [`update`](super::update::update) makes it.
    pub laid: Vec<Laid>,
}

/// A place with keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// All cases.
    Home,
    /// Typing a filter.
    Filter,
    /// Finished examples.
    Demos,
    /// A finished example under way.
    Demo,
    /// The form of a new case.
    NewCase,
    /// One case.
    Overview,
    /// Choosing an option.
    Options,
    /// Typing an answer.
    Field,
    /// Typing a line of the framing sheet.
    Line,
    /// Having typed something that is not the answer yet.
    Draft,
    /// Typing a note.
    Note,
    /// The list of sections.
    Sections,
    /// What is still open.
    Review,
    /// Choosing a file.
    Picker,
    /// The columns of the data.
    Columns,
    /// Typing a number.
    Prompt,
    /// The contest, measured.
    Contest,
    /// The contest, under way.
    Measuring,
    /// The contest, not begun.
    Unmeasured,
    /// The verdict.
    Decision,
    /// What is handed on.
    Export,
    /// Something lies over the screen.
    Overlay,
}

/// What lies over a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The keys.
    Help {
        /// First line shown.
        scroll: usize,
    },
    /// What the words mean.
    Meaning {
        /// First line shown.
        scroll: usize,
    },
}

/// A line for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How bad it is.
    pub tone: Tone,
    /// What happened (untrusted text may be quoted).
    pub text: String,
    /// What to do, or empty.
    pub remedy: String,
}

/// How something is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something went well.
    Good,
    /// Good to know.
    Plain,
    /// Something went wrong.
    Bad,
}

impl Context {
    /// Every place.
    pub const ALL: [Self; 22] = [
        Self::Home,
        Self::Filter,
        Self::Demos,
        Self::Demo,
        Self::NewCase,
        Self::Overview,
        Self::Options,
        Self::Field,
        Self::Line,
        Self::Draft,
        Self::Note,
        Self::Sections,
        Self::Review,
        Self::Picker,
        Self::Columns,
        Self::Prompt,
        Self::Contest,
        Self::Measuring,
        Self::Unmeasured,
        Self::Decision,
        Self::Export,
        Self::Overlay,
    ];
}

impl State {
    /// The beginning: home, and nothing known yet.
    pub fn new(home: PathBuf, today: String, size: (u16, u16), theme: Theme) -> Self {
        Self {
            today,
            home,
            size,
            theme,
            screens: vec![Screen::Home(Home::default())],
            session: None,
            overlay: None,
            message: None,
            queue: Queue::default(),
            next_job: 1,
            next_save: 1,
            leaving: false,
            laid: Vec::new(),
        }
    }

    /// The contest of the open case, under way or waiting.
    pub fn measuring(&self) -> Option<(JobId, Turn<'_>)> {
        self.queue.about(&self.session.as_ref()?.folder.path)
    }

    /// The screen that is shown.
    pub fn screen(&self) -> Option<&Screen> {
        self.screens.last()
    }

    /// The home screen.
    pub fn home_mut(&mut self) -> Option<&mut Home> {
        match self.screens.first_mut() {
            Some(Screen::Home(home)) => Some(home),
            Some(_) | None => None,
        }
    }

    /// The place whose keys hold.
    pub fn context(&self) -> Context {
        if self.overlay.is_some() {
            return Context::Overlay;
        }
        self.place()
    }

    /// The same, as if nothing lay over the screen.
    pub fn place(&self) -> Context {
        match self.screen() {
            Some(Screen::Home(home)) if home.typing.is_some() => Context::Filter,
            Some(Screen::Home(_)) | None => Context::Home,
            Some(Screen::Demos(demos)) if demos.running.is_some() => Context::Demo,
            Some(Screen::Demos(_)) => Context::Demos,
            Some(Screen::NewCase(_)) => Context::NewCase,
            Some(Screen::Overview { .. }) => Context::Overview,
            Some(Screen::Questions(questions)) => {
                if questions.note.is_some() {
                    Context::Note
                } else if questions.sections.is_some() {
                    Context::Sections
                } else if self.is_typing_an_answer(questions) {
                    if self.is_draft(questions) {
                        return Context::Draft;
                    }
                    match self.item(questions) {
                        Some(Item::Framing(_)) => Context::Line,
                        Some(Item::Question(_)) | None => Context::Field,
                    }
                } else {
                    Context::Options
                }
            }
            Some(Screen::Review { .. }) => Context::Review,
            Some(Screen::Picker(_)) => Context::Picker,
            Some(Screen::Columns(columns)) if columns.horizon.is_some() => Context::Prompt,
            Some(Screen::Columns(_)) => Context::Columns,
            Some(Screen::Contest(_)) => match &self.session {
                Some(_) if self.measuring().is_some() => Context::Measuring,
                Some(session) if session.evidence.is_some() => Context::Contest,
                Some(_) | None => Context::Unmeasured,
            },
            Some(Screen::Decision { .. }) => Context::Decision,
            Some(Screen::Export(_)) => Context::Export,
        }
    }

    fn is_typing_an_answer(&self, questions: &Questions) -> bool {
        questions.row == 0 && self.item(questions).is_some_and(|item| item.is_typed())
    }

    /// Whether what is typed differs from the answer that stands.
    fn is_draft(&self, questions: &Questions) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.is_draft(questions))
    }

    fn item(&self, questions: &Questions) -> Option<Item<'_>> {
        self.session.as_ref()?.item(&questions.at)
    }
}
