//! Tiers compete as procedures: at each origin a tier is represented by the
//! contender that did best on the origins whose windows were over by then.

use super::contender::Contender;
use super::evaluate::Tracks;
use super::plan::Plan;
use crate::contest::evidence::Tier;
use crate::contest::margin::SHARE_OF_SIMPLER;
use crate::contest::task::MetricName;
use crate::digits::TIE;

/// A choice looks back on so many origins: what did well long ago may not now.
const RECENT: usize = 30;

/// A competitor: a tier with its choice at each origin, or one external column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Procedure {
    pub(super) tier: Tier,
    /// What comparisons call it.
    pub(super) key: String,
    /// The contender chosen at each compared origin.
    pub(super) picks: Vec<usize>,
    /// The contender that the same choice picks on all origins.
    pub(super) winner: usize,
    /// Its scores: one an origin, or one a series.
    pub(super) scores: Vec<f64>,
}

/// Scores under one metric.
pub(super) struct Scored<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tracks: &'a Tracks,
    pub(super) metric: MetricName,
}

impl Scored<'_> {
    fn value(&self, series: usize, contender: usize, origin: usize) -> Option<f64> {
        let loss = self.tracks.of[series][contender].losses[origin].as_ref()?;
        Some(self.tracks.scales[series].value(self.metric, loss))
    }

    /// Compared origins at which the windows of all series have known values.
    pub(super) fn usable_origins(&self) -> Vec<usize> {
        let known = |origin: &usize| {
            self.plan.by_series
                || self
                    .tracks
                    .of
                    .iter()
                    .all(|tracks| tracks[0].losses[*origin].is_some())
        };
        self.plan.compared_origins().filter(known).collect()
    }

    /// The scores of a procedure that uses `picks` at the usable origins.
    fn scores(&self, origins: &[usize], picks: &[usize]) -> Vec<f64> {
        let series = self.tracks.of.len();
        let mean = |values: &mut dyn Iterator<Item = f64>| {
            let (sum, count) =
                values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
            sum / count
        };
        if self.plan.by_series {
            (0..series)
                .map(|series| {
                    mean(
                        &mut origins
                            .iter()
                            .zip(picks)
                            .filter_map(|(origin, pick)| self.value(series, *pick, *origin)),
                    )
                })
                .collect()
        } else {
            origins
                .iter()
                .zip(picks)
                .map(|(origin, pick)| {
                    mean(&mut (0..series).filter_map(|series| self.value(series, *pick, *origin)))
                })
                .collect()
        }
    }

    /// The scores of one contender.
    pub(super) fn scores_of(&self, contender: usize) -> Vec<f64> {
        let origins = self.usable_origins();
        self.scores(&origins, &vec![contender; origins.len()])
    }

    /// Every procedure with a contender that is `able`, simplest first.
    pub(super) fn procedures(&self, contenders: &[Contender], able: &[bool]) -> Vec<Procedure> {
        let origins = self.usable_origins();
        let mut found = Vec::new();
        for tier in Tier::ALL {
            let candidates: Vec<usize> = (0..contenders.len())
                .filter(|index| able[*index] && contenders[*index].tier == tier)
                .collect();
            if tier == Tier::External {
                for index in candidates {
                    let picks = vec![index; origins.len()];
                    found.push(Procedure {
                        tier,
                        key: contenders[index].id.clone(),
                        scores: self.scores(&origins, &picks),
                        picks,
                        winner: index,
                    });
                }
                continue;
            }
            if candidates.is_empty() {
                continue;
            }
            let sums = self.running_sums(&candidates);
            let pick = |seen: usize| {
                let recent: Vec<f64> = sums[seen]
                    .iter()
                    .zip(&sums[seen.saturating_sub(RECENT)])
                    .map(|(until, before)| until - before)
                    .collect();
                candidates[best(contenders, &candidates, &recent)]
            };
            let picks: Vec<usize> = origins
                .iter()
                .map(|origin| pick(self.plan.seen_at(*origin)))
                .collect();
            found.push(Procedure {
                tier,
                key: tier.id().to_owned(),
                scores: self.scores(&origins, &picks),
                winner: pick(self.plan.back.len()),
                picks,
            });
        }
        found
    }

    /// For 0, 1, 2 … origins seen, the sum of each candidate's losses over series and origins.
    fn running_sums(&self, candidates: &[usize]) -> Vec<Vec<f64>> {
        let mut sums = vec![vec![0.0; candidates.len()]];
        for origin in 0..self.plan.back.len() {
            let mut next = sums[origin].clone();
            for (sum, candidate) in next.iter_mut().zip(candidates) {
                for series in 0..self.tracks.of.len() {
                    *sum += self.value(series, *candidate, origin).unwrap_or(0.0);
                }
            }
            sums.push(next);
        }
        sums
    }
}

/// The position of the best candidate by its sum; ties go to the simpler. A
/// candidate of a lower rung keeps the place unless it is beaten by more than
/// the default margin, since what is looked up need not be computed.
fn best(contenders: &[Contender], candidates: &[usize], sums: &[f64]) -> usize {
    let mut best = 0;
    for (position, sum) in sums.iter().enumerate() {
        if *sum < sums[best] * (1.0 - TIE) {
            best = position;
        }
    }
    let rung = |position: usize| contenders[candidates[position]].rung;
    let enough = sums[best] / (1.0 - SHARE_OF_SIMPLER);
    let mut lower = best;
    for (position, sum) in sums.iter().enumerate() {
        let lowest_yet = rung(position) < rung(lower)
            || (rung(position) == rung(lower) && *sum < sums[lower] * (1.0 - TIE));
        if *sum <= enough && rung(position) < rung(best) && lowest_yet {
            lower = position;
        }
    }
    lower
}
