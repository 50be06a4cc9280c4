//! The panels of the contest beside the leaderboard, as lines.

use ratatui::style::Style;
use ratatui::text::Line;

use super::figure;
use super::parts::{hanging, heading, number, thousands, wrapped};
use crate::contest::{Evidence, Status, Tier};
use crate::report::numbers::chance;
use crate::text::capitalised;
use crate::tui::state::{Panel, State};
use crate::tui::update::board;

/// Lines of a rule or model that are shown before the rest are counted.
const MOST_LINES: usize = 24;

/// Every other panel as lines; what the marked contender is comes first.
pub(super) fn panel(
    state: &State,
    panel: Panel,
    marked: usize,
    columns: usize,
) -> Vec<Line<'static>> {
    let Some(evidence) = state
        .session
        .as_ref()
        .and_then(|session| session.evidence.as_ref())
    else {
        return Vec::new();
    };
    let mut lines = vec![Line::default()];
    let nothing = |text: &str| wrapped(text, "  ", columns, state.theme.quiet());
    match panel {
        Panel::Board => {}
        Panel::Comparisons => comparisons(state, evidence, columns, &mut lines),
        Panel::Warnings => {
            for warning in &evidence.warnings {
                let column = warning
                    .column
                    .as_ref()
                    .map_or_else(String::new, |column| format!("{column}: "));
                lines.extend(hanging(
                    "  ▲ ",
                    &format!("{column}{}", warning.detail),
                    columns,
                    state.theme.warning(),
                ));
                lines.extend(wrapped(&warning.remedy, "    ", columns, Style::new()));
            }
            if evidence.warnings.is_empty() {
                lines.extend(nothing("✓ Nothing suspicious was seen."));
            }
        }
        Panel::Learning => {
            if evidence.panels.learning.is_empty() {
                lines.extend(nothing(
                    "No learning curve was measured: the table is too small, or it is a series.",
                ));
            } else {
                let curves = &evidence.panels.learning;
                lines.extend(figure::learning(state, &evidence.metric, curves, columns));
            }
        }
        Panel::Rule => lines.extend(rules(state, evidence, marked, columns)),
        Panel::Calibration => match &evidence.panels.calibration {
            Some(calibration) => {
                lines.extend(wrapped(&calibration.says, "  ", columns, Style::new()));
                lines.push(Line::default());
                lines.push(Line::styled(
                    "  said   came true                rows",
                    state.theme.quiet(),
                ));
                for bin in &calibration.bins {
                    lines.push(Line::raw(format!(
                        "  {:>3.0} %  {} {:>3.0} %  {}",
                        100.0 * bin.stated,
                        super::parts::bar(bin.observed, bin.observed, 20),
                        100.0 * bin.observed,
                        thousands(bin.rows as f64)
                    )));
                }
            }
            None => lines.extend(nothing(
                "The recommended contender states no probabilities.",
            )),
        },
        Panel::Forecasts => {
            for forecast in &evidence.panels.forecasts {
                lines.extend(figure::forecast(state, forecast, columns));
            }
            if evidence.panels.forecasts.is_empty() {
                lines.extend(nothing("This is not a forecast over time."));
            }
        }
        Panel::Metrics => metrics(state, evidence, columns, &mut lines),
    }
    lines
}

