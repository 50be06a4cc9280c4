//! Answers between their YAML form and the question's kind.
//!
//! In a file an answer is what [`parse_answer`] reads, with two additions: the
//! steps of a chain of whys may be a list, and a text alone in a list is taken
//! word for word (a note that says "unknown" is then not *don't know*).
//!
//! Beside each answer stands the fingerprint of the question as it was put
//! (`asked`), so that a question that is put otherwise later is noticed; what
//! others answered for another role stands under `also`.

use serde_yaml::Spanned;

use super::disk;
use super::raw::{RawAnswer, RawBeside, RawGiven};
use crate::assessment::{Answer, Answers, GivenAnswer, parse_answer, write_answer};
use crate::problem::Problem;
use crate::rubric::yaml::{self, at};
use crate::rubric::{Entries, Question, QuestionKind, Rubric};

/// Largest file of answers read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// Reads a file of answers: a flat mapping of question ids to options,
/// numbers, texts, lists of whys, `unknown` or `na`.
///
/// An unknown question or option is a problem at its line with a suggestion.
pub fn read_answers(path: &std::path::Path, rubric: &Rubric) -> Result<Answers, Problem> {
    let file = path.display().to_string();
    let text = disk::read_text(path, MOST_BYTES)?;
    let raw: Entries<Spanned<RawGiven>> = yaml::read(&text, &file)?;
    check_answers(&raw, rubric, Mismatch::Refused).map_err(|problem| problem.in_file(file))
}

/// What to do about an answer that the rubric does not know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// It is a mistake.
    Refused,
    /// The rubric has changed since; the answer is kept, and has no meaning for now.
    Kept,
}

pub(super) fn check_answers(
    raw: &Entries<Spanned<RawGiven>>,
    rubric: &Rubric,
    mismatch: Mismatch,
) -> Result<Answers, Problem> {
    let mut answers = Answers::default();
    for (question, given) in &raw.0 {
        let Spanned { value: id, .. } = question;
        let checked = check_given(rubric, id, &given.value, mismatch).map_err(|problem| {
            if problem.code == "unknown-question" {
                at(problem, question.referenced)
            } else {
                at(problem, given.referenced)
            }
        })?;
        answers.0.insert(id.clone(), checked);
    }
    Ok(answers)
}

fn check_given(
    rubric: &Rubric,
    question: &str,
    raw: &RawGiven,
    mismatch: Mismatch,
) -> Result<GivenAnswer, Problem> {
    let answer = match check(rubric, question, &raw.answer) {
        Ok(answer) => answer,
        Err(_) if mismatch == Mismatch::Kept => by_shape(&raw.answer),
        Err(problem) => return Err(problem),
    };
    let beside = &raw.beside;
    let mut roles = vec![beside.role];
    let mut others = Vec::with_capacity(beside.also.len());
    for other in &beside.also {
        if roles.contains(&other.beside.role) || !other.beside.also.is_empty() {
            return Err(Problem::new(
                "bad-role",
                format!("{question}: expected one answer for each role, found another"),
                "give each answer its own `as: owner`, `as: engineer` or `as: legal`",
            ));
        }
        roles.push(other.beside.role);
        others.push(check_given(rubric, question, other, mismatch)?);
    }
    let now = rubric.question(question).map(Question::fingerprint);
    Ok(GivenAnswer {
        answer,
        note: beside.note.clone(),
        link: beside.link.clone(),
        by: beside.by.clone(),
        at: beside.at.clone(),
        role: beside.role,
        asked_otherwise: beside
            .asked
            .clone()
            .filter(|asked| Some(asked) != now.as_ref()),
        others,
    })
}

fn check(rubric: &Rubric, question: &str, raw: &RawAnswer) -> Result<Answer, Problem> {
    let steps = match raw {
        RawAnswer::Word(word) => return parse_answer(rubric, question, word),
        RawAnswer::Whole(number) => return parse_answer(rubric, question, &number.to_string()),
        RawAnswer::Number(number) => return parse_answer(rubric, question, &number.to_string()),
        RawAnswer::Steps(steps) => steps,
    };
    let kind = rubric.question(question).map(|question| &question.kind);
    match (kind, steps.as_slice()) {
        (Some(QuestionKind::Whys { max_steps }), steps)
            if !steps.is_empty() && steps.len() <= *max_steps =>
        {
            Ok(Answer::Whys(steps.to_vec()))
        }
        (Some(QuestionKind::Text { .. }), [text]) => Ok(Answer::Text(text.clone())),
        (Some(QuestionKind::Rule), [text]) => Ok(Answer::Rule(text.clone())),
        // Everything else is a mistake, or reads the same joined; the text form says which.
        (_, steps) => parse_answer(rubric, question, &steps.join("\n")),
    }
}

/// Whether the rubric reads an answer back from a file; of several, every one.
pub(super) fn has_meaning(rubric: &Rubric, question: &str, given: &GivenAnswer) -> bool {
    given
        .voices()
        .all(|voice| check(rubric, question, &raw_answer(&voice.answer)).is_ok())
}

fn by_shape(raw: &RawAnswer) -> Answer {
    match raw {
        RawAnswer::Word(word) if *word == write_answer(&Answer::Unknown) => Answer::Unknown,
        RawAnswer::Word(word) if *word == write_answer(&Answer::NotApplicable) => {
            Answer::NotApplicable
        }
        RawAnswer::Word(word) => Answer::Choice(word.clone()),
        RawAnswer::Whole(number) => Answer::Number(*number as f64),
        RawAnswer::Number(number) => Answer::Number(*number),
        RawAnswer::Steps(steps) => Answer::Whys(steps.clone()),
    }
}

/// The form in which an answer is written down; `asked` is the fingerprint of
/// the question as it is put now, if the rubric has it.
pub(super) fn raw(given: &GivenAnswer, asked: Option<&str>) -> RawGiven {
    RawGiven {
        answer: raw_answer(&given.answer),
        beside: RawBeside {
            note: given.note.clone(),
            link: given.link.clone(),
            by: given.by.clone(),
            at: given.at.clone(),
            role: given.role,
            asked: given
                .asked_otherwise
                .clone()
                .or_else(|| asked.map(str::to_owned)),
            also: given.others.iter().map(|it| raw(it, asked)).collect(),
        },
    }
}

fn raw_answer(answer: &Answer) -> RawAnswer {
    match answer {
        Answer::Choice(_) | Answer::Unknown | Answer::NotApplicable => {
            RawAnswer::Word(write_answer(answer))
        }
        // Whole numbers are written without a decimal point.
        Answer::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            RawAnswer::Whole(*number as i64)
        }
        Answer::Number(number) => RawAnswer::Number(*number),
        Answer::Text(text) | Answer::Rule(text) if is_plain(text) => RawAnswer::Word(text.clone()),
        Answer::Text(text) | Answer::Rule(text) => RawAnswer::Steps(vec![text.clone()]),
        Answer::Whys(steps) => RawAnswer::Steps(steps.clone()),
    }
}

/// Whether a text reads back as itself when it is written as a word.
fn is_plain(text: &str) -> bool {
    let means_something = [Answer::Unknown, Answer::NotApplicable]
        .iter()
        .any(|word| write_answer(word) == text);
    !means_something && !text.is_empty() && text.trim() == text
}
