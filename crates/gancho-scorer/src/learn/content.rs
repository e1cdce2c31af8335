//! What a creative itself is worth: the prior as an offset, and boosted trees on everything known about it.
//!
//! `margin = slope * prior + trees(evidence)`, a log-ratio to what the context explains. The slope starts at what
//! the prior is expected to be worth in an unknown account, with its uncertainty, and moves as the account's own
//! results tell (a normal with a normal prior). Trees grow only as far as held-out groups approve: without results
//! that teach anything the margin is the prior's.

use std::collections::BTreeMap;

use gancho_boosting::{Booster, Columns, Loss};
use serde::{Deserialize, Serialize};

use crate::embedding::{PARTS, Projection};
use crate::error::ScorerError;
use crate::learn::cases::Cases;
use crate::learn::context::normalized;
use crate::learn::grow::Lesson;
use crate::learn::units::Units;

/// What growing the trees aims at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Objective {
    /// The likelihood of observed results.
    #[default]
    Likelihood,
    /// The order within campaigns (LambdaRank).
    Rank,
}

/// What the prior is worth before any result of the account: mean and standard deviation of the slope on it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carry {
    /// Expected slope.
    pub mean: f64,
    /// Its standard deviation between publishers.
    pub deviation: f64,
}

/// The model of a creative's own effect.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    /// Names of plain columns.
    pub(crate) names: Vec<String>,
    /// Reductions of embeddings, after the plain columns.
    pub(crate) projections: Vec<Projection>,
    /// Slope on the prior.
    pub(crate) slope: f64,
    pub(crate) booster: Option<Booster>,
}

/// Units that content is learned from.
pub(crate) struct Seen<'a> {
    pub(crate) cases: &'a Cases,
    pub(crate) units: &'a Units,
    /// What is held out together, for each unit.
    pub(crate) held_together: &'a [u64],
    pub(crate) carry: Carry,
    pub(crate) objective: Objective,
}

impl Content {
    /// Learns from all the units given.
    pub(crate) fn fit(seen: &Seen) -> Result<Self, ScorerError> {
        let (cases, units) = (seen.cases, seen.units);
        let mut used: Vec<usize> = units.creative.clone();
        used.sort_unstable();
        used.dedup();
        let projections: Vec<Projection> =
            PARTS.iter().filter_map(|part| Projection::of(&cases.content, &cases.creatives, &used, part)).collect();
        let plain = cases.content.only(|it| !PARTS.iter().any(|part| it.starts_with(part.prefix)));
        let slope = slope(seen);
        let mut content = Self { names: plain.names.clone(), projections, slope, booster: None };
        let table = content.table(cases);
        let columns: Vec<Vec<f32>> =
            table.iter().map(|column| units.creative.iter().map(|it| column[*it]).collect()).collect();
        let offset: Vec<f64> = units.creative.iter().map(|it| slope * cases.prior[*it]).collect();
        let group: Vec<u32> = units.group.iter().map(|it| *it as u32).collect();
        let (loss, value) = match seen.objective {
            // Observed over expected is a rate with a mean near one: quasi-Poisson, weights hold the rest.
            Objective::Likelihood => (Loss::Poisson, ratios(units)),
            Objective::Rank => (Loss::LambdaRank { truncation: 10 }, relevance(units)),
        };
        content.booster = Lesson {
            columns: &Columns::new(columns)?,
            loss,
            value: &value,
            weight: &normalized(units.weight.clone()),
            offset: &offset,
            held_together: seen.held_together,
            group: &group,
        }
        .grow()?;
        Ok(content)
    }

    /// Columns of all creatives as the trees read them: plain ones, then the components of embeddings.
    pub(crate) fn table(&self, cases: &Cases) -> Vec<Vec<f32>> {
        let known: BTreeMap<&str, &Vec<f32>> =
            cases.content.names.iter().map(String::as_str).zip(&cases.content.columns).collect();
        let missing = vec![f32::NAN; cases.creatives.len()];
        let plain = self.names.iter().map(|it| known.get(it.as_str()).map_or(&missing, |it| *it).clone());
        plain.chain(self.projections.iter().flat_map(|it| it.project(&cases.content, cases.creatives.len()))).collect()
    }

    /// Names of what [`Self::contributions`] adds up, embeddings as one.
    pub(crate) fn columns(&self) -> Vec<String> {
        let components = self.projections.iter().flat_map(|it| std::iter::repeat_n(it.name(), it.len()));
        self.names.iter().cloned().chain(components).collect()
    }

    /// The part of the margin that the trees add, constants left out; `line` is one line of the table.
    pub(crate) fn trees(&self, line: &[f32]) -> f64 {
        self.booster.as_ref().map_or(0.0, |it| it.margin(line) - it.expected())
    }

    /// What each column adds to the part of the trees.
    pub(crate) fn contributions(&self, line: &[f32]) -> Vec<f64> {
        let mut into = vec![0.0; line.len()];
        if let Some(booster) = &self.booster {
            booster.add_contributions(line, &mut into);
        }
        into
    }

    /// Checks a model that was read from a file.
    pub(crate) fn checked(self) -> Result<Self, String> {
        let width = self.names.len() + self.projections.iter().map(Projection::len).sum::<usize>();
        if self.booster.as_ref().is_some_and(|it| it.width() != width) {
            return Err("the trees and the columns do not fit together".into());
        }
        if !self.slope.is_finite() || !self.projections.iter().all(Projection::is_sound) {
            return Err("a slope or a projection is not sound".into());
        }
        Ok(self)
    }
}

/// Observed over expected.
fn ratios(units: &Units) -> Vec<f64> {
    units.observed.iter().zip(&units.expected).map(|(seen, due)| seen / due.max(f64::MIN_POSITIVE)).collect()
}

/// Slope on the prior: what is believed of an unknown account, corrected by the account's own results.
fn slope(seen: &Seen) -> f64 {
    let units = seen.units;
    let prior = |unit: usize| seen.cases.prior[units.creative[unit]];
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for unit in 0..units.len() {
        let sum = sums.entry(units.group[unit]).or_default();
        *sum = (sum.0 + units.weight[unit] * prior(unit), sum.1 + units.weight[unit]);
    }
    let (mut both, mut square) = (0.0, 0.0);
    for unit in 0..units.len() {
        let (sum, weight) = sums[&units.group[unit]];
        let centered = prior(unit) - if weight > 0.0 { sum / weight } else { 0.0 };
        both += units.weight[unit] * centered * units.effect[unit];
        square += units.weight[unit] * centered * centered;
    }
    let belief = 1.0 / seen.carry.deviation.powi(2).max(1e-6);
    ((belief * seen.carry.mean + both) / (belief + square)).max(0.0)
}

/// Grades 0 to 4 by the place of the shrunk effect in its campaign.
fn relevance(units: &Units) -> Vec<f64> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (unit, group) in units.group.iter().enumerate() {
        members.entry(*group).or_default().push(unit);
    }
    let mut grades = vec![0.0; units.len()];
    for members in members.into_values() {
        let effects: Vec<f64> = members.iter().map(|it| units.shrunk[*it]).collect();
        for (unit, place) in members.iter().zip(crate::calibration::observed_percentiles(&effects)) {
            grades[*unit] = (place / 20.0).floor().min(4.0);
        }
    }
    grades
}
