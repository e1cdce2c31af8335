//! Gradient-boosted regression trees for tables of numbers.
//!
//! Friedman's machine (2001) with second-order leaves (Chen & Guestrin 2016), histograms and leaf-wise growth
//! (Ke et al. 2017), LambdaMART for ranking (Burges 2010) and exact Shapley contributions (Lundberg et al.
//! 2020). Numbers in, numbers out: nothing here knows what a column means.
//!
//! ```
//! use gancho_boosting::{Binned, Booster, Columns, Loss, Settings, Target};
//!
//! # fn main() -> Result<(), gancho_boosting::BoostingError> {
//! let columns = Columns::new(vec![vec![1.0, 2.0, 3.0, f32::NAN], vec![0.0, 1.0, 0.0, 1.0]])?;
//! let binned = Binned::of(&columns, 255, None)?;
//! let settings = Settings { loss: Loss::Squared, min_leaf_rows: 1, ..Settings::default() };
//! let booster = Booster::fit(&binned, &Target::of(&[1.0, 1.0, 2.0, 5.0]), &[0, 1, 2, 3], &settings, None)?;
//! let row = [3.0, 0.0];
//! let mut contributions = [0.0; 2];
//! booster.add_contributions(&row, &mut contributions);
//! let sum = booster.expected() + contributions.iter().sum::<f64>();
//! assert!((sum - booster.margin(&row)).abs() < 1e-9);
//! # Ok(())
//! # }
//! ```
//!
//! Sums of gradients are kept as whole numbers (`histogram.rs`), so a model is the same to the last bit on any
//! number of threads.

mod bins;
mod booster;
mod columns;
mod error;
mod exact;
mod file;
mod fit;
mod grow;
mod histogram;
mod loss;
mod quantile;
mod rank;
mod sample;
mod settings;
mod shap;
mod split;
mod tree;

pub use bins::{Binned, MAX_BINS};
pub use booster::Booster;
pub use columns::Columns;
pub use error::BoostingError;
pub use loss::Loss;
pub use sample::Target;
pub use settings::{Settings, Stopping};
pub use tree::MAX_DEPTH;
