//! What was measured beside the comparison: the rule itself, shares, curves, other metrics, forecasts.

use crate::contest::panels::{GroupErrors, Rate};
use crate::contest::{Evidence, RuleTable, Tier};
use crate::report::document::{Block, Column, Section, Table, Text};
use crate::report::numbers::{self, count, percent};
use crate::report::{Report, figures};

/// A rule with more lines than this is a table to export, not to read.
const MOST_LINES: usize = 40;

/// The section, if any panel was filled.
pub(super) fn panels(report: &Report) -> Option<Section> {
    let evidence = report.evidence.as_ref()?;
    let mut section = Section::new("A closer look");
    rules(&mut section, report, evidence);
    shares(&mut section, evidence);
    learning(&mut section, report, evidence);
    sensitivity(&mut section, evidence);
    calibration(&mut section, report, evidence);
    groups(&mut section, evidence);
    let forecasts = figures::forecasts(report);
    let horizon = figures::horizon(report);
    if !forecasts.is_empty() || horizon.is_some() {
        section.subheading("Forecasts");
        section
            .blocks
            .extend(forecasts.into_iter().map(Block::Picture));
        section.picture(horizon);
    }
    Some(section)
}

/// The contender to take as things stand line by line, if it is a readable one.
fn rules(section: &mut Section, report: &Report, evidence: &Evidence) {
    let taken = evidence.recommendation.for_now();
    let rule = evidence
        .panels
        .rules
        .iter()
        .find(|rule| rule.contender == taken);
    let Some(rule) = rule else { return };
    let tier = evidence.contender(taken).map(|result| result.tier);
    let (subheading, columns) = match tier {
        Some(Tier::MinimumViableModel) => ("The model itself", ["When", "Then"]),
        Some(Tier::Headroom) => ("What its columns are worth", ["Column", "Share"]),
        Some(Tier::Naive | Tier::Heuristic | Tier::External) | None => {
            ("The rule itself", ["When", "Then"])
        }
    };
    section.subheading(subheading);
    section.table(rule_table(rule, columns));
    let mut notes = Vec::new();
    if rule.lines.len() > MOST_LINES {
        notes.push(Text::plain(format!(
            "The first {MOST_LINES} of {} lines.",
            count(rule.lines.len())
        )));
    }
    if report.withheld.rule_lines > 0 {
        notes.push(Text::plain(format!(
            "Not printed, over all rules: {} held by fewer than {} rows.",
            lines(report.withheld.rule_lines),
            report.withheld.smallest_group
        )));
    }
    section.points(notes);
}

fn lines(number: usize) -> String {
    format!(
        "{} {}",
        count(number),
        if number == 1 { "line" } else { "lines" }
    )
}

fn rule_table(rule: &RuleTable, [when, then]: [&str; 2]) -> Table {
    let mut table = Table::new([
        Column::left(when),
        Column::left(then),
        Column::right("Rows"),
        Column::right("Right"),
    ]);
    for line in rule.lines.iter().take(MOST_LINES) {
        table.push([
            Text::plain(line.when.clone()),
            Text::code(line.answer.clone()),
            Text::plain(count(line.rows)),
            Text::plain(line.right.map_or_else(|| "–".to_owned(), percent)),
        ]);
    }
    table
}

fn shares(section: &mut Section, evidence: &Evidence) {
    if evidence.panels.shares.is_empty() {
        return;
    }
    section.subheading("How much of the possible gain each tier takes");
    let mut table = Table::new([
        Column::left("Tier"),
        Column::right("Share"),
        Column::right("95 % interval"),
    ]);
    for share in &evidence.panels.shares {
        table.push([
            Text::plain(share.tier.label()),
            Text::plain(percent(share.share)),
            Text::plain(format!("{} to {}", percent(share.low), percent(share.high))),
        ]);
    }
    section.table(table);
}

fn learning(section: &mut Section, report: &Report, evidence: &Evidence) {
    if evidence.panels.learning.is_empty() {
        return;
    }
    section.subheading("Would more data help?");
    section.picture(figures::learning(report));
    let points = evidence
        .panels
        .learning
        .iter()
        .map(|curve| {
            let text =
                Text::strong(format!("{}:", curve.tier.label())).then(format!(" {}", curve.says));
            match curve.rows_for_next_margin {
                Some(rows) => text.then(format!(
                    " The next margin would take about {} rows.",
                    count(usize::try_from(rows).unwrap_or(usize::MAX))
                )),
                None => text,
            }
        })
        .collect();
    section.points(points);
}

fn sensitivity(section: &mut Section, evidence: &Evidence) {
    if evidence.panels.sensitivity.is_empty() {
        return;
    }
    section.subheading("Would another metric have chosen differently?");
    let mut table = Table::new([
        Column::left("Metric"),
        Column::left("It would recommend"),
        Column::left("How firm"),
        Column::left("The same rung?"),
    ]);
    for view in &evidence.panels.sensitivity {
        table.push([
            Text::plain(view.metric.label()),
            Text::plain(format!("{}: ", view.rung.label())).then_code(view.contender.clone()),
            Text::plain(view.confidence.id()),
            if view.agrees {
                Text::plain("yes")
            } else {
                Text::strong("no")
            },
        ]);
    }
    section.table(table);
}

fn calibration(section: &mut Section, report: &Report, evidence: &Evidence) {
    let Some(calibration) = &evidence.panels.calibration else {
        return;
    };
    section.subheading("Do stated probabilities come true?");
    section.picture(figures::reliability(report));
    section.paragraph(
        Text::code(calibration.contender.clone()).then(format!(": {}", calibration.says)),
    );
    if report.withheld.calibration_bins > 0 {
        section.paragraph(format!(
            "Bins of fewer than {} rows are not printed.",
            report.withheld.smallest_group
        ));
    }
}

/// Errors of the contender to take as things stand, by group of a protected attribute.
fn groups(section: &mut Section, evidence: &Evidence) {
    let taken = evidence.recommendation.for_now();
    let shown = evidence
        .panels
        .groups
        .iter()
        .filter(|errors| errors.contender == taken);
    for errors in shown {
        section.subheading(format!("Errors by {}", errors.column));
        section.paragraph(Text::code(errors.contender.clone()).then(format!(": {}", errors.says)));
        section.table(group_table(errors));
    }
}

fn group_table(errors: &GroupErrors) -> Table {
    let mut table = Table::new([
        Column::left("Group"),
        Column::right("Rows"),
        Column::right("Wrong"),
        Column::right("False alarms"),
        Column::right("Misses"),
    ]);
    for group in &errors.groups {
        table.push([
            Text::code(group.group.clone()),
            Text::plain(count(group.error.rows)),
            Text::plain(rate(Some(&group.error))),
            Text::plain(rate(group.false_alarms.as_ref())),
            Text::plain(rate(group.misses.as_ref())),
        ]);
    }
    table
}

/// A share with its interval, or a dash where there are no rows.
fn rate(rate: Option<&Rate>) -> String {
    rate.and_then(|rate| {
        let share = rate.share?;
        Some(numbers::share(share, rate.low, rate.high))
    })
    .unwrap_or_else(|| "–".to_owned())
}
