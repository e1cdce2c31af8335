//! Public RoBERTa and XLM-R sequence classifiers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use burn::nn::Linear;
use burn::tensor::{Bool, Int, Tensor};
use gancho_inference::{Checkpoint, Compute, softmax};
use serde_json::{Value, json};
use tokenizers::Tokenizer;

use crate::config::ClassifierConfig;
use crate::encoder::{Builder, Encoder, TensorNames};
use crate::labels::Labels;
use crate::model::run;
use crate::tokenizer::bad;
use crate::{LanguageError, Sentiment, TextTokenizer, Tokens, sentencepiece};

const NAMES: TensorNames = TensorNames {
    tokens: "roberta.embeddings.word_embeddings.weight",
    positions: "roberta.embeddings.position_embeddings.weight",
    kinds: Some("roberta.embeddings.token_type_embeddings.weight"),
    norm: "roberta.embeddings.LayerNorm",
    layer: "roberta.encoder.layer.",
    query: "attention.self.query",
    key: "attention.self.key",
    value: "attention.self.value",
    output: "attention.output.dense",
    attention_norm: "attention.output.LayerNorm",
    inner: "intermediate.dense",
    outer: "output.dense",
    layer_norm: "output.LayerNorm",
};

/// Tensors that some versions of transformers saved beside the network's.
const LEFT_OVER: [&str; 3] =
    ["roberta.embeddings.position_ids", "roberta.pooler.dense.weight", "roberta.pooler.dense.bias"];

/// The files of a model, as they lie on the hub.
#[derive(Debug, Default)]
pub struct ModelFiles {
    /// Its name, `owner/model`.
    pub id: String,
    /// `config.json`.
    pub config: Vec<u8>,
    /// `model.safetensors`.
    pub safetensors: Option<Vec<u8>>,
    /// Where `pytorch_model.bin` lies, used when there is no safetensors file. It is read tensor by tensor.
    pub pickle: Option<PathBuf>,
    /// `tokenizer.json`.
    pub tokenizer: Option<Vec<u8>>,
    /// `vocab.json` and `merges.txt`, used when there is no `tokenizer.json`.
    pub vocabulary: Option<(Vec<u8>, Vec<u8>)>,
    /// `sentencepiece.bpe.model`, used when there is neither.
    pub sentencepiece: Option<Vec<u8>>,
}

/// A public classifier of sentiment. Safe to share between threads; cloning does not copy the weights.
#[derive(Debug, Clone)]
pub struct SentimentClassifier {
    tokenizer: TextTokenizer,
    encoder: Encoder,
    dense: Linear,
    out: Linear,
    labels: Labels,
    padding: u32,
    /// Whether names and links are written as its training data had them.
    masks_names: bool,
    compute: Compute,
}

impl SentimentClassifier {
    /// Loads a classifier onto a device.
    ///
    /// # Errors
    /// [`LanguageError`] for a config that cannot be followed, labels that are not those of sentiment, a vocabulary
    /// that cannot be read, and weights that do not fit exactly.
    pub fn load(files: ModelFiles, compute: &Compute) -> Result<Self, LanguageError> {
        let config = ClassifierConfig::parse(&files.config)?;
        let owner = files.id.split('/').next().unwrap_or_default();
        let cardiff = owner == "cardiffnlp";
        let labels = Labels::matched(&config.labels, cardiff)?;
        let tokenizer = TextTokenizer::of(tokenizer(&files)?, config.max_tokens())?;
        if tokenizer.vocabulary_len() > config.shape.vocabulary {
            let (found, room) = (tokenizer.vocabulary_len(), config.shape.vocabulary);
            return Err(bad(format!("it has {found} tokens, and config.json has room for {room}")));
        }
        let mut checkpoint = match (&files.safetensors, &files.pickle) {
            (Some(bytes), _) => Checkpoint::read(bytes)?,
            (None, Some(path)) => Checkpoint::read_pickle(path)?,
            (None, None) => Checkpoint::read(&[])?,
        };
        let device = compute.device();
        let encoder = Encoder::build(&config.shape, &NAMES, &mut checkpoint, device);
        let (width, classes) = (config.shape.width, config.labels.len());
        let mut builder = Builder { checkpoint: &mut checkpoint, device };
        let dense = builder.linear("classifier.dense", width, width);
        let out = builder.linear("classifier.out_proj", width, classes);
        for name in LEFT_OVER {
            checkpoint.skip(name);
        }
        checkpoint.finish()?;
        // The models of this family were trained on tweets with names and links masked.
        let masks_names = cardiff || files.id.contains("twitter");
        let padding = config.padding;
        Ok(Self { tokenizer, encoder, dense, out, labels, padding, masks_names, compute: compute.clone() })
    }

