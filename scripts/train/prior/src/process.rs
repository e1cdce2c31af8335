//! Gaussian processes on tested headlines: what was observed, and the weights that explain it.
//!
//! The log-odds of a click of one headline in one cell are `level of the cell + f(headline) + rest`. The
//! kernel says how alike two headlines are to `f`; the level may be anything; the rest is the noise of counting
//! and what no model of the text could know. Training finds `alpha` with `(K + N) alpha = y`; then
//! `f(x) = sum(alpha_i k(x, x_i))`. The system is solved by conjugate gradients, preconditioned with the exact
//! inverse of the noise, levels included.

use gancho_scorer::Targets;

use crate::data::{Tests, fold};

/// Number of folds for out-of-fold logits.
pub(crate) const FOLDS: u64 = 5;
/// Variance of a headline's log-odds that no model of its text could know.
pub(crate) const REST: f64 = 0.12;
/// Prior variance of a cell's level: so wide that it is free.
const LEVEL: f64 = 10.0;
const MOST_STEPS: usize = 400;
/// Size of the residual at which the solution is good enough, as a share of the targets.
const TOLERANCE: f64 = 1e-7;

/// Arms with what was observed of them.
pub(crate) struct Observed {
    /// Log-odds of a click, centered in the cell.
    pub(crate) odds: Vec<f64>,
    /// Variance of counting and of what the text does not tell.
    pub(crate) noise: Vec<f64>,
    pub(crate) cells: Vec<usize>,
    folds: Vec<u64>,
}

impl Observed {
    pub(crate) fn of(tests: &Tests) -> Self {
        let outcomes: Vec<_> = tests.arms.iter().map(|it| it.outcome).collect();
        let cells: Vec<usize> = tests.arms.iter().map(|it| it.cell).collect();
        let Targets { observed, variance, .. } = Targets::of(&outcomes, &cells);
        Self {
            odds: observed,
            noise: variance.iter().map(|it| it + REST).collect(),
            folds: tests.arms.iter().map(|it| fold(&it.group, FOLDS)).collect(),
            cells,
        }
    }

    /// Observations without noise that differs, for tests.
    #[cfg(test)]
    pub(crate) fn plain(odds: &[f64], cells: &[usize]) -> Self {
        let count = odds.len();
        Self { odds: odds.to_vec(), noise: vec![1.0; count], cells: cells.to_vec(), folds: vec![0; count] }
    }

    /// Arms outside of a fold; all of them without one.
    pub(crate) fn outside(&self, held_out: Option<u64>) -> Vec<usize> {
        (0..self.odds.len()).filter(|it| Some(self.folds[*it]) != held_out).collect()
    }

    /// Logits of all arms by models that saw no arm of the same group.
    pub(crate) fn out_of_fold<M>(
        &self,
        mut fit: impl FnMut(&[usize]) -> anyhow::Result<M>,
        logit: impl Fn(&M, usize) -> f64,
    ) -> anyhow::Result<Vec<f64>> {
        let mut logits = vec![0.0; self.odds.len()];
        for held_out in 0..FOLDS {
            let model = fit(&self.outside(Some(held_out)))?;
            let arms = (0..logits.len()).filter(|it| self.folds[*it] == held_out);
            arms.for_each(|arm| logits[arm] = logit(&model, arm));
        }
        Ok(logits)
    }

    /// Solves for `alpha`, one for each arm of `used`; `kernel` multiplies such a vector by the kernel matrix.
    pub(crate) fn solve(&self, used: &[usize], kernel: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
        let noise = Noise::of(self, used);
        let mut alpha = vec![0.0; used.len()];
        let mut residual: Vec<f64> = used.iter().map(|it| self.odds[*it]).collect();
        let enough = TOLERANCE * TOLERANCE * dot(&residual, &residual);
        let mut scaled = noise.inverse(&residual);
        let mut direction = scaled.clone();
        let mut size = dot(&residual, &scaled);
        for _ in 0..MOST_STEPS {
            if dot(&residual, &residual) <= enough {
                break;
            }
            let mut image = kernel(&direction);
            noise.add(&direction, &mut image);
            let step = size / dot(&direction, &image);
            for at in 0..alpha.len() {
                alpha[at] += step * direction[at];
                residual[at] -= step * image[at];
            }
            scaled = noise.inverse(&residual);
            let next = dot(&residual, &scaled);
            direction.iter_mut().zip(&scaled).for_each(|(it, scaled)| *it = scaled + next / size * *it);
            size = next;
        }
        alpha
    }
}

