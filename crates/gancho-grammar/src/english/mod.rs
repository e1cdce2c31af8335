//! English.

mod article;
mod casing;
mod contraction;
mod list;
mod plural;
mod possessive;

pub use article::{a_or_an, with_article};
pub use casing::{lower_first, sentence_case, title_case};
pub use contraction::contract;
pub use list::join;
pub use plural::{is_plural, plural, plural_phrase};
pub use possessive::possessive;
