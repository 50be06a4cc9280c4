//! `mlfit rubric test`: exit 0 if every example gets its verdict, 1 if one does not.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::output::Outcome;
use super::page::{Page, Style};
use crate::case::Expected;
use crate::problem::Problem;
use crate::report::words;
use crate::vocabulary::Readiness;
use crate::workflow::examples::{self, Tried};
use crate::workflow::{rubrics, today};

const SCHEMA: &str = "mlfit.rubric-test/1";

/// The exit code of a no.
const NO: u8 = 1;

/// Reasons told of a verdict that is another one; the JSON has all.
const SHOWN: usize = 2;

pub(super) fn run(
    files: &[PathBuf],
    rubric: &str,
    style: Style,
    json: bool,
) -> Result<Outcome, Problem> {
    let rubric = rubrics::find(rubric)?;
    let tried = if files.is_empty() {
        examples::try_shipped(&rubric, &today())?
    } else {
        examples::try_files(files, &rubric, &today())?
    };
    let wrong = tried.iter().filter(|tried| !tried.is_right()).count();
    let code = if wrong == 0 { 0 } else { NO };
    if json {
        let value = json!({
            "schema": SCHEMA,
            "rubric": rubric.id,
            "version": rubric.version,
            "hash": rubric.hash,
            "holds": wrong == 0,
            "examples": tried.iter().map(in_json).collect::<Vec<_>>(),
        });
        return Ok(Outcome::json(&value)?.with_code(code));
    }
    let mut page = Page::new(style);
    for tried in &tried {
        line(&mut page, tried);
    }
    page.gap();
    page.paragraph(&match (tried.len(), wrong) {
        (1, 0) => "The example gets its verdict.".to_owned(),
        (all, 0) => format!("All {all} examples get their verdicts."),
        (all, wrong) => format!("{wrong} of {all} examples do not get their verdicts."),
    });
    Ok(Outcome::text(page.finish()).with_code(code))
}

fn line(page: &mut Page, tried: &Tried) {
    let example = &tried.example;
    let expected = in_words(example.expect);
    if tried.is_right() {
        page.hanging(
            "ok   ",
            &format!("{}: {expected}. {}", example.id, example.because),
        );
        return;
    }
    page.hanging(
        "not  ",
        &format!(
            "{} ({}): expected {expected}, because: {}",
            example.id, tried.file, example.because
        ),
    );
    page.hanging("     ", &format!("came {}", in_words(tried.came())));
    for question in tried.left_shut() {
        page.hanging("     ", &format!("no answer to {question} opened a gate"));
    }
    let reasons: Vec<&str> = tried
        .verdict
        .findings
        .iter()
        .take(SHOWN)
        .map(|finding| finding.text.as_str())
        .collect();
    page.hanging(
        "     ",
        &format!(
            "by {} of the policy: {}",
            tried.verdict.policy_rows.join(" and "),
            reasons.join(" ")
        ),
    );
}

/// `heuristic · go, heading for minimum viable model, which waits for data`.
fn in_words(it: Expected) -> String {
    let wait = it
        .waits_for
        .map_or(String::new(), |wait| format!(" for {}", words::wait(wait)));
    let target = it.target.map_or(String::new(), |rung| {
        format!(", heading for {}", rung.label())
    });
    let is_waiting = it.readiness == Readiness::Wait;
    let (now, later) = match (is_waiting, wait.is_empty()) {
        (true, _) => (wait, String::new()),
        (false, true) => (String::new(), String::new()),
        (false, false) => (String::new(), format!(", which waits{wait}")),
    };
    format!(
        "{} · {}{now}{target}{later}",
        it.solution.label(),
        it.readiness
    )
}

fn in_json(tried: &Tried) -> Value {
    let (example, verdict) = (&tried.example, &tried.verdict);
    json!({
        "id": example.id,
        "file": tried.file,
        "requirement": example.requirement,
        "because": example.because,
        "rubric": example.rubric.id,
        "opens": example.opens,
        "left_shut": tried.left_shut(),
        "ok": tried.is_right(),
        "expected": example.expect,
        "came": {
            "solution": verdict.solution,
            "readiness": verdict.readiness,
            "target": verdict.target,
            "waits_for": verdict.waits_for,
            "policy_rows": verdict.policy_rows,
            "reasons": verdict.findings.iter().map(|finding| &finding.text).collect::<Vec<_>>(),
        },
    })
}
