//! How much units of one group really differ: the variance between them, noise taken out.

use super::judged::{Group, Judged};

/// Variance of true effects within groups, by the method of moments (DerSimonian and Laird 1986),
/// pooled over all groups; 0 where the noise explains everything.
///
/// With weights `w = 1 / v`, the weighted squares of a group of `n` have the expectation
/// `n - 1 + t (sum w - sum w^2 / sum w)`; the excess over `n - 1`, summed over groups and divided by
/// the summed factor, is the variance `t`. Units whose variance is not a positive number are left out.
pub fn between_variance(judged: &Judged<'_>) -> f64 {
    between(&judged.groups())
}

/// Observed effects pulled to the mean of their group, `mean + (effect - mean) t / (t + v)`, by unit.
///
/// `t` is the [`between_variance`]; the mean weights units by `1 / (t + v)`. Units left out of the
/// groups, and all units where `t` is 0, get 0 or their group's mean.
pub fn shrunk(judged: &Judged<'_>) -> Vec<f64> {
    let groups = judged.groups();
    let between = between(&groups);
    let mut shrunk = vec![0.0; judged.len()];
    for group in &groups {
        for (unit, value) in group.units.iter().zip(group.shrunk(between)) {
            shrunk[*unit] = value;
        }
    }
    shrunk
}

pub(super) fn between(groups: &[Group]) -> f64 {
    let (mut excess, mut factor) = (0.0, 0.0);
    for group in groups {
        let sound: Vec<(f64, f64)> = (group.effect.iter().zip(&group.variance))
            .filter(|(_, variance)| variance.is_finite() && **variance > 0.0)
            .map(|(effect, variance)| (*effect, 1.0 / variance))
            .collect();
        let total: f64 = sound.iter().map(|it| it.1).sum();
        if sound.len() < 2 || !total.is_finite() {
            continue;
        }
        let mean = sound.iter().map(|(effect, weight)| effect * weight).sum::<f64>() / total;
        let squares: f64 = sound.iter().map(|(effect, weight)| weight * (effect - mean).powi(2)).sum();
        excess += squares - (sound.len() - 1) as f64;
        factor += total - sound.iter().map(|it| it.1 * it.1).sum::<f64>() / total;
    }
    if factor > 0.0 { (excess / factor).max(0.0) } else { 0.0 }
}

impl Group {
    /// Effects pulled to the group's mean; an unsound variance counts as infinite.
    pub(super) fn shrunk(&self, between: f64) -> Vec<f64> {
        let weight = |it: &f64| if *it >= 0.0 && between + it > 0.0 { 1.0 / (between + it) } else { 0.0 };
        let weights: Vec<f64> = self.variance.iter().map(weight).collect();
        let total: f64 = weights.iter().sum();
        let sum: f64 = self.effect.iter().zip(&weights).map(|(effect, weight)| effect * weight).sum();
        let mean = if total > 0.0 { sum / total } else { 0.0 };
        let pulled = |(effect, weight): (&f64, &f64)| mean + (effect - mean) * between * weight;
        self.effect.iter().zip(&weights).map(pulled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::SplitMix64;

    /// 60 groups of 8 with true variance 0.3 between units and noise of very unequal size.
    fn simulated(seed: u64) -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<usize>) {
        let mut random = SplitMix64::new(seed);
        let (mut truth, mut effect, mut variance) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..480 {
            let (level, noise) = (0.3_f64.sqrt() * random.normal(), (random.normal() - 1.5).exp());
            truth.push(level);
            effect.push(level + noise.sqrt() * random.normal());
            variance.push(noise);
        }
        (truth, effect, variance, (0..480).map(|it| it / 8).collect())
    }

    #[test]
    fn the_variance_between_units_is_found_without_bias() {
        let mut sum = 0.0;
        for seed in 0..50 {
            let (_, effect, variance, group) = simulated(seed);
            let judged = Judged { prediction: &effect, effect: &effect, variance: &variance, group: &group };
            sum += between_variance(&judged) / 50.0;
        }
        assert!((sum - 0.3).abs() < 0.02, "{sum}");
    }

    #[test]
    fn shrunk_effects_are_closer_to_the_truth_than_observed_ones() {
        let (truth, effect, variance, group) = simulated(3);
        let judged = Judged { prediction: &effect, effect: &effect, variance: &variance, group: &group };
        let error = |it: &[f64]| it.iter().zip(&truth).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / 480.0;
        // The best possible is the mean of t v / (t + v) = 0.135 at these variances, drawn once here.
        let best: f64 = variance.iter().map(|it| 0.3 * it / (0.3 + it)).sum::<f64>() / 480.0;
        let found = error(&shrunk(&judged));
        assert!(found < 1.25 * best && error(&effect) > 2.0 * best, "{found} {best}");
    }

    #[test]
    fn by_hand_and_without_anything_to_learn() {
        // Weights 1 and 1, mean 0, squares 8, excess 7, factor 2 - 1 = 1.
        let judged =
            Judged { prediction: &[0.0; 2], effect: &[-2.0, 2.0], variance: &[1.0; 2], group: &[0; 2] };
        assert!((between_variance(&judged) - 7.0).abs() < 1e-12);
        let found = shrunk(&judged);
        assert!((found[0] + 1.75).abs() < 1e-12 && (found[1] - 1.75).abs() < 1e-12);
        let silent = Judged { effect: &[-0.1, 0.1], ..judged };
        assert_eq!((between_variance(&silent), shrunk(&silent)), (0.0, vec![0.0, 0.0]));
        let unsound = Judged { variance: &[f64::NAN, -1.0], ..judged };
        assert_eq!(between_variance(&unsound), 0.0);
    }
}
