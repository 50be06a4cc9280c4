//! Worst and best cases against brute force: every completion of the open
//! answers, assessed by the definition, on random small rubrics in which
//! gates, caps and skip logic interact.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::rubric::{
    Choice, Condition, Dimension, Effect, Gate, Question, QuestionKind, Rubric, Who,
};
use crate::vocabulary::Rung;

const DIMENSIONS: usize = 2;
const OPTIONS: [&str; 3] = ["a", "b", "c"];

/// The raw dice of one question, turned into a question when it is known what lies before.
#[derive(Clone, Debug)]
struct Dice {
    dimension: usize,
    weight: u8,
    options: Vec<(u8, Option<GateDice>)>,
    not_applicable: bool,
    when: Option<ConditionDice>,
    answer: u8,
}

/// The cap of an option and its condition.
type GateDice = (u8, Option<ConditionDice>);

#[derive(Clone, Debug)]
enum ConditionDice {
    Answer(u8, u8),
    Reach(u8),
    Not(Box<ConditionDice>),
    All(Vec<ConditionDice>),
    Any(Vec<ConditionDice>),
}

fn condition_dice() -> impl Strategy<Value = ConditionDice> {
    let leaf = prop_oneof![
        (any::<u8>(), 1_u8..7).prop_map(|(question, keys)| ConditionDice::Answer(question, keys)),
        (1_u8..6).prop_map(ConditionDice::Reach),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|part| ConditionDice::Not(Box::new(part))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(ConditionDice::All),
            prop::collection::vec(inner, 1..3).prop_map(ConditionDice::Any),
        ]
    })
}

fn dice() -> impl Strategy<Value = Dice> {
    let gate = prop::option::weighted(
        0.4,
        (0_u8..6, prop::option::weighted(0.4, condition_dice())),
    );
    (
        0..DIMENSIONS,
        0_u8..4,
        prop::collection::vec((0_u8..11, gate), 2..4),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.6, condition_dice()),
        0_u8..10,
    )
        .prop_map(
            |(dimension, weight, options, not_applicable, when, answer)| Dice {
                dimension,
                weight,
                options,
                not_applicable,
                when,
                answer,
            },
        )
}

fn condition(dice: &ConditionDice, before: usize) -> Condition {
    let parts = |dice: &[ConditionDice]| dice.iter().map(|part| condition(part, before)).collect();
    match dice {
        ConditionDice::Answer(..) if before == 0 => Condition::All(Vec::new()),
        ConditionDice::Answer(question, keys) => Condition::Answer {
            question: format!("q{}", usize::from(*question) % before),
            is: OPTIONS
                .iter()
                .enumerate()
                .filter(|(bit, _)| keys >> bit & 1 == 1)
                .map(|(_, key)| (*key).to_owned())
                .collect(),
        },
        ConditionDice::Reach(rung) => Condition::CanReach(Rung::ALL[usize::from(*rung)]),
        ConditionDice::Not(part) => Condition::Not(Box::new(condition(part, before))),
        ConditionDice::All(dice) => Condition::All(parts(dice)),
        ConditionDice::Any(dice) => Condition::Any(parts(dice)),
    }
}

