//! Logistic regression for two classes, by quasi-Newton steps from a factored Hessian.
//!
//! Minimises Σ log(1 + exp(−y·(b + xw))) + α/2·|w|², the intercept not
//! penalised: scikit-learn's `LogisticRegression` with C = 1/α. The strength is
//! chosen by an approximation to leave-one-out log loss in closed form (Rad &
//! Maleki 2020): leaving out row i moves its linear predictor by
//! (p − y)·h ÷ (1 − v·h) with h = x·H⁻¹·x, v = p·(1 − p), H the Hessian.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

use pulp::{Arch, Simd, WithSimd};

use super::cholesky::{Cholesky, dot};
use super::descent::{Descent, descend};
use super::design::Design;
use super::log_loss::{LogLoss, sigmoid};
use super::ridge::Solution;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;

/// Penalties tried, strongest first.
pub(super) const STRENGTHS: [f64; 4] = [30.0, 5.0, 1.0, 0.1];

/// The loss falls and then rises as the penalty gets weaker; so much above the
/// least, it has risen.
const PAST_THE_VALLEY: f64 = 1.01;

/// The penalty where rows are so many that it hardly matters: this many of them, and this many a column.
const USUAL_STRENGTH: f64 = 1.0;
const MANY_ROWS: usize = 3_000;
const MANY_ROWS_A_COLUMN: usize = 40;

/// About the most rows that are then left out.
const MOST_LEFT_OUT: usize = 5_000;

/// Steps before the Hessian is reckoned anew, and how often it is.
const STEPS: usize = 12;
const MOST_HESSIANS: usize = 60;

/// Converged when no entry of the gradient of the mean loss is beyond this;
/// for choosing among penalties less is enough.
const TOLERANCE: f64 = 1e-8;
const ROUGH: f64 = 1e-4;

/// Whether rows are so many that the strength of the penalty hardly matters.
pub(super) fn strength_hardly_matters(design: &Design) -> bool {
    design.rows() >= MANY_ROWS && design.rows() >= MANY_ROWS_A_COLUMN * design.columns()
}

/// What was learned under the best of the penalties.
pub(super) struct Best {
    pub(super) solution: Solution,
    /// The linear predictors of every so manieth row, from the first on, by
    /// weights that did not see it, approximately.
    pub(super) left_out: Vec<f64>,
    /// Every how manieth row that is.
    pub(super) step: usize,
}

/// The weights under the best of the penalties. `truth` is 1 for the class
/// whose probability is modelled, else 0.
pub(super) fn solve_best(
    design: &Design,
    truth: &[f64],
    control: &Control<'_>,
) -> Result<Best, FitError> {
    let problem = TwoClasses { design, truth };
    if strength_hardly_matters(design) {
        let solution = solve_at(design, truth, USUAL_STRENGTH, control)?;
        let step = design.rows().div_ceil(MOST_LEFT_OUT);
        let curvature = problem.curvature(&solution.weights);
        return Ok(Best {
            left_out: problem.left_out(&solution.weights, &curvature, solution.strength, step),
            step,
            solution,
        });
    }
    let weights = start(design, truth);
    let curvature = problem.curvature(&weights);
    let mut from = (weights, curvature);
    let mut best: Option<(f64, f64, Vec<f64>, (Vec<f64>, Vec<f64>))> = None;
    for strength in STRENGTHS {
        let weights = problem.solve(strength, ROUGH, from, control)?;
        let curvature = problem.curvature(&weights);
        let left_out = problem.left_out(&weights, &curvature, strength, 1);
        let loss = mean_loss(&left_out, truth);
        from = (weights, curvature);
        if best
            .as_ref()
            .is_none_or(|(least, ..)| loss < least * (1.0 - 1e-9))
        {
            best = Some((loss, strength, left_out, from.clone()));
        } else if best
            .as_ref()
            .is_some_and(|(least, ..)| loss > least * PAST_THE_VALLEY)
        {
            break;
        }
    }
    let Some((_, strength, left_out, from)) = best else {
        return Err(FitError::Failed(
            "no strength of the penalty gave a fit".to_owned(),
        ));
    };
    let weights = problem.solve(strength, TOLERANCE, from, control)?;
    Ok(Best {
        solution: Solution { weights, strength },
        left_out,
        step: 1,
    })
}

/// The weights under a given penalty.
pub(super) fn solve_at(
    design: &Design,
    truth: &[f64],
    strength: f64,
    control: &Control<'_>,
) -> Result<Solution, FitError> {
    let problem = TwoClasses { design, truth };
    let weights = start(design, truth);
    let curvature = problem.curvature(&weights);
    let weights = problem.solve(strength, TOLERANCE, (weights, curvature), control)?;
    Ok(Solution { weights, strength })
}

/// No weights, and the intercept that gives everybody the prior.
fn start(design: &Design, truth: &[f64]) -> Vec<f64> {
    let mut weights = vec![0.0; design.columns() + 1];
    let share = (truth.iter().sum::<f64>() / truth.len() as f64).clamp(1e-9, 1.0 - 1e-9);
    weights[design.columns()] = libm::log(share / (1.0 - share));
    weights
}

/// Rows, and which of them are of the class.
#[derive(Clone, Copy)]
struct TwoClasses<'a> {
    design: &'a Design,
    truth: &'a [f64],
}

