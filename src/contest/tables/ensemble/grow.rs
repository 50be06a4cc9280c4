//! One tree grown on the target itself: for numbers by variance, for classes by the Gini index.
//!
//! Two classes are numbers 0 and 1: the Gini index of a set is twice its
//! variance, so splits are the same, and the mean of a leaf is the share of
//! the second class.

use rand_pcg::Pcg64;

use super::coding::{Bytes, Coding};
use super::target::{Target, Total};
use super::tree::{Node, Tree, partition};
use crate::contest::tables::kernel::BinSet;
use crate::contest::tables::kernel::chance::below;

/// What a tree may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::contest::tables) struct Shape {
    /// The most splits in a row.
    pub(in crate::contest::tables) depth: usize,
    /// The fewest rows of a leaf, by weight.
    pub(in crate::contest::tables) rows: f64,
    /// Columns tried per split; all where it is as large.
    pub(in crate::contest::tables) columns: usize,
}

/// Rows up to which it is noted which bytes they have; of more, all bytes are looked through.
const FEW_ROWS: usize = 64;

/// The least gain, as a share of what is to be gained, worth a split.
const LEAST_GAIN: f64 = 1e-9;

struct Cut {
    gain: f64,
    column: usize,
    left_bytes: BinSet,
}

/// Rows from..to that become the node.
#[derive(Clone, Copy)]
struct Task {
    node: usize,
    depth: usize,
    from: usize,
    to: usize,
}

/// Room for growing trees on the same rows again and again.
pub(in crate::contest::tables) struct Grower<'a> {
    bytes: &'a Bytes,
    coding: &'a Coding,
    target: Target<'a>,
    shape: Shape,
    /// Positions of all columns, in the order of the last draw.
    drawn: Vec<u32>,
    /// Weight and weighted number of each row of the node.
    ordered: Vec<[f64; 2]>,
    spare: Vec<u32>,
    /// The bytes of the rows of a node in the order in which they are cut.
    order: Vec<u8>,
    /// Weight and weighted sum by byte; zero between uses.
    pairs: Box<[[f64; 2]; 256]>,
    /// Weight by byte and class; zero between uses.
    counts: Vec<f64>,
    /// Gain by column, over all trees so far.
    pub(in crate::contest::tables) gains: Vec<f64>,
}

impl<'a> Grower<'a> {
    /// For these rows.
    pub(in crate::contest::tables) fn new(
        bytes: &'a Bytes,
        coding: &'a Coding,
        target: Target<'a>,
        shape: Shape,
    ) -> Self {
        let classes = match target {
            Target::Numbers(_) => 0,
            Target::Classes { classes, .. } => classes,
        };
        Self {
            bytes,
            coding,
            target,
            shape,
            drawn: (0..coding.columns.len() as u32).collect(),
            ordered: Vec::new(),
            spare: Vec::new(),
            order: Vec::with_capacity(256),
            pairs: Box::new([[0.0; 2]; 256]),
            counts: vec![0.0; 256 * classes],
            gains: vec![0.0; coding.columns.len()],
        }
    }

    /// Grows a tree on distinct rows of given weights. A leaf answers with the
    /// mean, or with one share a class.
    pub(in crate::contest::tables) fn grow(
        &mut self,
        rows: &mut [u32],
        weights: &[f64],
        source: &mut Pcg64,
    ) -> Tree {
        let mut tree = Tree {
            nodes: vec![Node::Leaf(0)],
            values: Vec::new(),
            width: match self.target {
                Target::Numbers(_) => 1,
                Target::Classes { classes, .. } => classes,
            },
        };
        let mut tasks = vec![Task {
            node: 0,
            depth: 0,
            from: 0,
            to: rows.len(),
        }];
        while let Some(task) = tasks.pop() {
            let here = &mut rows[task.from..task.to];
            let total = self.total(here, weights);
            let cut = if task.depth < self.shape.depth && total.can_be_split(self.shape.rows) {
                self.best_cut(here, weights, &total, source)
            } else {
                None
            };
            let Some(cut) = cut else {
                tree.nodes[task.node] = Node::Leaf(tree.leaves() as u32);
                total.answer(&mut tree.values);
                continue;
            };
            self.gains[cut.column] += cut.gain;
            let middle = task.from + self.partition(here, &cut);
            let left = tree.nodes.len();
            tree.nodes[task.node] = Node::Split {
                column: cut.column as u32,
                left_bytes: cut.left_bytes,
                left: left as u32,
            };
            tree.nodes.extend([Node::Leaf(0), Node::Leaf(0)]);
            let child = |node, from, to| Task {
                node,
                depth: task.depth + 1,
                from,
                to,
            };
            tasks.push(child(left + 1, middle, task.to));
            tasks.push(child(left, task.from, middle));
        }
        tree
    }

