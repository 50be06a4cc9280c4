//! Which open questions could still change the verdict.

use std::sync::{Arc, OnceLock};

use super::super::change::looks;
use super::super::turnout::Turnout;
use super::*;
use crate::assessment::{Followed, Turn};
use crate::rubric::{Policy, QuestionKind};

fn inputs<'a>(assessment: &'a Assessment, evidence: Option<&'a Evidence>) -> Inputs<'a> {
    static POLICY: OnceLock<Arc<Policy>> = OnceLock::new();
    Inputs {
        assessment: Some(assessment),
        evidence,
        economics: None,
        policy: POLICY.get_or_init(|| built_in_policy().unwrap()),
        as_of: "2026-11-24",
    }
}

fn blank() -> Assessment {
    Assessment::new(built_in_rubric(BASE).unwrap(), Answers::default())
}

fn left(assessment: &Assessment) -> Remaining {
    remaining(&inputs(assessment, None))
}

#[test]
fn a_way_in_which_everything_turns_out_gets_the_verdict_of_its_answers() {
    let blank = blank();
    let rubric = &blank.rubric;
    let measured = evidence(Tier::MinimumViableModel, Confidence::Settled);
    for evidence in [None, Some(&measured)] {
        let open = inputs(&blank, evidence);
        let ways = blank.completions();
        let mut turnout = Turnout::new(&open, &blank);
        let mut followed = Followed::default();
        let mut seen = std::collections::BTreeSet::new();
        for number in 0..200_usize {
            let mut answers = Answers::default();
            let way: Vec<Turn> = rubric
                .questions()
                .enumerate()
                .map(|(position, (_, question))| {
                    let turns = ways.turns(position);
                    // Few ways are ruled by the gates that come first.
                    let dice = (number + 1) * (position + 7) * 7919 / 13 % 101;
                    let turn = turns[turns.len() - 1 - dice * dice * turns.len() / 10_201];
                    let answer = match (&question.kind, turn) {
                        (QuestionKind::Choice(choices), Some(option)) => {
                            Answer::Choice(choices[option].key.clone())
                        }
                        (QuestionKind::Choice(_), None) => Answer::NotApplicable,
                        (QuestionKind::Number { .. }, _) => Answer::Number(1.0),
                        (QuestionKind::Rule, _) => Answer::Rule("a = 1".to_owned()),
                        (QuestionKind::Whys { .. }, _) => Answer::Whys(vec!["So.".to_owned()]),
                        (QuestionKind::Text { .. }, _) => Answer::Text("So.".to_owned()),
                    };
                    answers.set(&question.id, answer);
                    turn
                })
                .collect();
            ways.follow(&way, &mut followed);
            turnout.take(&way, &followed);
            let answered = blank.with_answers(answers);
            let expected = looks(&open.with_assessment(&answered));
            assert_eq!(turnout.looks(), expected, "way {number}");
            seen.insert(expected);
        }
        assert!(seen.len() > 5, "{seen:?}");
    }
}

#[test]
fn what_is_asked_first_is_what_decides_most() {
    let left = left(&blank());
    assert!(!left.first_verdict);
    let first = &left.matter[..8];
    for id in ["risk-prohibited", "value-root-cause", "fit-task-kind"] {
        assert!(first.iter().any(|it| it == id), "{id} is not in {first:?}");
    }
    // What is told in words, or counted, decides nothing.
    for id in ["need-event", "need-whys", "value-cases-per-year"] {
        assert!(left.for_the_record.iter().any(|it| it == id), "{id}");
        assert!(left.unlikely.iter().all(|it| it != id), "{id}");
    }
}

#[test]
fn after_a_stop_everything_is_for_the_record() {
    let stopped = blank().with("risk-prohibited", Answer::Choice("yes".to_owned()));
    let left = left(&stopped);
    assert!(left.matter.is_empty() && left.unlikely.is_empty());
    assert_eq!(left.open(), left.for_the_record.len());
    assert_eq!(left.solution_stands, Some(1.0));
    assert!(
        left.says()
            .starts_with("No answer can change the verdict any more; "),
        "{}",
        left.says()
    );
}

#[test]
fn one_gate_left_open_is_what_matters() {
    let mut answers = fine().answers;
    answers.0.remove("risk-annex3");
    let left = left(&fine().with_answers(answers));
    assert_eq!(left.matter, ["risk-annex3"]);
    let texts = left.open() - 1;
    assert_eq!(left.for_the_record.len(), texts);
    assert_eq!(
        left.says(),
        format!(
            "1 of the {} open questions could still change the verdict; the rest is for the record.",
            texts + 1
        )
    );
}

#[test]
fn the_verdict_tells_what_remains() {
    let case = blank().with("fit-task-kind", Answer::Choice("predict".to_owned()));
    let verdict = decide(&inputs(&case, None)).unwrap();
    assert_eq!(verdict.remaining, left(&case));
    let questions: Vec<&String> = verdict
        .next
        .iter()
        .map(|next| &next.question)
        .filter(|id| case.rubric.question(id).is_some())
        .collect();
    let matter: Vec<&String> = verdict
        .remaining
        .matter
        .iter()
        .take(questions.len())
        .collect();
    assert_eq!(questions, matter);
}

#[test]
fn how_many_remain_is_told_in_words() {
    let of = |matter: usize, record: usize, unlikely: usize| Remaining {
        matter: vec!["a".to_owned(); matter],
        for_the_record: vec!["b".to_owned(); record],
        unlikely: vec!["b".to_owned(); unlikely],
        solution_stands: Some(0.4),
        first_verdict: false,
    };
    for (remaining, says, short) in [
        (of(0, 0, 0), "", "nothing is open"),
        (
            of(1, 0, 0),
            "The one open question could still change the verdict.",
            "1 of 1 open could change it",
        ),
        (
            of(7, 34, 3),
            "7 of the 41 open questions could still change the verdict, and 3 more hardly could; the rest is for the record.",
            "7 of 41 open could change it",
        ),
        (
            of(0, 30, 2),
            "No answer is likely to change the verdict any more; 30 open questions are left for \
             the record, of which 2 still could.",
            "30 open, for the record",
        ),
        (
            of(0, 1, 0),
            "No answer can change the verdict any more; 1 open question is left for the record.",
            "1 open, for the record",
        ),
    ] {
        assert_eq!(remaining.says(), says);
        assert_eq!(remaining.in_short(), short);
    }
    assert_eq!(of(2, 2, 0).sentences().len(), 2);
}
