//! The verdict, its reasons, and what would change it.

use crate::report::Report;
use crate::report::document::{Block, Column, Section, Table, Text};
use crate::report::words;
use crate::text::capitalised;
use crate::vocabulary::Rung;

/// The first section: what to do, and how firmly that stands.
pub(super) fn verdict(report: &Report) -> Section {
    let verdict = &report.verdict;
    let mut section = Section::new("Verdict");
    section
        .blocks
        .push(Block::Headline(verdict.headline.clone()));
    let mut table = Table::new([
        Column::left(""),
        Column::left("Verdict"),
        Column::left("That is"),
        Column::left("How firm"),
    ]);
    table.push([
        Text::plain("Solution"),
        Text::strong(verdict.solution.label()),
        Text::plain(words::rung(verdict.solution)),
        firmness(verdict.solution_confidence),
    ]);
    table.push([
        Text::plain("Readiness"),
        Text::strong(verdict.readiness.id()),
        Text::plain(words::readiness(verdict.readiness)),
        firmness(verdict.readiness_confidence),
    ]);
    section.table(table);
    section.paragraph(ladder(verdict.solution));
    let mut points = Vec::new();
    if let Some(evidence) = &report.evidence {
        points.push(
            Text::strong("What the data say:").then(format!(" {}", evidence.recommendation.says)),
        );
    }
    points.push(Text::strong("Decided from:").then(format!(" {}", used(report))));
    if let Some(target) = verdict.target {
        let waits = verdict
            .waits_for
            .map(|wait| format!(", which waits for {}", words::wait(wait)))
            .unwrap_or_default();
        points.push(Text::strong("Heading for:").then(format!(" {}{waits}", target.label())));
    } else if let Some(wait) = verdict.waits_for {
        points.push(Text::strong("Waits for:").then(format!(" {}", words::wait(wait))));
    }
    points.extend(could_be(report));
    if !verdict.requires.is_empty() {
        points.push(
            Text::strong("Whatever is built must be:")
                .then(format!(" {}", verdict.requires.join(", "))),
        );
    }
    section.points(points);
    section
}

fn firmness(confidence: crate::vocabulary::Confidence) -> Text {
    Text::strong(confidence.id()).then(format!(": {}", words::confidence(confidence)))
}

/// All rungs in order with the chosen one marked.
fn ladder(chosen: Rung) -> Text {
    let mut text = Text::plain("The ladder, simplest first: ");
    for (position, rung) in Rung::ALL.into_iter().enumerate() {
        if position > 0 {
            text = text.then(" → ");
        }
        text = if rung == chosen {
            text.then_strong(rung.label())
        } else {
            text.then(rung.label())
        };
    }
    text
}

fn used(report: &Report) -> String {
    let used = &report.verdict.used;
    let parts = [
        (used.answers, "the answers"),
        (used.evidence, "a benchmark"),
        (used.economics, "costs"),
    ];
    let had: Vec<_> = parts
        .iter()
        .filter(|(had, _)| *had)
        .map(|(_, name)| *name)
        .collect();
    let missed: Vec<_> = parts
        .iter()
        .filter(|(had, _)| !had)
        .map(|(_, name)| *name)
        .collect();
    match (had.is_empty(), missed.is_empty()) {
        (true, _) => "nothing yet".to_owned(),
        (false, true) => had.join(", "),
        (false, false) => format!("{}. Without: {}", had.join(", "), missed.join(", ")),
    }
}

fn could_be(report: &Report) -> Option<Text> {
    let could_be = &report.verdict.could_be;
    if could_be.solutions.len() < 2 && could_be.readiness.len() < 2 {
        return None;
    }
    let solutions: Vec<_> = could_be.solutions.iter().map(|rung| rung.label()).collect();
    let readiness: Vec<_> = could_be
        .readiness
        .iter()
        .map(|readiness| readiness.id())
        .collect();
    let mut parts = Vec::new();
    if solutions.len() > 1 {
        parts.push(format!("solution {}", solutions.join(", ")));
    }
    if readiness.len() > 1 {
        parts.push(format!("readiness {}", readiness.join(", ")));
    }
    Some(Text::strong("What is open could still make it:").then(format!(" {}", parts.join("; "))))
}

