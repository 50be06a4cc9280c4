//! From numbers to pixels, with ticks at round numbers.

/// An axis from `low` to `high`, drawn from pixel `from` to pixel `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

/// Steps between ticks are these times a power of ten.
const STEPS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

impl Scale {
    /// An axis that spans all finite values with a little air; none if there is no finite value.
    pub(crate) fn around(
        values: impl IntoIterator<Item = f64>,
        from: f64,
        to: f64,
    ) -> Option<Self> {
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low > high {
            return None;
        }
        let air = if high > low {
            (high - low) * 0.05
        } else {
            high.abs().max(1.0) * 0.05
        };
        let scale = Self {
            low: low - air,
            high: high + air,
            from,
            to,
        };
        (scale.high - scale.low).is_finite().then_some(scale)
    }

    /// An axis between two numbers, the first below the second.
    pub(crate) fn between(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self {
            low,
            high,
            from,
            to,
        }
    }

    /// The pixel of a value, held inside the axis.
    pub(crate) fn pixel(self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// About `wanted` round numbers on the axis with their labels.
    pub(crate) fn ticks(self, wanted: usize) -> Vec<(f64, String)> {
        let rough = (self.high - self.low) / wanted.max(1) as f64;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let step = STEPS
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(10.0 * power);
        if !(step.is_finite() && step > 0.0) {
            return Vec::new();
        }
        let decimals = (0..12)
            .find(|decimals| {
                let scaled = step * libm::pow(10.0, f64::from(*decimals));
                (scaled - scaled.round()).abs() < 1e-6
            })
            .unwrap_or(12) as usize;
        let first = libm::ceil(self.low / step - 1e-9);
        (0..=wanted * 3)
            .map(|index| (first + index as f64) * step)
            .take_while(|value| *value <= self.high + step * 1e-9)
            .map(|value| {
                let value = if value.abs() < step * 1e-9 {
                    0.0
                } else {
                    value
                };
                (value, format!("{value:.decimals$}").replace('-', "−"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let labels = |low, high| {
            Scale::between(low, high, 0.0, 1.0)
                .ticks(5)
                .into_iter()
                .map(|(_, label)| label)
                .collect::<Vec<_>>()
        };
        assert_eq!(labels(0.0, 1.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(0.905, 0.935), ["0.91", "0.92", "0.93"]);
        assert_eq!(labels(-3.0, 7.0), ["−2", "0", "2", "4", "6"]);
        assert_eq!(labels(120.0, 980.0), ["200", "400", "600", "800"]);
    }

    #[test]
    fn nothing_finite_has_no_axis_and_one_value_has_one() {
        assert_eq!(Scale::around([f64::NAN, f64::INFINITY], 0.0, 1.0), None);
        let one = Scale::around([5.0], 0.0, 100.0).unwrap();
        assert!((one.pixel(5.0) - 50.0).abs() < 1e-9);
        assert_eq!(Scale::around([f64::MAX, f64::MIN], 0.0, 1.0), None);
    }
}
