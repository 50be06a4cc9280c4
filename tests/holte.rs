//! 1R reaches what Holte (1993) published for it, on those of his data sets that packages carry.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::path::Path;

use mlfit::contest::MetricName;
use mlfit::contest::control::unattended;
use mlfit::contest::metric::threshold::TrainingRows;
use mlfit::contest::metric::{Scoring, Threshold};
use mlfit::contest::predictions::Truth;
use mlfit::contest::tables::{Training, encode, heuristics};
use mlfit::data::{GivenRoles, Table, Values, assign_roles, read_csv};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;

/// Holte trained on two thirds of the rows, 25 times.
const REPEATS: u64 = 25;

/// Mean accuracy of 1R in percent by Holte's protocol.
fn one_rule(table: &Table, target: &str, ignore: &[String]) -> f64 {
    let given = GivenRoles {
        target,
        ignore,
        ..GivenRoles::default()
    };
    let roles = assign_roles(table, &given).unwrap();
    let features = encode::features(table, &roles);
    let Values::Category { codes, levels } = &table.column(target).unwrap().values else {
        panic!("{target} has names");
    };
    let classes = levels.len();
    let contenders = heuristics::contenders();
    let one_rule = contenders
        .iter()
        .find(|contender| contender.id() == "one-rule")
        .unwrap();
    let scoring = Scoring::of(MetricName::Accuracy);
    let mut right = 0.0;
    for repeat in 0..REPEATS {
        let mut rows: Vec<u32> = (0..table.rows as u32).collect();
        rows.shuffle(&mut Pcg64::seed_from_u64(repeat));
        let (train, test) = rows.split_at_mut(table.rows * 2 / 3);
        train.sort_unstable();
        let truth: Vec<u32> = train.iter().map(|row| codes[*row as usize]).collect();
        let fitted = unattended(|control| {
            one_rule.fit(&Training {
                features: &features,
                rows: train,
                target: Truth::Classes {
                    classes,
                    values: &truth,
                },
                scoring: &scoring,
                seed: repeat,
                settled: None,
                shared: None,
                control,
            })
        })
        .unwrap();
        let threshold = Threshold::choose(
            &scoring,
            &TrainingRows {
                classes,
                truth: &truth,
                probabilities: &fitted.predict(&features, train),
            },
        );
        let decisions = threshold.decide(&fitted.predict(&features, test));
        let hits = test
            .iter()
            .zip(decisions)
            .filter(|(row, decision)| codes[**row as usize] == *decision)
            .count();
        right += hits as f64 / test.len() as f64;
    }
    100.0 * right / REPEATS as f64
}

fn read(path: &str) -> Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    read_csv(&std::fs::read(file).unwrap(), path).unwrap()
}

#[test]
fn one_rule_lands_within_sampling_error_of_holtes_figures() {
    let fee = ["physician_fee_freeze".to_owned()];
    for (name, path, target, ignore, published) in [
        (
            "BC",
            "tests/fixtures/holte/breast-cancer-recurrence.csv",
            "class",
            &[][..],
            68.7,
        ),
        ("GL", "tests/fixtures/holte/glass.csv", "class", &[], 53.8),
        (
            "HD",
            "tests/fixtures/holte/heart-disease.csv",
            "class",
            &[],
            73.4,
        ),
        ("IR", "datasets/iris.csv", "species", &[], 93.5),
        ("LA", "tests/fixtures/holte/labor.csv", "class", &[], 71.5),
        (
            "VO",
            "tests/fixtures/holte/vote-1984.csv",
            "class",
            &[],
            95.2,
        ),
        (
            "V1",
            "tests/fixtures/holte/vote-1984.csv",
            "class",
            &fee,
            86.8,
        ),
    ] {
        let mut table = read(path);
        // classes written as numbers are names here
        if let Some(column) = table
            .columns
            .iter_mut()
            .find(|column| column.name == target)
            && let Values::Number(values) = &column.values
        {
            column.values = Values::Category {
                codes: values.iter().map(|value| *value as u32).collect(),
                levels: vec!["0".to_owned(), "1".to_owned()],
            };
        }
        let found = one_rule(&table, target, ignore);
        // the standard error of a share among so many rows
        let share: f64 = published / 100.0;
        let error = 100.0 * (share * (1.0 - share) / table.rows as f64).sqrt();
        println!("{name}: {found:.1}, published {published}, within {error:.1}");
        assert!(
            (found - published).abs() <= error,
            "{name}: {found:.1} for {published} ± {error:.1}"
        );
    }
}
