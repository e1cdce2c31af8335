//! Numbers as people write them: `1.234,56 €`, `$1,234.56`, `1 234`.
//!
//! Which mark is the decimal one is decided once per column, from the cells that can be read in one
//! way only. A column in which every marked number can be read in two ways is not guessed.

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// Which character separates whole from fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// Whole numbers: a mark before three digits can only mean thousands.
    Count,
    /// Money and conversions.
    Amount,
}

/// How the numbers of a column are to be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Style {
    /// Told by the cells, or by the user.
    Known(DecimalMark),
    /// No cell has a mark.
    Unmarked,
    /// Marks that can mean either; the example is the first.
    Ambiguous(String),
    /// Cells that contradict each other.
    Mixed(String, String),
}

/// A number: its exact text with a decimal point, for counts beyond the precision of `f64`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Number {
    pub(crate) fn is_negative(&self) -> bool {
        self.negative && !(self.is_whole() && self.whole.bytes().all(|it| it == b'0'))
    }

    fn is_whole(&self) -> bool {
        self.fraction.bytes().all(|it| it == b'0')
    }

    /// The absolute value as a count; `None` with a fraction or out of range.
    pub(crate) fn count(&self) -> Option<u64> {
        self.is_whole().then(|| self.whole.parse().ok()).flatten()
    }

    /// The value, exact; `None` when it has more digits than are kept.
    pub(crate) fn decimal(&self) -> Option<Decimal> {
        // `.0` says nothing about how a whole number was written.
        let fraction = if self.fraction == "0" { String::new() } else { format!(".{}", self.fraction) };
        Decimal::parse(&format!("{}{}{fraction}", if self.negative { "-" } else { "" }, self.whole))
    }

    /// The value; `None` when it is not finite.
    pub(crate) fn amount(&self) -> Option<f64> {
        let sign = if self.negative { "-" } else { "" };
        let value: f64 = format!("{sign}{}.{}", self.whole, self.fraction).parse().ok()?;
        value.is_finite().then_some(value)
    }
}

/// Cells that exports write where there is no number.
pub(crate) fn is_absent(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "—" | "–")
        || ["n/a", "na", "nan", "null", "none", "n/d", "nd"].iter().any(|it| text.eq_ignore_ascii_case(it))
}

/// What one cell tells about the decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// It can be read with this mark only.
    Only(DecimalMark),
    /// Its mark can mean either.
    Either,
    /// It has no mark, or is no number.
    Nothing,
}

/// What a cell tells about the decimal mark.
pub(crate) fn evidence(cell: &str, quantity: Quantity) -> Evidence {
    if !cell.contains(['.', ',']) {
        return Evidence::Nothing;
    }
    let readable = |mark| read(cell, mark, quantity).is_some();
    match (readable(DecimalMark::Point), readable(DecimalMark::Comma)) {
        (true, false) => Evidence::Only(DecimalMark::Point),
        (false, true) => Evidence::Only(DecimalMark::Comma),
        (true, true) => Evidence::Either,
        (false, false) => Evidence::Nothing,
    }
}

/// Decides how cells are written; those that are no numbers have no say.
pub(crate) fn decide<'a>(cells: impl Iterator<Item = (&'a str, Quantity)>) -> Style {
    let (mut point, mut comma, mut either) = (None, None, None);
    for (cell, quantity) in cells {
        let seen = match evidence(cell, quantity) {
            Evidence::Only(DecimalMark::Point) => &mut point,
            Evidence::Only(DecimalMark::Comma) => &mut comma,
            Evidence::Either => &mut either,
            Evidence::Nothing => continue,
        };
        if seen.is_none() {
            *seen = Some(cell.to_owned());
        }
        if point.is_some() && comma.is_some() {
            break;
        }
    }
    match (point, comma, either) {
        (Some(point), Some(comma), _) => Style::Mixed(point, comma),
        (Some(_), None, _) => Style::Known(DecimalMark::Point),
        (None, Some(_), _) => Style::Known(DecimalMark::Comma),
        (None, None, Some(example)) => Style::Ambiguous(example),
        (None, None, None) => Style::Unmarked,
    }
}

