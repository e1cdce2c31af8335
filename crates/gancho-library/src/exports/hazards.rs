//! What the cells of imported rows hold that a reader must know: formulas, marks that turn the direction of
//! writing, damage, sizes, rounded ids.

use std::collections::BTreeMap;

use super::format::FileKind;
use super::layout::Layout;
use super::reading::Records;
use super::row::Field;
use super::rows::is_gap;
use super::warning::ImportWarning;
use crate::figures::quoted;
use crate::table::MAX_CELL_BYTES;

/// What the cells of kept rows hold that a reader must know: texts that a spreadsheet would run, that
/// turn the direction of writing, that are damaged or huge.
#[derive(Debug, Default)]
pub(crate) struct Hazards {
    formulas: Seen,
    bidi: Seen,
    controls: Seen,
    damaged: Seen,
    rounded: BTreeMap<usize, (u64, String, u64)>,
    huge: Option<(u64, usize, usize)>,
    num_huge: u64,
}

/// How often something was seen, and where first.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Seen {
    pub count: u64,
    pub first: u64,
}

impl Seen {
    pub(crate) fn add(&mut self, record: u64) {
        if self.count == 0 {
            self.first = record;
        }
        self.count += 1;
    }
}

impl Hazards {
    /// Looks at the cells of one record.
    pub(crate) fn look_at(&mut self, records: &Records, layout: &Layout, row: usize) {
        let record = records.record(row);
        for column in 0..records.table.width(row) {
            let cell = records.table.cell(row, column);
            if cell.text.len() > MAX_CELL_BYTES {
                self.num_huge += 1;
                self.huge.get_or_insert((record, column, cell.text.len()));
            }
            if records.table.is_damaged(row, column) {
                self.damaged.add(record);
            }
        }
        for (field, (column, _)) in &layout.fields {
            if field.is_figure() {
                continue;
            }
            let cell = records.table.cell(row, *column);
            let text = cell.text.trim_matches(' ');
            if text.starts_with(['=', '+', '-', '@']) && !is_gap(text) {
                self.formulas.add(record);
            }
            if !text.is_ascii() && text.contains(is_bidi_control) {
                self.bidi.add(record);
            }
            if text.bytes().any(|it| it < 0x20 && !matches!(it, b'\t' | b'\n' | b'\r')) {
                self.controls.add(record);
            }
            if matches!(field, Field::AdId | Field::CampaignId) && is_rounded(text, cell.typed, records) {
                self.rounded.entry(*column).or_insert_with(|| (record, quoted(text), 0)).2 += 1;
            }
        }
    }

    /// One warning for each kind that was seen.
    pub(crate) fn warnings(self, layout: &Layout) -> Vec<ImportWarning> {
        let header = |column: usize| layout.headers.get(column).cloned().unwrap_or_default();
        let mut warnings = Vec::new();
        let mut add = |seen: Seen, warning: fn(u64, u64) -> ImportWarning| {
            if seen.count > 0 {
                warnings.push(warning(seen.count, seen.first));
            }
        };
        add(self.formulas, |cells, record| ImportWarning::FormulaLikeText { cells, record });
        add(self.bidi, |cells, record| ImportWarning::BidiControl { cells, record });
        add(self.controls, |cells, record| ImportWarning::ControlCharacters { cells, record });
        add(self.damaged, |cells, record| ImportWarning::InvalidBytes { cells, record });
        if let Some((record, column, bytes)) = self.huge {
            warnings.push(ImportWarning::HugeCell {
                record,
                position: column as u64 + 1,
                header: header(column),
                bytes: bytes as u64,
                cells: self.num_huge,
            });
        }
        for (column, (record, value, cells)) in self.rounded {
            warnings.push(ImportWarning::RoundedId { header: header(column), value, record, cells });
        }
        warnings
    }
}

fn is_bidi_control(it: char) -> bool {
    matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether an id was written as `1.2021E+17`, or kept in a sheet as a number too large to be exact.
fn is_rounded(text: &str, typed: bool, records: &Records) -> bool {
    let is_scientific = text.len() < 32
        && text.contains(['E', 'e'])
        && text.contains(['.', ',', '+'])
        && text.replace(',', ".").parse::<f64>().is_ok_and(|it| it >= 1e9);
    let is_inexact = typed
        && records.format.kind == FileKind::Xlsx
        && text.parse::<f64>().is_ok_and(|it| it > 9_007_199_254_740_992.0);
    is_scientific || is_inexact
}
