//! What holds of every rule on any table: it never panics, its probabilities
//! are some, and the expression that it gives decides as it does.

use proptest::prelude::*;

use super::by_hand::{self, Value};
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::metric::threshold::{Threshold, TrainingRows};
use crate::contest::predictions::Truth;
use crate::contest::request::ErrorCosts;
use crate::contest::tables::sample::{Sample, column};
use crate::contest::tables::{Training, heuristics, naive};
use crate::contest::task::MetricName;
use crate::data::{Column, Kind, MISSING_CODE, MISSING_DATE, Table, Values};

const ROWS: usize = 90;

fn cell_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (-3..4_i8).prop_map(f64::from),
        2 => -1e3..1e3_f64,
        1 => Just(f64::NAN),
        1 => Just(1e300),
    ]
}

fn values() -> impl Strategy<Value = (Values, Kind)> {
    let category = |levels: u32| {
        prop::collection::vec(prop_oneof![9 => 0..levels, 1 => Just(MISSING_CODE)], ROWS).prop_map(
            move |codes| Values::Category {
                codes,
                levels: (0..levels).map(|level| format!("level {level}")).collect(),
            },
        )
    };
    let moment = prop_oneof![9 => -4_000_000_000..4_000_000_000_i64, 1 => Just(MISSING_DATE)];
    let text = prop::collection::vec("[a-cA-C]{1,2}( [a-cß]{1,2}){0,3}", ROWS).prop_map(|texts| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        crate::contest::tables::sample::categories(&texts)
    });
    prop_oneof![
        3 => prop::collection::vec(cell_number(), ROWS).prop_map(|found| (Values::Number(found), Kind::Number)),
        2 => category(3).prop_map(|found| (found, Kind::Category)),
        1 => category(90).prop_map(|found| (found, Kind::Category)),
        1 => prop::collection::vec(moment, ROWS).prop_map(|found| (Values::Date(found), Kind::Date)),
        1 => text.prop_map(|found| (found, Kind::Text)),
        1 => Just((Values::Number(vec![f64::NAN; ROWS]), Kind::Number)),
        1 => Just((Values::Date(vec![MISSING_DATE; ROWS]), Kind::Date)),
    ]
}

fn target() -> impl Strategy<Value = Values> {
    let classes = (1..5_u32).prop_flat_map(|classes| {
        prop::collection::vec(0..classes, ROWS).prop_map(move |codes| Values::Category {
            codes,
            levels: (0..classes).map(|class| format!("class {class}")).collect(),
        })
    });
    let numbers = prop::collection::vec(
        prop_oneof![(-3..4_i8).prop_map(f64::from), -1e3..1e3_f64],
        ROWS,
    );
    prop_oneof![2 => classes, 1 => numbers.prop_map(Values::Number)]
}

/// A target that follows the first column half the time, so that rules have something to find.
fn leaning(target: Values, first: &Values) -> Values {
    match (target, first) {
        (Values::Category { mut codes, levels }, Values::Number(numbers)) => {
            for (code, number) in codes.iter_mut().zip(numbers).step_by(2) {
                *code = if *number > 0.0 {
                    0
                } else {
                    levels.len() as u32 - 1
                };
            }
            Values::Category { codes, levels }
        }
        (Values::Number(mut values), Values::Number(numbers)) => {
            for (value, number) in values.iter_mut().zip(numbers).step_by(2) {
                *value = if *number > 0.0 { 5.0 } else { -5.0 };
            }
            Values::Number(values)
        }
        (target, _) => target,
    }
}

fn scorings() -> [Scoring; 4] {
    let costs = ErrorCosts {
        false_positive: 1.0,
        false_negative: 5.0,
    };
    [
        Scoring::of(MetricName::BalancedAccuracy),
        Scoring::of(MetricName::LogLoss),
        Scoring {
            costs: Some(costs),
            ..Scoring::of(MetricName::ExpectedCost)
        },
        Scoring::of(MetricName::Accuracy),
    ]
}

