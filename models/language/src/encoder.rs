//! The encoder of BERT: embeddings, then layers of self-attention and a feed-forward net.
//!
//! Devlin et al. 2019 (arXiv:1810.04805). RoBERTa (Liu et al. 2019, arXiv:1907.11692) and XLM-R (Conneau et al.
//! 2020, arXiv:1911.02116) are the same network; their positions begin after the id of padding.

use burn::module::Param;
use burn::nn::{Embedding, EmbeddingConfig, LayerNorm, LayerNormConfig, Linear, LinearConfig};
use burn::tensor::activation::gelu;
use burn::tensor::module::attention;
use burn::tensor::ops::AttentionModuleOptions;
use burn::tensor::{Bool, Device, Int, Tensor, TensorData};
use gancho_inference::Checkpoint;

/// The sizes of an encoder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EncoderShape {
    /// Tokens in the vocabulary.
    pub(crate) vocabulary: usize,
    /// Length of a hidden state.
    pub(crate) width: usize,
    /// Layers.
    pub(crate) layers: usize,
    /// Attention heads of a layer.
    pub(crate) heads: usize,
    /// Inner width of the feed-forward net.
    pub(crate) inner: usize,
    /// Rows of the table of positions.
    pub(crate) positions: usize,
    /// The row of the first token's position.
    pub(crate) first_position: usize,
    /// What layer norms add to the variance.
    pub(crate) epsilon: f64,
}

/// How a checkpoint names the tensors of an encoder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TensorNames {
    pub(crate) tokens: &'static str,
    pub(crate) positions: &'static str,
    /// The one kind of token, added to every position, where the checkpoint has it apart.
    pub(crate) kinds: Option<&'static str>,
    pub(crate) norm: &'static str,
    /// What stands before a layer's number.
    pub(crate) layer: &'static str,
    pub(crate) query: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: &'static str,
    pub(crate) output: &'static str,
    pub(crate) attention_norm: &'static str,
    pub(crate) inner: &'static str,
    pub(crate) outer: &'static str,
    pub(crate) layer_norm: &'static str,
}

/// Token ids to hidden states.
#[derive(Debug, Clone)]
pub(crate) struct Encoder {
    tokens: Embedding,
    /// `[positions, width]`, from the first token's on.
    positions: Tensor<2>,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
struct Layer {
    heads: usize,
    query: Linear,
    key: Linear,
    value: Linear,
    output: Linear,
    attention_norm: LayerNorm,
    inner: Linear,
    outer: Linear,
    norm: LayerNorm,
}

impl Encoder {
    /// Builds an encoder from the tensors of a file. [`Checkpoint::finish`] tells whether they were there; until
    /// then the encoder must not be used.
    pub(crate) fn build(
        shape: &EncoderShape,
        names: &TensorNames,
        checkpoint: &mut Checkpoint<'_>,
        device: &Device,
    ) -> Self {
        let width = shape.width;
        let mut builder = Builder { checkpoint, device };
        let tokens = builder.embedding(names.tokens, shape.vocabulary, width);
        let mut positions = builder.table(names.positions, shape.positions, width);
        if let Some(kinds) = names.kinds {
            positions = positions + builder.table(kinds, 1, width);
        }
        let positions = positions.slice([shape.first_position..shape.positions, 0..width]);
        let norm = builder.norm(names.norm, width, shape.epsilon);
        let layers = (0..shape.layers)
            .map(|at| {
                let of = |part: &str| format!("{}{at}.{part}", names.layer);
                Layer {
                    heads: shape.heads,
                    query: builder.linear(&of(names.query), width, width),
                    key: builder.linear(&of(names.key), width, width),
                    value: builder.linear(&of(names.value), width, width),
                    output: builder.linear(&of(names.output), width, width),
                    attention_norm: builder.norm(&of(names.attention_norm), width, shape.epsilon),
                    inner: builder.linear(&of(names.inner), width, shape.inner),
                    outer: builder.linear(&of(names.outer), shape.inner, width),
                    norm: builder.norm(&of(names.layer_norm), width, shape.epsilon),
                }
            })
            .collect();
        Self { tokens, positions, norm, layers }
    }

