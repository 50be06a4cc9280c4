//! What the scores at several training sizes say about more data.

use super::evidence::Tier;
use super::metric;
use super::panels::{LearningCurve, LearningPoint};
use super::power_law::{Measured, PowerLaw, REACH};
use super::task::MetricName;
use crate::digits;

/// The normal deviate of a two-sided 95 % interval.
const DEVIATE: f64 = 1.959_963_984_540_054;

/// Above this probability of the next margin more rows "would help", and below
/// 1 less it they "would not".
const SURE: f64 = 0.8;

/// The curve of one tier with what follows from it.
///
/// `points` carry means and 95 % intervals of the metric in rising order of
/// training rows; `margin` is the smallest improvement worth paying for.
/// `rows_for_next_margin` counts training rows.
pub fn learning_curve(
    tier: Tier,
    points: Vec<LearningPoint>,
    metric: MetricName,
    margin: f64,
) -> LearningCurve {
    let outlook = power_law(&points, metric).map(|law| Outlook::of(&law, margin));
    LearningCurve {
        tier,
        points,
        rows_for_next_margin: outlook.as_ref().and_then(|outlook| outlook.rows),
        says: sentence(tier, outlook.as_ref()),
    }
}

/// The power laws that fit the points, in errors: the score itself where less
/// is better, else how far it is from the best possible one. `None` for fewer
/// than three sizes.
pub fn power_law(points: &[LearningPoint], metric: MetricName) -> Option<PowerLaw> {
    let (_, best) = metric::range(metric);
    let measured: Vec<Measured> = points
        .iter()
        .map(|point| Measured {
            rows: point.rows as f64,
            error: if metric.higher_is_better() {
                best - point.mean
            } else {
                point.mean
            },
            standard_error: (point.high - point.low) / (2.0 * DEVIATE),
        })
        .collect();
    PowerLaw::fit(&measured)
}

/// What more rows would do.
struct Outlook {
    /// Probability of one more margin within [`REACH`] times the rows.
    probability: f64,
    /// Training rows for one more margin.
    rows: Option<u64>,
    /// Expected improvement with [`REACH`] times the rows.
    promise: f64,
}

impl Outlook {
    fn of(law: &PowerLaw, margin: f64) -> Self {
        let now = law.at(law.largest()).middle;
        let furthest = REACH * law.largest();
        let target = now - margin;
        Self {
            probability: law.probability_of(target, furthest),
            rows: law.rows_for(target).filter(|_| margin > 0.0),
            promise: digits::round((now - law.at(furthest).middle).max(0.0)),
        }
    }
}

fn sentence(tier: Tier, outlook: Option<&Outlook>) -> String {
    let who = tier.label();
    let Some(outlook) = outlook else {
        return format!(
            "Too few sizes were measured to say what more rows would do for the {who}."
        );
    };
    let percent = (100.0 * outlook.probability).round().clamp(1.0, 99.0);
    let promise = rounded(outlook.promise);
    match outlook.rows {
        Some(rows) if outlook.probability >= SURE => format!(
            "More rows would still help the {who}: about {} training rows would bring the next \
             improvement worth paying for.",
            super::recommend::thousands(rows)
        ),
        Some(rows) => format!(
            "More rows would probably help the {who}: about {} training rows might bring the next \
             improvement worth paying for ({percent} % within ten times the rows).",
            super::recommend::thousands(rows)
        ),
        None if outlook.probability <= 1.0 - SURE => format!(
            "More rows would hardly help the {who}: ten times as many would improve the score by \
             about {promise}, less than is worth paying for."
        ),
        None => format!(
            "Whether more rows would help the {who} is open: ten times as many would improve the \
             score by about {promise} ({percent} % chance of an improvement worth paying for)."
        ),
    }
}

/// Two significant digits, for a sentence.
fn rounded(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let shown: f64 = format!("{value:.1e}").parse().unwrap_or(value);
    format!("{shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(score: impl Fn(f64) -> f64, doubt: f64) -> Vec<LearningPoint> {
        [100, 200, 400, 800, 1600]
            .map(|rows| {
                let mean = score(f64::from(rows));
                LearningPoint {
                    rows: rows as usize,
                    mean,
                    low: mean - doubt,
                    high: mean + doubt,
                }
            })
            .to_vec()
    }

    fn curve(score: impl Fn(f64) -> f64, doubt: f64) -> LearningCurve {
        learning_curve(
            Tier::MinimumViableModel,
            points(score, doubt),
            MetricName::BalancedAccuracy,
            0.01,
        )
    }

    #[test]
    fn a_rising_curve_promises_rows_and_a_flat_one_does_not() {
        let rising = curve(|rows| 0.95 - 2.0 * rows.powf(-0.5), 0.003);
        // 0.05 at 1600 rows; 0.01 less where 2/√n = 0.04, at 2500
        assert!(
            rising
                .rows_for_next_margin
                .is_some_and(|rows| (2300..=2800).contains(&rows)),
            "{rising:?}"
        );
        assert!(rising.says.contains("would still help"), "{}", rising.says);
        let flat = curve(|_| 0.8, 0.002);
        assert_eq!(flat.rows_for_next_margin, None);
        assert!(flat.says.contains("hardly"), "{}", flat.says);
    }

    #[test]
    fn an_uncertain_curve_says_so() {
        let vague = curve(|rows| 0.8 - 0.1 * rows.powf(-0.5), 0.03);
        assert!(
            vague.says.contains("open") || vague.says.contains("probably"),
            "{}",
            vague.says
        );
    }

    #[test]
    fn errors_are_followed_as_they_are() {
        let found = learning_curve(
            Tier::Headroom,
            points(|rows| 1.0 + 20.0 * rows.powf(-0.5), 0.01),
            MetricName::Rmse,
            0.05,
        );
        // 20/√n = 0.45 at n = 1975
        assert!(
            found
                .rows_for_next_margin
                .is_some_and(|rows| (1800..=2200).contains(&rows)),
            "{found:?}"
        );
    }

    #[test]
    fn two_sizes_are_too_few() {
        let mut few = points(|_| 0.8, 0.01);
        few.truncate(2);
        let found = learning_curve(Tier::Heuristic, few, MetricName::Accuracy, 0.01);
        assert!(found.says.contains("Too few sizes"));
    }
}
