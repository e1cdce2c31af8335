//! Scores creatives from rows of named numbers, and says why.
//!
//! [`score`] takes [`Row`]s and gives a [`Ranking`]: for each creative its expected percentile among
//! its peers, an interval, the [`Basis`] it was learned from, and reasons that add up to the score.
//! Four bases: `craft`, an index of measures; `prior`, learned from randomised headline tests;
//! `history`, learned from the user's own results out of fold; `blend`, between the two. When the
//! history has no skill on results it was not shown, the ranking says so and does without it.
//!
//! This crate never sees a picture, a word or a tensor, reads no files and asks no clock. Results
//! depend neither on the order of rows nor on the number of threads.
//!
//! The modules, in the order of the journey: `record` (in and out), `outcomes` (clicks to targets),
//! `history`, [`prior`] and `craft` (three ways to a margin), `judge` (which one counts), `peers`
//! (margins to percentiles), `score` (the ranking). [`trees`], `linear` and [`calibration`] are
//! shared with the program that trains the prior.

pub mod calibration;
mod craft;
mod embedding;
mod error;
pub mod evaluate;
mod hash;
mod history;
mod judge;
mod linear;
mod outcomes;
mod peers;
pub mod prior;
mod record;
mod score;
mod shap;
mod skill;
pub mod trees;

pub use error::{ERROR_CODES, NOTE_CODES, Note, ScorerError};
pub use linear::{Line, MarginModel};
pub use outcomes::Targets;
pub use prior::Prior;
pub use record::{Basis, Contribution, Interval, Outcome, Ranking, Row, Score, Skill};
pub use score::{Models, OTHER, Options, score};
