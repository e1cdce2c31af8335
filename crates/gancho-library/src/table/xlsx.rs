//! Workbooks: the first sheet, cell by cell.
//!
//! Cells are read as a stream and never as a rectangle: a hostile sheet with one cell in each far
//! corner would otherwise ask for seventeen thousand million empty cells.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::{Limits, MAX_COLUMNS, Places, Reading, Shape, Table};
use crate::dates::Day;
use crate::fault::{Fault, FaultKind};

/// Largest sum of the unpacked sizes of a workbook.
const MAX_UNPACKED: u64 = 1 << 30;

/// Most sheets that are looked at for a table.
const MAX_SHEETS: usize = 16;

/// Longest run of rows without a cell that is kept as blank records.
const MAX_GAP: u64 = 100;

/// Reads the first sheet.
pub(super) fn read(bytes: Vec<u8>, file: &str, limits: Limits) -> Result<Reading, String> {
    let mut workbook = open(bytes, limits)?;
    let sheet = workbook.sheet_names().first().cloned().ok_or("it has no sheet")?;
    read_sheet(&mut workbook, &sheet, file, limits, Shape::Headed)
}

/// Reads every row of the first sheet that is wanted, else of the first one, and gives its name and
/// how many sheets are wanted.
pub(crate) fn records(
    bytes: Vec<u8>,
    file: &str,
    limits: Limits,
    is_wanted: impl Fn(&Table) -> bool,
) -> Result<(Reading, String, usize), String> {
    let mut workbook = open(bytes, limits)?;
    let mut best: Option<(Reading, String)> = None;
    let mut wanted = 0;
    let mut sheets = workbook.sheet_names();
    // Meta writes what people look at first and what programs should read behind it.
    sheets.sort_by_key(|it| !it.to_lowercase().contains("raw data"));
    for sheet in sheets.into_iter().take(MAX_SHEETS) {
        let reading = read_sheet(&mut workbook, &sheet, file, limits, Shape::Records)?;
        let is_first_wanted = reading.table.as_ref().is_some_and(&is_wanted) && {
            wanted += 1;
            wanted == 1
        };
        if is_first_wanted || best.is_none() {
            best = Some((reading, sheet));
        }
    }
    let (reading, sheet) = best.ok_or("it has no sheet")?;
    Ok((reading, sheet, wanted))
}

type Workbook = Xlsx<Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>, limits: Limits) -> Result<Workbook, String> {
    // Sheets are text that packs well: to a tenth, seldom better.
    let limit = MAX_UNPACKED.min(limits.bytes.saturating_mul(4));
    if !unpacks_within(&bytes, limit) {
        return Err(format!("it unpacks to more than {} MiB", limit >> 20));
    }
    calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|it: calamine::XlsxError| it.to_string())
}

fn read_sheet(
    workbook: &mut Workbook,
    sheet: &str,
    file: &str,
    limits: Limits,
    shape: Shape,
) -> Result<Reading, String> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|it| it.to_string())?;
    let table = Table::new(file, Places::Grid);
    let mut rows = SheetRows { table, faults: Vec::new(), row: Vec::new(), number: 0, shape };
    while let Some(cell) = cells.next_cell().map_err(|it| it.to_string())? {
        let (row, column) = cell.get_position();
        if u64::from(row) + 1 != rows.number {
            rows.finish_row();
            rows.number = u64::from(row) + 1;
        }
        if rows.table.num_rows() as u64 >= limits.rows {
            let kind = FaultKind::TooManyRows { limit: limits.rows };
            rows.faults.push(Fault::of_file(file, kind));
            rows.row.clear();
            break;
        }
        let (text, typed) = text_of(cell.get_value());
        if (column as usize) < MAX_COLUMNS && (shape == Shape::Records || !text.trim().is_empty()) {
            rows.row.push((column as usize, text, typed));
        }
    }
    rows.finish_row();
    Ok(Reading { table: Some(rows.table), faults: rows.faults, notes: Vec::new() })
}

/// Collects the cells of one row until the next begins.
struct SheetRows {
    table: Table,
    faults: Vec<Fault>,
    row: Vec<(usize, String, bool)>,
    /// Row of the sheet, from 1.
    number: u64,
    shape: Shape,
}

