//! Why no row of a file could be used, with the question to answer where there is one.

use serde::Serialize;

/// Why an export could not be imported. Catalogue area: `import`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ExportError {
    /// The file cannot be read.
    #[error("`{file}` cannot be read: {detail}")]
    FileUnreadable {
        /// The file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The file is over the limit, packed or unpacked.
    #[error("`{file}` has {bytes} bytes or more, the limit is {limit}; export fewer days at a time")]
    FileTooLarge {
        /// The file.
        file: String,
        /// Size found.
        bytes: u64,
        /// Largest size that is read.
        limit: u64,
    },
    /// The file has more rows than the limit.
    #[error("`{file}` has more than {limit} records; export fewer days at a time")]
    TooManyRows {
        /// The file.
        file: String,
        /// Most records that are read.
        limit: u64,
    },
    /// The file is empty.
    #[error("`{file}` is empty")]
    EmptyFile {
        /// The file.
        file: String,
    },
    /// The file is packed and cannot be unpacked.
    #[error("`{file}` cannot be unpacked ({detail}); it was probably cut off while copying")]
    BrokenGzip {
        /// The file.
        file: String,
        /// What the reader says.
        detail: String,
    },
    /// The file is damaged, or not what its name says.
    #[error("`{file}` cannot be read as {format} ({detail}); export it again")]
    Broken {
        /// The file.
        file: String,
        /// `CSV`, `XLSX`, `Parquet` or `JSON`.
        format: String,
        /// What the reader says.
        detail: String,
    },
    /// No record is a header with names of figures.
    #[error(
        "`{file}` has no header with known names in its first {looked_at} records (found: {found}); \
         name the columns in a mapping file"
    )]
    NoHeader {
        /// The file.
        file: String,
        /// Records that were looked at.
        looked_at: u64,
        /// The first record with text.
        found: String,
    },
    /// There is a header and nothing below it.
    #[error("`{file}` has a header in record {record} but no rows")]
    HeaderOnly {
        /// The file.
        file: String,
        /// Record of the header.
        record: u64,
    },
    /// Every record below the header is a total, blank or broken.
    #[error("none of the {records} records of `{file}` is a row of data")]
    NoRows {
        /// The file.
        file: String,
        /// Records of the file.
        records: u64,
    },
    /// The numbers of a file are written in two ways.
    #[error(
        "`{file}` mixes decimal marks: `{example}` in record {record} and `{other}` in record {other_record}. \
         Which one is right? Say decimal = \"point\" or decimal = \"comma\" in a mapping file, or correct the file"
    )]
    MixedNumbers {
        /// The file.
        file: String,
        /// Column of the first cell.
        header: String,
        /// A cell with a decimal comma.
        example: String,
        /// Its record.
        record: u64,
        /// A cell with a decimal point.
        other: String,
        /// Its record.
        other_record: u64,
    },
    /// Every marked number can be read in two ways.
    #[error(
        "is `{example}` in column `{header}`, record {record} of `{file}`, a number with decimals or with thousands? \
         Nothing in the file tells; say decimal = \"point\" or decimal = \"comma\" in a mapping file"
    )]
    AmbiguousNumbers {
        /// The file.
        file: String,
        /// The column.
        header: String,
        /// Record of the example.
        record: u64,
        /// A cell that can be read in two ways.
        example: String,
    },
    /// Some dates have the day first, others the month.
    #[error(
        "`{file}` mixes day/month and month/day: `{example}` in record {record} and `{other}` in record {other_record}; \
         say dates = \"day-month\" or dates = \"month-day\" in a mapping file, or correct the file"
    )]
    MixedDates {
        /// The file.
        file: String,
        /// A date with the day first.
        example: String,
        /// Its record.
        record: u64,
        /// A date with the month first.
        other: String,
        /// Its record.
        other_record: u64,
    },
    /// No date tells whether the day or the month comes first.
    #[error(
        "is `{example}` in column `{header}`, record {record} of `{file}`, day/month or month/day? Nothing in the file \
         tells; say dates = \"day-month\" or dates = \"month-day\" in a mapping file"
    )]
    AmbiguousDates {
        /// The file.
        file: String,
        /// The column.
        header: String,
        /// Record of the example.
        record: u64,
        /// A date that can be read in two ways.
        example: String,
    },
    /// The mapping names a column that the file does not have.
    #[error("the mapping says {field} = \"{header}\", but `{file}` has no such column; it has: {found}")]
    MappedColumnMissing {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// Header of the mapping.
        header: String,
        /// Headers of the file.
        found: String,
    },
    /// The mapping wants the period of the file's name, which has none.
    #[error(
        "the mapping says period = \"file-name\", but the name of `{file}` does not hold two dates such as 2025-10-01 to 2025-10-31"
    )]
    NoPeriodInFileName {
        /// The file.
        file: String,
    },
    /// The mapping file cannot be read.
    #[error("the mapping file `{file}` cannot be read: {detail}")]
    MappingUnreadable {
        /// The mapping file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The mapping file is not TOML, or a value is of the wrong kind.
    #[error("{file}:{line}:{column}: {detail}")]
    MappingInvalid {
        /// The mapping file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Character of the line, from 1.
        column: u64,
        /// What the reader says.
        detail: String,
    },
    /// The mapping file has a key that gancho does not know.
    #[error("{file}:{line}:{column}: there is no key `{key}`; did you mean `{nearest}`?")]
    MappingUnknownKey {
        /// The mapping file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Character of the line, from 1.
        column: u64,
        /// The key.
        key: String,
        /// The known key that is nearest to it.
        nearest: String,
    },
}

/// Codes of all [`ExportError`]s (area `import`).
pub const EXPORT_ERROR_CODES: &[&str] = &[
    "file-unreadable",
    "file-too-large",
    "too-many-rows",
    "empty-file",
    "broken-gzip",
    "broken",
    "no-header",
    "header-only",
    "no-rows",
    "mixed-numbers",
    "ambiguous-numbers",
    "mixed-dates",
    "ambiguous-dates",
    "mapped-column-missing",
    "no-period-in-file-name",
    "mapping-unreadable",
    "mapping-invalid",
    "mapping-unknown-key",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serde_tags() {
        use ExportError::*;
        let s = || "x".to_owned();
        let (line, column, record, other_record) = (1, 1, 1, 2);
        let all = [
            FileUnreadable { file: s(), detail: s() },
            FileTooLarge { file: s(), bytes: 2, limit: 1 },
            TooManyRows { file: s(), limit: 1 },
            EmptyFile { file: s() },
            BrokenGzip { file: s(), detail: s() },
            Broken { file: s(), format: s(), detail: s() },
            NoHeader { file: s(), looked_at: 20, found: s() },
            HeaderOnly { file: s(), record },
            NoRows { file: s(), records: 3 },
            MixedNumbers { file: s(), header: s(), example: s(), record, other: s(), other_record },
            AmbiguousNumbers { file: s(), header: s(), record, example: s() },
            MixedDates { file: s(), example: s(), record, other: s(), other_record },
            AmbiguousDates { file: s(), header: s(), record, example: s() },
            MappedColumnMissing { file: s(), field: s(), header: s(), found: s() },
            NoPeriodInFileName { file: s() },
            MappingUnreadable { file: s(), detail: s() },
            MappingInvalid { file: s(), line, column, detail: s() },
            MappingUnknownKey { file: s(), line, column, key: s(), nearest: s() },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, EXPORT_ERROR_CODES);
        let variants = include_str!("error.rs").split("\n}\n").next().unwrap().to_owned();
        assert_eq!(variants.matches("#[error(").count(), EXPORT_ERROR_CODES.len());
    }
}
