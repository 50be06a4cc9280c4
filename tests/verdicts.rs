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
use mlfit::workflow::examples::{Tried, try_shipped};
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

/// The answers of an example, read anew.
fn again(tried: &Tried) -> Assessment {
    Assessment::new(
        built_in_rubric(BASE).unwrap(),
        tried.example.answers.clone(),
    )
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

/// The shipped examples, tried on the base.
fn examples() -> Vec<Tried> {
    let tried = try_shipped(&built_in_rubric(BASE).unwrap(), "2026-11-24").unwrap();
    for tried in &tried {
        assert_eq!(
            Some(tried.example.id.as_str()),
            Path::new(&tried.file).file_stem().unwrap().to_str()
        );
    }
    tried
}

#[test]
fn every_example_gets_the_verdict_that_it_must_get() {
    let examples = examples();
    assert!(
        examples.len() >= 12,
        "one for each row of the requirement table"
    );
    let mut wrong = Vec::new();
    for tried in examples.iter().filter(|tried| !tried.is_right()) {
        let (example, verdict) = (&tried.example, &tried.verdict);
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
        .flat_map(|tried| tried.verdict.policy_rows.clone())
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
    for tried in examples().iter().take(4) {
        let again = verdict(&again(tried));
        assert_eq!(
            serde_json::to_string(&again).unwrap(),
            serde_json::to_string(&tried.verdict).unwrap()
        );
    }
}

#[test]
fn the_provisional_verdict_is_the_verdict() {
    let policy = built_in_policy().unwrap();
    for tried in examples() {
        let assessment = again(&tried);
        let quick = provisional(&Inputs {
            assessment: Some(&assessment),
            evidence: None,
            economics: None,
            policy: &policy,
            as_of: "2026-11-24",
        });
        let full = tried.verdict;
        assert_eq!(
            (quick.solution, quick.readiness, quick.could_be),
            (full.solution, full.readiness, full.could_be)
        );
    }
}
