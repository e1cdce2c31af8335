//! gancho's use cases as one Rust API: what the command line asks for, without the command line.
//!
//! Open an [`Engine`] once (device, weights, models), then ask: [`Engine::score`] ranks a library and
//! returns a [`Report`](gancho_report::Report), [`Engine::embed`] returns the vectors of pictures,
//! [`Engine::see`] returns what each picture tells and [`Engine::draw`] draws it,
//! [`Engine::similar`] finds duplicates and look-alikes, [`Engine::write`] writes copy for a brief,
//! [`import`] reads the exports of ad platforms, [`doctor`] looks at the machine. Progress and interruption pass through [`Watch`].
//!
//! ```no_run
//! use gancho::{Engine, EngineSettings, Patient, ScoreRequest};
//! let request = ScoreRequest::new(["datasets/demo"]);
//! let library = request.open()?;
//! let settings = EngineSettings::default().or(&library.config)?;
//! let mut engine = Engine::open(&settings, &gancho::no_probe)?;
//! let (report, _) = engine.score(&library, &request, &Patient)?;
//! println!("{}", report.scores[0].id);
//! # Ok::<(), gancho::Error>(())
//! ```
//!
//! **Must not:** print, exit, read flags or the environment.

mod comments;
mod doctor;
mod embed;
mod engine;
mod error;
mod explain;
mod features;
mod heat;
mod import;
pub mod learn;
mod overlay;
mod records;
mod score;
mod see;
mod sights;
mod similar;
mod similar_copy;
mod text_models;
mod thumbnails;
mod write;

pub use comments::{CommentReader, CommentSink, CommentsError, CommentsRequest};
pub use doctor::{Check, DoctorReport, doctor};
pub use embed::{EmbedRequest, Embedded};
pub use engine::{CacheChoice, Engine, EngineSettings, ModelChoice, no_probe, probe};
pub use error::Error;
pub use explain::{Explain, NotACount};
pub use gancho_evidence::{Timings, Watch};
pub use gancho_hub::{Download, Entry, Hub, HubCache, HubError, ModelName, Pulled, Weights, WeightsError};
pub use gancho_inference::{Attempt, DeviceChoice, DeviceError, ProbeOutcome, ProbeReport};
pub use gancho_library::{CommentStream, Fault, Library, LibraryError, Options as LibraryOptions};
pub use gancho_media::Limits;
pub use gancho_similarity::LOOK_ALIKE_COSINE;
pub use gancho_writer::{Brief, BriefError, Field, Market, Placement};
pub use import::{ImportRequest, import};
pub use score::ScoreRequest;
pub use see::{Drawing, SeeRequest, Seen};
pub use similar::SimilarRequest;
pub use similar_copy::CopyRequest;
pub use write::{
    BriefFault, But, Improvement, Objective, ObjectiveError, Order, OrderError, Reply, Session, SessionError,
    SessionFile, WriteRequest, brief_in_words, briefs, example, usual_market, with_fields,
};

/// A [`Watch`] that never interrupts and is told in vain.
#[derive(Debug, Clone, Copy, Default)]
pub struct Patient;

impl Watch for Patient {
    fn advanced(&self, _done: usize, _total: usize) {}
    fn interrupted(&self) -> bool {
        false
    }
}
