//! Who is held out with whom, and which units may teach the model that judges a fold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::hash;
use crate::learn::cases::{Cases, NO_GROUP};
use crate::learn::units::Pairing;

/// Folds of a grouped cross-validation, and blocks of time of a rolling one.
pub(crate) const FOLDS: usize = 5;

/// What is held out together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoldOut {
    /// Whole campaigns; creatives one by one where there are fewer than five campaigns, or where they share so
    /// many creatives that holding out one leaves little to learn from.
    #[default]
    Campaign,
    /// Creatives, in all their campaigns.
    Creative,
    /// What comes later: five blocks of time, each judged by what was known before it.
    Time,
}

/// The fold of each unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Folds {
    /// Fold of each unit; nothing for units that no model may judge.
    pub(crate) of_unit: Vec<Option<usize>>,
    /// A key shared by units that are held out together.
    pub(crate) together: Vec<u64>,
    pub(crate) count: usize,
    /// Folds in which each unit's creative is held out, as bits: another campaign's results of the same creative
    /// would tell what is asked.
    barred: Vec<u8>,
    /// First days of the blocks after the first; nothing where folds are groups.
    edges: Option<Vec<i64>>,
    /// Campaigns, where whole ones were asked for and they are too few, or share too many creatives.
    pub(crate) too_few_campaigns: Option<usize>,
}

impl Folds {
    /// Assigns units; `joined` maps creatives that share content to one number, so that they stay together.
    pub(crate) fn of(cases: &Cases, pairing: &Pairing, hold_out: HoldOut, joined: Option<&[usize]>) -> Self {
        match hold_out {
            HoldOut::Time => Self::rolling(cases, pairing),
            HoldOut::Creative => Self::grouped(cases, pairing, false, joined),
            HoldOut::Campaign => {
                let campaigns = campaigns(cases, pairing);
                let whole = Self::grouped(cases, pairing, true, joined);
                if campaigns >= FOLDS && whole.leaves_enough() {
                    return whole;
                }
                let creatives = Self::grouped(cases, pairing, false, joined);
                Self { too_few_campaigns: Some(campaigns), ..creatives }
            }
        }
    }

