//! The phrase banks: frames, calls to action and closing sentences, one set per language, embedded.

use super::pattern::{PatternError, Piece, ProofKind, ProofWanted, Slot, parse};
use super::sector::Sector;
use super::words::Words;
use gancho_copy::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// Where a frame fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fit {
    /// Titles and short lines, without a full stop.
    Headline,
    /// Short lines that are no titles.
    Line,
    /// Texts of one sentence or more.
    Body,
}

/// One way to say something that a brief states.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) id: String,
    pub(crate) family: String,
    pub(crate) fit: Fit,
    /// Realisations, longest first.
    pub(crate) patterns: Vec<Vec<Piece>>,
    pub(crate) scope: Scope,
    /// Only for briefs that state hardly more than a name.
    pub(crate) bare: bool,
}

impl Frame {
    /// Whether it sets a registration or licence, which is no title.
    pub(crate) fn is_legal(&self) -> bool {
        let legal = Slot::Proof(ProofWanted::Kind(ProofKind::Certificate));
        self.patterns.iter().flatten().any(|it| matches!(it, Piece::Slot(slot) if *slot == legal))
    }
}

/// A call to action or a closing sentence.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) patterns: Vec<Vec<Piece>>,
    pub(crate) scope: Scope,
    pub(crate) weight: usize,
}

/// Which briefs a line is for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    sectors: Vec<Sector>,
    not_sectors: Vec<Sector>,
    markets: Vec<String>,
    number: Option<String>,
}

impl Scope {
    /// Whether a brief of this sector, market and number of the product is meant.
    pub(crate) fn holds(&self, sector: Sector, market: &str, plural: bool) -> bool {
        let number = self.number.as_deref().is_none_or(|it| (it == "plural") == plural);
        (self.sectors.is_empty() || self.sectors.contains(&sector))
            && !self.not_sectors.contains(&sector)
            && (self.markets.is_empty() || self.markets.iter().any(|it| it == market))
            && number
    }
}

/// What one language has.
#[derive(Debug)]
pub(crate) struct Bank {
    pub(crate) frames: Vec<Frame>,
    pub(crate) calls: Vec<Line>,
    pub(crate) closers: Vec<Line>,
    pub(crate) words: Words,
}

impl Bank {
    /// The bank of a language; English for any other than Spanish.
    pub(crate) fn of(language: Language) -> &'static Self {
        if language == Language::Es { &SPANISH } else { &ENGLISH }
    }

    fn read(frames: &str, closers: &str, words: &str) -> Result<Self, BankError> {
        let frames: FrameFile = toml::from_str(frames)?;
        let lines: LineFile = toml::from_str(closers)?;
        let mut out = Vec::new();
        for row in frames.frame {
            let scope = Scope {
                sectors: row.sectors,
                not_sectors: row.not_sectors,
                markets: Vec::new(),
                number: row.number,
            };
            for fit in row.fits {
                let patterns = read_all(&row.text)?;
                let (id, family) = (row.id.clone(), row.family.clone());
                out.push(Frame { id, family, fit, patterns, scope: scope.clone(), bare: row.bare });
            }
        }
        let line = |row: LineRow| -> Result<Line, BankError> {
            let scope =
                Scope { sectors: row.sectors, not_sectors: Vec::new(), markets: row.markets, number: None };
            Ok(Line { patterns: read_all(&row.text)?, scope, weight: row.weight })
        };
        Ok(Self {
            frames: out,
            calls: lines.call.into_iter().map(line).collect::<Result<_, _>>()?,
            closers: lines.closer.into_iter().map(line).collect::<Result<_, _>>()?,
            words: Words::read(words)?,
        })
    }

    fn empty() -> Self {
        Self { frames: Vec::new(), calls: Vec::new(), closers: Vec::new(), words: Words::default() }
    }
}

fn read_all(texts: &[String]) -> Result<Vec<Vec<Piece>>, PatternError> {
    texts.iter().map(|text| parse(text)).collect()
}

/// Why a bank could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BankError {
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    #[error(transparent)]
    Pattern(#[from] PatternError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(rename = "language")]
    _language: String,
    frame: Vec<FrameRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRow {
    id: String,
    family: String,
    fits: Vec<Fit>,
    text: Vec<String>,
    #[serde(default)]
    sectors: Vec<Sector>,
    #[serde(default)]
    not_sectors: Vec<Sector>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    bare: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    call: Vec<LineRow>,
    closer: Vec<LineRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRow {
    text: Vec<String>,
    #[serde(default)]
    sectors: Vec<Sector>,
    #[serde(default)]
    markets: Vec<String>,
    #[serde(default = "one")]
    weight: usize,
}

fn one() -> usize {
    1
}

// The files are part of the program; a test reads them, so that the empty bank never stands in for one.
static SPANISH: LazyLock<Bank> = LazyLock::new(|| {
    Bank::read(
        include_str!("../../phrases/es.toml"),
        include_str!("../../phrases/es-closers.toml"),
        include_str!("../../phrases/es-words.toml"),
    )
    .unwrap_or_else(|_| Bank::empty())
});

static ENGLISH: LazyLock<Bank> = LazyLock::new(|| {
    Bank::read(
        include_str!("../../phrases/en.toml"),
        include_str!("../../phrases/en-closers.toml"),
        include_str!("../../phrases/en-words.toml"),
    )
    .unwrap_or_else(|_| Bank::empty())
});

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::pattern::OfferPart;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn an_offer_is_never_said_without_its_end_date() {
        let has = |pattern: &[Piece], parts: &[OfferPart]| {
            pattern.iter().any(|it| matches!(it, Piece::Slot(Slot::Offer(part)) if parts.contains(part)))
        };
        for bank in [Bank::of(Language::Es), Bank::of(Language::En)] {
            let lines = bank.calls.iter().chain(&bank.closers).flat_map(|it| &it.patterns);
            for pattern in bank.frames.iter().flat_map(|it| &it.patterns).chain(lines) {
                let cut = has(pattern, &[OfferPart::Base, OfferPart::DefiniteBase]);
                assert!(!cut || has(pattern, &[OfferPart::Deadline, OfferPart::Date]), "{pattern:?}");
            }
        }
    }

    #[test]
    fn both_banks_are_read_and_hold_every_family() {
        let files = [
            (
                include_str!("../../phrases/es.toml"),
                include_str!("../../phrases/es-closers.toml"),
                include_str!("../../phrases/es-words.toml"),
            ),
            (
                include_str!("../../phrases/en.toml"),
                include_str!("../../phrases/en-closers.toml"),
                include_str!("../../phrases/en-words.toml"),
            ),
        ];
        for (frames, closers, words) in files {
            let bank = Bank::read(frames, closers, words).unwrap();
            assert!(bank.frames.len() >= 60, "{}", bank.frames.len());
            let ids: BTreeSet<&str> = bank.frames.iter().map(|it| it.id.as_str()).collect();
            assert_eq!(ids.len(), bank.frames.len());
            let families: BTreeSet<&str> = bank.frames.iter().map(|it| it.family.as_str()).collect();
            let wanted = [
                "aida",
                "bab",
                "fab",
                "four-u",
                "how-to",
                "offer",
                "pas",
                "plain",
                "proof",
                "question",
                "testimonial",
                "urgency",
            ];
            assert_eq!(families, BTreeSet::from(wanted));
        }
    }
}