fn build(mut dice: Vec<Dice>) -> (Arc<Rubric>, Answers) {
    dice.sort_by_key(|dice| dice.dimension);
    let mut dimensions: Vec<Dimension> = (0..DIMENSIONS)
        .map(|number| Dimension {
            id: format!("d{number}"),
            title: String::new(),
            asks: String::new(),
            questions: Vec::new(),
        })
        .collect();
    let mut answers = Answers::default();
    for (position, dice) in dice.iter().enumerate() {
        let id = format!("q{position}");
        let choices: Vec<Choice> = dice
            .options
            .iter()
            .zip(OPTIONS)
            .map(|((score, gate), key)| Choice {
                key: key.to_owned(),
                label: String::new(),
                score: f64::from(*score) / 10.0,
                gates: gate
                    .iter()
                    .map(|(rung, when)| Gate {
                        effect: Effect::CapSolution(Rung::ALL[usize::from(*rung)]),
                        because: String::new(),
                        when: when.as_ref().map(|when| condition(when, position)),
                    })
                    .collect(),
            })
            .collect();
        match dice.answer {
            0 | 1 => {
                let option = usize::from(dice.answer) % choices.len();
                answers.set(&id, Answer::Choice(choices[option].key.clone()));
            }
            2 => answers.set(&id, Answer::Unknown),
            3 | 4 => {
                // Two people who disagree; a third who does not know contradicts neither.
                let said = |role, option: usize| GivenAnswer {
                    role: Some(role),
                    ..GivenAnswer::plain(Answer::Choice(choices[option].key.clone()))
                };
                answers.give(
                    &id,
                    said(Who::Owner, usize::from(dice.answer) % choices.len()),
                );
                let other = if dice.not_applicable {
                    GivenAnswer {
                        role: Some(Who::Engineer),
                        ..GivenAnswer::plain(Answer::NotApplicable)
                    }
                } else {
                    said(
                        Who::Engineer,
                        (usize::from(dice.answer) + 1) % choices.len(),
                    )
                };
                answers.give(&id, other);
                let unsure = GivenAnswer::plain(Answer::Unknown);
                answers.give(
                    &id,
                    GivenAnswer {
                        role: Some(Who::Legal),
                        ..unsure
                    },
                );
            }
            5 if dice.not_applicable => answers.set(&id, Answer::NotApplicable),
            _ => {}
        }
        dimensions[dice.dimension].questions.push(Question {
            id,
            weight: dice.weight,
            who: vec![Who::Owner],
            ask: String::new(),
            help: String::new(),
            why: String::new(),
            settled_by: String::new(),
            sources: Vec::new(),
            kind: QuestionKind::Choice(choices),
            not_applicable: dice.not_applicable.then(String::new),
            when: dice.when.as_ref().map(|when| condition(when, position)),
            triage: false,
        });
    }
    let rubric = Rubric {
        id: "random".to_owned(),
        version: 1,
        title: String::new(),
        hash: String::new(),
        dimensions,
        conditions: BTreeMap::new(),
        sources: BTreeMap::new(),
    };
    (Arc::new(rubric), answers)
}

/// Whether a cap leaves less than another one.
fn is_stricter(cap: &Effect, other: &Effect) -> bool {
    match (cap, other) {
        (Effect::CapSolution(cap), Effect::CapSolution(other)) => cap < other,
        _ => false,
    }
}

/// A completion: the chosen option of every question, none for not applicable.
type Completion = BTreeMap<String, Option<String>>;

fn completions(rubric: &Rubric, answers: &Answers) -> Vec<Completion> {
    let mut all = vec![Completion::new()];
    for (_, question) in rubric.questions() {
        let claims: Vec<&Answer> = answers
            .0
            .get(&question.id)
            .into_iter()
            .flat_map(GivenAnswer::voices)
            .map(|voice| &voice.answer)
            .filter(|answer| **answer != Answer::Unknown)
            .collect();
        let ways: Vec<Option<String>> = match claims.as_slice() {
            [_, ..] => claims
                .iter()
                .map(|claim| match claim {
                    Answer::Choice(key) => Some(key.clone()),
                    _ => None,
                })
                .collect(),
            [] => question
                .choices()
                .iter()
                .map(|choice| Some(choice.key.clone()))
                .chain(question.not_applicable.iter().map(|_| None))
                .collect(),
        };
        all = all
            .into_iter()
            .flat_map(|completion| {
                ways.iter().map(move |way| {
                    let mut longer = completion.clone();
                    longer.insert(question.id.clone(), way.clone());
                    longer
                })
            })
            .collect();
    }
    all
}

