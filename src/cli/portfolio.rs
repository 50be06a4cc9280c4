//! `mlfit portfolio`: what needs me?

use serde_json::{Value, json};

use super::arguments::Portfolio;
use super::output::Outcome;
use super::page::{Align, Page, Style};
use crate::problem::Problem;
use crate::verdict::Verdict;
use crate::workflow::{self, CaseSummary};

const SCHEMA: &str = "mlfit.portfolio/1";

pub(super) fn run(given: &Portfolio, style: Style, json: bool) -> Result<Outcome, Problem> {
    let cases = workflow::portfolio(&given.folder, &given.day.or_today())?;
    if json {
        return Outcome::json(&json!({
            "schema": SCHEMA,
            "cases": cases.iter().map(in_json).collect::<Vec<_>>(),
        }));
    }
    Ok(Outcome::text(in_words(&cases, style)))
}

fn in_json(case: &CaseSummary) -> Value {
    json!({
        "path": case.path.display().to_string(),
        "title": case.title,
        "owner": case.owner,
        "answered": case.answered,
        "asked": case.asked,
        "solution": case.verdict.as_ref().map(|verdict| verdict.solution),
        "solution_confidence": case.verdict.as_ref().map(|verdict| verdict.solution_confidence),
        "readiness": case.verdict.as_ref().map(|verdict| verdict.readiness),
        "readiness_confidence": case.verdict.as_ref().map(|verdict| verdict.readiness_confidence),
        "checked": case.checked(),
        "due": case.due,
        "problem": case.problem,
    })
}

fn in_words(cases: &[CaseSummary], style: Style) -> String {
    let mut page = Page::new(style);
    if cases.is_empty() {
        page.paragraph("No cases here yet. Three ways to begin:");
        page.gap();
        page.line("  mlfit demo");
        page.line("  mlfit new CASE --title \"What is decided\"");
        page.line("  mlfit bench FILE.csv --target COLUMN");
        return page.finish();
    }
    let rows: Vec<Vec<String>> = cases
        .iter()
        .map(|case| {
            vec![
                case.title.clone(),
                format!("{}/{}", case.answered, case.asked),
                case.verdict.as_ref().map(verdict).unwrap_or_default(),
                match (case.checked(), case.due) {
                    (Some(day), true) => format!("{day} ▲ due"),
                    (Some(day), false) => day.to_owned(),
                    (None, _) => String::new(),
                },
                case.path.display().to_string(),
            ]
        })
        .collect();
    page.table(
        &[
            ("case", Align::Left),
            ("answers", Align::Right),
            ("verdict", Align::Left),
            ("checked", Align::Left),
            ("folder", Align::Left),
        ],
        &rows,
    );
    for case in cases {
        if let Some(problem) = &case.problem {
            page.gap();
            let place = problem
                .place()
                .unwrap_or_else(|| case.path.display().to_string());
            page.hanging(
                "▲ ",
                &format!("{place}: {}. {}", problem.message, problem.remedy),
            );
        }
    }
    page.gap();
    let due = cases.iter().filter(|case| case.due).count();
    page.paragraph(&match cases.len() {
        1 => format!("1 case, {due} due."),
        many => format!("{many} cases, {due} due."),
    });
    page.finish()
}

fn verdict(verdict: &Verdict) -> String {
    let firm = verdict
        .solution_confidence
        .max(verdict.readiness_confidence);
    format!(
        "{} · {} ({})",
        verdict.solution.label(),
        verdict.readiness,
        firm.id()
    )
}
