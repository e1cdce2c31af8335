//! What was recognized and is worth saying, though nothing is wrong.

use serde::Serialize;

/// One note about one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Note {
    /// The file, relative to the library's root where it lies inside, '/'-separated.
    pub file: String,
    /// What was recognized.
    #[serde(flatten)]
    pub kind: NoteKind,
}

/// The kinds of note. Their catalogue area is `library-note`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum NoteKind {
    /// The file is not UTF-8.
    #[error("read as {encoding}")]
    ReadAs {
        /// Name of the encoding.
        encoding: String,
    },
    /// A `.csv` file is separated by something else than commas.
    #[error("cells are separated by {separator}")]
    Separator {
        /// `semicolon`, `tab` or `bar`.
        separator: String,
    },
    /// Records of a performance file that are no data.
    #[error("{records} records are titles, totals or repetitions and were left out")]
    RecordsLeftOut {
        /// How many.
        records: u64,
    },
    /// A total of a performance file and its rows disagree.
    #[error(
        "the total in record {record} says {total} for {field}, the rows add up to {sum}; was the export filtered?"
    )]
    TotalsDiffer {
        /// Record of the total.
        record: u64,
        /// The field.
        field: String,
        /// What the total says.
        total: String,
        /// Sum of the rows.
        sum: String,
    },
    /// A column was read with decimal commas.
    #[error("numbers in column `{header}` were read with a decimal comma")]
    DecimalComma {
        /// The column.
        header: String,
    },
}

/// Codes of all [`NoteKind`]s (area `library-note`).
pub const NOTE_CODES: &[&str] =
    &["read-as", "separator", "records-left-out", "totals-differ", "decimal-comma"];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serde_tags() {
        let s = || "x".to_owned();
        let all = [
            NoteKind::ReadAs { encoding: s() },
            NoteKind::Separator { separator: s() },
            NoteKind::RecordsLeftOut { records: 1 },
            NoteKind::TotalsDiffer { record: 1, field: s(), total: s(), sum: s() },
            NoteKind::DecimalComma { header: s() },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, NOTE_CODES);
    }
}
