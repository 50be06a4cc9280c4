//! Classical tests of two contenders, for reports and for readers who know them better.

use statrs::distribution::{
    Binomial, ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, FisherSnedecor,
};

use super::student_tail;

/// McNemar's test of two classifiers on the same rows (McNemar 1947).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// χ² with continuity correction (Edwards 1948).
    pub chi_squared: f64,
    /// p-value of the χ² with one degree of freedom.
    pub p_chi_squared: f64,
    /// Two-sided exact p-value from the binomial distribution.
    pub p_exact: f64,
    /// Mid-p: the exact one less half the weight of what was observed, on each
    /// side (Fagerland, Lydersen & Laake 2013).
    pub p_mid: f64,
}

/// McNemar's test from the rows that only the first (`first_only`) and only
/// the second contender got right.
pub fn mcnemar(first_only: u64, second_only: u64) -> McNemar {
    let discordant = first_only + second_only;
    if discordant == 0 {
        return McNemar {
            chi_squared: 0.0,
            p_chi_squared: 1.0,
            p_exact: 1.0,
            p_mid: 1.0,
        };
    }
    let apart = (first_only.abs_diff(second_only) as f64 - 1.0).max(0.0);
    let chi_squared = apart * apart / discordant as f64;
    let p_chi_squared =
        ChiSquared::new(1.0).map_or(1.0, |distribution| distribution.sf(chi_squared));
    let fewer = first_only.min(second_only);
    let (tail, weight) = Binomial::new(0.5, discordant).map_or((0.5, 0.0), |distribution| {
        (distribution.cdf(fewer), distribution.pmf(fewer))
    });
    let p_exact = (2.0 * tail).min(1.0);
    // with equal counts both tails hold what was observed, and the mid-p is 1 less it once
    let p_mid = if first_only == second_only {
        1.0 - 0.5 * weight
    } else {
        p_exact - weight
    };
    McNemar {
        chi_squared,
        p_chi_squared,
        p_exact,
        p_mid,
    }
}

/// Tests over five repeats of two-fold cross-validation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiveByTwo {
    /// Dietterich's t (1998), with 5 degrees of freedom.
    pub t: f64,
    /// Its two-sided p-value.
    pub p_t: f64,
    /// Alpaydin's F (1999), with 10 and 5 degrees of freedom.
    pub f: f64,
    /// Its p-value.
    pub p_f: f64,
}

/// The 5×2 cv tests from the differences on both folds of each repeat; `None`
/// where the folds of every repeat agree, so that there is no variance.
pub fn five_by_two(differences: &[[f64; 2]; 5]) -> Option<FiveByTwo> {
    let variances: f64 = differences
        .iter()
        .map(|[first, second]| {
            let centre = 0.5 * (first + second);
            (first - centre) * (first - centre) + (second - centre) * (second - centre)
        })
        .sum();
    if variances <= 0.0 || !variances.is_finite() {
        return None;
    }
    let squares: f64 = differences.iter().flatten().map(|d| d * d).sum();
    let t = differences[0][0] / (variances / 5.0).sqrt();
    let f = squares / (2.0 * variances);
    Some(FiveByTwo {
        t,
        p_t: 2.0 * student_tail(t.abs(), 5.0),
        f,
        p_f: FisherSnedecor::new(10.0, 5.0).map_or(1.0, |distribution| distribution.sf(f)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-6, "{found} {expected}");
    }

    #[test]
    fn mcnemar_agrees_with_published_numbers() {
        let many = mcnemar(25, 15);
        close(many.chi_squared, 2.025);
        close(many.p_chi_squared, 0.154_729);
        let few = mcnemar(11, 1);
        close(few.p_exact, 0.006_347_656_25);
        close(few.p_mid, 0.003_417_97);
        assert_eq!(mcnemar(11, 1), mcnemar(1, 11));
    }

    #[test]
    fn rows_on_which_both_agree_say_nothing() {
        assert_eq!(mcnemar(0, 0).p_exact, 1.0);
        assert_eq!(mcnemar(3, 3).p_exact, 1.0);
        assert_eq!(mcnemar(3, 3).chi_squared, 0.0);
    }

    #[test]
    fn five_by_two_agrees_with_independent_numbers() {
        let differences = [
            [0.02, 0.01],
            [0.03, -0.01],
            [0.0, 0.02],
            [0.04, 0.02],
            [0.01, 0.03],
        ];
        let test = five_by_two(&differences).unwrap();
        close(test.t, 1.174_440);
        close(test.p_t, 0.293_103);
        close(test.f, 1.689_655);
        close(test.p_f, 0.292_741);
        assert_eq!(five_by_two(&[[0.1, 0.1]; 5]), None);
    }
}
