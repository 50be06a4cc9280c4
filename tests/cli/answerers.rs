//! Two people answer the same case: both are heard until they agree.

use std::fs;

use super::{DAY, mlfit};

#[test]
fn what_two_people_answer_is_kept_listed_and_open_until_they_agree() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();
    let say = |role: &str, name: &str, answer: &str| {
        let words = [
            "assess", "c", "--as", role, "--by", name, "--set", answer, "--as-of", DAY, "--json",
        ];
        mlfit(here, &words).json()
    };
    say("owner", "Ada", "fit-known-rule=fully");
    let value = say("engineer", "Ben", "fit-known-rule=no");
    assert_eq!(value["disputed"], serde_json::json!(["fit-known-rule"]));
    assert_eq!(value["answered"], 0);
    let disagreement = &value["verdict"]["disagreements"][0];
    assert_eq!(disagreement["question"], "fit-known-rule");
    assert_eq!(disagreement["matters"], true);
    assert_eq!(disagreement["answers"][0]["role"], "owner");
    assert_eq!(disagreement["answers"][0]["by"], "Ada");
    assert_eq!(
        disagreement["answers"][1]["answer"],
        "No, nobody could write it down"
    );
    let next = value["next"].as_array().unwrap();
    let told = next.iter().find(|it| it["question"] == "fit-known-rule");
    let why = told.unwrap()["why"].as_str().unwrap();
    assert!(why.starts_with("Two people answered differently."), "{why}");
    let gate = |state: &str| {
        let gates = value["verdict"]["gates"].as_array().unwrap();
        gates
            .iter()
            .any(|gate| gate["question"] == "fit-known-rule" && gate["state"] == state)
    };
    assert!(gate("possible") && !gate("fired"));
    let case = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    for part in [
        "as: owner",
        "as: engineer",
        "by: Ada",
        "by: Ben",
        "answer: fully",
    ] {
        assert!(case.contains(part), "no {part} in {case}");
    }

    for words in [&["assess", "c"][..], &["decide", "c", "--as-of", DAY][..]] {
        let run = mlfit(here, words);
        let text = run.text().replace("\n  ", " ");
        let told =
            "owner (Ada): “Yes, in every case”; engineer (Ben): “No, nobody could write it down”";
        assert!(text.contains(told), "{text}");
    }
    let report = fs::read_to_string(here.join("c/report.md")).unwrap();
    assert!(
        report.contains("## What people do not agree on"),
        "{report}"
    );

    let wrong = mlfit(here, &["assess", "c", "--resolve", "fit-volume=beyond"]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (2, ""));
    assert!(
        wrong.stderr.contains("--set fit-volume=beyond"),
        "{}",
        wrong.stderr
    );
    let value = mlfit(
        here,
        &[
            "assess",
            "c",
            "--resolve",
            "fit-known-rule=mostly",
            "--by",
            "both",
            "--json",
        ],
    )
    .json();
    assert_eq!(value["disputed"], serde_json::json!([]));
    assert_eq!(value["answered"], 1);
    assert!(value["verdict"].get("disagreements").is_none());
    let case = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    assert!(!case.contains("as:") && !case.contains("also:"), "{case}");
}

#[test]
fn the_same_answer_twice_is_an_agreement() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();
    for role in ["owner", "engineer"] {
        let value = mlfit(
            here,
            &[
                "assess",
                "c",
                "--as",
                role,
                "--set",
                "fit-volume=beyond",
                "--json",
            ],
        )
        .json();
        assert_eq!(value["disputed"], serde_json::json!([]));
        assert_eq!(value["answered"], 1);
    }
    let unknown = mlfit(
        here,
        &["assess", "c", "--as", "boss", "--set", "fit-volume=beyond"],
    );
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("owner"), "{}", unknown.stderr);
}

#[test]
fn a_case_in_which_one_role_speaks_twice_is_refused_at_its_place() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();
    let file = here.join("c/case.yaml");
    let before = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        format!(
            "{before}answers:\n  fit-volume:\n    answer: beyond\n    as: owner\n    \
             also:\n      - answer: handful\n        as: owner\n"
        ),
    )
    .unwrap();
    let run = mlfit(here, &["assess", "c"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.contains("one answer for each role"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("case.yaml:10:5"), "{}", run.stderr);
}
