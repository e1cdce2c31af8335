//! What a ranking would have done with the money.

use serde::{Deserialize, Serialize};

use super::between::between;
use super::bootstrap::{Estimate, Part, Sums, ratio};
use super::judged::{Group, Judged};

/// Money that a ranking would have moved within groups, and what that would have brought.
///
/// In each group the money spent on units whose prediction lies below the group's median is moved to the
/// units above it, in proportion to what was spent on each of them; a group that spent nothing there moves
/// nothing. The gain is what the money would have earned at the upper half's own results per money, less
/// what it did earn. Predictions must not have seen these results; then noise cancels out of the gain, and
/// effects are not needed for it. (Shrunk effects would understate it: they pull every unit to the group's
/// mean, as if nothing were known of it. In simulation they gave two thirds of the true gain.)
///
/// This looks back; it is no promise. It supposes that the better units would have earned at the same rate
/// with more money, which auctions and tired audiences contradict, and that the effects are the units' own
/// and not of whom the platform chose to show them to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stakes {
    /// All money spent in groups of at least two units.
    pub spend: f64,
    /// Money on units that the ranking puts in the lower half.
    pub moved: f64,
    /// Share of the moved money that was right to move: the unit's shrunk effect is below the mean of what the
    /// money moved to, weighted by money. `n` is the number of groups.
    pub right: Estimate,
    /// Results gained (lost, where negative) for each 1,000 of moved money; `n` is the number of groups.
    pub extra_per_thousand: Estimate,
    /// The same gain as a share of all results.
    pub extra_share: f64,
}

/// Measures what `spend` and `results` of each unit say of a ranking; nothing where no money would move, or
/// where nothing was earned.
///
/// Spend is in any one currency, results are the counts that the effects are about (clicks, for click
/// rates; with the effect of context taken out, where the effects have it taken out). Units whose spend or results are not finite or negative count as 0.
pub fn stakes(judged: &Judged<'_>, spend: &[f64], results: &[f64]) -> Option<Stakes> {
    let groups = judged.groups();
    let between = between(&groups);
    let parts: Vec<Moves> = groups.iter().map(|it| Moves::of(it, between, spend, results)).collect();
    let flows: Vec<Flow> = parts.iter().map(|it| it.flow(&vec![1.0; it.units.len()])).collect();
    let sum = |of: fn(&Flow) -> f64| flows.iter().map(of).sum::<f64>();
    let (moved, earned) = (sum(|it| it.moved), sum(|it| it.results));
    if moved <= 0.0 || earned <= 0.0 {
        return None;
    }
    let right: Vec<Right<'_>> = parts.iter().map(Right).collect();
    let extra: Vec<Extra<'_>> = parts.iter().map(Extra).collect();
    let n = groups.len() as u64;
    Some(Stakes {
        spend: sum(|it| it.spend),
        moved,
        right: ratio(&right, n)?,
        extra_per_thousand: ratio(&extra, n)?,
        extra_share: sum(|it| it.extra) / earned,
    })
}

/// The units of one group, in which half the ranking puts them, and what they cost and brought.
struct Moves {
    units: Vec<Unit>,
}

struct Unit {
    half: Half,
    effect: f64,
    spend: f64,
    results: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Lower,
    Middle,
    Upper,
}

/// What one group's move amounts to.
#[derive(Debug, Default)]
struct Flow {
    spend: f64,
    moved: f64,
    right: f64,
    results: f64,
    extra: f64,
}

impl Moves {
    fn of(group: &Group, between: f64, spend: &[f64], results: &[f64]) -> Self {
        let middle = (group.len() + 1) as f64 / 2.0;
        let half = |rank: &f64| match rank.total_cmp(&middle) {
            std::cmp::Ordering::Less => Half::Lower,
            std::cmp::Ordering::Equal => Half::Middle,
            std::cmp::Ordering::Greater => Half::Upper,
        };
        let sound = |from: &[f64], unit: usize| {
            from.get(unit).copied().filter(|it| it.is_finite() && *it > 0.0).unwrap_or(0.0)
        };
        let units = (group.units.iter().zip(group.shrunk(between)))
            .zip(crate::calibration::ranks(&group.prediction).iter().map(half))
            .map(|((unit, effect), half)| Unit {
                half,
                effect,
                spend: sound(spend, *unit),
                results: sound(results, *unit),
            })
            .collect();
        Self { units }
    }

    fn flow(&self, weights: &[f64]) -> Flow {
        let (mut flow, mut lower, mut upper, mut pull) = (Flow::default(), (0.0, 0.0), (0.0, 0.0), 0.0);
        for (unit, weight) in self.units.iter().zip(weights) {
            let (spend, results) = (weight * unit.spend, weight * unit.results);
            flow.spend += spend;
            flow.results += results;
            match unit.half {
                Half::Lower => lower = (lower.0 + spend, lower.1 + results),
                Half::Middle => {}
                Half::Upper => {
                    upper = (upper.0 + spend, upper.1 + results);
                    pull += spend * unit.effect;
                }
            }
        }
        if upper.0 <= 0.0 {
            return flow;
        }
        let there = pull / upper.0;
        let worse = |unit: &Unit| unit.half == Half::Lower && unit.effect < there;
        let right = self.units.iter().zip(weights).filter(|it| worse(it.0)).map(|it| it.1 * it.0.spend);
        Flow { moved: lower.0, right: right.sum(), extra: lower.0 * upper.1 / upper.0 - lower.1, ..flow }
    }
}

