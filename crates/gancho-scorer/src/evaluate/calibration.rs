//! Whether stated probabilities of winning come true.

use serde::{Deserialize, Serialize};

use super::judged::{Group, Judged};
use crate::calibration::fit_beta;
use crate::peers::sigmoid;

/// Bins of the reliability diagram.
const BINS: usize = 10;

/// How well `P(a beats b) = sigmoid(beta * (m_a - m_b))` agrees with observed winners.
///
/// Each pair of one group is seen from its favorite, so that the figures do not depend on which unit
/// comes first, and probabilities run from 1/2 to 1. The unit with the higher observed effect has won;
/// equal effects count half, and so do pairs without a favorite. Groups past 101 units give 50 pairs a
/// unit. Observed winners carry their noise: this is the calibration of forecasts about results, not
/// about true effects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairCalibration {
    /// Number of pairs.
    pub pairs: u64,
    /// Expected calibration error: mean over bins of |stated - observed|, weighted by pairs.
    pub ece: f64,
    /// Slope of a logistic regression of winners on stated log-odds, without intercept: 1 is calibrated,
    /// below 1 the probabilities are too bold, 0 they say nothing, negative they mislead.
    pub slope: f64,
    /// Mean squared error of the probabilities.
    pub brier: f64,
    /// `1 - brier / brier of 1/2 for every pair`: 0 is no better than a coin, 1 is perfect.
    pub brier_skill: f64,
    /// The reliability diagram, from the least to the most certain pairs; bins of equal numbers.
    pub bins: Vec<Bin>,
}

/// Pairs of about the same stated probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Mean stated probability that the favorite wins.
    pub stated: f64,
    /// Share of favorites that won.
    pub observed: f64,
    /// Pairs in the bin.
    pub pairs: u64,
}

impl PairCalibration {
    /// Measures the calibration of `beta`; nothing without pairs.
    pub fn of(judged: &Judged<'_>, beta: f64) -> Option<Self> {
        let groups = judged.groups();
        let mut pairs: Vec<(f64, f64)> = groups.iter().flat_map(|it| favorites(it, beta)).collect();
        if pairs.is_empty() {
            return None;
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let count = pairs.len();
        let slope = fit_beta(&pairs);
        let squares = |chance: fn(f64) -> f64| {
            pairs.iter().map(|(odds, won)| (chance(*odds) - won).powi(2)).sum::<f64>() / count as f64
        };
        let (brier, coin) = (squares(sigmoid), squares(|_| 0.5));
        share_ties(&mut pairs);
        let bins: Vec<Bin> = (0..BINS)
            .map(|at| &pairs[at * count / BINS..(at + 1) * count / BINS])
            .filter(|it| !it.is_empty())
            .map(|it| Bin {
                stated: it.iter().map(|(odds, _)| sigmoid(*odds)).sum::<f64>() / it.len() as f64,
                observed: it.iter().map(|(_, won)| won).sum::<f64>() / it.len() as f64,
                pairs: it.len() as u64,
            })
            .collect();
        let gap = |it: &Bin| it.pairs as f64 * (it.stated - it.observed).abs();
        Some(Self {
            pairs: count as u64,
            ece: bins.iter().map(gap).sum::<f64>() / count as f64,
            slope,
            brier,
            brier_skill: if coin > 0.0 { 1.0 - brier / coin } else { 0.0 },
            bins,
        })
    }
}

/// Stated log-odds of each pair's favorite, at least 0, and whether it won.
fn favorites(group: &Group, beta: f64) -> impl Iterator<Item = (f64, f64)> {
    group.pairs().map(move |(a, b)| {
        let odds = beta * (group.prediction[a] - group.prediction[b]);
        // From `a`: 1 where the higher effect is its own, 0 where it is its rival's.
        let difference = group.effect[a] - group.effect[b];
        let won = if difference == 0.0 { 0.5 } else { f64::from(u8::from(difference > 0.0)) };
        match odds.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Greater) => (odds, won),
            Some(std::cmp::Ordering::Less) => (-odds, 1.0 - won),
            _ => (0.0, 0.5),
        }
    })
}

