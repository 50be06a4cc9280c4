//! Whatever the columns hold, contenders answer with finite numbers or with a reason.

use proptest::prelude::*;

use super::samples::features;
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Names, Training};
use crate::contest::tables::features::{FeatureValues, Features};
use crate::contest::tables::probe;
use crate::contest::task::MetricName;
use crate::data::MISSING_CODE;

fn everyone() -> Vec<Box<dyn Contender>> {
    let mut all = super::contenders();
    all.extend(probe::contenders());
    all
}

/// Fits on the first rows, predicts all, and checks what comes.
fn check(contender: &dyn Contender, features: &Features, train: usize, target: Truth<'_>) {
    if contender.inapplicable(features, &target).is_some() {
        return;
    }
    let rows: Vec<u32> = (0..features.rows as u32).collect();
    let scoring = Scoring::of(MetricName::Accuracy);
    let (target, width) = match target {
        Truth::Numbers(values) => (Truth::Numbers(&values[..train]), 1),
        Truth::Classes { classes, values } => {
            let values = &values[..train];
            (Truth::Classes { classes, values }, classes)
        }
    };
    let fitted = unattended(|control| {
        contender
            .fit(&Training {
                features,
                rows: &rows[..train],
                target,
                scoring: &scoring,
                seed: 3,
                settled: None,
                shared: None,
                control,
            })
            .ok()
    });
    let Some(fitted) = fitted else {
        return;
    };
    let predictions = fitted.predict(features, &rows);
    assert_eq!(predictions.len(), rows.len() * width);
    for row in predictions.chunks(width) {
        assert!(row.iter().all(|x| x.is_finite()), "{}", contender.id());
        if width > 1 {
            let sum: f64 = row.iter().sum();
            assert!((sum - 1.0).abs() < 1e-9, "{}: {row:?}", contender.id());
            assert!(row.iter().all(|x| *x >= 0.0), "{}", contender.id());
        }
    }
    let classes: Vec<String> = (0..width).map(|class| format!("class {class}")).collect();
    fitted.describe(&Names {
        features,
        target: "target",
        classes: if width > 1 { &classes } else { &[] },
        positive: (width == 2).then_some(1),
        threshold: None,
    });
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -3.0..3.0_f64,
        2 => (0..3_i32).prop_map(f64::from),
        1 => Just(f64::NAN),
        1 => prop_oneof![Just(1e300), Just(-1e300), Just(1e-300), Just(f64::MAX)],
    ]
}

fn column(rows: usize) -> impl Strategy<Value = FeatureValues> {
    prop_oneof![
        proptest::collection::vec(number(), rows).prop_map(FeatureValues::Number),
        Just(FeatureValues::Number(vec![7.0; rows])),
        Just(FeatureValues::Number(vec![f64::NAN; rows])),
        (0..rows).prop_map(move |turn| FeatureValues::Number(
            (0..rows).map(|row| ((row + turn) % rows) as f64).collect()
        )),
        proptest::collection::vec(prop_oneof![0..4_u32, Just(MISSING_CODE)], rows).prop_map(
            |codes| FeatureValues::Category {
                codes,
                levels: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            }
        ),
    ]
}

fn table() -> impl Strategy<Value = (Vec<FeatureValues>, usize)> {
    (2..70_usize).prop_flat_map(|rows| (proptest::collection::vec(column(rows), 1..6), 1..=rows))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_table_makes_a_contender_panic_or_answer_with_no_number(
        (mut columns, train) in table(),
        numbers in proptest::collection::vec(prop_oneof![-5.0..5.0_f64, Just(1e300)], 70),
        classes in proptest::collection::vec(0..3_u32, 70),
    ) {
        columns.push(columns[0].clone());
        let names: Vec<String> = (0..columns.len()).map(|column| format!("c{column}")).collect();
        let features = features(
            names.iter().map(String::as_str).zip(columns.iter().cloned()).collect(),
        );
        let of_two: Vec<u32> = classes.iter().map(|class| class % 2).collect();
        for contender in everyone() {
            check(contender.as_ref(), &features, train, Truth::Numbers(&numbers));
            check(contender.as_ref(), &features, train, Truth::Classes { classes: 3, values: &classes });
            check(contender.as_ref(), &features, train, Truth::Classes { classes: 2, values: &of_two });
        }
    }
}

#[test]
fn a_cancelled_fit_says_so() {
    use std::sync::atomic::AtomicBool;

    use crate::contest::control::Control;

    let cancelled = AtomicBool::new(true);
    let control = Control::new(&cancelled, &|_| ());
    let columns = FeatureValues::Number((0..60).map(|row| f64::from(row % 7)).collect());
    let features = features(vec![("x", columns)]);
    let rows: Vec<u32> = (0..60).collect();
    let values: Vec<u32> = rows.iter().map(|row| row % 2).collect();
    let scoring = Scoring::of(MetricName::Accuracy);
    for contender in probe::contenders() {
        let fitted = contender.fit(&Training {
            features: &features,
            rows: &rows,
            target: Truth::Classes {
                classes: 2,
                values: &values,
            },
            scoring: &scoring,
            seed: 3,
            settled: None,
            shared: None,
            control: &control,
        });
        assert_eq!(fitted.err(), Some(FitError::Cancelled));
    }
}
