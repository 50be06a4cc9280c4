//! Forecasts that are looked up in the past: the last value, a mean, the same one last time.

use crate::contest::series::past::Past;

/// Values that the moving median looks back on.
const MEDIAN_OF: usize = 5;

/// Periods that the mean of a phase looks back on.
const PERIODS_BACK: usize = 4;

/// Repeats the last value.
pub(in crate::contest::series) fn last_value(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    vec![past.last(); horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_last_value(_: &Past<'_>) -> String {
    "Repeats the last value.".to_owned()
}

/// The mean of all values.
pub(in crate::contest::series) fn mean(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    vec![mean_of(past.values()); horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_mean(_: &Past<'_>) -> String {
    "The mean of all values so far.".to_owned()
}

/// Nothing at all.
pub(in crate::contest::series) fn zero(_: &Past<'_>, horizon: usize) -> Vec<f64> {
    vec![0.0; horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_zero(_: &Past<'_>) -> String {
    "Always zero.".to_owned()
}

/// The value one period before; where the past is shorter than a period, the last value.
pub(in crate::contest::series) fn seasonal_naive(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let values = past.values();
    let Some(period) = past.period.filter(|period| *period <= values.len()) else {
        return last_value(past, horizon);
    };
    let cycle = &values[values.len() - period..];
    (0..horizon).map(|step| cycle[step % period]).collect()
}

/// In a sentence.
pub(in crate::contest::series) fn says_seasonal_naive(past: &Past<'_>) -> String {
    past.period.map_or_else(
        || "Repeats the last value, as no period is known.".to_owned(),
        |period| {
            format!(
                "The value of the same {}.",
                past.frequency().same_as(period)
            )
        },
    )
}

/// The mean of the same phase over the last few periods: the weekday's or the hour's mean.
pub(in crate::contest::series) fn phase_mean(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let values = past.values();
    let Some(period) = past.period.filter(|period| *period <= values.len()) else {
        return last_value(past, horizon);
    };
    (0..horizon)
        .map(|step| {
            let phase: Vec<f64> = (1..=PERIODS_BACK)
                .filter_map(|back| {
                    let from_end = back * period;
                    let start = values.len().checked_sub(from_end)?;
                    values.get(start + step % period).copied()
                })
                .collect();
            mean_of(&phase)
        })
        .collect()
}

/// In a sentence.
pub(in crate::contest::series) fn says_phase_mean(past: &Past<'_>) -> String {
    past.period.map_or_else(
        || "Repeats the last value, as no period is known.".to_owned(),
        |period| {
            format!(
                "The mean of the same {} and of the {} periods before that.",
                past.frequency().same_as(period),
                PERIODS_BACK - 1
            )
        },
    )
}

/// The median of the last five values.
pub(in crate::contest::series) fn moving_median(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let values = past.values();
    let mut last = values[values.len().saturating_sub(MEDIAN_OF)..].to_vec();
    vec![median(&mut last); horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_moving_median(_: &Past<'_>) -> String {
    format!("The median of the last {MEDIAN_OF} values.")
}

/// The middle value, or the mean of the two middle ones; NaN of nothing.
pub(in crate::contest::series) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[middle],
        _ => 0.5 * (values[middle - 1] + values[middle]),
    }
}

/// The mean; NaN of nothing.
pub(in crate::contest::series) fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
