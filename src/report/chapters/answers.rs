//! What people said: the framing sheet, answers by dimension, what is still unknown.

use super::verdict::question;
use crate::report::document::{Column, Section, Table, Text};
use crate::report::model::{AnswerLine, AnswerState};
use crate::report::numbers::score;
use crate::report::{Report, figures, words};

/// The framing sheet as far as it was filled in.
pub(super) fn framing(report: &Report) -> Section {
    let mut table = Table::new([Column::left(""), Column::left("")]);
    for line in &report.framing {
        table.push([
            Text::strong(format!("{} …", line.asks)),
            Text::plain(line.text.clone()),
        ]);
    }
    let mut section = Section::new("The question that was decided");
    section.table(table);
    section
}

/// Answers by dimension.
pub(super) fn answers(report: &Report) -> Option<Section> {
    if report.dimensions.is_empty() {
        return None;
    }
    let mut section = Section::new("Answers");
    if let Some(rubric) = &report.rubric {
        section.paragraph(format!(
            "Asked after the rubric “{rubric}”. A score runs from its worst case to its best case \
             while questions are open; 100 favours going on."
        ));
    }
    section.picture(figures::readings(report));
    for dimension in &report.dimensions {
        section.subheading(format!(
            "{}: {}",
            dimension.title,
            score(dimension.low, dimension.high)
        ));
        let mut table = Table::new([
            Column::left("Question"),
            Column::left("Answer"),
            Column::left("Note"),
            Column::left("Who, when"),
        ]);
        for line in &dimension.answers {
            table.push([
                Text::plain(format!("{} ", line.ask)).then_code(line.question.clone()),
                answer(line),
                note(line),
                Text::plain(who_when(line)),
            ]);
        }
        section.table(table);
    }
    Some(section)
}

fn answer(line: &AnswerLine) -> Text {
    match line.state {
        AnswerState::Answered => Text::plain(line.answer.clone()),
        AnswerState::Disputed => Text::strong("not agreed:").then(format!(" {}", line.answer)),
        AnswerState::Unknown => Text::strong("don't know"),
        AnswerState::NotApplicable => Text::plain("not applicable"),
        AnswerState::Unanswered => Text::strong("not answered"),
    }
}

fn note(line: &AnswerLine) -> Text {
    match (&line.note, &line.link) {
        (None, None) => Text::default(),
        (Some(note), None) => Text::plain(note.clone()),
        (None, Some(link)) => Text::code(link.clone()),
        (Some(note), Some(link)) => Text::plain(format!("{note} ")).then_code(link.clone()),
    }
}

fn who_when(line: &AnswerLine) -> String {
    [line.by.as_deref(), line.at.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// What nobody knows yet, and gates that may turn out to be open.
pub(super) fn unknowns(report: &Report) -> Section {
    let mut section = Section::new("What is still unknown");
    let mut table = Table::new([
        Column::left("Question"),
        Column::left("Would be settled by"),
        Column::left("Who can answer"),
    ]);
    for line in report.lines() {
        match line.state {
            AnswerState::Unknown | AnswerState::Unanswered | AnswerState::Disputed => {
                let who: Vec<_> = line.who.iter().map(|who| words::who(*who)).collect();
                table.push([
                    Text::plain(line.ask.clone()),
                    Text::plain(line.settled_by.clone()),
                    Text::plain(who.join(", ")),
                ]);
            }
            AnswerState::Answered | AnswerState::NotApplicable => {}
        }
    }
    section.table(table);
    let mut gates = Table::new([
        Column::left("If the answer to"),
        Column::left("were a bad one, it would"),
        Column::left("Because"),
    ]);
    for gate in report
        .verdict
        .gates
        .iter()
        .filter(|gate| gate.state == "possible")
    {
        gates.push([
            question(report, &gate.question),
            Text::plain(words::effect(&gate.effect)),
            Text::plain(gate.because.clone()),
        ]);
    }
    if !gates.rows.is_empty() {
        section.subheading("Answers that would decide alone");
        section.table(gates);
    }
    section
}
