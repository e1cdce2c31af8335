//! Words: counts, readability, language and linguistic features of ad copy, in Spanish and English.
//!
//! * [`normalize`] is the form of a text that is hashed, cached and measured.
//! * [`graphemes`], [`utf16_units`], [`words`], [`sentences`], [`emoji()`] count what a person or a
//!   platform counts.
//! * [`detect_language`] tells Spanish, English and anything else apart, in texts as short as a button.
//! * [`units`] and [`sentence_ranges`] say where the pieces lie that can be taken out of a text.
//! * [`TextFeatures`] holds every feature of one text, with its unit and source; `named()` hands them to a scorer.
//!
//! Everything is deterministic, linear in the length of the text, and never panics on any string. Word lists
//! are files under `lexicon/`, written for gancho and embedded.
//!
//! This crate must not know a model, a picture, a creative or a score: no feature is called good or bad here.

mod diversity;
mod emoji;
mod entities;
mod features;
mod imperative;
mod language;
mod lengths;
mod lexicon;
mod marks;
mod normalize;
mod numbers;
mod person;
mod readability;
mod spoken;
mod syllables;
mod units;

pub use emoji::emoji;
pub use features::TextFeatures;
pub use language::{Detection, detect_language};
pub use lengths::{graphemes, sentences, utf16_units, words};
pub use normalize::normalize;
pub use readability::MIN_WORDS as MIN_READABILITY_WORDS;
pub use syllables::{english_syllables, spanish_syllables};
pub use units::{Unit, UnitKind, sentence_ranges, units};

/// The languages that gancho reads, and all others together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    En,
    /// Any other, or nothing to read.
    Other,
}

impl Language {
    /// `es`, `en` or `other`, as in machine formats.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Other => "other",
        }
    }
}
