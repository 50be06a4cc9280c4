//! A single column that answers (almost) everything, or is the target in another dress.

use super::Evidence;
use crate::contest::tables::features::{Bins, Feature, FeatureValues, Part};
use crate::contest::tables::hash::mix;
use crate::contest::target::Target;
use crate::data::Warning;
use crate::text::clean;

/// At or above this a column alone is too good to be true.
const TOO_GOOD: f64 = 0.995;

/// At or above this it is, if it also leaves every other column far behind.
const GOOD: f64 = 0.975;

/// "Far behind": the next best column leaves so many times as much undecided.
const FAR: f64 = 6.0;

pub(super) fn too_good_alone(evidence: Evidence<'_>) -> Vec<Warning> {
    let target = &evidence.setup.target;
    let features = &evidence.features.columns;
    let goodness: Vec<f64> = features
        .iter()
        .map(|feature| goodness(feature, target))
        .collect();
    // the best that another column, not too good itself, can do alone
    let next = features
        .iter()
        .zip(&goodness)
        .filter(|(_, good)| **good < GOOD)
        .map(|(_, good)| *good)
        .fold(f64::NEG_INFINITY, f64::max);
    features
        .iter()
        .zip(goodness)
        .filter(|(_, good)| {
            let far = next.is_finite() && 1.0 - next >= FAR * (1.0 - good);
            *good >= TOO_GOOD || (*good >= GOOD && far)
        })
        .map(|(feature, good)| warning(evidence, feature, good))
        .collect()
}

fn warning(evidence: Evidence<'_>, feature: &Feature, good: f64) -> Warning {
    let target = clean(evidence.target);
    let measure = match evidence.setup.target {
        Target::Classes { .. } => "area under the ROC curve",
        Target::Numbers(_) => "share of the variation of its ranks",
    };
    let (code, what) = if is_copy(feature, &evidence.setup.target) {
        (
            "target-in-disguise",
            format!("says the same as {target}, value for value"),
        )
    } else {
        (
            "too-good-alone",
            format!("alone predicts {target} almost perfectly"),
        )
    };
    Warning {
        code: code.to_owned(),
        column: Some(feature.column.clone()),
        detail: format!("{} {what} ({measure} {good:.3})", clean(&feature.name())),
        remedy: "find out whether it is known when the decision is made; if not, leave it out; if \
                 so, looking it up is all that is needed"
            .to_owned(),
    }
}

/// How well a column predicts alone: the mean area under the ROC curve of each
/// class against the rest, or the share of the variation of the target's ranks.
fn goodness(feature: &Feature, target: &Target) -> f64 {
    match target {
        Target::Classes { classes, values } => {
            let by_level = level_auc(&feature.bins, *classes, values);
            match &*feature.values {
                FeatureValues::Number(numbers) if *classes == 2 => {
                    by_level.max(number_auc(numbers, values))
                }
                FeatureValues::Number(_)
                | FeatureValues::Category { .. }
                | FeatureValues::Text { .. } => by_level,
            }
        }
        Target::Numbers(values) => {
            let ranks = ranks(values);
            let by_level = level_share(&feature.bins, &ranks);
            match &*feature.values {
                FeatureValues::Number(numbers) => by_level.max(rank_share(numbers, &ranks)),
                FeatureValues::Category { .. } | FeatureValues::Text { .. } => by_level,
            }
        }
    }
}

/// Whether the column has one value for each class and no more.
fn is_copy(feature: &Feature, target: &Target) -> bool {
    if feature.part != Part::Whole {
        return false;
    }
    match target {
        Target::Classes { classes, values } => {
            let mut class_of_bin = vec![None; feature.bins.count];
            let mut used = 0;
            for (bin, class) in feature.bins.of_row.iter().zip(values) {
                match class_of_bin[*bin as usize] {
                    None => {
                        class_of_bin[*bin as usize] = Some(*class);
                        used += 1;
                    }
                    Some(known) if known != *class => return false,
                    Some(_) => {}
                }
            }
            used == *classes
        }
        Target::Numbers(values) => match &*feature.values {
            FeatureValues::Number(numbers) => correlation(numbers, values).abs() > 0.999_99,
            FeatureValues::Category { .. } | FeatureValues::Text { .. } => false,
        },
    }
}

/// The half of the rows that a row belongs to: one half speaks of the other.
fn half(row: usize) -> usize {
    (mix(&[row as u64, 0x6c65_616b]) & 1) as usize
}