impl SheetRows {
    fn finish_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        row.sort_by_key(|it| it.0);
        let Some(last) = row.last().map(|it| it.0) else { return };
        if self.shape == Shape::Records {
            return self.keep_row(&row);
        }
        if self.table.columns.is_empty() {
            self.table.columns = vec![String::new(); last + 1];
            for (column, text, _) in row {
                self.table.columns[column] = text.trim().to_owned();
            }
            return;
        }
        let width = self.table.columns.len();
        let mut fault = |kind| {
            self.faults.push(Fault {
                file: self.table.file.clone(),
                line: Some(self.number),
                column: None,
                kind,
            });
        };
        if last >= width {
            return fault(FaultKind::RaggedRow { expected: width as u64, found: last as u64 + 1 });
        }
        if row.iter().all(|it| it.1.trim() == self.table.columns[it.0]) && row.len() > 1 {
            return fault(FaultKind::RepeatedHeader);
        }
        self.table.begin_row(self.number, 0);
        push_cells(&mut self.table, &row, |table, text, typed| table.push(text, typed));
    }

    /// Keeps a row as it stands, and the blank ones before it.
    fn keep_row(&mut self, row: &[(usize, String, bool)]) {
        let before = self.table.num_rows().checked_sub(1).and_then(|it| self.table.line(it)).unwrap_or(0);
        if self.number - before - 1 <= MAX_GAP {
            (before + 1..self.number).for_each(|line| self.table.begin_row(line, 0));
        }
        self.table.begin_row(self.number, 0);
        push_cells(&mut self.table, row, |table, text, typed| table.push_as_written(text, typed));
    }
}

/// Adds the cells of a row, those between them empty.
fn push_cells(table: &mut Table, row: &[(usize, String, bool)], push: impl Fn(&mut Table, &str, bool)) {
    let mut next = 0;
    for (column, text, typed) in row {
        // A damaged sheet may name a cell twice.
        if *column < next {
            continue;
        }
        (next..*column).for_each(|_| push(table, "", false));
        push(table, text, *typed);
        next = column + 1;
    }
}

/// A cell as text, and whether the sheet typed it as a number. Dates become ISO days.
fn text_of(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Int(it) => (it.to_string(), true),
        DataRef::Float(it) => (it.to_string(), true),
        DataRef::String(it) => (it.clone(), false),
        DataRef::SharedString(it) => ((*it).to_owned(), false),
        DataRef::Bool(it) => (it.to_string(), false),
        DataRef::DateTime(it) => {
            let (year, month, day, ..) = it.to_ymd_hms_milli();
            let day = Day::new(u32::from(year), u32::from(month), u32::from(day));
            (day.map_or_else(|| it.as_f64().to_string(), |it| it.to_string()), false)
        }
        DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => (it.clone(), false),
        DataRef::Error(it) => (it.to_string(), false),
        DataRef::Empty => (String::new(), false),
    }
}

/// Whether the parts of a zip unpack to at most `limit` bytes in all. They are unpacked to count
/// them, and dropped: what a zip says about its sizes is its maker's word.
fn unpacks_within(bytes: &[u8], limit: u64) -> bool {
    let mut left = limit;
    for entry in places_of(bytes, b"PK\x01\x02") {
        let number = |at: usize, length: usize| {
            let part = bytes.get(at..at + length)?;
            Some(part.iter().rev().fold(0usize, |sum, it| sum << 8 | usize::from(*it)))
        };
        let part = || {
            let (method, local) = (number(entry + 10, 2)?, number(entry + 42, 4)?);
            let begin = local + 30 + number(local + 26, 2)? + number(local + 28, 2)?;
            Some((method, bytes.get(begin..)?))
        };
        let Some((method, packed)) = part() else { continue };
        let size = match method {
            8 => unpacked_size(packed, left),
            _ => number(entry + 20, 4).unwrap_or_default().min(packed.len()) as u64,
        };
        match left.checked_sub(size) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

/// Bytes that a deflated stream unpacks to; counting stops above `limit`.
fn unpacked_size(packed: &[u8], limit: u64) -> u64 {
    let mut unpacked = flate2::read::DeflateDecoder::new(packed).take(limit.saturating_add(1));
    // A stream that breaks off is for the workbook's reader to refuse; it has this much at most.
    let _ = std::io::copy(&mut unpacked, &mut std::io::sink());
    limit.saturating_add(1) - unpacked.limit()
}

fn places_of<'a>(bytes: &'a [u8], mark: &'static [u8; 4]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(4).enumerate().filter(move |it| it.1 == mark).map(|it| it.0)
}
