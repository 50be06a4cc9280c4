//! Logistic regression for two classes by Newton's method.
//!
//! Minimises Σ log(1 + exp(−y·(b + xw))) + α/2·|w|², the intercept not
//! penalised: scikit-learn's `LogisticRegression` with C = 1/α. The strength is
//! chosen by an approximation to leave-one-out log loss in closed form (Rad &
//! Maleki 2020): leaving out row i moves its linear predictor by
//! (p − y)·h ÷ (1 − v·h) with h = x·H⁻¹·x, v = p·(1 − p), H the Hessian.

use super::cholesky::Cholesky;
use super::design::Design;
use super::ridge::Solution;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;

/// Penalties tried, strongest first.
pub(super) const STRENGTHS: [f64; 4] = [30.0, 5.0, 1.0, 0.1];

/// The penalty where rows are so many that it hardly matters: this many of them, and this many a column.
const USUAL_STRENGTH: f64 = 1.0;
const MANY_ROWS: usize = 3_000;
const MANY_ROWS_A_COLUMN: usize = 40;

/// The most steps of Newton's method, and of halving one.
const MOST_STEPS: usize = 60;
const MOST_HALVINGS: usize = 30;

/// Converged when no entry of the gradient of the mean loss is beyond this;
/// for choosing among penalties less is enough.
pub(super) const TOLERANCE: f64 = 1e-8;
const ROUGH: f64 = 1e-4;

/// Whether rows are so many that the strength of the penalty hardly matters.
pub(super) fn strength_hardly_matters(design: &Design) -> bool {
    design.rows() >= MANY_ROWS && design.rows() >= MANY_ROWS_A_COLUMN * design.columns()
}

/// The weights under the best of the penalties. `truth` is 1 for the class
/// whose probability is modelled, else 0.
pub(super) fn solve_best(
    design: &Design,
    truth: &[f64],
    control: &Control<'_>,
) -> Result<Solution, FitError> {
    let mut weights = start(design, truth);
    if strength_hardly_matters(design) {
        return solve(design, truth, USUAL_STRENGTH, TOLERANCE, &weights, control);
    }
    let mut best: Option<(f64, Solution)> = None;
    for strength in STRENGTHS {
        let solution = solve(design, truth, strength, ROUGH, &weights, control)?;
        weights.clone_from(&solution.weights);
        let loss = left_out_loss(design, truth, &solution);
        if best
            .as_ref()
            .is_none_or(|(least, _)| loss < least * (1.0 - 1e-9))
        {
            best = Some((loss, solution));
        }
    }
    let Some((_, Solution { weights, strength })) = best else {
        return Err(FitError::Failed(
            "no strength of the penalty gave a fit".to_owned(),
        ));
    };
    solve(design, truth, strength, TOLERANCE, &weights, control)
}

/// No weights, and the intercept that gives everybody the prior.
pub(super) fn start(design: &Design, truth: &[f64]) -> Vec<f64> {
    let mut weights = vec![0.0; design.columns() + 1];
    let share = (truth.iter().sum::<f64>() / truth.len() as f64).clamp(1e-9, 1.0 - 1e-9);
    weights[design.columns()] = libm::log(share / (1.0 - share));
    weights
}

/// The weights under penalty α, from given ones on.
pub(super) fn solve(
    design: &Design,
    truth: &[f64],
    strength: f64,
    tolerance: f64,
    start: &[f64],
    control: &Control<'_>,
) -> Result<Solution, FitError> {
    let rows = design.rows();
    let mut weights = start.to_vec();
    let mut state = State::of(design, truth, &weights, strength);
    for _ in 0..MOST_STEPS {
        if control.is_cancelled() {
            return Err(FitError::Cancelled);
        }
        let gradient = state.gradient(design, truth, &weights, strength);
        let steepest = gradient.iter().map(|entry| entry.abs()).fold(0.0, f64::max);
        if !steepest.is_finite() {
            break;
        }
        if steepest <= tolerance * rows as f64 {
            return Ok(Solution { weights, strength });
        }
        let mut step = gradient;
        hessian(design, &state.probabilities, strength).solve(&mut step);
        let mut length = 1.0;
        let mut moved = false;
        for _ in 0..MOST_HALVINGS {
            let trial: Vec<f64> = weights
                .iter()
                .zip(&step)
                .map(|(weight, entry)| weight - length * entry)
                .collect();
            let next = State::of(design, truth, &trial, strength);
            if next.loss <= state.loss {
                moved = trial != weights;
                weights = trial;
                state = next;
                break;
            }
            length /= 2.0;
        }
        if !moved {
            // No step lowers the loss further: rounding has been reached.
            let gradient = state.gradient(design, truth, &weights, strength);
            let steepest = gradient.iter().map(|entry| entry.abs()).fold(0.0, f64::max);
            if steepest <= 100.0 * tolerance * rows as f64 {
                return Ok(Solution { weights, strength });
            }
            break;
        }
    }
    Err(FitError::Failed("did not converge".to_owned()))
}

