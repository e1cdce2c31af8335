//! Fitting: Friedman's loop (2001), with draws, leaf values and stopping.

use std::ops::Range;

use rayon::prelude::*;

use crate::bins::Binned;
use crate::booster::Booster;
use crate::error::BoostingError;
use crate::grow::{Grower, Grown};
use crate::histogram::{MAX_ROWS, Packing, fits_one_number};
use crate::loss::Loss;
use crate::quantile::quantile;
use crate::sample::{Sample, Target};
use crate::settings::{Settings, Stopping};
use crate::tree::{Child, Tree, leaf_number};

/// Rows below which walking a tree is not worth a second thread.
const ROWS_PER_TASK: usize = 2048;

pub(crate) fn fit(
    binned: &Binned,
    target: &Target<'_>,
    rows: &[u32],
    settings: &Settings,
    stop: Option<Stopping<'_>>,
) -> Result<Booster, BoostingError> {
    let settings = settings.checked(binned.width())?;
    let train = Sample::of(target, rows, binned.len(), &settings.loss, "training")?;
    if train.len() > MAX_ROWS {
        return Err(BoostingError::TooManyRows { rows: train.len(), limit: MAX_ROWS });
    }
    let watch = match stop {
        None => None,
        Some(stop) => Some(Watch::of(target, rows, binned, settings, stop)?),
    };
    if settings.loss.has_unit_hessian(&train) && fits_one_number(train.len()) {
        boost::<1>(binned, &train, settings, watch)
    } else {
        boost::<2>(binned, &train, settings, watch)
    }
}

fn boost<const K: usize>(
    binned: &Binned,
    train: &Sample,
    settings: &Settings,
    mut watch: Option<Watch>,
) -> Result<Booster, BoostingError> {
    let start = settings.loss.start(train);
    let mut margins: Vec<f64> = train.offset.iter().map(|it| it + start).collect();
    if margins.iter().any(|it| !it.is_finite()) {
        return Err(BoostingError::Diverged { round: 0 });
    }
    if let Some(watch) = &mut watch {
        watch.begin(start)?;
    }
    let draws = Draws { settings, width: binned.width() };
    let mut grower = Grower::<K>::new(binned, settings, &train.rows);
    let mut derivatives = Vec::new();
    let mut trees: Vec<(Tree, Vec<f64>)> = Vec::new();
    for round in 0..settings.rounds {
        settings.loss.derivatives(train, &margins, &mut derivatives);
        if derivatives.iter().flatten().any(|it| !it.is_finite()) {
            return Err(BoostingError::Diverged { round });
        }
        let rows = draws.rows(round, &train.rows);
        let drawn = rows.iter().map(|it| derivatives[*it as usize]);
        let grown = Packing::<K>::of(drawn, rows.len())
            .and_then(|packing| grower.grow(&derivatives, &rows, &draws.columns(round), packing));
        let Some(mut grown) = grown else {
            // Nothing gains; only another draw can change that.
            if draws.are_all() {
                break;
            }
            continue;
        };
        LeafValues { settings, train, margins: &margins, derivatives: &derivatives, order: &grower.order }
            .settle(&mut grown);
        if rows.len() == train.len() {
            add_to_leaves(&grown, &grower.order, &mut margins);
        } else {
            add_by_walking(binned, &grown, &train.rows, &mut margins);
        }
        if margins.iter().any(|it| !it.is_finite()) {
            return Err(BoostingError::Diverged { round });
        }
        let is_over = match &mut watch {
            Some(watch) => watch.look(binned, &grown, round)?,
            None => false,
        };
        trees.push((grown.tree, grown.gains));
        if is_over {
            break;
        }
    }
    let curve = watch.map_or_else(Vec::new, |it| {
        trees.truncate(it.best);
        it.curve
    });
    Ok(Booster::assemble(settings.loss, binned.width(), start, trees, curve))
}

fn add_to_leaves(grown: &Grown, order: &[u32], margins: &mut [f64]) {
    for (leaf, range) in grown.tree.leaves.iter().zip(&grown.ranges) {
        for row in &order[range.clone()] {
            margins[*row as usize] += leaf.value;
        }
    }
}

