//! Intermittent demand: many zeros, and now and then an order.

use super::trend::short;
use crate::contest::series::past::Past;

/// The smoothing weight of Croston (1972), as in common use.
const WEIGHT: f64 = 0.1;

/// Croston's method (1972): smoothed size of a demand ÷ smoothed interval between demands.
pub(in crate::contest::series) fn croston(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    vec![croston_rate(past.values()); horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_croston(past: &Past<'_>) -> String {
    format!(
        "Croston: the usual size of a demand over the usual time between two, now {} each {}.",
        short(croston_rate(past.values())),
        past.frequency().word()
    )
}

/// Syntetos & Boylan's correction (2005) of Croston's method: times 1 − α/2.
pub(in crate::contest::series) fn syntetos_boylan(past: &Past<'_>, horizon: usize) -> Vec<f64> {
    let rate = (1.0 - WEIGHT / 2.0) * croston_rate(past.values());
    vec![rate; horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_syntetos_boylan(_: &Past<'_>) -> String {
    "Croston's method less its bias (Syntetos and Boylan).".to_owned()
}

/// Teunter, Syntetos & Babai's method (2011): smoothed size × smoothed chance
/// of a demand, which fades while nothing is asked for.
pub(in crate::contest::series) fn teunter_syntetos_babai(
    past: &Past<'_>,
    horizon: usize,
) -> Vec<f64> {
    vec![fading_rate(past.values()); horizon]
}

/// In a sentence.
pub(in crate::contest::series) fn says_teunter_syntetos_babai(past: &Past<'_>) -> String {
    format!(
        "The usual size of a demand times its chance, which fades while nothing is asked for \
         (Teunter, Syntetos and Babai): now {} each {}.",
        short(fading_rate(past.values())),
        past.frequency().word()
    )
}

fn croston_rate(values: &[f64]) -> f64 {
    let mut size: Option<f64> = None;
    let mut interval: Option<f64> = None;
    let mut since = 0.0;
    for value in values {
        since += 1.0;
        if *value != 0.0 {
            size = Some(smooth(size, *value));
            interval = Some(smooth(interval, since));
            since = 0.0;
        }
    }
    match (size, interval) {
        (Some(size), Some(interval)) => size / interval,
        (None, _) | (_, None) => 0.0,
    }
}

fn fading_rate(values: &[f64]) -> f64 {
    let mut size: Option<f64> = None;
    let mut chance: Option<f64> = None;
    for value in values {
        if *value != 0.0 {
            size = Some(smooth(size, *value));
        }
        chance = Some(smooth(chance, f64::from(u8::from(*value != 0.0))));
    }
    size.unwrap_or(0.0) * chance.unwrap_or(0.0)
}

fn smooth(state: Option<f64>, value: f64) -> f64 {
    state.map_or(value, |state| state + WEIGHT * (value - state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn croston_divides_size_by_interval() {
        // demands of 4 at every second point: size 4, interval 2
        assert!((croston_rate(&[0.0, 4.0, 0.0, 4.0, 0.0, 4.0]) - 2.0).abs() < 1e-12);
        assert_eq!(croston_rate(&[0.0; 5]), 0.0);
        // size 2 then 2.2, interval 1 then 1.2
        assert!((croston_rate(&[2.0, 0.0, 0.0, 4.0]) - 2.2 / 1.2).abs() < 1e-12);
    }

    #[test]
    fn the_chance_of_a_demand_fades() {
        let before = fading_rate(&[3.0, 0.0, 3.0]);
        assert!(fading_rate(&[3.0, 0.0, 3.0, 0.0, 0.0]) < before);
    }
}
