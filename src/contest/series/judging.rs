//! From scores to a recommendation, over origins or over series.

use super::contender::Contender;
use super::plan::Plan;
use super::tiers::Procedure;
use crate::contest::compare::{
    MINIMUM_ORIGINS, PairPosterior, Posterior, Spread, correlated_posterior, diebold_mariano,
    expected_score_interval, paired_differences, student_quantile,
};
use crate::contest::evidence::Tier;
use crate::contest::margin::MarginRule;
use crate::contest::recommend::{
    Circumstances, Doubt, Judgement, Seat, Unit, judge_pairs, never_surer_than_the_rows,
};
use crate::digits;
use crate::problem::Problem;

/// Windows without a difference that the prior is worth where windows overlap
/// fully; nothing where they do not.
///
/// A random walk that happened to climb lets a trend win in all windows of a
/// year at once, so that chance alone often beats the last value by the margin
/// where few windows are independent. Twice the windows that the test asks for
/// speak against that; `docs/SERIES-HONESTY.md` has the rates that result.
const DOUBT: f64 = 2.0 * MINIMUM_ORIGINS as f64;

/// The size of a contest on series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Values used, of all series.
    pub(super) points: usize,
    /// How many series there are.
    pub(super) series: usize,
    /// Several steps in a word ("months").
    pub(super) steps: &'static str,
}

/// Applies the decision rule to procedures.
///
/// Over series the scores are independent (ρ = 0). Over origins the posterior
/// is that of Diebold & Mariano with the correction of Harvey, Leybourne &
/// Newbold. What would settle an open contest is told in series where there
/// are many, else in points of each series; in [`rows_needed`] it becomes rows.
///
/// [`rows_needed`]: crate::contest::Recommendation::rows_needed
pub(super) fn decide(
    procedures: &[Procedure],
    contenders: &[Contender],
    plan: &Plan,
    margin: &MarginRule,
    size: Size,
) -> Result<Judgement, Problem> {
    let seat = |procedure: &Procedure| Seat {
        tier: procedure.tier,
        key: procedure.key.clone(),
        contender: contenders[procedure.winner].id.clone(),
        rung: contenders[procedure.winner].rung,
        capped: false,
    };
    let seats: Vec<Seat> = procedures.iter().map(seat).collect();
    let means: Vec<f64> = procedures
        .iter()
        .map(|procedure| mean(&procedure.scores))
        .collect();
    let naive = procedures
        .iter()
        .position(|procedure| procedure.tier == Tier::Naive)
        .map(|position| means[position]);
    let (at_hand, unit) = if plan.by_series {
        (size.series, Unit::Series)
    } else {
        (size.points / size.series.max(1), Unit::Points(size.steps))
    };
    let circumstances = Circumstances {
        doubt: is_few(procedures, plan).then_some(Doubt::FewWindows),
        rows: plan.gains_by_more().then_some(at_hand),
        unit,
    };
    let mut judgement = judge_pairs(&seats, circumstances, |simpler, richer| {
        let margin = margin.between(means[simpler], naive);
        let (simpler, richer) = (&procedures[simpler].scores, &procedures[richer].scores);
        if plan.by_series {
            over_series(simpler, richer, margin)
        } else {
            over_origins(simpler, richer, plan.overlap(), margin)
        }
    })?;
    let recommendation = &mut judgement.recommendation;
    recommendation.rows_needed = recommendation
        .rows_needed
        .map(|needed| needed.saturating_mul(size.points as u64) / at_hand.max(1) as u64);
    Ok(judgement)
}

/// Whether there are too few origins to settle anything.
pub(super) fn is_few(procedures: &[Procedure], plan: &Plan) -> bool {
    let origins = procedures.first().map_or(0, |first| first.scores.len());
    !plan.by_series && (origins < MINIMUM_ORIGINS || origins < 2 * plan.overlap())
}

