//! The best place to cut a leaf in two.
//!
//! Chen & Guestrin 2016, equation 7: a leaf with gradient sum `G` and second-derivative sum `H` is worth
//! `G^2 / (H + l2)`, and a split gains what its children are worth more than their parent. Missing values are
//! tried on both sides (their algorithm 3).

use crate::bins::CODES;
use crate::histogram::{Cell, Packing, Sums, add, difference, sum_of};

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

    fn worth(&self, sums: Sums) -> f64 {
        sums.gradient * sums.gradient / (sums.hessian + self.l2)
    }

    #[inline(always)]
    fn is_too_small(&self, sums: Sums) -> bool {
        sums.rows < self.min_rows || (K > 1 && sums.hessian < self.min_hessian)
    }

    /// What two children are worth, not held back by any bound.
    #[inline(always)]
    fn worth_of_both(&self, left: Sums, right: Sums) -> Fraction {
        let (left_weight, right_weight) = (left.hessian + self.l2, right.hessian + self.l2);
        let (left, right) = (left.gradient * left.gradient, right.gradient * right.gradient);
        Fraction { above: left * right_weight + right * left_weight, below: left_weight * right_weight }
    }

    /// What two children are worth within bounds; nothing when they would run against a monotone column.
    fn bounded_worth_of_both(&self, left: Sums, right: Sums, bounds: [f64; 2], monotone: i8) -> Fraction {
        let [left_output, right_output] = [left, right].map(|it| self.output(it, bounds));
        let worth =
            |sums: Sums, output: f64| -output * (2.0 * sums.gradient + (sums.hessian + self.l2) * output);
        let is_against = f64::from(monotone) * (right_output - left_output) < 0.0;
        let worth = worth(left, left_output) + worth(right, right_output);
        Fraction { above: if is_against { 0.0 } else { worth }, below: 1.0 }
    }
}

/// Compared with others by multiplication: a scan would otherwise wait for divisions most of its time.
#[derive(Clone, Copy)]
struct Fraction {
    above: f64,
    below: f64,
}

impl Fraction {
    fn exceeds(self, other: Self) -> bool {
        self.above * other.below > other.above * self.below
    }
}

/// Sums over all bins up to each one that holds rows.
///
/// Deep leaves leave most bins empty. A processor cannot guess which, so those are dropped in a pass of its own
/// that has no branch to guess.
pub(crate) struct Prefixes<const K: usize> {
    bins: [u8; CODES],
    sums: [Cell<K>; CODES],
    len: usize,
}

impl<const K: usize> Prefixes<K> {
    pub(crate) fn new() -> Self {
        Self { bins: [0; CODES], sums: [[0; K]; CODES], len: 0 }
    }

    fn fill(&mut self, cells: &[Cell<K>]) {
        let mut sum = [0; K];
        // There are 255 bins at most, so that a byte counts them.
        let mut len = 0_u8;
        for (bin, cell) in cells.iter().enumerate() {
            add(&mut sum, *cell);
            self.bins[usize::from(len)] = bin as u8;
            self.sums[usize::from(len)] = sum;
            // The count in the low bits makes the cell of any row differ from zero.
            len = len.wrapping_add(u8::from(cell[K - 1] != 0));
        }
        self.len = usize::from(len);
    }
}

/// A scan along one column, and the best cut so far.
struct Scan<'a, const K: usize> {
    parent: &'a Parent<K>,
    limits: &'a Limits<K>,
    /// What a cut must be worth to be better.
    worth: Fraction,
    best: Option<Cut<K>>,
}

#[derive(Clone, Copy)]
struct Cut<const K: usize> {
    bin: u8,
    missing_left: bool,
    left: Cell<K>,
}

impl<const K: usize> Scan<'_, K> {
    #[inline(always)]
    fn sides(&self, left: Cell<K>) -> [Sums; 2] {
        [left, difference(self.parent.total, left)].map(|it| self.limits.packing.sums(it))
    }

    /// Tries to cut after each of the given bins; `missing` rows go left where given, else right.
    fn try_all(&mut self, bins: &[u8], sums: &[Cell<K>], missing: Option<Cell<K>>, monotone: i8) {
        let added = missing.unwrap_or([0; K]);
        for (bin, sum) in bins.iter().zip(sums) {
            let left = sum_of(*sum, added);
            let [left_sums, right_sums] = self.sides(left);
            if self.limits.is_too_small(left_sums) {
                continue;
            }
            if self.limits.is_too_small(right_sums) {
                break;
            }
            let worth = if self.limits.is_bounded {
                self.limits.bounded_worth_of_both(left_sums, right_sums, self.parent.bounds, monotone)
            } else {
                self.limits.worth_of_both(left_sums, right_sums)
            };
            if worth.exceeds(self.worth) {
                self.worth = worth;
                self.best = Some(Cut { bin: *bin, missing_left: missing.is_some(), left });
            }
        }
    }
}

/// The best split of a leaf along one column, the lowest bin among equals.
pub(crate) fn best_split<const K: usize>(
    column: usize,
    histogram: &[Cell<K>],
    missing: Cell<K>,
    parent: &Parent<K>,
    limits: &Limits<K>,
    monotone: i8,
    prefixes: &mut Prefixes<K>,
) -> Option<Split> {
    prefixes.fill(histogram);
    let last = prefixes.len.checked_sub(1)?;
    let (sums, places) = (&prefixes.sums[..last], &prefixes.bins[..last]);
    let worth = limits.worth(limits.packing.sums(parent.total));
    let to_beat = Fraction { above: worth + worth * ROUNDING, below: 1.0 };
    let mut scan = Scan { parent, limits, worth: to_beat, best: None };
    scan.try_all(places, sums, None, monotone);
    let has_missing = missing[K - 1] != 0;
    if has_missing {
        scan.try_all(places, sums, Some(missing), monotone);
        // Any value against none: cut after the last bin, which sets no value before another.
        scan.try_all(&[histogram.len() as u8 - 1], &[prefixes.sums[last]], None, 0);
    }
    let Cut { bin, missing_left, left } = scan.best?;
    let [left, right] = scan.sides(left);
    Some(Split {
        column: column as u32,
        bin,
        // Where the leaf saw none, a missing value goes the way of most of the leaf.
        missing_left: if has_missing { missing_left } else { left.hessian >= right.hessian },
        gain: scan.worth.above / scan.worth.below - worth,
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
