//! Clicks to targets: log-odds of a click, centered within groups and shrunk before use.
//!
//! A raw ranking of click rates is led by small samples. The target of creative `i` in group `g` is
//! `(y_i - mean_g) * t / (t + v_i)`, with `y = ln((clicks + 1/2) / (impressions - clicks + 1/2))`, its
//! sampling variance `v`, the precision-weighted mean of its group, and the variance `t` between
//! creatives of one group, found by the method of moments over all groups (DerSimonian and Laird).

use crate::record::Outcome;

/// Targets of a set of creatives, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Targets {
    /// Centered, shrunk log-odds.
    pub shrunk: Vec<f64>,
    /// Centered log-odds as observed.
    pub observed: Vec<f64>,
    /// Sampling variance of each observed value.
    pub variance: Vec<f64>,
    /// Variance between creatives of one group, noise taken out.
    pub between: f64,
}

impl Targets {
    /// Computes targets; `groups[i]` is the number of creative `i`'s group.
    pub fn of(outcomes: &[Outcome], groups: &[usize]) -> Self {
        let (odds, variance): (Vec<f64>, Vec<f64>) = outcomes.iter().map(log_odds).unzip();
        let count = groups.iter().max().map_or(0, |it| it + 1);
        let between = between_variance(&odds, &variance, groups, count);
        let weights: Vec<f64> = variance.iter().map(|it| 1.0 / (it + between)).collect();
        let means = group_means(&odds, &weights, groups, count);
        let observed: Vec<f64> = odds.iter().zip(groups).map(|(it, group)| it - means[*group]).collect();
        let shrink =
            |(it, noise): (&f64, &f64)| if between > 0.0 { it * between / (between + noise) } else { 0.0 };
        let shrunk = observed.iter().zip(&variance).map(shrink).collect();
        Self { shrunk, observed, variance, between }
    }

    /// The highest correlation any prediction can reach with what was observed.
    pub fn ceiling(&self) -> f64 {
        let noise = self.variance.iter().sum::<f64>() / self.variance.len().max(1) as f64;
        if self.between > 0.0 { (self.between / (self.between + noise)).sqrt() } else { 0.0 }
    }
}

/// Log-odds of a click and their sampling variance, half a count added to both sides.
fn log_odds(outcome: &Outcome) -> (f64, f64) {
    let clicks = outcome.clicks as f64 + 0.5;
    let rest = outcome.impressions.saturating_sub(outcome.clicks) as f64 + 0.5;
    ((clicks / rest).ln(), 1.0 / clicks + 1.0 / rest)
}

fn group_means(values: &[f64], weights: &[f64], groups: &[usize], count: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); count];
    for ((value, weight), group) in values.iter().zip(weights).zip(groups) {
        sums[*group].0 += value * weight;
        sums[*group].1 += weight;
    }
    sums.into_iter().map(|(sum, weight)| if weight > 0.0 { sum / weight } else { 0.0 }).collect()
}

fn between_variance(odds: &[f64], variance: &[f64], groups: &[usize], count: usize) -> f64 {
    let weights: Vec<f64> = variance.iter().map(|it| 1.0 / it).collect();
    let means = group_means(odds, &weights, groups, count);
    let mut sums = vec![(0.0, 0.0, 0.0, 0.0); count];
    for ((value, weight), group) in odds.iter().zip(&weights).zip(groups) {
        let (squares, total, total_squares, members) = &mut sums[*group];
        *squares += weight * (value - means[*group]).powi(2);
        *total += weight;
        *total_squares += weight * weight;
        *members += 1.0;
    }
    let (mut excess, mut scale) = (0.0, 0.0);
    for (squares, total, total_squares, members) in sums.into_iter().filter(|it| it.3 >= 2.0) {
        excess += squares - (members - 1.0);
        scale += total - total_squares / total;
    }
    if scale > 0.0 { (excess / scale).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(impressions: u64, clicks: u64) -> Outcome {
        Outcome { impressions, clicks }
    }

    #[test]
    fn small_samples_are_pulled_to_the_mean() {
        let outcomes =
            [outcome(20, 1), outcome(100_000, 5_000), outcome(100_000, 1_000), outcome(50_000, 900)];
        let targets = Targets::of(&outcomes, &[0; 4]);
        assert!(targets.between > 0.0);
        assert!(targets.observed[0] > targets.observed[1]);
        assert!(targets.shrunk[0] < targets.shrunk[1]);
        assert!(targets.ceiling() > 0.0 && targets.ceiling() < 1.0);
    }

    #[test]
    fn differences_between_groups_do_not_count() {
        let outcomes = [outcome(9_000, 900), outcome(9_000, 450), outcome(9_000, 90), outcome(9_000, 45)];
        let targets = Targets::of(&outcomes, &[0, 0, 1, 1]);
        assert!(targets.shrunk[0] > 0.0 && targets.shrunk[2] > 0.0);
        assert!(targets.shrunk[1] < 0.0 && targets.shrunk[3] < 0.0);
    }

    #[test]
    fn pure_noise_leaves_nothing_to_learn() {
        let outcomes = [outcome(1_000, 10), outcome(1_000, 11), outcome(1_000, 10), outcome(1_000, 9)];
        let targets = Targets::of(&outcomes, &[0; 4]);
        assert_eq!(targets.between, 0.0);
        assert!(targets.shrunk.iter().all(|it| *it == 0.0));
    }
}
