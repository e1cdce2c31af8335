//! Moments of ratios: levels of campaigns, noise of counts, and how much creatives really differ.
//!
//! Counts know their sampling noise, but cases scatter more than counts allow: the same creative does better on one
//! day than on another. A case with a million impressions must not count ten thousand times as much as one with a
//! hundred. So every case has the weight `1 / (1 + tau2 * information)`: its information saturates at `1 / tau2`,
//! the variance between cases on the link scale (quasi-likelihood; Williams 1982 for proportions).

use crate::learn::target::{Family, Ratio};

/// Steps of Newton's method for a level; it converges in a handful.
const STEPS: usize = 30;
/// A level without any success is set as if half of one had been seen.
const HALF: f64 = 0.5;

/// Ratios with where each is expected: a level for its campaign plus what is known about it.
pub(crate) struct Fitted {
    /// Level of each campaign, on the link scale.
    pub(crate) levels: Vec<f64>,
    /// Expected amount of each case.
    pub(crate) expected: Vec<f64>,
    /// Variance of each amount around its expectation by counting alone.
    pub(crate) variance: Vec<f64>,
    /// Weight of each case, 0..1.
    pub(crate) weight: Vec<f64>,
    /// Noise of one unit of exposure beyond what the family's variance says; 1 for counts.
    pub(crate) dispersion: f64,
}

/// Fits a level for each campaign around known margins, with weights that saturate.
pub(crate) fn fit(family: Family, ratios: &[Ratio], known: &[f64], group: &[usize], groups: usize) -> Fitted {
    let mut weight = vec![1.0; ratios.len()];
    let mut fitted = around(family, ratios, known, group, groups, &weight);
    // Two rounds: the levels hardly move once the large cases have lost their excess.
    for _ in 0..2 {
        let tau2 = between(ratios, &fitted.expected, &fitted.variance);
        for (weight, (expected, variance)) in
            weight.iter_mut().zip(fitted.expected.iter().zip(&fitted.variance))
        {
            *weight = 1.0 / (1.0 + tau2 * information(*expected, *variance));
        }
        fitted = around(family, ratios, known, group, groups, &weight);
    }
    fitted
}

fn around(
    family: Family,
    ratios: &[Ratio],
    known: &[f64],
    group: &[usize],
    groups: usize,
    weight: &[f64],
) -> Fitted {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (at, group) in group.iter().enumerate() {
        members[*group].push(at);
    }
    let level = |members: &Vec<usize>| level(family, ratios, known, weight, members);
    let levels: Vec<f64> = members.iter().map(level).collect();
    let rate = |at: usize| family.mean(levels[group[at]] + known[at]);
    let expected: Vec<f64> = (0..ratios.len()).map(|at| ratios[at].exposure * rate(at)).collect();
    let mut variance: Vec<f64> =
        (0..ratios.len()).map(|at| ratios[at].exposure * family.unit_variance(rate(at))).collect();
    let mut dispersion = 1.0;
    if family.has_dispersion() {
        dispersion = self::dispersion(ratios, &expected, &variance, group, groups);
        variance.iter_mut().for_each(|it| *it *= dispersion);
    }
    Fitted { levels, expected, variance, weight: weight.to_vec(), dispersion }
}

/// The level at which weighted expected and observed amounts agree.
fn level(family: Family, ratios: &[Ratio], known: &[f64], weight: &[f64], members: &[usize]) -> f64 {
    let amount: f64 = members.iter().map(|it| weight[*it] * ratios[*it].amount).sum();
    let exposure: f64 = members.iter().map(|it| weight[*it] * ratios[*it].exposure).sum();
    if exposure <= 0.0 {
        return 0.0;
    }
    let share = match family {
        Family::Binomial => (amount.max(HALF) / exposure).min(1.0 - HALF / (exposure + 1.0)),
        _ => amount.max(HALF.min(1e-3 * exposure).max(1e-12)) / exposure,
    };
    let mut level =
        family.link(share.clamp(1e-12, if family == Family::Binomial { 1.0 - 1e-9 } else { f64::MAX }));
    if amount <= 0.0 || members.iter().all(|it| known[*it] == 0.0) {
        return level;
    }
    for _ in 0..STEPS {
        let (mut gap, mut slope) = (amount, 0.0);
        for it in members {
            let rate = family.mean(level + known[*it]);
            gap -= weight[*it] * ratios[*it].exposure * rate;
            slope += weight[*it] * ratios[*it].exposure * family.slope(rate);
        }
        if slope <= 0.0 {
            break;
        }
        let step = (gap / slope).clamp(-2.0, 2.0);
        level += step;
        if step.abs() < 1e-10 {
            break;
        }
    }
    level
}

