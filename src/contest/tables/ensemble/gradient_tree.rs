//! One tree of a boosted sum, grown leaf by leaf on gradients.
//!
//! With sums G and H of first and second derivatives the gain of a split is
//! what G²/(H+λ) of both sides exceeds that of the whole by, and a leaf
//! answers −G/(H+λ) (second-order approximation, Chen & Guestrin 2016). The
//! histogram of the larger child is that of its parent minus the smaller's.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined into a vectorised function is vectorised with it"
)]

use pulp::{Arch, Simd, WithSimd};
use rand_pcg::Pcg64;

use super::coding::{Bytes, Coding};
use super::gradient_cut::{Cut, LEAST_CURVATURE, LEAST_GAIN, Limits, Sums, add, difference};
use super::tree::{Node, Tree, partition};
use crate::contest::tables::kernel::chance::shuffle;

/// A histogram: the bins of all columns, one after the other.
type Histogram = Vec<Sums>;

/// A leaf that may still be split.
struct Leaf {
    node: usize,
    depth: usize,
    from: usize,
    to: usize,
    sums: Sums,
    histogram: Option<Histogram>,
    cut: Option<Cut>,
}

/// Room for growing trees on the same rows again and again.
pub(in crate::contest::tables) struct Grower<'a> {
    bytes: &'a Bytes,
    coding: &'a Coding,
    limits: Limits,
    rows: Vec<u32>,
    spare_rows: Vec<u32>,
    /// What each row of a leaf adds to its bins.
    ordered: Vec<Sums>,
    spare_histograms: Vec<Histogram>,
    /// Where the bins of each column begin in a histogram, and where the last
    /// ends; a column that the tree does not read has none.
    offsets: Vec<usize>,
    draws: Pcg64,
    /// Gain by byte column, over all trees so far.
    pub(in crate::contest::tables) gains: Vec<f64>,
}

impl<'a> Grower<'a> {
    /// For these rows.
    pub(in crate::contest::tables) fn new(
        bytes: &'a Bytes,
        coding: &'a Coding,
        limits: Limits,
        draws: Pcg64,
    ) -> Self {
        let is_read = vec![true; coding.columns.len()];
        Self {
            bytes,
            coding,
            limits,
            rows: (0..bytes.rows as u32).collect(),
            spare_rows: Vec::new(),
            ordered: Vec::new(),
            spare_histograms: Vec::new(),
            offsets: offsets(coding, &is_read),
            draws,
            gains: vec![0.0; coding.columns.len()],
        }
    }

    /// Grows a tree on gradients (first and second derivative by row) whose
    /// answers are multiplied by `shrinkage`, and calls `moved` with each row and its answer.
    pub(in crate::contest::tables) fn grow(
        &mut self,
        gradients: &[[f64; 2]],
        shrinkage: f64,
        mut moved: impl FnMut(usize, f64),
    ) -> Tree {
        self.draw_columns();
        let mut rows = std::mem::take(&mut self.rows);
        for (position, row) in rows.iter_mut().enumerate() {
            *row = position as u32;
        }
        let mut nodes = vec![Node::Leaf(0)];
        let mut sums = [0.0; 4];
        for [gradient, curvature] in gradients {
            sums[0] += gradient;
            sums[1] += curvature;
            sums[2] += 1.0;
        }
        let mut root = Leaf {
            node: 0,
            depth: 0,
            from: 0,
            to: rows.len(),
            sums,
            histogram: None,
            cut: None,
        };
        if self.is_splittable(&root) {
            root.histogram = Some(self.histogram(&rows, gradients));
            root.cut = self.best_cut(&root);
        }
        let mut leaves = vec![root];
        while leaves.len() < self.limits.leaves {
            let Some(best) = best_leaf(&leaves) else {
                break;
            };
            let leaf = leaves.swap_remove(best);
            let (left, right) = self.split(leaf, &mut nodes, &mut rows, gradients);
            leaves.push(left);
            leaves.push(right);
        }
        let mut values = Vec::with_capacity(leaves.len());
        for (number, leaf) in leaves.into_iter().enumerate() {
            let answer =
                -leaf.sums[0] / (leaf.sums[1] + self.limits.penalty).max(1e-12) * shrinkage;
            let answer = if answer.is_finite() { answer } else { 0.0 };
            nodes[leaf.node] = Node::Leaf(number as u32);
            values.push(answer);
            for row in &rows[leaf.from..leaf.to] {
                moved(*row as usize, answer);
            }
            self.spare_histograms.extend(leaf.histogram);
        }
        self.rows = rows;
        Tree {
            nodes,
            values,
            width: 1,
        }
    }

    fn is_splittable(&self, leaf: &Leaf) -> bool {
        leaf.to - leaf.from >= 2 * self.limits.rows
            && leaf.depth < self.limits.depth
            && leaf.sums[1] >= 2.0 * LEAST_CURVATURE
    }

