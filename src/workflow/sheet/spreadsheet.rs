//! A sheet as a spreadsheet: a row for each question, read back by the names of its columns.

use super::super::forms::answer_forms;
use super::markdown::TYPED;
use super::{Asked, Filled};
use crate::data::{Cells, read_cells, write_cells};
use crate::problem::{Problem, nearest};
use crate::text::clean;

/// The column that names the question.
const QUESTION: &str = "question";
/// The column for the answer.
const ANSWER: &str = "answer";
/// The column for a remark.
const NOTE: &str = "note";

/// What stands beside a question whose answer could still change the verdict.
const MATTERS: &str = "could change the verdict";
/// What stands beside all others.
const RECORD: &str = "for the record";

pub(super) fn write(questions: &[Asked<'_>]) -> String {
    let header = [
        QUESTION,
        "asks",
        "help",
        "who can answer",
        "possible answers",
        "so far",
        "use",
        ANSWER,
        NOTE,
    ];
    let mut rows: Vec<Vec<String>> = vec![header.map(str::to_owned).into()];
    for Asked {
        question,
        so_far,
        matters,
    } in questions
    {
        let who: Vec<&str> = question.who.iter().map(|who| who.id()).collect();
        let forms: Vec<String> = answer_forms(question, TYPED)
            .into_iter()
            .map(|(word, says)| format!("{word}: {}", clean(&says)))
            .collect();
        rows.push(vec![
            question.id.clone(),
            clean(&question.ask),
            clean(&question.help),
            who.join(", "),
            forms.join("\n"),
            so_far.join("\n"),
            if *matters { MATTERS } else { RECORD }.to_owned(),
            String::new(),
            String::new(),
        ]);
    }
    // Spreadsheets take a file for UTF-8 only if it says so.
    format!("\u{feff}{}", write_cells(rows.iter().map(Vec::as_slice)))
}

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Filled>, Problem> {
    let rows = read_cells(bytes)?;
    let Some((header, rows)) = rows.split_first() else {
        return Err(no_column(QUESTION, &[]).at(1, 1));
    };
    let column = |name: &str| {
        header
            .cells
            .iter()
            .position(|cell| cell.trim().eq_ignore_ascii_case(name))
    };
    let need = |name: &'static str| {
        column(name).ok_or_else(|| no_column(name, &header.cells).at(header.line, 1))
    };
    let (question, answer) = (need(QUESTION)?, need(ANSWER)?);
    let note = column(NOTE);
    let cell = |row: &Cells, column: usize| row.cells.get(column).cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()))
        .map(|row| Filled {
            id: cell(row, question).trim().to_owned(),
            answer: cell(row, answer),
            note: note.map(|note| cell(row, note)).unwrap_or_default(),
            id_at: (row.line, question + 1),
            answer_at: (row.line, answer + 1),
            note_at: (row.line, note.unwrap_or(answer) + 1),
        })
        .collect())
}

fn no_column(name: &str, known: &[String]) -> Problem {
    let near = nearest(name, known.iter().map(String::as_str));
    Problem::new(
        "no-such-column",
        format!("expected a column called \"{name}\" in the first line, found none"),
        match near {
            Some(near) => format!("is it the one called \"{near}\"? call it \"{name}\" again"),
            None => "keep the first line as `mlfit assess --sheet` wrote it".to_owned(),
        },
    )
}
