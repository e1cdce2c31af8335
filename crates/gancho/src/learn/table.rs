//! Creatives and results out of performance exports alone: what the rows say of text, headline and asset, and what
//! a mapping says of other columns.

use std::collections::{BTreeMap, BTreeSet};

use gancho_library::exports::PerformanceRow;
use gancho_library::{Copy, Creative, Decimal, Origin};
use gancho_scorer::learn::Counts;

use super::described::describe;
use super::mapping::{Figure, LearnMapping};
use super::observations::ResultRow;

/// What rows of results describe.
#[derive(Debug, Default)]
pub(crate) struct Described {
    /// Creatives, numbered as in `rows`.
    pub(crate) creatives: Vec<Creative>,
    /// Features of creatives beside their copy: `table.<column>`.
    pub(crate) features: Vec<BTreeMap<String, f64>>,
    pub(crate) rows: Vec<ResultRow>,
    /// Kinds of results of which only the commonest counts as conversions.
    pub(crate) other_results: BTreeSet<String>,
}

/// Reads creatives and results out of rows.
pub(crate) fn described(rows: &[PerformanceRow], mapping: &LearnMapping) -> Described {
    let identity = identity(rows, mapping);
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut first: Vec<&PerformanceRow> = Vec::new();
    let mut of_row = Vec::with_capacity(rows.len());
    for row in rows {
        let key = identity.iter().map(|it| cell(row, it).unwrap_or_default()).collect::<Vec<_>>().join(" · ");
        let next = first.len();
        let number = *numbers.entry(key).or_insert(next);
        if number == next {
            first.push(row);
        }
        of_row.push(number);
    }
    let mut ids = vec![String::new(); first.len()];
    for (key, number) in numbers {
        ids[number] = key;
    }
    let mut features: Vec<BTreeMap<String, f64>> = vec![BTreeMap::new(); first.len()];
    for column in &mapping.content {
        // Rows, not creatives, decide what is a category: a rare creative may have been shown a lot.
        let cells: Vec<Option<String>> = rows.iter().map(|it| cell(it, column)).collect();
        for (feature, values) in describe(&format!("table.{column}"), &cells) {
            for (creative, value) in of_row.iter().zip(values) {
                features[*creative].extend(value.map(|it| (feature.clone(), it)));
            }
        }
    }
    let reading = Reading::of(rows);
    let context = mapping.context();
    let group = mapping.group();
    let result = |(row, creative): (&PerformanceRow, &usize)| ResultRow {
        creative: *creative,
        group: joined(row, &group),
        day: row.date_start.as_deref().and_then(day),
        counts: reading.counts(row, mapping),
        context: context.iter().map(|it| cell(row, it)).collect(),
    };
    Described {
        creatives: ids.into_iter().zip(&first).map(|(id, row)| creative(id, row, mapping)).collect(),
        features,
        rows: rows.iter().zip(&of_row).map(result).collect(),
        other_results: reading.other_kinds,
    }
}

/// Columns that tell creatives apart.
fn identity(rows: &[PerformanceRow], mapping: &LearnMapping) -> Vec<String> {
    if !mapping.creative.is_empty() {
        return mapping.creative.clone();
    }
    let filled = |name: &&&str| rows.iter().any(|it| cell(it, name).is_some());
    let mut shown: Vec<String> =
        ["text", "headline", "image"].iter().filter(filled).map(|it| (*it).to_owned()).collect();
    shown.extend(mapping.text.iter().chain(&mapping.headline).chain(&mapping.content).cloned());
    if shown.is_empty() {
        shown = ["ad_id", "ad"].iter().filter(filled).take(1).map(|it| (*it).to_owned()).collect();
    }
    shown
}

fn creative(id: String, row: &PerformanceRow, mapping: &LearnMapping) -> Creative {
    let words = |key: Option<&String>, own: &str| key.map_or_else(|| cell(row, own), |it| cell(row, it));
    Creative {
        id,
        copy: Copy {
            primary_text: words(mapping.text.as_ref(), "text"),
            headline: words(mapping.headline.as_ref(), "headline"),
            ..Copy::default()
        },
        campaign: row.campaign.clone(),
        origin: Origin::default(),
        ..Creative::default()
    }
}

/// Cells of several columns as one name; nothing where all are blank.
pub(crate) fn joined(row: &PerformanceRow, keys: &[String]) -> Option<String> {
    let cells: Vec<String> = keys.iter().filter_map(|it| cell(row, it)).collect();
    (!cells.is_empty()).then(|| cells.join(" · "))
}

/// A cell by canonical key or by header; blank is nothing.
pub(crate) fn cell(row: &PerformanceRow, key: &str) -> Option<String> {
    if key == "record" {
        return Some(row.record.to_string());
    }
    let known = match key {
        "platform" => &row.platform,
        "campaign" => &row.campaign,
        "campaign_id" => &row.campaign_id,
        "ad_set" => &row.ad_set,
        "ad" => &row.ad,
        "ad_id" => &row.ad_id,
        "text" => &row.text,
        "headline" => &row.headline,
        "image" => &row.image,
        "age" => &row.age,
        "gender" => &row.gender,
        "placement" => &row.placement,
        "device" => &row.device,
        "attribution" => &row.attribution,
        "result_type" => &row.result_type,
        "date" => &row.date_start,
        other => return row.extra.get(other).filter(|it| !it.trim().is_empty()).cloned(),
    };
    known.clone().filter(|it| !it.trim().is_empty())
}

