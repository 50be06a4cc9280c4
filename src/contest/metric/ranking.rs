//! Measures of order: are the rows that matter ranked first?

use super::Undefined;
use crate::contest::predictions::ClassPredictions;

/// Rows that share one probability, so that nothing orders them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    positives: usize,
    rows: usize,
}

/// The rows in steps of falling probability of `class`.
///
/// Probabilities are compared at 30 binary digits (a relative 10⁻⁹): below
/// that, libraries differ between processors, and a tie is what it is.
pub(super) fn ladder(truth: &[u32], predicted: &ClassPredictions, class: usize) -> Vec<Step> {
    let mut rows: Vec<(u64, bool)> = truth
        .iter()
        .zip(predicted.probabilities.chunks_exact(predicted.classes))
        .map(|(label, row)| (rank_key(row[class]), *label as usize == class))
        .collect();
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.0));
    rows.chunk_by(|left, right| left.0 == right.0)
        .map(|tied| Step {
            positives: tied.iter().filter(|(_, positive)| *positive).count(),
            rows: tied.len(),
        })
        .collect()
}

/// A key that orders like the probability, at 30 binary digits. The bits of
/// floats that are not negative order like the floats themselves.
fn rank_key(probability: f64) -> u64 {
    const DROPPED: u32 = 22;
    let bits = probability.max(0.0).to_bits();
    (bits + (1 << (DROPPED - 1))) >> DROPPED
}

/// Area under the ROC curve as the Mann-Whitney statistic; a tie counts half.
pub(super) fn roc_auc(ladder: &[Step]) -> Result<f64, Undefined> {
    let (positives, rows) = totals(ladder);
    let negatives = rows - positives;
    if positives == 0.0 || negatives == 0.0 {
        return Err(Undefined::MissingClass);
    }
    let mut below = negatives;
    let mut wins = 0.0;
    for step in ladder {
        let tied = (step.rows - step.positives) as f64;
        below -= tied;
        wins += step.positives as f64 * (below + 0.5 * tied);
    }
    Ok(wins / (positives * negatives))
}

/// Σ (recall gained) × (precision there), one term for each distinct probability.
pub(super) fn average_precision(ladder: &[Step]) -> Result<f64, Undefined> {
    let (positives, _) = totals(ladder);
    if positives == 0.0 {
        return Err(Undefined::MissingClass);
    }
    let mut hits = 0.0;
    let mut seen = 0.0;
    let mut sum = 0.0;
    for step in ladder {
        hits += step.positives as f64;
        seen += step.rows as f64;
        sum += step.positives as f64 / positives * (hits / seen);
    }
    Ok(sum)
}

/// Expected share of positives among the top `share` of the rows, when tied
/// rows are taken in random order. At least one row is taken, and of the last
/// one as much as the share asks for, so that folds of different sizes agree.
pub(super) fn precision_at_share(ladder: &[Step], share: f64) -> f64 {
    let (_, rows) = totals(ladder);
    let taken = (share * rows).clamp(1.0, rows);
    let mut left = taken;
    let mut hits = 0.0;
    for step in ladder {
        let from_here = left.min(step.rows as f64);
        hits += step.positives as f64 * from_here / step.rows as f64;
        left -= from_here;
    }
    hits / taken
}

fn totals(ladder: &[Step]) -> (f64, f64) {
    ladder.iter().fold((0.0, 0.0), |(positives, rows), step| {
        (positives + step.positives as f64, rows + step.rows as f64)
    })
}
