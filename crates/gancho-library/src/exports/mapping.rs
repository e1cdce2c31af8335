//! Mapping files: what a user says about an export that the file itself does not.
//!
//! ```toml
//! platform = "meta"
//! currency = "EUR"                     # where the file tells none
//! decimal = "comma"                    # answers: is 1.234 a thousand?
//! dates = "day-month"                  # answers: is 03/04/2025 in March?
//! period = "2025-10-01/2025-10-31"     # for rows without dates; or "file-name"
//!
//! [columns]
//! spend = "Spent"
//! ad = "Banner"
//! ```
//!
//! A table `[learn]` is accepted, and is of no meaning here.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::row::Field;
use crate::dates::{DateOrder, words};
use crate::fault::FaultKind;
use crate::numbers::DecimalMark;
use crate::settings::{self, Flaw, FlawKind};
use crate::table::read_bounded;

/// Largest mapping file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What a user says about an export.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    /// The platform, where the headers do not tell it or tell it wrong.
    pub platform: Option<String>,
    /// Currency code of money for which the file tells none.
    pub currency: Option<String>,
    /// Decimal mark of all numbers.
    pub decimal: Option<DecimalMark>,
    /// Order of all dates.
    pub dates: Option<DateOrder>,
    /// Period of rows that carry no date.
    pub period: Option<Period>,
    /// Headers of columns that gancho does not know, or knows as something else.
    pub columns: BTreeMap<Field, String>,
}

/// The period of rows that carry no date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub enum Period {
    /// Two dates in the name of the file, as TikTok writes them.
    FileName,
    /// These days, ISO.
    Days {
        /// First day.
        start: String,
        /// Last day.
        end: String,
    },
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "file-name" {
            return Ok(Period::FileName);
        }
        let found = words::find(&text);
        let days: Vec<_> = found.iter().filter_map(|it| it.date.known()).collect();
        let (start, end) = match days.as_slice() {
            [day] if found[0].is_month => (*day, day.end_of_month()),
            [day] => (*day, *day),
            [start, end] => (*start, *end),
            _ => return Err("write the period as 2025-10-01/2025-10-31, or as \"file-name\"".into()),
        };
        match start <= end {
            true => Ok(Period::Days { start: start.to_string(), end: end.to_string() }),
            false => Err("the period ends before it begins".into()),
        }
    }
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    platform: Option<String>,
    currency: Option<Code>,
    decimal: Option<DecimalMark>,
    dates: Option<DateOrder>,
    period: Option<Period>,
    columns: BTreeMap<Field, Header>,
    /// For the command that learns from results.
    #[serde(rename = "learn")]
    _learn: Option<IgnoredAny>,
}

/// A currency code.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Code(String);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_code = text.len() == 3 && text.bytes().all(|it| it.is_ascii_uppercase());
        if is_code { Ok(Code(text)) } else { Err(format!("`{text}` is no currency code; write it as EUR")) }
    }
}

/// A header, which has at least one letter or digit.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Header(String);

impl TryFrom<String> for Header {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("a header is missing".into()) } else { Ok(Header(text)) }
    }
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`ExportError::MappingUnreadable`], [`ExportError::MappingInvalid`] and
    /// [`ExportError::MappingUnknownKey`], with their place.
    pub fn read(path: &Path) -> Result<Mapping, ExportError> {
        let file = path.to_string_lossy().replace('\\', "/");
        let unreadable = |detail: String| ExportError::MappingUnreadable { file: file.clone(), detail };
        let bytes = read_bounded(path, MAX_BYTES).map_err(|it| match it {
            FaultKind::FileUnreadable { detail } => unreadable(detail),
            other => unreadable(other.to_string()),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not valid UTF-8".into()))?;
        Mapping::parse(&text, &file)
    }

    /// Reads a mapping from text; `file` is named in errors.
    ///
    /// # Errors
    /// As [`Mapping::read`].
    pub fn parse(text: &str, file: &str) -> Result<Mapping, ExportError> {
        let written: Written = settings::parse(text).map_err(|Flaw { line, column, kind }| {
            let file = file.to_owned();
            match kind {
                FlawKind::UnknownKey { key, nearest } => {
                    ExportError::MappingUnknownKey { file, line, column, key, nearest }
                }
                FlawKind::Invalid { detail } => ExportError::MappingInvalid { file, line, column, detail },
            }
        })?;
        Ok(Mapping {
            platform: written.platform.map(|it| it.trim().to_lowercase()).filter(|it| !it.is_empty()),
            currency: written.currency.map(|it| it.0),
            decimal: written.decimal,
            dates: written.dates,
            period: written.period,
            columns: written.columns.into_iter().map(|(field, header)| (field, header.0)).collect(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_and_learn_is_let_be() {
        let text = "platform = \"Meta\"\ncurrency = \"EUR\"\ndecimal = \"comma\"\ndates = \"day-month\"\n\
                    period = \"2025-10-01/2025-10-31\"\n[columns]\nspend = \"Spent\"\nvideo_3s = \"Plays\"\n\
                    [learn]\ntarget = \"ctr\"\ngroup = [\"a\"]\n";
        let mapping = Mapping::parse(text, "m.toml").unwrap();
        assert_eq!(mapping.platform.as_deref(), Some("meta"));
        assert_eq!(mapping.decimal, Some(DecimalMark::Comma));
        assert_eq!(mapping.dates, Some(DateOrder::DayMonth));
        let days = |start: &str, end: &str| Some(Period::Days { start: start.into(), end: end.into() });
        assert_eq!(mapping.period, days("2025-10-01", "2025-10-31"));
        assert_eq!(mapping.columns[&Field::Video3s], "Plays");
        let period = |text: &str| Mapping::parse(&format!("period = \"{text}\""), "m").unwrap().period;
        assert_eq!(period("file-name"), Some(Period::FileName));
        assert_eq!(period("febrero de 2024"), days("2024-02-01", "2024-02-29"));
        assert_eq!(period("1 de mayo de 2025 - 3 de mayo de 2025"), days("2025-05-01", "2025-05-03"));
    }

    #[test]
    fn an_unknown_key_names_its_place_and_the_nearest() {
        for (text, line, column, key, nearest) in [
            ("platform = \"meta\"\ncurency = \"EUR\"\n", 2, 1, "curency", "currency"),
            ("[columns]\n  spent = \"Spent\"\n", 2, 3, "spent", "spend"),
        ] {
            let (file, key, nearest) = ("m.toml".to_owned(), key.to_owned(), nearest.to_owned());
            let expected = ExportError::MappingUnknownKey { file, line, column, key, nearest };
            assert_eq!(Mapping::parse(text, "m.toml"), Err(expected), "{text}");
        }
    }

    #[test]
    fn wrong_values_name_their_line() {
        for (text, expected) in [
            ("\ncurrency = \"euros\"", 2),
            ("period = \"soon\"", 1),
            ("period = \"2025-02-01/2025-01-01\"", 1),
            ("\n\n[columns]\nspend = \" \"", 4),
            ("decimal = \"dot\"", 1),
            ("[columns]\nspend = 3", 2),
        ] {
            match Mapping::parse(text, "m.toml") {
                Err(
                    ExportError::MappingInvalid { line, .. } | ExportError::MappingUnknownKey { line, .. },
                ) => {
                    assert_eq!(line, expected, "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
