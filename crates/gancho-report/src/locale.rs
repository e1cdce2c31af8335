//! The two languages, and how each writes numbers.
//!
//! Spanish: decimal comma, groups of three parted by a narrow no-break space from five digits on
//! (Ortografía de la lengua española 2010), and the same space before the percent sign. English:
//! decimal point, commas between groups, percent sign attached.

/// Narrow no-break space.
const NARROW: char = '\u{202f}';

/// A language of the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Locale {
    /// Reads a language tag or a POSIX locale (`es-MX`, `es_ES.UTF-8`, `en`); `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or(tag);
        match language.to_ascii_lowercase().as_str() {
            "es" => Some(Self::Es),
            "en" | "c" | "posix" => Some(Self::En),
            _ => None,
        }
    }

    /// The language tag, as in `lang="es"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// A number with exactly `digits` decimals. Not a number gives a dash.
    pub fn decimal(self, value: f64, digits: usize) -> String {
        if !value.is_finite() {
            return "–".into();
        }
        let plain = format!("{:.digits$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::new();
        if value < 0.0 && plain.bytes().any(|it| (b'1'..=b'9').contains(&it)) {
            text.push('\u{2212}');
        }
        text.push_str(&self.grouped(whole));
        if !fraction.is_empty() {
            text.push(self.decimal_mark());
            text.push_str(fraction);
        }
        text
    }

    /// A number with at most `digits` decimals, without trailing zeros.
    pub fn compact(self, value: f64, digits: usize) -> String {
        let text = self.decimal(value, digits);
        match text.contains(self.decimal_mark()) && digits > 0 {
            true => text.trim_end_matches('0').trim_end_matches(self.decimal_mark()).to_string(),
            false => text,
        }
    }

    /// A number with its sign, `+4.2` or `−1.3`; what rounds to zero has none.
    pub fn signed(self, value: f64, digits: usize) -> String {
        let text = self.decimal(value, digits);
        let is_zero = !text.bytes().any(|it| (b'1'..=b'9').contains(&it));
        if value > 0.0 && !is_zero { format!("+{text}") } else { text }
    }

    /// A fraction as percent: 0.344 is `34%`, in Spanish `34 %` with a narrow space.
    pub fn percent(self, fraction: f64, digits: usize) -> String {
        let number = self.decimal(fraction * 100.0, digits);
        match self {
            Self::En => format!("{number}%"),
            Self::Es => format!("{number}{NARROW}%"),
        }
    }

    fn decimal_mark(self) -> char {
        match self {
            Self::En => '.',
            Self::Es => ',',
        }
    }

    fn grouped(self, whole: &str) -> String {
        let (mark, from) = match self {
            Self::En => (',', 4),
            Self::Es => (NARROW, 5),
        };
        if whole.len() < from {
            return whole.into();
        }
        let mut text = String::with_capacity(whole.len() * 2);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(Locale::En.decimal(1234.56, 1), "1,234.6");
        assert_eq!(Locale::Es.decimal(1234.56, 1), "1234,6");
        assert_eq!(Locale::Es.decimal(61440.0, 0), "61\u{202f}440");
        assert_eq!(Locale::Es.compact(0.3400, 3), "0,34");
        assert_eq!(Locale::En.compact(100.0, 0), "100");
        assert_eq!(Locale::En.compact(0.0, 3), "0");
    }

    #[test]
    fn signs_and_percent() {
        assert_eq!(Locale::Es.signed(4.24, 1), "+4,2");
        assert_eq!(Locale::En.signed(-1.26, 1), "\u{2212}1.3");
        assert_eq!(Locale::En.signed(-0.01, 1), "0.0");
        assert_eq!(Locale::En.signed(0.04, 1), "0.0");
        assert_eq!(Locale::En.percent(0.8, 0), "80%");
        assert_eq!(Locale::Es.percent(0.8, 0), "80\u{202f}%");
        assert_eq!(Locale::Es.decimal(f64::NAN, 1), "–");
    }

    #[test]
    fn tags_of_both_families() {
        assert_eq!(Locale::from_tag("es_MX.UTF-8"), Some(Locale::Es));
        assert_eq!(Locale::from_tag("EN-gb"), Some(Locale::En));
        assert_eq!(Locale::from_tag("est"), None);
    }
}
