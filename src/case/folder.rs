//! A case in its folder.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::disk::{self, Lock};
use super::history;
use super::model::{Case, RubricReference};
use super::{answers, read, write};
use crate::assessment::GivenAnswer;
use crate::contest::Evidence;
use crate::contest::evidence::SCHEMA;
use crate::problem::Problem;
use crate::rubric::{Rubric, built_in_rubric};
use crate::verdict::Verdict;

/// The file that makes a folder a case.
pub const FILE: &str = "case.yaml";
const EVIDENCE: &str = "benchmark.json";
const HISTORY: &str = "history.jsonl";

/// Largest benchmark read, in bytes.
const MOST_EVIDENCE_BYTES: u64 = 64 << 20;

/// A case, its place on disk and its rubric. Clones share their knowledge of
/// what stands on disk, so that one may be saved while another is shown.
#[derive(Clone, Debug)]
pub struct CaseFolder {
    /// The folder.
    pub path: PathBuf,
    /// The case.
    pub case: Case,
    /// The rubric that gives its answers meaning.
    pub rubric: Arc<Rubric>,
    /// Hash of `case.yaml` as it was last read or written here.
    seen: Arc<Mutex<Vec<u8>>>,
}

impl CaseFolder {
    /// Makes a folder for a case and writes the case into it.
    ///
    /// Codes: `case-exists`, `folder-not-empty`, `not-writable`, and those of rubrics.
    pub fn create(path: &Path, case: Case) -> Result<Self, Problem> {
        check_place(path)?;
        let rubric = match &case.rubric.file {
            Some(file) => read::read_rubric(&path.join(file))?,
            None => built_in_rubric(&case.rubric.id)?,
        };
        let text = write::write(&case, &rubric)?;
        disk::make_folder(path)?;
        let folder = Self {
            path: path.to_owned(),
            case,
            rubric,
            seen: Arc::new(Mutex::new(fingerprint(&text))),
        };
        let _lock = Lock::on(path);
        check_place(path)?;
        disk::write_atomically(&path.join(FILE), text.as_bytes())?;
        Ok(folder)
    }

