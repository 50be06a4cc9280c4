use std::borrow::Cow;

use super::*;
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::setup::Setup;
use crate::contest::target::Target;
use crate::contest::task::{MetricName, Task};
use crate::data::{Column, Kind, Table, Values};

fn setup(target: Target, classes: &[&str]) -> Setup<'static> {
    Setup {
        table: Cow::Owned(Table::default()),
        task: Task::Binary,
        task_why: String::new(),
        target,
        classes: classes.iter().map(|&name| name.to_owned()).collect(),
        positive: Some(1),
        warnings: Vec::new(),
    }
}

fn two_classes() -> Setup<'static> {
    let values = vec![0, 0, 0, 1, 1, 1];
    setup(Target::Classes { classes: 2, values }, &["stay", "leave"])
}

fn column(values: Values, kind: Kind) -> Column {
    Column {
        name: "old".to_owned(),
        kind,
        why: String::new(),
        values,
    }
}

fn names(levels: &[&str], codes: &[u32], kind: Kind) -> Column {
    let levels = levels.iter().map(|&level| level.to_owned()).collect();
    let codes = codes.to_vec();
    column(Values::Category { codes, levels }, kind)
}

fn read(column: &Column, setup: &Setup<'_>) -> Result<Given, String> {
    external(column, Rung::Heuristic, setup)
        .map(|contender| (*contender.given).clone())
        .map_err(|absent| absent.why)
}

fn predictions(given: Given, setup: &Setup<'_>) -> Vec<f64> {
    let contender = GivenContender {
        id: "external:old".to_owned(),
        tier: Tier::External,
        rung: Rung::Heuristic,
        given: Arc::new(given),
        says: String::new(),
        lines: Vec::new(),
        expression: None,
    };
    let features = Features {
        rows: setup.target.len(),
        columns: Vec::new(),
        group: None,
        time: None,
    };
    let rows: Vec<u32> = (0..setup.target.len() as u32).collect();
    unattended(|control| {
        contender
            .fit(&Training {
                features: &features,
                rows: &rows,
                target: setup.target.truth(),
                scoring: &Scoring::of(MetricName::BalancedAccuracy),
                seed: 1,
                settled: None,
                shared: None,
                control,
            })
            .unwrap()
            .predict(&features, &rows)
    })
}

#[test]
fn a_column_is_read_for_what_it_says() {
    let setup = two_classes();
    let labels = names(
        &["leave", "stay"],
        &[0, 1, 1, 0, 0, MISSING_CODE],
        Kind::Category,
    );
    assert_eq!(
        read(&labels, &setup),
        Ok(Given::Labels(vec![1, 0, 0, 1, 1, MISSING_CODE]))
    );
    let yes = names(&["yes", "no"], &[0, 1, 1, 0, 0, 1], Kind::Boolean);
    assert_eq!(
        read(&yes, &setup),
        Ok(Given::Labels(vec![1, 0, 0, 1, 1, 0]))
    );
    let number = |values: &[f64]| column(Values::Number(values.to_vec()), Kind::Number);
    assert!(matches!(
        read(&number(&[0.1, 0.9, 0.5]), &setup),
        Ok(Given::Probabilities(_))
    ));
    assert!(matches!(
        read(&number(&[310.0, 720.0]), &setup),
        Ok(Given::Scores(_))
    ));
    let unknown = names(&["maybe"], &[0, 0, 0, 0, 0, 0], Kind::Category);
    assert!(read(&unknown, &setup).unwrap_err().contains("stay, leave"));
}

#[test]
fn labels_mean_what_they_meant_in_training_and_gaps_what_is_usual() {
    let setup = two_classes();
    let found = predictions(Given::Labels(vec![0, 0, 1, 1, 1, MISSING_CODE]), &setup);
    for row in found.chunks_exact(2) {
        assert!((row[0] + row[1] - 1.0).abs() < 1e-12);
    }
    // label 0: two rows of class 0, and one row's worth of half and half
    assert!((found[0] - 2.5 / 3.0).abs() < 1e-12);
    assert_eq!(found[11], 0.5);
}

#[test]
fn scores_rise_in_steps_and_never_fall() {
    let setup = two_classes();
    let scores = vec![10.0, 30.0, 20.0, 25.0, 40.0, 50.0];
    let found = predictions(Given::Scores(scores.clone()), &setup);
    let mut by_score: Vec<(f64, f64)> = scores
        .into_iter()
        .zip(found.chunks_exact(2).map(|row| row[1]))
        .collect();
    by_score.sort_by(|left, right| left.0.total_cmp(&right.0));
    assert!(by_score.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    // 25 (positive) and 30 (negative) are pooled
    assert_eq!(by_score[2].1, by_score[3].1);
}

#[test]
fn the_owners_condition_names_the_positive_class_where_it_is_true() {
    let mut setup = two_classes();
    let income = Column {
        name: "Income".to_owned(),
        ..column(
            Values::Number(vec![1.0, 9.0, f64::NAN, 8.0, 7.0, 2.0]),
            Kind::Number,
        )
    };
    let target = names(&["stay", "leave"], &[0, 0, 0, 1, 1, 1], Kind::Category);
    setup.table = Cow::Owned(Table {
        rows: 6,
        columns: vec![income, target],
        ..Table::default()
    });
    let found = owner("income > 5", "old", &setup).unwrap().unwrap();
    assert_eq!(*found.given, Given::Labels(vec![0, 1, 0, 1, 1, 0]));
    let expression = found.expression.unwrap();
    assert_eq!(
        crate::contest::rule::sql(&expression, crate::contest::rule::Dialect::Generic),
        "CASE WHEN \"Income\" > 5 THEN 'leave' ELSE 'stay' END"
    );
    let rows: Vec<(usize, Option<f64>)> = found
        .lines
        .iter()
        .map(|line| (line.rows, line.right))
        .collect();
    assert_eq!(rows, [(3, Some(2.0 / 3.0)), (3, Some(2.0 / 3.0))]);

    let named = owner("case when income > 5 then 'leave' end", "old", &setup);
    let named = named.unwrap().unwrap();
    let gap = MISSING_CODE;
    assert_eq!(*named.given, Given::Labels(vec![gap, 1, gap, 1, 1, gap]));

    for (rule, code, place) in [
        ("income > 1 or old = 'leave'", "rule-reads-target", (1, 15)),
        ("income > 1\n  and (incme > 5)", "unknown-column", (2, 8)),
        (
            "case when income = 2 then incme end",
            "unknown-column",
            (1, 27),
        ),
        ("income > 3 and income > 'much'", "rule-types", (1, 16)),
        ("coalesce(income, 1) in (2, 'much')", "rule-types", (1, 1)),
        ("income >", "bad-rule", (1, 9)),
    ] {
        let found = owner(rule, "old", &setup).unwrap_err();
        assert_eq!(found.code, code, "{rule}: {found:?}");
        assert_eq!(found.file.as_deref(), Some("rule"), "{rule}");
        assert_eq!(
            (found.line, found.column),
            (Some(place.0), Some(place.1)),
            "{rule}"
        );
    }
}
