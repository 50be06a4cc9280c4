//! From raw YAML to a checked policy: references resolve, both tables are total, every row is reached.

use std::collections::BTreeSet;

use serde_yaml::{Location, Spanned};

use super::built_in::{BASE, built_in_rubric};
use super::check::hash_of;
use super::check_values::{check_id, check_text};
use super::model::Rubric;
use super::policy::{Policy, ReadinessRow, Says, SolutionRow, Test};
use super::policy_facts::Facts;
use super::policy_raw::{RawPolicy, RawSolution, RawSolutionRow};
use super::policy_reach::reached;
use super::raw::Words;
use super::yaml::{self, at};
use crate::problem::Problem;
use crate::vocabulary::Rung;

/// Most rows in a table.
const MOST_ROWS: usize = 64;
/// Most months until a fresh look.
const MOST_MONTHS: u32 = 60;

impl Policy {
    /// Reads a policy from YAML; `file` is how problems name it.
    ///
    /// Codes besides those of [`yaml::read`] and of rubrics: `not-total`,
    /// `unreachable-row`, `bad-row`, `bad-cut-off`, `unknown-condition`,
    /// `unknown-question`, `unknown-option`, `unknown-dimension`,
    /// `unknown-word`, `wrong-table`, `bad-limit`.
    pub fn parse(text: &str, file: &str) -> Result<Self, Problem> {
        let policy = Self::read(text, file)?;
        let raw: RawPolicy = yaml::read(text, file)?;
        every_row_is_reached(&policy, &raw).map_err(|problem| problem.in_file(file))?;
        Ok(policy)
    }

    /// Like [`Policy::parse`], without asking whether every row can be
    /// reached; a test asks that of the built-in policy.
    pub(super) fn read(text: &str, file: &str) -> Result<Self, Problem> {
        let raw: RawPolicy = yaml::read(text, file)?;
        built_in_rubric(BASE)
            .and_then(|base| check(&raw, &base, text))
            .map_err(|problem| problem.in_file(file))
    }
}

fn check(raw: &RawPolicy, base: &Rubric, text: &str) -> Result<Policy, Problem> {
    check_id(&raw.policy, &[])?;
    let mut facts = Facts::new(base);
    facts.gather(raw)?;
    let mut ids = BTreeSet::new();
    let mut solution = Vec::new();
    check_rows(raw.solution.value.len(), raw.solution.referenced)?;
    check_rows(raw.readiness.value.len(), raw.readiness.referenced)?;
    for row in &raw.solution.value {
        new_id(&row.id, &mut ids)?;
        check_text(&row.because)?;
        if let Some(text) = &row.while_open {
            check_text(text)?;
        }
        solution.push(SolutionRow {
            id: row.id.value.clone(),
            when: facts.when(row.when.as_ref(), false)?,
            says: says(row)?,
            target: row.target.as_ref().map(|target| target.value),
            waits_for: row.waits_for,
            until_measured: row.until_measured,
            because: row.because.value.clone(),
            while_open: row.while_open.as_ref().map(|text| text.value.clone()),
        });
    }
    let mut readiness = Vec::new();
    for row in &raw.readiness.value {
        new_id(&row.id, &mut ids)?;
        check_text(&row.because)?;
        let (says, waits_for) = row.readiness.parts();
        readiness.push(ReadinessRow {
            id: row.id.value.clone(),
            when: facts.when(row.when.as_ref(), true)?,
            readiness: says,
            waits_for,
            because: row.because.value.clone(),
        });
    }
    last_row_always_holds(
        solution.last().map(|row| &row.when),
        raw.solution.referenced,
    )?;
    last_row_always_holds(
        readiness.last().map(|row| &row.when),
        raw.readiness.referenced,
    )?;
    if let Some(SolutionRow {
        says: Says::Meanwhile(_),
        ..
    }) = solution.last()
    {
        return Err(at(
            Problem::new(
                "bad-row",
                "expected the last row to say a solution, found `meanwhile`, which looks at later rows",
                "write `solution: …` in the last row",
            ),
            raw.solution.referenced,
        ));
    }
    for months in raw.fresh_look.value.values() {
        check_months(*months, raw.fresh_look.referenced)?;
    }
    if let Some(missing) = Rung::ALL
        .iter()
        .find(|rung| !raw.fresh_look.value.contains_key(rung))
    {
        return Err(at(
            Problem::new(
                "missing-field",
                format!("expected a number of months for every rung, found none for {missing}"),
                format!("add `{missing}: 3`"),
            ),
            raw.fresh_look.referenced,
        ));
    }
    check_months(raw.unfinished_look.value, raw.unfinished_look.referenced)?;
    let measured_replaces = questions(&facts, &raw.measured_replaces)?;
    let reckoned_replaces = questions(&facts, &raw.reckoned_replaces)?;
    Ok(Policy {
        id: raw.policy.value.clone(),
        version: raw.version.value,
        hash: hash_of(text),
        doubt: share(&raw.doubt)?,
        too_wide: share(&raw.too_wide)?,
        gate_odds: odds(&raw.gate_odds)?,
        unlikely: share(&raw.unlikely)?,
        measured_replaces,
        reckoned_replaces,
        facts: facts.found,
        solution,
        readiness,
        fresh_look: raw.fresh_look.value.clone(),
        unfinished_look: raw.unfinished_look.value,
    })
}

