//! Gender and number.

use serde::{Deserialize, Serialize};

/// Grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// *El producto.*
    Masculine,
    /// *La oferta.*
    Feminine,
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Number {
    /// One.
    Singular,
    /// Several, or a noun such as *gafas*.
    Plural,
}

/// What a word agrees in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Agreement {
    /// Its gender.
    pub gender: Gender,
    /// Its number.
    pub number: Number,
}

impl Agreement {
    /// *nuevo*
    pub const MS: Self = Self::new(Gender::Masculine, Number::Singular);
    /// *nueva*
    pub const FS: Self = Self::new(Gender::Feminine, Number::Singular);
    /// *nuevos*
    pub const MP: Self = Self::new(Gender::Masculine, Number::Plural);
    /// *nuevas*
    pub const FP: Self = Self::new(Gender::Feminine, Number::Plural);

    /// Both together.
    pub const fn new(gender: Gender, number: Number) -> Self {
        Self { gender, number }
    }

    /// Whether it is plural.
    pub fn is_plural(self) -> bool {
        self.number == Number::Plural
    }

    /// Whether it is feminine.
    pub fn is_feminine(self) -> bool {
        self.gender == Gender::Feminine
    }

    /// One of four forms: masculine and feminine singular, masculine and feminine plural.
    pub fn pick<T>(self, ms: T, fs: T, mp: T, fp: T) -> T {
        match (self.gender, self.number) {
            (Gender::Masculine, Number::Singular) => ms,
            (Gender::Feminine, Number::Singular) => fs,
            (Gender::Masculine, Number::Plural) => mp,
            (Gender::Feminine, Number::Plural) => fp,
        }
    }
}
