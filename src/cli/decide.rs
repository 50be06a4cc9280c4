//! `mlfit decide`.

use std::path::Path;

use super::arguments::Decide;
use super::decide_view;
use super::output::Outcome;
use super::page::{Page, Style};
use crate::case::{CaseFolder, read_evidence};
use crate::problem::Problem;
use crate::verdict::Verdict;
use crate::workflow::{self, Conclusion};

pub(super) fn run(given: &Decide, style: Style, json: bool) -> Result<Outcome, Problem> {
    let as_of = given.day.or_today();
    if is_benchmark(&given.source) {
        let evidence = read_evidence(&given.source)?;
        let verdict = workflow::decide_evidence(&evidence, &as_of)?;
        return show(None, &verdict, None, style, json);
    }
    let folder = workflow::open_case(&given.source)?;
    let case = Some(&folder);
    if given.dry_run {
        return show(case, &workflow::decide(&folder, &as_of)?, None, style, json);
    }
    let conclusion = workflow::conclude(&folder, &as_of)?;
    show(case, &conclusion.verdict, Some(&conclusion), style, json)
}

fn is_benchmark(source: &Path) -> bool {
    source.is_file()
        && source
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn show(
    case: Option<&CaseFolder>,
    verdict: &Verdict,
    written: Option<&Conclusion>,
    style: Style,
    json: bool,
) -> Result<Outcome, Problem> {
    if json {
        return Outcome::json(verdict);
    }
    let mut text = decide_view::verdict(
        case.map(|folder| folder.case.title.as_str()),
        verdict,
        written.and_then(|conclusion| conclusion.moved.as_deref()),
        case.map(|folder| &*folder.rubric),
        style,
    );
    if let Some(conclusion) = written {
        let mut page = Page::new(style);
        for file in std::iter::once(&conclusion.report).chain(&conclusion.rule) {
            page.line(&format!("Written: {}", file.display()));
        }
        text.push('\n');
        text.push_str(&page.finish());
    }
    Ok(Outcome::text(text))
}
