//! Currencies.

use serde::{Deserialize, Serialize};

/// A currency of one of the markets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Euro.
    Eur,
    /// Dollar of the United States.
    Usd,
    /// Mexican peso.
    Mxn,
    /// Argentine peso.
    Ars,
    /// Colombian peso.
    Cop,
    /// Chilean peso.
    Clp,
    /// Peruvian sol.
    Pen,
    /// Pound sterling.
    Gbp,
    /// Australian dollar.
    Aud,
    /// Canadian dollar.
    Cad,
}

impl Currency {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Eur,
        Self::Usd,
        Self::Mxn,
        Self::Ars,
        Self::Cop,
        Self::Clp,
        Self::Pen,
        Self::Gbp,
        Self::Aud,
        Self::Cad,
    ];

    /// The ISO 4217 code: `EUR`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Usd => "USD",
            Self::Mxn => "MXN",
            Self::Ars => "ARS",
            Self::Cop => "COP",
            Self::Clp => "CLP",
            Self::Pen => "PEN",
            Self::Gbp => "GBP",
            Self::Aud => "AUD",
            Self::Cad => "CAD",
        }
    }

    /// The currency of an ISO 4217 code, case ignored.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code().eq_ignore_ascii_case(code.trim()))
    }

    /// The sign in its own market: `€`, `$`, `S/`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Eur => "€",
            Self::Gbp => "£",
            Self::Pen => "S/",
            Self::Usd | Self::Mxn | Self::Ars | Self::Cop | Self::Clp | Self::Aud | Self::Cad => "$",
        }
    }

    /// Whether the sign alone tells the currency.
    pub(super) fn has_own_sign(self) -> bool {
        matches!(self, Self::Eur | Self::Gbp | Self::Pen)
    }

    /// Decimal places by ISO 4217.
    pub fn decimals(self) -> u8 {
        if self == Self::Clp { 0 } else { 2 }
    }
}
