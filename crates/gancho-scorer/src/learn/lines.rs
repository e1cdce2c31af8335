//! Straight lines with a ridge: what a few hundred noisy results can carry before any tree.
//!
//! A quasi-Poisson regression of observed over expected, within campaigns: columns and results are compared with the
//! mean of their campaign, because levels already hold what campaigns differ in. The slope on the prior has a normal
//! prior of its own (what it is expected to be worth in an unknown account); all other slopes share one variance,
//! chosen on held-out groups, and zero is an answer.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::learn::content::Carry;

/// Standardized slopes have the variance `1 / (ratio * summed weight)`; the ratios that are tried.
const RIDGES: [f64; 9] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];
/// Fewest units that lines are drawn through.
const LEAST_UNITS: usize = 10;
/// Most steps of Newton's method, and the change of every slope below which it has arrived.
const STEPS: usize = 5;
const ARRIVED: f64 = 0.01;
/// Units times squared columns past which the first step has to do: results lie near their expectation.
const LARGE: usize = 1_000_000_000;
/// A margin past this is not believed.
const MOST: f64 = 3.0;

/// One line per column: `slope * (value - center)`, the value kept within what was seen; zero where it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// Number of the column.
    pub(crate) column: u32,
    pub(crate) slope: f64,
    pub(crate) center: f64,
    pub(crate) low: f32,
    pub(crate) high: f32,
}

impl Line {
    pub(crate) fn at(&self, value: f32) -> f64 {
        if value.is_nan() {
            0.0
        } else {
            self.slope * (f64::from(value.clamp(self.low, self.high)) - self.center)
        }
    }

    pub(crate) fn is_sound(&self, columns: usize) -> bool {
        let finite = self.slope.is_finite() && self.center.is_finite();
        finite && (self.column as usize) < columns && self.low <= self.high
    }
}

/// What lines are learned from; lists of units.
pub(crate) struct Lesson<'a> {
    pub(crate) columns: &'a [Vec<f32>],
    /// What the prior says.
    pub(crate) prior: &'a [f64],
    pub(crate) carry: Carry,
    /// Observed over expected.
    pub(crate) value: &'a [f64],
    /// Information of each unit.
    pub(crate) weight: &'a [f64],
    pub(crate) group: &'a [usize],
    /// Part that holds each unit out while the ridge is chosen.
    pub(crate) part: &'a [usize],
    pub(crate) parts: usize,
}

/// Lines, and the margins that they give to the units.
pub(crate) struct Drawn {
    pub(crate) slope: f64,
    pub(crate) lines: Vec<Line>,
    /// What they say of the units that they were drawn through.
    pub(crate) said: Said,
}

/// Margins of units, centered in their campaigns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) margin: Vec<f64>,
    /// The same by lines that were not shown one part, for each part.
    pub(crate) without: Vec<Vec<f64>>,
}

/// A column as it enters the equations: standardized, then less its campaign's mean.
struct Standard {
    center: f64,
    deviation: f64,
    low: f32,
    high: f32,
}

/// Normal equations of one part.
struct Normal {
    matrix: Vec<f64>,
    vector: Vec<f64>,
}

