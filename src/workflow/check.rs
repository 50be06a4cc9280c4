//! Does the last verdict still hold?

use std::path::Path;

use super::{measure, settle};
use crate::case::CaseFolder;
use crate::contest::{Control, Evidence};
use crate::problem::Problem;
use crate::verdict::Verdict;
use crate::vocabulary::Confidence;

/// The answer of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckOutcome {
    /// Why it does not hold, or should be looked at again; empty if it holds.
    pub reasons: Vec<Reason>,
    /// The last verdict of the history.
    pub before: Verdict,
    /// The verdict as it would be now.
    pub now: Verdict,
    /// What looks different now and is not firm enough to be a reason.
    pub moved: Vec<Reason>,
    /// What had changed since that verdict, in words.
    pub changed: String,
    /// How much stands behind what was measured anew; none if nothing was.
    pub measured: Option<Remeasured>,
}

/// How much a fresh benchmark can tell, beside the one before.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Remeasured {
    /// Rows it was measured on.
    pub rows: usize,
    /// Rows of the benchmark before, if there is one.
    pub rows_before: Option<usize>,
    /// How firmly the fresh benchmark stands by itself.
    pub confidence: Confidence,
    /// Rows that would settle it, where that can be told.
    pub rows_needed: Option<u64>,
    /// What these rows are: rows of a table, or points of series.
    pub counted_in: &'static str,
}

impl Remeasured {
    /// The same in a sentence.
    pub fn says(&self) -> String {
        let before = self
            .rows_before
            .map(|rows| format!(" (before: {rows})"))
            .unwrap_or_default();
        let firmness = match (self.confidence, self.rows_needed) {
            (Confidence::Settled, _) => "settles its result".to_owned(),
            (Confidence::Leaning | Confidence::Open, Some(needed)) => format!(
                "does not settle its result (about {needed} {} would), so a change is not shown",
                self.counted_in
            ),
            (Confidence::Leaning | Confidence::Open, None) => {
                "does not settle its result, so a change is not shown".to_owned()
            }
        };
        format!(
            "the benchmark on these {} {}{before} {firmness}",
            self.rows, self.counted_in
        )
    }
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
/// verdict would be reached today. Another verdict is a reason only if it is at
/// least leaning; what is open overturns nothing. It is made from the answers as they stand, and from
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
    let standing = folder.read_evidence()?;
    let evidence = fresh_evidence(folder, standing.clone(), data, control)?;
    let measured = evidence
        .as_ref()
        .filter(|evidence| {
            standing
                .as_ref()
                .is_none_or(|standing| standing.data_hash != evidence.data_hash)
        })
        .map(|evidence| Remeasured {
            rows: evidence.rows,
            rows_before: standing.as_ref().map(|standing| standing.rows),
            confidence: evidence.recommendation.confidence,
            rows_needed: evidence.recommendation.rows_needed,
            counted_in: evidence.counted_in(),
        });
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
    let (overturned, moved) = compared(&before, &now);
    reasons.extend(overturned);
    Ok(CheckOutcome {
        reasons,
        moved,
        changed: super::words::what_changed(Some(&before), &now),
        before,
        now,
        measured,
    })
}

/// What another verdict overturns, and what merely looks different in it.
fn compared(before: &Verdict, now: &Verdict) -> (Vec<Reason>, Vec<Reason>) {
    let mut reasons = Vec::new();
    let mut moved = Vec::new();
    for (code, part, was, is, confidence) in [
        (
            "solution-changed",
            "solution",
            before.solution.label(),
            now.solution.label(),
            now.solution_confidence,
        ),
        (
            "readiness-changed",
            "readiness",
            before.readiness.id(),
            now.readiness.id(),
            now.readiness_confidence,
        ),
    ] {
        match (was == is, confidence) {
            (true, _) => {}
            (false, Confidence::Settled | Confidence::Leaning) => reasons.push(Reason {
                code,
                text: format!("the {part} was {was} and would now be {is}"),
            }),
            // An open verdict overturns nothing.
            (false, Confidence::Open) => moved.push(Reason {
                code,
                text: format!("the {part} was {was}; it looks like {is} now, which is still open"),
            }),
        }
    }
    (reasons, moved)
}

fn fresh_evidence(
    folder: &CaseFolder,
    standing: Option<Evidence>,
    data: Option<&Path>,
    control: &Control<'_>,
) -> Result<Option<Evidence>, Problem> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_overturns_nothing() {
        let rubric = crate::rubric::built_in_rubric(crate::rubric::BASE).unwrap();
        let assessment =
            crate::assessment::Assessment::new(rubric, crate::assessment::Answers::default());
        let before = crate::verdict::decide(&crate::verdict::Inputs {
            assessment: Some(&assessment),
            evidence: None,
            economics: None,
            policy: &crate::rubric::built_in_policy().unwrap(),
            as_of: "2026-11-24",
        })
        .unwrap();
        assert_eq!(compared(&before, &before), (Vec::new(), Vec::new()));
        let codes = |reasons: &[Reason]| reasons.iter().map(|it| it.code).collect::<Vec<_>>();
        for (confidence, overturned, moved) in [
            (Confidence::Settled, &["solution-changed"][..], &[][..]),
            (Confidence::Leaning, &["solution-changed"], &[]),
            (Confidence::Open, &[], &["solution-changed"]),
        ] {
            let now = Verdict {
                solution: crate::vocabulary::Rung::ProcessFix,
                solution_confidence: confidence,
                ..before.clone()
            };
            let (reasons, looks) = compared(&before, &now);
            assert_eq!(codes(&reasons), overturned, "{confidence:?}");
            assert_eq!(codes(&looks), moved, "{confidence:?}");
        }
    }

    #[test]
    fn a_change_on_few_rows_is_told_with_how_many_they_are() {
        let few = Remeasured {
            rows: 40,
            rows_before: Some(1400),
            confidence: Confidence::Open,
            rows_needed: Some(900),
            counted_in: "rows",
        };
        assert_eq!(
            few.says(),
            "the benchmark on these 40 rows (before: 1400) does not settle its result (about 900 \
             rows would), so a change is not shown"
        );
        let many = Remeasured {
            confidence: Confidence::Settled,
            rows_before: None,
            counted_in: "points",
            ..few
        };
        assert_eq!(
            many.says(),
            "the benchmark on these 40 points settles its result"
        );
    }
}
