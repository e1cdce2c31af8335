//! A scorer learned from an account's own results, as it is kept in a file.
//!
//! The file holds the models of all folds, not one model of everything: a creative that was learned from is judged
//! by the model that has not seen it, a new one by the mean of all. So what the card says was measured out of fold
//! is true of the scores too.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::evaluate::{Drift, Intervals, Reference};
use crate::evaluation::{self, Evaluation, View};
use crate::hash;
use crate::learn::cases::Cases;
use crate::learn::crossfit::{self, CrossFit, FoldModel, Plan};
use crate::learn::folds::Folds;
use crate::learn::units::Pairing;
use crate::learn::{Carry, HoldOut, Objective, Target};

/// Format of the file.
pub const FORMAT: &str = "gancho.effect/1";

/// How to learn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LearnOptions {
    /// The ratio to explain.
    pub target: Target,
    /// What growing aims at.
    pub objective: Objective,
    /// What is held out together.
    pub hold_out: HoldOut,
    /// What the prior is expected to be worth.
    pub carry: Carry,
}

/// When results were earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First day, counted from 1970-01-01.
    pub first: i64,
    /// Last day.
    pub last: i64,
}

/// A learned scorer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectModel {
    format: String,
    /// How it was learned.
    pub options: LearnOptions,
    /// When its results were earned, where rows say so.
    pub window: Option<Window>,
    /// What it is worth.
    pub evaluation: Evaluation,
    /// How its columns were distributed, to see later whether new creatives are of the same kind.
    pub reference: Reference,
    intervals: Intervals,
    models: Vec<FoldModel>,
    /// Fold of each creative that was learned from, by the hash of its id.
    seen: BTreeMap<String, usize>,
}

/// What a model says of creatives.
pub(crate) struct Applied {
    /// Names of the columns of contributions.
    pub(crate) names: Vec<String>,
    /// For each creative: slope on the prior (log-odds of winning for one unit of its log-ratio), and what each
    /// column adds (log-odds of winning).
    pub(crate) slope: Vec<f64>,
    pub(crate) contributions: Vec<Vec<f64>>,
}

/// A model, and the cross-fit it came from.
pub(crate) struct Learned {
    pub(crate) model: EffectModel,
    pub(crate) fit: CrossFit,
    pub(crate) view: View,
}

/// Learns from cases; `joined` numbers creatives so that those which share content share a number.
pub(crate) fn learn(
    cases: &Cases,
    options: &LearnOptions,
    joined: Option<&[usize]>,
    baselines: impl Fn(&CrossFit, &View) -> Result<Vec<(String, Vec<f64>)>, ScorerError>,
) -> Result<Learned, ScorerError> {
    let (mut cases, ratios) = crossfit::usable(cases, options.target);
    if options.target != Target::Ctr {
        // The shipped prior was learned from clicks; it has no say about money.
        cases.prior.iter_mut().for_each(|it| *it = 0.0);
    }
    let pairing = Pairing::of(&cases);
    let folds = Folds::of(&cases, &pairing, options.hold_out, joined);
    let plan = Plan { target: options.target, objective: options.objective, carry: options.carry };
    let fit = CrossFit::of(cases, ratios, pairing, folds, &plan)?;
    let sign = options.target.sign();
    let view = View::of(&fit, sign);
    let baselines = baselines(&fit, &view)?;
    let measured = evaluation::evaluate(&fit, &view, sign, baselines);
    let mut seen = BTreeMap::new();
    for (unit, fold) in fit.folds.of_unit.iter().enumerate() {
        if let Some(fold) = fold {
            seen.entry(key(&fit.cases.creatives[fit.pairing.creative[unit]])).or_insert(*fold);
        }
    }
    let days = fit.cases.day.iter().flatten();
    let window = days.clone().min().zip(days.max()).map(|(first, last)| Window { first: *first, last: *last });
    let plain = fit.cases.content.only(|it| !crate::embedding::PARTS.iter().any(|part| it.starts_with(part.prefix)));
    let model = EffectModel {
        format: FORMAT.to_owned(),
        options: *options,
        window,
        evaluation: measured.evaluation,
        reference: Reference::of(&plain.names, &plain.columns),
        intervals: measured.intervals,
        models: fit.models.clone(),
        seen,
    };
    Ok(Learned { model, fit, view })
}

