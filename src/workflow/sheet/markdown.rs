//! A sheet as Markdown: a heading for each question, an "Answer:" and a "Note:" below.
//!
//! What somebody writes may look like a heading itself. A line is read as one
//! only if it names a question of the rubric, or a single word with a quote or
//! an "Answer:" below it; `\##` at the beginning of a line is always text.

use super::super::forms::{TypedWords, answer_forms};
use super::{Asked, Filled};
use crate::problem::Problem;
use crate::report::plain_in_markdown as plain;
use crate::rubric::Rubric;

/// What a line begins with that names a question.
const QUESTION: &str = "## ";
/// What a line begins with after which an answer stands.
const ANSWER: &str = "Answer:";
/// What a line begins with after which a note stands.
const NOTE: &str = "Note:";

/// How typed answers are called on a sheet.
pub(super) const TYPED: TypedWords = TypedWords {
    number: "a number",
    text: "a text",
    rule: ("a rule", "over the columns, such as income > 50000"),
    whys: (
        "a chain of whys",
        "lines, each the reason for the one before",
    ),
};

/// The line after which questions stand whose answers hardly change the verdict.
const RECORD: &str = "# For the record";

pub(super) fn write(title: &str, remaining: &str, questions: &[Asked<'_>]) -> String {
    let mut text = format!(
        "# Questions about {}\n\n\
         Write after each \"{ANSWER}\": one of the words listed, a number, or a text.\n\
         \"unknown\" is an answer too; leave empty what somebody else should say.\n\
         After \"{NOTE}\" is room for a remark. Do not change the lines that begin with \"{QUESTION}\".\n",
        plain(title)
    );
    if !remaining.is_empty() {
        text.push_str(&format!(
            "\n{} Those that could stand first.\n",
            plain(remaining)
        ));
    }
    let mut is_record = false;
    for Asked {
        question,
        so_far,
        matters,
    } in questions
    {
        if !matters && !is_record {
            is_record = true;
            text.push_str(&format!("\n{RECORD}\n"));
        }
        text.push_str(&format!("\n{QUESTION}{}\n\n", question.id));
        let who: Vec<&str> = question.who.iter().map(|who| who.id()).collect();
        let lines = [
            plain(&question.ask),
            plain(&question.help),
            format!("Who can answer: {}", who.join(", ")),
        ];
        let so_far = so_far.iter().map(|it| format!("So far: {}", plain(it)));
        let quoted: Vec<String> = lines
            .into_iter()
            .chain(so_far)
            .map(|line| format!("> {line}\n"))
            .collect();
        text.push_str(&quoted.join(">\n"));
        text.push('\n');
        for (word, says) in answer_forms(question, TYPED) {
            text.push_str(&format!("- {word}: {}\n", plain(&says)));
        }
        text.push_str(&format!("\n{ANSWER}\n\n{NOTE}\n"));
    }
    text
}

/// A part of a section that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Asked,
    Answer,
    Note,
    /// Behind the line that begins the record, before the next question.
    Between,
}

pub(super) fn read(text: &str, rubric: &Rubric) -> Result<Vec<Filled>, Problem> {
    let lines: Vec<&str> = text.lines().collect();
    let mut sections: Vec<Filled> = Vec::new();
    let mut part = Part::Asked;
    for (place, line) in lines.iter().enumerate() {
        let number = place + 1;
        if let Some(id) = heading(line, &lines[number..], rubric) {
            if part == Part::Asked {
                check_answered(sections.last())?;
            }
            part = Part::Asked;
            sections.push(Filled {
                id: id.to_owned(),
                answer: String::new(),
                note: String::new(),
                id_at: (number, QUESTION.len() + 1),
                answer_at: (number, 1),
                note_at: (number, 1),
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        if part == Part::Note && line.trim_end() == RECORD {
            part = Part::Between;
            continue;
        }
        match (part, line.strip_prefix(ANSWER), line.strip_prefix(NOTE)) {
            (Part::Between, _, _) => {}
            (Part::Asked, Some(rest), _) => {
                part = Part::Answer;
                add(&mut section.answer, &mut section.answer_at, number, rest);
            }
            (Part::Asked, None, _) => {}
            (Part::Answer, _, Some(rest)) => {
                part = Part::Note;
                add(&mut section.note, &mut section.note_at, number, rest);
            }
            (Part::Answer, _, None) => {
                add(&mut section.answer, &mut section.answer_at, number, line);
            }
            (Part::Note, _, _) => add(&mut section.note, &mut section.note_at, number, line),
        }
    }
    if part == Part::Asked {
        check_answered(sections.last())?;
    }
    Ok(sections)
}

/// The question that a line names, if it does.
fn heading<'a>(line: &'a str, below: &[&str], rubric: &Rubric) -> Option<&'a str> {
    let id = line.strip_prefix(QUESTION)?.trim();
    let is_word = !id.is_empty()
        && id
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    let next = below.iter().find(|line| !line.trim().is_empty());
    let is_asked = next.is_some_and(|line| line.starts_with('>') || line.starts_with(ANSWER));
    (rubric.question(id).is_some() || is_word && is_asked).then_some(id)
}

/// Adds a line; the place is that of the first line with anything in it.
fn add(text: &mut String, at: &mut (usize, usize), number: usize, line: &str) {
    let line = line.trim();
    let line = match line.strip_prefix('\\') {
        Some(rest) if rest.starts_with('#') => rest,
        Some(_) | None => line,
    };
    if text.trim().is_empty() && !line.is_empty() {
        *at = (number, 1);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn check_answered(section: Option<&Filled>) -> Result<(), Problem> {
    section.map_or(Ok(()), |section| {
        Err(Problem::new(
            "no-answer-line",
            format!(
                "expected a line \"{ANSWER}\" below {}, found none",
                section.id
            ),
            format!("add a line that begins with \"{ANSWER}\"; it may be left empty"),
        )
        .at(section.id_at.0, 1))
    })
}
