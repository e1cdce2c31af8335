//! `gancho.toml`: what a library says about itself. Every key stands here, and no other is accepted.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize};

use crate::dates::DateOrder;
use crate::error::LibraryError;
use crate::numbers::DecimalMark;
use crate::table::read_bounded;

/// Name of the settings file.
pub(crate) const FILE_NAME: &str = "gancho.toml";

/// Largest settings file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Settings of a library.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The brand.
    pub brand: Brand,
    /// Words of the brand's copy.
    pub words: Words,
    /// What the shipped prior may assume.
    pub prior: PriorSettings,
    /// Markets, as `es-MX`.
    pub markets: Vec<String>,
    /// Placements, as `meta/instagram-story`.
    pub placements: Vec<String>,
    /// Currency code, as `EUR`.
    pub currency: Option<String>,
    /// What a good creative earns: `ctr`, `cvr`, `roas` …
    pub target: Option<String>,
    /// Limits by name; what they mean stands with the command that reads them.
    pub thresholds: BTreeMap<String, f64>,
    /// Device, as `--device`.
    pub device: Option<String>,
    /// Threads, as `--threads`; at least 1.
    #[serde(deserialize_with = "threads")]
    pub threads: Option<usize>,
    /// Cache folder or `off`, as `--cache`.
    pub cache: Option<String>,
    /// Decimal mark of all tables: `point` or `comma`. Answers an ambiguous column.
    pub decimal: Option<DecimalMark>,
    /// Order of all dates: `day-month` or `month-day`. Answers ambiguous dates.
    pub dates: Option<DateOrder>,
}

/// The brand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Brand {
    /// Names that belong to the brand.
    pub names: Vec<String>,
    /// Colors, `#rrggbb` in lower case.
    #[serde(deserialize_with = "colors")]
    pub colors: Vec<String>,
}

/// Words that copy must not or must have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// Words that must not appear.
    pub forbidden: Vec<String>,
    /// Words that must appear.
    pub required: Vec<String>,
}

/// What the shipped prior may assume of the copy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PriorSettings {
    /// Whose copy it is. A prior that was learned from this very publisher's tests counts in full; any other is
    /// shrunk.
    pub publisher: Option<String>,
}

impl Config {
    /// Reads a settings file; `file` is its display name.
    pub(crate) fn read(path: &Path, file: &str) -> Result<Config, LibraryError> {
        let unreadable = |detail: String| LibraryError::ConfigUnreadable { file: file.to_owned(), detail };
        let bytes = read_bounded(path, MAX_BYTES).map_err(|it| match it {
            crate::FaultKind::FileUnreadable { detail } => unreadable(detail),
            other => unreadable(other.to_string()),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not valid UTF-8".into()))?;
        Config::parse(&text, file)
    }

    /// Reads settings from text; `file` is named in errors.
    ///
    /// # Errors
    /// [`LibraryError::ConfigUnknownKey`] and [`LibraryError::ConfigInvalid`], with their place.
    pub fn parse(text: &str, file: &str) -> Result<Config, LibraryError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |it| it.start).min(text.len());
            let (line, column) = place(text, at);
            let file = file.to_owned();
            match unknown_key(error.message()) {
                Some((key, nearest)) => LibraryError::ConfigUnknownKey { file, line, column, key, nearest },
                None => {
                    LibraryError::ConfigInvalid { file, line, column, detail: error.message().to_owned() }
                }
            }
        })
    }
}

fn threads<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    match Option::<usize>::deserialize(deserializer)? {
        Some(0) => Err(serde::de::Error::custom("threads must be at least 1")),
        threads => Ok(threads),
    }
}

fn colors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let colors = Vec::<String>::deserialize(deserializer)?;
    let parse = |color: String| {
        let digits = color.strip_prefix('#').unwrap_or(&color).to_ascii_lowercase();
        let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
        match digits.len() {
            6 if is_hex => Ok(format!("#{digits}")),
            3 if is_hex => Ok(digits.chars().fold("#".to_owned(), |all, it| format!("{all}{it}{it}"))),
            _ => Err(serde::de::Error::custom(format!("`{color}` is not a color; write it as #0a7f3c"))),
        }
    };
    colors.into_iter().map(parse).collect()
}

/// Line and character of a byte offset, both from 1.
fn place(text: &str, at: usize) -> (u64, u64) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    (1 + before.matches('\n').count() as u64, 1 + before[start..].chars().count() as u64)
}

/// Serde names the unknown key and all known ones of that table, each in backticks.
fn unknown_key(message: &str) -> Option<(String, String)> {
    let mut names = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let key = names.next()?.to_owned();
    let nearest = names.min_by_key(|it| distance(&key.to_lowercase(), it))?.to_owned();
    Some((key, nearest))
}

/// Edits (insert, delete, replace) from one word to another, after Levenshtein.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let config = Config::parse(
            "markets = [\"es-MX\"]\nplacements = [\"meta/feed\"]\ncurrency = \"MXN\"\ntarget = \"ctr\"\n\
             device = \"cpu\"\nthreads = 4\ncache = \"off\"\ndecimal = \"comma\"\ndates = \"day-month\"\n\
             [brand]\nnames = [\"Olas\"]\ncolors = [\"#0A7F3C\", \"fff\"]\n\
             [words]\nforbidden = [\"gratis\"]\nrequired = [\"Olas\"]\n[thresholds]\nscore = 40\n\
             [prior]\npublisher = \"upworthy\"\n",
            "gancho.toml",
        )
        .unwrap();
        let words = |it: &str| vec![it.to_owned()];
        assert_eq!(
            config,
            Config {
                brand: Brand { names: words("Olas"), colors: vec!["#0a7f3c".into(), "#ffffff".into()] },
                words: Words { forbidden: words("gratis"), required: words("Olas") },
                prior: PriorSettings { publisher: Some("upworthy".into()) },
                markets: words("es-MX"),
                placements: words("meta/feed"),
                currency: Some("MXN".into()),
                target: Some("ctr".into()),
                thresholds: BTreeMap::from([("score".to_owned(), 40.0)]),
                device: Some("cpu".into()),
                threads: Some(4),
                cache: Some("off".into()),
                decimal: Some(DecimalMark::Comma),
                dates: Some(DateOrder::DayMonth),
            }
        );
    }

    #[test]
    fn an_unknown_key_names_its_place_and_the_nearest() {
        let error = Config::parse("currency = \"EUR\"\n\n[brand]\n  colours = []\n", "gancho.toml");
        assert_eq!(
            error,
            Err(LibraryError::ConfigUnknownKey {
                file: "gancho.toml".into(),
                line: 4,
                column: 3,
                key: "colours".into(),
                nearest: "colors".into(),
            })
        );
    }

    #[test]
    fn wrong_values_name_their_place() {
        for (text, line) in
            [("x = ", 1), ("\nthreads = 0\n", 2), ("\n\n[brand]\ncolors = [\"red\"]", 4), ("device = 3", 1)]
        {
            match Config::parse(text, "g.toml") {
                Err(LibraryError::ConfigInvalid { line: found, .. }) => assert_eq!(found, line, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn edit_distance() {
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("a", "a")), (3, 3, 0));
    }
}
