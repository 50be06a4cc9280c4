//! What a rung is worth: gain against today, cost to build and to run, and their ratio.
//!
//! Gain per year = N·a·[(handling before − after) + (error cost before −
//! after)], with N cases per year and a the share in which the answer is used.
//! Benefit ÷ cost = p·Σ gain/(1+r)ᵗ ÷ (B + Σ R/(1+r)ᵗ) over the years t = 1, 2,
//! …, with p the chance that it works, r the discount, B the cost to build and
//! R the cost to run a year (RUBRIC-FACTS §12, standard discounting).
//!
//! Likely figures come from the likely inputs. Low and high are the 5th and
//! the 95th of a hundred in a simulation of [`DRAWS`] draws from a fixed seed,
//! in which every input is drawn for itself from the triangle over its low,
//! likely and high.

use rand::Rng;
use rand_pcg::Pcg64;

use super::economics::{Economics, Estimate};
use super::worth::Worth;
use crate::contest::{ContenderResult, Evidence, MetricName, Status, Tier};
use crate::digits;
use crate::vocabulary::Rung;

/// Draws of the simulation.
const DRAWS: usize = 2_000;
/// Seed of the simulation.
const SEED: u128 = 20_261_124;
/// Most years that are counted.
const MOST_YEARS: f64 = 3.0;

/// What a rung is worth against today, or none where cases, the cost to build
/// it, or every gain are not known.
///
/// Today's errors are those of the system in place (the first prediction
/// column that came with the data), else of the best naive guess.
pub fn worth(economics: &Economics, evidence: Option<&Evidence>, rung: Rung) -> Option<Worth> {
    let sheet = Sheet::of(economics, evidence, rung)?;
    let likely = sheet.figures(&mut |estimate| estimate.likely);
    let mut random = Pcg64::new(SEED, 0);
    let draws: Vec<Figures> = (0..DRAWS)
        .map(|_| sheet.figures(&mut |estimate| triangle(estimate, share(&mut random))))
        .collect();
    let estimate = |read: fn(&Figures) -> f64| spread(&draws, read, read(&likely));
    Some(Worth {
        rung,
        currency: economics.currency.clone(),
        gain_per_year: estimate(|it| it.gain),
        build: sheet.build,
        run: sheet.run,
        benefit_cost: estimate(|it| it.ratio),
        break_even_cases: sheet.break_even(&likely),
        left_out: sheet.left_out,
    })
}

/// Whether the step between two rungs pays (the marginal rule): what the
/// higher brings more, discounted and likely, is at least what it costs more.
/// None where one of the two cannot be reckoned.
pub fn step_pays(
    economics: &Economics,
    evidence: &Evidence,
    lower: Rung,
    higher: Rung,
) -> Option<bool> {
    if higher <= lower {
        return None;
    }
    let net = |rung| {
        let sheet = Sheet::of(economics, Some(evidence), rung)?;
        let likely = sheet.figures(&mut |estimate| estimate.likely);
        Some(likely.benefit - likely.cost)
    };
    // Staying where one is costs nothing and brings nothing.
    let below = net(lower).unwrap_or(0.0);
    Some(net(higher)? >= below)
}

/// Everything that one rung is reckoned from.
struct Sheet {
    cases: Estimate,
    used: Estimate,
    success: Estimate,
    /// Handling saved per case.
    handling: Option<(Estimate, Estimate)>,
    /// Cost of errors per case now and then.
    errors: Option<(Estimate, Estimate)>,
    build: Estimate,
    run: Estimate,
    years: f64,
    discount: f64,
    left_out: Vec<String>,
}

/// What one draw comes to.
struct Figures {
    gain: f64,
    benefit: f64,
    cost: f64,
    ratio: f64,
}

impl Sheet {
    fn of(economics: &Economics, evidence: Option<&Evidence>, rung: Rung) -> Option<Self> {
        let mut left_out = Vec::new();
        let mut or = |given: Option<Estimate>, otherwise: f64, name: &str| {
            given.unwrap_or_else(|| {
                left_out.push(name.to_owned());
                exactly(otherwise)
            })
        };
        let cases = economics.cases_per_year?;
        let build = *economics.build.get(&rung)?;
        let used = or(
            economics.used_share,
            1.0,
            "cases in which the answer is not used",
        );
        let success = or(economics.success, 1.0, "the chance that it does not work");
        let run = or(economics.run.get(&rung).copied(), 0.0, "the cost to run it");
        let discount = or(
            economics.discount.map(exactly),
            0.0,
            "discounting of later years",
        )
        .likely;
        let years = economics.years.unwrap_or(MOST_YEARS).clamp(0.0, MOST_YEARS);
        let handling = economics.handling_now.zip(economics.handling_then);
        if handling.is_none() {
            left_out.push("handling saved per case".to_owned());
        }
        let errors = evidence.and_then(|evidence| error_costs(economics, evidence, rung));
        if errors.is_none() {
            left_out.push(
                "the cost of errors (the benchmark must be judged by cost or by mean absolute error)"
                    .to_owned(),
            );
        }
        left_out.push("the cost of switching back".to_owned());
        if handling.is_none() && errors.is_none() {
            return None;
        }
        Some(Self {
            cases,
            used,
            success,
            handling,
            errors,
            build,
            run,
            years,
            discount,
            left_out,
        })
    }

