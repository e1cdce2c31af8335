//! A trained model on results that came later: do its ranges hold?

use std::collections::BTreeMap;

use crate::calibration::{LEVEL, expected_percentiles, observed_percentiles};
use crate::evaluate::CoverageDrift;
use crate::learn::cases::Cases;
use crate::learn::crossfit::{self, FoldModel};
use crate::learn::moments;
use crate::learn::target::Ratio;
use crate::learn::units::{Pairing, Units};
use crate::model::EffectModel;

impl EffectModel {
    /// Slope on the prior, mean over the models of the folds: 1 is what the prior was worth where it was learned.
    pub fn prior_slope(&self) -> f64 {
        let slopes: Vec<f64> = self.taught().map(|it| it.content.slope).collect();
        slopes.iter().sum::<f64>() / slopes.len().max(1) as f64
    }

    /// Whether ranges hold on the results of creatives that it has not learned from, delivery taken out; nothing
    /// where no two of them can be compared.
    ///
    /// Creatives are compared within their campaign; those alone in one are compared with each other.
    pub fn kept(&self, cases: &Cases) -> Option<CoverageDrift> {
        let (cases, ratios) = crossfit::usable(cases, self.options.target);
        let is_new = |case: &usize| self.own_fold(&cases.creatives[cases.creative[*case]]).is_none();
        let new: Vec<usize> = (0..cases.len()).filter(is_new).collect();
        let ratios: Vec<Ratio> = new.iter().map(|it| ratios[*it]).collect();
        let cases = cases.filter(&new);
        let pairing = Pairing::of(&cases);
        let delivery = self.delivery(&cases);
        let family = self.options.target.family();
        let fitted = moments::fit(family, &ratios, &delivery, &cases.group, cases.groups.len());
        let units = Units::of(&pairing, &ratios, &fitted.expected, &fitted.variance);
        let applied = self.apply(&cases);
        let margin = |unit: usize| {
            let creative = units.creative[unit];
            let it = &applied.judged[creative];
            it.slope * cases.prior[creative] + it.contributions.iter().sum::<f64>()
        };
        let sign = self.options.target.sign();
        let (mut inside, mut judged) = (0, 0);
        for peers in peers(&units) {
            let due = expected_percentiles(&peers.iter().map(|it| margin(*it)).collect::<Vec<_>>());
            let seen =
                observed_percentiles(&peers.iter().map(|it| sign * units.effect[*it]).collect::<Vec<_>>());
            for (due, seen) in due.iter().zip(seen) {
                let (low, high) = self.intervals().at(*due, peers.len());
                inside += u64::from(low <= seen && seen <= high);
                judged += 1;
            }
        }
        (judged > 0).then(|| CoverageDrift::of(inside, judged, LEVEL))
    }

    /// Margin of each case's delivery, mean over the folds.
    fn delivery(&self, cases: &Cases) -> Vec<f64> {
        let mut margins = vec![0.0; cases.len()];
        let count = self.taught().count().max(1) as f64;
        for model in self.taught() {
            let known = cases.context.arranged(model.context.names(), cases.len());
            for (case, margin) in margins.iter_mut().enumerate() {
                *margin += model.context.margin(&known, case) / count;
            }
        }
        margins
    }

    fn taught(&self) -> impl Iterator<Item = &FoldModel> {
        self.models.iter().filter(|it| it.units > 0)
    }
}

/// Units by campaign; those alone in theirs together; sets of one left out.
fn peers(units: &Units) -> Vec<Vec<usize>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (unit, group) in units.group.iter().enumerate() {
        members.entry(*group).or_default().push(unit);
    }
    let (mut sets, alone): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
        members.into_values().partition(|it| it.len() > 1);
    sets.push(alone.concat());
    sets.retain(|it| it.len() > 1);
    sets
}
