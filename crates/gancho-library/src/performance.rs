//! Performance files: plain tables and exports of ad platforms, several rows per creative summed.
//!
//! What a file says is understood by [`crate::exports`]: its header may stand anywhere near the top,
//! totals are left out, corrections count. A row with a figure that cannot be read is left out whole:
//! half of a row would bend every rate. Figures from such files replace those of the manifest; several
//! files add up.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::columns;
use crate::creative::{Creative, Performance};
use crate::decimal::Decimal;
use crate::exports::{
    self, ExportError, Field, ImportWarning, Imported, Mapping, PerformanceRow, Read, Sheet, SkipReason,
};
use crate::fault::{Fault, FaultKind};
use crate::figures::quoted;
use crate::join::{Index, Joined, KEYS};
use crate::library::Options;
use crate::note::{Note, NoteKind};
use crate::numbers::DecimalMark;
use crate::table::{Table, extension};

/// What a performance file gave, beside its sums.
pub(crate) struct PerformanceFile {
    pub joined: Joined,
    /// Headers that nobody knows.
    pub unknown: Vec<String>,
    pub faults: Vec<Fault>,
    pub notes: Vec<Note>,
}

/// Figures of one creative while they are added up: corrections are negative, so sums may be for a while.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    figures: HashMap<Figure, Decimal>,
    rows: u32,
}

/// The figures that a creative keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Figure {
    Clicks,
    Of(Field),
}

impl Sums {
    fn add(&mut self, row: &PerformanceRow, clicks: Option<i64>, has_money: bool) {
        const KEPT: [Field; 7] = [
            Field::Impressions,
            Field::Reach,
            Field::Video3s,
            Field::Thruplays,
            Field::Results,
            Field::Spend,
            Field::Revenue,
        ];
        self.rows = self.rows.saturating_add(1);
        let is_kept = |it: &Field| has_money || !matches!(it, Field::Spend | Field::Revenue);
        let figures = KEPT.into_iter().filter(is_kept).map(|it| (Figure::Of(it), row.figure(it)));
        for (figure, value) in figures.chain([(Figure::Clicks, clicks.map(Decimal::from))]) {
            if let Some(value) = value {
                let sum = self.figures.entry(figure).or_insert(Decimal::ZERO);
                *sum = sum.checked_add(value).unwrap_or(*sum);
            }
        }
    }

    /// The sums as a creative keeps them. What corrections brought below zero is unknown.
    fn into_performance(self) -> Performance {
        let amount = |it: Field| self.figures.get(&Figure::Of(it)).map(|it| it.to_f64());
        let whole = |it: Figure| self.figures.get(&it)?.to_integer().and_then(|it| u64::try_from(it).ok());
        Performance {
            impressions: whole(Figure::Of(Field::Impressions)),
            clicks: whole(Figure::Clicks),
            reach: whole(Figure::Of(Field::Reach)),
            video_3s: whole(Figure::Of(Field::Video3s)),
            video_thruplay: whole(Figure::Of(Field::Thruplays)),
            spend: amount(Field::Spend).filter(|it| *it >= 0.0),
            conversions: amount(Field::Results).filter(|it| *it >= 0.0),
            revenue: amount(Field::Revenue),
            rows: self.rows,
        }
    }
}

/// Sums the rows of a file into `sums`, one place per creative.
pub(crate) fn read(
    path: &Path,
    file: &str,
    index: &Index,
    options: &Options,
    sums: &mut [Option<Sums>],
) -> PerformanceFile {
    let mut out = PerformanceFile {
        joined: Joined { file: file.to_owned(), ..Joined::default() },
        unknown: Vec::new(),
        faults: Vec::new(),
        notes: Vec::new(),
    };
    let mapping = Mapping { decimal: options.decimal, dates: options.dates, ..Mapping::default() };
    let limits =
        exports::Options { max_bytes: options.max_table_bytes, max_rows: options.max_rows, extra: true };
    let sheet = match Sheet::read_undated(path, file, &mapping, &limits) {
        Ok(sheet) => sheet,
        Err(error) => {
            out.faults.push(Fault::of_file(file, fault_of(error)));
            return out;
        }
    };
    let reader = FileReader { file, sheet: &sheet, read: sheet.read(&limits) };
    out.unknown = reader.unknown_headers();
    reader.describe(path, &mut out);
    if !reader.names_creatives() {
        let found = quoted(&sheet.layout.headers.join(", "));
        let kind = FaultKind::MissingColumns { wanted: "id, creative, image".into(), found };
        out.faults.push(Fault::of_file(file, kind));
        return out;
    }
    reader.sum(index, sums, &mut out);
    out.faults.sort_by_key(|it| (it.line, it.column));
    out
}

struct FileReader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    read: Read,
}

