//! Why a run could not be finished.

use gancho_backbone::BackboneError;
use gancho_inference::DeviceError;
use gancho_language::LanguageError;
use gancho_vision::VisionError;
use serde::Serialize;

use crate::CacheError;

/// The run could not be finished.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum EvidenceError {
    /// The person interrupted; what was computed is in the cache.
    #[error("interrupted after {done} of {total}; what was computed is in the cache")]
    Interrupted {
        /// Creatives finished.
        done: usize,
        /// Creatives in all.
        total: usize,
    },
    /// The same with the cache off: nothing was kept.
    #[error("interrupted after {done} of {total}; the cache is off, so nothing was kept")]
    InterruptedUncached {
        /// Creatives finished.
        done: usize,
        /// Creatives in all.
        total: usize,
    },
    /// The person interrupted a stream of texts; records that were written to a pipe stay there.
    #[error("interrupted after {done} texts")]
    InterruptedStream {
        /// Texts that were read.
        done: usize,
    },
    /// The network failed on its device.
    #[error("the vision network failed: {detail}")]
    Network {
        /// What it said.
        detail: String,
    },
    /// The cache cannot be used.
    #[error(transparent)]
    #[serde(untagged)]
    Cache(#[from] CacheError),
    /// The language model failed on its device.
    #[error(transparent)]
    #[serde(untagged)]
    Language(#[from] LanguageError),
    /// The operating system gave no worker threads.
    #[error(transparent)]
    #[serde(untagged)]
    Workers(#[from] DeviceError),
}

impl EvidenceError {
    /// The codes of the variants that are not another crate's error.
    pub const CODES: &[&str] = &["interrupted", "interrupted-uncached", "interrupted-stream", "network"];
}

impl From<VisionError> for EvidenceError {
    fn from(error: VisionError) -> Self {
        Self::Network { detail: error.to_string() }
    }
}

impl From<BackboneError> for EvidenceError {
    fn from(error: BackboneError) -> Self {
        Self::Network { detail: error.to_string() }
    }
}
