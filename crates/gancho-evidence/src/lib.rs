//! The pipeline from a creative to its evidence, and the cache that remembers it.
//!
//! *Evidence* is what networks and measures state about one creative: facts with units, no opinion.
//! [`gather`] reads the pictures and the words of a library through one bounded pipeline and returns an
//! [`Outcome`] per creative, in the order given; [`Cache`] keeps picture evidence in SQLite, keyed by the
//! bytes of the picture and by what produced it, so that an unchanged library costs no inference and a
//! killed run goes on where it stopped.
//!
//! Evidence is a pure function of one creative, the weights and the device: it depends neither on other
//! creatives nor on threads, batches or the state of the cache.
//!
//! [`Pipeline::see_variants`] gives changed pixels the evidence that a file with them would have.
//!
//! **Must not know:** what is good. Nothing here judges, ranks or explains.

mod cache;
mod clock;
mod embedder;
mod embeddings;
mod error;
mod evidence;
mod meaning;
mod pipeline;
mod schedule;
mod sight;
mod text_reader;
mod variants;

pub use cache::{Cache, CacheError, CacheNote};
pub use clock::Timings;
pub use embeddings::{Embedding, Embeddings, embed};
pub use error::EvidenceError;
pub use evidence::{CopyEvidence, Evidence, FieldFeatures, PictureEvidence};
pub use meaning::MeaningLogits;
pub use pipeline::{Gathered, Keep, Outcome, Pipeline, Watch, gather};
pub use sight::{
    AttentionMap, ContrastPlane, Crop, CropLoss, FaceEvidence, FocalPoint, Shape, SightEvidence,
    TextEvidence, TextMap,
};
pub use text_reader::{CommentEvidence, SPAM_LEVEL, TextReader, TextReading};
