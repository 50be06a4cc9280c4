//! One pass over the questions in their order: which are asked, and which gates open.

use super::logic::{Formula, Truth};
use super::plan::Plan;
use super::reading::{Reading, Said};
use super::result::{GateState, OpenGate};
use super::shared::{Opening, shared};
use crate::rubric::{Gate, Question, QuestionKind, Rubric};
use crate::vocabulary::Rung;

/// What one pass finds.
pub(super) struct Walk {
    pub(super) visible: Vec<Truth>,
    pub(super) gates: Vec<OpenGate>,
    /// The highest rung that the open gates so far leave.
    ceiling: Rung,
    /// The same if every possible gate opened too.
    lowest_ceiling: Rung,
}

impl Walk {
    pub(super) fn through(rubric: &Rubric, plan: &Plan, readings: &[Reading]) -> Self {
        let mut walk = Self {
            visible: Vec::with_capacity(plan.questions.len()),
            gates: Vec::new(),
            ceiling: Rung::FoundationModel,
            lowest_ceiling: Rung::FoundationModel,
        };
        for (position, (_, question)) in rubric.questions().enumerate() {
            let visible = walk.truth(&plan.questions[position].when, readings);
            walk.visible.push(visible);
            walk.gates_of(question, plan, position, readings);
        }
        walk
    }

    fn truth(&self, formula: &Formula, readings: &[Reading]) -> Truth {
        formula.truth(
            &|question, is| self.answered(&readings[question], question, is),
            &|rung| {
                if rung <= self.lowest_ceiling {
                    Truth::True
                } else if rung > self.ceiling {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            },
        )
    }

    /// Whether the question is asked and answered with one of these options.
    fn answered(&self, reading: &Reading, question: usize, is: &[usize]) -> Truth {
        // A question ahead is not settled; a checked rubric never looks there.
        let asked = self
            .visible
            .get(question)
            .copied()
            .unwrap_or(Truth::Unknown);
        let hits = reading.outcomes.iter().filter(|o| is.contains(o)).count();
        let answer = if hits == 0 {
            Truth::False
        } else if hits == reading.outcomes.len() && !reading.may_be_not_applicable {
            Truth::True
        } else {
            Truth::Unknown
        };
        asked.min(answer)
    }

    fn gates_of(
        &mut self,
        question: &Question,
        plan: &Plan,
        position: usize,
        readings: &[Reading],
    ) {
        let reading = &readings[position];
        let outcomes: Vec<Vec<Opening<'_>>> = reading
            .outcomes
            .iter()
            .map(|&outcome| {
                let planned = &plan.questions[position].outcomes[outcome];
                let (_, gates) = describe(question, outcome);
                gates
                    .iter()
                    .zip(&planned.gates)
                    .map(|(gate, planned)| Opening {
                        gate,
                        if_chosen: self.visible[position].min(self.truth(&planned.when, readings)),
                        ceiling: planned.ceiling,
                    })
                    .collect()
            })
            .collect();
        let is_certain = reading.outcomes.len() == 1 && !reading.may_be_not_applicable;
        let is_shared = reading.said == Said::Disputed && !reading.may_be_not_applicable;
        let sure = if is_shared {
            shared(&outcomes)
        } else {
            Vec::new()
        };
        let keys = || {
            let keys: Vec<String> = reading
                .outcomes
                .iter()
                .map(|outcome| describe(question, *outcome).0)
                .collect();
            keys.join(" or ")
        };
        for (gate, ceiling) in &sure {
            self.opens(question, keys(), gate, *ceiling, GateState::Fired);
        }
        for (&outcome, openings) in reading.outcomes.iter().zip(&outcomes) {
            for opening in openings {
                let is_told = sure
                    .iter()
                    .any(|(gate, _)| gate.effect == opening.gate.effect);
                let state = match (opening.if_chosen, is_certain) {
                    (Truth::False, _) => continue,
                    (Truth::True, _) if is_told => continue,
                    (Truth::True, true) => GateState::Fired,
                    (Truth::True, false) | (Truth::Unknown, _) => GateState::Possible,
                };
                let option = describe(question, outcome).0;
                self.opens(question, option, opening.gate, opening.ceiling, state);
            }
        }
    }

    fn opens(
        &mut self,
        question: &Question,
        option: String,
        gate: &Gate,
        ceiling: Option<Rung>,
        state: GateState,
    ) {
        if let Some(cap) = ceiling {
            self.lowest_ceiling = self.lowest_ceiling.min(cap);
            if state == GateState::Fired {
                self.ceiling = self.ceiling.min(cap);
            }
        }
        self.gates.push(OpenGate {
            question: question.id.clone(),
            option,
            effect: gate.effect.clone(),
            because: gate.because.clone(),
            state,
        });
    }
}

/// An option or a band in words, and what it decides alone.
fn describe(question: &Question, outcome: usize) -> (String, &[Gate]) {
    match &question.kind {
        QuestionKind::Choice(choices) => choices
            .get(outcome)
            .map(|choice| (choice.key.clone(), choice.gates.as_slice())),
        QuestionKind::Number { bands, unit, .. } => bands.get(outcome).map(|band| {
            let words = match (band.below, outcome.checked_sub(1)) {
                (Some(below), _) => format!("below {below} {unit}"),
                (None, Some(before)) => match bands[before].below {
                    Some(from) => format!("{from} {unit} and more"),
                    None => "any number".to_owned(),
                },
                (None, None) => "any number".to_owned(),
            };
            (words, band.gates.as_slice())
        }),
        QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => None,
    }
    .unwrap_or((String::new(), &[]))
}
