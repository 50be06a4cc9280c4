//! The Theta method of Assimakopoulos & Nikolopoulos (2000), as the state
//! space models of Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016).
//!
//! The forecast is a smoothed level ℓ plus a part ω = 1 − 1/θ of a line A + Bt:
//! `μ_{t+1} = ℓ_t + ω·(A·q^t + B·(1 − q^{t+1})/α)`, `q = 1 − α`. The line is fitted
//! once to all values (standard, optimised) or grows with them (dynamic). For
//! a given α both the first level and ω enter linearly, so that least squares
//! gives them and only α is searched, over one-step errors from the fourth on.

use super::trend::short;
use crate::contest::series::past::Past;
use crate::contest::series::season::Indices;

/// Bounds of the smoothing weight.
const WEIGHTS: (f64, f64) = (0.1, 0.99);

/// Grid points of the search for the weight, and halvings after it.
const GRID: usize = 12;
const SECTIONS: usize = 14;

/// The share of the line at θ = 2.
const HALF: f64 = 0.5;

/// Errors before this one are not counted: the line starts with nothing.
const BURN_IN: usize = 3;

/// The kinds of Theta model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    dynamic: bool,
    optimised: bool,
}

/// A fitted Theta model.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    kind: Kind,
    alpha: f64,
    omega: f64,
    first_level: f64,
    loss: f64,
}

/// The line A + Bt and the mean that it grows from.
#[derive(Clone, Copy, Debug)]
struct Line {
    a: f64,
    b: f64,
    mean: f64,
}

/// Theta with θ = 2, half of the trend.
pub(in crate::contest::series) fn standard(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    with_season(past, horizon, |flat| {
        fit(
            flat,
            Kind {
                dynamic: false,
                optimised: false,
            },
        )
    })
}

/// In a sentence.
pub(in crate::contest::series) fn says_standard(past: &Past<'_>) -> String {
    format!(
        "A smoothed level and half of the trend{}.",
        season_note(past)
    )
}

/// The best of the four Theta models by one-step errors.
pub(in crate::contest::series) fn optimised(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    with_season(past, horizon, best)
}

/// In a sentence.
pub(in crate::contest::series) fn says_optimised(past: &Past<'_>) -> String {
    let share = best(&flat(past).0).map_or_else(
        || "a part".to_owned(),
        |fit| format!("{} of", short(fit.omega)),
    );
    format!(
        "A smoothed level and {share} the trend, the part chosen by its errors{}.",
        season_note(past)
    )
}

fn season_note(past: &Past<'_>) -> String {
    past.season.map_or_else(String::new, |period| {
        format!(", after a season of {period} points was taken out")
    })
}

/// The values without their season, and the season.
fn flat(past: &Past<'_>) -> (Vec<f64>, Option<Indices>) {
    let values = past.values();
    let indices = past
        .season
        .and_then(|period| Indices::classical(values, period));
    match indices {
        Some(indices) => (indices.remove(values), Some(indices)),
        None => (values.to_vec(), None),
    }
}

fn with_season(
    past: &Past<'_>,
    horizon: usize,
    fit: impl FnOnce(&[f64]) -> Option<Fit>,
) -> Vec<f64> {
    let (flat, indices) = flat(past);
    let mut forecast = match fit(&flat) {
        Some(fit) => fit.forecast(&flat, horizon),
        None => vec![past.last(); horizon],
    };
    if let Some(indices) = indices {
        indices.restore(&mut forecast, flat.len());
    }
    if forecast.iter().all(|value| value.is_finite()) {
        forecast
    } else {
        vec![past.last(); horizon]
    }
}

/// The best of the four, in the order in which ties are broken.
fn best(values: &[f64]) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    for dynamic in [false, true] {
        for optimised in [false, true] {
            let found = fit(values, Kind { dynamic, optimised })?;
            if best.is_none_or(|best| found.loss < best.loss) {
                best = Some(found);
            }
        }
    }
    best
}

/// Searches the weight; `None` for fewer than five values or equal ones.
fn fit(values: &[f64], kind: Kind) -> Option<Fit> {
    let first = *values.first()?;
    if values.len() < 5 || values.iter().all(|value| *value == first) {
        return None;
    }
    let at = |alpha: f64| solve(values, kind, alpha);
    let (low, high) = WEIGHTS;
    let width = (high - low) / (GRID - 1) as f64;
    let mut best = at(low);
    for point in 1..GRID {
        let found = at(low + width * point as f64);
        if found.loss < best.loss {
            best = found;
        }
    }
    let (mut left, mut right) = (
        (best.alpha - width).max(low),
        (best.alpha + width).min(high),
    );
    for _ in 0..SECTIONS {
        let third = (right - left) / 3.0;
        let (lower, upper) = (at(left + third), at(right - third));
        if lower.loss <= upper.loss {
            right = upper.alpha;
        } else {
            left = lower.alpha;
        }
        for found in [lower, upper] {
            if found.loss < best.loss {
                best = found;
            }
        }
    }
    best.loss.is_finite().then_some(best)
}

