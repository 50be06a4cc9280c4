//! Examples are read, or refused at the place of the fault.

use super::example::read_example;
use super::example_schema;
use crate::contest::Tier;
use crate::rubric::schema_fits::fits;
use crate::rubric::yaml;
use crate::rubric::{BASE, built_in_rubric};
use crate::vocabulary::{Confidence, Rung};

#[test]
fn a_fault_in_an_example_is_found_at_its_place() {
    let check = |answers: &str, expect: &str, code: &str, line: usize, remedy: &str| {
        let text = format!(
            "id: a\nrequirement: r\nbecause: b\nanswers:\n  {answers}\nexpect:\n  {expect}\n  readiness: go\n"
        );
        let rubric = built_in_rubric(BASE).unwrap();
        let problem = read_example(&text, "a.yaml", &rubric).unwrap_err();
        assert_eq!(
            (problem.code, problem.line),
            (code, Some(line)),
            "{problem}"
        );
        assert_eq!(problem.file.as_deref(), Some("a.yaml"));
        assert!(problem.remedy.contains(remedy), "{}", problem.remedy);
    };
    check(
        "fit-known-rul: fully",
        "solution: query",
        "unknown-question",
        5,
        "fit-known-rule",
    );
    check(
        "fit-known-rule: full",
        "solution: query",
        "unknown-option",
        5,
        "fully",
    );
    check(
        "fit-known-rule: fully",
        "solution: qery",
        "unknown-word",
        7,
        "query",
    );
    check(
        "fit-known-rule: fully",
        "solutio: query",
        "unknown-field",
        7,
        "solution",
    );
}

/// An example with these figures, from line 5 on.
fn measured(figures: &str) -> String {
    format!(
        "id: a\nrequirement: r\nbecause: b\nmeasured:\n{figures}expect:\n  solution: query\n  readiness: go\n"
    )
}

#[test]
fn figures_stand_for_the_evidence_that_the_rule_of_a_contest_makes_of_them() {
    let rubric = built_in_rubric(BASE).unwrap();
    for (figures, tier, rung, confidence) in [
        (
            "  scores: {naive: 0.5, heuristic: 0.505}\n",
            Tier::Naive,
            Rung::Query,
            Confidence::Settled,
        ),
        (
            "  scores: {naive: 0.5, heuristic: 0.7, minimum-viable-model: 0.705, headroom: 0.708}\n",
            Tier::Heuristic,
            Rung::Heuristic,
            Confidence::Settled,
        ),
        (
            // 0.73 - 0.72 is a little over 0.01 in binary, and no difference.
            "  scores: {naive: 0.5, heuristic: 0.72, headroom: 0.73}\n",
            Tier::Heuristic,
            Rung::Heuristic,
            Confidence::Settled,
        ),
        (
            "  margin: 0.002\n  scores: {naive: 0.5, heuristic: 0.7, minimum-viable-model: 0.705}\n",
            Tier::MinimumViableModel,
            Rung::MinimumViableModel,
            Confidence::Settled,
        ),
        (
            "  task: regression\n  settled: false\n  scores: {naive: 9, heuristic: 4, headroom: 3}\n",
            Tier::Headroom,
            Rung::StrongerModel,
            Confidence::Open,
        ),
        (
            "  scores: {naive: 0.5, headroom: 0.7}\n  external: {rung: foundation-model, score: 0.9}\n",
            Tier::External,
            Rung::FoundationModel,
            Confidence::Settled,
        ),
        (
            "  scores: {naive: 0.5, headroom: 0.7}\n  external: {rung: heuristic, score: 0.7}\n",
            Tier::External,
            Rung::Heuristic,
            Confidence::Settled,
        ),
    ] {
        let example = read_example(&measured(figures), "a.yaml", &rubric).unwrap();
        let said = example.evidence.unwrap().recommendation;
        assert_eq!(
            (said.tier, said.rung, said.confidence),
            (tier, rung, confidence),
            "{figures}"
        );
        assert!(said.acceptable.contains(&tier), "{figures}");
    }
    let without = "id: a\nrequirement: r\nbecause: b\nexpect: {solution: query, readiness: go}\n";
    let example = read_example(without, "a.yaml", &rubric).unwrap();
    assert_eq!(example.evidence, None);
}

