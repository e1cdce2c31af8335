//! Histograms of gradients: how much a bin's rows would like their margin to change.
//!
//! Sums are whole numbers. Each tree scales its derivatives by powers of two so that the sum over all rows just
//! fits, and a row's cell also counts one row in its low bits. Whole numbers add up to the same bits in any
//! order, so threads cannot change a model, and subtracting one child from its parent leaves exactly the other
//! (the subtraction trick of Ke et al. 2017) without drift. The resolution, 62 bits less one or two for each
//! doubling of the rows, stays above that of the single precision that is customary here.
//!
//! A cell has one number where each second derivative is one, for then the count is their sum, and two
//! otherwise: `K` below.

use crate::bins::{CODES, LANES, MISSING};

/// A sum over rows; the last number holds the count of rows in its low bits.
pub(crate) type Cell<const K: usize> = [i64; K];

/// The cells of one column by code.
pub(crate) type Histogram<const K: usize> = [Cell<K>; CODES];

/// The histograms of columns that lie side by side.
pub(crate) type Block<const K: usize> = [Histogram<K>; LANES];

/// Most rows that leave enough bits for derivatives.
pub(crate) const MAX_ROWS: usize = (1 << 24) - 1;

/// Rows whose codes are read before any is used: they lie far apart, and memory serves many requests at a time.
const ROWS_AHEAD: usize = 64;

/// Bits that a row's derivative must be left with for one number to hold both it and the count.
const LEAST_BITS: u32 = 24;

fn count_bits(rows: usize) -> u32 {
    usize::BITS - rows.leading_zeros()
}

/// Whether one number can hold gradient and count.
pub(crate) fn fits_one_number(rows: usize) -> bool {
    2 * count_bits(rows) + LEAST_BITS <= 62
}

/// How derivatives are scaled and laid into cells, for one tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packing<const K: usize> {
    count_bits: u32,
    gradient_scale: f64,
    /// One where `K` is one.
    hessian_scale: f64,
}

/// A cell taken apart: sums in the tree's own units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    pub(crate) gradient: f64,
    pub(crate) hessian: f64,
    pub(crate) rows: i64,
}

impl<const K: usize> Packing<K> {
    /// The finest scale for sums over `rows` rows; `None` when a derivative is not finite or all gradients
    /// are zero.
    pub(crate) fn of(derivatives: impl Iterator<Item = [f64; 2]>, rows: usize) -> Option<Self> {
        let (mut gradient, mut hessian) = (0.0_f64, 0.0_f64);
        for [first, second] in derivatives {
            if !(first.is_finite() && second.is_finite()) {
                return None;
            }
            gradient = gradient.max(first.abs());
            hessian = hessian.max(second);
        }
        if gradient == 0.0 {
            return None;
        }
        let count_bits = count_bits(rows);
        // A sum needs `count_bits` more than a row, and the number that also counts rows as many again.
        let shared = 62 - 2 * count_bits;
        let gradient_bits = if K == 1 { shared } else { 62 - count_bits };
        let hessian_scale = if K == 1 { 1.0 } else { scale(hessian, shared) };
        Some(Self { count_bits, gradient_scale: scale(gradient, gradient_bits), hessian_scale })
    }

    pub(crate) fn pack(&self, [gradient, hessian]: [f64; 2]) -> Cell<K> {
        let mut cell = [(gradient * self.gradient_scale).round() as i64; K];
        if K > 1 {
            cell[K - 1] = (hessian * self.hessian_scale).round() as i64;
        }
        cell[K - 1] = (cell[K - 1] << self.count_bits) + 1;
        cell
    }

    #[inline(always)]
    pub(crate) fn sums(&self, cell: Cell<K>) -> Sums {
        let rows = cell[K - 1] & ((1 << self.count_bits) - 1);
        let high = cell[K - 1] >> self.count_bits;
        if K == 1 {
            Sums { gradient: high as f64, hessian: rows as f64, rows }
        } else {
            Sums { gradient: cell[0] as f64, hessian: high as f64, rows }
        }
    }

    /// A second derivative in the tree's units.
    pub(crate) fn hessian(&self, hessian: f64) -> f64 {
        hessian * self.hessian_scale
    }

    /// A gain, which is a squared gradient over a second derivative, back from the tree's units.
    pub(crate) fn unscale_gain(&self, gain: f64) -> f64 {
        gain / self.gradient_scale / self.gradient_scale * self.hessian_scale
    }
}

/// The power of two that brings `largest` just below `2^bits`.
fn scale(largest: f64, bits: u32) -> f64 {
    // `largest` lies below two to the power of its exponent plus one.
    let exponent = ((largest.to_bits() >> 52) & 0x7ff) as i32 - 1022;
    2.0_f64.powi((bits as i32 - exponent).clamp(-1000, 1000))
}

pub(crate) fn add<const K: usize>(into: &mut Cell<K>, cell: Cell<K>) {
    into.iter_mut().zip(cell).for_each(|(into, it)| *into += it);
}

pub(crate) fn sum_of<const K: usize>(mut a: Cell<K>, b: Cell<K>) -> Cell<K> {
    add(&mut a, b);
    a
}

pub(crate) fn difference<const K: usize>(mut from: Cell<K>, cell: Cell<K>) -> Cell<K> {
    from.iter_mut().zip(cell).for_each(|(from, it)| *from -= it);
    from
}

/// Empties the cells that a column of so many bins uses.
pub(crate) fn clear<const K: usize>(histogram: &mut Histogram<K>, bins: usize) {
    histogram[..bins].fill([0; K]);
    histogram[usize::from(MISSING)] = [0; K];
}

