//! What follows from a verdict: money, how to serve it, what to put in place, when to look again.

use ratatui::style::Style;
use ratatui::text::Line;

use super::parts::{hanging, heading, number, wrapped};
use crate::tui::state::State;
use crate::value::Worth;
use crate::verdict::{RoadmapItem, RoadmapLevel, Verdict};

/// What it costs and is worth.
pub(super) fn money(state: &State, worth: &Worth, columns: usize, lines: &mut Vec<Line<'static>>) {
    let unit = worth.currency.clone().unwrap_or_default();
    lines.extend(heading(state, "Money"));
    for (label, estimate, each) in [
        ("gains", worth.gain_per_year, " a year"),
        ("costs once", worth.build, ""),
        ("costs to run", worth.run, " a year"),
    ] {
        lines.extend(wrapped(
            &format!(
                "{label} {}…{} {unit}{each}, likely {}",
                number(estimate.low),
                number(estimate.high),
                number(estimate.likely)
            ),
            "  ",
            columns,
            Style::new(),
        ));
    }
    lines.extend(wrapped(
        &format!(
            "brings back {} times what it costs",
            number(worth.benefit_cost.likely)
        ),
        "  ",
        columns,
        Style::new(),
    ));
    if !worth.left_out.is_empty() {
        lines.extend(wrapped(
            &format!("Not counted: {}.", worth.left_out.join(", ")),
            "  ",
            columns,
            state.theme.quiet(),
        ));
    }
}

/// How to serve it, what that takes, and when to look again.
pub(super) fn plan(
    state: &State,
    verdict: &Verdict,
    columns: usize,
    lines: &mut Vec<Line<'static>>,
) {
    lines.extend(heading(state, "Serve it"));
    lines.extend(wrapped(
        &format!("{}: {}", verdict.serving.pattern.id(), verdict.serving.why),
        "  ",
        columns,
        Style::new(),
    ));
    if !verdict.roadmap.is_empty() {
        lines.extend(heading(state, "Put in place"));
        lines.extend(wrapped(
            "● needed, ○ a light form will do",
            "  ",
            columns,
            state.theme.quiet(),
        ));
        for item in verdict.placed() {
            placed(state, item, columns, lines);
        }
        lines.extend(heading(state, "Who has to be there"));
        for item in verdict.roles() {
            lines.extend(hanging(
                &format!("  {} ", level(item)),
                &format!("{}: {} {}", item.name(), item.what, item.why),
                columns,
                Style::new(),
            ));
        }
    }
    if let Some(maturity) = &verdict.data_maturity {
        lines.extend(heading(state, "Where the data live"));
        lines.extend(wrapped(&maturity.says(), "  ", columns, Style::new()));
    }
    lines.extend(heading(state, "Look again"));
    for trigger in &verdict.triggers {
        let when = match (&trigger.date, &trigger.measure) {
            (Some(date), Some(measure)) => format!("on {date}, or when {measure}: "),
            (Some(date), None) => format!("on {date}: "),
            (None, Some(measure)) => format!("when {measure}: "),
            (None, None) => String::new(),
        };
        lines.extend(hanging(
            "  • ",
            &format!("{when}{}", trigger.why),
            columns,
            Style::new(),
        ));
    }
}

/// One item: what, by whom, why, and how one sees that it is done.
fn placed(state: &State, item: &RoadmapItem, columns: usize, lines: &mut Vec<Line<'static>>) {
    lines.extend(hanging(
        &format!("  {} ", level(item)),
        &format!("{} ({}): {}", item.name(), item.who, item.what),
        columns,
        Style::new(),
    ));
    for (lead, text) in [("    why: ", &item.why), ("    done when: ", &item.done)] {
        lines.extend(hanging(lead, text, columns, state.theme.quiet()));
    }
}

fn level(item: &RoadmapItem) -> &'static str {
    match item.level {
        RoadmapLevel::Light => "○",
        RoadmapLevel::Needed => "●",
    }
}