/// Pearson's estimate of the dispersion of one unit of exposure.
fn dispersion(ratios: &[Ratio], expected: &[f64], variance: &[f64], group: &[usize], groups: usize) -> f64 {
    let mut used = vec![false; groups];
    let (mut sum, mut count) = (0.0, 0.0);
    for (at, group) in group.iter().enumerate() {
        if variance[at] > 0.0 {
            used[*group] = true;
            sum += (ratios[at].amount - expected[at]).powi(2) / variance[at];
            count += 1.0;
        }
    }
    let freedom = count - used.iter().filter(|it| **it).count() as f64;
    if freedom > 0.0 && sum > 0.0 { sum / freedom } else { 1.0 }
}

/// Information about the margin in one case: `expected^2 / variance`.
pub(crate) fn information(expected: f64, variance: f64) -> f64 {
    if variance > 0.0 { expected * expected / variance } else { 0.0 }
}

/// Variance between cases on the link scale, by the method of moments: what squared residuals hold beyond counting
/// noise, with cases weighted by their expectation so that thousands of tiny ones do not drown the signal.
pub(crate) fn between(ratios: &[Ratio], expected: &[f64], variance: &[f64]) -> f64 {
    let (mut excess, mut scale) = (0.0, 0.0);
    for ((ratio, expected), variance) in ratios.iter().zip(expected).zip(variance) {
        let inverse = 1.0 / (variance + 0.25 * expected * expected).max(f64::MIN_POSITIVE);
        if *expected > 0.0 {
            excess += inverse * ((ratio.amount - expected).powi(2) - variance);
            scale += inverse * expected * expected;
        }
    }
    if scale > 0.0 { (excess / scale).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratios(amounts: &[(f64, f64)]) -> Vec<Ratio> {
        amounts.iter().map(|(amount, exposure)| Ratio { amount: *amount, exposure: *exposure }).collect()
    }

    #[test]
    fn levels_meet_what_was_observed() {
        let cases = ratios(&[(10.0, 1000.0), (30.0, 2000.0), (5.0, 50.0)]);
        let fitted = fit(Family::Binomial, &cases, &[0.3, -0.3, 0.0], &[0, 0, 1], 2);
        let met: f64 = (0..2).map(|it| fitted.weight[it] * (cases[it].amount - fitted.expected[it])).sum();
        assert!(met.abs() < 1e-6, "{met}");
        assert!((fitted.expected[2] - 5.0).abs() < 1e-9);
    }

    #[test]
    fn a_campaign_without_clicks_has_a_level() {
        let fitted = fit(Family::Binomial, &ratios(&[(0.0, 300.0)]), &[0.0], &[0], 1);
        assert!((fitted.expected[0] - 0.5).abs() < 1e-9);
        let free = fit(Family::Tweedie, &ratios(&[(0.0, 300.0)]), &[0.0], &[0], 1);
        assert!(free.levels[0].is_finite());
    }

    #[test]
    fn counts_that_only_scatter_by_chance_keep_their_weight() {
        let calm: Vec<Ratio> =
            (0..40).map(|it| Ratio { amount: 99.0 + f64::from(it % 3), exposure: 1e4 }).collect();
        let fitted = fit(Family::Binomial, &calm, &[0.0; 40], &[0; 40], 1);
        assert!(fitted.weight.iter().all(|it| *it == 1.0));
        let wild: Vec<Ratio> = (0..40)
            .map(|it| Ratio { amount: if it % 2 == 0 { 500.0 } else { 1500.0 }, exposure: 1e5 })
            .collect();
        let fitted = fit(Family::Binomial, &wild, &[0.0; 40], &[0; 40], 1);
        assert!(fitted.weight.iter().all(|it| *it < 0.01), "{:?}", fitted.weight[0]);
    }

    #[test]
    fn prices_find_their_own_noise() {
        let paid: Vec<Ratio> = (0..50)
            .map(|it| Ratio { amount: 10.0 * (1.0 + 0.1 * f64::from(it % 3 - 1)), exposure: 10.0 })
            .collect();
        let fitted = fit(Family::Gamma, &paid, &[0.0; 50], &[0; 50], 1);
        let relative = fitted.variance[0].sqrt() / fitted.expected[0];
        assert!((0.05..0.12).contains(&relative), "{relative}");
    }
}
