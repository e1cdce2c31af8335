//! Unit vectors in rows, and the exact nearest ones by blocked matrix products.
//!
//! No index is built: every product is computed, block by block, so that the answer is exact and memory is the rows
//! themselves (2 KiB each for 512 numbers: 400 MiB for 200,000 pictures) and 2 MiB a thread. The work grows with the
//! square of the number of rows.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};
use rayon::prelude::*;

/// Rows whose neighbors are sought together, and rows that are looked through together: the product of two blocks
/// is 2 MiB and stays in a core's cache. Blocks are the same whatever the threads, and so are the sums.
const QUERY_ROWS: usize = 256;
const BASE_ROWS: usize = 2048;

/// Vectors of one length, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    width: usize,
    values: Vec<f32>,
}

/// A vector that does not belong to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a vector of {found} numbers among vectors of {expected}")]
pub struct WidthError {
    /// Numbers of the vectors that are there.
    pub expected: usize,
    /// Numbers of the new one.
    pub found: usize,
}

/// A row and how near it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbor {
    /// Its index.
    pub row: usize,
    /// Cosine, -1 to 1, for rows of unit length.
    pub cosine: f32,
}

impl Vectors {
    /// No vectors yet, of `width` numbers each.
    pub fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Adds a row, which the caller has brought to unit length.
    ///
    /// # Errors
    /// [`WidthError`] when it has more or fewer numbers than the others.
    pub fn push(&mut self, row: &[f32]) -> Result<(), WidthError> {
        if row.len() != self.width {
            return Err(WidthError { expected: self.width, found: row.len() });
        }
        self.values.extend_from_slice(row);
        Ok(())
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row.
    pub fn row(&self, index: usize) -> &[f32] {
        &self.values[index * self.width..][..self.width]
    }

    /// The product of two rows, summed in one fixed order, so that it is the same both ways.
    pub fn cosine(&self, row: usize, other: &Self, other_row: usize) -> f32 {
        dot(self.row(row), other.row(other_row))
    }

    /// Rows `start..end` as a matrix. (Not by `s!`: it expands to an `allow` that this workspace forbids.)
    fn rows(&self, start: usize, end: usize) -> ArrayView2<'_, f32> {
        ArrayView2::from_shape((end - start, self.width), &self.values[start * self.width..end * self.width])
            .expect("the slice has whole rows")
    }

    /// The `count` nearest rows of the same set for every row, itself left out: nearest first, equals by index,
    /// none below `least`.
    pub fn neighbors(&self, count: usize, least: f32) -> Vec<Vec<Neighbor>> {
        self.search(self, count, least, true)
    }

    /// The `count` nearest rows of `base` for every row of these.
    pub fn neighbors_in(&self, base: &Self, count: usize, least: f32) -> Vec<Vec<Neighbor>> {
        self.search(base, count, least, false)
    }

    fn search(&self, base: &Self, count: usize, least: f32, same: bool) -> Vec<Vec<Neighbor>> {
        let of_block = |products: &mut Vec<f32>, start: &usize| {
            let end = (start + QUERY_ROWS).min(self.len());
            let mut best: Vec<_> = (*start..end).map(|_| Vec::with_capacity(count + 1)).collect();
            for first in (0..base.len()).step_by(BASE_ROWS) {
                let rows = self.products(base, *start..end, first, products);
                for (query, row) in rows.enumerate() {
                    for (offset, cosine) in row.iter().enumerate() {
                        let found = Neighbor { row: first + offset, cosine: *cosine };
                        if *cosine >= least && !(same && found.row == start + query) {
                            keep(&mut best[query], found, count);
                        }
                    }
                }
            }
            best
        };
        self.blocks().par_iter().map_init(Vec::new, of_block).collect::<Vec<_>>().concat()
    }

    /// First rows of the blocks whose neighbors are sought together.
    fn blocks(&self) -> Vec<usize> {
        (0..self.len()).step_by(QUERY_ROWS).collect()
    }

