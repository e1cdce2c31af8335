//! The records of the machine formats, version 1.
//!
//! Fields keep the order in which they stand here. Fields may be added, never renamed or removed; a
//! reader must ignore what it does not know. Numbers carry the decimal point whatever the language;
//! sentences (`text`, `detail`) are in the language of the run, codes never are.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{ExplanationRecord, SightReadings};

/// Declares the name of a schema as a type: it writes itself and refuses to be read as another one.
macro_rules! schema {
    ($name:ident, $text:literal) => {
        #[doc = concat!("The `schema` field of a record, always `", $text, "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct $name;

        impl $name {
            /// The name and version as written.
            pub const NAME: &'static str = $text;
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(Self::NAME)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let found = String::deserialize(deserializer)?;
                if found == Self::NAME {
                    return Ok(Self);
                }
                Err(serde::de::Error::custom(format!("schema is `{found}`, expected `{}`", Self::NAME)))
            }
        }
    };
}

/// Names of the schemas, one type each.
pub mod schema {
    use super::{Deserialize, Deserializer, Serialize, Serializer};
    schema!(Score, "gancho.score/1");
    schema!(Quarantine, "gancho.quarantine/1");
    schema!(Fault, "gancho.fault/1");
    schema!(Manifest, "gancho.manifest/1");
    schema!(Embedding, "gancho.embedding/1");
    schema!(Sight, "gancho.sight/1");
    schema!(Similar, "gancho.similar/1");
    schema!(Diversity, "gancho.diversity/1");
    schema!(Performance, "gancho.performance/1");
    schema!(Skipped, "gancho.skipped/1");
    schema!(Comment, "gancho.comment/1");
    schema!(CommentsSummary, "gancho.comments-summary/1");
    schema!(Backtest, "gancho.backtest/1");
    schema!(Drift, "gancho.drift/1");
    schema!(Variant, "gancho.variant/1");
    schema!(Writing, "gancho.writing/1");
}

/// What a score was learned from (section 8 of the design).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A documented index of measures: design quality, not a prediction.
    Craft,
    /// Randomised headline tests that ship with the program.
    Prior,
    /// The user's own results.
    History,
    /// Prior and history together.
    Blend,
}

impl Basis {
    /// The word of the machine formats, also the last part of Fluent keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Craft => "craft",
            Self::Prior => "prior",
            Self::History => "history",
            Self::Blend => "blend",
        }
    }
}

/// An interval that covers at rate `level`, in points of the score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct IntervalRecord {
    /// Nominal coverage, 0 to 1.
    pub level: f64,
    /// Lower end, 0 to 100.
    pub low: f64,
    /// Upper end, 0 to 100.
    pub high: f64,
}

/// One reason of a score. Base and contributions add up to the score when no reason is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonRecord {
    /// First segment of the feature's name: `picture`, `copy`, `embedding`, `context`.
    pub part: String,
    /// Name of the feature, as in `picture.rms_contrast`.
    pub feature: String,
    /// The creative's own value, in the feature's unit; absent where a single value says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Points added to (or taken from) the score.
    pub contribution: f64,
    /// The sentence for people, from [`reason_text`](crate::reason_text).
    pub text: String,
}

/// A warning or a note: a stable code and a sentence in the language of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// Stable, language-free code in kebab-case.
    pub code: String,
    /// The sentence for people.
    pub text: String,
}

/// The words of a creative as the library holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyRecord {
    /// Text above or below the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_text: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// The line below the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The words on the button.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_to_action: Option<String>,
}

impl CopyRecord {
    /// True when no field holds text.
    pub fn is_empty(&self) -> bool {
        self.fields().iter().all(|(_, text)| text.is_none())
    }

    /// The fields by name, in the order in which a reader meets them.
    pub fn fields(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("headline", self.headline.as_deref()),
            ("primary_text", self.primary_text.as_deref()),
            ("description", self.description.as_deref()),
            ("call_to_action", self.call_to_action.as_deref()),
        ]
    }
}

/// One color of the palette.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SwatchRecord {
    /// sRGB as `#rrggbb`.
    pub hex: String,
    /// Share of the picture's area, 0 to 1.
    pub share: f32,
}

