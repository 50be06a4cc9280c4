//! Example cases, each with the verdict that it must get and the reason for it.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mlfit::assessment::{Answers, Assessment, parse_answer};
use mlfit::rubric::{BASE, built_in_policy, built_in_rubric};
use mlfit::verdict::{Inputs, Verdict, decide, provisional};
use mlfit::vocabulary::{Confidence, Readiness, Rung};
use serde::Deserialize;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    files
}

fn assessment(answers: &BTreeMap<String, String>) -> Assessment {
    let rubric = built_in_rubric(BASE).unwrap();
    let mut given = Answers::default();
    for (id, text) in answers {
        given.set(id, parse_answer(&rubric, id, text).unwrap());
    }
    Assessment::new(rubric, given)
}

fn verdict(assessment: &Assessment) -> Verdict {
    let policy = built_in_policy().unwrap();
    decide(&Inputs {
        assessment: Some(assessment),
        evidence: None,
        economics: None,
        policy: &policy,
        as_of: "2026-11-24",
    })
    .unwrap()
}

/// An example case: answers, and the verdict that they must get.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    id: String,
    requirement: String,
    because: String,
    answers: BTreeMap<String, String>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    solution: Rung,
    readiness: Readiness,
    target: Option<Rung>,
    waits_for: Option<mlfit::rubric::WaitFor>,
}

fn examples() -> Vec<Example> {
    files("rubrics/cases")
        .iter()
        .map(|file| {
            let example: Example =
                serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            assert_eq!(
                Some(example.id.as_str()),
                file.file_stem().unwrap().to_str()
            );
            example
        })
        .collect()
}

#[test]
fn every_example_gets_the_verdict_that_it_must_get() {
    let examples = examples();
    assert!(
        examples.len() >= 12,
        "one for each row of the requirement table"
    );
    let mut wrong = Vec::new();
    for example in &examples {
        let verdict = verdict(&assessment(&example.answers));
        let expect = &example.expect;
        let is_right = (
            verdict.solution,
            verdict.readiness,
            verdict.target,
            verdict.waits_for,
        ) == (
            expect.solution,
            expect.readiness,
            expect.target,
            expect.waits_for,
        );
        if !is_right {
            wrong.push(format!(
                "{} ({}; {}): {} · {} {:?} {:?} by {:?}, scores {:?}\n",
                example.id,
                example.requirement,
                example.because,
                verdict.solution,
                verdict.readiness,
                verdict.target,
                verdict.waits_for,
                verdict.policy_rows,
                verdict.scores
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// Rows that only a benchmark, or its absence beside answers, can reach; the room's own tests do.
const MEASURED_ROWS: [&str; 8] = [
    "no-signal-and-nothing-in-place",
    "no-signal",
    "measured-simple",
    "measured-small-model",
    "measured-foundation-model",
    "measured-stronger-model",
    "left-on-the-table",
    "prove-small",
];

#[test]
fn every_row_of_the_policy_decides_some_example() {
    let policy = built_in_policy().unwrap();
    let mut reached: BTreeSet<String> = examples()
        .iter()
        .flat_map(|example| verdict(&assessment(&example.answers)).policy_rows)
        .collect();
    reached.extend(verdict(&assessment(&BTreeMap::new())).policy_rows);
    reached.extend(MEASURED_ROWS.map(str::to_owned));
    let rows = policy.solution.iter().map(|row| &row.id);
    let missing: Vec<&String> = rows
        .chain(policy.readiness.iter().map(|row| &row.id))
        .filter(|id| !reached.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[derive(Deserialize)]
struct Prepared {
    id: String,
    answers: BTreeMap<String, String>,
}

#[test]
fn prepared_cases_get_sensible_verdicts_from_answers_alone() {
    let expected = [
        ("air-passengers", Rung::MinimumViableModel, Readiness::Pilot),
        ("churn-rule", Rung::Heuristic, Readiness::Go),
        ("machine-price", Rung::StrongerModel, Readiness::Pilot),
        (
            "newsletter-opens",
            Rung::MinimumViableModel,
            Readiness::Clarify,
        ),
        ("parcel-tariff", Rung::Query, Readiness::Go),
        ("treasury-bill", Rung::MinimumViableModel, Readiness::Pilot),
        ("tumour-cells", Rung::MinimumViableModel, Readiness::Review),
        ("vote-intention", Rung::Heuristic, Readiness::Go),
        ("wine-grower", Rung::MinimumViableModel, Readiness::Pilot),
    ];
    let files = files("datasets/cases");
    assert_eq!(files.len(), expected.len());
    for (file, (id, solution, readiness)) in files.iter().zip(expected) {
        let case: Prepared = serde_yaml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let verdict = verdict(&assessment(&case.answers));
        assert_eq!(case.id, id);
        assert_eq!(
            (verdict.solution, verdict.readiness),
            (solution, readiness),
            "{id}"
        );
        // Without a benchmark no model stands firmly.
        assert!(
            solution < Rung::MinimumViableModel
                || verdict.solution_confidence != Confidence::Settled,
            "{id}"
        );
        for text in verdict.findings.iter().map(|finding| &finding.text) {
            assert!(text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn nothing_known_is_open_and_to_be_made_clear_and_never_a_no() {
    let rubric = built_in_rubric(BASE).unwrap();
    let unknown: BTreeMap<String, String> = rubric
        .questions()
        .map(|(_, question)| (question.id.clone(), "unknown".to_owned()))
        .collect();
    for answers in [BTreeMap::new(), unknown] {
        let verdict = verdict(&assessment(&answers));
        assert_eq!(verdict.solution_confidence, Confidence::Open);
        assert_eq!(verdict.readiness, Readiness::Clarify);
        assert!(verdict.solution > Rung::ProcessFix);
        assert_eq!(verdict.could_be.solutions, Rung::ALL);
        assert!(!verdict.used.answers);
        assert!(verdict.headline.contains("open"), "{}", verdict.headline);
        let first: Vec<&str> = verdict
            .next
            .iter()
            .map(|next| next.question.as_str())
            .collect();
        assert!(first[..3].contains(&"value-action"), "{first:?}");
        assert!(
            verdict
                .findings
                .iter()
                .all(|finding| !finding.text.contains("shaped"))
        );
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    for example in examples().iter().take(4) {
        let bytes = || serde_json::to_string(&verdict(&assessment(&example.answers))).unwrap();
        assert_eq!(bytes(), bytes());
    }
}

#[test]
fn the_provisional_verdict_is_the_verdict() {
    let policy = built_in_policy().unwrap();
    for example in examples() {
        let assessment = assessment(&example.answers);
        let quick = provisional(&Inputs {
            assessment: Some(&assessment),
            evidence: None,
            economics: None,
            policy: &policy,
            as_of: "2026-11-24",
        });
        let full = verdict(&assessment);
        assert_eq!(
            (quick.solution, quick.readiness, quick.could_be),
            (full.solution, full.readiness, full.could_be)
        );
    }
}
