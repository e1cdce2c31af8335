//! Days: ISO dates, and day/month/year in the order that the file proves.

pub(crate) mod words;

use serde::{Deserialize, Serialize};

/// What comes first in `03/04/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `25/12/2026`
    DayMonth,
    /// `12/25/2026`
    MonthDay,
}

/// A date as written: already known, or two numbers whose order the file must tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Known(Day),
    Either { first: u32, second: u32, year: u32 },
}

/// A calendar day that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl Day {
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Option<Day> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1970..=2200).contains(&year) && (1..=last).contains(&day)).then_some(Day { year, month, day })
    }

    /// The day that lies this many days after 1970-01-01 (Howard Hinnant's `civil_from_days`).
    pub(crate) fn from_days(days: i64) -> Option<Day> {
        let z = days.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    }
}

impl Day {
    /// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
    pub(crate) fn to_days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The last day of its month.
    pub(crate) fn end_of_month(self) -> Day {
        let last = (28..=31).rev().find_map(|it| Day::new(self.year, self.month, it));
        last.unwrap_or(self)
    }

    /// Whether it is the first of a month.
    pub(crate) fn is_first_of_month(self) -> bool {
        self.day == 1
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads `2026-03-01` (a time may follow), `20260301`, `01/03/2026`, `1.3.2026`, `1-3-2026` or words
/// such as `1 de marzo de 2026`.
pub(crate) fn read(text: &str) -> Option<Written> {
    in_numbers(text).or_else(|| match words::read(text)?.as_slice() {
        [found] if !found.is_month => Some(found.date),
        _ => None,
    })
}

/// Reads a date in numbers.
pub(crate) fn in_numbers(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit()) {
        let part = |range| text.get(range).and_then(number);
        return Day::new(part(0..4)?, part(4..6)?, part(6..8)?).map(Written::Known);
    }
    let date = text.split(['T', ' ']).next()?;
    let mut parts = date.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return Day::new(number(first)?, number(second)?, number(third)?).map(Written::Known);
    }
    if third.len() != 4 {
        return None;
    }
    let (first, second, year) = (number(first)?, number(second)?, number(third)?);
    let possible = Day::new(year, second, first).is_some() || Day::new(year, first, second).is_some();
    possible.then_some(Written::Either { first, second, year })
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|it| it.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl Written {
    /// The order that this date proves, if any. `05/05/2026` is the same day either way.
    pub(crate) fn proves(self) -> Option<DateOrder> {
        match self {
            Written::Either { first, .. } if first > 12 => Some(DateOrder::DayMonth),
            Written::Either { second, .. } if second > 12 => Some(DateOrder::MonthDay),
            _ => None,
        }
    }

    /// The day, where it can be read in one way only.
    pub(crate) fn known(self) -> Option<Day> {
        match self {
            Written::Known(day) => Some(day),
            it if it.is_open() => None,
            it => it.day(it.proves().unwrap_or(DateOrder::DayMonth)),
        }
    }

    /// Whether the order matters and this date does not tell it.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Written::Either { first, second, .. } if first <= 12 && second <= 12 && first != second)
    }

    /// The day, read in this order.
    pub(crate) fn day(self, order: DateOrder) -> Option<Day> {
        match (self, order) {
            (Written::Known(day), _) => Some(day),
            (Written::Either { first, second, year }, DateOrder::DayMonth) => Day::new(year, second, first),
            (Written::Either { first, second, year }, DateOrder::MonthDay) => Day::new(year, first, second),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let day = |text, order| read(text).and_then(|it| it.day(order)).map(|it| it.to_string());
        let iso = Some("2026-03-04".to_owned());
        for text in ["2026-03-04", "2026-03-04T10:00:00Z", "2026-03-04 10:00", "20260304", "2026/3/4"] {
            assert_eq!(day(text, DateOrder::MonthDay), iso, "{text}");
        }
        for text in ["04/03/2026", "4.3.2026", "4-3-2026"] {
            assert_eq!(day(text, DateOrder::DayMonth), iso, "{text}");
        }
        assert_eq!(day("03/04/2026", DateOrder::MonthDay), iso);
        for text in ["", "soon", "2026-02-29", "31/02/2026", "13/13/2026", "1/2/26", "2026", "1-2-3-2026"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_since_1970() {
        let of = |days| Day::from_days(days).map(|it| it.to_string());
        assert_eq!(of(0).as_deref(), Some("1970-01-01"));
        assert_eq!(of(11_016).as_deref(), Some("2000-02-29"));
        assert_eq!(of(20_514).as_deref(), Some("2026-03-02"));
        assert_eq!(of(i64::MAX), None);
        for days in [0, 59, 60, 11_016, 20_514, 47_540] {
            assert_eq!(Day::from_days(days).map(Day::to_days), Some(days));
        }
        assert_eq!(
            Day::new(2024, 2, 3).map(|it| it.end_of_month().to_string()).as_deref(),
            Some("2024-02-29")
        );
    }
}