/// How the counts of some rows are to be read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The commonest kind of result; kinds are never added up.
    kind: String,
    /// The other kinds.
    pub(crate) other_kinds: BTreeSet<String>,
    /// Which counts the rows have at all: there a blank is a zero that was not written.
    link_clicks: bool,
    clicks: bool,
    results: bool,
    revenue: bool,
    video_3s: bool,
    thruplays: bool,
}

impl Reading {
    pub(crate) fn of(rows: &[PerformanceRow]) -> Self {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows.iter().filter(|it| it.results.is_some()) {
            *kinds.entry(row.result_type.as_deref().unwrap_or_default()).or_default() += 1;
        }
        let most = kinds.iter().max_by_key(|it| *it.1).map(|it| *it.0).unwrap_or_default();
        let any = |has: fn(&PerformanceRow) -> bool| rows.iter().any(has);
        Self {
            kind: most.to_owned(),
            other_kinds: kinds.keys().filter(|it| **it != most).map(|it| (*it).to_owned()).collect(),
            link_clicks: any(|it| it.link_clicks.is_some()),
            clicks: any(|it| it.clicks.is_some()),
            results: any(|it| it.results.is_some()),
            revenue: any(|it| it.revenue.is_some()),
            video_3s: any(|it| it.video_3s.is_some()),
            thruplays: any(|it| it.thruplays.is_some()),
        }
    }

    /// Counts of a row. Clicks are link clicks where the rows tell them apart: a click on "see more" is no visit.
    pub(crate) fn counts(&self, row: &PerformanceRow, mapping: &LearnMapping) -> Counts {
        let count = |it: Option<i64>, counted: bool| it.map(|it| it as f64).or(counted.then_some(0.0));
        let amount = |it: Option<Decimal>| it.map(Decimal::to_f64);
        let clicks = match self.link_clicks {
            true => count(row.link_clicks, true),
            false => count(row.clicks, self.clicks),
        };
        let given = |it: &Option<Figure>| match it {
            Some(Figure::Number(number)) => Some(*number),
            Some(Figure::Column(column)) => figure(row, column),
            None => None,
        };
        let kind = row.result_type.as_deref().unwrap_or_default();
        let counted = (self.results && (kind.is_empty() || kind == self.kind)).then_some(0.0);
        let results = amount(row.results).filter(|_| kind == self.kind);
        Counts {
            impressions: given(&mapping.impressions).or(row.impressions.map(|it| it as f64)),
            clicks: given(&mapping.clicks).or(clicks),
            conversions: results.or(counted.filter(|_| row.results.is_none())),
            spend: amount(row.spend),
            revenue: amount(row.revenue).or(self.revenue.then_some(0.0)),
            video_3s: count(row.video_3s, self.video_3s),
            thruplays: count(row.thruplays, self.thruplays),
        }
    }
}

/// A number by canonical key or by header.
fn figure(row: &PerformanceRow, key: &str) -> Option<f64> {
    let count = |it: Option<i64>| it.map(|it| it as f64);
    match key {
        "impressions" => count(row.impressions),
        "reach" => count(row.reach),
        "clicks" => count(row.clicks),
        "link_clicks" => count(row.link_clicks),
        "results" => row.results.map(Decimal::to_f64),
        "video_3s" => count(row.video_3s),
        "thruplays" => count(row.thruplays),
        header => row.extra.get(header)?.trim().parse().ok(),
    }
}

/// Days since 1970-01-01 of an ISO date.
pub(crate) fn day(iso: &str) -> Option<i64> {
    let mut parts = iso.get(..10)?.split('-').map(|it| it.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Howard Hinnant's `days_from_civil`.
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2000-02-29"), Some(11_016));
        assert_eq!(day("2026-03-02T10:00"), Some(20_514));
        assert_eq!(day("soon"), None);
    }

    #[test]
    fn creatives_are_told_apart_by_what_they_show() {
        let row = |text: &str, ad: &str, place: &str| PerformanceRow {
            text: Some(text.into()),
            ad: Some(ad.into()),
            placement: Some(place.into()),
            campaign: Some("c".into()),
            impressions: Some(100),
            link_clicks: Some(2),
            clicks: Some(9),
            ..PerformanceRow::default()
        };
        let found = described(
            &[row("a", "1", "feed"), row("a", "2", "story"), row("b", "3", "feed")],
            &LearnMapping::default(),
        );
        assert_eq!(found.creatives.len(), 2);
        assert_eq!(found.rows.iter().map(|it| it.creative).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(found.rows[0].counts.clicks, Some(2.0));
        assert_eq!(found.creatives[0].copy.primary_text.as_deref(), Some("a"));
    }
}
