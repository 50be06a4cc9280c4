//! Series with company: external forecasts, columns known in advance, a few
//! series next to each other, and demand that comes and goes.

use super::tests::{column, forecast, monthly, noise, request, roles, seasonal, walk};
use super::*;
use crate::contest::control::unattended;
use crate::contest::evidence::{ContenderResult, Status};
use crate::contest::request::External;
use crate::data::{Kind, Role, Values};
use crate::vocabulary::Rung;

fn held(table: &Table, list: &[Role], request: &Request) -> Evidence {
    unattended(|control| run(table, &roles(list), request, control)).unwrap()
}

fn line<'a>(evidence: &'a Evidence, id: &str) -> &'a ContenderResult {
    evidence
        .contenders
        .iter()
        .find(|line| line.id == id)
        .unwrap()
}

fn has(evidence: &Evidence, code: &str) -> bool {
    evidence.warnings.iter().any(|found| found.code == code)
}

/// A table with a further column of numbers.
fn with_column(mut table: Table, name: &str, values: Vec<f64>) -> Table {
    table
        .columns
        .push(column(name, Kind::Number, Values::Number(values)));
    table
}

fn asking_for(columns: &[&str], horizon: usize) -> Request {
    Request {
        external: columns
            .iter()
            .map(|name| External {
                column: (*name).to_owned(),
                rung: Rung::MinimumViableModel,
            })
            .collect(),
        ..request(horizon)
    }
}

#[test]
fn external_forecasts_compete_and_one_with_holes_fails() {
    let values = walk(21, 120);
    let near: Vec<f64> = values
        .iter()
        .zip(noise(22, 120))
        .map(|(value, error)| value + 0.01 * error)
        .collect();
    let mut holes = near.clone();
    holes[100] = f64::NAN;
    let table = with_column(monthly(&values), "theirs", near);
    let table = with_column(table, "holes", holes);
    let list = [Role::Time, Role::Target, Role::Incumbent, Role::Incumbent];
    let evidence = held(&table, &list, &asking_for(&["theirs", "holes"], 2));
    let theirs = line(&evidence, "external:theirs");
    assert!(theirs.mean.unwrap() < 0.1 * line(&evidence, "last-value").mean.unwrap());
    assert_eq!(line(&evidence, "external:holes").status, Status::Failed);
    assert_eq!(evidence.recommendation.tier, Tier::External);
    assert_eq!(evidence.recommendation.rung, Rung::MinimumViableModel);
}

#[test]
fn an_external_forecast_stands_in_the_row_that_it_is_for() {
    // right only if read at the forecast's own moment: one row off, it is the noise of another
    let values = noise(23, 100);
    let table = with_column(monthly(&values), "exact", values.clone());
    let list = [Role::Time, Role::Target, Role::Incumbent];
    let evidence = held(&table, &list, &asking_for(&["exact"], 3));
    assert_eq!(line(&evidence, "external:exact").mean, Some(0.0));
}

#[test]
fn a_column_known_in_advance_serves_the_regression() {
    let price = noise(24, 126);
    let mut values: Vec<f64> = price
        .iter()
        .zip(noise(25, 126))
        .map(|(price, error)| 50.0 - 8.0 * price + 0.2 * error)
        .collect();
    values[120..].fill(f64::NAN);
    let list = [Role::Time, Role::Target, Role::Feature];
    let known = with_column(monthly(&values), "price", price.clone());
    let with = held(&known, &list, &request(3));
    assert!(has(&with, "columns-known-in-advance"));
    assert!(has(&with, "rows-without-target"));
    let unknown = with_column(monthly(&values[..120]), "price", price[..120].to_vec());
    let without = held(&unknown, &list, &request(3));
    assert!(has(&without, "columns-not-used"));
    let error = |evidence| line(evidence, "linear-on-lags").mean.unwrap();
    assert!(
        error(&with) < 0.5 * error(&without),
        "{} {}",
        error(&with),
        error(&without)
    );
    assert_eq!(with.recommendation.tier, Tier::MinimumViableModel);
}

#[test]
fn intermittent_demand_is_judged_by_squares_and_has_its_own_rules() {
    let values: Vec<f64> = noise(26, 150)
        .iter()
        .map(|draw| {
            if *draw > 0.7 {
                (4.0 + draw).round()
            } else {
                0.0
            }
        })
        .collect();
    let evidence = forecast(&monthly(&values), 3).unwrap();
    assert_eq!(evidence.metric.name, MetricName::Rmsse);
    for id in [
        "zero",
        "croston",
        "syntetos-boylan",
        "teunter-syntetos-babai",
    ] {
        assert_eq!(line(&evidence, id).status, Status::Ok, "{id}");
    }
    let usual = forecast(&monthly(&walk(27, 100)), 3).unwrap();
    assert_eq!(line(&usual, "croston").status, Status::Skipped);
    assert_eq!(usual.metric.name, MetricName::Mase);
}

/// Series below each other, each by month.
fn several(all: &[Vec<f64>]) -> Table {
    let mut moments = Vec::new();
    let mut codes = Vec::new();
    for (code, values) in (0..).zip(all) {
        let Values::Date(own) = &monthly(values).columns[0].values else {
            panic!("dates")
        };
        moments.extend_from_slice(own);
        codes.extend(vec![code; values.len()]);
    }
    let rows = moments.len();
    let levels = (0..all.len()).map(|shop| format!("s{shop}")).collect();
    Table {
        columns: vec![
            column("month", Kind::Date, Values::Date(moments)),
            column("value", Kind::Number, Values::Number(all.concat())),
            column("shop", Kind::Category, Values::Category { codes, levels }),
        ],
        rows,
        source: "test.csv".to_owned(),
        ..Table::default()
    }
}

#[test]
fn a_few_series_are_judged_over_origins_of_all_of_them() {
    let list = [Role::Time, Role::Target, Role::Group];
    for count in [2, 9] {
        let all: Vec<Vec<f64>> = (0..count).map(|seed| seasonal(seed + 30, 96)).collect();
        let evidence = held(&several(&all), &list, &request(6));
        assert!(evidence.split.folds >= 12, "{}", evidence.split.folds);
        assert_eq!(evidence.rows, 96 * count as usize);
        assert!(evidence.recommendation.tier > Tier::Naive);
        assert!(!evidence.recommendation.says.contains(" rows"));
        let walks: Vec<Vec<f64>> = (0..count).map(|seed| walk(seed + 50, 96)).collect();
        let evidence = held(&several(&walks), &list, &request(1));
        assert_eq!(evidence.recommendation.tier, Tier::Naive);
    }
}

#[test]
fn a_series_that_is_too_short_or_full_of_holes_is_left_out_of_several() {
    let mut all: Vec<Vec<f64>> = (0..12).map(|seed| walk(seed + 70, 72)).collect();
    all[3].truncate(9);
    for value in all[5].iter_mut().skip(1).step_by(2) {
        *value = f64::NAN;
    }
    let list = [Role::Time, Role::Target, Role::Group];
    let evidence = held(&several(&all), &list, &request(2));
    assert!(has(&evidence, "short-series") && has(&evidence, "too-many-gaps"));
    assert_eq!(evidence.split.folds, 10);
}
