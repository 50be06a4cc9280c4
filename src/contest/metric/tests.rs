use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// What scikit-learn says, written by `tests/fixtures/metrics/make.py`.
#[derive(Deserialize)]
struct Fixture {
    classes: Vec<ClassCase>,
    numbers: Vec<NumberCase>,
    precision_at_k: Vec<TopCase>,
}

#[derive(Deserialize)]
struct ClassCase {
    name: String,
    classes: usize,
    truth: Vec<u32>,
    probabilities: Vec<f64>,
    decisions: Vec<u32>,
    expected: std::collections::BTreeMap<MetricName, f64>,
}

#[derive(Deserialize)]
struct NumberCase {
    name: String,
    truth: Vec<f64>,
    predicted: Vec<f64>,
    expected: std::collections::BTreeMap<MetricName, f64>,
}

#[derive(Deserialize)]
struct TopCase {
    truth: Vec<u32>,
    probabilities: Vec<f64>,
    k: usize,
    expected: f64,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!(
        "../../../tests/fixtures/metrics/expected.json"
    ))
    .unwrap()
}

const COSTS: ErrorCosts = ErrorCosts {
    false_positive: 2.5,
    false_negative: 7.0,
};

fn scoring(metric: MetricName) -> Scoring {
    Scoring {
        costs: Some(COSTS),
        capacity_share: Some(0.2),
        ..Scoring::of(metric)
    }
}

/// Two-class predictions with these probabilities of class 1, decided at one half.
fn binary(positive: &[f64]) -> Predictions {
    Predictions::Classes(ClassPredictions {
        classes: 2,
        probabilities: positive.iter().flat_map(|p| [1.0 - p, *p]).collect(),
        decisions: positive.iter().map(|p| u32::from(*p >= 0.5)).collect(),
    })
}

fn of_binary(
    metric: MetricName,
    truth: &[u32],
    predictions: &Predictions,
) -> Result<f64, Undefined> {
    let truth = Truth::Classes {
        classes: 2,
        values: truth,
    };
    score(&scoring(metric), truth, predictions)
}

