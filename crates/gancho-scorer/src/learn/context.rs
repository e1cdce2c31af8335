//! What the delivery explains: placement, audience, season, age. It is removed from a creative's effect, and shown
//! apart.
//!
//! Delivery follows content: bold pictures are booked where everybody clicks. Where most creatives ran in several
//! contexts, a context is therefore learned from one and the same creative in different ones, and only what never
//! varies within a creative is learned between creatives. Where each creative ran once there is no such way out: what
//! context and content share is credited to the context, so that no creative is praised for where it was shown.

use std::collections::BTreeMap;

use gancho_boosting::{Booster, Columns};
use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::learn::cases::Features;
use crate::learn::content::{Carry, entry};
use crate::learn::grow::{self, Lesson, PARTS};
use crate::learn::lines::{self, Line, Said};
use crate::learn::moments::{self, Fitted};
use crate::learn::target::{Family, Ratio};

/// Margin of a case (link scale) from what is known of its delivery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Context {
    names: Vec<String>,
    lines: Vec<Line>,
    booster: Option<Booster>,
}

/// Cases that a context is learned from.
pub(crate) struct Seen<'a> {
    pub(crate) features: &'a Features,
    pub(crate) ratios: &'a [Ratio],
    pub(crate) group: &'a [usize],
    /// Creative in campaign.
    pub(crate) unit: &'a [usize],
    /// What is held out together.
    pub(crate) held_together: &'a [u64],
    pub(crate) groups: usize,
    pub(crate) units: usize,
    pub(crate) family: Family,
}

/// The cases of one fit, gathered; lists of cases.
struct Gathered {
    columns: Vec<Vec<f32>>,
    ratios: Vec<Ratio>,
    group: Vec<usize>,
    unit: Vec<usize>,
    part: Vec<usize>,
}

impl Context {
    /// Learns from the given cases. Returns the context, and for each of the cases, in their order, the margin of
    /// a context that did not see what is held out together with it.
    pub(crate) fn fit(seen: &Seen, cases: &[usize]) -> Result<(Self, Vec<f64>), ScorerError> {
        let whole = Self::grow(seen, cases)?;
        if whole.is_silent() {
            return Ok((whole, vec![0.0; cases.len()]));
        }
        // A case's own result never tells its context.
        let part = grow::parts(&together(seen, cases));
        let mut margins = vec![0.0; cases.len()];
        for held in 0..PARTS {
            let others: Vec<usize> =
                cases.iter().zip(&part).filter(|it| *it.1 != held).map(|it| *it.0).collect();
            let context = Self::grow(seen, &others)?;
            for ((margin, case), _) in margins.iter_mut().zip(cases).zip(&part).filter(|it| *it.1 == held) {
                *margin = context.margin(seen.features, *case);
            }
        }
        Ok((whole, margins))
    }

    fn grow(seen: &Seen, cases: &[usize]) -> Result<Self, ScorerError> {
        let mut context = Self { names: seen.features.names.clone(), ..Self::default() };
        if context.names.is_empty() || cases.is_empty() {
            return Ok(context);
        }
        let gathered = Gathered::of(seen, cases);
        let (ratios, family) = (&gathered.ratios, seen.family);
        let zero = vec![0.0; cases.len()];
        let fit = |known: &[f64], inner: bool| {
            let (level, levels) =
                if inner { (&gathered.unit, seen.units) } else { (&gathered.group, seen.groups) };
            moments::fit(family, ratios, known, level, levels)
        };
        let within = gathered.runs_in_several(&fit(&zero, false));
        let level = if within { &gathered.unit } else { &gathered.group };
        let mut said = Said { margin: zero.clone(), without: vec![zero.clone(); PARTS] };
        let varies: Vec<bool> = gathered.columns.iter().map(|it| !within || varies(it, level)).collect();
        for (inner, wanted) in [(within, true), (false, false)] {
            let chosen: Vec<usize> = (0..varies.len()).filter(|it| varies[*it] == wanted).collect();
            if chosen.is_empty() {
                continue;
            }
            let fitted = fit(&said.margin, inner);
            let group = if inner { &gathered.unit } else { &gathered.group };
            let drawn = gathered.lines(&chosen, &fitted, family, group);
            add(&mut said, &drawn.said);
            context.lines.extend(
                drawn.lines.iter().map(|it| Line { column: chosen[it.column as usize] as u32, ..*it }),
            );
        }
        let fitted = fit(&said.margin, within);
        let value: Vec<f64> = ratios.iter().map(|it| it.amount / it.exposure).collect();
        // The likelihood multiplies a weight by its own curvature; dividing by it leaves the saturated information,
        // with a mean of one, so that penalties mean the same for every target.
        let rate = |it: usize| fitted.expected[it] / ratios[it].exposure;
        let known = normalized(saturated(&fitted));
        let weight: Vec<f64> =
            known.iter().enumerate().map(|(it, known)| known / family.curvature(rate(it))).collect();
        let on_levels = |margin: &Vec<f64>| -> Vec<f64> {
            margin.iter().zip(level).map(|(margin, level)| margin + fitted.levels[*level]).collect()
        };
        context.booster = Lesson {
            columns: &Columns::new(gathered.columns)?,
            loss: family.loss(),
            value: &value,
            weight: &weight,
            start: &Said {
                margin: on_levels(&said.margin),
                without: said.without.iter().map(on_levels).collect(),
            },
            part: &gathered.part,
            group: &[],
        }
        .grow()?
        .booster;
        Ok(context)
    }

