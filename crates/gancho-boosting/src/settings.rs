//! How trees are grown.

use crate::bins::MAX_BINS;
use crate::error::BoostingError;
use crate::loss::Loss;
use crate::tree::MAX_DEPTH;

/// How a booster is grown; [`Settings::default`] gives LightGBM's defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is minimized. Default: squared error.
    pub loss: Loss,
    /// Most rounds; each adds a tree. Default 100.
    pub rounds: usize,
    /// Share of each tree's answer that is believed, in (0, 1]. Default 0.1.
    pub learning_rate: f64,
    /// Most leaves of a tree, from 2 to 65,536. Default 31.
    pub leaves: usize,
    /// Most splits between root and leaf, from 1 to [`MAX_DEPTH`]. Default [`MAX_DEPTH`].
    pub depth: usize,
    /// Fewest training rows in a leaf, at least 1. Default 20.
    pub min_leaf_rows: usize,
    /// Least sum of second derivatives in a leaf: of row weights for squared error, of `weight * p * (1 - p)`
    /// for the binomial loss. Default 0.001.
    pub min_leaf_hessian: f64,
    /// Ridge penalty on the values of leaves, in units of `min_leaf_hessian`. Default 0.
    pub l2: f64,
    /// Share of rows drawn anew for each tree, in (0, 1]. Default 1.
    pub row_share: f64,
    /// Share of columns drawn anew for each tree, in (0, 1]; at least one is drawn. Default 1.
    pub column_share: f64,
    /// For each column 1 where the margin may only rise with it, -1 where it may only fall, 0 where it is free;
    /// empty when all are free. Default empty.
    pub monotone: Vec<i8>,
    /// Seed of all draws. Default 0.
    pub seed: u64,
    /// Bins per column when [`Booster::fit_columns`](crate::Booster::fit_columns) cuts them. Default 255.
    pub bins: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            loss: Loss::Squared,
            rounds: 100,
            learning_rate: 0.1,
            leaves: 31,
            depth: MAX_DEPTH,
            min_leaf_rows: 20,
            min_leaf_hessian: 1e-3,
            l2: 0.0,
            row_share: 1.0,
            column_share: 1.0,
            monotone: Vec::new(),
            seed: 0,
            bins: MAX_BINS,
        }
    }
}

impl Settings {
    /// The settings, when each lies in its range and `monotone` fits a table of `width` columns.
    ///
    /// # Errors
    /// [`BoostingError::Setting`] names the first that does not; [`BoostingError::Length`].
    pub fn checked(&self, width: usize) -> Result<&Self, BoostingError> {
        self.loss.check_parameters()?;
        let share = |it: f64| it > 0.0 && it <= 1.0;
        let penalty = |it: f64| it >= 0.0 && it.is_finite();
        let signs = |it: &i8| (-1..=1).contains(it);
        let rules = [
            ("learning_rate", self.learning_rate, share(self.learning_rate), "above 0 and at most 1"),
            ("leaves", self.leaves as f64, (2..=1 << 16).contains(&self.leaves), "within 2 to 65536"),
            ("depth", self.depth as f64, (1..=MAX_DEPTH).contains(&self.depth), "within 1 to 64"),
            ("min_leaf_rows", self.min_leaf_rows as f64, self.min_leaf_rows > 0, "at least 1"),
            ("min_leaf_hessian", self.min_leaf_hessian, penalty(self.min_leaf_hessian), "zero or more"),
            ("l2", self.l2, penalty(self.l2), "zero or more"),
            ("row_share", self.row_share, share(self.row_share), "above 0 and at most 1"),
            ("column_share", self.column_share, share(self.column_share), "above 0 and at most 1"),
            ("bins", self.bins as f64, (2..=MAX_BINS).contains(&self.bins), "within 2 to 255"),
        ];
        if let Some((name, value, _, allowed)) = rules.into_iter().find(|it| !it.2) {
            return Err(BoostingError::Setting { name: name.into(), value, allowed: allowed.into() });
        }
        if let Some(sign) = self.monotone.iter().find(|it| !signs(it)) {
            let (name, value, allowed) = ("monotone".into(), f64::from(*sign), "-1, 0 or 1".into());
            return Err(BoostingError::Setting { name, value, allowed });
        }
        if !self.monotone.is_empty() && self.monotone.len() != width {
            let (list, found) = ("monotone".into(), self.monotone.len());
            return Err(BoostingError::Length { list, found, expected: width });
        }
        Ok(self)
    }

    /// Which way the margin may move with a column.
    pub(crate) fn monotone(&self, column: usize) -> i8 {
        self.monotone.get(column).copied().unwrap_or(0)
    }

    pub(crate) fn is_monotone(&self) -> bool {
        self.monotone.iter().any(|it| *it != 0)
    }
}

/// When to stop before the last round.
#[derive(Debug, Clone, Copy)]
pub struct Stopping<'a> {
    /// Rows that no tree learns from; the caller keeps groups together.
    pub rows: &'a [u32],
    /// Rounds without a better loss on those rows after which fitting stops, at least 1. The booster keeps the
    /// trees of the best round.
    pub patience: usize,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refused(settings: Settings) -> String {
        match settings.checked(2).unwrap_err() {
            BoostingError::Setting { name, .. } => name,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn each_setting_has_its_range() {
        let good = Settings::default();
        assert_eq!(good.checked(2).unwrap(), &good);
        assert_eq!(refused(Settings { learning_rate: 0.0, ..good.clone() }), "learning_rate");
        assert_eq!(refused(Settings { leaves: 1, ..good.clone() }), "leaves");
        assert_eq!(refused(Settings { depth: MAX_DEPTH + 1, ..good.clone() }), "depth");
        assert_eq!(refused(Settings { min_leaf_rows: 0, ..good.clone() }), "min_leaf_rows");
        assert_eq!(refused(Settings { min_leaf_hessian: f64::NAN, ..good.clone() }), "min_leaf_hessian");
        assert_eq!(refused(Settings { l2: -1.0, ..good.clone() }), "l2");
        assert_eq!(refused(Settings { row_share: 1.1, ..good.clone() }), "row_share");
        assert_eq!(refused(Settings { column_share: f64::NAN, ..good.clone() }), "column_share");
        assert_eq!(refused(Settings { bins: 256, ..good.clone() }), "bins");
        assert_eq!(refused(Settings { monotone: vec![0, 2], ..good.clone() }), "monotone");
        assert_eq!(refused(Settings { loss: Loss::Tweedie { power: 2.0 }, ..good.clone() }), "power");
        assert_eq!(refused(Settings { loss: Loss::Quantile { level: 0.0 }, ..good.clone() }), "level");
        assert_eq!(
            refused(Settings { loss: Loss::LambdaRank { truncation: 0 }, ..good.clone() }),
            "truncation"
        );
        let short = Settings { monotone: vec![1], ..good };
        assert!(matches!(short.checked(2), Err(BoostingError::Length { found: 1, expected: 2, .. })));
    }
}
