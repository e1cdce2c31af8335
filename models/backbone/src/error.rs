//! Why a backbone does not load or gives no embedding.

use gancho_inference::LoadError;
use serde::Serialize;

/// Why a backbone could not be loaded or gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum BackboneError {
    /// `config.json` does not say what has to be known.
    #[error("config.json of the model cannot be used: {detail}; choose a model in timm's layout")]
    BadConfig {
        /// What is wrong with it.
        detail: String,
    },
    /// The architecture is not one of those that this program builds.
    #[error("the architecture `{found}` is not known; known are: {known}")]
    UnknownArchitecture {
        /// What config.json names.
        found: String,
        /// The known ones, separated by commas.
        known: String,
    },
    /// The architecture is known, but not with this setting.
    #[error("config.json sets {key} to {found}, which is not supported; supported: {supported}")]
    UnsupportedSetting {
        /// The key.
        key: String,
        /// Its value.
        found: String,
        /// What it may be.
        supported: String,
    },
    /// The device could not deliver its result.
    #[error("the device gave no result: {detail}; try --device cpu")]
    DeviceLost {
        /// What its driver said.
        detail: String,
    },
    /// The device delivered a result that is not made of finite numbers.
    #[error("the embedding of picture {row} of the batch is not made of finite numbers; try --device cpu")]
    NotANumber {
        /// Position in the batch, counted from 0.
        row: usize,
    },
    /// The weights do not fit the architecture. Serialized with the codes of [`LoadError`].
    #[error(transparent)]
    #[serde(untagged)]
    Weights(#[from] LoadError),
}

impl BackboneError {
    /// Every code this type serializes with, besides those of [`LoadError::CODES`].
    pub const CODES: &[&str] =
        &["bad-config", "unknown-architecture", "unsupported-setting", "device-lost", "not-a-number"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let x = || String::from("x");
        let one_of_each = [
            BackboneError::BadConfig { detail: x() },
            BackboneError::UnknownArchitecture { found: x(), known: x() },
            BackboneError::UnsupportedSetting { key: x(), found: x(), supported: x() },
            BackboneError::DeviceLost { detail: x() },
            BackboneError::NotANumber { row: 0 },
            BackboneError::Weights(LoadError::NotFinite { tensor: x(), count: 1 }),
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes[..5], *BackboneError::CODES);
        assert!(LoadError::CODES.contains(&codes[5].as_str()));
    }
}
