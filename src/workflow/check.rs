//! Does the last verdict still hold?

use std::path::Path;

use super::{measure, settle};
use crate::case::CaseFolder;
use crate::contest::{Control, Evidence};
use crate::problem::Problem;
use crate::verdict::Verdict;

/// The answer of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOutcome {
    /// Why it does not hold, or should be looked at again; empty if it holds.
    pub reasons: Vec<Reason>,
    /// The last verdict of the history.
    pub before: Verdict,
    /// The verdict as it would be now.
    pub now: Verdict,
}

/// One reason for a fresh look.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// `due`, `solution-changed` or `readiness-changed`.
    pub code: &'static str,
    /// The reason in a sentence.
    pub text: String,
}

impl CheckOutcome {
    /// Whether the verdict holds and nothing is due.
    pub fn holds(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Looks whether a trigger of the last verdict is due, and whether the same
/// verdict would be reached today: from the answers as they stand, and from
/// `data` if given, else from the case's own data if they have changed, else
/// from the benchmark at hand. Nothing is written.
///
/// Code `no-verdict` if the case has none yet.
pub fn check(
    folder: &CaseFolder,
    as_of: &str,
    data: Option<&Path>,
    control: &Control<'_>,
) -> Result<CheckOutcome, Problem> {
    let before = folder.history()?.pop().ok_or_else(|| {
        Problem::new(
            "no-verdict",
            "expected a case with a verdict, found one without",
            format!(
                "`mlfit decide {}` makes one",
                super::shell_word(&folder.path.display().to_string())
            ),
        )
        .in_file(folder.path.display().to_string())
    })?;
    let evidence = fresh_evidence(folder, data, control)?;
    let now = settle::decide_with(folder, evidence.as_ref(), as_of)?;
    let mut reasons: Vec<Reason> = before
        .triggers
        .iter()
        .filter(|trigger| trigger.date.as_deref().is_some_and(|date| date <= as_of))
        .map(|trigger| Reason {
            code: "due",
            text: format!(
                "due since {}: {}",
                trigger.date.as_deref().unwrap_or_default(),
                trigger.why
            ),
        })
        .collect();
    if now.solution != before.solution {
        reasons.push(Reason {
            code: "solution-changed",
            text: format!(
                "the solution was {} and would now be {}",
                before.solution.label(),
                now.solution.label()
            ),
        });
    }
    if now.readiness != before.readiness {
        reasons.push(Reason {
            code: "readiness-changed",
            text: format!(
                "the readiness was {} and would now be {}",
                before.readiness, now.readiness
            ),
        });
    }
    Ok(CheckOutcome {
        reasons,
        before,
        now,
    })
}

fn fresh_evidence(
    folder: &CaseFolder,
    data: Option<&Path>,
    control: &Control<'_>,
) -> Result<Option<Evidence>, Problem> {
    let standing = folder.read_evidence()?;
    let Some(request) = measure::request(folder) else {
        return match data {
            None => Ok(standing),
            Some(_) => Err(Problem::new(
                "no-data",
                "expected a case that says what is asked of its data, found one that does not",
                "run `mlfit bench FILE.csv --target COLUMN --case CASE` once",
            )
            .in_file(folder.path.display().to_string())),
        };
    };
    let path = match (data, folder.data_path()) {
        (Some(path), _) => path.to_owned(),
        // Data may be out of reach where a check runs; the benchmark then stands.
        (None, Some(path)) if path.is_file() => path,
        (None, _) => return Ok(standing),
    };
    let table = measure::read_table(&path)?;
    if standing
        .as_ref()
        .is_some_and(|evidence| evidence.data_hash == table.hash)
    {
        return Ok(standing);
    }
    measure::bench(&table, &request, control).map(Some)
}
