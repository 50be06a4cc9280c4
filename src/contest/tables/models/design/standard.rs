//! A number as its distance from the mean in standard deviations.

/// No standardised number is beyond this, so that no sum of products overflows.
const LARGEST: f64 = 1e9;

/// How a number is standardised, learned from training rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::contest::tables::models) struct Standard {
    /// What stands in for a missing number: the median.
    pub(in crate::contest::tables::models) fill: f64,
    /// The mean, missing numbers filled.
    pub(in crate::contest::tables::models) mean: f64,
    /// The standard deviation (divided by the number of rows).
    pub(in crate::contest::tables::models) deviation: f64,
}

impl Standard {
    /// Learned from numbers of which NaN are missing; none if they don't vary.
    pub(in crate::contest::tables::models) fn learn(
        numbers: &(impl Iterator<Item = f64> + Clone),
    ) -> Option<Self> {
        let mut known: Vec<f64> = numbers
            .clone()
            .filter(|number| number.is_finite())
            .collect();
        if known.is_empty() {
            return None;
        }
        let middle = known.len() / 2;
        let (_, upper, _) = known.select_nth_unstable_by(middle, f64::total_cmp);
        let upper = *upper;
        let fill = if known.len().is_multiple_of(2) {
            let lower = known[..middle].iter().copied().fold(f64::MIN, f64::max);
            lower / 2.0 + upper / 2.0
        } else {
            upper
        };
        let filled = || {
            numbers
                .clone()
                .map(|number| if number.is_finite() { number } else { fill })
        };
        Self::of_filled(filled, fill)
    }

    /// Learned from finite numbers; none if they don't vary.
    pub(in crate::contest::tables::models) fn learn_finite(numbers: &[f64]) -> Option<Self> {
        Self::of_filled(|| numbers.iter().copied(), 0.0)
    }

    fn of_filled<N: Iterator<Item = f64>>(filled: impl Fn() -> N, fill: f64) -> Option<Self> {
        // Sums of very large numbers overflow; sums of shares of the largest don't.
        let largest = filled().map(f64::abs).fold(0.0, f64::max);
        let unit = if largest > 1e100 { largest } else { 1.0 };
        let (mut count, mut sum) = (0.0, 0.0);
        for number in filled() {
            count += 1.0;
            sum += number / unit;
        }
        let mean = sum / count;
        let squares: f64 = filled().map(|number| (number / unit - mean).powi(2)).sum();
        let deviation = (squares / count).sqrt();
        // What is left of a constant after rounding is no spread.
        if deviation <= 1e-10 * mean.abs() || deviation < 1e-150 {
            return None;
        }
        Some(Self {
            fill,
            mean: mean * unit,
            deviation: deviation * unit,
        })
    }

    /// The number in standard deviations from the mean.
    pub(in crate::contest::tables::models) fn of(&self, number: f64) -> f64 {
        let number = if number.is_finite() {
            number
        } else {
            self.fill
        };
        (number / self.deviation - self.mean / self.deviation).clamp(-LARGEST, LARGEST)
    }
}
