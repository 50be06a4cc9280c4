//! When to look at a verdict again: on a day, or when something measurable happens.

use jiff::ToSpan;
use jiff::civil::Date;

use super::inputs::Inputs;
use super::measured;
use super::model::{Trigger, Verdict};
use super::words::{count, figure};
use crate::contest::{Evidence, Task, Tier};
use crate::problem::Problem;
use crate::text::clean;
use crate::vocabulary::{Confidence, Readiness, Rung};

/// Dated and measurable triggers for what was decided.
pub(super) fn triggers(inputs: &Inputs<'_>, verdict: &Verdict) -> Result<Vec<Trigger>, Problem> {
    let mut triggers = vec![dated(inputs, verdict)?];
    if let Some(evidence) = inputs.evidence {
        triggers.extend(of_rows(evidence));
        triggers.extend(of_score(evidence, verdict.solution));
        triggers.push(of_the_world(evidence));
    }
    if let Some(cases) = verdict
        .worth
        .as_ref()
        .and_then(|worth| worth.break_even_cases)
    {
        triggers.push(measurable(
            format!(
                "cases per year fall below {}",
                count(cases.ceil().max(0.0) as u64)
            ),
            "Below that it no longer pays for itself.",
        ));
    }
    if verdict.target.is_some() {
        let why = "What the case is heading for may then begin; decide again.";
        triggers.push(measurable(
            match verdict.waits_for {
                Some(crate::rubric::WaitFor::Infrastructure) => {
                    "people and systems that can carry a model are in place".to_owned()
                }
                Some(crate::rubric::WaitFor::Data) | None => {
                    "the missing data or outcomes are there".to_owned()
                }
            },
            why,
        ));
    }
    Ok(triggers)
}

fn dated(inputs: &Inputs<'_>, verdict: &Verdict) -> Result<Trigger, Problem> {
    let policy = inputs.policy;
    let months = match verdict.readiness {
        Readiness::Go | Readiness::Pilot => policy
            .fresh_look
            .get(&verdict.solution)
            .copied()
            .unwrap_or(policy.unfinished_look),
        Readiness::Wait | Readiness::Clarify | Readiness::Review => policy.unfinished_look,
        Readiness::Stop => policy
            .fresh_look
            .get(&Rung::ProcessFix)
            .copied()
            .unwrap_or(12),
    };
    let bad = || {
        Problem::new(
            "bad-date",
            format!(
                "expected a day such as 2026-11-24, found \"{}\"",
                clean(inputs.as_of)
            ),
            "write the day as YYYY-MM-DD",
        )
    };
    let day: Date = inputs.as_of.parse().map_err(|_| bad())?;
    let due = day
        .checked_add(i64::from(months).months())
        .map_err(|_| bad())?;
    let why = match verdict.readiness {
        Readiness::Go | Readiness::Pilot => match verdict.solution {
            Rung::ProcessFix | Rung::Query => "Look whether it still does the job.",
            Rung::Heuristic => "Rules age, slower than models; look whether it still holds.",
            Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel => {
                "Models age with the world they were fitted to."
            }
        },
        Readiness::Wait => "Look whether what was waited for has come.",
        Readiness::Clarify | Readiness::Review => "Look whether the open questions are answered.",
        Readiness::Stop => "Look whether the reason still stands.",
    };
    Ok(Trigger {
        date: Some(due.to_string()),
        measure: None,
        why: why.to_owned(),
    })
}

/// Rows that would settle what is open, or the next doubling where the curve still rises.
fn of_rows(evidence: &Evidence) -> Option<Trigger> {
    if evidence.recommendation.confidence != Confidence::Settled {
        let rows = evidence.recommendation.rows_needed?;
        return Some(measurable(
            format!("there are {} {}", count(rows), evidence.counted_in()),
            "So many are expected to settle what is still open.",
        ));
    }
    // A rule that is shown to be enough waits for no further rows.
    if evidence.recommendation.tier <= Tier::Heuristic {
        return None;
    }
    let curve = evidence
        .panels
        .learning
        .iter()
        .find(|curve| curve.tier == evidence.recommendation.tier)?;
    let rows = curve.rows_for_next_margin?;
    Some(measurable(
        format!("there are {} rows", count(rows)),
        "The learning curve promises a gain of one margin by then.",
    ))
}

/// The score leaves the interval that was measured.
fn of_score(evidence: &Evidence, solution: Rung) -> Option<Trigger> {
    let entry = measured::entry_of(evidence, solution)?;
    let (low, high) = (entry.low?, entry.high?);
    let metric = evidence.metric.name.label();
    let measure = if evidence.metric.higher_is_better {
        format!("the {metric} on fresh cases falls below {}", figure(low))
    } else {
        format!("the {metric} on fresh cases rises above {}", figure(high))
    };
    Some(measurable(
        measure,
        "That is outside what was measured, so something has changed.",
    ))
}

/// The world changes under the contest.
fn of_the_world(evidence: &Evidence) -> Trigger {
    match evidence.task {
        Task::Binary | Task::Multiclass => measurable(
            format!(
                "the shares of the values of {} move by a quarter or more from those in these data",
                clean(&evidence.target)
            ),
            "With another base rate other mistakes weigh more, and the winner may be another.",
        ),
        Task::Regression => measurable(
            format!(
                "the mean of {} leaves the range it had in these data",
                clean(&evidence.target)
            ),
            "Outside of what was seen, nothing was measured.",
        ),
        Task::Forecasting => measurable(
            "the last value or last season's value does as well on the latest periods".to_owned(),
            "Then the simplest forecast is enough again.",
        ),
    }
}

fn measurable(measure: String, why: &str) -> Trigger {
    Trigger {
        date: None,
        measure: Some(measure),
        why: why.to_owned(),
    }
}
