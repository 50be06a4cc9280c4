//! Everything that was found, put into the form of the evidence.

use super::evaluate::Arena;
use super::given::Absent;
use super::hold::Held;
use super::leaks::{Leaks, too_good_overall};
use super::panels;
use super::traps::traps;
use crate::contest::compare::expected_score_interval;
use crate::contest::evidence::{
    ColumnSummary, ContenderResult, Evidence, SCHEMA, SplitSummary, Status, Tier,
};
use crate::contest::margin::MarginRule;
use crate::contest::metric::Choice;
use crate::contest::request::Request;
use crate::contest::setup::Setup;
use crate::contest::task::MetricName;
use crate::data::ColumnRole;
use crate::digits;
use crate::problem::Problem;

/// All that the evidence is made from.
#[derive(Clone, Copy)]
pub(super) struct Materials<'a> {
    pub(super) setup: &'a Setup<'a>,
    pub(super) roles: &'a [ColumnRole],
    pub(super) request: &'a Request,
    pub(super) arena: &'a Arena<'a>,
    pub(super) choice: &'a Choice,
    /// The metric in force, then those beside it.
    pub(super) metrics: &'a [MetricName],
    pub(super) margin: &'a MarginRule,
    pub(super) held: &'a Held,
    pub(super) absent: &'a [Absent],
    pub(super) leaks: &'a Leaks,
}

/// The evidence with its panels.
pub(super) fn assemble(materials: &Materials<'_>) -> Result<Evidence, Problem> {
    let Materials {
        setup,
        request,
        arena,
        choice,
        margin,
        held,
        ..
    } = *materials;
    let (panels, judgement) = panels::panels(materials)?;
    let mut warnings = setup.table.notes.clone();
    warnings.extend(setup.warnings.iter().cloned());
    warnings.extend(arena.plan.warnings.iter().cloned());
    warnings.extend(materials.leaks.warnings.iter().cloned());
    warnings.extend(traps(
        &setup.table,
        materials.roles,
        &materials.leaks.suspects,
    ));
    if materials.leaks.suspects.is_empty() {
        let means: Vec<(Tier, f64)> = held
            .tiers
            .iter()
            .map(|run| (run.tier, mean(&run.scores)))
            .collect();
        warnings.extend(too_good_overall(&means, choice.choice.name));
    }
    Ok(Evidence {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        task: setup.task,
        task_why: setup.task_why.clone(),
        target: request.target.clone(),
        positive: setup
            .positive
            .and_then(|class| setup.classes.get(class as usize).cloned()),
        seed: request.seed,
        data_hash: setup.table.hash.clone(),
        metric: choice.choice.clone(),
        margin: margin.choice(naive_mean(held)),
        split: SplitSummary {
            kind: arena.plan.kind,
            folds: arena.plan.folds,
            repeats: held.repeats,
            why: format!("{}; {}", arena.plan.why, held.repeats_why),
        },
        rows: setup.table.rows,
        columns: columns(materials),
        contenders: leaderboard(materials),
        comparisons: judgement.comparisons,
        recommendation: judgement.recommendation,
        warnings,
        panels,
    })
}

/// The naive tier's mean, or the simplest entrant's where there is none.
fn naive_mean(held: &Held) -> f64 {
    held.field
        .entrants
        .iter()
        .find(|entrant| entrant.tier == Tier::Naive)
        .or(held.field.entrants.first())
        .map_or(0.0, |entrant| mean(&entrant.scores))
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn columns(materials: &Materials<'_>) -> Vec<ColumnSummary> {
    materials
        .setup
        .table
        .columns
        .iter()
        .zip(materials.roles)
        .map(|(column, role)| ColumnSummary {
            name: column.name.clone(),
            role: role.role,
            kind: column.kind,
            missing: column.missing(),
            why: format!("{}; {}", column.why, role.why),
        })
        .collect()
}

/// Every contender with a line, in order of tier and then of rung.
fn leaderboard(materials: &Materials<'_>) -> Vec<ContenderResult> {
    let Materials {
        arena,
        held,
        absent,
        ..
    } = *materials;
    let took_part = arena
        .entries
        .iter()
        .zip(&held.scores)
        .zip(&held.descriptions)
        .map(|((entry, scores), description)| {
            let contender = &entry.contender;
            let says = description
                .as_ref()
                .map(|description| description.says.clone())
                .unwrap_or_default();
            let line = ContenderResult {
                id: contender.id().to_owned(),
                tier: contender.tier(),
                rung: contender.rung(),
                status: Status::Failed,
                mean: None,
                low: None,
                high: None,
                fold_scores: Vec::new(),
                says,
            };
            match scores {
                Ok(scores) => scored(line, scores, arena),
                Err(why) => ContenderResult {
                    says: why.clone(),
                    ..line
                },
            }
        });
    let did_not = absent.iter().map(|absent| ContenderResult {
        id: absent.id.clone(),
        tier: absent.tier,
        rung: absent.rung,
        status: Status::Skipped,
        mean: None,
        low: None,
        high: None,
        fold_scores: Vec::new(),
        says: absent.why.clone(),
    });
    let mut lines: Vec<ContenderResult> = took_part.chain(did_not).collect();
    lines.sort_by_key(|line| (line.tier, line.rung));
    lines
}

fn scored(line: ContenderResult, scores: &[f64], arena: &Arena<'_>) -> ContenderResult {
    let metric = arena.scoring.metric;
    let interval = expected_score_interval(scores, arena.plan.folds, arena.plan.rho);
    ContenderResult {
        status: Status::Ok,
        mean: digits::round_finite(mean(scores)),
        low: interval.and_then(|(low, _)| digits::round_finite(metric.held(low))),
        high: interval.and_then(|(_, high)| digits::round_finite(metric.held(high))),
        fold_scores: scores.to_vec(),
        ..line
    }
}
