//! Trees reach what scikit-learn's reach on the same folds (`tests/fixtures/trees`).

use serde::Deserialize;

use super::super::contender::Fitted;
use super::super::sample::{Sample, Target};
use super::{FittedTree, Growth, Outcome, Tree};
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::task::MetricName;

#[derive(Deserialize)]
struct Expected {
    file: String,
    target: String,
    folds: Vec<usize>,
    scores: Vec<f64>,
}

fn expected() -> Vec<Expected> {
    let text = include_str!("../../../../tests/fixtures/trees/expected.json");
    serde_json::from_str(text).unwrap()
}

/// Accuracy or root mean squared error on each fold.
fn scores(sample: &Sample, folds: &[usize], prune: bool) -> Vec<f64> {
    let scoring = Scoring::of(MetricName::Accuracy);
    (0..10)
        .map(|fold| {
            let (test, train): (Vec<u32>, Vec<u32>) = sample
                .rows()
                .iter()
                .partition(|row| folds[**row as usize] == fold);
            let target = sample.target.of_rows(&train);
            let outcome = Outcome::of(target.truth(), train.len(), &scoring).unwrap();
            let growth = Growth {
                depth: 3,
                smallest_leaf: 6,
                only: None,
            };
            let features = &sample.features;
            let mut tree =
                unattended(|control| Tree::grow(features, &train, &outcome, growth, control))
                    .unwrap();
            if prune {
                tree = tree.pruned(&outcome);
            }
            let fitted = FittedTree::new(tree, features, &train, &outcome);
            score(
                &sample.target.of_rows(&test),
                &fitted.predict(features, &test),
            )
        })
        .collect()
}

fn score(truth: &Target, predicted: &[f64]) -> f64 {
    match truth {
        Target::Classes { names, values } => {
            let likeliest = |row: &[f64]| {
                (0..row.len())
                    .max_by(|a, b| row[*a].total_cmp(&row[*b]))
                    .unwrap() as u32
            };
            let right = values
                .iter()
                .zip(predicted.chunks(names.len()))
                .filter(|(truth, row)| **truth == likeliest(row));
            right.count() as f64 / values.len() as f64
        }
        Target::Numbers(values) => {
            let squares = values.iter().zip(predicted).map(|(y, p)| (y - p) * (y - p));
            (squares.sum::<f64>() / values.len() as f64).sqrt()
        }
    }
}

#[test]
fn trees_agree_with_scikit_learn_within_one_standard_error() {
    for expected in expected() {
        let sample = Sample::shipped(&expected.file, &expected.target, &[]);
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / 10.0;
        let theirs = mean(&expected.scores);
        let variance: f64 = expected
            .scores
            .iter()
            .map(|score| (score - theirs) * (score - theirs))
            .sum::<f64>()
            / 9.0;
        let error = (variance / 10.0).sqrt();
        for prune in [false, true] {
            let ours = mean(&scores(&sample, &expected.folds, prune));
            assert!(
                (ours - theirs).abs() <= error,
                "{}, pruned {prune}: {ours} here, {theirs} ± {error} there",
                expected.file
            );
        }
    }
}
