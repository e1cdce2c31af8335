//! The figures of a table: which columns can be read, and one row's performance.

use crate::columns::{Field, Layout};
use crate::creative::Performance;
use crate::fault::{Fault, FaultKind};
use crate::library::Options;
use crate::note::{Note, NoteKind};
use crate::numbers::{self, DecimalMark, Number, Quantity, Style};
use crate::table::Table;

/// Figures and what they count.
const FIGURES: &[(Field, Quantity)] = &[
    (Field::Impressions, Quantity::Count),
    (Field::Clicks, Quantity::Count),
    (Field::Reach, Quantity::Count),
    (Field::Video3s, Quantity::Count),
    (Field::VideoThruplay, Quantity::Count),
    (Field::Spend, Quantity::Amount),
    (Field::Conversions, Quantity::Amount),
    (Field::Revenue, Quantity::Amount),
];

/// The columns of figures that can be read, each with its decimal mark.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    columns: Vec<(Field, Quantity, usize, DecimalMark)>,
}

impl Figures {
    /// Decides how each column is written. A column that cannot be decided is a fault and left out.
    pub(crate) fn of(
        table: &Table,
        layout: &Layout,
        options: &Options,
        faults: &mut Vec<Fault>,
        notes: &mut Vec<Note>,
    ) -> Figures {
        let mut figures = Figures::default();
        for (field, quantity) in FIGURES {
            let Some(column) = layout.column(*field) else { continue };
            if let Some(mark) = decimal_mark(table, column, *quantity, options, faults, notes) {
                figures.columns.push((*field, *quantity, column, mark));
            }
        }
        figures
    }

    /// One row's figures, and whether all its cells could be read.
    pub(crate) fn read(&self, table: &Table, row: usize, faults: &mut Vec<Fault>) -> (Performance, bool) {
        let mut performance = Performance { rows: 1, ..Performance::default() };
        let before = faults.len();
        for (field, quantity, column, mark) in &self.columns {
            let Some(number) = number_at(table, row, *column, *quantity, *mark, faults) else { continue };
            let (count, amount) = (number.count(), number.amount());
            let signed_count = if number.is_negative() { None } else { count };
            let read = match quantity {
                Quantity::Count => signed_count.is_some(),
                Quantity::Amount => amount.is_some() && (*field == Field::Revenue || !number.is_negative()),
            };
            if !read {
                faults.push(table.fault_at(row, *column, refusal(table, row, *column, *quantity, &number)));
                continue;
            }
            match field {
                Field::Impressions => performance.impressions = count,
                Field::Clicks => performance.clicks = count,
                Field::Reach => performance.reach = count,
                Field::Video3s => performance.video_3s = count,
                Field::VideoThruplay => performance.video_thruplay = count,
                Field::Spend => performance.spend = amount,
                Field::Conversions => performance.conversions = amount,
                _ => performance.revenue = amount,
            }
        }
        self.check_clicks(&mut performance, table, row, faults);
        (performance, faults.len() == before)
    }

    fn check_clicks(&self, it: &mut Performance, table: &Table, row: usize, faults: &mut Vec<Fault>) {
        if let (Some(impressions), Some(clicks)) = (it.impressions, it.clicks)
            && clicks > impressions
        {
            let column = self.columns.iter().find(|it| it.0 == Field::Clicks).map_or(0, |it| it.2);
            let kind = FaultKind::ClicksExceedImpressions { clicks, impressions };
            faults.push(table.fault_at(row, column, kind));
            (it.impressions, it.clicks) = (None, None);
        }
    }
}

/// The decimal mark of a column; `None` (with a fault) when its cells do not tell.
fn decimal_mark(
    table: &Table,
    column: usize,
    quantity: Quantity,
    options: &Options,
    faults: &mut Vec<Fault>,
    notes: &mut Vec<Note>,
) -> Option<DecimalMark> {
    let header = || table.columns[column].clone();
    if let Some(mark) = options.decimal {
        return Some(mark);
    }
    let cells = table
        .column(column)
        .filter(|it| !it.typed && !numbers::is_absent(it.text))
        .map(|it| (it.text, quantity));
    let kind = match numbers::decide(cells) {
        Style::Known(mark) => {
            if mark == DecimalMark::Comma {
                let kind = NoteKind::DecimalComma { header: header() };
                notes.push(Note { file: table.file.clone(), kind });
            }
            return Some(mark);
        }
        Style::Unmarked => return Some(DecimalMark::Point),
        Style::Ambiguous(example) => FaultKind::AmbiguousNumbers { header: header(), example },
        Style::Mixed(example, other) => FaultKind::MixedNumbers { header: header(), example, other },
    };
    faults.push(Fault::of_file(&table.file, kind));
    None
}

/// Reads one number; `None` when the cell is empty, or (with a fault) no number.
pub(crate) fn number_at(
    table: &Table,
    row: usize,
    column: usize,
    quantity: Quantity,
    mark: DecimalMark,
    faults: &mut Vec<Fault>,
) -> Option<Number> {
    let cell = table.cell(row, column);
    if numbers::is_absent(cell.text) {
        return None;
    }
    let text = table.text(row, column, faults)?;
    let number = if cell.typed { numbers::read_typed(text) } else { numbers::read(text, mark, quantity) };
    if number.is_none() {
        let kind = FaultKind::BadNumber { header: table.columns[column].clone(), value: quoted(text) };
        faults.push(table.fault_at(row, column, kind));
    }
    number
}

fn refusal(table: &Table, row: usize, column: usize, quantity: Quantity, number: &Number) -> FaultKind {
    let (header, value) = (table.columns[column].clone(), quoted(table.cell(row, column).text));
    match quantity {
        _ if !number.is_negative() => FaultKind::BadNumber { header, value },
        Quantity::Count => FaultKind::NegativeCount { header, value },
        Quantity::Amount => FaultKind::NegativeAmount { header, value },
    }
}

/// A cell as it is quoted in a message: at most 200 characters of it.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