    /// Puts the rows that go left first, in order; gives how many they are.
    fn partition(&mut self, rows: &mut [u32], cut: &Cut) -> usize {
        partition(
            rows,
            &self.bytes.columns[cut.column],
            &cut.left_bytes,
            &mut self.spare,
        )
    }

    fn total(&mut self, rows: &[u32], weights: &[f64]) -> Total {
        self.ordered.clear();
        match self.target {
            Target::Numbers(values) => {
                let mut sums = [0.0; 3];
                for row in rows {
                    let weight = weights[*row as usize];
                    let value = values[*row as usize];
                    self.ordered.push([weight, weight * value]);
                    sums[0] += weight;
                    sums[1] += weight * value;
                    sums[2] += weight * value * value;
                }
                Total::Numbers(sums)
            }
            Target::Classes { classes, values } => {
                let mut counts = vec![0.0; classes];
                for row in rows {
                    let weight = weights[*row as usize];
                    self.ordered.push([weight, 0.0]);
                    counts[values[*row as usize] as usize] += weight;
                }
                Total::Classes(counts)
            }
        }
    }

    fn best_cut(
        &mut self,
        rows: &[u32],
        weights: &[f64],
        total: &Total,
        source: &mut Pcg64,
    ) -> Option<Cut> {
        let all = self.drawn.len();
        let mut best: Option<Cut> = None;
        for tried in 0..all {
            if tried >= self.shape.columns && best.is_some() {
                break;
            }
            if self.shape.columns < all {
                let other = tried + below(source, (all - tried) as u32) as usize;
                self.drawn.swap(tried, other);
            }
            let column = self.drawn[tried] as usize;
            if let Some((gain, left_bytes)) = self.cut(column, rows, weights, total)
                && gain
                    > best
                        .as_ref()
                        .map_or(LEAST_GAIN * total.spread(), |best| best.gain)
            {
                best = Some(Cut {
                    gain,
                    column,
                    left_bytes,
                });
            }
        }
        best
    }

    /// The best cut of a column, with its gain.
    fn cut(
        &mut self,
        column: usize,
        rows: &[u32],
        weights: &[f64],
        total: &Total,
    ) -> Option<(f64, BinSet)> {
        let bytes = &self.bytes.columns[column];
        match self.target {
            Target::Numbers(_) => {
                for (row, [weight, number]) in rows.iter().zip(&self.ordered) {
                    let pair = &mut self.pairs[usize::from(bytes[*row as usize])];
                    *pair = [pair[0] + weight, pair[1] + number];
                }
            }
            Target::Classes { classes, values } => {
                for row in rows {
                    let byte = usize::from(bytes[*row as usize]);
                    let class = values[*row as usize] as usize;
                    self.counts[byte * classes + class] += weights[*row as usize];
                }
            }
        }
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        if rows.len() <= FEW_ROWS {
            let mut touched = BinSet::default();
            for row in rows {
                touched.insert(usize::from(bytes[*row as usize]));
            }
            touched.each(|byte| order.push(byte));
        } else {
            let count = self.coding.columns[column].count;
            match self.target {
                Target::Numbers(_) => {
                    let is_met = |byte: &usize| self.pairs[*byte][0] > 0.0;
                    order.extend((0..count).filter(is_met).map(|byte| byte as u8));
                }
                Target::Classes { classes, .. } => {
                    let of_bytes = self.counts.chunks_exact(classes).take(count).enumerate();
                    let met = of_bytes.filter(|(_, of)| of.iter().any(|weight| *weight > 0.0));
                    order.extend(met.map(|(byte, _)| byte as u8));
                }
            }
        }
        let found = if order.len() < 2 {
            None
        } else if self.coding.columns[column].source.is_nominal() {
            self.sort_levels(&mut order, total);
            self.scan(&order, total).map(|(gain, taken)| {
                let mut left_bytes = BinSet::default();
                for byte in &order[..taken] {
                    left_bytes.insert(usize::from(*byte));
                }
                (gain, left_bytes)
            })
        } else {
            self.ordered_cut(&mut order, total)
        };
        for byte in &order {
            let byte = usize::from(*byte);
            match self.target {
                Target::Numbers(_) => self.pairs[byte] = [0.0; 2],
                Target::Classes { classes, .. } => {
                    self.counts[byte * classes..(byte + 1) * classes].fill(0.0);
                }
            }
        }
        self.order = order;
        found
    }

