//! Numbers, percentages and money, by the patterns of CLDR 46.

use super::{Currency, Decimal, Language, Market};
use crate::text::NBSP;

impl Market {
    fn decimal_sign(self) -> char {
        match self {
            Self::EsEs | Self::EsAr | Self::EsCo | Self::EsCl => ',',
            _ => '.',
        }
    }

    fn group_sign(self) -> char {
        if self.decimal_sign() == ',' { '.' } else { ',' }
    }

    /// Digits from which thousands are parted: five in Spain, four elsewhere.
    fn grouped_from(self) -> usize {
        if self == Self::EsEs { 5 } else { 4 }
    }

    fn grouped(self, whole: &str) -> String {
        if whole.len() < self.grouped_from() {
            return whole.to_owned();
        }
        let mut out = String::with_capacity(whole.len() + whole.len() / 3);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(self.group_sign());
            }
            out.push(digit);
        }
        out
    }

    fn unsigned(self, number: Decimal, min: u8, max: u8) -> String {
        let (whole, fraction) = number.digits(min, max);
        let whole = self.grouped(&whole);
        if fraction.is_empty() { whole } else { format!("{whole}{}{fraction}", self.decimal_sign()) }
    }

    /// A number with up to three decimal places: `1200` and `12.000` in Spain, `12,000` in Mexico, `4,6`.
    pub fn number(self, number: impl Into<Decimal>) -> String {
        let number = number.into();
        format!("{}{}", if number.is_negative() { "-" } else { "" }, self.unsigned(number, 0, 3))
    }

    /// A percentage, given in percent: `15 %` with a no-break space in Spanish, `15%` in English.
    pub fn percent(self, percent: impl Into<Decimal>) -> String {
        let space = if self.language() == Language::Spanish { NBSP.to_string() } else { String::new() };
        format!("{}{space}%", self.number(percent))
    }

    /// An amount with the decimal places of its currency: `1299,00 €`, `$1,149.00`, `$ 98.500,00`, `£185.00`.
    ///
    /// A foreign currency without a sign of its own is written with its code. A price of the brief is copied, never
    /// formatted anew.
    pub fn money(self, amount: impl Into<Decimal>, currency: Currency) -> String {
        self.amount(amount.into(), currency, currency.decimals())
    }

    /// An amount as copy has it: without decimal places where they are zero: `1299 €`, `$ 98.500`.
    pub fn price(self, amount: impl Into<Decimal>, currency: Currency) -> String {
        let amount = amount.into();
        self.amount(amount, currency, if amount.is_whole() { 0 } else { currency.decimals() })
    }

    fn amount(self, amount: Decimal, currency: Currency, decimals: u8) -> String {
        let minus = if amount.is_negative() { "-" } else { "" };
        let digits = self.unsigned(amount, decimals, decimals);
        let own = currency == self.currency() || currency.has_own_sign();
        let sign = if own { currency.sign() } else { currency.code() };
        if self == Self::EsEs {
            return format!("{minus}{digits}{NBSP}{sign}");
        }
        let spaced = !own || matches!(self, Self::EsAr | Self::EsCo) || currency == Currency::Pen;
        let space = if spaced { NBSP.to_string() } else { String::new() };
        format!("{minus}{sign}{space}{digits}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or(Decimal::from(0))
    }

    #[test]
    fn numbers() {
        assert_eq!(Market::EsEs.number(1_234_567), "1.234.567");
        assert_eq!(Market::EnUs.number(decimal("-1234.5678")), "-1,234.568");
        assert_eq!(Market::EsCl.number(1200), "1.200");
        assert_eq!(Market::EsEs.percent(decimal("2.5")), "2,5\u{a0}%");
    }

    #[test]
    fn foreign_money() {
        assert_eq!(Market::EsMx.money(10, Currency::Usd), "USD\u{a0}10.00");
        assert_eq!(Market::EsEs.price(10, Currency::Usd), "10\u{a0}USD");
        assert_eq!(Market::EnGb.price(decimal("9.5"), Currency::Eur), "€9.50");
        assert_eq!(Market::EsCl.money(119_990, Currency::Clp), "$119.990");
    }
}
