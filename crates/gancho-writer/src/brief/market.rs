//! Markets, forms of address and grammatical gender.

use gancho_copy::Language;
use serde::{Deserialize, Serialize};

/// A language as one country writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Market {
    /// Spain.
    #[serde(rename = "es-ES")]
    EsEs,
    /// Mexico.
    #[serde(rename = "es-MX")]
    EsMx,
    /// Argentina.
    #[serde(rename = "es-AR")]
    EsAr,
    /// Colombia.
    #[serde(rename = "es-CO")]
    EsCo,
    /// Chile.
    #[serde(rename = "es-CL")]
    EsCl,
    /// Spanish in the United States.
    #[serde(rename = "es-US")]
    EsUs,
    /// English in the United States.
    #[serde(rename = "en-US")]
    EnUs,
    /// United Kingdom.
    #[serde(rename = "en-GB")]
    EnGb,
    /// Australia.
    #[serde(rename = "en-AU")]
    EnAu,
    /// English in Canada.
    #[serde(rename = "en-CA")]
    EnCa,
    /// Ireland.
    #[serde(rename = "en-IE")]
    EnIe,
}

impl Market {
    /// Every market, with its code.
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::EsEs, "es-ES"),
        (Self::EsMx, "es-MX"),
        (Self::EsAr, "es-AR"),
        (Self::EsCo, "es-CO"),
        (Self::EsCl, "es-CL"),
        (Self::EsUs, "es-US"),
        (Self::EnUs, "en-US"),
        (Self::EnGb, "en-GB"),
        (Self::EnAu, "en-AU"),
        (Self::EnCa, "en-CA"),
        (Self::EnIe, "en-IE"),
    ];

    /// `es-MX` and the like.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(market, _)| *market == self).map_or("es-ES", |(_, code)| code)
    }

    /// Reads `es-MX`, `es_mx` or a bare `MX`; a bare country takes `language`, or else the language that most
    /// of its people speak.
    pub fn parse(text: &str, language: Option<Language>) -> Option<Self> {
        let text = text.trim().replace('_', "-");
        let exact = Self::ALL.iter().find(|(_, code)| code.eq_ignore_ascii_case(&text));
        if let Some((market, _)) = exact {
            return Some(*market);
        }
        let of_country = |market: &&(Self, &str)| market.1[3..].eq_ignore_ascii_case(&text);
        let mut found = Self::ALL.iter().filter(of_country);
        let wanted = |market: &&(Self, &str)| language.is_some_and(|it| market.0.language() == it);
        let preferred = Self::ALL.iter().filter(of_country).find(wanted);
        // Of the United States the English market stands behind the Spanish one.
        preferred.or_else(|| found.next_back()).map(|(market, _)| *market)
    }

    /// The language of its copy.
    pub fn language(self) -> Language {
        if self.code().starts_with("es") { Language::Es } else { Language::En }
    }

    /// The country, as in `MX`.
    pub fn country(self) -> &'static str {
        &self.code()[3..]
    }

    /// How its ads speak to one reader unless the brief says otherwise.
    pub fn usual_address(self) -> Address {
        match self {
            Self::EsAr => Address::Vos,
            Self::EsCo => Address::Usted,
            _ if self.language() == Language::Es => Address::Tu,
            _ => Address::You,
        }
    }

    /// The market that a language has by default.
    pub fn usual(language: Language) -> Self {
        if language == Language::Es { Self::EsEs } else { Self::EnUs }
    }
}

/// Whom the copy speaks to. One form per ad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Address {
    /// tú: te, tu, ti; *compra*.
    Tu,
    /// usted: lo, la, le, su; *compre*.
    Usted,
    /// vos: te, tu, vos; *comprá*.
    Vos,
    /// vosotros: os, vuestro; *comprad*.
    Vosotros,
    /// ustedes: los, las, les, su; *compren*.
    Ustedes,
    /// you.
    You,
}

impl Address {
    /// Every form, with its code.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Tu, "tu"),
        (Self::Usted, "usted"),
        (Self::Vos, "vos"),
        (Self::Vosotros, "vosotros"),
        (Self::Ustedes, "ustedes"),
        (Self::You, "you"),
    ];

    /// `tu`, `usted`, `vos`, `vosotros`, `ustedes` or `you`.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(address, _)| *address == self).map_or("you", |(_, code)| code)
    }

    /// Reads the code, in any case; `tú` too.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace('ú', "u");
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(address, _)| *address)
    }

    /// The language that has this form.
    pub fn language(self) -> Language {
        if self == Self::You { Language::En } else { Language::Es }
    }
}

/// Grammatical gender of the product's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// *el aceite*.
    M,
    /// *la bicicleta*.
    F,
}

impl Gender {
    /// Reads `m`, `f` and the words that begin so (`masculino`, `femenino`, `feminine`).
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "m" | "masculino" | "masculine" => Some(Self::M),
            "f" | "femenino" | "feminine" => Some(Self::F),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_countries_take_the_language_of_the_brief() {
        assert_eq!(Market::parse("MX", None), Some(Market::EsMx));
        assert_eq!(Market::parse("us", Some(Language::Es)), Some(Market::EsUs));
        assert_eq!(Market::parse("US", None), Some(Market::EnUs));
        assert_eq!(Market::parse("en_gb", None), Some(Market::EnGb));
        assert_eq!(Market::parse("BR", None), None);
        assert_eq!(Market::parse("ñandú", None), None);
    }

    #[test]
    fn codes_come_back() {
        for (market, code) in Market::ALL {
            assert_eq!(Market::parse(code, None), Some(market));
            assert_eq!(market.code(), code);
        }
        for (address, code) in Address::ALL {
            assert_eq!(Address::parse(code), Some(address));
        }
        assert_eq!(Address::parse("Tú"), Some(Address::Tu));
    }
}