    /// Products of some rows with the block of `base` that begins at `first`, row by row. The buffer is used again
    /// and again: allocated anew for each block, it took 400 MB for 20,000 rows by fragmentation.
    fn products<'a>(
        &self,
        base: &Self,
        queries: std::ops::Range<usize>,
        first: usize,
        buffer: &'a mut Vec<f32>,
    ) -> std::slice::ChunksExact<'a, f32> {
        let width = BASE_ROWS.min(base.len() - first);
        buffer.resize(QUERY_ROWS * BASE_ROWS, 0.0);
        let used = &mut buffer[..queries.len() * width];
        let (a, b) = (self.rows(queries.start, queries.end), base.rows(first, first + width));
        let mut out =
            ArrayViewMut2::from_shape((queries.len(), width), &mut *used).expect("as long as its sides say");
        general_mat_mul(1.0, &a, &b.t(), 0.0, &mut out);
        used.chunks_exact(width)
    }

    /// For every row, the sum of `kernel(cosine)` over all rows, itself included; in 64 bits, row by row.
    pub(crate) fn kernel_sums(&self, kernel: impl Fn(f32) -> f32 + Sync) -> Vec<f64> {
        let of_block = |products: &mut Vec<f32>, start: &usize| {
            let end = (start + QUERY_ROWS).min(self.len());
            let mut sums = vec![0.0f64; end - start];
            for first in (0..self.len()).step_by(BASE_ROWS) {
                let rows = self.products(self, *start..end, first, products);
                for (query, (sum, row)) in sums.iter_mut().zip(rows).enumerate() {
                    // A row is itself whatever rounding makes of its length.
                    let own = (start + query).checked_sub(first).filter(|it| *it < row.len());
                    *sum += row.iter().map(|it| f64::from(kernel(*it))).sum::<f64>();
                    *sum += own.map_or(0.0, |it| f64::from(kernel(1.0) - kernel(row[it])));
                }
            }
            sums
        };
        self.blocks().par_iter().map_init(Vec::new, of_block).collect::<Vec<_>>().concat()
    }
}

/// Product of two rows in eight interleaved sums: fast, and the same whichever comes first.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

/// Puts a neighbor in its place among the best `count`. Rows arrive in order, so that of equals the first stays.
fn keep(best: &mut Vec<Neighbor>, found: Neighbor, count: usize) {
    if best.len() == count && best.last().is_none_or(|last| found.cosine <= last.cosine) {
        return;
    }
    let place = best.partition_point(|it| it.cosine >= found.cosine);
    best.insert(place, found);
    best.truncate(count);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vectors(rows: &[[f32; 2]]) -> Vectors {
        let mut vectors = Vectors::new(2);
        rows.iter().for_each(|row| vectors.push(row).expect("two numbers"));
        vectors
    }

    fn rows(found: &[Vec<Neighbor>]) -> Vec<Vec<usize>> {
        found.iter().map(|row| row.iter().map(|it| it.row).collect()).collect()
    }

    #[test]
    fn neighbors_are_those_of_a_drawing_by_hand() {
        // 0, 90, 37 and 53 degrees: cosines 0.8, 0.6, 0.96 by the triangle 3, 4, 5.
        let four = vectors(&[[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [0.6, 0.8]]);
        let found = four.neighbors(2, 0.1);
        assert_eq!(rows(&found), [vec![2, 3], vec![3, 2], vec![3, 0], vec![2, 1]]);
        assert!((found[0][0].cosine - 0.8).abs() < 1e-6 && (found[2][0].cosine - 0.96).abs() < 1e-6);
        assert_eq!(rows(&four.neighbors(9, 0.7)), [vec![2], vec![3], vec![3, 0], vec![2, 1]]);
        let two = vectors(&[[0.0, -1.0], [1.0, 0.0]]);
        assert_eq!(rows(&two.neighbors_in(&four, 1, -2.0)), [vec![0], vec![0]]);
    }

    #[test]
    fn of_equals_the_first_comes_first() {
        let same = vectors(&[[1.0, 0.0]; 5]);
        assert_eq!(rows(&same.neighbors(2, 0.0))[3], [0, 1]);
        assert_eq!(Vectors::new(2).neighbors(3, 0.0), Vec::<Vec<Neighbor>>::new());
        assert_eq!(same.clone().push(&[1.0]).expect_err("one number"), WidthError { expected: 2, found: 1 });
    }

    /// More rows than two blocks of either kind, against the plain definition.
    #[test]
    fn blocks_and_threads_change_nothing() {
        let mut state = 1u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1u32 << 24) as f32 - 0.5
        };
        let mut many = Vectors::new(7);
        for _ in 0..2_200 {
            let row: Vec<f32> = (0..7).map(|_| random()).collect();
            let length = row.iter().map(|it| it * it).sum::<f32>().sqrt();
            many.push(&row.iter().map(|it| it / length).collect::<Vec<_>>()).expect("seven numbers");
        }
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| many.neighbors(5, 0.0))
        };
        let found = run(1);
        assert!(found == run(3));
        for row in [0, 255, 256, 2_047, 2_048, 2_199] {
            let mut plain: Vec<(f32, usize)> =
                (0..2_200).filter(|it| *it != row).map(|it| (-many.cosine(row, &many, it), it)).collect();
            plain.sort_by(|a, b| a.0.total_cmp(&b.0));
            let expected: Vec<usize> = plain[..5].iter().map(|it| it.1).collect();
            assert_eq!(found[row].iter().map(|it| it.row).collect::<Vec<_>>(), expected);
        }
    }

    proptest! {
        #[test]
        fn a_product_is_the_same_both_ways(pairs in prop::collection::vec((-1.0f32..1.0, -1.0f32..1.0), 0..40)) {
            let (a, b): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
            prop_assert_eq!(dot(&a, &b).to_bits(), dot(&b, &a).to_bits());
        }
    }
}
