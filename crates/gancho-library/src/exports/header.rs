//! Which record is the header: the first one with names of figures and no number in it.

use super::headers::{self, Meaning};
use super::mapping::Mapping;
use crate::numbers::{self, DecimalMark, Quantity};
use crate::table::Table;

/// Records among which the header is looked for.
pub(crate) const LOOKED_AT: usize = 20;

/// What speaks for a record being a header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Cells that are known names.
    pub known: usize,
    /// Of these, names of figures.
    pub figures: usize,
    /// Cells that the mapping names.
    pub mapped: usize,
    /// Cells that are numbers.
    pub numbers: usize,
}

impl Score {
    /// Whether the record is a header.
    pub(crate) fn is_header(self) -> bool {
        self.figures > 0 && self.known >= 2 && self.numbers == 0
    }
}

/// The row of the header.
pub(crate) fn find(table: &Table, mapping: &Mapping) -> Option<usize> {
    let rows = || 0..table.num_rows().min(LOOKED_AT);
    if !mapping.columns.is_empty() {
        // A header that the user names is one, even if gancho knows none of its other names.
        let best = rows().map(|it| (score(table, it, mapping), it)).filter(|it| it.0.mapped > 0);
        let best =
            best.filter(|it| it.0.numbers == 0).max_by_key(|it| (it.0.mapped, std::cmp::Reverse(it.1)));
        if let Some((_, row)) = best {
            return Some(row);
        }
    }
    rows().find(|it| is_header(table, *it, mapping))
}

/// Whether a row is a header; most rows are not, and have a figure that says so at once.
pub(crate) fn is_header(table: &Table, row: usize, mapping: &Mapping) -> bool {
    let is_figure = |column: usize| {
        let cell = table.cell(row, column);
        let text = cell.text.as_bytes();
        cell.typed
            || (text.first().is_some_and(u8::is_ascii_digit)
                && text.iter().all(|it| b"0123456789.,".contains(it)))
    };
    !(0..table.width(row)).any(is_figure) && score(table, row, mapping).is_header()
}

/// What speaks for a row being the header.
pub(crate) fn score(table: &Table, row: usize, mapping: &Mapping) -> Score {
    let mut score = Score::default();
    for column in 0..table.width(row) {
        let cell = table.cell(row, column);
        let text = cell.text.trim();
        // No header is longer, and no figure either.
        if text.is_empty() || text.len() > 200 {
            continue;
        }
        let mapped = mapping.columns.iter().find(|it| is_same(it.1, text)).map(|it| Meaning::Field(*it.0));
        score.mapped += usize::from(mapped.is_some());
        match mapped.or_else(|| headers::known(text, None).map(|it| it.meaning)) {
            Some(meaning) => {
                score.known += 1;
                score.figures += usize::from(meaning.is_figure());
            }
            None => score.numbers += usize::from(cell.typed || is_number(text)),
        }
    }
    score
}

/// Whether two headers are the same, up to case, accents and the currency behind them.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.trim() == b.trim() || {
        let (a, b) = (headers::folded(a).0, headers::folded(b).0);
        !a.is_empty() && a == b
    }
}

fn is_number(text: &str) -> bool {
    [DecimalMark::Point, DecimalMark::Comma]
        .into_iter()
        .any(|it| numbers::read(text.trim_end_matches('%'), it, Quantity::Amount).is_some())
}