    fn is_silent(&self) -> bool {
        self.lines.is_empty() && self.booster.is_none()
    }

    /// Names of its columns, in their order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The margin of one case.
    pub(crate) fn margin(&self, features: &Features, case: usize) -> f64 {
        if self.is_silent() {
            return 0.0;
        }
        let row: Vec<f32> = features.columns.iter().map(|it| entry(it, case)).collect();
        let lines: f64 = self.lines.iter().map(|it| it.at(row[it.column as usize])).sum();
        lines + self.booster.as_ref().map_or(0.0, |it| it.margin(&row) - it.start())
    }

    /// Checks a context that was read from a file.
    pub(crate) fn is_sound(&self) -> bool {
        let width = self.names.len();
        self.booster.as_ref().is_none_or(|it| it.width() == width)
            && self.lines.iter().all(|it| it.is_sound(width))
    }
}

impl Gathered {
    fn of(seen: &Seen, cases: &[usize]) -> Self {
        let pick = |from: &[usize]| cases.iter().map(|it| from[*it]).collect();
        Self {
            columns: (seen.features.columns.iter())
                .map(|column| cases.iter().map(|it| column[*it]).collect())
                .collect(),
            ratios: cases.iter().map(|it| seen.ratios[*it]).collect(),
            group: pick(seen.group),
            unit: pick(seen.unit),
            part: grow::parts(&together(seen, cases)),
        }
    }

    /// Whether most of what is known lies in creatives that ran in several contexts.
    fn runs_in_several(&self, fitted: &Fitted) -> bool {
        let weight = saturated(fitted);
        let mut units: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
        for (unit, weight) in self.unit.iter().zip(&weight) {
            let sum = units.entry(*unit).or_default();
            *sum = (sum.0 + 1, sum.1 + weight);
        }
        let several: f64 = units.values().filter(|it| it.0 > 1).map(|it| it.1).sum();
        2.0 * several > weight.iter().sum()
    }

    /// Lines on some columns, compared within groups of cases.
    fn lines(&self, chosen: &[usize], fitted: &Fitted, family: Family, group: &[usize]) -> lines::Drawn {
        let columns: Vec<Vec<f32>> = chosen.iter().map(|it| self.columns[*it].clone()).collect();
        // One Newton step on the link scale, written as observed over expected.
        let value: Vec<f64> = (0..self.ratios.len())
            .map(|it| {
                let (ratio, due) = (self.ratios[it], fitted.expected[it]);
                let slope = ratio.exposure * family.slope(due / ratio.exposure);
                if slope > 0.0 { 1.0 + (ratio.amount - due) / slope } else { 1.0 }
            })
            .collect();
        let (plain, lined) = lines::Lesson {
            columns: &columns,
            prior: &vec![0.0; value.len()],
            carry: Carry { mean: 0.0, deviation: 1.0 },
            value: &value,
            weight: &saturated(fitted),
            group,
            part: &self.part,
            parts: PARTS,
        }
        .draw();
        lined.unwrap_or(plain)
    }
}

/// Whether a column takes several values within one of the units.
fn varies(column: &[f32], unit: &[usize]) -> bool {
    let mut first: BTreeMap<usize, u32> = BTreeMap::new();
    column
        .iter()
        .zip(unit)
        .any(|(value, unit)| *first.entry(*unit).or_insert(value.to_bits()) != value.to_bits())
}

/// Information of each case, saturated.
fn saturated(fitted: &Fitted) -> Vec<f64> {
    let lines = fitted.weight.iter().zip(&fitted.expected).zip(&fitted.variance);
    lines.map(|((weight, due), noise)| weight * moments::information(*due, *noise)).collect()
}

fn add(said: &mut Said, more: &Said) {
    let into =
        |into: &mut Vec<f64>, more: &Vec<f64>| into.iter_mut().zip(more).for_each(|(into, it)| *into += it);
    into(&mut said.margin, &more.margin);
    said.without.iter_mut().zip(&more.without).for_each(|(a, b)| into(a, b));
}

fn together(seen: &Seen, cases: &[usize]) -> Vec<u64> {
    cases.iter().map(|it| seen.held_together[*it]).collect()
}

/// Weights with a mean of one.
pub(crate) fn normalized(mut weights: Vec<f64>) -> Vec<f64> {
    let mean = weights.iter().sum::<f64>() / weights.len().max(1) as f64;
    if mean > 0.0 {
        weights.iter_mut().for_each(|it| *it /= mean);
    }
    weights
}
