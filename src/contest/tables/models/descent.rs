//! Going down a smooth convex loss: limited-memory quasi-Newton steps (L-BFGS;
//! Nocedal 1980) from curvature that the caller has factored.
//!
//! A factored curvature costs as much as dozens of gradients. So it is reckoned
//! where the descent begins, and what it misses is learned from the steps.

use std::collections::VecDeque;

use super::cholesky::dot;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;

/// Pairs of steps and gradient changes that are remembered.
const MEMORY: usize = 12;

/// The share of the loss that rounding hides.
const ROUNDING: f64 = 1e-13;

/// A step is short enough when the loss falls by this share of what the slope promises (Armijo).
const ENOUGH: f64 = 1e-4;

/// The most halvings of a step.
const MOST_HALVINGS: usize = 40;

/// Where a descent ended.
pub(super) enum Descent {
    /// No entry of the gradient is beyond the limit.
    Converged(Vec<f64>),
    /// Steps ran out.
    Short(Vec<f64>),
    /// No step lowers the loss: rounding hides any further fall. With the
    /// largest entry of the gradient there.
    Stuck(Vec<f64>, f64),
}

/// Goes down for at most `steps`, until no entry of the gradient is beyond `limit`.
///
/// `loss_and_gradient` is asked at weights, `precondition` multiplies a vector
/// by an approximate inverse of the curvature, in place.
///
/// # Errors
/// [`FitError::Cancelled`].
pub(super) fn descend(
    mut weights: Vec<f64>,
    limit: f64,
    steps: usize,
    loss_and_gradient: impl Fn(&[f64]) -> (f64, Vec<f64>),
    precondition: impl Fn(&mut [f64]),
    control: &Control<'_>,
) -> Result<Descent, FitError> {
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    let (mut loss, mut gradient) = loss_and_gradient(&weights);
    for _ in 0..steps {
        if control.is_cancelled() {
            return Err(FitError::Cancelled);
        }
        let steepest = largest(&gradient);
        if !steepest.is_finite() {
            return Ok(Descent::Stuck(weights, steepest));
        }
        if steepest <= limit {
            return Ok(Descent::Converged(weights));
        }
        let mut direction = two_loops(&memory, &gradient, &precondition);
        let mut slope = -dot(&gradient, &direction);
        if slope >= 0.0 || !slope.is_finite() {
            memory.clear();
            direction.clone_from(&gradient);
            slope = -dot(&gradient, &gradient);
        }
        let mut length = 1.0;
        let mut found = None;
        for _ in 0..MOST_HALVINGS {
            let trial: Vec<f64> = weights
                .iter()
                .zip(&direction)
                .map(|(weight, entry)| weight - length * entry)
                .collect();
            let (next, next_gradient) = loss_and_gradient(&trial);
            if next <= loss + ENOUGH * length * slope + ROUNDING * loss.abs() {
                found = Some((trial, next, next_gradient));
                break;
            }
            length /= 2.0;
        }
        let Some((trial, next, next_gradient)) = found else {
            return Ok(Descent::Stuck(weights, steepest));
        };
        let step = difference(&trial, &weights);
        let change = difference(&next_gradient, &gradient);
        let curvature = dot(&step, &change);
        if curvature > 1e-14 * dot(&change, &change).sqrt() * dot(&step, &step).sqrt() {
            if memory.len() == MEMORY {
                memory.pop_front();
            }
            memory.push_back((step, change, curvature));
        }
        (weights, loss, gradient) = (trial, next, next_gradient);
    }
    Ok(if largest(&gradient) <= limit {
        Descent::Converged(weights)
    } else {
        Descent::Short(weights)
    })
}

/// The inverse of the remembered curvature times the gradient.
fn two_loops(
    memory: &VecDeque<(Vec<f64>, Vec<f64>, f64)>,
    gradient: &[f64],
    precondition: impl Fn(&mut [f64]),
) -> Vec<f64> {
    let mut direction = gradient.to_vec();
    let mut factors = Vec::with_capacity(memory.len());
    for (step, change, curvature) in memory.iter().rev() {
        let factor = dot(step, &direction) / curvature;
        for (entry, value) in direction.iter_mut().zip(change) {
            *entry -= factor * value;
        }
        factors.push(factor);
    }
    precondition(&mut direction);
    if let Some((_, change, curvature)) = memory.back() {
        let mut scaled = change.clone();
        precondition(&mut scaled);
        let scale = curvature / dot(change, &scaled);
        for entry in &mut direction {
            *entry *= scale;
        }
    }
    for ((step, change, curvature), factor) in memory.iter().zip(factors.iter().rev()) {
        let other = dot(change, &direction) / curvature;
        for (entry, value) in direction.iter_mut().zip(step) {
            *entry += (factor - other) * value;
        }
    }
    direction
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn largest(entries: &[f64]) -> f64 {
    entries.iter().map(|entry| entry.abs()).fold(0.0, |a, b| {
        if b.is_nan() { f64::NAN } else { f64::max(a, b) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::control::unattended;

    /// (x − 1)² + 100·(y + 2)², and its gradient.
    fn bowl(at: &[f64]) -> (f64, Vec<f64>) {
        let (x, y) = (at[0] - 1.0, at[1] + 2.0);
        (x * x + 100.0 * y * y, vec![2.0 * x, 200.0 * y])
    }

    #[test]
    fn the_bottom_is_found_without_a_hint_of_the_curvature() {
        let found = unattended(|control| descend(vec![0.0, 0.0], 1e-9, 50, bowl, |_| {}, control));
        let Ok(Descent::Converged(at)) = found else {
            panic!("it does not converge");
        };
        assert!(
            (at[0] - 1.0).abs() < 1e-9 && (at[1] + 2.0).abs() < 1e-9,
            "{at:?}"
        );
    }

    #[test]
    fn with_the_curvature_one_step_is_enough() {
        let exact = |side: &mut [f64]| {
            side[0] /= 2.0;
            side[1] /= 200.0;
        };
        let found = unattended(|control| descend(vec![9.0, 9.0], 1e-9, 1, bowl, exact, control));
        assert!(matches!(found, Ok(Descent::Converged(_))));
    }

    #[test]
    fn steps_that_run_out_are_told() {
        let found = unattended(|control| descend(vec![9.0, 9.0], 1e-9, 1, bowl, |_| {}, control));
        assert!(matches!(found, Ok(Descent::Short(_))));
    }
}
