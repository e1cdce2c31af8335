//! An export whose columns are understood: from its records to rows, skipped records and warnings.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::actions;
use super::below::Below;
use super::date_style;
use super::duplicates::{self, Repetition};
use super::error::ExportError;
use super::format::Format;
use super::hazards::{Hazards, Seen};
use super::layout::{Cells, Layout};
use super::mapping::{Mapping, Period};
use super::number_style;
use super::platform;
use super::preamble::Preamble;
use super::rates;
use super::reading::{self, Records};
use super::row::{Field, PerformanceRow};
use super::rows::{Refused, RowReader, is_gap};
use super::skip::{SkipReason, SkippedRecord};
use super::totals::{self, Candidate};
use super::warning::ImportWarning;
use super::{Imported, Options};
use crate::dates::words;
use crate::dates::{DateOrder, Day};
use crate::figures::quoted;
use crate::numbers::DecimalMark;

/// Rows that are asked whether a column holds anything.
const SAMPLE: usize = 100_000;

/// An export, ready to be read row by row.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub records: Records,
    pub layout: Layout,
    file: String,
    /// Rows below the header that may be data, with the run under one header they belong to.
    candidates: Vec<(usize, usize)>,
    skipped: Vec<(usize, SkipReason)>,
    warnings: Vec<ImportWarning>,
    platform: Option<String>,
    currency: Option<String>,
    decimal: Option<DecimalMark>,
    preamble: Preamble,
    dates: Option<DateOrder>,
    period: Option<(String, String)>,
}

/// What a sheet gave, with the places of what was refused.
pub(crate) struct Read {
    pub imported: Imported,
    /// Row of the table of each row.
    pub rows: Vec<usize>,
    /// Figures that could not be read, by row and column of the table.
    pub refused: Vec<(usize, usize)>,
}

impl Sheet {
    /// Understands the records of a file.
    pub(crate) fn of(records: Records, file: &str, mapping: &Mapping) -> Result<Sheet, ExportError> {
        let mut sheet = Sheet::undated(records, file, mapping)?;
        let rows: Vec<usize> = sheet.candidates.iter().map(|it| it.0).collect();
        let Sheet { records, layout, preamble, .. } = &sheet;
        sheet.dates = date_style::decide(records, layout, preamble, &rows, mapping.dates, file)?;
        sheet.period = match sheet.preamble.period(sheet.dates) {
            Some((start, end)) => Some((start.to_string(), end.to_string())),
            None => of_mapping(mapping, file)?,
        };
        Ok(sheet)
    }

    /// Reads a file of which only figures are wanted: dates that nobody can read do no harm.
    pub(crate) fn read_undated(
        path: &Path,
        file: &str,
        mapping: &Mapping,
        options: &Options,
    ) -> Result<Sheet, ExportError> {
        Sheet::undated(reading::read(path, file, mapping, options)?, file, mapping)
    }

