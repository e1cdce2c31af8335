//! Models that judge only what they have not seen: one for each fold, context first, content second.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::learn::cases::Cases;
use crate::learn::content::{self, Carry, Content, Objective};
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

/// A history judged out of fold.
pub(crate) struct CrossFit {
    /// Cases that could be used; all lists of cases follow them.
    pub(crate) cases: Cases,
    pub(crate) pairing: Pairing,
    pub(crate) folds: Folds,
    pub(crate) models: Vec<FoldModel>,
    pub(crate) units: Units,
    /// Out-of-fold margin of each unit (log-ratio; 0 where it is not judged).
    pub(crate) margin: Vec<f64>,
    /// Whether a model has judged the unit.
    pub(crate) judged: Vec<bool>,
    /// Out-of-fold margin of each case's context.
    pub(crate) context: Vec<f64>,
    pub(crate) ratios: Vec<Ratio>,
    pub(crate) target: Target,
    /// Noise of one unit of exposure; see [`moments::Fitted`].
    pub(crate) dispersion: f64,
}

/// Cases with a usable ratio, and the ratios.
pub(crate) fn usable(cases: &Cases, target: Target) -> (Cases, Vec<Ratio>) {
    let ratios: Vec<Option<Ratio>> = cases.counts.iter().map(|it| target.ratio(it)).collect();
    let keep: Vec<usize> = (0..cases.len()).filter(|it| ratios[*it].is_some()).collect();
    let ratios = keep.iter().filter_map(|it| ratios[*it]).collect();
    (cases.filter(&keep), ratios)
}

impl CrossFit {
    /// Learns and judges; `cases` and `ratios` come from [`usable`].
    pub(crate) fn of(
        cases: Cases,
        ratios: Vec<Ratio>,
        pairing: Pairing,
        folds: Folds,
        plan: &Plan,
    ) -> Result<Self, ScorerError> {
        let judge = |fold: usize| {
            if !folds.judges(fold) {
                return Ok(FoldModel::default());
            }
            let teaching: Vec<usize> =
                (0..cases.len()).filter(|it| folds.teaches(fold, pairing.of_case[*it], cases.day[*it])).collect();
            learn(&cases, &ratios, &pairing, &folds, &teaching, plan)
        };
        let models: Vec<FoldModel> =
            (0..folds.count).into_par_iter().map(judge).collect::<Result<_, ScorerError>>()?;
        let judged: Vec<bool> = folds.of_unit.iter().map(|it| it.is_some_and(|it| folds.judges(it))).collect();
        let context: Vec<f64> = (0..cases.len())
            .map(|case| match folds.of_unit[pairing.of_case[case]].filter(|it| folds.judges(*it)) {
                Some(fold) => models[fold].context.margin(&cases.context, case),
                None => 0.0,
            })
            .collect();
        let family = plan.target.family();
        let fitted = moments::fit(family, &ratios, &context, &cases.group, cases.groups.len());
        let units = Units::of(&pairing, &ratios, &fitted.expected, &fitted.variance);
        let mut margin = vec![0.0; pairing.len()];
        for (fold, model) in models.iter().enumerate().filter(|it| folds.judges(it.0)) {
            let table = model.content.table(&cases);
            let mut line = vec![f32::NAN; table.len()];
            for unit in (0..pairing.len()).filter(|it| folds.of_unit[*it] == Some(fold)) {
                let creative = pairing.creative[unit];
                line.iter_mut().zip(&table).for_each(|(into, column)| *into = column[creative]);
                margin[unit] = model.content.slope * cases.prior[creative] + model.content.trees(&line);
            }
        }
        let (target, dispersion) = (plan.target, fitted.dispersion);
        Ok(Self { margin, judged, context, units, models, cases, ratios, pairing, folds, target, dispersion })
    }
}

fn learn(
    cases: &Cases,
    ratios: &[Ratio],
    pairing: &Pairing,
    folds: &Folds,
    teaching: &[usize],
    plan: &Plan,
) -> Result<FoldModel, ScorerError> {
    let family = plan.target.family();
    let together: Vec<u64> = pairing.of_case.iter().map(|it| folds.together[*it]).collect();
    let seen = context::Seen {
        features: &cases.context,
        ratios,
        group: &cases.group,
        held_together: &together,
        groups: cases.groups.len(),
    };
    let (context, known) = Context::fit(&seen, teaching, family)?;
    let taught = cases.filter_lists(teaching);
    let ratios: Vec<Ratio> = teaching.iter().map(|it| ratios[*it]).collect();
    let fitted = moments::fit(family, &ratios, &known, &taught.1, cases.groups.len());
    let own = Pairing::of_lists(&taught.0, &taught.1);
    let units = Units::of(&own, &ratios, &fitted.expected, &fitted.variance);
    let key = |unit: usize| (own.group[unit], own.creative[unit]);
    let all: std::collections::BTreeMap<(usize, usize), u64> = (0..pairing.len())
        .map(|it| ((pairing.group[it], pairing.creative[it]), folds.together[it]))
        .collect();
    let held: Vec<u64> = (0..units.len()).map(|it| all.get(&key(it)).copied().unwrap_or(0)).collect();
    let content = Content::fit(&content::Seen {
        cases,
        units: &units,
        held_together: &held,
        carry: plan.carry,
        objective: plan.objective,
    })?;
    Ok(FoldModel { context, content, units: units.len() as u64 })
}
