//! Dates and times of day.

use super::{Language, Market};
use crate::text::NBSP;

/// A day of the Gregorian calendar, with its year or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: Option<u16>,
    month: u8,
    day: u8,
}

const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Date {
    /// `None` for a day that does not exist.
    pub fn new(year: Option<u16>, month: u8, day: u8) -> Option<Self> {
        let most = *DAYS.get(usize::from(month.checked_sub(1)?))?;
        let leap = year.is_none_or(|year| {
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
        });
        let exists = (1..=most).contains(&day) && (leap || month != 2 || day < 29);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2026-06-30` and `06-30`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        match parts.as_slice() {
            [year, month, day] => Self::new(Some(year.parse().ok()?), month.parse().ok()?, day.parse().ok()?),
            [month, day] => Self::new(None, month.parse().ok()?, day.parse().ok()?),
            _ => None,
        }
    }
}

impl Market {
    /// A date in words: *30 de junio de 2026*, *June 30, 2026*, *30 June 2026*.
    pub fn date(self, date: Date) -> String {
        let month = usize::from(date.month.saturating_sub(1));
        let day = date.day;
        match (self, self.language()) {
            (_, Language::Spanish) => {
                let month = MONTHS_ES.get(month).copied().unwrap_or_default();
                let year = date.year.map_or_else(String::new, |year| format!(" de {year}"));
                format!("{day} de {month}{year}")
            }
            (Self::EnUs | Self::EnCa, _) => {
                let month = MONTHS_EN.get(month).copied().unwrap_or_default();
                let year = date.year.map_or_else(String::new, |year| format!(", {year}"));
                format!("{month} {day}{year}")
            }
            _ => {
                let month = MONTHS_EN.get(month).copied().unwrap_or_default();
                let year = date.year.map_or_else(String::new, |year| format!(" {year}"));
                format!("{day} {month}{year}")
            }
        }
    }

    /// A time of day: *20:15*, or *8:15 p. m.* where twelve hours are usual. `None` when there is no such time.
    pub fn time(self, hour: u8, minute: u8) -> Option<String> {
        if hour > 23 || minute > 59 {
            return None;
        }
        let (noon, twelve) = (hour >= 12, if hour.is_multiple_of(12) { 12 } else { hour % 12 });
        Some(match self {
            Self::EsEs | Self::EsAr | Self::EsCl | Self::EnGb | Self::EnIe => format!("{hour}:{minute:02}"),
            Self::EsMx | Self::EsCo | Self::EsPe | Self::EsUs => {
                format!("{twelve}:{minute:02}{NBSP}{}{NBSP}m.", if noon { "p." } else { "a." })
            }
            Self::EnUs => format!("{twelve}:{minute:02} {}", if noon { "PM" } else { "AM" }),
            Self::EnAu => format!("{twelve}:{minute:02} {}", if noon { "pm" } else { "am" }),
            Self::EnCa => format!("{twelve}:{minute:02} {}", if noon { "p.m." } else { "a.m." }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let date = Date::from_iso("2026-06-30").unwrap_or(Date { year: None, month: 1, day: 1 });
        assert_eq!(Market::EsMx.date(date), "30 de junio de 2026");
        assert_eq!(Market::EnUs.date(date), "June 30, 2026");
        assert_eq!(Market::EnIe.date(date), "30 June 2026");
        assert_eq!(Date::from_iso("06-30").map(|it| Market::EnCa.date(it)), Some("June 30".to_owned()));
        assert!(
            ["2026-02-29", "2026-13-01", "0-0", "x", "2026-06-31"]
                .iter()
                .all(|it| Date::from_iso(it).is_none())
        );
        assert!(Date::from_iso("2028-02-29").is_some());
    }

    #[test]
    fn times() {
        assert_eq!(Market::EsEs.time(20, 15).as_deref(), Some("20:15"));
        assert_eq!(Market::EsMx.time(20, 15).as_deref(), Some("8:15\u{a0}p.\u{a0}m."));
        assert_eq!(Market::EnUs.time(0, 5).as_deref(), Some("12:05 AM"));
        assert_eq!(Market::EnUs.time(24, 0), None);
    }
}
