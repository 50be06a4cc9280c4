//! The demo: from nothing to a report, again and again.

use std::fs;

use super::{DAY, mlfit, snapshot};

#[test]
fn an_unknown_demo_is_suggested() {
    let place = tempfile::tempdir().unwrap();
    let run = mlfit(place.path(), &["demo", "churn-rul"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "error: expected the name of a demo, found \"churn-rul\"\nhelp: did you mean \"churn-rule\"?\n"
    );
    assert!(snapshot(place.path()).is_empty());
}

#[test]
fn a_demo_ends_with_a_verdict_and_a_report_and_may_be_run_again() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let words = ["demo", "vote-intention", "--as-of", DAY];
    let first = mlfit(here, &words);
    assert!(
        first
            .text()
            .contains("Report: mlfit-demo/vote-intention/report.md\n"),
        "{}",
        first.stdout
    );
    assert!(here.join("mlfit-demo/vote-intention/report.md").exists());
    assert!(here.join("mlfit-demo/data/vote-1996.csv").exists());
    let files = snapshot(here);
    assert_eq!(mlfit(here, &words).text(), first.stdout);
    assert_eq!(snapshot(here), files, "the same files with the same bytes");
}

#[test]
fn a_demo_that_somebody_changed_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let words = ["demo", "vote-intention", "--as-of", DAY, "--json"];
    mlfit(here, &words).json();
    let change = [
        "assess",
        "mlfit-demo/vote-intention",
        "--set",
        "fit-volume=unknown",
    ];
    mlfit(here, &change).text();
    let changed = fs::read(here.join("mlfit-demo/vote-intention/case.yaml")).unwrap();
    let value = mlfit(here, &words).json();
    assert_eq!(value["case"], "mlfit-demo/vote-intention-2");
    assert_eq!(
        fs::read(here.join("mlfit-demo/vote-intention/case.yaml")).unwrap(),
        changed
    );
}
