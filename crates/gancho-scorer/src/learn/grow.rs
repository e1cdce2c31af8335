//! Growing a booster that deserves its trees: rounds and shape are chosen on held-out groups, and none is an answer.
//!
//! The search is small on purpose (three shapes, one rate): with a few hundred noisy rows a wide search finds luck.

use gancho_boosting::{Binned, Booster, Columns, Loss, Settings, Stopping, Target};

use crate::error::ScorerError;
use crate::hash;

/// Parts into which the training groups are cut to choose rounds.
const PARTS: u64 = 4;
/// Rows times columns past which one part is held out once, and one shape is tried: bounded time.
const LARGE: usize = 2_000_000;
const ROUNDS: usize = 300;
const PATIENCE: usize = 25;
const BINS: usize = 255;
/// A leaf holds at least this share of the rows.
const LEAF_SHARE: usize = 60;
const SEED: u64 = 20_131_101;

/// What is to be learned; all lists as long as the columns.
pub(crate) struct Lesson<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) loss: Loss,
    pub(crate) value: &'a [f64],
    pub(crate) weight: &'a [f64],
    pub(crate) offset: &'a [f64],
    /// What is held out together while rounds are chosen.
    pub(crate) held_together: &'a [u64],
    /// Rows that are ranked against each other.
    pub(crate) group: &'a [u32],
}

/// Leaves of a tree, and the ridge on their values.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shape {
    leaves: usize,
    l2: f64,
}

const SHAPES: [Shape; 3] =
    [Shape { leaves: 3, l2: 5.0 }, Shape { leaves: 6, l2: 5.0 }, Shape { leaves: 12, l2: 20.0 }];
const LARGE_SHAPES: [Shape; 1] = [Shape { leaves: 8, l2: 10.0 }];

impl Lesson<'_> {
    /// Grows a booster on all rows, or nothing when trees do not help on held-out groups.
    pub(crate) fn grow(&self) -> Result<Option<Booster>, ScorerError> {
        let rows = self.value.len();
        if rows < 10 || self.columns.width() == 0 {
            return Ok(None);
        }
        let binned = Binned::of(self.columns, BINS, None)?;
        let large = rows * self.columns.width() > LARGE;
        let shapes = if large { &LARGE_SHAPES[..] } else { &SHAPES[..] };
        let part_of: Vec<u64> = self.held_together.iter().map(|it| hash::mix(*it) % PARTS).collect();
        let mut best: Option<(f64, Shape, usize)> = None;
        for shape in shapes {
            let curve = self.curve(&binned, *shape, &part_of, if large { 1 } else { PARTS })?;
            let Some(start) = curve.first().copied() else { continue };
            for (round, loss) in curve.iter().enumerate().skip(1) {
                let gain = start - loss;
                if gain > 0.0 && best.is_none_or(|it| gain > it.0) {
                    best = Some((gain, *shape, round));
                }
            }
        }
        let Some((_, shape, rounds)) = best else { return Ok(None) };
        let all: Vec<u32> = (0..rows as u32).collect();
        let booster =
            Booster::fit(&binned, &self.target(), &all, &self.settings(shape, rounds, rows), None)?;
        Ok((!booster.is_empty()).then_some(booster))
    }

    /// Summed held-out loss after each round, from no tree on; a part that stopped early keeps its last loss.
    fn curve(&self, binned: &Binned, shape: Shape, part_of: &[u64], parts: u64) -> Result<Vec<f64>, ScorerError> {
        let mut curves = Vec::new();
        for part in 0..parts {
            let side = |inside: bool| {
                (0..part_of.len() as u32).filter(move |it| (part_of[*it as usize] == part) == inside)
            };
            let (learned, held): (Vec<u32>, Vec<u32>) = (side(false).collect(), side(true).collect());
            if learned.len() < 5 || held.is_empty() {
                continue;
            }
            let settings = self.settings(shape, ROUNDS, learned.len());
            let stopping = Stopping { rows: &held, patience: PATIENCE };
            let fitted = Booster::fit(binned, &self.target(), &learned, &settings, Some(stopping))?;
            let total: f64 = held.iter().map(|it| self.weight[*it as usize]).sum();
            curves.push(fitted.curve().iter().map(|it| it * total).collect::<Vec<f64>>());
        }
        let longest = curves.iter().map(Vec::len).max().unwrap_or(0);
        let at = |curve: &Vec<f64>, round: usize| curve.get(round).or(curve.last()).copied().unwrap_or(0.0);
        Ok((0..longest).map(|round| curves.iter().map(|it| at(it, round)).sum()).collect())
    }

    fn target(&self) -> Target<'_> {
        let ranked = matches!(self.loss, Loss::LambdaRank { .. });
        Target {
            value: self.value,
            weight: Some(self.weight),
            offset: Some(self.offset),
            group: ranked.then_some(self.group),
        }
    }

    fn settings(&self, shape: Shape, rounds: usize, rows: usize) -> Settings {
        Settings {
            loss: self.loss,
            rounds,
            learning_rate: 0.05,
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
