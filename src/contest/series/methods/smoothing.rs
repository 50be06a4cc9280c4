//! Exponential smoothing as innovations state space models (Hyndman, Koehler,
//! Ord & Snyder 2008): one recursion for every form.
//!
//! With level l, growth b, season s, damping φ: q = l + φb is the forecast
//! without season, μ = q + s or q·s the forecast. After y came, l = q + α(p − q)
//! with p = y − s or y/s; b = φb + (β/α)(l − l′ − φb), l′ the level before; s = s + γ(t − s)
//! with t = y − q or y/q. Additive and multiplicative errors differ in the
//! likelihood alone.

/// Bounds of the damping.
const DAMPING: (f64, f64) = (0.8, 0.98);

/// How errors, growth and season enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Whether errors grow with the level.
    pub(super) relative_errors: bool,
    /// Whether there is growth.
    pub(super) trend: bool,
    /// Whether growth fades.
    pub(super) damped: bool,
    /// How the season enters.
    pub(super) season: Season,
}

/// How a season enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// Not at all.
    None,
    /// It is added.
    Added,
    /// It multiplies.
    Times,
}

/// Number of settings: α, β as a share of α, γ as a share of 1 − α, φ, the
/// first level and the first growth.
pub(super) const SETTINGS: usize = 6;

/// α, β ÷ α, γ ÷ (1 − α), φ, first level, first growth.
pub(super) type Settings = [f64; SETTINGS];

/// The settings from which a search starts, and a season to start from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start {
    pub(super) settings: Settings,
    pub(super) steps: Settings,
    pub(super) season: Vec<f64>,
}

/// The states after the last value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct States {
    level: f64,
    growth: f64,
    /// One index a phase; phase 0 is that of the first value.
    season: Vec<f64>,
    next: usize,
}

impl Form {
    /// Every form that the values allow, simplest first; as in Hyndman &
    /// Khandakar (2008) without multiplicative growth, and without a
    /// multiplicative season under additive errors, which is unstable.
    pub(super) fn all(positive: bool, seasonal: bool) -> Vec<Self> {
        let mut forms = Vec::new();
        for season in [Season::None, Season::Added, Season::Times] {
            for (trend, damped) in [(false, false), (true, false), (true, true)] {
                for relative_errors in [false, true] {
                    let needs_positive = relative_errors || season == Season::Times;
                    if (season != Season::None && !seasonal)
                        || (needs_positive && !positive)
                        || (season == Season::Times && !relative_errors)
                    {
                        continue;
                    }
                    forms.push(Self {
                        relative_errors,
                        trend,
                        damped,
                        season,
                    });
                }
            }
        }
        forms
    }

