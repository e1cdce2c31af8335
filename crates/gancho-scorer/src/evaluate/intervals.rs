//! Ranges for observed percentiles: conformalized quantile regression by number of peers.
//!
//! The percentile that a creative will be seen to hold depends on what was expected of it, and on how
//! many it is compared with. For each class of peers two curves over the expected percentile, the 10 %
//! and 90 % quantiles ([`super::quantiles`]), are fitted and then moved apart, or together, by the one
//! shift that makes them hold 80 % of results (Romano, Patterson and Candès 2019; by class: Vovk's
//! Mondrian conformal prediction). The shift comes from curves that were fitted on other folds.
//!
//! Why this estimator: in simulations of groups of 2 to 200, skilled and not, with even, uneven and
//! heavy-tailed noise, 200 to 2,000 units, all candidates held 80 % on the whole. Smooth quadratics did it
//! most evenly over low, middle and high scores (77 to 85 % in the thirds with uneven noise, against 69 to
//! 88 % for isotonic curves over a dozen bins and 63 to 97 % for a plain distance from the score), and needed no
//! more width.
//!
//! Small groups: among two, three or four units the observed percentile takes as many values. No range can
//! hold 80 % for *each* score then; with two, a range holds one value or both. What can be had is 80 % over
//! the class: confident scores get one value, the others both, and the score decides. Where scores are the
//! same for most of a class, even that is impossible without drawing lots, and coverage exceeds 80 %.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::quantiles::{Curve, Unit};
use crate::calibration::LEVEL;
use crate::hash::mix;

/// Classes of peers: the least number in each, and its name.
pub(super) const CLASSES: [(usize, &str); 7] =
    [(2, "2"), (3, "3"), (4, "4"), (5, "5-9"), (10, "10-29"), (30, "30-99"), (100, "100+")];
/// A class with fewer units is served by all of them together.
const LEAST_UNITS: usize = 50;
/// Fewer units do not make a curve: the score itself serves.
const LEAST_FOR_CURVES: usize = 20;
/// Most folds that are fitted apart; more are joined.
pub(super) const MOST_FOLDS: usize = 10;
/// Parts that units are cut into when everything is one fold.
const PARTS: u64 = 5;

/// The class of a number of peers, itself included; nothing for a unit alone.
pub fn peers_class(peers: usize) -> Option<&'static str> {
    class(peers).map(|(_, name)| name)
}

/// The class of a number of peers: its least number, and its name.
pub(super) fn class(peers: usize) -> Option<(usize, &'static str)> {
    CLASSES.iter().rev().find(|(from, _)| *from <= peers).copied()
}

/// Ranges that hold 80 % of observed percentiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intervals {
    level: f64,
    pooled: Range,
    classes: BTreeMap<String, Range>,
}

/// Two curves, and how far they are moved apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Range {
    low: Curve,
    high: Curve,
    /// Points; nothing where there were too few units to say, and the range is the whole scale.
    shift: Option<f64>,
    units: u64,
}

impl Intervals {
    /// Fits ranges to expected and observed percentiles, 0..100.
    ///
    /// `peers` counts the units compared, itself included; units alone, and numbers that are not finite,
    /// are left out. Units of one `fold` share information (their campaign): curves of other folds judge
    /// them. A single fold is cut into five at random. Without any unit, ranges are the whole scale.
    pub fn fit(expected: &[f64], observed: &[f64], peers: &[usize], fold: &[usize]) -> Self {
        let (units, _) = sound(expected, observed, peers, fold);
        Self::of(&units)
    }

    /// Range for an expected percentile among a number of peers, itself included. It always holds the
    /// score, and lies within 0..100; for a unit alone it is the whole scale.
    pub fn at(&self, score: f64, peers: usize) -> (f64, f64) {
        let Some(class) = peers_class(peers).filter(|_| score.is_finite()) else { return (0.0, 100.0) };
        self.classes.get(class).unwrap_or(&self.pooled).at(score, peers)
    }

    pub(super) fn of(units: &[Folded]) -> Self {
        let mut classes: BTreeMap<&str, Vec<Folded>> = BTreeMap::new();
        for unit in units {
            if let Some(class) = peers_class(unit.0.peers) {
                classes.entry(class).or_default().push(*unit);
            }
        }
        let enough = classes.into_iter().filter(|(_, units)| units.len() >= LEAST_UNITS);
        let classes = enough.map(|(class, units)| (class.to_owned(), Range::of(&units))).collect();
        Self { level: LEVEL, pooled: Range::of(units), classes }
    }
}

/// A unit and its fold.
pub(super) type Folded = (Unit, usize);

