//! A backbone with its weights on a device.

use burn::tensor::{Tensor, TensorData};
use gancho_inference::{Checkpoint, Compute, fixed_batches, unit, values};
use gancho_media::RgbImage;

use crate::network::Network;
use crate::{BackboneError, Config, Input, Recipe};

/// A public network that turns pictures into embeddings. Safe to share between threads; cloning
/// does not copy the weights.
#[derive(Debug, Clone)]
pub struct Backbone {
    network: Network,
    recipe: Recipe,
    embedding_len: usize,
    compute: Compute,
}

impl Backbone {
    /// Loads a network onto a device from the bytes of its `config.json` and of its weights in
    /// safetensors (half or single precision).
    ///
    /// # Errors
    /// [`BackboneError`] for a config that cannot be followed, and for weights that do not fit it
    /// exactly.
    pub fn load(config: &[u8], weights: &[u8], compute: &Compute) -> Result<Self, BackboneError> {
        let config = Config::parse(config)?;
        let mut checkpoint = Checkpoint::read(weights)?;
        let network = Network::build(&config.architecture, config.classes, &mut checkpoint, compute.device());
        checkpoint.finish()?;
        let embedding_len = config.architecture.embedding_len();
        Ok(Self { network, recipe: config.recipe, embedding_len, compute: compute.clone() })
    }

    /// Length of an embedding.
    pub fn embedding_len(&self) -> usize {
        self.embedding_len
    }

    /// The published preprocessing.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Prepares a picture, which must be upright sRGB, by its [`Recipe`].
    pub fn preprocess(&self, pixels: &RgbImage) -> Input {
        self.recipe.preprocess(pixels)
    }

    /// Embeds pictures: [`Backbone::embedding_len`] numbers of unit Euclidean length for each, the
    /// pooled features of the last stage, in the order given.
    ///
    /// The result for a picture does not depend on the others beside it; batches are as in
    /// [`gancho_inference::fixed_batches`].
    ///
    /// # Errors
    /// [`BackboneError::DeviceLost`] when the device fails, [`BackboneError::NotANumber`] when
    /// what it delivers is not finite.
    pub fn embed(&self, inputs: &[Input]) -> Result<Vec<Vec<f32>>, BackboneError> {
        let mut embeddings = Vec::with_capacity(inputs.len());
        for batch in fixed_batches(inputs.len(), self.compute.batch_size()) {
            let pictures = &inputs[batch.items];
            let output = read(self.network.forward(self.tensor(pictures, batch.padding)))?;
            // Rows of padding come last and are cut off here.
            for row in output.chunks_exact(self.embedding_len).take(pictures.len()) {
                embeddings.push(unit(row).ok_or(BackboneError::NotANumber { row: embeddings.len() })?);
            }
        }
        Ok(embeddings)
    }

    /// Inputs as one tensor `[inputs + padding, 3, side, side]`, rows of padding being zero.
    fn tensor(&self, inputs: &[Input], padding: usize) -> Tensor<4> {
        let rows = inputs.len() + padding;
        let mut values = Vec::with_capacity(rows * self.recipe.input_len());
        inputs.iter().for_each(|it| values.extend_from_slice(&it.values));
        values.resize(rows * self.recipe.input_len(), 0.0);
        let side = self.recipe.side as usize;
        Tensor::from_data(TensorData::new(values, [rows, 3, side, side]), self.compute.device())
    }
}

fn read(output: Tensor<2>) -> Result<Vec<f32>, BackboneError> {
    values(output).map_err(|detail| BackboneError::DeviceLost { detail })
}
