//! What follows from the verdict: money, serving, roadmap, when to look again.

use crate::report::Report;
use crate::report::document::{Column, Section, Table, Text};
use crate::report::numbers::amount;
use crate::value::Estimate;
use crate::verdict::{RoadmapItem, RoadmapLevel};

/// What the recommended rung costs and is worth, where costs were given.
pub(super) fn money(report: &Report) -> Option<Section> {
    let worth = report.verdict.worth.as_ref()?;
    let unit = worth
        .currency
        .as_ref()
        .map(|currency| format!(" ({currency})"))
        .unwrap_or_default();
    let mut section = Section::new("Money");
    section.paragraph(format!(
        "For the rung {}, against today's way. Every figure stands as low, likely and high.",
        worth.rung.label()
    ));
    let mut table = Table::new([
        Column::left(&format!("Figure{unit}")),
        Column::right("Low"),
        Column::right("Likely"),
        Column::right("High"),
    ]);
    for (name, estimate) in [
        ("Gain per year", worth.gain_per_year),
        ("Cost to build, once", worth.build),
        ("Cost to run, per year", worth.run),
        ("Benefit ÷ cost", worth.benefit_cost),
    ] {
        table.push(line(name, estimate));
    }
    section.table(table);
    let mut points = Vec::new();
    if let Some(cases) = worth.break_even_cases {
        points.push(Text::plain(format!(
            "It pays from about {} cases per year.",
            amount(cases)
        )));
    }
    if !worth.left_out.is_empty() {
        points.push(Text::plain(format!(
            "Not given, and therefore left out: {}.",
            worth.left_out.join("; ")
        )));
    }
    section.points(points);
    Some(section)
}

fn line(name: &str, estimate: Estimate) -> [Text; 4] {
    [
        Text::plain(name),
        Text::plain(amount(estimate.low)),
        Text::plain(amount(estimate.likely)),
        Text::plain(amount(estimate.high)),
    ]
}

/// How answers reach those who need them.
pub(super) fn serving(report: &Report) -> Section {
    let serving = &report.verdict.serving;
    let mut section = Section::new("How to serve it");
    section.paragraph(
        Text::strong(format!("{}.", capital(serving.pattern.id())))
            .then(format!(" {}", serving.why)),
    );
    section
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// What has to be put in place for this rung, and no more.
pub(super) fn roadmap(report: &Report) -> Option<Section> {
    let verdict = &report.verdict;
    if verdict.roadmap.is_empty() {
        return None;
    }
    let mut section = Section::new("What to put in place");
    section.paragraph(format!(
        "For the rung {}, and no more than that; what is worth having first stands first.",
        verdict.solution.label()
    ));
    let mut table = Table::new([
        Column::left("What"),
        Column::left("What has to be there, and why"),
        Column::left("Who"),
        Column::left("Done when"),
    ]);
    for item in verdict.placed() {
        table.push([
            name(item),
            Text::plain(format!("{} {}", item.what, item.why).trim_start()),
            Text::plain(item.who.clone()),
            Text::plain(item.done.clone()),
        ]);
    }
    section.table(table);
    let mut roles = Table::new([
        Column::left("Who has to be there"),
        Column::left("What for"),
    ]);
    for item in verdict.roles() {
        let text = format!("{} {}", item.what, item.why);
        roles.push([name(item), Text::plain(text.trim_start())]);
    }
    if !roles.rows.is_empty() {
        section.table(roles);
    }
    Some(section)
}

/// The name of an item; what is needed in full stands out.
fn name(item: &RoadmapItem) -> Text {
    match item.level {
        RoadmapLevel::Needed => Text::strong(item.name()),
        RoadmapLevel::Light => Text::plain(format!("{} (a light form)", item.name())),
    }
}

/// Where the data live, and what the next stage would buy.
pub(super) fn data_maturity(report: &Report) -> Option<Section> {
    let maturity = report.verdict.data_maturity.as_ref()?;
    let mut section = Section::new("Where the data live");
    section.paragraph(maturity.says());
    Some(section)
}

/// When to look at the verdict again.
pub(super) fn triggers(report: &Report) -> Option<Section> {
    let points: Vec<_> = report
        .verdict
        .triggers
        .iter()
        .map(|trigger| {
            let when = match (&trigger.date, &trigger.measure) {
                (Some(date), Some(measure)) => format!("On {date}, or when {measure}:"),
                (Some(date), None) => format!("On {date}:"),
                (None, Some(measure)) => format!("When {measure}:"),
                (None, None) => "Any time:".to_owned(),
            };
            Text::strong(when).then(format!(" {}", trigger.why))
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    let mut section = Section::new("When to look again");
    section.points(points);
    Some(section)
}
