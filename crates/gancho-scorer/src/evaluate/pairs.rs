//! Pairs of one group: does the better one rank higher?

use super::bootstrap::{Estimate, Part, Sums, ratio};
use super::judged::{Group, Judged, PARTNERS};

/// Two-sided 5 % point of the normal distribution: differences past it count as clear.
const CLEAR: f64 = 1.96;

/// The probability that of two units of one group the one with the higher observed effect has the
/// higher prediction, equal predictions counting half; pairs with equal effects are left out.
///
/// All pairs of a group are counted, in `n log n` steps (Knight 1966). A group counts for its number of
/// pairs, in groups past 101 units for 50 pairs a unit, so that one large campaign does not drown the
/// others. `n` is the number of pairs.
pub fn auc(judged: &Judged<'_>) -> Option<Estimate> {
    let parts: Vec<Concordance> = judged.groups().iter().map(Concordance::of).collect();
    let pairs = |it: &Concordance| it.untied_pairs();
    ratio(&parts, parts.iter().map(pairs).sum())
}

/// Share of pairs with clearly different effects (|z| > 1.96) that the prediction orders rightly,
/// equal predictions counting half.
///
/// In groups past 101 units each is paired with 100 others. `n` is the number of clear pairs.
pub fn clear_accuracy(judged: &Judged<'_>) -> Option<Estimate> {
    let parts: Vec<ClearPairs> = judged.groups().iter().map(ClearPairs::of).collect();
    ratio(&parts, parts.iter().map(|it| it.pairs.len() as u64).sum())
}

/// A group sorted for counting concordant pairs.
struct Concordance {
    /// Units in ascending order of effect, each with the end of its block of equal effects.
    order: Vec<(usize, usize)>,
    /// Place of each unit's prediction among the distinct ones, from 0.
    place: Vec<usize>,
    places: usize,
    /// Brings a large group down to `PARTNERS` pairs a unit.
    scale: f64,
}

impl Concordance {
    fn of(group: &Group) -> Self {
        let (order, _) = blocks(&group.effect);
        let (by_prediction, places) = blocks(&group.prediction);
        let mut place = vec![0; group.len()];
        let (mut at, mut end) = (0, 0);
        for (position, (unit, block_end)) in by_prediction.iter().enumerate() {
            if position == end {
                at += usize::from(position > 0);
                end = *block_end;
            }
            place[*unit] = at;
        }
        let scale = (2.0 * PARTNERS as f64 / (group.len() - 1) as f64).min(1.0);
        Self { order, place, places, scale }
    }

    fn untied_pairs(&self) -> u64 {
        self.order.iter().map(|(_, end)| (self.order.len() - end) as u64).sum()
    }
}

/// Positions in ascending order of value with the end of each block of equal values; number of blocks.
fn blocks(values: &[f64]) -> (Vec<(usize, usize)>, usize) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut blocks = Vec::with_capacity(order.len());
    let mut count = 0;
    for block in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let end = blocks.len() + block.len();
        blocks.extend(block.iter().map(|it| (*it, end)));
        count += 1;
    }
    (blocks, count)
}

impl Part for Concordance {
    fn units(&self) -> usize {
        self.order.len()
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        // Sums of weights over places of prediction, of all units with a lower effect (Fenwick 1994).
        let mut tree = vec![0.0; self.places + 1];
        let (mut lower, mut top, mut bottom) = (0.0, 0.0, 0.0);
        for block in self.order.chunk_by(|a, b| a.1 == b.1) {
            for (unit, _) in block {
                let place = self.place[*unit];
                let (below, upto) = (prefix(&tree, place), prefix(&tree, place + 1));
                top += weights[*unit] * f64::midpoint(below, upto);
                bottom += weights[*unit] * lower;
            }
            for (unit, _) in block {
                let mut at = self.place[*unit] + 1;
                while at < tree.len() {
                    tree[at] += weights[*unit];
                    at += at & at.wrapping_neg();
                }
                lower += weights[*unit];
            }
        }
        (self.scale * top, self.scale * bottom)
    }
}

