//! The contest on series as a whole.

use super::*;
use crate::contest::control::unattended;
use crate::data::{Column, Kind, MISSING_DATE, Role, Values, read_csv};
use crate::vocabulary::Rung;

pub(super) fn column(name: &str, kind: Kind, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        why: "made for a test".to_owned(),
        values,
    }
}

pub(super) fn roles(list: &[Role]) -> Vec<ColumnRole> {
    list.iter()
        .map(|role| ColumnRole {
            role: *role,
            why: "given".to_owned(),
        })
        .collect()
}

pub(super) fn monthly(values: &[f64]) -> Table {
    let moments = (0..values.len() as i64)
        .map(|month| calendar::day_from(2000 + month / 12, month % 12 + 1, 1) * calendar::DAY)
        .collect();
    Table {
        columns: vec![
            column("month", Kind::Date, Values::Date(moments)),
            column("value", Kind::Number, Values::Number(values.to_vec())),
        ],
        rows: values.len(),
        source: "test.csv".to_owned(),
        ..Table::default()
    }
}

pub(super) fn request(horizon: usize) -> Request {
    Request {
        horizon: Some(horizon),
        time: Some("month".to_owned()),
        ..Request::for_target("value")
    }
}

pub(super) fn forecast(table: &Table, horizon: usize) -> Result<Evidence, Problem> {
    unattended(|control| {
        run(
            table,
            &roles(&[Role::Time, Role::Target]),
            &request(horizon),
            control,
        )
    })
}

pub(super) fn noise(seed: u64, n: usize) -> Vec<f64> {
    let mut state = seed;
    (0..n)
        .map(|_| {
            let mut sum = 0.0;
            for _ in 0..12 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                sum += (state >> 11) as f64 / (1_u64 << 53) as f64;
            }
            sum - 6.0
        })
        .collect()
}

pub(super) fn walk(seed: u64, n: usize) -> Vec<f64> {
    noise(seed, n)
        .into_iter()
        .scan(100.0, |level, step| {
            *level += step;
            Some(*level)
        })
        .collect()
}

pub(super) fn seasonal(seed: u64, n: usize) -> Vec<f64> {
    noise(seed, n)
        .iter()
        .enumerate()
        .map(|(t, e)| 50.0 + 10.0 * (t as f64 * std::f64::consts::TAU / 12.0).sin() + e)
        .collect()
}

#[test]
fn a_random_walk_needs_nothing_but_its_last_value() {
    let evidence = forecast(&monthly(&walk(1, 120)), 1).unwrap();
    assert_eq!(evidence.recommendation.tier, Tier::Naive);
    assert_eq!(evidence.recommendation.contender, "last-value");
    assert_eq!(evidence.recommendation.rung, Rung::Query);
    assert!(!evidence.panels.forecasts.is_empty());
    let json = serde_json::to_string(&evidence).unwrap();
    let back: Evidence = serde_json::from_str(&json).unwrap();
    assert_eq!(back, evidence);
}

