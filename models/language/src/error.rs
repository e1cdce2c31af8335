//! Why a language model does not load or tells nothing of a text.

use gancho_inference::LoadError;
use serde::Serialize;

/// Why a language model could not be loaded or gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum LanguageError {
    /// `config.json` does not say what has to be known.
    #[error(
        "config.json of the model cannot be used: {detail}; choose a RoBERTa or XLM-R sequence classifier"
    )]
    BadTextConfig {
        /// What is wrong with it.
        detail: String,
    },
    /// The vocabulary cannot be read.
    #[error("the tokenizer of the model cannot be used: {detail}; get the model again")]
    BadTokenizer {
        /// What is wrong with it.
        detail: String,
    },
    /// The classifier does not tell negative from positive.
    #[error(
        "the labels of the model are {found}; a sentiment model has labels for negative and positive by name"
    )]
    NoSentimentLabels {
        /// The labels, separated by commas.
        found: String,
    },
    /// The device could not deliver its result.
    #[error("the device gave no result: {detail}; try --device cpu")]
    DeviceLost {
        /// What its driver said.
        detail: String,
    },
    /// The device delivered a result that is not made of finite numbers.
    #[error("the result for text {row} of the batch is not made of finite numbers; try --device cpu")]
    NotANumber {
        /// Position in the batch, counted from 0.
        row: usize,
    },
    /// The weights do not fit the network. Serialized with the codes of [`LoadError`].
    #[error(transparent)]
    #[serde(untagged)]
    Weights(#[from] LoadError),
}

impl LanguageError {
    /// Every code this type serializes with, besides those of [`LoadError::CODES`].
    pub const CODES: &[&str] =
        &["bad-text-config", "bad-tokenizer", "no-sentiment-labels", "device-lost", "not-a-number"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_codes_is_complete() {
        let x = || String::from("x");
        let one_of_each = [
            LanguageError::BadTextConfig { detail: x() },
            LanguageError::BadTokenizer { detail: x() },
            LanguageError::NoSentimentLabels { found: x() },
            LanguageError::DeviceLost { detail: x() },
            LanguageError::NotANumber { row: 0 },
            LanguageError::Weights(LoadError::NotFinite { tensor: x(), count: 1 }),
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes[..5], *LanguageError::CODES);
        assert!(LoadError::CODES.contains(&codes[5].as_str()));
    }
}
