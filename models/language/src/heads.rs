//! The heads of the shipped network: one question about a text each.

use burn::nn::Linear;
use burn::tensor::activation::{gelu, softmax};
use burn::tensor::{Bool, Device, Tensor};
use gancho_inference::Checkpoint;

use crate::encoder::Builder;

/// Names of the heads in the file, and how many logits each has.
pub(crate) const HEADS: [(&str, usize); 6] =
    [("sentiment", 3), ("intent", 5), ("toxicity", 1), ("spam", 1), ("irony", 1), ("clickbait", 1)];

/// Logits of all heads.
pub(crate) const LOGITS: usize = 12;

/// Inner width of a head.
const HIDDEN: usize = 96;

/// The heads side by side.
#[derive(Debug, Clone)]
pub(crate) struct Heads {
    /// What each head looks for in the tokens, `[width, heads]`.
    queries: Tensor<2>,
    /// From what it found to its logits.
    layers: Vec<(Linear, Linear)>,
}

impl Heads {
    /// Builds the heads from a file; see [`crate::encoder::Encoder::build`].
    pub(crate) fn build(width: usize, checkpoint: &mut Checkpoint<'_>, device: &Device) -> Self {
        let mut builder = Builder { checkpoint, device };
        let queries = HEADS.map(|(name, _)| builder.table(&format!("heads.{name}.query.weight"), 1, width));
        let layers = HEADS.map(|(name, classes)| {
            let inner = builder.linear(&format!("heads.{name}.inner"), width, HIDDEN);
            (inner, builder.linear(&format!("heads.{name}.outer"), HIDDEN, classes))
        });
        Self { queries: Tensor::cat(queries.to_vec(), 0).transpose(), layers: layers.to_vec() }
    }

    /// Logits of all heads in the order of [`HEADS`].
    ///
    /// # Shapes
    /// - `states`: `[batch, length, width]`
    /// - `padding`: `[batch, length]`, true where a row has ended
    /// - returns: `[batch, LOGITS]`
    pub(crate) fn forward(&self, states: Tensor<3>, padding: Option<Tensor<2, Bool>>) -> Tensor<2> {
        let [batch, length, width] = states.dims();
        let mut scores = states.clone().matmul(self.queries.clone().unsqueeze::<3>()); // [batch, length, heads]
        if let Some(padding) = padding {
            let ended = padding.reshape([batch, length, 1]).expand([batch, length, HEADS.len()]);
            scores = scores.mask_fill(ended, -1e4);
        }
        let pooled = softmax(scores, 1).swap_dims(1, 2).matmul(states); // [batch, heads, width]
        let logits = self.layers.iter().enumerate().map(|(at, (inner, outer))| {
            let found = pooled.clone().slice([0..batch, at..at + 1, 0..width]).reshape([batch, width]);
            outer.forward(gelu(inner.forward(found)))
        });
        Tensor::cat(logits.collect(), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logits_are_those_of_all_heads() {
        assert_eq!(HEADS.iter().map(|it| it.1).sum::<usize>(), LOGITS);
    }
}
