//! LambdaRank: derivatives that rank the rows of a group.
//!
//! Burges 2010, "From RankNet to LambdaRank to LambdaMART": each pair of rows with different gains pulls its
//! margins apart, as strongly as swapping the two would change NDCG. As in LightGBM, only pairs with a member
//! above the truncation count, a pair's pull is divided by the distance of its margins, and a group's pulls are
//! scaled to the logarithm of their sum, so that large groups do not outvote the rest.

use rayon::prelude::*;

use crate::loss::sigmoid;
use crate::sample::Sample;

/// Keeps a pair of equal margins from pulling without bound.
const DISTANCE_FLOOR: f64 = 0.01;

/// What a gain counts at a place, from zero.
fn discount(place: usize) -> f64 {
    1.0 / (place as f64 + 2.0).log2()
}

pub(crate) fn derivatives(sample: &Sample, margins: &[f64], truncation: usize, into: &mut Vec<[f64; 2]>) {
    let of_group = |group: &Vec<u32>| {
        let pick = |list: &[f64]| group.iter().map(|it| list[*it as usize]).collect::<Vec<f64>>();
        lambdas(&pick(&sample.value), &pick(margins), truncation)
    };
    let groups: Vec<Vec<[f64; 2]>> = sample.groups.par_iter().map(of_group).collect();
    into.clear();
    into.resize(sample.len(), [0.0; 2]);
    for (group, lambdas) in sample.groups.iter().zip(groups) {
        for (position, lambda) in group.iter().zip(lambdas) {
            let weight = sample.weight[*position as usize];
            into[*position as usize] = lambda.map(|it| it * weight);
        }
    }
}

/// Derivatives for the rows of one group.
fn lambdas(gains: &[f64], margins: &[f64], truncation: usize) -> Vec<[f64; 2]> {
    let mut lambdas = vec![[0.0; 2]; gains.len()];
    let best_dcg = best_dcg(gains, truncation);
    if best_dcg <= 0.0 {
        return lambdas;
    }
    let order = descending(margins);
    let all_equal = margins.iter().all(|it| *it == margins[0]);
    let discounts: Vec<f64> = (0..gains.len()).map(discount).collect();
    let mut total = 0.0;
    for upper in 0..truncation.min(gains.len()) {
        for lower in upper + 1..gains.len() {
            let (mut better, mut worse) = (order[upper], order[lower]);
            if gains[better] == gains[worse] {
                continue;
            }
            if gains[better] < gains[worse] {
                (better, worse) = (worse, better);
            }
            let distance = margins[better] - margins[worse];
            let mut change =
                (gains[better] - gains[worse]) * (discounts[upper] - discounts[lower]) / best_dcg;
            if !all_equal {
                change /= DISTANCE_FLOOR + distance.abs();
            }
            let doubt = sigmoid(-distance);
            let (pull, bend) = (doubt * change, doubt * (1.0 - doubt) * change);
            lambdas[better][0] -= pull;
            lambdas[worse][0] += pull;
            lambdas[better][1] += bend;
            lambdas[worse][1] += bend;
            total += 2.0 * pull;
        }
    }
    if total > 0.0 {
        let scale = (1.0 + total).log2() / total;
        lambdas.iter_mut().flatten().for_each(|it| *it *= scale);
    }
    lambdas
}

/// Rows from the greatest number to the least; equals stay in order.
fn descending(numbers: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*b].total_cmp(&numbers[*a]));
    order
}

fn best_dcg(gains: &[f64], truncation: usize) -> f64 {
    let order = descending(gains);
    order.iter().take(truncation).enumerate().map(|(place, row)| gains[*row] * discount(place)).sum()
}

/// NDCG, averaged over the groups in which there is something to rank; 1 when there is none.
pub(crate) fn mean_ndcg(sample: &Sample, margins: &[f64], truncation: usize) -> f64 {
    let mut sum = 0.0;
    let mut groups = 0;
    for group in &sample.groups {
        let pick = |list: &[f64]| group.iter().map(|it| list[*it as usize]).collect::<Vec<f64>>();
        let (gains, margins) = (pick(&sample.value), pick(margins));
        if gains.iter().any(|it| *it != gains[0]) {
            sum += dcg(&gains, &margins, truncation) / best_dcg(&gains, truncation);
            groups += 1;
        }
    }
    if groups == 0 { 1.0 } else { sum / f64::from(groups) }
}

/// DCG, the mean over all orders of rows with equal margins (McSherry & Najork 2008): otherwise a model that
/// knows nothing would be credited with the order of the table.
fn dcg(gains: &[f64], margins: &[f64], truncation: usize) -> f64 {
    let order = descending(margins);
    let mut sum = 0.0;
    let mut place = 0;
    for tied in order.chunk_by(|a, b| margins[*a] == margins[*b]) {
        let gain = tied.iter().map(|row| gains[*row]).sum::<f64>() / tied.len() as f64;
        let places = place..(place + tied.len()).min(truncation.max(place));
        sum += gain * places.map(discount).sum::<f64>();
        place += tied.len();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_by_hand() {
        // Wrong order, distance 1: the swap gains 3 * (1 - 1/log2(3)) of an ideal 3.
        let change = (1.0 - 1.0 / 3.0_f64.log2()) / 1.01;
        let doubt = 1.0 / (1.0 + (-1.0_f64).exp());
        let pull = doubt * change;
        let scale = (1.0 + 2.0 * pull).log2() / (2.0 * pull);
        let found = lambdas(&[0.0, 3.0], &[1.0, 0.0], 10);
        assert!((found[0][0] - pull * scale).abs() < 1e-15 && found[0][0] == -found[1][0]);
        assert!((found[0][1] - pull * (1.0 - doubt) * scale).abs() < 1e-15 && found[0][1] == found[1][1]);
    }

    #[test]
    fn pairs_below_the_truncation_do_not_pull() {
        let found = lambdas(&[5.0, 1.0, 2.0], &[3.0, 2.0, 1.0], 1);
        // Rows 1 and 2 are in the wrong order, but only their pairs with row 0 count.
        assert!(found[1][0] > 0.0 && found[2][0] > 0.0 && found[0][0] < 0.0);
        assert_eq!(lambdas(&[0.0, 0.0], &[1.0, 2.0], 5), [[0.0; 2]; 2]);
    }

    #[test]
    fn ties_are_credited_with_the_mean_of_their_orders() {
        let two = (discount(0) + discount(1)) / 2.0;
        assert!((dcg(&[1.0, 0.0], &[0.0, 0.0], 10) - two).abs() < 1e-15);
        assert!((dcg(&[1.0, 0.0], &[0.0, 0.0], 1) - 0.5).abs() < 1e-15);
        assert!((dcg(&[1.0, 0.0], &[1.0, 0.0], 1) - 1.0).abs() < 1e-15);
        assert_eq!(dcg(&[1.0, 0.0], &[0.0, 1.0], 1), 0.0);
    }
}
