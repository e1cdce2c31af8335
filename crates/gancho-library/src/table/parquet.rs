//! Parquet, through its row interface: flat columns, lists as text.

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::{MAX_COLUMNS, Places, Reading, Table};
use crate::dates::Day;
use crate::fault::{Fault, FaultKind};
use crate::library::Options;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Reads all rows; a row's "line" is its number, from 1.
pub(super) fn read(bytes: Vec<u8>, file: &str, options: &Options) -> Result<Reading, String> {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(|it| it.to_string())?;
    let mut reading = Reading::default();
    let mut table = Table::new(file, Places::Grid);
    let schema = reader.metadata().file_metadata().schema();
    table.columns =
        schema.get_fields().iter().take(MAX_COLUMNS).map(|it| it.name().trim().to_owned()).collect();
    let rows = reader.get_row_iter(None).map_err(|it| it.to_string())?;
    for (index, row) in rows.enumerate() {
        if index as u64 >= options.max_rows {
            let kind = FaultKind::TooManyRows { limit: options.max_rows };
            reading.faults.push(Fault::of_file(file, kind));
            break;
        }
        let row = row.map_err(|it| it.to_string())?;
        table.begin_row(index as u64 + 1, 0);
        let before = table.cells.len();
        for (_, field) in row.get_column_iter().take(MAX_COLUMNS) {
            let (text, typed) = text_of(field);
            table.push(&text, typed);
        }
        if table.cells.len() == before {
            table.drop_row();
        }
    }
    reading.table = Some(table);
    Ok(reading)
}

/// A field as text, and whether it is a number.
fn text_of(field: &Field) -> (String, bool) {
    let day = |days: i64| Day::from_days(days).map(|it| it.to_string()).unwrap_or_default();
    match field {
        Field::Null => (String::new(), false),
        Field::Str(text) => (text.clone(), false),
        Field::Bytes(bytes) => (String::from_utf8_lossy(bytes.data()).into_owned(), false),
        Field::Float(it) => (it.to_string(), true),
        Field::Double(it) => (it.to_string(), true),
        Field::Bool(it) => (it.to_string(), false),
        Field::Date(days) => (day(i64::from(*days)), false),
        Field::TimestampMillis(it) => (day(it.div_euclid(DAY_MS)), false),
        Field::TimestampMicros(it) => (day(it.div_euclid(DAY_MS * 1000)), false),
        Field::ListInternal(list) => {
            let texts: Vec<String> = list.elements().iter().map(|it| text_of(it).0).collect();
            (texts.join("; "), false)
        }
        Field::Group(_) | Field::MapInternal(_) | Field::TimeMillis(_) | Field::TimeMicros(_) => {
            (field.to_string(), false)
        }
        number => (number.to_string(), true),
    }
}
