//! Markets and what is usual in each.

use serde::{Deserialize, Serialize};

use super::Currency;
use crate::spanish::Address;

/// A language of ads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// A language in a country.
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
    /// Peru.
    #[serde(rename = "es-PE")]
    EsPe,
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
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::EsEs,
        Self::EsMx,
        Self::EsAr,
        Self::EsCo,
        Self::EsCl,
        Self::EsPe,
        Self::EsUs,
        Self::EnUs,
        Self::EnGb,
        Self::EnAu,
        Self::EnCa,
        Self::EnIe,
    ];

    /// The BCP 47 tag: `es-MX`.
    pub fn code(self) -> &'static str {
        match self {
            Self::EsEs => "es-ES",
            Self::EsMx => "es-MX",
            Self::EsAr => "es-AR",
            Self::EsCo => "es-CO",
            Self::EsCl => "es-CL",
            Self::EsPe => "es-PE",
            Self::EsUs => "es-US",
            Self::EnUs => "en-US",
            Self::EnGb => "en-GB",
            Self::EnAu => "en-AU",
            Self::EnCa => "en-CA",
            Self::EnIe => "en-IE",
        }
    }

    /// The market of a tag, case and `_` ignored; `es` is Spain and `en` the United States.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().replace('_', "-");
        match code.to_ascii_lowercase().as_str() {
            "es" => Some(Self::EsEs),
            "en" => Some(Self::EnUs),
            _ => Self::ALL.into_iter().find(|market| market.code().eq_ignore_ascii_case(&code)),
        }
    }

    /// Its language.
    pub fn language(self) -> Language {
        if self.code().starts_with("es") { Language::Spanish } else { Language::English }
    }

    /// Its own currency.
    pub fn currency(self) -> Currency {
        match self {
            Self::EsEs | Self::EnIe => Currency::Eur,
            Self::EsMx => Currency::Mxn,
            Self::EsAr => Currency::Ars,
            Self::EsCo => Currency::Cop,
            Self::EsCl => Currency::Clp,
            Self::EsPe => Currency::Pen,
            Self::EsUs | Self::EnUs => Currency::Usd,
            Self::EnGb => Currency::Gbp,
            Self::EnAu => Currency::Aud,
            Self::EnCa => Currency::Cad,
        }
    }

    /// The familiar way to address one reader of an ad in Spanish: *vos* in Argentina, *tú* elsewhere.
    pub fn address(self) -> Address {
        if self == Self::EsAr { Address::Vos } else { Address::Tu }
    }

    /// The familiar way to address several: *vosotros* in Spain, *ustedes* elsewhere.
    pub fn plural_address(self) -> Address {
        if self == Self::EsEs { Address::Vosotros } else { Address::Ustedes }
    }

    /// Whether an address is used there: *vosotros* only in Spain, *vos* in Argentina and parts of Colombia.
    pub fn uses(self, address: Address) -> bool {
        match address {
            Address::Vosotros => self == Self::EsEs,
            Address::Vos => matches!(self, Self::EsAr | Self::EsCo),
            Address::Tu => self.language() == Language::Spanish && self != Self::EsAr,
            Address::Usted | Address::Ustedes => self.language() == Language::Spanish,
        }
    }

    /// Whether *a, b, and c* takes a comma before *and*.
    pub fn serial_comma(self) -> bool {
        self == Self::EnUs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for market in Market::ALL {
            assert_eq!(Market::from_code(market.code()), Some(market));
        }
        assert_eq!(Market::from_code("es_mx"), Some(Market::EsMx));
        assert_eq!(Market::from_code("fr-FR"), None);
    }

    #[test]
    fn address_by_market() {
        assert!(
            Market::ALL
                .into_iter()
                .filter(|it| it.language() == Language::Spanish)
                .all(|it| it.uses(it.address()))
        );
        assert!(!Market::EsMx.uses(Address::Vosotros));
    }
}
