//! How good a ranking is, measured on results it was not shown.
//!
//! Everything here knows rows of numbers only. [`Judged`] is the common input: predictions beside
//! observed effects, and which units may be compared. From it come [`auc`], [`clear_accuracy`] and
//! [`spearman`] with their intervals, the [`ceiling()`] that noise sets, [`ndcg`], and the
//! [`PairCalibration`] of stated probabilities. [`Intervals`] turns expected percentiles into ranges
//! whose [`Coverage`] is measured. [`leaks`] and [`join`] keep content on one side of a split, [`Reference`]
//! and [`CoverageDrift`] say when new creatives leave what was learned, and [`stakes`] counts in money.
//!
//! All figures are deterministic. None but [`thinned`] depends on the order of the units: where pairs have
//! to be chosen, the choice follows a hash of the numbers themselves.

mod between;
mod binomial;
mod bootstrap;
mod calibration;
mod ceiling;
mod coverage;
mod drift;
mod intervals;
mod judged;
mod leaks;
mod ndcg;
mod neighbors;
mod pairs;
mod quantiles;
mod random;
mod spearman;
mod stakes;

pub use between::{between_variance, shrunk};
pub use binomial::binomial_test;
pub use bootstrap::Estimate;
pub use calibration::{Bin, PairCalibration};
pub use ceiling::{Thinned, ceiling, thinned};
pub use coverage::{Coverage, Grouping};
pub use drift::{ColumnDrift, CoverageDrift, Drift, Reference, Verdict};
pub use intervals::{Intervals, peers_class};
pub use judged::Judged;
pub use leaks::{Content, Leak, Leaks, SAME_CONTENT, Shared, join, leaks};
pub use ndcg::{Ndcg, ndcg};
pub use pairs::{auc, clear_accuracy};
pub use random::SplitMix64;
pub use spearman::spearman;
pub use stakes::{Stakes, stakes};