/// Series are independent of each other (ρ = 0).
fn over_series(simpler: &[f64], richer: &[f64], margin: f64) -> PairPosterior {
    let simpler: Vec<f64> = simpler.iter().copied().map(digits::round).collect();
    let richer: Vec<f64> = richer.iter().copied().map(digits::round).collect();
    let differences = paired_differences(&simpler, &richer, false);
    let posterior = correlated_posterior(&differences, 0.0);
    never_surer_than_the_rows(posterior, differences.len(), differences.len()).over(margin)
}

fn over_origins(simpler: &[f64], richer: &[f64], overlap: usize, margin: f64) -> PairPosterior {
    let simpler: Vec<f64> = simpler.iter().copied().map(digits::round).collect();
    let richer: Vec<f64> = richer.iter().copied().map(digits::round).collect();
    let differences = paired_differences(&simpler, &richer, false);
    let windows = differences.len() as f64 / overlap as f64;
    let posterior = diebold_mariano(&simpler, &richer, overlap)
        .map_or_else(|| overlapping(&differences, overlap), |test| test.posterior);
    let posterior = never_surer_than_the_windows(posterior, &differences, windows);
    let doubt = DOUBT * (1.0 - 1.0 / overlap as f64);
    PairPosterior {
        difference: posterior.location(),
        ..towards_no_difference(posterior, windows / (windows + doubt)).over(margin)
    }
}

/// The posterior after a normal prior around "no difference" whose weight is
/// the rest of `share`: the mean shrinks by it, the scale by its root.
fn towards_no_difference(posterior: Posterior, share: f64) -> Posterior {
    match posterior {
        Posterior::Point(location) => Posterior::Point(share * location),
        Posterior::Student { location, spread } => Posterior::Student {
            location: share * location,
            spread: Spread {
                scale: share.sqrt() * spread.scale,
                degrees: spread.degrees,
            },
        },
    }
}

/// What overlapping windows tell where there are too few for the test: as much
/// as the windows that do not overlap.
fn overlapping(differences: &[f64], overlap: usize) -> Posterior {
    let rho = 1.0 - 1.0 / overlap as f64;
    correlated_posterior(differences, rho)
}

/// Losses of overlapping windows are one story told several times. The test
/// estimates their long-run variance from as many windows as do not overlap,
/// so the posterior has the degrees of freedom of those, and its scale is no
/// smaller than that of independent origins.
fn never_surer_than_the_windows(
    posterior: Posterior,
    differences: &[f64],
    windows: f64,
) -> Posterior {
    match posterior {
        Posterior::Point(_) => posterior,
        Posterior::Student { location, spread } => {
            let floor = match correlated_posterior(differences, 0.0) {
                Posterior::Student { spread, .. } => spread.scale,
                Posterior::Point(_) => 0.0,
            };
            Posterior::Student {
                location,
                spread: Spread {
                    scale: spread.scale.max(floor),
                    degrees: spread.degrees.min((windows - 1.0).max(1.0)),
                },
            }
        }
    }
}

/// The 95 % interval of a contender's expected score.
pub(super) fn interval(scores: &[f64], plan: &Plan) -> Option<(f64, f64)> {
    if plan.by_series {
        return expected_score_interval(scores, scores.len(), 0.0);
    }
    let nothing = vec![0.0; scores.len()];
    let windows = scores.len() as f64 / plan.overlap() as f64;
    let posterior = diebold_mariano(scores, &nothing, plan.overlap()).map_or_else(
        || overlapping(scores, plan.overlap()),
        |test| test.posterior,
    );
    match never_surer_than_the_windows(posterior, scores, windows) {
        Posterior::Point(_) => None,
        Posterior::Student { location, spread } => {
            let half = student_quantile(0.025, spread.degrees) * spread.scale;
            Some(((location - half).max(0.0), location + half))
        }
    }
}

/// The ρ with which the variance of a mean over these scores is inflated as
/// that over overlapping windows is.
pub(super) fn rho(plan: &Plan, scores: usize) -> f64 {
    if plan.by_series || scores == 0 {
        return 0.0;
    }
    let odds = (plan.overlap() - 1) as f64 / scores as f64;
    odds / (1.0 + odds)
}

/// The mean; NaN of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