impl Lesson<'_> {
    /// Draws the slope on the prior alone, and lines as well where they help on held-out parts. Without any unit the
    /// slope is what was believed.
    pub(crate) fn draw(&self) -> (Drawn, Option<Drawn>) {
        let count = self.value.len();
        let scales: Vec<Option<Standard>> = self.columns.par_iter().map(|it| standard(it)).collect();
        let known: Vec<usize> = (0..scales.len()).filter(|it| scales[*it].is_some()).collect();
        let enough = count >= LEAST_UNITS;
        let known = if enough { known } else { Vec::new() };
        let table: Vec<Vec<f64>> = std::iter::once(self.prior.to_vec())
            .chain(
                known.iter().filter_map(|it| Some(standardized(&self.columns[*it], scales[*it].as_ref()?))),
            )
            .collect();
        let total: f64 = self.weight.iter().sum();
        let zero = vec![0.0; count];
        let equations = self.equations(&table, &zero);
        let ridge = if known.is_empty() { None } else { self.choose(&table, &equations, total) };
        let steps = if count * table.len().pow(2) > LARGE { 1 } else { STEPS };
        let draw = |ridge: Option<f64>| {
            let all = |equations: &[Normal]| sum(equations, usize::MAX);
            let mut found = self.solve(&all(&equations), ridge, total);
            for _ in 1..steps {
                let margin = self.margins(&table, &found);
                let next = self.solve(&all(&self.equations(&table, &margin)), ridge, total);
                let moved = found.iter().zip(&next).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
                found = next;
                if moved < ARRIVED {
                    break;
                }
            }
            let line = |(column, slope): (&usize, &f64)| {
                let it = scales[*column].as_ref()?;
                let (center, low, high) = (it.center, it.low, it.high);
                Some(Line { column: *column as u32, slope: slope / it.deviation, center, low, high })
            };
            let without =
                |part: usize| self.margins(&table, &self.solve(&sum(&equations, part), ridge, total));
            Drawn {
                slope: found[0],
                lines: known.iter().zip(&found[1..]).filter(|it| *it.1 != 0.0).filter_map(line).collect(),
                said: Said {
                    margin: self.margins(&table, &found),
                    without: (0..self.parts).map(without).collect(),
                },
            }
        };
        (draw(None), ridge.map(|it| draw(Some(it))))
    }

    /// The ridge with the least held-out loss; nothing where no line at all is best.
    fn choose(&self, table: &[Vec<f64>], equations: &[Normal], total: f64) -> Option<f64> {
        let loss = |ridge: Option<f64>| -> f64 {
            (0..self.parts)
                .map(|part| {
                    let margins = self.margins(table, &self.solve(&sum(equations, part), ridge, total));
                    let held = (0..margins.len()).filter(|it| self.part[*it] == part);
                    held.map(|it| self.weight[it] * (margins[it].exp() - self.value[it] * margins[it]))
                        .sum::<f64>()
                })
                .sum()
        };
        let tried: Vec<(f64, f64)> = RIDGES.into_par_iter().map(|it| (loss(Some(it)), it)).collect();
        let best = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
        (best.0 < loss(None)).then_some(best.1)
    }

    /// Normal equations of each part around margins.
    fn equations(&self, table: &[Vec<f64>], margin: &[f64]) -> Vec<Normal> {
        let weight: Vec<f64> = self.weight.iter().zip(margin).map(|(weight, it)| weight * it.exp()).collect();
        let wanted: Vec<f64> = margin
            .iter()
            .zip(self.value)
            .map(|(margin, value)| margin + (value - margin.exp()) * (-margin).exp())
            .collect();
        let means = |column: &[f64]| centered(column, &weight, self.group);
        let table: Vec<Vec<f64>> = table.par_iter().map(|it| means(it)).collect();
        let wanted = means(&wanted);
        let width = table.len();
        let members: Vec<Vec<usize>> = (0..self.parts)
            .map(|part| (0..weight.len()).filter(|it| self.part[*it] == part).collect())
            .collect();
        members
            .iter()
            .map(|members| {
                let pick = |from: &[f64]| members.iter().map(|it| from[*it]).collect::<Vec<f64>>();
                let (weight, wanted) = (pick(&weight), pick(&wanted));
                let columns: Vec<Vec<f64>> = table.par_iter().map(|it| pick(it)).collect();
                let line = |at: usize| -> (Vec<f64>, f64) {
                    let left: Vec<f64> =
                        columns[at].iter().zip(&weight).map(|(it, weight)| it * weight).collect();
                    ((0..=at).map(|it| product(&left, &columns[it])).collect(), product(&left, &wanted))
                };
                let lines: Vec<(Vec<f64>, f64)> = (0..width).into_par_iter().map(line).collect();
                let mut normal =
                    Normal { matrix: vec![0.0; width * width], vector: Vec::with_capacity(width) };
                for (at, (line, right)) in lines.into_iter().enumerate() {
                    for (other, value) in line.into_iter().enumerate() {
                        normal.matrix[at * width + other] = value;
                    }
                    normal.vector.push(right);
                }
                normal
            })
            .collect()
    }

    /// Slopes: on the prior, then on each column. A slope that turns the prior over is none: what the account
    /// itself says belongs to its columns.
    fn solve(&self, normal: &Normal, ridge: Option<f64>, total: f64) -> Vec<f64> {
        let width = normal.vector.len();
        let belief = 1.0 / self.carry.deviation.powi(2).max(1e-6);
        let penalty = ridge.map(|it| it * total.max(f64::MIN_POSITIVE));
        let slopes = |with_prior: bool| {
            let first = usize::from(!with_prior);
            let last = if penalty.is_some() { width } else { 1 };
            let size = last.saturating_sub(first);
            let mut matrix = vec![0.0; size * size];
            let mut vector = vec![0.0; size];
            for row in 0..size {
                for column in 0..=row {
                    matrix[row * size + column] = normal.matrix[(row + first) * width + column + first];
                }
                vector[row] = normal.vector[row + first];
                let is_prior = with_prior && row == 0;
                matrix[row * size + row] += if is_prior { belief } else { penalty.unwrap_or(0.0) };
                vector[row] += if is_prior { belief * self.carry.mean } else { 0.0 };
            }
            cholesky(&mut matrix, &mut vector, size);
            let mut slopes = vec![0.0; width];
            slopes[first..first + size].copy_from_slice(&vector);
            slopes
        };
        let found = slopes(true);
        if found[0] >= 0.0 { found } else { slopes(false) }
    }

    /// Margins of units, centered in their campaigns.
    fn margins(&self, table: &[Vec<f64>], slopes: &[f64]) -> Vec<f64> {
        let mut margins = vec![0.0; self.value.len()];
        for (column, slope) in table.iter().zip(slopes).filter(|it| *it.1 != 0.0) {
            margins.iter_mut().zip(column).for_each(|(margin, it)| *margin += slope * it);
        }
        let mut margins = centered(&margins, self.weight, self.group);
        margins.iter_mut().for_each(|it| *it = it.clamp(-MOST, MOST));
        margins
    }
}

