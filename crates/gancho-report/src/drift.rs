//! The record of `gancho models drift`: whether a trained model still knows what it is asked about.

use serde::{Deserialize, Serialize};

use crate::{NoteRecord, WindowRecord, schema};

/// How far one column has moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovedRecord {
    /// Name of the feature.
    pub feature: String,
    /// Population stability index.
    pub index: f64,
    /// What chance alone makes of it, at these numbers of rows.
    pub expected: f64,
    /// Share of creatives without a value when it was trained.
    pub missing_then: f64,
    /// The same now.
    pub missing_now: f64,
    /// `stable`, `moved` or `far`.
    pub verdict: String,
}

/// Whether ranges still hold on new results.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StillHeldRecord {
    /// Share promised.
    pub level: f64,
    /// Share inside.
    pub held: f64,
    /// Results judged.
    pub n: u64,
    /// Exact binomial p-value of a difference this large.
    pub p_value: f64,
    /// Whether the promise is broken.
    pub broken: bool,
}

/// Why a model should be trained again; none of them: it need not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetrainReason {
    /// Features left the range that was learned from.
    Features,
    /// Ranges hold fewer or more results than they promise.
    Coverage,
    /// Its last result is long ago.
    Age,
    /// It never had skill.
    NoSkill,
}

impl RetrainReason {
    /// The code of the machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Features => "features",
            Self::Coverage => "coverage",
            Self::Age => "age",
            Self::NoSkill => "no-skill",
        }
    }
}

/// What became of a trained model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DriftRecord {
    /// `gancho.drift/1`.
    pub schema: schema::Drift,
    /// Version of gancho.
    pub gancho: String,
    /// The file, as it was named.
    pub model: String,
    /// What it predicts.
    pub target: String,
    /// When its results were earned.
    pub window: Option<WindowRecord>,
    /// Days since the last of them.
    pub age_days: Option<u64>,
    /// Whether to train again.
    pub retrain: bool,
    /// Why.
    pub because: Vec<RetrainReason>,
    /// Creatives compared.
    pub creatives: u64,
    /// Features compared.
    pub features: u64,
    /// Those that moved or are among the first by distance, farthest first.
    pub moved: Vec<MovedRecord>,
    /// Whether ranges hold, where the new library has results.
    pub coverage: Option<StillHeldRecord>,
    /// What a reader has to know.
    pub notes: Vec<NoteRecord>,
}
