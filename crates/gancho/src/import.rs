//! Exports of ad platforms, read into records.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gancho_library::Decimal;
use gancho_library::exports::{self, ExportError, ImportWarning, Mapping, Options, PerformanceRow};
use gancho_report::{
    ImportNote, ImportReport, Locale, Messages, MoneySum, NoteRecord, PerformanceRecord, SkippedRecord,
    code_of, schema,
};
use serde_json::Value;

use crate::Error;

/// What to import.
#[derive(Debug, Clone, Default)]
pub struct ImportRequest {
    /// The exports.
    pub files: Vec<PathBuf>,
    /// What they do not tell.
    pub mapping: Option<PathBuf>,
    /// Whether columns that give no field are kept.
    pub extra: bool,
    /// Language of the sentences.
    pub locale: Locale,
}

/// Imports files one after the other; one that cannot be used does not stop the others.
///
/// # Errors
/// [`Error::Export`] when the mapping file cannot be used. Files that cannot be used are in
/// [`ImportReport::refused`].
pub fn import(request: &ImportRequest) -> Result<ImportReport, Error> {
    let mapping = request.mapping.as_deref().map_or_else(|| Ok(Mapping::default()), Mapping::read)?;
    let options = Options { extra: request.extra, ..Options::default() };
    let messages = Messages::new(request.locale);
    let mut report = ImportReport::default();
    let mut money: BTreeMap<Option<String>, [Option<Decimal>; 2]> = BTreeMap::new();
    for path in &request.files {
        let file = path.to_string_lossy().replace('\\', "/");
        let imported = match exports::import(path, &mapping, &options) {
            Ok(imported) => imported,
            Err(error) => {
                report.refused.push(refusal(&file, &error, &messages));
                continue;
            }
        };
        for row in &imported.rows {
            let sums = money.entry(row.currency.clone()).or_default();
            for (sum, value) in sums.iter_mut().zip([row.spend, row.revenue]) {
                // A sum that no longer fits is left out rather than rounded.
                *sum = match (*sum, value) {
                    (Some(sum), Some(value)) => sum.checked_add(value),
                    (sum, value) => sum.or(value),
                };
            }
        }
        report.skipped.extend(imported.skipped.iter().map(|it| skipped(&file, it, &messages)));
        report.warnings.extend(imported.warnings.iter().map(|it| warning(&file, it, &messages)));
        let records = imported.rows.into_iter().map(|it| record(&file, it, request.extra));
        report.rows.extend(records);
    }
    let with_money = money.into_iter().filter(|it| it.1.iter().any(Option::is_some));
    report.money = with_money
        .map(|(currency, [spend, revenue])| MoneySum {
            currency,
            spend: spend.map(|it| it.to_string()),
            revenue: revenue.map(|it| it.to_string()),
        })
        .collect();
    Ok(report)
}

fn refusal(file: &str, error: &ExportError, messages: &Messages) -> ImportNote {
    let note = NoteRecord { code: code_of(error).unwrap_or_default(), text: messages.of("import", error) };
    ImportNote { file: file.to_owned(), note }
}

fn warning(file: &str, warning: &ImportWarning, messages: &Messages) -> ImportNote {
    let note = NoteRecord {
        code: code_of(warning).unwrap_or_default(),
        text: messages.of("import-warning", warning),
    };
    ImportNote { file: file.to_owned(), note }
}

fn skipped(file: &str, skipped: &exports::SkippedRecord, messages: &Messages) -> SkippedRecord {
    let mut details = match serde_json::to_value(&skipped.reason) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let reason = details.remove("reason").and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
    let mut coded = details.clone();
    coded.insert("code".into(), reason.clone().into());
    let text = messages.of_or("import-skip", &coded, &skipped.reason.to_string());
    SkippedRecord {
        schema: schema::Skipped,
        file: file.to_owned(),
        record: skipped.record,
        reason,
        details,
        text,
    }
}

fn record(file: &str, row: PerformanceRow, extra: bool) -> PerformanceRecord {
    let exact = |it: Option<Decimal>| it.map(|it| it.to_string());
    PerformanceRecord {
        schema: schema::Performance,
        spend: exact(row.spend),
        results: exact(row.results),
        revenue: exact(row.revenue),
        platform: row.platform,
        date_start: row.date_start,
        date_end: row.date_end,
        campaign: row.campaign,
        campaign_id: row.campaign_id,
        ad_set: row.ad_set,
        ad: row.ad,
        ad_id: row.ad_id,
        text: row.text,
        headline: row.headline,
        image: row.image,
        age: row.age,
        gender: row.gender,
        placement: row.placement,
        device: row.device,
        currency: row.currency,
        impressions: row.impressions,
        reach: row.reach,
        clicks: row.clicks,
        link_clicks: row.link_clicks,
        result_type: row.result_type,
        video_3s: row.video_3s,
        video_25: row.video_25,
        video_50: row.video_50,
        video_75: row.video_75,
        video_100: row.video_100,
        thruplays: row.thruplays,
        attribution: row.attribution,
        file: file.to_owned(),
        record: row.record,
        extra: extra.then_some(row.extra),
    }
}
