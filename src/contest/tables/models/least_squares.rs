//! Ordinary least squares by linfa, where the rows are few enough for it.
//!
//! The one file that knows `linfa_linear`. It answers a singular matrix or a
//! NaN with numbers that make no sense, so dependent columns are left out
//! before and the result is checked.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_linear::LinearRegression;
use ndarray::{Array1, Array2};

use super::design::Design;
use super::ridge::{Moments, Solution};

/// Rows × columns² up to which linfa's QR decomposition is used; above, the
/// cross-products give the same weights in a fraction of its time.
const MOST_WORK: usize = 4_000_000;

/// The weights of ordinary least squares; columns that depend on earlier ones get 0.
pub(super) fn solve(design: &Design, target: &[f64]) -> Solution {
    let moments = Moments::of(design, target);
    let work = design.rows() * (design.columns() + 1) * (design.columns() + 1);
    if work <= MOST_WORK
        && let Some(solution) = by_linfa(design, target, &moments.dependent())
    {
        return solution;
    }
    moments.solve(0.0)
}

/// The same by linfa; none where it fails.
pub(super) fn by_linfa(design: &Design, target: &[f64], dependent: &[bool]) -> Option<Solution> {
    let kept: Vec<usize> = (0..design.columns())
        .filter(|column| !dependent[*column])
        .collect();
    if kept.is_empty() || kept.len() + 1 > design.rows() {
        return None;
    }
    let mut records = Array2::zeros((design.rows(), kept.len()));
    let mut place = vec![None; design.columns()];
    for (position, column) in kept.iter().enumerate() {
        place[*column] = Some(position);
    }
    for row in 0..design.rows() {
        let (numbers, marks) = design.row(row);
        for (column, number) in numbers.iter().enumerate() {
            if let Some(position) = place[column] {
                records[[row, position]] = *number;
            }
        }
        for mark in marks {
            if let Some(position) = place[*mark as usize] {
                records[[row, position]] = 1.0;
            }
        }
    }
    let data = DatasetBase::new(records, Array1::from(target.to_vec()));
    let fitted = LinearRegression::new().fit(&data).ok()?;
    let mut weights = vec![0.0; design.columns() + 1];
    for (column, weight) in kept.iter().zip(fitted.params()) {
        weights[*column] = *weight;
    }
    weights[design.columns()] = fitted.intercept();
    weights
        .iter()
        .all(|weight| weight.is_finite())
        .then_some(Solution {
            weights,
            strength: 0.0,
        })
}
