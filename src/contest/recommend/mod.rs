//! The decision rule of DESIGN §5: from scores on the same folds to a recommendation.
//!
//! Contenders stand on one ladder, simplest first. Each pair has a posterior
//! of the true difference ([`crate::contest::compare`]); the rule itself
//!  (`rule`) reads nothing but the probability that the richer of a pair is
//! better by more than the margin. Tables and series with a score per fold, or
//! per series, come through [`judge`]; whoever has posteriors of another make,
//! such as those of a single series, through [`judge_pairs`].
//!
//! # The ladder
//! Tiers stand in their order, and within one by rung. A prediction column
//! that came with the data stands with the tier of its rung and just *below*
//! that tier's own entrant: it is in place already, so it is the bar that
//! something new has to clear by more than the margin, and a draw keeps it. A
//! generative model's column stands above everything else. Several columns of
//! one rung keep the order in which they were given.

mod field;
mod rows;
mod rule;
mod says;

use self::rows::{Growth, Now};
use self::rule::{Caveats, Pairs};
use super::compare::{PairPosterior, Posterior, Spread, correlated_posterior, paired_differences};
use super::evidence::{Comparison, Meanwhile, Outcome, Recommendation, Tier};
use super::power_law::PowerLaw;
use crate::digits;
use crate::problem::Problem;
use crate::vocabulary::{Confidence, Rung};

pub use field::{Circumstances, Doubt, Entrant, Field, Seat, Unit};
pub use rule::{LEANING, SETTLED};
pub(super) use says::thousands;

/// What the rule says.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Every pair, the simpler first, from the bottom of the ladder up.
    pub comparisons: Vec<Comparison>,
    /// The lowest rung that nothing richer beats by more than the margin.
    pub recommendation: Recommendation,
    pairs: Pairs,
}

impl Judgement {
    /// Whether the recommendation would be settled at this level of doubt (0.05
    /// for a verdict, 0.01 for stopping before all repeats have run).
    pub fn is_settled_at(&self, doubt: f64) -> bool {
        self.pairs.is_settled(self.pairs.recommended(), doubt)
    }
}

/// Applies the rule to scores on shared folds.
///
/// # Errors
/// No entrants; scores that are not folds × repeats in number, or not finite.
pub fn judge(field: &Field) -> Result<Judgement, Problem> {
    judge_with_curves(field, &[])
}

/// Like [`judge`], with learning curves by key of entrant, which make the rows
/// needed for an open recommendation more than an extrapolation of the spread.
///
/// # Errors
/// As for [`judge`].
pub fn judge_with_curves(
    field: &Field,
    curves: &[(String, PowerLaw)],
) -> Result<Judgement, Problem> {
    field.check()?;
    let scores: Vec<Vec<f64>> = field
        .entrants
        .iter()
        .map(|entrant| entrant.scores.iter().copied().map(digits::round).collect())
        .collect();
    let means: Vec<f64> = scores.iter().map(|scores| mean(scores)).collect();
    let naive_mean = field
        .entrants
        .iter()
        .position(|entrant| entrant.tier == Tier::Naive)
        .map(|position| means[position]);
    let seats: Vec<Seat> = field.entrants.iter().map(Entrant::seat).collect();
    let circumstances = Circumstances {
        doubt: field.doubt,
        rows: Some(field.rows),
        unit: Unit::Rows,
    };
    let training_share = 1.0 - field.rho.clamp(0.0, 0.999);
    let curve_of = |seat: &Seat| curves.iter().find(|(key, _)| *key == seat.key);
    let improvement = |position: usize, rows: usize| {
        let (_, law) = curve_of(&seats[position])?;
        let error = |rows: usize| law.expected(rows as f64 * training_share);
        Some(error(field.rows) - error(rows))
    };
    let growth: Option<&Growth<'_>> = if curves.is_empty() {
        None
    } else {
        Some(&improvement)
    };
    decide(&seats, circumstances, growth, |simpler, richer| {
        let differences =
            paired_differences(&scores[simpler], &scores[richer], field.higher_is_better);
        let posterior = correlated_posterior(&differences, field.rho);
        never_surer_than_the_rows(posterior, differences.len(), field.rows)
            .over(field.margin.between(means[simpler], naive_mean))
    })
}

/// Applies the rule to posteriors from elsewhere. `compare` is asked for every
/// pair by positions in `seats`, the simpler first, and answers with the
/// difference positive when the richer is better.
///
/// # Errors
/// No seats.
pub fn judge_pairs(
    seats: &[Seat],
    circumstances: Circumstances,
    compare: impl FnMut(usize, usize) -> PairPosterior,
) -> Result<Judgement, Problem> {
    decide(seats, circumstances, None, compare)
}

