//! Answers held against what sample data say about themselves.

use super::*;
use crate::contest::{ColumnSummary, SampleFacts};
use crate::data::{Kind, Role};
use crate::rubric::Rubric;

/// A benchmark of 3,000 rows in six columns, on which a model wins, with these facts.
fn with_facts(facts: SampleFacts) -> Evidence {
    let mut evidence = evidence(Tier::MinimumViableModel, Confidence::Settled);
    evidence.columns = (0..6)
        .map(|number| ColumnSummary {
            name: format!("c{number}"),
            role: Role::Feature,
            kind: Kind::Number,
            missing: 0,
            why: String::new(),
        })
        .collect();
    evidence.panels.facts = Some(facts);
    evidence
}

fn plain() -> SampleFacts {
    SampleFacts {
        rarest_class_rows: Some(1_300),
        positive_share: Some(0.43),
        twins: Some(400),
        twins_that_differ: Some(8),
        latest: Some("2026-11-01".to_owned()),
    }
}

/// What is told against an answer, if anything.
fn told(
    rubric: &std::sync::Arc<Rubric>,
    question: &str,
    answer: &str,
    evidence: &Evidence,
) -> Option<String> {
    let mut answers = fine().answers;
    answers.set("fit-task-kind", Answer::Choice("detect".to_owned()));
    answers.set(question, parse_answer(rubric, question, answer).unwrap());
    let assessment = Assessment::new(std::sync::Arc::clone(rubric), answers);
    decided(Some(&assessment), Some(evidence), None)
        .contradictions
        .into_iter()
        .find(|it| it.question == question)
        .map(|it| it.measured)
}

#[test]
fn each_fact_contradicts_the_answer_that_it_does_not_fit_and_no_other() {
    let rubric = built_in_rubric("anomaly").unwrap();
    let few = SampleFacts {
        rarest_class_rows: Some(120),
        ..plain()
    };
    let noisy = SampleFacts {
        twins_that_differ: Some(60),
        ..plain()
    };
    let alike = SampleFacts {
        twins: Some(2_900),
        twins_that_differ: Some(600),
        ..plain()
    };
    let old = SampleFacts {
        latest: Some("2026-08-01".to_owned()),
        ..plain()
    };
    let older = SampleFacts {
        latest: Some("2025-08-01".to_owned()),
        ..plain()
    };
    for (question, answer, facts, expected) in [
        (
            "data-events-per-parameter",
            "50-to-200",
            few.clone(),
            Some("120 rows of the rarest outcome for 6 columns, that is 20 a column"),
        ),
        ("data-events-per-parameter", "10-to-50", few.clone(), None),
        ("data-events-per-parameter", "over-200", plain(), None),
        (
            "data-label-errors",
            "audited",
            noisy.clone(),
            Some(
                "of 400 rows that are alike in every column, 15 % have another outcome than most of their like",
            ),
        ),
        ("data-label-errors", "5-to-20-percent", noisy, None),
        ("data-label-errors", "audited", alike, None),
        ("data-label-errors", "audited", plain(), None),
        (
            "data-fresh-flow",
            "continuous",
            old.clone(),
            Some("the newest of these rows is of 2026-08-01, 115 days before the decision"),
        ),
        ("data-fresh-flow", "periodic", old, None),
        (
            "data-fresh-flow",
            "periodic",
            older,
            Some("the newest of these rows is of 2025-08-01, 480 days before the decision"),
        ),
        ("data-fresh-flow", "continuous", plain(), None),
        (
            "anomaly-rate",
            "30",
            plain(),
            Some("4300 in 10,000 of these rows"),
        ),
        ("anomaly-rate", "9000", plain(), None),
        (
            "anomaly-confirmed",
            "300",
            few.clone(),
            Some("120 such rows in these data"),
        ),
        ("anomaly-confirmed", "150", few, None),
    ] {
        let found = told(&rubric, question, answer, &with_facts(facts));
        assert_eq!(found.as_deref(), expected, "{question}={answer}");
    }
    let without = evidence(Tier::MinimumViableModel, Confidence::Settled);
    assert_eq!(told(&rubric, "anomaly-rate", "30", &without), None);
}

#[test]
fn one_column_that_decides_contradicts_that_no_rule_is_known() {
    let rubric = built_in_rubric(BASE).unwrap();
    let mut evidence = with_facts(plain());
    let rule = |mean: f64| ContenderResult {
        id: "one-rule".to_owned(),
        tier: Tier::Heuristic,
        rung: Rung::Heuristic,
        status: Status::Ok,
        mean: Some(mean),
        low: None,
        high: None,
        fold_scores: Vec::new(),
        says: "late if paid_by is cheque".to_owned(),
    };
    // The best costs 8 a row, and the margin is 1.
    for (mean, is_told) in [(8.9, true), (9.1, false)] {
        evidence.contenders.push(rule(mean));
        for (answer, is_contradicted) in [("no", is_told), ("partly", is_told), ("mostly", false)] {
            let found = told(&rubric, "fit-known-rule", answer, &evidence);
            assert_eq!(
                found.is_some(),
                is_contradicted,
                "{mean} {answer}: {found:?}"
            );
        }
        evidence.contenders.pop();
    }
}

#[test]
fn a_rule_that_is_enough_waits_for_no_further_rows() {
    let mut settled = evidence(Tier::Heuristic, Confidence::Settled);
    settled.panels.learning = vec![crate::contest::LearningCurve {
        tier: Tier::Heuristic,
        points: Vec::new(),
        rows_for_next_margin: Some(9_000),
        says: String::new(),
    }];
    let of_rows = |verdict: &Verdict| {
        let measures = verdict
            .triggers
            .iter()
            .filter_map(|it| it.measure.as_deref());
        measures.filter(|it| it.contains("rows")).count()
    };
    assert_eq!(of_rows(&decided(Some(&fine()), Some(&settled), None)), 0);
    settled.recommendation.tier = Tier::MinimumViableModel;
    settled.panels.learning[0].tier = Tier::MinimumViableModel;
    assert_eq!(of_rows(&decided(Some(&fine()), Some(&settled), None)), 1);
}

#[test]
fn what_is_sought_as_the_unusual_must_be_unusual_in_the_data_with_or_without_a_pack() {
    for id in [BASE, "anomaly"] {
        let rubric = built_in_rubric(id).unwrap();
        for (share, expected) in [
            (0.43, Some("43 % of these rows are what is sought")),
            (0.2, None),
            (0.003, None),
        ] {
            let facts = SampleFacts {
                positive_share: Some(share),
                ..plain()
            };
            let found = told(&rubric, "fit-task-kind", "detect", &with_facts(facts));
            assert_eq!(found.as_deref(), expected, "{id} {share}");
        }
    }
    let rubric = built_in_rubric(BASE).unwrap();
    let predicts = told(&rubric, "fit-task-kind", "predict", &with_facts(plain()));
    assert_eq!(predicts, None);
}
