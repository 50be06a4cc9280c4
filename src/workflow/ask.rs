//! Answers: given one by one, in a list, or in a file.

use std::path::Path;
use std::sync::Arc;

use crate::assessment::{Answers, Assessment, GivenAnswer, parse_answer};
use crate::case::{CaseFolder, read_answers};
use crate::problem::Problem;
use crate::rubric::{Rubric, Who};

/// What the answers of a case mean.
pub fn assessment(folder: &CaseFolder) -> Assessment {
    Assessment::new(Arc::clone(&folder.rubric), folder.case.answers.clone())
}

/// Who answers, for whom, and when.
#[derive(Clone, Copy, Debug)]
pub struct Answerer<'a> {
    /// Their name.
    pub by: Option<&'a str>,
    /// The role they speak for, where several people answer the same case;
    /// none, if their answers stand for all.
    pub role: Option<Who>,
    /// The day, `YYYY-MM-DD`.
    pub at: &'a str,
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
    let role = None;
    set_given(folder, &typed, Answerer { by, role, at })
}

/// Sets answers that are already typed and saves the case: notes and links that
/// they carry replace those that stand, others stay.
///
/// An answer for a role stands beside those for other roles, and where they do
/// not agree the question is open again; an answer for no role settles it.
pub fn set_given(
    folder: &mut CaseFolder,
    given: &Answers,
    answerer: Answerer<'_>,
) -> Result<(), Problem> {
    let before = folder.case.clone();
    for (question, new) in &given.0 {
        for voice in new.voices() {
            let new = GivenAnswer {
                by: voice.by.clone().or_else(|| answerer.by.map(str::to_owned)),
                at: voice.at.clone().or_else(|| Some(answerer.at.to_owned())),
                role: voice.role.or(answerer.role),
                others: Vec::new(),
                ..voice.clone()
            };
            folder.case.answers.give(question, new);
        }
    }
    folder.adopt_rubric();
    let saved = folder.save();
    if saved.is_err() {
        folder.case = before;
    }
    saved
}

/// Reads answers on which people who disagreed have agreed, as they type them.
///
/// Codes: those of [`parse_answer`], and `not-disputed` for a question on which
/// nobody disagrees.
pub fn agreed(folder: &CaseFolder, given: &[(String, String)]) -> Result<Answers, Problem> {
    let assessment = assessment(folder);
    let mut agreed = Answers::default();
    for (question, text) in given {
        let answer = parse_answer(&folder.rubric, question, text)?;
        if !assessment.is_disputed(question) {
            return Err(Problem::new(
                "not-disputed",
                format!("{question}: expected a question on which people disagree, found none"),
                format!("`--set {question}={text}` answers it"),
            ));
        }
        agreed
            .0
            .insert(question.clone(), GivenAnswer::plain(answer));
    }
    Ok(agreed)
}

/// Reads a file of answers: a flat YAML mapping of question ids to answers.
/// An unknown question or option is a problem at its line, with a suggestion.
pub fn answers_from_file(path: &Path, rubric: &Rubric) -> Result<Answers, Problem> {
    read_answers(path, rubric)
}