/// Units that can be used, their folds from 0 without gaps, and their positions in the input.
pub(super) fn sound(
    expected: &[f64],
    observed: &[f64],
    peers: &[usize],
    fold: &[usize],
) -> (Vec<Folded>, Vec<usize>) {
    let length = expected.len().min(observed.len()).min(peers.len()).min(fold.len());
    let fits = |it: &usize| expected[*it].is_finite() && observed[*it].is_finite() && peers[*it] >= 2;
    let mut positions: Vec<usize> = (0..length).filter(fits).collect();
    // Sums must not depend on the order of the input.
    positions.sort_by(|a, b| {
        let scores = expected[*a].total_cmp(&expected[*b]).then(observed[*a].total_cmp(&observed[*b]));
        scores.then(peers[*a].cmp(&peers[*b])).then(fold[*a].cmp(&fold[*b]))
    });
    let unit =
        |it: &usize| (Unit { score: expected[*it], observed: observed[*it], peers: peers[*it] }, fold[*it]);
    (folds(positions.iter().map(unit).collect()), positions)
}

/// Numbers folds from 0, at most [`MOST_FOLDS`]; a single one is cut by a hash of the units.
pub(super) fn folds(mut units: Vec<Folded>) -> Vec<Folded> {
    let numbers: BTreeMap<usize, usize> = units.iter().map(|it| (it.1, 0)).collect();
    let numbers: BTreeMap<usize, usize> =
        numbers.into_keys().enumerate().map(|(at, fold)| (fold, at % MOST_FOLDS)).collect();
    for (unit, fold) in &mut units {
        let hash = [unit.score.to_bits(), unit.observed.to_bits()].into_iter().fold(0, |a, b| mix(a ^ b));
        *fold = if numbers.len() == 1 { (hash % PARTS) as usize } else { numbers[fold] };
    }
    units
}

impl Range {
    fn of(units: &[Folded]) -> Self {
        let mut distances = Vec::with_capacity(units.len());
        for fold in 0..MOST_FOLDS {
            let (mine, others): (Vec<&Folded>, Vec<&Folded>) = units.iter().partition(|it| it.1 == fold);
            if !mine.is_empty() {
                let curves = Self::curves(others.into_iter());
                distances.extend(mine.iter().map(|it| curves.distance(&it.0)));
            }
        }
        // The ceil((n + 1) * 0.8)-th smallest, in whole numbers.
        let rank = (4 * (distances.len() + 1)).div_ceil(5);
        distances.sort_by(f64::total_cmp);
        let shift = distances.get(rank - 1).copied();
        Self { shift, units: units.len() as u64, ..Self::curves(units.iter()) }
    }

