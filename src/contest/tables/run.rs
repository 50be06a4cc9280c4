//! A contest on a table, from its roles to its evidence.

use super::assemble::{Materials, assemble};
use super::evaluate::{Arena, Words};
use super::features::Features;
use super::given::{Absent, external, owner};
use super::hold::{Terms, hold};
use super::leaks::{self, leaks};
use super::split::{Asked, Keys, plan};
use super::trial::Entry;
use super::{encode, heuristics, models, naive, probe};
use crate::contest::control::Control;
use crate::contest::evidence::{Evidence, SplitKind, Tier};
use crate::contest::margin::MarginRule;
use crate::contest::metric::{TargetFacts, choose};
use crate::contest::predictions::Truth;
use crate::contest::recommend::Doubt;
use crate::contest::request::Request;
use crate::contest::setup::{Setup, unknown_column};
use crate::contest::target::Target;
use crate::data::ColumnRole;
use crate::problem::Problem;

/// Holds the contest on a table for classes or numbers.
///
/// # Errors
/// Too few rows, a metric or a margin that does not fit, a rule that cannot be
/// read; and that the user stopped the work.
pub fn run(
    setup: &Setup<'_>,
    roles: &[ColumnRole],
    request: &Request,
    control: &Control<'_>,
) -> Result<Evidence, Problem> {
    let counts = class_counts(&setup.target);
    let facts = match &setup.target {
        Target::Classes { .. } => TargetFacts::Classes {
            counts: &counts,
            positive: setup.positive.unwrap_or(1),
        },
        Target::Numbers(values) => TargetFacts::Numbers(values),
    };
    let choice = choose(setup.task, request, &facts)?;
    let margin = MarginRule::new(choice.choice.name, request.margin)?;
    let features = encode::features(&setup.table, roles);
    let plan = plan(
        &Keys {
            rows: setup.table.rows,
            classes: setup.target.classes(),
            group: features.group.as_ref().map(|codes| codes.as_slice()),
            time: features.time.as_ref().map(|time| time.as_slice()),
        },
        &setup.classes,
        Asked {
            kind: request.split,
            gap: request.horizon.unwrap_or(0),
            ..Asked::default()
        },
    )?;
    let (entries, absent) = field(setup, &features, request)?;
    let mut metrics = vec![choice.choice.name];
    metrics.extend(&choice.beside);
    let arena = Arena {
        features: &features,
        target: &setup.target,
        plan: &plan,
        entries: &entries,
        words: Words {
            target: &request.target,
            classes: &setup.classes,
            positive: setup.positive,
        },
        scoring: &choice.scoring,
        seed: request.seed,
        control,
    };
    let found = leaks(leaks::Evidence {
        setup,
        roles,
        features: &features,
        target: &request.target,
    });
    let doubt = if plan.few_windows() {
        Some(Doubt::FewWindows)
    } else {
        let is_shuffled = matches!(plan.kind, SplitKind::KFold | SplitKind::Holdout);
        (is_shuffled && found.order_predicts()).then_some(Doubt::ShuffledOrder)
    };
    let held = hold(
        &arena,
        Terms {
            metrics: &metrics,
            margin: &margin,
            repeats: request.repeats,
            doubt,
            label: "contest",
        },
    )?;
    assemble(&Materials {
        setup,
        roles,
        request,
        arena: &arena,
        choice: &choice,
        metrics: &metrics,
        margin: &margin,
        held: &held,
        absent: &absent,
        leaks: &found,
    })
}

/// Rows of each class; nothing for numbers.
fn class_counts(target: &Target) -> Vec<usize> {
    let Some((classes, values)) = target.classes() else {
        return Vec::new();
    };
    let mut counts = vec![0; classes];
    for class in values {
        counts[*class as usize] += 1;
    }
    counts
}

/// Who takes part, simplest first within each tier, and who does not.
fn field(
    setup: &Setup<'_>,
    features: &Features,
    request: &Request,
) -> Result<(Vec<Entry>, Vec<Absent>), Problem> {
    let mut entries = Vec::new();
    let mut absent = Vec::new();
    learners(features, &setup.target.truth(), &mut entries, &mut absent);
    if let Some(rule) = &request.rule {
        match owner(rule, &request.target, setup)? {
            Ok(contender) => {
                let entry = contender.entry();
                let tier = entry.contender.tier();
                let first = entries
                    .iter()
                    .position(|of| of.contender.tier() >= tier)
                    .unwrap_or(entries.len());
                entries.insert(first, entry);
            }
            Err(why) => absent.push(why),
        }
    }
    for given in &request.external {
        let column = setup
            .table
            .column(&given.column)
            .ok_or_else(|| unknown_column(&setup.table, &given.column))?;
        match external(column, given.rung, setup) {
            Ok(contender) => entries.push(contender.entry()),
            Err(why) => absent.push(why),
        }
    }
    let tiers: Vec<Tier> = entries.iter().map(|entry| entry.contender.tier()).collect();
    let may_be_capped = features.rows > probe::MOST_ROWS;
    for entry in &mut entries {
        let tier = entry.contender.tier();
        entry.capped = may_be_capped && tier == Tier::Headroom;
        entry.alone = tier == Tier::External || tiers.iter().filter(|of| **of == tier).count() < 2;
    }
    Ok((entries, absent))
}

/// Everybody who learns from the columns, simplest first within each tier.
pub(super) fn learners(
    features: &Features,
    target: &Truth<'_>,
    entries: &mut Vec<Entry>,
    absent: &mut Vec<Absent>,
) {
    let everybody = naive::contenders()
        .into_iter()
        .chain(heuristics::contenders())
        .chain(models::contenders())
        .chain(probe::contenders());
    for contender in everybody {
        match contender.inapplicable(features, target) {
            Some(why) => absent.push(Absent {
                id: contender.id().to_owned(),
                tier: contender.tier(),
                rung: contender.rung(),
                why,
            }),
            None => entries.push(Entry::learning(contender)),
        }
    }
}