#[test]
fn every_measure_agrees_with_scikit_learn() {
    let fixture = fixture();
    for case in fixture.classes {
        let truth = Truth::Classes {
            classes: case.classes,
            values: &case.truth,
        };
        let predictions = Predictions::Classes(ClassPredictions {
            classes: case.classes,
            probabilities: case.probabilities,
            decisions: case.decisions,
        });
        for (metric, expected) in case.expected {
            let found = score(&scoring(metric), truth, &predictions).unwrap();
            assert!(
                (found - expected).abs() <= 1e-9,
                "{}, {metric:?}: {found} {expected}",
                case.name
            );
        }
    }
    for case in fixture.numbers {
        let predictions = Predictions::Numbers(case.predicted);
        for (metric, expected) in case.expected {
            let found = score(&scoring(metric), Truth::Numbers(&case.truth), &predictions).unwrap();
            assert!(
                (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                "{}, {metric:?}: {found} {expected}",
                case.name
            );
        }
    }
}

#[test]
fn precision_at_k_is_the_mean_over_every_order_of_ties() {
    for case in fixture().precision_at_k {
        let share = case.k as f64 / case.truth.len() as f64;
        let scoring = Scoring {
            capacity_share: Some(share),
            ..Scoring::of(MetricName::PrecisionAtK)
        };
        let truth = Truth::Classes {
            classes: 2,
            values: &case.truth,
        };
        let found = score(&scoring, truth, &binary(&case.probabilities)).unwrap();
        assert!(
            (found - case.expected).abs() <= 1e-9,
            "{} {found}",
            case.expected
        );
    }
}

#[test]
fn the_positive_class_may_be_the_first() {
    let truth = Truth::Classes {
        classes: 2,
        values: &[0, 1, 1, 0],
    };
    let predictions = binary(&[0.9, 0.9, 0.1, 0.1]);
    let first = Scoring {
        positive: 0,
        ..scoring(MetricName::ExpectedCost)
    };
    let second = scoring(MetricName::ExpectedCost);
    assert_eq!(score(&first, truth, &predictions), Ok((2.5 + 7.0) / 4.0));
    let lopsided = binary(&[0.9, 0.9, 0.9, 0.1]);
    assert_eq!(score(&second, truth, &lopsided), Ok(2.5 / 4.0));
    assert_eq!(score(&first, truth, &lopsided), Ok(7.0 / 4.0));
}

#[test]
fn what_has_no_value_says_why() {
    let predictions = binary(&[0.2, 0.7]);
    let cases = [
        (MetricName::RocAuc, vec![1, 1], Undefined::MissingClass),
        (
            MetricName::AveragePrecision,
            vec![0, 0],
            Undefined::MissingClass,
        ),
        (
            MetricName::BalancedAccuracy,
            vec![0, 0],
            Undefined::MissingClass,
        ),
        (MetricName::Mcc, vec![1, 1], Undefined::ConstantTarget),
        (MetricName::Rmse, vec![0, 1], Undefined::WrongKind),
        (MetricName::Mase, vec![0, 1], Undefined::NeedsHistory),
        (MetricName::Accuracy, vec![0, 2], Undefined::Shape),
        (MetricName::Accuracy, vec![0], Undefined::Shape),
        (MetricName::Accuracy, vec![], Undefined::NoRows),
    ];
    for (metric, truth, expected) in cases {
        assert_eq!(
            of_binary(metric, &truth, &predictions),
            Err(expected),
            "{metric:?}"
        );
    }
    let broken = binary(&[0.2, f64::NAN]);
    assert_eq!(
        of_binary(MetricName::Accuracy, &[0, 1], &broken),
        Err(Undefined::NotFinite)
    );
    let bare = Scoring::of(MetricName::ExpectedCost);
    let truth = Truth::Classes {
        classes: 2,
        values: &[0, 1],
    };
    assert_eq!(score(&bare, truth, &predictions), Err(Undefined::NoCosts));
    assert_eq!(
        score(&bare.under(MetricName::PrecisionAtK), truth, &predictions),
        Err(Undefined::NoCapacity)
    );
    let numbers = Predictions::Numbers(vec![1.0, 2.0]);
    assert_eq!(
        score(
            &scoring(MetricName::RSquared),
            Truth::Numbers(&[3.0, 3.0]),
            &numbers
        ),
        Err(Undefined::ConstantTarget)
    );
    assert_eq!(
        score(&scoring(MetricName::Rmse), truth, &numbers),
        Err(Undefined::Shape)
    );
}

/// The rows of a class case: truth and probability of the positive class.
fn rows() -> impl Strategy<Value = Vec<(u32, f64)>> {
    // few distinct probabilities, so that ties are common; both classes occur
    proptest::collection::vec(
        (0..2_u32, (0..=10_u32).prop_map(|p| f64::from(p) / 10.0)),
        2..60,
    )
    .prop_map(|mut rows| {
        rows[0].0 = 0;
        rows[1].0 = 1;
        rows
    })
}

proptest! {
    #[test]
    fn values_stay_in_range_and_row_order_does_not_matter(rows in rows()) {
        let shuffled: Vec<(u32, f64)> = rows.iter().rev().copied().collect();
        for metric in MetricName::ALL.into_iter().filter(|m| fits(crate::contest::Task::Binary, *m)) {
            let value = |rows: &[(u32, f64)]| {
                let truth: Vec<u32> = rows.iter().map(|row| row.0).collect();
                let positive: Vec<f64> = rows.iter().map(|row| row.1).collect();
                of_binary(metric, &truth, &binary(&positive)).unwrap()
            };
            let found = value(&rows);
            let (low, high) = range(metric);
            prop_assert!(found >= low - 1e-12 && found <= high + 1e-12, "{metric:?} {found}");
            prop_assert!((found - value(&shuffled)).abs() <= 1e-12, "{metric:?}");
        }
    }

    #[test]
    fn mirrored_probabilities_mirror_the_ranking(rows in rows()) {
        let truth: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let positive: Vec<f64> = rows.iter().map(|row| row.1).collect();
        let mirrored: Vec<f64> = positive.iter().map(|p| 1.0 - p).collect();
        let auc = |p: &[f64]| of_binary(MetricName::RocAuc, &truth, &binary(p)).unwrap();
        prop_assert!((auc(&positive) + auc(&mirrored) - 1.0).abs() <= 1e-12);
    }

    #[test]
    fn the_true_share_is_the_best_constant_probability(ones in 1..20_usize, zeros in 1..20_usize, other in 0.001..0.999_f64) {
        let truth: Vec<u32> = std::iter::repeat_n(1, ones).chain(std::iter::repeat_n(0, zeros)).collect();
        let share = ones as f64 / truth.len() as f64;
        for metric in [MetricName::LogLoss, MetricName::Brier] {
            let loss = |p: f64| of_binary(metric, &truth, &binary(&vec![p; truth.len()])).unwrap();
            prop_assert!(loss(share) <= loss(other) + 1e-12);
        }
    }
}
