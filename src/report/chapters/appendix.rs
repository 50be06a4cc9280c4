//! Earlier verdicts, how to reproduce this one, and who signs it.

use crate::report::Report;
use crate::report::document::{Block, Column, Section, Table, Text};
use crate::rubric::Who;

/// Earlier verdicts, if there were any.
pub(super) fn history(report: &Report) -> Option<Section> {
    if report.history.is_empty() {
        return None;
    }
    let mut table = Table::new([
        Column::left("Date"),
        Column::left("Solution"),
        Column::left("Readiness"),
        Column::left("What had changed"),
    ]);
    for line in &report.history {
        table.push([
            Text::plain(line.date.clone()),
            Text::plain(format!(
                "{} ({})",
                line.solution.label(),
                line.solution_confidence.id()
            )),
            Text::plain(format!(
                "{} ({})",
                line.readiness.id(),
                line.readiness_confidence.id()
            )),
            Text::plain(line.changed.clone().unwrap_or_default()),
        ]);
    }
    let mut section = Section::new("Earlier verdicts");
    section.table(table);
    Some(section)
}

/// How to come to the same verdict again.
pub(super) fn reproduce(report: &Report) -> Section {
    let reproduce = &report.reproduce;
    let mut section = Section::new("How to reproduce this");
    if !reproduce.commands.is_empty() {
        section.blocks.push(Block::Code(reproduce.commands.clone()));
        section.paragraph(
            "The same version with the same inputs gives the same bytes, with any number of threads.",
        );
    }
    let mut table = Table::new([Column::left("What"), Column::left("Value")]);
    table.push([Text::plain("mlfit"), Text::code(reproduce.version.clone())]);
    if let Some(seed) = reproduce.seed {
        table.push([Text::plain("Seed"), Text::code(seed.to_string())]);
    }
    let hashes = &reproduce.hashes;
    for (id, hash) in &hashes.rubrics {
        table.push([
            Text::plain("Rubric ").then_code(id.clone()),
            Text::code(hash.clone()),
        ]);
    }
    for (name, hash) in [
        ("Decision policy", Some(&hashes.policy)),
        ("Answers", Some(&hashes.answers)),
        ("Data", hashes.data.as_ref()),
        ("Benchmark", hashes.evidence.as_ref()),
        ("Economics", hashes.economics.as_ref()),
    ] {
        if let Some(hash) = hash.filter(|hash| !hash.is_empty()) {
            table.push([Text::plain(name), Text::code(hash.clone())]);
        }
    }
    if let Some(rows) =
        (!report.verdict.policy_rows.is_empty()).then(|| report.verdict.policy_rows.join(", "))
    {
        table.push([
            Text::plain("Rows of the policy that decided"),
            Text::code(rows),
        ]);
    }
    section.table(table);
    section.paragraph("Hashes are SHA-256 of the inputs as they were read.");
    section
}

/// Lines for those who stand behind the decision; nobody's name is filled in.
pub(super) fn sign_off(report: &Report) -> Section {
    let mut section = Section::new("Sign-off");
    section.paragraph("mlfit advises; people decide. Who agrees, signs here.");
    let mut table = Table::new([
        Column::left("Role"),
        Column::left("Name"),
        Column::left("Decision"),
        Column::left("Date"),
    ]);
    let legal = report.lines().any(|line| line.who.contains(&Who::Legal));
    for (role, wanted) in [
        ("Product owner", true),
        ("Engineer", true),
        ("Legal or privacy", legal),
    ] {
        if wanted {
            table.push([
                Text::plain(role),
                Text::default(),
                Text::default(),
                Text::default(),
            ]);
        }
    }
    section.table(table);
    section
}
