//! A verdict for people: what to do, why, and what would change it.

use super::page::{Page, Style};
use crate::report::words;
use crate::rubric::Rubric;
use crate::verdict::{RoadmapItem, RoadmapLevel, ServingPattern, Verdict};
use crate::vocabulary::Rung;

/// Width of the names in front of fields.
const NAMES: usize = 14;
/// Reasons, flips and questions shown; the report has all.
const SHOWN: usize = 5;

/// The whole verdict.
///
/// `moved` says what the verdict before was, if it was another. With the rubric, questions are told in their words beside their ids.
pub(super) fn verdict(
    title: Option<&str>,
    verdict: &Verdict,
    moved: Option<&str>,
    rubric: Option<&Rubric>,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    if let Some(title) = title {
        page.paragraph(title);
        page.gap();
    }
    page.strong(&verdict.headline);
    parts(&mut page, verdict);
    if let Some(moved) = moved {
        page.field("Moved", NAMES, moved);
    }
    page.gap();
    page.paragraph(&ladder(verdict.solution));
    because(&mut page, verdict);
    contradictions(&mut page, verdict, rubric);
    disagreements(&mut page, verdict, rubric);
    flips(&mut page, verdict);
    page.gap();
    remaining(&mut page, verdict);
    next(&mut page, verdict, rubric);
    afterwards(&mut page, verdict);
    page.finish()
}

/// Solution, readiness, and what they were decided from.
pub(super) fn parts(page: &mut Page, verdict: &Verdict) {
    page.gap();
    page.field(
        "Solution",
        NAMES,
        &format!(
            "{}: {}; {}",
            verdict.solution.label(),
            words::rung(verdict.solution),
            verdict.solution_confidence.id()
        ),
    );
    page.field(
        "Readiness",
        NAMES,
        &format!(
            "{}: {}; {}",
            verdict.readiness,
            words::readiness(verdict.readiness),
            verdict.readiness_confidence.id()
        ),
    );
    if let Some(target) = verdict.target {
        page.field("Heading for", NAMES, target.label());
    }
    if let Some(wait) = verdict.waits_for {
        page.field("Waits for", NAMES, words::wait(wait));
    }
    if !verdict.requires.is_empty() {
        page.field("Must be", NAMES, &verdict.requires.join(", "));
    }
    let used: Vec<&str> = [
        ("answers", verdict.used.answers),
        ("a benchmark", verdict.used.evidence),
        ("costs", verdict.used.economics),
    ]
    .into_iter()
    .filter(|(_, used)| *used)
    .map(|(name, _)| name)
    .collect();
    page.field(
        "Decided from",
        NAMES,
        &if used.is_empty() {
            "nothing yet".to_owned()
        } else {
            used.join(", ")
        },
    );
}

