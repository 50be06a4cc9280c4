//! The matrix of a design, and the products that solvers need of it.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

use pulp::{Arch, Simd, WithSimd};

use crate::contest::tables::models::cholesky::dot;

/// Rows that are added to cross-products at a time.
const BLOCK: usize = 4;

/// Rows as numbers: a dense block, and the positions of marks that are 1.
///
/// Columns are numbered dense ones first, then marks.
#[derive(Clone, Debug)]
pub(in crate::contest::tables::models) struct Design {
    values: Vec<f64>,
    dense: usize,
    starts: Vec<usize>,
    marks: Vec<u32>,
    columns: usize,
}

impl Design {
    /// From the dense block (row-major, rows × dense), and for each row the
    /// stretch of `marks` between two successive `starts`, ascending.
    pub(super) fn new(
        values: Vec<f64>,
        dense: usize,
        starts: Vec<usize>,
        marks: Vec<u32>,
        columns: usize,
    ) -> Self {
        Self {
            values,
            dense,
            starts,
            marks,
            columns,
        }
    }

    /// A design of dense columns only, row-major.
    #[cfg(test)]
    pub(in crate::contest::tables::models) fn of_numbers(values: Vec<f64>, columns: usize) -> Self {
        let rows = values.len().checked_div(columns).unwrap_or(0);
        Self::new(values, columns, vec![0; rows + 1], Vec::new(), columns)
    }

    /// Some of the rows.
    pub(in crate::contest::tables::models) fn part(&self, rows: &[u32]) -> Self {
        let mut values = Vec::with_capacity(rows.len() * self.dense);
        let mut starts = vec![0];
        let mut marks = Vec::new();
        for row in rows {
            let (numbers, marked) = self.row(*row as usize);
            values.extend_from_slice(numbers);
            marks.extend_from_slice(marked);
            starts.push(marks.len());
        }
        Self::new(values, self.dense, starts, marks, self.columns)
    }

    /// The rows of all parts, `rows` in all; every part has the same columns.
    pub(in crate::contest::tables::models) fn joined(
        parts: impl Iterator<Item = Self>,
        rows: usize,
    ) -> Self {
        let mut all = Self::new(Vec::new(), 0, vec![0], Vec::new(), 0);
        for part in parts {
            if all.rows() == 0 {
                all.values.reserve_exact(rows * part.dense);
                all.starts.reserve_exact(rows);
                (all.dense, all.columns) = (part.dense, part.columns);
            }
            let before = all.marks.len();
            all.values.extend_from_slice(&part.values);
            all.marks.extend_from_slice(&part.marks);
            all.starts
                .extend(part.starts.iter().skip(1).map(|start| before + start));
        }
        all
    }

    /// The same rows with `count` more dense columns, which `add` makes of the dense numbers of a row.
    pub(in crate::contest::tables::models) fn with_numbers(
        &self,
        count: usize,
        add: impl Fn(&[f64], &mut Vec<f64>),
    ) -> Self {
        let mut values = Vec::with_capacity(self.rows() * (self.dense + count));
        for row in 0..self.rows() {
            let (numbers, _) = self.row(row);
            values.extend_from_slice(numbers);
            add(numbers, &mut values);
        }
        let marks = self.marks.iter().map(|mark| mark + count as u32).collect();
        Self::new(
            values,
            self.dense + count,
            self.starts.clone(),
            marks,
            self.columns + count,
        )
    }

    /// Dense columns, which come first.
    pub(in crate::contest::tables::models) fn dense(&self) -> usize {
        self.dense
    }

    /// Rows.
    pub(in crate::contest::tables::models) fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Columns, the intercept not counted.
    pub(in crate::contest::tables::models) fn columns(&self) -> usize {
        self.columns
    }

    /// The dense numbers of a row and the columns that it is marked in.
    #[inline(always)]
    pub(in crate::contest::tables::models) fn row(&self, row: usize) -> (&[f64], &[u32]) {
        (
            &self.values[row * self.dense..(row + 1) * self.dense],
            &self.marks[self.starts[row]..self.starts[row + 1]],
        )
    }

    /// The sum of the row's numbers times weights, plus the intercept, which is the last weight.
    #[inline(always)]
    pub(in crate::contest::tables::models) fn dot(&self, row: usize, weights: &[f64]) -> f64 {
        let (numbers, marks) = self.row(row);
        let mut sum = weights[self.columns] + dot(numbers, weights);
        for mark in marks {
            sum += weights[*mark as usize];
        }
        sum
    }

