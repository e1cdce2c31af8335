//! Learning from results: `train` and `backtest`.

mod described;
mod index;
mod mapping;
mod observations;
mod sample;
mod table;

use gancho_evidence::Watch;
use gancho_report::{NoteRecord, QuarantineRecord};
use gancho_scorer::{Backtest, BacktestOptions, EffectModel, LearnOptions, Options};

use crate::{Engine, Error};

pub use sample::{LearnRequest, Sample};

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
        let scoring = Options { at_home: request.at_home, ..Options::default() };
        BacktestOptions {
            learn: LearnOptions {
                target: request.target,
                objective: request.objective,
                hold_out: request.hold_out,
                carry: scoring.carry(prior),
            },
            allow_leaks: request.allow_leaks,
        }
    }
}