/// Leaves a parent's histogram with its other child's.
pub(crate) fn subtract_child<const K: usize>(parent: &mut Histogram<K>, child: &Histogram<K>, bins: usize) {
    let missing = usize::from(MISSING);
    parent[..bins].iter_mut().zip(&child[..bins]).for_each(|(it, child)| *it = difference(*it, *child));
    parent[missing] = difference(parent[missing], child[missing]);
}

/// Adds rows to the histograms of all columns of a block; `cells` runs parallel to `rows`.
pub(crate) fn add_rows<const K: usize>(
    block: &mut Block<K>,
    codes: &[[u8; LANES]],
    rows: &[u32],
    cells: &[Cell<K>],
) {
    let mut ahead = [[0; LANES]; ROWS_AHEAD];
    for (rows, cells) in rows.chunks(ROWS_AHEAD).zip(cells.chunks(ROWS_AHEAD)) {
        for (ahead, row) in ahead.iter_mut().zip(rows) {
            *ahead = codes[*row as usize];
        }
        for (codes, cell) in ahead.iter().zip(cells) {
            for lane in 0..LANES {
                add(&mut block[lane][usize::from(codes[lane])], *cell);
            }
        }
    }
}

/// Adds rows to the histogram of one column of a block.
pub(crate) fn add_rows_of_lane<const K: usize>(
    histogram: &mut Histogram<K>,
    codes: &[[u8; LANES]],
    lane: usize,
    rows: &[u32],
    cells: &[Cell<K>],
) {
    for (row, cell) in rows.iter().zip(cells) {
        add(&mut histogram[usize::from(codes[*row as usize][lane])], *cell);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn check<const K: usize>(derivatives: &[[f64; 2]]) {
        let packing = Packing::<K>::of(derivatives.iter().copied(), derivatives.len()).unwrap();
        let mut total = [0; K];
        derivatives.iter().for_each(|it| add(&mut total, packing.pack(*it)));
        let sums = packing.sums(total);
        assert_eq!(sums.rows, derivatives.len() as i64);
        let (mut gradient, mut hessian, mut size) = (0.0, 0.0, 0.0_f64);
        for [first, second] in derivatives {
            (gradient, hessian, size) =
                (gradient + first, hessian + second, size.max(first.abs()).max(*second));
        }
        let tolerance = size * derivatives.len() as f64 * 1e-9;
        assert!((sums.gradient / packing.gradient_scale - gradient).abs() <= tolerance);
        assert!((sums.hessian / packing.hessian_scale - hessian).abs() <= tolerance);
    }

    proptest! {
        #[test]
        fn packed_sums_are_sums(
            gradients in prop::collection::vec(-1.0_f64..1.0, 1..200),
            exponent in -200_i32..200,
        ) {
            let size = 10.0_f64.powi(exponent);
            prop_assume!(gradients.iter().any(|it| *it != 0.0));
            let with = |hessian: fn(f64) -> f64| -> Vec<[f64; 2]> {
                gradients.iter().map(|it| [*it * size, hessian(*it * size)]).collect()
            };
            check::<1>(&with(|_| 1.0).iter().map(|it| [it[0] / size, 1.0]).collect::<Vec<_>>());
            check::<2>(&with(f64::abs));
        }
    }

    #[test]
    fn the_largest_sums_fit() {
        // All rows at the very top of their range, where a bit too many would overflow.
        for rows in [1_usize, 2, 3, 255, 256, 4095] {
            check::<1>(&vec![[1.0_f64.next_down(), 1.0]; rows]);
            check::<1>(&vec![[-1.0, 1.0]; rows]);
            check::<2>(&vec![[-2.0_f64.next_down(), 2.0_f64.next_down()]; rows]);
        }
    }

    #[test]
    fn histograms_hold_each_row_once_in_each_lane() {
        for rows in [0, 1, ROWS_AHEAD - 1, ROWS_AHEAD, ROWS_AHEAD + 1, 3 * ROWS_AHEAD + 7] {
            let code = |row: usize, lane: usize| (row * (lane + 3) % 251) as u8;
            let codes: Vec<[u8; LANES]> =
                (0..2 * rows).map(|row| std::array::from_fn(|lane| code(row, lane))).collect();
            let numbers: Vec<u32> = (0..rows as u32).map(|it| 2 * it).collect();
            let cells: Vec<Cell<2>> = (0..rows as i64).map(|it| [it - 50, it * it]).collect();
            let mut block = [[[0; 2]; CODES]; LANES];
            add_rows(&mut block, &codes, &numbers, &cells);
            for lane in 0..LANES {
                let mut alone = [[0; 2]; CODES];
                add_rows_of_lane(&mut alone, &codes, lane, &numbers, &cells);
                let mut expected = [[0; 2]; CODES];
                for (row, cell) in cells.iter().enumerate() {
                    let of_code = &mut expected[usize::from(code(2 * row, lane))];
                    *of_code = [of_code[0] + cell[0], of_code[1] + cell[1]];
                }
                assert!(block[lane] == expected && alone == expected, "{rows} rows, lane {lane}");
            }
        }
    }

    #[test]
    fn infinite_and_vanishing_derivatives_have_no_scale() {
        assert!(Packing::<2>::of([[f64::NAN, 1.0]].into_iter(), 1).is_none());
        assert!(Packing::<2>::of([[1.0, f64::INFINITY]].into_iter(), 1).is_none());
        assert!(Packing::<1>::of([[0.0, 1.0]; 3].into_iter(), 3).is_none());
    }
}