    /// Cuts a text into tokens, after the preparation that its family needs.
    ///
    /// # Errors
    /// [`LanguageError::BadTokenizer`].
    pub fn tokens(&self, text: &str) -> Result<Tokens, LanguageError> {
        if self.masks_names { self.tokenizer.tokens(&masked(text)) } else { self.tokenizer.tokens(text) }
    }

    /// Classifies texts, in the order given. Batches and errors as for [`crate::LanguageModel::read`].
    ///
    /// # Errors
    /// [`LanguageError::DeviceLost`], [`LanguageError::NotANumber`].
    pub fn classify(&self, texts: &[&Tokens]) -> Result<Vec<Sentiment>, LanguageError> {
        let mut results = vec![Sentiment::default(); texts.len()];
        self.logits(texts, |at, row| {
            results[at] = self.sentiment(row).ok_or(LanguageError::NotANumber { row: at })?;
            Ok(())
        })?;
        Ok(results)
    }

    /// Runs texts through the network and hands each its logits, in the order of the labels in `config.json`.
    ///
    /// # Errors
    /// [`LanguageError::DeviceLost`], or what `take` returns.
    pub fn logits(
        &self,
        texts: &[&Tokens],
        take: impl FnMut(usize, &[f32]) -> Result<(), LanguageError>,
    ) -> Result<(), LanguageError> {
        let forward = |ids: Tensor<2, Int>, ended: Option<Tensor<2, Bool>>| {
            let states = self.encoder.forward(ids, ended);
            let [batch, _, width] = states.dims();
            let first = states.slice([0..batch, 0..1, 0..width]).reshape([batch, width]);
            self.out.forward(self.dense.forward(first).tanh())
        };
        run(texts, self.padding, &self.compute, forward, take)
    }

    fn sentiment(&self, logits: &[f32]) -> Option<Sentiment> {
        let probabilities = softmax(logits);
        probabilities.iter().all(|it| it.is_finite()).then(|| self.labels.sentiment(&probabilities))
    }
}

/// The first tokenizer that the files have.
fn tokenizer(files: &ModelFiles) -> Result<Tokenizer, LanguageError> {
    match files {
        ModelFiles { tokenizer: Some(json), .. } => Tokenizer::from_bytes(json).map_err(bad),
        ModelFiles { vocabulary: Some((vocabulary, merges)), .. } => byte_level(vocabulary, merges),
        ModelFiles { sentencepiece: Some(model), .. } => sentencepiece::xlm_roberta(model),
        _ => Err(bad("there is no tokenizer.json, vocab.json with merges.txt, or sentencepiece.bpe.model")),
    }
}

/// RoBERTa's byte-level pairs, from `vocab.json` and `merges.txt`, put into the form of a `tokenizer.json`.
fn byte_level(vocabulary: &[u8], merges: &[u8]) -> Result<Tokenizer, LanguageError> {
    let vocabulary: BTreeMap<String, u32> = serde_json::from_slice(vocabulary).map_err(bad)?;
    let merges = std::str::from_utf8(merges).map_err(bad)?;
    let merges: Vec<&str> =
        merges.lines().filter(|it| !it.starts_with("#version") && !it.trim().is_empty()).collect();
    let id = |token: &str| {
        vocabulary.get(token).copied().ok_or_else(|| bad(format!("vocab.json lacks `{token}`")))
    };
    let (begin, end) = (id("<s>")?, id("</s>")?);
    let special: Vec<Value> = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
        .iter()
        .filter_map(|it| {
            let id = vocabulary.get(*it)?;
            Some(json!({"id": id, "content": it, "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true}))
        })
        .collect();
    let file = json!({
        "version": "1.0",
        "added_tokens": special,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
        "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", end], "cls": ["<s>", begin],
            "trim_offsets": true, "add_prefix_space": false},
        "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": "",
            "end_of_word_suffix": "", "fuse_unk": false, "vocab": vocabulary, "merges": merges},
    });
    Tokenizer::from_bytes(file.to_string()).map_err(bad)
}

/// Names as `@user` and links as `http`, word by word, as the authors of TimeLMs do it.
fn masked(text: &str) -> String {
    let word = |it: &str| match it {
        it if it.starts_with('@') && it.len() > 1 => "@user".to_owned(),
        it if it.starts_with("http") => "http".to_owned(),
        it => it.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_links_are_masked_word_by_word() {
        let text = "@ana_3 mira https://tienda.example/x?y=1  y a@b.example @ ok";
        assert_eq!(masked(text), "@user mira http  y a@b.example @ ok");
    }
}
