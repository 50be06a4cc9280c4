//! A case from nothing to its portfolio, without the interface.

use std::fs;
use std::path::Path;

use super::{DAY, mlfit, snapshot};

#[test]
fn a_new_case_is_a_folder_with_one_file() {
    let place = tempfile::tempdir().unwrap();
    let run = mlfit(
        place.path(),
        &["new", "churn", "--title", "Churn", "--owner", "Sales"],
    );
    assert_eq!(
        run.text(),
        "churn made, with the rubric ml-fitness.\n\n\
         Next:\n  mlfit assess churn --next\n  mlfit bench FILE.csv --target COLUMN --case churn\n"
    );
    assert_eq!(snapshot(place.path()).len(), 1);
    let text = fs::read_to_string(place.path().join("churn/case.yaml")).unwrap();
    assert!(
        text.starts_with("version: 1\ntitle: Churn\nowner: Sales\n"),
        "{text}"
    );
    let again = mlfit(place.path(), &["new", "churn", "--title", "Other"]);
    assert_eq!(again.status, 2);
    assert_eq!(
        again.stderr,
        "error: churn is a case already\n  at churn\nhelp: `mlfit assess churn` goes on with it\n"
    );
    assert_eq!(
        fs::read_to_string(place.path().join("churn/case.yaml")).unwrap(),
        text
    );
}

#[test]
fn answers_are_all_set_or_none() {
    let place = tempfile::tempdir().unwrap();
    mlfit(place.path(), &["new", "c", "--title", "T"]).text();
    let before = snapshot(place.path());
    let run = mlfit(
        place.path(),
        &[
            "assess",
            "c",
            "--set",
            "fit-task-kind=predict",
            "--set",
            "fit-volume=lots",
        ],
    );
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr
            .starts_with("error: fit-volume: expected an option, found \"lots\"\nhelp: "),
        "{}",
        run.stderr
    );
    let run = mlfit(
        place.path(),
        &["assess", "c", "--set", "fit-task-kid=predict"],
    );
    assert_eq!(
        run.stderr,
        "error: expected a question of ml-fitness, found \"fit-task-kid\"\n\
         help: did you mean \"fit-task-kind\"?\n"
    );
    assert_eq!(snapshot(place.path()), before);
}

#[test]
fn a_file_of_answers_is_read_whole_or_refused_at_its_line() {
    let place = tempfile::tempdir().unwrap();
    mlfit(place.path(), &["new", "c", "--title", "T"]).text();
    let before = snapshot(place.path());
    let answers = tempfile::tempdir().unwrap();
    let file = answers.path().join("answers.yaml");
    let name = file.display().to_string();
    let check = |text: &str, code: &str, line: usize, column: usize, remedy: &str| {
        fs::write(&file, text).unwrap();
        let run = mlfit(place.path(), &["assess", "c", "--answers", &name, "--json"]);
        assert_eq!((run.status, run.stderr.as_str()), (2, ""));
        let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let error = &value["error"];
        assert_eq!(error["code"], code);
        assert_eq!(error["file"], name.as_str());
        assert_eq!(
            (&error["line"], &error["column"]),
            (&line.into(), &column.into())
        );
        assert!(
            error["remedy"].as_str().unwrap().contains(remedy),
            "{error}"
        );
    };
    check(
        "fit-task-kind: predict\nfit-volum: stretched\n",
        "unknown-question",
        2,
        1,
        "fit-volume",
    );
    check(
        "fit-task-kind: predct\n",
        "unknown-option",
        1,
        16,
        "predict",
    );
    check("- fit-task-kind\n", "wrong-type", 1, 1, "");
    check("a: [\n", "yaml-syntax", 1, 4, "");
    assert_eq!(snapshot(place.path()), before);
}

#[test]
fn a_broken_case_is_listed_with_its_problem() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "good", "--title", "Good"]).text();
    fs::create_dir(here.join("new")).unwrap();
    fs::write(here.join("new/case.yaml"), "version: 99\n").unwrap();
    let run = mlfit(here, &["portfolio"]);
    assert!(run.text().contains("Good"), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("./new/case.yaml:1:10: expected a case of version 1, found version 99."),
        "{}",
        run.stdout
    );
}

