//! What is certain although people disagree: the effects on which each of their answers agrees.

use super::logic::Truth;
use crate::rubric::{Effect, Gate};
use crate::vocabulary::{Readiness, Rung};

/// A gate of one of the answers.
pub(super) struct Opening<'a> {
    pub(super) gate: &'a Gate,
    /// Whether it opens if that answer is right.
    pub(super) if_chosen: Truth,
    /// The highest rung that it leaves, if it limits the rung.
    pub(super) ceiling: Option<Rung>,
}

/// Gates that are open whichever of the answers is right, with the rung that they leave.
///
/// Effects that are the same under each answer are certain as they stand. Where
/// each answer limits the rung or the readiness, but not in the same way, the
/// mildest of the limits is certain.
pub(super) fn shared(outcomes: &[Vec<Opening<'_>>]) -> Vec<(Gate, Option<Rung>)> {
    let sure: Vec<Vec<&Opening<'_>>> = outcomes
        .iter()
        .map(|openings| {
            let opens = |it: &&Opening<'_>| it.if_chosen == Truth::True;
            openings.iter().filter(opens).collect()
        })
        .collect();
    let Some((first, rest)) = sure.split_first() else {
        return Vec::new();
    };
    let mut found: Vec<(Gate, Option<Rung>)> = Vec::new();
    for opening in first {
        let is_known = found.iter().any(|it| it.0.effect == opening.gate.effect);
        let everywhere = rest
            .iter()
            .all(|other| other.iter().any(|it| it.gate.effect == opening.gate.effect));
        if everywhere && !is_known {
            found.push((
                certain(opening, opening.gate.effect.clone()),
                opening.ceiling,
            ));
        }
    }
    let lowest = |openings: &Vec<&Opening<'_>>| openings.iter().filter_map(|it| it.ceiling).min();
    if let Some((ceiling, opening)) = mildest(&sure, lowest, |it| it.ceiling, Ord::max)
        && !found
            .iter()
            .any(|it| it.1.is_some_and(|known| known <= ceiling))
    {
        let gate = certain(opening, Effect::CapSolution(ceiling));
        found.push((gate, Some(ceiling)));
    }
    let gravest = |openings: &Vec<&Opening<'_>>| openings.iter().filter_map(|it| grave(it)).max();
    if let Some((readiness, opening)) = mildest(&sure, gravest, grave, Ord::min)
        && !found
            .iter()
            .any(|it| grave_effect(&it.0.effect).is_some_and(|known| known >= readiness))
    {
        let is_forced = sure
            .iter()
            .flatten()
            .all(|it| grave(it).is_none() || matches!(it.gate.effect, Effect::ForceReadiness(..)));
        let effect = match &opening.gate.effect {
            Effect::ForceReadiness(_, wait) if is_forced => {
                Effect::ForceReadiness(readiness, *wait)
            }
            Effect::ForceReadiness(..)
            | Effect::CapReadiness(_)
            | Effect::ForceSolution(_)
            | Effect::CapSolution(_)
            | Effect::StepDown
            | Effect::Require(_) => Effect::CapReadiness(readiness),
        };
        found.push((certain(opening, effect), None));
    }
    found
}

/// The limit that each answer sets, and of these the mildest with a gate that sets it.
fn mildest<'a, 'b, T: Copy + PartialEq>(
    sure: &'a [Vec<&'b Opening<'b>>],
    limit: impl Fn(&Vec<&'b Opening<'b>>) -> Option<T>,
    of: impl Fn(&Opening<'b>) -> Option<T>,
    milder: impl Fn(T, T) -> T,
) -> Option<(T, &'a Opening<'b>)> {
    let limits: Option<Vec<T>> = sure.iter().map(limit).collect();
    let mildest = limits?.into_iter().reduce(milder)?;
    let opening = sure.iter().flatten().find(|it| of(it) == Some(mildest))?;
    Some((mildest, opening))
}

fn grave(opening: &Opening<'_>) -> Option<Readiness> {
    grave_effect(&opening.gate.effect)
}

/// The best readiness that an effect leaves, if it limits it.
fn grave_effect(effect: &Effect) -> Option<Readiness> {
    match effect {
        Effect::ForceReadiness(readiness, _) | Effect::CapReadiness(readiness) => Some(*readiness),
        Effect::ForceSolution(_)
        | Effect::CapSolution(_)
        | Effect::StepDown
        | Effect::Require(_) => None,
    }
}

/// That gate with an effect that is certain.
fn certain(opening: &Opening<'_>, effect: Effect) -> Gate {
    Gate {
        effect,
        because: opening.gate.because.clone(),
        when: None,
    }
}
