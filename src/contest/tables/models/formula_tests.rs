//! The expression of a weighted sum decides as the model does, on shipped data
//! and on columns of every kind.

use proptest::prelude::*;

use super::linear::Linear;
use super::polynomial::Polynomial;
use crate::contest::control::unattended;
use crate::contest::metric::{Scoring, Threshold};
use crate::contest::request::ErrorCosts;
use crate::contest::rule::{Dialect, RuleValues, evaluate, parse, sql, sql_in_lines};
use crate::contest::tables::sample::{Sample, categories, column};
use crate::contest::tables::{Contender, Description, Names, Training};
use crate::contest::task::MetricName;
use crate::data::{Column, Kind, MISSING_CODE, MISSING_DATE, Table, Values};

const BALANCED: Scoring = Scoring::of(MetricName::BalancedAccuracy);
const RMSE: Scoring = Scoring::of(MetricName::Rmse);

/// Fits on all rows but every fifth, and holds the expression against the model on all.
fn told(sample: &Sample, contender: &dyn Contender, scoring: &Scoring) -> Description {
    let all = sample.rows();
    let rows: Vec<u32> = all.iter().copied().filter(|row| row % 5 != 0).collect();
    let fitted = sample.fit(contender, &rows, scoring);
    let threshold = sample.threshold(fitted.as_ref(), &rows, scoring);
    let told = fitted.describe(&sample.names(threshold.as_ref()));
    let expression = told.expression.clone().expect("an expression");
    let written = sql(&expression, Dialect::Generic);
    assert_eq!(parse(&written, "rule"), Ok(expression.clone()), "{written}");
    let in_lines = sql_in_lines(&expression, Dialect::Generic, 1);
    assert_eq!(
        parse(&in_lines, "rule"),
        Ok(expression.clone()),
        "{in_lines}"
    );
    let found = evaluate(&expression, &sample.table).unwrap();
    let predicted = fitted.predict(&sample.features, &all);
    hold(&found, &predicted, threshold.as_ref(), sample);
    told
}

fn hold(found: &RuleValues, predicted: &[f64], threshold: Option<&Threshold>, sample: &Sample) {
    match (threshold, found) {
        (None, RuleValues::Numbers(found)) => {
            for (row, (found, predicted)) in found.iter().zip(predicted).enumerate() {
                let error = (found - predicted).abs();
                assert!(
                    error <= 1e-9 * predicted.abs().max(1.0),
                    "row {row}: {found} for {predicted}"
                );
            }
        }
        (Some(threshold), found @ RuleValues::Texts { .. }) => {
            for (row, class) in threshold.decide(predicted).into_iter().enumerate() {
                let class = sample.target.classes()[class as usize].as_str();
                assert_eq!(found.text(row), Some(class), "row {row}");
            }
        }
        (_, other) => panic!("{other:?}"),
    }
}

#[test]
fn classes_are_decided_alike_on_shipped_data() {
    let costs = ErrorCosts {
        false_positive: 1.0,
        false_negative: 5.0,
    };
    let expected_cost = Scoring {
        costs: Some(costs),
        ..Scoring::of(MetricName::ExpectedCost)
    };
    for (file, target) in [
        ("generated-churn.csv", "churned"),
        ("breast-cancer.csv", "diagnosis"),
        ("wine.csv", "grower"),
        ("iris.csv", "species"),
        ("vote-1996.csv", "vote"),
    ] {
        let sample = Sample::shipped(file, target, &[]);
        for contender in [&Linear::Logistic as &dyn Contender, &Polynomial] {
            told(&sample, contender, &BALANCED);
        }
        if sample.target.classes().len() == 2 {
            told(&sample, &Linear::Logistic, &expected_cost);
        }
    }
}

#[test]
fn numbers_are_computed_alike_on_shipped_data() {
    for (file, target) in [
        ("generated-used-machines.csv", "price_thousands"),
        ("diabetes.csv", "progression"),
        ("engel.csv", "food_spending"),
    ] {
        let sample = Sample::shipped(file, target, &[]);
        for contender in [
            &Linear::LeastSquares as &dyn Contender,
            &Linear::Ridge,
            &Polynomial,
        ] {
            told(&sample, contender, &RMSE);
        }
    }
}

