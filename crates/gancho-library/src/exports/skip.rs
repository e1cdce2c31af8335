//! Records that are not data, and why.

use serde::Serialize;

/// A record that gave no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkippedRecord {
    /// Record of the file, from 1; in a workbook, the row of the sheet.
    pub record: u64,
    /// Why it gave no row.
    #[serde(flatten)]
    pub reason: SkipReason,
}

/// Why a record gives no row. Catalogue area: `import-skip`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum SkipReason {
    /// It stands above the header: title, dates, account.
    #[error("it stands above the header")]
    Preamble,
    /// It has no text.
    #[error("it is blank")]
    Blank,
    /// It is the sum of the others.
    #[error("it is a total{}", .label.as_ref().map_or_else(String::new, |it| format!(" (`{it}`)")))]
    Total {
        /// The cell that says so; none where the empty names are the evidence.
        label: Option<String>,
    },
    /// It is the sum of some of the others.
    #[error("it is a subtotal (`{label}`)")]
    Subtotal {
        /// What it sums up.
        label: String,
    },
    /// It is the mean of the others.
    #[error("it is an average (`{label}`)")]
    Average {
        /// The cell that says so.
        label: String,
    },
    /// It has a single figure and no name: somebody's own sum beside the report.
    #[error("it is a stray cell without any name")]
    Stray,
    /// It is a line of text below the table.
    #[error("it is a line of text, not a row of the table")]
    Footnote,
    /// It repeats another record cell by cell.
    #[error("it is an exact duplicate of record {of}")]
    Duplicate {
        /// The record that is kept.
        of: u64,
    },
    /// It repeats the header.
    #[error("it repeats the header")]
    RepeatedHeader,
    /// It belongs to another table that follows, which states the same money again.
    #[error("it belongs to another table of the file")]
    OtherTable,
    /// It has more cells than the header, so nobody knows which is which.
    #[error("it has {found} cells, the header has {expected}")]
    TooManyCells {
        /// Cells of the header.
        expected: u64,
        /// Cells of the record.
        found: u64,
    },
    /// A quotation mark opens in it and is never closed.
    #[error("a quotation mark opens in it and is never closed; what follows is lost")]
    UnclosedQuote,
    /// It cannot be read.
    #[error("it cannot be read: {detail}")]
    Broken {
        /// What the reader says.
        detail: String,
    },
}

/// Codes of all [`SkipReason`]s (area `import-skip`).
pub const SKIP_CODES: &[&str] = &[
    "preamble",
    "blank",
    "total",
    "subtotal",
    "average",
    "stray",
    "footnote",
    "duplicate",
    "repeated-header",
    "other-table",
    "too-many-cells",
    "unclosed-quote",
    "broken",
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serde_tags() {
        use SkipReason::*;
        let s = || "x".to_owned();
        let all = [
            Preamble,
            Blank,
            Total { label: Some(s()) },
            Subtotal { label: s() },
            Average { label: s() },
            Stray,
            Footnote,
            Duplicate { of: 1 },
            RepeatedHeader,
            OtherTable,
            TooManyCells { expected: 1, found: 2 },
            UnclosedQuote,
            Broken { detail: s() },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["reason"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, SKIP_CODES);
        let variants = include_str!("skip.rs").split("pub enum SkipReason").nth(1).unwrap();
        assert_eq!(variants.split("\n}\n").next().unwrap().matches("#[error(").count(), SKIP_CODES.len());
    }
}
