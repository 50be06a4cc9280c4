//! Logistic regression for several classes (softmax) by preconditioned L-BFGS.
//!
//! Minimises Σ −log p(class of the row) + α/2·Σ|w|², intercepts not penalised:
//! scikit-learn's multinomial `LogisticRegression` with C = 1/α. Curvature is
//! bounded by half the cross-products (Böhning 1992), and these, factored once,
//! precondition the descent, which then needs a few dozen steps.

use super::cholesky::Cholesky;
use super::descent::{Descent, descend};
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

/// The most steps.
const MOST_STEPS: usize = 400;

/// The problem: which class each row has.
pub(super) struct Softmax<'a> {
    pub(super) design: &'a Design,
    /// Below `classes`; every class occurs.
    pub(super) truth: &'a [u32],
    pub(super) classes: usize,
}

/// What was learned under the best of the penalties.
pub(super) struct Best {
    /// Classes × (columns + 1), intercepts last.
    pub(super) weights: Vec<f64>,
    /// The penalty α.
    pub(super) strength: f64,
    /// The rows that chose it, where it had to be chosen.
    pub(super) held_out: Option<HeldOut>,
}

/// Rows with their probabilities by weights that did not see them.
pub(super) struct HeldOut {
    pub(super) rows: Vec<u32>,
    /// Row-major, rows × classes.
    pub(super) probabilities: Vec<f64>,
}

impl Softmax<'_> {
    /// The weights under the best of the penalties, which a fifth of the rows
    /// chooses unless it is settled; all rows then give the weights. With them
    /// the fifth and its probabilities while it was held out.
    pub(super) fn solve_best(
        &self,
        settled: Option<f64>,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<Best, FitError> {
        let none = vec![0.0; self.classes * (self.design.columns() + 1)];
        if settled.is_some() || strength_hardly_matters(self.design) {
            let strength = settled.unwrap_or(1.0);
            return Ok(Best {
                weights: self.solve(strength, TOLERANCE, none, control)?,
                strength,
                held_out: None,
            });
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
        let held_out = HeldOut {
            probabilities: self.probabilities(&best.2, &held_out),
            rows: held_out,
        };
        let (_, strength, from) = best;
        Ok(Best {
            weights: self.solve(strength, TOLERANCE, from, control)?,
            strength,
            held_out: Some(held_out),
        })
    }

    /// Probabilities of some rows, row-major.
    fn probabilities(&self, weights: &[f64], rows: &[u32]) -> Vec<f64> {
        let size = self.design.columns() + 1;
        let mut probabilities = Vec::with_capacity(rows.len() * self.classes);
        for row in rows {
            let from = probabilities.len();
            let scores = weights
                .chunks_exact(size)
                .map(|block| self.design.dot(*row as usize, block));
            probabilities.extend(scores);
            softmax(&mut probabilities[from..]);
        }
        probabilities
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
        weights: Vec<f64>,
        control: &Control<'_>,
    ) -> Result<Vec<f64>, FitError> {
        let size = self.design.columns() + 1;
        let preconditioner = self.precondition(strength);
        let limit = tolerance * self.design.rows() as f64;
        let ended = descend(
            weights,
            limit,
            MOST_STEPS,
            |weights| self.loss_and_gradient(weights, strength),
            |side| {
                for block in side.chunks_exact_mut(size) {
                    preconditioner.solve(block);
                }
            },
            control,
        )?;
        match ended {
            Descent::Converged(weights) => Ok(weights),
            Descent::Stuck(weights, steepest) if steepest <= 1e3 * limit => Ok(weights),
            Descent::Stuck(..) | Descent::Short(_) => {
                Err(FitError::Failed("did not converge".to_owned()))
            }
        }
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

/// Appends the probabilities of the classes that are present among those of all.
pub(in crate::contest::tables) fn spread(
    probabilities: &[f64],
    present: &[u32],
    classes: usize,
    predictions: &mut Vec<f64>,
) {
    let from = predictions.len();
    predictions.resize(from + classes, 0.0);
    for (class, probability) in present.iter().zip(probabilities) {
        predictions[from + *class as usize] = *probability;
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
