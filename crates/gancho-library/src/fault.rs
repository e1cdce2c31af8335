//! What was wrong with one row or one file, while everything else goes on.
//!
//! A fault is data: a place and a kind with plain fields. Its serde tag is the code under which the
//! message catalogues hold it (`library-fault-<code>`).

use serde::Serialize;

/// One fault: where, and what.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// The file, relative to the library's root where it lies inside, '/'-separated.
    pub file: String,
    /// Line of a text file, from 1 (real lines: quoted line breaks count); row of a sheet or of Parquet.
    pub line: Option<u64>,
    /// Character of that line, from 1; number of the column in a sheet or Parquet file.
    pub column: Option<u64>,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of a whole file.
    pub(crate) fn of_file(file: &str, kind: FaultKind) -> Self {
        Fault { file: file.to_owned(), line: None, column: None, kind }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        for place in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{place}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// The kinds of fault. `header` is the column's name as the file writes it.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum FaultKind {
    /// An input does not exist.
    #[error("there is no such file or folder; check the spelling")]
    NoSuchInput,
    /// A glob matches nothing.
    #[error("the pattern matches nothing; check the spelling and the folder")]
    NoMatch,
    /// A glob cannot be read.
    #[error("the pattern cannot be read: {detail}")]
    BadPattern {
        /// What the pattern reader says.
        detail: String,
    },
    /// A folder cannot be listed.
    #[error("the folder cannot be read ({detail}); its pictures are left out")]
    FolderUnreadable {
        /// What the system says.
        detail: String,
    },
    /// A symbolic link leads back to a folder above it.
    #[error("the link leads back to a folder above it and is not followed again")]
    LinkLoop,
    /// Folders are nested deeper than the limit.
    #[error("folders are nested more than {limit} deep; what lies below is left out")]
    FolderTooDeep {
        /// Deepest level that is read.
        limit: u64,
    },
    /// A file cannot be read.
    #[error("the file cannot be read: {detail}")]
    FileUnreadable {
        /// What the system says.
        detail: String,
    },
    /// A file is over its limit.
    #[error("the file has {bytes} bytes, the limit is {limit}; split it")]
    FileTooLarge {
        /// Size found.
        bytes: u64,
        /// Largest size that is read.
        limit: u64,
    },
    /// A table is empty.
    #[error("the file is empty")]
    EmptyFile,
    /// A table has a header and nothing else.
    #[error("the file has a header but no rows")]
    HeaderOnly,
    /// A table has more rows than the limit.
    #[error("the file has more than {limit} rows; the rest is left out, split it")]
    TooManyRows {
        /// Rows that were read.
        limit: u64,
    },
    /// JSON cannot be read from here on; what stood before is used.
    #[error("the JSON cannot be read from here on: {detail}")]
    BrokenJson {
        /// What the reader says.
        detail: String,
    },
    /// A text table cannot be read from here on.
    #[error("the table cannot be read from here on: {detail}")]
    BrokenTable {
        /// What the reader says.
        detail: String,
    },
    /// A workbook cannot be read.
    #[error("the workbook cannot be read ({detail}); open it and save it again as .xlsx")]
    BrokenWorkbook {
        /// What the reader says.
        detail: String,
    },
    /// A Parquet file cannot be read.
    #[error("the Parquet file cannot be read ({detail}); it was probably cut off while copying")]
    BrokenParquet {
        /// What the reader says.
        detail: String,
    },
    /// None of the columns that the file needs is there.
    #[error("there is no column for {wanted}; the columns are: {found}")]
    MissingColumns {
        /// Names of the columns that would do.
        wanted: String,
        /// Headers found.
        found: String,
    },
    /// Two columns have the same header; the first is used.
    #[error("the column `{header}` appears twice; only the first is used")]
    RepeatedColumn {
        /// The header.
        header: String,
    },
    /// Two columns mean the same thing; one is used, the other kept as an unknown column.
    #[error("`{used}` and `{other}` both mean {field}; `{used}` is used")]
    CompetingColumns {
        /// Canonical name of the field.
        field: String,
        /// Header in use.
        used: String,
        /// Header set aside.
        other: String,
    },
    /// Every marked number of a column can be read in two ways.
    #[error(
        "is `{example}` in column `{header}` a number with decimals or one with thousands? \
         Nothing in the column tells, so it is left out; say which decimal mark the file uses"
    )]
    AmbiguousNumbers {
        /// The column.
        header: String,
        /// A cell that can be read in two ways.
        example: String,
    },
    /// A column mixes decimal commas and decimal points.
    #[error(
        "column `{header}` mixes decimal marks (`{example}` and `{other}`), so it is left out; \
         write all numbers in one way"
    )]
    MixedNumbers {
        /// The column.
        header: String,
        /// A cell with one mark.
        example: String,
        /// A cell with the other.
        other: String,
    },
    /// Money in several currencies.
    #[error("money is in {currencies}; it is left out, since two currencies are no sum")]
    MixedCurrency {
        /// The codes.
        currencies: String,
    },
    /// No date of the file tells whether the day or the month comes first.
    #[error(
        "is `{example}` in column `{header}` day/month or month/day? Nothing in the file tells, \
         so these dates are left out; say which comes first, or write 2026-03-01"
    )]
    AmbiguousDates {
        /// The column.
        header: String,
        /// A date that can be read in two ways.
        example: String,
    },
    /// Some dates have the day first, others the month.
    #[error(
        "the dates mix day/month and month/day (`{example}` and `{other}`), so those are left out; \
         write 2026-03-01"
    )]
    MixedDates {
        /// A date with one order.
        example: String,
        /// A date with the other.
        other: String,
    },
    /// The header is repeated among the rows.
    #[error("this row repeats the header and is left out")]
    RepeatedHeader,
    /// A row has more or fewer cells than the header.
    #[error("this row has {found} cells, the header has {expected}; the row is left out")]
    RaggedRow {
        /// Cells of the header.
        expected: u64,
        /// Cells of the row.
        found: u64,
    },
    /// A quoted cell is never closed, so that it swallows the rest of the file.
    #[error("a quotation mark opens here and is never closed; what follows is left out")]
    UnclosedQuote,
    /// A cell is not valid UTF-8 in a file that otherwise is.
    #[error("the cell in column `{header}` is not valid UTF-8 and is left out; save the file as UTF-8")]
    InvalidUtf8 {
        /// The column.
        header: String,
    },
    /// A cell is longer than the limit.
    #[error("the cell in column `{header}` has {bytes} bytes, the limit is {limit}; it is left out")]
    CellTooLong {
        /// The column.
        header: String,
        /// Its size.
        bytes: u64,
        /// Largest size that is read.
        limit: u64,
    },
    /// The picture that a row names is not there.
    #[error("the picture `{path}` is not there; paths count from the folder of this file")]
    PictureMissing {
        /// Path as written.
        path: String,
    },
    /// What a row names as its picture is a folder or a device.
    #[error("`{path}` is not a file")]
    PictureNotAFile {
        /// Path as written.
        path: String,
    },
    /// A path leads out of the library.
    #[error("`{path}` leads out of the library and was not opened; allow it with --allow-outside")]
    PathOutside {
        /// Path as written.
        path: String,
    },
    /// A picture on the web is not fetched.
    #[error("`{url}` is on the web and gancho works offline; save the picture beside the file and name it")]
    PictureOnTheWeb {
        /// Address as written.
        url: String,
    },
    /// A picture has an address that gancho does not know.
    #[error("`{url}` begins with `{scheme}:`, which gancho cannot open; name a file")]
    UnknownScheme {
        /// Address as written, cut after 200 characters.
        url: String,
        /// What stands before the colon.
        scheme: String,
    },
    /// A row has neither picture nor copy.
    #[error("this row has neither a picture nor any copy and is left out")]
    NoPictureNoCopy,
    /// An id is given twice; the first is kept.
    #[error("the id `{id}` was already given in {first_file}, line {first_line}; the first is kept")]
    DuplicateId {
        /// The id.
        id: String,
        /// File of the first one.
        first_file: String,
        /// Line of the first one; 0 for a loose picture.
        first_line: u64,
    },
    /// A count is negative.
    #[error("`{value}` in column `{header}`: a count cannot be negative; it is left out")]
    NegativeCount {
        /// The column.
        header: String,
        /// The cell.
        value: String,
    },
    /// Spend or conversions are negative.
    #[error("`{value}` in column `{header}`: the amount cannot be negative; it is left out")]
    NegativeAmount {
        /// The column.
        header: String,
        /// The cell.
        value: String,
    },
    /// A cell should be a number and is not.
    #[error("`{value}` in column `{header}` is not a number; it is left out")]
    BadNumber {
        /// The column.
        header: String,
        /// The cell.
        value: String,
    },
    /// A cell should be a date and is not.
    #[error("`{value}` in column `{header}` is not a date; write 2026-03-01")]
    BadDate {
        /// The column.
        header: String,
        /// The cell.
        value: String,
    },
    /// More clicks than impressions: the columns are swapped, or one is wrong.
    #[error(
        "{clicks} clicks, but only {impressions} impressions; both are left out. Are the columns swapped?"
    )]
    ClicksExceedImpressions {
        /// Clicks of the row.
        clicks: u64,
        /// Impressions of the row.
        impressions: u64,
    },
    /// A row of figures or comments names no creative.
    #[error("this row names no creative and is left out")]
    NoCreativeNamed,
    /// A comment has no words.
    #[error("this comment has no text and is left out")]
    EmptyComment,
}