/// Reads a number written with the given decimal mark; `None` when it is not one.
pub(crate) fn read(text: &str, mark: DecimalMark, quantity: Quantity) -> Option<Number> {
    let (negative, body) = without_sign_and_currency(text)?;
    let (point, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = match body.split_once(point) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body.as_str(), ""),
    };
    if !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let whole = ungrouped(whole, group)?;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // Nobody writes counts with three decimals: in `1.000 impressions` the point means thousands.
    let has_three_decimals = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if quantity == Quantity::Count && (has_three_decimals || fraction.bytes().any(|it| it != b'0')) {
        return None;
    }
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    Some(Number { negative, whole, fraction: if fraction.is_empty() { "0".into() } else { fraction.into() } })
}

/// Reads a cell that its file already typed as a number (JSON, workbook, Parquet).
pub(crate) fn read_typed(text: &str) -> Option<Number> {
    let value: f64 = text.parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    // Integers keep their digits; the rest goes through the shortest decimal form.
    let plain = if text.contains(['e', 'E']) { value.to_string() } else { text.to_owned() };
    let (negative, plain) = plain.strip_prefix('-').map_or((false, plain.as_str()), |it| (true, it));
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, "0"));
    Some(Number { negative, whole: whole.into(), fraction: fraction.into() })
}

