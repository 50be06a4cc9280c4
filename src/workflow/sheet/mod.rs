//! Sheets of open questions for people without a terminal: Markdown or a spreadsheet out, answers in.
//!
//! A file that ends in `.md` is Markdown (see [`markdown`]), one that ends in
//! `.csv` a spreadsheet (see [`spreadsheet`]). Both show what is asked, who can
//! answer, what was answered and noted so far; both take an answer and a note.

mod markdown;
mod spreadsheet;

use std::collections::BTreeMap;
use std::path::Path;

use super::{ask, settle};
use crate::assessment::{Answers, Assessment, GivenAnswer, parse_answer, write_answer};
use crate::case::{CaseFolder, read_bytes, read_text, write_atomically};
use crate::problem::Problem;
use crate::rubric::{Question, Who};
use crate::text::clean;
use crate::verdict::Remaining;

/// Largest sheet read, in bytes.
const MOST_BYTES: u64 = 1 << 20;
/// Most characters of a note.
const LONGEST_NOTE: usize = 2_000;

/// The forms of a sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Markdown,
    Spreadsheet,
}

/// A question on a sheet.
struct Asked<'a> {
    question: &'a Question,
    /// What was answered so far, in a line each.
    so_far: Vec<String>,
    /// Whether its answer could still change the verdict; else it is asked for the record.
    matters: bool,
}

/// What somebody filled in, with its places.
#[derive(Debug, PartialEq, Eq)]
struct Filled {
    id: String,
    answer: String,
    note: String,
    id_at: (usize, usize),
    answer_at: (usize, usize),
    note_at: (usize, usize),
}

/// Writes the open questions of a case into a new file, atomically, and says
/// how many they are; with a role, those that this role can answer.
///
/// Questions whose answers could still change the verdict stand first, in the
/// order in which they are worth asking, the others below for the record.
/// Open is what has no answer or *don't know*, what people disagree on, and
/// what was put in other words when it was answered.
///
/// Codes: `sheet-exists` (what somebody wrote is never overwritten),
/// `unknown-form` for another ending than `.md` or `.csv`, `not-writable`.
pub fn write_sheet(folder: &CaseFolder, file: &Path, role: Option<Who>) -> Result<usize, Problem> {
    let form = form(file)?;
    if file.exists() {
        let place = file.display().to_string();
        return Err(Problem::new(
            "sheet-exists",
            format!("expected a new file, found {place}"),
            "name another file, or move that one away; somebody may have answered in it",
        )
        .in_file(place));
    }
    let assessment = ask::assessment(folder);
    let remaining = settle::remaining(folder)?;
    let open = open(folder, &assessment, &remaining, role);
    let text = match form {
        Form::Markdown => markdown::write(&folder.case.title, &remaining.says(), &open),
        Form::Spreadsheet => spreadsheet::write(&open),
    };
    write_atomically(file, text.as_bytes())?;
    Ok(open.len())
}

/// Reads the answers of a sheet; what is left empty is no answer.
///
/// A note without an answer goes to the answer that stands.
///
/// Codes: `unknown-form`, `unknown-question`, `duplicate-id`, `no-answer-line`,
/// `no-such-column`, `note-without-answer`, `answer-too-long`, and those of
/// [`parse_answer`], each at its place.
pub fn answers_from_sheet(file: &Path, folder: &CaseFolder) -> Result<Answers, Problem> {
    let filled = match form(file)? {
        Form::Markdown => markdown::read(&read_text(file, MOST_BYTES)?, &folder.rubric),
        Form::Spreadsheet => spreadsheet::read(&read_bytes(file, MOST_BYTES)?),
    };
    filled
        .and_then(|filled| answers(&filled, folder))
        .map_err(|problem| problem.in_file(file.display().to_string()))
}

/// The form that a file's ending names.
fn form(file: &Path) -> Result<Form, Problem> {
    let ending = file.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("md") {
        return Ok(Form::Markdown);
    }
    if ending.eq_ignore_ascii_case("csv") {
        return Ok(Form::Spreadsheet);
    }
    let place = file.display().to_string();
    Err(Problem::new(
        "unknown-form",
        format!("expected a file that ends in .md or .csv, found {place}"),
        "name it like questions.md, or questions.csv for a spreadsheet",
    )
    .in_file(place))
}

