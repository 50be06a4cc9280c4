//! What reaches the interface: keys, results of work, signals.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::crossterm::event::KeyEvent;

use super::theme::Palette;
use crate::case::{CaseFolder, Prepared};
use crate::contest::{Evidence, Progress};
use crate::data::{ColumnRole, Table, Warning, profile};
use crate::problem::Problem;
use crate::report::document::Document;
use crate::verdict::Verdict;
use crate::workflow::{CaseSummary, Conclusion};

/// The number of a piece of work; results of any other number than the awaited one are dropped.
pub type JobId = u64;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The wheel was turned; true for down.
    Wheel(bool),
    /// The mouse was pressed there (column, row).
    Click(u16, u16),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size (columns, rows).
    Resize(u16, u16),
    /// Somebody asks the program to end.
    Terminate,
    /// Somebody asks the program to hand the terminal back for a while.
    Suspend,
    /// The program had been stopped and goes on.
    Continue,
    /// The terminal told its background.
    Background(Palette),
    /// Work is under way.
    Progress(JobId, Progress, Clock),
    /// Work came to its end.
    Done(JobId, Outcome),
    /// A version of the case was saved, or could not be. If somebody else had
    /// written the case meanwhile, both were put together: that is the case here.
    Saved(u64, Result<Option<Box<CaseFolder>>, Problem>),
}

/// How long a piece of work has taken so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Milliseconds since it began.
    pub milliseconds: u64,
}

/// What work brought.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The cases of the home folder.
    Portfolio(Result<Vec<CaseSummary>, Problem>),
    /// The prepared cases.
    Demos(Result<Vec<Prepared>, Problem>),
    /// A case was opened or made.
    Opened(Result<Box<Opened>, Problem>),
    /// What lies in a folder.
    Listing(PathBuf, Result<Vec<Entry>, Problem>),
    /// A table was read.
    Table(Result<Box<ReadTable>, Problem>),
    /// The part that every column plays.
    Roles(Result<Vec<ColumnRole>, Problem>),
    /// A contest was held.
    Measured(Result<Arc<Evidence>, Problem>),
    /// What was measured is kept in the folder of that case.
    Kept(PathBuf, Result<Arc<Evidence>, Problem>),
    /// A verdict, not yet written down.
    Decided(Result<Box<Verdict>, Problem>),
    /// The preview of the report and of the rule.
    Preview(Result<Preview, Problem>),
    /// A verdict with its files.
    Concluded(Result<Box<Conclusion>, Problem>),
    /// The work broke; what it said.
    Broke(String),
}

/// A case as it stands on disk.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The case.
    pub folder: CaseFolder,
    /// Its benchmark.
    pub evidence: Option<Arc<Evidence>>,
    /// Its data, if they were read on the way.
    pub table: Option<Box<ReadTable>>,
    /// The benchmark is there but cannot be read.
    pub problem: Option<Problem>,
    /// Where to go first.
    pub then: Then,
}

/// What follows once a case is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Look at it.
    Overview,
    /// Read this file of data.
    Data(PathBuf),
    /// See what was decided.
    Decision,
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name (untrusted).
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Whether a file is a table, by the ending of its name.
pub fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".tsv", ".txt"]
        .iter()
        .any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// A table that was read, with how the case names its file.
#[derive(Clone, Debug)]
pub struct ReadTable {
    /// The file.
    pub path: PathBuf,
    /// How the case names it.
    pub named: String,
    /// The table.
    pub table: Arc<Table>,
    /// What is worth a second look, by the position of its column.
    pub warnings: Arc<Vec<Vec<Warning>>>,
}

impl ReadTable {
    /// A table with what its columns warn of.
    pub fn new(path: PathBuf, named: String, table: Arc<Table>) -> Self {
        let warnings = Arc::new(table.columns.iter().map(profile).collect());
        Self {
            path,
            named,
            table,
            warnings,
        }
    }
}

/// What would be handed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The report.
    pub report: Document,
    /// The solution as SQL, if it can be written so.
    pub rule: Option<String>,
}
