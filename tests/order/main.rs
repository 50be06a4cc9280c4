//! The order of the questions is by use, on every path.
//!
//! A path is what a person answers who is asked in the order that mlfit
//! proposes. At most [`FIRST`] questions are asked until there is a first
//! provisional verdict, and at most [`LAST`] until no further answer is likely
//! to change it; `src/verdict/remaining.rs` says what both mean.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::sync::Arc;
use std::thread;

use mlfit::assessment::{Answer, Answers, Assessment};
use mlfit::rubric::{
    BASE, Choice, Policy, Question, QuestionKind, Rubric, built_in_policy, built_in_rubric,
};
use mlfit::verdict::{Inputs, Remaining, provisional, remaining};
use mlfit::vocabulary::{Readiness, Rung};

/// Most questions until there is a first provisional verdict.
const FIRST: usize = 12;
/// Most questions until no further answer is likely to change the verdict.
const LAST: usize = 35;

/// How somebody answers.
#[derive(Clone, Copy, Debug)]
enum People {
    /// Any option, one as likely as another.
    Any,
    /// Gates are exceptions, as the policy takes them to be.
    AsExpected,
    /// No gate opens, the hardest way to a verdict.
    NoGate,
    /// The same, and things are mostly well.
    Rosy,
    /// Hardly a gate opens, and things are mostly not well.
    Gloomy,
}

const EVERYBODY: [People; 5] = [
    People::Any,
    People::AsExpected,
    People::NoGate,
    People::Rosy,
    People::Gloomy,
];

impl People {
    /// How likely they are to choose an option, beside others of the question.
    fn weight(self, choice: &Choice, policy: &Policy) -> f64 {
        match (self, choice.gates.is_empty()) {
            (Self::Any, _) | (Self::AsExpected | Self::NoGate, true) => 1.0,
            (Self::AsExpected, false) => policy.gate_odds,
            (Self::NoGate | Self::Rosy, false) => 0.0,
            (Self::Rosy, true) => choice.score * choice.score + 0.01,
            (Self::Gloomy, true) => 1.02 - choice.score,
            (Self::Gloomy, false) => 0.02,
        }
    }

    fn answer(self, question: &Question, policy: &Policy, dice: &mut Dice) -> Answer {
        match &question.kind {
            QuestionKind::Choice(choices) => {
                let weights = choices.iter().map(|it| self.weight(it, policy));
                let mut weights: Vec<f64> = weights.collect();
                if weights.iter().sum::<f64>() <= 0.0 {
                    weights.fill(1.0);
                }
                let mut left = dice.share() * weights.iter().sum::<f64>();
                let chosen = weights.iter().position(|weight| {
                    left -= weight;
                    left < 0.0
                });
                Answer::Choice(choices[chosen.unwrap_or(choices.len() - 1)].key.clone())
            }
            QuestionKind::Number {
                minimum,
                maximum,
                bands,
                ..
            } => {
                let edges = bands.iter().filter_map(|band| band.below);
                let edges: Vec<f64> = std::iter::once(*minimum).chain(edges).collect();
                let place = (dice.share() * edges.len() as f64) as usize;
                Answer::Number(edges[place].min(*maximum))
            }
            QuestionKind::Text { .. } => Answer::Text("Said.".to_owned()),
            QuestionKind::Rule => Answer::Rule("amount > 1".to_owned()),
            QuestionKind::Whys { .. } => Answer::Whys(vec!["Because.".to_owned()]),
        }
    }
}

/// Random numbers that are the same everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    /// At least 0 and below 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// One path from a blank questionnaire to a full one.
#[derive(Debug)]
struct Path {
    /// Questions until the first provisional verdict.
    first: usize,
    /// The questions until no further answer is likely to change it.
    asked: Vec<String>,
    /// Questions in all.
    all: usize,
    /// The verdict then, and when everything was answered.
    verdicts: [(Rung, Readiness); 2],
}

fn walk(rubric: &Arc<Rubric>, people: People, seed: u64) -> Path {
    let policy = built_in_policy().unwrap();
    let mut dice = Dice(seed);
    let mut assessment = Assessment::new(Arc::clone(rubric), Answers::default());
    let mut first = None;
    let mut asked = Vec::new();
    let looks = |assessment: &Assessment| {
        let verdict = provisional(&inputs(assessment, &policy));
        (verdict.solution, verdict.readiness)
    };
    loop {
        let left: Remaining = remaining(&inputs(&assessment, &policy));
        if left.first_verdict {
            first.get_or_insert(asked.len());
        }
        let Some(next) = left.matter.first() else {
            break;
        };
        let question = rubric.question(next).unwrap();
        assessment = assessment.with(next, people.answer(question, &policy, &mut dice));
        asked.push(next.clone());
    }
    let then = looks(&assessment);
    let mut all = asked.len();
    while let Some(next) = assessment.unanswered.first().cloned() {
        let question = rubric.question(&next).unwrap();
        assessment = assessment.with(&next, people.answer(question, &policy, &mut dice));
        all += 1;
    }
    Path {
        first: first.unwrap_or(asked.len()),
        asked,
        all,
        verdicts: [then, looks(&assessment)],
    }
}

fn inputs<'a>(assessment: &'a Assessment, policy: &'a Policy) -> Inputs<'a> {
    Inputs {
        assessment: Some(assessment),
        evidence: None,
        economics: None,
        policy,
        as_of: "2026-11-24",
    }
}

/// So many paths of people who answer in that way, walked on all processors.
fn walks(rubric: &Arc<Rubric>, people: People, many: u64) -> Vec<Path> {
    let workers = thread::available_parallelism().map_or(1, |it| it.get() as u64);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mine = (worker..many).step_by(workers as usize);
                    mine.map(|seed| walk(rubric, people, 1 + 7919 * seed))
                        .collect::<Vec<Path>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

/// Walks paths and holds each to the bounds; tells the distribution.
fn check(rubric: &str, many: u64) {
    let rubric = built_in_rubric(rubric).unwrap();
    let mut moved = 0;
    let mut told = String::new();
    for people in EVERYBODY {
        let paths = walks(&rubric, people, many);
        for path in &paths {
            assert!(
                path.first <= FIRST && path.asked.len() <= LAST,
                "{people:?}: {path:?}"
            );
        }
        let spread = |count: &dyn Fn(&Path) -> usize| {
            let mut counts: Vec<usize> = paths.iter().map(count).collect();
            counts.sort_unstable();
            let at = |share: f64| counts[((counts.len() - 1) as f64 * share) as usize];
            format!("{:>2} {:>2} {:>2}", at(0.5), at(0.95), at(1.0))
        };
        let other = paths.iter().filter(|it| it.verdicts[0] != it.verdicts[1]);
        let other = other.count();
        moved += other;
        told.push_str(&format!(
            "{:<10} first {}, last {}, all {}, other in the end {other} of {many}\n",
            format!("{people:?}"),
            spread(&|it| it.first),
            spread(&|it| it.asked.len()),
            spread(&|it| it.all),
        ));
    }
    println!("median, 95 of 100, most questions until …\n{told}");
    let all = many as usize * EVERYBODY.len();
    assert!(
        moved * 10 <= all,
        "{moved} of {all} verdicts changed in the end:\n{told}"
    );
}

#[test]
fn twelve_questions_lead_to_a_first_verdict_and_thirty_five_to_the_last() {
    check(BASE, 6);
}

/// The same for thousands of paths; it takes minutes:
/// `cargo test --release --test order -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes; the command stands above it"]
fn on_thousands_of_paths_too() {
    check(BASE, 1_000);
}