fn questions(facts: &Facts<'_>, words: &Spanned<Words>) -> Result<Vec<String>, Problem> {
    Words::each(words)
        .into_iter()
        .map(|(id, place)| facts.question(id, place).map(|_| id.to_owned()))
        .collect()
}

fn new_id(id: &Spanned<String>, ids: &mut BTreeSet<String>) -> Result<(), Problem> {
    check_id(id, &[])?;
    if ids.insert(id.value.clone()) {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "duplicate-id",
            format!("expected each row once, found \"{}\" again", id.value),
            "rename one of the two; readiness and solution share their ids",
        ),
        id.referenced,
    ))
}

fn says(row: &RawSolutionRow) -> Result<Says, Problem> {
    let bad = |found: &str, remedy: &str| {
        Err(at(
            Problem::new(
                "bad-row",
                format!("expected `solution` or `meanwhile` in a row, found {found}"),
                remedy,
            ),
            row.id.referenced,
        ))
    };
    match (&row.solution, &row.meanwhile) {
        (Some(solution), None) => Ok(match solution.value {
            RawSolution::Measured => Says::Measured,
            RawSolution::MeasuredBelow => Says::MeasuredBelow,
            RawSolution::ProcessFix => Says::Rung(Rung::ProcessFix),
            RawSolution::Query => Says::Rung(Rung::Query),
            RawSolution::Heuristic => Says::Rung(Rung::Heuristic),
            RawSolution::MinimumViableModel => Says::Rung(Rung::MinimumViableModel),
            RawSolution::StrongerModel => Says::Rung(Rung::StrongerModel),
            RawSolution::FoundationModel => Says::Rung(Rung::FoundationModel),
        }),
        (None, Some(meanwhile)) if row.target.is_none() => Ok(Says::Meanwhile(meanwhile.value)),
        (None, Some(_)) => bad("`target` beside `meanwhile`", "later rows name the target"),
        (Some(_), Some(_)) => bad("both", "keep one of them"),
        (None, None) => bad("neither", "say what follows when the row holds"),
    }
}

fn check_rows(rows: usize, place: Location) -> Result<(), Problem> {
    if (1..=MOST_ROWS).contains(&rows) {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "bad-size",
            format!("expected 1 to {MOST_ROWS} rows, found {rows}"),
            "a table that nobody can read decides nothing",
        ),
        place,
    ))
}

fn last_row_always_holds(when: Option<&Test>, place: Location) -> Result<(), Problem> {
    if when.is_some_and(|when| matches!(when, Test::All(parts) if parts.is_empty())) {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "not-total",
            "expected a last row that always holds, found a condition on it",
            "end the table with a row without `when`",
        ),
        place,
    ))
}

fn share(value: &Spanned<f64>) -> Result<f64, Problem> {
    if (0.0..=1.0).contains(&value.value) {
        return Ok(value.value);
    }
    Err(at(
        Problem::new(
            "bad-cut-off",
            format!("expected a number from 0 to 1, found {}", value.value),
            "readings lie between 0 and 1",
        ),
        value.referenced,
    ))
}

/// A share other than none: what never turns out would not have to be asked.
fn odds(value: &Spanned<f64>) -> Result<f64, Problem> {
    let share = share(value)?;
    if share > 0.0 {
        return Ok(share);
    }
    Err(at(
        Problem::new(
            "bad-cut-off",
            "expected a number over 0 and up to 1, found 0",
            "what opens a gate turns out now and then, else it would not have to be asked",
        ),
        value.referenced,
    ))
}

fn check_months(months: u32, place: Location) -> Result<(), Problem> {
    if (1..=MOST_MONTHS).contains(&months) {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "bad-limit",
            format!("expected 1 to {MOST_MONTHS} months, found {months}"),
            "a verdict that is never looked at again will be wrong one day",
        ),
        place,
    ))
}

fn every_row_is_reached(policy: &Policy, raw: &RawPolicy) -> Result<(), Problem> {
    let solution: Vec<&Test> = policy.solution.iter().map(|row| &row.when).collect();
    let readiness: Vec<&Test> = policy.readiness.iter().map(|row| &row.when).collect();
    let places = [
        (
            solution,
            raw.solution
                .value
                .iter()
                .map(|row| &row.id)
                .collect::<Vec<_>>(),
        ),
        (
            readiness,
            raw.readiness.value.iter().map(|row| &row.id).collect(),
        ),
    ];
    for (tests, ids) in places {
        for (position, is_reached) in reached(&policy.facts, &tests).into_iter().enumerate() {
            if !is_reached {
                return Err(at(
                    Problem::new(
                        "unreachable-row",
                        format!(
                            "expected every row to be reached by something, found that the rows \
                             before \"{}\" leave nothing for it",
                            ids[position].value
                        ),
                        "move it up, loosen its condition, or remove it",
                    ),
                    ids[position].referenced,
                ));
            }
        }
    }
    Ok(())
}
