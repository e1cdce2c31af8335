//! Intervals of ratios of sums over groups, by resampling.
//!
//! Every figure of a ranking here is `sum of numerators / sum of denominators` over groups. Units of
//! one group share their campaign, their season and their mean, so the group is what is drawn again
//! (Efron 1979; Davison and Hinkley 1997, section 3.8). With few groups that alone says too little:
//! one group drawn again is the same group. Below [`FEW_GROUPS`] the units of each drawn group are
//! therefore drawn again as well, which errs on the wide side; a single group is the plain bootstrap
//! over its units.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::random::SplitMix64;

/// Draws behind each interval.
const DRAWS: u64 = 400;
/// Below this many groups, units are drawn again too.
const FEW_GROUPS: usize = 8;
const SEED: u64 = 0x0067_616e_6368_6f00;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// What it rests on: pairs, units or groups, as the function says.
    pub n: u64,
}

/// What one group adds: numerator and denominator.
pub(super) type Sums = (f64, f64);

/// A group prepared for being measured many times.
pub(super) trait Part: Sync {
    /// Units in the group.
    fn units(&self) -> usize;
    /// Sums when unit `i` counts `weights[i]` times.
    fn sums(&self, weights: &[f64]) -> Sums;
}

/// The ratio over all groups with its percentile interval; nothing where there is nothing to count.
pub(super) fn ratio<P: Part>(parts: &[P], n: u64) -> Option<Estimate> {
    let once: Vec<Sums> = parts.par_iter().map(|it| it.sums(&vec![1.0; it.units()])).collect();
    let value = divided(once.iter().copied())?;
    let mut draws: Vec<f64> = (0..DRAWS)
        .into_par_iter()
        .filter_map(|draw| {
            let mut random = SplitMix64::new(SEED ^ crate::hash::mix(draw));
            let picks: Vec<usize> = parts.iter().map(|_| random.below(parts.len())).collect();
            if parts.len() >= FEW_GROUPS {
                divided(picks.into_iter().map(|it| once[it]))
            } else {
                divided(picks.into_iter().map(|it| parts[it].sums(&drawn(&mut random, parts[it].units()))))
            }
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    let (low, high) = (quantile(&draws, 0.025).unwrap_or(value), quantile(&draws, 0.975).unwrap_or(value));
    Some(Estimate { value, low: low.min(value), high: high.max(value), n })
}

fn divided(sums: impl Iterator<Item = Sums>) -> Option<f64> {
    let (top, bottom) = sums.fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    (bottom > 0.0).then(|| top / bottom)
}

/// How often each of `count` units is drawn in `count` draws.
fn drawn(random: &mut SplitMix64, count: usize) -> Vec<f64> {
    let mut weights = vec![0.0; count];
    for _ in 0..count {
        weights[random.below(count)] += 1.0;
    }
    weights
}

/// Quantile of sorted values, linear between neighbors (type 7 of Hyndman and Fan 1996).
pub(super) fn quantile(sorted: &[f64], level: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = level.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let above = sorted[(below + 1).min(last)];
    Some(sorted[below] + (at - below as f64) * (above - sorted[below]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The mean of a group's values.
    struct Mean(Vec<f64>);

    impl Part for Mean {
        fn units(&self) -> usize {
            self.0.len()
        }

        fn sums(&self, weights: &[f64]) -> Sums {
            (self.0.iter().zip(weights).map(|(a, b)| a * b).sum(), weights.iter().sum())
        }
    }

    /// How often the interval holds the true mean, 0, and how wide it is on average.
    fn coverage(groups: usize, units: usize, between: f64) -> (f64, f64) {
        let (mut held, mut width) = (0.0, 0.0);
        for seed in 0..300 {
            let mut random = SplitMix64::new(seed);
            let parts: Vec<Mean> = (0..groups)
                .map(|_| {
                    let level = between * random.normal();
                    Mean((0..units).map(|_| level + random.normal()).collect())
                })
                .collect();
            let found = ratio(&parts, 0).unwrap();
            held += f64::from(u8::from(found.low <= 0.0 && 0.0 <= found.high)) / 300.0;
            width += (found.high - found.low) / 300.0;
        }
        (held, width)
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        // Standard errors: sqrt((between^2 + 1 / units) / groups), twice 1.96 of them wide.
        let (held, width) = coverage(40, 5, 1.0);
        assert!((held - 0.95).abs() < 0.04, "{held}");
        assert!((width - 3.92 * (1.2_f64 / 40.0).sqrt()).abs() < 0.05, "{width}");
        let (held, width) = coverage(1, 100, 0.0);
        assert!((held - 0.95).abs() < 0.04, "{held}");
        assert!((width - 0.392).abs() < 0.02, "{width}");
        // Three groups without differences between them: wide rather than narrow.
        let (held, _) = coverage(3, 30, 0.0);
        assert!(held > 0.92, "{held}");
    }

    #[test]
    fn nothing_to_count_is_not_a_figure() {
        assert_eq!(ratio::<Mean>(&[], 0), None);
        assert_eq!(ratio(&[Mean(Vec::new())], 0), None);
    }

    #[test]
    fn quantiles_are_those_of_numpy() {
        // numpy.quantile([1, 2, 4, 8], [0, .1, .5, .975, 1])
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (level, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.975, 7.7), (1.0, 8.0)] {
            assert!((quantile(&sorted, level).unwrap() - expected).abs() < 1e-12);
        }
        assert_eq!(quantile(&[], 0.5), None);
    }
}
