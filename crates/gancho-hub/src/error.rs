//! Why weights are not handed out.

use serde::Serialize;

/// Why weights could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum WeightsError {
    /// No model has this name.
    #[error("there is no model `{id}` in {place}; the nearest name is `{nearest}`")]
    UnknownModel {
        /// The name that was asked for.
        id: String,
        /// The nearest known name; empty when the manifest lists no model.
        nearest: String,
        /// The manifest it was looked for in.
        place: String,
    },
    /// The manifest lists a file that is not there.
    #[error("model `{id}`: `{file}` is missing from {place}; put the file back or take the shipped weights")]
    MissingFile {
        /// The model.
        id: String,
        /// The file, as the manifest names it.
        file: String,
        /// The folder it should be in.
        place: String,
    },
    /// A file could not be read.
    #[error("`{file}` could not be read: {detail}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        detail: String,
    },
    /// A file has another size than the manifest says.
    #[error(
        "model `{id}`: `{file}` has {found} bytes, the manifest says {expected}; it is damaged or of another version, and nothing was loaded"
    )]
    WrongSize {
        /// The model.
        id: String,
        /// The file.
        file: String,
        /// Bytes that the manifest says.
        expected: u64,
        /// Bytes that the file has.
        found: u64,
    },
    /// A file has another SHA-256 than the manifest says.
    #[error(
        "model `{id}`: `{file}` has SHA-256 {found}, the manifest says {expected}; it is damaged or of another version, and nothing was loaded"
    )]
    WrongHash {
        /// The model.
        id: String,
        /// The file.
        file: String,
        /// The manifest's hash, in hexadecimal.
        expected: String,
        /// The file's hash, in hexadecimal.
        found: String,
    },
    /// The manifest cannot be understood.
    #[error("{file}:{line}: {detail}")]
    BadManifest {
        /// The manifest.
        file: String,
        /// Line, counted from 1.
        line: u64,
        /// What is wrong with it.
        detail: String,
    },
}

impl WeightsError {
    /// Every code this type serializes with.
    pub const CODES: &[&str] =
        &["unknown-model", "missing-file", "unreadable", "wrong-size", "wrong-hash", "bad-manifest"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let text = || String::from("x");
        let one_of_each = [
            WeightsError::UnknownModel { id: text(), nearest: text(), place: text() },
            WeightsError::MissingFile { id: text(), file: text(), place: text() },
            WeightsError::Unreadable { file: text(), detail: text() },
            WeightsError::WrongSize { id: text(), file: text(), expected: 1, found: 2 },
            WeightsError::WrongHash { id: text(), file: text(), expected: text(), found: text() },
            WeightsError::BadManifest { file: text(), line: 1, detail: text() },
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes, WeightsError::CODES);
    }
}