/// Scale of a column; nothing where all known values are the same.
fn standard(column: &[f32]) -> Option<Standard> {
    let known = || column.iter().filter(|it| it.is_finite()).map(|it| f64::from(*it));
    let count = known().count().max(1) as f64;
    let center = known().sum::<f64>() / count;
    let deviation = (known().map(|it| (it - center).powi(2)).sum::<f64>() / count).sqrt();
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(a, b), it| (it.min(a), it.max(b)));
    let varies = deviation.is_finite() && deviation > 1e-6 * center.abs().max(1e-6);
    varies.then_some(Standard { center, deviation, low: low as f32, high: high as f32 })
}

fn standardized(column: &[f32], scale: &Standard) -> Vec<f64> {
    let value = |it: &f32| if it.is_nan() { 0.0 } else { (f64::from(*it) - scale.center) / scale.deviation };
    column.iter().map(value).collect()
}

/// Values less the weighted mean of their group.
pub(crate) fn centered(values: &[f64], weight: &[f64], group: &[usize]) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for ((value, weight), group) in values.iter().zip(weight).zip(group) {
        let sum = sums.entry(*group).or_default();
        *sum = (sum.0 + value * weight, sum.1 + weight);
    }
    let mean = |group: &usize| sums.get(group).filter(|it| it.1 > 0.0).map_or(0.0, |it| it.0 / it.1);
    values.iter().zip(group).map(|(value, group)| value - mean(group)).collect()
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    // Four sums at a time keep the processor busy; their order is fixed.
    let (mut sums, (heads, tails)) = ([0.0; 4], (a.chunks_exact(4), b.chunks_exact(4)));
    let rest: f64 = heads.remainder().iter().zip(tails.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in heads.zip(tails) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum::<f64>() + rest
}

