//! Two forecasts of one series: Diebold & Mariano's test with the correction
//! of Harvey, Leybourne & Newbold, and the posterior that goes with it.

use super::posterior::{Posterior, Spread};
use super::{mean, paired_differences, student_tail};
use crate::digits::TIE;

/// Fewer forecast origins than this are not compared.
pub const MINIMUM_ORIGINS: usize = 10;

/// The Diebold-Mariano test with the Harvey-Leybourne-Newbold correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DieboldMariano {
    /// The corrected statistic, negative when the first forecast loses less.
    pub statistic: f64,
    /// Two-sided p-value of "equally good", Student t with n − 1 degrees of freedom.
    pub p_two_sided: f64,
    /// The posterior of the mean of (first loss − second loss): positive when
    /// the second is better. Student t around the mean with the corrected
    /// standard error, as the reference prior gives it.
    pub posterior: Posterior,
    /// Whether the variance had to be taken with Bartlett weights.
    pub bartlett: bool,
}

/// Compares two forecasts of the same series by their losses at the same
/// origins, in order of time; `horizon` steps ahead, 1 or more.
///
/// The variance of the mean loss difference counts autocovariances up to
/// lag h − 1 with weight 1 (Diebold & Mariano 1995, as corrected by Harvey,
/// Leybourne & Newbold 1997); should it come out at zero or below, with
/// Bartlett weights 1 − k/h instead (Newey & West 1987), which cannot be
/// negative. `None` where losses differ in number, are fewer than two or not
/// finite, or do not outnumber the horizon. Losses that agree to 1e-9 of their
/// size are ties; a difference that never changes is a point.
pub fn diebold_mariano(first: &[f64], second: &[f64], horizon: usize) -> Option<DieboldMariano> {
    let count = first.len();
    if count != second.len() || count < 2 || horizon == 0 || horizon >= count {
        return None;
    }
    let differences = paired_differences(second, first, true);
    let centre = mean(&differences);
    if !centre.is_finite() {
        return None;
    }
    let n = count as f64;
    let h = horizon as f64;
    let covariance = |lag: usize| {
        differences[lag..]
            .iter()
            .zip(&differences)
            .map(|(later, earlier)| (later - centre) * (earlier - centre))
            .sum::<f64>()
            / n
    };
    let own = covariance(0);
    if own.sqrt() <= TIE * centre.abs() {
        return Some(without_spread(centre));
    }
    let long_run = |weight: &dyn Fn(f64) -> f64| {
        own + 2.0
            * (1..horizon)
                .map(|lag| weight(lag as f64) * covariance(lag))
                .sum::<f64>()
    };
    let plain = long_run(&|_| 1.0);
    let bartlett = plain <= 0.0;
    let variance = if bartlett {
        long_run(&|lag| 1.0 - lag / h)
    } else {
        plain
    };
    let correction = (n + 1.0 - 2.0 * h + h * (h - 1.0) / n) / n;
    let scale = (variance / n / correction).sqrt();
    if !scale.is_finite() || scale <= 0.0 {
        return None;
    }
    let statistic = centre / scale;
    Some(DieboldMariano {
        statistic,
        p_two_sided: 2.0 * student_tail(statistic.abs(), n - 1.0),
        posterior: Posterior::Student {
            location: centre,
            spread: Spread {
                scale,
                degrees: n - 1.0,
            },
        },
        bartlett,
    })
}

/// The loss difference is the same at every origin.
fn without_spread(centre: f64) -> DieboldMariano {
    let tied = centre == 0.0;
    DieboldMariano {
        statistic: if tied {
            0.0
        } else {
            f64::INFINITY.copysign(centre)
        },
        p_two_sided: if tied { 1.0 } else { 0.0 },
        posterior: Posterior::Point(centre),
        bartlett: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUTH: [f64; 10] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
    const FIRST: [f64; 10] = [1.1, 2.3, 2.7, 4.2, 5.5, 5.8, 7.4, 8.1, 8.6, 10.3];
    const SECOND: [f64; 10] = [1.5, 1.6, 3.6, 4.9, 4.4, 6.7, 6.1, 8.8, 9.9, 9.2];

    fn squares(forecast: &[f64; 10]) -> Vec<f64> {
        TRUTH
            .iter()
            .zip(forecast)
            .map(|(truth, value)| (truth - value) * (truth - value))
            .collect()
    }

    #[test]
    fn the_corrected_statistic_agrees_with_independent_numbers() {
        let (first, second) = (squares(&FIRST), squares(&SECOND));
        for (horizon, statistic, p) in
            [(1, -5.564_894, 0.000_349_67), (2, -4.428_774, 0.001_650_08)]
        {
            let test = diebold_mariano(&first, &second, horizon).unwrap();
            assert!((test.statistic - statistic).abs() <= 1e-6, "{test:?}");
            assert!((test.p_two_sided - p).abs() <= 1e-6, "{test:?}");
            // the posterior is the test read the other way round
            let worse = 1.0 - test.posterior.above(0.0);
            assert!((worse - (1.0 - 0.5 * p)).abs() <= 1e-6, "{test:?}");
        }
    }

    #[test]
    fn a_negative_variance_is_taken_again_with_bartlett_weights() {
        let first = [0.0; 12];
        let second: Vec<f64> = (0..12)
            .map(|i| if i % 2 == 0 { 1.0 } else { -1.1 })
            .collect();
        let test = diebold_mariano(&first, &second, 2).unwrap();
        assert!(test.bartlett);
        assert!(test.statistic.is_finite());
    }

    #[test]
    fn a_difference_that_never_changes_is_a_point() {
        let test = diebold_mariano(&[2.0; 12], &[1.0; 12], 1).unwrap();
        assert_eq!(test.posterior, Posterior::Point(1.0));
        let tied = diebold_mariano(&[2.0; 12], &[2.0; 12], 3).unwrap();
        assert_eq!((tied.statistic, tied.p_two_sided), (0.0, 1.0));
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        assert!(diebold_mariano(&[1.0; 5], &[1.0; 4], 1).is_none());
        assert!(diebold_mariano(&[1.0, 2.0], &[1.0, 1.0], 2).is_none());
        assert!(diebold_mariano(&[1.0, f64::NAN, 2.0], &[1.0; 3], 1).is_none());
    }
}
