//! Whether the day or the month comes first: decided once per file, by everything that tells.

use std::collections::HashMap;

use super::error::ExportError;
use super::layout::{Layout, When};
use super::preamble::Preamble;
use super::reading::Records;
use crate::dates::words::{self, Found};
use crate::dates::{self, DateOrder, Day, Written};
use crate::figures::quoted;
use crate::table::Cell;

/// Days from the first day of spreadsheets to that of Unix.
const SHEET_EPOCH: i64 = 25_569;

/// The dates of one cell: one, or the two ends of a range. A sheet that lost the format of its dates
/// keeps them as numbers of days.
pub(crate) fn of_cell(cell: Cell<'_>) -> Option<Vec<Found>> {
    let text = cell.text.trim();
    if cell.typed
        && let Some(days) = text.parse::<i64>().ok().filter(|it| (30_000..80_000).contains(it))
    {
        let date = Written::Known(Day::from_days(days - SHEET_EPOCH)?);
        return Some(vec![Found { date, is_month: false }]);
    }
    // A longer text may hold a time, or a second date.
    if text.len() > 10
        && let Some(found) = words::read(text)
    {
        return Some(found);
    }
    match dates::in_numbers(text) {
        Some(date) => Some(vec![Found { date, is_month: false }]),
        // `2025-09` in a column of months.
        None if text.len() == 7 && text.as_bytes()[4] == b'-' => {
            let date = dates::in_numbers(&format!("{text}-01"))?;
            Some(vec![Found { date, is_month: true }])
        }
        None => words::read(text),
    }
}

const ORDERS: [DateOrder; 2] = [DateOrder::DayMonth, DateOrder::MonthDay];

/// Decides the order of a file's dates; `None` where no date needs it.
///
/// # Errors
/// When dates contradict each other, or nothing tells how an open one is to be read.
pub(crate) fn decide(
    records: &Records,
    layout: &Layout,
    preamble: &Preamble,
    rows: &[usize],
    asked: Option<DateOrder>,
    file: &str,
) -> Result<Option<DateOrder>, ExportError> {
    let dates = Dates::of(records, layout, rows);
    if asked.is_some() {
        return Ok(asked);
    }
    let cell = |place: (usize, usize)| quoted(records.table.cell(place.0, place.1).text.trim());
    match (dates.proof(DateOrder::DayMonth), dates.proof(DateOrder::MonthDay)) {
        (Some(day_first), Some(month_first)) => Err(ExportError::MixedDates {
            file: file.to_owned(),
            example: cell(day_first),
            record: records.record(day_first.0),
            other: cell(month_first),
            other_record: records.record(month_first.0),
        }),
        (Some(_), None) => Ok(Some(DateOrder::DayMonth)),
        (None, Some(_)) => Ok(Some(DateOrder::MonthDay)),
        (None, None) => {
            let around = preamble.dates().find_map(|it| it.date.proves());
            let Some(open) = dates.open() else { return Ok(around) };
            let told = around.or_else(|| dates.told_by(layout, preamble, records, rows));
            told.map(Some).ok_or_else(|| ExportError::AmbiguousDates {
                file: file.to_owned(),
                header: layout.headers[open.1].clone(),
                record: records.record(open.0),
                example: cell(open),
            })
        }
    }
}

/// The dates of a file, each spelling once, with the place of the first.
struct Dates {
    all: Vec<(Written, (usize, usize))>,
}

impl Dates {
    fn of(records: &Records, layout: &Layout, rows: &[usize]) -> Dates {
        let mut seen: HashMap<&str, ()> = HashMap::new();
        let mut all = Vec::new();
        for column in &layout.date_columns {
            for row in rows {
                let cell = records.table.cell(*row, *column);
                if cell.text.len() <= 120 && seen.insert(cell.text, ()).is_none() {
                    let found = of_cell(cell).unwrap_or_default();
                    all.extend(found.into_iter().map(|it| (it.date, (*row, *column))));
                }
            }
        }
        Dates { all }
    }

    fn proof(&self, order: DateOrder) -> Option<(usize, usize)> {
        self.all.iter().find(|it| it.0.proves() == Some(order)).map(|it| it.1)
    }

    fn open(&self) -> Option<(usize, usize)> {
        self.all.iter().find(|it| it.0.is_open()).map(|it| it.1)
    }

    /// The order for which alone the open dates make sense.
    fn told_by(
        &self,
        layout: &Layout,
        preamble: &Preamble,
        records: &Records,
        rows: &[usize],
    ) -> Option<DateOrder> {
        let known: Vec<Day> = self.all.iter().filter_map(|it| it.0.known()).collect();
        let of_cells = known.iter().min().copied().zip(known.iter().max().copied()).filter(|it| it.0 < it.1);
        let lies_within = |order| {
            let period = preamble.period(Some(order)).or(of_cells);
            period
                .map(|(start, end)| self.read(order).all(|it| it.is_some_and(|it| start <= it && it <= end)))
        };
        only(lies_within)
            .or_else(|| only(|order| self.fits_when(layout, order)))
            .or_else(|| only(|order| Some(ends_follow_starts(layout, records, rows, order))))
    }

    fn read(&self, order: DateOrder) -> impl Iterator<Item = Option<Day>> {
        self.all.iter().map(move |it| it.0.day(order))
    }

    /// Whether weeks begin on one day of the week, and months on the first.
    fn fits_when(&self, layout: &Layout, order: DateOrder) -> Option<bool> {
        let days: Option<Vec<Day>> = self.read(order).collect();
        let days = days?;
        match layout.when {
            When::Week(_) if days.len() > 1 => {
                let weekday = days[0].to_days().rem_euclid(7);
                Some(days.iter().all(|it| it.to_days().rem_euclid(7) == weekday))
            }
            When::Month(_) if days.len() > 1 => Some(days.iter().all(|it| it.is_first_of_month())),
            _ => None,
        }
    }
}

/// The order that alone fits; nothing where both do, none does, or nobody knows.
fn only(fits: impl Fn(DateOrder) -> Option<bool>) -> Option<DateOrder> {
    match ORDERS.map(fits) {
        [Some(true), Some(false)] => Some(ORDERS[0]),
        [Some(false), Some(true)] => Some(ORDERS[1]),
        _ => None,
    }
}

fn ends_follow_starts(layout: &Layout, records: &Records, rows: &[usize], order: DateOrder) -> bool {
    let When::Span { start: Some(start), end: Some(end) } = layout.when else { return true };
    let day = |row: usize, column: usize| {
        let found = of_cell(records.table.cell(row, column))?;
        found.first()?.date.day(order)
    };
    rows.iter().all(|row| match (day(*row, start), day(*row, end)) {
        (Some(start), Some(end)) => start <= end,
        (start, end) => start.is_some() == end.is_some(),
    })
}
