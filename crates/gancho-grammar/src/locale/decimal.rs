//! Exact decimal numbers: an amount never passes through a float.

use std::fmt;
use std::str::FromStr;

/// A decimal number, exactly: `units` times ten to the minus `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

/// A text that is no number such as `1299` or `39.9`, or one with more than eighteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParseDecimalError;

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number with a point, such as 39.9")
    }
}

impl std::error::Error for ParseDecimalError {}

impl Decimal {
    /// Most decimal places.
    const MAX_SCALE: u8 = 18;

    /// `Decimal::new(399, 1)` is 39.9. A scale over 18 is taken for 18.
    pub fn new(units: i64, scale: u8) -> Self {
        Self { units, scale: scale.min(Self::MAX_SCALE) }
    }

    /// Whether nothing stands behind the point but zeros.
    pub fn is_whole(self) -> bool {
        self.units % 10_i64.pow(u32::from(self.scale)) == 0
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Digits before and after the point, without sign: at least `min` and at most `max` after it, rounded half away
    /// from zero.
    pub(super) fn digits(self, min: u8, max: u8) -> (String, String) {
        let (mut units, mut scale) = (i128::from(self.units).unsigned_abs(), self.scale);
        if scale > max {
            let cut = 10_u128.pow(u32::from(scale - max));
            units = (units + cut / 2) / cut;
            scale = max;
        }
        let divisor = 10_u128.pow(u32::from(scale));
        let mut fraction = match scale {
            0 => String::new(),
            places => format!("{:0width$}", units % divisor, width = usize::from(places)),
        };
        while fraction.len() > usize::from(min) && fraction.ends_with('0') {
            fraction.pop();
        }
        while fraction.len() < usize::from(min) {
            fraction.push('0');
        }
        ((units / divisor).to_string(), fraction)
    }
}

impl From<i64> for Decimal {
    fn from(units: i64) -> Self {
        Self { units, scale: 0 }
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Reads `1299`, `-4.5`, `39.90`: digits and one point.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let body = whole.strip_prefix('-').unwrap_or(whole);
        let digits = body.chars().chain(fraction.chars());
        let count = body.len() + fraction.len();
        if body.is_empty()
            || count > usize::from(Self::MAX_SCALE)
            || !digits.clone().all(|c| c.is_ascii_digit())
        {
            return Err(ParseDecimalError);
        }
        let units: i64 = format!("{whole}{fraction}").parse().map_err(|_| ParseDecimalError)?;
        let scale = u8::try_from(fraction.len()).map_err(|_| ParseDecimalError)?;
        Ok(Self { units, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_round_and_fill() {
        let digits = |text: &str, min, max| text.parse::<Decimal>().map(|it| it.digits(min, max));
        assert_eq!(digits("39.9", 2, 2), Ok(("39".into(), "90".into())));
        assert_eq!(digits("1.995", 2, 2), Ok(("2".into(), "00".into())));
        assert_eq!(digits("4.60", 0, 3), Ok(("4".into(), "6".into())));
        assert_eq!(digits("7", 0, 0), Ok(("7".into(), String::new())));
        assert!(
            ["", "-", "1,5", "1.2.3", "x", "9999999999999999999"]
                .iter()
                .all(|it| it.parse::<Decimal>().is_err())
        );
    }
}