#[test]
fn figures_that_make_no_sense_are_refused_at_their_place() {
    let rubric = built_in_rubric(BASE).unwrap();
    for (figures, code, line, column, expected, remedy) in [
        (
            "  scores: {naive: 0.5}\n",
            "too-few-scores",
            5,
            11,
            "at least two tiers, found 1",
            "add `naive: …`",
        ),
        (
            "  scores: {naive: 0.5, heuristic: 1.5}\n",
            "bad-score",
            5,
            35,
            "from 0 to 1, found 1.5",
            "balanced-accuracy",
        ),
        (
            "  task: regression\n  scores: {naive: 3, heuristic: -1}\n",
            "bad-score",
            6,
            33,
            "from 0 up, found -1",
            "rmse",
        ),
        (
            "  margin: 0\n  scores: {naive: 0.5, heuristic: 0.7}\n",
            "bad-margin",
            5,
            11,
            "above 0, found 0",
            "smallest improvement",
        ),
        (
            "  scores: {naive: 0.5, rule: 0.7}\n",
            "unknown-field",
            5,
            24,
            "found \"rule\"",
            "leave it out",
        ),
        (
            "  scores: {naive: 0.5}\n  external: {rung: query, score: 0.7}\n",
            "bad-external",
            6,
            20,
            "found query",
            "a rule or a model",
        ),
        (
            "  task: clustering\n  scores: {naive: 0.5}\n",
            "unknown-word",
            5,
            9,
            "found \"clustering\"",
            "did you mean \"forecasting\"?",
        ),
        (
            "  setled: true\n  scores: {naive: 0.5}\n",
            "unknown-field",
            5,
            3,
            "found \"setled\"",
            "did you mean \"settled\"?",
        ),
    ] {
        let problem = read_example(&measured(figures), "a.yaml", &rubric).unwrap_err();
        let found = (problem.code, problem.line, problem.column);
        assert_eq!(found, (code, Some(line), Some(column)), "{problem:?}");
        assert!(problem.message.contains(expected), "{problem:?}");
        assert!(problem.remedy.contains(remedy), "{problem:?}");
        assert_eq!(problem.file.as_deref(), Some("a.yaml"));
    }
}

fn fits_as_example(text: &str) -> bool {
    let schema = example_schema();
    let value: serde_json::Value = yaml::read(text, "a.yaml").unwrap();
    fits(&schema, &schema, &value)
}

#[test]
fn the_schema_takes_what_the_parser_takes_and_no_other_form() {
    let sound =
        "  task: regression\n  settled: false\n  margin: 0.1\n  scores: {naive: 3, heuristic: 2}\n";
    assert!(fits_as_example(&measured(sound)));
    for (from, to) in [
        ("task: regression", "task: clustering"),
        ("settled: false", "settled: perhaps"),
        ("settled: false", "setled: false"),
        ("scores: {naive: 3, heuristic: 2}", "margin2: 1"),
        ("naive: 3", "naive: -3"),
        ("naive: 3", "naiv: 3"),
    ] {
        assert!(sound.contains(from), "{from}");
        let spoiled = measured(&sound.replacen(from, to, 1));
        let rubric = built_in_rubric(BASE).unwrap();
        assert!(read_example(&spoiled, "a.yaml", &rubric).is_err(), "{to}");
        assert!(!fits_as_example(&spoiled), "{to}");
    }
    let whole = measured(sound);
    for (from, to) in [
        ("id: a\n", ""),
        ("because: b", "becaus: b"),
        ("solution: query", "solution: qery"),
        ("readiness: go", "readiness: run"),
    ] {
        assert!(!fits_as_example(&whole.replacen(from, to, 1)), "{to}");
    }
}

#[test]
fn every_shipped_example_fits_the_schema() {
    let mut read = 0;
    for folder in ["rubrics/cases", "rubrics/cases/gates"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(fits_as_example(&text), "{}", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 30, "{read}");
}
