//! Widths of intervals by the number of peers: at home, at an unknown publisher, and without any knowledge.

use gancho_scorer::calibration::{LEVEL, conformal_width, expected_percentiles, observed_percentiles};
use gancho_scorer::prior::{Publishers, Width};

use crate::data::Tests;

/// Sizes of peer groups for which widths are calibrated; from [`POOLED`] on, of pooled tests.
const SIZES: [usize; 7] = [2, 3, 4, 5, 10, 30, 100];
const POOLED: usize = 10;
/// The five fifths of a normal distribution, each by its median: slopes that an unknown publisher may have.
const FIFTHS: [f64; 5] = [-1.281_551_6, -0.524_400_5, 0.0, 0.524_400_5, 1.281_551_6];

/// A group of peers as (margin, log click rate).
type Group = Vec<(f64, f64)>;

/// Widths from out-of-fold margins of one part; coverage is measured on another.
pub(crate) fn widths(
    beta: f64,
    publishers: &Publishers,
    train: (&Tests, &[f64]),
    other: (&Tests, &[f64]),
) -> Vec<Width> {
    let one = |size: &usize| {
        let known = groups(*size, train.0, train.1);
        let width = conformal_width(own(&known, beta), LEVEL);
        let held = own(&groups(*size, other.0, other.1), beta);
        let coverage = held.iter().filter(|it| **it <= width).count() as f64 / held.len().max(1) as f64;
        // Coverage over all slopes together is what is wanted, so their residuals are pooled.
        let away = FIFTHS.iter().flat_map(|fifth| {
            let slope = publishers.elsewhere + fifth * publishers.deviation;
            own(&at_slope(&known, slope.clamp(-1.0, 1.0)), beta * publishers.elsewhere)
        });
        // Shrunk scores of two or three peers leave smaller residuals at this level, for they lie closer together;
        // nobody knows more for that.
        let elsewhere = conformal_width(away.collect(), LEVEL).max(width);
        let blind = conformal_width(blind(&known, beta), LEVEL);
        Width { peers: *size as u32, width, elsewhere, blind, coverage }
    };
    SIZES.iter().map(one).collect()
}

/// The same groups at a publisher where margins have this slope. What a margin says less there is put back as
/// the margin of an arm of another group, so that true click rates stay as far apart as they are.
fn at_slope(groups: &[Group], slope: f64) -> Vec<Group> {
    let rest = (1.0 - slope * slope).sqrt();
    let mean = |it: &Group| it.iter().map(|it| it.0).sum::<f64>() / it.len() as f64;
    let means: Vec<f64> = groups.iter().map(mean).collect();
    let moved = |(number, group): (usize, &Group)| {
        let next = (number + 1) % groups.len();
        let move_one = |(place, (margin, rate)): (usize, &(f64, f64))| {
            let stranger = groups[next][place % groups[next].len()].0 - means[next];
            (*margin, rate + (slope - 1.0) * (margin - means[number]) + rest * stranger)
        };
        group.iter().enumerate().map(move_one).collect()
    };
    groups.iter().enumerate().map(moved).collect()
}

/// Distances between expected and observed percentile of the same arm, in points.
fn own(groups: &[Group], beta: f64) -> Vec<f64> {
    let distances = |group: &Group| -> Vec<f64> {
        let (expected, observed) = percentiles(group, beta);
        expected.iter().zip(&observed).map(|(a, b)| (a - b).abs()).collect()
    };
    groups.iter().flat_map(distances).collect()
}

/// The same of one arm's expectation and each arm's result, as if scores said nothing.
fn blind(groups: &[Group], beta: f64) -> Vec<f64> {
    let distances = |group: &Group| -> Vec<f64> {
        let (expected, observed) = percentiles(group, beta);
        expected.iter().flat_map(|a| observed.iter().map(move |b| (a - b).abs())).collect()
    };
    groups.iter().flat_map(distances).collect()
}

fn percentiles(group: &Group, beta: f64) -> (Vec<f64>, Vec<f64>) {
    let expected = expected_percentiles(&group.iter().map(|it| beta * it.0).collect::<Vec<_>>());
    (expected, observed_percentiles(&group.iter().map(|it| it.1).collect::<Vec<_>>()))
}

/// Groups of about this size. Tests rarely compare more than six headlines; larger groups are pooled from tests,
/// each centered on its mean and widened by `sqrt(k / (k - 1))` for what centering took away.
fn groups(size: usize, tests: &Tests, margins: &[f64]) -> Vec<Group> {
    let rate = |arm: usize| {
        let outcome = tests.arms[arm].outcome;
        ((outcome.clicks as f64 + 0.5) / (outcome.impressions as f64 + 1.0)).ln()
    };
    let cells = tests.cells();
    if size < POOLED {
        let open_ended = SIZES.iter().rfind(|it| **it < POOLED) == Some(&size);
        let fits = |it: &&Vec<usize>| it.len() == size || (open_ended && it.len() > size);
        return cells
            .iter()
            .filter(fits)
            .map(|it| it.iter().map(|arm| (margins[*arm], rate(*arm))).collect())
            .collect();
    }
    let mut pool = Vec::new();
    for cell in &cells {
        let count = cell.len() as f64;
        let wide = (count / (count - 1.0)).sqrt();
        let mean = |of: &dyn Fn(usize) -> f64| cell.iter().map(|it| of(*it)).sum::<f64>() / count;
        let (middle, level) = (mean(&|it| margins[it]), mean(&rate));
        pool.extend(cell.iter().map(|it| (*it, wide * (margins[*it] - middle), wide * (rate(*it) - level))));
    }
    // Arms of one test must not meet again in one pooled group more often than by chance.
    pool.sort_by_key(|it| (it.0 as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    pool.chunks_exact(size).map(|it| it.iter().map(|(_, margin, rate)| (*margin, *rate)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_of_one_changes_nothing_and_none_takes_the_margin_away() {
        let groups = vec![vec![(1.0, 1.5), (-1.0, 0.5)], vec![(3.0, 0.2), (1.0, 0.1)]];
        let rates = |it: &[Group]| it.iter().flatten().map(|it| it.1).collect::<Vec<f64>>();
        assert_eq!(rates(&at_slope(&groups, 1.0)), [1.5, 0.5, 0.2, 0.1]);
        // Without a slope, group 0 has the margins of group 1 (3 and 1, centered) in place of its own.
        let none = rates(&at_slope(&groups, 0.0));
        for (found, expected) in none.iter().zip([1.5, 0.5, 0.2, 0.1]) {
            assert!((found - expected).abs() < 1e-12, "{none:?}");
        }
        let half = rates(&at_slope(&groups, 0.5));
        assert!((half[0] - (1.5 - 0.5 + 0.75_f64.sqrt())).abs() < 1e-12, "{half:?}");
    }
}