    fn figures(&self, draw: &mut impl FnMut(Estimate) -> f64) -> Figures {
        let cases = draw(self.cases);
        let used = draw(self.used);
        let success = draw(self.success);
        let mut difference = |pair: Option<(Estimate, Estimate)>| {
            pair.map_or(0.0, |(before, after)| draw(before) - draw(after))
        };
        let per_case = difference(self.handling) + difference(self.errors);
        let (build, run) = (draw(self.build), draw(self.run));
        let gain = cases * used * per_case;
        let years = discounted_years(self.years, self.discount);
        let benefit = success * gain * years;
        let cost = build + run * years;
        Figures {
            gain,
            benefit,
            cost,
            ratio: ratio(benefit, cost),
        }
    }

    /// Cases per year at which benefit and cost are equal: (B/h + R) ÷ gain per
    /// case without discount; with it, years count as far as they are worth today.
    fn break_even(&self, likely: &Figures) -> Option<f64> {
        let years = discounted_years(self.years, self.discount);
        let per_case = likely.gain / self.cases.likely * self.success.likely;
        if !(per_case > 0.0 && years > 0.0) {
            return None;
        }
        digits::round_finite((self.build.likely / years + self.run.likely) / per_case)
    }
}

/// Cost of errors per case now and at that rung, from the benchmark.
fn error_costs(
    economics: &Economics,
    evidence: &Evidence,
    rung: Rung,
) -> Option<(Estimate, Estimate)> {
    let unit = match evidence.metric.name {
        MetricName::ExpectedCost => 1.0,
        MetricName::Mae => economics.error_unit?,
        MetricName::Accuracy
        | MetricName::BalancedAccuracy
        | MetricName::LogLoss
        | MetricName::Brier
        | MetricName::RocAuc
        | MetricName::AveragePrecision
        | MetricName::F1
        | MetricName::Mcc
        | MetricName::PrecisionAtK
        | MetricName::Rmse
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => return None,
    };
    let is_ok = |contender: &&ContenderResult| contender.status == Status::Ok;
    let least = |belongs: &dyn Fn(&ContenderResult) -> bool| {
        evidence
            .contenders
            .iter()
            .filter(is_ok)
            .filter(|contender| belongs(contender))
            .fold(None, |best: Option<&ContenderResult>, next| match best {
                Some(best) if best.mean <= next.mean => Some(best),
                Some(_) | None => Some(next),
            })
    };
    let in_place = evidence
        .contenders
        .iter()
        .filter(is_ok)
        .find(|contender| contender.tier == Tier::External);
    let before = in_place.or_else(|| least(&|it| it.tier == Tier::Naive))?;
    let recommended = evidence
        .contenders
        .iter()
        .filter(is_ok)
        .find(|it| it.id == evidence.recommendation.contender && it.rung == rung);
    let after = recommended.or_else(|| least(&|it| it.rung == rung))?;
    Some((scaled(before, unit)?, scaled(after, unit)?))
}

fn scaled(contender: &ContenderResult, unit: f64) -> Option<Estimate> {
    let mean = contender.mean?;
    Some(Estimate {
        low: unit * contender.low.unwrap_or(mean),
        likely: unit * mean,
        high: unit * contender.high.unwrap_or(mean),
    })
}

/// Σ 1/(1+r)ᵗ for t = 1, 2, …; a last part of a year counts in part.
fn discounted_years(years: f64, discount: f64) -> f64 {
    let mut sum = 0.0;
    let mut factor = 1.0;
    let mut left = years;
    while left > 0.0 {
        factor /= 1.0 + discount.max(0.0);
        sum += factor * left.min(1.0);
        left -= 1.0;
    }
    sum
}

