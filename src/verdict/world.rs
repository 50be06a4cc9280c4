//! What is known, as values of the facts that the policy reads, with everything that is still open.

use super::inputs::Inputs;
use super::measured::{self, Measured};
use crate::assessment::{Answer, Assessment, GateState};
use crate::rubric::policy::{Fact, GateKind, View};
use crate::rubric::{Effect, Policy, WaitFor};
use crate::value::{Worth, worth};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// Everything that rows may read.
pub(super) struct World<'a> {
    pub(super) policy: &'a Policy,
    /// One entry a fact of the policy.
    pub(super) facts: Vec<Known>,
    /// Gates, those with the same effects as one.
    pub(super) gates: Vec<GateSet>,
    /// What the benchmark would say without the probe.
    pub(super) below: Measured,
    /// How firm the benchmark is.
    pub(super) measured_confidence: Option<Confidence>,
    /// What each rung is worth, where figures tell.
    pub(super) worth: Vec<Worth>,
}

/// What is known of one fact.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Values that are still possible.
    pub(super) possible: Vec<u8>,
    pub(super) worst: u8,
    pub(super) likely: u8,
    pub(super) best: u8,
    /// A reading that is wider than the policy accepts.
    pub(super) too_wide: bool,
}

impl Known {
    fn certain(value: u8) -> Self {
        Self {
            possible: vec![value],
            worst: value,
            likely: value,
            best: value,
            too_wide: false,
        }
    }

    /// It turned out to be this, whatever was possible before.
    pub(super) fn turn(&mut self, value: u8) {
        (self.worst, self.likely, self.best) = (value, value, value);
    }

    fn open(possible: Vec<u8>, likely: u8) -> Self {
        Self {
            possible,
            ..Self::certain(likely)
        }
    }

    pub(super) fn seen(&self, view: View) -> u8 {
        match view {
            View::Worst => self.worst,
            View::Likely => self.likely,
            View::Best => self.best,
        }
    }
}

/// Gates that open together as far as the verdict can tell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GateSet {
    /// What they do.
    pub(super) effects: Vec<Effect>,
    /// Whether they are open.
    pub(super) standing: Standing,
    /// They only speak about this rung.
    pub(super) at: Option<Rung>,
}

/// Whether a gate is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// For certain.
    Open,
    /// Probably.
    Likely,
    /// It may turn out to be.
    Possible,
}

impl GateSet {
    /// The highest rung that it leaves.
    pub(super) fn ceiling(&self) -> Option<Rung> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::ForceSolution(rung) | Effect::CapSolution(rung) => Some(*rung),
                Effect::ForceReadiness(..)
                | Effect::CapReadiness(_)
                | Effect::StepDown
                | Effect::Require(_) => None,
            })
            .min()
    }

    /// Whether it is of that kind.
    pub(super) fn is(&self, kind: GateKind) -> bool {
        self.effects
            .iter()
            .any(|effect| kind_of(effect) == Some(kind))
    }

    /// Whether it speaks about waiting, which concerns models only.
    pub(super) fn waits(&self) -> bool {
        self.is(GateKind::Data) || self.is(GateKind::Infrastructure)
    }
}

fn kind_of(effect: &Effect) -> Option<GateKind> {
    match effect {
        Effect::ForceReadiness(Readiness::Stop, _) => Some(GateKind::Stop),
        Effect::ForceReadiness(Readiness::Review, _) => Some(GateKind::Review),
        Effect::ForceReadiness(Readiness::Clarify, _) => Some(GateKind::Clarify),
        Effect::ForceReadiness(Readiness::Wait, Some(WaitFor::Infrastructure)) => {
            Some(GateKind::Infrastructure)
        }
        Effect::ForceReadiness(Readiness::Wait, Some(WaitFor::Data) | None) => Some(GateKind::Data),
        Effect::ForceReadiness(Readiness::Pilot, _) | Effect::CapReadiness(Readiness::Pilot) => {
            Some(GateKind::Pilot)
        }
        Effect::ForceReadiness(Readiness::Go, _)
        | Effect::CapReadiness(
            Readiness::Go
            | Readiness::Wait
            | Readiness::Clarify
            | Readiness::Review
            | Readiness::Stop,
        )
        | Effect::ForceSolution(_)
        | Effect::CapSolution(_)
        | Effect::StepDown
        | Effect::Require(_) => None,
    }
}

