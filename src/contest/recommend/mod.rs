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

mod rows;
mod rule;
mod says;

use self::rows::{Growth, Now};
use self::rule::{Caveats, Pairs};
use super::compare::{PairPosterior, Posterior, Spread, correlated_posterior, paired_differences};
use super::evidence::{Comparison, Outcome, Recommendation, Tier};
use super::margin::MarginRule;
use super::power_law::PowerLaw;
use crate::digits;
use crate::problem::Problem;
use crate::vocabulary::{Confidence, Rung};

pub use rule::{LEANING, SETTLED};
pub(super) use says::thousands;

/// A contender with its scores on the folds that all entrants share.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// Its competition.
    pub tier: Tier,
    /// What comparisons call it: the tier's id, or `external:COLUMN`.
    pub key: String,
    /// Id of the contender that represents the tier.
    pub contender: String,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// The metric on each fold, repeat by repeat.
    pub scores: Vec<f64>,
    /// Whether it was fitted on fewer rows than the others.
    pub capped: bool,
}

/// Everything that the rule reads of a contest.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The contenders, in any order; those of equal standing in the order that is to count.
    pub entrants: Vec<Entrant>,
    /// Whether a larger score is better.
    pub higher_is_better: bool,
    /// The margin, fixed before comparing.
    pub margin: MarginRule,
    /// Folds in one repeat (windows, or series where the series is the unit).
    pub folds: usize,
    /// Repeats; every entrant has folds × repeats scores.
    pub repeats: usize,
    /// Test rows ÷ all rows of a fold; 0 where scores are independent.
    pub rho: f64,
    /// Rows that the contest was run on.
    pub rows: usize,
    /// Whether there are too few time windows to settle anything.
    pub few_windows: bool,
}

/// A contender's place in the contest, without scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its competition.
    pub tier: Tier,
    /// What comparisons call it.
    pub key: String,
    /// Id of the contender.
    pub contender: String,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// Whether it was fitted on fewer rows than the others.
    pub capped: bool,
}

/// What more data would be more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Rows of a table.
    Rows,
    /// Series next to those there are.
    Series,
    /// Points of the series there are, by the word for several of them ("months").
    Points(&'static str),
}

/// What limits or explains a recommendation besides the posteriors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether there are too few time windows to settle anything.
    pub few_windows: bool,
    /// Rows (or series, or points) that the contest was run on, where more of
    /// them would shrink every spread with their square root; else how many
    /// are needed cannot be told.
    pub rows: Option<usize>,
    /// What `rows` counts.
    pub unit: Unit,
}

impl Unit {
    /// Several of them in a sentence.
    const fn word(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Series => "series",
            Self::Points(word) => word,
        }
    }

    /// What a contest was held on, in a few words.
    const fn material(self) -> &'static str {
        match self {
            Self::Rows => "these columns",
            Self::Series => "these series",
            Self::Points(_) => "this past",
        }
    }

    /// What may help where more of the same does not.
    const fn other_help(self) -> &'static str {
        match self {
            Self::Rows => "better columns",
            Self::Series | Self::Points(_) => "columns that are known in advance",
        }
    }

    /// The furthest that is extrapolated, as a multiple of what is at hand. Rows
    /// can be collected and series added; points have to be waited for, and a
    /// series that is waited for too long is another one by then.
    const fn reach(self) -> usize {
        match self {
            Self::Rows => 100,
            Self::Series => 10,
            Self::Points(_) => 3,
        }
    }
}

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
    check(field)?;
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
        few_windows: field.few_windows,
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
        few_windows: circumstances.few_windows,
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
    let acceptable = acceptable_tiers(&ladder, &pairs);
    let probability = digits::round(pairs.probability(chosen));
    let says = says::sentence(&says::Story {
        ladder: &ladder,
        chosen,
        confidence,
        acceptable: &pairs.acceptable(),
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
            confidence,
            acceptable,
            probability,
            rows_needed,
            says,
        },
        pairs,
    })
}

impl Entrant {
    fn seat(&self) -> Seat {
        Seat {
            tier: self.tier,
            key: self.key.clone(),
            contender: self.contender.clone(),
            rung: self.rung,
            capped: self.capped,
        }
    }
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

fn acceptable_tiers(ladder: &[&Seat], pairs: &Pairs) -> Vec<Tier> {
    let mut tiers: Vec<Tier> = Vec::new();
    for place in pairs.acceptable() {
        let tier = ladder[place].tier;
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

fn check(field: &Field) -> Result<(), Problem> {
    let expected = field.folds * field.repeats;
    for entrant in &field.entrants {
        let finite = entrant.scores.iter().all(|score| score.is_finite());
        if entrant.scores.len() != expected || expected == 0 || !finite {
            return Err(Problem::new(
                "scores-missing",
                format!(
                    "{} has {} scores for {} folds in {} repeats, or one that is not a number",
                    entrant.contender,
                    entrant.scores.len(),
                    field.folds,
                    field.repeats
                ),
                "leave out the contender, or the folds on which a score is missing",
            ));
        }
    }
    Ok(())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests;