    /// Understands the records of a file, but for the order of its dates.
    fn undated(records: Records, file: &str, mapping: &Mapping) -> Result<Sheet, ExportError> {
        let headers = records.headers();
        let width = headers.len();
        let mut sheet = Below::of(&records, width, mapping);
        let around: Vec<String> = sheet.skipped.iter().take(64).map(|it| text_of(&records, it.0)).collect();
        let platform = mapping.platform.clone().or_else(|| platform::of(&headers, &around));
        let rows: Vec<usize> = sheet.candidates.iter().map(|it| it.0).collect();
        if rows.is_empty() {
            return Err(nothing_below(&records, file));
        }
        let cells = Cells {
            is_filled: &|column| {
                let is_zero = |it: &str| it.chars().all(|it| matches!(it, '0' | '.' | ','));
                let texts = rows.iter().take(SAMPLE).map(|it| records.table.cell(*it, column).text.trim());
                texts.filter(|it| !is_gap(it)).any(|it| !is_zero(it))
            },
            has_dates: &|column| {
                let cells = rows.iter().take(SAMPLE).map(|it| records.table.cell(*it, column));
                cells.filter(|it| !is_gap(it.text.trim())).any(|it| date_style::of_cell(it).is_some())
            },
            is_equal: &|a, b| {
                rows.iter().all(|it| records.table.cell(*it, a).text == records.table.cell(*it, b).text)
            },
        };
        let layout = Layout::of(headers, mapping, platform.as_deref(), &cells, file)?;
        // A format that names its columns has no header that was looked for.
        if layout.figures().is_empty() && layout.actions.or(layout.action_values).is_none() {
            return Err(ExportError::NoHeader {
                file: file.to_owned(),
                looked_at: 1,
                found: quoted(&layout.headers.join(", ")),
            });
        }
        let above: Vec<String> = (0..records.header.unwrap_or(0)).map(|it| text_of(&records, it)).collect();
        let preamble = Preamble::of(above.iter().map(String::as_str));
        let decimal = number_style::decide(&records, &layout, &rows, mapping.decimal, file)?;
        sheet.warnings.extend(layout.warnings.iter().cloned());
        if records.sheets > 1 {
            let used = records.format.sheet.clone().unwrap_or_default();
            sheet.warnings.push(ImportWarning::OtherSheets { used, sheets: records.sheets });
        }
        Ok(Sheet {
            layout,
            file: file.to_owned(),
            candidates: sheet.candidates,
            skipped: sheet.skipped,
            warnings: sheet.warnings,
            platform,
            currency: preamble.currency.clone().or_else(|| mapping.currency.clone()),
            preamble,
            decimal,
            dates: None,
            period: None,
            records,
        })
    }

    /// Reads all rows.
    pub(crate) fn into_imported(self, options: &Options) -> Result<Imported, ExportError> {
        let file = self.file.clone();
        let read = self.read(options);
        match read.imported.rows.is_empty() {
            true => Err(ExportError::NoRows { file, records: read.imported.format.records }),
            false => Ok(read.imported),
        }
    }

    /// Reads all rows and says where each of them stands.
    pub(crate) fn read(&self, options: &Options) -> Read {
        let decimal = self.decimal.unwrap_or(DecimalMark::Point);
        let reader = RowReader {
            records: &self.records,
            layout: &self.layout,
            decimal,
            dates: self.dates,
            platform: self.platform.as_deref(),
            currency: self.currency.clone(),
            period: self.period.clone(),
            action_results: self.action_results(),
            extra: options.extra,
        };
        let mut refused = Refused::default();
        let read =
            |it: &(usize, usize)| Candidate { row: it.0, read: reader.read(it.0, &mut refused), block: it.1 };
        let candidates: Vec<Candidate> = self.candidates.iter().map(read).collect();
        let (reasons, of_totals) = totals::find(&self.records, &self.layout, &candidates);
        let mut skipped = self.skipped.clone();
        let mut kept = Vec::new();
        for (candidate, reason) in candidates.into_iter().zip(reasons) {
            match reason {
                Some(reason) => skipped.push((candidate.row, reason)),
                None => kept.push(candidate),
            }
        }
        let mut warnings = self.warnings.clone();
        warnings.extend(of_totals);
        let kept = self.without_duplicates(kept, &mut skipped, &mut warnings);
        let rows: Vec<usize> = kept.iter().map(|it| it.row).collect();
        refused.figures.retain(|it| rows.binary_search(&it.0).is_ok());
        refused.dates.retain(|it| rows.binary_search(&it.0).is_ok());
        warnings.extend(refused.warnings(&self.records, &self.layout));
        warnings.extend(self.hazards(&rows));
        let pairs: Vec<(usize, &PerformanceRow)> = kept.iter().map(|it| (it.row, &it.read)).collect();
        warnings.extend(rates::check(&self.records, &self.layout, decimal, &pairs));
        warnings.extend(self.facts(&pairs));
        skipped.sort_by_key(|it| it.0);
        let skipped = skipped
            .into_iter()
            .map(|(row, reason)| SkippedRecord { record: self.records.record(row), reason })
            .collect();
        let imported = Imported {
            rows: kept.into_iter().map(|it| it.read).collect(),
            skipped,
            warnings,
            format: self.format(),
        };
        Read { imported, rows, refused: refused.figures }
    }

