//! Growing a booster that deserves its trees: rounds and shape are chosen on held-out groups, and none is an answer.
//!
//! The search is small on purpose (two shapes, one rate): with a few hundred noisy rows a wide search finds luck. On
//! simulated accounts of 100 to 300 creatives, with lines and thresholds, neither trees of 12 leaves nor half the rate
//! moved the mean rank correlation by 0.01; both cost twice the time.

use std::collections::BTreeMap;

use gancho_boosting::{Binned, Booster, Columns, Loss, Settings, Stopping, Target};

use crate::error::ScorerError;
use crate::hash;
use crate::learn::lines::Said;

/// Parts into which the training groups are cut to choose rounds.
pub(crate) const PARTS: usize = 4;
/// Rows times columns past which one part is held out once, and one shape is tried: bounded time.
const LARGE: usize = 2_000_000;
const ROUNDS: usize = 300;
const PATIENCE: usize = 25;
const RATE: f64 = 0.1;
/// A column has a bin for so many rows.
const ROWS_A_BIN: usize = 8;
const LEAST_BINS: usize = 16;
const MOST_BINS: usize = 255;
/// A leaf holds at least this share of the rows.
const LEAF_SHARE: usize = 60;
const SEED: u64 = 20_131_101;

/// What is to be learned; all lists as long as the columns.
pub(crate) struct Lesson<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) loss: Loss,
    pub(crate) value: &'a [f64],
    pub(crate) weight: &'a [f64],
    /// What trees start from: margins, and for each part those that were not learned from it (none where margins
    /// were not learned).
    pub(crate) start: &'a Said,
    /// Part that holds each row out while rounds are chosen; see [`parts`].
    pub(crate) part: &'a [usize],
    /// Rows that are ranked against each other.
    pub(crate) group: &'a [u32],
}

/// What was grown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grown {
    /// Nothing where trees do not help on held-out parts.
    pub(crate) booster: Option<Booster>,
    /// Summed held-out loss with the trees; nothing where there were too few rows to hold any out.
    pub(crate) loss: Option<f64>,
}

/// Leaves of a tree, and the ridge on their values.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shape {
    leaves: usize,
    l2: f64,
}

const SHAPES: [Shape; 2] = [Shape { leaves: 2, l2: 5.0 }, Shape { leaves: 6, l2: 5.0 }];
const LARGE_SHAPES: [Shape; 1] = [Shape { leaves: 8, l2: 10.0 }];

/// Deals what is held out together into [`PARTS`] parts of about the same size.
pub(crate) fn parts(held_together: &[u64]) -> Vec<usize> {
    let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
    held_together.iter().for_each(|it| *sizes.entry(*it).or_default() += 1);
    let mut order: Vec<(u64, usize)> = sizes.into_iter().collect();
    order.sort_by_key(|(key, size)| (std::cmp::Reverse(*size), hash::mix(*key)));
    let mut filled = [0; PARTS];
    let mut part_of: BTreeMap<u64, usize> = BTreeMap::new();
    for (key, size) in order {
        let emptiest = (0..PARTS).min_by_key(|it| filled[*it]).unwrap_or(0);
        filled[emptiest] += size;
        part_of.insert(key, emptiest);
    }
    held_together.iter().map(|it| part_of[it]).collect()
}

impl Lesson<'_> {
    /// Grows a booster on all rows, or nothing when trees do not help on held-out groups.
    pub(crate) fn grow(&self) -> Result<Grown, ScorerError> {
        let rows = self.weight.iter().filter(|it| **it > 0.0).count();
        if rows < 10 || self.columns.width() == 0 {
            return Ok(Grown::default());
        }
        let binned = Binned::of(self.columns, (rows / ROWS_A_BIN).clamp(LEAST_BINS, MOST_BINS), None)?;
        let large = rows * self.columns.width() > LARGE;
        let shapes = if large { &LARGE_SHAPES[..] } else { &SHAPES[..] };
        let mut best: Option<(f64, Option<(Shape, usize)>)> = None;
        for shape in shapes {
            let curve = self.curve(&binned, *shape, if large { 1 } else { PARTS })?;
            for (round, loss) in curve.iter().enumerate() {
                if best.is_none_or(|it| *loss < it.0) {
                    best = Some((*loss, (round > 0).then_some((*shape, round))));
                }
            }
        }
        let loss = best.map(|it| it.0);
        let Some((shape, rounds)) = best.and_then(|it| it.1) else {
            return Ok(Grown { booster: None, loss });
        };
        let all: Vec<u32> = (0..self.value.len() as u32).collect();
        let booster = Booster::fit(
            &binned,
            &self.target(&self.start.margin),
            &all,
            &self.settings(shape, rounds, rows),
            None,
        )?;
        Ok(Grown { booster: (!booster.is_empty()).then_some(booster), loss })
    }

    /// Summed held-out loss after each round, from no tree on; a part that stopped early keeps its last loss.
    fn curve(&self, binned: &Binned, shape: Shape, parts: usize) -> Result<Vec<f64>, ScorerError> {
        let mut curves = Vec::new();
        for part in 0..parts {
            let side = |inside: bool| {
                (0..self.part.len() as u32).filter(move |it| {
                    (self.part[*it as usize] == part) == inside && self.weight[*it as usize] > 0.0
                })
            };
            let (learned, held): (Vec<u32>, Vec<u32>) = (side(false).collect(), side(true).collect());
            if learned.len() < 5 || held.is_empty() {
                continue;
            }
            let settings = self.settings(shape, ROUNDS, learned.len());
            let offset = self.start.without.get(part).unwrap_or(&self.start.margin);
            let stopping = Stopping { rows: &held, patience: PATIENCE };
            let fitted = Booster::fit(binned, &self.target(offset), &learned, &settings, Some(stopping))?;
            let total: f64 = held.iter().map(|it| self.weight[*it as usize]).sum();
            curves.push(fitted.curve().iter().map(|it| it * total).collect::<Vec<f64>>());
        }
        let longest = curves.iter().map(Vec::len).max().unwrap_or(0);
        let at = |curve: &Vec<f64>, round: usize| curve.get(round).or(curve.last()).copied().unwrap_or(0.0);
        Ok((0..longest).map(|round| curves.iter().map(|it| at(it, round)).sum()).collect())
    }

    fn target<'b>(&'b self, offset: &'b [f64]) -> Target<'b> {
        let ranked = matches!(self.loss, Loss::LambdaRank { .. });
        Target {
            value: self.value,
            weight: Some(self.weight),
            offset: Some(offset),
            group: ranked.then_some(self.group),
        }
    }

    fn settings(&self, shape: Shape, rounds: usize, rows: usize) -> Settings {
        Settings {
            loss: self.loss,
            rounds,
            learning_rate: RATE,
            leaves: shape.leaves,
            l2: shape.l2,
            min_leaf_rows: (rows / LEAF_SHARE).clamp(3, 200),
            row_share: 0.8,
            column_share: if self.columns.width() > 20 { 0.5 } else { 1.0 },
            seed: SEED,
            ..Settings::default()
        }
    }
}
