//! Rank correlation within groups.

use super::bootstrap::{Estimate, Part, Sums, ratio};
use super::judged::{Group, Judged};

/// Mean Spearman correlation of prediction and effect within groups; `n` is the number of groups.
///
/// Groups are weighted by `n - 1`: without skill each has variance `1 / (n - 1)`, so that the weighted
/// mean is the one with the least variance. A group whose predictions all tie counts as 0.
pub fn spearman(judged: &Judged<'_>) -> Option<Estimate> {
    let parts: Vec<Sorted> = judged.groups().iter().map(Sorted::of).collect();
    ratio(&parts, parts.len() as u64)
}

/// The correlation alone, without its interval.
pub(super) fn mean_correlation(judged: &Judged<'_>) -> Option<f64> {
    let sums = judged.groups().into_iter().map(|it| Sorted::of(&it).sums(&vec![1.0; it.len()]));
    let (top, bottom) = sums.fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    (bottom > 0.0).then(|| top / bottom)
}

/// The units of one group in the order of each quantity, cut into blocks of equal values.
struct Sorted {
    units: usize,
    prediction: Vec<Vec<usize>>,
    effect: Vec<Vec<usize>>,
}

impl Sorted {
    fn of(group: &Group) -> Self {
        Self { units: group.len(), prediction: tied(&group.prediction), effect: tied(&group.effect) }
    }
}

fn tied(values: &[f64]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    order.chunk_by(|a, b| values[*a] == values[*b]).map(<[usize]>::to_vec).collect()
}

impl Part for Sorted {
    fn units(&self) -> usize {
        self.units
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        let (a, b) = (centered_ranks(&self.prediction, weights), centered_ranks(&self.effect, weights));
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).zip(weights).map(|((a, b), w)| w * a * b).sum();
        let (both, left, right): (f64, f64, f64) = (product(&a, &b), product(&a, &a), product(&b, &b));
        let freedom = weights.iter().sum::<f64>() - 1.0;
        let correlation = if left > 0.0 && right > 0.0 { both / (left * right).sqrt() } else { 0.0 };
        (freedom * correlation, freedom)
    }
}

/// Ranks less their mean when each unit counts `weights[i]` times; tied values share their mean rank.
fn centered_ranks(blocks: &[Vec<usize>], weights: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; weights.len()];
    let middle = weights.iter().sum::<f64>() / 2.0;
    let mut below = 0.0;
    for block in blocks {
        let here: f64 = block.iter().map(|it| weights[*it]).sum();
        block.iter().for_each(|it| ranks[*it] = below + here / 2.0 - middle);
        below += here;
    }
    ranks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    #[test]
    fn it_is_that_of_scipy_weighted_by_freedom() {
        // scipy.stats.spearmanr([3,1,4,1,5,9,2,6], [2,7,1,8,2,8,1,8]).statistic = 0.1988...,
        // scipy.stats.spearmanr([1,2,3], [1,3,2]).statistic = 0.5; weights 7 and 2.
        let prediction = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 1.0, 2.0, 3.0];
        let effect = [2.0, 7.0, 1.0, 8.0, 2.0, 8.0, 1.0, 8.0, 1.0, 3.0, 2.0];
        let group = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1];
        let variance = [1.0; 11];
        let judged = Judged { prediction: &prediction, effect: &effect, variance: &variance, group: &group };
        let found = spearman(&judged).unwrap();
        assert!((found.value - (7.0 * SCIPY + 2.0 * 0.5) / 9.0).abs() < 1e-12, "{}", found.value);
        assert_eq!(found.n, 2);
        let first = Judged { prediction: &prediction[..8], ..judged };
        assert!((spearman(&first).unwrap().value - SCIPY).abs() < 1e-12);
    }

    const SCIPY: f64 = 0.198_853_681_209_924_67;

    #[test]
    fn a_weight_of_two_is_the_same_unit_twice() {
        let (prediction, effect) = ([0.3, 0.1, 0.9, 0.9], [1.0, 3.0, 2.0, 5.0]);
        let twice = ([0.3, 0.1, 0.1, 0.9, 0.9, 0.9], [1.0, 3.0, 3.0, 2.0, 5.0, 5.0]);
        let sorted = |a: &[f64], b: &[f64]| Sorted { units: a.len(), prediction: tied(a), effect: tied(b) };
        let weighted = sorted(&prediction, &effect).sums(&[1.0, 2.0, 1.0, 2.0]);
        let plain = sorted(&twice.0, &twice.1).sums(&[1.0; 6]);
        assert!((weighted.0 - plain.0).abs() < 1e-12 && weighted.1 == plain.1);
    }

    #[test]
    fn chance_is_inside_the_interval() {
        let mut held = 0;
        for seed in 0..100 {
            let mut random = SplitMix64::new(seed);
            let prediction: Vec<f64> = (0..200).map(|_| random.normal()).collect();
            let effect: Vec<f64> = (0..200).map(|_| random.normal()).collect();
            let group: Vec<usize> = (0..200).map(|it| it / 5).collect();
            let judged =
                Judged { prediction: &prediction, effect: &effect, variance: &[1.0; 200], group: &group };
            let found = spearman(&judged).unwrap();
            held += u32::from(found.low <= 0.0 && 0.0 <= found.high);
        }
        assert!((88..=99).contains(&held), "{held}");
        let silent = Judged {
            prediction: &[f64::NAN; 4],
            effect: &[1.0, 2.0, 3.0, 4.0],
            variance: &[1.0; 4],
            group: &[0; 4],
        };
        assert_eq!(spearman(&silent).unwrap().value, 0.0);
    }
}
