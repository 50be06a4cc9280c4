//! A benchmark for people: what was inferred, who won, by how much, and what to do next.

use super::bench_board::board;
use super::page::{Align, Page, Style};
use crate::contest::{Evidence, Outcome, SplitKind, Task, Tier};
use crate::data::Role;
use crate::report::numbers::{self, Decimals};
use crate::text::{capitalised, sentence};
use crate::vocabulary::Confidence;

/// Width of the names in front of fields.
const NAMES: usize = 9;
/// Most columns named by name.
const NAMED: usize = 12;

/// The whole benchmark.
pub(super) fn evidence(evidence: &Evidence, source: &str, next: &[String], style: Style) -> String {
    let mut page = Page::new(style);
    inferred(&mut page, evidence, source);
    board(&mut page, evidence);
    compared(&mut page, evidence);
    page.gap();
    page.strong(&evidence.recommendation.says);
    beside(&mut page, evidence);
    warnings(&mut page, evidence);
    if !next.is_empty() {
        page.heading("Next");
        for command in next {
            page.line(&format!("  {command}"));
        }
    }
    page.finish()
}

/// What is asked, and why it is measured so.
fn inferred(page: &mut Page, evidence: &Evidence, source: &str) {
    page.strong(&format!(
        "{source}: {} {}, {} columns",
        numbers::count(evidence.rows),
        evidence.counted_in(),
        evidence.columns.len()
    ));
    let target = match &evidence.positive {
        Some(positive) => format!("{} = {positive}", evidence.target),
        None => evidence.target.clone(),
    };
    page.field(
        "Predict",
        NAMES,
        &format!(
            "{target} ({}). {}",
            evidence.task.id(),
            sentence(&evidence.task_why)
        ),
    );
    let from = named(evidence, Role::Feature).unwrap_or_else(|| match evidence.task {
        Task::Forecasting => "its own past".to_owned(),
        Task::Binary | Task::Multiclass | Task::Regression => {
            "nothing: no column is left to tell by".to_owned()
        }
    });
    page.field("From", NAMES, &from);
    for role in [
        Role::Time,
        Role::Group,
        Role::Id,
        Role::Incumbent,
        Role::Protected,
        Role::Ignored,
    ] {
        if let Some(names) = named(evidence, role) {
            let why = evidence
                .columns
                .iter()
                .find(|column| column.role == role)
                .map(|column| sentence(&column.why))
                .unwrap_or_default();
            page.field(&capitalised(role.id()), NAMES, &format!("{names}. {why}"));
        }
    }
    page.field(
        "Metric",
        NAMES,
        &format!(
            "{}, {} is better. {}",
            evidence.metric.name.label(),
            if evidence.metric.higher_is_better {
                "higher"
            } else {
                "lower"
            },
            sentence(&evidence.metric.why)
        ),
    );
    page.field(
        "Margin",
        NAMES,
        &format!(
            "{}. {}",
            numbers::amount(evidence.margin.value),
            sentence(&evidence.margin.why)
        ),
    );
    page.field(
        "Split",
        NAMES,
        &match evidence.split.kind {
            SplitKind::RollingOrigin => sentence(&evidence.split.why),
            SplitKind::KFold | SplitKind::Grouped | SplitKind::TimeOrdered | SplitKind::Holdout => {
                format!(
                    "{} folds × {}. {}",
                    evidence.split.folds,
                    evidence.split.repeats,
                    sentence(&evidence.split.why)
                )
            }
        },
    );
}

fn named(evidence: &Evidence, role: Role) -> Option<String> {
    let names: Vec<&str> = evidence
        .columns
        .iter()
        .filter(|column| column.role == role)
        .map(|column| column.name.as_str())
        .collect();
    match names.len() {
        0 => None,
        1..=NAMED => Some(names.join(", ")),
        many => Some(format!("{}, … ({many} in all)", names[..NAMED].join(", "))),
    }
}

fn compared(page: &mut Page, evidence: &Evidence) {
    if evidence.comparisons.is_empty() {
        return;
    }
    let decimals = Decimals::for_margin(evidence.margin.value);
    page.gap();
    let rows: Vec<Vec<String>> = evidence
        .comparisons
        .iter()
        .map(|comparison| {
            vec![
                format!(
                    "{} over {}",
                    name(&comparison.richer),
                    name(&comparison.simpler)
                ),
                decimals.signed(comparison.difference),
                decimals.show(comparison.margin),
                outcome(comparison.outcome).to_owned(),
                numbers::probability(comparison.p_better),
            ]
        })
        .collect();
    page.table(
        &[
            ("compared", Align::Left),
            ("gain", Align::Right),
            ("margin", Align::Right),
            ("outcome", Align::Left),
            ("P(better)", Align::Right),
        ],
        &rows,
    );
    page.paragraph(if evidence.task == Task::Forecasting {
        "Tiers compete as procedures: who represents one is chosen at each origin by what is over \
         by then, so a gain is not the difference of two lines above."
    } else {
        "Tiers compete as procedures: who represents one is chosen anew within the training rows of \
         each fold, so a gain is not the difference of two lines above."
    });
}

/// The outcome in few words; what the margin is stands beside it.
const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Better => "better",
        Outcome::PracticallyTheSame => "the same",
        Outcome::NotBetterByTheMargin => "not better",
        Outcome::Worse | Outcome::Inconclusive => outcome.label(),
    }
}

/// A tier by its id, or an external contender as it is called.
fn name(id: &str) -> String {
    Tier::ALL
        .into_iter()
        .find(|tier| tier.id() == id)
        .map_or_else(|| id.to_owned(), |tier| tier.label().to_owned())
}

/// What else was measured, as far as it could change a reader's mind.
fn beside(page: &mut Page, evidence: &Evidence) {
    for share in &evidence.panels.shares {
        if share.tier == Tier::Heuristic {
            page.paragraph(&format!(
                "Of what could be gained over the naive baseline, the heuristics take {}.",
                numbers::share(share.share, share.low, share.high)
            ));
        }
    }
    for view in evidence
        .panels
        .sensitivity
        .iter()
        .filter(|view| !view.agrees)
    {
        page.hanging(
            "▲ ",
            &format!(
                "Judged by {}, it would be {} ({}, {}).",
                view.metric.label(),
                view.contender,
                view.tier.label(),
                view.confidence.id()
            ),
        );
    }
    // What is settled does not wait for more rows.
    let is_settled = evidence.recommendation.confidence == Confidence::Settled;
    for curve in &evidence.panels.learning {
        if !is_settled && curve.tier == evidence.recommendation.tier {
            page.paragraph(&curve.says);
        }
    }
}

fn warnings(page: &mut Page, evidence: &Evidence) {
    if evidence.warnings.is_empty() {
        return;
    }
    page.heading("Look twice");
    for warning in &evidence.warnings {
        let column = warning
            .column
            .as_ref()
            .map(|column| format!("{column}: "))
            .unwrap_or_default();
        page.hanging(
            "▲ ",
            &format!(
                "{column}{}. {}",
                warning.detail.trim_end_matches('.'),
                sentence(&warning.remedy)
            ),
        );
    }
}
