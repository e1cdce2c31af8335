//! Rows of results as observations: counts, and the context of their delivery as named numbers.

use std::collections::BTreeMap;

use gancho_scorer::Observation;
use gancho_scorer::learn::Counts;

use super::described::describe;

/// One row of results before its context is numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ResultRow {
    /// Number of the creative.
    pub(crate) creative: usize,
    /// What it is compared within.
    pub(crate) group: Option<String>,
    /// Day, counted from 1970-01-01.
    pub(crate) day: Option<i64>,
    pub(crate) counts: Counts,
    /// Cells of the context columns, in their order.
    pub(crate) context: Vec<Option<String>>,
}

/// Observations by creative. `names` are those of the context columns; with `season`, month and age of the ad are
/// context too, where the rows span more than one.
pub(crate) fn observations(
    rows: &[ResultRow],
    names: &[String],
    season: bool,
) -> BTreeMap<usize, Vec<Observation>> {
    let mut contexts: Vec<BTreeMap<String, f64>> = vec![BTreeMap::new(); rows.len()];
    for (at, name) in names.iter().enumerate() {
        let cells: Vec<Option<String>> =
            rows.iter().map(|it| it.context.get(at).cloned().flatten()).collect();
        for (feature, values) in describe(&format!("context.{name}"), &cells) {
            for (context, value) in contexts.iter_mut().zip(values) {
                context.extend(value.map(|it| (feature.clone(), it)));
            }
        }
    }
    if season {
        add_season(rows, &mut contexts);
    }
    let mut by_creative: BTreeMap<usize, Vec<Observation>> = BTreeMap::new();
    for (row, context) in rows.iter().zip(contexts) {
        let seen = Observation { group: row.group.clone(), day: row.day, context, counts: row.counts };
        by_creative.entry(row.creative).or_default().push(seen);
    }
    by_creative
}

fn add_season(rows: &[ResultRow], contexts: &mut [BTreeMap<String, f64>]) {
    let mut first: BTreeMap<usize, i64> = BTreeMap::new();
    for (creative, day) in rows.iter().filter_map(|it| Some((it.creative, it.day?))) {
        first.entry(creative).and_modify(|it| *it = (*it).min(day)).or_insert(day);
    }
    let days = || rows.iter().filter_map(|it| it.day);
    let (Some(start), Some(end)) = (days().min(), days().max()) else { return };
    if start == end {
        return;
    }
    // The week of the history, not of the year: a history of months has no two Decembers to compare.
    for (row, context) in rows.iter().zip(contexts) {
        let Some(day) = row.day else { continue };
        context.insert("context.week".to_owned(), ((day - start) / 7) as f64);
        context.insert("context.weekday".to_owned(), (day + 3).rem_euclid(7) as f64);
        if let Some(first) = first.get(&row.creative) {
            context.insert("context.ad_age_days".to_owned(), (day - first) as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn context_becomes_numbers_and_days_become_age() {
        let row = |creative, day, place: &str| ResultRow {
            creative,
            day: Some(day),
            context: vec![Some(place.to_owned())],
            ..ResultRow::default()
        };
        let rows: Vec<ResultRow> =
            (0..10).map(|it| row(it as usize % 2, 100 + it, if it < 5 { "feed" } else { "story" })).collect();
        let found = observations(&rows, &["placement".to_owned()], true);
        let last = &found[&1].last().unwrap().context;
        assert_eq!(last["context.placement=story"], 1.0);
        assert_eq!(last["context.ad_age_days"], 8.0);
        assert_eq!(last["context.week"], 1.0);
        assert!(!observations(&rows, &[], false)[&0][0].context.contains_key("context.week"));
    }
}