impl FileReader<'_> {
    fn table(&self) -> &Table {
        &self.sheet.records.table
    }

    fn imported(&self) -> &Imported {
        &self.read.imported
    }

    fn names_creatives(&self) -> bool {
        let keys = [Field::AdId, Field::Image, Field::Ad];
        keys.iter().any(|it| self.sheet.layout.column(*it).is_some()) || !self.other_keys().is_empty()
    }

    /// Columns that give no field and may name the creative, best first.
    fn other_keys(&self) -> Vec<&str> {
        let layout = &self.sheet.layout;
        let headers = layout.extra.iter().map(|it| layout.headers[*it].as_str());
        let mut keys: Vec<(usize, &str)> = headers
            .filter_map(|header| {
                let (field, _) = columns::meaning(header, KEYS)?;
                Some((KEYS.iter().position(|it| *it == field)?, header))
            })
            .collect();
        keys.sort_unstable();
        keys.into_iter().map(|it| it.1).collect()
    }

    fn unknown_headers(&self) -> Vec<String> {
        let layout = &self.sheet.layout;
        let headers = layout.extra.iter().map(|it| &layout.headers[*it]);
        let is_known = |it: &str| exports::is_known(it) || columns::meaning(it, columns::MANIFEST).is_some();
        headers.filter(|it| !is_known(it)).cloned().collect()
    }

    /// Which clicks count: those of the link where the platform counts other ones too.
    fn clicks(&self, row: &PerformanceRow) -> Option<i64> {
        let layout = &self.sheet.layout;
        let all = layout.column(Field::Clicks);
        let are_all_kinds = all.is_none_or(|it| {
            let header = columns::normalized(&layout.headers[it]);
            self.imported().format.platform.as_deref() == Some("meta")
                || header.contains("all")
                || header.contains("todos")
        });
        let has_link_clicks = self.imported().rows.iter().any(|it| it.link_clicks.is_some());
        if has_link_clicks && are_all_kinds { row.link_clicks } else { row.clicks.or(row.link_clicks) }
    }

    /// Notes on how the file was read, and faults of records that are neither rows nor totals.
    fn describe(&self, path: &Path, out: &mut PerformanceFile) {
        let format = &self.imported().format;
        let mut note = |kind| out.notes.push(Note { file: self.file.to_owned(), kind });
        if let Some(encoding) = &format.encoding {
            note(NoteKind::ReadAs { encoding: encoding.clone() });
        }
        let usual = if extension(path) == "tsv" { '\t' } else { ',' };
        let name =
            crate::table::separated::SEPARATORS.iter().find(|it| Some(char::from(it.0)) == format.separator);
        if let Some((separator, name)) = name
            && char::from(*separator) != usual
        {
            note(NoteKind::Separator { separator: (*name).to_owned() });
        }
        if format.decimal == Some(DecimalMark::Comma)
            && let Some((column, _)) = self.sheet.layout.figures().first()
        {
            note(NoteKind::DecimalComma { header: self.sheet.layout.headers[*column].clone() });
        }
        let mut left_out = 0;
        for skipped in &self.imported().skipped {
            let kind = match &skipped.reason {
                SkipReason::TooManyCells { expected, found } => {
                    FaultKind::RaggedRow { expected: *expected, found: *found }
                }
                SkipReason::UnclosedQuote => FaultKind::UnclosedQuote,
                SkipReason::RepeatedHeader => FaultKind::RepeatedHeader,
                SkipReason::Broken { detail } => FaultKind::BrokenJson { detail: detail.clone() },
                SkipReason::Blank => continue,
                _ => {
                    left_out += 1;
                    continue;
                }
            };
            let line = self.line_of(skipped.record);
            out.faults.push(Fault { file: self.file.to_owned(), line, column: None, kind });
        }
        if left_out > 0 {
            note(NoteKind::RecordsLeftOut { records: left_out });
        }
        for warning in &self.imported().warnings {
            match warning.clone() {
                ImportWarning::TotalsDiffer { record, field, total, sum } => {
                    note(NoteKind::TotalsDiffer { record, field, total, sum });
                }
                ImportWarning::RepeatedColumn { header }
                | ImportWarning::RepeatedColumnDiffers { header } => {
                    out.faults.push(Fault::of_file(self.file, FaultKind::RepeatedColumn { header }));
                }
                ImportWarning::CompetingColumns { field, used, other } => {
                    out.faults
                        .push(Fault::of_file(self.file, FaultKind::CompetingColumns { field, used, other }));
                }
                ImportWarning::MixedCurrency { currencies } => {
                    out.faults.push(Fault::of_file(self.file, FaultKind::MixedCurrency { currencies }));
                }
                _ => {}
            }
        }
    }

    fn line_of(&self, record: u64) -> Option<u64> {
        self.table().line(self.sheet.records.row(record))
    }

    fn sum(&self, index: &Index, sums: &mut [Option<Sums>], out: &mut PerformanceFile) {
        let refused: HashMap<usize, Vec<usize>> =
            self.read.refused.iter().fold(HashMap::new(), |mut by_row, (row, column)| {
                by_row.entry(*row).or_insert_with(Vec::new).push(*column);
                by_row
            });
        let other_keys = self.other_keys();
        let currencies: BTreeSet<&str> =
            self.imported().rows.iter().filter_map(|it| it.currency.as_deref()).collect();
        for (at, row) in self.read.rows.iter().zip(&self.imported().rows) {
            out.joined.rows += 1;
            let before = out.faults.len();
            let found = find(index, row, &other_keys);
            if found.is_none() {
                out.faults.push(self.table().fault(*at, FaultKind::NoCreativeNamed));
            }
            for column in refused.get(at).into_iter().flatten() {
                let header = self.sheet.layout.headers[*column].clone();
                let value = quoted(self.table().cell(*at, *column).text.trim());
                out.faults.push(self.table().fault_at(*at, *column, FaultKind::BadNumber { header, value }));
            }
            if let Some(fault) = self.check_clicks(*at, row).or_else(|| self.check_width(*at)) {
                out.faults.push(fault);
            }
            match found {
                _ if out.faults.len() > before => out.joined.left_out += 1,
                Some((_, Some(at))) => {
                    out.joined.matched += 1;
                    let sums = sums[at].get_or_insert_default();
                    // Money of two currencies is no sum.
                    sums.add(row, self.clicks(row), currencies.len() < 2);
                }
                Some((name, None)) => *out.joined.unmatched.entry(name).or_default() += 1,
                None => {}
            }
        }
    }

    fn check_clicks(&self, at: usize, row: &PerformanceRow) -> Option<Fault> {
        let (clicks, impressions) = (self.clicks(row)?, row.impressions?);
        // Corrections take impressions back, and may take back more of them.
        if impressions < 0 || clicks <= impressions {
            return None;
        }
        let layout = &self.sheet.layout;
        let column = layout.column(Field::Clicks).or_else(|| layout.column(Field::LinkClicks)).unwrap_or(0);
        let (clicks, impressions) = (clicks.unsigned_abs(), impressions.unsigned_abs());
        Some(self.table().fault_at(at, column, FaultKind::ClicksExceedImpressions { clicks, impressions }))
    }

    /// A record that ends before its last figure: what it lacks would bend every rate.
    fn check_width(&self, at: usize) -> Option<Fault> {
        let (expected, found) = (self.sheet.layout.headers.len(), self.table().width(at));
        let last = self.sheet.layout.figures().into_iter().map(|it| it.0).max()?;
        let is_text = self.imported().format.kind == exports::FileKind::Separated;
        let kind = FaultKind::RaggedRow { expected: expected as u64, found: found as u64 };
        (is_text && found <= last).then(|| self.table().fault(at, kind))
    }
}

