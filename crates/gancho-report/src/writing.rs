//! The records of `gancho write`: variants of copy, and what became of the rest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Basis, IntervalRecord, ManifestRecord, NoteRecord, ReasonRecord, schema};

/// The length of a text, counted as the platform counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LengthRecord {
    /// Length found.
    pub chars: usize,
    /// Longest length that the field takes.
    pub max_chars: usize,
}

/// One ad's worth of copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantRecord {
    /// `gancho.variant/1`.
    pub schema: schema::Variant,
    /// Place, from 1.
    pub rank: usize,
    /// The brief's own name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
    /// The texts by field.
    pub fields: BTreeMap<String, String>,
    /// `composer` or `model`.
    pub engine: String,
    /// The rhetorical frame.
    pub frame: String,
    /// What was planned for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
    /// The seed it was made with.
    pub seed: u64,
    /// Expected percentile among the variants of this run, 0 to 100.
    pub score: f64,
    /// Where the score may lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalRecord>,
    /// What the score rests on.
    pub basis: Basis,
    /// Why, largest first.
    pub reasons: Vec<ReasonRecord>,
    /// Lengths by field.
    pub length: BTreeMap<String, LengthRecord>,
    /// `es` or `en`.
    pub language: String,
    /// Market, as in `es-MX`.
    pub market: String,
    /// Placement, as in `meta_feed`.
    pub placement: String,
    /// What the gate mended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<String>,
}

/// Candidates that one rule stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedRecord {
    /// Code of the rule, as in `over_limit`.
    pub rule: String,
    /// How many candidates broke it.
    pub candidates: usize,
    /// The rule in words.
    pub text: String,
}

/// What became of a brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WritingRecord {
    /// `gancho.writing/1`.
    pub schema: schema::Writing,
    /// The brief's own name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
    /// `generate`, `generate_with_warning`, `refuse_field` or `refuse`.
    pub verdict: String,
    /// `composer` or `model`.
    pub engine: String,
    /// Placement, as in `meta_feed`.
    pub placement: String,
    /// The seed of the run.
    pub seed: u64,
    /// Variants asked for.
    pub wanted: usize,
    /// Variants written.
    pub written: usize,
    /// Candidates put before the gate.
    pub judged: usize,
    /// Candidates that passed it.
    pub passed: usize,
    /// Candidates that were stopped, by rule; one may break several.
    pub stopped: Vec<StoppedRecord>,
    /// What is wrong with the brief, and what was done about it.
    pub problems: Vec<NoteRecord>,
    /// Why there are fewer variants than asked for, and how far scores reach.
    pub notes: Vec<NoteRecord>,
}

/// Everything that a run wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WritingReport {
    /// Variants, best first; briefs one after the other.
    pub variants: Vec<VariantRecord>,
    /// One for each brief.
    pub writings: Vec<WritingRecord>,
    /// Models, device, counts.
    pub manifest: ManifestRecord,
}