/// Share of moved money that was right to move.
struct Right<'a>(&'a Moves);

impl Part for Right<'_> {
    fn units(&self) -> usize {
        self.0.units.len()
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        let flow = self.0.flow(weights);
        (flow.right, flow.moved)
    }
}

/// Results for each 1,000 moved.
struct Extra<'a>(&'a Moves);

impl Part for Extra<'_> {
    fn units(&self) -> usize {
        self.0.units.len()
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        let flow = self.0.flow(weights);
        (1_000.0 * flow.extra, flow.moved)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    #[test]
    fn one_group_by_hand() {
        // Hardly any noise, so shrunk effects are the observed ones.
        let judged = Judged {
            prediction: &[0.1, 0.8, 0.2, 0.9],
            effect: &[1.0, 2.0, 3.6, 4.0],
            variance: &[1e-9; 4],
            group: &[0; 4],
        };
        let (spend, results) = ([100.0, 100.0, 500.0, 300.0], [10.0, 20.0, 150.0, 120.0]);
        // Units 0 and 2 give their 600 to 1 and 3, whose mean effect is 3.5: right for 100. There 600 would
        // have earned 600 * 140 / 400 = 210; it did earn 160.
        let found = stakes(&judged, &spend, &results).unwrap();
        assert_eq!((found.spend, found.moved), (1_000.0, 600.0));
        assert!((found.right.value - 1.0 / 6.0).abs() < 1e-9);
        assert!((found.extra_per_thousand.value - 50.0 / 0.6).abs() < 1e-9, "{found:?}");
        assert!((found.extra_share - 50.0 / 300.0).abs() < 1e-9);
        // The reverse: 400 would have earned 400 * 160 / 600 = 106.7 in place of 140; 100 of it was right.
        let reverse = Judged { prediction: &[0.9, 0.2, 0.8, 0.1], ..judged };
        let lost = stakes(&reverse, &spend, &results).unwrap();
        assert!((lost.right.value - 0.25).abs() < 1e-9, "{lost:?}");
        assert!((lost.extra_per_thousand.value + 100.0 / 3.0 / 0.4).abs() < 1e-9, "{lost:?}");
    }

    #[test]
    fn the_middle_stays_and_nothing_moves_without_money() {
        let effect = [0.0, 0.5, 1.0];
        let judged =
            Judged { prediction: &[1.0, 2.0, 3.0], effect: &effect, variance: &[1e-9; 3], group: &[0; 3] };
        let found = stakes(&judged, &[10.0, 85.0, 5.0], &[1.0, 9.0, 0.0]).unwrap();
        assert_eq!((found.spend, found.moved), (100.0, 10.0));
        assert_eq!(stakes(&judged, &[0.0, 90.0, 5.0], &[1.0; 3]), None);
        assert_eq!(stakes(&judged, &[5.0, 90.0, 0.0], &[1.0; 3]), None);
        assert_eq!(stakes(&judged, &[f64::NAN; 3], &[1.0; 3]), None);
        assert_eq!(stakes(&judged, &[1.0; 3], &[]), None);
        let tied = Judged { prediction: &[1.0; 3], ..judged };
        assert_eq!(stakes(&tied, &[1.0; 3], &[1.0; 3]), None);
    }

    /// 100 groups of 8 and a ranking that sees the truth with noise of size `blur`. Also the true gain: that
    /// of results without noise.
    fn library(seed: u64, blur: f64) -> (Stakes, f64) {
        let mut random = SplitMix64::new(seed);
        let (mut prediction, mut effect, mut spend) = (vec![], vec![], vec![]);
        let (mut results, mut expected) = (vec![], vec![]);
        for _ in 0..800 {
            let (level, noise) = (0.4 * random.normal(), 0.3 * random.normal());
            let money = (4.0 + random.normal()).exp();
            prediction.push(level + blur * random.normal());
            effect.push(level + noise);
            spend.push(money);
            expected.push(0.05 * money * level.exp());
            // The mean of exp(noise) is exp(0.045); without it the noise would not cancel out.
            results.push(0.05 * money * (level + noise - 0.045).exp());
        }
        let group: Vec<usize> = (0..800).map(|it| it / 8).collect();
        let judged =
            Judged { prediction: &prediction, effect: &effect, variance: &[0.09; 800], group: &group };
        let truth = stakes(&judged, &spend, &expected).unwrap();
        (stakes(&judged, &spend, &results).unwrap(), truth.extra_per_thousand.value)
    }

    #[test]
    fn noisy_results_say_what_the_truth_says() {
        let (mut ratio, mut held) = (0.0, 0);
        for seed in 0..40 {
            let (good, truth) = library(seed, 0.2);
            ratio += good.extra_per_thousand.value / truth / 40.0;
            held += u32::from(good.extra_per_thousand.low < truth && truth < good.extra_per_thousand.high);
            assert!(good.right.low > 0.6, "{good:?}");
        }
        assert!((ratio - 1.0).abs() < 0.03, "{ratio}");
        assert!(held >= 36, "{held}");
        // A ranking that knows nothing moves money to and fro.
        let (blind, _) = library(12, 1e6);
        assert!(blind.extra_per_thousand.low < 0.0 && 0.0 < blind.extra_per_thousand.high, "{blind:?}");
        assert!(blind.right.low < 0.6, "{blind:?}");
    }
}
