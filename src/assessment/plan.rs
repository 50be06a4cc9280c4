//! A rubric made ready for fast assessment: ids become positions, once.

use std::collections::BTreeMap;

use super::logic::Formula;
use crate::rubric::{Condition, Effect, Gate, Question, QuestionKind, Rubric};
use crate::vocabulary::Rung;

/// The questions of a rubric with resolved conditions, in asking order.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) questions: Vec<PlannedQuestion>,
    /// What can move the score of each dimension, in the rubric's order.
    pub(super) slices: Vec<Slice>,
}

/// One question, without its words.
#[derive(Debug)]
pub(super) struct PlannedQuestion {
    /// Position of its dimension.
    pub(super) dimension: usize,
    /// 0 when its answers never enter the score.
    pub(super) weight: u8,
    pub(super) when: Formula,
    /// Options, or the bands of a number; empty for texts, rules and whys.
    pub(super) outcomes: Vec<Outcome>,
}

/// One way in which a question can turn out.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) score: f64,
    pub(super) gates: Vec<PlannedGate>,
}

/// A gate with its condition resolved; its words stay in the rubric.
#[derive(Debug)]
pub(super) struct PlannedGate {
    pub(super) when: Formula,
    /// The highest rung that it leaves, if it limits the rung.
    pub(super) ceiling: Option<Rung>,
}

/// What can move the score of one dimension.
#[derive(Debug)]
pub(super) struct Slice {
    /// Its scored questions and all whose answers decide which of those are asked, in order.
    pub(super) questions: Vec<usize>,
    /// Up to this question (exclusive) caps matter.
    pub(super) caps_matter_before: usize,
    /// The rungs whose reach is read, lowest first.
    pub(super) thresholds: Vec<Rung>,
}

impl Plan {
    pub(super) fn new(rubric: &Rubric) -> Self {
        let index: BTreeMap<String, usize> = rubric
            .questions()
            .enumerate()
            .map(|(position, (_, question))| (question.id.clone(), position))
            .collect();
        let compiler = Compiler {
            rubric,
            index: &index,
        };
        let mut questions = Vec::with_capacity(index.len());
        for (dimension, section) in rubric.dimensions.iter().enumerate() {
            for question in &section.questions {
                questions.push(compiler.question(dimension, question));
            }
        }
        let slices = (0..rubric.dimensions.len())
            .map(|dimension| Slice::of(dimension, &questions))
            .collect();
        Self { questions, slices }
    }
}

/// Resolves ids while a plan is made.
struct Compiler<'a> {
    rubric: &'a Rubric,
    index: &'a BTreeMap<String, usize>,
}

impl Compiler<'_> {
    fn question(&self, dimension: usize, question: &Question) -> PlannedQuestion {
        PlannedQuestion {
            dimension,
            weight: if question.is_scored() {
                question.weight
            } else {
                0
            },
            when: self.formula(question.when.as_ref()),
            outcomes: match &question.kind {
                QuestionKind::Choice(choices) => choices
                    .iter()
                    .map(|choice| self.outcome(choice.score, &choice.gates))
                    .collect(),
                QuestionKind::Number { bands, .. } => bands
                    .iter()
                    .map(|band| self.outcome(band.score, &band.gates))
                    .collect(),
                QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => {
                    Vec::new()
                }
            },
        }
    }

    fn outcome(&self, score: f64, gates: &[Gate]) -> Outcome {
        Outcome {
            score,
            gates: gates
                .iter()
                .map(|gate| PlannedGate {
                    when: self.formula(gate.when.as_ref()),
                    ceiling: ceiling(&gate.effect),
                })
                .collect(),
        }
    }

    fn formula(&self, condition: Option<&Condition>) -> Formula {
        condition.map_or(Formula::Constant(true), |condition| {
            Formula::compile(condition, self.rubric, self.index)
        })
    }
}

impl Slice {
    /// Conditions look back, so one pass from the last question to the first finds all.
    fn of(dimension: usize, questions: &[PlannedQuestion]) -> Self {
        let mut read = vec![false; questions.len()];
        let mut caps_matter_before = 0;
        let mut thresholds = Vec::new();
        let mut kept = Vec::new();
        for (position, question) in questions.iter().enumerate().rev() {
            let is_scored = question.dimension == dimension && question.weight > 0;
            let caps = position < caps_matter_before && question.limits_the_rung();
            if !(is_scored || caps || read[position]) {
                continue;
            }
            kept.push(position);
            let gates = question
                .outcomes
                .iter()
                .flat_map(|outcome| &outcome.gates)
                .filter(|gate| caps && gate.ceiling.is_some())
                .map(|gate| &gate.when);
            for formula in std::iter::once(&question.when).chain(gates) {
                formula.each_question(&mut |other| {
                    if let Some(read) = read.get_mut(other) {
                        *read = true;
                    }
                });
                formula.each_reach(&mut |rung| {
                    caps_matter_before = caps_matter_before.max(position);
                    thresholds.push(rung);
                });
            }
        }
        kept.reverse();
        thresholds.sort_unstable();
        thresholds.dedup();
        Self {
            questions: kept,
            caps_matter_before,
            thresholds,
        }
    }
}

impl PlannedQuestion {
    /// Whether one of its answers limits the rung.
    pub(super) fn limits_the_rung(&self) -> bool {
        self.outcomes
            .iter()
            .flat_map(|outcome| &outcome.gates)
            .any(|gate| gate.ceiling.is_some())
    }
}

/// The highest rung that an effect leaves. A step down does not hide
/// questions: from where it steps is only known at the end.
fn ceiling(effect: &Effect) -> Option<Rung> {
    match effect {
        Effect::ForceSolution(rung) | Effect::CapSolution(rung) => Some(*rung),
        Effect::ForceReadiness(..)
        | Effect::CapReadiness(_)
        | Effect::StepDown
        | Effect::Require(_) => None,
    }
}