fn rules(state: &State, evidence: &Evidence, marked: usize, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut tables: Vec<_> = evidence.panels.rules.iter().collect();
    let marked = board(evidence).get(marked).map(|entry| entry.id.as_str());
    tables.sort_by_key(|table| {
        let is_marked = marked == Some(table.contender.as_str());
        let is_taken = table.contender == evidence.recommendation.for_now();
        (!is_marked, !is_taken)
    });
    for table in tables {
        lines.push(Line::styled(
            format!("  {}", words(&table.contender)),
            state.theme.strong(),
        ));
        // what a rule says, its lines say
        if let Some(entry) = evidence.contender(&table.contender)
            && matches!(entry.tier, Tier::MinimumViableModel | Tier::Headroom)
        {
            lines.extend(hanging("    ", &entry.says, columns, state.theme.quiet()));
        }
        // A line that few rows stand behind may tell about persons.
        let told = || {
            let lines = table.lines.iter();
            lines.filter(|line| line.rows >= crate::report::SMALLEST_GROUP)
        };
        for line in told().take(MOST_LINES) {
            let right = line.right.map_or_else(String::new, |right| {
                format!(", right in {:.0} %", 100.0 * right)
            });
            lines.extend(hanging(
                "    ",
                &format!(
                    "{} → {} ({} rows{right})",
                    line.when,
                    line.answer,
                    thousands(line.rows as f64)
                ),
                columns,
                Style::new(),
            ));
        }
        let more = told().count().saturating_sub(MOST_LINES);
        if more > 0 {
            let rest = format!(
                "    … and {} more, in benchmark.json",
                thousands(more as f64)
            );
            lines.push(Line::styled(rest, state.theme.quiet()));
        }
        lines.push(Line::default());
    }
    if lines.is_empty() {
        lines.extend(
            evidence
                .contenders
                .iter()
                .filter(|contender| {
                    contender.tier == Tier::Heuristic && contender.status == Status::Ok
                })
                .flat_map(|contender| {
                    hanging(
                        "  ",
                        &format!("{}: {}", words(&contender.id), contender.says),
                        columns,
                        Style::new(),
                    )
                }),
        );
    }
    lines
}

fn words(id: &str) -> String {
    id.replace('-', " ")
}

/// Pairs of tiers, what is worth paying for, and how it was tested.
fn comparisons(state: &State, evidence: &Evidence, columns: usize, lines: &mut Vec<Line<'static>>) {
    for pair in &evidence.comparisons {
        lines.extend(hanging(
            "  ",
            &format!(
                "{} over {}: {}",
                words(&pair.richer),
                words(&pair.simpler),
                pair.outcome.label()
            ),
            columns,
            state.theme.strong(),
        ));
        lines.extend(wrapped(
            &format!(
                "{} {}, and {} would be worth paying for; chances: better {}, the same {}, worse {}",
                if pair.difference < 0.0 { "loses" } else { "gains" },
                number(pair.difference.abs()),
                number(pair.margin),
                chance(pair.p_better),
                chance(pair.p_same),
                chance(pair.p_worse)
            ),
            "    ",
            columns,
            Style::new(),
        ));
    }
    if evidence.comparisons.is_empty() {
        lines.extend(wrapped(
            "There was nothing to compare.",
            "  ",
            columns,
            state.theme.quiet(),
        ));
    }
    lines.extend(heading(state, "Margin"));
    lines.extend(wrapped(
        &capitalised(&evidence.margin.why),
        "  ",
        columns,
        state.theme.quiet(),
    ));
    lines.extend(heading(state, "Tests"));
    lines.extend(wrapped(
        &capitalised(&evidence.split.why),
        "  ",
        columns,
        state.theme.quiet(),
    ));
}

/// What other metrics would have recommended.
fn metrics(state: &State, evidence: &Evidence, columns: usize, lines: &mut Vec<Line<'static>>) {
    lines.extend(wrapped(
        &format!(
            "Judged by {}. {}",
            evidence.metric.name.label(),
            capitalised(&evidence.metric.why)
        ),
        "  ",
        columns,
        Style::new(),
    ));
    lines.push(Line::default());
    lines.extend(wrapped(
        "Would another one have recommended the same? ✓ yes, ▲ no",
        "  ",
        columns,
        state.theme.quiet(),
    ));
    for view in &evidence.panels.sensitivity {
        let sign = if view.agrees { "✓" } else { "▲" };
        let style = if view.agrees {
            Style::new()
        } else {
            state.theme.warning()
        };
        lines.extend(hanging(
            &format!("  {sign} "),
            &format!(
                "by {}: {} ({}, {})",
                view.metric.label(),
                view.rung.label(),
                words(&view.contender),
                view.confidence.id()
            ),
            columns,
            style,
        ));
    }
}
