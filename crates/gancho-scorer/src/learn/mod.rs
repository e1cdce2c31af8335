//! Learning from results: counts to ratios, context out, content in, always out of fold.

pub(crate) mod cases;
pub(crate) mod content;
pub(crate) mod context;
pub(crate) mod crossfit;
pub(crate) mod folds;
mod grow;
pub(crate) mod lines;
pub(crate) mod moments;
pub(crate) mod target;
pub(crate) mod units;

pub use cases::{Cases, Features};
pub use content::{Carry, Objective};
pub use folds::HoldOut;
pub use target::{Counts, Target};
pub use units::Units;
