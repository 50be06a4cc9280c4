//! A small rubric, half answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assessment::{Answer, Answers, Assessment, GivenAnswer};
use crate::rubric::{Choice, Dimension, Question, QuestionKind, Rubric, Who};

pub(super) fn assessment() -> Assessment {
    let rubric = Rubric {
        id: "ml-fitness".to_owned(),
        version: 1,
        title: "ML fitness".to_owned(),
        hash: "a1".repeat(32),
        dimensions: vec![
            Dimension {
                id: "fit".to_owned(),
                title: "Fit".to_owned(),
                asks: "Is it shaped like machine learning?".to_owned(),
                questions: vec![
                    remark(),
                    question(
                        "fit-hand-rules",
                        "How many hand-written rules would it take?",
                        &[Who::Engineer],
                        &[("few", "up to about ten"), ("many", "dozens, kept up")],
                    ),
                    question(
                        "fit-volume",
                        "How many decisions, compared with what people can handle?",
                        &[Who::Owner],
                        &[("handful", "people cope"), ("beyond", "no team could")],
                    ),
                ],
            },
            Dimension {
                id: "risk".to_owned(),
                title: "Risk".to_owned(),
                asks: "What can go wrong?".to_owned(),
                questions: vec![
                    question(
                        "risk-people",
                        "Does it predict what a person will do, to decide about that person?",
                        &[Who::Owner, Who::Legal],
                        &[("no", "no"), ("informs", "a person decides")],
                    ),
                    question(
                        "risk-recourse",
                        "Can people object and get it put right?",
                        &[Who::Legal],
                        &[("none", "no"), ("formal", "with a deadline")],
                    ),
                ],
            },
        ],
        conditions: BTreeMap::new(),
        sources: BTreeMap::new(),
    };
    let mut answers = Answers::default();
    answers.0.insert(
        "fit-hand-rules".to_owned(),
        GivenAnswer {
            note: Some("Written down in an hour".to_owned()),
            link: Some("https://wiki.example/rules".to_owned()),
            by: Some("engineering".to_owned()),
            at: Some("2026-11-20".to_owned()),
            ..GivenAnswer::plain(Answer::Choice("few".to_owned()))
        },
    );
    answers.set("fit-volume", Answer::Choice("beyond".to_owned()));
    answers.set("risk-people", Answer::Unknown);
    for (role, by, key) in [
        (Who::Owner, Some("Ada"), "formal"),
        (Who::Legal, None, "none"),
    ] {
        let said = GivenAnswer {
            role: Some(role),
            by: by.map(str::to_owned),
            ..GivenAnswer::plain(Answer::Choice(key.to_owned()))
        };
        answers.give("risk-recourse", said);
    }
    Assessment::new(Arc::new(rubric), answers)
}

/// A question that is asked for the record and was left out.
fn remark() -> Question {
    Question {
        weight: 0,
        kind: QuestionKind::Text {
            max_characters: 500,
        },
        ..question("need-event", "What went wrong last?", &[Who::Owner], &[])
    }
}

fn question(id: &str, ask: &str, who: &[Who], options: &[(&str, &str)]) -> Question {
    Question {
        id: id.to_owned(),
        weight: 3,
        who: who.to_vec(),
        ask: ask.to_owned(),
        help: String::new(),
        why: String::new(),
        settled_by: "an hour with those who do it today".to_owned(),
        sources: Vec::new(),
        kind: QuestionKind::Choice(
            options
                .iter()
                .zip([0.1, 0.9])
                .map(|((key, label), score)| Choice {
                    key: (*key).to_owned(),
                    label: (*label).to_owned(),
                    score,
                    gates: Vec::new(),
                })
                .collect(),
        ),
        not_applicable: None,
        when: None,
        triage: false,
    }
}
