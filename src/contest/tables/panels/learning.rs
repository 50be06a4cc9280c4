//! Learning curves: the winner of each tier, taught with fewer rows and tested on the same ones.

use crate::contest::compare::expected_score_interval;
use crate::contest::evidence::{SplitKind, Tier};
use crate::contest::learning::{learning_curve, power_law};
use crate::contest::panels::{LearningCurve, LearningPoint};
use crate::contest::power_law::PowerLaw;
use crate::contest::tables::assemble::{Materials, mean};
use crate::contest::tables::evaluate::Watch;
use crate::contest::tables::hash::mix;
use crate::contest::tables::nested::scores_of;
use crate::contest::tables::split::Fold;
use crate::contest::tables::trial::Lesson;
use crate::digits;
use crate::problem::Problem;

/// Shares of the training rows that are tried below all of them.
const SHARES: [f64; 4] = [0.1, 0.2, 0.4, 0.7];

/// The fewest training rows of a point, and for each class.
const FEWEST: usize = 20;
const FEWEST_A_CLASS: usize = 5;

/// Above so many values (rows × features × classes) only some folds are taught
/// again, and with fewer sizes.
const LARGE: usize = 100_000;
const FEW_FOLDS: usize = 3;
const FEW_SHARES: [f64; 3] = [0.1, 0.25, 0.5];

/// The curves, and the power laws that fit them, by key of the entrant.
pub(super) struct Curves {
    pub(super) panel: Vec<LearningCurve>,
    pub(super) laws: Vec<(String, PowerLaw)>,
}

/// Curves of all tiers above the naive one.
pub(super) fn curves(materials: &Materials<'_>) -> Result<Curves, Problem> {
    let (arena, held) = (materials.arena, materials.held);
    let winners: Vec<(Tier, usize)> = held
        .winners
        .iter()
        .copied()
        .filter(|(tier, _)| *tier != Tier::Naive)
        .collect();
    let who: Vec<usize> = winners.iter().map(|(_, winner)| *winner).collect();
    let mut folds = arena.plan.folds(&arena.keys(), arena.seed, 0);
    let classes = arena.target.classes().map_or(1, |(classes, _)| classes);
    let cells = arena.features.rows * arena.features.columns.len() * classes;
    let shares: &[f64] = if cells > LARGE {
        folds.truncate(FEW_FOLDS);
        &FEW_SHARES
    } else {
        &SHARES
    };
    let sizes = sizes(materials, shares, &folds);
    let watch = Watch::new(
        "learning curves",
        sizes.len() * folds.len() * who.len(),
        arena.entries.len(),
    );
    let mut points: Vec<Vec<LearningPoint>> = vec![Vec::new(); who.len()];
    for share in &sizes {
        let lessons: Vec<Lesson> = folds
            .iter()
            .enumerate()
            .map(|(index, fold)| {
                let fewer = Fold {
                    train: fewer(materials, &fold.train, *share),
                    tests: fold.tests.clone(),
                };
                arena.lesson(fewer, 0, index)
            })
            .collect();
        let rows = mean_rows(lessons.iter().map(|lesson| lesson.train.rows.len()));
        let metric = &materials.metrics[..1.min(materials.metrics.len())];
        let attempts = arena.attempts(&lessons, &who, metric, false, &watch)?;
        for (place, points) in points.iter_mut().enumerate() {
            if let Some(scores) = scores_of(place, &attempts, 0) {
                points.extend(point(materials, rows, &scores));
            }
        }
    }
    let all = mean_rows(folds.iter().map(|fold| fold.train.len()));
    let metric = materials.choice.choice.name;
    let mut found = Curves {
        panel: Vec::new(),
        laws: Vec::new(),
    };
    for ((tier, winner), mut points) in winners.iter().zip(points) {
        let same: Option<Vec<f64>> = scores_of(*winner, &held.first, 0);
        if let Some(mut scores) = same {
            scores.truncate(folds.iter().map(|fold| fold.tests.len()).sum());
            points.extend(point(materials, all, &scores));
        }
        if points.len() < 3 {
            continue;
        }
        if let Some(law) = power_law(&points, metric) {
            found.laws.push((tier.id().to_owned(), law));
        }
        let last = points.last().map_or(0.0, |point| point.mean);
        let naive = held.field.entrants.first().map(|naive| mean(&naive.scores));
        let margin = materials.margin.between(last, naive);
        found
            .panel
            .push(learning_curve(*tier, points, metric, margin));
    }
    Ok(found)
}