fn key(id: &str) -> String {
    format!("{:016x}", hash::text(id))
}

impl EffectModel {
    /// Reads a model.
    ///
    /// # Errors
    /// [`ScorerError::ModelFormat`] and [`ScorerError::Model`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ScorerError> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
        }
        let fault = |detail: String| ScorerError::Model { detail };
        let head: Head = serde_json::from_slice(bytes).map_err(|it| fault(it.to_string()))?;
        if head.format != FORMAT {
            return Err(ScorerError::ModelFormat { found: head.format, expected: FORMAT.into() });
        }
        let mut model: Self = serde_json::from_slice(bytes).map_err(|it| fault(it.to_string()))?;
        if model.models.is_empty() || model.seen.values().any(|it| *it >= model.models.len()) {
            return Err(fault("a creative belongs to a fold that does not exist".into()));
        }
        if !model.evaluation.beta.is_finite() {
            return Err(fault("a calibration figure makes no sense".into()));
        }
        for it in &mut model.models {
            it.content = std::mem::take(&mut it.content).checked().map_err(fault)?;
        }
        Ok(model)
    }

    /// Writes the model, one line of JSON.
    ///
    /// # Errors
    /// [`ScorerError::Model`] when a number cannot be written, which finite models never cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ScorerError> {
        serde_json::to_vec(self).map_err(|it| ScorerError::Model { detail: it.to_string() })
    }

    /// Widths of intervals.
    pub(crate) fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// Judges creatives; the context of their delivery plays no part.
    pub(crate) fn apply(&self, cases: &Cases) -> Applied {
        use rayon::prelude::*;
        let used: Vec<&FoldModel> = self.models.iter().filter(|it| it.units > 0).collect();
        let tables: Vec<Vec<Vec<f32>>> = self
            .models
            .par_iter()
            .map(|it| if it.units > 0 { it.content.table(cases) } else { Vec::new() })
            .collect();
        let names = used.iter().map(|it| it.content.columns()).max_by_key(Vec::len).unwrap_or_default();
        let scale = self.options.target.sign() * self.evaluation.beta.max(0.0);
        let judge = |creative: usize| {
            let fold = self.seen.get(&key(&cases.creatives[creative])).copied();
            let asked: Vec<usize> = match fold.filter(|it| self.models[*it].units > 0) {
                Some(fold) => vec![fold],
                None => (0..self.models.len()).filter(|it| self.models[*it].units > 0).collect(),
            };
            let mut slope = 0.0;
            let mut sums = vec![0.0; names.len()];
            for fold in &asked {
                let line: Vec<f32> = tables[*fold].iter().map(|column| column[creative]).collect();
                slope += scale * self.models[*fold].content.slope / asked.len() as f64;
                let parts = self.models[*fold].content.contributions(&line);
                // A fold may keep fewer components of an embedding; they come last and share one name.
                sums.iter_mut().zip(parts).for_each(|(sum, it)| *sum += scale * it / asked.len() as f64);
            }
            (slope, sums)
        };
        let (slope, contributions) = (0..cases.creatives.len()).into_par_iter().map(judge).unzip();
        Applied { names, slope, contributions }
    }

    /// For each fold, the change of the margin (log-odds of winning) from the first creative of one list to the first
    /// of the other; nothing for folds without a model.
    pub(crate) fn shifts(&self, before: &Cases, after: &Cases) -> Vec<Option<f64>> {
        let scale = self.options.target.sign() * self.evaluation.beta.max(0.0);
        let margin = |model: &FoldModel, cases: &Cases| {
            let line: Vec<f32> = model.content.table(cases).iter().map(|column| column[0]).collect();
            model.content.slope * cases.prior[0] + model.content.trees(&line)
        };
        let shift = |it: &FoldModel| (it.units > 0).then(|| scale * (margin(it, after) - margin(it, before)));
        self.models.iter().map(shift).collect()
    }

    /// The fold that held a creative out, where it was learned from.
    pub(crate) fn own_fold(&self, id: &str) -> Option<usize> {
        self.seen.get(&key(id)).copied()
    }

    /// Population stability of new creatives, and whether their results still fall into the intervals.
    pub fn drift(&self, cases: &Cases) -> Drift {
        self.reference.drift(&cases.content.names, &cases.content.columns)
    }
}
