//! How much of what the best tier gains a simpler one gains already.

use super::correlated::{inflation, paired_differences};
use super::{mean, student_quantile};
use crate::contest::evidence::Tier;
use crate::contest::panels::GainShare;
use crate::digits;

/// A ratio of means with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The ratio of the means.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Fieller's interval (1954) of mean(part) ÷ mean(whole) over folds, with the
/// variances of the means corrected for overlapping training sets as in
/// [`super::correlated_posterior`]: all r for which part − r · whole is not
/// told from zero by the corrected t-test. `None` where the whole itself is
/// not told from zero, as the ratio could then be anything, and for fewer than
/// two folds.
pub fn ratio_of_means(part: &[f64], whole: &[f64], rho: f64) -> Option<Ratio> {
    let count = part.len().min(whole.len());
    if count < 2 {
        return None;
    }
    let (part, whole) = (&part[..count], &whole[..count]);
    let (x, y) = (mean(part), mean(whole));
    let covariance = |left: &[f64], right: &[f64], left_mean: f64, right_mean: f64| {
        let products: f64 = left
            .iter()
            .zip(right)
            .map(|(a, b)| (a - left_mean) * (b - right_mean))
            .sum();
        inflation(count, rho) * products / (count as f64 - 1.0)
    };
    let t = student_quantile(0.025, count as f64 - 1.0);
    let square = y * y - t * t * covariance(whole, whole, y, y);
    let linear = x * y - t * t * covariance(part, whole, x, y);
    let constant = x * x - t * t * covariance(part, part, x, x);
    if square <= 0.0 || y <= 0.0 {
        return None;
    }
    let root = (linear * linear - square * constant).max(0.0).sqrt();
    let ratio = Ratio {
        value: x / y,
        low: (linear - root) / square,
        high: (linear + root) / square,
    };
    (ratio.low.is_finite() && ratio.high.is_finite()).then_some(ratio)
}

/// The share of the possible gain that each tier takes: its gain over the
/// naive tier, divided by the gain of the best of the tiers given. Nothing
/// where there is no naive tier or no gain that can be told from zero. The
/// best is the one with the best mean, so that what is possible is, if
/// anything, put a little too high.
///
/// `tiers` are tiers with their scores on the same folds.
pub fn shares_of_gain(
    tiers: &[(Tier, &[f64])],
    higher_is_better: bool,
    rho: f64,
) -> Vec<GainShare> {
    let Some((_, naive)) = tiers.iter().find(|(tier, _)| *tier == Tier::Naive) else {
        return Vec::new();
    };
    let gains: Vec<(Tier, Vec<f64>)> = tiers
        .iter()
        .filter(|(tier, _)| *tier != Tier::Naive)
        .map(|(tier, scores)| (*tier, paired_differences(naive, scores, higher_is_better)))
        .collect();
    // of equals the first, which is the simplest
    let mut best: Option<&Vec<f64>> = None;
    for (_, gain) in &gains {
        if best.is_none_or(|whole| mean(gain) > mean(whole) + digits::TIE * mean(whole).abs()) {
            best = Some(gain);
        }
    }
    let Some(whole) = best else {
        return Vec::new();
    };
    gains
        .iter()
        .filter_map(|(tier, gain)| {
            let ratio = ratio_of_means(gain, whole, rho)?;
            Some(GainShare {
                tier: *tier,
                share: digits::round(ratio.value),
                low: digits::round(ratio.low),
                high: digits::round(ratio.high),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::corrected_t_test;
    use super::*;

    const NAIVE: [f64; 5] = [0.50, 0.51, 0.49, 0.50, 0.50];
    const RULE: [f64; 5] = [0.70, 0.72, 0.68, 0.71, 0.69];
    const MODEL: [f64; 5] = [0.74, 0.77, 0.73, 0.76, 0.75];

    #[test]
    fn the_rule_takes_its_share_and_the_best_takes_all() {
        let shares = shares_of_gain(
            &[
                (Tier::Naive, &NAIVE),
                (Tier::Heuristic, &RULE),
                (Tier::MinimumViableModel, &MODEL),
            ],
            true,
            0.2,
        );
        assert_eq!(shares.len(), 2);
        assert!((shares[0].share - 0.8).abs() < 1e-9);
        assert!(shares[0].low < 0.8 && shares[0].high > 0.8);
        let all = &shares[1];
        assert_eq!((all.share, all.low, all.high), (1.0, 1.0, 1.0));
    }

    #[test]
    fn without_a_gain_there_is_nothing_to_share() {
        let noise = [0.52, 0.49, 0.51, 0.48, 0.50];
        let shares = shares_of_gain(
            &[(Tier::Naive, &NAIVE), (Tier::Heuristic, &noise)],
            true,
            0.2,
        );
        assert!(shares.is_empty());
        assert!(shares_of_gain(&[(Tier::Heuristic, &RULE)], true, 0.2).is_empty());
    }

    proptest! {
        #[test]
        fn the_ends_of_the_interval_are_where_the_test_turns(
            part in proptest::collection::vec(0.0..1.0_f64, 8),
            whole in proptest::collection::vec(1.0..1.5_f64, 8),
            rho in 0.0..0.3_f64,
        ) {
            let ratio = ratio_of_means(&part, &whole, rho);
            prop_assume!(ratio.is_some());
            for end in ratio.iter().flat_map(|ratio| [ratio.low, ratio.high]) {
                let differences: Vec<f64> =
                    part.iter().zip(&whole).map(|(a, b)| a - end * b).collect();
                let test = corrected_t_test(&differences, rho).unwrap();
                prop_assert!((test.p_two_sided - 0.05).abs() <= 1e-6, "{test:?}");
            }
        }
    }
}