    fn grouped(cases: &Cases, pairing: &Pairing, whole: bool, joined: Option<&[usize]>) -> Self {
        let key = |unit: usize| -> String {
            let (group, creative) = (pairing.group[unit], pairing.creative[unit]);
            if whole && cases.groups[group] != NO_GROUP {
                return format!("campaign {}", cases.groups[group]);
            }
            match joined {
                Some(joined) => format!("content {}", joined[creative]),
                None => format!("creative {}", cases.creatives[creative]),
            }
        };
        let keys: Vec<String> = (0..pairing.len()).map(key).collect();
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for key in &keys {
            *sizes.entry(key).or_default() += 1;
        }
        // Largest first into the emptiest fold; the hash breaks ties without favoring early names.
        let mut order: Vec<(&str, usize)> = sizes.into_iter().collect();
        order.sort_by_key(|(key, size)| (std::cmp::Reverse(*size), hash::text(key), *key));
        let mut filled = [0_usize; FOLDS];
        let mut fold_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, size) in order {
            let emptiest = (0..FOLDS).min_by_key(|it| filled[*it]).unwrap_or(0);
            filled[emptiest] += size;
            fold_of.insert(key, emptiest);
        }
        let of_unit: Vec<Option<usize>> = keys.iter().map(|it| fold_of.get(it.as_str()).copied()).collect();
        Self {
            barred: barred(&pairing.creative, &of_unit),
            of_unit,
            together: keys.iter().map(|it| hash::text(it)).collect(),
            count: FOLDS,
            edges: None,
            too_few_campaigns: None,
        }
    }

    /// Whether each fold leaves at least half of the units of the others to learn from. Where the same creatives run
    /// in all campaigns, to hold out a campaign is to hold out nearly everything.
    fn leaves_enough(&self) -> bool {
        (0..self.count).all(|fold| {
            let others = self.of_unit.iter().filter(|it| it.is_some_and(|it| it != fold)).count();
            let taught = (0..self.of_unit.len()).filter(|it| self.teaches(fold, *it, None)).count();
            2 * taught >= others
        })
    }

    /// Five blocks with about as many creatives each, by first day; the first only teaches. A creative that ran
    /// before its block began is not judged again.
    fn rolling(cases: &Cases, pairing: &Pairing) -> Self {
        let mut first: BTreeMap<usize, i64> = BTreeMap::new();
        for (creative, day) in pairing.creative.iter().zip(&pairing.first_day) {
            if let Some(day) = day {
                first.entry(*creative).and_modify(|it| *it = (*it).min(*day)).or_insert(*day);
            }
        }
        let mut days: Vec<i64> = first.values().copied().collect();
        days.sort_unstable();
        let edges: Vec<i64> =
            (1..FOLDS).filter_map(|it| days.get(it * days.len() / FOLDS).copied()).collect();
        let block = |day: &i64| edges.iter().filter(|edge| day >= *edge).count();
        let born: Vec<Option<usize>> = pairing.creative.iter().map(|it| first.get(it).map(block)).collect();
        let of_unit = (0..pairing.len())
            .map(|unit| born[unit].filter(|it| pairing.first_day[unit].as_ref().map(block) == Some(*it)))
            .collect();
        Self {
            of_unit,
            barred: barred(&pairing.creative, &born),
            together: pairing.creative.iter().map(|it| hash::text(&cases.creatives[*it])).collect(),
            count: FOLDS,
            edges: Some(edges),
            too_few_campaigns: None,
        }
    }

    /// Whether a case of a unit teaches the model of a fold: in time only what was known when the fold began. The
    /// first block has nothing before it; its model, which judges creatives but is never itself judged, learns from
    /// all creatives that came later.
    pub(crate) fn teaches(&self, fold: usize, unit: usize, day: Option<i64>) -> bool {
        let is_other = self.barred[unit] != 0 && self.barred[unit] & (1 << fold) == 0;
        match &self.edges {
            Some(edges) if fold > 0 => {
                day.is_some_and(|it| edges.get(fold - 1).is_some_and(|edge| it < *edge))
            }
            _ => is_other,
        }
    }

    /// The fold whose model has not seen anything of a unit's creative; nothing for one without a day where time
    /// is cut.
    pub(crate) fn fresh(&self, unit: usize) -> Option<usize> {
        (self.barred[unit] != 0).then(|| self.barred[unit].trailing_zeros() as usize)
    }

    /// The folds that each creative is held out in, as bits; without those that no model may judge. Where two differ,
    /// one creative teaches a model that judges the other.
    pub(crate) fn held_out(&self, pairing: &Pairing) -> BTreeMap<usize, u8> {
        let folds = pairing.creative.iter().copied().zip(self.barred.iter().copied());
        folds.filter(|it| it.1 != 0).collect()
    }

    /// Whether a fold's units are judged at all.
    pub(crate) fn judges(&self, fold: usize) -> bool {
        self.edges.as_ref().is_none_or(|it| fold > 0 && fold <= it.len())
    }
}

/// How many campaigns have a name.
fn campaigns(cases: &Cases, pairing: &Pairing) -> usize {
    let named = pairing.group.iter().filter(|it| cases.groups[**it] != NO_GROUP);
    named.collect::<BTreeSet<_>>().len()
}

