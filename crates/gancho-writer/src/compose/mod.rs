//! The composer: ads from rhetorical frames, Spanish and English grammar, and the facts of a brief.
//!
//! * [`Composer`] plans and realises candidates, lazily and in an order that depends on the seed alone.
//! * [`compose`] puts them before the gate and chooses a diverse few.
//!
//! The frames are data under `phrases/`. A frame states nothing: every fact in a text is a fact of the brief,
//! with its figures byte for byte. It writes correct, unsurprising lines; it is no language model and invents
//! no image.

mod bank;
mod composer;
mod english;
mod fit;
mod grammar;
mod material;
mod offer;
mod pattern;
mod phrase;
mod plan;
mod product;
mod readable;
mod realize;
mod sector;
mod select;
mod sentence;
mod spanish;
mod words;

pub use composer::{Candidate, ComposeError, Composer};
pub use select::{Blocked, Composed, compose};