/// What one completion means, by the definition.
struct Meaning {
    visible: Vec<String>,
    /// Question, option and cap of every gate that opens.
    fired: Vec<(String, String, Effect)>,
    scores: Vec<Option<f64>>,
}

fn meaning(rubric: &Rubric, completion: &Completion) -> Meaning {
    let mut meaning = Meaning {
        visible: Vec::new(),
        fired: Vec::new(),
        scores: Vec::new(),
    };
    let mut ceiling = Rung::FoundationModel;
    for dimension in &rubric.dimensions {
        let (mut sum, mut weight) = (0.0, 0.0);
        for question in &dimension.questions {
            let asked = question
                .when
                .as_ref()
                .is_none_or(|when| holds(when, completion, &meaning.visible, ceiling));
            if !asked {
                continue;
            }
            let ceiling_before = ceiling;
            if let Some(key) = &completion[&question.id] {
                let choice = question.choices().iter().find(|c| c.key == *key).unwrap();
                sum += f64::from(question.weight) * choice.score;
                weight += f64::from(question.weight);
                for gate in &choice.gates {
                    let opens = gate.when.as_ref().is_none_or(|when| {
                        holds(when, completion, &meaning.visible, ceiling_before)
                    });
                    if let (true, Effect::CapSolution(rung)) = (opens, &gate.effect) {
                        ceiling = ceiling.min(*rung);
                        let gate = (question.id.clone(), key.clone(), gate.effect.clone());
                        meaning.fired.push(gate);
                    }
                }
            }
            meaning.visible.push(question.id.clone());
        }
        meaning.scores.push((weight > 0.0).then(|| sum / weight));
    }
    meaning
}

