//! What a benchmark says, as the policy reads it.

use crate::contest::{ContenderResult, Evidence, Status, Task, Tier};
use crate::vocabulary::{Confidence, Rung};

/// What a benchmark recommends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measured {
    /// There is no benchmark.
    Nothing,
    /// Nothing beats the naive guess on these columns.
    NoSignal,
    /// This rung is enough.
    Rung(Rung),
}

impl Measured {
    /// Its number as a value of the policy's fact.
    pub(super) fn value(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::NoSignal => 1,
            Self::Rung(rung) => place(rung) + 2,
        }
    }

    /// The measurement of that number.
    pub(super) fn of_value(value: u8) -> Self {
        match value {
            0 => Self::Nothing,
            1 => Self::NoSignal,
            rung => Self::Rung(at_place(rung - 2)),
        }
    }

    /// The rung of the solution that follows; today's way counts as a rule.
    pub(super) fn rung(self) -> Rung {
        match self {
            Self::Nothing | Self::NoSignal => Rung::Heuristic,
            Self::Rung(rung) => rung,
        }
    }
}

/// The place of a rung on the ladder, from 0.
pub(super) fn place(rung: Rung) -> u8 {
    rung as u8
}

/// The rung at that place; places beyond the top are the top.
pub(super) fn at_place(place: u8) -> Rung {
    let last = Rung::ALL.len() - 1;
    Rung::ALL[usize::from(place).min(last)]
}

/// What the benchmark recommends.
pub(super) fn recommended(evidence: &Evidence) -> Measured {
    // Who was alone has not won: nothing was compared.
    if evidence.comparisons.is_empty() {
        return Measured::Nothing;
    }
    let recommendation = &evidence.recommendation;
    of_tier(evidence, recommendation.tier, recommendation.rung)
}

/// Everything that the benchmark leaves possible, its recommendation included.
pub(super) fn possible(evidence: &Evidence) -> Vec<Measured> {
    let chosen = recommended(evidence);
    let mut possible = vec![chosen];
    if chosen != Measured::Nothing && evidence.recommendation.confidence != Confidence::Settled {
        for tier in &evidence.recommendation.acceptable {
            if let Some(entry) = best_of(evidence, *tier) {
                possible.push(of_tier(evidence, *tier, entry.rung));
            }
        }
    }
    possible.sort_unstable();
    possible.dedup();
    possible
}

/// What the benchmark would recommend if the headroom probe had not taken part.
pub(super) fn without_probe(evidence: &Evidence) -> Measured {
    let tiers = [Tier::Naive, Tier::Heuristic, Tier::MinimumViableModel];
    let seats: Vec<(Tier, Rung)> = tiers
        .into_iter()
        .filter_map(|tier| best_of(evidence, tier).map(|entry| (tier, entry.rung)))
        .collect();
    let is_beaten = |low: Tier| {
        evidence.comparisons.iter().any(|comparison| {
            comparison.simpler == low.id()
                && comparison.p_better > 0.5
                && seats.iter().any(|(tier, _)| comparison.richer == tier.id())
        })
    };
    seats
        .iter()
        .find(|(tier, _)| !is_beaten(*tier))
        .map_or(Measured::NoSignal, |(tier, rung)| {
            of_tier(evidence, *tier, *rung)
        })
}

/// The contender of a tier with the best mean; among equals the first.
pub(super) fn best_of(evidence: &Evidence, tier: Tier) -> Option<&ContenderResult> {
    best(evidence, |contender| contender.tier == tier)
}

/// The contender that a rung would be built from: the recommended one, else the best of that rung.
pub(super) fn entry_of(evidence: &Evidence, rung: Rung) -> Option<&ContenderResult> {
    let recommended = evidence.contenders.iter().find(|contender| {
        contender.id == evidence.recommendation.contender && contender.rung == rung
    });
    recommended.or_else(|| best(evidence, |contender| contender.rung == rung))
}

fn best(
    evidence: &Evidence,
    belongs: impl Fn(&ContenderResult) -> bool,
) -> Option<&ContenderResult> {
    let sign = if evidence.metric.higher_is_better {
        1.0
    } else {
        -1.0
    };
    evidence
        .contenders
        .iter()
        .filter(|contender| contender.status == Status::Ok && belongs(contender))
        .filter_map(|contender| contender.mean.map(|mean| (sign * mean, contender)))
        .fold(
            None,
            |best: Option<(f64, &ContenderResult)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                Some(_) | None => Some(next),
            },
        )
        .map(|(_, contender)| contender)
}

/// A naive win on a table means that there is no signal; for a series it is a lookup of the past.
fn of_tier(evidence: &Evidence, tier: Tier, rung: Rung) -> Measured {
    match (tier, evidence.task) {
        (Tier::Naive, Task::Binary | Task::Multiclass | Task::Regression) => Measured::NoSignal,
        (Tier::Naive, Task::Forecasting)
        | (Tier::Heuristic | Tier::MinimumViableModel | Tier::Headroom | Tier::External, _) => {
            Measured::Rung(rung)
        }
    }
}