fn add_by_walking(binned: &Binned, grown: &Grown, rows: &[u32], margins: &mut [f64]) {
    let pairs = margins.par_iter_mut().zip(rows).with_min_len(ROWS_PER_TASK);
    pairs.for_each(|(margin, row)| *margin += grown.tree.value_of_codes(binned, &grown.bins, *row));
}

/// The values and covers of a grown tree's leaves.
struct LeafValues<'a> {
    settings: &'a Settings,
    train: &'a Sample,
    margins: &'a [f64],
    derivatives: &'a [[f64; 2]],
    order: &'a [u32],
}

impl LeafValues<'_> {
    fn settle(&self, grown: &mut Grown) {
        let mut bounds = vec![[f64::NEG_INFINITY, f64::INFINITY]; grown.ranges.len()];
        if self.settings.is_monotone() {
            self.bound(grown, 0, [f64::NEG_INFINITY, f64::INFINITY], &mut bounds);
        }
        for ((leaf, range), [low, high]) in grown.tree.leaves.iter_mut().zip(&grown.ranges).zip(bounds) {
            let rows = &self.order[range.clone()];
            leaf.value = self.settings.learning_rate * self.output(rows).max(low).min(high);
            leaf.cover = rows.iter().map(|row| self.train.weight[*row as usize]).sum();
        }
        grown.tree.complete();
    }

    /// The value that suits some rows best: Newton's step, or the quantile of what is left to explain.
    fn output(&self, rows: &[u32]) -> f64 {
        if let Loss::Quantile { level } = self.settings.loss {
            let residual = |row: &u32| {
                let row = *row as usize;
                (self.train.value[row] - self.margins[row], self.train.weight[row])
            };
            let mut pairs: Vec<_> = rows.iter().map(residual).collect();
            return quantile(&mut pairs, level, self.train.is_weighted);
        }
        let (mut gradient, mut hessian) = (0.0, self.settings.l2);
        for row in rows {
            let [first, second] = self.derivatives[*row as usize];
            gradient += first;
            hessian += second;
        }
        if hessian > 0.0 { -gradient / hessian } else { 0.0 }
    }

    /// Hands bounds down the tree: below a split on a monotone column neither side may cross the middle.
    fn bound(&self, grown: &Grown, child: Child, bounds: [f64; 2], into: &mut [[f64; 2]]) {
        if let Some(leaf) = leaf_number(child) {
            into[leaf] = bounds;
            return;
        }
        let branch = &grown.tree.branches[child as usize];
        let (mut left, mut right) = (bounds, bounds);
        let sign = self.settings.monotone(branch.column as usize);
        if sign != 0 && branch.orders_values() {
            let output =
                |child| self.output(&self.order[range_of(grown, child)]).max(bounds[0]).min(bounds[1]);
            let middle = output(branch.left) / 2.0 + output(branch.right) / 2.0;
            if sign > 0 {
                (left[1], right[0]) = (middle, middle);
            } else {
                (left[0], right[1]) = (middle, middle);
            }
        }
        self.bound(grown, branch.left, left, into);
        self.bound(grown, branch.right, right, into);
    }
}

/// The rows of all leaves below: they lie side by side.
fn range_of(grown: &Grown, child: Child) -> Range<usize> {
    let edge = |mut child: Child, side: fn(&crate::tree::Branch) -> Child| loop {
        match leaf_number(child) {
            Some(leaf) => break grown.ranges[leaf].clone(),
            None => child = side(&grown.tree.branches[child as usize]),
        }
    };
    edge(child, |it| it.left).start..edge(child, |it| it.right).end
}

/// Which rows and columns a round sees.
struct Draws<'a> {
    settings: &'a Settings,
    width: usize,
}

