//! What other sensible metrics would have recommended.
//!
//! Read from the first repeat: contenders were fitted under the metric in
//! force, their thresholds and the choice of who represents a tier follow the
//! other metric.

use crate::contest::evidence::Tier;
use crate::contest::margin::MarginRule;
use crate::contest::panels::MetricView;
use crate::contest::recommend::{Field, judge};
use crate::contest::tables::assemble::Materials;
use crate::contest::tables::hold::entrants;
use crate::contest::tables::nested::{rule_lines, scores_of, tier_run, winner};
use crate::vocabulary::Rung;

/// One view a metric; metrics without a value on some fold are left out.
pub(super) fn views(materials: &Materials<'_>, recommended: Rung) -> Vec<MetricView> {
    (1..materials.metrics.len())
        .filter_map(|index| view(materials, index, recommended))
        .collect()
}

fn view(materials: &Materials<'_>, index: usize, recommended: Rung) -> Option<MetricView> {
    let (arena, held) = (materials.arena, materials.held);
    let metric = materials.metrics[index];
    let higher = metric.higher_is_better();
    let scores: Vec<Result<Vec<f64>, String>> = (0..arena.entries.len())
        .map(|entry| scores_of(entry, &held.first, index).ok_or_else(String::new))
        .collect();
    let mut tiers = Vec::new();
    let mut winners = Vec::new();
    for run in &held.tiers {
        let found = tier_run(run.tier, arena.entries, &held.first, index, higher)?;
        let members = (0..arena.entries.len()).filter(|entry| {
            arena.entries[*entry].contender.tier() == run.tier && scores[*entry].is_ok()
        });
        let lines = |entry: usize| rule_lines(arena.entries, &held.descriptions, entry);
        winners.push((run.tier, winner(&held.last, members, index, higher, lines)?));
        tiers.push(found);
    }
    let field = Field {
        entrants: entrants(arena, &tiers, &winners, &scores),
        higher_is_better: higher,
        margin: MarginRule::new(metric, None).ok()?,
        repeats: 1,
        ..held.field.clone()
    };
    debug_assert!(winners.iter().all(|(tier, _)| *tier != Tier::External));
    let found = judge(&field).ok()?.recommendation;
    Some(MetricView {
        metric,
        tier: found.tier,
        contender: found.contender,
        rung: found.rung,
        confidence: found.confidence,
        agrees: found.rung == recommended,
    })
}
