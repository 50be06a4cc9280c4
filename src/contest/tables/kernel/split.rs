//! The best division of one column's bins into two sets.
//!
//! Numbers are cut once. Levels are put in order of their mean answer and cut
//! once, which finds the best of all subsets for two classes and for numbers
//! (Fisher 1958; Breiman et al. 1984, 4.2.2); with more classes each class
//! against the rest gives an order. Missing values go to whichever side gains.
//!
//! Many columns are searched for the one that is then divided, so the search
//! gives no more than a [`Cut`]; only the winner's is made a [`Division`].

use super::super::features::{BinMeaning, MISSING_BIN};
use super::bin_set::BinSet;
use super::histogram::{Histogram, add};
use super::outcome::Outcome;
use crate::contest::predictions::Truth;

/// Rows of the prior added to a level before levels are put in order, so that
/// rare ones do not stand at the ends by chance.
const LEVEL_STRENGTH: f64 = 10.0;

/// One column divided in two.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// Bins of the left side; all others are on the right.
    pub left: BinSet,
    /// Tally of the left side.
    pub tally: Vec<f64>,
    /// By how much impurity times rows falls.
    pub gain: f64,
    /// Natural logarithm of the number of divisions that were possible: the
    /// nats that it takes to say which one it is.
    pub choices: f64,
}

/// Where a column is best divided.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// By how much impurity times rows falls.
    pub gain: f64,
    /// Which of the orders of its bins is cut.
    order: usize,
    /// How many bins of that order are taken left.
    taken: usize,
    /// Whether missing values go left.
    with_missing: bool,
}

/// The division that lowers impurity most and leaves at least `smallest` rows
/// on either side, the first of equals; none where no division lowers it.
///
/// Bins without rows go where numbers like them go, or to the larger side.
pub fn divide(
    histogram: &Histogram,
    meaning: &BinMeaning,
    outcome: &Outcome<'_>,
    smallest: f64,
) -> Option<Division> {
    let cut = best_cut(histogram, meaning, outcome, smallest)?;
    Some(cut.carried_out(histogram, meaning, outcome))
}

/// The cut of [`divide`].
pub fn best_cut(
    histogram: &Histogram,
    meaning: &BinMeaning,
    outcome: &Outcome<'_>,
    smallest: f64,
) -> Option<Cut> {
    if *meaning == BinMeaning::Whole || histogram.bins() < 2 {
        return None;
    }
    let total = histogram.sum(0..histogram.bins());
    if outcome.is_pure(&total) {
        return None;
    }
    let missing = histogram.tally(usize::from(MISSING_BIN));
    let some_missing = outcome.rows(missing) > 0.0;
    let whole = outcome.impurity(&total);
    let mut best: Option<Cut> = None;
    let mut left = vec![0.0; histogram.width];
    let mut joined = vec![0.0; histogram.width];
    for order in 0..orders(meaning, outcome) {
        let bins = Order::of(order, histogram, meaning, outcome);
        left.fill(0.0);
        for (position, bin) in bins.as_slice().iter().enumerate() {
            add(&mut left, histogram.tally(usize::from(*bin)));
            let mut offer = |left: &[f64], with_missing: bool| {
                let Some(after) = impurity_of_both(outcome, left, &total, smallest) else {
                    return;
                };
                let gain = whole - after;
                let best_so_far = best
                    .as_ref()
                    .map_or(whole * 1e-10, |cut| cut.gain + whole * 1e-10);
                if gain > best_so_far {
                    best = Some(Cut {
                        gain,
                        order,
                        taken: position + 1,
                        with_missing,
                    });
                }
            };
            let last = position + 1 == bins.as_slice().len();
            if !last || some_missing {
                offer(&left, false);
            }
            if !last && some_missing {
                joined.copy_from_slice(&left);
                add(&mut joined, missing);
                offer(&joined, true);
            }
        }
    }
    best
}

