//! Everything that can end a use case, sorted by who can do something about it.

use gancho_backbone::BackboneError;
use gancho_evidence::{CacheError, EvidenceError};
use gancho_headline::HeadlineError;
use gancho_hub::{HubError, WeightsError};
use gancho_inference::DeviceError;
use gancho_language::LanguageError;
use gancho_library::exports::ExportError;
use gancho_library::{Fault, LibraryError};
use gancho_quality::QualityError;
use gancho_scorer::ScorerError;
use gancho_vision::VisionError;

/// Why a use case could not be finished.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A comments file cannot be used at all.
    #[error("{0}")]
    Comments(Box<Fault>),
    /// A text is in a writing that the model does not know, or has no words.
    #[error("`{text}` cannot be read: use words in Spanish or English")]
    NothingToRead {
        /// The text.
        text: String,
    },
    /// A brief cannot be read from its file.
    #[error("the brief `{file}` cannot be read: {detail}")]
    Brief {
        /// The file.
        file: String,
        /// What the system said.
        detail: String,
    },
    /// Nothing usable was given.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// A performance export cannot be used.
    #[error(transparent)]
    Export(#[from] Box<ExportError>),
    /// A trained model cannot be read.
    #[error("the model `{file}` cannot be read: {detail}; train it with `gancho train`")]
    Model {
        /// The file.
        file: String,
        /// What the system said.
        detail: String,
    },
    /// A trained model is none that this version can use.
    #[error("{file}: {error}")]
    ModelUnusable {
        /// The file.
        file: String,
        /// What is wrong.
        error: ScorerError,
    },
    /// The device that was asked for does not work.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// A model is missing or damaged.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// A model of the hub is missing, damaged, or could not be pulled.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// A model of the hub is none that this program can use.
    #[error(transparent)]
    Backbone(#[from] BackboneError),
    /// A model's weights do not fit its network.
    #[error(transparent)]
    Vision(#[from] VisionError),
    /// The language model or a public classifier cannot be used, or gave no result.
    #[error(transparent)]
    Language(#[from] LanguageError),
    /// The headline model's weights cannot be read.
    #[error(transparent)]
    Headline(#[from] HeadlineError),
    /// The quality model's weights cannot be read.
    #[error(transparent)]
    Quality(#[from] QualityError),
    /// The cache cannot be used.
    #[error(transparent)]
    Cache(CacheError),
    /// Evidence could not be gathered, or the person interrupted.
    #[error(transparent)]
    Evidence(EvidenceError),
    /// The ranking could not be made.
    #[error(transparent)]
    Scorer(#[from] ScorerError),
}

impl Error {
    /// True when the person stopped the run.
    pub fn is_interruption(&self) -> bool {
        matches!(
            self,
            Self::Evidence(
                EvidenceError::Interrupted { .. }
                    | EvidenceError::InterruptedUncached { .. }
                    | EvidenceError::InterruptedStream { .. }
            )
        )
    }

    /// The sentence in the reader's language.
    pub fn in_words(&self, messages: &gancho_report::Messages) -> String {
        match self {
            Self::Comments(fault) => {
                format!("{}: {}", fault.file, messages.of("library-fault", &fault.kind))
            }
            Self::NothingToRead { text } => {
                messages.text("nothing-to-read", &[("text", text.as_str().into())])
            }
            Self::Brief { file, detail } => {
                let args = [("file", file.as_str().into()), ("detail", detail.as_str().into())];
                messages.text("brief-unreadable", &args)
            }
            Self::Library(error) => messages.of("library", error),
            Self::Export(error) => messages.of("import", error.as_ref()),
            Self::Model { file, detail } => {
                let args = [("file", file.as_str().into()), ("detail", detail.as_str().into())];
                messages.text("trained-model-unreadable", &args)
            }
            Self::ModelUnusable { file, error } => {
                let detail = messages.of("scorer", error);
                let args = [("file", file.as_str().into()), ("detail", detail.into())];
                messages.text("trained-model-unusable", &args)
            }
            Self::Device(error) => messages.of("device", error),
            Self::Weights(error) => messages.of("weights", error),
            Self::Hub(error) => messages.of("hub", error),
            Self::Backbone(error) => messages.of("backbone", error),
            Self::Vision(error) => messages.of("vision", error),
            Self::Language(error) => messages.of("language-model", error),
            Self::Headline(error) => messages.of("headline", error),
            Self::Quality(error) => messages.of("quality", error),
            Self::Cache(error) => messages.of("cache", error),
            Self::Evidence(error) => messages.of("evidence", error),
            Self::Scorer(error) => messages.of("scorer", error),
        }
    }
}

impl From<CacheError> for Error {
    fn from(error: CacheError) -> Self {
        Self::Cache(error)
    }
}

impl From<EvidenceError> for Error {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Cache(error) => Self::Cache(error),
            EvidenceError::Language(error) => Self::Language(error),
            EvidenceError::Workers(error) => Self::Device(error),
            other => Self::Evidence(other),
        }
    }
}

impl From<ExportError> for Error {
    fn from(error: ExportError) -> Self {
        Self::Export(Box::new(error))
    }
}
