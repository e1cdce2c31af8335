//! Imported rows for programs, spreadsheets and people.

use std::collections::BTreeSet;
use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, Table};

use super::csv::guarded;
use super::json::lines;
use super::plain::{elided, one_line, wrapped};
use super::table::STYLE;
use crate::{ImportReport, Messages, PerformanceRecord};

/// Rows that a table for people shows; programs get all.
const SHOWN: usize = 50;

/// Skipped records and warnings that a table for people names, each.
const NAMED: usize = 20;

/// One object a line: rows, then the records that are no rows.
///
/// # Errors
/// What the writer gives.
pub fn performance_jsonl(report: &ImportReport, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.rows, out)?;
    lines(&report.skipped, out)
}

/// One line per row with all fields; columns that gave none follow under their own headers when they were
/// asked for. What was skipped has other columns and stays out.
///
/// # Errors
/// What the writer gives.
pub fn performance_csv(report: &ImportReport, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let extra: BTreeSet<&String> =
        report.rows.iter().flat_map(|it| &it.extra).flat_map(|it| it.keys()).collect();
    let header = cells(&PerformanceRecord::default()).into_iter().map(|it| it.0.to_owned());
    writer.write_record(header.chain(extra.iter().map(|it| guarded(it))))?;
    for row in &report.rows {
        let known = cells(row).into_iter().map(|it| it.1);
        let unknown = extra.iter().map(|header| {
            let text = row.extra.as_ref().and_then(|it| it.get(*header));
            text.map(|it| guarded(it)).unwrap_or_default()
        });
        writer.write_record(known.chain(unknown))?;
    }
    writer.flush()
}

/// The cells of a row under their names. Text is guarded against formulas; figures are the importer's own.
fn cells(row: &PerformanceRecord) -> Vec<(&'static str, String)> {
    let text = |it: &Option<String>| it.as_deref().map(guarded).unwrap_or_default();
    let figure = |it: &Option<String>| it.clone().unwrap_or_default();
    let count = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
    vec![
        ("platform", text(&row.platform)),
        ("date_start", text(&row.date_start)),
        ("date_end", text(&row.date_end)),
        ("campaign", text(&row.campaign)),
        ("campaign_id", text(&row.campaign_id)),
        ("ad_set", text(&row.ad_set)),
        ("ad", text(&row.ad)),
        ("ad_id", text(&row.ad_id)),
        ("text", text(&row.text)),
        ("headline", text(&row.headline)),
        ("image", text(&row.image)),
        ("age", text(&row.age)),
        ("gender", text(&row.gender)),
        ("placement", text(&row.placement)),
        ("device", text(&row.device)),
        ("currency", text(&row.currency)),
        ("spend", figure(&row.spend)),
        ("impressions", count(row.impressions)),
        ("reach", count(row.reach)),
        ("clicks", count(row.clicks)),
        ("link_clicks", count(row.link_clicks)),
        ("results", figure(&row.results)),
        ("result_type", text(&row.result_type)),
        ("revenue", figure(&row.revenue)),
        ("video_3s", count(row.video_3s)),
        ("video_25", count(row.video_25)),
        ("video_50", count(row.video_50)),
        ("video_75", count(row.video_75)),
        ("video_100", count(row.video_100)),
        ("thruplays", count(row.thruplays)),
        ("attribution", text(&row.attribution)),
        ("file", guarded(&row.file)),
        ("record", row.record.to_string()),
    ]
}

/// The first rows, the sums, what was left out and what must be told.
///
/// # Errors
/// What the writer gives.
pub fn performance_table(
    report: &ImportReport,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !report.rows.is_empty() {
        for line in rows(report, messages, width).lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        if report.rows.len() > SHOWN {
            let more = [("rows", (report.rows.len() - SHOWN).into())];
            writeln!(out, "{}", messages.text("imported-more", &more))?;
        }
        writeln!(out, "\n{}", wrapped(&sums(report, messages), width, "", ""))?;
    }
    for skipped in report.skipped.iter().take(NAMED) {
        let place = format!("{}:{}", one_line(&skipped.file), skipped.record);
        writeln!(out, "{}", wrapped(&one_line(&skipped.text), width, &format!("- {place}: "), "  "))?;
    }
    if report.skipped.len() > NAMED {
        let more = [("records", (report.skipped.len() - NAMED).into())];
        writeln!(out, "- {}", messages.text("imported-more-skipped", &more))?;
    }
    for note in &report.warnings {
        let first = format!("! {}: ", one_line(&note.file));
        writeln!(out, "{}", wrapped(&one_line(&note.note.text), width, &first, "  "))?;
    }
    Ok(())
}

