//! Learning from results: `train` and `backtest`.

mod card;
mod days;
mod described;
mod drift;
mod file;
mod index;
mod listed;
mod mapping;
mod observations;
mod report;
mod sample;
mod sample_file;
mod table;

use gancho_evidence::Watch;
use gancho_library::Creative;
use gancho_report::{NoteRecord, QuarantineRecord};
use gancho_scorer::learn::Carry;
use gancho_scorer::{Backtest, BacktestOptions, EffectModel, LearnOptions, Row};

use crate::{Engine, Error};

pub use card::{CardRequest, card};
pub use drift::{DriftRequest, STALE_DAYS, age_days};
pub use file::open_model;
pub use gancho_scorer::learn::{HoldOut, Objective, Target};
pub use listed::{configured_model, listed_model};
pub use sample::{LearnRequest, Sample};
pub use sample_file::write_sample;

use observations::ResultRow;

/// Columns of a manifest that describe the delivery.
const OWN_CONTEXT: [&str; 4] = ["platform", "placement", "audience", "ad_set"];

/// A history, tested.
#[derive(Debug)]
pub struct Tested {
    /// How good it would have been.
    pub backtest: Backtest,
    /// What a reader has to know.
    pub notes: Vec<NoteRecord>,
    /// Files that were left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows of results read.
    pub rows: u64,
}

/// A history, learned.
#[derive(Debug)]
pub struct Trained {
    /// What to keep.
    pub model: EffectModel,
    /// How good it is.
    pub tested: Tested,
}

/// What a library's own columns say of the delivery of its creatives, put beside their results.
pub(crate) fn add_context(rows: &mut [Row], creatives: &[&Creative]) {
    let names: Vec<String> = OWN_CONTEXT.map(str::to_owned).to_vec();
    let results: Vec<ResultRow> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| {
            let own = creatives[at];
            Some(ResultRow {
                creative: at,
                group: own.campaign.clone(),
                day: None,
                counts: row.observations.first()?.counts,
                context: names.iter().map(|it| sample::own_cell(own, it)).collect(),
            })
        })
        .collect();
    for (at, seen) in observations::observations(&results, &names, false) {
        rows[at].observations = seen;
    }
}

impl Engine {
    /// Tests how well a history would have predicted what it was not shown.
    ///
    /// # Errors
    /// [`Error`] when nothing can be learned, or a split would leak.
    pub fn backtest(&mut self, request: &LearnRequest, watch: &dyn Watch) -> Result<Tested, Error> {
        Ok(self.train(request, watch)?.tested)
    }

    /// Learns a model from a history, and tests it.
    ///
    /// # Errors
    /// As [`Engine::backtest`].
    pub fn train(&mut self, request: &LearnRequest, watch: &dyn Watch) -> Result<Trained, Error> {
        let sample = self.sample(request, watch)?;
        let options = self.learning(request);
        let (model, backtest) =
            self.workers()?.install(|| gancho_scorer::train(&sample.cases, &sample.keys, &options))?;
        let Sample { notes, quarantine, rows, .. } = sample;
        Ok(Trained { model, tested: Tested { backtest, notes, quarantine, rows } })
    }

    fn learning(&self, request: &LearnRequest) -> BacktestOptions {
        let prior = self.scorers.prior.as_ref();
        BacktestOptions {
            learn: LearnOptions {
                target: request.target,
                objective: request.objective,
                hold_out: request.hold_out,
                carry: Carry::of(prior, request.at_home),
            },
            allow_leaks: request.allow_leaks,
        }
    }
}
