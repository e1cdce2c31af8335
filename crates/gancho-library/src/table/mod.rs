//! Tables of any format as rows of text cells, each of which knows its place in the file.
//!
//! All cells stand in one string with their ends beside it, so that a million rows cost their bytes
//! and eight more per cell. The tables are dropped once creatives are made of them.

pub(crate) mod json;
pub(crate) mod parquet;
pub(crate) mod raw;
pub(crate) mod separated;
pub(crate) mod xlsx;

pub(crate) use json::plain;

use std::io::Read;
use std::path::Path;

use crate::encoding;
use crate::fault::{Fault, FaultKind};
use crate::library::Options;
use crate::note::{Note, NoteKind};

/// Extensions of the tables that gancho reads.
pub(crate) const EXTENSIONS: &[&str] = &["csv", "tsv", "jsonl", "json", "xlsx", "parquet"];

/// Longest cell that is used, in bytes; the longest field of any ad platform is far below.
pub(crate) const MAX_CELL_BYTES: usize = 64 * 1024;

/// Widest table that is read. Spreadsheets end at 16,384 columns.
pub(crate) const MAX_COLUMNS: usize = 16_384;

/// How much of a file is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Largest file, in bytes; unpacked, where it is packed.
    pub bytes: u64,
    /// Most rows.
    pub rows: u64,
}

impl Limits {
    /// The limits of a library.
    pub(crate) fn of(options: &Options) -> Limits {
        Limits { bytes: options.max_table_bytes, rows: options.max_rows }
    }
}

/// What the first record of a table is, and what becomes of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The first record that is not blank is the header; cells are trimmed, and a row of another
    /// width is a fault.
    Headed,
    /// Every record is kept as it stands, blank ones too: who reads them looks for the header.
    Records,
}

/// Marks the end of a cell that its file typed as a number.
const TYPED: u64 = 1 << 63;

/// A table with its header.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Display name of the file.
    pub file: String,
    /// Headers as written, trimmed.
    pub columns: Vec<String>,
    cells: String,
    ends: Vec<u64>,
    rows: Vec<Row>,
    places: Places,
    /// Whether U+FFFD in a cell marks broken bytes.
    damaged: bool,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    first_cell: usize,
    line: u64,
    /// Byte offset of the record in the text of a text table.
    offset: usize,
}

/// How a cell's place in the file is told.
#[derive(Debug, Default)]
enum Places {
    /// Lines and characters of this text, quoted as in CSV, with this separator.
    Text(String, char),
    /// Rows and columns.
    #[default]
    Grid,
    /// Lines only.
    Lines,
}

/// A cell: trimmed text, and whether the file itself typed it as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cell<'a> {
    pub text: &'a str,
    pub typed: bool,
}

/// What reading a file gave.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The table, when there is anything to use.
    pub table: Option<Table>,
    pub faults: Vec<Fault>,
    pub notes: Vec<Note>,
}

impl Table {
    fn new(file: &str, places: Places) -> Self {
        Table { file: file.to_owned(), places, ..Table::default() }
    }

    /// Begins a row that stands at this line (from 1) and byte offset.
    fn begin_row(&mut self, line: u64, offset: usize) {
        self.rows.push(Row { first_cell: self.ends.len(), line, offset });
    }

    fn push(&mut self, text: &str, typed: bool) {
        self.push_as_written(text.trim(), typed);
    }

    fn push_as_written(&mut self, text: &str, typed: bool) {
        self.cells.push_str(text);
        self.ends.push(self.cells.len() as u64 | if typed { TYPED } else { 0 });
    }

    /// Takes back the row begun last.
    fn drop_row(&mut self) {
        if let Some(row) = self.rows.pop() {
            self.ends.truncate(row.first_cell);
            self.cells.truncate(self.ends.last().map_or(0, |it| (it & !TYPED) as usize));
        }
    }

    /// How many rows there are, header not counted.
    pub(crate) fn num_rows(&self) -> usize {
        self.rows.len()
    }

    /// How many cells a row has.
    pub(crate) fn width(&self, row: usize) -> usize {
        let next = self.rows.get(row + 1).map_or(self.ends.len(), |it| it.first_cell);
        next - self.rows[row].first_cell
    }

