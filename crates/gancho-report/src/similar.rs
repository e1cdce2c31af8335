//! The records of `gancho similar`.

use serde::{Deserialize, Serialize};

use crate::{FaultRecord, ManifestRecord, QuarantineRecord, schema};

/// Two pictures and what they are to each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarRecord {
    /// `gancho.similar/1`.
    pub schema: schema::Similar,
    /// Id of the first picture; with `--against`, of the new one.
    pub a: String,
    /// Id of the second picture.
    pub b: String,
    /// `duplicate`, `same-art-other-text` or `look-alike`.
    pub relation: String,
    /// Cosine of the embeddings, -1 to 1, whatever the relation.
    pub similarity: f64,
    /// What the relation rests on.
    pub evidence: SimilarEvidence,
}

/// What the relation of two pictures rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarEvidence {
    /// Bits of PDQ that differ, 0 to 256.
    pub pdq_distance: u32,
    /// Bits of the difference hash that differ, 0 to 64.
    pub dhash_distance: u32,
    /// Agreement of edges over what both show, 0 to 1; 0 where nothing of one was found in the other.
    pub structure: f64,
    /// The same without the cells that differ, 0 to 1.
    pub art: f64,
    /// Share of the pictures that both show, 0 to 1.
    pub overlap: f64,
    /// Whether one picture had to be scaled or shifted to lie on the other.
    pub moved: bool,
    /// Share of the overlap that differs, 0 to 1.
    pub changed: f64,
    /// Strength of the largest connected difference, in levels summed over cells.
    pub change: f64,
    /// Share of the differing cells that lie in text, 0 to 1; absent while nothing is known of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_in_text: Option<f64>,
}

/// How many distinct concepts a library holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiversityRecord {
    /// `gancho.diversity/1`.
    pub schema: schema::Diversity,
    /// Pictures that were compared.
    pub pictures: u64,
    /// Effective number of distinct concepts (Leinster and Cobbold 2012, order 2).
    pub concepts: f64,
    /// Order of the diversity.
    pub order: u32,
    /// Cosine up to which two pictures have no concept in common.
    pub unrelated_cosine: f64,
    /// Pictures that add least, in the order in which to leave them out.
    pub drops: Vec<DropRecord>,
}

/// A picture that adds little.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DropRecord {
    /// Its id.
    pub id: String,
    /// The picture that stays and is most like it.
    pub like: String,
    /// Cosine of the two.
    pub similarity: f64,
    /// Pictures that remain.
    pub remaining: u64,
    /// Effective number of concepts of what remains.
    pub concepts: f64,
}

/// Everything that one run of `similar` has to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SimilarReport {
    /// Closest relation first, then by falling similarity.
    pub pairs: Vec<SimilarRecord>,
    /// Only when it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diversity: Option<DiversityRecord>,
    /// Files left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows at fault.
    pub faults: Vec<FaultRecord>,
    /// The run.
    pub manifest: ManifestRecord,
}

/// A text and copy of a library that means the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyMatchRecord {
    /// `gancho.similar/1`.
    pub schema: schema::Similar,
    /// The text that was looked for.
    pub a: String,
    /// Id of the creative.
    pub b: String,
    /// `same-meaning`.
    pub relation: String,
    /// Cosine of the embeddings, -1 to 1.
    pub similarity: f64,
    /// What was found.
    pub evidence: CopyMatchEvidence,
}

/// The copy that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyMatchEvidence {
    /// `headline`, `primary_text`, `description` or `call_to_action`.
    pub field: String,
    /// Its words.
    pub text: String,
}

/// What `gancho similar --text` found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyMatchReport {
    /// Matches, best first.
    pub pairs: Vec<CopyMatchRecord>,
    /// Rows at fault.
    pub faults: Vec<FaultRecord>,
    /// How it was made.
    pub manifest: ManifestRecord,
}
