//! Measures of probabilities: proper scores, which only the true ones minimise.

use crate::contest::predictions::ClassPredictions;

/// Mean negative natural logarithm of the probability given to what happened.
///
/// Probabilities are clipped to [ε, 1 − ε] with ε = 2⁻⁵², as scikit-learn
/// does, so that one impossible event costs 36 and not infinity. Contenders
/// give no probability that their counts do not support, so that the clip is a
/// last resort.
pub(super) fn log_loss(truth: &[u32], predicted: &ClassPredictions) -> f64 {
    let sum: f64 = truth
        .iter()
        .zip(predicted.probabilities.chunks_exact(predicted.classes))
        .map(|(class, row)| {
            -libm::log(row[*class as usize].clamp(f64::EPSILON, 1.0 - f64::EPSILON))
        })
        .sum();
    sum / truth.len() as f64
}

/// Mean squared distance between probabilities and outcome (Brier 1950):
/// summed over classes, and halved for two, where both have the same distance.
pub(super) fn brier(truth: &[u32], predicted: &ClassPredictions) -> f64 {
    let sum: f64 = truth
        .iter()
        .zip(predicted.probabilities.chunks_exact(predicted.classes))
        .map(|(class, row)| {
            row.iter()
                .enumerate()
                .map(|(index, probability)| {
                    let outcome = if index == *class as usize { 1.0 } else { 0.0 };
                    (probability - outcome) * (probability - outcome)
                })
                .sum::<f64>()
        })
        .sum();
    let scale = if predicted.classes == 2 { 0.5 } else { 1.0 };
    scale * sum / truth.len() as f64
}
