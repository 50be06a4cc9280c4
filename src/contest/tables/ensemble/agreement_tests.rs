//! The probes beside scikit-learn's (`tests/fixtures/trees`) and smartcore's on the same folds.

use serde::Deserialize;
use smartcore::ensemble::random_forest_classifier::{
    RandomForestClassifier, RandomForestClassifierParameters,
};
use smartcore::linalg::basic::matrix::DenseMatrix;

use crate::contest::metric::Scoring;
use crate::contest::tables::features::FeatureValues;
use crate::contest::tables::probe;
use crate::contest::tables::sample::{Sample, Target};
use crate::contest::task::MetricName;

#[derive(Deserialize)]
struct Expected {
    file: String,
    target: String,
    folds: Vec<usize>,
    forest: Vec<f64>,
    boosting: Vec<f64>,
}

fn expected() -> Vec<Expected> {
    let text = include_str!("../../../../tests/fixtures/trees/expected.json");
    serde_json::from_str(text).unwrap()
}

fn split(sample: &Sample, folds: &[usize], fold: usize) -> (Vec<u32>, Vec<u32>) {
    sample
        .rows()
        .iter()
        .partition(|row| folds[**row as usize] != fold)
}

/// Accuracy or root mean squared error of a probe on each fold.
fn scores(sample: &Sample, folds: &[usize], probe: &str) -> Vec<f64> {
    let contender = probe::contenders()
        .into_iter()
        .find(|contender| contender.id() == probe)
        .unwrap();
    let scoring = Scoring::of(MetricName::Accuracy);
    (0..10)
        .map(|fold| {
            let (train, test) = split(sample, folds, fold);
            let fitted = sample.fit(&*contender, &train, &scoring);
            let predicted = fitted.predict(&sample.features, &test);
            match sample.target.of_rows(&test) {
                Target::Classes { names, values } => {
                    let likeliest = |row: &[f64]| {
                        let classes = 0..row.len();
                        classes.max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap()
                    };
                    let rows = predicted.chunks(names.len()).map(likeliest);
                    share_right(rows, &values)
                }
                Target::Numbers(values) => {
                    let squares = values.iter().zip(predicted).map(|(y, p)| (y - p) * (y - p));
                    (squares.sum::<f64>() / values.len() as f64).sqrt()
                }
            }
        })
        .collect()
}

fn share_right(predicted: impl Iterator<Item = usize>, truth: &[u32]) -> f64 {
    let right = predicted
        .zip(truth)
        .filter(|(predicted, truth)| *predicted == **truth as usize);
    right.count() as f64 / truth.len() as f64
}

/// The accuracy of smartcore's forest on each fold.
fn by_smartcore(sample: &Sample, folds: &[usize]) -> Vec<f64> {
    let rows = |rows: &[u32]| {
        let lines = rows
            .iter()
            .map(|row| {
                let columns = sample.features.columns.iter();
                columns
                    .map(|column| match column.values.as_ref() {
                        FeatureValues::Number(numbers) => numbers[*row as usize],
                        FeatureValues::Category { .. } | FeatureValues::Text { .. } => {
                            panic!("numbers are expected")
                        }
                    })
                    .collect()
            })
            .collect();
        DenseMatrix::from_2d_vec(&lines).unwrap()
    };
    let classes = |rows: &[u32]| match sample.target.of_rows(rows) {
        Target::Classes { values, .. } => values,
        Target::Numbers(_) => panic!("classes are expected"),
    };
    (0..10)
        .map(|fold| {
            let (train, test) = split(sample, folds, fold);
            let parameters = RandomForestClassifierParameters::default()
                .with_n_trees(100)
                .with_seed(1);
            let forest =
                RandomForestClassifier::fit(&rows(&train), &classes(&train), parameters).unwrap();
            let predicted = forest.predict(&rows(&test)).unwrap();
            share_right(
                predicted.iter().map(|class| *class as usize),
                &classes(&test),
            )
        })
        .collect()
}

/// Mean, and its standard error.
fn mean_and_error(scores: &[f64]) -> (f64, f64) {
    let count = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / count;
    let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

#[test]
fn the_probes_reach_what_scikit_learns_do_within_one_standard_error() {
    for expected in expected() {
        let sample = Sample::shipped(&expected.file, &expected.target, &[]);
        let (forest, boosting) = (
            mean_and_error(&scores(&sample, &expected.folds, "forest")).0,
            mean_and_error(&scores(&sample, &expected.folds, "boosting")).0,
        );
        let (theirs, error) = mean_and_error(&expected.forest);
        assert!(
            (forest - theirs).abs() <= error,
            "forest, {}: {forest} here, {theirs} ± {error} there",
            expected.file
        );
        // theirs is not stopped early and may be worse by more than that, not better
        let (theirs, error) = mean_and_error(&expected.boosting);
        let worse = match sample.target {
            Target::Classes { .. } => theirs - boosting,
            Target::Numbers(_) => boosting - theirs,
        };
        assert!(
            worse <= error,
            "boosting, {}: {boosting} here, {theirs} ± {error} there",
            expected.file
        );
    }
}

#[test]
fn the_forest_reaches_what_smartcores_does_within_one_standard_error() {
    for expected in expected() {
        if !["wine.csv", "iris.csv"].contains(&expected.file.as_str()) {
            continue;
        }
        let sample = Sample::shipped(&expected.file, &expected.target, &[]);
        let ours = mean_and_error(&scores(&sample, &expected.folds, "forest")).0;
        let (theirs, error) = mean_and_error(&by_smartcore(&sample, &expected.folds));
        assert!(
            (ours - theirs).abs() <= error,
            "{}: {ours} here, {theirs} ± {error} there",
            expected.file
        );
    }
}
