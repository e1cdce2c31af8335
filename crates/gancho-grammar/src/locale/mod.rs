//! Markets: languages, currencies, numbers, dates and words of a region.

mod currency;
mod date;
mod decimal;
mod market;
mod number;
mod regional;

pub use currency::Currency;
pub use date::Date;
pub use decimal::{Decimal, ParseDecimalError};
pub use market::{Language, Market};