impl Draws<'_> {
    fn are_all(&self) -> bool {
        self.settings.row_share >= 1.0 && self.settings.column_share >= 1.0
    }

    /// Positions of the rows drawn, ascending.
    fn rows(&self, round: usize, table_rows: &[u32]) -> Vec<u32> {
        let positions = 0..table_rows.len() as u32;
        if self.settings.row_share >= 1.0 {
            return positions.collect();
        }
        let stream = mix(mix(self.settings.seed) ^ (2 * round as u64));
        // The upper 53 bits, as a number from 0 to 1.
        let number = |row: u32| (mix(stream ^ u64::from(row)) >> 11) as f64 / (1_u64 << 53) as f64;
        positions.filter(|it| number(table_rows[*it as usize]) < self.settings.row_share).collect()
    }

    /// Columns drawn, ascending.
    fn columns(&self, round: usize) -> Vec<u32> {
        let mut columns: Vec<u32> = (0..self.width as u32).collect();
        if self.settings.column_share < 1.0 {
            let stream = mix(mix(self.settings.seed) ^ (2 * round as u64 + 1));
            columns.sort_by_key(|it| mix(stream ^ u64::from(*it)));
            let count = (self.settings.column_share * self.width as f64).round() as usize;
            columns.truncate(count.max(1));
            columns.sort_unstable();
        }
        columns
    }
}

/// The finalizer of SplitMix64: stable draws, whatever the standard library does.
fn mix(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// The held-out rows and how the loss on them went.
struct Watch {
    loss: Loss,
    held_out: Sample,
    margins: Vec<f64>,
    patience: usize,
    /// Loss after so many trees.
    curve: Vec<f64>,
    /// Trees at the least loss.
    best: usize,
}

impl Watch {
    fn of(
        target: &Target<'_>,
        rows: &[u32],
        binned: &Binned,
        settings: &Settings,
        stop: Stopping<'_>,
    ) -> Result<Self, BoostingError> {
        if stop.patience == 0 {
            let (name, allowed) = ("patience".into(), "at least 1".into());
            return Err(BoostingError::Setting { name, value: 0.0, allowed });
        }
        let held_out = Sample::of(target, stop.rows, binned.len(), &settings.loss, "held-out")?;
        let mut all = [rows, stop.rows].concat();
        all.sort_unstable();
        if let Some(pair) = all.windows(2).find(|it| it[0] == it[1]) {
            return Err(BoostingError::RepeatedRow { row: pair[0] });
        }
        let margins = held_out.offset.clone();
        Ok(Self {
            loss: settings.loss,
            held_out,
            margins,
            patience: stop.patience,
            curve: Vec::new(),
            best: 0,
        })
    }

    fn begin(&mut self, start: f64) -> Result<(), BoostingError> {
        self.margins.iter_mut().for_each(|it| *it += start);
        self.measure(0)
    }

    fn measure(&mut self, round: usize) -> Result<(), BoostingError> {
        let loss = self.loss.mean(&self.held_out, &self.margins);
        if !loss.is_finite() {
            return Err(BoostingError::Diverged { round });
        }
        self.curve.push(loss);
        if loss < self.curve[self.best] {
            self.best = self.curve.len() - 1;
        }
        Ok(())
    }

    /// Measures the loss with one more tree; whether patience has run out.
    fn look(&mut self, binned: &Binned, grown: &Grown, round: usize) -> Result<bool, BoostingError> {
        add_by_walking(binned, grown, &self.held_out.rows, &mut self.margins);
        self.measure(round)?;
        Ok(self.curve.len() - 1 - self.best >= self.patience)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_shares_and_differ_from_round_to_round() {
        let settings = Settings { row_share: 0.3, column_share: 0.25, seed: 5, ..Settings::default() };
        let draws = Draws { settings: &settings, width: 40 };
        let rows: Vec<u32> = (0..10_000).collect();
        let (first, second) = (draws.rows(0, &rows), draws.rows(1, &rows));
        // Three standard deviations of a binomial share.
        assert!((first.len() as f64 - 3000.0).abs() < 140.0, "{}", first.len());
        let both = first.iter().filter(|it| second.binary_search(it).is_ok()).count();
        assert!((both as f64 - 900.0).abs() < 90.0, "{both}");
        assert_eq!(draws.columns(0).len(), 10);
        assert_ne!(draws.columns(0), draws.columns(1));
        assert_eq!(draws.columns(3), draws.columns(3));
    }
}
