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

/// Puts the rows whose byte is in the set first, in order; gives how many they are.
pub(super) fn partition(
    rows: &mut [u32],
    bytes: &[u8],
    left_bytes: &BinSet,
    spare: &mut Vec<u32>,
) -> usize {
    if spare.len() < rows.len() {
        spare.resize(rows.len(), 0);
    }
    // every row is written to both sides and counted on one: nothing to guess
    let (mut left, mut right) = (0, 0);
    for position in 0..rows.len() {
        let row = rows[position];
        let goes_left = left_bytes.contains(bytes[row as usize]);
        rows[left] = row;
        spare[right] = row;
        left += usize::from(goes_left);
        right += usize::from(!goes_left);
    }
    rows[left..].copy_from_slice(&spare[..right]);
    left
}
