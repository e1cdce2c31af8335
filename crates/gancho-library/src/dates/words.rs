//! Dates in words and in running text: `1 de septiembre de 2025`, `sáb, 1 ago 2026`, `Feb 3 - 16, 2025`.
//!
//! English, Spanish and Portuguese, with the abbreviations that reports use (`sept`, `set`, `ene`).

use unicode_normalization::UnicodeNormalization;

use super::{Day, Written};

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// The day; the first of the month where only a month is named.
    pub date: Written,
    /// Whether only a month is named.
    pub is_month: bool,
}

/// All dates of a text, in their order.
pub(crate) fn find(text: &str) -> Vec<Found> {
    Scan::of(text).dates
}

/// The dates of a text that holds nothing else: weekdays, times and the words between two dates aside.
pub(crate) fn read(text: &str) -> Option<Vec<Found>> {
    // Longer than any way to write two dates; names of campaigns are not searched for them.
    if text.len() > 120 {
        return None;
    }
    let scan = Scan::of(text);
    let is_aside = |at: usize| {
        let token = &scan.tokens[at];
        match token.number {
            // Hours and minutes.
            Some(_) => {
                token.text.len() <= 6
                    && (token.before.ends_with([':', '.', '+', 'T']) || token.is_before_colon)
            }
            None => is_weekday(&token.folded) || ASIDE.contains(&token.folded.as_str()),
        }
    };
    let is_whole = (0..scan.tokens.len()).all(|it| scan.used[it] || is_aside(it));
    (is_whole && !scan.dates.is_empty()).then_some(scan.dates)
}

/// Words that may stand around a date without making it something else.
const ASIDE: &[&str] = &[
    "a", "al", "ao", "to", "through", "until", "hasta", "ate", "from", "desde", "del", "de", "of", "the",
    "el", "week", "semana", "am", "pm", "m", "p", "utc", "gmt", "z", "t", "h", "dia", "day", "and", "y",
];

struct Token<'a> {
    text: &'a str,
    folded: String,
    /// Value of a run of digits, an ordinal ending aside.
    number: Option<u32>,
    /// What stands between the token before and this one.
    before: &'a str,
    is_before_colon: bool,
}

struct Scan<'a> {
    tokens: Vec<Token<'a>>,
    used: Vec<bool>,
    dates: Vec<Found>,
}

impl<'a> Scan<'a> {
    fn of(text: &'a str) -> Scan<'a> {
        let tokens = tokens(text);
        let mut scan = Scan { used: vec![false; tokens.len()], tokens, dates: Vec::new() };
        let mut at = 0;
        while at < scan.tokens.len() {
            at = scan.take(at).unwrap_or(at + 1);
        }
        scan
    }

    /// Takes the date that begins at this token, and gives the token after it.
    fn take(&mut self, at: usize) -> Option<usize> {
        if let Some(date) = self.in_numbers(at) {
            let length = if self.tokens[at].text.len() == 8 { 1 } else { 3 };
            self.mark(at, at + length);
            self.dates.push(Found { date, is_month: false });
            return Some(at + length);
        }
        // The words of a date, the fillers between them left out.
        let words: Vec<usize> = (at..self.tokens.len().min(at + 14))
            .filter(|it| {
                *it == at
                    || !matches!(
                        self.tokens[*it].folded.as_str(),
                        "de" | "del" | "of" | "the" | "a" | "al" | "to" | "ao"
                    )
            })
            .take(6)
            .collect();
        let parts: Vec<Part> = words.iter().map(|it| self.part(*it)).collect();
        let (dates, length) = in_words(&parts)?;
        let end = words[length - 1] + 1;
        self.mark(at, end);
        self.dates.extend(dates);
        Some(end)
    }

    fn mark(&mut self, begin: usize, end: usize) {
        self.used[begin..end].fill(true);
    }

    /// `2025-09-01`, `1/9/2025`, `20250901`.
    fn in_numbers(&self, at: usize) -> Option<Written> {
        let first = &self.tokens[at];
        if !first.text.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        if first.text.len() == 8 {
            return super::in_numbers(first.text);
        }
        let (second, third) = (self.tokens.get(at + 1)?, self.tokens.get(at + 2)?);
        let is_date = matches!(second.before, "-" | "/" | ".") && second.before == third.before;
        is_date
            .then(|| super::in_numbers(&format!("{}-{}-{}", first.text, second.text, third.text)))
            .flatten()
    }

    fn part(&self, at: usize) -> Part {
        let token = &self.tokens[at];
        match (token.number, month(&token.folded)) {
            (Some(year), _) if token.text.len() == 4 => Part::Year(year),
            (Some(day @ 1..=31), _) => Part::Day(day),
            (None, Some(month)) => Part::Month(month),
            _ => Part::Else,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Day(u32),
    Month(u32),
    Year(u32),
    Else,
}

/// The dates that these words begin with, and how many of the words they take.
fn in_words(parts: &[Part]) -> Option<(Vec<Found>, usize)> {
    use Part::{Day as D, Month as M, Year as Y};
    let day =
        |year, month, day| Some(Found { date: Written::Known(Day::new(year, month, day)?), is_month: false });
    Some(match *parts {
        // Ranges first: the year stands once, at the end.
        [D(a), M(m), D(b), M(n), Y(y), ..] => (vec![day(y, m, a)?, day(y, n, b)?], 5),
        [D(a), D(b), M(m), Y(y), ..] => (vec![day(y, m, a)?, day(y, m, b)?], 4),
        [M(m), D(a), M(n), D(b), Y(y), ..] => (vec![day(y, m, a)?, day(y, n, b)?], 5),
        [M(m), D(a), D(b), Y(y), ..] => (vec![day(y, m, a)?, day(y, m, b)?], 4),
        [D(d), M(m), Y(y), ..] => (vec![day(y, m, d)?], 3),
        [M(m), D(d), Y(y), ..] => (vec![day(y, m, d)?], 3),
        [Y(y), M(m), D(d), ..] => (vec![day(y, m, d)?], 3),
        [M(m), Y(y), ..] => (vec![Found { is_month: true, ..day(y, m, 1)? }], 2),
        // `05-ene-25`: spreadsheets write the year like that.
        [D(d), M(m), D(y), ..] => (vec![day(2000 + y, m, d)?], 3),
        _ => return None,
    })
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut at, mut end_before) = (0, 0);
    while let Some(begin) = text[at..].find(char::is_alphanumeric).map(|it| it + at) {
        let is_digit = text[begin..].starts_with(|it: char| it.is_ascii_digit());
        let end = text[begin..]
            .find(|it: char| !it.is_alphanumeric() || it.is_ascii_digit() != is_digit)
            .map_or(text.len(), |it| begin + it);
        let word = &text[begin..end];
        let is_ordinal = matches!(word, "st" | "nd" | "rd" | "th" | "º" | "ª" | "o");
        let is_attached = matches!(&text[end_before..begin], "" | ".");
        if is_ordinal && is_attached && tokens.last().is_some_and(|it| it.number.is_some()) {
            (at, end_before) = (end, end);
            continue;
        }
        let folded = word.nfkd().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        tokens.push(Token {
            text: word,
            folded,
            number: if is_digit { word.parse().ok() } else { None },
            before: &text[end_before..begin],
            is_before_colon: text[end..].starts_with(':'),
        });
        (at, end_before) = (end, end);
    }
    tokens
}

/// The number of a month by its name or abbreviation.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "jan", "enero", "ene", "janeiro"],
        &["february", "feb", "febrero", "fevereiro", "fev"],
        &["march", "mar", "marzo", "marco"],
        &["april", "apr", "abril", "abr"],
        &["may", "mayo", "maio", "mai"],
        &["june", "jun", "junio", "junho"],
        &["july", "jul", "julio", "julho"],
        &["august", "aug", "agosto", "ago"],
        &["september", "sep", "sept", "septiembre", "setiembre", "set", "setembro"],
        &["october", "oct", "octubre", "outubro", "out"],
        &["november", "nov", "noviembre", "novembro"],
        &["december", "dec", "diciembre", "dic", "dezembro", "dez"],
    ];
    MONTHS.iter().position(|it| it.contains(&word)).map(|it| it as u32 + 1)
}

