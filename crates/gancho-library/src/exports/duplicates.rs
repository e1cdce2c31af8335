//! Records that repeat another one cell by cell.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::layout::When;
use super::reading::Records;
use super::row::PerformanceRow;

/// From this many impressions on, two ads do not have the same figures by chance.
const MANY: i64 = 100;

/// What a repeated record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// It is the record at this place again.
    Of(usize),
    /// It may be another ad of the same name, with the same small figures.
    Doubtful,
}

/// Finds, for each row, whether it repeats an earlier one of the list.
pub(crate) fn find(
    records: &Records,
    when: When,
    rows: &[(usize, &PerformanceRow)],
) -> Vec<Option<Repetition>> {
    let mut first: HashMap<u64, Vec<usize>> = HashMap::new();
    let cell = |row: usize, column: usize| records.table.cell(row, column).text;
    let width = |row: usize| {
        let width = records.table.width(row);
        (0..width).rev().find(|it| !cell(row, *it).is_empty()).map_or(0, |it| it + 1)
    };
    let mut repetitions = Vec::with_capacity(rows.len());
    for (at, (row, read)) in rows.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        (0..width(*row)).for_each(|it| cell(*row, it).hash(&mut hasher));
        let same = first.entry(hasher.finish()).or_default();
        let is_equal = |other: &&usize| {
            let other = rows[**other].0;
            width(other) == width(*row) && (0..width(*row)).all(|it| cell(other, it) == cell(*row, it))
        };
        let before = same.iter().find(is_equal).copied();
        if before.is_none() {
            same.push(at);
        }
        repetitions.push(before.map(|before| match is_certain(read, when) {
            true => Repetition::Of(before),
            false => Repetition::Doubtful,
        }));
    }
    repetitions
}

/// Whether a row says enough for its repetition to be a mistake: who and when, by an id or with figures
/// that two ads do not share by chance.
fn is_certain(row: &PerformanceRow, when: When) -> bool {
    let has_id = row.ad_id.is_some() || row.campaign_id.is_some();
    let has_name = row.campaign.is_some() || row.ad_set.is_some() || row.ad.is_some() || row.image.is_some();
    let is_dated = when != When::Nowhere && row.date_start.is_some();
    let is_large = match (row.impressions, row.spend) {
        (Some(impressions), _) => impressions.abs() >= MANY,
        (None, Some(spend)) => spend.abs() >= crate::decimal::Decimal::from(1),
        (None, None) => false,
    };
    match (has_id, is_dated) {
        (true, true) => true,
        (true, false) | (false, true) => (has_id || has_name) && is_large,
        (false, false) => false,
    }
}
