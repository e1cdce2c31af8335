//! A sum of trees: what a fit leaves behind.

use rayon::prelude::*;

use crate::bins::Binned;
use crate::columns::Columns;
use crate::error::BoostingError;
use crate::fit;
use crate::loss::Loss;
use crate::sample::Target;
use crate::settings::{Settings, Stopping};
use crate::shap;
use crate::tree::Tree;

/// Rows that are predicted together: enough to keep a tree in the cache for a while.
const ROWS_PER_CHUNK: usize = 128;

/// A start value and trees over a fixed number of columns; their sum is the margin.
#[derive(Debug, Clone, PartialEq)]
pub struct Booster {
    pub(crate) loss: Loss,
    pub(crate) width: usize,
    pub(crate) start: f64,
    pub(crate) trees: Vec<Tree>,
    /// For each column, the loss that its splits took away.
    pub(crate) gains: Vec<f64>,
    pub(crate) curve: Vec<f64>,
}

impl Booster {
    /// Fits to the training `rows` of a table, in which each is named once, and keeps the best round where
    /// `stop` says what to measure it on.
    ///
    /// The result depends on nothing else: not on the order of `rows`, nor on the number of threads. Work is
    /// done on the current pool of rayon. Besides the table a fit holds at most `leaves` histograms of 4 kB a
    /// column (2 kB without weights for [`Loss::Squared`] and [`Loss::Quantile`]).
    ///
    /// # Errors
    /// [`BoostingError`] when rows, target or settings are not what they must be, and when the fit diverges.
    pub fn fit(
        binned: &Binned,
        target: &Target<'_>,
        rows: &[u32],
        settings: &Settings,
        stop: Option<Stopping<'_>>,
    ) -> Result<Self, BoostingError> {
        fit::fit(binned, target, rows, settings, stop)
    }

    /// Cuts columns into [`Settings::bins`] bins as the training rows suggest, and fits.
    ///
    /// # Errors
    /// As [`Booster::fit`].
    pub fn fit_columns(
        columns: &Columns,
        target: &Target<'_>,
        rows: &[u32],
        settings: &Settings,
        stop: Option<Stopping<'_>>,
    ) -> Result<Self, BoostingError> {
        Self::fit(&Binned::of(columns, settings.bins, Some(rows))?, target, rows, settings, stop)
    }

    /// Puts together what a fit has grown: trees with the gains of their branches.
    pub(crate) fn assemble(
        loss: Loss,
        width: usize,
        start: f64,
        grown: Vec<(Tree, Vec<f64>)>,
        curve: Vec<f64>,
    ) -> Self {
        let mut gains = vec![0.0; width];
        for (tree, tree_gains) in &grown {
            for (branch, gain) in tree.branches.iter().zip(tree_gains) {
                gains[branch.column as usize] += gain;
            }
        }
        Self { loss, width, start, trees: grown.into_iter().map(|it| it.0).collect(), gains, curve }
    }

    /// What was minimized.
    pub fn loss(&self) -> Loss {
        self.loss
    }

    /// Number of columns a row must have.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of trees.
    pub fn len(&self) -> usize {
        self.trees.len()
    }

    /// Whether there are no trees: every row gets the start value.
    pub fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// The margin before any tree.
    pub fn start(&self) -> f64 {
        self.start
    }

    /// The margin of one row without any offset; NaN stands for a missing value.
    ///
    /// # Panics
    /// When the row has fewer than [`Booster::width`] entries.
    pub fn margin(&self, row: &[f32]) -> f64 {
        self.trees.iter().fold(self.start, |sum, tree| sum + tree.value(row))
    }

    /// The margin of every row, to the bit that of [`Booster::margin`].
    ///
    /// # Panics
    /// When there are fewer than [`Booster::width`] columns.
    pub fn margins(&self, columns: &Columns) -> Vec<f64> {
        let mut margins = vec![self.start; columns.len()];
        let width = columns.width();
        margins.par_chunks_mut(ROWS_PER_CHUNK).enumerate().for_each(|(chunk, margins)| {
            let first = chunk * ROWS_PER_CHUNK;
            let mut rows = vec![0.0; margins.len() * width];
            for column in 0..width {
                let values = &columns.column(column)[first..first + margins.len()];
                values.iter().enumerate().for_each(|(row, value)| rows[row * width + column] = *value);
            }
            for tree in &self.trees {
                for (row, margin) in margins.iter_mut().enumerate() {
                    *margin += tree.value(&rows[row * width..][..width]);
                }
            }
        });
        margins
    }

    /// The prediction for one row without any offset: a probability, a rate or mean, a quantile, or a margin to
    /// rank by.
    ///
    /// # Panics
    /// When the row has fewer than [`Booster::width`] entries.
    pub fn predict(&self, row: &[f32]) -> f64 {
        self.loss.inverse_link(self.margin(row))
    }

    /// The mean margin over the training rows by weight, offsets left out: what contributions start from.
    pub fn expected(&self) -> f64 {
        self.start + self.trees.iter().map(Tree::expected).sum::<f64>()
    }

    /// Adds each column's Shapley contribution to `into`: together `margin - expected`.
    ///
    /// # Panics
    /// When `row` or `into` has fewer than [`Booster::width`] entries.
    pub fn add_contributions(&self, row: &[f32], into: &mut [f64]) {
        let mut scratch = shap::Scratch::default();
        for tree in &self.trees {
            shap::add(tree, row, into, &mut scratch);
        }
    }

    /// Columns that some tree asks about, ascending.
    pub fn used_columns(&self) -> Vec<usize> {
        let mut used = vec![false; self.width];
        self.trees.iter().flat_map(|it| &it.branches).for_each(|it| used[it.column as usize] = true);
        (0..self.width).filter(|it| used[*it]).collect()
    }

    /// For each column, how much the splits on it took from the training loss (to second order, doubled, and
    /// before the learning rate, as LightGBM counts gain).
    pub fn gains(&self) -> &[f64] {
        &self.gains
    }

    /// Mean loss on the held-out rows after 0, 1, 2... trees, those after the best round included; empty when
    /// fitting did not watch any. For ranking it is 1 - NDCG.
    pub fn curve(&self) -> &[f64] {
        &self.curve
    }
}
