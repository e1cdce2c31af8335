//! ResNet with batch normalization folded into its convolutions.
//!
//! He et al. 2016 (arXiv:1512.03385), table 1. Tensors are named as in torchvision's and timm's
//! `state_dict`, which are the same.

use burn::module::Param;
use burn::nn::PaddingConfig2d;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::pool::{AvgPool2dConfig, MaxPool2dConfig};
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor, TensorData};
use gancho_inference::Checkpoint;

use crate::architecture::{Architecture, Block, Stem};

/// `eps` of every batch normalization in the family.
const EPSILON: f64 = 1e-5;

/// The network up to its pooled features.
#[derive(Debug, Clone)]
pub struct Network {
    stem: Vec<Conv2d>,
    blocks: Vec<Residual>,
}

/// A block: what is added to the shortcut.
#[derive(Debug, Clone)]
struct Residual {
    convolutions: Vec<Conv2d>,
    shortcut: Shortcut,
}

/// The way around a block.
#[derive(Debug, Clone)]
enum Shortcut {
    Identity,
    /// 1x1 convolution, with the block's stride.
    Project(Conv2d),
    /// Average over 2x2 pixels, then a 1x1 convolution.
    PoolAndProject(Conv2d),
}

impl Network {
    /// Builds a network from the tensors of a file, which must be those of the architecture with a
    /// classifier of `classes` classes (0: without one). [`Checkpoint::finish`] tells whether they
    /// were; until then the network must not be used.
    pub fn build(
        architecture: &Architecture,
        classes: usize,
        checkpoint: &mut Checkpoint<'_>,
        device: &Device,
    ) -> Self {
        let mut reader = Reader { checkpoint, device };
        let stem = reader.stem(architecture);
        let mut width = architecture.stem_len();
        let mut blocks = Vec::new();
        for (stage, (&count, &channels)) in architecture.layers.iter().zip(&architecture.channels).enumerate()
        {
            for index in 0..count {
                let stride = if stage > 0 && index == 0 { 2 } else { 1 };
                let name = format!("layer{}.{index}", stage + 1);
                blocks.push(reader.block(architecture, &name, width, channels, stride));
                width = channels * architecture.block.expansion();
            }
        }
        if classes > 0 {
            // Of no use here, but part of what the file must hold.
            reader.checkpoint.take("fc.weight", &[classes, width]);
            reader.checkpoint.take("fc.bias", &[classes]);
        }
        Self { stem, blocks }
    }

    /// Averages over the picture's area after the last stage.
    ///
    /// # Shapes
    /// - `pictures`: `[batch, 3, side, side]`
    /// - returns: `[batch, embedding_len]`, not of unit length
    pub fn forward(&self, pictures: Tensor<4>) -> Tensor<2> {
        let mut x = pictures;
        for convolution in &self.stem {
            x = relu(convolution.forward(x)); // [batch, stem, side / 2, side / 2]
        }
        let pool = MaxPool2dConfig::new([3, 3]).with_strides([2, 2]).with_padding(around(1)).init();
        x = pool.forward(x); // [batch, stem, side / 4, side / 4]
        for block in &self.blocks {
            x = block.forward(x); // [batch, channels, side / 32, side / 32] after the last
        }
        let [batch, channels, height, width] = x.dims();
        x.reshape([batch, channels, height * width]).mean_dim(2).reshape([batch, channels])
    }
}

impl Residual {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let mut y = x.clone();
        for (index, convolution) in self.convolutions.iter().enumerate() {
            y = convolution.forward(if index == 0 { y } else { relu(y) });
        }
        let around = match &self.shortcut {
            Shortcut::Identity => x,
            Shortcut::Project(project) => project.forward(x),
            Shortcut::PoolAndProject(project) => {
                // An odd side keeps its last row and column, averaged over what is there.
                let pool = AvgPool2dConfig::new([2, 2])
                    .with_strides([2, 2])
                    .with_ceil_mode(true)
                    .with_count_include_pad(false)
                    .init();
                project.forward(pool.forward(x))
            }
        };
        relu(y + around)
    }
}

/// The same padding on all sides.
fn around(padding: usize) -> PaddingConfig2d {
    PaddingConfig2d::Explicit(padding, padding, padding, padding)
}

/// The shape of a convolution.
#[derive(Clone, Copy)]
struct Shape {
    from: usize,
    to: usize,
    kernel: usize,
    stride: usize,
}

/// Builds layers from a file.
struct Reader<'a, 'b> {
    checkpoint: &'a mut Checkpoint<'b>,
    device: &'a Device,
}

impl Reader<'_, '_> {
    fn stem(&mut self, architecture: &Architecture) -> Vec<Conv2d> {
        let to = architecture.stem_len();
        match architecture.stem {
            Stem::Plain => {
                vec![self.convolution("conv1", "bn1", Shape { from: 3, to, kernel: 7, stride: 2 })]
            }
            Stem::Deep(width) => vec![
                self.convolution("conv1.0", "conv1.1", Shape { from: 3, to: width, kernel: 3, stride: 2 }),
                self.convolution(
                    "conv1.3",
                    "conv1.4",
                    Shape { from: width, to: width, kernel: 3, stride: 1 },
                ),
                self.convolution("conv1.6", "bn1", Shape { from: width, to, kernel: 3, stride: 1 }),
            ],
        }
    }

