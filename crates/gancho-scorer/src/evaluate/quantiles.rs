//! Quantiles of observed percentiles as increasing curves over expected ones.

use serde::{Deserialize, Serialize};

/// Least slope of a curve, and what is added to it for units alone, half of that in pairs and so on.
///
/// Where scores say nothing, the best curve is flat and many units would sit at the same distance from it;
/// in groups of two to four, whose percentiles take few values, no shift could then cover some of them and
/// not the others. A slope lets the score decide which.
const LEAST_SLOPE: (f64, f64) = (0.02, 0.5);
/// Most steps of Newton's method; a dozen is usual.
const STEPS: usize = 60;

/// A unit of the calibration: what was expected, what was seen, among how many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    /// Expected percentile, 0..100.
    pub(super) score: f64,
    /// Observed percentile, 0..100.
    pub(super) observed: f64,
    /// Units compared, itself included.
    pub(super) peers: usize,
}

/// An increasing curve: a quadratic between `from` and `to`, straight beyond, in Bernstein form, where
/// increasing coefficients make an increasing curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Curve {
    from: f64,
    to: f64,
    start: f64,
    rise: [f64; 2],
}

impl Unit {
    /// The score and the nearest percentile that a unit can hold among its peers; both neighbors where
    /// the score lies between them, as it does for a pair of equals.
    pub(super) fn core(score: f64, peers: usize) -> (f64, f64) {
        let cell = 100.0 / peers as f64;
        let last = (peers - 1) as f64;
        let center = |at: f64| (at.floor().clamp(0.0, last) + 0.5) * cell;
        let (below, above) = (center(score / cell - 1e-9), center(score / cell + 1e-9));
        (below.min(score), above.max(score))
    }
}

impl Curve {
    /// The score itself, for units too few to say more.
    pub(super) const IDENTITY: Self = Self { from: 0.0, to: 100.0, start: 0.0, rise: [50.0, 50.0] };

    /// Value at a score.
    pub(super) fn at(&self, score: f64) -> f64 {
        let [middle, end] = basis((score - self.from) / (self.to - self.from));
        self.start + self.rise[0] * middle + self.rise[1] * end
    }

    /// The quantile of `observed` at `level` given the score, by quantile regression (Koenker and
    /// Bassett 1978).
    ///
    /// The percentile held among `n` units stands for a cell of `100 / n` points. The pinball loss is
    /// averaged over the cell, or over a kernel of `50 n^-0.4` points to each side where that is wider
    /// (convolution smoothing: Fernandes, Guerre and Horta 2021), so that curves change smoothly with the
    /// score even in pairs, whose percentiles take two values. The loss is convex and has a second
    /// derivative; Newton's method finds its least value among increasing curves.
    pub(super) fn fit(units: &[Unit], level: f64) -> Self {
        let mut scores: Vec<f64> = units.iter().map(|it| it.score).collect();
        scores.sort_by(f64::total_cmp);
        let end = |share: f64| super::bootstrap::quantile(&scores, share).unwrap_or(50.0);
        // Beyond these ends curves are straight: few units would bend them.
        let (from, to) = (end(0.025), end(0.975));
        let to = if to - from > 1e-6 { to } else { from + 1.0 };
        let share = units.iter().map(|it| 1.0 / it.peers as f64).sum::<f64>() / units.len().max(1) as f64;
        let least = (LEAST_SLOPE.0 + LEAST_SLOPE.1 * share) * (to - from) / 2.0;
        let kernel = 50.0 * (units.len() as f64).powf(-0.4);
        let points: Vec<Point> = (units.iter())
            .map(|it| {
                let half = (50.0 / it.peers as f64).max(kernel);
                Point { observed: it.observed, half, basis: basis((it.score - from) / (to - from)) }
            })
            .collect();
        let mut observed: Vec<f64> = units.iter().map(|it| it.observed).collect();
        observed.sort_by(f64::total_cmp);
        let start = super::bootstrap::quantile(&observed, level).unwrap_or(50.0);
        let [start, middle, end] = minimize(&points, level, [start, least, least], least);
        Self { from, to, start, rise: [middle, end] }
    }
}

