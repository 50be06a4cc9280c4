//! What is handed on: the report with its figures, and the rule or small model as SQL.

use std::path::PathBuf;

use super::words::{shell_word, what_changed};
use super::{ask, settle};
use crate::case::CaseFolder;
use crate::contest::Evidence;
use crate::contest::rule::Dialect;
use crate::export;
use crate::problem::Problem;
use crate::report::figures::figures;
use crate::report::{FIGURES, HistoryLine, Report, Reproduce, SMALLEST_GROUP, Subject, markdown};
use crate::verdict::Verdict;

const REPORT: &str = "report.md";
const RULE: &str = "rule.sql";

/// The files that were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// `report.md`.
    pub report: PathBuf,
    /// `rule.sql`, if the solution can be written as SQL.
    pub rule: Option<PathBuf>,
}

/// The report of a case as it stands now. Nothing is written; render it with
/// [`crate::report::markdown`], [`crate::report::html`] or [`crate::report::json`].
pub fn report(folder: &CaseFolder, as_of: &str) -> Result<Report, Problem> {
    let evidence = folder.read_evidence()?;
    let verdict = settle::decide_with(folder, evidence.as_ref(), as_of)?;
    let history = folder.history()?;
    Ok(gather(folder, evidence.as_ref(), &verdict, &history))
}

/// Where an exported rule is to run.
#[derive(Clone, Copy, Debug)]
pub struct Database<'a> {
    /// How it wants its SQL written.
    pub dialect: Dialect,
    /// The table that the query reads.
    pub table: &'a str,
}

impl Database<'static> {
    /// Where none is named; the table is to be replaced by whoever runs the query.
    pub const USUAL: Self = Self {
        dialect: Dialect::Postgres,
        table: "data",
    };
}

/// The rule or small model to take as the benchmark of a case stands, as SQL;
/// none if what it recommends cannot be written so.
pub fn rule_sql(folder: &CaseFolder, database: Database<'_>) -> Result<Option<String>, Problem> {
    match folder.read_evidence()? {
        Some(evidence) => rule_for_now(&evidence, database),
        None => Ok(None),
    }
}

/// A contender of a case's benchmark as SQL, the one to take as things stand if none is named.
///
/// Code `no-benchmark` if there is none, `no-rule` if the contender cannot be
/// written as SQL.
pub fn contender_sql(
    folder: &CaseFolder,
    contender: Option<&str>,
    database: Database<'_>,
) -> Result<String, Problem> {
    let place = folder.path.display().to_string();
    let evidence = folder.read_evidence()?.ok_or_else(|| {
        Problem::new(
            "no-benchmark",
            "expected a case with a benchmark, found none",
            "run `mlfit bench` on the case first",
        )
        .in_file(place.clone())
    })?;
    let contender = contender
        .or_else(|| for_now(&evidence))
        .unwrap_or(evidence.recommendation.for_now());
    export::rule_sql(&evidence, contender, database.dialect, database.table)
        .map_err(|problem| problem.in_file(place))
}

fn rule_for_now(evidence: &Evidence, database: Database<'_>) -> Result<Option<String>, Problem> {
    for_now(evidence)
        .map(|taken| export::rule_sql(evidence, taken, database.dialect, database.table))
        .transpose()
}

/// The contender to take as things stand; if SQL cannot hold that one, the best guess.
fn for_now(evidence: &Evidence) -> Option<&str> {
    let recommendation = &evidence.recommendation;
    [recommendation.for_now(), &recommendation.contender]
        .into_iter()
        .find(|contender| export::is_written(evidence, contender))
}

/// Writes report, figures and rule into the case folder.
pub(super) fn write(
    folder: &CaseFolder,
    evidence: Option<&Evidence>,
    verdict: &Verdict,
    history: &[Verdict],
) -> Result<Handed, Problem> {
    let report = gather(folder, evidence, verdict, history);
    for figure in figures(&report) {
        folder.write_text(&format!("{FIGURES}/{}", figure.file), &figure.svg)?;
    }
    let rule = match evidence
        .map(|evidence| rule_for_now(evidence, Database::USUAL))
        .transpose()?
        .flatten()
    {
        Some(sql) => Some(folder.write_text(RULE, &sql)?),
        None => None,
    };
    Ok(Handed {
        report: folder.write_text(REPORT, &markdown(&report))?,
        rule,
    })
}

fn gather(
    folder: &CaseFolder,
    evidence: Option<&Evidence>,
    verdict: &Verdict,
    history: &[Verdict],
) -> Report {
    let case = &folder.case;
    let assessment = ask::assessment(folder);
    Report::of(&Subject {
        title: &case.title,
        owner: case.owner.as_deref(),
        framing: &case.framing,
        assessment: Some(&assessment),
        evidence,
        economics: case.economics.as_ref(),
        verdict,
        history: &earlier(history, verdict),
        reproduce: &Reproduce {
            commands: commands(folder, evidence, &verdict.as_of),
            version: verdict.version.clone(),
            hashes: verdict.hashes.clone(),
            seed: evidence.map(|evidence| evidence.seed),
        },
        smallest_group: SMALLEST_GROUP,
    })
}

/// Verdicts before this one, each with what had changed.
fn earlier(history: &[Verdict], verdict: &Verdict) -> Vec<HistoryLine> {
    let kept = match history.split_last() {
        Some((last, before)) if last == verdict => before,
        Some(_) | None => history,
    };
    kept.iter()
        .enumerate()
        .map(|(position, line)| HistoryLine {
            date: line.as_of.clone(),
            solution: line.solution,
            solution_confidence: line.solution_confidence,
            readiness: line.readiness,
            readiness_confidence: line.readiness_confidence,
            changed: Some(what_changed(
                position.checked_sub(1).map(|before| &kept[before]),
                line,
            )),
        })
        .collect()
}

/// The commands that lead to the same verdict, from the folder that holds the case.
fn commands(folder: &CaseFolder, evidence: Option<&Evidence>, as_of: &str) -> Vec<String> {
    let name = std::path::absolute(&folder.path)
        .ok()
        .and_then(|path| {
            path.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        })
        .unwrap_or_else(|| ".".to_owned());
    let case = shell_word(&name);
    let mut commands = Vec::new();
    if evidence.is_some() {
        commands.push(format!("mlfit bench {case}"));
    }
    commands.push(format!("mlfit decide {case} --as-of {as_of}"));
    commands
}
