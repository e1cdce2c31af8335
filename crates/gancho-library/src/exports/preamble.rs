//! What stands above the header: the period of the report and its currency.

use crate::dates::words::{self, Found};
use crate::dates::{DateOrder, Day};

/// What the records above a header say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Preamble {
    start: Option<Found>,
    end: Option<Found>,
    /// Currency code.
    pub currency: Option<String>,
}

/// Words of lines whose date is not the period's: when the report was made.
const MADE: &[&str] = &[
    "generated",
    "generado",
    "generada",
    "gerado",
    "created",
    "creado",
    "exported",
    "exportado",
    "downloaded",
    "descargado",
    "last completed",
    "updated",
    "actualizado",
];
const BEGIN: &[&str] = &["start", "inicio", "desde", "from", "begin", "comienzo", "primer"];
const END: &[&str] = &["end", "fin", "hasta", "until", "ultimo"];
const CURRENCY: &[&str] = &["currency", "moneda", "divisa", "moeda"];

impl Preamble {
    /// Reads the records above a header, each as one text.
    pub(crate) fn of<'a>(records: impl Iterator<Item = &'a str>) -> Preamble {
        let mut preamble = Preamble::default();
        for text in records {
            preamble.read(text);
        }
        preamble
    }

    fn read(&mut self, text: &str) {
        let folded = crate::columns::folded_words(text);
        let names = |words: &[&str]| words.iter().any(|it| folded.contains(it));
        if names(CURRENCY) && self.currency.is_none() {
            let is_code = |it: &&str| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_uppercase());
            self.currency = text.split(|it: char| !it.is_alphanumeric()).find(is_code).map(str::to_owned);
        }
        if names(MADE) {
            return;
        }
        let begins =
            |words: &[&str]| folded.split(' ').any(|word| words.iter().any(|it| word.starts_with(it)));
        match words::find(text).as_slice() {
            [start, end, ..] if self.start.is_none() => {
                (self.start, self.end) = (Some(*start), Some(*end));
            }
            [date] if begins(BEGIN) => self.start = self.start.or(Some(*date)),
            [date] if begins(END) => self.end = self.end.or(Some(*date)),
            // A date alone is the period: a single day or month.
            [date] if self.start.is_none() && words::read(text).is_some() => {
                (self.start, self.end) = (Some(*date), Some(*date));
            }
            _ => {}
        }
    }

    /// The dates above the header, as written.
    pub(crate) fn dates(&self) -> impl Iterator<Item = Found> {
        [self.start, self.end].into_iter().flatten()
    }

    /// First and last day, read in this order; nothing where one of them is not known.
    pub(crate) fn period(&self, order: Option<DateOrder>) -> Option<(Day, Day)> {
        let order = self.dates().find_map(|it| it.date.proves()).or(order);
        let day = |it: Found| it.date.known().or_else(|| it.date.day(order?));
        let (start, end) = (self.start?, self.end?);
        let last = day(end)?;
        let last = if end.is_month { last.end_of_month() } else { last };
        let first = day(start)?;
        (first <= last).then_some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(lines: &[&str]) -> Option<(String, String)> {
        let period = Preamble::of(lines.iter().copied()).period(None)?;
        Some((period.0.to_string(), period.1.to_string()))
    }

    #[test]
    fn periods_are_found() {
        let march = Some(("2025-03-01".to_owned(), "2025-03-31".to_owned()));
        for lines in [
            &["Campaign report", "March 1, 2025 - March 31, 2025"][..],
            &["Informe de campaña", "1 de marzo de 2025 - 31 de marzo de 2025"],
            &[
                "Report Start: March 1, 2025, 12:00 AM",
                "Report End: March 31, 2025, 11:59 PM",
                "Date Generated: April 2, 2025",
            ],
            &["# ----", "# Start date: 20250301", "# End date: 20250331"],
            &["Fecha de inicio: 2025-03-01", "Fecha de finalización: 2025-03-31"],
            &["Generado el 2 de abril de 2025", "Periodo: 01/03/2025 - 31/03/2025"],
            &["marzo de 2025"],
        ] {
            assert_eq!(period(lines), march, "{lines:?}");
        }
        assert_eq!(period(&["1 de marzo de 2025"]), Some(("2025-03-01".into(), "2025-03-01".into())));
        for lines in
            [&["Date Generated: April 2, 2025"][..], &["Report Start: March 1, 2025"], &["Versión 2"]]
        {
            assert_eq!(period(lines), None, "{lines:?}");
        }
    }

    #[test]
    fn the_currency_is_found() {
        for text in ["Currency: EUR", "Moneda: EUR", "Divisa de la cuenta (EUR)"] {
            assert_eq!(Preamble::of([text].into_iter()).currency.as_deref(), Some("EUR"), "{text}");
        }
        assert_eq!(Preamble::of(["Account: ACME EUR"].into_iter()).currency, None);
    }
}