/// The creative that a row means, and the name it was found by or is reported under.
fn find(index: &Index, row: &PerformanceRow, other_keys: &[&str]) -> Option<(String, Option<usize>)> {
    let others = other_keys.iter().map(|it| row.extra.get(*it));
    let names = [&row.ad_id].into_iter().map(Option::as_ref).chain(others);
    let names = names.chain([row.image.as_ref(), row.ad.as_ref()]).flatten();
    let mut first = None;
    for name in names {
        let at = index.find(name).or_else(|| index.find(without_id(name)));
        if at.is_some() {
            return Some((name.clone(), at));
        }
        first.get_or_insert(name);
    }
    first.map(|it| (it.clone(), None))
}

/// Asset breakdowns write `hero.mp4 (869866030367680)`.
fn without_id(name: &str) -> &str {
    match name.strip_suffix(')').and_then(|it| it.rsplit_once(" (")) {
        Some((rest, id)) if id.len() > 5 && id.bytes().all(|it| it.is_ascii_digit()) => rest,
        _ => name,
    }
}

/// A refusal as a fault of the file.
fn fault_of(error: ExportError) -> FaultKind {
    match error {
        ExportError::FileUnreadable { detail, .. } => FaultKind::FileUnreadable { detail },
        ExportError::FileTooLarge { bytes, limit, .. } => FaultKind::FileTooLarge { bytes, limit },
        ExportError::TooManyRows { limit, .. } => FaultKind::TooManyRows { limit },
        ExportError::EmptyFile { .. } => FaultKind::EmptyFile,
        ExportError::HeaderOnly { .. } | ExportError::NoRows { .. } => FaultKind::HeaderOnly,
        ExportError::NoHeader { found, .. } => {
            FaultKind::MissingColumns { wanted: "id, creative, image; impressions, clicks".into(), found }
        }
        ExportError::MixedNumbers { header, example, other, .. } => {
            FaultKind::MixedNumbers { header, example, other }
        }
        ExportError::AmbiguousNumbers { header, example, .. } => {
            FaultKind::AmbiguousNumbers { header, example }
        }
        ExportError::Broken { format, detail, .. } => match format.as_str() {
            "XLSX" => FaultKind::BrokenWorkbook { detail },
            "Parquet" => FaultKind::BrokenParquet { detail },
            "JSON" => FaultKind::BrokenJson { detail },
            _ => FaultKind::BrokenTable { detail },
        },
        other => FaultKind::BrokenTable { detail: other.to_string() },
    }
}

/// Puts the sums into their creatives.
pub(crate) fn attach(creatives: &mut [Creative], sums: Vec<Option<Sums>>) {
    for (creative, sum) in creatives.iter_mut().zip(sums) {
        let performance = sum.map(Sums::into_performance);
        if let Some(performance) = performance.filter(|it| !it.is_empty()) {
            creative.performance = Some(performance);
        }
    }
}
