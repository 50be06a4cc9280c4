//! Every screen as a value: what it shows and what is marked on it.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::text::Line;

use super::event::{Entry, JobId, Preview};
use super::input::Input;
use super::theme::Theme;
use crate::case::Prepared;
use crate::contest::Tier;
use crate::problem::Problem;
use crate::workflow::CaseSummary;

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
    /// Questions follow each other section by section, not in the order of their use.
    pub by_section: bool,
    /// What was shown before, latest last.
    pub trail: Vec<String>,
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
    /// The contenders line by line.
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
            Self::Rule => "Rules and models",
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

/// What may be longer than the screen and is scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Long {
    /// The keys.
    Help,
    /// What the words mean.
    Meaning,
    /// A panel of the contest, and the contender that is marked there.
    Panel(Panel, usize),
    /// The verdict.
    Decision,
    /// The report.
    Report,
    /// The rule as SQL.
    Rule,
}

/// Something long, laid out line by line. Laying it out takes longer than a
/// frame may, so it is done once, and scrolled as it is.
#[derive(Clone, Debug)]
pub struct Laid {
    /// What it is.
    pub what: Long,
    /// Columns of a line.
    pub columns: usize,
    /// The colours of the lines.
    pub theme: Theme,
    /// The lines.
    pub lines: Arc<[Line<'static>]>,
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