/// The fit at some weights.
struct State {
    probabilities: Vec<f64>,
    loss: f64,
}

impl State {
    fn of(design: &Design, truth: &[f64], weights: &[f64], strength: f64) -> Self {
        let columns = design.columns();
        let penalty: f64 = weights[..columns]
            .iter()
            .map(|weight| weight * weight)
            .sum();
        let mut loss = 0.5 * strength * penalty;
        let probabilities = truth
            .iter()
            .enumerate()
            .map(|(row, value)| {
                let score = design.dot(row, weights);
                let (probability, log_sum) = sigmoid(score);
                loss += log_sum - value * score;
                probability
            })
            .collect();
        Self {
            probabilities,
            loss,
        }
    }

    fn gradient(&self, design: &Design, truth: &[f64], weights: &[f64], strength: f64) -> Vec<f64> {
        let mut gradient: Vec<f64> = weights.iter().map(|weight| strength * weight).collect();
        gradient[design.columns()] = 0.0;
        for (row, (probability, value)) in self.probabilities.iter().zip(truth).enumerate() {
            design.add(row, probability - value, &mut gradient);
        }
        gradient
    }
}

/// 1 ÷ (1 + exp(−score)), and log(1 + exp(score)).
pub(super) fn sigmoid(score: f64) -> (f64, f64) {
    let small = libm::exp(-score.abs());
    let log_sum = score.max(0.0) + libm::log1p(small);
    if score >= 0.0 {
        (1.0 / (1.0 + small), log_sum)
    } else {
        (small / (1.0 + small), log_sum)
    }
}

fn hessian(design: &Design, probabilities: &[f64], strength: f64) -> Cholesky {
    let size = design.columns() + 1;
    let mut matrix = design.cross_products(|row| {
        let probability = probabilities[row];
        probability * (1.0 - probability)
    });
    for column in 0..design.columns() {
        matrix[column * (size + 1)] += strength;
    }
    Cholesky::of(matrix, size)
}

/// Mean log loss of each row under weights that did not see it, approximately.
fn left_out_loss(design: &Design, truth: &[f64], solution: &Solution) -> f64 {
    let columns = design.columns();
    let size = columns + 1;
    let state = State::of(design, truth, &solution.weights, solution.strength);
    let inverse = hessian(design, &state.probabilities, solution.strength).inverse_factor();
    // Column by column, so that marks pick rows of it: Lᵀ⁻¹ as rows of x.
    let mut transposed = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            transposed[column * size + row] = inverse[row * size + column];
        }
    }
    let mut projected = vec![0.0; size];
    let mut loss = 0.0;
    for (row, value) in truth.iter().enumerate() {
        projected.copy_from_slice(&transposed[columns * size..]);
        let (numbers, marks) = design.row(row);
        for (column, number) in numbers.iter().enumerate() {
            let line = &transposed[column * size + column..(column + 1) * size];
            for (sum, entry) in projected[column..].iter_mut().zip(line) {
                *sum += number * entry;
            }
        }
        for mark in marks {
            let column = *mark as usize;
            let line = &transposed[column * size + column..(column + 1) * size];
            for (sum, entry) in projected[column..].iter_mut().zip(line) {
                *sum += entry;
            }
        }
        let leverage: f64 = projected.iter().map(|entry| entry * entry).sum();
        let probability = state.probabilities[row];
        let spread = probability * (1.0 - probability);
        let score = design.dot(row, &solution.weights)
            + (probability - value) * leverage / (1.0 - spread * leverage).max(1e-6);
        loss += sigmoid(score).1 - value * score;
    }
    loss / truth.len() as f64
}
