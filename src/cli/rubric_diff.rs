//! `mlfit rubric diff`: what is different between two rubrics.

use serde_json::{Value, json};

use super::output::Outcome;
use super::page::{Page, Style};
use crate::problem::Problem;
use crate::rubric::Rubric;
use crate::workflow::rubrics::{self, Difference, DifferenceKind};

const SCHEMA: &str = "mlfit.rubric-diff/1";

pub(super) fn run(old: &str, new: &str, style: Style, json: bool) -> Result<Outcome, Problem> {
    let (old, new) = (rubrics::find(old)?, rubrics::find(new)?);
    let found = rubrics::differences(&old, &new);
    if json {
        return Outcome::json(&json!({
            "schema": SCHEMA,
            "old": head(&old),
            "new": head(&new),
            "questions": found.iter().map(in_json).collect::<Vec<_>>(),
        }));
    }
    let mut page = Page::new(style);
    page.strong(&format!("{} → {}", name(&old), name(&new)));
    if old.hash == new.hash {
        page.paragraph("They are the same, to the letter.");
        return Ok(Outcome::text(page.finish()));
    }
    page.hanging("old ", &old.hash);
    page.hanging("new ", &new.hash);
    page.gap();
    page.paragraph(&summary(&found, old.version, new.version));
    for (kind, heading) in [
        (DifferenceKind::Added, "Added"),
        (
            DifferenceKind::Removed,
            "Removed: answers to them have no meaning any more",
        ),
        (DifferenceKind::Changed, "Changed"),
    ] {
        let mut heading = Some(heading);
        for it in found.iter().filter(|it| it.kind == kind) {
            if let Some(heading) = heading.take() {
                page.heading(heading);
            }
            page.hanging("- ", &format!("{} ({})", it.ask, it.question));
            for phrase in &it.says {
                page.hanging("    ", phrase);
            }
        }
    }
    Ok(Outcome::text(page.finish()))
}

fn name(rubric: &Rubric) -> String {
    format!("{} version {}", rubric.id, rubric.version)
}

fn head(rubric: &Rubric) -> Value {
    json!({
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "hash": rubric.hash,
    })
}

/// What changed in a sentence, and whether the version tells so.
fn summary(found: &[Difference], old: u32, new: u32) -> String {
    if found.is_empty() {
        return "No question is different.".to_owned();
    }
    let count = |kind| found.iter().filter(|it| it.kind == kind).count();
    let version = if old == new {
        " The version is the same: raise it if an answer means something else now."
    } else {
        ""
    };
    format!(
        "{} added, {} removed, {} changed.{version}",
        count(DifferenceKind::Added),
        count(DifferenceKind::Removed),
        count(DifferenceKind::Changed),
    )
}

fn in_json(it: &Difference) -> Value {
    json!({
        "id": it.question,
        "change": it.kind.id(),
        "ask": it.ask,
        "says": it.says,
    })
}