    fn curves<'a>(units: impl Iterator<Item = &'a Folded>) -> Self {
        let units: Vec<Unit> = units.map(|it| it.0).collect();
        let tail = (1.0 - LEVEL) / 2.0;
        let curve = |level: f64| {
            if units.len() < LEAST_FOR_CURVES { Curve::IDENTITY } else { Curve::fit(&units, level) }
        };
        Self { low: curve(tail), high: curve(1.0 - tail), shift: None, units: 0 }
    }

    /// The least shift at which the range holds a unit; below every other for one in the core.
    fn distance(&self, unit: &Unit) -> f64 {
        let (below, above) = Unit::core(unit.score, unit.peers);
        if unit.observed < below {
            self.low.at(unit.score) - unit.observed
        } else if unit.observed > above {
            unit.observed - self.high.at(unit.score)
        } else {
            f64::MIN
        }
    }

    fn at(&self, score: f64, peers: usize) -> (f64, f64) {
        let Some(shift) = self.shift else { return (0.0, 100.0) };
        let (below, above) = Unit::core(score, peers);
        // Rounding must not decide about a unit that lies right on the end.
        let (low, high) = (self.low.at(score) - shift - 1e-9, self.high.at(score) + shift + 1e-9);
        (low.min(below).clamp(0.0, 100.0), high.max(above).clamp(0.0, 100.0))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::evaluate::Coverage;
    use crate::evaluate::coverage::tests::{Noise, library};

    #[test]
    fn eighty_percent_are_inside_whatever_the_groups_and_the_noise() {
        for size in [2, 3, 4, 7, 40, 200] {
            for skill in [1.0, 0.3, 0.05] {
                for noise in [Noise::Even, Noise::Uneven, Noise::Heavy] {
                    let (mut fresh, mut crossed) = (0.0, 0.0);
                    for seed in 0..12 {
                        let known = library(seed, size, 400 / size, skill, noise);
                        fresh +=
                            library(seed + 1_000, size, 2_000 / size, skill, noise).judged_by(&known.fit()).0
                                / 12.0;
                        crossed += known.coverage(&[]).overall / 12.0;
                    }
                    // The spread of one library's coverage is 3 to 6 points, of this mean a quarter of it.
                    assert!((0.78..=0.84).contains(&fresh), "{size} {skill} {noise:?}: {fresh}");
                    assert!((0.78..=0.84).contains(&crossed), "{size} {skill} {noise:?}: {crossed}");
                }
            }
        }
    }

    #[test]
    fn skill_makes_ranges_narrow_and_classes_differ() {
        let width = |skill| {
            let known = library(1, 40, 50, skill, Noise::Even);
            known.judged_by(&known.fit()).1
        };
        // Without skill 80 % of an even spread; with a margin that is nearly everything, far less.
        assert!((width(0.01) - 80.0).abs() < 3.0);
        assert!(width(4.0) < 45.0);
        let mut mixed = library(5, 2, 300, 2.0, Noise::Even);
        mixed.join(library(6, 40, 10, 2.0, Noise::Even));
        let fit = mixed.fit();
        // Classes that were not seen are served by all units together.
        let [pair, three, forty] = [2, 3, 40].map(|peers| fit.at(62.0, peers));
        assert!(pair != three && three != forty && three == fit.at(62.0, 4), "{pair:?} {three:?} {forty:?}");
    }

    #[test]
    fn equal_scores_in_pairs_hold_both_percentiles() {
        // Nothing tells the units apart, so nothing can hold 80 %: both values, not one or none.
        let observed: Vec<f64> = (0..400).map(|at| if at % 2 == 0 { 25.0 } else { 75.0 }).collect();
        let fold: Vec<usize> = (0..400).map(|at| at / 2 % 5).collect();
        let (low, high) = Intervals::fit(&[50.0; 400], &observed, &[2; 400], &fold).at(50.0, 2);
        assert!(low <= 25.0 && high >= 75.0, "{low} {high}");
        assert_eq!(Coverage::measure(&[50.0; 400], &observed, &[2; 400], &fold, &[]).overall, 1.0);
    }

    #[test]
    fn little_is_known_from_few_units() {
        let none = Intervals::fit(&[], &[], &[], &[]);
        assert_eq!(none.at(40.0, 9), (0.0, 100.0));
        let three = Intervals::fit(&[50.0; 3], &[10.0, 50.0, 90.0], &[9; 3], &[0, 1, 2]);
        assert_eq!(three.at(40.0, 9), (0.0, 100.0));
        // Nine units: the eighth distance from the score itself, 18.
        let observed = [61.0, 62.0, 63.0, 64.0, 85.0, 86.0, 87.0, 88.0, 89.0];
        let nine = Intervals::fit(&[70.0; 9], &observed, &[400; 9], &[0, 0, 0, 1, 1, 1, 2, 2, 2]);
        let (low, high) = nine.at(30.0, 400);
        assert!((low - 12.0).abs() < 1e-6 && (high - 48.0).abs() < 1e-6, "{low} {high}");
        assert_eq!(nine.at(30.0, 1), (0.0, 100.0));
        assert_eq!(nine.at(f64::NAN, 5), (0.0, 100.0));
        assert_eq!(Coverage::measure(&[], &[], &[], &[], &[]).overall, 0.0);
    }

    #[test]
    fn one_fold_is_cut_and_the_file_keeps_every_bit() {
        let mut known = library(3, 7, 60, 0.8, Noise::Even);
        known.fold = vec![4; known.fold.len()];
        let fit = known.fit();
        let (inside, _) = library(4, 7, 300, 0.8, Noise::Even).judged_by(&fit);
        assert!((inside - 0.8).abs() < 0.05, "{inside}");
        assert!((known.coverage(&[]).overall - 0.8).abs() < 0.07);
        let text = serde_json::to_string(&fit).unwrap();
        assert_eq!(serde_json::from_str::<Intervals>(&text).unwrap(), fit);
        for all in [&mut known.expected, &mut known.observed] {
            all.reverse();
        }
        assert_eq!(known.fit(), fit);
    }

    proptest! {
        #[test]
        fn any_numbers_give_a_range_around_the_score(
            units in proptest::collection::vec((-20.0_f64..120.0, 0.0_f64..100.0, 0_usize..130, 0_usize..14), 0..90),
            score in 0.0_f64..=100.0,
            peers in 0_usize..1_000,
        ) {
            let expected: Vec<f64> = units.iter().map(|it| it.0).collect();
            let observed: Vec<f64> = units.iter().map(|it| it.1).collect();
            let counts: Vec<usize> = units.iter().map(|it| it.2).collect();
            let fold: Vec<usize> = units.iter().map(|it| it.3).collect();
            let (low, high) = Intervals::fit(&expected, &observed, &counts, &fold).at(score, peers);
            prop_assert!(0.0 <= low && low <= score && score <= high && high <= 100.0);
        }
    }
}
