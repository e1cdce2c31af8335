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
//! [`EffectModel`] is a history learned beforehand ([`train`]), [`backtest()`] says how good one would have been.
//!
//! The modules, in the order of the journey: `record` (in and out), [`learn`] (results to effects, context out,
//! content in, out of fold), `evaluation` with [`evaluate`] (how good is it), `model` (the file), `history`,
//! [`prior`] and `craft` (three ways to a margin), `judge` (which one counts), `peers` (margins to percentiles),
//! `score` (the ranking), `backtest`. `linear` and [`calibration`] are shared with the program that trains the prior.

mod backtest;
pub mod calibration;
mod craft;
mod embedding;
mod error;
pub mod evaluate;
mod evaluation;
mod hash;
mod history;
mod judge;
mod kept;
pub mod learn;
mod linear;
mod model;
mod outcomes;
mod pairs;
mod peers;
pub mod prior;
mod record;
mod score;

pub use backtest::{Backtest, BacktestOptions, ContentKey, JudgedCase, JudgedUnit, backtest, train};
pub use error::{ERROR_CODES, NOTE_CODES, Note, ScorerError};
pub use evaluation::{ContextSkill, Evaluation, Order};
pub use linear::{Line, MarginModel};
pub use model::{EffectModel, FORMAT, LearnOptions, Window};
pub use outcomes::Targets;
pub use prior::Prior;
pub use record::{Basis, Contribution, Interval, Observation, Outcome, Ranking, Row, Score, Skill};
pub use score::{Models, OTHER, Options, Ranker, WhatIf, score};
