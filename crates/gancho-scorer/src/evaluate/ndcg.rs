//! Normalized discounted cumulative gain (Järvelin and Kekäläinen 2002): is the top of the list good?

use super::between::between;
use super::bootstrap::{Estimate, Part, Sums, ratio};
use super::judged::{Group, Judged};

/// NDCG over the first places of each group's ranking.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ndcg {
    /// How many places count.
    pub at: u64,
    /// Mean over groups, 1 for the perfect order; `n` is the number of groups.
    pub estimate: Estimate,
    /// What a random order reaches on average, in the same groups.
    pub random: f64,
}

/// NDCG over the first `at` places, every group counting once; nothing without a group to measure.
///
/// The gain of a unit is the percentile, 0..1, that its shrunk effect ([`super::shrunk`]) holds in its
/// group: share beaten, ties and itself half. Percentiles make groups comparable, and shrinking keeps
/// small samples from posing as the best. Places discount by `1 / log2(place + 1)`. Units of equal
/// prediction share the places they hold together, so that the figure is the expectation over their
/// orders. The value of a random order is exact: the mean gain in every place.
///
/// A group counts with more than `at` units and at least one difference in gain. Groups are what the
/// interval draws again: from two to seven of them it is too narrow, and a single group has none to compare
/// with, so that its interval is the whole scale.
pub fn ndcg(judged: &Judged<'_>, at: usize) -> Option<Ndcg> {
    let groups = judged.groups();
    let between = between(&groups);
    let fits = |it: &&Group| at > 0 && it.len() > at;
    let parts: Vec<Reached> =
        groups.iter().filter(fits).filter_map(|it| Reached::of(it, between, at)).collect();
    let random = parts.iter().map(|it| it.random).sum::<f64>() / parts.len().max(1) as f64;
    let mut estimate = ratio(&parts, parts.len() as u64)?;
    if parts.len() == 1 {
        (estimate.low, estimate.high) = (0.0, 1.0);
    }
    Some(Ndcg { at: at as u64, estimate, random })
}

/// What one group reaches, and what a random order would.
struct Reached {
    value: f64,
    random: f64,
}

impl Reached {
    fn of(group: &Group, between: f64, at: usize) -> Option<Self> {
        let count = group.len() as f64;
        let ranks = crate::calibration::ranks(&group.shrunk(between));
        let gain: Vec<f64> = ranks.iter().map(|rank| (rank - 0.5) / count).collect();
        if gain.iter().all(|it| *it == gain[0]) {
            return None;
        }
        let mut best = gain.clone();
        best.sort_by(|a, b| b.total_cmp(a));
        let ideal: f64 = best.iter().take(at).zip(1..).map(|(gain, place)| gain * discount(place)).sum();
        let mean = gain.iter().sum::<f64>() / count;
        let random = (1..=at).map(|place| mean * discount(place)).sum::<f64>() / ideal;
        Some(Self { value: discounted(&group.prediction, &gain, at) / ideal, random })
    }
}

/// Discounted gain of the first `at` places; equal predictions share theirs.
fn discounted(prediction: &[f64], gain: &[f64], at: usize) -> f64 {
    let mut order: Vec<usize> = (0..gain.len()).collect();
    order.sort_by(|a, b| prediction[*b].total_cmp(&prediction[*a]));
    let (mut place, mut sum) = (1, 0.0);
    for block in order.chunk_by(|a, b| prediction[*a] == prediction[*b]) {
        let mean = block.iter().map(|it| gain[*it]).sum::<f64>() / block.len() as f64;
        let end = place + block.len();
        sum += mean * (place..end.min(at + 1)).map(discount).sum::<f64>();
        place = end;
        if place > at {
            break;
        }
    }
    sum
}

fn discount(place: usize) -> f64 {
    1.0 / (place as f64 + 1.0).log2()
}

