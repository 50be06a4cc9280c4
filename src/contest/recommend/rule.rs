//! The rule itself, over nothing but pairs of posteriors.

use super::field::Doubt;
use crate::contest::compare::PairPosterior;
use crate::digits::TIE;
use crate::vocabulary::Confidence;

/// The doubt that a settled recommendation leaves.
pub const SETTLED: f64 = 0.05;

/// The doubt that a leaning recommendation leaves.
pub const LEANING: f64 = 0.20;

/// What keeps a recommendation from being settled, whatever the posteriors say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Caveats {
    /// What the split cannot settle.
    pub(super) doubt: Option<Doubt>,
    /// A contender that was fitted on fewer rows than the others, and might
    /// have done better on all of them, is not the one recommended.
    pub(super) capped_and_beaten: bool,
}

/// The posteriors of all pairs on a ladder, simplest first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pairs {
    contenders: usize,
    /// For each (low, high) with low < high, low first.
    posteriors: Vec<PairPosterior>,
}

impl Pairs {
    /// Asks for the posterior of every pair.
    pub(super) fn collect(
        contenders: usize,
        mut posterior: impl FnMut(usize, usize) -> PairPosterior,
    ) -> Self {
        let mut posteriors = Vec::with_capacity(contenders * contenders.saturating_sub(1) / 2);
        for low in 0..contenders {
            for high in low + 1..contenders {
                posteriors.push(posterior(low, high));
            }
        }
        Self {
            contenders,
            posteriors,
        }
    }

    /// Places on the ladder.
    pub(super) const fn contenders(&self) -> usize {
        self.contenders
    }

    /// Every pair with its places, from the bottom up.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize, &PairPosterior)> {
        (0..self.contenders)
            .flat_map(move |low| (low + 1..self.contenders).map(move |high| (low, high)))
            .zip(&self.posteriors)
            .map(|((low, high), posterior)| (low, high, posterior))
    }

    /// The posterior of a pair, the lower place first.
    pub(super) fn between(&self, low: usize, high: usize) -> Option<&PairPosterior> {
        self.iter()
            .find(|(simpler, richer, _)| (*simpler, *richer) == (low, high))
            .map(|(_, _, posterior)| posterior)
    }

    /// The same pairs with each posterior changed, given its places.
    pub(super) fn map(
        &self,
        change: impl Fn(usize, usize, &PairPosterior) -> PairPosterior,
    ) -> Self {
        Self {
            contenders: self.contenders,
            posteriors: self
                .iter()
                .map(|(low, high, posterior)| change(low, high, posterior))
                .collect(),
        }
    }

    /// `P_better` of each higher contender over this one.
    fn rivals(&self, low: usize) -> impl Iterator<Item = f64> {
        self.iter()
            .filter(move |(simpler, _, _)| *simpler == low)
            .map(|(_, _, posterior)| posterior.p_better)
    }

    /// The largest `P_better` of a higher contender over this one; 0 at the top.
    fn strongest_rival(&self, low: usize) -> f64 {
        self.rivals(low).fold(0.0, f64::max)
    }

    /// Whether the higher contenders' `P_better` over this one sum to no more than `doubt`.
    fn suffices(&self, low: usize, doubt: f64) -> bool {
        self.rivals(low).sum::<f64>() <= doubt + TIE
    }

    /// Whether some higher contender is better by more than the margin, at a
    /// level shared by all pairs (Bonferroni).
    fn is_insufficient(&self, low: usize, doubt: f64) -> bool {
        let pairs = self.posteriors.len().max(1) as f64;
        self.strongest_rival(low) >= 1.0 - doubt / pairs - TIE
    }

    /// The lowest place over which no higher contender has `P_better` > 0.5.
    pub(super) fn recommended(&self) -> usize {
        (0..self.contenders)
            .find(|low| self.strongest_rival(*low) <= 0.5 + TIE)
            .unwrap_or(0)
    }

    /// Whether this place suffices and every lower one is insufficient.
    pub(super) fn is_settled(&self, chosen: usize, doubt: f64) -> bool {
        self.suffices(chosen, doubt) && (0..chosen).all(|low| self.is_insufficient(low, doubt))
    }

    /// How firmly the recommendation of this place stands.
    pub(super) fn confidence(&self, chosen: usize, caveats: Caveats) -> Confidence {
        // Who stands alone was compared with nobody.
        if self.contenders < 2 {
            return Confidence::Open;
        }
        let firm = caveats.doubt.is_none() && !caveats.capped_and_beaten;
        if firm && self.is_settled(chosen, SETTLED) {
            Confidence::Settled
        } else if self.is_settled(chosen, LEANING) {
            Confidence::Leaning
        } else {
            Confidence::Open
        }
    }

    /// Every place that is not insufficient and below which none suffices.
    pub(super) fn acceptable(&self) -> Vec<usize> {
        let reach = (0..self.contenders)
            .find(|low| self.suffices(*low, SETTLED))
            .unwrap_or(0);
        (0..=reach)
            .filter(|low| !self.is_insufficient(*low, SETTLED))
            .collect()
    }

    /// A lower bound on the probability that the recommendation is right: that
    /// no higher contender is better, and each lower one is beaten, by more
    /// than the margin (Bonferroni's inequality).
    pub(super) fn probability(&self, chosen: usize) -> f64 {
        if self.contenders < 2 {
            return 0.0;
        }
        let beaten_above: f64 = self.rivals(chosen).sum();
        let unbeaten_below: f64 = (0..chosen).map(|low| 1.0 - self.strongest_rival(low)).sum();
        (1.0 - beaten_above - unbeaten_below).clamp(0.0, 1.0)
    }
}
