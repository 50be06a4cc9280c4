//! From probabilities to decisions: the threshold that the metric in force rewards.
//!
//! A threshold is chosen on training rows. Theory gives the best one for
//! probabilities that are right: cut where the expected gain of saying yes
//! turns positive (Elkan 2001: p* = c(FP) / (c(FP) + c(FN)) when right
//! decisions cost nothing). Accuracy and balanced accuracy are the same
//! formula with weights 1 and 1 ÷ class size, which gives one half and the
//! prior. Probabilities are often not right, so other cuts are tried too; but
//! each of them has to be better on the training rows by more than one
//! standard error, else the theory stands (the one-standard-error rule of
//! Breiman, Friedman, Olshen & Stone 1984, section 3.4.3).

use super::Scoring;
use super::decisions::Confusion;
use crate::contest::task::MetricName;
use crate::digits::TIE;

/// How probabilities become decisions.
#[derive(Clone, Debug, PartialEq)]
pub enum Threshold {
    /// Two classes: the positive one where its probability reaches the cut.
    Cut {
        /// The positive class, 0 or 1.
        positive: u32,
        /// The smallest probability that is decided for it.
        at: f64,
    },
    /// Any number of classes: the one whose probability times its weight is
    /// largest; the first of equals.
    Weighted {
        /// One weight per class.
        weights: Vec<f64>,
    },
}

/// The rows a threshold is chosen on.
#[derive(Clone, Copy, Debug)]
pub struct TrainingRows<'a> {
    /// Number of classes.
    pub classes: usize,
    /// The true class of each row.
    pub truth: &'a [u32],
    /// Row-major, rows × classes.
    pub probabilities: &'a [f64],
}

impl Threshold {
    /// The threshold for the metric in force, chosen on training rows.
    ///
    /// Two classes: as the module says for accuracy, balanced accuracy and
    /// expected cost; the best cut outright for F1 and Matthews correlation,
    /// which no fixed cut serves; the capacity's share of rows for precision
    /// at k; and the prior for measures that read no decision. More classes:
    /// probability ÷ prior for balanced measures, the plain probability for
    /// others, and for F1 and Matthews correlation whichever of the two is
    /// better on the training rows.
    pub fn choose(scoring: &Scoring, rows: &TrainingRows<'_>) -> Self {
        if rows.classes == 2 {
            Self::Cut {
                positive: scoring.positive.min(1),
                at: cut(scoring, rows),
            }
        } else {
            Self::Weighted {
                weights: weights(scoring, rows),
            }
        }
    }

    /// One decision per row of `probabilities` (row-major, rows × classes).
    pub fn decide(&self, probabilities: &[f64]) -> Vec<u32> {
        match self {
            Self::Cut { positive, at } => probabilities
                .chunks_exact(2)
                .map(|row| {
                    if row[*positive as usize] >= *at {
                        *positive
                    } else {
                        1 - *positive
                    }
                })
                .collect(),
            Self::Weighted { weights } => probabilities
                .chunks_exact(weights.len().max(1))
                .map(|row| heaviest(row, weights))
                .collect(),
        }
    }
}

/// The first class with the largest probability × weight.
fn heaviest(row: &[f64], weights: &[f64]) -> u32 {
    let mut best = 0;
    let mut most = f64::NEG_INFINITY;
    for (class, (probability, weight)) in row.iter().zip(weights).enumerate() {
        let value = probability * weight;
        if value > most + TIE {
            most = value;
            best = class;
        }
    }
    best as u32
}

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