    /// The kind of results that the actions of this file state: the first that any row has.
    fn action_results(&self) -> Option<&'static [&'static str]> {
        let column = self.layout.actions.or(self.layout.action_values)?;
        let of_row = |row: &(usize, usize)| actions::read(self.records.table.cell(row.0, column).text);
        let mut found = HashSet::new();
        for actions in self.candidates.iter().filter_map(of_row) {
            found.extend(actions.into_iter().map(|it| it.0));
            // Types are few; a hostile file may have a new one in each row.
            if found.len() > 10_000 {
                break;
            }
        }
        actions::RESULTS.iter().find(|kinds| kinds.iter().any(|it| found.contains(*it))).copied()
    }

    fn without_duplicates(
        &self,
        candidates: Vec<Candidate>,
        skipped: &mut Vec<(usize, SkipReason)>,
        warnings: &mut Vec<ImportWarning>,
    ) -> Vec<Candidate> {
        let pairs: Vec<(usize, &PerformanceRow)> = candidates.iter().map(|it| (it.row, &it.read)).collect();
        let repetitions = duplicates::find(&self.records, self.layout.when, &pairs);
        let records: Vec<u64> = candidates.iter().map(|it| it.read.record).collect();
        let (mut dropped, mut doubtful) = (Seen::default(), Seen::default());
        let mut kept = Vec::with_capacity(candidates.len());
        for (candidate, repetition) in candidates.into_iter().zip(repetitions) {
            match repetition {
                Some(Repetition::Of(first)) => {
                    dropped.add(candidate.read.record);
                    skipped.push((candidate.row, SkipReason::Duplicate { of: records[first] }));
                    continue;
                }
                Some(Repetition::Doubtful) => doubtful.add(candidate.read.record),
                None => {}
            }
            kept.push(candidate);
        }
        if dropped.count > 0 {
            warnings.push(ImportWarning::DuplicateRows { rows: dropped.count, record: dropped.first });
        }
        if doubtful.count > 0 {
            warnings.push(ImportWarning::EqualRows { rows: doubtful.count, record: doubtful.first });
        }
        kept
    }

    fn hazards(&self, rows: &[usize]) -> Vec<ImportWarning> {
        let mut hazards = Hazards::default();
        rows.iter().for_each(|it| hazards.look_at(&self.records, &self.layout, *it));
        hazards.warnings(&self.layout)
    }

    /// What the rows as a whole are: without dates, in several currencies, corrected, cut into parts.
    fn facts(&self, rows: &[(usize, &PerformanceRow)]) -> Vec<ImportWarning> {
        let mut warnings = Vec::new();
        if rows.iter().all(|it| it.1.date_start.is_none() && it.1.date_end.is_none()) {
            warnings.push(match period_of_name(&self.file) {
                Some((start, end)) => ImportWarning::DatesInFileName { period: format!("{start}/{end}") },
                None => ImportWarning::NoDates,
            });
        }
        let has_money = |it: &PerformanceRow| it.spend.is_some() || it.revenue.is_some();
        let money = || rows.iter().filter(|it| has_money(it.1));
        let currencies: BTreeSet<&str> = money().filter_map(|it| it.1.currency.as_deref()).collect();
        if currencies.len() > 1 {
            warnings.push(ImportWarning::MixedCurrency { currencies: listed(currencies) });
        }
        if money().any(|it| it.1.currency.is_none()) {
            warnings.push(ImportWarning::UnknownCurrency);
        }
        let kinds: BTreeSet<&str> = rows
            .iter()
            .filter(|it| it.1.results.is_some())
            .filter_map(|it| it.1.result_type.as_deref())
            .collect();
        // Types of actions that state one kind of result are one kind.
        if kinds.len() > 1 && self.layout.column(Field::Results).is_some() {
            warnings.push(ImportWarning::MixedResults { kinds: listed(kinds) });
        }
        let (mut negative, mut clicks) = (Seen::default(), Seen::default());
        for (_, row) in rows {
            let figures = Field::ALL.iter().filter_map(|it| row.figure(*it));
            figures.filter(|it| it.is_negative()).for_each(|_| negative.add(row.record));
            let most = row.clicks.max(row.link_clicks);
            if most.zip(row.impressions).is_some_and(|(clicks, impressions)| clicks > impressions.max(0)) {
                clicks.add(row.record);
            }
        }
        if negative.count > 0 {
            warnings.push(ImportWarning::NegativeValues { cells: negative.count, record: negative.first });
        }
        if clicks.count > 0 {
            warnings
                .push(ImportWarning::ClicksExceedImpressions { rows: clicks.count, record: clicks.first });
        }
        warnings.extend(self.parts_of_ads(rows));
        warnings
    }

    /// Ads that have several rows for the same days, cut by age, gender, placement or device.
    fn parts_of_ads(&self, rows: &[(usize, &PerformanceRow)]) -> Option<ImportWarning> {
        let cuts: Vec<Field> = Field::ALL
            .into_iter()
            .filter(|it| it.is_breakdown() && self.layout.column(*it).is_some())
            .collect();
        if cuts.is_empty() {
            return None;
        }
        let mut parts: HashMap<[Option<&str>; 8], u64> = HashMap::new();
        for (_, row) in rows {
            let key = [
                &row.campaign,
                &row.ad_set,
                &row.ad,
                &row.ad_id,
                &row.image,
                &row.text,
                &row.date_start,
                &row.date_end,
            ];
            *parts.entry(key.map(Option::as_deref)).or_default() += 1;
        }
        let ads = parts.values().filter(|it| **it > 1).count() as u64;
        let by = cuts.iter().map(|it| it.name()).collect::<Vec<_>>().join(", ");
        (ads > 0).then_some(ImportWarning::BreakdownRows { by, ads })
    }

    fn format(&self) -> Format {
        Format {
            header: self.records.header.map(|it| self.records.record(it)),
            platform: self.platform.clone(),
            decimal: self.decimal,
            dates: self.dates,
            period: self.period.clone(),
            columns: self.layout.by_header(),
            extra: self.layout.extra.iter().map(|it| self.layout.headers[*it].clone()).collect(),
            ..self.records.format.clone()
        }
    }
}

