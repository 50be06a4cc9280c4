//! Comparing two contenders on the same folds, rows or forecast origins.
//!
//! The contest itself reads [`correlated_posterior`] (tables, many series) and
//! [`diebold_mariano`] (one series), both of which give a [`Posterior`] of the
//! true difference; over a margin it becomes a [`PairPosterior`], which is all
//! that the decision rule knows of a comparison. The classical tests beside
//! them are for reports and for readers who know those better.

mod classical;
mod correlated;
mod forecasts;
mod gain;
mod posterior;

pub use classical::{FiveByTwo, McNemar, five_by_two, mcnemar};
pub use correlated::{
    CorrectedTest, corrected_t_test, correlated_posterior, expected_score_interval,
    paired_differences,
};
pub use forecasts::{DieboldMariano, MINIMUM_ORIGINS, diebold_mariano};
pub use gain::{Ratio, ratio_of_means, shares_of_gain};
pub use posterior::{PairPosterior, Posterior, Spread};

use statrs::distribution::{ContinuousCDF, StudentsT};

/// P(T > t) for Student's t with that many degrees of freedom; one half where
/// there are none.
fn student_tail(t: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(0.5, |distribution| distribution.sf(t))
}

/// The t with P(T > t) = `tail`.
pub(crate) fn student_quantile(tail: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::INFINITY, |distribution| {
        -distribution.inverse_cdf(tail)
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The unbiased sample variance, with n − 1 below.
fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    values
        .iter()
        .map(|value| (value - centre) * (value - centre))
        .sum::<f64>()
        / (values.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests;
