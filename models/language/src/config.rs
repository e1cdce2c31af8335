//! `config.json` as transformers writes it to the hub.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::LanguageError;
use crate::encoder::EncoderShape;

/// What `config.json` says about a classifier.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClassifierConfig {
    pub(crate) shape: EncoderShape,
    /// Labels in the order of the logits.
    pub(crate) labels: Vec<String>,
    /// The id of padding.
    pub(crate) padding: u32,
}

#[derive(Deserialize)]
struct Written {
    model_type: Option<String>,
    #[serde(default)]
    architectures: Vec<String>,
    vocab_size: usize,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    max_position_embeddings: usize,
    #[serde(default = "one")]
    type_vocab_size: usize,
    #[serde(default = "epsilon")]
    layer_norm_eps: f64,
    #[serde(default = "gelu")]
    hidden_act: String,
    #[serde(default = "absolute")]
    position_embedding_type: String,
    #[serde(default = "padding")]
    pad_token_id: u32,
    #[serde(default)]
    id2label: BTreeMap<String, String>,
    num_labels: Option<usize>,
}

fn one() -> usize {
    1
}
fn epsilon() -> f64 {
    1e-12
}
fn padding() -> u32 {
    1
}
fn gelu() -> String {
    "gelu".to_owned()
}
fn absolute() -> String {
    "absolute".to_owned()
}

/// Families that are the same network.
const FAMILIES: [&str; 3] = ["roberta", "xlm-roberta", "camembert"];
/// Largest number in a config that is believed: 60 times that of the largest of the family.
const MOST: usize = 16_000_000;

impl ClassifierConfig {
    /// Reads the text of a `config.json`.
    ///
    /// # Errors
    /// [`LanguageError::BadTextConfig`].
    pub(crate) fn parse(text: &[u8]) -> Result<Self, LanguageError> {
        let bad = |detail: String| LanguageError::BadTextConfig { detail };
        let it: Written = serde_json::from_slice(text).map_err(|error| bad(error.to_string()))?;
        let family = it.model_type.as_deref().unwrap_or("none");
        if !FAMILIES.contains(&family) {
            return Err(bad(format!("model_type is {family}; known are {}", FAMILIES.join(", "))));
        }
        if !it.architectures.iter().any(|it| it.ends_with("ForSequenceClassification")) {
            return Err(bad(format!("it is {}, which has no labels", it.architectures.join(", "))));
        }
        for (key, found, wanted) in [
            ("hidden_act", it.hidden_act.as_str(), "gelu"),
            ("position_embedding_type", it.position_embedding_type.as_str(), "absolute"),
        ] {
            if found != wanted {
                return Err(bad(format!("{key} is {found}; only {wanted} is supported")));
            }
        }
        let sizes = [
            it.vocab_size,
            it.hidden_size,
            it.num_hidden_layers,
            it.num_attention_heads,
            it.intermediate_size,
            it.max_position_embeddings,
        ];
        let first_position = it.pad_token_id as usize + 1;
        let sound = sizes.iter().all(|it| (1..=MOST).contains(it))
            && it.hidden_size.is_multiple_of(it.num_attention_heads)
            && it.type_vocab_size == 1
            && it.max_position_embeddings > first_position + 2;
        if !sound {
            return Err(bad(format!("its sizes {sizes:?} do not fit together")));
        }
        let mut labels: Vec<(usize, String)> = Vec::new();
        for (id, label) in it.id2label {
            labels.push((id.parse().map_err(|_| bad(format!("id2label has the key `{id}`")))?, label));
        }
        labels.sort();
        if labels.is_empty() {
            // What transformers calls them when nobody did.
            labels = (0..it.num_labels.unwrap_or(2)).map(|at| (at, format!("LABEL_{at}"))).collect();
        }
        if labels.iter().enumerate().any(|(at, (id, _))| at != *id) {
            return Err(bad("id2label does not count from 0".to_owned()));
        }
        Ok(Self {
            shape: EncoderShape {
                vocabulary: it.vocab_size,
                width: it.hidden_size,
                layers: it.num_hidden_layers,
                heads: it.num_attention_heads,
                inner: it.intermediate_size,
                positions: it.max_position_embeddings,
                first_position,
                epsilon: it.layer_norm_eps,
            },
            labels: labels.into_iter().map(|it| it.1).collect(),
            padding: it.pad_token_id,
        })
    }

    /// Most tokens of a text.
    pub(crate) fn max_tokens(&self) -> usize {
        self.shape.positions - self.shape.first_position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XLM_T: &str = r#"{"architectures": ["XLMRobertaForSequenceClassification"], "model_type": "xlm-roberta",
        "hidden_act": "gelu", "hidden_size": 768, "id2label": {"0": "negative", "1": "neutral", "2": "positive"},
        "intermediate_size": 3072, "layer_norm_eps": 1e-05, "max_position_embeddings": 514, "num_attention_heads": 12,
        "num_hidden_layers": 12, "pad_token_id": 1, "type_vocab_size": 1, "vocab_size": 250002}"#;

    #[test]
    fn a_published_config_is_followed() {
        let config = ClassifierConfig::parse(XLM_T.as_bytes()).expect("XLM-T");
        assert_eq!(config.labels, ["negative", "neutral", "positive"]);
        assert_eq!((config.max_tokens(), config.shape.first_position, config.padding), (512, 2, 1));
        let unnamed = XLM_T.replace(r#""id2label": {"0": "negative", "1": "neutral", "2": "positive"},"#, "");
        let config = ClassifierConfig::parse(unnamed.as_bytes()).expect("two labels");
        assert_eq!(config.labels, ["LABEL_0", "LABEL_1"]);
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        for (from, to, word) in [
            ("xlm-roberta", "bert", "bert"),
            ("ForSequenceClassification", "ForMaskedLM", "no labels"),
            (r#""gelu""#, r#""relu""#, "relu"),
            ("\"num_attention_heads\": 12", "\"num_attention_heads\": 7", "fit together"),
            ("\"type_vocab_size\": 1", "\"type_vocab_size\": 2", "fit together"),
            ("514", "3", "fit together"),
            ("250002", "99999999999", "fit together"),
            (r#""2": "positive""#, r#""7": "positive""#, "count from 0"),
            (r#""2": "positive""#, r#""two": "positive""#, "two"),
            ("\"hidden_size\": 768,", "", "hidden_size"),
        ] {
            assert!(XLM_T.contains(from), "{from}");
            let error = ClassifierConfig::parse(XLM_T.replacen(from, to, 1).as_bytes()).expect_err(to);
            assert!(error.to_string().contains(word), "{to}: {error}");
        }
        assert!(ClassifierConfig::parse(b"[]").is_err());
    }
}
