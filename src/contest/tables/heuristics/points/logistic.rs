//! Logistic regression on a handful of patterns: a few numbers, so Newton's method by hand.

use super::cues::Pattern;
use crate::contest::tables::models::cholesky::Cholesky;

/// Weight of the penalty on squared weights: keeps weights finite where cues
/// part the classes, and otherwise does nothing to speak of.
const PENALTY: f64 = 0.1;

/// Newton steps; patterns of five cues settle in far fewer.
const MOST_STEPS: usize = 25;

/// The logistic function.
pub(super) fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-log_odds.clamp(-30.0, 30.0)))
}

/// The weight of each cue.
pub(super) fn weights(patterns: &[Pattern], cues: usize) -> Vec<f64> {
    let points: Vec<(Vec<f64>, f64, f64)> = patterns
        .iter()
        .map(|pattern| (row(pattern.bits, cues), pattern.rows, pattern.positive))
        .collect();
    fit(&points, cues + 1).split_off(1)
}

/// The probability of class 1 by pattern of that many cues.
pub(super) fn expected(patterns: &[Pattern], cues: usize) -> Vec<f64> {
    let points: Vec<(Vec<f64>, f64, f64)> = patterns
        .iter()
        .map(|pattern| (row(pattern.bits, cues), pattern.rows, pattern.positive))
        .collect();
    let weights = fit(&points, cues + 1);
    (0..1 << cues)
        .map(|bits| sigmoid(product(&row(bits, cues), &weights)))
        .collect()
}

/// Intercept and slope of the log-odds along scores; the slope never falls.
pub(super) fn curve(seen: &[(i32, f64, f64)]) -> (f64, f64) {
    let points: Vec<(Vec<f64>, f64, f64)> = seen
        .iter()
        .map(|(score, rows, positive)| (vec![1.0, f64::from(*score)], *rows, *positive))
        .collect();
    match fit(&points, 2).as_slice() {
        [intercept, slope] => (*intercept, *slope),
        _ => (0.0, 0.0),
    }
}

/// Surprise of the rows under the curve, in nats.
pub(super) fn surprise(seen: &[(i32, f64, f64)], curve: (f64, f64)) -> f64 {
    seen.iter()
        .map(|(score, rows, positive)| {
            let probability = sigmoid(curve.0 + curve.1 * f64::from(*score));
            -positive * libm::log(probability) - (rows - positive) * libm::log(1.0 - probability)
        })
        .sum()
}

fn row(bits: usize, cues: usize) -> Vec<f64> {
    let mut row = vec![1.0];
    row.extend((0..cues).map(|cue| (bits >> cue & 1) as f64));
    row
}

fn product(left: &[f64], right: &[f64]) -> f64 {
    left.iter()
        .zip(right)
        .map(|(left, right)| left * right)
        .sum()
}

/// Weights by Newton's method with halved steps; the first is the intercept.
/// One row is added to each class, spread over the points, so that no
/// probability becomes 0 or 1.
fn fit(points: &[(Vec<f64>, f64, f64)], width: usize) -> Vec<f64> {
    let rows: f64 = points.iter().map(|(_, rows, _)| rows).sum();
    let positive: f64 = points.iter().map(|(_, _, positive)| positive).sum();
    let mut weights = vec![0.0; width];
    weights[0] = libm::log((positive + 1.0) / (rows - positive + 1.0));
    let smoothed: Vec<(&Vec<f64>, f64, f64)> = points
        .iter()
        .map(|(x, held, positive)| {
            let share = held / rows.max(1.0);
            (x, held + 2.0 * share, positive + share)
        })
        .collect();
    let loss = |weights: &[f64]| -> f64 {
        let penalty: f64 = weights.iter().skip(1).map(|weight| weight * weight).sum();
        let told: f64 = smoothed
            .iter()
            .map(|(x, rows, positive)| {
                let probability = sigmoid(product(x, weights));
                -positive * libm::log(probability)
                    - (rows - positive) * libm::log(1.0 - probability)
            })
            .sum();
        told + PENALTY / 2.0 * penalty
    };
    let mut least = loss(&weights);
    for _ in 0..MOST_STEPS {
        let mut step = vec![0.0; width];
        let mut curvature = vec![0.0; width * width];
        for (x, rows, positive) in &smoothed {
            let probability = sigmoid(product(x, &weights));
            let spread = rows * probability * (1.0 - probability);
            for i in 0..width {
                step[i] += x[i] * (rows * probability - positive);
                for j in 0..width {
                    curvature[i * width + j] += spread * x[i] * x[j];
                }
            }
        }
        for i in 0..width {
            if i > 0 {
                step[i] += PENALTY * weights[i];
            }
            curvature[i * width + i] += if i > 0 { PENALTY } else { 1e-9 };
        }
        // from the gradient to the step, in place
        Cholesky::of(curvature, width).solve(&mut step);
        let mut scale = 1.0;
        let mut moved = false;
        for _ in 0..20 {
            let next: Vec<f64> = weights
                .iter()
                .zip(&step)
                .map(|(w, s)| w - scale * s)
                .collect();
            let found = loss(&next);
            if found < least {
                moved = least - found > 1e-10 * (1.0 + least.abs());
                weights = next;
                least = found;
                break;
            }
            scale /= 2.0;
        }
        if !moved {
            break;
        }
    }
    weights
}
