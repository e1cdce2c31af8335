//! The network: standardized features, hidden layers with ReLU, five logits.
//!
//! Tensors, all F32: `center` and `scale` `[features]`; `layers.N.weight` `[outputs, inputs]` and `layers.N.bias`
//! `[outputs]` from N = 0. Metadata: `format`, and `features`, the names that the model was trained on, joined by
//! commas. Standardized features are held within ±4, so that a picture unlike any that was trained on gets the
//! answer of the nearest extreme.

use gancho_media::DistortionFeatures;
use safetensors::tensor::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

use crate::error::QualityError;

/// Id of the shipped weights.
pub const MODEL_ID: &str = "quality";
/// Format named in the file's metadata.
pub const FORMAT: &str = "gancho.quality/1";

/// Standardized features are held within this distance of zero.
const FARTHEST: f32 = 4.0;
/// Outputs: the whole and four parts.
const OUTPUTS: usize = 5;

/// Technical quality, each number 0 (unusable) to 1 (clean).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// All distortions together.
    pub overall: f64,
    /// Freedom from blur: out of focus, moved, enlarged.
    pub blur: f64,
    /// Freedom from noise and grain.
    pub noise: f64,
    /// Freedom from blocks, rings and smeared detail of JPEG and WebP.
    pub compression: f64,
    /// Freedom from highlights and shadows without detail.
    pub exposure: f64,
}

/// The model of technical quality.
#[derive(Debug, Clone, PartialEq)]
pub struct QualityModel {
    center: Vec<f32>,
    scale: Vec<f32>,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone, PartialEq)]
struct Layer {
    inputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl QualityModel {
    /// Reads a model from the bytes of a safetensors file.
    ///
    /// # Errors
    /// Every variant of [`QualityError`].
    pub fn load(bytes: &[u8]) -> Result<Self, QualityError> {
        let unreadable =
            |it: safetensors::SafeTensorError| QualityError::NotSafetensors { detail: it.to_string() };
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        let said =
            |key: &str| metadata.metadata().as_ref().and_then(|it| it.get(key)).cloned().unwrap_or_default();
        let found = said("format");
        if found != FORMAT {
            return Err(QualityError::Format { found, expected: FORMAT.into() });
        }
        check_features(&said("features"))?;
        let tensors = SafeTensors::deserialize(bytes).map_err(unreadable)?;
        let mut inputs = DistortionFeatures::COUNT;
        let center = values(&tensors, "center", &[inputs])?;
        let scale = values(&tensors, "scale", &[inputs])?;
        if scale.iter().any(|it| *it <= 0.0) {
            return Err(fault("scale", "it holds a value that is not positive"));
        }
        let mut layers = Vec::new();
        while layers.len() * 2 + 2 < tensors.len() {
            let name = |part: &str| format!("layers.{}.{part}", layers.len());
            let outputs = tensors.tensor(&name("bias")).map_or(0, |it| it.shape().iter().product());
            let weight = values(&tensors, &name("weight"), &[outputs, inputs])?;
            let bias = values(&tensors, &name("bias"), &[outputs])?;
            layers.push(Layer { inputs, weight, bias });
            inputs = outputs;
        }
        if layers.is_empty() || inputs != OUTPUTS {
            return Err(fault("layers", &format!("the last one has {inputs} outputs instead of {OUTPUTS}")));
        }
        Ok(Self { center, scale, layers })
    }

    /// Judges a picture by its traces of distortion.
    pub fn judge(&self, features: &DistortionFeatures) -> Quality {
        let mut values: Vec<f32> = features
            .values()
            .iter()
            .zip(self.center.iter().zip(&self.scale))
            .map(|(it, (center, scale))| ((it - center) / scale).clamp(-FARTHEST, FARTHEST))
            .collect();
        for (index, layer) in self.layers.iter().enumerate() {
            values = layer.forward(&values);
            if index + 1 < self.layers.len() {
                values.iter_mut().for_each(|it| *it = it.max(0.0));
            }
        }
        let part = |index: usize| 1.0 / (1.0 + (-f64::from(values[index])).exp());
        Quality { overall: part(0), blur: part(1), noise: part(2), compression: part(3), exposure: part(4) }
    }
}

impl Layer {
    fn forward(&self, values: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(self.inputs);
        rows.zip(&self.bias)
            .map(|(row, bias)| row.iter().zip(values).map(|(w, x)| w * x).sum::<f32>() + bias)
            .collect()
    }
}

fn check_features(found: &str) -> Result<(), QualityError> {
    let names = DistortionFeatures::names();
    let mut told = found.split(',');
    for name in &names {
        let found = told.next().unwrap_or_default();
        if found != name {
            return Err(QualityError::Features { found: found.to_owned() });
        }
    }
    told.next().map_or(Ok(()), |found| Err(QualityError::Features { found: found.to_owned() }))
}

fn fault(tensor: &str, detail: &str) -> QualityError {
    QualityError::Tensor { tensor: tensor.to_owned(), detail: detail.to_owned() }
}

fn values(tensors: &SafeTensors, name: &str, shape: &[usize]) -> Result<Vec<f32>, QualityError> {
    let tensor = tensors.tensor(name).map_err(|it| fault(name, &it.to_string()))?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        let (dtype, found) = (tensor.dtype(), tensor.shape());
        return Err(fault(name, &format!("expected F32 {shape:?}, found {dtype:?} {found:?}")));
    }
    let values: Vec<f32> =
        tensor.data().as_chunks::<4>().0.iter().map(|it| f32::from_le_bytes(*it)).collect();
    if !values.iter().all(|it| it.is_finite()) {
        return Err(fault(name, "it holds a value that is not finite"));
    }
    Ok(values)
}

#[cfg(test)]
mod tests;