fn open<'a>(
    folder: &'a CaseFolder,
    assessment: &Assessment,
    remaining: &Remaining,
    role: Option<Who>,
) -> Vec<Asked<'a>> {
    let changed = folder.asked_otherwise();
    let is_open = |id: &String| {
        let lists = [
            &assessment.unanswered,
            &assessment.unknown,
            &assessment.disputed,
        ];
        lists.iter().any(|list| list.contains(id)) || changed.contains(&id.as_str())
    };
    let matters = |id: &String| remaining.matter.contains(id);
    let record = assessment.visible.iter().filter(|id| !matters(id));
    remaining
        .matter
        .iter()
        .chain(record)
        .filter(|id| is_open(id))
        .filter_map(|id| folder.rubric.question(id))
        .filter(|question| role.is_none_or(|role| question.who.contains(&role)))
        .map(|question| Asked {
            question,
            matters: matters(&question.id),
            so_far: folder
                .case
                .answers
                .0
                .get(&question.id)
                .map(so_far)
                .unwrap_or_default(),
        })
        .collect()
}

/// Each answer that stands, with who gave it and what they noted.
fn so_far(given: &GivenAnswer) -> Vec<String> {
    given
        .voices()
        .map(|voice| {
            let who: Vec<&str> = [
                voice.role.map(Who::id),
                voice.by.as_deref(),
                voice.at.as_deref(),
            ]
            .into_iter()
            .flatten()
            .collect();
            let who = match who.as_slice() {
                [] => String::new(),
                who => format!(" ({})", who.join(", ")),
            };
            let note = voice.note.as_ref().map(|note| format!("; note: {note}"));
            clean(&format!(
                "{}{who}{}",
                write_answer(&voice.answer),
                note.unwrap_or_default()
            ))
        })
        .collect()
}

/// Turns what was filled in into answers.
fn answers(filled: &[Filled], folder: &CaseFolder) -> Result<Answers, Problem> {
    let rubric = &folder.rubric;
    let mut found = Answers::default();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in filled {
        let (line, column) = entry.id_at;
        if seen.insert(&entry.id, line).is_some() {
            return Err(Problem::new(
                "duplicate-id",
                format!("expected each question once, found \"{}\" again", entry.id),
                "remove one of the two",
            )
            .at(line, column));
        }
        let is_answered = !entry.answer.trim().is_empty();
        // An unknown question is told even if nothing is answered.
        let text = if is_answered {
            &entry.answer
        } else {
            "unknown"
        };
        let answer = parse_answer(rubric, &entry.id, text).map_err(|problem| {
            if problem.code == "unknown-question" {
                problem.at(line, column)
            } else {
                problem.at(entry.answer_at.0, entry.answer_at.1)
            }
        })?;
        let note = note(entry)?;
        let given = match (is_answered, &note) {
            (true, _) => GivenAnswer::plain(answer),
            (false, None) => continue,
            (false, Some(_)) => standing(entry, folder)?,
        };
        let given = GivenAnswer { note, ..given };
        found.0.insert(entry.id.clone(), given);
    }
    Ok(found)
}

fn note(entry: &Filled) -> Result<Option<String>, Problem> {
    let note = entry.note.trim();
    let length = note.chars().count();
    if length > LONGEST_NOTE {
        return Err(Problem::new(
            "answer-too-long",
            format!(
                "{}: expected a note of at most {LONGEST_NOTE} characters, found {length}",
                entry.id
            ),
            "say it shorter, and link the rest",
        )
        .at(entry.note_at.0, entry.note_at.1));
    }
    Ok((!note.is_empty()).then(|| note.to_owned()))
}

/// The answer that a note without one belongs to.
fn standing(entry: &Filled, folder: &CaseFolder) -> Result<GivenAnswer, Problem> {
    let standing = folder.case.answers.0.get(&entry.id);
    standing
        .filter(|given| given.others.is_empty())
        .cloned()
        .ok_or_else(|| {
            Problem::new(
                "note-without-answer",
                format!(
                    "{}: expected an answer beside the note, found none",
                    entry.id
                ),
                "answer \"unknown\" if nobody knows yet",
            )
            .at(entry.note_at.0, entry.note_at.1)
        })
}

#[cfg(test)]
mod tests;