/// What the two rises contribute at a place, 0 at `from` and 1 at `to`.
fn basis(place: f64) -> [f64; 2] {
    if place < 0.0 {
        [2.0 * place, 0.0]
    } else if place > 1.0 {
        [1.0, 2.0 * place - 1.0]
    } else {
        [1.0 - (1.0 - place).powi(2), place * place]
    }
}

struct Point {
    observed: f64,
    half: f64,
    basis: [f64; 2],
}

/// Loss, slope and curvature of the coefficients.
struct Surface {
    loss: f64,
    slope: [f64; 3],
    curvature: [[f64; 3]; 3],
}

fn surface(points: &[Point], level: f64, at: [f64; 3]) -> Surface {
    let mut sum = Surface { loss: 0.0, slope: [0.0; 3], curvature: [[0.0; 3]; 3] };
    for point in points {
        let row = [1.0, point.basis[0], point.basis[1]];
        let value = at[0] + at[1] * row[1] + at[2] * row[2];
        let (low, high) = (point.observed - point.half, point.observed + point.half);
        // Share of the cell below the curve.
        let below = ((value - low) / (2.0 * point.half)).clamp(0.0, 1.0);
        let inside = value > low && value < high;
        sum.loss += if inside {
            ((1.0 - level) * (value - low).powi(2) + level * (high - value).powi(2)) / (4.0 * point.half)
        } else {
            (point.observed - value) * (level - below)
        };
        for (a, left) in row.iter().enumerate() {
            sum.slope[a] += left * (below - level);
            if inside {
                let density = left / (2.0 * point.half);
                row.iter().zip(&mut sum.curvature[a]).for_each(|(right, it)| *it += density * right);
            }
        }
    }
    sum
}

/// Projected Newton steps with halving: rises stay at `least` or above.
fn minimize(points: &[Point], level: f64, mut at: [f64; 3], least: f64) -> [f64; 3] {
    let mut here = surface(points, level, at);
    for _ in 0..STEPS {
        let held = [false, at[1] <= least && here.slope[1] > 0.0, at[2] <= least && here.slope[2] > 0.0];
        let step = newton(&here, held, points.len() as f64);
        let mut size = 1.0;
        let next = loop {
            let moved = [0, 1, 2].map(|it| at[it] - size * step[it]);
            let moved = [moved[0], moved[1].max(least), moved[2].max(least)];
            let there = surface(points, level, moved);
            if there.loss < here.loss {
                break Some((moved, there));
            }
            size /= 2.0;
            if size < 1e-6 {
                break None;
            }
        };
        let Some((moved, there)) = next else { break };
        let gain = here.loss - there.loss;
        (at, here) = (moved, there);
        if gain <= 1e-10 * here.loss {
            break;
        }
    }
    at
}