/// For each unit, the folds of its creative's units.
fn barred(creative: &[usize], fold: &[Option<usize>]) -> Vec<u8> {
    let mut bits: BTreeMap<usize, u8> = BTreeMap::new();
    for (creative, fold) in creative.iter().zip(fold) {
        *bits.entry(*creative).or_default() |= fold.map_or(0, |it| 1 << it);
    }
    creative.iter().map(|it| bits[it]).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::learn::target::Counts;

    /// Cases of (creative, campaign, day); campaign 0 is none.
    fn cases(list: &[(usize, usize, Option<i64>)]) -> Cases {
        Cases {
            creatives: (0..30).map(|it| format!("c{it:02}")).collect(),
            groups: std::iter::once(String::new()).chain((1..9).map(|it| format!("g{it}"))).collect(),
            creative: list.iter().map(|it| it.0).collect(),
            group: list.iter().map(|it| it.1).collect(),
            day: list.iter().map(|it| it.2).collect(),
            counts: vec![Counts::default(); list.len()],
            ..Cases::default()
        }
    }

    fn any_cases() -> impl Strategy<Value = Vec<(usize, usize, Option<i64>)>> {
        let day = prop_oneof![9 => (0_i64..40).prop_map(Some), 1 => Just(None)];
        proptest::collection::vec((0_usize..30, 0_usize..9, day), 1..120)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn time_never_learns_from_the_future(list in any_cases()) {
            let cases = cases(&list);
            let pairing = Pairing::of(&cases);
            let folds = Folds::of(&cases, &pairing, HoldOut::Time, None);
            for fold in (0..folds.count).filter(|it| folds.judges(*it)) {
                let judged: Vec<usize> =
                    (0..pairing.len()).filter(|it| folds.of_unit[*it] == Some(fold)).collect();
                let begins = judged.iter().filter_map(|it| pairing.first_day[*it]).min();
                let creatives: BTreeSet<usize> = judged.iter().map(|it| pairing.creative[*it]).collect();
                for (case, (creative, _, day)) in list.iter().enumerate() {
                    if folds.teaches(fold, pairing.of_case[case], *day) {
                        prop_assert!(begins.is_none_or(|it| day.unwrap() < it));
                        prop_assert!(!creatives.contains(creative));
                    }
                }
            }
        }

        #[test]
        fn what_is_held_out_never_teaches(list in any_cases(), by_creative in any::<bool>(), joins in 1_usize..30) {
            let cases = cases(&list);
            let pairing = Pairing::of(&cases);
            let joined: Vec<usize> = (0..30).map(|it| it % joins).collect();
            let hold_out = if by_creative { HoldOut::Creative } else { HoldOut::Campaign };
            let folds = Folds::of(&cases, &pairing, hold_out, Some(&joined));
            for unit in 0..pairing.len() {
                let fold = folds.of_unit[unit].unwrap();
                for other in 0..pairing.len() {
                    let together = folds.together[other] == folds.together[unit];
                    prop_assert!(!together || folds.of_unit[other] == Some(fold));
                    let same = pairing.creative[other] == pairing.creative[unit];
                    prop_assert!(!((together || same) && folds.teaches(fold, other, None)));
                    let content = joined[pairing.creative[other]] == joined[pairing.creative[unit]];
                    prop_assert!(!(by_creative && content && !together));
                }
            }
        }
    }

    #[test]
    fn folds_are_even_and_do_not_depend_on_the_order_of_cases() {
        let list: Vec<_> = (0..300).map(|it| (it % 30, 1 + it % 8, None)).collect();
        let (first, second) = (cases(&list), cases(&list.iter().rev().copied().collect::<Vec<_>>()));
        let folds = |it: &Cases| Folds::of(it, &Pairing::of(it), HoldOut::Creative, None);
        assert_eq!(folds(&first), folds(&second));
        let mut sizes = [0; FOLDS];
        folds(&first).of_unit.iter().for_each(|it| sizes[it.unwrap()] += 1);
        assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 8, "{sizes:?}");
    }

    #[test]
    fn campaigns_that_show_the_same_are_not_held_out_whole() {
        // Eight campaigns: of three creatives each, of ten in common, and of three with one in common.
        let apart: Vec<_> = (0..24).map(|it| (it, 1 + it % 8, None)).collect();
        let common: Vec<_> = (0..80).map(|it| (it % 10, 1 + it / 10, None)).collect();
        let one: Vec<_> = apart.iter().copied().chain((1..9).map(|it| (29, it, None))).collect();
        for (list, few) in [(apart, None), (common, Some(8)), (one, None)] {
            let cases = cases(&list);
            let folds = Folds::of(&cases, &Pairing::of(&cases), HoldOut::Campaign, None);
            assert_eq!(folds.too_few_campaigns, few);
            let teaches = |unit: &usize| folds.teaches(0, *unit, None);
            assert!((0..folds.of_unit.len()).filter(teaches).count() > list.len() / 3);
        }
    }

    #[test]
    fn a_creative_is_judged_by_a_model_that_has_not_seen_it() {
        // Creative 0 runs in every campaign, so that it is held out everywhere.
        let list: Vec<_> =
            (0..90).map(|it| (if it < 9 { 0 } else { it % 30 }, it % 9, Some(it as i64))).collect();
        let cases = cases(&list);
        let pairing = Pairing::of(&cases);
        for hold_out in [HoldOut::Campaign, HoldOut::Creative, HoldOut::Time] {
            let folds = Folds::of(&cases, &pairing, hold_out, None);
            for unit in 0..pairing.len() {
                let fold = folds.fresh(unit).unwrap();
                for (case, (creative, _, day)) in list.iter().enumerate() {
                    let teaches = folds.teaches(fold, pairing.of_case[case], *day);
                    assert!(!(teaches && *creative == pairing.creative[unit]), "{hold_out:?} {unit} {case}");
                }
            }
        }
    }
}