    /// The name in the usual letters: errors, trend, season.
    pub(super) fn name(self) -> &'static str {
        match (self.relative_errors, self.trend, self.damped, self.season) {
            (false, false, _, Season::None) => "ANN",
            (false, true, false, Season::None) => "AAN",
            (false, true, true, Season::None) => "AAdN",
            (false, false, _, Season::Added) => "ANA",
            (false, true, false, Season::Added) => "AAA",
            (false, true, true, Season::Added) => "AAdA",
            (false, false, _, Season::Times) => "ANM",
            (false, true, false, Season::Times) => "AAM",
            (false, true, true, Season::Times) => "AAdM",
            (true, false, _, Season::None) => "MNN",
            (true, true, false, Season::None) => "MAN",
            (true, true, true, Season::None) => "MAdN",
            (true, false, _, Season::Added) => "MNA",
            (true, true, false, Season::Added) => "MAA",
            (true, true, true, Season::Added) => "MAdA",
            (true, false, _, Season::Times) => "MNM",
            (true, true, false, Season::Times) => "MAM",
            (true, true, true, Season::Times) => "MAdM",
        }
    }

    /// Parameters that the corrected information criterion counts: smoothing
    /// weights, first states and the variance.
    pub(super) fn parameters(self, period: usize) -> f64 {
        let mut count = 3;
        if self.trend {
            count += 2;
        }
        if self.damped {
            count += 1;
        }
        if self.season != Season::None {
            count += period;
        }
        count as f64
    }

    /// Bounds of the settings.
    pub(super) fn bounds() -> [(f64, f64); SETTINGS] {
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        let weight = (1e-4, 0.9999);
        [weight, (1e-4, 1.0), (1e-4, 1.0), DAMPING, all, all]
    }

    /// Where the search starts: a line through the first values without
    /// season, as in Hyndman & Khandakar (2008). `flat` are the values without
    /// their season, `season` its first indices.
    pub(super) fn start(self, flat: &[f64], season: &[f64]) -> Start {
        let period = season.len().max(1);
        let count = (2 * period).max(10).min(flat.len());
        let head = &flat[..count];
        let n = count as f64;
        let mean = head.iter().sum::<f64>() / n;
        let (mut level, mut growth) = (mean, 0.0);
        if self.trend && count > 1 {
            let centre = 0.5 * (n + 1.0);
            let products: f64 = head
                .iter()
                .enumerate()
                .map(|(index, value)| ((index + 1) as f64 - centre) * (value - mean))
                .sum();
            growth = products / (n * (n * n - 1.0) / 12.0);
            level = mean - growth * centre;
        }
        let spread = flat
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .sum::<f64>()
            / flat.len().max(2) as f64;
        let unit = if spread > 0.0 { spread } else { 1.0 };
        let seasonal = self.season != Season::None;
        Start {
            settings: [
                if seasonal { 0.2 } else { 0.5 },
                0.1,
                0.1,
                0.95,
                level,
                growth,
            ],
            steps: [
                0.3,
                if self.trend { 0.3 } else { 0.0 },
                if seasonal { 0.2 } else { 0.0 },
                if self.damped { -0.08 } else { 0.0 },
                unit,
                if self.trend { 0.3 * unit } else { 0.0 },
            ],
            season: match self.season {
                Season::None => Vec::new(),
                Season::Added | Season::Times => season.to_vec(),
            },
        }
    }

    /// −2 log likelihood up to a constant, and the states after the last
    /// value; infinite where the recursion leaves its domain. `season` is
    /// scratch space for the indices and is overwritten.
    pub(super) fn run(
        self,
        values: &[f64],
        settings: &Settings,
        first_season: &[f64],
        season: &mut Vec<f64>,
    ) -> (f64, f64, f64) {
        season.clear();
        season.extend_from_slice(first_season);
        let [alpha, beta_share, gamma_share, phi, mut level, mut growth] = *settings;
        let gamma = gamma_share * (1.0 - alpha);
        let phi = match (self.trend, self.damped) {
            (false, _) => 0.0,
            (true, false) => 1.0,
            (true, true) => phi,
        };
        let (mut squares, mut logs, mut product) = (0.0, 0.0, 1.0);
        let mut phase = 0;
        for value in values {
            let damped = phi * growth;
            let without = level + damped;
            let (forecast, own) = match self.season {
                Season::None => (without, *value),
                Season::Added => (without + season[phase], value - season[phase]),
                Season::Times => (without * season[phase], value / season[phase]),
            };
            let error = value - forecast;
            if self.relative_errors {
                if forecast <= 0.0 || without <= 0.0 {
                    return (f64::INFINITY, level, growth);
                }
                let relative = error / forecast;
                squares += relative * relative;
                product *= forecast;
                if !(1e-100..1e100).contains(&product) {
                    logs += libm::log(product);
                    product = 1.0;
                }
            } else {
                squares += error * error;
            }
            let gain = own - without;
            level = without + alpha * gain;
            growth = damped + beta_share * (level - without);
            match self.season {
                Season::None => {}
                Season::Added => season[phase] += gamma * (value - without - season[phase]),
                Season::Times => season[phase] += gamma * (value / without - season[phase]),
            }
            if self.season != Season::None {
                phase += 1;
                if phase == season.len() {
                    phase = 0;
                }
            }
        }
        let n = values.len() as f64;
        let mut loss = n * libm::log(squares.max(f64::MIN_POSITIVE));
        if self.relative_errors {
            loss += 2.0 * (logs + libm::log(product));
        }
        (loss, level, growth)
    }

    /// The states after the last value.
    pub(super) fn states(self, values: &[f64], settings: &Settings, first: &[f64]) -> States {
        let mut season = Vec::new();
        let (_, level, growth) = self.run(values, settings, first, &mut season);
        States {
            level,
            growth,
            season,
            next: values.len(),
        }
    }

    /// Forecasts from the states.
    pub(super) fn forecast(self, states: &States, phi: f64, horizon: usize) -> Vec<f64> {
        let phi = if self.damped { phi } else { 1.0 };
        let (mut reach, mut power) = (0.0, 1.0);
        (0..horizon)
            .map(|step| {
                power *= phi;
                reach += power;
                let without = if self.trend {
                    states.level + reach * states.growth
                } else {
                    states.level
                };
                let period = states.season.len();
                match self.season {
                    Season::None => without,
                    Season::Added => without + states.season[(states.next + step) % period],
                    Season::Times => without * states.season[(states.next + step) % period],
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_smoothing_is_the_textbook_recursion() {
        let form = Form {
            relative_errors: false,
            trend: false,
            damped: false,
            season: Season::None,
        };
        let settings = [0.5, 0.0, 0.0, 0.9, 10.0, 0.0];
        let states = form.states(&[12.0, 8.0], &settings, &[]);
        // 10 → 11 → 9.5
        assert_eq!(form.forecast(&states, 0.9, 2), [9.5, 9.5]);
        let (loss, ..) = form.run(&[12.0, 8.0], &settings, &[], &mut Vec::new());
        assert!((loss - 2.0 * 13.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn what_is_called_seasonal_is_seasonal() {
        for season in [Season::Added, Season::Times] {
            let form = Form {
                relative_errors: true,
                trend: true,
                damped: true,
                season,
            };
            let first: &[f64] = match season {
                Season::None => &[],
                Season::Added => &[-2.0, 0.0, 2.0],
                Season::Times => &[0.8, 1.0, 1.2],
            };
            let states = form.states(&[8.0, 10.0, 12.0], &[0.1, 0.1, 0.1, 0.9, 10.0, 0.0], first);
            let forecast = form.forecast(&states, 0.9, 6);
            assert!(forecast[0] < forecast[1] && forecast[1] < forecast[2]);
            assert!((forecast[3] - forecast[0]).abs() < 0.2);
        }
    }
}
