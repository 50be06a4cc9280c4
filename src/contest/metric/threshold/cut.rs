//! Where to cut the probability of the positive class of two.

use super::TrainingRows;
use crate::contest::metric::Scoring;
use crate::contest::task::MetricName;
use crate::digits::TIE;

/// The value of saying yes: gained on a positive row, lost on a negative one.
#[derive(Clone, Copy)]
struct Stakes {
    gain: f64,
    loss: f64,
}

impl Stakes {
    /// Where the expected gain of saying yes turns positive.
    fn break_even(self) -> f64 {
        self.loss / (self.gain + self.loss)
    }
}

/// The cut for the metric in force.
pub(super) fn choose(scoring: &Scoring, rows: &TrainingRows<'_>) -> f64 {
    let positive = scoring.positive.min(1);
    let steps = steps(rows, positive);
    let count = rows.truth.len() as f64;
    let positives = rows
        .truth
        .iter()
        .filter(|class| **class == positive)
        .count() as f64;
    let negatives = count - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.5;
    }
    let balanced = Stakes {
        gain: 0.5 / positives,
        loss: 0.5 / negatives,
    };
    let plain = Stakes {
        gain: 1.0 / count,
        loss: 1.0 / count,
    };
    match scoring.metric {
        MetricName::Accuracy => linear_cut(&steps, plain),
        MetricName::BalancedAccuracy => linear_cut(&steps, balanced),
        MetricName::ExpectedCost => match scoring.costs {
            Some(costs) => linear_cut(
                &steps,
                Stakes {
                    gain: costs.false_negative / count,
                    loss: costs.false_positive / count,
                },
            ),
            None => plain.break_even(),
        },
        MetricName::F1 => best_cut(&steps, |yes| {
            2.0 * yes.positives / (positives + yes.positives + yes.negatives)
        }),
        MetricName::Mcc => best_cut(&steps, |yes| matthews(yes, positives, negatives)),
        MetricName::PrecisionAtK => match scoring.capacity_share {
            Some(share) => capacity_cut(&steps, share * count),
            None => balanced.break_even(),
        },
        MetricName::LogLoss
        | MetricName::Brier
        | MetricName::RocAuc
        | MetricName::AveragePrecision
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => balanced.break_even(),
    }
}

/// Training rows with one probability of the positive class.
#[derive(Clone, Copy)]
struct Step {
    probability: f64,
    positives: f64,
    negatives: f64,
}

/// Rows decided for the positive class at some cut.
#[derive(Clone, Copy)]
struct Yes {
    positives: f64,
    negatives: f64,
}

/// The distinct probabilities, highest first.
fn steps(rows: &TrainingRows<'_>, positive: u32) -> Vec<Step> {
    let mut sorted: Vec<(f64, bool)> = rows
        .truth
        .iter()
        .zip(rows.probabilities.chunks_exact(2))
        .map(|(class, row)| (row[positive as usize], *class == positive))
        .collect();
    sorted.sort_unstable_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
    sorted
        .chunk_by(|left, right| left.0 - right.0 <= TIE)
        .map(|tied| {
            let positives = tied.iter().filter(|(_, yes)| *yes).count() as f64;
            Step {
                probability: tied[tied.len() - 1].0,
                positives,
                negatives: tied.len() as f64 - positives,
            }
        })
        .collect()
}

/// The break-even cut, unless another is better by more than one standard
/// error on the training rows: only the rows between the two cuts change, and
/// their stakes, squared and summed, are the variance of the difference.
fn linear_cut(steps: &[Step], stakes: Stakes) -> f64 {
    let theory = stakes.break_even();
    let first_below = steps.partition_point(|step| step.probability >= theory);
    let value = |step: &Step| step.positives * stakes.gain - step.negatives * stakes.loss;
    let spread = |step: &Step| {
        step.positives * stakes.gain * stakes.gain + step.negatives * stakes.loss * stakes.loss
    };
    let mut best = (0.0, theory);
    let mut consider = |gained: f64, variance: f64, at: f64| {
        if gained > best.0 * (1.0 + TIE) && gained > variance.sqrt() {
            best = (gained, at);
        }
    };
    let (mut gained, mut variance) = (0.0, 0.0);
    for (index, step) in steps.iter().enumerate().skip(first_below) {
        gained += value(step);
        variance += spread(step);
        consider(gained, variance, below(steps, index));
    }
    (gained, variance) = (0.0, 0.0);
    for index in (0..first_below).rev() {
        gained -= value(&steps[index]);
        variance += spread(&steps[index]);
        consider(gained, variance, above(steps, index));
    }
    best.1
}

/// The cut with the largest measure; of equals the one nearest to one half.
fn best_cut(steps: &[Step], measure: impl Fn(Yes) -> f64) -> f64 {
    let mut yes = Yes {
        positives: 0.0,
        negatives: 0.0,
    };
    let mut best = (f64::NEG_INFINITY, 0.5);
    for (index, step) in steps.iter().enumerate() {
        yes.positives += step.positives;
        yes.negatives += step.negatives;
        let reached = measure(yes);
        let at = below(steps, index);
        let nearer = (at - 0.5).abs() < (best.1 - 0.5_f64).abs();
        if reached > best.0 + TIE || (reached > best.0 - TIE && nearer) {
            best = (reached, at);
        }
    }
    best.1
}

/// The highest cut that says yes to at least that many training rows.
fn capacity_cut(steps: &[Step], capacity: f64) -> f64 {
    let mut taken = 0.0;
    for (index, step) in steps.iter().enumerate() {
        taken += step.positives + step.negatives;
        if taken + TIE >= capacity {
            return below(steps, index);
        }
    }
    0.0
}

/// A cut halfway between a step and the next lower one.
fn below(steps: &[Step], index: usize) -> f64 {
    let next = steps.get(index + 1).map_or(0.0, |step| step.probability);
    0.5 * (steps[index].probability + next)
}

/// A cut halfway between a step and the next higher one.
fn above(steps: &[Step], index: usize) -> f64 {
    match index.checked_sub(1) {
        Some(higher) => 0.5 * (steps[index].probability + steps[higher].probability),
        // above every probability: never yes
        None => 1.0 + TIE,
    }
}

fn matthews(yes: Yes, positives: f64, negatives: f64) -> f64 {
    let said = yes.positives + yes.negatives;
    let count = positives + negatives;
    let spread = (said * (count - said) * positives * negatives).sqrt();
    if spread == 0.0 {
        return 0.0;
    }
    (yes.positives * negatives - yes.negatives * positives) / spread
}
