//! Grammar: morphology and orthography of Spanish and English, and numbers, money and dates by market.
//!
//! * [`spanish`] has gender, plurals, agreement, articles, apocope, conjunctions, verbs with their clitics, forms
//!   of address, the signs ¿ ¡ and sentence case.
//! * [`english`] has a/an, plurals, possessives, contractions, title and sentence case.
//! * [`Market`] knows currency, address, separators, dates and the words of a region.
//! * [`capitalize_first`] is for both languages.
//!
//! All of it is general rules with lists of exceptions, so that words nobody listed come out right as well. The
//! lists are files under `data/`, written for gancho and embedded. Spanish follows the *Nueva gramática* and the
//! *Ortografía* (2010) of the academies; where both allow two forms, one is chosen. Every function is total: it
//! gives its best guess, whatever the string, and never panics.
//!
//! This crate must not know an advertisement, a brand, a template or a score.

mod agreement;
mod casing;
mod data;
pub mod english;
mod locale;
pub mod spanish;
mod text;

pub use agreement::{Agreement, Gender, Number};
pub use casing::capitalize_first;
pub use locale::{Currency, Date, Decimal, Language, Market, ParseDecimalError};
