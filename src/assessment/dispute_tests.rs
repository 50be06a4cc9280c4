//! Several people answer the same question: what is certain although they disagree.

use super::*;
use crate::rubric::{BASE, Who, built_in_rubric};

/// The base with these answers of an owner and an engineer to one question.
fn disputed(question: &str, owner: &str, engineer: &str) -> Assessment {
    among(question, owner, engineer, Answers::default())
}

/// The same among other answers.
fn among(question: &str, owner: &str, engineer: &str, mut answers: Answers) -> Assessment {
    let rubric = built_in_rubric(BASE).unwrap();
    for (role, text) in [(Who::Owner, owner), (Who::Engineer, engineer)] {
        let said = GivenAnswer {
            role: Some(role),
            ..GivenAnswer::plain(parse_answer(&rubric, question, text).unwrap())
        };
        answers.give(question, said);
    }
    Assessment::new(rubric, answers)
}

/// Every other question answered so that no gate opens: then it is certain what is asked.
fn all_but(question: &str) -> Answers {
    let rubric = built_in_rubric(BASE).unwrap();
    let mut answers = Answers::default();
    for (_, other) in rubric.questions().filter(|(_, other)| other.id != question) {
        let mut ungated = other.choices().iter().filter(|it| it.gates.is_empty());
        if let Some(choice) = ungated.next_back() {
            answers.set(&other.id, Answer::Choice(choice.key.clone()));
        }
    }
    answers.set("fit-task-kind", Answer::Choice("predict".to_owned()));
    answers
}

/// Gates of a question as `option: effect, state`.
fn gates(assessment: &Assessment, question: &str) -> Vec<String> {
    assessment
        .gates
        .iter()
        .filter(|gate| gate.question == question)
        .map(|gate| format!("{}: {:?}, {:?}", gate.option, gate.effect, gate.state))
        .collect()
}

#[test]
fn what_both_answers_open_is_open_and_what_one_opens_may_be() {
    let check = |question: &str, owner: &str, engineer: &str, expected: &[&str]| {
        for (first, second) in [(owner, engineer), (engineer, owner)] {
            let assessment = among(question, first, second, all_but(question));
            assert!(assessment.is_disputed(question), "{question}");
            assert_eq!(gates(&assessment, question), expected, "{question}");
        }
    };
    check(
        "data-labels",
        "none",
        "collectable",
        &[
            "none or collectable: ForceReadiness(Wait, Some(Data)), Fired",
            "none or collectable: CapSolution(Heuristic), Fired",
        ],
    );
    check(
        "value-root-cause",
        "process-fault",
        "missing-information",
        &[
            "process-fault or missing-information: CapSolution(Query), Fired",
            "process-fault: ForceSolution(ProcessFix), Possible",
        ],
    );
    check(
        "risk-prohibited",
        "yes",
        "exception",
        &[
            "yes or exception: ForceReadiness(Review, None), Fired",
            "yes: ForceSolution(ProcessFix), Possible",
            "yes: ForceReadiness(Stop, None), Possible",
        ],
    );
    check(
        "risk-prohibited",
        "yes",
        "no",
        &[
            "yes: ForceSolution(ProcessFix), Possible",
            "yes: ForceReadiness(Stop, None), Possible",
        ],
    );
    check(
        "data-labels",
        "none",
        "na",
        &[
            "none: ForceReadiness(Wait, Some(Data)), Possible",
            "none: CapSolution(Heuristic), Possible",
        ],
    );
}

#[test]
fn the_score_reaches_from_the_worse_answer_to_the_better_one() {
    let rubric = built_in_rubric(BASE).unwrap();
    for (dimension, question) in rubric.questions() {
        let keys: Vec<&str> = question
            .choices()
            .iter()
            .map(|it| it.key.as_str())
            .collect();
        for pair in keys.windows(2) {
            let both = disputed(&question.id, pair[0], pair[1]);
            let alone = [0, 1].map(|side| {
                let answer = Answer::Choice(pair[side].to_owned());
                let assessment = both.with(&question.id, answer);
                assessment.dimension(&dimension.id).unwrap().clone()
            });
            let hull = both.dimension(&dimension.id).unwrap();
            assert_eq!(hull.low, alone[0].low.min(alone[1].low), "{}", question.id);
            assert_eq!(
                hull.high,
                alone[0].high.max(alone[1].high),
                "{}",
                question.id
            );
            assert_eq!(both.counted_answer(&question.id), None);
            assert_eq!(hull.answered, 0);
        }
    }
}

#[test]
fn whoever_does_not_know_contradicts_nobody() {
    for (owner, engineer) in [
        ("unknown", "beyond"),
        ("beyond", "unknown"),
        ("beyond", "beyond"),
    ] {
        let assessment = disputed("fit-volume", owner, engineer);
        assert!(!assessment.is_disputed("fit-volume"));
        let agreed = Answer::Choice("beyond".to_owned());
        assert_eq!(assessment.counted_answer("fit-volume"), Some(&agreed));
    }
    let nobody_knows = disputed("fit-volume", "unknown", "unknown");
    assert_eq!(nobody_knows.unknown, ["fit-volume"]);
}

#[test]
fn everybody_may_tell_it_in_their_own_words() {
    let told = disputed("need-event", "Late on 3 March", "212 claims were late");
    assert!(!told.is_disputed("need-event"));
    assert_eq!(
        told.counted_answer("need-event"),
        Some(&Answer::Text("Late on 3 March".to_owned()))
    );
    let counted = disputed("value-cases-per-year", "100", "120");
    assert!(counted.is_disputed("value-cases-per-year"));
}