#[test]
fn a_season_is_looked_up_where_the_last_value_fails() {
    let evidence = forecast(&monthly(&seasonal(2, 120)), 12).unwrap();
    assert!(evidence.recommendation.tier > Tier::Naive, "{evidence:#?}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let table = monthly(&seasonal(3, 60));
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap()
        .install(|| forecast(&table, 3).unwrap());
    assert_eq!(one, forecast(&table, 3).unwrap());
}

#[test]
fn changing_the_future_never_changes_a_forecast() {
    let mut values = seasonal(4, 90);
    values[40] = f64::NAN;
    values[59] = f64::NAN;
    for cut in [30, 41, 60] {
        let mut changed = values.clone();
        for (index, value) in changed[cut..].iter_mut().enumerate() {
            *value = if value.is_nan() {
                7.0
            } else {
                1_000.0 - 3.0 * index as f64
            };
        }
        let forecasts = |values: &[f64]| {
            let series = Series {
                name: None,
                start: 0,
                values: values.to_vec(),
                beside: Vec::new(),
            };
            let filled = Filled::new(values);
            let frequency = frequency::Frequency::Months(1);
            let known = filled.until(cut);
            let past = Past::new(&known, Ahead::new(&series, frequency, &[]));
            contender::all()
                .into_iter()
                .filter_map(|contender| match contender.method {
                    Method::Plain(forecast) => Some(Some(forecast(&past, 12))),
                    Method::Learning(start) => Some(start().forecast(&past, 12)),
                    Method::External(_) | Method::Median(_) => None,
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(forecasts(&values), forecasts(&changed));
    }
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let constant = monthly(&[5.0; 60]);
    assert_eq!(forecast(&constant, 3).unwrap_err().code, "constant-series");
    let short = forecast(&monthly(&[1.0, 2.0]), 1).unwrap_err();
    assert_eq!(short.code, "series-too-short");
    assert!(
        short.message.contains("at least 14 points"),
        "{}",
        short.message
    );
    let mut mixed = monthly(&walk(5, 60));
    if let Values::Date(moments) = &mut mixed.columns[0].values {
        for (index, moment) in moments[40..].iter_mut().enumerate() {
            *moment = calendar::day_from(2003, 5, 1) * calendar::DAY + index as i64 * calendar::DAY;
        }
    }
    let problem = forecast(&mixed, 3).unwrap_err();
    assert_eq!(
        (problem.code, problem.line),
        ("mixed-frequencies", Some(43)),
        "{problem:?}"
    );
    let mut missing = monthly(&walk(6, 60));
    if let Values::Date(moments) = &mut missing.columns[0].values {
        moments[7] = MISSING_DATE;
    }
    let problem = forecast(&missing, 3).unwrap_err();
    assert_eq!((problem.code, problem.line), ("moment-missing", Some(9)));
    let text = |value: &str| {
        let rows: Vec<String> = (0..60)
            .map(|k| {
                let value = if k == 30 { value } else { "1" };
                format!("{}-{:02}-01,{value}\n", 2015 + k / 12, k % 12 + 1)
            })
            .collect();
        let rows = rows.concat();
        read_csv(format!("month,value\n{rows}").as_bytes(), "t.csv").unwrap()
    };
    for (value, code) in [("NaN", "not-a-number"), ("inf", "bad-target")] {
        let problem = forecast(&text(value), 3).unwrap_err();
        assert_eq!(
            (problem.code, problem.line, problem.column),
            (code, Some(32), Some(2)),
            "{problem:?}"
        );
    }
    let mut far = monthly(&walk(7, 60));
    if let Values::Date(moments) = &mut far.columns[0].values {
        moments[59] = calendar::day_from(2999, 1, 1) * calendar::DAY;
    }
    let problem = forecast(&far, 3).unwrap_err();
    assert_eq!(
        (problem.code, problem.line),
        ("mixed-frequencies", Some(61))
    );
}

#[test]
fn many_series_are_judged_over_series() {
    let one = monthly(&walk(0, 60));
    let Values::Date(moments) = &one.columns[0].values else {
        panic!("dates")
    };
    let count = 12;
    let mut values = Vec::new();
    let mut codes = Vec::new();
    for series in 0..count {
        values.extend(walk(u64::from(series) + 10, 60));
        codes.extend(vec![series; 60]);
    }
    let table = Table {
        columns: vec![
            column(
                "month",
                Kind::Date,
                Values::Date(moments.repeat(count as usize)),
            ),
            column("value", Kind::Number, Values::Number(values)),
            column(
                "shop",
                Kind::Category,
                Values::Category {
                    codes,
                    levels: (0..count).map(|shop| format!("s{shop}")).collect(),
                },
            ),
        ],
        rows: 60 * count as usize,
        ..Table::default()
    };
    let evidence = unattended(|control| {
        run(
            &table,
            &roles(&[Role::Time, Role::Target, Role::Group]),
            &request(3),
            control,
        )
    })
    .unwrap();
    assert_eq!(evidence.split.folds, 12);
    assert_eq!(evidence.recommendation.tier, Tier::Naive);
    assert!(
        evidence
            .warnings
            .iter()
            .any(|warning| warning.code == "naive-wins")
    );
}

#[test]
fn stopping_stops() {
    use std::sync::atomic::AtomicBool;
    let cancel = AtomicBool::new(true);
    let control = Control::new(&cancel, &|_| ());
    let table = monthly(&walk(1, 120));
    let found = run(
        &table,
        &roles(&[Role::Time, Role::Target]),
        &request(1),
        &control,
    );
    assert!(found.unwrap_err().is_cancelled());
}
