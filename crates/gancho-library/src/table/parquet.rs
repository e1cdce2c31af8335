//! Parquet, through its row interface: flat columns, lists as text.

use bytes::Bytes;
use parquet::basic::{LogicalType, TimeUnit};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;
use serde_json::Value;

use super::{Limits, MAX_COLUMNS, Places, Reading, Shape, Table};
use crate::dates::Day;
use crate::fault::{Fault, FaultKind};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Largest sum of the unpacked sizes of a file.
const MAX_UNPACKED: i64 = 4 << 30;

/// Reads all rows; a row's "line" is its number, from 1. Lists become `a; b`, or JSON where records
/// are kept as they stand.
pub(crate) fn read(bytes: Vec<u8>, file: &str, limits: Limits, shape: Shape) -> Result<Reading, String> {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(|it| it.to_string())?;
    let sizes = reader.metadata().row_groups().iter().map(|it| it.total_byte_size().max(0));
    if sizes.fold(0, i64::saturating_add) > MAX_UNPACKED {
        return Err("it unpacks to more than 4 GiB".into());
    }
    let mut reading = Reading::default();
    let mut table = Table::new(file, Places::Grid);
    let schema = reader.metadata().file_metadata().schema();
    let fields = || schema.get_fields().iter().take(MAX_COLUMNS);
    table.columns = fields().map(|it| it.name().trim().to_owned()).collect();
    let nanoseconds: Vec<bool> = fields().map(|it| is_in_nanoseconds(it)).collect();
    let rows = reader.get_row_iter(None).map_err(|it| it.to_string())?;
    for (index, row) in rows.enumerate() {
        if index as u64 >= limits.rows {
            let kind = FaultKind::TooManyRows { limit: limits.rows };
            reading.faults.push(Fault::of_file(file, kind));
            break;
        }
        let row = row.map_err(|it| it.to_string())?;
        table.begin_row(index as u64 + 1, 0);
        let before = table.cells.len();
        for (column, (_, field)) in row.get_column_iter().take(MAX_COLUMNS).enumerate() {
            let (text, typed) = match field {
                Field::Long(it) if nanoseconds[column] => (day(it.div_euclid(DAY_MS * 1_000_000)), false),
                Field::ListInternal(_) | Field::Group(_) | Field::MapInternal(_)
                    if shape == Shape::Records =>
                {
                    (json_of(field).to_string(), false)
                }
                field => text_of(field),
            };
            match shape {
                Shape::Headed => table.push(&text, typed),
                Shape::Records => table.push_as_written(&text, typed),
            }
        }
        if shape == Shape::Headed && table.cells.len() == before {
            table.drop_row();
        }
    }
    reading.table = Some(table);
    Ok(reading)
}

/// Whether a column holds moments in nanoseconds, which the row interface gives as plain numbers.
fn is_in_nanoseconds(field: &Type) -> bool {
    let logical = field.get_basic_info().logical_type_ref();
    matches!(logical, Some(LogicalType::Timestamp(it)) if it.unit == TimeUnit::NANOS)
}

/// The day that lies this many days after 1970-01-01; empty where no calendar has it.
fn day(days: i64) -> String {
    Day::from_days(days).map(|it| it.to_string()).unwrap_or_default()
}

/// A nested field as JSON: lists of records, as the insights of ad platforms return them.
fn json_of(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::ListInternal(list) => list.elements().iter().map(json_of).collect(),
        Field::Group(group) => {
            Value::Object(group.get_column_iter().map(|(name, it)| (name.clone(), json_of(it))).collect())
        }
        Field::MapInternal(map) => map
            .entries()
            .iter()
            .map(|(key, value)| serde_json::json!({ "action_type": text_of(key).0, "value": text_of(value).0 }))
            .collect(),
        other => Value::String(text_of(other).0),
    }
}

/// A field as text, and whether it is a number.
fn text_of(field: &Field) -> (String, bool) {
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
