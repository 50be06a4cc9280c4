//! Bad input of every kind: named with its place and its remedy, status 2, nothing written.

use std::fs;

use super::{mlfit, snapshot};

/// Runs a command on a file with these bytes, next to a case called `case`.
pub(super) fn check(bytes: &[u8], words: &[&str], code: &str, place: &str) {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("a.csv"), bytes).unwrap();
    mlfit(here, &["new", "case", "--title", "T"]).text();
    let before = snapshot(here);
    let plain = mlfit(here, words);
    assert_eq!((plain.status, plain.stdout.as_str()), (2, ""), "{words:?}");
    assert!(plain.stderr.starts_with("error: "), "{}", plain.stderr);
    assert!(plain.stderr.contains("\nhelp: "), "{}", plain.stderr);
    let json = mlfit(here, &[words, &["--json"]].concat());
    assert_eq!((json.status, json.stderr.as_str()), (2, ""));
    let value: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let error = &value["error"];
    let found = [&error["file"], &error["line"], &error["column"]]
        .iter()
        .filter(|part| !part.is_null())
        .map(|part| part.to_string().replace('"', ""))
        .collect::<Vec<_>>()
        .join(":");
    assert_eq!(error["code"], code, "{error}");
    assert_eq!(found, place, "{error}");
    assert!(!error["remedy"].as_str().unwrap().is_empty(), "{error}");
    assert_eq!(snapshot(here), before, "nothing is written");
}

const BENCH: [&str; 6] = ["bench", "a.csv", "--target", "y", "--case", "case"];

/// A table with a column x and these values of y.
fn table(values: impl Iterator<Item = String>) -> Vec<u8> {
    let mut text = "x,y\n".to_owned();
    for (row, value) in values.enumerate() {
        text.push_str(&format!("{},{value}\n", row % 7));
    }
    text.into_bytes()
}

#[test]
fn a_missing_file() {
    check(
        b"",
        &["bench", "b.csv", "--target", "y"],
        "file-not-found",
        "b.csv",
    );
    check(b"", &["bench", "case", "--target", "y"], "no-data", "case");
    check(b"", &["decide", "none"], "case-not-found", "none");
    check(
        b"",
        &["assess", "case", "--answers", "none.yaml"],
        "file-not-found",
        "none.yaml",
    );
}

#[test]
fn an_unknown_column_is_suggested() {
    let bytes = table((0..60).map(|row| (row % 3).to_string()));
    check(
        &bytes,
        &["bench", "a.csv", "--target", "yy"],
        "unknown-column",
        "a.csv",
    );
    check(
        &bytes,
        &["bench", "a.csv", "--target", "y", "--time", "when"],
        "unknown-column",
        "a.csv",
    );
    check(
        &bytes,
        &["bench", "a.csv", "--target", "y", "--ignore", "z"],
        "unknown-column",
        "a.csv",
    );
}

#[test]
fn no_target_named() {
    check(b"x,y\n1,2\n", &["bench", "a.csv"], "no-target", "a.csv");
}

#[test]
fn an_empty_file_and_a_file_without_rows() {
    check(b"", &BENCH, "empty-file", "a.csv:1:1");
    check(b"x,y\n", &BENCH, "no-rows", "a.csv");
}

#[test]
fn a_target_about_which_nothing_can_be_learned() {
    let constant = table((0..60).map(|_| "yes".to_owned()));
    check(&constant, &BENCH, "constant-target", "a.csv");
    let names = table((0..60).map(|row| format!("name {row}")));
    check(&names, &BENCH, "target-names-rows", "a.csv");
}

#[test]
fn ragged_rows() {
    check(b"x,y\n1,2\n1,2,3\n", &BENCH, "ragged-row", "a.csv:3:3");
}

#[test]
fn an_unreadable_encoding() {
    let mut bytes = b"x,y\n".to_vec();
    bytes.extend([0x00, 0x01, 0x02, 0xff, 0xfe, 0x00, 0x00].repeat(40));
    check(&bytes, &BENCH, "not-text", "a.csv:2:1");
}

#[test]
fn a_rubric_with_an_unknown_field() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(
        here.join("mine.yaml"),
        "rubric: mine\nversion: 1\ntitle: Mine\nquestons: []\n",
    )
    .unwrap();
    let run = mlfit(here, &["rubric", "check", "mine.yaml"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("\"questons\""), "{}", run.stderr);
    assert!(
        run.stderr.contains("\n  at mine.yaml:4:1\nhelp: "),
        "{}",
        run.stderr
    );
    let run = mlfit(
        here,
        &["new", "case", "--title", "T", "--rubric", "mine.yaml"],
    );
    assert_eq!(run.status, 2);
    assert!(!here.join("case").exists());
}

#[test]
fn a_case_of_a_newer_version() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::create_dir(here.join("case")).unwrap();
    fs::write(here.join("case/case.yaml"), "version: 2\nnew: thing\n").unwrap();
    let before = snapshot(here);
    for words in [
        &["assess", "case", "--set", "fit-task-kind=predict"][..],
        &["decide", "case"],
        &["report", "case"],
        &["bench", "case"],
        &["check", "case"],
    ] {
        let run = mlfit(here, words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert_eq!(
            run.stderr,
            "error: expected a case of version 1, found version 2\n  at case/case.yaml:1:10\n\
             help: update mlfit, or open the case with the version that wrote it\n"
        );
    }
    assert_eq!(snapshot(here), before);
}
