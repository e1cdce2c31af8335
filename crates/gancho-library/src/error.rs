//! Why nothing at all could be used. Whatever leaves something to work with is a [`Fault`] instead.

use serde::Serialize;

use crate::fault::Fault;

/// Why a library could not be opened. Catalogue area: `library`.
///
/// The faults that led there are kept in the variants that have any (left out when serialized), so
/// that a caller can still print each one.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum LibraryError {
    /// Nothing was named.
    #[error("name at least one picture, folder or manifest")]
    NoInput,
    /// The input does not exist.
    #[error("there is no file or folder `{path}`; check the spelling")]
    NoSuchInput {
        /// Input as typed.
        path: String,
        /// Everything that was wrong.
        #[serde(skip)]
        faults: Vec<Fault>,
    },
    /// The only manifest cannot be used.
    #[error("the manifest `{file}` cannot be used: {detail}")]
    ManifestUnusable {
        /// The manifest.
        file: String,
        /// Code of the first fault (`library-fault` area).
        reason: String,
        /// Its English sentence.
        detail: String,
        /// Everything that was wrong.
        #[serde(skip)]
        faults: Vec<Fault>,
    },
    /// The manifest was read, but each of its rows has a fault.
    #[error("none of the rows of `{file}` can be used; {count} faults, the first: {detail}")]
    NoUsableRow {
        /// The manifest.
        file: String,
        /// How many faults there are.
        count: u64,
        /// The first one's English sentence.
        detail: String,
        /// Everything that was wrong.
        #[serde(skip)]
        faults: Vec<Fault>,
    },
    /// There is neither a picture nor a manifest.
    #[error("there is no picture and no manifest in {inputs}")]
    Empty {
        /// Inputs as typed.
        inputs: String,
        /// Everything that was wrong.
        #[serde(skip)]
        faults: Vec<Fault>,
    },
    /// The settings file cannot be read.
    #[error("`{file}` cannot be read: {detail}")]
    ConfigUnreadable {
        /// The settings file.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The settings file is not TOML, or a value is of the wrong kind.
    #[error("{file}:{line}:{column}: {detail}")]
    ConfigInvalid {
        /// The settings file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Character of the line, from 1.
        column: u64,
        /// What the reader says.
        detail: String,
    },
    /// The settings file has a key that gancho does not know.
    #[error("{file}:{line}:{column}: there is no setting `{key}`; did you mean `{nearest}`?")]
    ConfigUnknownKey {
        /// The settings file.
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

/// Codes of all [`LibraryError`]s, for checking the message catalogues (area `library`).
pub const ERROR_CODES: &[&str] = &[
    "no-input",
    "no-such-input",
    "manifest-unusable",
    "no-usable-row",
    "empty",
    "config-unreadable",
    "config-invalid",
    "config-unknown-key",
];

impl LibraryError {
    /// The faults that led here; none for errors of the settings file.
    pub fn faults(&self) -> &[Fault] {
        match self {
            LibraryError::NoSuchInput { faults, .. }
            | LibraryError::ManifestUnusable { faults, .. }
            | LibraryError::NoUsableRow { faults, .. }
            | LibraryError::Empty { faults, .. } => faults,
            _ => &[],
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_serde_tags() {
        let s = || "x".to_owned();
        let all = [
            LibraryError::NoInput,
            LibraryError::NoSuchInput { path: s(), faults: vec![] },
            LibraryError::ManifestUnusable { file: s(), reason: s(), detail: s(), faults: vec![] },
            LibraryError::NoUsableRow { file: s(), count: 1, detail: s(), faults: vec![] },
            LibraryError::Empty { inputs: s(), faults: vec![] },
            LibraryError::ConfigUnreadable { file: s(), detail: s() },
            LibraryError::ConfigInvalid { file: s(), line: 1, column: 1, detail: s() },
            LibraryError::ConfigUnknownKey { file: s(), line: 1, column: 1, key: s(), nearest: s() },
        ];
        let tags: Vec<String> = all
            .iter()
            .map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(tags, ERROR_CODES);
        let variants = include_str!("error.rs").split("\n}\n").next().unwrap().to_owned();
        assert_eq!(variants.matches("#[error(").count(), ERROR_CODES.len());
    }
}
