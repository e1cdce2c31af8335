//! The best place to cut a leaf in two.
//!
//! Chen & Guestrin 2016, equation 7: a leaf with gradient sum `G` and second-derivative sum `H` is worth
//! `G^2 / (H + l2)`, and a split gains what its children are worth more than their parent. Missing values are
//! tried on both sides (their algorithm 3).

use crate::bins::MISSING;
use crate::histogram::{Cell, Histogram, Packing, Sums, add, difference};

/// Share of a leaf's worth that a gain must exceed: less is rounding.
const ROUNDING: f64 = 1e-12;

/// A cut of one leaf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Split {
    pub(crate) column: u32,
    /// Bins up to this one go left.
    pub(crate) bin: u8,
    pub(crate) missing_left: bool,
    /// In the tree's units.
    pub(crate) gain: f64,
    pub(crate) left_rows: usize,
    /// Newton's steps of the children in the tree's units, within the leaf's bounds.
    pub(crate) outputs: [f64; 2],
}

/// What a split must respect, in the tree's units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits<const K: usize> {
    pub(crate) packing: Packing<K>,
    pub(crate) l2: f64,
    pub(crate) min_hessian: f64,
    pub(crate) min_rows: i64,
    /// Whether outputs are held within bounds: only where some column is monotone.
    pub(crate) is_bounded: bool,
}

/// The leaf to be cut: its sum, and bounds on its output that keep monotone columns monotone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parent<const K: usize> {
    pub(crate) total: Cell<K>,
    pub(crate) bounds: [f64; 2],
}

impl<const K: usize> Limits<K> {
    fn output(&self, sums: Sums, bounds: [f64; 2]) -> f64 {
        (-sums.gradient / (sums.hessian + self.l2)).max(bounds[0]).min(bounds[1])
    }

    #[inline(always)]
    fn worth(&self, sums: Sums) -> f64 {
        sums.gradient * sums.gradient / (sums.hessian + self.l2)
    }

    fn is_too_small(&self, sums: Sums) -> bool {
        sums.rows < self.min_rows || sums.hessian < self.min_hessian
    }

    /// What both children are worth; `None` when they may not be made.
    #[inline(always)]
    fn worth_of_both(&self, left: Sums, right: Sums, parent: &Parent<K>, monotone: i8) -> Option<f64> {
        if self.is_too_small(left) || self.is_too_small(right) {
            return None;
        }
        if !self.is_bounded {
            return Some(self.worth(left) + self.worth(right));
        }
        let outputs = [left, right].map(|it| self.output(it, parent.bounds));
        if f64::from(monotone) * (outputs[1] - outputs[0]) < 0.0 {
            return None;
        }
        // Held back by a bound, a leaf is worth less than its free optimum.
        let worth =
            |sums: Sums, output: f64| -output * (2.0 * sums.gradient + (sums.hessian + self.l2) * output);
        Some(worth(left, outputs[0]) + worth(right, outputs[1]))
    }
}

/// The best split of a leaf along one column, the lowest bin among equals.
pub(crate) fn best_split<const K: usize>(
    column: usize,
    histogram: &Histogram<K>,
    bins: usize,
    parent: &Parent<K>,
    limits: &Limits<K>,
    monotone: i8,
) -> Option<Split> {
    let missing = histogram[usize::from(MISSING)];
    let has_missing = missing[K - 1] != 0;
    let total = limits.packing.sums(parent.total);
    let worth = limits.worth(total);
    let mut most = worth + worth * ROUNDING;
    let mut best: Option<(u8, bool, Cell<K>)> = None;
    let mut left = [0; K];
    let mut consider = |left: Cell<K>, bin: usize, missing_left: bool, monotone: i8| {
        let sums = [left, difference(parent.total, left)].map(|it| limits.packing.sums(it));
        if let Some(worth) = limits.worth_of_both(sums[0], sums[1], parent, monotone)
            && worth > most
        {
            most = worth;
            best = Some((bin as u8, missing_left, left));
        }
    };
    for (bin, cell) in histogram[..bins].iter().enumerate() {
        // An empty bin moves nothing; the count in the low bits makes every other cell differ from zero.
        if cell[K - 1] == 0 {
            continue;
        }
        add(&mut left, *cell);
        if !has_missing {
            consider(left, bin, false, monotone);
            continue;
        }
        let mut with_missing = left;
        add(&mut with_missing, missing);
        if with_missing[K - 1] == parent.total[K - 1] {
            // Any value against none: cut after the last bin, which sets no value before another.
            consider(left, bins - 1, false, 0);
            break;
        }
        consider(left, bin, false, monotone);
        consider(with_missing, bin, true, monotone);
    }
    let (bin, missing_left, left) = best?;
    let [left, right] = [left, difference(parent.total, left)].map(|it| limits.packing.sums(it));
    Some(Split {
        column: column as u32,
        bin,
        // Where the leaf saw none, a missing value goes the way of most of the leaf.
        missing_left: if has_missing { missing_left } else { left.hessian >= right.hessian },
        gain: most - worth,
        left_rows: left.rows as usize,
        outputs: [left, right].map(|it| limits.output(it, parent.bounds)),
    })
}

/// The better of two splits, the earlier one among equals.
pub(crate) fn better(first: Option<Split>, second: Option<Split>) -> Option<Split> {
    match (first, second) {
        (Some(a), Some(b)) => Some(if b.gain > a.gain { b } else { a }),
        (a, b) => a.or(b),
    }
}
