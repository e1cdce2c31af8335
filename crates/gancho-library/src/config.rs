//! `gancho.toml`: what a library says about itself. Every key stands here, and no other is accepted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use crate::dates::DateOrder;
use crate::error::LibraryError;
use crate::numbers::DecimalMark;
use crate::settings::{self, Flaw, FlawKind};
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
    /// What was learned from the account's results.
    pub history: History,
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

/// What was learned from the account's results.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    /// The file that `gancho train` wrote; relative to the folder of the settings file.
    pub model: Option<PathBuf>,
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
    /// Reads a settings file; `file` is its display name. Paths in it begin at its folder.
    ///
    /// # Errors
    /// As [`Config::parse`], and when the file cannot be read.
    pub fn read(path: &Path, file: &str) -> Result<Config, LibraryError> {
        let unreadable = |detail: String| LibraryError::ConfigUnreadable { file: file.to_owned(), detail };
        let bytes = read_bounded(path, MAX_BYTES).map_err(|it| match it {
            crate::FaultKind::FileUnreadable { detail } => unreadable(detail),
            other => unreadable(other.to_string()),
        })?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not valid UTF-8".into()))?;
        let mut config = Config::parse(&text, file)?;
        if let (Some(model), Some(folder)) = (&mut config.history.model, path.parent()) {
            *model = folder.join(&*model);
        }
        Ok(config)
    }

    /// Reads settings from text; `file` is named in errors.
    ///
    /// # Errors
    /// [`LibraryError::ConfigUnknownKey`] and [`LibraryError::ConfigInvalid`], with their place.
    pub fn parse(text: &str, file: &str) -> Result<Config, LibraryError> {
        settings::parse(text).map_err(|Flaw { line, column, kind }| {
            let file = file.to_owned();
            match kind {
                FlawKind::UnknownKey { key, nearest } => {
                    LibraryError::ConfigUnknownKey { file, line, column, key, nearest }
                }
                FlawKind::Invalid { detail } => LibraryError::ConfigInvalid { file, line, column, detail },
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let config = Config::parse(
            "markets = [\"es-MX\"]\nplacements = [\"meta/feed\"]\ncurrency = \"MXN\"\ntarget = \"ctr\"\n\
             device = \"cpu\"\nthreads = 4\ncache = \"off\"\ndecimal = \"comma\"\ndates = \"day-month\"\n\
             [history]\nmodel = \"learned/ctr.json\"\n[brand]\nnames = [\"Olas\"]\ncolors = [\"#0A7F3C\", \"fff\"]\n\
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
                history: History { model: Some("learned/ctr.json".into()) },
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
}
