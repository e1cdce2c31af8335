//! The gate: every line of copy must pass it, whoever wrote it.

mod address;
mod agreement;
mod association;
mod claims;
mod context;
mod duplicates;
mod echo;
mod forbidden;
mod language;
mod limit;
mod marks;
mod markup;
mod names;
mod numbers;
mod personal;
mod repair;
mod required;
mod shouting;
mod typography;

pub(crate) use forbidden::Forbidden;

use crate::brief::Checked;
use crate::variant::{Field, Variant};
use crate::words::fold;
use context::{Context, Line};
use duplicates::{MOST_ALIKE, Runs};
use echo::Echo;
use names::Names;
use numbers::Numbers;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
    context: Context,
    numbers: Numbers,
    names: Names,
    forbidden: Forbidden,
    echo: Echo,
    audience: Vec<Vec<String>>,
    library: Vec<Runs>,
    refused: BTreeSet<Field>,
}

/// Longest text that is read word by word, in bytes; longer ones are over every limit anyway.
const MAX_BYTES: usize = 16_384;

impl Gate {
    /// Prepares the rules of a brief.
    pub fn new(checked: &Checked) -> Self {
        let context = Context::new(checked);
        let language = context.language();
        Self {
            numbers: Numbers::new(&checked.brief),
            names: Names::new(checked),
            forbidden: Forbidden::new(&checked.brief.forbidden, language),
            echo: Echo::new(checked, &context),
            audience: personal::runs_of_audience(checked),
            library: Vec::new(),
            refused: checked.refused.clone(),
            context,
        }
    }

    /// The same gate, which also refuses what is nearly the same as one of these lines.
    #[must_use]
    pub fn with_library<'a>(mut self, lines: impl IntoIterator<Item = &'a str>) -> Self {
        self.library.extend(lines.into_iter().filter(|line| !line.trim().is_empty()).map(Runs::of));
        self
    }

    /// What is wrong with one line, in the order of the text. Required mentions and duplicates of other variants are
    /// a matter of whole variants.
    pub fn judge(&self, field: Field, text: &str) -> Vec<Violation> {
        let mut found = Vec::new();
        if text.len() > MAX_BYTES {
            let kind = ViolationKind::OverLimit;
            let wanted = self.context.placement.spec(field).map(|spec| spec.max_chars.to_string());
            let end = text.len();
            found.push(Violation { kind, field: Some(field), start: 0, end, found: String::new(), wanted });
            return found;
        }
        let line = Line::new(field, text, &self.context);
        limit::check(&line, &self.context, &mut found);
        if self.refused.contains(&field) {
            found.push(line.violation(ViolationKind::UnknownField, 0, text.len(), None));
        }
        self.forbidden.check(&line, &mut found);
        self.numbers.check(&line, &self.context, &mut found);
        self.names.check(&line, &self.context, &mut found);
        self.echo.check(&line, &self.context, &mut found);
        personal::check(&line, &self.context, &self.audience, &mut found);
        for rule in RULES {
            rule(&line, &self.context, &mut found);
        }
        found.sort_by_key(|it| (it.start, it.end, it.kind));
        found.dedup();
        found
    }

    /// What is wrong with the fields of one ad: every line, the mentions that must stand somewhere, fields that
    /// repeat one another, lines that the library has.
    pub fn judge_fields(&self, fields: &BTreeMap<Field, String>) -> Vec<Violation> {
        let mut found: Vec<Violation> =
            fields.iter().flat_map(|(field, text)| self.judge(*field, text)).collect();
        required::check(fields, &self.context.brief.required, &mut found);
        let texts: Vec<(&Field, String)> = fields.iter().map(|(field, text)| (field, fold(text))).collect();
        for (i, (field, text)) in texts.iter().enumerate() {
            let repeated = texts[..i].iter().any(|(_, other)| other == text);
            let known = !self.library.is_empty() && alike(&Runs::of(text), &self.library);
            if repeated || known {
                found.push(duplicate(Some(**field), text));
            }
        }
        found
    }

    /// What is wrong with a variant, beside those that were taken already.
    pub fn judge_variant(&self, variant: &Variant, taken: &[Variant]) -> Vec<Violation> {
        let mut found = self.judge_fields(&variant.fields);
        let text = variant.text();
        let runs = Runs::of(&text);
        if taken.iter().any(|other| runs.likeness(&Runs::of(&other.text())) > MOST_ALIKE) {
            found.push(duplicate(None, &text));
        }
        found
    }

    /// Mends what can be mended without touching a word, and says what it did.
    pub fn repair(&self, field: Field, text: &str) -> Repaired {
        repair::repair(field, text, &self.context)
    }

    /// Whether a text holds a mention as [`Gate::judge_fields`] asks for it: capitals of codes matter, others do not.
    pub fn mentions(text: &str, mention: &str) -> bool {
        required::mentions(text, mention)
    }

    /// How alike two texts are: the share of their runs of four characters that they have in common.
    pub fn likeness(a: &str, b: &str) -> f64 {
        Runs::of(a).likeness(&Runs::of(b))
    }
}

type Rule = fn(&Line<'_>, &Context, &mut Vec<Violation>);

/// Rules that need nothing but the brief's words.
const RULES: &[Rule] = &[
    claims::check,
    association::check,
    address::check,
    agreement::check,
    language::check,
    typography::check,
    shouting::check,
    marks::check,
    markup::check,
];

fn alike(runs: &Runs, others: &[Runs]) -> bool {
    others.iter().any(|other| runs.likeness(other) > MOST_ALIKE)
}

fn duplicate(field: Option<Field>, text: &str) -> Violation {
    let found = text.chars().take(80).collect();
    Violation { kind: ViolationKind::NearDuplicate, field, start: 0, end: text.len(), found, wanted: None }
}
