//! Logistic regression for several classes (softmax) by preconditioned L-BFGS.
//!
//! Minimises Σ −log p(class of the row) + α/2·Σ|w|², intercepts not penalised:
//! scikit-learn's multinomial `LogisticRegression` with C = 1/α. Curvature is
//! bounded by half the cross-products (Böhning 1992), and these, factored once,
//! precondition the limited-memory quasi-Newton method of Nocedal (1980), which
//! then needs a few dozen steps.

use std::collections::VecDeque;

use super::cholesky::{Cholesky, dot};
use super::design::Design;
use super::logistic::strength_hardly_matters;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;
use crate::contest::tables::kernel::chance::stratified_part;

/// Penalties tried, strongest first.
const STRENGTHS: [f64; 3] = [10.0, 1.0, 0.1];

/// The share of rows that chooses among them.
const HELD_OUT: f64 = 0.2;

/// Tolerances for the weights wanted, and for choosing among penalties.
const TOLERANCE: f64 = 1e-5;
const ROUGH: f64 = 1e-3;

/// Pairs of steps and gradient changes that are remembered.
const MEMORY: usize = 12;

/// The most steps.
const MOST_STEPS: usize = 400;

/// The share of the loss that rounding hides.
const ROUNDING: f64 = 1e-13;

/// A step is short enough when the loss falls by this share of what the slope promises (Armijo).
const ENOUGH: f64 = 1e-4;

/// The problem: which class each row has.
pub(super) struct Softmax<'a> {
    pub(super) design: &'a Design,
    /// Below `classes`; every class occurs.
    pub(super) truth: &'a [u32],
    pub(super) classes: usize,
}