    /// A cell; empty where the row is shorter.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        if row >= self.rows.len() || column >= self.width(row) {
            return Cell { text: "", typed: false };
        }
        let index = self.rows[row].first_cell + column;
        let begin = if index == 0 { 0 } else { (self.ends[index - 1] & !TYPED) as usize };
        let end = (self.ends[index] & !TYPED) as usize;
        Cell { text: &self.cells[begin..end], typed: self.ends[index] & TYPED != 0 }
    }

    /// All cells of a column, top to bottom.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.num_rows()).map(move |row| self.cell(row, column))
    }

    /// Says whether U+FFFD in a cell marks broken bytes.
    pub(crate) fn set_damaged(&mut self, damaged: bool) {
        self.damaged = damaged;
    }

    /// Whether bytes that are no text were replaced in this cell.
    pub(crate) fn is_damaged(&self, row: usize, column: usize) -> bool {
        self.damaged && self.cell(row, column).text.contains('\u{fffd}')
    }

    /// Line on which a row begins.
    pub(crate) fn line(&self, row: usize) -> Option<u64> {
        self.rows.get(row).map(|it| it.line)
    }

    /// A fault of a whole row.
    pub(crate) fn fault(&self, row: usize, kind: FaultKind) -> Fault {
        Fault { file: self.file.clone(), line: self.line(row), column: None, kind }
    }

    /// A fault of one cell.
    pub(crate) fn fault_at(&self, row: usize, column: usize, kind: FaultKind) -> Fault {
        let start = self.rows[row];
        let (line, column) = match &self.places {
            Places::Text(text, separator) => {
                let (line, column) = separated::locate(text, start.offset, start.line, *separator, column);
                (line, Some(column))
            }
            Places::Grid => (start.line, Some(column as u64 + 1)),
            Places::Lines => (start.line, None),
        };
        Fault { file: self.file.clone(), line: Some(line), column, kind }
    }

    /// The text of a cell, or `None` when it is empty, damaged or too long (which become faults).
    pub(crate) fn text(&self, row: usize, column: usize, faults: &mut Vec<Fault>) -> Option<&str> {
        let text = self.cell(row, column).text;
        let header = || self.columns[column].clone();
        if text.len() > MAX_CELL_BYTES {
            let (bytes, limit) = (text.len() as u64, MAX_CELL_BYTES as u64);
            let kind = FaultKind::CellTooLong { header: header(), bytes, limit };
            faults.push(self.fault_at(row, column, kind));
            return None;
        }
        if self.damaged && text.contains('\u{fffd}') {
            faults.push(self.fault_at(row, column, FaultKind::InvalidUtf8 { header: header() }));
            return None;
        }
        (!text.is_empty()).then_some(text)
    }
}

/// Reads a table; the format is told by the extension.
pub(crate) fn read(path: &Path, file: &str, options: &Options) -> Reading {
    let limits = Limits::of(options);
    let bytes = match read_bounded(path, limits.bytes) {
        Ok(bytes) => bytes,
        Err(kind) => return Reading { faults: vec![Fault::of_file(file, kind)], ..Reading::default() },
    };
    if bytes.is_empty() {
        return Reading { faults: vec![Fault::of_file(file, FaultKind::EmptyFile)], ..Reading::default() };
    }
    let extension = extension(path);
    let mut reading = match extension.as_str() {
        "xlsx" => read_binary(
            file,
            |detail| FaultKind::BrokenWorkbook { detail },
            || xlsx::read(bytes, file, limits),
        ),
        "parquet" => read_binary(
            file,
            |detail| FaultKind::BrokenParquet { detail },
            || parquet::read(bytes, file, limits, Shape::Headed),
        ),
        _ => read_text(bytes, file, &extension, limits),
    };
    if let Some(table) = &reading.table
        && table.num_rows() == 0
        && !reading.faults.iter().any(|it| it.kind.is_of_whole_file() || it.line.is_some())
    {
        let kind = if table.columns.is_empty() { FaultKind::EmptyFile } else { FaultKind::HeaderOnly };
        reading.faults.push(Fault::of_file(file, kind));
    }
    reading
}

fn read_text(bytes: Vec<u8>, file: &str, extension: &str, limits: Limits) -> Reading {
    let decoded = encoding::decode(bytes);
    let mut reading = match extension {
        "json" => json::read(&decoded.text, file, limits, Shape::Headed),
        "jsonl" => json::read_lines(&decoded.text, file, limits, Shape::Headed),
        _ => separated::read(decoded.text, file, extension == "tsv", limits),
    };
    if let Some(table) = &mut reading.table {
        table.damaged = decoded.damaged;
    }
    if let Some(encoding) = decoded.encoding {
        let kind = NoteKind::ReadAs { encoding: encoding.to_owned() };
        reading.notes.insert(0, Note { file: file.to_owned(), kind });
    }
    reading
}

/// Runs a reader of a binary format. Such readers have panicked on hostile files before; a panic
/// there is a broken file to us, never the end of the run.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err("its structure is damaged".to_owned()))
}

/// Runs such a reader; what it cannot read becomes a fault.
fn read_binary(
    file: &str,
    kind: fn(String) -> FaultKind,
    read: impl FnOnce() -> Result<Reading, String>,
) -> Reading {
    guarded(read).unwrap_or_else(|detail| Reading {
        faults: vec![Fault::of_file(file, kind(detail))],
        ..Reading::default()
    })
}

/// Reads a regular file of at most `limit` bytes.
pub(crate) fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, FaultKind> {
    let unreadable = |it: std::io::Error| FaultKind::FileUnreadable { detail: reason(&it) };
    // Asked before opening: to open a pipe would wait for someone to write into it.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FaultKind::FileUnreadable { detail: "not a regular file".into() });
    }
    let mut bytes = Vec::new();
    if metadata.len() <= limit {
        let file = std::fs::File::open(path).map_err(unreadable)?;
        file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    let size = metadata.len().max(bytes.len() as u64);
    if size > limit { Err(FaultKind::FileTooLarge { bytes: size, limit }) } else { Ok(bytes) }
}

/// What the system says, without its number: the same words on every machine where we can.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "not found".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// Lower-case extension of a path, without the dot.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}
