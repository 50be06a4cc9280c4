//! From the text of `case.yaml` to a checked case with its rubric.

use std::path::Path;
use std::sync::Arc;

use serde_yaml::{Location, Spanned};

use super::VERSION;
use super::answers::{Mismatch, check_answers};
use super::disk;
use super::model::{Case, DataSource, RubricReference};
use super::raw::{RawCase, RawData, RawRubric, RawVersion};
use crate::assessment::Framing;
use crate::problem::Problem;
use crate::rubric::yaml::{self, at};
use crate::rubric::{Rubric, built_in_rubric};

/// Reads a case. `file` is how problems name it; `folder` is where relative paths start.
///
/// Answers that a rubric does not know are a problem while it is the rubric
/// that they were given to, and are kept without a meaning once it has changed.
pub(super) fn read(text: &str, file: &str, folder: &Path) -> Result<(Case, Arc<Rubric>), Problem> {
    check_version(text, file)?;
    let raw: RawCase = yaml::read(text, file)?;
    check(raw, folder).map_err(|problem| problem.in_file(file))
}

fn check_version(text: &str, file: &str) -> Result<(), Problem> {
    let raw: RawVersion = yaml::read(text, file)?;
    let remedy = match raw.version.value {
        VERSION => return Ok(()),
        0 => "correct the first line",
        _ => "update mlfit, or open the case with the version that wrote it",
    };
    let code = if raw.version.value == 0 {
        "bad-version"
    } else {
        "newer-case"
    };
    Err(at(
        Problem::new(
            code,
            format!(
                "expected a case of version {VERSION}, found version {}",
                raw.version.value
            ),
            remedy,
        ),
        raw.version.referenced,
    )
    .in_file(file))
}

fn check(raw: RawCase, folder: &Path) -> Result<(Case, Arc<Rubric>), Problem> {
    check_title(&raw.title)?;
    check_day(&raw.created.value, raw.created.referenced)?;
    let rubric = find_rubric(&raw.rubric, folder)?;
    let mismatch = if rubric.hash == raw.rubric.value.hash {
        Mismatch::Refused
    } else {
        Mismatch::Kept
    };
    let answers = check_answers(&raw.answers, &rubric, mismatch)?;
    let RawRubric {
        id,
        version,
        hash,
        file,
    } = raw.rubric.value;
    let case = Case {
        title: raw.title.value,
        owner: raw.owner.map(|owner| owner.value),
        created: raw.created.value,
        rubric: RubricReference {
            id,
            version,
            hash,
            file,
        },
        framing: Framing {
            row: raw.framing.row,
            label: raw.framing.label,
            decided: raw.framing.decided,
            outcome: raw.framing.outcome,
            period: raw.framing.period,
        },
        answers,
        data: raw.data.map(
            |RawData {
                 path,
                 hash,
                 request,
             }| DataSource {
                path,
                hash,
                request,
            },
        ),
        economics: raw.economics,
    };
    Ok((case, rubric))
}

fn check_title(title: &Spanned<String>) -> Result<(), Problem> {
    if title.value.trim().is_empty() {
        return Err(at(
            Problem::new(
                "empty-title",
                "expected a title, found nothing",
                "give the case a title, such as the decision that it is about",
            ),
            title.referenced,
        ));
    }
    Ok(())
}

fn check_day(day: &str, place: Location) -> Result<(), Problem> {
    if day.parse::<jiff::civil::Date>().is_ok() {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "bad-date",
            format!("expected a day such as 2026-11-24, found \"{day}\""),
            "write the day as YYYY-MM-DD",
        ),
        place,
    ))
}

/// The rubric that a case names: its own file, or a built-in one.
fn find_rubric(reference: &Spanned<RawRubric>, folder: &Path) -> Result<Arc<Rubric>, Problem> {
    match &reference.value.file {
        Some(file) => read_rubric(&folder.join(file)),
        None => built_in_rubric(&reference.value.id)
            .map_err(|problem| at(problem, reference.referenced)),
    }
}

/// Reads a rubric of one's own from a file.
pub fn read_rubric(path: &Path) -> Result<Arc<Rubric>, Problem> {
    let text = disk::read_text(path, yaml::MOST_BYTES as u64)?;
    Rubric::parse(&text, &path.display().to_string()).map(Arc::new)
}