    /// Hidden states of the last layer.
    ///
    /// # Shapes
    /// - `ids`: `[batch, length]`
    /// - `padding`: `[batch, length]`, true where a row has ended; none when all rows are full
    /// - returns: `[batch, length, width]`
    pub(crate) fn forward(&self, ids: Tensor<2, Int>, padding: Option<Tensor<2, Bool>>) -> Tensor<3> {
        let [batch, length] = ids.dims();
        let [_, width] = self.positions.dims();
        let positions = self.positions.clone().slice([0..length, 0..width]).unsqueeze::<3>();
        let mut x = self.norm.forward(self.tokens.forward(ids) + positions);
        let heads = self.layers.first().map_or(1, |it| it.heads);
        let mask = padding.map(|it| it.reshape([batch, 1, 1, length]).expand([batch, heads, length, length]));
        for layer in &self.layers {
            x = layer.forward(x, mask.clone());
        }
        x
    }
}

impl Layer {
    fn forward(&self, x: Tensor<3>, mask: Option<Tensor<4, Bool>>) -> Tensor<3> {
        let [batch, length, width] = x.dims();
        let split =
            |it: Tensor<3>| it.reshape([batch, length, self.heads, width / self.heads]).swap_dims(1, 2);
        let mixed = attention(
            split(self.query.forward(x.clone())),
            split(self.key.forward(x.clone())),
            split(self.value.forward(x.clone())),
            mask,
            None,
            AttentionModuleOptions::default(),
        );
        let mixed = self.output.forward(mixed.swap_dims(1, 2).reshape([batch, length, width]));
        let x = self.attention_norm.forward(x + mixed);
        let thought = self.outer.forward(gelu(self.inner.forward(x.clone())));
        self.norm.forward(x + thought)
    }
}

/// Builds layers from a file.
pub(crate) struct Builder<'a, 'b> {
    pub(crate) checkpoint: &'a mut Checkpoint<'b>,
    pub(crate) device: &'a Device,
}

impl Builder<'_, '_> {
    /// `name.weight` `[to, from]` as PyTorch has it, and `name.bias` `[to]`.
    pub(crate) fn linear(&mut self, name: &str, from: usize, to: usize) -> Linear {
        let mut linear = LinearConfig::new(from, to).init(self.device);
        if let Some(values) = self.checkpoint.take(&format!("{name}.weight"), &[to, from]) {
            let weight = Tensor::<2>::from_data(TensorData::new(values, [to, from]), self.device);
            // burn multiplies from the left. The copy in its new order is made once, here.
            linear.weight = Param::from_tensor(contiguous(weight.transpose()));
        }
        linear.bias = self.vector(&format!("{name}.bias"), to).map(Param::from_tensor);
        linear
    }

    /// A table `[rows, width]`; zeros when it is missing.
    pub(crate) fn table(&mut self, name: &str, rows: usize, width: usize) -> Tensor<2> {
        match self.checkpoint.take(name, &[rows, width]) {
            Some(values) => Tensor::from_data(TensorData::new(values, [rows, width]), self.device),
            None => Tensor::zeros([rows, width], self.device),
        }
    }

    fn embedding(&mut self, name: &str, rows: usize, width: usize) -> Embedding {
        // The smallest one, whose table is then replaced.
        let mut embedding = EmbeddingConfig::new(1, width).init(self.device);
        embedding.weight = Param::from_tensor(self.table(name, rows, width));
        embedding
    }

    fn norm(&mut self, name: &str, width: usize, epsilon: f64) -> LayerNorm {
        let mut norm = LayerNormConfig::new(width).with_epsilon(epsilon).init(self.device);
        if let Some(gamma) = self.vector(&format!("{name}.weight"), width) {
            norm.gamma = Param::from_tensor(gamma);
        }
        norm.beta = self.vector(&format!("{name}.bias"), width).map(Param::from_tensor);
        norm
    }

    fn vector(&mut self, name: &str, len: usize) -> Option<Tensor<1>> {
        let values = self.checkpoint.take(name, &[len])?;
        Some(Tensor::from_data(TensorData::new(values, [len]), self.device))
    }
}

/// The same numbers, laid out in the order of their indices.
fn contiguous(matrix: Tensor<2>) -> Tensor<2> {
    let (shape, device) = (matrix.dims(), matrix.device());
    Tensor::from_data(TensorData::new(matrix.into_data().iter::<f32>().collect(), shape), &device)
}
