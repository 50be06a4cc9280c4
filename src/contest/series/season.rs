//! Seasons: whether there is one, how long it is, and its shape.

/// One-sided normal deviate of the M4 competition's test for a season.
const DEVIATE: f64 = 1.645;

/// The longest cycle that is looked for where the calendar suggests none.
const LONGEST_CYCLE: usize = 60;

/// Autocorrelations at the lags 1 to `most`; empty where all values agree.
pub(super) fn autocorrelations(values: &[f64], most: usize) -> Vec<f64> {
    let n = values.len();
    let mean = values.iter().sum::<f64>() / n.max(1) as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let variance: f64 = centred.iter().map(|value| value * value).sum();
    if n < 2 || variance <= f64::EPSILON * f64::EPSILON * (1.0 + mean * mean) * n as f64 {
        return Vec::new();
    }
    (1..=most.min(n - 1))
        .map(|lag| {
            centred[lag..]
                .iter()
                .zip(&centred)
                .map(|(later, earlier)| later * earlier)
                .sum::<f64>()
                / variance
        })
        .collect()
}

/// The M4 competition's test (Makridakis, Spiliotis & Assimakopoulos 2018):
/// seasonal if |`acf_m`| > `1.645·√((1 + 2·Σ_{i<m} acf_i²)/n)` and n ≥ 3m.
/// `acf` holds the autocorrelations from lag 1 on, `n` is the number of values.
pub(super) fn is_seasonal(acf: &[f64], n: usize, period: usize) -> bool {
    if period < 2 || n < 3 * period || acf.len() < period {
        return false;
    }
    let before: f64 = acf[..period - 1].iter().map(|value| value * value).sum();
    acf[period - 1].abs() > DEVIATE * ((1.0 + 2.0 * before) / n as f64).sqrt()
}

/// The season of these values: of the candidates that pass the test the one
/// with the strongest autocorrelation.
pub(super) fn tested(values: &[f64], candidates: &[usize]) -> Option<usize> {
    let n = values.len();
    let longest = candidates.iter().copied().filter(|m| n >= 3 * m).max()?;
    let acf = autocorrelations(values, longest);
    candidates
        .iter()
        .copied()
        .filter(|period| is_seasonal(&acf, n, *period) && acf[period - 1] > 0.0)
        .reduce(|best, next| {
            if acf[next - 1] > acf[best - 1] {
                next
            } else {
                best
            }
        })
}

/// A cycle that no calendar knows: the first peak of the autocorrelation after
/// it was negative, where it passes the same test as a season. The valley
/// before the peak tells a cycle from a trend, whose autocorrelation only falls.
pub(super) fn cycle(values: &[f64]) -> Option<usize> {
    let n = values.len();
    let acf = autocorrelations(values, LONGEST_CYCLE.min(n / 3));
    let valley = acf.iter().position(|value| *value < 0.0)?;
    let (peak, _) = acf
        .iter()
        .enumerate()
        .skip(valley)
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let inside = peak > valley && peak + 1 < acf.len();
    (inside && is_seasonal(&acf, n, peak + 1)).then_some(peak + 1)
}

/// How a season is taken out of a series and put back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Indices {
    /// One index a phase; phase 0 is that of the first value.
    phases: Vec<f64>,
    multiplicative: bool,
}

impl Indices {
    /// Classical decomposition (as in Hyndman & Athanasopoulos, *Forecasting:
    /// Principles and Practice*, 3.4): the mean ratio (or difference) to the
    /// centred moving average at each phase. Multiplicative where all values
    /// are positive and no index is below 0.01, else additive. `None` for
    /// fewer than two seasons.
    pub(super) fn classical(values: &[f64], period: usize) -> Option<Self> {
        if period < 2 || values.len() < 2 * period {
            return None;
        }
        let positive = values.iter().all(|value| *value > 0.0);
        let multiplicative = positive
            .then(|| Self::of_kind(values, period, true))
            .flatten()
            .filter(|found| found.phases.iter().all(|index| *index >= 0.01));
        multiplicative.or_else(|| Self::of_kind(values, period, false))
    }

