//! `mlfit check`: exit 0 if every verdict holds, 1 if one does not.

use serde_json::{Value, json};

use super::arguments::Check;
use super::output::Outcome;
use super::page::{Page, Style};
use super::progress::watched;
use crate::problem::Problem;
use crate::workflow::{self, CheckOutcome};

const SCHEMA: &str = "mlfit.check/1";

/// The exit code of a no.
const NO: u8 = 1;

pub(super) fn run(given: &Check, style: Style, json: bool) -> Result<Outcome, Problem> {
    let as_of = given.day.or_today();
    let mut outcomes = Vec::new();
    for path in &given.cases {
        let folder = workflow::open_case(path)?;
        let outcome =
            watched(|control| workflow::check(&folder, &as_of, given.data.as_deref(), control))?;
        outcomes.push((path.display().to_string(), folder.case.title, outcome));
    }
    let holds = outcomes.iter().all(|(_, _, outcome)| outcome.holds());
    let code = if holds { 0 } else { NO };
    if json {
        let cases: Vec<Value> = outcomes
            .iter()
            .map(|(path, title, outcome)| in_json(path, title, outcome))
            .collect();
        let value = json!({ "schema": SCHEMA, "holds": holds, "cases": cases });
        return Ok(Outcome::json(&value)?.with_code(code));
    }
    let mut page = Page::new(style);
    for (path, title, outcome) in &outcomes {
        let verdict = &outcome.before;
        let mark = if outcome.holds() { "✓" } else { "▲" };
        page.hanging(
            &format!("{mark} "),
            &format!(
                "{title} ({path}): {} · {}, decided on {}",
                verdict.solution.label(),
                verdict.readiness,
                verdict.as_of
            ),
        );
        if outcome.holds() {
            page.hanging("  ", "holds");
        }
        for reason in &outcome.reasons {
            page.hanging("  ", &reason.text);
        }
        for moved in &outcome.moved {
            page.hanging("  ", &moved.text);
        }
        if !(outcome.reasons.is_empty() && outcome.moved.is_empty()) {
            page.hanging("  ", &format!("changed since: {}", outcome.changed));
        }
        if let Some(measured) = &outcome.measured {
            page.hanging("  ", &measured.says());
        }
    }
    Ok(Outcome::text(page.finish()).with_code(code))
}

fn in_json(path: &str, title: &str, outcome: &CheckOutcome) -> Value {
    json!({
        "path": path,
        "title": title,
        "holds": outcome.holds(),
        "reasons": outcome.reasons,
        "moved": outcome.moved,
        "changed": outcome.changed,
        "measured": outcome.measured,
        "before": {
            "as_of": outcome.before.as_of,
            "solution": outcome.before.solution,
            "readiness": outcome.before.readiness,
        },
        "now": {
            "as_of": outcome.now.as_of,
            "solution": outcome.now.solution,
            "readiness": outcome.now.readiness,
        },
    })
}