impl<'a> World<'a> {
    pub(super) fn of(inputs: &Inputs<'a>) -> Self {
        let worth = reckoned(inputs);
        let facts = inputs
            .policy
            .facts
            .iter()
            .map(|fact| known(fact, inputs))
            .collect();
        Self {
            policy: inputs.policy,
            facts,
            gates: gates(inputs, &worth),
            below: inputs
                .evidence
                .map_or(Measured::Nothing, measured::without_probe),
            measured_confidence: inputs
                .evidence
                .map(|evidence| evidence.recommendation.confidence),
            worth,
        }
    }

    /// The lowest ceiling first: the first that is open decides.
    pub(super) fn sort_gates(&mut self) {
        sort(&mut self.gates);
    }

    /// What that rung is worth, where figures tell.
    pub(super) fn worth_of(&self, rung: Rung) -> Option<&Worth> {
        self.worth.iter().find(|worth| worth.rung == rung)
    }
}

fn reckoned(inputs: &Inputs<'_>) -> Vec<Worth> {
    let Some(economics) = inputs.economics else {
        return Vec::new();
    };
    Rung::ALL
        .into_iter()
        .filter_map(|rung| worth(economics, inputs.evidence, rung))
        .collect()
}

fn known(fact: &Fact, inputs: &Inputs<'_>) -> Known {
    match fact {
        // Gates are asked one by one, the rest follows from the solution.
        Fact::Gate(_)
        | Fact::Ceiling
        | Fact::Rung
        | Fact::Aim
        | Fact::Target
        | Fact::SteppedOff => Known::certain(0),
        Fact::Reading { dimension, cuts } => reading(dimension, cuts, inputs),
        Fact::Answer { question, options } => answer(question, options, inputs),
        Fact::Unanswered(question) => match inputs.assessment {
            // Whoever completes the answers answers this one too.
            Some(assessment)
                if assessment.counted_answer(question).is_none()
                    && !assessment.is_disputed(question) =>
            {
                Known::open(vec![0], 1)
            }
            Some(_) => Known::certain(0),
            None => Known::certain(1),
        },
        Fact::Measured => match inputs.evidence {
            None => Known::certain(0),
            Some(evidence) => Known::open(
                measured::possible(evidence)
                    .into_iter()
                    .map(Measured::value)
                    .collect(),
                measured::recommended(evidence).value(),
            ),
        },
        Fact::Settled => match inputs.evidence {
            Some(evidence) if evidence.recommendation.confidence == Confidence::Settled => {
                Known::certain(1)
            }
            // More data may settle it.
            Some(_) => Known::open(vec![0, 1], 0),
            None => Known::certain(0),
        },
        Fact::Pays => match pays(inputs) {
            Some(pays) => Known::certain(u8::from(pays)),
            None if inputs.assessment.is_some() && inputs.evidence.is_some() => {
                Known::open(vec![0, 1], 0)
            }
            None => Known::certain(0),
        },
        Fact::HasAnswers => match (inputs.assessment, inputs.has_answers()) {
            (_, true) => Known::certain(1),
            (Some(_), false) => Known::open(vec![0, 1], 0),
            (None, false) => Known::certain(0),
        },
        Fact::HasEvidence => Known::certain(u8::from(inputs.evidence.is_some())),
    }
}

/// Whether the step from the rung below to the measured one pays.
fn pays(inputs: &Inputs<'_>) -> Option<bool> {
    let evidence = inputs.evidence?;
    let measured = measured::recommended(evidence).rung();
    let below = measured::without_probe(evidence).rung();
    crate::value::step_pays(inputs.economics?, evidence, below, measured)
}

fn reading(dimension: &str, cuts: &[f64], inputs: &Inputs<'_>) -> Known {
    let score = inputs.assessment.and_then(|it| it.dimension(dimension));
    let (low, high) = score.map_or((0.0, 1.0), |score| (score.low, score.high));
    let cell = |value: f64| cuts.iter().filter(|cut| value >= **cut).count() as u8;
    let likely = low + inputs.policy.doubt * (high - low);
    let possible = if inputs.assessment.is_some() {
        (cell(low)..=cell(high)).collect()
    } else {
        vec![cell(likely)]
    };
    Known {
        possible,
        worst: cell(low),
        likely: cell(likely),
        best: cell(high),
        too_wide: high - low > inputs.policy.too_wide,
    }
}

