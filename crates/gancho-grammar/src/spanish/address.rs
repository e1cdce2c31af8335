//! How the reader is addressed, and every word that follows from it (*Nueva gramática* 16.15-16.17).

use serde::{Deserialize, Serialize};

use crate::{Agreement, Gender, Number};

/// Form of address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Address {
    /// One, familiar.
    Tu,
    /// One, formal.
    Usted,
    /// One, familiar, in the River Plate and elsewhere in America.
    Vos,
    /// Several; in America also familiar.
    Ustedes,
    /// Several, familiar, in Spain.
    Vosotros,
}

impl Address {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tu, Self::Usted, Self::Vos, Self::Ustedes, Self::Vosotros];

    /// `tu`, `usted`, `vos`, `ustedes` or `vosotros`, as in machine formats.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tu => "tu",
            Self::Usted => "usted",
            Self::Vos => "vos",
            Self::Ustedes => "ustedes",
            Self::Vosotros => "vosotros",
        }
    }

    /// The address of a code or a pronoun, accents and case ignored.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = super::sound::unaccented(&code.trim().to_lowercase());
        Self::ALL.into_iter().find(|address| address.code() == code)
    }

    /// Whether one person is addressed or several.
    pub fn number(self) -> Number {
        match self {
            Self::Tu | Self::Usted | Self::Vos => Number::Singular,
            Self::Ustedes | Self::Vosotros => Number::Plural,
        }
    }

    /// *tú, usted, vos, ustedes, vosotros*
    pub fn subject(self) -> &'static str {
        match self {
            Self::Tu => "tú",
            Self::Usted => "usted",
            Self::Vos => "vos",
            Self::Ustedes => "ustedes",
            Self::Vosotros => "vosotros",
        }
    }

    /// After a preposition: *para ti, para usted, para vos*. For *con* see [`Address::with`].
    pub fn prepositional(self) -> &'static str {
        match self {
            Self::Tu => "ti",
            other => other.subject(),
        }
    }

    /// *contigo, con usted, con vos, con ustedes, con vosotros*
    pub fn with(self) -> String {
        super::with_preposition("con", self.prepositional())
    }

    /// Direct object: *te, lo/la, te, los/las, os*.
    pub fn object(self, gender: Gender) -> &'static str {
        match (self, gender) {
            (Self::Tu | Self::Vos, _) => "te",
            (Self::Usted, Gender::Masculine) => "lo",
            (Self::Usted, Gender::Feminine) => "la",
            (Self::Ustedes, Gender::Masculine) => "los",
            (Self::Ustedes, Gender::Feminine) => "las",
            (Self::Vosotros, _) => "os",
        }
    }

    /// Indirect object: *te, le, te, les, os*.
    pub fn indirect(self) -> &'static str {
        match self {
            Self::Tu | Self::Vos => "te",
            Self::Usted => "le",
            Self::Ustedes => "les",
            Self::Vosotros => "os",
        }
    }

    /// Indirect object before *lo, la, los, las*: *te lo, se lo, os lo*.
    pub fn indirect_before_object(self) -> &'static str {
        self.reflexive()
    }

    /// *te, se, te, se, os*
    pub fn reflexive(self) -> &'static str {
        match self {
            Self::Tu | Self::Vos => "te",
            Self::Usted | Self::Ustedes => "se",
            Self::Vosotros => "os",
        }
    }

    /// Before what is possessed: *tu casa, sus casas, vuestra casa*.
    pub fn possessive(self, possessed: Agreement) -> &'static str {
        match (self, possessed.number) {
            (Self::Tu | Self::Vos, Number::Singular) => "tu",
            (Self::Tu | Self::Vos, Number::Plural) => "tus",
            (Self::Usted | Self::Ustedes, Number::Singular) => "su",
            (Self::Usted | Self::Ustedes, Number::Plural) => "sus",
            (Self::Vosotros, _) => possessed.pick("vuestro", "vuestra", "vuestros", "vuestras"),
        }
    }

    /// After what is possessed, or alone: *una casa tuya, suya, vuestra*.
    pub fn possessive_after(self, possessed: Agreement) -> &'static str {
        match self {
            Self::Tu | Self::Vos => possessed.pick("tuyo", "tuya", "tuyos", "tuyas"),
            Self::Usted | Self::Ustedes => possessed.pick("suyo", "suya", "suyos", "suyas"),
            Self::Vosotros => possessed.pick("vuestro", "vuestra", "vuestros", "vuestras"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_throughout() {
        assert_eq!(Address::Tu.with(), "contigo");
        assert_eq!(Address::Ustedes.with(), "con ustedes");
        assert_eq!(Address::Vosotros.possessive(Agreement::FP), "vuestras");
        assert_eq!(Address::Usted.indirect_before_object(), "se");
        assert_eq!(Address::from_code("Tú"), Some(Address::Tu));
        assert_eq!(Address::from_code("du"), None);
    }
}
