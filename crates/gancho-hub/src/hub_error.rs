//! Why a model of the hub is not there.

use serde::Serialize;

/// Why a model could not be pulled, found or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum HubError {
    /// The text is not a name of the hub.
    #[error("`{name}` is not a name of the hub; write owner/model or owner/model@revision")]
    BadName {
        /// What was given.
        name: String,
    },
    /// The model was never pulled.
    #[error("`{model}` is not on this machine; get it with: gancho models pull {model}")]
    NotPulled {
        /// The model, with its revision when one was asked for.
        model: String,
    },
    /// The model is here at another revision.
    #[error(
        "`{model}` is here at revision {found}, not {wanted}; get that one with: gancho models pull {model}@{wanted}"
    )]
    OtherRevision {
        /// The model.
        model: String,
        /// The revision that was asked for.
        wanted: String,
        /// The commit that is here.
        found: String,
    },
    /// A file that was pulled is gone.
    #[error("`{file}` of `{model}` is gone from {place}; get it again with: gancho models pull {model}")]
    FileGone {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// The folder it should be in.
        place: String,
    },
    /// A file has another size than it should have.
    #[error(
        "`{file}` of `{model}` has {found} bytes instead of {expected} and was not used; get it again with: gancho models pull {model}"
    )]
    WrongSize {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// Bytes that it should have.
        expected: u64,
        /// Bytes that it has.
        found: u64,
    },
    /// A file has another SHA-256 than it should have.
    #[error(
        "`{file}` of `{model}` has SHA-256 {found} instead of {expected} and was not used; get it again with: gancho models pull {model}"
    )]
    WrongHash {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// The hash it should have, in hexadecimal.
        expected: String,
        /// The hash it has, in hexadecimal.
        found: String,
    },
    /// The hub could not be asked.
    #[error(
        "the hub at {endpoint} cannot be reached: {detail}; check the network (models that were pulled need none)"
    )]
    Unreachable {
        /// Its address.
        endpoint: String,
        /// What the network said.
        detail: String,
    },
    /// Downloads were switched off.
    #[error("`{model}` was not asked for: HF_HUB_OFFLINE is set; unset it to download")]
    Offline {
        /// The model.
        model: String,
    },
    /// The hub knows no such model or revision.
    #[error("the hub at {endpoint} has no `{model}`; check the spelling of name and revision")]
    NoSuchModel {
        /// The model, with its revision when one was asked for.
        model: String,
        /// The hub's address.
        endpoint: String,
    },
    /// The hub does not hand the model out, or does not say whether it exists.
    #[error(
        "the hub at {endpoint} does not hand out `{model}` (status {status}): it does not exist or needs permission; check the name, or accept its terms on the hub and set HF_TOKEN"
    )]
    Refused {
        /// The model, with its revision when one was asked for.
        model: String,
        /// The hub's address.
        endpoint: String,
        /// The HTTP status.
        status: u16,
    },
    /// The repository lacks a file that is needed.
    #[error(
        "`{model}` has no `{file}` on the hub; choose a model that is stored as one file, model.safetensors or pytorch_model.bin"
    )]
    LacksFile {
        /// The model.
        model: String,
        /// The file.
        file: String,
    },
    /// The hub answered something that cannot be used.
    #[error("the hub at {endpoint} gave no usable answer: {detail}; try again later")]
    BadAnswer {
        /// Its address.
        endpoint: String,
        /// What was wrong.
        detail: String,
    },
    /// A download ended early.
    #[error(
        "the download of `{file}` of `{model}` broke off: {detail}; run the same command again, it goes on where it stopped"
    )]
    BrokenOff {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// What the network said.
        detail: String,
    },
    /// A file of the cache could not be read.
    #[error("`{file}` could not be read: {detail}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        detail: String,
    },
    /// The cache could not be written.
    #[error("`{file}` could not be written: {detail}; choose another folder with HF_HUB_CACHE")]
    Unwritable {
        /// The file or folder.
        file: String,
        /// What the system said.
        detail: String,
    },
}

impl HubError {
    /// Every code this type serializes with.
    pub const CODES: &[&str] = &[
        "bad-name",
        "not-pulled",
        "other-revision",
        "file-gone",
        "wrong-size",
        "wrong-hash",
        "unreachable",
        "offline",
        "no-such-model",
        "refused",
        "lacks-file",
        "bad-answer",
        "broken-off",
        "unreadable",
        "unwritable",
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let x = || String::from("x");
        let one_of_each = [
            HubError::BadName { name: x() },
            HubError::NotPulled { model: x() },
            HubError::OtherRevision { model: x(), wanted: x(), found: x() },
            HubError::FileGone { model: x(), file: x(), place: x() },
            HubError::WrongSize { model: x(), file: x(), expected: 1, found: 2 },
            HubError::WrongHash { model: x(), file: x(), expected: x(), found: x() },
            HubError::Unreachable { endpoint: x(), detail: x() },
            HubError::Offline { model: x() },
            HubError::NoSuchModel { model: x(), endpoint: x() },
            HubError::Refused { model: x(), endpoint: x(), status: 401 },
            HubError::LacksFile { model: x(), file: x() },
            HubError::BadAnswer { endpoint: x(), detail: x() },
            HubError::BrokenOff { model: x(), file: x(), detail: x() },
            HubError::Unreadable { file: x(), detail: x() },
            HubError::Unwritable { file: x(), detail: x() },
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes, HubError::CODES);
    }
}
