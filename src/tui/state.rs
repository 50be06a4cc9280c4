//! Everything the interface knows: where one is, what is shown, what is under way.

use std::path::PathBuf;

use super::event::{Entry, JobId, Preview};
use super::input::Input;
use super::queue::{Queue, Turn};
use super::session::{Item, Session};
use super::theme::Theme;
use crate::case::Prepared;
use crate::contest::Tier;
use crate::problem::Problem;
use crate::workflow::CaseSummary;

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
}

/// One screen with what is marked on it.
#[derive(Clone, Debug)]
pub enum Screen {
    /// All cases.
    Home(Home),
    /// Finished examples.
    Demos(Demos),
    /// The form of a new case.
    NewCase(NewCase),
    /// One case.
    Overview {
        /// The marked step.
        marked: usize,
    },
    /// The questionnaire.
    Questions(Questions),
    /// What is still open.
    Review {
        /// The marked question.
        marked: usize,
    },
    /// Choosing a file.
    Picker(Picker),
    /// The columns of the data.
    Columns(Columns),
    /// Measuring and what was measured.
    Contest(ContestView),
    /// The verdict.
    Decision {
        /// First line shown.
        scroll: usize,
    },
    /// What is handed on.
    Export(Export),
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

/// All cases.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// What was found, once it was looked for.
    pub cases: Option<Vec<CaseSummary>>,
    /// The folder cannot be read.
    pub problem: Option<Problem>,
    /// Position in the list shown.
    pub marked: usize,
    /// The order.
    pub order: Order,
    /// What the list is narrowed by.
    pub filter: String,
    /// The filter while it is typed.
    pub typing: Option<Input>,
    /// The awaited look.
    pub job: Option<JobId>,
    /// The case that is being opened.
    pub opening: Option<JobId>,
}

/// An order of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is due first, then what was looked at longest ago.
    #[default]
    Due,
    /// By title.
    Title,
    /// What was looked at last first.
    Newest,
}

/// Finished examples.
#[derive(Clone, Debug, Default)]
pub struct Demos {
    /// The examples, once they are read.
    pub list: Vec<Prepared>,
    /// The marked one.
    pub marked: usize,
    /// The awaited list.
    pub job: Option<JobId>,
    /// The example that runs or waits.
    pub running: Option<JobId>,
}

/// The form of a new case.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// What it is called.
    pub title: Input,
    /// Who owns the decision.
    pub owner: Input,
    /// The field that is typed in: 0 title, 1 owner.
    pub field: usize,
    /// What is wrong with the title.
    pub problem: Option<Problem>,
    /// The awaited work.
    pub job: Option<JobId>,
}

/// The questionnaire.
#[derive(Clone, Debug)]
pub struct Questions {
    /// The id of the question that is shown.
    pub at: String,
    /// The marked row: options first, then don't know, then not applicable.
    /// Where something is typed, row 0 is the field.
    pub row: usize,
    /// What is typed.
    pub field: Input,
    /// What is wrong with what is typed.
    pub fault: Option<String>,
    /// The note, while it is typed.
    pub note: Option<Input>,
    /// The marked section, while sections are chosen from.
    pub sections: Option<usize>,
    /// Only the first questions (triage).
    pub quick: bool,
    /// This visit already has its step of undo.
    pub remembered: bool,
}

/// Choosing a file.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The folder that is shown.
    pub folder: PathBuf,
    /// The folder that a typed path begins in.
    pub base: PathBuf,
    /// What is typed: narrows the list, or is a path.
    pub typed: Input,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// The folder cannot be read.
    pub problem: Option<Problem>,
    /// Position in the list shown.
    pub marked: usize,
    /// The awaited work.
    pub job: Option<JobId>,
    /// The chosen file begins a case of its own.
    pub begins_case: bool,
}

/// The columns of the data.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The marked column.
    pub marked: usize,
    /// The awaited work.
    pub job: Option<JobId>,
    /// Why the file cannot be read.
    pub problem: Option<Problem>,
    /// The horizon, while it is typed.
    pub horizon: Option<Input>,
}

/// Measuring and what was measured.
#[derive(Clone, Debug, Default)]
pub struct ContestView {
    /// What is shown.
    pub panel: Panel,
    /// The marked contender.
    pub marked: usize,
    /// First line shown of a long panel.
    pub scroll: usize,
}

/// What the contest shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panel {
    /// Every contender on one axis.
    #[default]
    Board,
    /// Pairs of tiers.
    Comparisons,
    /// How scores grow with rows.
    Learning,
    /// What a careful reader should know.
    Warnings,
    /// The readable contenders line by line.
    Rule,
    /// Whether probabilities come true.
    Calibration,
    /// Forecasts beside what came.
    Forecasts,
    /// The recommendation under other metrics.
    Metrics,
}

impl Panel {
    /// Every panel in the order of the tabs.
    pub const ALL: [Self; 8] = [
        Self::Board,
        Self::Comparisons,
        Self::Warnings,
        Self::Learning,
        Self::Rule,
        Self::Calibration,
        Self::Forecasts,
        Self::Metrics,
    ];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Board => "Leaderboard",
            Self::Comparisons => "Comparisons",
            Self::Learning => "Learning curve",
            Self::Warnings => "Warnings",
            Self::Rule => "The rule",
            Self::Calibration => "Do probabilities come true?",
            Self::Forecasts => "Forecasts",
            Self::Metrics => "Other metrics",
        }
    }
}

/// What is handed on.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// What would be written, once it is rendered.
    pub preview: Option<Preview>,
    /// Why it cannot be.
    pub problem: Option<Problem>,
    /// The rule is shown instead of the report.
    pub rule: bool,
    /// First line shown.
    pub scroll: usize,
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// The awaited work.
    pub job: Option<JobId>,
}

/// How far running work is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Running {
    /// Units finished.
    pub done: usize,
    /// Units in all.
    pub total: usize,
    /// What is being done.
    pub label: String,
    /// Milliseconds so far.
    pub milliseconds: u64,
    /// The leaderboard so far: contender, tier, mean and folds.
    pub standings: Vec<(String, Tier, f64, usize)>,
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
