//! Predictions beside results, gathered by the groups within which units may be compared.

use std::collections::BTreeMap;

use crate::hash::mix;

/// Most partners each unit is paired with on one side, so that one large group stays affordable.
pub(super) const PARTNERS: usize = 50;

/// Predictions of units beside what was observed; slices of one length.
///
/// Units past the shortest slice, and units whose effect is not finite, are left out.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Margin, higher is better. A value that is not finite is missing and takes the median of its group.
    pub prediction: &'a [f64],
    /// Observed effect on the link scale, centered in its group.
    pub effect: &'a [f64],
    /// Sampling variance of each effect.
    pub variance: &'a [f64],
    /// Number of the group; only units of one group are compared.
    pub group: &'a [usize],
}

/// Units of one group, in an order that says nothing about them.
#[derive(Debug)]
pub(super) struct Group {
    /// Positions in the input.
    pub(super) units: Vec<usize>,
    pub(super) prediction: Vec<f64>,
    pub(super) effect: Vec<f64>,
    pub(super) variance: Vec<f64>,
}

impl Judged<'_> {
    /// Number of units, left-out ones included.
    pub fn len(&self) -> usize {
        let lengths = [self.prediction.len(), self.effect.len(), self.variance.len(), self.group.len()];
        lengths.into_iter().min().unwrap_or(0)
    }

    /// Whether there is nothing to judge.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Groups with at least two units. The order within each follows a hash of its numbers, so that
    /// neighbors are random pairs, whatever order the units came in.
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for unit in (0..self.len()).filter(|it| self.effect[*it].is_finite()) {
            members.entry(self.group[unit]).or_default().push(unit);
        }
        members.into_values().filter(|it| it.len() >= 2).map(|units| self.gather(units)).collect()
    }

    fn gather(&self, mut units: Vec<usize>) -> Group {
        let key = |unit: &usize| {
            let bits = [self.effect, self.prediction, self.variance].map(|it| it[*unit].to_bits());
            bits.into_iter().fold(0, |hash, it| mix(hash ^ it))
        };
        units.sort_by_cached_key(key);
        let take = |from: &[f64]| units.iter().map(|it| from[*it]).collect::<Vec<f64>>();
        let mut prediction = take(self.prediction);
        let middle = median(prediction.iter().copied().filter(|it| it.is_finite()).collect());
        prediction.iter_mut().filter(|it| !it.is_finite()).for_each(|it| *it = middle);
        Group { prediction, effect: take(self.effect), variance: take(self.variance), units }
    }
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// Pairs of positions in the group: all of them up to 101 units, beyond that each unit with the
    /// [`PARTNERS`] that follow it, around the end.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let count = self.len();
        let reach = PARTNERS.min((count - 1) / 2);
        let around = (0..count).flat_map(move |a| (1..=reach).map(move |step| (a, (a + step) % count)));
        // An even group that is not cut also has the pairs that lie opposite each other.
        let opposite = if count.is_multiple_of(2) && reach < PARTNERS { count / 2 } else { 0 };
        around.chain((0..opposite).map(move |a| (a, a + opposite)))
    }
}

/// Median of finite values, 0 without any.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let count = values.len();
    if count == 0 { 0.0 } else { f64::midpoint(values[(count - 1) / 2], values[count / 2]) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn group(count: usize) -> Group {
        let values: Vec<f64> = (0..count).map(|it| it as f64).collect();
        let judged =
            Judged { prediction: &values, effect: &values, variance: &values, group: &vec![7; count] };
        judged.groups().remove(0)
    }

    #[test]
    fn every_pair_is_drawn_once_until_there_are_too_many() {
        for count in [2, 3, 4, 5, 50, 51, 99, 100, 101] {
            let pairs: Vec<_> = group(count).pairs().map(|(a, b)| (a.min(b), a.max(b))).collect();
            assert_eq!(pairs.len(), count * (count - 1) / 2, "{count}");
            assert_eq!(pairs.iter().collect::<BTreeSet<_>>().len(), pairs.len());
            assert!(pairs.iter().all(|(a, b)| a < b && *b < count));
        }
        for count in [102, 103, 1_000] {
            let pairs: BTreeSet<_> = group(count).pairs().map(|(a, b)| (a.min(b), a.max(b))).collect();
            assert_eq!(pairs.len(), count * PARTNERS);
        }
    }

    #[test]
    fn missing_predictions_take_the_median_and_unknown_effects_leave() {
        let judged = Judged {
            prediction: &[1.0, f64::NAN, 9.0, 2.0, f64::INFINITY, f64::NAN, f64::NAN],
            effect: &[0.1, 0.2, 0.3, 0.4, f64::NAN, 0.5, 0.6],
            variance: &[1.0; 7],
            group: &[0, 0, 0, 0, 0, 1, 1],
        };
        let groups = judged.groups();
        assert_eq!(groups.iter().map(Group::len).collect::<Vec<_>>(), [4, 2]);
        let at = groups[0].units.iter().position(|it| *it == 1);
        assert_eq!(at.map(|it| groups[0].prediction[it]), Some(2.0));
        assert_eq!(groups[1].prediction, [0.0, 0.0]);
    }

    #[test]
    fn neighbors_do_not_depend_on_the_order_of_units() {
        let values: Vec<f64> = (0..300).map(f64::from).collect();
        let reverse: Vec<f64> = values.iter().rev().copied().collect();
        let of = |it: &[f64]| {
            let judged = Judged { prediction: it, effect: it, variance: it, group: &[0; 300] };
            judged.groups().remove(0).effect
        };
        assert_eq!(of(&values), of(&reverse));
        assert_ne!(of(&values), values);
    }
}
