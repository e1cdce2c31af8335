//! How good the history is on results it was not shown, against chance and plain rules.

use std::collections::BTreeMap;

use crate::calibration::{LEVEL, conformal_width, expected_percentiles, observed_percentiles, ranks};
use crate::outcomes::Targets;
use crate::record::Skill;

/// One-sided 5 % point of the normal distribution.
const ONE_SIDED: f64 = 1.645;
/// Two-sided 5 % point: differences past it count as clear.
const CLEAR: f64 = 1.96;
/// Folds share training data, so what is chance in one tends to be rewarded in the others. On
/// simulated libraries without any signal (12 x 25, 40 x 6 and 5 x 80 creatives, 80 draws each) the
/// standardized correlation has quantiles of 95 % at 2.4, 2.1 and 2.6 instead of 1.645.
const SHARED_FOLDS: f64 = 1.5;
/// Most pairs drawn per creative, so that one large campaign stays affordable.
const MOST_PARTNERS: usize = 50;

/// Pairs of creatives of one group, each creative with at most [`MOST_PARTNERS`] others.
///
/// Members must come in an order that says nothing about results; rows sorted by id serve.
pub(crate) fn pairs(groups: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for members in members(groups) {
        let count = members.len();
        for (at, first) in members.iter().enumerate() {
            let reach = MOST_PARTNERS.min(count - 1 - at);
            pairs.extend((1..=reach).map(|step| (*first, members[at + step])));
        }
    }
    pairs
}

fn members(groups: &[usize]) -> Vec<Vec<usize>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(item);
    }
    members.into_values().collect()
}

/// Mean Spearman correlation within groups, and the weight `sum(n - 1)` behind it.
///
/// Groups are weighted by `n - 1`: without skill each has variance `1 / (n - 1)`, so the mean has
/// variance one over the summed weight. Missing predictions (NaN) take the group's middle.
pub(crate) fn spearman(predictions: &[f64], results: &[f64], groups: &[usize]) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for members in members(groups).into_iter().filter(|it| it.len() >= 2) {
        let known: Vec<f64> = members.iter().map(|it| predictions[*it]).filter(|it| it.is_finite()).collect();
        let middle = if known.is_empty() { 0.0 } else { known.iter().sum::<f64>() / known.len() as f64 };
        let value = |it: &usize| if predictions[*it].is_finite() { predictions[*it] } else { middle };
        let left: Vec<f64> = members.iter().map(value).collect();
        let right: Vec<f64> = members.iter().map(|it| results[*it]).collect();
        let freedom = (members.len() - 1) as f64;
        sum += freedom * correlation(&ranks(&left), &ranks(&right));
        weight += freedom;
    }
    (if weight > 0.0 { sum / weight } else { 0.0 }, weight)
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |it: &[f64]| it.iter().sum::<f64>() / it.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut left, mut right) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        both += (a - mean_a) * (b - mean_b);
        left += (a - mean_a).powi(2);
        right += (b - mean_b).powi(2);
    }
    if left > 0.0 && right > 0.0 { both / (left * right).sqrt() } else { 0.0 }
}

/// Measures predictions made out of fold; `coverage` is filled in by the caller.
pub(crate) fn measure(
    predictions: &[f64],
    targets: &Targets,
    groups: &[usize],
    baselines: &[(&str, Vec<f64>)],
) -> Skill {
    let (correlation, weight) = spearman(predictions, &targets.shrunk, groups);
    let spread = if weight > 0.0 { SHARED_FOLDS / weight.sqrt() } else { 1.0 };
    let chance = ("chance".to_owned(), 0.0);
    let (baseline, baseline_spearman) = baselines
        .iter()
        .map(|(name, values)| ((*name).to_owned(), spearman(values, &targets.shrunk, groups).0))
        .fold(chance, |best, it| if it.1 > best.1 { it } else { best });
    let (mut right, mut clear) = (0.0, 0_u64);
    for (a, b) in pairs(groups) {
        let difference = targets.observed[a] - targets.observed[b];
        if difference.abs() <= CLEAR * (targets.variance[a] + targets.variance[b]).sqrt() {
            continue;
        }
        clear += 1;
        let predicted = predictions[a] - predictions[b];
        right +=
            if predicted == 0.0 { 0.5 } else { f64::from(u8::from((predicted > 0.0) == (difference > 0.0))) };
    }
    Skill {
        creatives: predictions.len() as u64,
        groups: members(groups).iter().filter(|it| it.len() >= 2).count() as u64,
        spearman: correlation,
        spearman_low: (correlation - CLEAR * spread).max(-1.0),
        spearman_high: (correlation + CLEAR * spread).min(1.0),
        ceiling: targets.ceiling(),
        pairwise_accuracy: (clear > 0).then(|| right / clear as f64),
        pairs: clear,
        baseline,
        baseline_spearman,
        coverage: 0.0,
        skilled: correlation > ONE_SIDED * spread && correlation > baseline_spearman,
    }
}

/// Half-width of the interval for margins (log-odds), and its coverage measured fold by fold.
pub(crate) fn interval(margins: &[f64], targets: &Targets, groups: &[usize], folds: &[usize]) -> (f64, f64) {
    let mut residuals = vec![0.0; margins.len()];
    for members in members(groups) {
        let expected = expected_percentiles(&members.iter().map(|it| margins[*it]).collect::<Vec<_>>());
        let observed =
            observed_percentiles(&members.iter().map(|it| targets.observed[*it]).collect::<Vec<_>>());
        for ((item, expected), observed) in members.iter().zip(expected).zip(observed) {
            residuals[*item] = (observed - expected).abs();
        }
    }
    let mut held = 0.0;
    for fold in 0..=folds.iter().copied().max().unwrap_or(0) {
        let pick = |inside: bool| {
            let fits = residuals.iter().zip(folds).filter(move |(_, it)| (**it == fold) == inside);
            fits.map(|(it, _)| *it).collect::<Vec<f64>>()
        };
        let width = conformal_width(pick(false), LEVEL);
        held += pick(true).iter().filter(|it| **it <= width).count() as f64;
    }
    let coverage = held / residuals.len().max(1) as f64;
    (conformal_width(residuals, LEVEL), coverage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_taken_within_groups() {
        // Between the groups the order is reversed; within them it is right.
        let (found, weight) = spearman(&[1.0, 2.0, 11.0, 12.0], &[5.0, 6.0, 1.0, 2.0], &[0, 0, 1, 1]);
        assert_eq!((found, weight), (1.0, 2.0));
        assert_eq!(spearman(&[f64::NAN, f64::NAN], &[1.0, 2.0], &[0, 0]).0, 0.0);
    }

    #[test]
    fn pairs_stay_inside_groups_and_are_bounded() {
        assert_eq!(pairs(&[0, 1, 0, 1, 0]), [(0, 2), (0, 4), (2, 4), (1, 3)]);
        assert!(pairs(&vec![0; 1_000]).len() <= 1_000 * MOST_PARTNERS);
    }
}
