//! How often ranges hold what they promised, on folds that did not fit them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::intervals::{Folded, Intervals, MOST_FOLDS, class, folds, sound};
use crate::calibration::LEVEL;

/// Coverage is stated for sets of at least this many: below, chance alone moves it by six points.
const LEAST_STATED: u64 = 200;

/// How often ranges held what they were to hold, on folds that did not fit them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Intended share, 0.8.
    pub level: f64,
    /// Share of all units inside their range.
    pub overall: f64,
    /// Number of units.
    pub n: u64,
    /// The same for each class of peers and each value of a grouping with at least 200 units: name,
    /// share inside, number of units.
    pub groups: Vec<(String, f64, u64)>,
}

/// A way to sort units, such as by placement: a value for each unit.
#[derive(Debug, Clone, Copy)]
pub struct Grouping<'a> {
    /// What the values are values of.
    pub name: &'a str,
    /// One value a unit.
    pub values: &'a [String],
}

impl Coverage {
    /// Measures the coverage of [`Intervals::fit`] on these very units: each fold is judged by ranges
    /// fitted, curves and shifts, on the others.
    pub fn measure(
        expected: &[f64],
        observed: &[f64],
        peers: &[usize],
        fold: &[usize],
        groupings: &[Grouping<'_>],
    ) -> Self {
        let (units, positions) = sound(expected, observed, peers, fold);
        let inside = judge(&units);
        // Sorted by grouping, then classes by size and other values by name.
        let mut sets: BTreeMap<(usize, usize, String), (u64, u64)> = BTreeMap::new();
        for ((unit, position), inside) in units.iter().zip(&positions).zip(&inside) {
            let class = class(unit.0.peers).map(|(from, name)| (0, from, format!("peers {name}")));
            let other = groupings.iter().enumerate().filter_map(|(at, it)| {
                it.values.get(*position).map(|value| (at + 1, 0, format!("{} {value}", it.name)))
            });
            for key in class.into_iter().chain(other) {
                let set = sets.entry(key).or_default();
                *set = (set.0 + u64::from(*inside), set.1 + 1);
            }
        }
        let held = inside.iter().filter(|it| **it).count() as f64;
        let groups = (sets.into_iter().filter(|(_, (_, n))| *n >= LEAST_STATED))
            .map(|((_, _, name), (held, n))| (name, held as f64 / n as f64, n))
            .collect();
        Self { level: LEVEL, overall: held / units.len().max(1) as f64, n: units.len() as u64, groups }
    }
}

/// Whether each unit is inside the range that the other folds give it.
fn judge(units: &[Folded]) -> Vec<bool> {
    let mut inside = vec![false; units.len()];
    for fold in 0..MOST_FOLDS {
        if units.iter().all(|it| it.1 != fold) {
            continue;
        }
        let others = units.iter().filter(|it| it.1 != fold).copied().collect();
        let intervals = Intervals::of(&folds(others));
        for ((unit, _), inside) in units.iter().zip(&mut inside).filter(|it| it.0.1 == fold) {
            let (low, high) = intervals.at(unit.score, unit.peers);
            *inside = low <= unit.observed && unit.observed <= high;
        }
    }
    inside
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::calibration::{expected_percentiles, observed_percentiles};
    use crate::evaluate::SplitMix64;
    use crate::evaluate::intervals::CLASSES;

    /// How results scatter around margins.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(in crate::evaluate) enum Noise {
        Even,
        /// Better margins scatter more.
        Uneven,
        /// Student's t with 1.5 degrees of freedom or so: a ratio of normal draws, tamed.
        Heavy,
    }

    #[derive(Default)]
    pub(in crate::evaluate) struct Library {
        pub(in crate::evaluate) expected: Vec<f64>,
        pub(in crate::evaluate) observed: Vec<f64>,
        pub(in crate::evaluate) peers: Vec<usize>,
        pub(in crate::evaluate) fold: Vec<usize>,
    }