/// The noise of some arms, `D + LEVEL * Z Z'` with `Z` the membership in cells.
struct Noise {
    own: Vec<f64>,
    /// Number of each arm's cell, from 0.
    cells: Vec<usize>,
    /// For each cell, `1 / LEVEL + sum(1 / own)`.
    sums: Vec<f64>,
}

impl Noise {
    fn of(observed: &Observed, used: &[usize]) -> Self {
        let count = observed.cells.iter().max().map_or(0, |it| it + 1);
        let own: Vec<f64> = used.iter().map(|it| observed.noise[*it]).collect();
        let cells: Vec<usize> = used.iter().map(|it| observed.cells[*it]).collect();
        let mut sums = vec![1.0 / LEVEL; count];
        cells.iter().zip(&own).for_each(|(cell, own)| sums[*cell] += 1.0 / own);
        Self { own, cells, sums }
    }

    fn add(&self, vector: &[f64], into: &mut [f64]) {
        let mut levels = vec![0.0; self.sums.len()];
        self.cells.iter().zip(vector).for_each(|(cell, it)| levels[*cell] += LEVEL * it);
        for (at, into) in into.iter_mut().enumerate() {
            *into += self.own[at] * vector[at] + levels[self.cells[at]];
        }
    }

    /// The inverse times a vector, by Sherman and Morrison in each cell.
    fn inverse(&self, vector: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> = vector.iter().zip(&self.own).map(|(it, own)| it / own).collect();
        let mut levels = vec![0.0; self.sums.len()];
        self.cells.iter().zip(&scaled).for_each(|(cell, it)| levels[*cell] += it);
        let level = |at: usize| levels[self.cells[at]] / self.sums[self.cells[at]];
        scaled.iter().enumerate().map(|(at, it)| it - level(at) / self.own[at]).collect()
    }
}

/// The scalar product. Eight sums side by side, so that the processor need not wait for each.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        (0..8).for_each(|at| sums[at] += a[at] * b[at]);
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed() -> Observed {
        Observed {
            odds: vec![0.3, -0.3, 1.0, -0.2, -0.8],
            noise: vec![0.5, 0.25, 1.0, 0.5, 0.5],
            cells: vec![0, 0, 2, 2, 2],
            folds: vec![0, 0, 1, 1, 1],
        }
    }

    #[test]
    fn the_solution_solves_the_system() {
        let observed = observed();
        let used = observed.outside(None);
        let place = [1.0, -2.0, 0.5, 0.0, 3.0];
        let kernel = |vector: &[f64]| {
            let sum: f64 = place.iter().zip(vector).map(|(a, b)| a * b).sum();
            place.iter().map(|it| 0.2 * it * sum).collect::<Vec<f64>>()
        };
        let alpha = observed.solve(&used, kernel);
        for (row, arm) in used.iter().enumerate() {
            let same = |other: usize| f64::from(u8::from(observed.cells[*arm] == observed.cells[other]));
            let level: f64 = used.iter().map(|it| LEVEL * same(*it) * alpha[*it]).sum();
            let found = kernel(&alpha)[row] + observed.noise[*arm] * alpha[row] + level;
            assert!((found - observed.odds[*arm]).abs() < 1e-6, "{row}: {found}");
        }
    }

    #[test]
    fn the_noise_and_its_inverse_cancel() {
        let noise = Noise::of(&observed(), &[0, 1, 2, 3, 4]);
        let vector = [0.4, -1.0, 2.0, 0.0, 0.7];
        let mut image = vec![0.0; 5];
        noise.add(&vector, &mut image);
        for (found, expected) in noise.inverse(&image).iter().zip(vector) {
            assert!((found - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn nobody_is_judged_by_a_model_that_saw_its_group() {
        let observed = observed();
        let found = observed
            .out_of_fold(|used| Ok(used.to_vec()), |used, arm| f64::from(u8::from(used.contains(&arm))));
        assert!(found.is_ok_and(|it| it == [0.0; 5]));
    }
}
