//! Answers: given one by one, in a list, or in a file.

use std::path::Path;
use std::sync::Arc;

use crate::assessment::{Answers, Assessment, GivenAnswer, parse_answer};
use crate::case::{CaseFolder, read_answers};
use crate::problem::Problem;
use crate::rubric::Rubric;

/// What the answers of a case mean.
pub fn assessment(folder: &CaseFolder) -> Assessment {
    Assessment::new(Arc::clone(&folder.rubric), folder.case.answers.clone())
}

/// Sets answers as people type them (see [`parse_answer`]) and saves the case.
///
/// Either all of them are set, or none. What was noted beside an answer stays;
/// `by` and the day `at` are noted anew.
pub fn set_answers(
    folder: &mut CaseFolder,
    given: &[(String, String)],
    by: Option<&str>,
    at: &str,
) -> Result<(), Problem> {
    let mut typed = Answers::default();
    for (question, text) in given {
        let answer = parse_answer(&folder.rubric, question, text)?;
        typed.0.insert(question.clone(), GivenAnswer::plain(answer));
    }
    set_given(folder, &typed, by, at)
}

/// Sets answers that are already typed and saves the case: notes and links that
/// they carry replace those that stand, others stay.
pub fn set_given(
    folder: &mut CaseFolder,
    given: &Answers,
    by: Option<&str>,
    at: &str,
) -> Result<(), Problem> {
    let before = folder.case.clone();
    for (question, new) in &given.0 {
        let answers = &mut folder.case.answers;
        answers.set(question, new.answer.clone());
        let Some(kept) = answers.0.get_mut(question) else {
            continue;
        };
        if new.note.is_some() {
            kept.note.clone_from(&new.note);
        }
        if new.link.is_some() {
            kept.link.clone_from(&new.link);
        }
        kept.by = new.by.clone().or_else(|| by.map(str::to_owned));
        kept.at = new.at.clone().or_else(|| Some(at.to_owned()));
    }
    folder.adopt_rubric();
    let saved = folder.save();
    if saved.is_err() {
        folder.case = before;
    }
    saved
}

/// Reads a file of answers: a flat YAML mapping of question ids to answers.
/// An unknown question or option is a problem at its line, with a suggestion.
pub fn answers_from_file(path: &Path, rubric: &Rubric) -> Result<Answers, Problem> {
    read_answers(path, rubric)
}
