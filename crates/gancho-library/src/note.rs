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
    /// A column was read with decimal commas.
    #[error("numbers in column `{header}` were read with a decimal comma")]
    DecimalComma {
        /// The column.
        header: String,
    },
}

/// Codes of all [`NoteKind`]s (area `library-note`).
pub const NOTE_CODES: &[&str] = &["read-as", "separator", "decimal-comma"];

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
            NoteKind::DecimalComma { header: s() },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, NOTE_CODES);
    }
}