/// The rule with everything given. `growth` and `compare` take positions in `seats`.
fn decide(
    seats: &[Seat],
    circumstances: Circumstances,
    growth: Option<&Growth<'_>>,
    mut compare: impl FnMut(usize, usize) -> PairPosterior,
) -> Result<Judgement, Problem> {
    if seats.is_empty() {
        return Err(Problem::new(
            "nothing-to-compare",
            "no contender came through with a score on every fold",
            "see the leaderboard for what failed and why",
        ));
    }
    let mut order: Vec<usize> = (0..seats.len()).collect();
    order.sort_by_key(|position| standing(&seats[*position]));
    let ladder: Vec<&Seat> = order.iter().map(|position| &seats[*position]).collect();
    let pairs = Pairs::collect(order.len(), |low, high| compare(order[low], order[high]));
    let chosen = pairs.recommended();
    let caveats = Caveats {
        doubt: circumstances.doubt,
        capped_and_beaten: ladder
            .iter()
            .enumerate()
            .any(|(place, seat)| seat.capped && place != chosen),
    };
    let confidence = pairs.confidence(chosen, caveats);
    let growth_by_place =
        growth.map(|growth| move |place: usize, rows: usize| growth(order[place], rows));
    let rows_needed = circumstances
        .rows
        .filter(|_| !pairs.is_settled(chosen, SETTLED))
        .and_then(|rows| {
            let growth = growth_by_place.as_ref().map(|growth| growth as &Growth<'_>);
            let reach = circumstances.unit.reach();
            Now {
                rows,
                reach,
                growth,
            }
            .rows_to_settle(&pairs)
        });
    let probability = digits::round(pairs.probability(chosen));
    let possible = pairs.acceptable();
    let acceptable = acceptable_tiers(&ladder, &possible);
    let simplest = possible
        .first()
        .copied()
        .filter(|_| confidence == Confidence::Open)
        .unwrap_or(chosen);
    let says = says::sentence(&says::Story {
        ladder: &ladder,
        chosen,
        confidence,
        simplest,
        acceptable: &possible,
        pairs: &pairs,
        probability,
        caveats,
        rows: circumstances.rows,
        rows_needed,
        unit: circumstances.unit,
    });
    Ok(Judgement {
        comparisons: comparisons(&ladder, &pairs),
        recommendation: Recommendation {
            tier: ladder[chosen].tier,
            contender: ladder[chosen].contender.clone(),
            rung: ladder[chosen].rung,
            meanwhile: (simplest != chosen).then(|| Meanwhile {
                tier: ladder[simplest].tier,
                contender: ladder[simplest].contender.clone(),
                rung: ladder[simplest].rung,
            }),
            confidence,
            acceptable,
            probability,
            rows_needed,
            says,
        },
        pairs,
    })
}

/// Where a contender stands on the ladder, lowest first.
fn standing(seat: &Seat) -> (u8, Rung) {
    let place = match seat.tier {
        Tier::Naive => 0,
        Tier::Heuristic => 2,
        Tier::MinimumViableModel => 4,
        Tier::Headroom => 6,
        Tier::External => match seat.rung {
            Rung::ProcessFix | Rung::Query | Rung::Heuristic => 1,
            Rung::MinimumViableModel => 3,
            Rung::StrongerModel => 5,
            Rung::FoundationModel => 7,
        },
    };
    (place, seat.rung)
}

/// A difference that is exactly the same on every fold (a rule that is always
/// right against one that is always half right) would be a point, as if its
/// size were known for certain from any number of rows. No difference is known
/// better than to one part in √rows, so that becomes its scale.
pub(super) fn never_surer_than_the_rows(
    posterior: Posterior,
    folds: usize,
    rows: usize,
) -> Posterior {
    match posterior {
        Posterior::Point(location) if location != 0.0 => Posterior::Student {
            location,
            spread: Spread {
                scale: location.abs() / (rows.max(1) as f64).sqrt(),
                degrees: folds.saturating_sub(1).max(1) as f64,
            },
        },
        Posterior::Point(_) | Posterior::Student { .. } => posterior,
    }
}

fn acceptable_tiers(ladder: &[&Seat], possible: &[usize]) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for place in possible {
        let tier = ladder[*place].tier;
        if !tiers.contains(&tier) {
            tiers.push(tier);
        }
    }
    tiers
}

fn comparisons(ladder: &[&Seat], pairs: &Pairs) -> Vec<Comparison> {
    pairs
        .iter()
        .map(|(low, high, pair)| Comparison {
            simpler: ladder[low].key.clone(),
            richer: ladder[high].key.clone(),
            difference: digits::round(pair.difference),
            margin: digits::round(pair.margin),
            p_better: digits::round(pair.p_better),
            p_same: digits::round(pair.p_same),
            p_worse: digits::round(pair.p_worse),
            outcome: outcome(pair),
        })
        .collect()
}

/// What one comparison says at 0.95.
fn outcome(pair: &PairPosterior) -> Outcome {
    let sure = 1.0 - SETTLED - digits::TIE;
    if pair.p_better >= sure {
        Outcome::Better
    } else if pair.p_same >= sure {
        Outcome::PracticallyTheSame
    } else if pair.p_worse >= sure {
        Outcome::Worse
    } else if pair.p_better <= SETTLED + digits::TIE {
        Outcome::NotBetterByTheMargin
    } else {
        Outcome::Inconclusive
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests;
