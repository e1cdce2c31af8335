//! Margins to percentiles: who is compared with whom, and what each reason is worth in points.
//!
//! The score of margin `m` among peers `p` is `100 * mean(sigmoid(m - p))`: the expected share of
//! peers it beats, itself counted as half. Margins are log-odds. Past `EXACT` peers the mean is
//! taken over `GRID` equal-mass averages of the sorted margins, so that large libraries stay
//! cheap; the curve is smooth, and the difference stays far below a tenth of a point.

use std::collections::BTreeMap;

/// Most peers that are compared one by one.
pub(crate) const EXACT: usize = 2_000;
/// Points of the curve for larger groups.
pub(crate) const GRID: usize = 1_000;

/// Log-odds to probability.
pub(crate) fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Expected percentile as a function of the margin, for one group of peers.
pub(crate) struct Curve {
    margins: Vec<f64>,
}

impl Curve {
    /// Margins in any order; sorting makes the sum, and so the score, independent of it.
    pub(crate) fn of(mut margins: Vec<f64>) -> Self {
        margins.sort_by(f64::total_cmp);
        if margins.len() > EXACT {
            let count = margins.len();
            let bin = |at: usize| &margins[at * count / GRID..(at + 1) * count / GRID];
            let mean = |it: &[f64]| it.iter().sum::<f64>() / it.len() as f64;
            margins = (0..GRID).map(|at| mean(bin(at))).collect();
        }
        Self { margins }
    }

    /// The score of a margin, 0..100.
    pub(crate) fn at(&self, margin: f64) -> f64 {
        let sum: f64 = self.margins.iter().map(|it| sigmoid(margin - it)).sum();
        100.0 * sum / self.margins.len() as f64
    }

    /// Points of score for one unit of margin, at a margin.
    pub(crate) fn slope(&self, margin: f64) -> f64 {
        let change = |it: &f64| sigmoid(margin - it) * sigmoid(it - margin);
        100.0 * self.margins.iter().map(change).sum::<f64>() / self.margins.len() as f64
    }
}

/// Peers of each item: its group when at least two share it, else everybody.
///
/// Returns the sets of peers and, for each item, the number of its set; set 0 is everybody.
pub(crate) fn assign(groups: &[Option<&str>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (item, group) in groups.iter().enumerate() {
        if let Some(group) = group {
            members.entry(group).or_default().push(item);
        }
    }
    let mut sets = vec![(0..groups.len()).collect::<Vec<_>>()];
    let mut set_of = vec![0; groups.len()];
    for members in members.into_values().filter(|it| it.len() >= 2) {
        for item in &members {
            set_of[*item] = sets.len();
        }
        sets.push(members);
    }
    (sets, set_of)
}

/// Scales deviations from the peers' mean to points, so that they add up to `score - base`.
///
/// The scale is the average slope of the curve between the base and the score; where the
/// deviations cancel to nearly nothing, the slope at the base is its limit.
pub(crate) fn points(deviations: &[f64], base: f64, score: f64, slope_at_base: f64) -> Vec<f64> {
    let sum: f64 = deviations.iter().sum();
    let scale = if sum.abs() > 1e-8 { (score - base) / sum } else { slope_at_base };
    deviations.iter().map(|it| it * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_creative_counts_half_against_itself() {
        assert!((Curve::of(vec![0.3]).at(0.3) - 50.0).abs() < 1e-12);
        let pair = Curve::of(vec![-50.0, 50.0]);
        assert!((pair.at(50.0) - 75.0).abs() < 1e-9);
        assert!((pair.at(-50.0) - 25.0).abs() < 1e-9);
    }

    #[test]
    fn the_grid_is_close_to_the_exact_curve() {
        let number = |at: u64| (crate::hash::mix(at) >> 11) as f64 / (1_u64 << 53) as f64;
        let margins: Vec<f64> = (0..9_999).map(|at| 6.0 * number(at).powi(3) - 1.0).collect();
        let exact = Curve { margins: margins.clone() };
        let grid = Curve::of(margins);
        assert_eq!(grid.margins.len(), GRID);
        for at in -20..60 {
            let margin = f64::from(at) / 10.0;
            assert!((exact.at(margin) - grid.at(margin)).abs() < 0.01);
        }
    }

    #[test]
    fn single_members_are_compared_with_everybody() {
        let (sets, set_of) = assign(&[Some("b"), Some("a"), None, Some("b"), Some("c")]);
        assert_eq!(sets, vec![vec![0, 1, 2, 3, 4], vec![0, 3]]);
        assert_eq!(set_of, vec![1, 0, 0, 1, 0]);
    }

    #[test]
    fn points_add_up_even_when_reasons_cancel() {
        let curve = Curve::of(vec![-1.0, 0.0, 1.0]);
        let deviations = [0.4, -0.4 + 1e-12];
        let (base, score) = (curve.at(0.0), curve.at(1e-12));
        let found = points(&deviations, base, score, curve.slope(0.0));
        assert!((base + found.iter().sum::<f64>() - score).abs() < 1e-9);
        assert!(found[0] > 5.0);
    }
}