    fn block(
        &mut self,
        architecture: &Architecture,
        name: &str,
        width: usize,
        channels: usize,
        stride: usize,
    ) -> Residual {
        let end = channels * architecture.block.expansion();
        let shapes = match architecture.block {
            Block::Basic => vec![
                Shape { from: width, to: channels, kernel: 3, stride },
                Shape { from: channels, to: channels, kernel: 3, stride: 1 },
            ],
            Block::Bottleneck => vec![
                Shape { from: width, to: channels, kernel: 1, stride: 1 },
                Shape { from: channels, to: channels, kernel: 3, stride },
                Shape { from: channels, to: end, kernel: 1, stride: 1 },
            ],
        };
        let convolutions = shapes
            .into_iter()
            .enumerate()
            .map(|(index, shape)| {
                let nth = index + 1;
                self.convolution(&format!("{name}.conv{nth}"), &format!("{name}.bn{nth}"), shape)
            })
            .collect();
        let shortcut = if stride == 1 && width == end {
            Shortcut::Identity
        } else {
            self.shortcut(architecture, &format!("{name}.downsample"), width, end, stride)
        };
        Residual { convolutions, shortcut }
    }

    fn shortcut(
        &mut self,
        architecture: &Architecture,
        name: &str,
        from: usize,
        to: usize,
        stride: usize,
    ) -> Shortcut {
        let mut projection = |convolution: usize, stride: usize| {
            let (weights, norm) = (format!("{name}.{convolution}"), format!("{name}.{}", convolution + 1));
            self.convolution(&weights, &norm, Shape { from, to, kernel: 1, stride })
        };
        match (architecture.stem, stride) {
            (Stem::Plain, _) => Shortcut::Project(projection(0, stride)),
            // Place 0 is the pooling; without a stride it is left out, but the place stays.
            (Stem::Deep(_), 1) => Shortcut::Project(projection(1, 1)),
            (Stem::Deep(_), _) => Shortcut::PoolAndProject(projection(1, 1)),
        }
    }

    /// A convolution with the batch normalization behind it folded in.
    fn convolution(&mut self, name: &str, norm: &str, shape: Shape) -> Conv2d {
        let Shape { from, to, kernel, stride } = shape;
        let weight = self.checkpoint.take(&format!("{name}.weight"), &[to, from, kernel, kernel]);
        let [gamma, beta, mean, variance] = ["weight", "bias", "running_mean", "running_var"]
            .map(|it| self.checkpoint.take(&format!("{norm}.{it}"), &[to]));
        self.checkpoint.skip(&format!("{norm}.num_batches_tracked"));
        let config = Conv2dConfig::new([from, to], [kernel, kernel])
            .with_stride([stride, stride])
            .with_padding(around(kernel / 2));
        let mut convolution = config.init(self.device);
        if let (Some(weight), Some(gamma), Some(beta), Some(mean), Some(variance)) =
            (weight, gamma, beta, mean, variance)
        {
            let norm = Norm { gamma: &gamma, beta: &beta, mean: &mean, variance: &variance };
            let (weight, bias) = fold(weight, &norm);
            let weight = TensorData::new(weight, [to, from, kernel, kernel]);
            convolution.weight = Param::from_tensor(Tensor::from_data(weight, self.device));
            let bias = TensorData::new(bias, [to]);
            convolution.bias = Some(Param::from_tensor(Tensor::from_data(bias, self.device)));
        }
        convolution
    }
}

/// Batch normalization at inference: `gamma (x - mean) / sqrt(variance + eps) + beta`.
struct Norm<'a> {
    gamma: &'a [f32],
    beta: &'a [f32],
    mean: &'a [f32],
    variance: &'a [f32],
}

/// Weights and biases of the convolution that does both. Computed in double precision, so that
/// folding costs no more than one rounding.
fn fold(mut weight: Vec<f32>, norm: &Norm<'_>) -> (Vec<f32>, Vec<f32>) {
    let channels = norm.gamma.len();
    let kernel = weight.len() / channels.max(1);
    let mut bias = Vec::with_capacity(channels);
    for (channel, weights) in weight.chunks_exact_mut(kernel.max(1)).enumerate() {
        let scale = f64::from(norm.gamma[channel]) / (f64::from(norm.variance[channel]) + EPSILON).sqrt();
        weights.iter_mut().for_each(|it| *it = (f64::from(*it) * scale) as f32);
        bias.push((f64::from(norm.beta[channel]) - f64::from(norm.mean[channel]) * scale) as f32);
    }
    (weight, bias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_the_formula() {
        // Channel 0: 2 (3x - 1) / sqrt(4) + 0.5 = 3x - 0.5. Channel 1: (5x + 2) / sqrt(1) = 5x + 2.
        let eps = EPSILON as f32;
        let norm = Norm {
            gamma: &[2.0, 1.0],
            beta: &[0.5, 0.0],
            mean: &[1.0, -2.0],
            variance: &[4.0 - eps, 1.0 - eps],
        };
        let (weight, bias) = fold(vec![3.0, 5.0], &norm);
        for (found, expected) in weight.iter().chain(&bias).zip([3.0, 5.0, -0.5, 2.0]) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }
}
