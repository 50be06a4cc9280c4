//! What the interface asks the world to do.

use std::path::PathBuf;
use std::sync::Arc;

use super::draft::Draft;
use super::event::{JobId, Then};
use crate::case::CaseFolder;
use crate::contest::{Evidence, Request};
use crate::data::Table;

/// One thing to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Do this work aside and report under this number.
    Run(JobId, Job),
    /// Stop that work.
    Cancel(JobId),
    /// Write this version of the case; a newer one may take its place.
    Save(u64, Box<Draft>),
    /// Hand the terminal back until the shell continues us.
    Suspend,
    /// Take the terminal over once more: while we were stopped, others wrote into it.
    Retake,
    /// Leave.
    Quit,
}

/// Work that takes time or touches the disk.
#[derive(Clone, Debug)]
pub enum Job {
    /// Look at all cases under the folder.
    Portfolio(PathBuf),
    /// Read the prepared cases.
    Demos,
    /// Make and measure a prepared case under the folder.
    Demo(String, PathBuf),
    /// Open a case.
    Open(PathBuf, Then),
    /// Make a case.
    Create {
        /// Its folder.
        path: PathBuf,
        /// Its title.
        title: String,
        /// Its owner.
        owner: Option<String>,
        /// What follows.
        then: Then,
    },
    /// List a folder.
    List(PathBuf),
    /// Read a file of data.
    Read {
        /// The file.
        path: PathBuf,
        /// How the case names it, if it does.
        named: Option<String>,
        /// The folder of the case.
        folder: PathBuf,
    },
    /// Find the part that every column plays.
    Roles(Arc<Table>, Box<Request>),
    /// Hold the contest of a case, and write nothing. The table, if it is at
    /// hand, is not read again.
    Measure(Box<CaseFolder>, Box<Request>, Option<Arc<Table>>),
    /// Keep what was measured in the folder of its case, unless the case now
    /// asks something else of its data.
    Keep {
        /// The folder.
        folder: PathBuf,
        /// What was asked.
        request: Box<Request>,
        /// What was measured.
        evidence: Arc<Evidence>,
        /// The case is open: the hash of its data is saved with it.
        is_open: bool,
    },
    /// Decide, and write nothing.
    Decide(Box<CaseFolder>),
    /// Render report and rule, and write nothing.
    Preview(Box<CaseFolder>),
    /// Decide, and write verdict, report and rule.
    Conclude(Box<CaseFolder>),
}