fn cut(scoring: &Scoring, rows: &TrainingRows<'_>) -> f64 {
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

fn weights(scoring: &Scoring, rows: &TrainingRows<'_>) -> Vec<f64> {
    let mut counts = vec![0.0; rows.classes];
    for class in rows.truth {
        if let Some(count) = counts.get_mut(*class as usize) {
            *count += 1.0;
        }
    }
    let total: f64 = counts.iter().sum();
    // a class that was never seen in training is never decided for
    let plain: Vec<f64> = counts
        .iter()
        .map(|count| if *count > 0.0 { 1.0 } else { 0.0 })
        .collect();
    let balanced: Vec<f64> = counts
        .iter()
        .map(|count| if *count > 0.0 { total / count } else { 0.0 })
        .collect();
    match scoring.metric {
        MetricName::BalancedAccuracy | MetricName::RocAuc | MetricName::AveragePrecision => {
            balanced
        }
        MetricName::F1 => better_weights(rows, [plain, balanced], Confusion::macro_f1),
        MetricName::Mcc => better_weights(rows, [plain, balanced], |confusion| {
            confusion.matthews().unwrap_or(0.0)
        }),
        MetricName::Accuracy
        | MetricName::LogLoss
        | MetricName::Brier
        | MetricName::PrecisionAtK
        | MetricName::ExpectedCost
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => plain,
    }
}

/// Whichever weights reach more on the training rows; the first of equals.
fn better_weights(
    rows: &TrainingRows<'_>,
    [simple, other]: [Vec<f64>; 2],
    measure: impl Fn(&Confusion) -> f64,
) -> Vec<f64> {
    let reached = |weights: &[f64]| {
        let decisions: Vec<u32> = rows
            .probabilities
            .chunks_exact(rows.classes.max(1))
            .map(|row| heaviest(row, weights))
            .collect();
        measure(&Confusion::count(rows.classes, rows.truth, &decisions))
    };
    if reached(&other) > reached(&simple) + TIE {
        other
    } else {
        simple
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::request::ErrorCosts;

    fn rows<'a>(truth: &'a [u32], probabilities: &'a [f64]) -> TrainingRows<'a> {
        TrainingRows {
            classes: 2,
            truth,
            probabilities,
        }
    }

    fn pairs(positive: &[f64]) -> Vec<f64> {
        positive.iter().flat_map(|p| [1.0 - p, *p]).collect()
    }

    fn cut_of(scoring: &Scoring, truth: &[u32], positive: &[f64]) -> f64 {
        match Threshold::choose(scoring, &rows(truth, &pairs(positive))) {
            Threshold::Cut { at, .. } => at,
            Threshold::Weighted { .. } => f64::NAN,
        }
    }

    #[test]
    fn right_probabilities_are_cut_where_theory_says() {
        // ten rows at each of .1 .3 .5 .7 .9, of which exactly that share is positive
        let shares = [1_u32, 3, 5, 7, 9];
        let truth: Vec<u32> = shares
            .iter()
            .flat_map(|share| {
                (0..10)
                    .map(|row| u32::from(row < *share))
                    .collect::<Vec<_>>()
            })
            .collect();
        let probabilities: Vec<f64> = shares
            .iter()
            .flat_map(|share| vec![f64::from(*share) / 10.0; 10])
            .collect();
        let costs = |false_positive, false_negative| Scoring {
            costs: Some(ErrorCosts {
                false_positive,
                false_negative,
            }),
            ..Scoring::of(MetricName::ExpectedCost)
        };
        let cases = [
            (Scoring::of(MetricName::Accuracy), 0.5),
            (Scoring::of(MetricName::BalancedAccuracy), 0.5),
            // Elkan (2001): c(FP) / (c(FP) + c(FN))
            (costs(1.0, 4.0), 0.2),
            (costs(4.0, 1.0), 0.8),
            (costs(1.0, 0.0), 1.0),
        ];
        for (scoring, expected) in cases {
            let at = cut_of(&scoring, &truth, &probabilities);
            assert!((at - expected).abs() < 1e-12, "{scoring:?}: {at}");
        }
    }

    #[test]
    fn wrong_probabilities_are_cut_where_the_training_rows_say() {
        // an overconfident score: every probability is far too low, the order is right
        let truth: Vec<u32> = (0..100).map(|row| u32::from(row >= 50)).collect();
        let probabilities: Vec<f64> = (0..100).map(|row| f64::from(row) / 1000.0).collect();
        for metric in [
            MetricName::Accuracy,
            MetricName::BalancedAccuracy,
            MetricName::F1,
            MetricName::Mcc,
        ] {
            let at = cut_of(&Scoring::of(metric), &truth, &probabilities);
            assert!((at - 0.0495).abs() < 1e-12, "{metric:?}: {at}");
        }
    }

    #[test]
    fn a_gain_within_one_standard_error_does_not_move_the_cut() {
        // one positive row just below one half: moving the cut gains one row of ten
        let truth = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        let probabilities = [0.1, 0.1, 0.2, 0.2, 0.3, 0.45, 0.6, 0.7, 0.8, 0.9];
        let at = cut_of(&Scoring::of(MetricName::Accuracy), &truth, &probabilities);
        assert_eq!(at, 0.5);
    }

    #[test]
    fn a_constant_probability_gets_the_better_constant_decision() {
        let truth = [0, 0, 0, 1];
        let constant = pairs(&[0.25; 4]);
        let decide = |scoring: &Scoring| {
            Threshold::choose(scoring, &rows(&truth, &constant)).decide(&constant[..2])[0]
        };
        let costs = Scoring {
            costs: Some(ErrorCosts {
                false_positive: 1.0,
                false_negative: 10.0,
            }),
            ..Scoring::of(MetricName::ExpectedCost)
        };
        assert_eq!(decide(&Scoring::of(MetricName::Accuracy)), 0);
        assert_eq!(decide(&costs), 1);
    }

    #[test]
    fn a_capacity_says_yes_to_its_share_of_rows() {
        let probabilities: Vec<f64> = (0..10).map(|row| f64::from(row) / 10.0).collect();
        let truth: Vec<u32> = (0..10).map(|row| u32::from(row > 6)).collect();
        let scoring = Scoring {
            capacity_share: Some(0.2),
            ..Scoring::of(MetricName::PrecisionAtK)
        };
        let threshold = Threshold::choose(&scoring, &rows(&truth, &pairs(&probabilities)));
        let said = threshold.decide(&pairs(&probabilities));
        assert_eq!(said, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn several_classes_are_decided_by_probability_over_prior_for_balanced_measures() {
        let truth = [0, 0, 0, 0, 0, 0, 0, 0, 1, 2];
        let probabilities: Vec<f64> = (0..10).flat_map(|_| [0.8, 0.15, 0.05]).collect();
        let training = TrainingRows {
            classes: 3,
            truth: &truth,
            probabilities: &probabilities,
        };
        let decide = |metric| {
            Threshold::choose(&Scoring::of(metric), &training).decide(&[0.8, 0.15, 0.05])[0]
        };
        assert_eq!(decide(MetricName::BalancedAccuracy), 1);
        assert_eq!(decide(MetricName::Accuracy), 0);
    }

    #[test]
    fn a_class_unseen_in_training_is_never_decided_for() {
        let training = TrainingRows {
            classes: 3,
            truth: &[0, 1],
            probabilities: &[0.5, 0.4, 0.1, 0.3, 0.4, 0.3],
        };
        for metric in [MetricName::BalancedAccuracy, MetricName::LogLoss] {
            let threshold = Threshold::choose(&Scoring::of(metric), &training);
            assert_ne!(threshold.decide(&[0.0, 0.1, 0.9])[0], 2);
        }
    }
}
