//! A scorer learned from an account's own results, as it is kept in a file.
//!
//! The file holds the models of all folds, not one model of everything: a creative that was learned from is judged
//! by the model that has not seen it, a new one by all of them. So what the card says was measured out of fold
//! is true of the scores too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::evaluate::{Drift, Intervals, Reference};
use crate::evaluation::{self, Evaluation, View};
use crate::hash;
use crate::learn::cases::Cases;
use crate::learn::content::{Content, entry};
use crate::learn::crossfit::{self, CrossFit, FoldModel, Ground, Plan};
use crate::learn::folds::Folds;
use crate::learn::units::Pairing;
use crate::learn::{Carry, HoldOut, Objective, Target};

/// Format of the file.
pub const FORMAT: &str = "gancho.effect/1";

/// One column in so many outside of what was seen makes a creative unlike what was learned from.
const UNLIKE_FROM: f64 = 5.0;

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
    pub(crate) models: Vec<FoldModel>,
    /// Fold of each creative that was learned from, by the hash of its id.
    seen: BTreeMap<String, usize>,
}

/// What a model says of creatives.
pub(crate) struct Applied {
    /// Names of contributions.
    pub(crate) names: Vec<String>,
    pub(crate) judged: Vec<Judged>,
}

/// What a model says of one creative.
pub(crate) struct Judged {
    /// Slope on the prior: log-odds of winning for one unit of its log-ratio.
    pub(crate) slope: f64,
    /// What each name adds, log-odds of winning.
    pub(crate) contributions: Vec<f64>,
    /// Why the model has no say.
    pub(crate) abstained: Option<Abstention>,
}

/// Why a model has no say about a creative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abstention {
    /// Nothing that the model asks about is known.
    NoEvidence,
    /// More than a fifth of it lies outside of what the model has seen.
    Unlike,
}

impl Abstention {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NoEvidence => "no-evidence",
            Self::Unlike => "unlike",
        }
    }
}

/// The content of a fold's model, with the columns of creatives that it is applied to.
struct Applicable<'a> {
    content: &'a Content,
    columns: Vec<Cow<'a, [f32]>>,
    used: Vec<usize>,
    /// Name of each used column; components of an embedding share one.
    names: Vec<String>,
}

impl<'a> Applicable<'a> {
    fn of(model: &'a FoldModel, cases: &'a Cases) -> Self {
        let (content, used) = (&model.content, model.content.used());
        let names = content.columns();
        let names = used.iter().map(|it| names[*it].clone()).collect();
        Self { content, columns: content.table(cases), used, names }
    }

    /// Reads what is used of a creative.
    fn read(&self, creative: usize, into: &mut [f32]) {
        for it in &self.used {
            into[*it] = entry(&self.columns[*it], creative);
        }
    }
}

fn abstention(models: &[Applicable], lines: &[Vec<f32>], shares: &[f64], prior: f64) -> Option<Abstention> {
    let is_known = |(model, line): (&Applicable, &Vec<f32>)| model.used.iter().any(|it| !line[*it].is_nan());
    if prior == 0.0 && !models.iter().zip(lines).any(is_known) {
        return Some(Abstention::NoEvidence);
    }
    let (mut outside, mut asked) = (0.0, 0.0);
    for ((model, line), share) in models.iter().zip(lines).zip(shares) {
        let support = &model.content.support;
        outside += share * support.iter().filter(|it| it.is_outside(line[it.column as usize])).count() as f64;
        asked += share * support.len() as f64;
    }
    (outside * UNLIKE_FROM > asked).then_some(Abstention::Unlike)
}

/// A model, and the cross-fit it came from.
pub(crate) struct Learned {
    pub(crate) model: EffectModel,
    pub(crate) ground: Ground,
    pub(crate) fit: CrossFit,
}

