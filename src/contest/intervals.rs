//! Intervals for shares: how much a count of successes among rows can tell.

use statrs::distribution::{Beta, ContinuousCDF};

/// The normal deviate of a two-sided 95 % interval.
const DEVIATE: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a share (Wilson 1927), which keeps inside 0 to 1
/// and means what it says for few rows and for shares near the ends (Brown,
/// Cai & `DasGupta` 2001). No rows tell nothing: 0 to 1.
pub fn wilson(successes: usize, rows: usize) -> (f64, f64) {
    if rows == 0 {
        return (0.0, 1.0);
    }
    let n = rows as f64;
    let share = successes.min(rows) as f64 / n;
    let square = DEVIATE * DEVIATE;
    let centre = share + square / (2.0 * n);
    let half = DEVIATE * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    (
        ((centre - half) / scale).max(0.0),
        ((centre + half) / scale).min(1.0),
    )
}

/// The one-sided upper bound of a share at this confidence (Clopper & Pearson
/// 1934): the exact one, never too small.
pub fn clopper_pearson_upper(successes: usize, rows: usize, confidence: f64) -> f64 {
    if successes >= rows {
        return 1.0;
    }
    Beta::new(successes as f64 + 1.0, (rows - successes) as f64)
        .map_or(1.0, |distribution| distribution.inverse_cdf(confidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9, "{found} {expected}");
    }

    #[test]
    fn wilson_agrees_with_statsmodels() {
        // proportion_confint(x, n, method="wilson")
        for (successes, rows, low, high) in [
            (0, 10, 0.0, 0.277_532_799_9),
            (3, 10, 0.107_791_267_4, 0.603_221_852_5),
            (50, 100, 0.403_831_530_4, 0.596_168_469_6),
            (10, 10, 0.722_467_200_1, 1.0),
        ] {
            let (found_low, found_high) = wilson(successes, rows);
            close(found_low, low);
            close(found_high, high);
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn the_exact_upper_bound_agrees_with_closed_forms() {
        // no success: 1 − 0.05^(1/n), the rule of three
        close(
            clopper_pearson_upper(0, 1000, 0.95),
            1.0 - 0.05_f64.powf(0.001),
        );
        // one of one less than all: 0.95^(1/n)
        close(clopper_pearson_upper(19, 20, 0.95), 0.95_f64.powf(0.05));
        assert_eq!(clopper_pearson_upper(5, 5, 0.95), 1.0);
    }
}
