//! Why the vision model does not load or tells nothing of a picture.

use gancho_inference::LoadError;
use serde::Serialize;

/// Why the vision model could not be loaded or gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum VisionError {
    /// An input has another length than the network's.
    #[error("the vision model takes {expected} numbers for a picture, not {found}")]
    WrongInput {
        /// `3 x side x side`.
        expected: usize,
        /// What was given.
        found: usize,
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
    /// The weights do not fit the network. Serialized with the codes of [`LoadError`].
    #[error(transparent)]
    #[serde(untagged)]
    Weights(#[from] LoadError),
}

impl VisionError {
    /// Every code this type serializes with, besides those of [`LoadError::CODES`].
    pub const CODES: &[&str] = &["wrong-input", "device-lost", "not-a-number"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let one_of_each = [
            VisionError::WrongInput { expected: 1, found: 2 },
            VisionError::DeviceLost { detail: String::new() },
            VisionError::NotANumber { row: 0 },
            VisionError::Weights(LoadError::NotFinite { tensor: String::new(), count: 1 }),
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes[..3], *VisionError::CODES);
        assert!(LoadError::CODES.contains(&codes[3].as_str()));
    }
}