/// Solves the three normal equations; coefficients that are held do not move.
fn newton(here: &Surface, held: [bool; 3], count: f64) -> [f64; 3] {
    let mut rows = [[0.0; 4]; 3];
    for a in 0..3 {
        for b in 0..3 {
            rows[a][b] = if held[a] || held[b] { 0.0 } else { here.curvature[a][b] };
        }
        // Where no cell holds the curve there is no curvature; the ridge keeps the step finite.
        rows[a][a] += if held[a] { 1.0 } else { 1e-5 * count };
        rows[a][3] = if held[a] { 0.0 } else { here.slope[a] };
    }
    for a in 0..3 {
        // The matrix is positive definite: no pivoting is needed.
        for b in a + 1..3 {
            let factor = rows[b][a] / rows[a][a];
            let upper = rows[a];
            rows[b].iter_mut().zip(upper).for_each(|(it, upper)| *it -= factor * upper);
        }
    }
    let mut step = [0.0; 3];
    for a in (0..3).rev() {
        let known: f64 = (a + 1..3).map(|it| rows[a][it] * step[it]).sum();
        step[a] = (rows[a][3] - known) / rows[a][a];
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::SplitMix64;

    #[test]
    fn a_known_quantile_is_found() {
        // Observed is uniform within a wedge around the score: its quantiles are straight lines.
        let mut random = SplitMix64::new(4);
        let units: Vec<Unit> = (0..20_000)
            .map(|_| {
                let score = 100.0 * random.uniform();
                let width = 10.0 + 0.4 * score;
                Unit { score, observed: 0.6 * score + width * random.uniform(), peers: 1_000 }
            })
            .collect();
        for level in [0.1, 0.5, 0.9] {
            let curve = Curve::fit(&units, level);
            for score in [0.0, 10.0, 50.0, 90.0, 100.0] {
                let expected = 0.6 * score + level * (10.0 + 0.4 * score);
                assert!((curve.at(score) - expected).abs() < 0.8, "{level} {score} {}", curve.at(score));
            }
        }
    }

    #[test]
    fn in_pairs_the_cell_is_spread() {
        // A chance of one half, whatever the score: quantiles of an even spread over 0..100.
        let units: Vec<Unit> = (0..4_000)
            .map(|at| {
                let observed = if (at / 40) % 2 == 0 { 25.0 } else { 75.0 };
                Unit { score: 30.0 + f64::from(at % 40), observed, peers: 2 }
            })
            .collect();
        let (low, high) = (Curve::fit(&units, 0.1), Curve::fit(&units, 0.9));
        assert!((low.at(50.0) - 10.0).abs() < 0.5, "{low:?}");
        assert!((high.at(50.0) - 90.0).abs() < 0.5, "{high:?}");
        // The least slope decides between scores that say nothing.
        assert!((low.at(60.0) - low.at(40.0) - 20.0 * 0.27).abs() < 0.2);
    }

    #[test]
    fn no_neighboring_curve_is_better() {
        let mut random = SplitMix64::new(9);
        let points: Vec<Point> = (0..300)
            .map(|_| {
                let place = 1.4 * random.uniform() - 0.2;
                let observed = 50.0 + 30.0 * place * place + 15.0 * random.normal();
                Point { observed, half: 4.0, basis: basis(place) }
            })
            .collect();
        for level in [0.1, 0.9] {
            let at = minimize(&points, level, [50.0, 2.0, 2.0], 2.0);
            let best = surface(&points, level, at).loss;
            for which in 0..3 {
                for change in [-0.05, 0.05] {
                    let mut moved = at;
                    moved[which] += change;
                    if which == 0 || moved[which] >= 2.0 {
                        assert!(surface(&points, level, moved).loss > best, "{level} {which} {at:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_core_holds_the_nearest_percentile_that_can_be() {
        for (score, peers, expected) in [
            (50.0, 2, (25.0, 75.0)),
            (51.0, 2, (51.0, 75.0)),
            (30.0, 2, (25.0, 30.0)),
            (50.0, 3, (50.0, 50.0)),
            (100.0, 4, (87.5, 100.0)),
            (0.0, 4, (0.0, 12.5)),
            (50.0, 1, (50.0, 50.0)),
        ] {
            assert_eq!(Unit::core(score, peers), expected, "{score} {peers}");
        }
    }

    #[test]
    fn curves_rise_even_where_results_fall() {
        let units: Vec<Unit> = (0..500)
            .map(|at| {
                let score = f64::from(at % 100);
                Unit { score, observed: 99.0 - score, peers: 50 }
            })
            .collect();
        let curve = Curve::fit(&units, 0.5);
        for score in -20..120 {
            assert!(curve.at(f64::from(score) + 1.0) - curve.at(f64::from(score)) > 0.029);
        }
        assert_eq!(Curve::IDENTITY.at(37.0), 37.0);
        // Scores that are all the same, and hardly any units, still give a curve.
        let same = Curve::fit(&[Unit { score: 50.0, observed: 20.0, peers: 3 }; 3], 0.5);
        assert!((same.at(50.0) - 20.0).abs() < 1.0, "{same:?}");
    }
}