/// Gives pairs of equal odds their mean result: which of them a bin's border parts must not matter.
fn share_ties(pairs: &mut [(f64, f64)]) {
    for block in pairs.chunk_by_mut(|a, b| a.0 == b.0) {
        let mean = block.iter().map(|it| it.1).sum::<f64>() / block.len() as f64;
        block.iter_mut().for_each(|it| it.1 = mean);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    const PREDICTION: [f64; 6] = [0.52, -0.3, 1.2, 0.13, -0.9, 0.41];
    const EFFECT: [f64; 6] = [0.2, -0.1, 0.1, 0.3, -0.4, -0.1];

    #[test]
    fn figures_are_those_of_numpy_and_scipy() {
        // for a < b in range(6): x = 1.5 * (m[a] - m[b]); y = 1, 1/2 or 0; x, y flipped where x < 0;
        // p = 1 / (1 + exp(-x)), sorted; np.array_split by k * 15 // 10; slope by scipy.optimize.minimize
        // of the log-likelihood; brier_skill = 1 - mean((p - y)^2) / mean((.5 - y)^2).
        let judged = Judged { prediction: &PREDICTION, effect: &EFFECT, variance: &[1.0; 6], group: &[0; 6] };
        let found = PairCalibration::of(&judged, 1.5).unwrap();
        assert_eq!((found.pairs, found.bins.len()), (15, 10));
        assert!((found.ece - ECE).abs() < 1e-12, "{}", found.ece);
        assert!((found.brier - BRIER).abs() < 1e-12, "{}", found.brier);
        assert!((found.brier_skill - SKILL).abs() < 1e-12, "{}", found.brier_skill);
        // The ridge of the fit moves the slope a little on fifteen pairs.
        assert!((found.slope - SLOPE).abs() < 2e-3, "{}", found.slope);
    }

    const ECE: f64 = 0.288_454_536_847_666_25;
    const BRIER: f64 = 0.177_078_026_767_611_5;
    const SKILL: f64 = 0.241_094_170_995_950_76;
    const SLOPE: f64 = 0.813_362_503_086_535_6;

    /// Groups of ten whose winners follow `sigmoid(m_a - m_b)`: a Gumbel draw added to each margin.
    fn bradley_terry(groups: usize) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
        let mut random = SplitMix64::new(77);
        let (mut prediction, mut effect) = (Vec::new(), Vec::new());
        for _ in 0..10 * groups {
            let margin = random.normal();
            prediction.push(margin);
            effect.push(margin - (-(1.0 - random.uniform()).ln()).ln());
        }
        (prediction, effect, (0..10 * groups).map(|it| it / 10).collect())
    }

    #[test]
    fn true_probabilities_are_calibrated_and_bold_ones_are_not() {
        let (prediction, effect, group) = bradley_terry(2_000);
        let judged =
            Judged { prediction: &prediction, effect: &effect, variance: &vec![1.0; 20_000], group: &group };
        let right = PairCalibration::of(&judged, 1.0).unwrap();
        assert!(right.ece < 0.006 && (right.slope - 1.0).abs() < 0.03, "{right:?}");
        assert!(right.bins.iter().all(|it| (it.stated - it.observed).abs() < 0.015), "{right:?}");
        let bold = PairCalibration::of(&judged, 2.0).unwrap();
        assert!(bold.ece > 0.06 && (bold.slope - 0.5).abs() < 0.02, "{bold:?}");
        assert!(bold.brier_skill < right.brier_skill);
        let wrong = PairCalibration::of(&judged, -1.0).unwrap();
        assert!((wrong.slope + 1.0).abs() < 0.03 && wrong.brier_skill < 0.0);
        let silent = PairCalibration::of(&judged, 0.0).unwrap();
        assert_eq!((silent.ece, silent.brier_skill, silent.slope), (0.0, 0.0, 0.0));
    }

    #[test]
    fn the_order_of_units_does_not_matter_and_no_pairs_are_no_figure() {
        let reverse = |it: &[f64]| it.iter().rev().copied().collect::<Vec<f64>>();
        let judged = Judged { prediction: &PREDICTION, effect: &EFFECT, variance: &[1.0; 6], group: &[0; 6] };
        let (prediction, effect) = (reverse(&PREDICTION), reverse(&EFFECT));
        let turned = Judged { prediction: &prediction, effect: &effect, ..judged };
        assert_eq!(PairCalibration::of(&judged, 1.5), PairCalibration::of(&turned, 1.5));
        assert_eq!(PairCalibration::of(&Judged { group: &[0, 1, 2, 3, 4, 5], ..judged }, 1.5), None);
    }
}
