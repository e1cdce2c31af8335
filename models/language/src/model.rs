//! The shipped network with its weights on a device.

use burn::tensor::{Bool, Int, Tensor, TensorData};
use gancho_inference::{Checkpoint, Compute, values};

use crate::bucket::{Bucket, buckets};
use crate::encoder::{Encoder, EncoderShape, TensorNames};
use crate::heads::{Heads, LOGITS};
use crate::{LanguageError, Reading, TextTokenizer, Tokens};

/// The name of this model in the manifest of weights.
pub const MODEL_ID: &str = "language";
/// Length of an embedding.
pub const EMBEDDING_LEN: usize = 384;
/// Most tokens of a text, with the marks of begin and end; what follows is cut off, and said so.
pub const MAX_TOKENS: usize = 128;
/// The id of padding, `[PAD]`.
const PADDING: u32 = 0;

const NAMES: TensorNames = TensorNames {
    tokens: "tokens.weight",
    positions: "positions.weight",
    kinds: None,
    norm: "norm",
    layer: "layers.",
    query: "query",
    key: "key",
    value: "value",
    output: "output",
    attention_norm: "attention_norm",
    inner: "inner",
    outer: "outer",
    layer_norm: "norm",
};

/// The language model. Safe to share between threads; cloning does not copy the weights.
#[derive(Debug, Clone)]
pub struct LanguageModel {
    tokenizer: TextTokenizer,
    encoder: Encoder,
    heads: Heads,
    compute: Compute,
}

impl LanguageModel {
    /// Loads weights from the bytes of a safetensors file, and the vocabulary from the text of a `tokenizer.json`,
    /// onto a device.
    ///
    /// # Errors
    /// [`LanguageError::BadTokenizer`], and [`LanguageError::Weights`] when they do not fit the network exactly.
    pub fn load(weights: &[u8], tokenizer: &[u8], compute: &Compute) -> Result<Self, LanguageError> {
        let tokenizer = TextTokenizer::parse(tokenizer, MAX_TOKENS)?;
        let shape = EncoderShape {
            vocabulary: tokenizer.vocabulary_len(),
            width: EMBEDDING_LEN,
            layers: 6,
            heads: 12,
            inner: 4 * EMBEDDING_LEN,
            positions: MAX_TOKENS,
            first_position: 0,
            epsilon: 1e-12,
        };
        let mut checkpoint = Checkpoint::read(weights)?;
        let encoder = Encoder::build(&shape, &NAMES, &mut checkpoint, compute.device());
        let heads = Heads::build(EMBEDDING_LEN, &mut checkpoint, compute.device());
        checkpoint.finish()?;
        Ok(Self { tokenizer, encoder, heads, compute: compute.clone() })
    }

    /// Cuts a text into tokens.
    ///
    /// # Errors
    /// [`LanguageError::BadTokenizer`].
    pub fn tokens(&self, text: &str) -> Result<Tokens, LanguageError> {
        self.tokenizer.tokens(text)
    }

    /// Reads texts, in the order given.
    ///
    /// The result for a text does not depend on the others beside it. Call it with many: those of one length run
    /// together, on the rayon pool of the calling thread (see [`gancho_inference::Workers`]).
    ///
    /// # Errors
    /// [`LanguageError::DeviceLost`], [`LanguageError::NotANumber`].
    pub fn read(&self, texts: &[&Tokens]) -> Result<Vec<Reading>, LanguageError> {
        let mut readings = vec![Reading::default(); texts.len()];
        let forward = |ids: Tensor<2, Int>, ended: Option<Tensor<2, Bool>>| {
            let states = self.encoder.forward(ids, ended.clone());
            let logits = self.heads.forward(states.clone(), ended.clone());
            // Side by side, so that a device is waited for once.
            Tensor::cat(vec![sum(states, ended), logits], 1)
        };
        run(texts, PADDING, &self.compute, forward, |at, row| {
            let (embedding, logits) = row.split_at(EMBEDDING_LEN);
            debug_assert_eq!(logits.len(), LOGITS);
            readings[at] = Reading::of_row(embedding, logits, at)?;
            Ok(())
        })?;
        Ok(readings)
    }
}

/// Sums hidden states over the tokens of each text, `[batch, width]`. Its direction is that of their mean.
fn sum(states: Tensor<3>, ended: Option<Tensor<2, Bool>>) -> Tensor<2> {
    let [batch, length, width] = states.dims();
    let states = match ended {
        Some(ended) => {
            states.mask_fill(ended.reshape([batch, length, 1]).expand([batch, length, width]), 0.0)
        }
        None => states,
    };
    states.sum_dim(1).reshape([batch, width])
}

/// Runs texts through a network in buckets and hands each its row of the output.
pub(crate) fn run(
    texts: &[&Tokens],
    padding: u32,
    compute: &Compute,
    forward: impl Fn(Tensor<2, Int>, Option<Tensor<2, Bool>>) -> Tensor<2>,
    mut take: impl FnMut(usize, &[f32]) -> Result<(), LanguageError>,
) -> Result<(), LanguageError> {
    let ids: Vec<&[u32]> = texts.iter().map(|it| it.ids.as_slice()).collect();
    let lengths: Vec<usize> = ids.iter().map(|it| it.len()).collect();
    for bucket in buckets(&lengths, compute.is_cpu(), compute.batch_size()) {
        let Bucket { rows, length, .. } = bucket;
        let bucket_ids: Vec<i64> = bucket.ids(&ids, padding).into_iter().map(i64::from).collect();
        let tensor = Tensor::from_data(TensorData::new(bucket_ids, [rows, length]), compute.device());
        let ended = bucket
            .ended(&ids)
            .map(|it| Tensor::from_data(TensorData::new(it, [rows, length]), compute.device()));
        let output = forward(tensor, ended);
        let [_, width] = output.dims();
        let output = values_of(output)?;
        for (&at, row) in bucket.texts.iter().zip(output.chunks_exact(width)) {
            take(at, row)?;
        }
    }
    Ok(())
}

fn values_of(output: Tensor<2>) -> Result<Vec<f32>, LanguageError> {
    values(output).map_err(|detail| LanguageError::DeviceLost { detail })
}
