//! Whether a trained model still knows the creatives that it is asked about.

use std::path::{Path, PathBuf};

use gancho_evidence::Watch;
use gancho_report::{DriftRecord, MovedRecord, RetrainReason, StillHeldRecord, schema};
use gancho_scorer::EffectModel;
use gancho_scorer::evaluate::{ColumnDrift, Verdict};

use super::{LearnRequest, Sample, file, report};
use crate::records::rounded;
use crate::{Engine, Error};

/// Results older than this are another season's, another auction's and mostly other creatives'.
pub const STALE_DAYS: u64 = 180;
/// Features that are shown even when none has moved.
const SHOWN: usize = 10;

/// What to hold a model against.
#[derive(Debug, Clone, Default)]
pub struct DriftRequest {
    /// The model.
    pub model: PathBuf,
    /// The creatives of now, with their results where there are any; what is learned for comes from the model.
    pub now: LearnRequest,
    /// Today, in days since 1970-01-01; nothing: its age is not looked at.
    pub today: Option<i64>,
}

impl Engine {
    /// Compares a library with what a model was trained on.
    ///
    /// # Errors
    /// [`Error`] when the model or the library cannot be used.
    pub fn drift(&mut self, request: &DriftRequest, watch: &dyn Watch) -> Result<DriftRecord, Error> {
        let (model, _) = file::open_model(&request.model)?;
        let sample = self.sample(&request.now, watch)?;
        Ok(self.workers()?.install(|| compared(&request.model, &model, sample, request.today)))
    }
}

fn compared(path: &Path, model: &EffectModel, sample: Sample, today: Option<i64>) -> DriftRecord {
    let drift = model.drift(&sample.cases);
    let coverage = model.kept(&sample.cases);
    let age_days = age_days(model, today);
    let mut because = Vec::new();
    if !model.evaluation.skilled {
        because.push(RetrainReason::NoSkill);
    }
    if drift.verdict == Verdict::Far {
        because.push(RetrainReason::Features);
    }
    if coverage.is_some_and(|it| it.broken) {
        because.push(RetrainReason::Coverage);
    }
    if age_days.is_some_and(|it| it > STALE_DAYS) {
        because.push(RetrainReason::Age);
    }
    DriftRecord {
        schema: schema::Drift,
        gancho: env!("CARGO_PKG_VERSION").to_owned(),
        model: path.to_string_lossy().replace('\\', "/"),
        target: model.options.target.name().to_owned(),
        window: model.window.map(report::window),
        age_days,
        retrain: !because.is_empty(),
        because,
        creatives: drift.rows,
        features: drift.columns.len() as u64,
        moved: moved(drift.columns),
        coverage: coverage.map(|it| StillHeldRecord {
            level: it.level,
            held: rounded(it.observed),
            n: it.n,
            p_value: rounded(it.p_value),
            broken: it.broken,
        }),
        notes: sample.notes,
    }
}

/// Days since the last result that a model learned from.
pub fn age_days(model: &EffectModel, today: Option<i64>) -> Option<u64> {
    Some(u64::try_from(today?.saturating_sub(model.window?.last)).unwrap_or(0))
}

/// All that moved, and the first few of the others, farthest first.
fn moved(mut columns: Vec<ColumnDrift>) -> Vec<MovedRecord> {
    columns.sort_by(|a, b| {
        b.verdict.cmp(&a.verdict).then(b.index.total_cmp(&a.index)).then_with(|| a.name.cmp(&b.name))
    });
    let shown = columns.iter().filter(|it| it.verdict > Verdict::Stable).count().max(SHOWN);
    let record = |it: ColumnDrift| MovedRecord {
        feature: it.name,
        index: rounded(it.index),
        expected: rounded(it.expected),
        missing_then: rounded(it.missing.0),
        missing_now: rounded(it.missing.1),
        verdict: match it.verdict {
            Verdict::Stable => "stable",
            Verdict::Moved => "moved",
            Verdict::Far => "far",
        }
        .to_owned(),
    };
    columns.into_iter().take(shown).map(record).collect()
}