#[test]
fn a_case_is_answered_decided_and_listed_without_the_interface() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "Who calls back?"]).text();
    let run = mlfit(
        here,
        &[
            "assess",
            "c",
            "--set",
            "fit-task-kind=predict",
            "--set",
            "risk-prohibited=no",
            "--frame",
            "row=one call",
            "--by",
            "Engineer",
            "--as-of",
            DAY,
            "--json",
        ],
    );
    let value = run.json();
    assert_eq!(value["schema"], "mlfit.assessment/1");
    assert_eq!(value["answered"], 2);
    assert_eq!(value["verdict"]["schema"], "mlfit.verdict/1");
    let text = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    assert!(text.contains("by: Engineer"), "{text}");
    assert!(text.contains("row: one call"), "{text}");

    let dry = mlfit(here, &["decide", "c", "--dry-run", "--as-of", DAY]);
    let list = dry.text().split_once("Worth finding out next\n").unwrap().1;
    let first = list.split("→ ").nth(1).unwrap().replace("\n  ", " ");
    let (ask, rest) = first.split_once("? (").unwrap();
    assert!(ask.contains(' ') && rest.contains(") "), "{first}");

    let next = mlfit(here, &["assess", "c", "--next", "--as-of", DAY]);
    assert!(
        next.text().contains("mlfit assess c --set "),
        "{}",
        next.stdout
    );

    let verdict = mlfit(here, &["decide", "c", "--json", "--as-of", DAY]).json();
    for field in [
        "solution",
        "solution_confidence",
        "readiness",
        "readiness_confidence",
        "used",
        "scores",
        "gates",
        "findings",
        "flips",
        "next",
        "serving",
        "roadmap",
        "triggers",
        "hashes",
    ] {
        assert!(verdict.get(field).is_some(), "no {field} in {verdict}");
    }
    assert_eq!(verdict["used"]["evidence"], false);
    let report = fs::read_to_string(here.join("c/report.md")).unwrap();
    assert!(report.starts_with("# Who calls back?"), "{report}");
    let once = snapshot(here);
    mlfit(here, &["decide", "c", "--as-of", DAY]).text();
    assert_eq!(
        snapshot(here),
        once,
        "deciding again on the same day changes nothing"
    );

    let portfolio = mlfit(here, &["portfolio", "--json", "--as-of", DAY]).json();
    assert_eq!(portfolio["cases"][0]["title"], "Who calls back?");
    assert_eq!(portfolio["cases"][0]["readiness"], verdict["readiness"]);
    assert_eq!(mlfit(here, &["check", "c", "--as-of", DAY]).status, 0);
    let late = mlfit(here, &["check", "c", "--as-of", "2036-01-01", "--json"]);
    assert_eq!(late.status, 1);
    let value: serde_json::Value = serde_json::from_str(&late.stdout).unwrap();
    assert_eq!(value["cases"][0]["reasons"][0]["code"], "due");
}

/// Begins the case `c` on a copy of the base, `mine.yaml`, whose text this is.
fn case_with_own_rubric(here: &Path) -> String {
    let base = format!("{}/rubrics/ml-fitness.yaml", env!("CARGO_MANIFEST_DIR"));
    let rubric = fs::read_to_string(base).unwrap();
    fs::write(here.join("mine.yaml"), &rubric).unwrap();
    mlfit(here, &["new", "c", "--title", "T", "--rubric", "mine.yaml"]).text();
    rubric
}

#[test]
fn answers_outlive_a_change_of_their_rubric() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let rubric = case_with_own_rubric(here);
    let set = |answer: &str| mlfit(here, &["assess", "c", "--set", answer, "--json"]).json();
    assert_eq!(set("fit-known-rule=fully")["answered"], 1);
    // The option is called otherwise from now on.
    let changed = rubric.replacen("          fully:\n", "          always:\n", 1);
    let changed = changed.replace("fit-known-rule: fully", "fit-known-rule: always");
    let changed = changed.replace("fit-known-rule: [fully", "fit-known-rule: [always");
    assert_ne!(changed, rubric);
    fs::write(here.join("mine.yaml"), &changed).unwrap();
    mlfit(here, &["rubric", "check", "mine.yaml"]).text();
    for _ in 0..2 {
        // It opens again after an answer under the new rubric was saved.
        let value = set("fit-task-kind=predict");
        assert_eq!(
            value["without_meaning"],
            serde_json::json!(["fit-known-rule"])
        );
        assert_eq!(value["answered"], 1);
    }
    let text = mlfit(here, &["assess", "c"]);
    assert!(
        text.text().contains("The rubric has changed since"),
        "{}",
        text.stdout
    );
    let value = set("fit-known-rule=always");
    assert_eq!(value["without_meaning"], serde_json::json!([]));
    assert_eq!(value["answered"], 2);
}

