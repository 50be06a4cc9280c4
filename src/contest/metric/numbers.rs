//! Measures of predicted numbers.

use super::Undefined;

/// Root of the mean squared error, in the target's unit.
pub(super) fn rmse(truth: &[f64], predicted: &[f64]) -> f64 {
    mean(truth, predicted, |error| error * error).sqrt()
}

/// Mean absolute error, in the target's unit.
pub(super) fn mae(truth: &[f64], predicted: &[f64]) -> f64 {
    mean(truth, predicted, f64::abs)
}

/// Share of the target's variance in these rows that is explained; negative
/// when these rows' own mean would have been the better prediction.
pub(super) fn r_squared(truth: &[f64], predicted: &[f64]) -> Result<f64, Undefined> {
    let centre = truth.iter().sum::<f64>() / truth.len() as f64;
    let spread = mean(truth, &vec![centre; truth.len()], |error| error * error);
    if spread == 0.0 {
        return Err(Undefined::ConstantTarget);
    }
    Ok(1.0 - mean(truth, predicted, |error| error * error) / spread)
}

/// Mean pinball loss at a quantile in (0, 1) (Koenker & Bassett 1978).
pub(super) fn pinball(truth: &[f64], predicted: &[f64], quantile: f64) -> f64 {
    mean(truth, predicted, |error| {
        error
            * if error >= 0.0 {
                quantile
            } else {
                quantile - 1.0
            }
    })
}

/// Mean of a function of the error, truth − prediction.
fn mean(truth: &[f64], predicted: &[f64], loss: impl Fn(f64) -> f64) -> f64 {
    let sum: f64 = truth
        .iter()
        .zip(predicted)
        .map(|(value, prediction)| loss(value - prediction))
        .sum();
    sum / truth.len() as f64
}