impl TwoClasses<'_> {
    /// The weights under penalty α, from given ones on with the curvature of
    /// the loss there.
    fn solve(
        self,
        strength: f64,
        tolerance: f64,
        (mut weights, mut curvature): (Vec<f64>, Vec<f64>),
        control: &Control<'_>,
    ) -> Result<Vec<f64>, FitError> {
        let limit = tolerance * self.design.rows() as f64;
        for _ in 0..MOST_HESSIANS {
            let hessian = self.factored(&curvature, strength);
            let ended = descend(
                weights,
                limit,
                STEPS,
                |weights| {
                    Arch::new().dispatch(Descending {
                        problem: self,
                        weights,
                        strength,
                    })
                },
                |side| hessian.solve(side),
                control,
            )?;
            match ended {
                Descent::Converged(found) => return Ok(found),
                Descent::Stuck(found, steepest) if steepest <= 100.0 * limit => {
                    return Ok(found);
                }
                Descent::Stuck(..) => break,
                Descent::Short(found) => weights = found,
            }
            curvature = self.curvature(&weights);
        }
        Err(FitError::Failed("did not converge".to_owned()))
    }

    #[inline(always)]
    fn loss_and_gradient(self, weights: &[f64], strength: f64) -> (f64, Vec<f64>) {
        let columns = self.design.columns();
        let mut gradient: Vec<f64> = weights.iter().map(|weight| strength * weight).collect();
        gradient[columns] = 0.0;
        let squares: f64 = weights[..columns]
            .iter()
            .map(|weight| weight * weight)
            .sum();
        let mut losses = LogLoss::default();
        for (row, value) in self.truth.iter().enumerate() {
            let score = self.design.dot(row, weights);
            let probability = losses.add(score, *value);
            self.design.add(row, probability - value, &mut gradient);
        }
        (0.5 * strength * squares + losses.sum(), gradient)
    }

    /// The Hessian without the penalty: the lower triangle, row-major.
    fn curvature(self, weights: &[f64]) -> Vec<f64> {
        let spreads: Vec<f64> = (0..self.design.rows())
            .map(|row| {
                let probability = sigmoid(self.design.dot(row, weights));
                probability * (1.0 - probability)
            })
            .collect();
        self.design.cross_products(|row| spreads[row])
    }

    fn factored(self, curvature: &[f64], strength: f64) -> Cholesky {
        let size = self.design.columns() + 1;
        let mut matrix = curvature.to_vec();
        for column in 0..self.design.columns() {
            matrix[column * (size + 1)] += strength;
        }
        Cholesky::of(matrix, size)
    }

    /// The linear predictor of every so manieth row by weights that did not see it, approximately.
    fn left_out(self, weights: &[f64], curvature: &[f64], strength: f64, step: usize) -> Vec<f64> {
        let columns = self.design.columns();
        let size = columns + 1;
        let inverse = self.factored(curvature, strength).inverse_factor();
        // Column by column, so that marks pick rows of it: Lᵀ⁻¹ as rows of x.
        let mut transposed = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                transposed[column * size + row] = inverse[row * size + column];
            }
        }
        Arch::new().dispatch(LeftOut {
            problem: self,
            weights,
            transposed: &transposed,
            step,
        })
    }
}

/// [`TwoClasses::loss_and_gradient`], for whichever vector instructions there
/// are: the same operations in the same order, hence the same bits.
struct Descending<'a> {
    problem: TwoClasses<'a>,
    weights: &'a [f64],
    strength: f64,
}

impl WithSimd for Descending<'_> {
    type Output = (f64, Vec<f64>);

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> (f64, Vec<f64>) {
        self.problem.loss_and_gradient(self.weights, self.strength)
    }
}

/// The rows of [`TwoClasses::left_out`], likewise.
struct LeftOut<'a> {
    problem: TwoClasses<'a>,
    weights: &'a [f64],
    /// The inverse of the factor of the Hessian, column by column.
    transposed: &'a [f64],
    step: usize,
}

impl WithSimd for LeftOut<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<f64> {
        let Self {
            problem: TwoClasses { design, truth },
            weights,
            transposed,
            step,
        } = self;
        let columns = design.columns();
        let size = columns + 1;
        let mut projected = vec![0.0; size];
        let mut scores = Vec::with_capacity(truth.len().div_ceil(step));
        for (row, value) in truth.iter().enumerate().step_by(step) {
            projected.copy_from_slice(&transposed[columns * size..]);
            let (numbers, marks) = design.row(row);
            let (fours, rest) = numbers.as_chunks::<4>();
            for (block, [a, b, c, d]) in fours.iter().enumerate() {
                let first = 4 * block;
                let line = |column: usize| &transposed[column * size + first..(column + 1) * size];
                let lines = line(first).iter().zip(line(first + 1));
                let lines = lines.zip(line(first + 2)).zip(line(first + 3));
                for (sum, (((w, x), y), z)) in projected[first..].iter_mut().zip(lines) {
                    *sum += (a * w + b * x) + (c * y + d * z);
                }
            }
            for (column, number) in (numbers.len() - rest.len()..).zip(rest) {
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
            let leverage = dot(&projected, &projected);
            let score = design.dot(row, weights);
            let probability = sigmoid(score);
            let spread = probability * (1.0 - probability);
            scores.push(
                score + (probability - value) * leverage / (1.0 - spread * leverage).max(1e-6),
            );
        }
        scores
    }
}

/// Mean log loss of linear predictors.
fn mean_loss(scores: &[f64], truth: &[f64]) -> f64 {
    LogLoss::of(scores, truth).sum() / truth.len() as f64
}
