//! The engine on a rubric small enough to follow by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::rubric::{
    Band, Choice, Condition, Dimension, Effect, Gate, Question, QuestionKind, Rubric, Who,
};
use crate::vocabulary::Rung;

fn choice(key: &str, score: f64) -> Choice {
    Choice {
        key: key.to_owned(),
        label: key.to_owned(),
        score,
        gates: Vec::new(),
    }
}

fn gated(key: &str, score: f64, effect: Effect) -> Choice {
    Choice {
        gates: vec![Gate {
            effect,
            because: format!("because of {key}"),
            when: None,
        }],
        ..choice(key, score)
    }
}

fn question(id: &str, weight: u8, kind: QuestionKind) -> Question {
    Question {
        id: id.to_owned(),
        weight,
        who: vec![Who::Owner],
        ask: String::new(),
        help: String::new(),
        why: String::new(),
        settled_by: String::new(),
        sources: Vec::new(),
        kind,
        not_applicable: None,
        when: None,
        triage: false,
    }
}

fn answer_is(question: &str, key: &str) -> Condition {
    Condition::Answer {
        question: question.to_owned(),
        is: vec![key.to_owned()],
    }
}

/// fit: task (predict or describe, which caps at query), rows (a number), rule;
/// data: labels, asked while a model is possible; joins, may not apply.
fn rubric() -> Arc<Rubric> {
    let task = question(
        "task",
        3,
        QuestionKind::Choice(vec![
            gated("describe", 0.0, Effect::CapSolution(Rung::Query)),
            choice("predict", 1.0),
        ]),
    );
    let rows = question(
        "rows",
        1,
        QuestionKind::Number {
            unit: "rows".to_owned(),
            minimum: 0.0,
            maximum: 1e9,
            bands: vec![
                Band {
                    below: Some(100.0),
                    score: 0.2,
                    gates: Vec::new(),
                },
                Band {
                    below: None,
                    score: 1.0,
                    gates: Vec::new(),
                },
            ],
        },
    );
    let rule = question("rule", 0, QuestionKind::Rule);
    let whys = question("whys", 0, QuestionKind::Whys { max_steps: 3 });
    let mut labels = question(
        "labels",
        2,
        QuestionKind::Choice(vec![
            gated("none", 0.0, Effect::CapSolution(Rung::Heuristic)),
            choice("proxy", 0.5),
            choice("exist", 1.0),
        ]),
    );
    labels.when = Some(Condition::CanReach(Rung::MinimumViableModel));
    let mut joins = question(
        "joins",
        1,
        QuestionKind::Choice(vec![choice("no", 0.0), choice("yes", 1.0)]),
    );
    joins.not_applicable = Some("one table".to_owned());
    joins.when = Some(answer_is("task", "predict"));
    let dimension = |id: &str, questions| Dimension {
        id: id.to_owned(),
        title: id.to_owned(),
        asks: String::new(),
        questions,
    };
    Arc::new(Rubric {
        id: "small".to_owned(),
        version: 1,
        title: String::new(),
        hash: String::new(),
        dimensions: vec![
            dimension("fit", vec![task, rows, rule, whys]),
            dimension("data", vec![labels, joins]),
        ],
        conditions: BTreeMap::new(),
        sources: BTreeMap::new(),
    })
}

fn assess(answers: &[(&str, &str)]) -> Assessment {
    let rubric = rubric();
    let mut given = Answers::default();
    for (id, text) in answers {
        given.set(id, parse_answer(&rubric, id, text).unwrap());
    }
    Assessment::new(rubric, given)
}

fn interval(assessment: &Assessment, dimension: &str) -> (f64, f64) {
    let score = assessment.dimension(dimension).unwrap();
    (score.low, score.high)
}

#[test]
fn a_blank_case_is_open_and_asks_everything() {
    let blank = assess(&[]);
    assert_eq!(interval(&blank, "fit"), (0.05, 1.0));
    assert_eq!(interval(&blank, "data"), (0.0, 1.0));
    assert_eq!(blank.visible.len(), 6);
    assert_eq!(blank.unanswered.len(), 6);
    assert!(
        blank
            .gates
            .iter()
            .all(|gate| gate.state == GateState::Possible)
    );
}

#[test]
fn dont_know_leaves_the_score_as_open_as_no_answer() {
    let unknown = assess(&[("task", "unknown"), ("labels", "unknown")]);
    let blank = assess(&[]);
    assert_eq!(unknown.dimensions[0].low, blank.dimensions[0].low);
    assert_eq!(unknown.gates, blank.gates);
    assert_eq!(unknown.unknown, ["task", "labels"]);
    assert_eq!(unknown.dimensions[0].answered, 0);
}

