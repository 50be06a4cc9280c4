//! The contest gives the right answers of `datasets/README.md`.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::fs;
use std::path::PathBuf;

use mlfit::contest::control::unattended;
use mlfit::contest::{Evidence, Request, Tier, run};
use mlfit::data::read_csv;
use mlfit::vocabulary::{Confidence, Rung};

fn held(file: &str, request: &Request) -> Evidence {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("datasets")
        .join(file);
    let table = read_csv(&fs::read(path).unwrap(), file).unwrap();
    unattended(|control| run(&table, request, control)).unwrap()
}

/// One repeat, to be quick; repeats only make it surer.
fn once(target: &str) -> Request {
    Request {
        repeats: Some(1),
        ..Request::for_target(target)
    }
}

fn check(file: &str, request: &Request, rungs: &[Rung]) -> Evidence {
    let evidence = held(file, request);
    let found = &evidence.recommendation;
    assert!(rungs.contains(&found.rung), "{file}: {}", found.says);
    let suspicious: Vec<&str> = evidence
        .warnings
        .iter()
        .map(|warning| warning.code.as_str())
        .filter(|code| code.starts_with("too-good") || code.ends_with("predicts"))
        .collect();
    assert!(suspicious.is_empty(), "{file}: {suspicious:?}");
    assert_eq!(evidence.panels.without_suspects, None, "{file}");
    evidence
}

#[test]
fn a_tariff_is_looked_up() {
    let evidence = check(
        "generated-parcel-tariff.csv",
        &once("tariff"),
        &[Rung::Query],
    );
    assert_eq!(evidence.recommendation.contender, "lookup-table");
    assert_eq!(evidence.recommendation.confidence, Confidence::Settled);
}

#[test]
fn churn_takes_a_rule_and_no_signal_takes_nothing() {
    let churn = check("generated-churn.csv", &once("churned"), &[Rung::Heuristic]);
    assert_eq!(churn.recommendation.tier, Tier::Heuristic);
    // Both constants have the same balanced accuracy; the usual class is said.
    let prior = churn.contender("prior").unwrap();
    assert!(prior.says.starts_with("Always: no"), "{}", prior.says);
    let nothing = held("generated-no-signal.csv", &once("opened")).recommendation;
    assert!(
        nothing.acceptable.contains(&Tier::Naive),
        "{}",
        nothing.says
    );
    assert!(nothing.tier == Tier::Naive || nothing.confidence == Confidence::Open);
}

#[test]
fn cells_wines_and_patients_take_a_small_model() {
    let model = [Rung::MinimumViableModel];
    check("breast-cancer.csv", &once("diagnosis"), &model);
    check("wine.csv", &once("grower"), &model);
    check("diabetes.csv", &once("progression"), &model);
    check(
        "generated-used-machines.csv",
        &once("price_thousands"),
        &model,
    );
}

#[test]
fn few_flowers_and_households_settle_little() {
    for (file, target) in [("iris.csv", "species"), ("engel.csv", "food_spending")] {
        let evidence = check(file, &once(target), &Rung::ALL);
        assert!(
            evidence
                .recommendation
                .acceptable
                .contains(&Tier::Heuristic)
        );
        assert_ne!(evidence.recommendation.confidence, Confidence::Settled);
    }
}

#[test]
fn months_in_order_settle_nothing_while_they_are_shuffled() {
    let shuffled = held("air-passengers.csv", &once("passengers_thousands")).recommendation;
    assert_ne!(shuffled.confidence, Confidence::Settled);
    assert!(
        shuffled
            .says
            .contains("until the column of time or of entity is named"),
        "{}",
        shuffled.says
    );
}