    /// The best cut of bytes in their order; missing values (byte 0, first) go to the better side.
    fn ordered_cut(&self, order: &mut [u8], total: &Total) -> Option<(f64, BinSet)> {
        let first = self.scan(order, total);
        let has_missing = order[0] == 0;
        let mut last = None;
        if has_missing {
            order.rotate_left(1);
            last = self.scan(order, total);
        }
        let missing_left = match (first, last) {
            (Some(first), Some(last)) => first.0 >= last.0,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if has_missing && missing_left {
            order.rotate_right(1);
        }
        let (gain, taken) = if missing_left { first } else { last }?;
        let byte = order[taken - 1];
        // Halfway through the empty bytes that follow.
        let last = match order.get(taken) {
            Some(next) if *next > byte => byte + (next - byte) / 2,
            Some(_) | None => byte,
        };
        let mut left_bytes = BinSet::below(usize::from(last) + 1);
        if !((has_missing && missing_left) || (!has_missing && 2 * taken > order.len())) {
            left_bytes.remove(0);
        }
        Some((gain, left_bytes))
    }

    /// Levels in the order of their mean, or of their share of the most frequent class.
    fn sort_levels(&self, order: &mut [u8], total: &Total) {
        let mut keys = [0.0; 256];
        match total {
            Total::Classes(counts) => {
                let classes = counts.len();
                let most = (0..classes).fold(0, |best, class| {
                    if counts[class] > counts[best] {
                        class
                    } else {
                        best
                    }
                });
                for byte in &*order {
                    let of_byte = &self.counts[usize::from(*byte) * classes..][..classes];
                    keys[usize::from(*byte)] = of_byte[most] / of_byte.iter().sum::<f64>();
                }
            }
            Total::Numbers(_) => {
                for byte in &*order {
                    let [weight, sum] = self.pairs[usize::from(*byte)];
                    keys[usize::from(*byte)] = sum / weight;
                }
            }
        }
        order.sort_unstable_by(|a, b| {
            let (of_a, of_b) = (keys[usize::from(*a)], keys[usize::from(*b)]);
            of_a.total_cmp(&of_b).then(a.cmp(b))
        });
    }

    /// The best number of bytes to take left in this order, with its gain.
    fn scan(&self, order: &[u8], total: &Total) -> Option<(f64, usize)> {
        let least = self.shape.rows;
        let mut best = None;
        let mut most = 0.0;
        match total {
            Total::Numbers([weight, sum, _]) => {
                let own = sum * sum / weight;
                let mut left = [0.0; 2];
                for (taken, byte) in order[..order.len() - 1].iter().enumerate() {
                    let pair = self.pairs[usize::from(*byte)];
                    left[0] += pair[0];
                    left[1] += pair[1];
                    let right = [weight - left[0], sum - left[1]];
                    if left[0] < least || right[0] < least {
                        continue;
                    }
                    let gain = left[1] * left[1] / left[0] + right[1] * right[1] / right[0] - own;
                    if gain > most {
                        (most, best) = (gain, Some((gain, taken + 1)));
                    }
                }
            }
            Total::Classes(counts) => {
                let classes = counts.len();
                let weight: f64 = counts.iter().sum();
                let own = counts.iter().map(|count| count * count).sum::<f64>() / weight;
                let mut left = vec![0.0; classes];
                let mut left_weight = 0.0;
                for (taken, byte) in order[..order.len() - 1].iter().enumerate() {
                    let of_byte = &self.counts[usize::from(*byte) * classes..][..classes];
                    let (mut squares_left, mut squares_right) = (0.0, 0.0);
                    for class in 0..classes {
                        left[class] += of_byte[class];
                        left_weight += of_byte[class];
                        squares_left += left[class] * left[class];
                        let right = counts[class] - left[class];
                        squares_right += right * right;
                    }
                    let right_weight = weight - left_weight;
                    if left_weight < least || right_weight < least {
                        continue;
                    }
                    let gain = squares_left / left_weight + squares_right / right_weight - own;
                    if gain > most {
                        (most, best) = (gain, Some((gain, taken + 1)));
                    }
                }
            }
        }
        best
    }
}
