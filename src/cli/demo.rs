//! `mlfit demo`.

use serde_json::json;

use super::arguments::Demo;
use super::bench_board;
use super::decide_view;
use super::output::Outcome;
use super::page::{Align, Page, Style};
use super::progress::watched;
use crate::problem::Problem;
use crate::workflow::{demo, shell_word};

pub(super) fn run(given: &Demo, style: Style, json: bool) -> Result<Outcome, Problem> {
    if given.list {
        return list(style, json);
    }
    let id = given.id.as_deref().unwrap_or(demo::DEFAULT);
    let as_of = given.day.or_today();
    let done = watched(|control| demo::run(id, &given.into, &as_of, control))?;
    let report = done.conclusion.report.display().to_string();
    if json {
        return Outcome::json(&json!({
            "schema": "mlfit.demo/1",
            "id": done.prepared.id,
            "case": done.folder.path.display().to_string(),
            "report": report,
            "recommendation": done.evidence.recommendation,
            "verdict": done.conclusion.verdict,
        }));
    }
    let mut page = Page::new(style);
    page.strong(&done.prepared.title);
    page.paragraph(&done.prepared.story);
    bench_board::board(&mut page, &done.evidence);
    page.gap();
    let mut text = page.finish();
    text.push_str(&decide_view::verdict(
        None,
        &done.conclusion.verdict,
        done.conclusion.moved.as_deref(),
        Some(&*done.folder.rubric),
        style,
    ));
    let mut page = Page::new(style);
    page.line(&format!("Report: {report}"));
    page.line(&format!(
        "Case:   {}",
        shell_word(&done.folder.path.display().to_string())
    ));
    text.push('\n');
    text.push_str(&page.finish());
    Ok(Outcome::text(text))
}

fn list(style: Style, json: bool) -> Result<Outcome, Problem> {
    let all = demo::list()?;
    if json {
        let lines: Vec<_> = all
            .iter()
            .map(|prepared| {
                json!({
                    "id": prepared.id,
                    "title": prepared.title,
                    "story": prepared.story,
                    "dataset": prepared.dataset,
                })
            })
            .collect();
        return Outcome::json(&lines);
    }
    let mut page = Page::new(style);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|prepared| {
            vec![
                prepared.id.clone(),
                prepared.title.clone(),
                prepared.dataset.clone(),
            ]
        })
        .collect();
    page.table(
        &[
            ("demo", Align::Left),
            ("case", Align::Left),
            ("data", Align::Left),
        ],
        &rows,
    );
    page.gap();
    page.line("  mlfit demo ID");
    Ok(Outcome::text(page.finish()))
}
