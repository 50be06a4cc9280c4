//! Example cases, each with the verdict that it must get and the reason for it.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mlfit::assessment::{Answer, Answers, Assessment, parse_answer};
use mlfit::contest::Evidence;
use mlfit::rubric::{BASE, QuestionKind, Rubric, built_in_ids, built_in_policy, built_in_rubric};
use mlfit::verdict::{Inputs, Verdict, decide, provisional, roadmap_elements};
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

/// What the answers of an example mean, made anew.
fn again(tried: &Tried) -> Assessment {
    Assessment::new(
        Arc::clone(&tried.example.rubric),
        tried.assessment.answers.clone(),
    )
}

fn verdict(assessment: &Assessment, evidence: Option<&Evidence>) -> Verdict {
    let policy = built_in_policy().unwrap();
    decide(&Inputs {
        assessment: Some(assessment),
        evidence,
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

#[test]
fn every_row_of_the_policy_decides_some_example() {
    let policy = built_in_policy().unwrap();
    let reached: BTreeSet<String> = examples()
        .iter()
        .filter(|tried| tried.is_right())
        .flat_map(|tried| tried.verdict.policy_rows.clone())
        .collect();
    let rows = policy.solution.iter().map(|row| &row.id);
    let missing: Vec<&String> = rows
        .chain(policy.readiness.iter().map(|row| &row.id))
        .filter(|id| !reached.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Every answer that opens a gate, as `question=option`.
fn gated(rubric: &Rubric) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, question) in rubric.questions() {
        let id = &question.id;
        for choice in question.choices() {
            if !choice.gates.is_empty() {
                found.insert(format!("{id}={}", choice.key));
            }
        }
        if let QuestionKind::Number { bands, .. } = &question.kind {
            // Bands are told apart by their answers, so one gated band a question is all there may be.
            let gated = bands.iter().filter(|band| !band.gates.is_empty()).count();
            assert!(gated <= 1, "{id}");
            found.extend((gated == 1).then(|| format!("{id}=")));
        }
    }
    found
}

#[test]
fn every_gate_of_the_base_and_of_each_pack_has_an_example_that_says_it_opens() {
    let every = built_in_ids().collect::<Vec<_>>().join("+");
    let all = gated(&built_in_rubric(&every).unwrap());
    let mut opened = BTreeSet::new();
    for tried in examples().iter().filter(|tried| tried.is_right()) {
        for id in &tried.example.opens {
            let key = match tried.assessment.answers.get(id) {
                Some(Answer::Choice(key)) => key.as_str(),
                _ => "",
            };
            opened.insert(format!("{id}={key}"));
        }
    }
    let missing: Vec<_> = all.difference(&opened).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(all.len(), opened.len(), "an example opens what is no gate");
}

#[test]
fn every_item_of_the_roadmap_stands_in_some_example() {
    let placed: BTreeSet<String> = examples()
        .into_iter()
        .flat_map(|tried| tried.verdict.roadmap)
        .map(|item| item.element)
        .collect();
    let all: BTreeSet<String> = roadmap_elements().map(str::to_owned).collect();
    assert_eq!(placed, all);
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
        let verdict = verdict(&assessment(&case.answers), None);
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
        let verdict = verdict(&assessment(&answers), None);
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
        assert!(first.contains(&"risk-prohibited"), "{first:?}");
        assert!(first.contains(&"value-root-cause"), "{first:?}");
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
        let again = verdict(&again(tried), tried.example.evidence.as_ref());
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
            evidence: tried.example.evidence.as_ref(),
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