fn answer(question: &str, options: &[String], inputs: &Inputs<'_>) -> Known {
    let Some(assessment) = inputs.assessment else {
        return Known::certain(0);
    };
    let place = |key: &str| {
        let place = options.iter().position(|option| option == key);
        place.map_or(0, |place| place as u8 + 1)
    };
    if let Some(key) = inputs.option(question) {
        return Known::certain(place(key));
    }
    if assessment.is_disputed(question) {
        // One of those who answered is right, or the question turns out not to be asked.
        let may_vanish = assessment
            .rubric
            .question(question)
            .is_some_and(|question| question.when.is_some());
        let mut possible: Vec<u8> = assessment
            .claims(question)
            .iter()
            .map(|claim| match &claim.answer {
                Answer::Choice(key) => place(key),
                Answer::Number(_)
                | Answer::Text(_)
                | Answer::Rule(_)
                | Answer::Whys(_)
                | Answer::Unknown
                | Answer::NotApplicable => 0,
            })
            .chain(may_vanish.then_some(0))
            .collect();
        possible.sort_unstable();
        possible.dedup();
        let likely = possible.first().copied().unwrap_or(0);
        return Known::open(possible, likely);
    }
    let is_open = assessment.is_visible(question) && assessment.counted_answer(question).is_none();
    match assessment.rubric.question(question) {
        Some(asked) if is_open => {
            let may_be_other = asked.when.is_some()
                || asked.not_applicable.is_some()
                || asked
                    .choices()
                    .iter()
                    .any(|choice| !options.contains(&choice.key));
            let first = u8::from(!may_be_other);
            Known::open((first..=options.len() as u8).collect(), 0)
        }
        Some(_) | None => Known::certain(0),
    }
}

/// Gates by what they do; gates that a measurement or a reckoning replaces are left out.
fn gates(inputs: &Inputs<'_>, worth: &[Worth]) -> Vec<GateSet> {
    let mut sets: Vec<GateSet> = Vec::new();
    let mut add = |set: GateSet| {
        if !sets.contains(&set) {
            sets.push(set);
        }
    };
    if let Some(assessment) = inputs.assessment {
        for (standing, effects) in bundles(assessment, inputs, worth) {
            add(GateSet {
                effects,
                standing,
                at: None,
            });
        }
    }
    for worth in worth {
        let ratio = worth.benefit_cost;
        let standing = if ratio.high < 1.0 {
            Standing::Open
        } else if ratio.likely < 1.0 {
            Standing::Likely
        } else if ratio.low < 1.0 {
            Standing::Possible
        } else {
            continue;
        };
        add(GateSet {
            effects: vec![Effect::StepDown],
            standing,
            at: Some(worth.rung),
        });
    }
    sort(&mut sets);
    sets
}

fn sort(sets: &mut [GateSet]) {
    sets.sort_by_key(|set| (set.ceiling().unwrap_or(Rung::FoundationModel), set.standing));
}

/// The effects of each answer, together.
fn bundles(
    assessment: &Assessment,
    inputs: &Inputs<'_>,
    worth: &[Worth],
) -> Vec<(Standing, Vec<Effect>)> {
    /// Question, option and state of a gate.
    type Key<'a> = (&'a str, &'a str, GateState);
    let mut bundles: Vec<(Key<'_>, Vec<Effect>)> = Vec::new();
    for gate in &assessment.gates {
        if inputs.is_replaced(&gate.question, !worth.is_empty()) {
            continue;
        }
        let key = (gate.question.as_str(), gate.option.as_str(), gate.state);
        match bundles.iter_mut().find(|(known, _)| *known == key) {
            Some((_, effects)) => effects.push(gate.effect.clone()),
            None => bundles.push((key, vec![gate.effect.clone()])),
        }
    }
    bundles
        .into_iter()
        .map(|((_, _, state), mut effects)| {
            effects.sort();
            effects.dedup();
            let standing = match state {
                GateState::Fired => Standing::Open,
                GateState::Possible => Standing::Possible,
            };
            (standing, effects)
        })
        .collect()
}
