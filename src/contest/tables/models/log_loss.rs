//! The log loss of two classes, summed over linear predictors.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

/// The sum of log(1 + exp(score)) − truth · score.
#[derive(Clone, Copy, Debug)]
pub(in crate::contest::tables) struct LogLoss {
    sum: f64,
    /// Product of 1 + exp(−|score|), whose logarithm is still to be added: one
    /// logarithm for hundreds of rows.
    product: f64,
}

impl Default for LogLoss {
    fn default() -> Self {
        Self {
            sum: 0.0,
            product: 1.0,
        }
    }
}

impl LogLoss {
    /// Of linear predictors and the truth of the same rows, 0 or 1.
    pub(in crate::contest::tables) fn of(scores: &[f64], truth: &[f64]) -> Self {
        let mut losses = Self::default();
        for (score, value) in scores.iter().zip(truth) {
            losses.add(*score, *value);
        }
        losses
    }

    /// Adds a row's; gives its probability.
    #[inline(always)]
    pub(in crate::contest::tables) fn add(&mut self, score: f64, value: f64) -> f64 {
        let small = exp_of_negative(-score.abs());
        self.sum += score.max(0.0) - value * score;
        self.product *= 1.0 + small;
        if self.product > 1e300 {
            self.sum += libm::log(self.product);
            self.product = 1.0;
        }
        of_small(score, small)
    }

    /// The sum.
    pub(in crate::contest::tables) fn sum(&self) -> f64 {
        self.sum + libm::log(self.product)
    }
}

/// 1 ÷ (1 + exp(−score)).
#[inline(always)]
pub(in crate::contest::tables) fn sigmoid(score: f64) -> f64 {
    of_small(score, exp_of_negative(-score.abs()))
}

/// exp(x) for x ≤ 0 to the last bit or two, 0 where it is below the normal
/// numbers, and not a number for none: by a score of products and no branch, so that
/// rows can be worked at side by side, which a call into a library prevents.
///
/// x is k·ln 2 + r with |r| ≤ ln 2 ÷ 2; the Taylor series of exp(r) is off by
/// less than r¹⁴ ÷ 14! ≤ 5·10⁻¹⁸, and k goes into the exponent.
#[inline(always)]
fn exp_of_negative(x: f64) -> f64 {
    /// ln 2 in two parts, the first short enough that its products with k are exact.
    const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
    /// Added to a number, it leaves the nearest integer in the last bits.
    const TO_INTEGER: f64 = 6_755_399_441_055_744.0;
    /// Where the normal numbers end.
    const LEAST: f64 = -708.0;
    let shifted = x * std::f64::consts::LOG2_E + TO_INTEGER;
    let k = shifted - TO_INTEGER;
    let rest = x - k * LN_2[0] - k * LN_2[1];
    let (squared, fourth) = (rest * rest, rest * rest * (rest * rest));
    // neighbours first, and these in pairs: no product waits for the one before
    let pair = |first: f64, second: f64| 1.0 / first + rest * (1.0 / second);
    let low = (1.0 + rest) + squared * pair(2.0, 6.0);
    let next = pair(24.0, 120.0) + squared * pair(720.0, 5_040.0);
    let third = pair(40_320.0, 362_880.0) + squared * pair(3_628_800.0, 39_916_800.0);
    let high = third + fourth * pair(479_001_600.0, 6_227_020_800.0);
    let sum = low + fourth * (next + fourth * high);
    let scaled = f64::from_bits(sum.to_bits().wrapping_add(shifted.to_bits() << 52));
    if x < LEAST { 0.0 } else { scaled }
}

/// The same, given exp(−|score|).
#[inline(always)]
fn of_small(score: f64, small: f64) -> f64 {
    let larger = 1.0 / (1.0 + small);
    if score >= 0.0 { larger } else { small * larger }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_the_library() {
        let mut worst = 0.0_f64;
        for step in 0..=707_000 {
            let x = -f64::from(step) / 1000.0 - f64::from(step % 7) * 1e-5;
            let expected = libm::exp(x);
            worst = worst.max((exp_of_negative(x) / expected - 1.0).abs());
        }
        assert!(worst <= 4.0 * f64::EPSILON, "off by {worst}");
        assert_eq!(exp_of_negative(0.0), 1.0);
        assert_eq!(exp_of_negative(-0.0), 1.0);
        for x in [-709.0, -1e6, f64::NEG_INFINITY] {
            assert_eq!(exp_of_negative(x), 0.0);
        }
        assert!(exp_of_negative(f64::NAN).is_nan());
    }

    #[test]
    fn sums_are_those_of_single_rows() {
        let mut losses = LogLoss::default();
        let mut expected = 0.0;
        for step in 0..5_000 {
            let score = f64::from(step % 101) - 50.0 + f64::from(step) * 1e-4;
            let value = f64::from(step % 2);
            let probability = losses.add(score, value);
            assert!((probability - 1.0 / (1.0 + libm::exp(-score))).abs() < 1e-15);
            expected += libm::log1p(libm::exp(-score.abs())) + score.max(0.0) - value * score;
        }
        assert!((losses.sum() / expected - 1.0).abs() < 1e-13);
    }
}
