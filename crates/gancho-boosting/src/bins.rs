//! Columns cut into bins at quantiles.
//!
//! A fit only ever asks which bin a value lies in, so values are replaced once by codes of one byte. Eight
//! columns lie side by side: one read of memory then serves eight histograms (`histogram.rs`).

use rayon::prelude::*;

use crate::columns::{Columns, check_rows};
use crate::error::BoostingError;

/// Most bins that a column may have; one code is kept for missing values.
pub const MAX_BINS: usize = 255;

/// Codes of one byte: the bins, and [`MISSING`].
pub(crate) const CODES: usize = 256;

/// The code of a missing value.
pub(crate) const MISSING: u8 = 255;

/// Columns that lie side by side; half as many are a tenth slower on 600 columns.
pub(crate) const LANES: usize = 8;

/// Columns cut into at most [`MAX_BINS`] bins each, and one for missing values; made once, used for many fits.
#[derive(Debug, Clone)]
pub struct Binned {
    rows: usize,
    width: usize,
    /// For each column, the greatest value of every bin but the last, ascending.
    edges: Vec<Vec<f32>>,
    /// For each [`LANES`] columns, the codes of every row; lanes past the last column are zero.
    blocks: Vec<Vec<[u8; LANES]>>,
}

impl Binned {
    /// Cuts columns into at most `bins` bins. Edges are learned from the given `rows` only (all rows when
    /// `None`) and lie halfway between neighboring values; a column with no more distinct values than bins
    /// keeps one bin for each.
    ///
    /// # Errors
    /// [`BoostingError::Setting`] when `bins` is not within 2 to [`MAX_BINS`], and
    /// [`BoostingError::UnknownRow`].
    pub fn of(columns: &Columns, bins: usize, rows: Option<&[u32]>) -> Result<Self, BoostingError> {
        if !(2..=MAX_BINS).contains(&bins) {
            let allowed = format!("within 2 to {MAX_BINS}");
            return Err(BoostingError::Setting { name: "bins".into(), value: bins as f64, allowed });
        }
        check_rows(rows.unwrap_or_default(), columns.len())?;
        let width = columns.width();
        let (edges, blocks): (Vec<Vec<Vec<f32>>>, Vec<_>) = (0..width.div_ceil(LANES))
            .into_par_iter()
            .map(|block| {
                let mut codes = vec![[0; LANES]; columns.len()];
                let mut edges = Vec::new();
                for (lane, column) in (block * LANES..width).take(LANES).enumerate() {
                    let values = columns.column(column);
                    let found = edges_of(values, bins, rows);
                    for (code, value) in codes.iter_mut().zip(values) {
                        code[lane] = code_of(&found, *value);
                    }
                    edges.push(found);
                }
                (edges, codes)
            })
            .unzip();
        Ok(Self { rows: columns.len(), width, edges: edges.into_iter().flatten().collect(), blocks })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Bins of a column, the one for missing values not counted.
    pub(crate) fn bins(&self, column: usize) -> usize {
        self.edges[column].len() + 1
    }

    /// The value up to which, and with which, rows lie in this bin or an earlier one.
    pub(crate) fn threshold(&self, column: usize, bin: u8) -> f32 {
        // The last bin holds every value there is; infinity would not survive JSON.
        self.edges[column].get(usize::from(bin)).copied().unwrap_or(f32::MAX)
    }

    pub(crate) fn block(&self, block: usize) -> &[[u8; LANES]] {
        &self.blocks[block]
    }

    pub(crate) fn code(&self, row: u32, column: usize) -> u8 {
        self.blocks[column / LANES][row as usize][column % LANES]
    }
}

fn code_of(edges: &[f32], value: f32) -> u8 {
    if value.is_nan() { MISSING } else { edges.partition_point(|edge| *edge < value) as u8 }
}

fn edges_of(values: &[f32], bins: usize, rows: Option<&[u32]>) -> Vec<f32> {
    let mut sorted: Vec<f32> = match rows {
        Some(rows) => rows.iter().map(|row| values[*row as usize]).filter(|it| !it.is_nan()).collect(),
        None => values.iter().copied().filter(|it| !it.is_nan()).collect(),
    };
    sorted.sort_unstable_by(f32::total_cmp);
    let mut distinct: Vec<(f32, usize)> = Vec::new();
    for value in sorted.iter().copied() {
        match distinct.last_mut() {
            Some((last, count)) if *last == value => *count += 1,
            _ => distinct.push((value, 1)),
        }
    }
    if distinct.len() <= bins {
        return distinct.windows(2).map(|pair| halfway(pair[0].0, pair[1].0)).collect();
    }
    quantile_edges(&distinct, sorted.len(), bins)
}

/// LightGBM's greedy quantiles: a value heavier than an even share has a bin of its own, the rest is shared out
/// evenly among the bins that remain.
fn quantile_edges(distinct: &[(f32, usize)], rows: usize, bins: usize) -> Vec<f32> {
    let share = rows as f64 / bins as f64;
    let is_heavy = |count: usize| count as f64 >= share;
    let heavy = distinct.iter().filter(|it| is_heavy(it.1));
    let (heavy, heavy_rows) = heavy.fold((0, 0), |(number, rows), it| (number + 1, rows + it.1));
    let (mut bins_left, mut rows_left) = (bins - heavy, rows - heavy_rows);
    let mut share = rows_left as f64 / bins_left as f64;
    let mut edges = Vec::with_capacity(bins - 1);
    let mut filled = 0;
    for pair in distinct.windows(2) {
        let ((value, count), (next, next_count)) = (pair[0], pair[1]);
        let heavy = is_heavy(count);
        if !heavy {
            rows_left -= count;
        }
        filled += count;
        let full =
            filled as f64 >= share || (is_heavy(next_count) && filled as f64 >= (share / 2.0).max(1.0));
        if !heavy && !full {
            continue;
        }
        edges.push(halfway(value, next));
        if edges.len() == bins - 1 {
            break;
        }
        filled = 0;
        if !heavy {
            bins_left = bins_left.saturating_sub(1);
            share = rows_left as f64 / bins_left.max(1) as f64;
        }
    }
    edges
}

/// The middle, never the upper value itself: a bin ends with its edge.
fn halfway(low: f32, high: f32) -> f32 {
    let middle = low / 2.0 + high / 2.0;
    if middle < high { middle.max(low) } else { low }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn codes(binned: &Binned, column: usize) -> Vec<u8> {
        (0..binned.len() as u32).map(|row| binned.code(row, column)).collect()
    }

    #[test]
    fn few_values_have_a_bin_each() {
        let values = vec![3.0, f32::NAN, -1.0, 3.0, 0.0, -0.0];
        let columns = Columns::new(vec![vec![7.0; 6], values]).unwrap();
        let binned = Binned::of(&columns, 255, None).unwrap();
        assert_eq!(codes(&binned, 0), [0; 6]);
        assert_eq!(codes(&binned, 1), [2, MISSING, 0, 2, 1, 1]);
        assert_eq!((binned.threshold(1, 0), binned.threshold(1, 1)), (-0.5, 1.5));
        assert_eq!(binned.threshold(1, 2), f32::MAX);
    }

    #[test]
    fn many_values_share_bins_evenly_and_a_heavy_one_stands_alone() {
        let mut values: Vec<f32> = (0..900).map(|it| it as f32).collect();
        values.extend([450.5; 300]);
        let columns = Columns::new(vec![values]).unwrap();
        let binned = Binned::of(&columns, 10, None).unwrap();
        let mut counts = vec![0; binned.bins(0)];
        codes(&binned, 0).iter().for_each(|it| counts[usize::from(*it)] += 1);
        // The bin before it is cut short; those after share out what is left.
        assert_eq!(counts, [100, 100, 100, 100, 51, 300, 113, 112, 112, 112]);
    }

    #[test]
    fn edges_come_from_the_given_rows_only() {
        let columns = Columns::new(vec![vec![0.0, 1.0, 100.0, 200.0]]).unwrap();
        let binned = Binned::of(&columns, 255, Some(&[0, 1])).unwrap();
        assert_eq!(codes(&binned, 0), [0, 1, 1, 1]);
        assert!(matches!(
            Binned::of(&columns, 255, Some(&[4])),
            Err(BoostingError::UnknownRow { row: 4, .. })
        ));
        assert!(Binned::of(&columns, 256, None).is_err() && Binned::of(&columns, 1, None).is_err());
    }

    #[test]
    fn neighboring_numbers_are_told_apart() {
        for low in [1.0_f32, -1.0, f32::MIN_POSITIVE / 8.0, f32::MAX.next_down()] {
            let edge = halfway(low, low.next_up());
            assert!(low <= edge && edge < low.next_up());
        }
    }

    proptest! {
        #[test]
        fn bins_keep_the_order_of_values(values in prop::collection::vec(-1e3_f32..1e3, 2..300), bins in 2_usize..40) {
            let columns = Columns::new(vec![values.clone()]).unwrap();
            let binned = Binned::of(&columns, bins, None).unwrap();
            prop_assert!(binned.bins(0) <= bins);
            let mut pairs: Vec<(f32, u8)> = values.into_iter().zip(codes(&binned, 0)).collect();
            pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert!(pairs.windows(2).all(|it| it[0].1 <= it[1].1));
            for (value, code) in pairs {
                prop_assert!(value <= binned.threshold(0, code));
                prop_assert!(code == 0 || value > binned.threshold(0, code - 1));
            }
        }
    }
}
