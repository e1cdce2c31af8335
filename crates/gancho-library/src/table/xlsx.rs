//! Workbooks: the first sheet, cell by cell.
//!
//! Cells are read as a stream and never as a rectangle: a hostile sheet with one cell in each far
//! corner would otherwise ask for seventeen thousand million empty cells.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::{MAX_COLUMNS, Places, Reading, Table};
use crate::dates::Day;
use crate::fault::{Fault, FaultKind};
use crate::library::Options;

/// Largest sum of unpacked sizes that a workbook may state.
const MAX_UNPACKED: u64 = 2 << 30;

/// Reads the first sheet.
pub(super) fn read(bytes: Vec<u8>, file: &str, options: &Options) -> Result<Reading, String> {
    if unpacked_size(&bytes) > MAX_UNPACKED {
        return Err("it unpacks to more than 2 GiB".into());
    }
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|it: calamine::XlsxError| it.to_string())?;
    let sheet = workbook.sheet_names().first().cloned().ok_or("it has no sheet")?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(|it| it.to_string())?;
    let mut rows =
        SheetRows { table: Table::new(file, Places::Grid), faults: Vec::new(), row: Vec::new(), number: 0 };
    while let Some(cell) = cells.next_cell().map_err(|it| it.to_string())? {
        let (row, column) = cell.get_position();
        if u64::from(row) + 1 != rows.number {
            rows.finish_row();
            rows.number = u64::from(row) + 1;
        }
        if rows.table.num_rows() as u64 >= options.max_rows {
            let kind = FaultKind::TooManyRows { limit: options.max_rows };
            rows.faults.push(Fault::of_file(file, kind));
            rows.row.clear();
            break;
        }
        let (text, typed) = text_of(cell.get_value());
        if !text.trim().is_empty() && (column as usize) < MAX_COLUMNS {
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
}

impl SheetRows {
    fn finish_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        let Some(last) = row.iter().map(|it| it.0).max() else { return };
        row.sort_by_key(|it| it.0);
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
        let mut next = 0;
        for (column, text, typed) in row {
            for _ in next..column {
                self.table.push("", false);
            }
            self.table.push(&text, typed);
            next = column + 1;
        }
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

/// Sum of the unpacked sizes in the zip's central directory. The sizes are what the file claims;
/// this refuses honest bombs before anything is unpacked.
fn unpacked_size(bytes: &[u8]) -> u64 {
    let entry =
        |at: usize| bytes.get(at + 24..at + 28).and_then(|it| it.try_into().ok()).map(u32::from_le_bytes);
    bytes
        .windows(4)
        .enumerate()
        .filter(|it| it.1 == b"PK\x01\x02")
        .filter_map(|it| entry(it.0))
        .map(u64::from)
        .sum()
}