    /// Carries out the leaf's cut.
    fn split(
        &mut self,
        leaf: Leaf,
        nodes: &mut Vec<Node>,
        rows: &mut [u32],
        gradients: &[[f64; 2]],
    ) -> (Leaf, Leaf) {
        let Some(cut) = leaf.cut else {
            // Only leaves with a cut are chosen.
            let empty = Leaf {
                from: leaf.to,
                sums: [0.0; 4],
                histogram: None,
                ..leaf
            };
            return (leaf, empty);
        };
        self.gains[cut.column] += cut.gain;
        let sums = cut.sums;
        let end = leaf.from
            + partition(
                &mut rows[leaf.from..leaf.to],
                &self.bytes.columns[cut.column],
                &cut.left_bytes,
                &mut self.spare_rows,
            );
        let (left_node, right_node) = (nodes.len(), nodes.len() + 1);
        nodes[leaf.node] = Node::Split {
            column: cut.column as u32,
            left_bytes: cut.left_bytes,
            left: left_node as u32,
        };
        nodes.extend([Node::Leaf(0), Node::Leaf(0)]);
        let child = |node, from, to, sums| Leaf {
            node,
            depth: leaf.depth + 1,
            from,
            to,
            sums,
            histogram: None,
            cut: None,
        };
        let rest = difference(&leaf.sums, &sums);
        let mut left = child(left_node, leaf.from, end, sums);
        let mut right = child(right_node, end, leaf.to, rest);
        let (small, large) = if end - leaf.from <= leaf.to - end {
            (&mut left, &mut right)
        } else {
            (&mut right, &mut left)
        };
        if let Some(parent) = leaf.histogram {
            if self.is_splittable(large) {
                let of_small = self.histogram(&rows[small.from..small.to], gradients);
                large.histogram = Some(without(parent, &of_small));
                if self.is_splittable(small) {
                    small.histogram = Some(of_small);
                    small.cut = self.best_cut(small);
                } else {
                    self.spare_histograms.push(of_small);
                }
                large.cut = self.best_cut(large);
            } else {
                self.spare_histograms.push(parent);
            }
        }
        (left, right)
    }

    /// Draws the columns that the next tree reads, where it does not read all.
    fn draw_columns(&mut self) {
        let count = self.coding.columns.len();
        if count <= self.limits.columns {
            return;
        }
        let mut order: Vec<usize> = (0..count).collect();
        shuffle(&mut order, &mut self.draws);
        let mut is_read = vec![false; count];
        for column in order.into_iter().take(self.limits.columns) {
            is_read[column] = true;
        }
        self.offsets = offsets(self.coding, &is_read);
    }

    /// The histogram of some rows.
    fn histogram(&mut self, rows: &[u32], gradients: &[[f64; 2]]) -> Histogram {
        let mut histogram = self.spare_histograms.pop().unwrap_or_default();
        histogram.clear();
        histogram.resize(self.offsets[self.coding.columns.len()], [0.0; 4]);
        self.ordered.clear();
        self.ordered.extend(rows.iter().map(|row| {
            let [gradient, curvature] = gradients[*row as usize];
            [gradient, curvature, 1.0, 0.0]
        }));
        Arch::new().dispatch(Counting {
            columns: &self.bytes.columns,
            offsets: &self.offsets,
            rows,
            ordered: &self.ordered,
            histogram: &mut histogram,
        });
        histogram
    }

    /// The best cut of a leaf with a histogram.
    fn best_cut(&self, leaf: &Leaf) -> Option<Cut> {
        Arch::new().dispatch(Cutting { grower: self, leaf })
    }

    #[inline(always)]
    fn best_cut_of_all(&self, leaf: &Leaf) -> Option<Cut> {
        let histogram = leaf.histogram.as_ref()?;
        let mut best: Option<Cut> = None;
        for (column, coded) in self.coding.columns.iter().enumerate() {
            let sums = &histogram[self.offsets[column]..self.offsets[column + 1]];
            if sums.is_empty() {
                continue;
            }
            let least = best.map_or(LEAST_GAIN, |best| best.gain);
            let cut = if coded.source.is_nominal() {
                self.limits.level_cut(column, sums, leaf.sums, least)
            } else {
                self.limits.ordered_cut(column, sums, leaf.sums, least)
            };
            best = cut.or(best);
        }
        best
    }
}

/// Adding rows to the bins of all columns, for whichever vector instructions
/// there are: the same operations in the same order, hence the same bits.
struct Counting<'a> {
    columns: &'a [Vec<u8>],
    offsets: &'a [usize],
    rows: &'a [u32],
    /// What each row adds.
    ordered: &'a [Sums],
    histogram: &'a mut [Sums],
}

impl WithSimd for Counting<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (bytes, ends) in self.columns.iter().zip(self.offsets.windows(2)) {
            let sums = &mut self.histogram[ends[0]..ends[1]];
            if sums.is_empty() {
                continue;
            }
            for (row, more) in self.rows.iter().zip(self.ordered) {
                add(&mut sums[usize::from(bytes[*row as usize])], more);
            }
        }
    }
}

/// [`Grower::best_cut`], likewise.
struct Cutting<'a> {
    grower: &'a Grower<'a>,
    leaf: &'a Leaf,
}

impl WithSimd for Cutting<'_> {
    type Output = Option<Cut>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Option<Cut> {
        self.grower.best_cut_of_all(self.leaf)
    }
}

/// What is left of a histogram without a part.
fn without(mut parent: Histogram, child: &Histogram) -> Histogram {
    for (entry, less) in parent.iter_mut().zip(child) {
        *entry = difference(entry, less);
    }
    parent
}

/// Where the bins of each column begin, and where the last ends; a column that
/// is not read has none.
fn offsets(coding: &Coding, is_read: &[bool]) -> Vec<usize> {
    let mut offsets = vec![0];
    let mut end = 0;
    for (column, is_read) in coding.columns.iter().zip(is_read) {
        end += if *is_read { column.count } else { 0 };
        offsets.push(end);
    }
    offsets
}

/// The leaf with the largest gain; the first of equals.
fn best_leaf(leaves: &[Leaf]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (position, leaf) in leaves.iter().enumerate() {
        if let Some(cut) = leaf.cut
            && best.is_none_or(|(_, gain)| cut.gain > gain)
        {
            best = Some((position, cut.gain));
        }
    }
    best.map(|(position, _)| position)
}