impl Line {
    fn first(values: &[f64], kind: Kind) -> Self {
        if kind.dynamic {
            return Self {
                a: values[0],
                b: 0.0,
                mean: values[0],
            };
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let weighted = values
            .iter()
            .enumerate()
            .map(|(index, value)| (index + 1) as f64 * value)
            .sum::<f64>()
            / n;
        let b = 6.0 * (2.0 * weighted - (n + 1.0) * mean) / (n * n - 1.0);
        Self {
            a: mean - 0.5 * (n + 1.0) * b,
            b,
            mean,
        }
    }

    /// What it adds to the forecast of the value at `index`, given `power` = q^index.
    fn part(self, power: f64, alpha: f64) -> f64 {
        self.a * power + self.b * (1.0 - power * (1.0 - alpha)) / alpha
    }

    /// With the value at `index` (equations 17 to 19 of Fiorucci et al.).
    fn grow(self, value: f64, index: usize, kind: Kind) -> Self {
        if !kind.dynamic {
            return self;
        }
        let i = index as f64;
        let b = ((i - 1.0) * self.b + 6.0 * (value - self.mean) / (i + 1.0)) / (i + 2.0);
        let mean = (i * self.mean + value) / (i + 1.0);
        Self {
            a: mean - 0.5 * b * (i + 2.0),
            b,
            mean,
        }
    }
}

/// Least squares for the first level and ω at one α. The error at t is
/// y − base − q^t·ℓ₀ − ω·part, with `base` the level if ℓ₀ were zero.
fn solve(values: &[f64], kind: Kind, alpha: f64) -> Fit {
    let q = 1.0 - alpha;
    let mut line = Line::first(values, kind);
    let (mut base, mut power) = (alpha * values[0], q);
    let (mut levels, mut parts, mut cross) = (0.0, 0.0, 0.0);
    let (mut level_target, mut part_target, mut targets) = (0.0, 0.0, 0.0);
    for (index, value) in values.iter().enumerate().skip(1) {
        let part = line.part(power, alpha);
        if index >= BURN_IN {
            let target = value - base;
            levels += power * power;
            parts += part * part;
            cross += power * part;
            level_target += power * target;
            part_target += part * target;
            targets += target * target;
        }
        base = alpha * value + q * base;
        line = line.grow(*value, index, kind);
        power *= q;
    }
    let level_given = |omega: f64| {
        if levels > 0.0 {
            (level_target - omega * cross) / levels
        } else {
            0.0
        }
    };
    let determinant = levels * parts - cross * cross;
    let omega = if kind.optimised && determinant > 1e-12 * levels * parts {
        ((levels * part_target - cross * level_target) / determinant).clamp(0.0, 1.0)
    } else {
        HALF
    };
    let first_level = level_given(omega);
    let loss = targets - 2.0 * (first_level * level_target + omega * part_target)
        + first_level * first_level * levels
        + omega * omega * parts
        + 2.0 * first_level * omega * cross;
    Fit {
        kind,
        alpha,
        omega,
        first_level,
        loss: loss.max(0.0),
    }
}

impl Fit {
    fn forecast(&self, values: &[f64], horizon: usize) -> Vec<f64> {
        let q = 1.0 - self.alpha;
        let mut line = Line::first(values, self.kind);
        let mut level = self.alpha * values[0] + q * self.first_level;
        let mut power = q;
        for (index, value) in values.iter().enumerate().skip(1) {
            level = self.alpha * value + q * level;
            line = line.grow(*value, index, self.kind);
            power *= q;
        }
        (values.len()..values.len() + horizon)
            .map(|index| {
                let value = level + self.omega * line.part(power, self.alpha);
                level = self.alpha * value + q * level;
                line = line.grow(value, index, self.kind);
                power *= q;
                value
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_is_that_of_the_forecasts_made_one_by_one() {
        let values: Vec<f64> = (0..40)
            .map(|t| 5.0 + 0.3 * f64::from(t) + f64::from(t * 37 % 11))
            .collect();
        for dynamic in [false, true] {
            let kind = Kind {
                dynamic,
                optimised: true,
            };
            let fit = fit(&values, kind).unwrap();
            let mut line = Line::first(&values, kind);
            let (q, mut loss) = (1.0 - fit.alpha, 0.0);
            let mut level = fit.alpha * values[0] + q * fit.first_level;
            for (index, value) in values.iter().enumerate().skip(1) {
                let forecast = level + fit.omega * line.part(q.powi(index as i32), fit.alpha);
                if index >= BURN_IN {
                    loss += (value - forecast).powi(2);
                }
                level = fit.alpha * value + q * level;
                line = line.grow(*value, index, kind);
            }
            assert!((loss - fit.loss).abs() <= 1e-8 * loss, "{loss} {fit:?}");
        }
    }

    #[test]
    fn equal_values_have_no_trend_to_share() {
        assert_eq!(
            fit(
                &[3.0; 20],
                Kind {
                    dynamic: true,
                    optimised: true
                }
            ),
            None
        );
    }
}