#[test]
fn exactly_what_is_put_otherwise_is_asked_again_and_old_verdicts_can_be_made_again() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let rubric = case_with_own_rubric(here);
    let set = |answers: &[&str]| {
        let sets = answers.iter().flat_map(|answer| ["--set", answer]);
        let words: Vec<&str> = ["assess", "c", "--json"].into_iter().chain(sets).collect();
        mlfit(here, &words).json()
    };
    let value = set(&[
        "fit-volume=beyond",
        "fit-error-cost=similar",
        "value-goal=measured",
    ]);
    assert_eq!(value["asked_otherwise"], serde_json::json!([]));
    mlfit(here, &["decide", "c", "--as-of", DAY]).text();
    let before = fs::read_to_string(here.join("c/history.jsonl")).unwrap();

    // Other words in one question and in an option of another; a score is not what was asked.
    let changed = rubric
        .replacen(
            "ask: How many decisions are there",
            "ask: How many decisions fall due",
            1,
        )
        .replacen("says: About the same", "says: Much the same", 1)
        .replacen("score: 0.4", "score: 0.45", 1);
    fs::write(here.join("mine.yaml"), &changed).unwrap();
    for _ in 0..2 {
        let value = set(&["value-owner=named"]);
        let again = serde_json::json!(["fit-error-cost", "fit-volume"]);
        assert_eq!(value["asked_otherwise"], again);
        assert_eq!(value["answered"], 4, "answers are carried over");
    }
    let next = mlfit(here, &["assess", "c", "--next"]);
    assert!(next.text().contains("(fit-error-cost)"), "{}", next.stdout);
    assert!(
        next.text().contains("put in other words"),
        "{}",
        next.stdout
    );
    let value = set(&["fit-error-cost=similar"]);
    assert_eq!(value["asked_otherwise"], serde_json::json!(["fit-volume"]));

    // With the rubric and the answers of then, the verdict of then comes out to the letter.
    fs::write(here.join("mine.yaml"), &rubric).unwrap();
    let case = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    let (kept, _) = case.split_once("  value-owner:").unwrap();
    fs::write(here.join("c/case.yaml"), kept).unwrap();
    let run = mlfit(
        here,
        &["decide", "c", "--dry-run", "--json", "--as-of", DAY],
    );
    let then: serde_json::Value = serde_json::from_str(&before).unwrap();
    assert_eq!(run.json(), then);
}

#[test]
fn a_verdict_that_moved_says_what_it_was_and_what_it_takes_to_get_there() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "late", "--title", "Late bills"]).text();
    let answer = |answers: &[&str]| {
        let mut words = vec!["assess", "late"];
        for answer in answers {
            words.extend(["--set", answer]);
        }
        mlfit(here, &words).text();
    };
    answer(&[
        "fit-known-rule=fully",
        "value-goal=measured",
        "value-action=named",
    ]);
    let first = mlfit(here, &["decide", "late", "--as-of", "2026-11-20"]);
    assert!(!first.text().contains("Moved"), "{}", first.stdout);
    answer(&[
        "fit-known-rule=no",
        "fit-task-kind=predict",
        "fit-hand-rules=many",
        "infra-data-stage=files",
    ]);
    let second = mlfit(here, &["decide", "late", "--as-of", DAY]);
    let text = second.text();
    for part in [
        "\nMoved         it was query · ",
        "on 2026-11-20; changed since: answers\n",
        "\nWho has to be there\n- product owner: ",
        "\n  Why: ",
        "\n  Done when: ",
        "\nWhere the data live\nThe data live in files, ",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    let again = mlfit(here, &["decide", "late", "--as-of", DAY]);
    assert!(!again.text().contains("Moved"), "{}", again.stdout);
}