fn table(columns: Vec<(Values, Kind)>, target: Values) -> Table {
    let target = match columns.first() {
        Some((first, _)) => leaning(target, first),
        None => target,
    };
    let mut columns: Vec<Column> = columns
        .into_iter()
        .enumerate()
        .map(|(position, (values, kind))| Column {
            kind,
            ..column(&format!("c {position}"), values)
        })
        .collect();
    columns.push(column("target", target));
    Table {
        columns,
        rows: ROWS,
        ..Table::default()
    }
}

fn check(sample: &Sample, rows: &[u32], scoring: &Scoring) {
    let everyone = sample.rows();
    let target = sample.target.of_rows(rows);
    for contender in naive::contenders().iter().chain(&heuristics::contenders()) {
        if contender
            .inapplicable(&sample.features, &target.truth())
            .is_some()
        {
            continue;
        }
        let fitted = unattended(|control| {
            contender.fit(&Training {
                features: &sample.features,
                rows,
                target: target.truth(),
                scoring,
                seed: 1,
                settled: None,
                shared: None,
                control,
            })
        });
        let Ok(fitted) = fitted else { continue };
        let id = contender.id();
        let predicted = fitted.predict(&sample.features, &everyone);
        assert!(
            predicted.iter().all(|value| value.is_finite()),
            "{id}: not finite"
        );
        let threshold = match target.truth() {
            Truth::Classes { classes, values } => {
                for row in predicted.chunks_exact(classes) {
                    assert!(
                        (row.iter().sum::<f64>() - 1.0).abs() < 1e-9,
                        "{id}: {row:?}"
                    );
                    assert!(
                        row.iter().all(|share| (0.0..=1.0).contains(share)),
                        "{id}: {row:?}"
                    );
                    assert!(
                        id == "prior" || row.iter().all(|share| *share > 0.0),
                        "{id}: sure"
                    );
                }
                let probabilities = fitted.predict(&sample.features, rows);
                let training = TrainingRows {
                    classes,
                    truth: values,
                    probabilities: &probabilities,
                };
                Some(Threshold::choose(scoring, &training))
            }
            Truth::Numbers(_) => None,
        };
        let told = fitted.describe(&sample.names(threshold.as_ref()));
        assert!(!told.says.is_empty(), "{id} says nothing");
        let Some(expression) = told.expression else {
            continue;
        };
        let expected: Vec<Value> = match &threshold {
            Some(threshold) => threshold
                .decide(&predicted)
                .into_iter()
                .map(|class| Value::Text(sample.target.classes()[class as usize].clone()))
                .collect(),
            None => predicted
                .iter()
                .map(|number| Value::Number(*number))
                .collect(),
        };
        for (row, expected) in expected.into_iter().enumerate() {
            let found = by_hand::value(&expression, &sample.table, row);
            assert_eq!(
                found,
                Some(expected),
                "{id}, row {row}: {}\n{expression:?}",
                told.says
            );
        }
        // every training row is answered by one line, cues of a score apart
        if !told.lines.is_empty() && id != "points-score" {
            let lines: usize = told.lines.iter().map(|line| line.rows).sum();
            assert_eq!(lines, rows.len(), "{id}: {:?}", told.lines);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_rule_is_what_it_says(
        columns in prop::collection::vec(values(), 1..5),
        target in target(),
        taken in prop::collection::vec(any::<bool>(), ROWS),
        rebinned in any::<bool>(),
        scoring in prop::sample::select(scorings().to_vec()),
    ) {
        let mut sample = Sample::of(table(columns, target), "target", &[]);
        let mut rows: Vec<u32> = sample.rows().into_iter().filter(|row| taken[*row as usize]).collect();
        if rows.is_empty() { rows.push(0); }
        if rebinned { sample.features = sample.features.rebinned(&rows); }
        check(&sample, &rows, &scoring);
    }

    #[test]
    fn one_row_is_enough_not_to_panic(
        columns in prop::collection::vec(values(), 1..4),
        target in target(),
        row in 0..ROWS as u32,
    ) {
        let sample = Sample::of(table(columns, target), "target", &[]);
        check(&sample, &[row], &scorings()[0]);
    }
}