/// A table with a column of every kind, each with missing values, and a target that follows them.
fn of_every_kind(of_classes: bool) -> Sample {
    let rows = 240;
    let number = |row: usize| ((row * 37) % 101) as f64;
    let sometimes = |row: usize, value: f64| {
        if row.is_multiple_of(11) {
            f64::NAN
        } else {
            value
        }
    };
    let words = [
        "",
        "please refund",
        "a late refund",
        "all fine",
        "late again, sorry",
    ];
    let towns = ["Ulm", "Bonn", "O'Hara", "", "a \"b\""];
    let kinds: Vec<Column> = vec![
        column(
            "amount",
            Values::Number(
                (0..rows)
                    .map(|row| sometimes(row, 1e6 + number(row)))
                    .collect(),
            ),
        ),
        column(
            "size",
            Values::Number((0..rows).map(|row| (row % 7) as f64).collect()),
        ),
        column(
            "town",
            categories(&(0..rows).map(|row| towns[row / 3 % 5]).collect::<Vec<_>>()),
        ),
        Column {
            kind: Kind::Text,
            ..column(
                "note",
                categories(&(0..rows).map(|row| words[row * 3 % 5]).collect::<Vec<_>>()),
            )
        },
        column(
            "since",
            Values::Date(
                (0..rows as i64)
                    .map(|row| {
                        if row % 13 == 0 {
                            MISSING_DATE
                        } else {
                            row * 5_000_000 - 40_000 * row * row
                        }
                    })
                    .collect(),
            ),
        ),
    ];
    let score = |row: usize| {
        number(row) / 40.0 + f64::from(u8::from(words[row * 3 % 5].contains("refund")))
            - (row % 7) as f64 / 3.0
            + ((row * 91) % 17) as f64 / 10.0
    };
    let target = if of_classes {
        let names = ["no", "yes"];
        categories(
            &(0..rows)
                .map(|row| names[usize::from(score(row) > 1.4)])
                .collect::<Vec<_>>(),
        )
    } else {
        Values::Number((0..rows).map(score).collect())
    };
    let mut columns = kinds;
    columns.push(column("target", target));
    Sample::of(
        Table {
            columns,
            rows,
            ..Table::default()
        },
        "target",
        &[],
    )
}

#[test]
fn columns_of_every_kind_are_written() {
    let classes = of_every_kind(true);
    let logistic = told(&classes, &Linear::Logistic, &BALANCED);
    told(&classes, &Polynomial, &BALANCED);
    let numbers = of_every_kind(false);
    let ridge = told(&numbers, &Linear::Ridge, &RMSE);
    told(&numbers, &Polynomial, &RMSE);
    for description in [&logistic, &ridge] {
        let written = sql(description.expression.as_ref().unwrap(), Dialect::Generic);
        for part in [
            "COALESCE(\"amount\"",
            "EXTRACT(EPOCH FROM \"since\")",
            "EXTRACT(MONTH FROM \"since\")",
            "LENGTH(\"note\")",
            "% refund %",
            "\"amount\" IS NULL",
            "'O''Hara'",
        ] {
            assert!(written.contains(part), "{part} in {written}");
        }
        let whens: Vec<&str> = description
            .lines
            .iter()
            .map(|line| line.when.as_str())
            .collect();
        assert_eq!(whens[0], "to start with, all numbers at their mean");
        for part in [
            "amount missing",
            "days later since",
            "town = Ulm",
            "characters more note",
        ] {
            assert!(
                whens.iter().any(|when| when.contains(part)),
                "{part} in {whens:?}"
            );
        }
    }
    let amount = ridge
        .lines
        .iter()
        .find(|line| line.when == "amount missing")
        .unwrap();
    assert_eq!(amount.rows, 22, "{amount:?}");
}

/// A table of one column of names, one of numbers and a target of numbers.
fn small(names: &[&str], numbers: Vec<f64>) -> Sample {
    let rows = names.len();
    let table = Table {
        columns: vec![
            column("who", categories(names)),
            column("much", Values::Number(numbers)),
            column(
                "target",
                Values::Number((0..rows).map(|row| (row * row % 13) as f64).collect()),
            ),
        ],
        rows,
        ..Table::default()
    };
    Sample::of(table, "target", &[])
}

#[test]
fn what_few_rows_stand_behind_is_not_told_in_an_expression() {
    let numbers = |known: usize, rows: usize| -> Vec<f64> {
        let value = |row: usize| if row < known { row as f64 } else { f64::NAN };
        (0..rows).map(value).collect()
    };
    let rare: Vec<&str> = (0..20)
        .map(|row| ["rare", "often"][usize::from(row > 2)])
        .collect();
    let even: Vec<&str> = (0..60).map(|row| ["one", "two"][row % 2]).collect();
    for (sample, is_told) in [
        (small(&rare, numbers(20, 20)), false),
        (small(&even, numbers(4, 60)), false),
        (small(&even, numbers(5, 60)), true),
    ] {
        let fitted = sample.fit(&Linear::Ridge, &sample.rows(), &RMSE);
        let told = fitted.describe(&sample.names(None));
        assert_eq!(told.expression.is_some(), is_told, "{:?}", told.lines);
    }
}

