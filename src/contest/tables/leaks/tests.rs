use proptest::prelude::*;

use super::*;
use crate::contest::request::Request;
use crate::contest::setup::setup;
use crate::contest::tables::encode;
use crate::contest::tables::hash::mix;
use crate::contest::tables::sample::{Sample, column};
use crate::data::{Column, MISSING_DATE, Role, Table, Values};

/// A number from 0 to 1 that looks random.
fn chance(row: usize, of: u64) -> f64 {
    mix(&[row as u64, of]) as f64 / u64::MAX as f64
}

const ROWS: usize = 400;

/// Two columns of weak signal and a target of classes that they hint at.
fn honest(rows: usize) -> (Vec<Column>, Vec<u32>) {
    let noise: Vec<f64> = (0..rows).map(|row| chance(row, 1)).collect();
    let hint: Vec<f64> = (0..rows).map(|row| chance(row, 2)).collect();
    let classes = (0..rows)
        .map(|row| u32::from(0.6 * hint[row] + 0.4 * chance(row, 3) > 0.6))
        .collect();
    (
        vec![
            column("noise", Values::Number(noise)),
            column("hint", Values::Number(hint)),
        ],
        classes,
    )
}

fn with_target(mut columns: Vec<Column>, target: Values) -> Table {
    columns.push(column("y", target));
    Table {
        rows: columns[0].len(),
        columns,
        ..Table::default()
    }
}

fn two_classes(classes: &[u32]) -> Values {
    Values::Category {
        codes: classes.to_vec(),
        levels: vec!["no".to_owned(), "yes".to_owned()],
    }
}

fn found_with(table: &Table, role: impl Fn(&str) -> Role) -> Leaks {
    let setup = setup(table, &Request::for_target("y")).unwrap();
    let roles: Vec<ColumnRole> = table
        .columns
        .iter()
        .map(|column| ColumnRole {
            role: if column.name == "y" {
                Role::Target
            } else {
                role(&column.name)
            },
            why: String::new(),
        })
        .collect();
    leaks(Evidence {
        features: &encode::features(&setup.table, &roles),
        setup: &setup,
        roles: &roles,
        target: "y",
    })
}

fn found(table: &Table) -> Leaks {
    found_with(table, |_| Role::Feature)
}

fn codes(leaks: &Leaks) -> Vec<(&str, Option<&str>)> {
    leaks
        .warnings
        .iter()
        .map(|warning| (warning.code.as_str(), warning.column.as_deref()))
        .collect()
}

/// The honest table with one more column.
fn planted(values: impl Fn(usize, u32) -> f64) -> Leaks {
    let (mut columns, classes) = honest(ROWS);
    let leak = (0..ROWS).map(|row| values(row, classes[row])).collect();
    columns.push(column("leak", Values::Number(leak)));
    found(&with_target(columns, two_classes(&classes)))
}

#[test]
fn an_honest_table_raises_no_alarm() {
    let (columns, classes) = honest(ROWS);
    let found = found(&with_target(columns, two_classes(&classes)));
    assert_eq!(found, Leaks::default());
}

#[test]
fn planted_leaks_are_found() {
    let copy = planted(|_, class| f64::from(class));
    assert_eq!(codes(&copy), [("target-in-disguise", Some("leak"))]);
    let other_codes = planted(|_, class| if class == 1 { -7.0 } else { 19.0 });
    assert_eq!(codes(&other_codes), [("target-in-disguise", Some("leak"))]);
    let near = planted(|row, class| 5.0 * f64::from(class) + chance(row, 9));
    assert_eq!(codes(&near), [("too-good-alone", Some("leak"))]);
    let flipped = planted(|row, class| {
        let flip = u32::from(chance(row, 9) < 0.015);
        f64::from(class ^ flip)
    });
    assert_eq!(codes(&flipped), [("too-good-alone", Some("leak"))]);
    let filled = planted(|row, class| {
        if class == 1 && chance(row, 9) < 0.6 {
            chance(row, 10)
        } else {
            f64::NAN
        }
    });
    assert_eq!(codes(&filled), [("filled-for-one-outcome", Some("leak"))]);
    for leak in [copy, other_codes, near, flipped, filled] {
        assert_eq!(leak.suspects, ["leak"]);
    }
}

