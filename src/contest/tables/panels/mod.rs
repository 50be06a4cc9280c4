//! What is measured beside the comparison: other metrics, shares, curves, calibration, rules, groups.

mod ageing;
mod decided;
mod learning;
mod sensitivity;

use super::assemble::Materials;
use super::without::without_suspects;
use crate::contest::compare::shares_of_gain;
use crate::contest::evidence::Tier;
use crate::contest::panels::{Panels, Pick, RuleTable};
use crate::contest::recommend::{Judgement, judge_with_curves};
use crate::contest::rule::{Dialect, Expression, parse, sql};
use crate::problem::Problem;

/// All panels, and the judgement with what the learning curves add to it.
pub(super) fn panels(materials: &Materials<'_>) -> Result<(Panels, Judgement), Problem> {
    let held = materials.held;
    let curves = learning::curves(materials)?;
    let judgement = judge_with_curves(&held.field, &curves.laws)?;
    let recommended = materials
        .arena
        .entries
        .iter()
        .position(|entry| entry.contender.id() == judgement.recommendation.contender);
    let panels = Panels {
        sensitivity: sensitivity::views(materials, judgement.recommendation.rung),
        shares: shares(materials),
        learning: curves.panel,
        calibration: recommended.and_then(|entry| decided::calibrated(materials, entry)),
        rules: rules(materials),
        groups: decided::errors(materials),
        picks: picks(materials),
        ageing: ageing::ageing(materials)?,
        without_suspects: without_suspects(
            materials.arena,
            &materials.leaks.suspects,
            materials.margin,
            materials.held.field.doubt,
            &judgement.recommendation,
        )?,
        ..Panels::default()
    };
    Ok((panels, judgement))
}

fn shares(materials: &Materials<'_>) -> Vec<crate::contest::panels::GainShare> {
    let held = materials.held;
    let tiers: Vec<(Tier, &[f64])> = held
        .tiers
        .iter()
        .map(|run| (run.tier, run.scores.as_slice()))
        .collect();
    shares_of_gain(&tiers, held.field.higher_is_better, held.field.rho)
}

/// The readable contenders line by line.
fn rules(materials: &Materials<'_>) -> Vec<RuleTable> {
    materials
        .arena
        .entries
        .iter()
        .zip(&materials.held.descriptions)
        .zip(&materials.held.scores)
        .filter(|(_, scores)| scores.is_ok())
        .filter_map(|((entry, description), _)| {
            let description = description.as_ref()?;
            if description.lines.is_empty() && description.expression.is_none() {
                return None;
            }
            Some(RuleTable {
                contender: entry.contender.id().to_owned(),
                lines: description.lines.clone(),
                expression: description.expression.as_ref().and_then(written),
            })
        })
        .collect()
}

/// The rule as text that can be read back; none where it is longer or deeper than a rule may be.
fn written(expression: &Expression) -> Option<String> {
    let text = sql(expression, Dialect::Generic);
    parse(&text, "").is_ok().then_some(text)
}

/// Who represented each tier, the most frequent first.
fn picks(materials: &Materials<'_>) -> Vec<Pick> {
    let mut picks = Vec::new();
    for run in &materials.held.tiers {
        let mut counts = vec![0usize; materials.arena.entries.len()];
        for pick in &run.picks {
            counts[*pick] += 1;
        }
        let mut order: Vec<usize> = (0..counts.len())
            .filter(|entry| counts[*entry] > 0)
            .collect();
        order.sort_by_key(|entry| std::cmp::Reverse(counts[*entry]));
        picks.extend(order.into_iter().map(|entry| Pick {
            tier: run.tier,
            contender: materials.arena.entries[entry].contender.id().to_owned(),
            folds: counts[entry],
            of: run.picks.len(),
        }));
    }
    picks
}
