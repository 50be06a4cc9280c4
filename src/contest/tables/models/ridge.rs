//! Ridge regression, its strength chosen by generalised cross-validation.
//!
//! Minimises Σ (y − b − xw)² + α·|w|², the intercept b not penalised (Hoerl &
//! Kennard 1970). All that is needed of the rows are their cross-products.
//! Of the strengths tried, that with the smallest n·RSS ÷ (n − df)² is taken
//! (Golub, Heath & Wahba 1979), df being 1 plus the trace of the hat matrix.

use super::cholesky::{Cholesky, dot};
use super::design::Design;

/// Strengths tried, strongest first, as shares of the number of rows: a
/// standardised column has that number as its sum of squares.
const STRENGTHS: [f64; 8] = [3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 1e-3, 1e-6];

/// The least share of rows that has to be left after the degrees of freedom.
const LEAST_LEFT: f64 = 0.05;

/// The cross-products of centred columns with each other and with the target.
pub(super) struct Moments {
    rows: f64,
    columns: usize,
    means: Vec<f64>,
    /// Lower triangle, row-major.
    products: Vec<f64>,
    with_target: Vec<f64>,
    target_mean: f64,
    target_squares: f64,
    /// Target values are divided by this first, so that no square overflows.
    unit: f64,
}

/// Weights of the columns and, last, the intercept; and how they came about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solution {
    /// One weight a column, then the intercept.
    pub(super) weights: Vec<f64>,
    /// The penalty α.
    pub(super) strength: f64,
}

impl Moments {
    /// Of a design and the target of its rows.
    pub(super) fn of(design: &Design, target: &[f64]) -> Self {
        let columns = design.columns();
        let size = columns + 1;
        let largest = target.iter().map(|value| value.abs()).fold(0.0, f64::max);
        let unit = if largest > 0.0 { largest } else { 1.0 };
        let rows = design.rows() as f64;
        let all = design.cross_products(|_| 1.0);
        let target_mean = target.iter().map(|value| value / unit).sum::<f64>() / rows;
        let mut sides = vec![0.0; size];
        let mut target_squares = 0.0;
        for (row, value) in target.iter().enumerate() {
            let value = value / unit - target_mean;
            target_squares += value * value;
            design.add(row, value, &mut sides);
        }
        let means: Vec<f64> = all[columns * size..columns * size + columns]
            .iter()
            .map(|sum| sum / rows)
            .collect();
        let mut products = vec![0.0; columns * columns];
        for row in 0..columns {
            for column in 0..=row {
                products[row * columns + column] =
                    all[row * size + column] - rows * means[row] * means[column];
            }
        }
        let with_target = (0..columns)
            .map(|column| sides[column] - means[column] * sides[columns])
            .collect();
        Self {
            rows,
            columns,
            means,
            products,
            with_target,
            target_mean,
            target_squares,
            unit,
        }
    }

    /// The weights under penalty α; columns that depend on earlier ones get 0.
    pub(super) fn solve(&self, strength: f64) -> Solution {
        let (mut weights, _) = self.solve_centred(strength);
        weights.push(self.target_mean - dot(&weights, &self.means));
        for weight in &mut weights {
            *weight *= self.unit;
        }
        Solution { weights, strength }
    }

    /// The weights under the penalty that generalised cross-validation prefers.
    pub(super) fn solve_best(&self) -> Solution {
        let mut best = (f64::INFINITY, STRENGTHS[0] * self.rows);
        for share in STRENGTHS {
            let strength = share * self.rows;
            let (weights, factored) = self.solve_centred(strength);
            let squares: f64 = factored.inverse_factor().iter().map(|x| x * x).sum();
            let freedom = 1.0 + self.columns as f64 - strength * squares;
            let left = self.rows - freedom;
            if left < LEAST_LEFT * self.rows {
                continue;
            }
            // |y − Xw|² = y'y − w'X'y − α·w'w where w solves the penalised equations.
            let squares = (self.target_squares
                - dot(&weights, &self.with_target)
                - strength * dot(&weights, &weights))
            .max(1e-14 * self.target_squares);
            let error = self.rows * squares / (left * left);
            if error < best.0 * (1.0 - 1e-9) {
                best = (error, strength);
            }
        }
        self.solve(best.1)
    }

    /// Which columns depend on earlier ones.
    pub(super) fn dependent(&self) -> Vec<bool> {
        Cholesky::of(self.products.clone(), self.columns)
            .dropped()
            .to_vec()
    }

    fn solve_centred(&self, strength: f64) -> (Vec<f64>, Cholesky) {
        let mut matrix = self.products.clone();
        for column in 0..self.columns {
            matrix[column * (self.columns + 1)] += strength;
        }
        let factored = Cholesky::of(matrix, self.columns);
        let mut weights = self.with_target.clone();
        factored.solve(&mut weights);
        (weights, factored)
    }
}
