//! What is compared: a creative in a campaign, its observed result against the one its context explains.
//!
//! Indirect standardization, as epidemiology does it: each case has an expected amount from its campaign's level and
//! its context (placement, audience, season, age); observed over expected, summed over the cases of one creative in
//! one campaign, is the creative's own effect.

use std::collections::BTreeMap;

use crate::learn::cases::Cases;
use crate::learn::moments::information;
use crate::learn::target::Ratio;

/// Which creatives ran in which campaigns.
pub(crate) struct Pairing {
    /// Creative of each unit.
    pub(crate) creative: Vec<usize>,
    /// Campaign of each unit.
    pub(crate) group: Vec<usize>,
    /// Unit of each case.
    pub(crate) of_case: Vec<usize>,
    /// First day of each unit.
    pub(crate) first_day: Vec<Option<i64>>,
}

impl Pairing {
    pub(crate) fn of(cases: &Cases) -> Self {
        let mut pairing = Self::of_lists(&cases.creative, &cases.group);
        for (unit, day) in pairing.of_case.iter().zip(&cases.day) {
            let first = &mut pairing.first_day[*unit];
            *first = match (*first, *day) {
                (Some(first), Some(day)) => Some(first.min(day)),
                (first, day) => first.or(day),
            };
        }
        pairing
    }

    /// Pairs the creatives and campaigns of cases, days unknown.
    pub(crate) fn of_lists(creative: &[usize], group: &[usize]) -> Self {
        let mut numbers: BTreeMap<(usize, usize), usize> =
            group.iter().copied().zip(creative.iter().copied()).map(|it| (it, 0)).collect();
        numbers.values_mut().enumerate().for_each(|(at, number)| *number = at);
        let of_case = group.iter().zip(creative).map(|(group, it)| numbers[&(*group, *it)]).collect();
        let first_day = vec![None; numbers.len()];
        let (group, creative) = numbers.into_keys().unzip();
        Self { creative, group, of_case, first_day }
    }

    pub(crate) fn len(&self) -> usize {
        self.creative.len()
    }
}

/// Results of units; parallel lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Units {
    /// Creative of each unit, as numbered in the cases.
    pub creative: Vec<usize>,
    /// Campaign of each unit.
    pub group: Vec<usize>,
    /// Observed amount (clicks, conversions, money).
    pub observed: Vec<f64>,
    /// Amount that level and context explain.
    pub expected: Vec<f64>,
    /// Exposure (impressions, clicks, money).
    pub exposure: Vec<f64>,
    /// Log of observed over expected, centered in the campaign.
    pub effect: Vec<f64>,
    /// Sampling variance of the effect.
    pub variance: Vec<f64>,
    /// The effect pulled to zero by what its noise deserves (empirical Bayes).
    pub shrunk: Vec<f64>,
    /// Variance of true effects between units of one campaign.
    pub between: f64,
    /// Weight of each unit in learning: information that saturates at `1 / between`.
    pub weight: Vec<f64>,
}

impl Units {
    /// Sums cases; `expected` and `variance` are those of the cases.
    pub(crate) fn of(pairing: &Pairing, ratios: &[Ratio], expected: &[f64], variance: &[f64]) -> Self {
        let count = pairing.len();
        let mut units = Self {
            creative: pairing.creative.clone(),
            group: pairing.group.clone(),
            observed: vec![0.0; count],
            expected: vec![0.0; count],
            exposure: vec![0.0; count],
            ..Self::default()
        };
        let mut noise = vec![0.0; count];
        for (case, unit) in pairing.of_case.iter().enumerate() {
            units.observed[*unit] += ratios[case].amount;
            units.exposure[*unit] += ratios[case].exposure;
            units.expected[*unit] += expected[case];
            noise[*unit] += variance[case];
        }
        // Half an event keeps logarithms finite; an "event" of money is its variance over its mean.
        let half: Vec<f64> = noise
            .iter()
            .zip(&units.expected)
            .map(|(noise, it)| 0.5 * noise / it.max(f64::MIN_POSITIVE))
            .collect();
        let lines = units.observed.iter().zip(&units.expected).zip(&half);
        units.effect = lines.map(|((seen, due), half)| ((seen + half) / (due + half)).ln()).collect();
        let lines = units.expected.iter().zip(&noise).zip(&half);
        units.variance =
            lines.map(|((due, noise), half)| (noise / (due + half).powi(2)).max(f64::MIN_POSITIVE)).collect();
        units.between = between(&units.effect, &units.variance, &units.group);
        let precision: Vec<f64> = units.variance.iter().map(|it| 1.0 / (it + units.between)).collect();
        let means = group_means(&units.effect, &precision, &units.group);
        for (effect, group) in units.effect.iter_mut().zip(&units.group) {
            *effect -= means[group];
        }
        let share =
            |noise: &f64| if units.between > 0.0 { units.between / (units.between + noise) } else { 0.0 };
        units.shrunk =
            units.effect.iter().zip(&units.variance).map(|(it, noise)| it * share(noise)).collect();
        units.weight = (0..count)
            .map(|it| {
                let known = information(units.expected[it], noise[it]);
                known / (1.0 + units.between * known)
            })
            .collect();
        units
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.creative.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.creative.is_empty()
    }
}

