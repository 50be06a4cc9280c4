//! The built-in packs under the engine: each gate opens, and nothing is slow or vague.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::plan::Plan;
use super::reading::Reading;
use super::*;
use crate::rubric::{BASE, Effect, QuestionKind, Rubric, built_in_ids, built_in_rubric};

/// Answers (`question=option`, the last one opens the gates) and the effects that they have.
type Opening = (&'static str, &'static [&'static str]);

/// One row for each answer that opens gates of a pack.
#[rustfmt::skip]
const OPENINGS: &[Opening] = &[
    ("fit-task-kind=predict forecast-known-ahead=booked", &["at most query"]),
    ("fit-task-kind=predict forecast-last-season=good-enough", &["at most heuristic"]),
    ("fit-task-kind=predict forecast-horizon=too-short", &["clarify"]),
    ("fit-task-kind=predict forecast-overrides=replace", &["at best pilot"]),
    ("fit-task-kind=predict forecast-seasons=1.5", &["wait", "at most heuristic"]),
    ("fit-task-kind=rank ranking-choice=one-screen", &["at most query"]),
    ("fit-task-kind=rank ranking-popularity=enough", &["at most heuristic"]),
    ("fit-task-kind=rank ranking-disclosure=must-cannot", &["review"]),
    ("fit-task-kind=rank ranking-feedback-loop=closed", &["at best pilot"]),
    ("fit-task-kind=rank ranking-exposure=clicks-only", &["wait", "at most heuristic"]),
    ("document-data-at-source=most", &["at most query"]),
    ("document-patterns=enough", &["at most heuristic"]),
    ("document-readers=unchecked", &["review"]),
    ("document-hostile=acts", &["review"]),
    ("document-agreement=differ", &["clarify"]),
    ("fit-error-cost=higher document-review=nobody", &["wait"]),
    ("fit-task-kind=detect anomaly-limit=catches", &["at most heuristic"]),
    ("fit-task-kind=detect anomaly-in-time=too-late", &["at most query"]),
    ("fit-task-kind=detect anomaly-alert-budget=more", &["at best pilot"]),
    ("fit-task-kind=detect anomaly-confirmed=9", &["at best pilot"]),
    ("risk-people=decides-answered people-intervention=untested", &["review"]),
    ("risk-people=decides-answered people-target=at-hand", &["review"]),
    ("risk-people=decides-answered people-population=others", &["review"]),
    ("risk-people=decides-answered people-predictability=hardly", &["at most heuristic"]),
    ("risk-people=informs people-errors-by-group=uncounted", &["review"]),
    ("risk-people=informs people-errors-by-group=gap", &["review"]),
    ("risk-people=decides-answered people-notice=nothing", &["review"]),
    ("risk-people=decides-answered people-appeal=nobody", &["review"]),
    ("risk-people=informs people-protected=used", &["review"]),
    ("risk-people=informs people-oversight=cannot", &["review"]),
    ("risk-people=decides-answered people-impact-assessment=none", &["review"]),
    ("fit-task-kind=predict risk-people=decides-answered risk-gameable=easily", &["review"]),
    ("risk-people=decides-answered risk-automation-level=autonomous", &["review"]),
    ("operations-monitoring=none", &["at best pilot"]),
    ("operations-rollback=cannot", &["at best pilot"]),
    ("risk-reversibility=irreversible operations-on-call=nobody", &["wait"]),
];

/// Answers under which an answer of the table opens nothing.
const CLOSED: &[&str] = &[
    "fit-error-cost=lower document-review=nobody",
    "risk-people=informs people-intervention=untested",
    "risk-people=informs people-notice=nothing",
    "risk-people=informs people-appeal=nobody",
    "risk-people=informs risk-annex3=no people-impact-assessment=none",
    "fit-task-kind=predict risk-people=informs risk-gameable=easily",
    "risk-people=informs risk-automation-level=autonomous",
    "fit-error-cost=lower risk-reversibility=easy risk-annex3=no risk-people=no operations-on-call=nobody",
    // A question that is not asked opens nothing either.
    "fit-task-kind=describe forecast-last-season=good-enough",
    "fit-task-kind=predict ranking-choice=one-screen",
    "fit-task-kind=predict anomaly-limit=catches",
    "risk-people=no people-protected=used",
    "fit-known-rule=fully operations-rollback=cannot",
];

/// The base with every pack.
fn all_packs() -> Arc<Rubric> {
    let ids: Vec<&str> = built_in_ids().collect();
    built_in_rubric(&ids.join("+")).unwrap()
}

/// Every question of the rubric answered so that no gate opens, and these answers instead.
///
/// Without the others a cap would still be possible, and with it that the question is not asked.
fn assess(rubric: &Arc<Rubric>, given: &str) -> Assessment {
    let mut answers = Answers::default();
    for (_, question) in rubric.questions() {
        if let Some(choice) = question
            .choices()
            .iter()
            .rev()
            .find(|choice| choice.gates.is_empty())
        {
            answers.set(&question.id, Answer::Choice(choice.key.clone()));
        }
        if let QuestionKind::Number { maximum, .. } = question.kind {
            answers.set(&question.id, Answer::Number(maximum));
        }
    }
    for (id, text) in given.split(' ').filter_map(|answer| answer.split_once('=')) {
        answers.set(id, parse_answer(rubric, id, text).unwrap());
    }
    Assessment::new(Arc::clone(rubric), answers)
}

/// What the last of the given answers opens and the base alone would not.
fn opened(rubric: &Arc<Rubric>, given: &str) -> Vec<OpenGate> {
    let (last, _) = given.rsplit(' ').next().unwrap().split_once('=').unwrap();
    let base = built_in_rubric(BASE).unwrap();
    let of_base = base
        .question(last)
        .map_or(Vec::new(), |_| assess(&base, given).gates);
    assess(rubric, given)
        .gates
        .into_iter()
        .filter(|gate| gate.question == last && gate.state == GateState::Fired)
        .filter(|gate| !of_base.contains(gate))
        .collect()
}

fn in_words(effect: &Effect) -> String {
    match effect {
        Effect::ForceSolution(rung) => rung.id().to_owned(),
        Effect::CapSolution(rung) => format!("at most {}", rung.id()),
        Effect::ForceReadiness(readiness, _) => readiness.id().to_owned(),
        Effect::CapReadiness(readiness) => format!("at best {}", readiness.id()),
        Effect::StepDown => "one down".to_owned(),
        Effect::Require(what) => what.clone(),
    }
}

fn gates_in(rubric: &Rubric) -> usize {
    rubric
        .questions()
        .map(|(_, question)| match &question.kind {
            QuestionKind::Choice(choices) => choices.iter().map(|choice| choice.gates.len()).sum(),
            QuestionKind::Number { bands, .. } => bands.iter().map(|band| band.gates.len()).sum(),
            QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => 0,
        })
        .sum::<usize>()
}

#[test]
fn every_question_can_be_asked() {
    let all = all_packs();
    let blank = Assessment::new(Arc::clone(&all), Answers::default());
    for (_, question) in all.questions() {
        assert!(blank.is_visible(&question.id), "{}", question.id);
    }
}

#[test]
fn each_gate_of_each_pack_opens_and_the_table_misses_none() {
    let all = all_packs();
    let mut fired = 0;
    for (given, effects) in OPENINGS {
        let gates = opened(&all, given);
        let found: Vec<String> = gates.iter().map(|gate| in_words(&gate.effect)).collect();
        assert_eq!(found, *effects, "{given}");
        fired += found.len();
    }
    let base = built_in_rubric(BASE).unwrap();
    assert_eq!(fired, gates_in(&all) - gates_in(&base));
    let rows: BTreeSet<_> = OPENINGS
        .iter()
        .map(|(given, _)| given.rsplit(' ').next())
        .collect();
    assert_eq!(rows.len(), OPENINGS.len(), "an answer stands twice");
}

#[test]
fn a_gate_stays_closed_where_its_condition_does_not_hold() {
    let all = all_packs();
    for given in CLOSED {
        assert_eq!(opened(&all, given), [], "{given}");
    }
}

#[test]
fn a_blank_case_with_all_packs_is_assessed_at_once() {
    let all = all_packs();
    let blank = Assessment::new(all, Answers::default());
    // A search through combinations would take minutes, not milliseconds; the
    // limit is wide, because a machine may be busy with something else.
    let fastest = (0..5)
        .map(|_| {
            let start = Instant::now();
            let again = blank.with_answers(Answers::default());
            assert_eq!(again.dimensions, blank.dimensions);
            start.elapsed()
        })
        .min()
        .unwrap();
    assert!(fastest < Duration::from_secs(2), "{fastest:?}");
}

#[test]
fn the_bounds_of_all_packs_together_are_exact() {
    let all = all_packs();
    let plan = Plan::new(&all);
    let readings: Vec<Reading> = all
        .questions()
        .map(|(_, question)| Reading::of(question, None))
        .collect();
    for (dimension, section) in all.dimensions.iter().enumerate() {
        assert!(
            interval::is_exact(&plan, dimension, &readings),
            "{}",
            section.id
        );
    }
}
