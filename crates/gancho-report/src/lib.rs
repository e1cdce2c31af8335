//! Reports: what a run found out, as a terminal table, JSON, JSON Lines, CSV or one HTML page.
//!
//! This crate shows; it never decides. It owns three things: the versioned records of the machine
//! formats ([`ScoreRecord`], [`SightRecord`], [`QuarantineRecord`], [`FaultRecord`],
//! [`ManifestRecord`], [`EmbeddingRecord`]), the renderers in [`render`], and every sentence that the product says to a
//! person ([`Messages`], Fluent catalogues in English and Spanish under `locales/`).
//!
//! Machine formats always use the decimal point and stable key order; only what people read follows
//! the [`Locale`]. Text of the user is hostile here: HTML is escaped, CSV cells are guarded against
//! formulas, and control characters never reach a terminal.
//!
//! It must not know pixels, tensors, models, flags, the clock or the environment: values come in,
//! bytes go out through a `Write`.

mod backtest;
mod comments;
mod drift;
mod explanation;
mod locale;
mod messages;
mod performance;
mod reason;
mod record;
pub mod render;
mod sight;
mod similar;
pub mod story;
mod writing;

pub use backtest::{
    BacktestRecord, CalibrationRecord, CarryRecord, ContextRecord, CoverageRecord, EstimateRecord,
    HeldRecord, LeaksRecord, LearningCounts, LearningRecord, OrderRecord, ReliabilityRecord, StakesRecord,
    TopRecord, Verdict, WindowRecord,
};
pub use comments::{
    ChangeRecord, CommentRecord, CommentsSummary, IntentRecord, ReplyRecord, ResponseRecord, SentimentRecord,
    ShareRecord, TopicRecord,
};
pub use drift::{DriftRecord, MovedRecord, RetrainReason, StillHeldRecord};
pub use explanation::{
    EditRecord, ExplanationRecord, FieldEditRecord, RegionEffectRecord, WordEffectRecord, edit_text,
    region_text,
};
pub use locale::Locale;
pub use messages::{Arg, Messages, code_of};
pub use performance::{ImportNote, ImportReport, MoneySum, PerformanceRecord, SkippedRecord};
pub use reason::{feature_label, feature_value, reason_short, reason_text};
pub use record::schema;
pub use record::{
    Basis, CopyRecord, Counts, EmbeddingRecord, EvidenceRecord, FaultRecord, IntervalRecord, ManifestRecord,
    ModelRecord, NoteRecord, QuarantineRecord, ReasonRecord, Report, ScoreRecord, SkillRecord, SwatchRecord,
};
pub use sight::{
    AttentionRecord, CropLossRecord, CropRecord, FaceRecord, FocalPointRecord, HashesRecord, KindRecord,
    SightReadings, SightRecord, SightReport, TextBoxRecord, TextRecord,
};
pub use similar::{
    CopyMatchEvidence, CopyMatchRecord, CopyMatchReport, DiversityRecord, DropRecord, SimilarEvidence,
    SimilarRecord, SimilarReport,
};
pub use writing::{LengthRecord, StoppedRecord, VariantRecord, WritingRecord, WritingReport};
