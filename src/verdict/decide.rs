//! From inputs to a verdict: a pure function.

use std::collections::BTreeMap;

use super::change::{Looks, other_answers};
use super::contradictions::contradictions;
use super::corners;
use super::disagreements::disagreements;
use super::findings::findings;
use super::flips;
use super::hashes::hashes;
use super::headline::headline;
use super::inputs::Inputs;
use super::model::{CouldBe, GateLine, Interval, SCHEMA, Serving, ServingPattern, Used, Verdict};
use super::next::next;
use super::remaining;
use super::roadmap::{data_maturity, roadmap};
use super::serving::serving;
use super::triggers::triggers;
use super::words::effect;
use super::world::World;
use crate::assessment::{Assessment, GateState};
use crate::problem::Problem;
use crate::rubric::{Effect, Question};
use crate::text::clean;
use crate::value::Economics;
use crate::vocabulary::{Confidence, Readiness, Rung};

/// The verdict without reasons and plans: what a questionnaire shows after every answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisional {
    /// The simplest kind of solution that is good enough, as it looks.
    pub solution: Rung,
    /// How firmly it stands.
    pub solution_confidence: Confidence,
    /// Whether work may start, as it looks.
    pub readiness: Readiness,
    /// How firmly that stands.
    pub readiness_confidence: Confidence,
    /// Every verdict that what is still open could lead to.
    pub could_be: CouldBe,
}

/// Decides fast, and says nothing but the verdict itself.
pub fn provisional(inputs: &Inputs<'_>) -> Provisional {
    let decided = corners::decide(&World::of(inputs));
    Provisional {
        solution: decided.likely.solution,
        solution_confidence: decided.solution,
        readiness: decided.likely.readiness,
        readiness_confidence: decided.readiness,
        could_be: decided.could_be,
    }
}

/// Decides, with reasons, flips, what to ask next, and what follows.
///
/// The same inputs give the same bytes. The only problem is a day that is none.
pub fn decide(inputs: &Inputs<'_>) -> Result<Verdict, Problem> {
    let world = World::of(inputs);
    let decided = corners::decide(&world);
    let likely = decided.likely;
    let now = Looks::of(&likely);
    let others = other_answers(inputs);
    let disagreements = disagreements(inputs);
    let outlook = remaining::outlook_of(inputs, &decided);
    let worth = world.worth_of(likely.solution).cloned();
    let is_stop = likely.readiness == Readiness::Stop;
    let serving = if is_stop {
        Serving {
            pattern: ServingPattern::None,
            why: "Nothing is served: it is not to be built.".to_owned(),
        }
    } else {
        serving(inputs, likely.solution)
    };
    let mut verdict = Verdict {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: inputs.as_of.to_owned(),
        headline: String::new(),
        solution: likely.solution,
        solution_confidence: decided.solution,
        readiness: likely.readiness,
        readiness_confidence: decided.readiness,
        target: likely.target,
        waits_for: likely.waits_for,
        next: next(
            inputs,
            now,
            &decided.could_be,
            &others,
            &disagreements,
            &outlook,
        ),
        remaining: remaining::of(inputs, &outlook),
        could_be: decided.could_be.clone(),
        requires: requires(inputs.assessment),
        policy_rows: vec![
            inputs.policy.solution[likely.solution_row].id.clone(),
            inputs.policy.readiness[likely.readiness_row].id.clone(),
        ],
        used: Used {
            answers: inputs.has_answers(),
            evidence: inputs.evidence.is_some(),
            economics: inputs
                .economics
                .is_some_and(|it| *it != Economics::default()),
        },
        scores: scores(inputs.assessment),
        gates: gates(inputs.assessment),
        findings: findings(inputs, &decided, worth.as_ref()),
        contradictions: contradictions(inputs),
        disagreements,
        worth,
        flips: flips::of(inputs, now, &others),
        roadmap: if is_stop {
            Vec::new()
        } else {
            roadmap(inputs, likely.solution, serving.pattern)
        },
        serving,
        data_maturity: (!is_stop)
            .then(|| data_maturity(inputs, likely.solution))
            .flatten(),
        triggers: Vec::new(),
        hashes: hashes(inputs),
    };
    verdict.triggers = triggers(inputs, &verdict)?;
    let rubric = inputs.assessment.map(|assessment| &*assessment.rubric);
    verdict.headline = headline(&verdict, rubric, inputs.evidence);
    Ok(verdict)
}

fn scores(assessment: Option<&Assessment>) -> BTreeMap<String, Interval> {
    assessment
        .map(|assessment| {
            let scored = assessment.dimensions.iter().filter(|score| {
                let rubric = &assessment.rubric;
                rubric
                    .dimensions
                    .iter()
                    .any(|it| it.id == score.id && it.questions.iter().any(Question::is_scored))
            });
            scored
                .map(|score| {
                    let interval = Interval {
                        low: score.low,
                        high: score.high,
                    };
                    (score.id.clone(), interval)
                })
                .collect()
        })
        .unwrap_or_default()
}

fn gates(assessment: Option<&Assessment>) -> Vec<GateLine> {
    let gates = assessment.map(|it| it.gates.as_slice()).unwrap_or_default();
    let mut lines: Vec<GateLine> = Vec::new();
    for gate in gates {
        let line = GateLine {
            question: gate.question.clone(),
            state: match gate.state {
                GateState::Fired => "fired".to_owned(),
                GateState::Possible => "possible".to_owned(),
            },
            effect: effect(&gate.effect),
            because: clean(&gate.because),
        };
        // Two options of one question may open the same gate.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// What must hold whatever is built, by gates that fired.
fn requires(assessment: Option<&Assessment>) -> Vec<String> {
    let gates = assessment.map(|it| it.gates.as_slice()).unwrap_or_default();
    let mut requires: Vec<String> = gates
        .iter()
        .filter(|gate| gate.state == GateState::Fired)
        .filter_map(|gate| match &gate.effect {
            Effect::Require(what) => Some(clean(what)),
            Effect::ForceSolution(_)
            | Effect::CapSolution(_)
            | Effect::ForceReadiness(..)
            | Effect::CapReadiness(_)
            | Effect::StepDown => None,
        })
        .collect();
    requires.sort();
    requires.dedup();
    requires
}