/// Takes off a sign and a currency sign or code on either side.
fn without_sign_and_currency(text: &str) -> Option<(bool, String)> {
    let mut negative = false;
    let mut rest = text.trim();
    // Sheets of accounts write `(3.10)` for what was taken back.
    if let Some(inner) = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        (negative, rest) = (true, inner.trim());
    }
    // Twice: `-$5` and `$-5` are both written.
    for _ in 0..2 {
        if let Some(after) = rest.strip_prefix(['-', '−']) {
            if negative {
                return None;
            }
            negative = true;
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix('+') {
            rest = after.trim_start();
        }
        // The sol's sign is the only one with a stroke behind the letter.
        rest = rest.strip_prefix("S/.").or_else(|| rest.strip_prefix("S/")).unwrap_or(rest);
        rest = without_currency(rest.trim_start(), str::chars, |it, n| &it[n..])?.trim_start();
    }
    rest = without_currency(rest, |it| it.chars().rev(), |it, n| &it[..it.len() - n])?.trim_end();
    let body = rest
        .chars()
        .map(|it| if matches!(it, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') { ' ' } else { it })
        .collect();
    Some((negative, body))
}

/// Takes a currency off one end: a code (`EUR`) or a sign with at most two letters (`US$`, `€`).
/// Other letters are no currency: `10k` and `3 mil` are refused rather than read as 10 and 3.
fn without_currency<'a, I: Iterator<Item = char>>(
    text: &'a str,
    chars: impl Fn(&'a str) -> I,
    cut: impl Fn(&'a str, usize) -> &'a str,
) -> Option<&'a str> {
    let is_sign = |it: &char| {
        matches!(it, '$' | '€' | '£' | '¥' | '₡' | '₲' | '₹' | '₩' | '₺' | '₽' | '₱' | '₫' | '฿' | '₪')
    };
    let found: Vec<char> = chars(text).take_while(|it| it.is_alphabetic() || is_sign(it)).collect();
    let letters = found.iter().filter(|it| it.is_ascii_uppercase()).count();
    let signs = found.iter().filter(|it| is_sign(it)).count();
    let is_currency = letters + signs == found.len()
        && (found.is_empty() || (signs == 1 && letters <= 2) || (signs == 0 && letters == 3));
    is_currency.then(|| cut(text, found.iter().map(|it| it.len_utf8()).sum()))
}

/// Joins groups of three digits; `None` when they are not groups of three.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let separator = if whole.contains(' ') { ' ' } else { group };
    let groups: Vec<&str> = whole.split(separator).collect();
    let digits = |it: &&str| it.bytes().all(|byte| byte.is_ascii_digit());
    if !groups.iter().all(digits) {
        return None;
    }
    if let [first, rest @ ..] = groups.as_slice()
        && !rest.is_empty()
        && (first.is_empty()
            || first.len() > 3
            || first.starts_with('0')
            || rest.iter().any(|it| it.len() != 3))
    {
        return None;
    }
    Some(groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};
    use Quantity::{Amount, Count};

    fn amount(text: &str, mark: DecimalMark) -> Option<f64> {
        read(text, mark, Amount).and_then(|it| it.amount())
    }

    #[test]
    fn amounts_in_both_styles() {
        for (text, mark, value) in [
            ("1.234,56", Comma, 1234.56),
            ("1,234.56", Point, 1234.56),
            ("1.234.567", Comma, 1_234_567.0),
            ("$ 12.50", Point, 12.5),
            ("12,50 €", Comma, 12.5),
            ("US$1,000.10", Point, 1000.1),
            ("EUR 7", Comma, 7.0),
            ("-$3.10", Point, -3.1),
            ("$-3.10", Point, -3.1),
            ("−3,10", Comma, -3.1),
            ("1 234,5", Comma, 1234.5),
            ("1\u{202f}234,5", Comma, 1234.5),
            ("1'234.5", Point, 1234.5),
            ("S/ 12.50", Point, 12.5),
            ("(3.10)", Point, -3.1),
            (".5", Point, 0.5),
            ("0,05", Comma, 0.05),
        ] {
            assert_eq!(amount(text, mark), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number() {
        for text in [
            "abc",
            "",
            "€",
            "1.2.3",
            "12,34,567",
            "1,23.4",
            "12%",
            "=1+1",
            "--5",
            "0,123.5",
            "1e5",
            "5 5",
            "10k",
            "3 mil",
            "7M",
        ] {
            assert_eq!(amount(text, Point), None, "{text}");
        }
    }

    #[test]
    fn counts_take_thousands_but_no_fraction() {
        let count = |text, mark| read(text, mark, Count).and_then(|it| it.count());
        assert_eq!(count("45.210", Comma), Some(45_210));
        assert_eq!(count("45.210", Point), None);
        assert_eq!(count("1.000", Comma), Some(1000));
        assert_eq!(count("1530.0", Point), Some(1530));
        assert_eq!(count("18,446,744,073,709,551,615", Point), Some(u64::MAX));
        assert_eq!(count("18446744073709551616", Point), None);
        assert_eq!(count("12.5", Point), None);
    }

    #[test]
    fn a_column_is_decided_by_its_clear_cells() {
        let of = |cells: &[&str]| decide(cells.iter().map(|it| (*it, Amount)));
        assert_eq!(of(&["1.234", "5,6"]), Style::Known(Comma));
        assert_eq!(of(&["1.234", "0.50"]), Style::Known(Point));
        assert_eq!(of(&["0.123"]), Style::Known(Point));
        assert_eq!(of(&["10", "250"]), Style::Unmarked);
        assert_eq!(of(&["10", "1.234", "2.500"]), Style::Ambiguous("1.234".into()));
        assert_eq!(of(&["1.234,56", "1,234.56"]), Style::Mixed("1,234.56".into(), "1.234,56".into()));
        assert_eq!(
            decide(["12.345", "1,234", "999"].into_iter().map(|it| (it, Count))),
            Style::Mixed("1,234".into(), "12.345".into())
        );
    }

    #[test]
    fn typed_cells_are_exact() {
        assert_eq!(read_typed("1.234").and_then(|it| it.amount()), Some(1.234));
        assert_eq!(read_typed("9007199254740993").and_then(|it| it.count()), Some(9_007_199_254_740_993));
        assert_eq!(read_typed("1e3").and_then(|it| it.count()), Some(1000));
        assert_eq!(read_typed("NaN"), None);
        assert!(!read_typed("-0").is_none_or(|it| it.is_negative()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_marks_mirror(text in "\\PC{0,24}") {
            let mirrored: String = text
                .chars()
                .map(|it| match it { '.' => ',', ',' => '.', other => other })
                .collect();
            proptest::prop_assert_eq!(read(&text, Point, Amount), read(&mirrored, Comma, Amount));
        }
    }
}