/// The equations of all parts but one.
fn sum(equations: &[Normal], without: usize) -> Normal {
    let mut kept = equations.iter().enumerate().filter(|it| it.0 != without).map(|it| it.1);
    let width = equations.first().map_or(0, |it| it.vector.len());
    let zero = Normal { matrix: vec![0.0; width * width], vector: vec![0.0; width] };
    kept.by_ref().fold(zero, |mut sum, it| {
        sum.matrix.iter_mut().zip(&it.matrix).for_each(|(sum, it)| *sum += it);
        sum.vector.iter_mut().zip(&it.vector).for_each(|(sum, it)| *sum += it);
        sum
    })
}

/// Solves a positive definite system, its lower half given, in place.
fn cholesky(matrix: &mut [f64], vector: &mut [f64], size: usize) {
    for row in 0..size {
        for column in 0..=row {
            let (upper, lower) =
                (&matrix[column * size..column * size + column], &matrix[row * size..row * size + column]);
            let rest = matrix[row * size + column] - product(upper, lower);
            matrix[row * size + column] = if row == column {
                rest.max(f64::MIN_POSITIVE).sqrt()
            } else {
                rest / matrix[column * size + column]
            };
        }
    }
    for row in 0..size {
        let known = product(&matrix[row * size..row * size + row], &vector[..row]);
        vector[row] = (vector[row] - known) / matrix[row * size + row];
    }
    for row in (0..size).rev() {
        vector[row] /= matrix[row * size + row];
        let value = vector[row];
        for column in 0..row {
            vector[column] -= matrix[row * size + column] * value;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    #[test]
    fn equations_are_solved() {
        let mut matrix = vec![4.0, 0.0, 2.0, 3.0];
        let mut vector = vec![10.0, 9.0];
        cholesky(&mut matrix, &mut vector, 2);
        // 4a + 2b = 10 and 2a + 3b = 9.
        assert!((vector[0] - 1.5).abs() < 1e-12 && (vector[1] - 2.0).abs() < 1e-12, "{vector:?}");
    }

    /// Units in campaigns of ten whose result follows the first of `width` columns.
    fn draw(units: usize, width: usize, effect: f64, noise: f64, deviation: f64) -> (Drawn, Option<Drawn>) {
        let mut random = SplitMix64::new(7);
        let columns: Vec<Vec<f32>> =
            (0..width).map(|_| (0..units).map(|_| random.normal() as f32).collect()).collect();
        let prior: Vec<f64> = columns[0].iter().map(|it| f64::from(*it)).collect();
        let value: Vec<f64> = prior.iter().map(|it| (effect * it + noise * random.normal()).exp()).collect();
        let group: Vec<usize> = (0..units).map(|it| it / 10).collect();
        let part: Vec<usize> = group.iter().map(|it| it % 4).collect();
        Lesson {
            columns: &columns[1..],
            prior: &prior,
            carry: Carry { mean: 0.1, deviation },
            value: &value,
            weight: &vec![1.0 / noise.powi(2); units],
            group: &group,
            part: &part,
            parts: 4,
        }
        .draw()
    }

    #[test]
    fn the_slope_on_the_prior_moves_from_belief_to_results() {
        assert!((draw(0, 3, 0.5, 0.3, 0.5).0.slope - 0.1).abs() < 1e-9);
        assert!((draw(1_000, 3, 0.5, 0.3, 0.5).0.slope - 0.5).abs() < 0.05);
        assert!((draw(1_000, 3, 0.5, 0.3, 0.001).0.slope - 0.1).abs() < 0.02);
        assert_eq!(draw(1_000, 3, -0.5, 0.3, 0.5).0.slope, 0.0);
    }

    #[test]
    fn noise_draws_nearly_no_lines() {
        let (plain, lined) = draw(400, 12, 0.0, 0.4, 0.1);
        let it = lined.unwrap_or(plain);
        let spread = it.said.margin.iter().map(|it| it * it).sum::<f64>() / 400.0;
        assert!(spread < 0.02, "{spread}");
    }
}