fn rows(report: &ImportReport, messages: &Messages, width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).force_no_tty();
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let heads = ["date", "campaign", "ad", "spend", "impressions", "clicks", "results"];
    table.set_header(heads.map(|it| messages.text(&format!("imported-{it}"), &[])));
    let locale = messages.locale();
    let name = (width / 4).max(10);
    for row in report.rows.iter().take(SHOWN) {
        let text = |it: Option<&String>| elided(&one_line(it.map_or("–", String::as_str)), name);
        let count = |it: Option<i64>| it.map_or("–".into(), |it| locale.decimal(it as f64, 0));
        let spend =
            row.spend.as_ref().map_or("–".into(), |it| money(it, row.currency.as_deref(), messages));
        table.add_row([
            days(row),
            text(row.campaign.as_ref().or(row.ad_set.as_ref())),
            text(row.ad.as_ref().or(row.image.as_ref()).or(row.ad_id.as_ref()).or(row.headline.as_ref())),
            spend,
            count(row.impressions),
            count(row.link_clicks.or(row.clicks)),
            row.results.as_ref().map_or("–".into(), |it| decimal(it, messages)),
        ]);
    }
    for column in table.column_iter_mut().skip(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn days(row: &PerformanceRecord) -> String {
    match (row.date_start.as_deref(), row.date_end.as_deref()) {
        (Some(start), Some(end)) if start != end => format!("{start} – {end}"),
        (start, end) => start.or(end).unwrap_or("–").to_owned(),
    }
}

fn sums(report: &ImportReport, messages: &Messages) -> String {
    let locale = messages.locale();
    let count = |of: fn(&PerformanceRecord) -> Option<i64>| {
        let sum: i128 = report.rows.iter().filter_map(of).map(i128::from).sum();
        locale.decimal(sum as f64, 0)
    };
    let spend = report
        .money
        .iter()
        .filter_map(|it| it.spend.as_ref().map(|sum| money(sum, it.currency.as_deref(), messages)));
    let spend = spend.collect::<Vec<_>>().join(" + ");
    let args = [
        ("rows", report.rows.len().into()),
        ("spend", if spend.is_empty() { "–".into() } else { spend.into() }),
        ("impressions", count(|it| it.impressions).into()),
        ("clicks", count(|it| it.link_clicks.or(it.clicks)).into()),
        ("skipped", report.skipped.len().into()),
    ];
    messages.text("imported-sums", &args)
}

/// An exact decimal in the way of the language, to the cent.
fn money(amount: &str, currency: Option<&str>, messages: &Messages) -> String {
    let text = amount.parse().map_or_else(|_| amount.to_owned(), |it| messages.locale().decimal(it, 2));
    currency.map_or(text.clone(), |code| format!("{text}\u{a0}{}", one_line(code)))
}

fn decimal(amount: &str, messages: &Messages) -> String {
    amount.parse().map_or_else(|_| amount.to_owned(), |it| messages.locale().compact(it, 2))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Locale;

    fn report() -> ImportReport {
        let row = PerformanceRecord {
            platform: Some("meta".into()),
            campaign: Some("=cmd|' /C calc'!A0".into()),
            ad: Some("evil\u{202e}gpj\u{1b}[31m".into()),
            currency: Some("EUR".into()),
            spend: Some("-3.10".into()),
            impressions: Some(12_345),
            extra: Some([("=1+1".to_owned(), "@x".to_owned())].into()),
            file: "a.csv".into(),
            record: 2,
            ..PerformanceRecord::default()
        };
        ImportReport { rows: vec![row], ..ImportReport::default() }
    }

    #[test]
    fn formulas_are_guarded_in_csv_and_kept_in_json() {
        let (mut csv, mut json) = (Vec::new(), Vec::new());
        performance_csv(&report(), &mut csv).unwrap();
        performance_jsonl(&report(), &mut json).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.contains(",'=cmd|' /C calc'!A0,") && csv.contains(",-3.10,"), "{csv}");
        assert!(csv.lines().next().unwrap().ends_with(",'=1+1") && csv.trim_end().ends_with(",'@x"), "{csv}");
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json["campaign"], "=cmd|' /C calc'!A0");
        assert_eq!((&json["reach"], &json["spend"]), (&serde_json::Value::Null, &"-3.10".into()));
    }

    #[test]
    fn every_key_of_a_record_is_a_column() {
        let value = serde_json::to_value(PerformanceRecord::default()).unwrap();
        let mut keys: Vec<String> =
            value.as_object().unwrap().keys().filter(|it| *it != "schema").cloned().collect();
        let mut columns: Vec<String> =
            cells(&PerformanceRecord::default()).into_iter().map(|it| it.0.to_owned()).collect();
        keys.sort();
        columns.sort();
        assert_eq!(keys, columns);
    }

    #[test]
    fn a_table_speaks_both_languages_and_shows_no_escape() {
        for (locale, number) in [(Locale::En, "12,345"), (Locale::Es, "12\u{202f}345")] {
            let mut out = Vec::new();
            performance_table(&report(), &Messages::new(locale), 100, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.contains(number) && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
        }
    }
}
