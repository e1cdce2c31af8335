//! Performance exports of ad platforms, read by the rules of their formats.
//!
//! [`import`] turns one file into [`PerformanceRow`]s, the records that are no data ([`SkippedRecord`]),
//! and what a reader must be told ([`ImportWarning`]); or it refuses the file with the question to answer
//! ([`ExportError`]), and a [`Mapping`] answers. Nothing is guessed and nothing is lost: rows, skipped
//! records and the header are all records of the file.
//!
//! The way of a file: `reading` unpacks it and finds its records, `header` the header among them,
//! `below` what is no data at sight, `platform` who wrote it, `layout` what each column gives,
//! `number_style` and `date_style` how cells are written, `rows` reads the rows, `totals` and `duplicates`
//! tell which of them are none, `rates` checks the figures by their ratios, `hazards` looks for texts that
//! are more than text. What headers mean stands in `headers.txt`; `sheet` puts it all together.
//!
//! Money and results never pass through a float ([`Decimal`](crate::Decimal)); counts are whole numbers;
//! unknown is `None`, never zero.

mod actions;
mod below;
mod date_style;
mod duplicates;
mod error;
mod format;
mod hazards;
mod header;
mod headers;
mod labels;
mod layout;
mod mapping;
mod number_style;
mod platform;
mod preamble;
mod rates;
mod reading;
mod row;
mod rows;
mod sheet;
mod skip;
mod totals;
mod warning;

use std::path::Path;

pub use error::{EXPORT_ERROR_CODES, ExportError};
pub use format::{FileKind, Format};
pub use mapping::{Mapping, Period};
pub use row::{Field, PerformanceRow};
pub use skip::{SKIP_CODES, SkipReason, SkippedRecord};
pub use warning::{ImportWarning, WARNING_CODES};

pub(crate) use sheet::{Read, Sheet};

/// How a file is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Largest file that is read, packed and unpacked, in bytes.
    pub max_bytes: u64,
    /// Most records that are read.
    pub max_rows: u64,
    /// Whether columns that are neither known nor mapped are kept in [`PerformanceRow::extra`].
    pub extra: bool,
}

impl Default for Options {
    /// 512 MiB, a million records, unknown columns kept.
    fn default() -> Self {
        Options { max_bytes: 512 << 20, max_rows: 1_000_000, extra: true }
    }
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The rows, in the order of the file.
    pub rows: Vec<PerformanceRow>,
    /// Records that are no rows, in the order of the file.
    pub skipped: Vec<SkippedRecord>,
    /// What a reader must be told.
    pub warnings: Vec<ImportWarning>,
    /// How the file was written.
    pub format: Format,
}

/// Imports one file.
///
/// # Errors
/// When no row can be used, or nothing tells how numbers or dates are to be read; see [`ExportError`].
pub fn import(path: &Path, mapping: &Mapping, options: &Options) -> Result<Imported, ExportError> {
    let file = file_name(path);
    let records = reading::read(path, &file, mapping, options)?;
    Sheet::of(records, &file, mapping)?.into_imported(options)
}

/// Imports a file that is in memory; its name tells between kinds of text, and is named in errors.
///
/// # Errors
/// As [`import`].
pub fn import_bytes(
    bytes: Vec<u8>,
    name: &str,
    mapping: &Mapping,
    options: &Options,
) -> Result<Imported, ExportError> {
    let records = reading::of_bytes(bytes, name, &name.to_lowercase(), mapping, options)?;
    Sheet::of(records, name, mapping)?.into_imported(options)
}

/// Whether a header is known, whatever it is good for.
pub(crate) fn is_known(header: &str) -> bool {
    headers::known(header, None).is_some()
}

fn file_name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
