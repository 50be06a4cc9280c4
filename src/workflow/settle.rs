//! Deciding, and writing down what was decided.

use std::path::PathBuf;

use super::ask;
use super::hand_on::{self, Handed};
use super::words::what_changed;
use crate::case::CaseFolder;
use crate::contest::Evidence;
use crate::problem::Problem;
use crate::rubric::built_in_policy;
use crate::verdict::{Inputs, Remaining, Verdict};

/// A verdict with what was written about it.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// The verdict.
    pub verdict: Verdict,
    /// `report.md`.
    pub report: PathBuf,
    /// `rule.sql`, if the solution can be written as SQL.
    pub rule: Option<PathBuf>,
    /// What the verdict before was and what has changed since, if this one is another.
    pub moved: Option<String>,
}

/// Decides a case from its answers, its benchmark and its economics, as far as
/// they are there. Nothing is written.
pub fn decide(folder: &CaseFolder, as_of: &str) -> Result<Verdict, Problem> {
    decide_with(folder, folder.read_evidence()?.as_ref(), as_of)
}

/// Decides a case as if this had been its benchmark.
pub(super) fn decide_with(
    folder: &CaseFolder,
    evidence: Option<&Evidence>,
    as_of: &str,
) -> Result<Verdict, Problem> {
    check_day(as_of)?;
    let assessment = ask::assessment(folder);
    crate::verdict::decide(&Inputs {
        assessment: Some(&assessment),
        evidence,
        economics: folder.case.economics.as_ref(),
        policy: &*built_in_policy()?,
        as_of,
    })
}

/// The open questions of a case by whether their answers could still change
/// the verdict; the same as in the verdict, without the rest of it.
pub fn remaining(folder: &CaseFolder) -> Result<Remaining, Problem> {
    let assessment = ask::assessment(folder);
    Ok(crate::verdict::remaining(&Inputs {
        assessment: Some(&assessment),
        evidence: folder.read_evidence()?.as_ref(),
        economics: folder.case.economics.as_ref(),
        policy: &*built_in_policy()?,
        as_of: &folder.case.created,
    }))
}

/// Decides from a benchmark alone.
pub fn decide_evidence(evidence: &Evidence, as_of: &str) -> Result<Verdict, Problem> {
    check_day(as_of)?;
    crate::verdict::decide(&Inputs {
        assessment: None,
        evidence: Some(evidence),
        economics: None,
        policy: &*built_in_policy()?,
        as_of,
    })
}

/// Decides a case and writes the verdict down: a line of history, unless the
/// last one says the same on the same day, `report.md` with its figures, and
/// `rule.sql` where the solution can be written as SQL.
pub fn conclude(folder: &CaseFolder, as_of: &str) -> Result<Conclusion, Problem> {
    let evidence = folder.read_evidence()?;
    let verdict = decide_with(folder, evidence.as_ref(), as_of)?;
    let history = folder.history()?;
    let Handed { report, rule } = hand_on::write(folder, evidence.as_ref(), &verdict, &history)?;
    let moved = history.last().and_then(|before| moved(before, &verdict));
    if history.last() != Some(&verdict) {
        folder.append_history(&verdict)?;
    }
    Ok(Conclusion {
        verdict,
        report,
        rule,
        moved,
    })
}

fn moved(before: &Verdict, now: &Verdict) -> Option<String> {
    let says = |verdict: &Verdict| (verdict.solution, verdict.readiness, verdict.target);
    (says(before) != says(now)).then(|| {
        format!(
            "it was {} · {} on {}; changed since: {}",
            before.solution.label(),
            before.readiness,
            before.as_of,
            what_changed(Some(before), now)
        )
    })
}

fn check_day(day: &str) -> Result<(), Problem> {
    if day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok() {
        return Ok(());
    }
    Err(Problem::new(
        "bad-date",
        format!("expected a day such as 2026-11-24, found \"{day}\""),
        "write the day as YYYY-MM-DD",
    ))
}
