//! Where a leaf of a boosted tree is best cut in two.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

use crate::contest::tables::kernel::BinSet;

/// What a tree may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::contest::tables) struct Limits {
    /// The most leaves.
    pub(in crate::contest::tables) leaves: usize,
    /// The most splits in a row.
    pub(in crate::contest::tables) depth: usize,
    /// The fewest rows of a leaf.
    pub(in crate::contest::tables) rows: usize,
    /// The most columns that one tree reads, drawn for each: with many columns
    /// the sum of trees is no worse for it, and grows faster.
    pub(in crate::contest::tables) columns: usize,
    /// λ.
    pub(in crate::contest::tables) penalty: f64,
}

/// The least sum of second derivatives in a leaf.
pub(super) const LEAST_CURVATURE: f64 = 1e-3;

/// Added to the second derivatives of a level when levels are put in order by
/// their gradient, and to λ when they are split, so that rare levels do not win
/// by chance (`cat_smooth` and `cat_l2` of LightGBM).
const LEVEL_SMOOTHING: f64 = 10.0;
const LEVEL_PENALTY: f64 = 10.0;

/// Few levels are no danger.
const FEW_LEVELS: usize = 4;

/// The least gain worth a split.
pub(super) const LEAST_GAIN: f64 = 1e-9;

/// Gradient, second derivative and rows of one bin; the last entry is zero, so
/// that two registers hold all of it.
pub(super) type Sums = [f64; 4];

/// A possible split.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) gain: f64,
    pub(super) column: usize,
    pub(super) left_bytes: BinSet,
    /// Of the left side.
    pub(super) sums: Sums,
}

impl Limits {
    /// The best cut of an ordered column that gains more than `least`; missing
    /// values go to the better side.
    #[inline(always)]
    pub(super) fn ordered_cut(
        &self,
        column: usize,
        sums: &[Sums],
        all: Sums,
        least: f64,
    ) -> Option<Cut> {
        let own = score(all, self.penalty);
        let missing = sums[0];
        let mut best = (least, 0_usize, false, [0.0; 4]);
        let has_missing = missing[2] > 0.5;
        for missing_left in [false, true] {
            if missing_left && !has_missing {
                break;
            }
            let mut left = if missing_left { missing } else { [0.0; 4] };
            for (byte, entry) in sums.iter().enumerate().skip(1) {
                if entry[2] < 0.5 {
                    continue;
                }
                add(&mut left, entry);
                let right = difference(&all, &left);
                if right[2] < self.rows as f64 {
                    break;
                }
                if !self.is_leaf(left) || !self.is_leaf(right) {
                    continue;
                }
                let (above, below) = scores(left, right, self.penalty);
                if above > (best.0 + own) * below {
                    best = (above / below - own, byte, missing_left, left);
                }
            }
        }
        let (gain, byte, missing_left, left) = best;
        if byte == 0 {
            return None;
        }
        // Halfway through the empty bins that follow.
        let next = (byte + 1..sums.len())
            .find(|byte| sums[*byte][2] > 0.5)
            .unwrap_or(byte + 1);
        let mut left_bytes = BinSet::below(usize::midpoint(byte, next).min(next - 1) + 1);
        if !(missing_left || (!has_missing && 2.0 * left[2] > all[2])) {
            left_bytes.remove(0);
        }
        Some(Cut {
            gain,
            column,
            left_bytes,
            sums: left,
        })
    }

    /// The best cut that gains more than `least` of levels put in order by their
    /// mean gradient (Fisher 1958: the best of all subsets is among these).
    pub(super) fn level_cut(
        &self,
        column: usize,
        sums: &[Sums],
        all: Sums,
        least: f64,
    ) -> Option<Cut> {
        let mut order: Vec<(f64, u8)> = sums
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry[2] > 0.5)
            .map(|(byte, entry)| (entry[0] / (entry[1] + LEVEL_SMOOTHING), byte as u8))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let penalty = self.penalty
            + if order.len() > FEW_LEVELS {
                LEVEL_PENALTY
            } else {
                0.0
            };
        let own = score(all, penalty);
        let mut left = [0.0; 4];
        let mut best = (least, 0, left);
        for (taken, (_, byte)) in order.iter().enumerate() {
            add(&mut left, &sums[usize::from(*byte)]);
            let right = difference(&all, &left);
            if !self.is_leaf(left) || !self.is_leaf(right) {
                continue;
            }
            let (above, below) = scores(left, right, penalty);
            if above > (best.0 + own) * below {
                best = (above / below - own, taken + 1, left);
            }
        }
        if best.1 == 0 {
            return None;
        }
        let mut left_bytes = BinSet::default();
        for (_, byte) in &order[..best.1] {
            left_bytes.insert(usize::from(*byte));
        }
        Some(Cut {
            gain: best.0,
            column,
            left_bytes,
            sums: best.2,
        })
    }

    #[inline(always)]
    fn is_leaf(&self, sums: Sums) -> bool {
        sums[2] >= self.rows as f64 && sums[1] >= LEAST_CURVATURE
    }
}

/// Adds what a bin holds.
#[inline(always)]
pub(super) fn add(sums: &mut Sums, more: &Sums) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

/// What is left of all without a part.
#[inline(always)]
pub(super) fn difference(all: &Sums, part: &Sums) -> Sums {
    std::array::from_fn(|entry| all[entry] - part[entry])
}

#[inline(always)]
fn score(sums: Sums, penalty: f64) -> f64 {
    sums[0] * sums[0] / (sums[1] + penalty)
}

/// The scores of both sides together, as a fraction: most are no better than
/// one that is known, which a product tells without a division.
#[inline(always)]
fn scores(left: Sums, right: Sums, penalty: f64) -> (f64, f64) {
    let (below_left, below_right) = (left[1] + penalty, right[1] + penalty);
    let above = left[0] * left[0] * below_right + right[0] * right[0] * below_left;
    (above, below_left * below_right)
}
