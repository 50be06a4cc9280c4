//! Linear regression on lags and the calendar, forecast step by step.
//!
//! What is predicted is the next step `y_t − y_{t−1}`, from the differences of
//! earlier values to `y_{t−1}`, from the distance of `y_{t−1}` to the mean, from
//! waves of the season and of the year, and from columns known in advance.
//! Ridge regression shrinks all of them towards zero, that is towards the
//! last value; its strength is chosen by leave-one-out errors (Allen's PRESS).

use crate::contest::series::calendar;
use crate::contest::series::contender::Session;
use crate::contest::series::frequency::Frequency;
use crate::contest::series::past::Past;

/// Strengths of the ridge, as multiples of the number of rows.
const STRENGTHS: [f64; 6] = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0];

/// Rows older than these are not learned from.
const MOST_ROWS: usize = 1_000;

/// Fewer rows than these are nothing to learn from.
const FEWEST_ROWS: usize = 4;

/// Seasons up to this long have every lag of two seasons.
const EVERY_LAG: usize = 13;

/// A session that regresses anew at every origin.
pub(in crate::contest::series) fn session() -> Box<dyn Session> {
    Box::new(Lags)
}

/// In a sentence.
pub(in crate::contest::series) fn says(past: &Past<'_>) -> String {
    let design = Design::new(past);
    let mut parts = vec![format!("the {} earlier values", design.lags.len() + 1)];
    if design.season_waves > 0 || design.year_waves > 0 {
        parts.push("the calendar".to_owned());
    }
    if design.regressors > 0 {
        parts.push(format!("{} columns known in advance", design.regressors));
    }
    format!("A linear (ridge) regression on {}.", parts.join(", "))
}

struct Lags;

impl Session for Lags {
    fn forecast(&mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>> {
        let design = Design::new(past);
        let Some(fitted) = design.fit(past) else {
            return Some(vec![past.last(); horizon]);
        };
        let mut values = past.values().to_vec();
        let mut row = Vec::with_capacity(design.width());
        let scale = fitted.limit();
        for _ in 0..horizon {
            row.clear();
            design.row(past, &values, values.len(), &mut row);
            let last = values.last().copied()?;
            let step = fitted.predict(&row);
            if !step.is_finite() {
                return None;
            }
            // an unstable regression may not run away over the horizon
            values.push(last + step.clamp(-scale, scale));
        }
        Some(values.split_off(past.values().len()))
    }
}

/// Which regressors there are.
pub(super) struct Design {
    /// Lags from 2 on, ascending.
    lags: Vec<usize>,
    /// The period, 1 where there is none.
    pub(super) period: usize,
    season_waves: usize,
    year_waves: usize,
    regressors: usize,
    mean: f64,
}

impl Design {
    /// Those that the past has room for.
    pub(super) fn new(past: &Past<'_>) -> Self {
        let values = past.values();
        let n = values.len();
        let period = past.period.unwrap_or(1);
        let reach = n / 3;
        let mut lags: Vec<usize> = if period <= EVERY_LAG {
            (2..=(2 * period).max(4)).collect()
        } else {
            let near = [2, 3, 4, 7];
            let season = [period - 1, period, period + 1, 2 * period];
            near.into_iter().chain(season).collect()
        };
        lags.sort_unstable();
        lags.dedup();
        lags.retain(|lag| *lag <= reach);
        let season_waves = if period > EVERY_LAG && n >= 2 * period {
            3
        } else {
            0
        };
        let year_waves = match past.frequency() {
            Frequency::Seconds(step)
                if step >= calendar::DAY && n as i64 * step >= 730 * calendar::DAY =>
            {
                3
            }
            Frequency::Seconds(_)
            | Frequency::BusinessDays
            | Frequency::Months(_)
            | Frequency::Numbers(_) => 0,
        };
        let same = year_waves > 0 && period >= 52;
        Self {
            lags,
            period,
            season_waves: if same { 0 } else { season_waves },
            year_waves,
            regressors: past.regressors(0).count(),
            mean: values.iter().sum::<f64>() / n.max(1) as f64,
        }
    }

    /// Regressors.
    pub(super) fn width(&self) -> usize {
        1 + self.lags.len() + 2 * (self.season_waves + self.year_waves) + self.regressors
    }

    /// The positions of values that have all regressors and are learned from.
    pub(super) fn learned_from(&self, values: &[f64]) -> std::ops::Range<usize> {
        let first = self.lags.last().copied().unwrap_or(1).max(1);
        first.max(values.len().saturating_sub(MOST_ROWS))..values.len()
    }

    /// The regressors of the value at `position`, from the values before it.
    pub(super) fn row(&self, past: &Past<'_>, values: &[f64], position: usize, row: &mut Vec<f64>) {
        let last = values[position - 1];
        row.push(last - self.mean);
        row.extend(self.lags.iter().map(|lag| values[position - lag] - last));
        let mut waves = |count: usize, share: f64| {
            for wave in 1..=count {
                let angle = std::f64::consts::TAU * share * wave as f64;
                row.push(libm::sin(angle));
                row.push(libm::cos(angle));
            }
        };
        waves(
            self.season_waves,
            (position % self.period) as f64 / self.period as f64,
        );
        if self.year_waves > 0 {
            waves(
                self.year_waves,
                calendar::share_of_year(past.moment(position)),
            );
        }
        row.extend(
            past.regressors(position)
                .map(|value| if value.is_finite() { value } else { 0.0 }),
        );
    }