    /// Groups of one size whose margins have a standard deviation of `skill`.
    pub(in crate::evaluate) fn library(
        seed: u64,
        size: usize,
        groups: usize,
        skill: f64,
        noise: Noise,
    ) -> Library {
        let mut random = SplitMix64::new(seed);
        let mut library = Library::default();
        for group in 0..groups {
            let margins: Vec<f64> = (0..size).map(|_| skill * random.normal()).collect();
            let scatter = |margin: &f64| {
                margin
                    + match noise {
                        Noise::Even => 1.5 * random.normal(),
                        Noise::Uneven => random.normal() * (0.8 * margin / skill).exp(),
                        Noise::Heavy => random.normal() / random.uniform().max(0.01).powf(0.8),
                    }
            };
            let results: Vec<f64> = margins.iter().map(scatter).collect();
            library.expected.extend(expected_percentiles(&margins));
            library.observed.extend(observed_percentiles(&results));
            library.peers.extend(vec![size; size]);
            library.fold.extend(vec![group % 5; size]);
        }
        library
    }

    impl Library {
        pub(in crate::evaluate) fn join(&mut self, more: Self) {
            self.expected.extend(more.expected);
            self.observed.extend(more.observed);
            self.peers.extend(more.peers);
            self.fold.extend(more.fold);
        }

        pub(in crate::evaluate) fn fit(&self) -> Intervals {
            Intervals::fit(&self.expected, &self.observed, &self.peers, &self.fold)
        }

        pub(in crate::evaluate) fn coverage(&self, groupings: &[Grouping<'_>]) -> Coverage {
            Coverage::measure(&self.expected, &self.observed, &self.peers, &self.fold, groupings)
        }

        /// Share of units inside, and mean width.
        pub(in crate::evaluate) fn judged_by(&self, intervals: &Intervals) -> (f64, f64) {
            let (mut inside, mut width) = (0.0, 0.0);
            let n = self.expected.len() as f64;
            for ((score, observed), peers) in self.expected.iter().zip(&self.observed).zip(&self.peers) {
                let (low, high) = intervals.at(*score, *peers);
                assert!(low <= *score && *score <= high && low >= 0.0 && high <= 100.0);
                inside += f64::from(u8::from(low <= *observed && *observed <= high)) / n;
                width += (high - low) / n;
            }
            (inside, width)
        }
    }

    #[test]
    fn every_class_of_one_library_is_covered() {
        let mut mean: BTreeMap<String, f64> = BTreeMap::new();
        for seed in 0..12 {
            let mut all = Library::default();
            for (size, groups) in [(2, 120), (3, 80), (4, 70), (7, 40), (20, 15), (50, 6), (150, 4)] {
                all.join(library(100 * seed + size as u64, size, groups, 0.7, Noise::Uneven));
            }
            let channel: Vec<String> =
                all.expected.iter().map(|it| if *it < 50.0 { "low" } else { "high" }.to_owned()).collect();
            let found = all.coverage(&[Grouping { name: "score", values: &channel }]);
            let names: Vec<&str> = found.groups.iter().map(|it| it.0.as_str()).collect();
            let classes = CLASSES.map(|it| format!("peers {}", it.1));
            assert_eq!(names[..7], classes.each_ref().map(String::as_str));
            assert_eq!(names[7..], ["score high", "score low"]);
            let held: f64 = found.groups[..7].iter().map(|(_, share, n)| share * *n as f64).sum();
            assert!((held / found.n as f64 - found.overall).abs() < 1e-12);
            for (name, share, _) in found.groups {
                *mean.entry(name).or_default() += share / 12.0;
            }
        }
        for (name, share) in &mean {
            // Classes are promised; high and low scores are not, but should not be far off.
            let allowed = if name.starts_with("peers") { 0.78..=0.84 } else { 0.75..=0.85 };
            assert!(allowed.contains(share), "{name} {share}");
        }
    }

    #[test]
    fn each_fold_is_judged_by_the_others() {
        // The first fold knows its percentiles well, the second is told nothing by its scores.
        let mut all = library(1, 40, 10, 8.0, Noise::Even);
        all.join(library(2, 40, 10, 8.0, Noise::Even));
        all.observed[400..].reverse();
        let fold: Vec<usize> = (0..800).map(|it| it / 400).collect();
        let names: Vec<String> = fold.iter().map(ToString::to_string).collect();
        let groupings = [Grouping { name: "fold", values: &names }];
        let found = Coverage::measure(&all.expected, &all.observed, &all.peers, &fold, &groupings);
        let [known, unknown] = [found.groups[1].1, found.groups[2].1];
        assert!(known > 0.85 && unknown < 0.3, "{found:?}");
    }
}
