//! Which decimal mark a file uses: decided once, from the cells that can be read in one way only.

use super::error::ExportError;
use super::layout::Layout;
use super::reading::Records;
use crate::figures::quoted;
use crate::numbers::{self, DecimalMark, Evidence, Quantity};

/// A cell that tells something, with its place.
type Witness = (usize, usize);

/// What the cells of some columns tell.
#[derive(Default)]
struct Witnesses {
    point: Option<Witness>,
    comma: Option<Witness>,
    either: Option<Witness>,
}

/// Decides the decimal mark of a file; `None` where no cell has a mark.
///
/// # Errors
/// When cells contradict each other, or figures have marks and nothing tells what these mean.
pub(crate) fn decide(
    records: &Records,
    layout: &Layout,
    rows: &[usize],
    asked: Option<DecimalMark>,
    file: &str,
) -> Result<Option<DecimalMark>, ExportError> {
    if asked.is_some() {
        return Ok(asked);
    }
    let figures = collect(records, rows, &layout.figures());
    if let (Some(comma), Some(point)) = (figures.comma, figures.point) {
        let cell = |it: Witness| quoted(records.table.cell(it.0, it.1).text.trim());
        return Err(ExportError::MixedNumbers {
            file: file.to_owned(),
            header: layout.headers[comma.1].clone(),
            example: cell(comma),
            record: records.record(comma.0),
            other: cell(point),
            other_record: records.record(point.0),
        });
    }
    // Machines write points.
    let of_machines = records.format.kind.names_its_columns().then_some(DecimalMark::Point);
    match mark(&figures) {
        Some(mark) => Ok(Some(mark)),
        None if figures.either.is_none() => Ok(None),
        None => {
            // Rates are not imported, but they are written as the figures are.
            let rates: Vec<_> = layout.rates.iter().map(|it| (it.0, Quantity::Amount)).collect();
            let rates = collect(records, rows, &rates);
            let (row, column) = figures.either.unwrap_or_default();
            mark(&rates).or(of_machines).map(Some).ok_or_else(|| ExportError::AmbiguousNumbers {
                file: file.to_owned(),
                header: layout.headers[column].clone(),
                record: records.record(row),
                example: quoted(records.table.cell(row, column).text.trim()),
            })
        }
    }
}

fn mark(witnesses: &Witnesses) -> Option<DecimalMark> {
    match (witnesses.point, witnesses.comma) {
        (Some(_), None) => Some(DecimalMark::Point),
        (None, Some(_)) => Some(DecimalMark::Comma),
        _ => None,
    }
}

fn collect(records: &Records, rows: &[usize], columns: &[(usize, Quantity)]) -> Witnesses {
    let mut witnesses = Witnesses::default();
    for row in rows {
        for (column, quantity) in columns {
            let cell = records.table.cell(*row, *column);
            if cell.typed || cell.text.len() > 64 {
                continue;
            }
            let seen = match numbers::evidence(cell.text.trim().trim_end_matches('%').trim_end(), *quantity) {
                Evidence::Only(DecimalMark::Point) => &mut witnesses.point,
                Evidence::Only(DecimalMark::Comma) => &mut witnesses.comma,
                Evidence::Either => &mut witnesses.either,
                Evidence::Nothing => continue,
            };
            seen.get_or_insert((*row, *column));
        }
        if witnesses.point.is_some() && witnesses.comma.is_some() {
            break;
        }
    }
    witnesses
}
