//! Two models of headlines that were tested against each other: one of words, one of meaning.
//!
//! Both were fitted to randomised headline tests: a higher logit means that, of two headlines
//! shown for the same article, this one was clicked more often. Only differences between logits
//! mean anything. [`HeadlineModel`] is linear in word and character n-grams; [`terms()`] is the one
//! place in which text becomes n-grams, and the program that trains the weights calls the same
//! function. [`MeaningModel`] is quadratic in a sentence embedding that somebody else computed.
//!
//! This crate reads no folders and judges nothing: what a logit is worth is for the scorer to
//! say, and what the models were learned from stands in their cards.

mod error;
mod meaning;
mod model;
mod tensors;
mod terms;

pub use error::{CODES, HeadlineError};
pub use meaning::{MEANING_FORMAT, MeaningModel};
pub use model::{FORMAT, HeadlineModel};
pub use terms::{CHARACTERS, is_characters, terms};
