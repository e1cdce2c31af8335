//! The network with its weights on a device.

use burn::tensor::{Tensor, TensorData};
use gancho_inference::{Compute, fixed_batches, load_weights, softmax, unit, values};
use gancho_media::RgbImage;

use crate::faces::{self, sigmoid};
use crate::heads::{FACE_LEN, Outputs};
use crate::network::Network;
use crate::trunk::TRUNK_SIDE;
use crate::{ATTENTION_SIDE, Grid, Input, Kinds, PATCH_LEN, Recipe, Sight, TEXT_SIDE, VisionError};

pub use crate::trunk::EMBEDDING_LEN;

/// The name of this model in the manifest of weights.
pub const MODEL_ID: &str = "vision";

/// The vision model. Safe to share between threads; cloning does not copy the weights.
#[derive(Debug, Clone)]
pub struct VisionModel {
    network: Network,
    compute: Compute,
}

impl VisionModel {
    /// Loads weights from the bytes of a safetensors file onto a device.
    ///
    /// # Errors
    /// [`VisionError::Weights`] when they do not fit the network exactly.
    pub fn load(bytes: &[u8], compute: &Compute) -> Result<Self, VisionError> {
        let mut network = Network::new(compute.device());
        load_weights(&mut network, bytes)?;
        Ok(Self { network, compute: compute.clone() })
    }

    /// The device it runs on.
    pub fn compute(&self) -> &Compute {
        &self.compute
    }

    /// The network itself.
    pub fn network(&self) -> &Network {
        &self.network
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
        self.rows(inputs, |batch, padding| self.network.embed(self.halves(batch, padding)), unit)
    }

    /// Everything that one forward pass tells of each picture, in the order given.
    ///
    /// Batches and errors as for [`VisionModel::embed`], whose embeddings these are to the last bit on
    /// the same device.
    pub fn see(&self, inputs: &[Input]) -> Result<Vec<Sight>, VisionError> {
        let flat = |batch: &[Input], padding| {
            let (halves, patches) = (self.halves(batch, padding), self.patches(batch, padding));
            let (embedding, outputs) = self.network.see(halves, patches);
            let Outputs { attention, text, faces, kind } = outputs;
            // Side by side, so that a device is waited for once.
            Tensor::cat(vec![embedding, flattened(attention), flattened(text), flattened(faces), kind], 1)
        };
        self.rows(inputs, flat, sight)
    }

    /// Runs batches through the network and reads each row of its output.
    fn rows<T>(
        &self,
        inputs: &[Input],
        forward: impl Fn(&[Input], usize) -> Tensor<2>,
        decode: impl Fn(&[f32]) -> Option<T>,
    ) -> Result<Vec<T>, VisionError> {
        let mut results = Vec::with_capacity(inputs.len());
        for batch in fixed_batches(inputs.len(), self.compute.batch_size()) {
            let pictures = &inputs[batch.items];
            let output = forward(pictures, batch.padding);
            let [_, length] = output.dims();
            // Rows of padding come last and are cut off here.
            for row in read(output)?.chunks_exact(length).take(pictures.len()) {
                results.push(decode(row).ok_or(VisionError::NotANumber { row: results.len() })?);
            }
        }
        Ok(results)
    }

    /// What the trunk sees of a batch: `[inputs + padding, 3, 176, 176]`.
    pub fn halves(&self, inputs: &[Input], padding: usize) -> Tensor<4> {
        self.tensor(inputs.iter().map(Input::half), [3, TRUNK_SIDE, TRUNK_SIDE], inputs.len() + padding)
    }

    /// What the heads see of a batch: `[inputs + padding, 48, 88, 88]`.
    pub fn patches(&self, inputs: &[Input], padding: usize) -> Tensor<4> {
        self.tensor(
            inputs.iter().map(Input::patches),
            [PATCH_LEN, TEXT_SIDE, TEXT_SIDE],
            inputs.len() + padding,
        )
    }

    /// One row each, then rows of zeros.
    fn tensor<'a>(
        &self,
        rows: impl Iterator<Item = &'a [f32]>,
        [channels, height, width]: [usize; 3],
        batch: usize,
    ) -> Tensor<4> {
        let length = batch * channels * height * width;
        let mut values = Vec::with_capacity(length);
        rows.for_each(|row| values.extend_from_slice(row));
        values.resize(length, 0.0);
        let data = TensorData::new(values, [batch, channels, height, width]);
        Tensor::from_data(data, self.compute.device())
    }
}

fn read(output: Tensor<2>) -> Result<Vec<f32>, VisionError> {
    values(output).map_err(|detail| VisionError::DeviceLost { detail })
}

fn flattened(maps: Tensor<4>) -> Tensor<2> {
    maps.flatten(1, 3)
}

/// The outputs of one picture, side by side, as what they mean; `None` when a number is not finite.
fn sight(row: &[f32]) -> Option<Sight> {
    const ATTENTION: usize = ATTENTION_SIDE * ATTENTION_SIDE;
    const TEXT: usize = TEXT_SIDE * TEXT_SIDE;
    if !row.iter().all(|it| it.is_finite()) {
        return None;
    }
    let (embedding, rest) = row.split_at_checked(EMBEDDING_LEN)?;
    let (attention, rest) = rest.split_at_checked(ATTENTION)?;
    let (text, rest) = rest.split_at_checked(TEXT)?;
    let (faces, kind) = rest.split_at_checked(FACE_LEN * ATTENTION)?;
    let [photo, design, screenshot, logo_or_packshot] = softmax(kind).try_into().ok()?;
    Some(Sight {
        embedding: unit(embedding)?,
        attention: Grid { side: ATTENTION_SIDE, values: softmax(attention) },
        text: Grid { side: TEXT_SIDE, values: text.iter().map(|it| sigmoid(*it)).collect() },
        faces: faces::decode(faces),
        kind: Kinds { photo, design, screenshot, logo_or_packshot },
    })
}
