//! Spanish.
//!
//! ```
//! use gancho_grammar::spanish::{Address, Determiner, NounPhrase, imperative};
//!
//! let noun = NounPhrase::new("agua fría");
//! let text = format!("{} {}", imperative("probar", Address::Vos), noun.with(Determiner::Definite));
//! assert_eq!(text, "probá el agua fría");
//! ```

mod address;
mod adjective;
mod apocope;
mod casing;
mod clitic;
mod conjunction;
mod contraction;
mod determiner;
mod gender;
mod lexicon;
mod marks;
mod number;
mod phrase;
mod plural;
mod sound;
mod verb;

pub use address::Address;
pub use adjective::adjective;
pub use apocope::{before_noun, join_before_noun};
pub use casing::{lower_first, sentence_case};
pub use clitic::attach;
pub use conjunction::{and_before, join_and, join_or, or_before};
pub use contraction::{contract, with_preposition};
pub use determiner::{Determiner, takes_el};
pub use gender::gender;
pub use marks::{exclamation, question, question_after, question_exclaimed, questions, space_percent, stop};
pub use number::{is_plural, singular};
pub use phrase::NounPhrase;
pub use plural::plural;
pub use verb::{
    imperative, imperative_negative, infinitive_for, present, present_third, present_we, subjunctive,
};
