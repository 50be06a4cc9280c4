//! The demo: from nothing to a report, again and again.

use super::{mlfit, snapshot};

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