impl Cut {
    /// The division that it makes of the histogram in which it was found.
    pub fn carried_out(
        &self,
        histogram: &Histogram,
        meaning: &BinMeaning,
        outcome: &Outcome<'_>,
    ) -> Division {
        let order = Order::of(self.order, histogram, meaning, outcome);
        let present = order.as_slice().len().max(2) as f64;
        let missing = histogram.tally(usize::from(MISSING_BIN));
        let some_missing = outcome.rows(missing) > 0.0;
        let (taken, rest) = order
            .as_slice()
            .split_at(self.taken.min(order.as_slice().len()));
        let mut tally = histogram.sum(taken.iter().map(|bin| usize::from(*bin)));
        if self.with_missing {
            add(&mut tally, missing);
        }
        let total = histogram.sum(0..histogram.bins());
        let larger_left = outcome.rows(&tally) * 2.0 > outcome.rows(&total);
        let mut left = side(taken, rest, meaning, histogram.bins(), larger_left);
        let missing_left = if some_missing {
            self.with_missing
        } else {
            larger_left
        };
        if missing_left {
            left.insert(usize::from(MISSING_BIN));
        }
        let of_bins = match meaning {
            BinMeaning::Edges(_) => libm::log(present - 1.0),
            BinMeaning::Levels { .. } => (present - 2.0) * std::f64::consts::LN_2,
            BinMeaning::Whole => 0.0,
        };
        let of_missing = if some_missing {
            std::f64::consts::LN_2
        } else {
            0.0
        };
        Division {
            left,
            tally,
            gain: self.gain,
            choices: of_bins + of_missing,
        }
    }
}

/// In how many orders the bins are cut.
fn orders(meaning: &BinMeaning, outcome: &Outcome<'_>) -> usize {
    match (meaning, outcome.truth) {
        (BinMeaning::Levels { .. }, Truth::Classes { classes, .. }) if classes > 2 => classes,
        (BinMeaning::Edges(_) | BinMeaning::Levels { .. } | BinMeaning::Whole, _) => 1,
    }
}

/// The bins with rows in the order in which they are cut; not the missing one.
struct Order {
    bins: [u8; 256],
    count: usize,
}

impl Order {
    fn of(
        order: usize,
        histogram: &Histogram,
        meaning: &BinMeaning,
        outcome: &Outcome<'_>,
    ) -> Self {
        let mut found = Self {
            bins: [0; 256],
            count: 0,
        };
        for bin in 1..histogram.bins().min(256) {
            if outcome.rows(histogram.tally(bin)) > 0.0 {
                found.bins[found.count] = bin as u8;
                found.count += 1;
            }
        }
        if let BinMeaning::Levels { .. } = meaning {
            let class = match outcome.truth {
                Truth::Numbers(_) => 0,
                Truth::Classes { classes: 2, .. } => 1,
                Truth::Classes { .. } => order,
            };
            let mut answers = [0.0; 256];
            for bin in found.as_slice() {
                let tally = histogram.tally(usize::from(*bin));
                answers[usize::from(*bin)] = outcome.shrunk_part(tally, LEVEL_STRENGTH, class);
            }
            found.bins[..found.count].sort_by(|left, right| {
                answers[usize::from(*left)]
                    .total_cmp(&answers[usize::from(*right)])
                    .then(left.cmp(right))
            });
        }
        found
    }

    fn as_slice(&self) -> &[u8] {
        &self.bins[..self.count]
    }
}

/// Impurity left on both sides together; none where a side is too small.
fn impurity_of_both(
    outcome: &Outcome<'_>,
    left: &[f64],
    total: &[f64],
    smallest: f64,
) -> Option<f64> {
    match outcome.truth {
        Truth::Classes { .. } => {
            let (mut rows, mut rest) = (0.0, 0.0);
            let (mut sum, mut squares, mut other, mut other_squares) = (0.0, 0.0, 0.0, 0.0);
            for ((left, total), weight) in left.iter().zip(total).zip(&outcome.weights) {
                let right = total - left;
                rows += left;
                rest += right;
                let (left, right) = (left * weight, right * weight);
                sum += left;
                squares += left * left;
                other += right;
                other_squares += right * right;
            }
            (rows >= smallest && rest >= smallest && rows > 0.0 && rest > 0.0)
                .then(|| sum - squares / sum + other - other_squares / other)
        }
        Truth::Numbers(_) => {
            let (rows, rest) = (left[0], total[0] - left[0]);
            let (sum, other) = (left[1], total[1] - left[1]);
            (rows >= smallest && rest >= smallest && rows > 0.0 && rest > 0.0)
                .then(|| total[2] - sum * sum / rows - other * other / rest)
        }
    }
}