/// Why: findings with their sources, gates that fired, answers that were contradicted.
pub(super) fn reasons(report: &Report) -> Section {
    let verdict = &report.verdict;
    let mut section = Section::new("Why");
    if verdict.findings.is_empty() {
        section.paragraph("Nothing has been found out yet.");
    } else {
        let steps = verdict
            .findings
            .iter()
            .map(|finding| {
                Text::plain(finding.text.clone())
                    .then(format!(" — {}", source(report, &finding.source)))
            })
            .collect();
        section.blocks.push(Block::Steps(steps));
    }
    let fired: Vec<_> = verdict
        .gates
        .iter()
        .filter(|gate| gate.state == "fired")
        .collect();
    if !fired.is_empty() {
        section.subheading("Answers that decide alone");
        let mut table = Table::new([
            Column::left("Question"),
            Column::left("Effect"),
            Column::left("Because"),
        ]);
        for gate in fired {
            table.push([
                question(report, &gate.question),
                Text::plain(words::effect(&gate.effect)),
                Text::plain(gate.because.clone()),
            ]);
        }
        section.table(table);
    }
    if !verdict.contradictions.is_empty() {
        section.subheading("Answers that the measurement contradicts");
        let mut table = Table::new([
            Column::left("Question"),
            Column::left("Answered"),
            Column::left("Measured"),
            Column::left("What to do"),
        ]);
        for contradiction in &verdict.contradictions {
            table.push([
                question(report, &contradiction.question),
                Text::plain(contradiction.answered.clone()),
                Text::plain(contradiction.measured.clone()),
                Text::plain(contradiction.remedy.clone()),
            ]);
        }
        section.table(table);
    }
    section
}

/// Questions to which people gave answers that do not agree.
pub(super) fn disagreements(report: &Report) -> Option<Section> {
    let mut table = Table::new([
        Column::left("Question"),
        Column::left("Who says what"),
        Column::left("What hangs on it"),
    ]);
    for disagreement in &report.verdict.disagreements {
        let said: Vec<String> = disagreement
            .answers
            .iter()
            .map(|claim| format!("{}: “{}”", claim.who(), claim.answer))
            .collect();
        table.push([
            question(report, &disagreement.question),
            Text::plain(said.join("; ")),
            Text::plain(disagreement.why.clone()),
        ]);
    }
    if table.rows.is_empty() {
        return None;
    }
    let mut section = Section::new("What people do not agree on");
    section.paragraph(
        "Each of these answers counts as possible until one of them is agreed upon, so scores are \
         wider and the verdict is less firm than they could be.",
    );
    section.table(table);
    Some(section)
}

/// The source of a finding in words.
fn source(report: &Report, source: &str) -> String {
    match source.split_once(':') {
        Some(("question", id)) => match report.ask(id) {
            Some(ask) => format!("from the answer to “{ask}”"),
            None => format!("from the answer to {id}"),
        },
        Some(("contest", code)) => format!("from the benchmark ({code})"),
        Some(("policy", row)) => format!("from the decision policy, row {row}"),
        Some((_, _)) | None => match source {
            "contest" => "from the benchmark".to_owned(),
            "value" => "from costs and value".to_owned(),
            other => format!("from {other}"),
        },
    }
}

/// A question in words, or its id where the words are not known.
pub(super) fn question(report: &Report, id: &str) -> Text {
    match report.ask(id) {
        Some(ask) => Text::plain(ask),
        None => Text::code(id),
    }
}

/// What would change the verdict, and what to find out next.
pub(super) fn changes(report: &Report) -> Section {
    let verdict = &report.verdict;
    let mut section = Section::new("What would change it");
    let flips: Vec<_> = verdict
        .flips
        .iter()
        .map(|flip| {
            Text::plain(format!("If {}: ", flip.changes.join(", and "))).then_strong(format!(
                "{} · {}",
                flip.solution.label(),
                flip.readiness.id()
            ))
        })
        .collect();
    if flips.is_empty() {
        section.paragraph("No small set of changes was found that would change this verdict.");
    }
    section.points(flips);
    for says in verdict.remaining.sentences() {
        section.paragraph(says);
    }
    if !verdict.next.is_empty() {
        section.subheading("Worth finding out next");
        let steps = verdict
            .next
            .iter()
            .map(|next| {
                let what = match verdict.measurement(&next.question) {
                    Some(what) => Text::strong(format!("{}.", capitalised(what))),
                    None => {
                        let id = next.question.as_str();
                        Text::strong(report.ask(id).unwrap_or(id))
                    }
                };
                what.then(format!(" {}", next.why))
            })
            .collect();
        section.blocks.push(Block::Steps(steps));
    }
    section
}