/// Sum over the first `count` places.
fn prefix(tree: &[f64], count: usize) -> f64 {
    let (mut at, mut sum) = (count, 0.0);
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

/// The clear pairs of a group: two units, and 1 where the prediction agrees, 1/2 where it ties.
struct ClearPairs {
    units: usize,
    pairs: Vec<(u32, u32, f32)>,
}

impl ClearPairs {
    fn of(group: &Group) -> Self {
        let clear = |(a, b): (usize, usize)| {
            let difference = group.effect[a] - group.effect[b];
            let noise = (group.variance[a] + group.variance[b]).sqrt();
            // A variance that is not a number makes nothing clear.
            if difference.abs() > CLEAR * noise { Some((a, b, difference)) } else { None }
        };
        let judged = |(a, b, difference): (usize, usize, f64)| {
            let predicted = group.prediction[a] - group.prediction[b];
            let right =
                if predicted == 0.0 { 0.5 } else { f32::from((predicted > 0.0) == (difference > 0.0)) };
            (a as u32, b as u32, right)
        };
        Self { units: group.len(), pairs: group.pairs().filter_map(clear).map(judged).collect() }
    }
}

impl Part for ClearPairs {
    fn units(&self) -> usize {
        self.units
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        self.pairs.iter().fold((0.0, 0.0), |sum, (a, b, right)| {
            let weight = weights[*a as usize] * weights[*b as usize];
            (sum.0 + weight * f64::from(*right), sum.1 + weight)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::evaluate::SplitMix64;

    /// The definitions, pair by pair.
    fn by_hand(judged: &Judged<'_>) -> (Sums, Sums) {
        let (mut all, mut clear) = ((0.0, 0.0), (0.0, 0.0));
        for a in 0..judged.len() {
            for b in 0..judged.len() {
                let difference = judged.effect[a] - judged.effect[b];
                if judged.group[a] != judged.group[b] || difference <= 0.0 {
                    continue;
                }
                let right = match judged.prediction[a].total_cmp(&judged.prediction[b]) {
                    std::cmp::Ordering::Greater => 1.0,
                    std::cmp::Ordering::Equal => 0.5,
                    std::cmp::Ordering::Less => 0.0,
                };
                all = (all.0 + right, all.1 + 1.0);
                if difference > 1.96 * (judged.variance[a] + judged.variance[b]).sqrt() {
                    clear = (clear.0 + right, clear.1 + 1.0);
                }
            }
        }
        (all, clear)
    }

    proptest! {
        #[test]
        fn counting_agrees_with_the_definition(
            units in proptest::collection::vec((0_i8..6, 0_i8..6, 0.0_f64..2.0, 0_usize..3), 0..60)
        ) {
            let prediction: Vec<f64> = units.iter().map(|it| f64::from(it.0)).collect();
            let effect: Vec<f64> = units.iter().map(|it| f64::from(it.1)).collect();
            let variance: Vec<f64> = units.iter().map(|it| it.2).collect();
            let group: Vec<usize> = units.iter().map(|it| it.3).collect();
            let judged =
                Judged { prediction: &prediction, effect: &effect, variance: &variance, group: &group };
            let (all, clear) = by_hand(&judged);
            for (found, (right, pairs)) in [(auc(&judged), all), (clear_accuracy(&judged), clear)] {
                prop_assert_eq!(found.map_or(0, |it| it.n), pairs as u64);
                if pairs > 0.0 {
                    let found = found.unwrap();
                    prop_assert!((found.value - right / pairs).abs() < 1e-12);
                    prop_assert!(found.low <= found.value && found.value <= found.high);
                }
            }
        }
    }

    /// One group of `count` units whose predictions explain half of the effects' variance.
    fn drawn(count: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let mut random = SplitMix64::new(seed);
        let pair = |_| {
            let signal = random.normal();
            (signal, signal + random.normal())
        };
        (0..count).map(pair).unzip()
    }

    #[test]
    fn large_groups_are_bounded_and_still_right() {
        let (prediction, effect) = drawn(20_000, 5);
        let (variance, group) = (vec![0.0; 20_000], vec![0; 20_000]);
        let judged = Judged { prediction: &prediction, effect: &effect, variance: &variance, group: &group };
        let found = auc(&judged).unwrap();
        // Kendall's tau of a bivariate normal is 2 / pi * asin(r), with r = sqrt(1/2) here: AUC 3/4.
        assert!((found.value - 0.75).abs() < 0.005, "{found:?}");
        assert!(found.high - found.low < 0.02 && found.n == 20_000 * 19_999 / 2);
        // Every pair is clear without noise, so both figures estimate the same thing.
        let clear = clear_accuracy(&judged).unwrap();
        assert!((clear.value - found.value).abs() < 0.003 && clear.n == 1_000_000);
    }

    #[test]
    fn one_large_group_does_not_drown_the_others() {
        // 400 units ranked rightly count 50 pairs each, twenty pairs ranked wrongly one each.
        let mut prediction: Vec<f64> = (0..400).map(f64::from).collect();
        let mut effect = prediction.clone();
        let mut group = vec![0; 400];
        for pair in 1..=20 {
            prediction.extend([0.0, 1.0]);
            effect.extend([1.0, 0.0]);
            group.extend([pair, pair]);
        }
        let judged =
            Judged { prediction: &prediction, effect: &effect, variance: &vec![0.0; 440], group: &group };
        let expected = 20_000.0 / 20_020.0;
        assert!((auc(&judged).unwrap().value - expected).abs() < 1e-12);
        assert!((clear_accuracy(&judged).unwrap().value - expected).abs() < 1e-12);
    }

    #[test]
    fn auc_is_that_of_scikit_learn_and_its_interval_holds_it() {
        // sklearn.metrics.roc_auc_score([0,0,1,1,0,1,1,0], [.1,.4,.35,.8,.4,.4,.9,.2]) = 0.8125
        let prediction = [0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.2];
        let effect = [0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0];
        let judged = Judged { prediction: &prediction, effect: &effect, variance: &[0.1; 8], group: &[0; 8] };
        let found = auc(&judged).unwrap();
        assert!((found.value - 0.8125).abs() < 1e-12 && found.n == 16);
        let mut held = 0;
        for seed in 0..100 {
            let (prediction, effect) = drawn(80, 1_000 + seed);
            let judged =
                Judged { prediction: &prediction, effect: &effect, variance: &[0.0; 80], group: &[0; 80] };
            let found = auc(&judged).unwrap();
            held += u32::from(found.low <= 0.75 && 0.75 <= found.high);
        }
        assert!((88..=99).contains(&held), "{held}");
    }
}