/// Area under the ROC curve of bins ranked by the class shares that the other half has in them.
fn level_auc(bins: &Bins, classes: usize, values: &[u32]) -> f64 {
    // [half][bin][class]
    let mut counts = vec![vec![vec![0.0; classes]; bins.count]; 2];
    for (row, (bin, class)) in bins.of_row.iter().zip(values).enumerate() {
        counts[half(row)][*bin as usize][*class as usize] += 1.0;
    }
    let mut sum = 0.0;
    for known in 0..2 {
        for class in 0..classes {
            let mut ladder: Vec<(f64, f64, f64)> = (0..bins.count)
                .map(|bin| {
                    let seen = &counts[known][bin];
                    let told = &counts[1 - known][bin];
                    let total: f64 = seen.iter().sum();
                    let hits = told[class];
                    let share = (seen[class] + 0.5) / (total + 1.0);
                    (share, hits, told.iter().sum::<f64>() - hits)
                })
                .collect();
            ladder.sort_by(|left, right| left.0.total_cmp(&right.0));
            sum += auc(&ladder);
        }
    }
    sum / (2 * classes) as f64
}

/// Area under the ROC curve of a number as it stands, in whichever direction is better.
fn number_auc(numbers: &[f64], values: &[u32]) -> f64 {
    let mut ladder: Vec<(f64, f64, f64)> = numbers
        .iter()
        .zip(values)
        .map(|(number, class)| {
            let hit = f64::from(*class);
            (*number, hit, 1.0 - hit)
        })
        .filter(|(number, _, _)| number.is_finite())
        .collect();
    // a column that is mostly empty tells by its gaps, if at all
    if 2 * ladder.len() < numbers.len() {
        return 0.5;
    }
    ladder.sort_by(|left, right| left.0.total_cmp(&right.0));
    let found = auc(&ladder);
    found.max(1.0 - found)
}

/// Steps of (rank, hits, misses) in rising order; one half where a class is lacking.
fn auc(ladder: &[(f64, f64, f64)]) -> f64 {
    let (mut below, mut won, mut hits) = (0.0, 0.0, 0.0);
    for tied in ladder.chunk_by(|left, right| left.0 == right.0) {
        let positives: f64 = tied.iter().map(|step| step.1).sum();
        let negatives: f64 = tied.iter().map(|step| step.2).sum();
        won += positives * (below + negatives / 2.0);
        below += negatives;
        hits += positives;
    }
    if hits * below > 0.0 {
        won / (hits * below)
    } else {
        0.5
    }
}

/// Ranks from 0, ties at their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|left, right| values[*left].total_cmp(&values[*right]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for tied in order.chunk_by(|left, right| values[*left] == values[*right]) {
        let rank = start as f64 + (tied.len() as f64 - 1.0) / 2.0;
        for row in tied {
            ranks[*row] = rank;
        }
        start += tied.len();
    }
    ranks
}

/// Share of the variation of ranks that the means of bins in the other half explain.
fn level_share(bins: &Bins, ranks: &[f64]) -> f64 {
    let centre = ranks.iter().sum::<f64>() / ranks.len().max(1) as f64;
    let mut sums = vec![vec![(0.0, 0.0); bins.count]; 2];
    for (row, (bin, rank)) in bins.of_row.iter().zip(ranks).enumerate() {
        let of_bin = &mut sums[half(row)][*bin as usize];
        of_bin.0 += rank;
        of_bin.1 += 1.0;
    }
    let (mut left, mut whole) = (0.0, 0.0);
    for (row, (bin, rank)) in bins.of_row.iter().zip(ranks).enumerate() {
        let (sum, rows) = sums[1 - half(row)][*bin as usize];
        let told = if rows > 0.0 { sum / rows } else { centre };
        left += (rank - told) * (rank - told);
        whole += (rank - centre) * (rank - centre);
    }
    if whole > 0.0 { 1.0 - left / whole } else { 0.0 }
}

/// The squared rank correlation (Spearman) over rows with a number.
fn rank_share(numbers: &[f64], target_ranks: &[f64]) -> f64 {
    let known: Vec<usize> = (0..numbers.len())
        .filter(|row| numbers[*row].is_finite())
        .collect();
    if 2 * known.len() < numbers.len() {
        return 0.0;
    }
    let own: Vec<f64> = known.iter().map(|row| numbers[*row]).collect();
    let of_target: Vec<f64> = known.iter().map(|row| target_ranks[*row]).collect();
    let found = correlation(&ranks(&own), &of_target);
    found * found
}

/// Pearson's correlation over rows in which both are numbers; 0 where one does not vary.
fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> = left
        .iter()
        .copied()
        .zip(right.iter().copied())
        .filter(|(a, b)| a.is_finite() && b.is_finite())
        .collect();
    let count = pairs.len().max(1) as f64;
    let (a, b) = pairs
        .iter()
        .fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let (a, b) = (a / count, b / count);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        ab += (x - a) * (y - b);
        aa += (x - a) * (x - a);
        bb += (y - b) * (y - b);
    }
    if aa > 0.0 && bb > 0.0 {
        ab / (aa * bb).sqrt()
    } else {
        0.0
    }
}
