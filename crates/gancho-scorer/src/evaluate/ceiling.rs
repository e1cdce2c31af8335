//! How high a rank correlation can go before noise forbids more.
//!
//! Two ways to the same figure: [`ceiling`] derives it from the sampling variance of each effect,
//! [`thinned`] measures it on halves of the counts and needs no model of the noise but the binomial.

use super::between::between;
use super::judged::{Group, Judged};
use super::random::SplitMix64;
use super::spearman::mean_correlation;

/// Expected Spearman correlation, as [`super::spearman`] takes it, of the *true* effects with the
/// observed ones; 0 where no true difference is left once the noise is taken out.
///
/// Let true effects be normal with variance `t` ([`super::between_variance`]) and the observed ones
/// carry noise of variance `v_i`; `s_i^2 = t + v_i`. A rank less its mean is a sum of indicators less
/// 1/2, so the expected product of a unit's two ranks is a sum over one rival in each ranking. For
/// normal differences of correlation `r` each term is `asin(r) / (2 pi)`: `r = sqrt(2t / (s_i^2 + s_j^2))`
/// where both rivals are unit `j`, and half of that where they are different units. With `n` units,
///
/// `6 / (pi (n + 1)) * mean over i, j of [asin(r_ij) + (n - 2) asin(r_ij / 2)]`,
///
/// which for equal noise is Moran's formula (1948). Groups weigh `n - 1`. A prediction that also knew
/// how noisy each unit is could go a little higher by placing the noisiest in the middle.
pub fn ceiling(judged: &Judged<'_>) -> Option<f64> {
    let groups = judged.groups();
    let between = between(&groups);
    let weight: f64 = groups.iter().map(|it| (it.len() - 1) as f64).sum();
    let sum: f64 = groups.iter().map(|it| (it.len() - 1) as f64 * expected_correlation(it, between)).sum();
    (weight > 0.0).then(|| sum / weight)
}

fn expected_correlation(group: &Group, between: f64) -> f64 {
    if between <= 0.0 {
        return 0.0;
    }
    let count = group.len() as f64;
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (a, b) in group.pairs() {
        let noise = group.variance[a] + group.variance[b];
        // Unsound variances leave nothing to agree with.
        let shared = if noise >= 0.0 { (2.0 * between / (2.0 * between + noise)).sqrt() } else { 0.0 };
        sum += shared.asin() + (count - 2.0) * (shared / 2.0).asin();
        pairs += 1.0;
    }
    6.0 / (std::f64::consts::PI * (count + 1.0)) * sum / pairs
}

/// How well two random halves of the same counts agree, and what that says of the whole.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Thinned {
    /// Mean rank correlation `r` of the halves within groups.
    pub correlation: f64,
    /// `sqrt(2 r / (1 + r))`: correlation of the whole with the truth; 0 where the halves disagree.
    pub ceiling: f64,
}

/// Random halvings that are averaged.
const SPLITS: u64 = 20;
/// Up to this many counts each is dealt one by one; beyond, the normal approximation is used.
const DEALT: u64 = 256;

/// The ceiling from data alone: each unit's trials are split at random into two halves, and the log-odds
/// of the halves are correlated within groups.
///
/// If halves correlate at `r`, the whole correlates with a fresh whole at `2r / (1 + r)` (Spearman 1910,
/// Brown 1910) and with the truth at its square root. Units with fewer than two trials, or with more
/// successes than trials, are left out. In groups of two or three units the step up from halves is
/// rough; prefer [`ceiling`] there. The random halves follow the order of the units. Nothing without two units in one group.
pub fn thinned(successes: &[u64], trials: &[u64], group: &[usize]) -> Option<Thinned> {
    let mut sum = 0.0;
    for split in 0..SPLITS {
        let mut random = SplitMix64::new(split.wrapping_mul(0x0074_6869_6e6e_6564));
        let halves = successes.iter().zip(trials).map(|(successes, trials)| {
            let half = trials / 2;
            if *trials < 2 || successes > trials {
                return (f64::NAN, f64::NAN);
            }
            let first = dealt(&mut random, *successes, *trials, half);
            (log_odds(first, half), log_odds(successes - first, trials - half))
        });
        let (first, second): (Vec<f64>, Vec<f64>) = halves.unzip();
        sum += mean_correlation(&Judged { prediction: &first, effect: &second, variance: &first, group })?;
    }
    let correlation = sum / SPLITS as f64;
    let ceiling = if correlation > 0.0 { (2.0 * correlation / (1.0 + correlation)).sqrt() } else { 0.0 };
    Some(Thinned { correlation, ceiling })
}

