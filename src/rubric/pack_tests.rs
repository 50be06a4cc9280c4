//! Every built-in pack adds to the base and changes nothing in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;

/// Each pack and how its questions' ids begin.
const PACKS: [(&str, &str); 6] = [
    ("forecasting", "forecast-"),
    ("ranking", "ranking-"),
    ("documents", "document-"),
    ("anomaly", "anomaly-"),
    ("people", "people-"),
    ("operations", "operations-"),
];

fn all_packs() -> Arc<Rubric> {
    let packs: Vec<&str> = PACKS.iter().map(|(pack, _)| *pack).collect();
    built_in_rubric(&packs.join("+")).unwrap()
}

/// The questions of a rubric that the base does not have.
fn added(rubric: &Rubric) -> Vec<&Question> {
    let base = built_in_rubric(BASE).unwrap();
    rubric
        .questions()
        .map(|(_, question)| question)
        .filter(|question| base.question(&question.id).is_none())
        .collect()
}

#[test]
fn every_pack_is_built_in() {
    let mut expected = vec![BASE];
    expected.extend(PACKS.iter().map(|(pack, _)| *pack));
    assert_eq!(built_in_ids().collect::<Vec<_>>(), expected);
}

#[test]
fn every_pack_stands_on_the_base_with_six_to_twelve_questions_of_its_own() {
    for (pack, prefix) in PACKS {
        let (file, text) = built_in_source(pack).unwrap();
        let read = Rubric::parse(text, file).unwrap();
        assert_eq!(*built_in_rubric(pack).unwrap(), read, "{pack}");
        assert_eq!(read.id, format!("{BASE}+{pack}"));
        let questions = added(&read);
        assert!((6..=12).contains(&questions.len()), "{pack}");
        for question in questions {
            let id = &question.id;
            assert!(id.starts_with(prefix), "{id}");
            assert!(question.is_scored(), "{id}");
            assert!(question.ask.ends_with('?'), "{id}");
        }
    }
}

#[test]
fn an_answer_can_speak_clearly_for_and_against() {
    for question in added(&all_packs()) {
        let scores: Vec<f64> = match &question.kind {
            QuestionKind::Choice(choices) => choices.iter().map(|choice| choice.score).collect(),
            QuestionKind::Number { bands, .. } => bands.iter().map(|band| band.score).collect(),
            QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => continue,
        };
        assert!(scores.contains(&1.0), "{}", question.id);
        assert!(scores.iter().any(|score| *score <= 0.3), "{}", question.id);
    }
}

#[test]
fn every_source_of_a_pack_is_cited() {
    let base = built_in_rubric(BASE).unwrap();
    let all = all_packs();
    let cited: BTreeSet<&String> = added(&all)
        .into_iter()
        .flat_map(|question| &question.sources)
        .collect();
    for key in all.sources.keys() {
        assert!(
            base.sources.contains_key(key) || cited.contains(key),
            "{key}"
        );
    }
}

#[test]
fn the_packs_join_in_any_order_and_change_nothing_that_stands() {
    let base = built_in_rubric(BASE).unwrap();
    let all = all_packs();
    let reversed: Vec<&str> = PACKS.iter().rev().map(|(pack, _)| *pack).collect();
    let reversed = built_in_rubric(&reversed.join("+")).unwrap();
    let ids = |rubric: &Rubric| -> BTreeSet<String> {
        rubric
            .questions()
            .map(|(_, question)| question.id.clone())
            .collect()
    };
    assert_eq!(ids(&all), ids(&reversed));
    for (_, question) in base.questions() {
        let now = all.question(&question.id).unwrap();
        assert_eq!(now.ask, question.ask);
        assert_eq!(now.when, question.when);
        for (before, after) in question.choices().iter().zip(now.choices()) {
            assert_eq!((&before.key, before.score), (&after.key, after.score));
            assert!(after.gates.starts_with(&before.gates), "{}", question.id);
        }
    }
}
