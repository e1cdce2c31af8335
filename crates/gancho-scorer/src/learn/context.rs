//! What the delivery explains: placement, audience, season, age. It is removed from a creative's effect, and shown apart.

use gancho_boosting::{Booster, Columns};
use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::hash;
use crate::learn::cases::Features;
use crate::learn::grow::Lesson;
use crate::learn::moments;
use crate::learn::target::{Family, Ratio};

/// Parts in which the context is cross-fitted: a case's own result never tells its context.
const PARTS: u64 = 4;

/// Margin of a case (link scale) from what is known of its delivery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    names: Vec<String>,
    booster: Option<Booster>,
}

/// Cases that a context is learned from.
pub(crate) struct Seen<'a> {
    pub(crate) features: &'a Features,
    pub(crate) ratios: &'a [Ratio],
    pub(crate) group: &'a [usize],
    /// What is held out together.
    pub(crate) held_together: &'a [u64],
    pub(crate) groups: usize,
}

impl Context {
    /// Learns from the given cases. Returns the context, and for each of the cases, in their order, the margin of
    /// a context that did not see what is held out together with it.
    pub(crate) fn fit(
        seen: &Seen,
        cases: &[usize],
        family: Family,
    ) -> Result<(Self, Vec<f64>), ScorerError> {
        let nothing = || Self { names: seen.features.names.clone(), booster: None };
        if seen.features.names.is_empty() {
            return Ok((nothing(), vec![0.0; cases.len()]));
        }
        let whole = Self::grow(seen, cases, family)?;
        if whole.booster.is_none() {
            return Ok((whole, vec![0.0; cases.len()]));
        }
        let part = |case: usize| hash::mix(seen.held_together[case] ^ 0x5bd1) % PARTS;
        let mut margins = vec![0.0; cases.len()];
        for held in 0..PARTS {
            let others: Vec<usize> = cases.iter().copied().filter(|it| part(*it) != held).collect();
            let context = Self::grow(seen, &others, family)?;
            for (margin, case) in margins.iter_mut().zip(cases) {
                if part(*case) == held {
                    *margin = context.margin(seen.features, *case);
                }
            }
        }
        Ok((whole, margins))
    }

    fn grow(seen: &Seen, cases: &[usize], family: Family) -> Result<Self, ScorerError> {
        let ratios: Vec<Ratio> = cases.iter().map(|it| seen.ratios[*it]).collect();
        let group: Vec<usize> = cases.iter().map(|it| seen.group[*it]).collect();
        let fitted = moments::fit(family, &ratios, &vec![0.0; cases.len()], &group, seen.groups);
        let value: Vec<f64> = ratios.iter().map(|it| it.amount / it.exposure).collect();
        // The likelihood multiplies a weight by its own curvature; dividing by it leaves the saturated information,
        // with a mean of one, so that penalties mean the same for every target.
        let known = normalized(
            (0..cases.len())
                .map(|it| fitted.weight[it] * moments::information(fitted.expected[it], fitted.variance[it]))
                .collect(),
        );
        let rate = |it: usize| fitted.expected[it] / ratios[it].exposure;
        let weight: Vec<f64> =
            known.iter().enumerate().map(|(it, known)| known / family.curvature(rate(it))).collect();
        let columns: Vec<Vec<f32>> =
            seen.features.columns.iter().map(|column| cases.iter().map(|it| column[*it]).collect()).collect();
        let offset: Vec<f64> = group.iter().map(|it| fitted.levels[*it]).collect();
        let booster = Lesson {
            columns: &Columns::new(columns)?,
            loss: family.loss(),
            value: &value,
            weight: &weight,
            offset: &offset,
            held_together: &cases.iter().map(|it| seen.held_together[*it]).collect::<Vec<_>>(),
            group: &[],
        }
        .grow()?;
        Ok(Self { names: seen.features.names.clone(), booster })
    }

    /// The margin of one case.
    pub(crate) fn margin(&self, features: &Features, case: usize) -> f64 {
        let Some(booster) = &self.booster else { return 0.0 };
        let mut line = vec![f32::NAN; features.names.len()];
        features.row(case, &mut line);
        booster.margin(&line) - booster.start()
    }
}

/// Weights with a mean of one.
pub(crate) fn normalized(mut weights: Vec<f64>) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
    if mean > 0.0 {
        weights.iter_mut().for_each(|it| *it /= mean);
    }
    weights
}
