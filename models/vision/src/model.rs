//! The network with its weights on a device.

use burn::tensor::{Tensor, TensorData};
use gancho_inference::{Compute, fixed_batches, load_weights};
use gancho_media::RgbImage;

use crate::trunk::Trunk;
use crate::{Input, Recipe, VisionError};

pub use crate::trunk::EMBEDDING_LEN;

/// The name of this model in the manifest of weights.
pub const MODEL_ID: &str = "vision";

/// The vision model. Safe to share between threads; cloning does not copy the weights.
#[derive(Debug, Clone)]
pub struct VisionModel {
    trunk: Trunk,
    compute: Compute,
}

impl VisionModel {
    /// Loads weights from the bytes of a safetensors file onto a device.
    ///
    /// # Errors
    /// [`VisionError::Weights`] when they do not fit the network exactly.
    pub fn load(bytes: &[u8], compute: &Compute) -> Result<Self, VisionError> {
        let mut trunk = Trunk::new(compute.device());
        load_weights(&mut trunk, bytes)?;
        Ok(Self { trunk, compute: compute.clone() })
    }

    /// The device it runs on.
    pub fn compute(&self) -> &Compute {
        &self.compute
    }

    /// The network itself.
    pub fn trunk(&self) -> &Trunk {
        &self.trunk
    }

    /// Prepares a picture, which must be upright sRGB, by [`Recipe::shipped`].
    pub fn preprocess(&self, pixels: &RgbImage) -> Input {
        Recipe::shipped().preprocess(pixels)
    }

    /// Embeds pictures: 512 numbers of unit Euclidean length for each, in the order given.
    ///
    /// The result for a picture does not depend on the others beside it. On the CPU each runs on
    /// its own, on the rayon pool of the calling thread (see [`gancho_inference::Workers`]); on a
    /// GPU they run in batches of [`Compute::batch_size`], the last one padded.
    ///
    /// # Errors
    /// [`VisionError::DeviceLost`] when the device fails, [`VisionError::NotANumber`] when what it
    /// delivers is not finite.
    pub fn embed(&self, inputs: &[Input]) -> Result<Vec<Vec<f32>>, VisionError> {
        let mut embeddings = Vec::with_capacity(inputs.len());
        for batch in fixed_batches(inputs.len(), self.compute.batch_size()) {
            let pictures = &inputs[batch.items];
            let output = read(self.trunk.forward(self.tensor(pictures, batch.padding)))?;
            // Rows of padding come last and are cut off here.
            for row in output.chunks_exact(EMBEDDING_LEN).take(pictures.len()) {
                embeddings.push(unit(row).ok_or(VisionError::NotANumber { row: embeddings.len() })?);
            }
        }
        Ok(embeddings)
    }

    /// Inputs as one tensor `[inputs + padding, 3, side, side]`, rows of padding being zero.
    fn tensor(&self, inputs: &[Input], padding: usize) -> Tensor<4> {
        let recipe = Recipe::shipped();
        let rows = inputs.len() + padding;
        let mut values = Vec::with_capacity(rows * recipe.input_len());
        inputs.iter().for_each(|it| values.extend_from_slice(it.values()));
        values.resize(rows * recipe.input_len(), 0.0);
        let side = recipe.side as usize;
        Tensor::from_data(TensorData::new(values, [rows, 3, side, side]), self.compute.device())
    }
}

fn read(output: Tensor<2>) -> Result<Vec<f32>, VisionError> {
    let lost = |detail: String| VisionError::DeviceLost { detail };
    let data = output.try_into_data().map_err(|error| lost(error.to_string()))?;
    data.try_into_vec().map_err(|error| lost(format!("{error:?}")))
}

/// The vector divided by its length; `None` when it is not finite or has no direction.
fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    let square: f64 = vector.iter().map(|it| f64::from(*it) * f64::from(*it)).sum();
    let length = square.sqrt();
    (length.is_finite() && length > 0.0)
        .then(|| vector.iter().map(|it| (f64::from(*it) / length) as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_is_divided_by_its_length() {
        assert_eq!(unit(&[3.0, 4.0]), Some(vec![0.6, 0.8]));
        assert_eq!(unit(&[0.0, 0.0]), None);
        assert_eq!(unit(&[f32::NAN, 1.0]), None);
        assert_eq!(unit(&[f32::INFINITY, 1.0]), None);
        let huge = unit(&[f32::MAX, f32::MAX]).expect("its square fits an f64");
        assert!((huge[0] - 0.5f32.sqrt()).abs() < 1e-6);
    }
}