fn log_odds(successes: u64, trials: u64) -> f64 {
    ((successes as f64 + 0.5) / ((trials - successes) as f64 + 0.5)).ln()
}

/// How many of `successes` among `trials` fall into a random `half` of the trials (hypergeometric).
fn dealt(random: &mut SplitMix64, successes: u64, trials: u64, half: u64) -> u64 {
    let failures = trials - successes;
    if failures < successes {
        return half - dealt(random, failures, trials, half);
    }
    if successes <= DEALT {
        let draw = |taken, dealt| {
            taken + u64::from(random.uniform() * ((trials - dealt) as f64) < (half - taken) as f64)
        };
        return (0..successes).fold(0, draw);
    }
    let (count, share) = (trials as f64, half as f64 / trials as f64);
    let mean = successes as f64 * share;
    let spread = (mean * (1.0 - share) * failures as f64 / (count - 1.0)).sqrt();
    (mean + spread * random.normal()).round().clamp(half.saturating_sub(failures) as f64, half as f64) as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::spearman;

    /// Groups of `size` units with true variance `between` and log-normal noise; truth, observed, noise.
    fn simulated(seed: u64, size: usize, between: f64) -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<usize>) {
        let mut random = SplitMix64::new(seed);
        let (mut truth, mut observed, mut variance) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..1_200 {
            let (level, noise) = (between.sqrt() * random.normal(), 0.2 * random.normal().exp());
            truth.push(level);
            observed.push(level + noise.sqrt() * random.normal());
            variance.push(noise);
        }
        (truth, observed, variance, (0..1_200).map(|it| it / size).collect())
    }

    #[test]
    fn the_truth_itself_reaches_the_ceiling_and_no_more() {
        for size in [2, 3, 6, 40, 400] {
            for between in [0.05, 0.3, 2.0] {
                let (mut reached, mut derived, mut stated) = (0.0, 0.0, 0.0);
                for seed in 0..40 {
                    let (truth, observed, variance, group) = simulated(seed, size, between);
                    let judged =
                        Judged { prediction: &truth, effect: &observed, variance: &variance, group: &group };
                    reached += mean_correlation(&judged).unwrap() / 40.0;
                    let groups = judged.groups();
                    let exact = groups.iter().map(|it| expected_correlation(it, between));
                    derived += exact.sum::<f64>() / groups.len() as f64 / 40.0;
                    stated += ceiling(&judged).unwrap() / 40.0;
                }
                // The standard error of what is reached is 0.0065 in pairs, less elsewhere.
                assert!((reached - derived).abs() < 0.015, "{size} {between}: {reached} against {derived}");
                // With the variance estimated from one library, its error comes on top.
                assert!((stated - derived).abs() < 0.025, "{size} {between}: {stated} against {derived}");
            }
        }
    }

    #[test]
    fn known_formulas_are_special_cases() {
        let group = |count| Group {
            units: (0..count).collect(),
            prediction: vec![0.0; count],
            effect: vec![0.0; count],
            variance: vec![1.0; count],
        };
        // Equal noise: correlation r = sqrt(1/2) of truth and observed; two units: 2 / pi * asin(r) = 1/2.
        assert!((expected_correlation(&group(2), 1.0) - 0.5).abs() < 1e-12);
        // Many units: 6 / pi * asin(r / 2).
        let limit = 6.0 / std::f64::consts::PI * (0.5_f64.sqrt() / 2.0).asin();
        assert!((expected_correlation(&group(5_000), 1.0) - limit).abs() < 1e-3);
        assert_eq!(expected_correlation(&group(5), 0.0), 0.0);
    }

    #[test]
    fn noise_alone_has_no_ceiling() {
        let effect = [0.1, -0.1, 0.05, -0.05];
        let judged = Judged { prediction: &effect, effect: &effect, variance: &[1.0; 4], group: &[0; 4] };
        assert_eq!(ceiling(&judged), Some(0.0));
        assert_eq!(ceiling(&Judged { group: &[0, 1, 2, 3], ..judged }), None);
    }

    /// Clicks of units whose log-odds differ with standard deviation `spread`.
    fn clicks(spread: f64) -> (Vec<f64>, Vec<u64>, Vec<u64>, Vec<usize>) {
        let mut random = SplitMix64::new(21);
        let (mut truth, mut successes, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..600 {
            let level = spread * random.normal();
            let shown = (7.0 + 0.8 * random.normal()).exp() as u64 + 2;
            let rate = 1.0 / (1.0 + (3.5 - level).exp());
            truth.push(level);
            trials.push(shown);
            successes.push((0..shown).filter(|_| random.uniform() < rate).count() as u64);
        }
        (truth, successes, trials, (0..600).map(|it| it / 20).collect())
    }

    #[test]
    fn halves_of_the_counts_find_the_same_ceiling() {
        let (truth, successes, trials, group) = clicks(0.4);
        let effect: Vec<f64> = successes.iter().zip(&trials).map(|(a, b)| log_odds(*a, *b)).collect();
        let variance: Vec<f64> = (successes.iter().zip(&trials))
            .map(|(a, b)| 1.0 / (*a as f64 + 0.5) + 1.0 / ((b - a) as f64 + 0.5))
            .collect();
        let judged = Judged { prediction: &truth, effect: &effect, variance: &variance, group: &group };
        let reached = spearman(&judged).unwrap().value;
        let found = thinned(&successes, &trials, &group).unwrap();
        assert!((found.ceiling - reached).abs() < 0.04, "{found:?} {reached}");
        assert!((ceiling(&judged).unwrap() - reached).abs() < 0.04);
        assert!((found.ceiling.powi(2) - 2.0 * found.correlation / (1.0 + found.correlation)).abs() < 1e-12);
        let (_, successes, trials, group) = clicks(0.0);
        assert!(thinned(&successes, &trials, &group).unwrap().ceiling < 0.3);
        assert_eq!(thinned(&[1, 9], &[1, 8], &[0, 0]), None);
    }

    #[test]
    fn halves_have_the_moments_of_the_hypergeometric() {
        // scipy.stats.hypergeom(N, c, N // 2): mean c / 2, variance c / 4 * (N - c) / (N - 1) for even N.
        for (successes, trials) in [(10_u64, 30_u64), (25, 30), (600, 4_000), (3_700, 4_000)] {
            let mut random = SplitMix64::new(8);
            let draws: Vec<f64> =
                (0..20_000).map(|_| dealt(&mut random, successes, trials, trials / 2) as f64).collect();
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let square = draws.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 20_000.0;
            let (c, n) = (successes as f64, trials as f64);
            let expected = c / 4.0 * (n - c) / (n - 1.0);
            assert!((mean - c / 2.0).abs() < 5.0 * (expected / 20_000.0).sqrt(), "{mean}");
            assert!((square / expected - 1.0).abs() < 0.06, "{square} {expected}");
            let least = successes.saturating_sub(trials / 2) as f64;
            assert!(draws.iter().all(|it| *it >= least && *it <= c.min(n / 2.0)));
        }
    }
}
