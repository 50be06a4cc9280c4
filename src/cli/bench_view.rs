//! A benchmark for people: what was inferred, who won, by how much, and what to do next.

use super::bars::Scale;
use super::page::{Align, Page, Style};
use crate::contest::{
    ContenderResult, Evidence, OWNER_RULE, Outcome, SplitKind, Status, Task, Tier,
};
use crate::data::Role;
use crate::report::numbers::{self, Decimals};
use crate::text::{capitalised, clean, shorten, width};
use crate::vocabulary::Confidence;

/// Width of the names in front of fields.
const NAMES: usize = 9;
/// Width of the column of tiers on the board.
const TIERS: usize = 21;
/// Narrower pages have no room for tiers beside the intervals.
const NARROW: usize = 72;
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

/// Every contender with its interval, all on one scale, better to the right.
pub(super) fn board(page: &mut Page, evidence: &Evidence) {
    let decimals = Decimals::for_margin(evidence.margin.value);
    page.heading(&format!(
        "{} on the same {}, {} is better, 95 % intervals",
        capitalised(evidence.metric.name.label()),
        if evidence.task == Task::Forecasting {
            "origins"
        } else {
            "folds"
        },
        if evidence.metric.higher_is_better {
            "higher"
        } else {
            "lower"
        },
    ));
    if page.style().plain {
        plain_board(page, evidence, decimals);
    } else {
        drawn_board(page, evidence, decimals);
    }
    for contender in &evidence.contenders {
        let reason = match contender.status {
            Status::Ok if contender.id == evidence.recommendation.contender => {
                format!("{}: {}", contender.id, contender.says)
            }
            // Skipped ones are told together below.
            Status::Ok | Status::Skipped => continue,
            Status::Failed => format!("{} failed: {}", contender.id, contender.says),
        };
        page.hanging("  ", &reason);
    }
    let own = evidence
        .contenders
        .iter()
        .find(|contender| contender.id == OWNER_RULE && contender.status == Status::Skipped);
    if let Some(own) = own {
        page.hanging("  ▲ ", &format!("Your rule takes no part: {}", own.says));
    }
    let skipped: Vec<&str> = evidence
        .contenders
        .iter()
        .filter(|contender| contender.status == Status::Skipped && contender.id != OWNER_RULE)
        .map(|contender| contender.id.as_str())
        .collect();
    if !skipped.is_empty() {
        page.hanging(
            "  ",
            &format!(
                "Do not apply to these data (--json says why): {}",
                skipped.join(", ")
            ),
        );
    }
}

fn drawn_board(page: &mut Page, evidence: &Evidence, decimals: Decimals) {
    let ran = || {
        evidence
            .contenders
            .iter()
            .filter_map(|contender| Some((contender, interval(evidence, contender)?)))
    };
    let ids = ran()
        .map(|(contender, _)| width(&clean(&contender.id)))
        .max()
        .unwrap_or(0)
        .min(24);
    let numbers = ran()
        .map(|(_, (_, mean, _))| width(&decimals.show(mean)))
        .max()
        .unwrap_or(0);
    // where there is no room beside the intervals, tiers stand above them
    let is_narrow = page.style().width < NARROW;
    let tiers = if is_narrow { 0 } else { TIERS };
    let taken = 2 + tiers + ids + 2 + numbers + 4;
    let room = page.style().width.saturating_sub(taken).clamp(6, 48);
    let values = ran().flat_map(|(_, (low, mean, high))| [low, mean, high]);
    let Some(scale) = Scale::over(values, evidence.metric.higher_is_better, room) else {
        page.paragraph("Nobody came through.");
        return;
    };
    let (worst, best) = scale.ends();
    let (worst, best) = (decimals.show(worst), decimals.show(best));
    let gap = room.saturating_sub(width(&worst) + width(&best)).max(1);
    page.line(&format!(
        "{}{worst}{}{best}",
        " ".repeat(2 + tiers + ids + 2),
        " ".repeat(gap)
    ));
    let mut last = None;
    for (contender, (low, mean, high)) in ran() {
        let tier = if last == Some(contender.tier) {
            ""
        } else {
            tier_name(contender.tier)
        };
        last = Some(contender.tier);
        if is_narrow && !tier.is_empty() {
            page.line(tier);
        }
        let mark = if contender.id == evidence.recommendation.contender {
            " ←"
        } else {
            ""
        };
        let id = shorten(&clean(&contender.id), ids);
        page.line(&format!(
            "  {}{id}{}  {} {}{mark}",
            if is_narrow {
                String::new()
            } else {
                pad(tier, TIERS)
            },
            " ".repeat(ids - width(&id)),
            scale.interval(low, mean, high),
            pad_left(&decimals.show(mean), numbers),
        ));
    }
}

fn plain_board(page: &mut Page, evidence: &Evidence, decimals: Decimals) {
    for contender in &evidence.contenders {
        let Some((low, mean, high)) = interval(evidence, contender) else {
            continue;
        };
        let mark = if contender.id == evidence.recommendation.contender {
            ", recommended"
        } else {
            ""
        };
        page.paragraph(&format!(
            "{}, {}: {}, interval {}{mark}",
            tier_name(contender.tier),
            contender.id,
            decimals.show(mean),
            decimals.interval(Some(low), Some(high)),
        ));
    }
}

/// The interval of a contender that came through.
fn interval(evidence: &Evidence, contender: &ContenderResult) -> Option<(f64, f64, f64)> {
    let mean = contender.mean.filter(|_| contender.status == Status::Ok)?;
    let metric = evidence.metric.name;
    Some((
        metric.held(contender.low.unwrap_or(mean)),
        mean,
        metric.held(contender.high.unwrap_or(mean)),
    ))
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
        .map_or_else(|| id.to_owned(), |tier| tier_name(tier).to_owned())
}

fn tier_name(tier: Tier) -> &'static str {
    tier.label()
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

/// The text with a capital at its beginning and a full stop at its end.
fn sentence(text: &str) -> String {
    let text = capitalised(text.trim());
    if text.is_empty() || text.ends_with(['.', '!', '?']) {
        text
    } else {
        format!("{text}.")
    }
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}
