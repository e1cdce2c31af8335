//! Who is held out with whom, and which units may teach the model that judges a fold.

use std::collections::BTreeMap;

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
    /// Whole campaigns; creatives one by one where there are fewer than five campaigns.
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
    /// First days of the blocks after the first; nothing where folds are groups.
    edges: Option<Vec<i64>>,
    /// Whether campaigns were asked for and are too few.
    pub(crate) too_few_campaigns: Option<usize>,
}

impl Folds {
    /// Assigns units; `joined` maps creatives that share content to one number, so that they stay together.
    pub(crate) fn of(cases: &Cases, pairing: &Pairing, hold_out: HoldOut, joined: Option<&[usize]>) -> Self {
        match hold_out {
            HoldOut::Time => Self::rolling(cases, pairing),
            _ => Self::grouped(cases, pairing, hold_out, joined),
        }
    }

    fn grouped(cases: &Cases, pairing: &Pairing, hold_out: HoldOut, joined: Option<&[usize]>) -> Self {
        let named = |it: &usize| cases.groups[*it] != NO_GROUP;
        let mut campaigns: Vec<usize> = pairing.group.iter().copied().filter(|it| named(it)).collect();
        campaigns.sort_unstable();
        campaigns.dedup();
        let whole = hold_out == HoldOut::Campaign && campaigns.len() >= FOLDS;
        let key = |unit: usize| -> String {
            let (group, creative) = (pairing.group[unit], pairing.creative[unit]);
            if whole && named(&group) {
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
        Self {
            of_unit: keys.iter().map(|it| fold_of.get(it.as_str()).copied()).collect(),
            together: keys.iter().map(|it| hash::text(it)).collect(),
            count: FOLDS,
            edges: None,
            too_few_campaigns: (hold_out == HoldOut::Campaign && !whole).then_some(campaigns.len()),
        }
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
        let block = |day: i64| edges.iter().filter(|edge| day >= **edge).count();
        let of_unit = (0..pairing.len())
            .map(|unit| {
                let block = block(pairing.first_day[unit]?);
                (block == block_of(&first, pairing.creative[unit], &edges)?).then_some(block)
            })
            .collect();
        Self {
            of_unit,
            together: pairing.creative.iter().map(|it| hash::text(&cases.creatives[*it])).collect(),
            count: FOLDS,
            edges: Some(edges),
            too_few_campaigns: None,
        }
    }

    /// Whether a case of a unit teaches the model of a fold: in time only what was known when the fold began.
    pub(crate) fn teaches(&self, fold: usize, unit: usize, day: Option<i64>) -> bool {
        match (&self.edges, self.of_unit[unit]) {
            (Some(edges), _) if fold > 0 => day.is_some_and(|it| edges.get(fold - 1).is_some_and(|edge| it < *edge)),
            (Some(_), _) | (None, None) => false,
            (None, Some(it)) => it != fold,
        }
    }

    /// Whether a fold's units are judged at all.
    pub(crate) fn judges(&self, fold: usize) -> bool {
        self.edges.as_ref().is_none_or(|it| fold > 0 && fold <= it.len())
    }
}

fn block_of(first: &BTreeMap<usize, i64>, creative: usize, edges: &[i64]) -> Option<usize> {
    let day = first.get(&creative)?;
    Some(edges.iter().filter(|edge| day >= *edge).count())
}