/// Benefit ÷ cost; what costs nothing and brings something is worth everything up to a bound.
fn ratio(benefit: f64, cost: f64) -> f64 {
    const MOST: f64 = 1_000_000.0;
    if cost > 0.0 {
        (benefit / cost).clamp(-MOST, MOST)
    } else if benefit > 0.0 {
        MOST
    } else {
        0.0
    }
}

fn exactly(value: f64) -> Estimate {
    Estimate {
        low: value,
        likely: value,
        high: value,
    }
}

/// A number in 0..1 from 32 random bits.
fn share(random: &mut Pcg64) -> f64 {
    f64::from(random.next_u32()) / 4_294_967_296.0
}

/// The inverse of the triangular distribution function at `share`.
fn triangle(estimate: Estimate, share: f64) -> f64 {
    let low = estimate.low.min(estimate.likely);
    let high = estimate.high.max(estimate.likely);
    let width = high - low;
    if width <= 0.0 {
        return estimate.likely;
    }
    let mode = (estimate.likely - low) / width;
    if share < mode {
        low + width * (share * mode).sqrt()
    } else {
        high - width * ((1.0 - share) * (1.0 - mode)).sqrt()
    }
}

/// The 5th and the 95th of a hundred around the likely figure.
fn spread(draws: &[Figures], read: fn(&Figures) -> f64, likely: f64) -> Estimate {
    let mut values: Vec<f64> = draws.iter().map(read).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = values.len().saturating_sub(1);
        values
            .get((share * last as f64).round() as usize)
            .copied()
            .unwrap_or(likely)
    };
    Estimate {
        low: digits::round(at(0.05).min(likely)),
        likely: digits::round(likely),
        high: digits::round(at(0.95).max(likely)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn economics() -> Economics {
        Economics {
            cases_per_year: Some(exactly(1_000.0)),
            used_share: Some(exactly(0.5)),
            handling_now: Some(exactly(10.0)),
            handling_then: Some(exactly(4.0)),
            build: [(Rung::Heuristic, exactly(2_000.0))].into(),
            run: [(Rung::Heuristic, exactly(500.0))].into(),
            years: Some(2.0),
            discount: Some(0.25),
            success: Some(exactly(0.8)),
            ..Economics::default()
        }
    }

    #[test]
    fn the_sheet_comes_to_what_it_comes_to_by_hand() {
        // gain: 1000 · 0.5 · (10 − 4) = 3000 a year
        // years worth today: 1/1.25 + 1/1.25² = 0.8 + 0.64 = 1.44
        // benefit: 0.8 · 3000 · 1.44 = 3456; cost: 2000 + 500 · 1.44 = 2720
        let worth = worth(&economics(), None, Rung::Heuristic).unwrap();
        assert_eq!(worth.gain_per_year.likely, 3_000.0);
        assert_eq!(worth.benefit_cost.likely, digits::round(3_456.0 / 2_720.0));
        assert_eq!(worth.benefit_cost.low, worth.benefit_cost.high);
        // gain per case that works: 0.5 · 6 · 0.8 = 2.4; (2000/1.44 + 500) ÷ 2.4
        let expected = (2_000.0 / 1.44 + 500.0) / 2.4;
        assert!((worth.break_even_cases.unwrap() - expected).abs() < 1e-4);
    }

    #[test]
    fn doubt_in_the_inputs_is_doubt_in_the_ratio() {
        let mut economics = economics();
        economics.cases_per_year = Some(Estimate {
            low: 200.0,
            likely: 1_000.0,
            high: 1_800.0,
        });
        let worth = worth(&economics, None, Rung::Heuristic).unwrap();
        assert!(
            worth.benefit_cost.low < 1.0 && worth.benefit_cost.high > 1.5,
            "{worth:?}"
        );
        // the 5th of a hundred of a symmetric triangle lies √0.1/2 of its width above the low end
        let expected = 3.0 * (200.0 + 1_600.0 * (0.1_f64.sqrt() / 2.0));
        assert!(
            (worth.gain_per_year.low / expected - 1.0).abs() < 0.05,
            "{worth:?} {expected}"
        );
    }

    #[test]
    fn what_is_missing_is_named_and_without_any_gain_there_is_no_figure() {
        let mut economics = economics();
        economics.success = None;
        let with_less = worth(&economics, None, Rung::Heuristic).unwrap();
        assert!(
            with_less
                .left_out
                .iter()
                .any(|it| it.contains("does not work"))
        );
        assert!(worth(&economics, None, Rung::Query).is_none());
        economics.handling_now = None;
        assert!(worth(&economics, None, Rung::Heuristic).is_none());
    }
}