/// The bins that go left, the missing one not looked at.
fn side(
    taken: &[u8],
    rest: &[u8],
    meaning: &BinMeaning,
    count: usize,
    larger_left: bool,
) -> BinSet {
    match (meaning, rest.first(), taken.last()) {
        // in the middle of the gap between the two values
        (BinMeaning::Edges(_), Some(next), Some(last)) => {
            BinSet::of(1..=usize::midpoint(usize::from(*last), usize::from(*next)))
        }
        // everything that is known, against the missing
        (BinMeaning::Edges(_), None, _) => BinSet::of(1..count),
        (BinMeaning::Edges(_) | BinMeaning::Levels { .. } | BinMeaning::Whole, _, _) => {
            if larger_left || rest.is_empty() {
                let rest = BinSet::of(rest.iter().map(|bin| usize::from(*bin)));
                BinSet::of((1..count).filter(|bin| !rest.contains(*bin as u8)))
            } else {
                BinSet::of(taken.iter().map(|bin| usize::from(*bin)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::metric::Scoring;
    use crate::contest::tables::binning::bin;
    use crate::contest::tables::features::FeatureValues;
    use crate::contest::task::MetricName;

    /// The best division of all rows, or none.
    fn best(values: &FeatureValues, truth: Truth<'_>, smallest: f64) -> Option<Division> {
        let bins = bin(values, None);
        let rows: Vec<u32> = (0..bins.of_row.len() as u32).collect();
        let scoring = Scoring::of(MetricName::Accuracy);
        let outcome = Outcome::of(truth, rows.len(), &scoring).unwrap();
        let counts = Histogram::count(&bins, &rows, &rows, &outcome);
        divide(&counts, &bins.meaning, &outcome, smallest)
    }

    fn classes(values: &[u32]) -> Truth<'_> {
        Truth::Classes { classes: 3, values }
    }

    #[test]
    fn numbers_are_cut_where_the_classes_part() {
        let values = FeatureValues::Number(vec![1.0, 2.0, 3.0, 8.0, 9.0]);
        let found = best(&values, classes(&[0, 0, 0, 1, 1]), 1.0).unwrap();
        assert_eq!(found.left, BinSet::of([0, 1, 2, 3]));
        assert_eq!(found.tally, [3.0, 0.0, 0.0]);
        // five rows with a Gini index of 1 − .6² − .4²
        assert!((found.gain - 5.0 * 0.48).abs() < 1e-12);
        assert_eq!(best(&values, classes(&[0, 0, 0, 1, 1]), 3.0), None);
    }

    #[test]
    fn missing_values_go_where_they_belong() {
        let values = FeatureValues::Number(vec![1.0, 2.0, f64::NAN, f64::NAN, 8.0, 9.0]);
        let found = best(&values, classes(&[0, 0, 1, 1, 1, 1]), 1.0).unwrap();
        assert_eq!(found.left, BinSet::of([1, 2]));
        let found = best(&values, classes(&[1, 1, 0, 0, 1, 1]), 1.0).unwrap();
        assert_eq!(found.left, BinSet::of([1, 2, 3, 4]));
    }

    #[test]
    fn levels_are_parted_by_their_mean() {
        let values = FeatureValues::Category {
            codes: vec![0, 0, 1, 1, 2, 2, 3, 3],
            levels: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
        };
        let numbers = [1.0, 1.0, 9.0, 9.0, 1.0, 1.0, 9.0, 9.0];
        let found = best(&values, Truth::Numbers(&numbers), 1.0).unwrap();
        assert_eq!(found.left, BinSet::of([1, 3]));
        // one class against the others
        let found = best(&values, classes(&[0, 0, 1, 1, 2, 2, 1, 1]), 1.0).unwrap();
        assert_eq!(found.tally, [2.0, 0.0, 2.0]);
    }

    #[test]
    fn nothing_is_divided_where_nothing_differs() {
        let values = FeatureValues::Number(vec![1.0, 2.0, 3.0]);
        assert_eq!(best(&values, classes(&[1, 1, 1]), 1.0), None);
        assert_eq!(best(&values, Truth::Numbers(&[4.0; 3]), 1.0), None);
        let gone = FeatureValues::Number(vec![f64::NAN; 3]);
        assert_eq!(best(&gone, classes(&[0, 1, 2]), 1.0), None);
    }
}