/// Learns from cases; `joined` numbers creatives so that those which share content share a number.
pub(crate) fn learn(
    cases: &Cases,
    options: &LearnOptions,
    joined: Option<&[usize]>,
    baselines: impl Fn(&Ground, &CrossFit, &View) -> Result<Vec<(String, Vec<f64>)>, ScorerError>,
) -> Result<Learned, ScorerError> {
    let (mut cases, ratios) = crossfit::usable(cases, options.target);
    let mut carry = options.carry;
    if options.target != Target::Ctr {
        // The shipped prior was learned from clicks; it has no say about money.
        cases.prior.iter_mut().for_each(|it| *it = 0.0);
        carry = Carry { mean: 0.0, deviation: 0.0 };
    }
    let pairing = Pairing::of(&cases);
    let folds = Folds::of(&cases, &pairing, options.hold_out, joined);
    let plan = Plan { target: options.target, objective: options.objective, carry };
    let ground = Ground { cases, ratios, pairing, folds };
    let fit = CrossFit::of(&ground, &plan)?;
    let sign = options.target.sign();
    let view = View::of(&fit, sign);
    let baselines = baselines(&ground, &fit, &view)?;
    let measured = evaluation::evaluate(&fit, &view, sign, baselines);
    let cases = &ground.cases;
    let fresh =
        |unit: usize| Some((key(&cases.creatives[ground.pairing.creative[unit]]), ground.folds.fresh(unit)?));
    let seen = (0..ground.pairing.len()).filter_map(fresh).collect();
    let days = cases.day.iter().flatten();
    let window =
        days.clone().min().zip(days.max()).map(|(first, last)| Window { first: *first, last: *last });
    let plain =
        cases.content.only(|it| !crate::embedding::PARTS.iter().any(|part| it.starts_with(part.prefix)));
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
    Ok(Learned { model, ground, fit })
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
            if !it.context.is_sound() {
                return Err(fault("the trees and the columns of a context do not fit together".into()));
            }
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
        let models: Vec<Applicable> = self.models.iter().map(|it| Applicable::of(it, cases)).collect();
        let mut names: Vec<String> = models.iter().flat_map(|it| it.names.iter().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        let place = |it: &String| names.binary_search(it).unwrap_or_default();
        let places: Vec<Vec<usize>> = models.iter().map(|it| it.names.iter().map(place).collect()).collect();
        let scale = self.options.target.sign() * self.evaluation.beta.max(0.0);
        let judge = |lines: &mut Vec<Vec<f32>>, creative: usize| {
            let shares = self.shares(&cases.creatives[creative]);
            lines.iter_mut().zip(&models).for_each(|(line, it)| it.read(creative, line));
            let mut judged = Judged { slope: 0.0, contributions: vec![0.0; names.len()], abstained: None };
            for (fold, share) in shares.iter().enumerate().filter(|it| *it.1 > 0.0) {
                let content = &self.models[fold].content;
                judged.slope += scale * share * content.slope;
                let parts = content.contributions(&lines[fold]);
                for (at, column) in places[fold].iter().zip(&models[fold].used) {
                    judged.contributions[*at] += scale * share * parts[*column];
                }
            }
            judged.abstained = abstention(&models, lines, &shares, judged.slope * cases.prior[creative]);
            judged
        };
        let lines = || models.iter().map(|it| vec![f32::NAN; it.columns.len()]).collect();
        let judged = (0..cases.creatives.len()).into_par_iter().map_init(lines, judge).collect();
        Applied { names, judged }
    }

    /// How much each fold's model has to say about a creative: the one that has not seen it everything; of a new
    /// one all, by what taught them.
    fn shares(&self, id: &str) -> Vec<f64> {
        let units = |it: &FoldModel| it.units as f64;
        if let Some(fold) = self.own_fold(id).filter(|it| self.models[*it].units > 0) {
            return (0..self.models.len()).map(|it| f64::from(u8::from(it == fold))).collect();
        }
        let total: f64 = self.models.iter().map(units).sum();
        self.models.iter().map(|it| units(it) / total.max(1.0)).collect()
    }

    /// For each fold, the change of the margin (log-odds of winning) from the first creative of one list to the first
    /// of the other; nothing for folds without a model.
    pub(crate) fn shifts(&self, before: &Cases, after: &Cases) -> Vec<Option<f64>> {
        let scale = self.options.target.sign() * self.evaluation.beta.max(0.0);
        let margin = |model: &FoldModel, cases: &Cases| {
            let row: Vec<f32> = model.content.table(cases).iter().map(|column| entry(column, 0)).collect();
            model.content.slope * cases.prior[0] + model.content.evidence(&row)
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