    /// Opens the case in a folder; its `case.yaml` may be named instead.
    ///
    /// Codes: `case-not-found`, `newer-case`, `bad-version`, `bad-date`,
    /// `empty-title`, and those of YAML, answers and rubrics.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let path = match path.file_name() {
            Some(name) if name == FILE && path.is_file() => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => parent,
                Some(_) | None => Path::new("."),
            },
            Some(_) | None => path,
        };
        let file = path.join(FILE);
        if !file.is_file() {
            return Err(Problem::new(
                "case-not-found",
                format!("expected a case folder with a {FILE}, found none at {}", path.display()),
                format!(
                    "`mlfit new {} --title …` makes one, `mlfit demo` makes one with everything in it",
                    path.display()
                ),
            )
            .in_file(path.display().to_string()));
        }
        let text = disk::read_text(&file, crate::rubric::yaml::MOST_BYTES as u64)?;
        let (case, rubric) = read::read(&text, &file.display().to_string(), path)?;
        Ok(Self {
            path: path.to_owned(),
            case,
            rubric,
            seen: Arc::new(Mutex::new(fingerprint(&text))),
        })
    }

    /// Writes `case.yaml`, atomically, unless another program wrote it since
    /// it was last read or written here (`case-changed`).
    pub fn save(&self) -> Result<(), Problem> {
        let text = write::write(&self.case, &self.rubric)?;
        let file = self.path.join(FILE);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = Lock::on(&self.path);
        let standing = disk::read_text(&file, crate::rubric::yaml::MOST_BYTES as u64)?;
        if fingerprint(&standing) != *seen {
            return Err(Problem::new(
                "case-changed",
                "the case was changed by someone else since it was read here",
                "open it again and repeat the last step; nothing was overwritten",
            )
            .in_file(file.display().to_string()));
        }
        if standing != text {
            disk::write_atomically(&file, text.as_bytes())?;
            *seen = fingerprint(&text);
        }
        Ok(())
    }

    /// Questions whose answers the rubric does not understand any more, since
    /// it has changed; the answers are kept, and count for nothing.
    pub fn without_meaning(&self) -> Vec<&str> {
        self.answered(|id, given| !answers::has_meaning(&self.rubric, id, given))
    }

    /// Questions that were answered when they were put in other words, or with
    /// other options. The answers count on, and should be looked at again.
    pub fn asked_otherwise(&self) -> Vec<&str> {
        self.answered(|id, given| {
            answers::has_meaning(&self.rubric, id, given)
                && given.voices().any(|voice| voice.asked_otherwise.is_some())
        })
    }

    /// Ids of the answered questions that are so.
    fn answered(&self, is_so: impl Fn(&str, &GivenAnswer) -> bool) -> Vec<&str> {
        let answers = self.case.answers.0.iter();
        answers
            .filter(|(id, given)| is_so(id, given))
            .map(|(id, _)| id.as_str())
            .collect()
    }

    /// Notes that the case is assessed by its rubric as it is now; not while an
    /// answer has no meaning in it, which could then be taken for a mistake.
    pub fn adopt_rubric(&mut self) {
        if !self.without_meaning().is_empty() {
            return;
        }
        self.case.rubric = RubricReference {
            file: self.case.rubric.file.clone(),
            ..RubricReference::to(&self.rubric)
        };
    }

    /// Writes a text file inside the folder, such as `report.md` or
    /// `figures/learning.svg`, atomically, and returns its path.
    ///
    /// Codes: `outside-the-case` for a name that leads out of the folder,
    /// also by way of a link; `not-writable`.
    pub fn write_text(&self, name: &str, text: &str) -> Result<PathBuf, Problem> {
        let file = self.inside(name)?;
        let _lock = Lock::on(&self.path);
        disk::write_atomically(&file, text.as_bytes())?;
        Ok(file)
    }

    /// Removes a file inside the folder, if it is there.
    pub fn remove(&self, name: &str) -> Result<(), Problem> {
        let file = self.inside(name)?;
        match fs::remove_file(&file) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(disk::cannot_write(&file, &error)),
        }
    }

    /// The benchmark, if there is one.
    pub fn read_evidence(&self) -> Result<Option<Evidence>, Problem> {
        let file = self.path.join(EVIDENCE);
        if !file.exists() {
            return Ok(None);
        }
        read_evidence(&file).map(Some)
    }

    /// Writes the benchmark.
    pub fn write_evidence(&self, evidence: &Evidence) -> Result<(), Problem> {
        let mut text = serde_json::to_string_pretty(evidence).map_err(|error| {
            Problem::new(
                "evidence-json",
                format!("the benchmark cannot be written as JSON: {error}"),
                "this is a fault of mlfit; please report it with the data",
            )
        })?;
        text.push('\n');
        self.write_text(EVIDENCE, &text).map(|_| ())
    }

    /// Every verdict so far, oldest first. A last line torn by a crash does not count.
    pub fn history(&self) -> Result<Vec<Verdict>, Problem> {
        history::read(&self.path.join(HISTORY))
    }

    /// Adds a verdict to the history.
    pub fn append_history(&self, verdict: &Verdict) -> Result<(), Problem> {
        let file = self.inside(HISTORY)?;
        let _lock = Lock::on(&self.path);
        disk::write_atomically(&file, history::with(&file, verdict)?.as_bytes())
    }

    /// The file of sample data, if the case names one.
    pub fn data_path(&self) -> Option<PathBuf> {
        let data = self.case.data.as_ref()?;
        Some(self.path.join(&data.path))
    }

    /// The path of a file that stays in the folder; folders on the way are made.
    fn inside(&self, name: &str) -> Result<PathBuf, Problem> {
        let outside = || {
            Problem::new(
                "outside-the-case",
                format!("{name} does not lie in the case folder"),
                "a case writes into its own folder only",
            )
            .in_file(self.path.display().to_string())
        };
        let relative = Path::new(name);
        let mut components = relative.components();
        let leads_on = components.all(|part| matches!(part, Component::Normal(_)));
        if name.is_empty() || !leads_on {
            return Err(outside());
        }
        let file = self.path.join(relative);
        let parent = file.parent().unwrap_or(&self.path);
        disk::make_folder(parent)?;
        let real =
            |path: &Path| fs::canonicalize(path).map_err(|error| disk::cannot_read(path, &error));
        if real(parent)?.starts_with(real(&self.path)?) {
            Ok(file)
        } else {
            Err(outside())
        }
    }
}

/// Reads a benchmark from any file.
pub fn read_evidence(file: &Path) -> Result<Evidence, Problem> {
    let text = disk::read_text(file, MOST_EVIDENCE_BYTES)?;
    let place = file.display().to_string();
    let fault = |error: &serde_json::Error| {
        Problem::new(
            "bad-evidence",
            format!("expected a benchmark written by mlfit, found a fault in it: {error}"),
            "measure again with `mlfit bench`",
        )
        .in_file(place.clone())
        .at(error.line().max(1), error.column().max(1))
    };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| fault(&error))?;
    let schema = value.get("schema").and_then(serde_json::Value::as_str);
    if schema != Some(SCHEMA) {
        return Err(Problem::new(
            "bad-evidence",
            format!(
                "expected a benchmark of the form {SCHEMA}, found {}",
                schema.map_or_else(
                    || "no form at all".to_owned(),
                    |found| format!("\"{found}\"")
                )
            ),
            "measure again with `mlfit bench`, or update mlfit",
        )
        .in_file(place));
    }
    serde_json::from_str(&text).map_err(|error| fault(&error))
}

fn check_place(path: &Path) -> Result<(), Problem> {
    let problem = if path.join(FILE).exists() {
        Problem::new(
            "case-exists",
            format!("{} is a case already", path.display()),
            format!("`mlfit assess {}` goes on with it", path.display()),
        )
    } else if path.is_dir() {
        let mut entries = fs::read_dir(path).map_err(|error| disk::cannot_read(path, &error))?;
        if entries.next().is_none() {
            return Ok(());
        }
        Problem::new(
            "folder-not-empty",
            format!(
                "expected a new or an empty folder, found other things in {}",
                path.display()
            ),
            "name a folder that does not exist yet",
        )
    } else if path.exists() {
        Problem::new(
            "not-a-folder",
            format!(
                "expected a new or an empty folder, found a file at {}",
                path.display()
            ),
            "name a folder that does not exist yet",
        )
    } else {
        return Ok(());
    };
    Err(problem.in_file(path.display().to_string()))
}

fn fingerprint(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