/// The evidence that a report repeats: facts with units, enough to trace a reason back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceRecord {
    /// Width of the oriented picture in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of the oriented picture in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// File format, lower case: `jpeg`, `png` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Language of the copy: `es`, `en`, `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The words.
    #[serde(skip_serializing_if = "CopyRecord::is_empty")]
    pub copy: CopyRecord,
    /// Single numbers of the picture by name: measures of its pixels, as in `luminance`, and readings of
    /// the sight, as in `text_area`.
    pub measures: BTreeMap<String, f64>,
    /// Colors by falling share.
    pub palette: Vec<SwatchRecord>,
    /// What the vision network saw, without its maps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sight: Option<SightReadings>,
    /// What people answered, by name: their number, and mean probabilities of their sentiment and intent.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub comments: BTreeMap<String, f64>,
    /// Whatever else a newer version knows.
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// One ranked creative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreRecord {
    /// `gancho.score/1`.
    pub schema: schema::Score,
    /// Place in the ranking, from 1.
    pub rank: u32,
    /// Identity of the creative.
    pub id: String,
    /// Display path of the picture, `/`-separated; empty when there is none.
    pub path: String,
    /// Expected percentile among its peers, 0 to 100.
    pub score: f64,
    /// Where the score starts before its reasons, in points.
    pub base: f64,
    /// `null` when the basis has no measured interval.
    pub interval: Option<IntervalRecord>,
    /// What the score was learned from.
    pub basis: Basis,
    /// Share of the score that comes from history, 0 to 1; only for `blend`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_of_history: Option<f64>,
    /// Campaign in which the creative is compared, `null` for the whole library.
    pub group: Option<String>,
    /// Reasons by falling size.
    pub reasons: Vec<ReasonRecord>,
    /// What was measured.
    pub evidence: EvidenceRecord,
    /// What was missing or unusual about this creative.
    pub warnings: Vec<NoteRecord>,
    /// Down to the word and the region, and what to change; only where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<ExplanationRecord>,
}

/// A file that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineRecord {
    /// `gancho.quarantine/1`.
    pub schema: schema::Quarantine,
    /// Display path of the file.
    pub path: String,
    /// The creative it belongs to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Stable code, as in `truncated`.
    pub reason: String,
    /// What happened and what to do, in the language of the run.
    pub detail: String,
}

/// A row of a table that could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRecord {
    /// `gancho.fault/1`.
    pub schema: schema::Fault,
    /// Display path of the table.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// Stable code.
    pub code: String,
    /// What happened and what to do, in the language of the run.
    pub detail: String,
}

/// One model that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRecord {
    /// Model id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the weights, 64 hexadecimal digits.
    pub sha256: String,
}

/// How much was read and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Creatives in the library.
    pub creatives: u64,
    /// Creatives with a score.
    pub scored: u64,
    /// Files left out.
    pub quarantined: u64,
    /// Rows at fault.
    pub faults: u64,
    /// Creatives whose evidence came from the cache.
    pub cached: u64,
}

/// Measured skill of the ranking, out of fold. Its absence is shown as "no skill measured".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillRecord {
    /// Name of the metric, as in `pairwise_accuracy` or `spearman`.
    pub metric: String,
    /// Its value.
    pub value: f64,
    /// Lower end of its interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper end of its interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// The same metric for the best simple baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
    /// The sentence for people.
    pub text: String,
}

/// The run itself: last line of JSON Lines, foot of the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ManifestRecord {
    /// `gancho.manifest/1`.
    pub schema: schema::Manifest,
    /// Version of gancho.
    pub gancho: String,
    /// Models by id.
    pub models: Vec<ModelRecord>,
    /// The device as it names itself.
    pub device: String,
    /// How much was read and what became of it.
    pub counts: Counts,
    /// Measured skill, `null` when there is none to measure.
    #[serde(default)]
    pub skill: Option<SkillRecord>,
    /// Remarks about the run as a whole.
    pub notes: Vec<NoteRecord>,
    /// Wall-clock time of the run in seconds.
    pub seconds: f64,
}

/// One vector of `gancho embed`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmbeddingRecord {
    /// `gancho.embedding/1`.
    pub schema: schema::Embedding,
    /// Display path, for a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line, for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Model id and version.
    pub model: String,
    /// The vector, of unit length.
    pub embedding: Vec<f32>,
}

/// Everything that one run of `score` has to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Ranked creatives, best first.
    pub scores: Vec<ScoreRecord>,
    /// Files left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows at fault.
    pub faults: Vec<FaultRecord>,
    /// The run.
    pub manifest: ManifestRecord,
    /// Small pictures for the page, by creative id: JPEG, PNG or WebP bytes. Never in machine formats.
    #[serde(skip)]
    pub thumbnails: BTreeMap<String, Vec<u8>>,
    /// Maps of attention to lay over the thumbnails, by creative id: small PNGs, see-through where nobody
    /// looks. Never in machine formats.
    #[serde(skip)]
    pub heat: BTreeMap<String, Vec<u8>>,
}

impl FaultRecord {
    /// `file:line:column`, as far as known.
    pub fn place(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{}:{line}:{column}", self.file),
            (Some(line), None) => format!("{}:{line}", self.file),
            _ => self.file.clone(),
        }
    }
}