/// The shares that leave enough rows to learn from.
fn sizes(materials: &Materials<'_>, shares: &[f64], folds: &[Fold]) -> Vec<f64> {
    let train = folds.iter().map(|fold| fold.train.len()).min().unwrap_or(0) as f64;
    let classes = materials.arena.target.classes();
    let rarest = classes.map(|(classes, values)| {
        let mut counts = vec![0usize; classes];
        for class in values {
            counts[*class as usize] += 1;
        }
        counts.into_iter().min().unwrap_or(0) as f64 * train / values.len().max(1) as f64
    });
    shares
        .iter()
        .copied()
        .filter(|share| {
            *share * train >= FEWEST as f64
                && rarest.is_none_or(|rarest| *share * rarest >= FEWEST_A_CLASS as f64)
        })
        .collect()
}

/// A share of the training rows: the same ones in every larger share, whole
/// entities where entities were split, the latest where time was, each class evenly.
fn fewer(materials: &Materials<'_>, train: &[u32], share: f64) -> Vec<u32> {
    let arena = materials.arena;
    let keys = arena.keys();
    let seed = mix(&[arena.seed, 0x6c65_6172]);
    let wanted = (share * train.len() as f64).round() as usize;
    let mut kept: Vec<u32> = match (arena.plan.kind, keys.group, keys.time, keys.classes) {
        (SplitKind::Grouped, Some(group), _, _) => {
            let threshold = (share * u64::MAX as f64) as u64;
            let is_in = |row: &&u32| mix(&[seed, u64::from(group[**row as usize])]) <= threshold;
            train.iter().filter(is_in).copied().collect()
        }
        (SplitKind::TimeOrdered | SplitKind::RollingOrigin, _, Some(time), _) => {
            let mut order = train.to_vec();
            order.sort_by_key(|row| (std::cmp::Reverse(time[*row as usize]), *row));
            order.truncate(wanted);
            order
        }
        (_, _, _, Some((classes, class_of))) => (0..classes as u32)
            .flat_map(|class| {
                let members: Vec<u32> = train
                    .iter()
                    .copied()
                    .filter(|row| class_of[*row as usize] == class)
                    .collect();
                let wanted = (share * members.len() as f64).round() as usize;
                let mut order = crate::contest::tables::hash::shuffled(&members, seed);
                order.truncate(wanted);
                order
            })
            .collect(),
        (_, _, _, None) => {
            let mut order = crate::contest::tables::hash::shuffled(train, seed);
            order.truncate(wanted);
            order
        }
    };
    kept.sort_unstable();
    kept
}

fn mean_rows(rows: impl Iterator<Item = usize>) -> usize {
    let rows: Vec<usize> = rows.collect();
    rows.iter().sum::<usize>() / rows.len().max(1)
}

fn point(materials: &Materials<'_>, rows: usize, scores: &[f64]) -> Option<LearningPoint> {
    let plan = materials.arena.plan;
    let centre = mean(scores);
    let (low, high) =
        expected_score_interval(scores, scores.len(), plan.rho).unwrap_or((centre, centre));
    Some(LearningPoint {
        rows,
        mean: digits::round_finite(centre)?,
        low: digits::round_finite(low)?,
        high: digits::round_finite(high)?,
    })
}
