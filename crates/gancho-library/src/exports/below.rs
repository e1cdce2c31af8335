//! What stands around and below a header: records that may be data, and those that a look tells are not.

use super::format::FileKind;
use super::hazards::Seen;
use super::header;
use super::labels;
use super::mapping::Mapping;
use super::reading::Records;
use super::skip::SkipReason;
use super::warning::ImportWarning;

/// What stands around and below a header.
pub(crate) struct Below {
    /// Rows that may be data, with the run under one header they belong to.
    pub candidates: Vec<(usize, usize)>,
    pub skipped: Vec<(usize, SkipReason)>,
    pub warnings: Vec<ImportWarning>,
}

impl Below {
    /// Sorts the records of a file into those that may be data and those that are not.
    pub(crate) fn of(records: &Records, width: usize, mapping: &Mapping) -> Below {
        let mut below = Below { candidates: Vec::new(), skipped: Vec::new(), warnings: Vec::new() };
        let mut short = Seen::default();
        let mut other_table = None;
        let mut block = 0;
        for row in 0..records.table.num_rows() {
            if Some(row) == records.header {
                continue;
            }
            let reason = match records.broken.get(&row) {
                Some(reason) => Some(reason.clone()),
                None => reason_at_sight(records, row, width, mapping),
            };
            let reason = match reason {
                Some(SkipReason::Preamble) if other_table.is_some() => Some(SkipReason::OtherTable),
                Some(SkipReason::OtherTable) => {
                    other_table.get_or_insert(row);
                    Some(SkipReason::OtherTable)
                }
                Some(SkipReason::RepeatedHeader) => {
                    block += 1;
                    Some(SkipReason::RepeatedHeader)
                }
                None if other_table.is_some() => Some(SkipReason::OtherTable),
                reason => reason,
            };
            match reason {
                Some(reason) => below.skipped.push((row, reason)),
                None => {
                    // Parquet and JSON leave out what is null at the end of a record.
                    if !records.format.kind.names_its_columns() && is_cut_short(records, row, width) {
                        short.add(records.record(row));
                    }
                    below.candidates.push((row, block));
                }
            }
        }
        if let Some(row) = other_table {
            below.warnings.push(ImportWarning::OtherTable { record: records.record(row) });
        }
        if short.count > 0 {
            below.warnings.push(ImportWarning::ShortRecords { records: short.count, record: short.first });
        }
        below
    }
}

/// Why a record is no data, where a look at it is enough.
fn reason_at_sight(records: &Records, row: usize, width: usize, mapping: &Mapping) -> Option<SkipReason> {
    let table = &records.table;
    let cell = |column: usize| table.cell(row, column).text.trim();
    let filled = || (0..table.width(row)).filter(|it| !cell(*it).is_empty());
    let num_filled = filled().take(3).count();
    if num_filled == 0 {
        return Some(SkipReason::Blank);
    }
    if let Some(header) = records.header {
        if row < header {
            return Some(SkipReason::Preamble);
        }
        let is_same = |column: usize| cell(column) == table.cell(header, column).text.trim();
        if (0..table.width(row).max(width)).all(is_same) {
            return Some(SkipReason::RepeatedHeader);
        }
        if header::is_header(table, row, mapping) {
            return Some(SkipReason::OtherTable);
        }
    }
    let first = filled().next().unwrap_or(0);
    // A line of text below the table: a note, a copyright, a comment.
    if num_filled == 1 && width > 2 && first == 0 && !table.cell(row, 0).typed {
        return Some(SkipReason::Footnote);
    }
    // Reports end with pairs such as `Report time:` and its value.
    let is_pair = num_filled == 2 && first == 0 && cell(0).ends_with(':');
    if is_pair && table.width(row) < width {
        return Some(SkipReason::Footnote);
    }
    let beyond = (width..table.width(row)).filter(|it| !cell(*it).is_empty());
    let beyond: Vec<usize> = beyond.take(2).collect();
    match beyond.as_slice() {
        [] => None,
        [label] if labels::is_label(cell(*label)) => None,
        _ => Some(SkipReason::TooManyCells { expected: width as u64, found: table.width(row) as u64 }),
    }
}

/// Whether a record ends before the header does, although spreadsheets leave out what is blank.
fn is_cut_short(records: &Records, row: usize, width: usize) -> bool {
    records.format.kind == FileKind::Separated && records.table.width(row) < width
}
