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
/// `total` is the tally of all bins. Bins without rows go where numbers like them go, or to the larger side.
pub fn divide(
    histogram: &Histogram,
    meaning: &BinMeaning,
    outcome: &Outcome<'_>,
    total: &[f64],
    smallest: f64,
) -> Option<Division> {
    let cut = best_cut(histogram, meaning, outcome, total, smallest)?;
    Some(cut.carried_out(histogram, meaning, outcome, total))
}

/// The cut of [`divide`].
pub fn best_cut(
    histogram: &Histogram,
    meaning: &BinMeaning,
    outcome: &Outcome<'_>,
    total: &[f64],
    smallest: f64,
) -> Option<Cut> {
    if *meaning == BinMeaning::Whole || histogram.bins() < 2 || outcome.is_pure(total) {
        return None;
    }
    let search = Search {
        missing: histogram.tally(usize::from(MISSING_BIN)),
        some_missing: outcome.has_rows(histogram.tally(usize::from(MISSING_BIN))),
        whole: outcome.impurity(total),
    };
    let mut best = None;
    if let BinMeaning::Edges(_) = meaning {
        // of a known width the sums stay in registers
        match (outcome.truth, total, outcome.weights.as_slice()) {
            (Truth::Classes { .. }, &[all_a, all_b], &[weigh_a, weigh_b]) => {
                let known = histogram.cells.as_chunks::<2>().0.iter().skip(1);
                let known = known.filter(|[a, b]| a + b > 0.0);
                let (all, weights) = ([all_a, all_b], [weigh_a, weigh_b]);
                let after = |left: &[f64; 2]| of_two_classes(left, all, weights, smallest);
                search.cut(0, [0.0; 2], known, after, &mut best);
            }
            (Truth::Numbers(_), &[rows, sum, squares], _) => {
                let known = histogram.cells.as_chunks::<3>().0.iter().skip(1);
                let known = known.filter(|tally| tally[0] > 0.0);
                let after = |left: &[f64; 3]| of_numbers(left, [rows, sum, squares], smallest);
                search.cut(0, [0.0; 3], known, after, &mut best);
            }
            _ => {
                let known = histogram.cells.chunks_exact(histogram.width).skip(1);
                let known = known.filter(|tally| outcome.has_rows(tally));
                let after = |left: &Vec<f64>| of_both_sides(outcome, left, total, smallest);
                search.cut(0, vec![0.0; total.len()], known, after, &mut best);
            }
        }
        return best;
    }
    for order in 0..orders(meaning, outcome) {
        let bins = Order::of(order, histogram, meaning, outcome);
        let tallies = bins.as_slice().iter();
        let tallies = tallies.map(|bin| histogram.tally(usize::from(*bin)));
        let after = |left: &Vec<f64>| of_both_sides(outcome, left, total, smallest);
        search.cut(order, vec![0.0; total.len()], tallies, after, &mut best);
    }
    best
}

/// What a search for the best cut of one column knows.
struct Search<'a> {
    missing: &'a [f64],
    some_missing: bool,
    whole: f64,
}

impl Search<'_> {
    /// Cuts the bins, whose tallies are given in their order, after each of
    /// them; `left` is an empty tally, and `after` the impurity left on both
    /// sides together, none where a side is too small.
    fn cut<'t, T, L>(
        &self,
        order: usize,
        mut left: L,
        tallies: impl Iterator<Item = &'t T>,
        after: impl Fn(&L) -> Option<Fraction>,
        best: &mut Option<Cut>,
    ) where
        T: AsRef<[f64]> + ?Sized + 't,
        L: AsMut<[f64]> + Clone,
    {
        let tie = self.whole * 1e-10;
        let mut least = best.as_ref().map_or(0.0, |cut| cut.gain) + tie;
        let mut joined = left.clone();
        for (position, tally) in tallies.enumerate() {
            add(left.as_mut(), tally.as_ref());
            let mut offer = |left: &L, with_missing: bool| {
                let Some([above, below]) = after(left) else {
                    return;
                };
                // a product tells without a division that it is no better
                if above < (self.whole - least) * below {
                    let gain = self.whole - above / below;
                    least = gain + tie;
                    *best = Some(Cut {
                        gain,
                        order,
                        taken: position + 1,
                        with_missing,
                    });
                }
            };
            offer(&left, false);
            if self.some_missing {
                joined.clone_from(&left);
                add(joined.as_mut(), self.missing);
                offer(&joined, true);
            }
        }
    }
}

impl Cut {
    /// The division that it makes of the histogram in which it was found.
    pub fn carried_out(
        &self,
        histogram: &Histogram,
        meaning: &BinMeaning,
        outcome: &Outcome<'_>,
        total: &[f64],
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
        let larger_left = outcome.rows(&tally) * 2.0 > outcome.rows(total);
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
            if outcome.has_rows(histogram.tally(bin)) {
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

/// A number as what is above and below the line of a fraction, the latter positive.
type Fraction = [f64; 2];

/// Impurity left on both sides together; none where a side is too small.
fn of_both_sides(
    outcome: &Outcome<'_>,
    left: &[f64],
    total: &[f64],
    smallest: f64,
) -> Option<Fraction> {
    match (outcome.truth, left, total, outcome.weights.as_slice()) {
        (Truth::Numbers(_), &[rows, sum, squares], &[all, total, total_squares], _) => {
            let total = [all, total, total_squares];
            of_numbers(&[rows, sum, squares], total, smallest)
        }
        (Truth::Classes { .. }, &[a, b], &[all_a, all_b], &[weigh_a, weigh_b]) => {
            of_two_classes(&[a, b], [all_a, all_b], [weigh_a, weigh_b], smallest)
        }
        (_, _, _, weights) => {
            let rows: f64 = left.iter().sum();
            let rest = total.iter().sum::<f64>() - rows;
            if !are_large_enough(rows, rest, smallest) {
                return None;
            }
            let (mut sum, mut squares, mut other, mut other_squares) = (0.0, 0.0, 0.0, 0.0);
            for ((left, total), weight) in left.iter().zip(total).zip(weights) {
                let right = total - left;
                let (left, right) = (left * weight, right * weight);
                sum += left;
                squares += left * left;
                other += right;
                other_squares += right * right;
            }
            Some([sum - squares / sum + other - other_squares / other, 1.0])
        }
    }
}

/// The same for two classes a and b, of which either side has 2ab ÷ (a + b).
fn of_two_classes(
    [a, b]: &[f64; 2],
    [all_a, all_b]: [f64; 2],
    [weigh_a, weigh_b]: [f64; 2],
    smallest: f64,
) -> Option<Fraction> {
    let (c, d) = (all_a - a, all_b - b);
    if !are_large_enough(a + b, c + d, smallest) {
        return None;
    }
    let (a, b, c, d) = (a * weigh_a, b * weigh_b, c * weigh_a, d * weigh_b);
    let (here, there) = (a + b, c + d);
    Some([2.0 * (a * b * there + c * d * here), here * there])
}

/// The same for numbers.
fn of_numbers(
    [rows, sum, _]: &[f64; 3],
    [all, total, squares]: [f64; 3],
    smallest: f64,
) -> Option<Fraction> {
    let (rest, other) = (all - rows, total - sum);
    are_large_enough(*rows, rest, smallest)
        .then(|| [squares - sum * sum / rows - other * other / rest, 1.0])
}

fn are_large_enough(rows: f64, rest: f64, smallest: f64) -> bool {
    rows >= smallest && rest >= smallest && rows > 0.0 && rest > 0.0
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
        divide(&counts, &bins.meaning, &outcome, &outcome.total, smallest)
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
