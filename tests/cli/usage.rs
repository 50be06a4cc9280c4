//! Help, completions, and command lines that cannot be understood.

use super::{command, mlfit, run};

#[test]
fn every_command_explains_itself() {
    let place = tempfile::tempdir().unwrap();
    for command in [
        "new",
        "assess",
        "bench",
        "decide",
        "report",
        "export",
        "rubric",
        "portfolio",
        "check",
        "demo",
        "completions",
    ] {
        let run = mlfit(place.path(), &[command, "--help"]);
        assert!(run.text().contains("Usage: mlfit"), "{command}");
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn a_misspelt_command_is_refused_with_a_suggestion() {
    let place = tempfile::tempdir().unwrap();
    let run = mlfit(place.path(), &["bnch"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("'bench'"), "{}", run.stderr);
    let run = mlfit(place.path(), &["bnch", "--json"]);
    assert_eq!((run.status, run.stderr.as_str()), (2, ""));
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(value["error"]["code"], "usage");
    assert_eq!(
        value["error"]["message"],
        "unrecognized subcommand 'bnch' tip: a similar subcommand exists: 'bench'"
    );
}

#[test]
fn one_cost_alone_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let run = mlfit(
        place.path(),
        &[
            "bench",
            "a.csv",
            "--target",
            "y",
            "--cost-false-positive",
            "1",
        ],
    );
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("--cost-false-negative"),
        "{}",
        run.stderr
    );
}

#[test]
fn completions_are_made_for_every_shell() {
    let place = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = mlfit(place.path(), &["completions", shell]);
        assert!(run.text().contains("mlfit"), "{shell}");
    }
}

#[test]
fn a_wide_page_is_used_and_a_narrow_one_is_kept_to() {
    let place = tempfile::tempdir().unwrap();
    for (columns, widest) in [("50", 50), ("80", 80), ("120", 120)] {
        let mut narrow = command(place.path(), &["demo", "--list"]);
        narrow.env("COLUMNS", columns);
        for line in run(narrow).text().lines() {
            assert!(line.chars().count() <= widest, "{line}");
        }
    }
}