    /// The regression; `None` where there are too few values.
    pub(super) fn fit(&self, past: &Past<'_>) -> Option<Ridge> {
        let values = past.values();
        let rows = self.learned_from(values);
        if rows.len() < FEWEST_ROWS {
            return None;
        }
        let mut matrix = Vec::with_capacity(rows.len() * self.width());
        let mut targets = Vec::with_capacity(rows.len());
        for position in rows {
            self.row(past, values, position, &mut matrix);
            targets.push(values[position] - values[position - 1]);
        }
        Ridge::fit(matrix, targets, self.width())
    }
}

/// A fitted ridge regression.
pub(super) struct Ridge {
    weights: Vec<f64>,
    intercept: f64,
    largest: f64,
}

impl Ridge {
    /// `matrix` is row-major, one row a target.
    fn fit(mut matrix: Vec<f64>, mut targets: Vec<f64>, width: usize) -> Option<Self> {
        let rows = targets.len();
        let n = rows as f64;
        let largest = targets
            .iter()
            .fold(0.0, |most: f64, step| most.max(step.abs()));
        let mut means = vec![0.0; width];
        let mut scales = vec![0.0; width];
        for row in matrix.chunks_exact(width) {
            for (mean, value) in means.iter_mut().zip(row) {
                *mean += value / n;
            }
        }
        for row in matrix.chunks_exact(width) {
            for ((scale, mean), value) in scales.iter_mut().zip(&means).zip(row) {
                *scale += (value - mean) * (value - mean) / n;
            }
        }
        for scale in &mut scales {
            *scale = if *scale > 1e-24 {
                1.0 / scale.sqrt()
            } else {
                0.0
            };
        }
        for row in matrix.chunks_exact_mut(width) {
            for ((value, mean), scale) in row.iter_mut().zip(&means).zip(&scales) {
                *value = (*value - mean) * scale;
            }
        }
        let centre = targets.iter().sum::<f64>() / n;
        for target in &mut targets {
            *target -= centre;
        }
        let mut gram = vec![0.0; width * width];
        let mut moments = vec![0.0; width];
        for (row, target) in matrix.chunks_exact(width).zip(&targets) {
            for i in 0..width {
                moments[i] += row[i] * target;
                for j in 0..=i {
                    gram[i * width + j] += row[i] * row[j];
                }
            }
        }
        let mut best: Option<(f64, Vec<f64>)> = None;
        for strength in STRENGTHS {
            let Some(factor) = cholesky(&gram, width, strength * n) else {
                continue;
            };
            let mut weights = moments.clone();
            forward(&factor, width, &mut weights);
            backward(&factor, width, &mut weights);
            let mut press = 0.0;
            let mut solved = vec![0.0; width];
            for (row, target) in matrix.chunks_exact(width).zip(&targets) {
                solved.copy_from_slice(row);
                forward(&factor, width, &mut solved);
                let leverage = 1.0 / n + solved.iter().map(|value| value * value).sum::<f64>();
                let error = target - dot(row, &weights);
                let left_out = error / (1.0 - leverage).max(1e-6);
                press += left_out * left_out;
            }
            if press.is_finite() && best.as_ref().is_none_or(|(least, _)| press < *least) {
                best = Some((press, weights));
            }
        }
        let (_, mut weights) = best?;
        for (weight, scale) in weights.iter_mut().zip(&scales) {
            *weight *= scale;
        }
        Some(Self {
            intercept: centre - dot(&weights, &means),
            weights,
            largest,
        })
    }

    /// The step that follows on a row of regressors.
    pub(super) fn predict(&self, row: &[f64]) -> f64 {
        self.intercept + dot(&self.weights, row)
    }

    /// The largest step that is forecast: twice the largest that was seen.
    pub(super) fn limit(&self) -> f64 {
        2.0 * self.largest
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// The lower factor of (gram + ridge · 1), row-major; `None` where it is not positive.
fn cholesky(gram: &[f64], width: usize, ridge: f64) -> Option<Vec<f64>> {
    let mut factor = vec![0.0; width * width];
    for i in 0..width {
        for j in 0..=i {
            let mut sum = gram[i * width + j] + if i == j { ridge } else { 0.0 };
            for k in 0..j {
                sum -= factor[i * width + k] * factor[j * width + k];
            }
            factor[i * width + j] = if i == j {
                if sum <= 0.0 || !sum.is_finite() {
                    return None;
                }
                sum.sqrt()
            } else {
                sum / factor[j * width + j]
            };
        }
    }
    Some(factor)
}

/// Solves L·x = b in place.
fn forward(factor: &[f64], width: usize, vector: &mut [f64]) {
    for i in 0..width {
        let row = &factor[i * width..i * width + i];
        let sum = vector[i] - dot(row, &vector[..i]);
        vector[i] = sum / factor[i * width + i];
    }
}

/// Solves Lᵀ·x = b in place.
fn backward(factor: &[f64], width: usize, vector: &mut [f64]) {
    for i in (0..width).rev() {
        let mut sum = vector[i];
        for k in i + 1..width {
            sum -= factor[k * width + i] * vector[k];
        }
        vector[i] = sum / factor[i * width + i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_and_leave_one_out_prefers_little_ridge() {
        let matrix: Vec<f64> = (0..30)
            .flat_map(|row| [f64::from(row), f64::from(row * row % 7)])
            .collect();
        let targets: Vec<f64> = matrix
            .chunks_exact(2)
            .map(|row| 3.0 + 2.0 * row[0] - row[1])
            .collect();
        let ridge = Ridge::fit(matrix, targets, 2).unwrap();
        assert!((ridge.weights[0] - 2.0).abs() < 1e-3);
        assert!((ridge.predict(&[10.0, 2.0]) - 21.0).abs() < 1e-2);
    }
}