    /// Adds the row's numbers times `factor` to `sums`, whose last place is the intercept's.
    #[inline(always)]
    pub(in crate::contest::tables::models) fn add(
        &self,
        row: usize,
        factor: f64,
        sums: &mut [f64],
    ) {
        let (numbers, marks) = self.row(row);
        for (sum, number) in sums.iter_mut().zip(numbers) {
            *sum += number * factor;
        }
        for mark in marks {
            sums[*mark as usize] += factor;
        }
        sums[self.columns] += factor;
    }

    /// The lower triangle of the weighted cross-products of all columns and
    /// the intercept (last): row-major, (columns + 1)².
    pub(in crate::contest::tables::models) fn cross_products(
        &self,
        weight: impl Fn(usize) -> f64,
    ) -> Vec<f64> {
        let size = self.columns + 1;
        let mut products = vec![0.0; size * size];
        Arch::new().dispatch(DenseProducts {
            design: self,
            weight: &weight,
            products: &mut products,
        });
        for row in 0..self.rows() {
            let weight = weight(row);
            let (numbers, marks) = self.row(row);
            for (position, mark) in marks.iter().enumerate() {
                let line = &mut products[*mark as usize * size..];
                for (product, number) in line.iter_mut().zip(numbers) {
                    *product += weight * number;
                }
                for earlier in &marks[..=position] {
                    line[*earlier as usize] += weight;
                }
            }
            let line = &mut products[self.columns * size..];
            for (product, number) in line.iter_mut().zip(numbers) {
                *product += weight * number;
            }
            for mark in marks {
                line[*mark as usize] += weight;
            }
            line[self.columns] += weight;
        }
        products
    }

    /// The part of [`Self::cross_products`] between dense columns, some rows at a time.
    #[inline(always)]
    fn dense_products(&self, weight: &impl Fn(usize) -> f64, products: &mut [f64]) {
        if self.dense == 0 {
            return;
        }
        let size = self.columns + 1;
        let zeros = vec![0.0; self.dense];
        for from in (0..self.rows()).step_by(BLOCK) {
            let lines: [&[f64]; BLOCK] = std::array::from_fn(|lane| {
                if from + lane < self.rows() {
                    self.row(from + lane).0
                } else {
                    &zeros
                }
            });
            let weights: [f64; BLOCK] = std::array::from_fn(|lane| {
                if from + lane < self.rows() {
                    weight(from + lane)
                } else {
                    0.0
                }
            });
            let factors = |column: usize| -> [f64; BLOCK] {
                std::array::from_fn(|lane| weights[lane] * lines[lane][column])
            };
            let [a, b, c, d] = lines;
            // two lines of products at a time: each number read serves both
            for column in (1..self.dense).step_by(2) {
                let (even, odd) = (factors(column - 1), factors(column));
                let (above, below) = products[(column - 1) * size..].split_at_mut(size);
                let pairs = above[..column].iter_mut().zip(&mut below[..column]);
                for (((((above, below), a), b), c), d) in pairs.zip(a).zip(b).zip(c).zip(d) {
                    *above += (even[0] * a + even[1] * b) + (even[2] * c + even[3] * d);
                    *below += (odd[0] * a + odd[1] * b) + (odd[2] * c + odd[3] * d);
                }
                below[column] += (odd[0] * a[column] + odd[1] * b[column])
                    + (odd[2] * c[column] + odd[3] * d[column]);
            }
            if self.dense % 2 == 1 {
                let column = self.dense - 1;
                let last = factors(column);
                let line = &mut products[column * size..=column * size + column];
                for ((((product, a), b), c), d) in line.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                    *product += (last[0] * a + last[1] * b) + (last[2] * c + last[3] * d);
                }
            }
        }
    }
}

/// [`Design::dense_products`], for whichever vector instructions there are: the
/// same operations in the same order, hence the same bits.
struct DenseProducts<'a, W> {
    design: &'a Design,
    weight: &'a W,
    products: &'a mut [f64],
}

impl<W: Fn(usize) -> f64> WithSimd for DenseProducts<'_, W> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.design.dense_products(self.weight, self.products);
    }
}
