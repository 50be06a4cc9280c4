//! Quality beside scikit-learn's, and time (ignored: run with --release --ignored --nocapture).

use std::time::Instant;

use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, Training};
use crate::contest::tables::features::{FeatureValues, Features};
use crate::contest::tables::kernel::chance::{below, shuffle, source};
use crate::contest::tables::models::samples::{codes, features, shipped};
use crate::contest::tables::{models, probe};
use crate::contest::task::MetricName;

enum Target {
    Classes(Vec<u32>, usize),
    Numbers(Vec<f64>),
}

impl Target {
    fn of(&self, rows: &[u32]) -> Self {
        match self {
            Self::Classes(values, classes) => Self::Classes(
                rows.iter().map(|row| values[*row as usize]).collect(),
                *classes,
            ),
            Self::Numbers(values) => {
                Self::Numbers(rows.iter().map(|row| values[*row as usize]).collect())
            }
        }
    }

    fn truth(&self) -> Truth<'_> {
        match self {
            Self::Classes(values, classes) => Truth::Classes {
                classes: *classes,
                values,
            },
            Self::Numbers(values) => Truth::Numbers(values),
        }
    }
}

/// Folds as lists of test rows, shuffled (and not stratified).
fn folds(rows: usize, count: usize) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..rows as u32).collect();
    shuffle(&mut order, &mut source(5, 0));
    (0..count)
        .map(|fold| {
            let mut test: Vec<u32> = order.iter().copied().skip(fold).step_by(count).collect();
            test.sort_unstable();
            test
        })
        .collect()
}

/// Mean and standard error of accuracy or RMSE over folds, and milliseconds a fit.
fn measure(
    contender: &dyn Contender,
    features: &Features,
    target: &Target,
    count: usize,
) -> (f64, f64, f64) {
    let scoring = Scoring::of(MetricName::Accuracy);
    let mut scores = Vec::new();
    let mut time = 0.0;
    for test in folds(features.rows, count) {
        let train: Vec<u32> = (0..features.rows as u32)
            .filter(|row| test.binary_search(row).is_err())
            .collect();
        let known = target.of(&train);
        let unknown = target.of(&test);
        let started = Instant::now();
        let fitted = unattended(|control| {
            contender
                .fit(&Training {
                    features,
                    rows: &train,
                    target: known.truth(),
                    scoring: &scoring,
                    seed: 1,
                    settled: None,
                    shared: None,
                    control,
                })
                .map_err(|error| error.to_string())
        })
        .unwrap();
        time += started.elapsed().as_secs_f64() * 1000.0;
        let predictions = fitted.predict(features, &test);
        scores.push(match &unknown {
            Target::Classes(values, classes) => {
                let right = predictions
                    .chunks_exact(*classes)
                    .zip(values)
                    .filter(|(row, class)| row.iter().all(|share| *share <= row[**class as usize]))
                    .count();
                right as f64 / values.len() as f64
            }
            Target::Numbers(values) => {
                let squares: f64 = predictions
                    .iter()
                    .zip(values)
                    .map(|(a, b)| (a - b) * (a - b))
                    .sum();
                (squares / values.len() as f64).sqrt()
            }
        });
    }
    let mean = scores.iter().sum::<f64>() / count as f64;
    let variance = scores.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count as f64 - 1.0);
    (mean, (variance / count as f64).sqrt(), time / count as f64)
}

fn uniform(source: &mut rand_pcg::Pcg64) -> f64 {
    f64::from(below(source, 1 << 30)) / f64::from(1 << 30)
}

fn friedman(rows: usize) -> (Features, Target) {
    let mut source = source(11, 0);
    let columns: Vec<Vec<f64>> = (0..10)
        .map(|_| (0..rows).map(|_| uniform(&mut source)).collect())
        .collect();
    let target = (0..rows)
        .map(|row| {
            let x = |column: usize| columns[column][row];
            let noise: f64 = (0..12).map(|_| uniform(&mut source)).sum::<f64>() - 6.0;
            10.0 * (std::f64::consts::PI * x(0) * x(1)).sin()
                + 20.0 * (x(2) - 0.5).powi(2)
                + 10.0 * x(3)
                + 5.0 * x(4)
                + noise
        })
        .collect();
    let names: Vec<String> = (0..10).map(|column| format!("x{column}")).collect();
    let features = features(
        names
            .iter()
            .zip(columns)
            .map(|(name, column)| (name.as_str(), FeatureValues::Number(column)))
            .collect(),
    );
    (features, Target::Numbers(target))
}

/// 6 numbers and 8 categories, as in the census data that everyone uses.
fn mixed(rows: usize) -> (Features, Target) {
    let mut source = source(12, 0);
    let mut columns = Vec::new();
    let mut score = vec![0.0; rows];
    for column in 0..6 {
        let numbers: Vec<f64> = (0..rows)
            .map(|_| (0..4).map(|_| uniform(&mut source)).sum::<f64>() - 2.0)
            .collect();
        for (sum, x) in score.iter_mut().zip(&numbers) {
            *sum += match column {
                0 => 1.5 * x,
                1 => 2.0 * (x * x - 0.3),
                2 => f64::from(u8::from(*x > 0.5)),
                _ => 0.1 * x,
            };
        }
        columns.push((format!("n{column}"), FeatureValues::Number(numbers)));
    }
    for (column, levels) in [16, 7, 15, 6, 5, 2, 42, 9].into_iter().enumerate() {
        let effects: Vec<f64> = (0..levels).map(|_| uniform(&mut source) - 0.5).collect();
        let codes: Vec<u32> = (0..rows)
            .map(|_| {
                let draw = uniform(&mut source);
                (draw * draw * f64::from(levels)) as u32
            })
            .collect();
        for (sum, code) in score.iter_mut().zip(&codes) {
            *sum += effects[*code as usize];
        }
        let levels = (0..levels).map(|level| format!("level {level}")).collect();
        columns.push((
            format!("c{column}"),
            FeatureValues::Category { codes, levels },
        ));
    }
    let target = score
        .iter()
        .map(|score| u32::from(uniform(&mut source) < 1.0 / (1.0 + (1.0 - 2.0 * score).exp())))
        .collect();
    let features = features(
        columns
            .iter()
            .map(|(name, values)| (name.as_str(), values.clone()))
            .collect(),
    );
    (features, Target::Classes(target, 2))
}

fn shipped_classes(name: &str) -> (Features, Target) {
    let (features, target) = shipped(name, usize::MAX);
    let (values, levels) = codes(&target);
    (features, Target::Classes(values, levels.len()))
}

#[test]
#[ignore = "a measurement"]
fn measurements() {
    let (diabetes, progression) = shipped("diabetes", usize::MAX);
    let progression = progression
        .iter()
        .map(|text| text.parse().unwrap())
        .collect();
    let sets = [
        ("breast-cancer", shipped_classes("breast-cancer"), 10),
        ("wine", shipped_classes("wine"), 10),
        ("digits", shipped_classes("digits"), 5),
        ("diabetes", (diabetes, Target::Numbers(progression)), 10),
        ("friedman 2000", friedman(2000), 5),
        ("mixed 30000", mixed(30_000), 3),
    ];
    for (name, (features, target), count) in &sets {
        for contender in models::contenders().iter().chain(&probe::contenders()) {
            if contender.inapplicable(features, &target.truth()).is_none() {
                let (mean, error, time) = measure(contender.as_ref(), features, target, *count);
                println!(
                    "{name:14} {:20} {mean:9.4} ± {error:.4}  {time:8.2} ms",
                    contender.id()
                );
            }
        }
    }
}
