//! A tree over byte columns.

use super::Bytes;
use crate::contest::tables::kernel::BinSet;

/// A node of a tree.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::contest::tables) enum Node {
    /// Rows whose byte is in the set go left, all others right.
    Split {
        /// Position of the byte column.
        column: u32,
        /// The bytes that go left.
        left_bytes: BinSet,
        /// Position of the left child; the right one comes after it.
        left: u32,
    },
    /// The leaf of that number.
    Leaf(u32),
}

/// A tree: node 0 is the root.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::contest::tables) struct Tree {
    /// The nodes.
    pub(in crate::contest::tables) nodes: Vec<Node>,
    /// What the leaves answer: `width` numbers each.
    pub(in crate::contest::tables) values: Vec<f64>,
    /// Numbers per leaf.
    pub(in crate::contest::tables) width: usize,
}

impl Tree {
    /// What the tree answers for a row.
    pub(in crate::contest::tables) fn answer(&self, bytes: &Bytes, row: usize) -> &[f64] {
        let leaf = self.leaf(bytes, row);
        &self.values[leaf * self.width..(leaf + 1) * self.width]
    }

    /// The number of the row's leaf.
    pub(in crate::contest::tables) fn leaf(&self, bytes: &Bytes, row: usize) -> usize {
        let mut node = 0;
        loop {
            match &self.nodes[node] {
                Node::Leaf(leaf) => return *leaf as usize,
                Node::Split {
                    column,
                    left_bytes,
                    left,
                } => {
                    let byte = bytes.columns[*column as usize][row];
                    node = *left as usize + usize::from(!left_bytes.contains(byte));
                }
            }
        }
    }

    /// Leaves.
    pub(in crate::contest::tables) fn leaves(&self) -> usize {
        self.values.len() / self.width
    }
}