impl Softmax<'_> {
    /// The weights under the best of the penalties, which a fifth of the rows
    /// chooses; all rows then give the weights.
    pub(super) fn solve_best(
        &self,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<Vec<f64>, FitError> {
        let none = vec![0.0; self.classes * (self.design.columns() + 1)];
        if strength_hardly_matters(self.design) {
            return self.solve(1.0, TOLERANCE, none, control);
        }
        let (inner, held_out) = stratified_part(self.truth, self.classes, HELD_OUT, seed);
        let design = self.design.part(&inner);
        let truth: Vec<u32> = inner.iter().map(|row| self.truth[*row as usize]).collect();
        let part = Softmax {
            design: &design,
            truth: &truth,
            classes: self.classes,
        };
        let mut best = (f64::INFINITY, STRENGTHS[0], none.clone());
        let mut weights = none;
        for strength in STRENGTHS {
            weights = part.solve(strength, ROUGH, weights, control)?;
            let loss = self.loss_of(&weights, &held_out);
            if loss < best.0 * (1.0 - 1e-9) {
                best = (loss, strength, weights.clone());
            }
        }
        self.solve(best.1, TOLERANCE, best.2, control)
    }

    /// Mean log loss of some rows.
    fn loss_of(&self, weights: &[f64], rows: &[u32]) -> f64 {
        let size = self.design.columns() + 1;
        let mut scores = vec![0.0; self.classes];
        let mut loss = 0.0;
        for row in rows {
            for (score, block) in scores.iter_mut().zip(weights.chunks_exact(size)) {
                *score = self.design.dot(*row as usize, block);
            }
            let own = scores[self.truth[*row as usize] as usize];
            loss += softmax(&mut scores) - own;
        }
        loss / rows.len().max(1) as f64
    }

    /// The curvature bound for one class, factored.
    pub(super) fn precondition(&self, strength: f64) -> Cholesky {
        let size = self.design.columns() + 1;
        let mut matrix = self.design.cross_products(|_| 1.0 / self.classes as f64);
        for column in 0..self.design.columns() {
            matrix[column * (size + 1)] += strength;
        }
        matrix[size * size - 1] += 1e-6;
        Cholesky::of(matrix, size)
    }

    /// Weights, classes × (columns + 1), intercepts last, under penalty α, from
    /// given ones on, until no entry of the gradient of the mean loss is beyond
    /// the tolerance.
    pub(super) fn solve(
        &self,
        strength: f64,
        tolerance: f64,
        mut weights: Vec<f64>,
        control: &Control<'_>,
    ) -> Result<Vec<f64>, FitError> {
        let size = self.design.columns() + 1;
        let preconditioner = self.precondition(strength);
        let limit = tolerance * self.design.rows() as f64;
        let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
        let (mut loss, mut gradient) = self.loss_and_gradient(&weights, strength);
        for _ in 0..MOST_STEPS {
            if control.is_cancelled() {
                return Err(FitError::Cancelled);
            }
            let steepest = largest(&gradient);
            if !steepest.is_finite() {
                break;
            }
            if steepest <= limit {
                return Ok(weights);
            }
            let mut direction = two_loops(&memory, &gradient, |side| {
                for block in side.chunks_exact_mut(size) {
                    preconditioner.solve(block);
                }
            });
            let mut slope = -dot(&gradient, &direction);
            if slope >= 0.0 || !slope.is_finite() {
                memory.clear();
                direction.clone_from(&gradient);
                slope = -dot(&gradient, &gradient);
            }
            let mut length = 1.0;
            let mut found = None;
            for _ in 0..40 {
                let trial: Vec<f64> = weights
                    .iter()
                    .zip(&direction)
                    .map(|(weight, entry)| weight - length * entry)
                    .collect();
                let (next, next_gradient) = self.loss_and_gradient(&trial, strength);
                if next <= loss + ENOUGH * length * slope + ROUNDING * loss.abs() {
                    found = Some((trial, next, next_gradient));
                    break;
                }
                length /= 2.0;
            }
            let Some((trial, next, next_gradient)) = found else {
                // Rounding hides any further fall.
                return if steepest <= 1e3 * limit {
                    Ok(weights)
                } else {
                    Err(FitError::Failed("did not converge".to_owned()))
                };
            };
            let step: Vec<f64> = trial.iter().zip(&weights).map(|(a, b)| a - b).collect();
            let change: Vec<f64> = next_gradient
                .iter()
                .zip(&gradient)
                .map(|(a, b)| a - b)
                .collect();
            let curvature = dot(&step, &change);
            if curvature > 1e-14 * dot(&change, &change).sqrt() * dot(&step, &step).sqrt() {
                if memory.len() == MEMORY {
                    memory.pop_front();
                }
                memory.push_back((step, change, curvature));
            }
            (weights, loss, gradient) = (trial, next, next_gradient);
        }
        Err(FitError::Failed("did not converge".to_owned()))
    }

    fn loss_and_gradient(&self, weights: &[f64], strength: f64) -> (f64, Vec<f64>) {
        let size = self.design.columns() + 1;
        let mut gradient = vec![0.0; weights.len()];
        let mut loss = 0.0;
        for (sums, block) in gradient
            .chunks_exact_mut(size)
            .zip(weights.chunks_exact(size))
        {
            for (sum, weight) in sums[..size - 1].iter_mut().zip(block) {
                *sum = strength * weight;
                loss += 0.5 * strength * weight * weight;
            }
        }
        let mut scores = vec![0.0; self.classes];
        for (row, class) in self.truth.iter().enumerate() {
            for (score, block) in scores.iter_mut().zip(weights.chunks_exact(size)) {
                *score = self.design.dot(row, block);
            }
            let own = scores[*class as usize];
            loss += softmax(&mut scores) - own;
            scores[*class as usize] -= 1.0;
            for (error, sums) in scores.iter().zip(gradient.chunks_exact_mut(size)) {
                self.design.add(row, *error, sums);
            }
        }
        (loss, gradient)
    }
}

/// Turns scores into probabilities; gives the logarithm of the sum of their exponentials.
pub(in crate::contest::tables) fn softmax(scores: &mut [f64]) -> f64 {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::exp(*score - most);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
    most + libm::log(sum)
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

fn largest(entries: &[f64]) -> f64 {
    entries.iter().map(|entry| entry.abs()).fold(0.0, |a, b| {
        if b.is_nan() { f64::NAN } else { f64::max(a, b) }
    })
}