#[test]
fn a_number_times_another_unit_is_the_target_in_disguise() {
    let amounts: Vec<f64> = (0..ROWS).map(|row| (3.0 * chance(row, 1)).exp()).collect();
    let other: Vec<f64> = amounts.iter().map(|amount| amount * 1.95 + 3.0).collect();
    let curved: Vec<f64> = amounts.iter().map(|amount| amount.ln()).collect();
    let noise: Vec<f64> = (0..ROWS).map(|row| chance(row, 4)).collect();
    let found = found(&with_target(
        vec![
            column("in_marks", Values::Number(other)),
            column("logarithm", Values::Number(curved)),
            column("noise", Values::Number(noise)),
        ],
        Values::Number(amounts),
    ));
    assert_eq!(
        codes(&found),
        [
            ("target-in-disguise", Some("in_marks")),
            ("too-good-alone", Some("logarithm"))
        ]
    );
}

#[test]
fn a_date_after_the_row_is_time_travel() {
    let (mut columns, classes) = honest(ROWS);
    let day = 86_400;
    let time: Vec<i64> = (0..400_i64).map(|row| row * day).collect();
    let closed = time.iter().map(|moment| moment + 3 * day).collect();
    let opened = time
        .iter()
        .enumerate()
        .map(|(row, moment)| {
            if row % 7 == 0 {
                MISSING_DATE
            } else {
                moment - day
            }
        })
        .collect();
    columns.push(column("at", Values::Date(time)));
    columns.push(column("closed", Values::Date(closed)));
    columns.push(column("opened", Values::Date(opened)));
    let table = with_target(columns, two_classes(&classes));
    let found = found_with(&table, |name| {
        if name == "at" {
            Role::Time
        } else {
            Role::Feature
        }
    });
    assert_eq!(codes(&found), [("known-afterwards", Some("closed"))]);
}

#[test]
fn repeated_rows_are_counted_and_natural_repeats_are_not() {
    let (columns, classes) = honest(ROWS);
    let twice = |row: usize| if row < 380 { row } else { row - 380 };
    let columns = columns
        .into_iter()
        .map(|of| match of.values {
            Values::Number(values) => column(
                &of.name,
                Values::Number((0..ROWS).map(|row| values[twice(row)]).collect()),
            ),
            other => column(&of.name, other),
        })
        .collect();
    let classes: Vec<u32> = (0..ROWS).map(|row| classes[twice(row)]).collect();
    let found_twice = found(&with_target(columns, two_classes(&classes)));
    assert_eq!(codes(&found_twice), [("repeated-rows", None)]);
    // three columns of three values repeat by nature
    let few = |of| {
        Values::Number(
            (0..ROWS)
                .map(|row| (3.0 * chance(row, of)).floor())
                .collect(),
        )
    };
    let columns = vec![
        column("a", few(1)),
        column("b", few(2)),
        column("c", few(3)),
    ];
    let natural = found(&with_target(columns, two_classes(&classes)));
    assert_eq!(natural, Leaks::default());
}

#[test]
fn an_entity_that_nobody_named_is_pointed_out() {
    let (mut columns, classes) = honest(ROWS);
    let blocks = (0..ROWS).map(|row| f64::from(row as u32 / 4)).collect();
    columns.push(column("nr", Values::Number(blocks)));
    let found_blocks = found(&with_target(columns, two_classes(&classes)));
    assert_eq!(codes(&found_blocks), [("entity-split", Some("nr"))]);
    let (mut columns, classes) = honest(ROWS);
    let shuffled = (0..ROWS)
        .map(|row| (100.0 * chance(row, 8)).floor())
        .collect();
    columns.push(column("patient_id", Values::Number(shuffled)));
    let found_named = found(&with_target(columns, two_classes(&classes)));
    assert_eq!(codes(&found_named), [("entity-split", Some("patient_id"))]);
}

