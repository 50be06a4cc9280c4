//! Rounding for results: a leaf module.
//!
//! Libraries choose other processor kernels on other machines, so the last
//! bits of a score differ there. Scores are therefore rounded to
//! [`SIGNIFICANT`] digits before they are compared for ties or printed.

/// Significant digits of every number in a result (DESIGN §3).
pub const SIGNIFICANT: usize = 9;

/// Two scores nearer than this are a tie, and ties go to the simpler.
pub const TIE: f64 = 1e-9;

/// The number rounded to [`SIGNIFICANT`] decimal digits; −0 becomes 0.
///
/// Rounding goes through decimal text, which Rust prints exactly and reads
/// back correctly rounded, so the result is the same on every platform.
pub fn round(value: f64) -> f64 {
    if !value.is_finite() || value == 0.0 {
        return if value == 0.0 { 0.0 } else { value };
    }
    format!("{value:.*e}", SIGNIFICANT - 1)
        .parse()
        .unwrap_or(value)
}

/// [`round`] for a number that may be missing; a number that is not finite counts as missing.
pub fn round_finite(value: f64) -> Option<f64> {
    value.is_finite().then(|| round(value))
}

/// A probability in whole percent that claims no certainty; a dash where there is none.
pub fn chance(probability: f64) -> String {
    if !probability.is_finite() {
        "–".to_owned()
    } else if probability > 0.99 {
        "over 99 %".to_owned()
    } else if probability < 0.01 {
        "under 1 %".to_owned()
    } else {
        format!("{:.0} %", 100.0 * probability)
    }
}

/// A lower bound of a probability in whole percent, rounded down and never 100:
/// a bound may be weakened but not strengthened.
pub fn lower_percent(probability: f64) -> u32 {
    ((100.0 * probability + 1e-9).floor() as u32).min(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_digits_stay() {
        assert_eq!(round(0.123_456_789_49), 0.123_456_789);
        assert_eq!(round(123_456_789_499.0), 123_456_789_000.0);
        assert_eq!(round(-0.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(round_finite(f64::NAN), None);
    }
}
