//! Work, done for real: what each job calls. Blocking; the runtime runs it aside.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::effect::Job;
use super::event::{Entry, Opened, Outcome, Preview, ReadTable, Then, is_table};
use super::fault;
use crate::case::CaseFolder;
use crate::contest::{Control, Evidence, Request};
use crate::data::Table;
use crate::problem::Problem;
use crate::workflow::{self, NewCase};

/// Most entries of a folder listed.
const MOST_ENTRIES: usize = 5_000;

/// Does the work.
pub(super) fn perform(job: Job, today: &str, control: &Control<'_>) -> Outcome {
    match job {
        Job::Portfolio(root) => Outcome::Portfolio(workflow::portfolio(&root, today)),
        Job::Demos => Outcome::Demos(workflow::demo::list()),
        Job::Demo(id, into) => {
            fault::point("demo");
            let shown = workflow::demo::run(&id, &into, today, control);
            Outcome::Opened(shown.map(|result| {
                Box::new(Opened {
                    folder: result.folder,
                    evidence: Some(Arc::new(result.evidence)),
                    table: None,
                    problem: None,
                    then: Then::Decision,
                })
            }))
        }
        Job::Open(path, then) => Outcome::Opened(open(&path, then)),
        Job::Create {
            path,
            title,
            owner,
            then,
        } => Outcome::Opened(create(&path, &title, owner.as_deref(), then, today)),
        Job::List(folder) => {
            let folder = real(from_home(folder));
            let entries = list(&folder);
            Outcome::Listing(folder, entries)
        }
        Job::Read {
            path,
            named,
            folder,
        } => {
            let path = from_home(path);
            Outcome::Table(read(path, named, &folder).map(Box::new))
        }
        Job::Roles(table, request) => Outcome::Roles(workflow::roles(&table, &request)),
        Job::Measure(folder, request, table) => {
            Outcome::Measured(measure(&folder, &request, table, control).map(Arc::new))
        }
        Job::Keep {
            folder,
            request,
            evidence,
            is_open,
        } => {
            let kept = keep(&folder, &request, &evidence, is_open).map(|()| evidence);
            Outcome::Kept(folder, kept)
        }
        Job::Decide(folder) => Outcome::Decided(workflow::decide(&folder, today).map(Box::new)),
        Job::Preview(folder) => Outcome::Preview(preview(&folder, today)),
        Job::Conclude(folder) => {
            Outcome::Concluded(workflow::conclude(&folder, today).map(Box::new))
        }
    }
}

fn open(path: &Path, then: Then) -> Result<Box<Opened>, Problem> {
    let folder = workflow::open_case(path)?;
    let (evidence, problem) = match folder.read_evidence() {
        Ok(evidence) => (evidence.map(Arc::new), None),
        Err(problem) => (None, Some(problem)),
    };
    Ok(Box::new(Opened {
        folder,
        evidence,
        table: None,
        problem,
        then,
    }))
}

fn read(path: PathBuf, named: Option<String>, folder: &Path) -> Result<ReadTable, Problem> {
    let table = workflow::read_table(&path)?;
    let named = named.unwrap_or_else(|| workflow::seen_from(folder, &path));
    Ok(ReadTable::new(path, named, Arc::new(table)))
}

fn create(
    path: &Path,
    title: &str,
    owner: Option<&str>,
    then: Then,
    today: &str,
) -> Result<Box<Opened>, Problem> {
    // A file that cannot be read leaves no empty case behind.
    let (then, table) = match then {
        Then::Data(file) => {
            let file = from_home(file);
            if !file.is_file() {
                return Err(Problem::new(
                    "file-not-found",
                    format!("expected a CSV file at {}, found none", file.display()),
                    "check the path, or choose a file from the list",
                ));
            }
            let table = workflow::read_table(&file)?;
            (Then::Data(file.clone()), Some((file, Arc::new(table))))
        }
        Then::Overview | Then::Decision => (then, None),
    };
    let folder = workflow::new_case(
        path,
        &NewCase {
            title,
            owner,
            rubric: None,
            created: today,
        },
    )?;
    Ok(Box::new(Opened {
        folder,
        evidence: None,
        table: table.map(|(file, table)| {
            let named = workflow::seen_from(path, &file);
            Box::new(ReadTable::new(file, named, table))
        }),
        problem: None,
        then,
    }))
}

/// A path as a shell reads it: `~` is the home folder.
fn from_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(inside), Some(home)) => home.join(inside),
        (Ok(_) | Err(_), _) => path,
    }
}

/// A folder without steps back in its path, where the system tells it.
fn real(folder: PathBuf) -> PathBuf {
    // Elsewhere the whole path is written in a way that people do not use.
    if cfg!(unix) {
        std::fs::canonicalize(&folder).unwrap_or(folder)
    } else {
        folder
    }
}

/// Folders and CSV files, folders first, each in the order of their names.
fn list(folder: &Path) -> Result<Vec<Entry>, Problem> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Problem::new(
            "not-readable",
            format!("{} cannot be read: {error}", folder.display()),
            "choose another folder",
        )
    })?;
    let mut found: Vec<Entry> = entries
        .flatten()
        .take(MOST_ENTRIES)
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Links count as what they lead to.
            let is_folder = entry.path().is_dir();
            (!name.starts_with('.') && (is_folder || is_table(&name)))
                .then_some(Entry { name, is_folder })
        })
        .collect();
    found
        .sort_by(|left, right| (!left.is_folder, &left.name).cmp(&(!right.is_folder, &right.name)));
    Ok(found)
}

/// Nothing is written here: what was stopped meanwhile leaves no trace.
fn measure(
    folder: &CaseFolder,
    request: &Request,
    table: Option<Arc<Table>>,
    control: &Control<'_>,
) -> Result<Evidence, Problem> {
    let table = match (table, folder.data_path()) {
        (Some(table), _) => table,
        (None, Some(path)) => Arc::new(workflow::read_table(&path)?),
        (None, None) => {
            return Err(Problem::new(
                "no-data",
                "expected a case that names its sample data, found one that names none",
                "open the step Data and choose a file",
            ));
        }
    };
    let evidence = workflow::bench(&table, request, control)?;
    control.check()?;
    Ok(evidence)
}

fn keep(path: &Path, request: &Request, evidence: &Evidence, is_open: bool) -> Result<(), Problem> {
    let mut folder = workflow::open_case(path)?;
    if is_open {
        return folder.write_evidence(evidence);
    }
    if workflow::request(&folder).as_ref() != Some(request) {
        return Err(outdated(&folder.case.title));
    }
    workflow::keep_evidence(&mut folder, evidence)
}

/// What was measured answers a question that is no longer asked.
pub(super) fn outdated(title: &str) -> Problem {
    Problem::new(
        "outdated",
        format!(
            "What is asked of the data of \u{201c}{title}\u{201d} changed while they were measured"
        ),
        "measure again",
    )
}

fn preview(folder: &CaseFolder, today: &str) -> Result<Preview, Problem> {
    let report = workflow::report(folder, today)?;
    Ok(Preview {
        report: crate::report::chapters::document(&report),
        rule: workflow::rule_sql(folder, workflow::Database::USUAL)?,
    })
}
