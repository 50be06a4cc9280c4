//! One tree of a boosted sum, grown leaf by leaf on gradients.
//!
//! With sums G and H of first and second derivatives the gain of a split is
//! what G²/(H+λ) of both sides exceeds that of the whole by, and a leaf
//! answers −G/(H+λ) (second-order approximation, Chen & Guestrin 2016). The
//! histogram of the larger child is that of its parent minus the smaller's.

use rand_pcg::Pcg64;

use super::coding::{Bytes, Coding};
use super::grow::partition;
use super::tree::{Node, Tree};
use crate::contest::tables::kernel::BinSet;
use crate::contest::tables::kernel::chance::shuffle;

/// What a tree may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::contest::tables) struct Limits {
    /// The most leaves.
    pub(in crate::contest::tables) leaves: usize,
    /// The most splits in a row.
    pub(in crate::contest::tables) depth: usize,
    /// The fewest rows of a leaf.
    pub(in crate::contest::tables) rows: usize,
    /// The most columns that one tree reads, drawn for each: with many columns
    /// the sum of trees is no worse for it, and grows faster.
    pub(in crate::contest::tables) columns: usize,
    /// λ.
    pub(in crate::contest::tables) penalty: f64,
}

/// The least sum of second derivatives in a leaf.
const LEAST_CURVATURE: f64 = 1e-3;

/// Added to the second derivatives of a level when levels are put in order by
/// their gradient, and to λ when they are split, so that rare levels do not win
/// by chance (`cat_smooth` and `cat_l2` of LightGBM).
const LEVEL_SMOOTHING: f64 = 10.0;
const LEVEL_PENALTY: f64 = 10.0;

/// Few levels are no danger.
const FEW_LEVELS: usize = 4;

/// The least gain worth a split.
const LEAST_GAIN: f64 = 1e-9;

/// Gradient, second derivative and rows of one bin; the last entry is zero, so
/// that two registers hold all of it.
type Sums = [f64; 4];

/// A histogram: the bins of all columns, one after the other.
type Histogram = Vec<Sums>;

/// A possible split.
#[derive(Clone, Copy, Debug)]
struct Cut {
    gain: f64,
    column: usize,
    left_bytes: BinSet,
    /// Of the left side.
    sums: Sums,
}

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
        for (bytes, ends) in self.bytes.columns.iter().zip(self.offsets.windows(2)) {
            let sums = &mut histogram[ends[0]..ends[1]];
            if sums.is_empty() {
                continue;
            }
            for (row, more) in rows.iter().zip(&self.ordered) {
                add(&mut sums[usize::from(bytes[*row as usize])], more);
            }
        }
        histogram
    }

    /// The best cut of a leaf with a histogram.
    fn best_cut(&self, leaf: &Leaf) -> Option<Cut> {
        let histogram = leaf.histogram.as_ref()?;
        let mut best: Option<Cut> = None;
        for (column, coded) in self.coding.columns.iter().enumerate() {
            let sums = &histogram[self.offsets[column]..self.offsets[column + 1]];
            if sums.is_empty() {
                continue;
            }
            let least = best.map_or(LEAST_GAIN, |best| best.gain);
            let cut = if coded.source.is_nominal() {
                self.level_cut(column, sums, leaf.sums, least)
            } else {
                self.ordered_cut(column, sums, leaf.sums, least)
            };
            best = cut.or(best);
        }
        best
    }

    /// The best cut of an ordered column that gains more than `least`; missing
    /// values go to the better side.
    fn ordered_cut(&self, column: usize, sums: &[Sums], all: Sums, least: f64) -> Option<Cut> {
        let own = score(all, self.limits.penalty);
        let missing = sums[0];
        let mut best = (least, 0_usize, false, [0.0; 4]);
        let has_missing = missing[2] > 0.5;
        for missing_left in [false, true] {
            if missing_left && !has_missing {
                break;
            }
            let mut left = if missing_left { missing } else { [0.0; 4] };
            for (byte, entry) in sums.iter().enumerate().skip(1) {
                if entry[2] < 0.5 {
                    continue;
                }
                add(&mut left, entry);
                let right = difference(&all, &left);
                if right[2] < self.limits.rows as f64 {
                    break;
                }
                if !self.is_leaf(left) || !self.is_leaf(right) {
                    continue;
                }
                let (above, below) = scores(left, right, self.limits.penalty);
                if above > (best.0 + own) * below {
                    best = (above / below - own, byte, missing_left, left);
                }
            }
        }
        let (gain, byte, missing_left, left) = best;
        if byte == 0 {
            return None;
        }
        // Halfway through the empty bins that follow.
        let next = (byte + 1..sums.len())
            .find(|byte| sums[*byte][2] > 0.5)
            .unwrap_or(byte + 1);
        let mut left_bytes = BinSet::below(usize::midpoint(byte, next).min(next - 1) + 1);
        if !(missing_left || (!has_missing && 2.0 * left[2] > all[2])) {
            left_bytes.remove(0);
        }
        Some(Cut {
            gain,
            column,
            left_bytes,
            sums: left,
        })
    }

    /// The best cut that gains more than `least` of levels put in order by their
    /// mean gradient (Fisher 1958: the best of all subsets is among these).
    fn level_cut(&self, column: usize, sums: &[Sums], all: Sums, least: f64) -> Option<Cut> {
        let mut order: Vec<(f64, u8)> = sums
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry[2] > 0.5)
            .map(|(byte, entry)| (entry[0] / (entry[1] + LEVEL_SMOOTHING), byte as u8))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let penalty = self.limits.penalty
            + if order.len() > FEW_LEVELS {
                LEVEL_PENALTY
            } else {
                0.0
            };
        let own = score(all, penalty);
        let mut left = [0.0; 4];
        let mut best = (least, 0, left);
        for (taken, (_, byte)) in order.iter().enumerate() {
            add(&mut left, &sums[usize::from(*byte)]);
            let right = difference(&all, &left);
            if !self.is_leaf(left) || !self.is_leaf(right) {
                continue;
            }
            let (above, below) = scores(left, right, penalty);
            if above > (best.0 + own) * below {
                best = (above / below - own, taken + 1, left);
            }
        }
        if best.1 == 0 {
            return None;
        }
        let mut left_bytes = BinSet::default();
        for (_, byte) in &order[..best.1] {
            left_bytes.insert(usize::from(*byte));
        }
        Some(Cut {
            gain: best.0,
            column,
            left_bytes,
            sums: best.2,
        })
    }

    fn is_leaf(&self, sums: Sums) -> bool {
        sums[2] >= self.limits.rows as f64 && sums[1] >= LEAST_CURVATURE
    }
}

fn add(sums: &mut Sums, more: &Sums) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

fn difference(all: &Sums, part: &Sums) -> Sums {
    std::array::from_fn(|entry| all[entry] - part[entry])
}

fn score(sums: Sums, penalty: f64) -> f64 {
    sums[0] * sums[0] / (sums[1] + penalty)
}

/// The scores of both sides together, as a fraction: most are no better than
/// one that is known, which a product tells without a division.
fn scores(left: Sums, right: Sums, penalty: f64) -> (f64, f64) {
    let (below_left, below_right) = (left[1] + penalty, right[1] + penalty);
    let above = left[0] * left[0] * below_right + right[0] * right[0] * below_left;
    (above, below_left * below_right)
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
