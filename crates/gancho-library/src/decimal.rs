//! Exact decimals: money and results as the file writes them, digit by digit, never through a float.

use std::fmt;

use serde::{Serialize, Serializer};

/// A decimal number of at most 38 digits: `digits` divided by ten to the power of `scale`.
///
/// Trailing zeros are kept, so that `8.50` is written as `8.50`; two values are equal when they are the
/// same number (`8.5 == 8.50`).
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

/// Most digits behind the point; more do not fit beside a number before it.
const MAX_SCALE: u32 = 28;

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { digits: 0, scale: 0 };

    /// A number of `digits` divided by ten to the power of `scale`; `None` when the scale is out of range.
    pub fn new(digits: i128, scale: u32) -> Option<Decimal> {
        (scale <= MAX_SCALE && digits.unsigned_abs() < 10u128.pow(38)).then_some(Decimal { digits, scale })
    }

    /// Reads `-12.50`: digits, at most one point, at most one sign; nothing else. `None` for anything
    /// else, and for more digits than are kept exactly.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, body) = text.strip_prefix('-').map_or((false, text), |it| (true, it));
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let digits = whole.bytes().chain(fraction.bytes());
        if whole.len() + fraction.len() == 0 || !digits.clone().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let mut value: i128 = 0;
        for digit in digits {
            value = value.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        Decimal::new(if negative { -value } else { value }, u32::try_from(fraction.len()).ok()?)
    }

    /// The sum; `None` when it has more digits than are kept exactly.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        Decimal::new(self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?, scale)
    }

    /// The difference; `None` when it has more digits than are kept exactly.
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        self.checked_add(Decimal { digits: -other.digits, ..other })
    }

    /// The number divided by ten to the power of `places`, exactly: millionths to units.
    pub fn shifted(self, places: u32) -> Option<Decimal> {
        Decimal::new(self.digits, self.scale.checked_add(places)?).map(Decimal::without_zeros_beyond_cents)
    }

    /// The distance from zero.
    pub fn abs(self) -> Decimal {
        Decimal { digits: self.digits.abs(), ..self }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// The number as a whole one; `None` when it has a fraction.
    pub fn to_integer(self) -> Option<i64> {
        let unit = 10i128.pow(self.scale);
        (self.digits % unit == 0).then(|| i64::try_from(self.digits / unit).ok()).flatten()
    }

    /// The nearest float, for rates and models; money stays exact only here.
    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Places behind the point.
    pub(crate) fn scale(self) -> u32 {
        self.scale
    }

    fn at_scale(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(scale - self.scale)?)
    }

    fn without_zeros_beyond_cents(mut self) -> Decimal {
        while self.scale > 2 && self.digits % 10 == 0 {
            self = Decimal { digits: self.digits / 10, scale: self.scale - 1 };
        }
        self
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // Whole parts first: to bring both to one scale could leave the range.
        let parts = |it: &Decimal| {
            let unit = 10i128.pow(it.scale);
            (it.digits.div_euclid(unit), it.digits.rem_euclid(unit) * 10i128.pow(MAX_SCALE - it.scale))
        };
        parts(self).cmp(&parts(other))
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal { digits: i128::from(value), scale: 0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.digits.unsigned_abs(), width = self.scale as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.scale as usize);
        match fraction {
            "" => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn digits_are_kept() {
        for text in ["0", "8.50", "-3.10", "0.05", "1529.9933875526", "-0.5", "123456789012345678901234.5678"]
        {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal(".5").to_string(), "0.5");
        for text in
            ["", ".", "-", "1e3", "1,5", "+1", "--1", "1.2.3", "0.00000000000000000000000000001", " 1"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::parse(&"9".repeat(39)), None);
    }

    #[test]
    fn sums_are_exact() {
        let sum = ["0.1", "0.2", "-0.30"]
            .iter()
            .map(|it| decimal(it))
            .fold(Decimal::ZERO, |sum, it| sum.checked_add(it).unwrap());
        assert!(sum.is_zero());
        assert_eq!(decimal("5.0"), decimal("5.00"));
        assert_eq!(decimal("1").checked_sub(decimal("0.01")).unwrap().to_string(), "0.99");
        let largest = Decimal::new(10i128.pow(38) - 1, 0).unwrap();
        assert_eq!(largest.checked_add(decimal("0.1")), None);
        assert!(largest > decimal("0.1") && decimal("-2.5") < decimal("-2.4"));
    }

    #[test]
    fn millionths_become_units() {
        assert_eq!(decimal("12340000").shifted(6).unwrap().to_string(), "12.34");
        assert_eq!(decimal("1").shifted(6).unwrap().to_string(), "0.000001");
        assert_eq!(decimal("0").shifted(6).unwrap().to_string(), "0.00");
    }

    #[test]
    fn whole_numbers() {
        assert_eq!(decimal("1530.0").to_integer(), Some(1530));
        assert_eq!(decimal("-2").to_integer(), Some(-2));
        assert_eq!(decimal("1.5").to_integer(), None);
        assert_eq!(decimal("9223372036854775808").to_integer(), None);
    }

    proptest::proptest! {
        #[test]
        fn adding_and_taking_away_gives_the_same(a in -1_000_000_000_000_000i128..1_000_000_000_000_000, s in 0u32..10, b in -1_000_000_000_000_000i128..1_000_000_000_000_000, t in 0u32..10) {
            let (a, b) = (Decimal::new(a, s).unwrap(), Decimal::new(b, t).unwrap());
            let there_and_back = a.checked_add(b).unwrap().checked_sub(b).unwrap();
            proptest::prop_assert_eq!(there_and_back, a);
            proptest::prop_assert_eq!(Decimal::parse(&a.to_string()).unwrap(), a);
        }
    }
}
