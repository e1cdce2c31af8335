//! What a creative itself is worth: the prior as an offset, and boosted trees on everything known about it.
//!
//! `margin = slope * prior + lines(evidence) + trees(evidence)`, a log-ratio to what the context explains. The slope
//! starts at what the prior is expected to be worth in an unknown account, with its uncertainty, and moves as the
//! account's own results tell (a normal with a normal prior). Lines and trees are kept only as far as held-out groups
//! approve: without results that teach anything the margin is the prior's.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gancho_boosting::{Booster, Columns, Loss};
use serde::{Deserialize, Serialize};

use crate::embedding::{PARTS, Projection};
use crate::error::ScorerError;
use crate::learn::cases::Cases;
use crate::learn::context::normalized;
use crate::learn::grow::{self, Lesson};
use crate::learn::lines::{self, Drawn, Line};
use crate::learn::units::Units;
use crate::prior::Prior;

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

impl Carry {
    /// What the shipped prior is worth in an account before any of its results: at another publisher, or at the one
    /// it was learned from, where its worth differs between years about half as much.
    pub fn of(prior: Option<&Prior>, at_home: bool) -> Self {
        let Some(prior) = prior else { return Self { mean: 0.0, deviation: 1.0 } };
        let deviation = prior.publishers.deviation * if at_home { 0.5 } else { 1.0 };
        Self { mean: prior.carry(at_home), deviation }
    }
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
    pub(crate) lines: Vec<Line>,
    pub(crate) booster: Option<Booster>,
    /// What was seen of the columns that lines or trees ask about.
    pub(crate) support: Vec<Support>,
}

/// The range in which a column was seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Support {
    pub(crate) column: u32,
    low: f32,
    high: f32,
}

impl Support {
    /// How much of the range a value may lie outside of it.
    const SLACK: f32 = 0.1;

    fn of(column: usize, values: &[f32]) -> Option<Self> {
        let known = values.iter().copied().filter(|it| it.is_finite());
        let (low, high) = known.fold((f32::MAX, f32::MIN), |(a, b), it| (a.min(it), b.max(it)));
        (low <= high).then_some(Self { column: column as u32, low, high })
    }

    /// Whether a value is known and lies well outside of what was seen.
    pub(crate) fn is_outside(&self, value: f32) -> bool {
        let slack = Self::SLACK * (self.high - self.low);
        value < self.low - slack || value > self.high + slack
    }
}