#[test]
fn hidden_questions_leave_the_score_and_their_gates_close() {
    let described = assess(&[("task", "describe"), ("labels", "none"), ("rows", "50")]);
    assert_eq!(interval(&described, "fit"), (0.05, 0.05));
    assert_eq!(interval(&described, "data"), (0.0, 1.0));
    assert_eq!(described.dimensions[1].asked, 0);
    assert!(!described.is_visible("labels"));
    assert_eq!(described.counted_answer("labels"), None);
    assert_eq!(described.gates.len(), 1);
    assert_eq!(described.gates[0].state, GateState::Fired);
}

#[test]
fn not_applicable_leaves_the_denominator() {
    let without = assess(&[("task", "predict"), ("labels", "proxy"), ("joins", "na")]);
    assert_eq!(interval(&without, "data"), (0.5, 0.5));
    assert_eq!(without.dimensions[1].answered, 2);
    // Open, it may turn out either way or not to apply at all.
    let open = assess(&[("task", "predict"), ("labels", "proxy")]);
    assert_eq!(interval(&open, "data"), (0.333_333_333, 0.666_666_667));
}

#[test]
fn a_number_is_read_through_its_bands() {
    assert_eq!(
        interval(&assess(&[("task", "predict"), ("rows", "99.9")]), "fit"),
        (0.8, 0.8)
    );
    assert_eq!(
        interval(&assess(&[("task", "predict"), ("rows", "1_000")]), "fit"),
        (1.0, 1.0)
    );
}

#[test]
fn an_answer_that_the_rubric_no_longer_knows_counts_as_not_given() {
    let mut answers = Answers::default();
    answers.set("task", Answer::Choice("divine".to_owned()));
    answers.set("gone", Answer::Choice("yes".to_owned()));
    answers.set("rows", Answer::NotApplicable);
    let assessment = Assessment::new(rubric(), answers);
    assert_eq!(assessment.unanswered.len(), 6);
    assert_eq!(assessment.counted_answer("task"), None);
}

#[test]
fn another_answer_makes_another_assessment() {
    let before = assess(&[("task", "describe")]);
    let after = before.with("task", Answer::Choice("predict".to_owned()));
    assert!(before.gates.iter().any(|gate| gate.question == "task"));
    assert!(!after.gates.iter().any(|gate| gate.question == "task"));
    assert_eq!(interval(&after, "fit"), (0.8, 1.0));
}

#[test]
fn answers_are_read_by_kind() {
    let table = [
        ("task", "predict", Ok(Answer::Choice("predict".to_owned()))),
        ("task", " unknown ", Ok(Answer::Unknown)),
        ("joins", "na", Ok(Answer::NotApplicable)),
        ("rows", "1_500", Ok(Answer::Number(1500.0))),
        (
            "rule",
            "income > 5",
            Ok(Answer::Rule("income > 5".to_owned())),
        ),
        (
            "whys",
            "late => papers missing\nnobody asks",
            Ok(Answer::Whys(vec![
                "late".to_owned(),
                "papers missing".to_owned(),
                "nobody asks".to_owned(),
            ])),
        ),
        ("task", "na", Err("not-applicable-not-allowed")),
        ("task", "predcit", Err("unknown-option")),
        ("taks", "predict", Err("unknown-question")),
        ("task", "", Err("answer-empty")),
        ("rows", "many", Err("not-a-number")),
        ("rows", "NaN", Err("not-a-number")),
        ("rows", "-1", Err("number-out-of-range")),
        ("whys", "=>", Err("answer-empty")),
        ("whys", "a=>b=>c=>d", Err("too-many-whys")),
    ];
    let rubric = rubric();
    for (id, text, expected) in table {
        let found = parse_answer(&rubric, id, text).map_err(|problem| problem.code);
        assert_eq!(found, expected, "{id}={text}");
        if let Ok(answer) = found {
            let written = write_answer(&answer);
            assert_eq!(parse_answer(&rubric, id, &written), Ok(answer));
        }
    }
}

#[test]
fn a_wrong_answer_is_met_with_a_suggestion_and_the_options() {
    let rubric = rubric();
    let problem = parse_answer(&rubric, "task", "predcit").unwrap_err();
    assert_eq!(
        problem.remedy,
        "did you mean \"predict\"? answer one of: describe, predict, unknown"
    );
    let problem = parse_answer(&rubric, "lables", "exist").unwrap_err();
    assert_eq!(problem.remedy, "did you mean \"labels\"?");
}
