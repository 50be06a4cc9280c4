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
    let decide =
        |metric| Threshold::choose(&Scoring::of(metric), &training).decide(&[0.8, 0.15, 0.05])[0];
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

#[test]
fn a_constant_says_the_usual_class_where_the_metric_does_not_care() {
    let metric = MetricName::BalancedAccuracy;
    let decided = |threshold: Threshold, metric, shares: &[f64]| {
        threshold.for_constant(metric, shares, 3000).decide(shares)[0]
    };
    let cut = |at| Threshold::Cut { positive: 1, at };
    let rare = [0.844, 0.156];
    assert_eq!(decided(cut(0.155), metric, &rare), 0);
    assert_eq!(decided(cut(0.157), metric, &rare), 0);
    // costs, or a measure of the rare class, may want it said
    assert_eq!(decided(cut(0.05), metric, &rare), 1);
    assert_eq!(decided(cut(0.155), MetricName::F1, &rare), 1);
    assert_eq!(decided(cut(0.155), MetricName::ExpectedCost, &rare), 1);
    let balanced = || Threshold::Weighted {
        weights: vec![1.0 / 0.25, 1.0 / 0.5, 1.0 / 0.25],
    };
    assert_eq!(decided(balanced(), metric, &[0.251, 0.5, 0.249]), 1);
}
