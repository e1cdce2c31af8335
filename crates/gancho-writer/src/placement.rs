//! Placements: which fields of copy they have, how long each may be, and how the platform counts.
//!
//! The table is `data/placements.toml`, each row with source and date. Numbers change; a brief may override them.

use crate::variant::Field;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// How a platform counts characters. Texts are counted in NFC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Characters as a reader sees them (extended grapheme clusters).
    Graphemes,
    /// Unicode code points.
    CodePoints,
    /// UTF-16 code units.
    Utf16,
    /// Code points, those of double-width scripts twice.
    Width,
    /// The weights of X: U+0000 to U+10FF and some punctuation 1, everything else 2, emoji 2, an address 23.
    Weighted,
}

impl Counting {
    /// Length of a text, as the platform counts it.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Graphemes => text.nfc().collect::<String>().graphemes(true).count(),
            Self::CodePoints => text.nfc().count(),
            Self::Utf16 => text.nfc().map(char::len_utf16).sum(),
            Self::Width => text.nfc().map(|c| if c.width() == Some(2) { 2 } else { 1 }).sum(),
            Self::Weighted => text.split_inclusive(char::is_whitespace).map(weight_of_word).sum(),
        }
    }
}

/// Weight of a word and the space behind it.
fn weight_of_word(word: &str) -> usize {
    let trimmed = word.trim_end();
    if trimmed.starts_with("https://") || trimmed.starts_with("http://") {
        return 23 + word[trimmed.len()..].chars().count();
    }
    let composed: String = word.nfc().collect();
    composed.graphemes(true).map(weight_of_grapheme).sum()
}

fn weight_of_grapheme(grapheme: &str) -> usize {
    let light =
        |c: char| matches!(u32::from(c), 0..=0x10FF | 0x2000..=0x200D | 0x2010..=0x201F | 0x2032..=0x2037);
    let emoji =
        grapheme.chars().next().is_some_and(|c| matches!(u32::from(c), 0x2600..=0x27BF | 0x1F000..=0x1FAFF));
    if emoji { 2 } else { grapheme.chars().map(|c| if light(c) { 1 } else { 2 }).sum() }
}

/// What happens to a text that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// The platform refuses it.
    Hard,
    /// The platform folds or cuts it.
    Shown,
    /// No platform decides: custom of the trade, or the brief's own limit.
    Custom,
}

/// One field of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// Which field.
    pub field: Field,
    /// Longest length, counted as [`Placement::counting`] says.
    pub max_chars: usize,
    /// How many lines are wanted.
    pub count: usize,
}

/// A place where an ad runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Its name, as in `google_rsa`.
    pub name: String,
    /// Other names it answers to.
    #[serde(default, skip_serializing)]
    pub aliases: Vec<String>,
    /// Whose it is, as in `google`.
    pub platform: String,
    /// How lengths are counted.
    pub counting: Counting,
    /// What becomes of longer texts.
    pub strictness: Strictness,
    /// Whether its texts may hold emoji.
    pub emoji: bool,
    /// Where the numbers come from.
    pub source: String,
    /// When that was read: a year, or a year and a month.
    pub seen: String,
    /// Its fields, in the order in which a reader meets them.
    pub fields: Vec<FieldSpec>,
}

impl Placement {
    /// The placement of that name or alias.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim().to_lowercase();
        TABLE.iter().find(|it| it.name == name || it.aliases.contains(&name))
    }

    /// Every placement known.
    pub fn all() -> &'static [Self] {
        &TABLE
    }

    /// One that the table lacks: its fields come from the brief, and lengths are counted in code points.
    pub fn custom(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            aliases: Vec::new(),
            platform: "custom".to_owned(),
            counting: Counting::CodePoints,
            strictness: Strictness::Custom,
            emoji: true,
            source: "brief".to_owned(),
            seen: String::new(),
            fields: Vec::new(),
        }
    }

    /// The specification of one field.
    pub fn spec(&self, field: Field) -> Option<&FieldSpec> {
        self.fields.iter().find(|spec| spec.field == field)
    }

    /// Length of a text, as this placement counts it.
    pub fn length(&self, text: &str) -> usize {
        self.counting.length(text)
    }

    /// Whether a text fits into a field.
    pub fn fits(&self, field: Field, text: &str) -> bool {
        self.spec(field).is_some_and(|spec| self.length(text) <= spec.max_chars)
    }

    /// The roomiest field's limit; 0 without fields.
    pub fn roomiest(&self) -> usize {
        self.fields.iter().map(|spec| spec.max_chars).max().unwrap_or(0)
    }
}

#[derive(Deserialize)]
struct Table {
    placement: Vec<Placement>,
}

static TABLE: LazyLock<Vec<Placement>> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    toml::from_str::<Table>(include_str!("../data/placements.toml"))
        .map(|it| it.placement)
        .unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert_eq!(
            Placement::all().len(),
            include_str!("../data/placements.toml").matches("[[placement]]").count()
        );
        let rsa =
            Placement::named("google_rsa").map(|it| it.spec(Field::Headline).map(|spec| spec.max_chars));
        assert_eq!(rsa, Some(Some(30)));
        assert_eq!(Placement::named("x").map(|it| it.name.as_str()), Some("x_post"));
        assert_eq!(Placement::named("WhatsApp").map(|it| it.name.as_str()), Some("whatsapp_template"));
        assert!(Placement::all().iter().all(|it| !it.source.is_empty() && !it.seen.is_empty()));
    }

    #[test]
    fn every_platform_counts_its_own_way() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(Counting::Graphemes.length(family), 1);
        assert_eq!(Counting::CodePoints.length(family), 5);
        assert_eq!(Counting::Utf16.length(family), 8);
        assert_eq!(Counting::Weighted.length(family), 2);
        assert_eq!(Counting::Width.length("東京 A"), 6);
        assert_eq!(Counting::Width.length("Z\u{338}a"), 3);
        assert_eq!(Counting::CodePoints.length("n\u{303}"), 1);
        assert_eq!(Counting::Weighted.length("Mira https://example.com/a/very/long/address ya"), 31);
        assert_eq!(Counting::Weighted.length("¿Café?"), 6);
        assert_eq!(Counting::Weighted.length("漢字"), 4);
    }
}