/// `process fix → query → [HEURISTIC] → …`
fn ladder(chosen: Rung) -> String {
    Rung::ALL
        .into_iter()
        .map(|rung| {
            if rung == chosen {
                format!("[{}]", rung.label().to_uppercase())
            } else {
                rung.label().to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" → ")
}

fn because(page: &mut Page, verdict: &Verdict) {
    if verdict.findings.is_empty() {
        return;
    }
    page.heading("Because");
    for (position, finding) in verdict.findings.iter().take(SHOWN).enumerate() {
        page.hanging(
            &format!("{} ", position + 1),
            &format!("{} [{}]", finding.text, finding.source),
        );
    }
    more(page, verdict.findings.len());
}

/// Answers that do not fit what was measured.
fn contradictions(page: &mut Page, verdict: &Verdict, rubric: Option<&Rubric>) {
    if verdict.contradictions.is_empty() {
        return;
    }
    page.heading("Answers that the data contradict");
    for contradiction in &verdict.contradictions {
        page.hanging(
            "▲ ",
            &format!(
                "{} Answered: “{}”. Measured: {}. {}",
                asked(&contradiction.question, rubric),
                contradiction.answered,
                contradiction.measured,
                contradiction.remedy
            ),
        );
    }
}

/// Questions to which people gave answers that do not agree.
pub(super) fn disagreements(page: &mut Page, verdict: &Verdict, rubric: Option<&Rubric>) {
    if verdict.disagreements.is_empty() {
        return;
    }
    page.heading("Not agreed yet");
    for disagreement in &verdict.disagreements {
        let said: Vec<String> = disagreement
            .answers
            .iter()
            .map(|claim| format!("{}: “{}”", claim.who(), claim.answer))
            .collect();
        page.hanging(
            "▲ ",
            &format!(
                "{} {}. {}",
                asked(&disagreement.question, rubric),
                said.join("; "),
                disagreement.why
            ),
        );
    }
}

fn flips(page: &mut Page, verdict: &Verdict) {
    if verdict.flips.is_empty() {
        return;
    }
    page.heading("Would change if");
    for flip in verdict.flips.iter().take(SHOWN) {
        page.hanging(
            "→ ",
            &format!(
                "{} → {}, {}",
                flip.changes.join(", and "),
                flip.solution.label(),
                flip.readiness
            ),
        );
    }
    more(page, verdict.flips.len());
}

/// How many open questions could still change the verdict.
pub(super) fn remaining(page: &mut Page, verdict: &Verdict) {
    for says in verdict.remaining.sentences() {
        page.paragraph(&says);
    }
}

fn next(page: &mut Page, verdict: &Verdict, rubric: Option<&Rubric>) {
    if verdict.next.is_empty() {
        return;
    }
    page.heading("Worth finding out next");
    for next in verdict.next.iter().take(SHOWN) {
        page.hanging(
            "→ ",
            &format!("{} {}", asked(&next.question, rubric), next.why),
        );
    }
    more(page, verdict.next.len());
}

/// A question in its words with its id beside it; a measurement by its name.
pub(super) fn asked(id: &str, rubric: Option<&Rubric>) -> String {
    match rubric.and_then(|rubric| rubric.question(id)) {
        Some(question) => format!("{} ({id})", question.ask),
        None => format!("{id}:"),
    }
}

fn afterwards(page: &mut Page, verdict: &Verdict) {
    if verdict.serving.pattern != ServingPattern::None {
        page.heading("Serve it");
        page.paragraph(&format!(
            "{}: {}",
            verdict.serving.pattern.id(),
            verdict.serving.why
        ));
    }
    if !verdict.roadmap.is_empty() {
        page.heading("Put in place");
        for item in verdict.placed() {
            page.hanging(
                "- ",
                &format!(
                    "{}{} ({}): {}",
                    item.name(),
                    level(item),
                    item.who,
                    item.what
                ),
            );
            page.hanging("  Why: ", &item.why);
            page.hanging("  Done when: ", &item.done);
        }
        page.heading("Who has to be there");
        for item in verdict.roles() {
            page.hanging(
                "- ",
                &format!("{}{}: {} {}", item.name(), level(item), item.what, item.why),
            );
        }
    }
    if let Some(maturity) = &verdict.data_maturity {
        page.heading("Where the data live");
        page.paragraph(&maturity.says());
    }
    if !verdict.triggers.is_empty() {
        page.heading("Look again");
        for trigger in &verdict.triggers {
            let when = match (&trigger.date, &trigger.measure) {
                (Some(date), Some(measure)) => format!("on {date}, or when {measure}"),
                (Some(date), None) => format!("on {date}"),
                (None, Some(measure)) => format!("when {measure}"),
                (None, None) => "some day".to_owned(),
            };
            page.hanging("- ", &format!("{when}: {}", trigger.why));
        }
    }
}

/// How fully, where it is not needed in full.
fn level(item: &RoadmapItem) -> &'static str {
    match item.level {
        RoadmapLevel::Light => ", a light form",
        RoadmapLevel::Needed => "",
    }
}

fn more(page: &mut Page, all: usize) {
    if all > SHOWN {
        page.paragraph(&format!("  … and {} more in the report", all - SHOWN));
    }
}
