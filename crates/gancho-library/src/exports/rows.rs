//! One record to one row, and what was wrong with its cells.

use std::collections::BTreeMap;

use super::actions;
use super::date_style;
use super::layout::{Layout, When};
use super::platform;
use super::reading::Records;
use super::row::{Field, Nature, PerformanceRow};
use super::warning::ImportWarning;
use crate::dates::words::Found;
use crate::dates::{DateOrder, Day};
use crate::decimal::Decimal;
use crate::figures::quoted;
use crate::numbers::{self, DecimalMark, Quantity};

/// How the cells of a file are to be read.
pub(crate) struct RowReader<'a> {
    pub records: &'a Records,
    pub layout: &'a Layout,
    pub decimal: DecimalMark,
    /// `None` where no date needs it, or nobody knows.
    pub dates: Option<DateOrder>,
    pub platform: Option<&'a str>,
    /// Currency of the file, for rows that name none.
    pub currency: Option<String>,
    /// Days of rows that have none of their own.
    pub period: Option<(String, String)>,
    /// The kind of results that this file's actions state.
    pub action_results: Option<&'static [&'static str]>,
    /// Whether unknown columns are kept.
    pub extra: bool,
}

/// Cells that could not be read: row and column of the table.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    pub figures: Vec<(usize, usize)>,
    pub dates: Vec<(usize, usize)>,
}

impl Refused {
    /// One warning for each column, with the first cell and how many there are.
    pub(crate) fn warnings(&self, records: &Records, layout: &Layout) -> Vec<ImportWarning> {
        let by_column = |cells: &[(usize, usize)]| {
            let mut columns: BTreeMap<usize, (usize, u64)> = BTreeMap::new();
            for (row, column) in cells {
                columns.entry(*column).or_insert((*row, 0)).1 += 1;
            }
            columns
        };
        let words = |row: usize, column: usize| {
            let header = layout.headers.get(column).cloned().unwrap_or_default();
            (header, quoted(records.table.cell(row, column).text.trim()), records.record(row))
        };
        let numbers = by_column(&self.figures).into_iter().map(|(column, (row, cells))| {
            let (header, value, record) = words(row, column);
            ImportWarning::BadNumber { header, value, record, cells }
        });
        let dates = by_column(&self.dates).into_iter().map(|(column, (row, cells))| {
            let (header, value, record) = words(row, column);
            ImportWarning::BadDate { header, value, record, cells }
        });
        numbers.chain(dates).collect()
    }
}

