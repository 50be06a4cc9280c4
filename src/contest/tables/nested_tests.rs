//! What is gained by choosing within the training fold: without it, noise looks like skill.

use super::*;
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::tables::evaluate::{Arena, Watch, Words};
use crate::contest::tables::hash::mix;
use crate::contest::tables::heuristics;
use crate::contest::tables::sample::{Sample, column};
use crate::contest::tables::split::{Asked, plan};
use crate::contest::target::Target;
use crate::contest::task::MetricName;
use crate::data::{Table, Values};

const TABLES: u64 = 40;
const ROWS: usize = 60;

/// Numbers that say nothing about a fair coin.
fn noise(seed: u64) -> (Table, Vec<u32>) {
    let chance = |row: usize, of: u64| mix(&[seed, row as u64, of]) as f64 / u64::MAX as f64;
    let mut columns: Vec<_> = (0..6)
        .map(|of| {
            let values = (0..ROWS).map(|row| chance(row, of)).collect();
            column(&format!("number {of}"), Values::Number(values))
        })
        .collect();
    let coin: Vec<u32> = (0..ROWS)
        .map(|row| u32::from(chance(row, 99) > 0.5))
        .collect();
    columns.push(column(
        "coin",
        Values::Category {
            codes: coin.clone(),
            levels: vec!["heads".to_owned(), "tails".to_owned()],
        },
    ));
    let table = Table {
        rows: ROWS,
        columns,
        ..Table::default()
    };
    (table, coin)
}

/// Mean test score of the heuristic tier as a procedure, and of the heuristic
/// that turns out best on the test rows.
fn nested_and_not(seed: u64) -> (f64, f64) {
    let (table, coin) = noise(seed);
    let sample = Sample::of(table, "coin", &[]);
    let target = Target::Classes {
        classes: 2,
        values: coin,
    };
    let entries: Vec<Entry> = heuristics::contenders()
        .into_iter()
        .filter(|contender| {
            contender
                .inapplicable(&sample.features, &target.truth())
                .is_none()
        })
        .map(Entry::learning)
        .collect();
    let keys = crate::contest::tables::split::Keys {
        rows: ROWS,
        classes: target.classes(),
        group: None,
        time: None,
    };
    let names = ["heads".to_owned(), "tails".to_owned()];
    let plan = plan(&keys, &names, Asked::default()).unwrap();
    let scoring = Scoring::of(MetricName::BalancedAccuracy);
    let attempts = unattended(|control| {
        let arena = Arena {
            features: &sample.features,
            target: &target,
            plan: &plan,
            entries: &entries,
            words: Words {
                target: "coin",
                classes: &names,
                positive: Some(1),
            },
            scoring: &scoring,
            seed,
            control,
        };
        let who: Vec<usize> = (0..entries.len()).collect();
        let watch = Watch::new("test", 1, entries.len());
        arena.attempts(&arena.lessons(0), &who, &[scoring.metric], false, &watch)
    })
    .unwrap();
    let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
    let tier = tier_run(Tier::Heuristic, &entries, &attempts, 0, true).unwrap();
    let best = (0..entries.len())
        .filter_map(|entry| Some(mean(&scores_of(entry, &attempts, 0)?)))
        .fold(0.0, f64::max);
    (mean(&tier.scores), best)
}

#[test]
fn on_noise_the_best_of_many_looks_skilled_and_the_nested_choice_does_not() {
    let found: Vec<(f64, f64)> = (0..TABLES).map(nested_and_not).collect();
    let mean_and_error = |values: &[f64]| {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, (squares / (count - 1.0) / count).sqrt())
    };
    let nested: Vec<f64> = found.iter().map(|(nested, _)| *nested).collect();
    let (skill, doubt) = mean_and_error(&nested);
    assert!(
        (skill - 0.5).abs() < 3.0 * doubt,
        "the nested choice scores {skill} ± {doubt} on a fair coin"
    );
    let optimism: Vec<f64> = found.iter().map(|(nested, best)| best - nested).collect();
    let (optimism, doubt) = mean_and_error(&optimism);
    assert!(
        optimism > 0.03 && optimism > 3.0 * doubt,
        "choosing on the test rows adds {optimism} ± {doubt}"
    );
}
