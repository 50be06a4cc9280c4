//! The expression of a weighted sum decides as the model does, on shipped data
//! and on columns of every kind.

use super::linear::Linear;
use super::polynomial::Polynomial;
use crate::contest::metric::{Scoring, Threshold};
use crate::contest::request::ErrorCosts;
use crate::contest::rule::{Dialect, Expression, RuleValues, evaluate, parse, sql, sql_in_lines};
use crate::contest::tables::sample::{Sample, Target, categories, column};
use crate::contest::tables::{Contender, Description};
use crate::contest::task::MetricName;
use crate::data::{Column, Kind, MISSING_DATE, Table, Values};

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

#[test]
fn a_mark_on_few_rows_is_not_told_in_an_expression() {
    let rows = 20;
    let names = ["rare", "often"];
    let table = Table {
        columns: vec![
            column(
                "who",
                categories(
                    &(0..rows)
                        .map(|row| names[usize::from(row > 2)])
                        .collect::<Vec<_>>(),
                ),
            ),
            column(
                "target",
                Values::Number((0..rows).map(|row| row as f64).collect()),
            ),
        ],
        rows,
        ..Table::default()
    };
    let sample = Sample::of(table, "target", &[]);
    let Target::Numbers(_) = &sample.target else {
        panic!("a number is predicted")
    };
    let fitted = sample.fit(&Linear::Ridge, &sample.rows(), &RMSE);
    let told = fitted.describe(&sample.names(None));
    assert_eq!(told.expression, None::<Expression>);
    assert!(
        told.lines
            .iter()
            .any(|line| line.when == "who = rare" && line.rows == 3)
    );
}
