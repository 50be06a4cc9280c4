//! The same folds in scikit-learn (`tests/fixtures/models/make.py`) and in linfa.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2};
use serde_json::Value;

use super::design::Design;
use super::ridge::Moments;
use super::samples::{codes, shipped};
use super::softmax::Softmax;
use super::{least_squares, logistic};
use crate::contest::control::unattended;
use crate::contest::tables::features::{FeatureValues, Features};

fn expected() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/models/expected.json"
    );
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn floats(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry.as_f64().unwrap())
        .collect()
}

/// Every fifth row, and all others.
fn fold(rows: usize) -> (Vec<u32>, Vec<u32>) {
    (0..rows as u32).partition(|row| row % 5 == 0)
}

/// Columns standardised on the training rows, as the script does it.
fn designs(features: &Features) -> (Design, Design) {
    let (test, train) = fold(features.rows);
    let mut columns = Vec::new();
    for feature in &features.columns {
        let numbers: Vec<f64> = match feature.values.as_ref() {
            FeatureValues::Number(numbers) => numbers.clone(),
            FeatureValues::Category { codes, .. } => codes.iter().copied().map(f64::from).collect(),
            FeatureValues::Text { .. } => panic!("no text is expected"),
        };
        let rows = train.len() as f64;
        let of_train = || train.iter().map(|row| numbers[*row as usize]);
        let mean = of_train().sum::<f64>() / rows;
        let deviation = (of_train().map(|x| (x - mean).powi(2)).sum::<f64>() / rows).sqrt();
        if deviation > 0.0 {
            columns.push(
                numbers
                    .iter()
                    .map(|x| (x - mean) / deviation)
                    .collect::<Vec<f64>>(),
            );
        }
    }
    let design = |rows: &[u32]| {
        let values = rows
            .iter()
            .flat_map(|row| columns.iter().map(|column| column[*row as usize]))
            .collect();
        Design::of_numbers(values, columns.len())
    };
    (design(&train), design(&test))
}

fn assert_close(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (position, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!(
            (a - b).abs() <= tolerance * b.abs().max(1.0),
            "{what}, {position}: {a} but {b} expected"
        );
    }
}

#[test]
fn least_squares_and_ridge_agree_with_scikit_learn() {
    for case in expected()["numbers"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let (features, target) = shipped(name, usize::MAX);
        let (_, train) = fold(features.rows);
        let target: Vec<f64> = train
            .iter()
            .map(|row| target[*row as usize].parse().unwrap())
            .collect();
        let (design, test) = designs(&features);
        for model in case["models"].as_array().unwrap() {
            let strength = model["strength"].as_f64().unwrap();
            let coefficients = floats(&model["coefficients"]);
            let own = Moments::of(&design, &target).solve(strength).weights;
            assert_close(&own, &coefficients, 1e-8, name);
            let predictions: Vec<f64> = (0..test.rows()).map(|row| test.dot(row, &own)).collect();
            assert_close(&predictions, &floats(&model["predictions"]), 1e-9, name);
            if strength == 0.0 {
                let linfa = least_squares::solve(&design, &target).weights;
                assert_close(&linfa, &coefficients, 1e-8, "linfa");
            }
        }
    }
}

#[test]
fn logistic_regression_agrees_with_scikit_learn() {
    for case in expected()["classes"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let (features, target) = shipped(name, case["rows"].as_u64().unwrap() as usize);
        let (target, levels) = codes(&target);
        let (_, train) = fold(features.rows);
        let truth: Vec<u32> = train.iter().map(|row| target[*row as usize]).collect();
        let (design, test) = designs(&features);
        for model in case["models"].as_array().unwrap() {
            let strength = model["strength"].as_f64().unwrap();
            let probabilities = floats(&model["probabilities"]);
            let found: Vec<f64> = if levels.len() == 2 {
                let truth: Vec<f64> = truth.iter().copied().map(f64::from).collect();
                let solution = unattended(|control| {
                    logistic::solve_at(&design, &truth, strength, control).unwrap()
                });
                (0..test.rows())
                    .map(|row| super::sigmoid(test.dot(row, &solution.weights)))
                    .flat_map(|p| [1.0 - p, p])
                    .collect()
            } else {
                let problem = Softmax {
                    design: &design,
                    truth: &truth,
                    classes: levels.len(),
                };
                let size = design.columns() + 1;
                let weights = unattended(|control| {
                    problem
                        .solve(strength, 1e-10, vec![0.0; levels.len() * size], control)
                        .unwrap()
                });
                (0..test.rows())
                    .flat_map(|row| {
                        let mut scores: Vec<f64> = weights
                            .chunks_exact(size)
                            .map(|block| test.dot(row, block))
                            .collect();
                        super::softmax::softmax(&mut scores);
                        scores
                    })
                    .collect()
            };
            assert_close(&found, &probabilities, 2e-6, name);
        }
    }
}

/// The weights of linfa's logistic regression for class 1, the intercept last.
fn by_linfa(design: &Design, truth: &[u32], strength: f64) -> Vec<f64> {
    let records = Array2::from_shape_fn((design.rows(), design.columns()), |(row, column)| {
        design.row(row).0[column]
    });
    let classes: Vec<usize> = truth.iter().map(|class| *class as usize).collect();
    let fitted = LogisticRegression::default()
        .alpha(strength)
        .gradient_tolerance(1e-8)
        .max_iterations(10_000)
        .fit(&DatasetBase::new(records, Array1::from(classes)))
        .unwrap();
    let sign = if fitted.labels().pos.class == 1 {
        1.0
    } else {
        -1.0
    };
    let intercept = fitted.intercept();
    let weights = fitted.params().iter().chain(std::iter::once(&intercept));
    weights.map(|weight| sign * weight).collect()
}

#[test]
fn logistic_regression_agrees_with_linfa() {
    let (features, target) = shipped("breast-cancer", usize::MAX);
    let (target, levels) = codes(&target);
    assert_eq!(levels.len(), 2);
    let (_, train) = fold(features.rows);
    let truth: Vec<u32> = train.iter().map(|row| target[*row as usize]).collect();
    let (design, _) = designs(&features);
    let numbers: Vec<f64> = truth.iter().copied().map(f64::from).collect();
    for strength in [1.0, 30.0] {
        let own =
            unattended(|control| logistic::solve_at(&design, &numbers, strength, control).unwrap());
        let linfa = by_linfa(&design, &truth, strength);
        assert_close(&own.weights, &linfa, 1e-4, "linfa");
    }
}