/// An entry of a column; missing past its end.
pub(crate) fn entry(column: &[f32], at: usize) -> f32 {
    column.get(at).copied().unwrap_or(f32::NAN)
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
        let projections: Vec<Projection> = PARTS
            .iter()
            .filter_map(|part| Projection::of(&cases.content, &cases.creatives, &used, part))
            .collect();
        let is_plain = |it: &&String| !PARTS.iter().any(|part| it.starts_with(part.prefix));
        let plain = cases.content.names.iter().filter(is_plain).cloned().collect();
        let mut content = Self { names: plain, projections, ..Self::default() };
        let columns: Vec<Vec<f32>> = content
            .table(cases)
            .iter()
            .map(|column| units.creative.iter().map(|it| entry(column, *it)).collect())
            .collect();
        let value = ratios(units);
        let part = grow::parts(seen.held_together);
        let prior: Vec<f64> = units.creative.iter().map(|it| cases.prior[*it]).collect();
        let (plain, lined) = lines::Lesson {
            columns: &columns,
            prior: &prior,
            carry: seen.carry,
            value: &value,
            weight: &units.weight,
            group: &units.group,
            part: &part,
            parts: grow::PARTS,
        }
        .draw();
        let group: Vec<u32> = units.group.iter().map(|it| *it as u32).collect();
        let (loss, value) = match seen.objective {
            // Observed over expected is a rate with a mean near one: quasi-Poisson, weights hold the rest.
            Objective::Likelihood => (Loss::Poisson, value),
            Objective::Rank => (Loss::LambdaRank { truncation: 10 }, relevance(units)),
        };
        let columns_seen = columns.clone();
        let (columns, weight) = (Columns::new(columns)?, normalized(units.weight.clone()));
        let grow = |drawn: &Drawn| {
            Lesson {
                columns: &columns,
                loss,
                value: &value,
                weight: &weight,
                start: &drawn.said,
                part: &part,
                group: &group,
            }
            .grow()
        };
        // Trees find thresholds by themselves and pay dearly for lines; held-out parts say from where to start.
        let mut best = (grow(&plain)?, plain);
        if let Some(lined) = lined {
            let grown = grow(&lined)?;
            if grown.loss < best.0.loss {
                best = (grown, lined);
            }
        }
        (content.slope, content.lines, content.booster) = (best.1.slope, best.1.lines, best.0.booster);
        content.support =
            content.used().into_iter().filter_map(|it| Support::of(it, &columns_seen[it])).collect();
        Ok(content)
    }

    /// Columns of all creatives as lines and trees read them: plain ones, then the components of embeddings; empty
    /// where the creatives have no such column.
    pub(crate) fn table<'a>(&'a self, cases: &'a Cases) -> Vec<Cow<'a, [f32]>> {
        let known: BTreeMap<&str, &Vec<f32>> =
            cases.content.names.iter().map(String::as_str).zip(&cases.content.columns).collect();
        let plain = |it: &String| Cow::Borrowed(known.get(it.as_str()).map_or(&[][..], |it| it.as_slice()));
        let projected =
            self.projections.iter().flat_map(|it| it.project(&cases.content, cases.creatives.len()));
        self.names.iter().map(plain).chain(projected.map(Cow::Owned)).collect()
    }

    /// Columns that lines or trees ask about, ascending.
    pub(crate) fn used(&self) -> Vec<usize> {
        let mut used: Vec<usize> = self.lines.iter().map(|it| it.column as usize).collect();
        used.extend(self.booster.iter().flat_map(Booster::used_columns));
        used.sort_unstable();
        used.dedup();
        used
    }

    /// Names of what [`Self::contributions`] adds up, embeddings as one.
    pub(crate) fn columns(&self) -> Vec<String> {
        let components = self.projections.iter().flat_map(|it| std::iter::repeat_n(it.name(), it.len()));
        self.names.iter().cloned().chain(components).collect()
    }

    /// The part of the margin that the evidence adds, constants left out; `row` is one row of the table.
    pub(crate) fn evidence(&self, row: &[f32]) -> f64 {
        let lines: f64 = self.lines.iter().map(|it| it.at(row[it.column as usize])).sum();
        lines + self.booster.as_ref().map_or(0.0, |it| it.margin(row) - it.expected())
    }

    /// What each column adds to [`Self::evidence`].
    pub(crate) fn contributions(&self, row: &[f32]) -> Vec<f64> {
        let mut into = vec![0.0; row.len()];
        for line in &self.lines {
            into[line.column as usize] += line.at(row[line.column as usize]);
        }
        if let Some(booster) = &self.booster {
            booster.add_contributions(row, &mut into);
        }
        into
    }

    /// Checks a model that was read from a file.
    pub(crate) fn checked(self) -> Result<Self, String> {
        let width = self.names.len() + self.projections.iter().map(Projection::len).sum::<usize>();
        if self.booster.as_ref().is_some_and(|it| it.width() != width) {
            return Err("the trees and the columns do not fit together".into());
        }
        if !self.lines.iter().all(|it| it.is_sound(width)) {
            return Err("a line asks about a column that does not exist, or is not finite".into());
        }
        if !self.support.iter().all(|it| (it.column as usize) < width && it.low <= it.high) {
            return Err("a range belongs to a column that does not exist".into());
        }
        if !self.slope.is_finite() || !self.projections.iter().all(Projection::is_sound) {
            return Err("a slope or a projection is not sound".into());
        }
        Ok(self)
    }
}

/// Observed over expected.
fn ratios(units: &Units) -> Vec<f64> {
    units
        .observed
        .iter()
        .zip(&units.expected)
        .map(|(seen, due)| if *due > 0.0 { seen / due } else { 1.0 })
        .collect()
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
