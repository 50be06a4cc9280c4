//! Tiers compete as procedures: who represents a tier is chosen within each training fold.
//!
//! The best of many on the test rows is always too good. So on each fold the
//! tier's entry is whoever scored best on rows held out *from the training
//! part*, ties to the simpler; its test score is the tier's.

use super::contender::Description;
use super::evaluate::{Attempt, Attempts};
use super::trial::Entry;
use crate::contest::evidence::Tier;
use crate::digits::TIE;

/// A tier on all folds.
#[derive(Clone, Debug, PartialEq)]
pub struct TierRun {
    /// The tier.
    pub tier: Tier,
    /// The contender that represented it on each fold, by position among the entries.
    pub picks: Vec<usize>,
    /// Its test scores, part by part and fold by fold.
    pub scores: Vec<f64>,
}

/// Which of `who` the training rows speak for: the best inner score, ties to
/// the earlier. Contenders without an inner score come after all others, since
/// nothing but their simplicity speaks for them.
pub fn choose(
    attempts: &[Attempt],
    who: impl Iterator<Item = usize>,
    metric: usize,
    higher_is_better: bool,
) -> Option<usize> {
    let mut best: Option<(usize, Option<f64>)> = None;
    for entry in who {
        let Some(Ok(trial)) = attempts.get(entry) else {
            continue;
        };
        let found = trial.inner.get(metric).copied().flatten();
        let better = match (&best, found) {
            (None, _) | (Some((_, None)), Some(_)) => true,
            (Some(_), None) => false,
            (Some((_, Some(best))), Some(found)) => {
                let gain = if higher_is_better {
                    found - best
                } else {
                    best - found
                };
                gain > TIE * best.abs().max(found.abs())
            }
        };
        if better {
            best = Some((entry, found));
        }
    }
    best.map(|(entry, _)| entry)
}

/// [`choose`] on all rows, where the winner is named: of equals the one with at
/// most half the lines of another is the simpler, whatever their order.
pub fn winner(
    attempts: &[Attempt],
    who: impl Iterator<Item = usize> + Clone,
    metric: usize,
    higher_is_better: bool,
    lines: impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let inner = |entry: usize| {
        let trial = attempts.get(entry)?.as_ref().ok()?;
        trial.inner.get(metric).copied().flatten()
    };
    let mut named = choose(attempts, who.clone(), metric, higher_is_better)?;
    let Some(best) = inner(named) else {
        return Some(named);
    };
    for other in who {
        let tied = inner(other).is_some_and(|found| (found - best).abs() <= TIE * best.abs());
        if let (true, Some(own), Some(its)) = (tied, lines(named), lines(other))
            && 2 * its <= own
        {
            named = other;
        }
    }
    Some(named)
}

/// Lines of a rule, for [`winner`]. Those of models and ensembles are weights
/// and shares, of which fewer are not simpler.
pub fn rule_lines(
    entries: &[Entry],
    descriptions: &[Option<Description>],
    entry: usize,
) -> Option<usize> {
    if entries.get(entry)?.contender.tier() != Tier::Heuristic {
        return None;
    }
    let description = descriptions.get(entry)?.as_ref()?;
    Some(description.lines.len()).filter(|lines| *lines > 0)
}

/// A tier as a procedure; none where on some fold nobody came through with a score.
pub fn tier_run(
    tier: Tier,
    entries: &[Entry],
    attempts: &Attempts,
    metric: usize,
    higher_is_better: bool,
) -> Option<TierRun> {
    let mut picks = Vec::with_capacity(attempts.len());
    let mut scores = Vec::with_capacity(attempts.len());
    for fold in attempts {
        let scored = |entry: &usize| {
            matches!(fold.get(*entry), Some(Ok(trial))
                if trial.tests.iter().all(|part| part.get(metric).copied().flatten().is_some()))
        };
        let members = (0..entries.len()).filter(|entry| entries[*entry].contender.tier() == tier);
        let pick = choose(fold, members.filter(scored), metric, higher_is_better)?;
        picks.push(pick);
        scores.extend(test_scores(&fold[pick], metric)?);
    }
    (!scores.is_empty()).then_some(TierRun {
        tier,
        picks,
        scores,
    })
}

/// One contender's scores on all folds; none where one is missing.
pub fn scores_of(entry: usize, attempts: &Attempts, metric: usize) -> Option<Vec<f64>> {
    let mut scores = Vec::with_capacity(attempts.len());
    for fold in attempts {
        scores.extend(test_scores(fold.get(entry)?, metric)?);
    }
    Some(scores)
}

fn test_scores(attempt: &Attempt, metric: usize) -> Option<Vec<f64>> {
    let trial = attempt.as_ref().ok()?;
    trial
        .tests
        .iter()
        .map(|part| part.get(metric).copied().flatten())
        .collect()
}

#[cfg(test)]
#[path = "nested_tests.rs"]
mod tests;