impl FaultKind {
    /// Whether the whole file could not be used, not just a row or a column of it.
    pub(crate) fn is_of_whole_file(&self) -> bool {
        use FaultKind::*;
        matches!(
            self,
            FileUnreadable { .. }
                | FileTooLarge { .. }
                | EmptyFile
                | HeaderOnly
                | BrokenJson { .. }
                | BrokenTable { .. }
                | BrokenWorkbook { .. }
                | BrokenParquet { .. }
                | MissingColumns { .. }
        )
    }
}

/// Codes of all [`FaultKind`]s, for checking the message catalogues (area `library-fault`).
pub const FAULT_CODES: &[&str] = &[
    "no-such-input",
    "no-match",
    "bad-pattern",
    "folder-unreadable",
    "link-loop",
    "folder-too-deep",
    "file-unreadable",
    "file-too-large",
    "empty-file",
    "header-only",
    "too-many-rows",
    "broken-json",
    "broken-table",
    "broken-workbook",
    "broken-parquet",
    "missing-columns",
    "repeated-column",
    "competing-columns",
    "ambiguous-numbers",
    "mixed-numbers",
    "mixed-currency",
    "ambiguous-dates",
    "mixed-dates",
    "repeated-header",
    "ragged-row",
    "unclosed-quote",
    "invalid-utf8",
    "cell-too-long",
    "picture-missing",
    "picture-not-a-file",
    "path-outside",
    "picture-on-the-web",
    "unknown-scheme",
    "no-picture-no-copy",
    "duplicate-id",
    "negative-count",
    "negative-amount",
    "bad-number",
    "bad-date",
    "clicks-exceed-impressions",
    "no-creative-named",
    "empty-comment",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn one_of_each() -> Vec<FaultKind> {
        use FaultKind::*;
        let s = || "x".to_owned();
        vec![
            NoSuchInput,
            NoMatch,
            BadPattern { detail: s() },
            FolderUnreadable { detail: s() },
            LinkLoop,
            FolderTooDeep { limit: 1 },
            FileUnreadable { detail: s() },
            FileTooLarge { bytes: 2, limit: 1 },
            EmptyFile,
            HeaderOnly,
            TooManyRows { limit: 1 },
            BrokenJson { detail: s() },
            BrokenTable { detail: s() },
            BrokenWorkbook { detail: s() },
            BrokenParquet { detail: s() },
            MissingColumns { wanted: s(), found: s() },
            RepeatedColumn { header: s() },
            CompetingColumns { field: s(), used: s(), other: s() },
            AmbiguousNumbers { header: s(), example: s() },
            MixedNumbers { header: s(), example: s(), other: s() },
            MixedCurrency { currencies: s() },
            AmbiguousDates { header: s(), example: s() },
            MixedDates { example: s(), other: s() },
            RepeatedHeader,
            RaggedRow { expected: 1, found: 2 },
            UnclosedQuote,
            InvalidUtf8 { header: s() },
            CellTooLong { header: s(), bytes: 2, limit: 1 },
            PictureMissing { path: s() },
            PictureNotAFile { path: s() },
            PathOutside { path: s() },
            PictureOnTheWeb { url: s() },
            UnknownScheme { url: s(), scheme: s() },
            NoPictureNoCopy,
            DuplicateId { id: s(), first_file: s(), first_line: 1 },
            NegativeCount { header: s(), value: s() },
            NegativeAmount { header: s(), value: s() },
            BadNumber { header: s(), value: s() },
            BadDate { header: s(), value: s() },
            ClicksExceedImpressions { clicks: 2, impressions: 1 },
            NoCreativeNamed,
            EmptyComment,
        ]
    }

    #[test]
    fn codes_are_the_serde_tags_in_order() {
        let tags: Vec<String> = one_of_each()
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, FAULT_CODES);
        // A new variant must be added to both lists: the names of the source are counted.
        let source = include_str!("fault.rs");
        let variants = source.split("pub enum FaultKind").nth(1).unwrap().split("\n}\n").next().unwrap();
        assert_eq!(variants.matches("#[error(").count(), FAULT_CODES.len());
    }

    #[test]
    fn a_fault_serializes_flat_with_its_place() {
        let fault = Fault {
            file: "march.csv".into(),
            line: Some(218),
            column: Some(20),
            kind: FaultKind::ClicksExceedImpressions { clicks: 4120, impressions: 1290 },
        };
        assert_eq!(
            serde_json::to_string(&fault).unwrap(),
            r#"{"file":"march.csv","line":218,"column":20,"code":"clicks-exceed-impressions","clicks":4120,"impressions":1290}"#
        );
        assert!(fault.to_string().starts_with("march.csv:218:20: 4120 clicks, but only 1290"));
    }

    #[test]
    fn no_sentence_ends_with_a_period() {
        for kind in one_of_each() {
            assert!(!kind.to_string().ends_with('.'), "{kind}");
        }
    }
}
