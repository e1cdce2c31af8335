//! How an export was written, as far as it was found out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::row::Field;
use crate::dates::DateOrder;
use crate::numbers::DecimalMark;

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Separated text.
    Separated,
    /// A workbook.
    Xlsx,
    /// Parquet.
    Parquet,
    /// A JSON document.
    Json,
    /// One JSON object a line.
    JsonLines,
}

impl FileKind {
    /// Whether the format itself names the columns, so that no record is the header.
    pub(crate) fn names_its_columns(self) -> bool {
        matches!(self, FileKind::Parquet | FileKind::Json | FileKind::JsonLines)
    }

    /// The kind's name, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            FileKind::Separated => "CSV",
            FileKind::Xlsx => "XLSX",
            FileKind::Parquet => "Parquet",
            FileKind::Json | FileKind::JsonLines => "JSON",
        }
    }
}

/// How an export was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Format {
    /// The kind of file.
    pub kind: FileKind,
    /// Whether it was packed.
    pub gzip: bool,
    /// Encoding, where it is not UTF-8.
    pub encoding: Option<String>,
    /// What separates the cells.
    pub separator: Option<char>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// Record of the header, from 1; none where the format names its columns.
    pub header: Option<u64>,
    /// How many records the file has, header and blank ones included.
    pub records: u64,
    /// The platform.
    pub platform: Option<String>,
    /// How numbers are written; none where no cell has a mark.
    pub decimal: Option<DecimalMark>,
    /// How dates are written; none where no cell needs it.
    pub dates: Option<DateOrder>,
    /// First and last day of the report, where it says so above the header.
    pub period: Option<(String, String)>,
    /// Which header gave which field.
    pub columns: BTreeMap<Field, String>,
    /// Headers that gave none.
    pub extra: Vec<String>,
}

impl Format {
    pub(crate) fn new(kind: FileKind) -> Format {
        Format {
            kind,
            gzip: false,
            encoding: None,
            separator: None,
            sheet: None,
            header: None,
            records: 0,
            platform: None,
            decimal: None,
            dates: None,
            period: None,
            columns: BTreeMap::new(),
            extra: Vec::new(),
        }
    }
}