impl RowReader<'_> {
    /// Reads one record.
    pub(crate) fn read(&self, row: usize, refused: &mut Refused) -> PerformanceRow {
        let record = self.records.record(row);
        let mut out = PerformanceRow { record, ..PerformanceRow::default() };
        for (field, (column, is_micros)) in &self.layout.fields {
            match field.nature() {
                Nature::Name | Nature::Text | Nature::Currency => {
                    let text = self.words(row, *column, field.nature() == Nature::Text);
                    if let Some(place) = out.words_mut(*field) {
                        *place = text;
                    }
                }
                Nature::Count | Nature::Amount => {
                    let value = self.figure(row, *column, *field, refused);
                    let value = if *is_micros { value.and_then(|it| it.shifted(6)) } else { value };
                    self.set(&mut out, *field, value, (row, *column), refused);
                }
                Nature::Day => {}
            }
        }
        self.read_actions(&mut out, row, refused);
        self.set_days(&mut out, row, refused);
        out.platform =
            out.platform.map(|it| platform::canonical(&it)).or_else(|| self.platform.map(str::to_owned));
        out.currency = self.currency_of(out.currency.take(), row);
        if out.results.is_some() && out.result_type.is_none() {
            out.result_type.clone_from(&self.layout.result_type);
        }
        if self.extra {
            for column in &self.layout.extra {
                let text = self.records.table.cell(row, *column).text;
                if !is_gap(text.trim()) {
                    out.extra.insert(self.layout.headers[*column].clone(), text.trim().to_owned());
                }
            }
        }
        out
    }

    /// A name (outer space trimmed) or a text (to the letter); nothing where the export marks a gap.
    fn words(&self, row: usize, column: usize, to_the_letter: bool) -> Option<String> {
        let text = self.records.table.cell(row, column).text;
        let trimmed = text.trim();
        (!is_gap(trimmed)).then(|| if to_the_letter { text.to_owned() } else { trimmed.to_owned() })
    }

    /// A figure; nothing where there is none, where it is only bounded (`< 10`), or where it is no number.
    fn figure(&self, row: usize, column: usize, field: Field, refused: &mut Refused) -> Option<Decimal> {
        let cell = self.records.table.cell(row, column);
        let text = cell.text.trim();
        if text.starts_with(['[', '{'])
            && let Some(found) = actions::read(text)
        {
            let value = actions::first(&found, actions::VIDEO_3S).map(|it| it.1);
            let value = value.or_else(|| found.first().map(|it| it.1.as_str()))?;
            return self.number(value, false, field);
        }
        if numbers::is_absent(text) || text.starts_with(['<', '>']) {
            return None;
        }
        let value = self.number(text, cell.typed, field);
        if value.is_none() {
            refused.figures.push((row, column));
        }
        value
    }

    fn number(&self, text: &str, typed: bool, field: Field) -> Option<Decimal> {
        // No number that is kept exactly is longer; a cell of megabytes is none.
        if text.len() > 64 {
            return None;
        }
        // Most cells are plain digits.
        if let Some(value) = Decimal::parse(text).filter(|it| it.scale() == 0) {
            return Some(value);
        }
        let number = match (typed, field.nature()) {
            (true, _) => numbers::read_typed(text),
            (false, Nature::Count) => numbers::read(text, self.decimal, Quantity::Count),
            (false, _) => numbers::read(text, self.decimal, Quantity::Amount),
        };
        number?.decimal()
    }

    fn set(
        &self,
        out: &mut PerformanceRow,
        field: Field,
        value: Option<Decimal>,
        at: (usize, usize),
        refused: &mut Refused,
    ) {
        if let Some(place) = out.amount_mut(field) {
            *place = value;
        } else if let Some(place) = out.count_mut(field) {
            *place = value.and_then(Decimal::to_integer);
            if value.is_some() && place.is_none() {
                refused.figures.push(at);
            }
        }
    }

    /// Fills what lists of actions state and no column does.
    fn read_actions(&self, out: &mut PerformanceRow, row: usize, refused: &mut Refused) {
        let list = |column: Option<usize>| actions::read(self.records.table.cell(row, column?).text);
        if let Some(found) = list(self.layout.actions) {
            let mut fill = |field: Field, types: &[&str]| {
                let (kind, value) =
                    actions::first(&found, types).filter(|_| self.layout.column(field).is_none())?;
                let value = self.number(value, false, field);
                self.set(out, field, value, (row, self.layout.actions?), refused);
                value.map(|_| kind.to_owned())
            };
            fill(Field::LinkClicks, actions::LINK_CLICKS);
            fill(Field::Video3s, actions::VIDEO_3S);
            let kind = self.action_results.and_then(|it| fill(Field::Results, it));
            out.result_type = out.result_type.take().or(kind);
        }
        if self.layout.column(Field::Revenue).is_none()
            && let Some(found) = list(self.layout.action_values)
            && let Some((_, value)) = self.action_results.and_then(|it| actions::first(&found, it))
        {
            out.revenue = self.number(value, false, Field::Revenue);
        }
    }

    fn set_days(&self, out: &mut PerformanceRow, row: usize, refused: &mut Refused) {
        let days = match self.layout.when {
            When::Nowhere => {
                (out.date_start, out.date_end) = self.period.clone().unzip();
                return;
            }
            When::Day(column) => self.days(row, column, |it| it, refused),
            When::Month(column) => self.days(row, column, Day::end_of_month, refused),
            When::Week(column) => {
                self.days(row, column, |it| Day::from_days(it.to_days() + 6).unwrap_or(it), refused)
            }
            When::Span { start, end } => {
                let mut of = |column: Option<usize>| self.days(row, column?, |it| it, refused);
                let (start, end) = (of(start), of(end));
                let first = start.map(|it| it.0);
                // A row with one date is a row of one day.
                (out.date_start, out.date_end) =
                    (first.map(|it| it.to_string()), end.or(start).map(|it| it.1.to_string()));
                return;
            }
        };
        (out.date_start, out.date_end) = days.map(|it| (it.0.to_string(), it.1.to_string())).unzip();
    }

    /// First and last day of a cell: both where it holds a range, else the last by the first.
    fn days(
        &self,
        row: usize,
        column: usize,
        last: impl Fn(Day) -> Day,
        refused: &mut Refused,
    ) -> Option<(Day, Day)> {
        let cell = self.records.table.cell(row, column);
        if is_gap(cell.text.trim()) {
            return None;
        }
        let day = |it: &Found| match self.dates {
            Some(order) => it.date.day(order),
            None => it.date.known(),
        };
        let found = date_style::of_cell(cell).unwrap_or_default();
        let days = match found.as_slice() {
            [month] if month.is_month => day(month).map(|it| (it, it.end_of_month())),
            [start] => day(start).map(|it| (it, last(it))),
            [start, end] => day(start).zip(day(end)).filter(|it| it.0 <= it.1),
            _ => None,
        };
        if days.is_none() {
            refused.dates.push((row, column));
        }
        days
    }

    /// The currency of a row: its own cell, the header of the money, what stands above the table, the
    /// sign in the money cell, the mapping.
    fn currency_of(&self, cell: Option<String>, row: usize) -> Option<String> {
        let of_cell = cell.map(|it| if it.len() == 3 { it.to_uppercase() } else { it });
        of_cell.or_else(|| self.layout.currency.clone()).or_else(|| {
            let signs = [Field::Spend, Field::Revenue].into_iter().filter_map(|it| self.layout.column(it));
            let mut texts = signs.map(|it| self.records.table.cell(row, it).text);
            texts.find_map(currency_in).or_else(|| self.currency.clone())
        })
    }
}

/// Whether a cell marks that there is nothing: `NULL` and `N/A` are names where names stand.
pub(crate) fn is_gap(text: &str) -> bool {
    matches!(text, "" | "-" | "--" | "—" | "–")
}

/// The currency that a money cell names; a bare `$` may be anybody's.
fn currency_in(text: &str) -> Option<String> {
    if text.len() > 64 || text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b',' | b'-')) {
        return None;
    }
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let sign = |it: char| text.contains(it);
    match letters.as_str() {
        code if code.len() == 3 && code.bytes().all(|it| it.is_ascii_uppercase()) => Some(letters),
        "US" if sign('$') => Some("USD".into()),
        "MX" if sign('$') => Some("MXN".into()),
        "R" if sign('$') => Some("BRL".into()),
        "" if sign('€') => Some("EUR".into()),
        "" if sign('£') => Some("GBP".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_of_cells() {
        for (text, code) in [
            ("€ 12,50", Some("EUR")),
            ("12.50 MXN", Some("MXN")),
            ("US$1,000.10", Some("USD")),
            ("$1,234.56", None),
            ("12.50", None),
            ("-3.10", None),
            ("total", None),
        ] {
            assert_eq!(currency_in(text).as_deref(), code, "{text}");
        }
    }
}
