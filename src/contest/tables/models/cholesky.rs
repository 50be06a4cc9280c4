//! Solving symmetric positive definite systems by plain loops, the same bits on every machine.
//!
//! Matrices are row-major squares of which only the lower triangle is read.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

use pulp::{Arch, Simd, WithSimd};

/// A pivot below this share of its diagonal entry is what rounding left of zero.
const LEAST_PIVOT: f64 = 1e-10;

/// The factor L of a matrix L·Lᵀ.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Cholesky {
    factor: Vec<f64>,
    size: usize,
    dropped: Vec<bool>,
}

impl Cholesky {
    /// Factors the matrix. A column that depends on earlier ones is dropped:
    /// its coefficient will be 0.
    pub(in crate::contest::tables) fn of(matrix: Vec<f64>, size: usize) -> Self {
        Arch::new().dispatch(Factored { matrix, size })
    }

    #[inline(always)]
    fn factored(mut matrix: Vec<f64>, size: usize) -> Self {
        let mut dropped = vec![false; size];
        for row in 0..size {
            let (above, from_here) = matrix.split_at_mut(row * size);
            let line = &mut from_here[..size];
            let diagonal = line[row];
            for column in 0..row {
                if dropped[column] {
                    line[column] = 0.0;
                    continue;
                }
                let other = &above[column * size..=column * size + column];
                line[column] = (line[column] - dot(&line[..column], other)) / other[column];
            }
            let pivot = diagonal - dot(&line[..row], &line[..row]);
            if pivot > LEAST_PIVOT * diagonal.abs() && pivot.is_finite() {
                line[row] = pivot.sqrt();
            } else {
                dropped[row] = true;
                line[..row].fill(0.0);
                line[row] = 1.0;
            }
        }
        Self {
            factor: matrix,
            size,
            dropped,
        }
    }

    /// Which columns were dropped.
    pub(super) fn dropped(&self) -> &[bool] {
        &self.dropped
    }

    /// Solves for one right-hand side, in place.
    pub(in crate::contest::tables) fn solve(&self, side: &mut [f64]) {
        let size = self.size;
        for row in 0..size {
            let line = &self.factor[row * size..];
            side[row] = if self.dropped[row] {
                0.0
            } else {
                (side[row] - dot(&line[..row], &side[..row])) / line[row]
            };
        }
        for row in (0..size).rev() {
            let line = &self.factor[row * size..=row * size + row];
            side[row] /= line[row];
            let value = side[row];
            for (earlier, entry) in side[..row].iter_mut().zip(line) {
                *earlier -= entry * value;
            }
        }
    }

    /// The lower triangle of the inverse of L, row-major. Rows of dropped columns are zero.
    pub(super) fn inverse_factor(&self) -> Vec<f64> {
        let size = self.size;
        let mut inverse = vec![0.0; size * size];
        for row in 0..size {
            if self.dropped[row] {
                continue;
            }
            let line = &self.factor[row * size..=row * size + row];
            let (above, from_here) = inverse.split_at_mut(row * size);
            let target = &mut from_here[..=row];
            for (middle, entry) in line[..row].iter().enumerate() {
                if *entry != 0.0 {
                    let source = &above[middle * size..=middle * size + middle];
                    for (sum, value) in target.iter_mut().zip(source) {
                        *sum -= entry * value;
                    }
                }
            }
            target[row] = 1.0;
            for value in target.iter_mut() {
                *value /= line[row];
            }
        }
        inverse
    }
}

/// [`Cholesky::factored`], for whichever vector instructions there are.
struct Factored {
    matrix: Vec<f64>,
    size: usize,
}

impl WithSimd for Factored {
    type Output = Cholesky;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Cholesky {
        Cholesky::factored(self.matrix, self.size)
    }
}

/// The inner product; four sums at a time, so that it runs at full speed.
#[inline(always)]
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let length = a.len().min(b.len());
    let (a, b) = (&a[..length], &b[..length]);
    let mut sums = [0.0; 4];
    let (fours_a, rest_a) = a.as_chunks::<4>();
    let (fours_b, rest_b) = b.as_chunks::<4>();
    for (x, y) in fours_a.iter().zip(fours_b) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(x, y)| x * y).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: [f64; 9] = [4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 1.0, 3.0, 6.0];

    #[test]
    fn a_known_system_is_solved() {
        // [4 2 1; 2 5 3; 1 3 6] · [1 -2 3] = [3 1 13]
        let mut side = [3.0, 1.0, 13.0];
        Cholesky::of(MATRIX.to_vec(), 3).solve(&mut side);
        for (found, expected) in side.iter().zip([1.0, -2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-14, "{side:?}");
        }
    }

    #[test]
    fn the_inverse_factor_times_the_factor_is_the_identity() {
        let factored = Cholesky::of(MATRIX.to_vec(), 3);
        let inverse = factored.inverse_factor();
        for row in 0..3 {
            for column in 0..=row {
                let sum: f64 = (column..=row)
                    .map(|k| inverse[row * 3 + k] * factored.factor[k * 3 + column])
                    .sum();
                let expected = f64::from(u8::from(row == column));
                assert!((sum - expected).abs() < 1e-14);
            }
        }
    }

    #[test]
    fn a_dependent_column_is_dropped() {
        // The second column is twice the first.
        let factored = Cholesky::of(vec![1.0, 0.0, 2.0, 4.0], 2);
        assert_eq!(factored.dropped(), [false, true]);
        let mut side = [3.0, 6.0];
        factored.solve(&mut side);
        assert_eq!(side, [3.0, 0.0]);
    }
}
