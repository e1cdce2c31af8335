//! From a file of any kind to its records: unpacking, format, encoding, separator.
//!
//! What a file is, its first bytes tell; its name decides only between kinds of text.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use super::Options;
use super::error::ExportError;
use super::format::{FileKind, Format};
use super::header;
use super::mapping::Mapping;
use super::skip::SkipReason;
use crate::encoding;
use crate::fault::FaultKind;
use crate::figures::quoted;
use crate::table::{self, Limits, Reading, Shape, Table, json, parquet, separated, xlsx};

/// What is looked at to tell the separator.
const HEAD_BYTES: usize = 1 << 20;

/// The records of a file.
#[derive(Debug)]
pub(crate) struct Records {
    /// All records as rows, the header among them unless the format has its own.
    pub table: Table,
    pub format: Format,
    /// Rows that cannot be used.
    pub broken: HashMap<usize, SkipReason>,
    /// Row of the header; `None` where the format has its own.
    pub header: Option<usize>,
    /// How many sheets hold performance.
    pub sheets: u64,
}

impl Records {
    /// Number of a row's record: the row of a sheet, else its place among all records.
    pub(crate) fn record(&self, row: usize) -> u64 {
        match self.format.kind {
            FileKind::Xlsx => self.table.line(row).unwrap_or(row as u64 + 1),
            _ => row as u64 + 1,
        }
    }

