//! Gates: what one answer decides alone.

use serde_yaml::Spanned;

use super::check_questions::Checker;
use super::check_values::{check_id, check_text};
use super::model::{Dimension, Effect, Gate, Question, QuestionKind};
use super::raw::{RawAddedGate, RawGate, RawLimit};
use super::yaml::at;
use crate::problem::Problem;

impl Checker<'_> {
    /// Every gate of an option or a band.
    pub(super) fn gates(
        &mut self,
        raw: &[Spanned<RawGate>],
        question: &str,
    ) -> Result<Vec<Gate>, Problem> {
        let mut gates = Vec::new();
        for gate in raw {
            gates.extend(self.gate(gate, question)?);
        }
        Ok(gates)
    }

    /// One gate for each effect.
    fn gate(&mut self, raw: &Spanned<RawGate>, question: &str) -> Result<Vec<Gate>, Problem> {
        check_text(&raw.value.because)?;
        let when = self
            .conditions
            .both([raw.value.when.as_ref(), None], question)?;
        let effects = effects(&raw.value)?;
        if effects.is_empty() {
            return Err(at(
                Problem::new(
                    "gate-without-effect",
                    "expected a gate to do something, found only its reason",
                    "add `force`, `cap`, `step_down: true` or `require`",
                ),
                raw.referenced,
            ));
        }
        Ok(effects
            .into_iter()
            .map(|effect| Gate {
                effect,
                because: raw.value.because.value.clone(),
                when: when.clone(),
            })
            .collect())
    }

    /// Puts a gate on answers that stand already.
    pub(super) fn added_gate(
        &mut self,
        raw: &RawAddedGate,
        dimensions: &mut [Dimension],
    ) -> Result<(), Problem> {
        if raw.on.value.0.is_empty() {
            return Err(at(
                Problem::new(
                    "gate-without-answer",
                    "expected the answer that opens the gate, found none",
                    "write `on: {question-id: option}`",
                ),
                raw.on.referenced,
            ));
        }
        for (question, options) in &raw.on.value.0 {
            let gates = self.gate(&raw.gate, &question.value)?;
            let keys = self.conditions.known().options_of(question, options)?;
            let found = dimensions
                .iter_mut()
                .flat_map(|dimension| &mut dimension.questions)
                .find(|known| known.id == question.value);
            if let Some(Question {
                kind: QuestionKind::Choice(choices),
                ..
            }) = found
            {
                for choice in choices
                    .iter_mut()
                    .filter(|choice| keys.contains(&choice.key))
                {
                    choice.gates.extend(gates.iter().cloned());
                }
            }
        }
        Ok(())
    }
}

fn effects(raw: &RawGate) -> Result<Vec<Effect>, Problem> {
    let mut effects = Vec::new();
    if let Some(RawLimit {
        solution,
        readiness,
    }) = &raw.force
    {
        effects.extend(
            solution
                .as_ref()
                .map(|rung| Effect::ForceSolution(rung.value)),
        );
        effects.extend(readiness.as_ref().map(|word| {
            let (readiness, wait_for) = word.value.parts();
            Effect::ForceReadiness(readiness, wait_for)
        }));
    }
    if let Some(RawLimit {
        solution,
        readiness,
    }) = &raw.cap
    {
        effects.extend(
            solution
                .as_ref()
                .map(|rung| Effect::CapSolution(rung.value)),
        );
        if let Some(word) = readiness {
            match word.value.parts() {
                (readiness, None) => effects.push(Effect::CapReadiness(readiness)),
                (_, Some(_)) => {
                    return Err(at(
                        Problem::new(
                            "cap-to-wait",
                            "expected a readiness to cap at, found a wait",
                            "a wait is forced: write it under `force`",
                        ),
                        word.referenced,
                    ));
                }
            }
        }
    }
    if raw.step_down {
        effects.push(Effect::StepDown);
    }
    if let Some(what) = &raw.require {
        check_id(what, &[])?;
        effects.push(Effect::Require(what.value.clone()));
    }
    Ok(effects)
}