impl Part for Reached {
    /// The group as a whole is one observation: NDCG of units drawn twice means nothing.
    fn units(&self) -> usize {
        1
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        (self.value * weights[0], weights[0])
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    const EFFECT: [f64; 6] = [0.3, -0.2, 0.9, 0.1, -0.6, -0.5];
    const TIED: [f64; 6] = [0.5, 0.5, 0.1, 0.9, 0.5, 0.2];

    fn judged<'a>(prediction: &'a [f64], effect: &'a [f64], group: &'a [usize]) -> Judged<'a> {
        Judged { prediction, effect, variance: &[0.01; 600], group }
    }

    #[test]
    fn it_is_that_of_scikit_learn_ties_included() {
        // g = (scipy.stats.rankdata([.3,-.2,.9,.1,-.6,-.5]) - .5) / 6
        // sklearn.metrics.ndcg_score([g], [[.5,.5,.1,.9,.5,.2]], k=k) for k in 1, 3, 5
        for (at, expected) in SCIKIT {
            let found = ndcg(&judged(&TIED, &EFFECT, &[0; 6]), at).unwrap();
            assert!((found.estimate.value - expected).abs() < 1e-12, "{at} {found:?}");
        }
    }

    const SCIKIT: [(usize, f64); 3] =
        [(1, 0.636_363_636_363_636_5), (3, 0.627_139_365_506_859_3), (5, 0.679_736_929_386_593_4)];

    #[test]
    fn the_value_of_a_random_order_is_the_mean_over_all_orders() {
        for at in [1, 3] {
            let (mut sum, mut orders) = (0.0, 0.0);
            for code in 0..4_usize.pow(4) {
                let order: Vec<f64> = (0..4).map(|it| ((code >> (2 * it)) & 3) as f64).collect();
                if (0..4).all(|it| order.contains(&f64::from(it))) {
                    sum += ndcg(&judged(&order, &EFFECT[..4], &[0; 4]), at).unwrap().estimate.value;
                    orders += 1.0;
                }
            }
            let found = ndcg(&judged(&[1.0, 2.0, 3.0, 4.0], &EFFECT[..4], &[0; 4]), at).unwrap();
            assert_eq!(orders, 24.0);
            assert!((found.random - sum / orders).abs() < 1e-12);
            // Predictions that all tie are a random order.
            let tied = ndcg(&judged(&[1.0; 4], &EFFECT[..4], &[0; 4]), at).unwrap();
            assert!((tied.estimate.value - found.random).abs() < 1e-12);
        }
    }

    #[test]
    fn groups_count_once_and_only_where_there_is_a_choice() {
        // A perfect group of six, a reversed one of four, one too small for three places.
        let prediction = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0];
        let effect = [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 4.0, 3.0, 2.0, 1.0, 3.0, 2.0, 1.0];
        let group = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2];
        let found = ndcg(&judged(&prediction, &effect, &group), 3).unwrap();
        let log = 3.0_f64.log2();
        // Gains in eighths: 1, 3, 5 against 7, 5, 3.
        let reversed = (1.0 + 3.0 / log + 5.0 / 2.0) / (7.0 + 5.0 / log + 3.0 / 2.0);
        assert!((found.estimate.value - f64::midpoint(1.0, reversed)).abs() < 1e-12);
        assert_eq!(found.estimate.n, 2);
        assert_eq!(ndcg(&judged(&[1.0, 2.0], &[0.5, 0.5], &[0, 0]), 1), None);
        assert_eq!(ndcg(&judged(&prediction, &effect, &group), 0), None);
    }

    #[test]
    fn predictions_that_say_nothing_reach_the_value_of_a_random_order() {
        let mut random = SplitMix64::new(11);
        let prediction: Vec<f64> = (0..600).map(|_| random.normal()).collect();
        let effect: Vec<f64> = (0..600).map(|_| random.normal()).collect();
        let group: Vec<usize> = (0..600).map(|it| it / 6).collect();
        for at in [1, 3, 5] {
            let found = ndcg(&judged(&prediction, &effect, &group), at).unwrap();
            assert!(found.estimate.low < found.random && found.random < found.estimate.high, "{found:?}");
            let perfect = ndcg(&judged(&effect, &effect, &group), at).unwrap();
            assert_eq!((perfect.estimate.value, perfect.estimate.low), (1.0, 1.0));
        }
    }
}