    /// The decomposition of one kind.
    pub(super) fn of_kind(values: &[f64], period: usize, multiplicative: bool) -> Option<Self> {
        let half = period / 2;
        if period < 2 || values.len() < 2 * period {
            return None;
        }
        let mut sums = vec![0.0; period];
        let mut counts = vec![0.0; period];
        for centre in half..values.len() - half {
            let window = &values[centre - half..=centre + half];
            let inner: f64 = window.iter().sum();
            let trend = if period.is_multiple_of(2) {
                (inner - 0.5 * (window[0] + window[2 * half])) / period as f64
            } else {
                inner / period as f64
            };
            let left = if multiplicative {
                values[centre] / trend
            } else {
                values[centre] - trend
            };
            sums[centre % period] += left;
            counts[centre % period] += 1.0;
        }
        let mut phases: Vec<f64> = sums
            .iter()
            .zip(&counts)
            .map(|(sum, count)| sum / count)
            .collect();
        let mean = phases.iter().sum::<f64>() / period as f64;
        for phase in &mut phases {
            *phase = if multiplicative {
                *phase / mean
            } else {
                *phase - mean
            };
        }
        phases
            .iter()
            .all(|phase| phase.is_finite())
            .then_some(Self {
                phases,
                multiplicative,
            })
    }

    /// The index at a position counted from the first value.
    pub(super) fn at(&self, position: usize) -> f64 {
        self.phases[position % self.phases.len()]
    }

    /// The values without their season.
    pub(super) fn remove(&self, values: &[f64]) -> Vec<f64> {
        values
            .iter()
            .enumerate()
            .map(|(position, value)| {
                if self.multiplicative {
                    value / self.at(position)
                } else {
                    value - self.at(position)
                }
            })
            .collect()
    }

    /// Puts the season back into forecasts that start at `position`.
    pub(super) fn restore(&self, forecasts: &mut [f64], position: usize) {
        for (step, value) in forecasts.iter_mut().enumerate() {
            let index = self.at(position + step);
            if self.multiplicative {
                *value *= index;
            } else {
                *value += index;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: usize, period: f64) -> Vec<f64> {
        (0..n)
            .map(|t| 10.0 + 3.0 * (t as f64 * std::f64::consts::TAU / period).sin())
            .collect()
    }

    #[test]
    fn a_season_is_found_and_noise_is_none() {
        let values = wave(60, 12.0);
        assert_eq!(tested(&values, &[12]), Some(12));
        assert_eq!(tested(&values[..35], &[12]), None, "n ≥ 3m");
        let saw: Vec<f64> = (0..60).map(|t| f64::from(t * 7919 % 101)).collect();
        assert_eq!(tested(&saw, &[12]), None);
        assert_eq!(tested(&[5.0; 60], &[12]), None);
    }

    #[test]
    fn a_cycle_needs_a_valley() {
        assert_eq!(cycle(&wave(120, 11.0)), Some(11));
        let trend: Vec<f64> = (0..120).map(f64::from).collect();
        assert_eq!(cycle(&trend), None);
    }

    #[test]
    fn indices_come_out_and_go_back() {
        let shape = [0.5, 1.0, 1.5, 1.0];
        let values: Vec<f64> = (0..24).map(|t| 100.0 * shape[t % 4]).collect();
        let indices = Indices::classical(&values, 4).unwrap();
        assert!(indices.multiplicative);
        for (phase, expected) in shape.iter().enumerate() {
            assert!((indices.at(phase) - expected).abs() < 1e-12);
        }
        let flat = indices.remove(&values);
        assert!(flat.iter().all(|value| (value - 100.0).abs() < 1e-9));
        let mut forecast = vec![100.0; 3];
        indices.restore(&mut forecast, 26);
        assert!((forecast[0] - 150.0).abs() < 1e-9);
        let below_zero: Vec<f64> = values.iter().map(|value| value - 100.0).collect();
        assert!(!Indices::classical(&below_zero, 4).unwrap().multiplicative);
    }
}
