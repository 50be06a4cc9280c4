//! What holds for every posterior.

use proptest::prelude::*;

use super::*;

fn differences() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-0.5..0.5_f64, 2..40)
}

fn split(differences: &[f64], rho: f64, margin: f64) -> PairPosterior {
    correlated_posterior(differences, rho).over(margin)
}

proptest! {
    #[test]
    fn probabilities_sum_to_one(d in differences(), rho in 0.0..0.5_f64, margin in 0.0..0.2_f64) {
        let pair = split(&d, rho, margin);
        prop_assert!((pair.p_better + pair.p_same + pair.p_worse - 1.0).abs() <= 1e-9);
        for p in [pair.p_better, pair.p_same, pair.p_worse] {
            prop_assert!((0.0..=1.0).contains(&p), "{pair:?}");
        }
    }

    #[test]
    fn exchanging_the_two_exchanges_better_and_worse(d in differences(), rho in 0.0..0.5_f64, margin in 0.0..0.2_f64) {
        let pair = split(&d, rho, margin);
        let mirrored: Vec<f64> = d.iter().map(|value| -value).collect();
        let other = split(&mirrored, rho, margin);
        prop_assert!((pair.p_better - other.p_worse).abs() <= 1e-9);
        prop_assert!((pair.p_same - other.p_same).abs() <= 1e-9);
    }

    #[test]
    fn a_wider_margin_never_makes_a_difference_surer(d in differences(), rho in 0.0..0.5_f64, margin in 0.0..0.2_f64, wider in 0.0..0.2_f64) {
        let narrow = split(&d, rho, margin);
        let wide = split(&d, rho, margin + wider);
        prop_assert!(wide.p_better <= narrow.p_better + 1e-12);
        prop_assert!(wide.p_worse <= narrow.p_worse + 1e-12);
        prop_assert!(wide.p_same >= narrow.p_same - 1e-12);
    }

    #[test]
    fn a_constant_gain_makes_better_likelier(d in differences(), rho in 0.0..0.5_f64, gain in 0.0..0.3_f64) {
        let raised: Vec<f64> = d.iter().map(|value| value + gain).collect();
        prop_assert!(split(&raised, rho, 0.01).p_better >= split(&d, rho, 0.01).p_better - 1e-9);
    }

    #[test]
    fn the_unit_of_measurement_does_not_matter(d in differences(), rho in 0.0..0.5_f64, unit in 1e-3..1e3_f64) {
        let scaled: Vec<f64> = d.iter().map(|value| value * unit).collect();
        let (here, there) = (split(&d, rho, 0.01), split(&scaled, rho, 0.01 * unit));
        prop_assert!((here.p_better - there.p_better).abs() <= 1e-9);
        prop_assert!((here.p_same - there.p_same).abs() <= 1e-9);
    }

    #[test]
    fn a_larger_test_part_means_more_doubt(d in differences(), rho in 0.0..0.4_f64, more in 0.0..0.4_f64) {
        let (low, high) = expected_score_interval(&d, 5, rho).unwrap();
        let (lower, higher) = expected_score_interval(&d, 5, rho + more).unwrap();
        prop_assert!(lower <= low + 1e-12 && higher >= high - 1e-12);
    }

    #[test]
    fn the_zero_margin_posterior_is_the_corrected_t_test(d in differences(), rho in 0.0..0.5_f64) {
        let test = corrected_t_test(&d, rho).unwrap();
        let pair = split(&d, rho, 0.0);
        prop_assert!((pair.p_worse - test.p_one_sided).abs() <= 1e-9);
    }

    #[test]
    fn losses_exchanged_turn_the_statistic_round(first in proptest::collection::vec(0.0..9.0_f64, 12), second in proptest::collection::vec(0.0..9.0_f64, 12), horizon in 1..5_usize) {
        if let (Some(one), Some(other)) = (diebold_mariano(&first, &second, horizon), diebold_mariano(&second, &first, horizon)) {
            prop_assert!((one.statistic + other.statistic).abs() <= 1e-6 * one.statistic.abs().max(1.0));
            prop_assert!((one.p_two_sided - other.p_two_sided).abs() <= 1e-9);
        }
    }

    #[test]
    fn exact_p_values_are_probabilities_and_mid_p_is_smaller(first in 0..60_u64, second in 0..60_u64) {
        let test = mcnemar(first, second);
        prop_assert!((0.0..=1.0).contains(&test.p_chi_squared));
        prop_assert!(test.p_mid <= test.p_exact && test.p_mid >= 0.0 && test.p_exact <= 1.0);
    }
}
