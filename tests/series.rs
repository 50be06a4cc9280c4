//! The contest on shipped series gives the answers that `datasets/README.md` states.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::fs;
use std::path::PathBuf;

use mlfit::contest::control::unattended;
use mlfit::contest::{Evidence, Request, Tier, run};
use mlfit::data::read_csv;

fn bench(file: &str, target: &str, time: &str, group: Option<&str>, horizon: usize) -> Evidence {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("datasets")
        .join(file);
    let table = read_csv(&fs::read(path).unwrap(), file).unwrap();
    let request = Request {
        time: Some(time.to_owned()),
        group: group.map(ToOwned::to_owned),
        horizon: Some(horizon),
        ..Request::for_target(target)
    };
    unattended(|control| run(&table, &request, control)).unwrap()
}

/// Checks that the recommended tier is one of those allowed.
fn check(evidence: &Evidence, allowed: &[Tier]) {
    let found = &evidence.recommendation;
    assert!(allowed.contains(&found.tier), "{found:#?}");
}

#[test]
fn a_treasury_bill_needs_its_last_value() {
    let evidence = bench("treasury-bill.csv", "rate_percent", "quarter", None, 1);
    check(&evidence, &[Tier::Naive]);
    assert_eq!(evidence.recommendation.contender, "last-value");
}

#[test]
fn the_nile_needs_no_more_than_a_rule() {
    let evidence = bench("nile.csv", "volume", "year", None, 1);
    check(&evidence, &[Tier::Naive, Tier::Heuristic]);
}

#[test]
fn a_growing_economy_is_no_last_value() {
    let evidence = bench("real-gdp.csv", "billion_dollars", "quarter", None, 4);
    check(&evidence, &[Tier::Heuristic, Tier::MinimumViableModel]);
}

#[test]
fn sunspots_take_a_model() {
    let evidence = bench("sunspots.csv", "sunspots", "year", None, 4);
    check(&evidence, &[Tier::MinimumViableModel]);
}

#[test]
fn passengers_take_trend_and_season() {
    let evidence = bench(
        "air-passengers.csv",
        "passengers_thousands",
        "month",
        None,
        12,
    );
    check(&evidence, &[Tier::Heuristic, Tier::MinimumViableModel]);
}

/// The reference knows no combination of forecasts; ours stays open against the small model.
#[test]
fn turnover_by_month_leaves_the_small_model_possible() {
    let evidence = bench(
        "electrical-equipment.csv",
        "turnover_index",
        "month",
        None,
        6,
    );
    let found = &evidence.recommendation;
    assert!(found.tier >= Tier::MinimumViableModel, "{found:#?}");
    assert!(
        found.acceptable.contains(&Tier::MinimumViableModel),
        "{found:#?}"
    );
}

#[test]
fn the_other_shipped_series_have_their_answers() {
    let beyond_naive = [Tier::Heuristic, Tier::MinimumViableModel];
    for (file, target, time, group, horizon) in [
        ("sea-temperature.csv", "celsius", "month", None, 6),
        ("co2-monthly.csv", "co2_ppm", "month", None, 12),
        ("co2-weekly.csv", "co2_ppm", "week", None, 12),
        (
            "fertility.csv",
            "births_per_woman",
            "year",
            Some("country"),
            3,
        ),
    ] {
        check(&bench(file, target, time, group, horizon), &beyond_naive);
    }
}
