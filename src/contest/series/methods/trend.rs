//! Rules about growth and season that fit on a slip of paper.

use super::lookup::{mean_of, seasonal_naive};
use crate::contest::series::past::Past;
use crate::contest::series::season::Indices;

/// The last value plus the mean step so far for every step ahead: the line
/// through the first and the last value.
pub(in crate::contest::series) fn drift(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let values = past.values();
    let slope = slope(values);
    (1..=horizon)
        .map(|step| past.last() + slope * step as f64)
        .collect()
}

/// In a sentence.
pub(in crate::contest::series) fn says_drift(past: &Past<'_>) -> String {
    format!(
        "The last value plus {} for each {} ahead, the mean step so far.",
        short(slope(past.values())),
        past.frequency().word()
    )
}

/// The value one period before, times the growth of the last period over the
/// one before it (plus it, where values are not all positive).
pub(in crate::contest::series) fn seasonal_growth(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let mut forecast = seasonal_naive(past, horizon);
    let values = past.values();
    let Some(period) = past.period.filter(|period| 2 * period <= values.len()) else {
        return forecast;
    };
    let (growth, multiplicative) = growth(values, period);
    for (step, value) in forecast.iter_mut().enumerate() {
        let periods = (step / period + 1) as i32;
        if multiplicative {
            *value *= growth.powi(periods);
        } else {
            *value += growth * f64::from(periods);
        }
    }
    forecast
}

/// In a sentence.
pub(in crate::contest::series) fn says_seasonal_growth(past: &Past<'_>) -> String {
    let values = past.values();
    match past.period.filter(|period| 2 * period <= values.len()) {
        None => "Repeats the last value, as the past is shorter than two periods.".to_owned(),
        Some(period) => {
            let same = past.frequency().same_as(period);
            let (growth, multiplicative) = growth(values, period);
            if multiplicative {
                format!("The same {same}, times {} for growth.", short(growth))
            } else {
                format!("The same {same}, plus {} for growth.", short(growth))
            }
        }
    }
}

/// The M4 competition's Naive2: the last value without its season, and the
/// season put back; the last value where there is no season.
pub(in crate::contest::series) fn naive_2(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let values = past.values();
    let indices = past
        .season
        .and_then(|period| Indices::classical(values, period));
    let Some(indices) = indices else {
        return vec![past.last(); horizon];
    };
    let flat = indices.remove(values);
    let mut forecast = vec![flat.last().copied().unwrap_or(0.0); horizon];
    indices.restore(&mut forecast, values.len());
    forecast
}

/// In a sentence.
pub(in crate::contest::series) fn says_naive_2(past: &Past<'_>) -> String {
    past.season.map_or_else(
        || "Repeats the last value, as there is no season.".to_owned(),
        |period| format!("The last value, moved to the phase of a season of {period} points."),
    )
}

fn slope(values: &[f64]) -> f64 {
    match values {
        [first, .., last] => (last - first) / (values.len() - 1) as f64,
        [_] | [] => 0.0,
    }
}

/// Growth of the last period over the one before: a factor where all values are positive.
fn growth(values: &[f64], period: usize) -> (f64, bool) {
    let (before, last) = values[values.len() - 2 * period..].split_at(period);
    let (before_mean, last_mean) = (mean_of(before), mean_of(last));
    if before.iter().chain(last).all(|value| *value > 0.0) {
        (last_mean / before_mean, true)
    } else {
        (last_mean - before_mean, false)
    }
}

/// A number for a sentence: four significant digits.
pub(in crate::contest::series) fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    rounded.to_string()
}
