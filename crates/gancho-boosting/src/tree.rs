//! One regression tree.

use crate::bins::{Binned, MISSING};

/// Most splits between the root of a tree and a leaf.
pub const MAX_DEPTH: usize = 64;

/// Where a branch leads: a branch by its number, or a leaf by its number's complement (`!number`), below zero.
pub(crate) type Child = i32;

/// The leaf that a child is, if it is one.
pub(crate) fn leaf_number(child: Child) -> Option<usize> {
    (child < 0).then_some(!child as usize)
}

/// A question to one column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Branch {
    pub(crate) column: u32,
    /// Values up to and with the threshold go left.
    pub(crate) threshold: f32,
    pub(crate) missing_left: bool,
    pub(crate) left: Child,
    pub(crate) right: Child,
    /// Cover of all leaves below.
    pub(crate) cover: f64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) value: f64,
    /// Sum of the weights of the training rows that ended here, above zero.
    pub(crate) cover: f64,
}

/// Branches, the root first and each before its children, and their leaves, one more than there are branches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree {
    pub(crate) branches: Vec<Branch>,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) depth: usize,
}

impl Tree {
    /// Fills in what follows from the rest: the depth and the covers of branches.
    pub(crate) fn complete(&mut self) {
        let mut depths = vec![1; self.branches.len()];
        for at in 0..self.branches.len() {
            for child in [self.branches[at].left, self.branches[at].right] {
                if leaf_number(child).is_none() {
                    depths[child as usize] = depths[at] + 1;
                }
            }
        }
        self.depth = depths.into_iter().max().unwrap_or(0);
        for at in (0..self.branches.len()).rev() {
            let Branch { left, right, .. } = self.branches[at];
            self.branches[at].cover = self.cover(left) + self.cover(right);
        }
    }

    pub(crate) fn cover(&self, child: Child) -> f64 {
        match leaf_number(child) {
            Some(leaf) => self.leaves[leaf].cover,
            None => self.branches[child as usize].cover,
        }
    }

    /// The tree's answer for a row.
    pub(crate) fn value(&self, row: &[f32]) -> f64 {
        let mut at = 0;
        loop {
            let branch = &self.branches[at as usize];
            let next = if branch.goes_left(row) { branch.left } else { branch.right };
            if let Some(leaf) = leaf_number(next) {
                return self.leaves[leaf].value;
            }
            at = next;
        }
    }

    /// The tree's answer for a row of a binned table, given the bin that each branch cuts after.
    pub(crate) fn value_of_codes(&self, binned: &Binned, bins: &[u8], row: u32) -> f64 {
        let mut at = 0;
        loop {
            let branch = &self.branches[at as usize];
            let code = binned.code(row, branch.column as usize);
            let goes_left = if code == MISSING { branch.missing_left } else { code <= bins[at as usize] };
            let next = if goes_left { branch.left } else { branch.right };
            if let Some(leaf) = leaf_number(next) {
                return self.leaves[leaf].value;
            }
            at = next;
        }
    }

    /// Mean answer over the training rows by weight.
    pub(crate) fn expected(&self) -> f64 {
        let (mut sum, mut cover) = (0.0, 0.0);
        for leaf in &self.leaves {
            (sum, cover) = (sum + leaf.value * leaf.cover, cover + leaf.cover);
        }
        sum / cover
    }
}

impl Branch {
    /// Whether values lie on both sides, and not all on one and the missing on the other.
    pub(crate) fn orders_values(&self) -> bool {
        self.threshold < f32::MAX
    }

    #[inline(always)]
    pub(crate) fn goes_left(&self, row: &[f32]) -> bool {
        let value = row[self.column as usize];
        value <= self.threshold || (value.is_nan() && self.missing_left)
    }
}
