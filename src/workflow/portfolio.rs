//! All cases under one folder: what needs me?

use std::path::{Path, PathBuf};

use super::ask;
use crate::case::{CaseFolder, FILE};
use crate::problem::Problem;
use crate::verdict::Verdict;

/// Folders are looked into this deep.
const DEEPEST: usize = 3;

/// Folders looked into at most; a portfolio is no search of the whole disk.
const MOST_FOLDERS: usize = 5_000;

/// One case at a glance.
#[derive(Clone, Debug)]
pub struct CaseSummary {
    /// Its folder.
    pub path: PathBuf,
    /// What it is called (untrusted text); the folder's name, if it cannot be read.
    pub title: String,
    /// Who owns the decision (untrusted text).
    pub owner: Option<String>,
    /// Questions with an answer other than *don't know*.
    pub answered: usize,
    /// Questions that are asked.
    pub asked: usize,
    /// The last verdict.
    pub verdict: Option<Verdict>,
    /// Whether one of its dated triggers has come.
    pub due: bool,
    /// Why the case cannot be read, or only in part.
    pub problem: Option<Problem>,
}

impl CaseSummary {
    /// The day of the last verdict.
    pub fn checked(&self) -> Option<&str> {
        self.verdict.as_ref().map(|verdict| verdict.as_of.as_str())
    }
}

/// Every case in and under a folder, in the order of their paths. A case that
/// cannot be read is listed with its problem. Links to folders are not followed.
pub fn portfolio(root: &Path, as_of: &str) -> Result<Vec<CaseSummary>, Problem> {
    if !root.is_dir() {
        return Err(Problem::new(
            "folder-not-found",
            format!("expected a folder at {}, found none", root.display()),
            "name the folder that holds your cases",
        )
        .in_file(root.display().to_string()));
    }
    let mut found = Vec::new();
    let mut left = MOST_FOLDERS;
    gather(root, 0, &mut left, &mut found);
    Ok(found.iter().map(|path| summary(path, as_of)).collect())
}

/// Whether a dated trigger of the verdict has come.
pub fn is_due(verdict: &Verdict, as_of: &str) -> bool {
    // Days as YYYY-MM-DD sort like their dates.
    verdict
        .triggers
        .iter()
        .filter_map(|trigger| trigger.date.as_deref())
        .any(|date| date <= as_of)
}

fn gather(folder: &Path, depth: usize, left: &mut usize, found: &mut Vec<PathBuf>) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    if folder.join(FILE).is_file() {
        found.push(folder.to_owned());
        return;
    }
    if depth == DEEPEST {
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut inner: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !name.starts_with('.') && !matches!(&*name, "target" | "node_modules")
        })
        .map(|entry| entry.path())
        .collect();
    inner.sort();
    for folder in inner {
        gather(&folder, depth + 1, left, found);
    }
}

fn summary(path: &Path, as_of: &str) -> CaseSummary {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let folder = match CaseFolder::open(path) {
        Ok(folder) => folder,
        Err(problem) => {
            return CaseSummary {
                path: path.to_owned(),
                title: name,
                owner: None,
                answered: 0,
                asked: 0,
                verdict: None,
                due: false,
                problem: Some(problem),
            };
        }
    };
    let (answered, asked) = ask::assessment(&folder).progress();
    let (verdict, problem) = match folder.history() {
        Ok(mut history) => (history.pop(), None),
        Err(problem) => (None, Some(problem)),
    };
    CaseSummary {
        path: path.to_owned(),
        title: folder.case.title,
        owner: folder.case.owner,
        answered,
        asked,
        due: verdict
            .as_ref()
            .is_some_and(|verdict| is_due(verdict, as_of)),
        verdict,
        problem,
    }
}