/// Names of days, by their beginning: `sáb`, `sábado`, `Saturday`.
fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 19] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mie", "jue", "vie", "sab", "dom",
        "seg", "ter", "qua", "qui", "sex",
    ];
    word.len() <= 13 && DAYS.iter().any(|it| word.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::DateOrder;

    fn days(found: &[Found]) -> Vec<String> {
        let day = |it: &Found| it.date.day(DateOrder::DayMonth).map_or("?".into(), |it| it.to_string());
        found.iter().map(day).collect()
    }

    #[test]
    fn dates_in_words() {
        for (text, day) in [
            ("1 de septiembre de 2025", "2025-09-01"),
            ("1 de setiembre del 2025", "2025-09-01"),
            ("sáb, 1 ago 2026", "2026-08-01"),
            ("mar, 4 ago 2026", "2026-08-04"),
            ("3 mar 2026", "2026-03-03"),
            ("Jan 05, 2025", "2025-01-05"),
            ("February 3, 2025", "2025-02-03"),
            ("Tue, March 1st, 2025", "2025-03-01"),
            ("05-ene-25", "2025-01-05"),
            ("1 set. 2025", "2025-09-01"),
            ("1.º de mayo de 2025", "2025-05-01"),
            ("March 1, 2025, 12:00 AM", "2025-03-01"),
            ("2025 Feb 3", "2025-02-03"),
            ("3 de março de 2025", "2025-03-03"),
        ] {
            assert_eq!(read(text).map(|it| days(&it)), Some(vec![day.to_owned()]), "{text}");
        }
        for text in
            ["", "Feb 3", "Campaña mayo", "31 de febrero de 2025", "Rebajas 1 de mayo de 2025", "2025", "12"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_and_running_text() {
        for (text, expected) in [
            ("1 de septiembre de 2025 - 30 de noviembre de 2025", ["2025-09-01", "2025-11-30"]),
            ("February 3, 2025 - February 16, 2025", ["2025-02-03", "2025-02-16"]),
            ("Feb 3 - 16, 2025", ["2025-02-03", "2025-02-16"]),
            ("Del 1 al 30 de junio de 2025", ["2025-06-01", "2025-06-30"]),
            ("28 ene – 3 feb 2025", ["2025-01-28", "2025-02-03"]),
            ("Periodo: 01/09/2025-30/11/2025", ["2025-09-01", "2025-11-30"]),
            ("Campaign Report-(2025-10-01 to 2025-10-31).xlsx", ["2025-10-01", "2025-10-31"]),
            ("desde 20260101 hasta 20260131", ["2026-01-01", "2026-01-31"]),
        ] {
            assert_eq!(days(&find(text)), expected, "{text}");
        }
        assert!(find("Account: 123456789 (v1.2.3), 10-20-30").is_empty());
    }

    #[test]
    fn a_month_alone() {
        for text in ["febrero de 2025", "Feb 2025", "February, 2025", "feb-2025"] {
            let found = read(text).unwrap_or_default();
            assert_eq!(days(&found), ["2025-02-01"], "{text}");
            assert!(found[0].is_month);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[0-9a-zA-Z ,.:/ºáñ\u{130}-]{0,60}|\\PC{0,30}") {
            let _ = (read(&text), find(&text));
        }
    }
}
