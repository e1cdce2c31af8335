//! Models that judge only what they have not seen: one for each fold, context first, content second.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::learn::cases::Cases;
use crate::learn::content::{self, Carry, Content, Objective, entry};
use crate::learn::context::{self, Context};
use crate::learn::folds::Folds;
use crate::learn::moments;
use crate::learn::target::{Ratio, Target};
use crate::learn::units::{Pairing, Units};

/// How to learn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plan {
    pub(crate) target: Target,
    pub(crate) objective: Objective,
    pub(crate) carry: Carry,
}

/// The models of one fold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FoldModel {
    pub(crate) context: Context,
    pub(crate) content: Content,
    /// Units that taught it.
    pub(crate) units: u64,
}

/// Creatives times columns past which folds are learned one after the other: each keeps the threads busy by itself,
/// and memory holds one at a time.
const LARGE: usize = 2_000_000;

/// What is learned from: cases with a usable ratio, and who is held out with whom.
pub(crate) struct Ground {
    pub(crate) cases: Cases,
    pub(crate) ratios: Vec<Ratio>,
    pub(crate) pairing: Pairing,
    pub(crate) folds: Folds,
}

/// A history judged out of fold; lists of cases and units hold those that were judged.
pub(crate) struct CrossFit {
    pub(crate) cases: Cases,
    pub(crate) pairing: Pairing,
    /// Fold of each unit.
    pub(crate) fold: Vec<usize>,
    pub(crate) models: Vec<FoldModel>,
    pub(crate) units: Units,
    /// Out-of-fold margin of each unit (log-ratio).
    pub(crate) margin: Vec<f64>,
    /// Out-of-fold margin of each case's context.
    pub(crate) context: Vec<f64>,
    pub(crate) ratios: Vec<Ratio>,
    pub(crate) target: Target,
    /// Noise of one unit of exposure; see [`moments::Fitted`].
    pub(crate) dispersion: f64,
}

/// Cases with a usable ratio, and the ratios; campaigns with a single creative gathered.
pub(crate) fn usable(cases: &Cases, target: Target) -> (Cases, Vec<Ratio>) {
    let ratios: Vec<Option<Ratio>> = cases.counts.iter().map(|it| target.ratio(it)).collect();
    let keep: Vec<usize> = (0..cases.len()).filter(|it| ratios[*it].is_some()).collect();
    let ratios = keep.iter().filter_map(|it| ratios[*it]).collect();
    let mut cases = cases.filter(&keep);
    cases.gather_singles();
    (cases, ratios)
}

impl CrossFit {
    /// Learns and judges.
    pub(crate) fn of(ground: &Ground, plan: &Plan) -> Result<Self, ScorerError> {
        let Ground { cases, pairing, folds, .. } = ground;
        let teach = |fold: usize| {
            let teaches = |it: &usize| folds.teaches(fold, pairing.of_case[*it], cases.day[*it]);
            let teaching: Vec<usize> = (0..cases.len()).filter(teaches).collect();
            if teaching.is_empty() { Ok(FoldModel::default()) } else { learn(ground, &teaching, plan) }
        };
        let models: Vec<FoldModel> = if cases.creatives.len() * cases.content.names.len() > LARGE {
            (0..folds.count).map(teach).collect::<Result<_, ScorerError>>()?
        } else {
            (0..folds.count).into_par_iter().map(teach).collect::<Result<_, ScorerError>>()?
        };
        Ok(Self::judge(ground, models, plan))
    }

    fn judge(ground: &Ground, models: Vec<FoldModel>, plan: &Plan) -> Self {
        let fold_of = judged(ground, &models);
        let keep: Vec<usize> =
            (0..ground.cases.len()).filter(|it| fold_of[ground.pairing.of_case[*it]].is_some()).collect();
        let cases = ground.cases.filter(&keep);
        let ratios: Vec<Ratio> = keep.iter().map(|it| ground.ratios[*it]).collect();
        // Units keep their order, so those that are left are those that were judged.
        let pairing = Pairing::of(&cases);
        let fold: Vec<usize> = fold_of.into_iter().flatten().collect();
        let context: Vec<f64> = (0..cases.len())
            .map(|case| models[fold[pairing.of_case[case]]].context.margin(&cases.context, case))
            .collect();
        let family = plan.target.family();
        let fitted = moments::fit(family, &ratios, &context, &cases.group, cases.groups.len());
        let units = Units::of(&pairing, &ratios, &fitted.expected, &fitted.variance);
        let mut margin = vec![0.0; pairing.len()];
        for (number, model) in models.iter().enumerate() {
            let table = model.content.table(&cases);
            for unit in (0..pairing.len()).filter(|it| fold[*it] == number) {
                let creative = pairing.creative[unit];
                let row: Vec<f32> = table.iter().map(|column| entry(column, creative)).collect();
                margin[unit] = model.content.slope * cases.prior[creative] + model.content.evidence(&row);
            }
        }
        let (target, dispersion) = (plan.target, fitted.dispersion);
        Self { cases, pairing, fold, models, units, margin, context, ratios, target, dispersion }
    }
}

/// The fold that judges each unit; nothing where none may, or where it has nobody to be compared with.
fn judged(ground: &Ground, models: &[FoldModel]) -> Vec<Option<usize>> {
    let Ground { cases, pairing, folds, .. } = ground;
    let can = |fold: &usize| folds.judges(*fold) && models[*fold].units > 0;
    let fold_of: Vec<Option<usize>> = folds.of_unit.iter().map(|it| it.filter(can)).collect();
    let mut rivals = vec![0; cases.groups.len()];
    for (unit, group) in pairing.group.iter().enumerate() {
        rivals[*group] += usize::from(fold_of[unit].is_some());
    }
    fold_of.into_iter().zip(&pairing.group).map(|(fold, group)| fold.filter(|_| rivals[*group] > 1)).collect()
}

fn learn(ground: &Ground, teaching: &[usize], plan: &Plan) -> Result<FoldModel, ScorerError> {
    let Ground { cases, pairing, folds, .. } = ground;
    let family = plan.target.family();
    let together: Vec<u64> = pairing.of_case.iter().map(|it| folds.together[*it]).collect();
    let seen = context::Seen {
        features: &cases.context,
        ratios: &ground.ratios,
        group: &cases.group,
        unit: &pairing.of_case,
        held_together: &together,
        groups: cases.groups.len(),
        units: pairing.len(),
        family,
    };
    let (context, known) = Context::fit(&seen, teaching)?;
    let (creative, group) = cases.filter_lists(teaching);
    let ratios: Vec<Ratio> = teaching.iter().map(|it| ground.ratios[*it]).collect();
    let fitted = moments::fit(family, &ratios, &known, &group, cases.groups.len());
    let own = Pairing::of_lists(&creative, &group);
    let units = Units::of(&own, &ratios, &fitted.expected, &fitted.variance);
    let mut held = vec![0; own.len()];
    for (case, unit) in teaching.iter().zip(&own.of_case) {
        held[*unit] = together[*case];
    }
    let content = Content::fit(&content::Seen {
        cases,
        units: &units,
        held_together: &held,
        carry: plan.carry,
        objective: plan.objective,
    })?;
    Ok(FoldModel { context, content, units: units.len() as u64 })
}