fn text_of(records: &Records, row: usize) -> String {
    let cells = (0..records.table.width(row).min(64)).map(|it| records.table.cell(row, it).text.trim());
    cells.filter(|it| !it.is_empty() && it.len() <= 1000).collect::<Vec<_>>().join(" ")
}

fn nothing_below(records: &Records, file: &str) -> ExportError {
    let file = file.to_owned();
    match records.header {
        Some(header) if records.table.num_rows() == header + 1 => {
            ExportError::HeaderOnly { file, record: records.record(header) }
        }
        _ => ExportError::NoRows { file, records: records.table.num_rows() as u64 },
    }
}

fn of_mapping(mapping: &Mapping, file: &str) -> Result<Option<(String, String)>, ExportError> {
    match &mapping.period {
        None => Ok(None),
        Some(Period::Days { start, end }) => Ok(Some((start.clone(), end.clone()))),
        Some(Period::FileName) => match period_of_name(file) {
            Some((start, end)) => Ok(Some((start.to_string(), end.to_string()))),
            None => Err(ExportError::NoPeriodInFileName { file: file.to_owned() }),
        },
    }
}

/// Two dates in the name of a file, as TikTok writes them.
fn period_of_name(file: &str) -> Option<(Day, Day)> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let found = words::find(name);
    match found.as_slice() {
        [start, end] => start.date.known().zip(end.date.known()).filter(|it| it.0 <= it.1),
        _ => None,
    }
}

/// The first few words of a list.
fn listed(words: BTreeSet<&str>) -> String {
    let more = if words.len() > 8 { ", …" } else { "" };
    format!("{}{more}", words.into_iter().take(8).collect::<Vec<_>>().join(", "))
}
