//! Linear word and character n-gram model of headlines: words in, one logit out.
//!
//! The model was fitted to randomised headline tests: a higher logit means that, of two
//! headlines shown for the same article, this one was clicked more often. Only differences
//! between logits mean anything. [`HeadlineModel`] is the model, [`terms()`] the one place in
//! which text becomes n-grams; the program that trains the weights calls the same function.
//!
//! This crate reads no folders and judges nothing: what a logit is worth is for the scorer to
//! say, and what the model was learned from stands in its card.

mod error;
mod model;
mod terms;

pub use error::{CODES, HeadlineError};
pub use model::{FORMAT, HeadlineModel};
pub use terms::{CHARACTERS, is_characters, terms};