    /// Row of a record: the other way round.
    pub(crate) fn row(&self, record: u64) -> usize {
        let (mut low, mut high) = (0, self.table.num_rows());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.record(middle) < record {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// Headers, trimmed; blank ones at the end are left out.
    pub(crate) fn headers(&self) -> Vec<String> {
        let mut headers: Vec<String> = match self.header {
            None => self.table.columns.iter().map(|it| it.trim().to_owned()).collect(),
            Some(row) => {
                (0..self.table.width(row)).map(|it| self.table.cell(row, it).text.trim().to_owned()).collect()
            }
        };
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        headers
    }
}

/// Reads all records of a file.
pub(crate) fn read(
    path: &Path,
    file: &str,
    mapping: &Mapping,
    options: &Options,
) -> Result<Records, ExportError> {
    let bytes = table::read_bounded(path, options.max_bytes).map_err(|it| refusal(file, "", it))?;
    let name = path.file_name().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    of_bytes(bytes, file, &name, mapping, options)
}

/// Reads all records of a file's bytes.
pub(crate) fn of_bytes(
    bytes: Vec<u8>,
    file: &str,
    name: &str,
    mapping: &Mapping,
    options: &Options,
) -> Result<Records, ExportError> {
    let limits = Limits { bytes: options.max_bytes, rows: options.max_rows };
    let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
    let bytes = if is_packed { unpacked(&bytes, file, limits.bytes)? } else { bytes };
    if bytes.is_empty() {
        return Err(ExportError::EmptyFile { file: file.to_owned() });
    }
    let mut records = if bytes.starts_with(b"PK\x03\x04") {
        of_workbook(bytes, file, mapping, limits)?
    } else if bytes.starts_with(b"PAR1") {
        of_parquet(bytes, file, limits)?
    } else {
        of_text(bytes, file, name.trim_end_matches(".gz"), mapping, limits)?
    };
    records.format.gzip = is_packed;
    records.format.records = records.table.num_rows() as u64;
    if records.header.is_none() && !records.format.kind.names_its_columns() {
        let row = header::find(&records.table, mapping);
        records.header = Some(row.ok_or_else(|| no_header(&records.table, file))?);
    }
    Ok(records)
}

/// Unpacks gzip, one member or several, to at most `limit` bytes.
fn unpacked(bytes: &[u8], file: &str, limit: u64) -> Result<Vec<u8>, ExportError> {
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(limit.saturating_add(1));
    reader.read_to_end(&mut unpacked).map_err(|error| ExportError::BrokenGzip {
        file: file.to_owned(),
        detail: match error.kind() {
            std::io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
            _ => error.to_string(),
        },
    })?;
    match unpacked.len() as u64 {
        bytes if bytes > limit => Err(ExportError::FileTooLarge { file: file.to_owned(), bytes, limit }),
        _ => Ok(unpacked),
    }
}

fn of_workbook(
    bytes: Vec<u8>,
    file: &str,
    mapping: &Mapping,
    limits: Limits,
) -> Result<Records, ExportError> {
    let is_wanted = |table: &Table| header::find(table, mapping).is_some();
    let read = || xlsx::records(bytes, file, limits, is_wanted);
    let (reading, sheet, sheets) = guarded(file, "XLSX", read)?;
    let format = Format { sheet: Some(sheet), ..Format::new(FileKind::Xlsx) };
    let mut records = records_of(reading, file, format)?;
    records.sheets = sheets as u64;
    Ok(records)
}

fn of_parquet(bytes: Vec<u8>, file: &str, limits: Limits) -> Result<Records, ExportError> {
    let reading = guarded(file, "Parquet", || parquet::read(bytes, file, limits, Shape::Records))?;
    records_of(reading, file, Format::new(FileKind::Parquet))
}

/// Runs a reader of a binary format. A panic in one is a broken file to us, never the end of the run.
fn guarded<T>(file: &str, format: &str, read: impl FnOnce() -> Result<T, String>) -> Result<T, ExportError> {
    table::guarded(read).map_err(|detail| ExportError::Broken {
        file: file.to_owned(),
        format: format.to_owned(),
        detail: quoted(&detail),
    })
}

fn of_text(
    bytes: Vec<u8>,
    file: &str,
    name: &str,
    mapping: &Mapping,
    limits: Limits,
) -> Result<Records, ExportError> {
    let decoded = encoding::decode(bytes);
    let text = decoded.text;
    let (reading, mut format) = match json_kind(&text, name) {
        Some(FileKind::Json) => {
            (json::read(&text, file, limits, Shape::Records), Format::new(FileKind::Json))
        }
        Some(kind) => (json::read_lines(&text, file, limits, Shape::Records), Format::new(kind)),
        None => {
            let separator = separator(&text, name, mapping, limits);
            let format =
                Format { separator: Some(char::from(separator)), ..Format::new(FileKind::Separated) };
            (separated::records(text, file, separator, limits), format)
        }
    };
    format.encoding = decoded.encoding.map(str::to_owned);
    let mut records = records_of(reading, file, format)?;
    records.table.set_damaged(decoded.damaged);
    Ok(records)
}

/// Which kind of JSON a text is; nothing where it is separated text.
fn json_kind(text: &str, name: &str) -> Option<FileKind> {
    let begin = text.trim_start();
    let looks_like_json = begin.starts_with("[{")
        || begin.starts_with('{')
        || begin.starts_with("[\n")
        || begin.starts_with("[ ")
        || begin == "[]";
    match name.rsplit('.').next().unwrap_or_default() {
        "jsonl" | "ndjson" => Some(FileKind::JsonLines),
        "json" if begin.starts_with('{') && is_one_a_line(begin) => Some(FileKind::JsonLines),
        "json" => Some(FileKind::Json),
        "csv" | "tsv" => None,
        _ if !looks_like_json => None,
        _ if begin.starts_with('{') && is_one_a_line(begin) => Some(FileKind::JsonLines),
        _ => Some(FileKind::Json),
    }
}

/// Whether the first line is a whole object and another one follows.
fn is_one_a_line(text: &str) -> bool {
    let mut lines = text.lines().filter(|it| !it.trim().is_empty());
    let is_object = |it: &str| it.trim().starts_with('{') && it.trim().ends_with('}');
    lines.next().is_some_and(is_object) && lines.next().is_some_and(|it| it.trim().starts_with('{'))
}

/// The separator with which the first records hold the best header.
fn separator(text: &str, name: &str, mapping: &Mapping, limits: Limits) -> u8 {
    let (declared, start) = separated::separator(text, false);
    if start > 0 {
        return declared;
    }
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let limits = Limits { rows: header::LOOKED_AT as u64, ..limits };
    let names_in = |separator: u8| {
        let reading = separated::records(head.to_owned(), "", separator, limits);
        let table = reading.table.unwrap_or_default();
        header::find(&table, mapping).map_or(0, |row| header::score(&table, row, mapping).known)
    };
    // The comma comes first, and wins a draw.
    let candidates = separated::SEPARATORS.iter().rev().map(|it| (names_in(it.0), it.0));
    match candidates.max_by_key(|it| it.0) {
        Some((known, separator)) if known > 0 => separator,
        _ if name.ends_with(".tsv") => b'\t',
        _ => declared,
    }
}

fn records_of(reading: Reading, file: &str, format: Format) -> Result<Records, ExportError> {
    let Some(table) = reading.table else {
        let kind = reading.faults.into_iter().next().map_or(FaultKind::EmptyFile, |it| it.kind);
        return Err(refusal(file, format.kind.name(), kind));
    };
    let mut broken = HashMap::new();
    let rows: HashMap<u64, usize> = match reading.faults.is_empty() {
        true => HashMap::new(),
        // Of several rows of a line, the last: only blank ones stand before it.
        false => (0..table.num_rows()).filter_map(|it| Some((table.line(it)?, it))).collect(),
    };
    for fault in reading.faults {
        let row = fault.line.and_then(|it| rows.get(&it).copied());
        match (fault.kind, row) {
            (FaultKind::UnclosedQuote, Some(row)) => {
                broken.insert(row, SkipReason::UnclosedQuote);
            }
            (FaultKind::BrokenJson { detail }, Some(row)) if format.kind == FileKind::JsonLines => {
                broken.insert(row, SkipReason::Broken { detail });
            }
            // The rest of a file that cannot be read may hold any money: nothing of it is used.
            (kind, _) => return Err(refusal(file, format.kind.name(), kind)),
        }
    }
    if table.num_rows() == 0 {
        return Err(ExportError::EmptyFile { file: file.to_owned() });
    }
    Ok(Records { table, format, broken, header: None, sheets: 1 })
}

/// A fault of a whole file as the importer says it.
fn refusal(file: &str, format: &str, kind: FaultKind) -> ExportError {
    let file = file.to_owned();
    match kind {
        FaultKind::FileUnreadable { detail } => ExportError::FileUnreadable { file, detail },
        FaultKind::FileTooLarge { bytes, limit } => ExportError::FileTooLarge { file, bytes, limit },
        FaultKind::TooManyRows { limit } => ExportError::TooManyRows { file, limit },
        FaultKind::EmptyFile => ExportError::EmptyFile { file },
        other => ExportError::Broken { file, format: format.to_owned(), detail: quoted(&other.to_string()) },
    }
}

fn no_header(table: &Table, file: &str) -> ExportError {
    let texts = |row: usize| {
        let cells = (0..table.width(row)).map(|it| table.cell(row, it).text.trim());
        cells.filter(|it| !it.is_empty()).take(20).collect::<Vec<_>>().join(", ")
    };
    let looked_at = table.num_rows().min(header::LOOKED_AT);
    let found = (0..looked_at).map(texts).find(|it| !it.is_empty()).unwrap_or_default();
    ExportError::NoHeader { file: file.to_owned(), looked_at: looked_at as u64, found: quoted(&found) }
}