#[test]
fn a_drift_from_top_to_bottom_is_told_from_a_sorted_file() {
    let (mut columns, _) = honest(ROWS);
    let drifting: Vec<u32> = (0..ROWS)
        .map(|row| u32::from(chance(row, 5) < row as f64 / ROWS as f64))
        .collect();
    let numbers = (0..ROWS)
        .map(|row| 1000.0 + 3.0 * f64::from(row as u32))
        .collect();
    columns.push(column("nr", Values::Number(numbers)));
    let found_drift = found(&with_target(columns.clone(), two_classes(&drifting)));
    assert_eq!(
        codes(&found_drift),
        [("row-order-predicts", None), ("id-predicts", Some("nr"))]
    );
    let sorted: Vec<u32> = (0..ROWS).map(|row| u32::from(row > 250)).collect();
    columns.truncate(2);
    let found_sorted = found(&with_target(columns, two_classes(&sorted)));
    assert_eq!(found_sorted, Leaks::default());
}

#[test]
fn a_short_history_in_order_of_its_months_is_told_with_their_column() {
    let months: Vec<i64> = (0..60).map(|month| month * 30 * 86_400).collect();
    let rising: Vec<f64> = (0..60)
        .map(|row| 5.0 * f64::from(row as u32) + 60.0 * chance(row, 4))
        .collect();
    let columns = vec![column("month", Values::Date(months.clone()))];
    let table = with_target(columns, Values::Number(rising.clone()));
    let told = found(&table);
    assert_eq!(codes(&told), [("row-order-predicts", None)]);
    assert!(told.order_predicts());
    assert!(
        told.warnings[0].remedy.contains("in order of month"),
        "{}",
        told.warnings[0].remedy
    );
    let named = found_with(&table, |_| Role::Time);
    assert_eq!(codes(&named), []);
    let columns = vec![column("month", Values::Date(months))];
    let noise = (0..60).map(|row| chance(row, 4)).collect();
    let calm = found(&with_target(columns, Values::Number(noise)));
    assert_eq!(codes(&calm), []);
}

#[test]
fn shipped_data_raise_no_alarm() {
    for (file, target, aside) in [
        ("generated-parcel-tariff.csv", "tariff", &[][..]),
        ("generated-churn.csv", "churned", &[]),
        ("vote-1996.csv", "vote", &[]),
        ("engel.csv", "food_spending", &[]),
        ("iris.csv", "species", &[]),
        ("generated-no-signal.csv", "opened", &[]),
        ("breast-cancer.csv", "diagnosis", &[]),
        ("wine.csv", "grower", &[]),
        ("digits.csv", "digit", &[]),
        ("diabetes.csv", "progression", &[]),
        ("generated-used-machines.csv", "price_thousands", &[]),
        ("travel-mode.csv", "chosen", &["traveller"]),
    ] {
        let mut table = Sample::shipped(file, target, &[]).table;
        for column in &mut table.columns {
            if column.name == target {
                column.name = "y".to_owned();
            }
        }
        let found = found_with(&table, |name| {
            if aside.contains(&name) {
                Role::Group
            } else {
                Role::Feature
            }
        });
        assert_eq!(found, Leaks::default(), "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn tables_of_noise_raise_no_alarm(seed in any::<u64>(), rows in 40usize..300) {
        let noise = |of| Values::Number((0..rows).map(|row| chance(row, seed ^ of)).collect());
        let classes: Vec<u32> = (0..rows).map(|row| u32::from(chance(row, seed ^ 0x77) < 0.3)).collect();
        prop_assume!(classes.contains(&0) && classes.contains(&1));
        let columns = vec![column("a", noise(1)), column("b", noise(2))];
        let found = found(&with_target(columns, two_classes(&classes)));
        prop_assert_eq!(found, Leaks::default());
    }
}

#[test]
fn a_model_that_is_never_wrong_is_suspicious_and_a_rule_is_not() {
    use crate::contest::evidence::Tier;
    use crate::contest::task::MetricName;
    let warned = |rule: f64, model: f64| {
        let tiers = [
            (Tier::Naive, 0.5),
            (Tier::Heuristic, rule),
            (Tier::MinimumViableModel, model),
        ];
        too_good_overall(&tiers, MetricName::BalancedAccuracy).is_some()
    };
    assert!(warned(0.8, 0.999));
    assert!(!warned(0.8, 0.97));
    assert!(!warned(1.0, 1.0));
}