#[test]
fn odds_are_those_of_the_positive_class() {
    let churn = Sample::shipped("generated-churn.csv", "churned", &[]);
    let rows = churn.rows();
    let fitted = churn.fit(&Linear::Logistic, &rows, &BALANCED);
    let threshold = churn.threshold(fitted.as_ref(), &rows, &BALANCED);
    let of_class = |positive: u32| {
        let names = Names {
            positive: Some(positive),
            ..churn.names(threshold.as_ref())
        };
        let told = fitted.describe(&names);
        let class = &churn.target.classes()[positive as usize];
        assert!(
            told.lines[0].answer.starts_with(class.as_str()),
            "{:?}",
            told.lines[0]
        );
        assert!(
            told.says.contains(&format!("the odds of {class}")),
            "{}",
            told.says
        );
        let odds: f64 = told.lines[1]
            .answer
            .trim_start_matches("odds × ")
            .parse()
            .unwrap();
        (told.expression, odds)
    };
    let (first, second) = (of_class(0), of_class(1));
    assert_eq!(first.0, second.0);
    assert!(
        (first.1 * second.1 - 1.0).abs() < 0.01,
        "{first:?} {second:?}"
    );
}

const ROWS: usize = 60;

fn values() -> impl Strategy<Value = Values> {
    let number = prop_oneof![
        6 => -1e3..1e3_f64,
        3 => (-2..3_i8).prop_map(f64::from),
        1 => Just(f64::NAN),
    ];
    let category = (2..9_u32).prop_flat_map(|levels| {
        let code = prop_oneof![9 => 0..levels, 1 => Just(MISSING_CODE)];
        prop::collection::vec(code, ROWS).prop_map(move |codes| Values::Category {
            codes,
            levels: (0..levels).map(|level| format!("level {level}")).collect(),
        })
    });
    prop_oneof![
        prop::collection::vec(number, ROWS).prop_map(Values::Number),
        category,
    ]
}

fn target() -> impl Strategy<Value = Values> {
    let classes = (2..5_u32).prop_flat_map(|classes| {
        prop::collection::vec(0..classes, ROWS).prop_map(move |codes| Values::Category {
            codes,
            levels: (0..classes).map(|class| format!("class {class}")).collect(),
        })
    });
    let numbers = prop::collection::vec(-1e3..1e3_f64, ROWS);
    prop_oneof![2 => classes, 1 => numbers.prop_map(Values::Number)]
}

/// How close a row's decision is: the two heaviest classes in probability × weight.
fn is_close(row: &[f64], threshold: &Threshold) -> bool {
    match threshold {
        Threshold::Cut { positive, at } => (row[*positive as usize] - at).abs() < 1e-9,
        Threshold::Weighted { weights } => {
            let mut heavy: Vec<f64> = row.iter().zip(weights).map(|(p, w)| p * w).collect();
            heavy.sort_by(f64::total_cmp);
            heavy[heavy.len() - 1] - heavy[heavy.len() - 2] < 1e-6
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_expression_decides_as_its_model_on_any_table(
        columns in prop::collection::vec(values(), 1..5),
        target in target(),
        taken in prop::collection::vec(any::<bool>(), ROWS),
    ) {
        let mut columns: Vec<Column> = columns
            .into_iter()
            .enumerate()
            .map(|(position, values)| column(&format!("c {position}"), values))
            .collect();
        columns.push(column("target", target));
        let sample = Sample::of(Table { columns, rows: ROWS, ..Table::default() }, "target", &[]);
        let all = sample.rows();
        let rows: Vec<u32> = all.iter().copied().filter(|row| taken[*row as usize]).collect();
        let target = sample.target.of_rows(&rows);
        for contender in super::contenders() {
            if contender.inapplicable(&sample.features, &target.truth()).is_some() {
                continue;
            }
            let fitted = unattended(|control| {
                contender.fit(&Training {
                    features: &sample.features,
                    rows: &rows,
                    target: target.truth(),
                    scoring: &BALANCED,
                    seed: 1,
                    settled: None,
                    shared: None,
                    control,
                })
            });
            let Ok(fitted) = fitted else { continue };
            let threshold = sample.threshold(fitted.as_ref(), &rows, &BALANCED);
            let told = fitted.describe(&sample.names(threshold.as_ref()));
            let Some(expression) = told.expression else { continue };
            let found = evaluate(&expression, &sample.table).unwrap();
            let predicted = fitted.predict(&sample.features, &all);
            match (&threshold, &found) {
                (Some(threshold), RuleValues::Texts { .. }) => {
                    let width = sample.target.classes().len();
                    let decided = threshold.decide(&predicted);
                    for (row, shares) in predicted.chunks_exact(width).enumerate() {
                        let class = sample.target.classes()[decided[row] as usize].as_str();
                        prop_assert!(
                            found.text(row) == Some(class) || is_close(shares, threshold),
                            "{}, row {row}: {:?} for {class}", contender.id(), found.text(row)
                        );
                    }
                }
                _ => hold(&found, &predicted, threshold.as_ref(), &sample),
            }
        }
    }
}