fn holds(
    condition: &Condition,
    completion: &Completion,
    visible: &[String],
    ceiling: Rung,
) -> bool {
    let hold = |part: &Condition| holds(part, completion, visible, ceiling);
    match condition {
        Condition::Answer { question, is } => {
            visible.contains(question)
                && completion[question]
                    .as_ref()
                    .is_some_and(|key| is.contains(key))
        }
        Condition::All(parts) => parts.iter().all(hold),
        Condition::Any(parts) => parts.iter().any(hold),
        Condition::Not(part) => !hold(part),
        Condition::CanReach(rung) => *rung <= ceiling,
        Condition::Named(_) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn worst_and_best_are_those_of_all_completions(dice in prop::collection::vec(dice(), 1..7)) {
        let (rubric, answers) = build(dice);
        let assessment = Assessment::new(Arc::clone(&rubric), answers.clone());
        let meanings: Vec<Meaning> = completions(&rubric, &answers)
            .iter()
            .map(|completion| meaning(&rubric, completion))
            .collect();
        for (number, score) in assessment.dimensions.iter().enumerate() {
            let means = || meanings.iter().filter_map(|meaning| meaning.scores[number]);
            let low = means().reduce(f64::min).unwrap_or(0.0);
            let high = means().reduce(f64::max).unwrap_or(1.0);
            prop_assert!((score.low - low).abs() < 1e-8, "low {} is {low}", score.low);
            prop_assert!((score.high - high).abs() < 1e-8, "high {} is {high}", score.high);
        }
    }

    #[test]
    fn what_is_hidden_or_fired_is_so_in_every_completion(dice in prop::collection::vec(dice(), 1..7)) {
        let (rubric, answers) = build(dice);
        let assessment = Assessment::new(Arc::clone(&rubric), answers.clone());
        for completion in completions(&rubric, &answers) {
            let meaning = meaning(&rubric, &completion);
            for id in &meaning.visible {
                prop_assert!(assessment.is_visible(id), "{id} must be asked");
            }
            for (question, option, effect) in &meaning.fired {
                let shown = assessment.gates.iter().any(|open| {
                    open.question == *question
                        && open.option.split(" or ").any(|key| key == option)
                        && open.effect == *effect
                });
                prop_assert!(shown, "{question} {option} must be fired or possible");
            }
            for open in assessment.gates.iter().filter(|open| open.state == GateState::Fired) {
                let is_so = meaning.fired.iter().any(|(question, option, effect)| {
                    let is_its = *question == open.question
                        && open.option.split(" or ").any(|key| key == option);
                    is_its && (*effect == open.effect || is_stricter(effect, &open.effect))
                });
                prop_assert!(is_so, "{open:?} must fire here too");
            }
        }
    }

    #[test]
    fn with_gives_what_new_gives(dice in prop::collection::vec(dice(), 1..7)) {
        let (rubric, answers) = build(dice);
        let blank = Assessment::new(Arc::clone(&rubric), Answers::default());
        let stepwise = answers.0.iter().fold(blank, |assessment, (id, given)| {
            let mut answers = assessment.answers.clone();
            answers.0.insert(id.clone(), given.clone());
            assessment.with_answers(answers)
        });
        let at_once = Assessment::new(rubric, answers);
        prop_assert_eq!(stepwise.dimensions, at_once.dimensions);
        prop_assert_eq!(stepwise.gates, at_once.gates);
        prop_assert_eq!(stepwise.visible, at_once.visible);
    }

    #[test]
    fn with_one_answer_replaced_is_new_with_it(dice in prop::collection::vec(dice(), 1..7)) {
        let (rubric, answers) = build(dice);
        let assessment = Assessment::new(Arc::clone(&rubric), answers.clone());
        for (_, question) in rubric.questions() {
            let keys = question.choices().iter().map(|choice| Answer::Choice(choice.key.clone()));
            for answer in keys.chain([Answer::Unknown]) {
                let replaced = assessment.with(&question.id, answer.clone());
                let new = Assessment::new(Arc::clone(&rubric), answers.with(&question.id, answer));
                prop_assert_eq!(replaced.dimensions, new.dimensions);
                prop_assert_eq!(replaced.gates, new.gates);
                prop_assert_eq!(replaced.visible, new.visible);
            }
        }
    }

    #[test]
    fn a_completion_that_is_followed_gets_its_meaning(dice in prop::collection::vec(dice(), 1..7)) {
        let (rubric, answers) = build(dice);
        let assessment = Assessment::new(Arc::clone(&rubric), answers.clone());
        let ways = assessment.completions();
        let mut followed = Followed::default();
        for completion in completions(&rubric, &answers) {
            let meaning = meaning(&rubric, &completion);
            let way: Vec<Turn> = rubric
                .questions()
                .enumerate()
                .map(|(position, (_, question))| {
                    let turn = completion[&question.id].as_ref().and_then(|key| {
                        question.choices().iter().position(|choice| choice.key == *key)
                    });
                    assert!(ways.turns(position).contains(&turn), "{} may turn {turn:?}", question.id);
                    turn
                })
                .collect();
            ways.follow(&way, &mut followed);
            let asked: Vec<String> = rubric
                .questions()
                .zip(&followed.asked)
                .filter(|(_, is_asked)| **is_asked)
                .map(|((_, question), _)| question.id.clone())
                .collect();
            prop_assert_eq!(asked, meaning.visible);
            let opened: Vec<(String, String, Effect)> = followed
                .opened
                .iter()
                .map(|it| {
                    let question = rubric.questions().nth(it.question).unwrap().1;
                    let choice = &question.choices()[it.outcome];
                    (question.id.clone(), choice.key.clone(), choice.gates[it.gate].effect.clone())
                })
                .filter(|(_, _, effect)| matches!(effect, Effect::CapSolution(_)))
                .collect();
            prop_assert_eq!(opened, meaning.fired);
            for (sum, score) in followed.scores.iter().zip(meaning.scores) {
                let mean = (sum.weight > 0.0).then(|| sum.scored / sum.weight);
                prop_assert_eq!(mean.is_some(), score.is_some());
                prop_assert!((mean.unwrap_or(0.0) - score.unwrap_or(0.0)).abs() < 1e-9);
            }
        }
    }
}
