//! The margin: the smallest improvement worth paying for, fixed before comparing (DESIGN §5.7).

use super::evidence::MarginChoice;
use super::task::MetricName;
use crate::digits;
use crate::problem::Problem;

/// The default for rates, which live between 0 and 1: one point in a hundred.
pub const RATE: f64 = 0.01;

/// The default for errors and costs, as a share of the simpler contender's mean.
pub const SHARE_OF_SIMPLER: f64 = 0.05;

/// The least margin for errors and costs, as a share of the naive contender's
/// mean: where the simpler contender is almost perfect already, 5 % of almost
/// nothing is not worth a model.
pub const SHARE_OF_NAIVE: f64 = 0.01;

/// How the margin of each pair is found.
#[derive(Clone, Debug, PartialEq)]
pub enum MarginRule {
    /// One margin for every pair, in the metric's unit, and where it comes from.
    Absolute {
        /// In the metric's unit, zero or more.
        value: f64,
        /// Where it comes from.
        why: String,
    },
    /// [`SHARE_OF_SIMPLER`] of the simpler contender's mean, at least [`SHARE_OF_NAIVE`] of the naive one's.
    ShareOfError,
}

impl MarginRule {
    /// The margin that was given, else the default for the metric: [`RATE`]
    /// where it is a rate or a correlation, [`MarginRule::ShareOfError`] where
    /// it is an error or a cost.
    ///
    /// # Errors
    /// A given margin that is negative or not finite.
    pub fn new(metric: MetricName, given: Option<f64>) -> Result<Self, Problem> {
        match given {
            Some(value) if value.is_finite() && value >= 0.0 => Ok(Self::Absolute {
                value,
                why: "given".to_owned(),
            }),
            Some(value) => Err(Problem::new(
                "bad-margin",
                format!(
                    "the margin must be zero or more, in the unit of {}, found {value}",
                    metric.label()
                ),
                "give the smallest improvement that would be worth paying for",
            )),
            None if metric.higher_is_better() => Ok(Self::Absolute {
                value: RATE,
                why: format!(
                    "default for {}: less than one point in a hundred seldom pays for itself",
                    metric.label()
                ),
            }),
            None => Ok(Self::ShareOfError),
        }
    }

    /// The margin between two contenders, in the metric's unit.
    pub fn between(&self, simpler_mean: f64, naive_mean: Option<f64>) -> f64 {
        match self {
            Self::Absolute { value, .. } => *value,
            Self::ShareOfError => {
                let floor = naive_mean.map_or(0.0, |mean| SHARE_OF_NAIVE * mean.abs());
                digits::round((SHARE_OF_SIMPLER * simpler_mean.abs()).max(floor))
            }
        }
    }

    /// The margin as the evidence states it: against the naive contender,
    /// whose margin is the widest; each comparison carries its own.
    pub fn choice(&self, naive_mean: f64) -> MarginChoice {
        match self {
            Self::Absolute { value, why } => MarginChoice {
                value: digits::round(*value),
                why: why.clone(),
            },
            Self::ShareOfError => MarginChoice {
                value: self.between(naive_mean, Some(naive_mean)),
                why: format!(
                    "default: {} % of the simpler contender's mean in each comparison, at least \
                     {} % of the naive one's; the figure is the one against the naive contender",
                    100.0 * SHARE_OF_SIMPLER,
                    100.0 * SHARE_OF_NAIVE
                ),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_an_absolute_default_and_errors_a_relative_one() {
        for metric in MetricName::ALL {
            let margin = MarginRule::new(metric, None).unwrap();
            let expected = if metric.higher_is_better() { 0.01 } else { 5.0 };
            assert_eq!(margin.between(100.0, Some(120.0)), expected, "{metric:?}");
        }
    }

    #[test]
    fn almost_perfect_contenders_keep_a_margin_worth_paying_for() {
        let margin = MarginRule::new(MetricName::Rmse, None).unwrap();
        assert_eq!(margin.between(0.001, Some(10.0)), 0.1);
        assert_eq!(margin.choice(10.0).value, 0.5);
    }

    #[test]
    fn a_given_margin_is_absolute_and_checked() {
        let margin = MarginRule::new(MetricName::Rmse, Some(3.0)).unwrap();
        assert_eq!(margin.between(100.0, Some(100.0)), 3.0);
        for bad in [-0.1, f64::NAN, f64::INFINITY] {
            let problem = MarginRule::new(MetricName::Rmse, Some(bad)).unwrap_err();
            assert_eq!(problem.code, "bad-margin");
        }
    }
}