fn group_means(values: &[f64], weights: &[f64], groups: &[usize]) -> BTreeMap<usize, f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for ((value, weight), group) in values.iter().zip(weights).zip(groups) {
        let sum = sums.entry(*group).or_default();
        *sum = (sum.0 + value * weight, sum.1 + weight);
    }
    sums.into_iter()
        .map(|(group, (sum, weight))| (group, if weight > 0.0 { sum / weight } else { 0.0 }))
        .collect()
}

/// Variance between units of one campaign, by the method of moments over all campaigns (DerSimonian and Laird 1986).
fn between(effect: &[f64], variance: &[f64], groups: &[usize]) -> f64 {
    let weights: Vec<f64> = variance.iter().map(|it| 1.0 / it).collect();
    let means = group_means(effect, &weights, groups);
    let mut sums: BTreeMap<usize, [f64; 4]> = BTreeMap::new();
    for ((value, weight), group) in effect.iter().zip(&weights).zip(groups) {
        let sum = sums.entry(*group).or_default();
        let squares = weight * (value - means[group]).powi(2);
        for (sum, it) in sum.iter_mut().zip([squares, *weight, weight * weight, 1.0]) {
            *sum += it;
        }
    }
    let (mut excess, mut scale) = (0.0, 0.0);
    for [squares, total, total_squares, members] in sums.into_values().filter(|it| it[3] >= 2.0) {
        excess += squares - (members - 1.0);
        scale += total - total_squares / total;
    }
    if scale > 0.0 { (excess / scale).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(cases: &[(usize, f64, f64)]) -> Units {
        let ratios: Vec<Ratio> = cases
            .iter()
            .map(|(_, amount, exposure)| Ratio { amount: *amount, exposure: *exposure })
            .collect();
        let group: Vec<usize> = cases.iter().map(|it| it.0).collect();
        let fitted = crate::learn::moments::fit(
            crate::learn::target::Family::Binomial,
            &ratios,
            &vec![0.0; cases.len()],
            &group,
            group.iter().max().map_or(0, |it| it + 1),
        );
        let pairing = Pairing {
            creative: (0..cases.len()).collect(),
            group,
            of_case: (0..cases.len()).collect(),
            first_day: vec![None; cases.len()],
        };
        Units::of(&pairing, &ratios, &fitted.expected, &fitted.variance)
    }

    #[test]
    fn small_samples_are_pulled_to_the_mean() {
        let it = units(&[(0, 1.0, 20.0), (0, 5_000.0, 1e5), (0, 1_000.0, 1e5), (0, 900.0, 5e4)]);
        assert!(it.between > 0.0);
        assert!(it.effect[0] > it.effect[2] && it.effect[0].abs() > it.shrunk[0].abs());
        assert!(it.shrunk[1] > it.shrunk[0]);
        assert!(it.weight[1] > it.weight[0]);
    }

    #[test]
    fn differences_between_campaigns_do_not_count() {
        let it = units(&[(0, 900.0, 9e3), (0, 450.0, 9e3), (1, 90.0, 9e3), (1, 45.0, 9e3)]);
        assert!(it.shrunk[0] > 0.0 && it.shrunk[2] > 0.0);
        assert!(it.shrunk[1] < 0.0 && it.shrunk[3] < 0.0);
    }

    #[test]
    fn pure_noise_leaves_nothing_to_learn() {
        let it = units(&[(0, 10.0, 1e3), (0, 11.0, 1e3), (0, 10.0, 1e3), (0, 9.0, 1e3)]);
        assert_eq!(it.between, 0.0);
        assert!(it.shrunk.iter().all(|it| *it == 0.0));
    }
}
