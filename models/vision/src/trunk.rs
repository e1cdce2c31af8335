//! The trunk: MobileNetV2 1.0 with batch normalization folded in, and a projection to 512.
//!
//! Sandler et al. 2018 (arXiv:1801.04381), table 2. The heads of [`heads`](crate::heads) read what three of
//! its blocks give on the way. The Python twin is
//! `scripts/train/vision/network.py`; parameter names are the same in both and in the safetensors
//! file. Stride-2 convolutions are padded at the right and bottom only, as in TensorFlow, where
//! the first weights came from.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor};

/// Length of an embedding.
pub const EMBEDDING_LEN: usize = 512;
/// Channels after the last convolution.
pub const TRUNK_LEN: usize = 1280;
/// Side of the square that the trunk sees, in pixels: half the network's input.
pub const TRUNK_SIDE: usize = 176;
/// Blocks whose output the heads read: at strides 8, 16 and 32 of the network's input.
const TAPPED: [usize; 3] = [2, 5, 12];
/// Channels that leave those blocks.
pub(crate) const TAP_LENS: [usize; 3] = [24, 32, 96];
/// Channels after the first convolution.
const STEM_LEN: usize = 32;

/// A row of the paper's table 2: `repeats` blocks, the first of which has the stride.
struct Row {
    /// How many times wider a block is inside than its input (t).
    expansion: usize,
    /// Output channels (c).
    channels: usize,
    /// How many blocks (n).
    repeats: usize,
    /// Stride of the first block (s).
    stride: usize,
}

const fn row(expansion: usize, channels: usize, repeats: usize, stride: usize) -> Row {
    Row { expansion, channels, repeats, stride }
}

/// Table 2 of the paper.
const ROWS: [Row; 7] = [
    // t, c, n, s
    row(1, 16, 1, 1),
    row(6, 24, 2, 2),
    row(6, 32, 3, 2),
    row(6, 64, 4, 2),
    row(6, 96, 3, 1),
    row(6, 160, 3, 2),
    row(6, 320, 1, 1),
];

/// What the heads read of the trunk in the one walk through it.
#[derive(Debug)]
pub struct Taps {
    /// `[batch, 24, 44, 44]`.
    pub fine: Tensor<4>,
    /// `[batch, 32, 22, 22]`.
    pub middle: Tensor<4>,
    /// `[batch, 96, 11, 11]`.
    pub coarse: Tensor<4>,
    /// Averages over the picture's area after the last convolution, `[batch, 1280]`.
    pub pooled: Tensor<2>,
}

/// The trunk and its projection.
#[derive(Module, Debug)]
pub struct Trunk {
    stem: Conv2d,
    blocks: Vec<InvertedResidual>,
    last: Conv2d,
    projection: Linear,
}

/// Expand (1x1), filter each channel (3x3 depthwise), project (1x1, linear), add when shapes allow.
#[derive(Module, Debug)]
struct InvertedResidual {
    expand: Option<Conv2d>,
    depthwise: Conv2d,
    project: Conv2d,
    residual: bool,
}

impl Trunk {
    /// A network with weights that still have to be loaded.
    pub fn new(device: &Device) -> Self {
        let mut blocks = Vec::new();
        let mut width = STEM_LEN;
        for row in &ROWS {
            for repeat in 0..row.repeats {
                let stride = if repeat == 0 { row.stride } else { 1 };
                blocks.push(InvertedResidual::new(width, row.channels, row.expansion, stride, device));
                width = row.channels;
            }
        }
        Self {
            stem: conv3x3(3, STEM_LEN, 2, 1, device),
            blocks,
            last: conv1x1(width, TRUNK_LEN, device),
            projection: LinearConfig::new(TRUNK_LEN, EMBEDDING_LEN).init(device),
        }
    }

    /// The embedding before the last step, the division by the vector's length.
    ///
    /// # Shapes
    /// - `pooled`: `[batch, 1280]`, of [`Trunk::taps`]
    /// - returns: `[batch, 512]`
    pub fn project(&self, pooled: Tensor<2>) -> Tensor<2> {
        self.projection.forward(pooled)
    }

    /// The one walk through the trunk.
    ///
    /// # Shapes
    /// - `pictures`: `[batch, 3, 176, 176]`
    pub fn taps(&self, pictures: Tensor<4>) -> Taps {
        self.taps_with(pictures, &mut |_, _| ())
    }

    /// [`Trunk::taps`], showing what leaves each part on the way: `stem`, `block0` … `block16`, `last`.
    pub fn taps_with(&self, pictures: Tensor<4>, show: &mut dyn FnMut(&str, &Tensor<4>)) -> Taps {
        let mut x = relu6(self.stem.forward(pictures)); // [batch, 32, side / 2, side / 2]
        show("stem", &x);
        let mut tapped = Vec::with_capacity(TAPPED.len());
        for (index, block) in self.blocks.iter().enumerate() {
            x = block.forward(x);
            show(&format!("block{index}"), &x);
            if TAPPED.contains(&index) {
                tapped.push(x.clone());
            }
        }
        let x = relu6(self.last.forward(x)); // [batch, 1280, side / 32, side / 32]
        show("last", &x);
        let [batch, channels, height, width] = x.dims();
        let pooled = x.reshape([batch, channels, height * width]).mean_dim(2).reshape([batch, channels]);
        let mut tapped = tapped.into_iter();
        let mut next = || tapped.next().expect("three blocks are tapped");
        Taps { fine: next(), middle: next(), coarse: next(), pooled }
    }
}

impl InvertedResidual {
    fn new(width: usize, channels: usize, expansion: usize, stride: usize, device: &Device) -> Self {
        let hidden = width * expansion;
        Self {
            expand: (expansion != 1).then(|| conv1x1(width, hidden, device)),
            depthwise: conv3x3(hidden, hidden, stride, hidden, device),
            project: conv1x1(hidden, channels, device),
            residual: stride == 1 && width == channels,
        }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let y = match &self.expand {
            Some(expand) => relu6(expand.forward(x.clone())),
            None => x.clone(),
        };
        let y = self.project.forward(relu6(self.depthwise.forward(y)));
        if self.residual { x + y } else { y }
    }
}

pub(crate) fn conv1x1(channels_in: usize, channels_out: usize, device: &Device) -> Conv2d {
    Conv2dConfig::new([channels_in, channels_out], [1, 1]).init(device)
}

pub(crate) fn conv3x3(
    channels_in: usize,
    channels_out: usize,
    stride: usize,
    groups: usize,
    device: &Device,
) -> Conv2d {
    // top, left, bottom, right
    let padding = match stride {
        1 => PaddingConfig2d::Explicit(1, 1, 1, 1),
        _ => PaddingConfig2d::Explicit(0, 0, 1, 1),
    };
    Conv2dConfig::new([channels_in, channels_out], [3, 3])
        .with_stride([stride, stride])
        .with_groups(groups)
        .with_padding(padding)
        .init(device)
}

fn relu6(x: Tensor<4>) -> Tensor<4> {
    // Not `clamp(0, 6)`, which burn 0.22's CPU backend runs one number at a time: 1.24 ns for each
    // against 0.22 ns in these two vectorized passes.
    relu(x).clamp_max(6.0)
}

/// Multiplications (each with its addition) in one walk of a picture of `side` x `side` pixels through the
/// trunk and its projection, biases and activations left out, as the literature counts them.
pub fn multiply_adds(side: usize) -> usize {
    // Padded by one at the right and bottom only, an odd side loses its last half window.
    let halved = |side: usize| side / 2;
    let mut side = halved(side);
    let mut width = STEM_LEN;
    let mut total = side * side * 3 * 9 * STEM_LEN;
    for row in &ROWS {
        for repeat in 0..row.repeats {
            let hidden = width * row.expansion;
            let expand = if row.expansion == 1 { 0 } else { side * side * width * hidden };
            side = if repeat == 0 && row.stride == 2 { halved(side) } else { side };
            let depthwise = side * side * 9 * hidden;
            let project = side * side * hidden * row.channels;
            total += expand + depthwise + project;
            width = row.channels;
        }
    }
    total + side * side * width * TRUNK_LEN + TRUNK_LEN * EMBEDDING_LEN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_as_documented() {
        // Paper: 3.4 M with a classifier of 1,000 classes (1.28 M), 300 M multiply-adds at 224.
        let trunk = Trunk::new(&Device::flex());
        assert_eq!(trunk.num_params(), 2_862_688);
        assert_eq!(multiply_adds(TRUNK_SIDE), 177_104_896);
        assert_eq!(multiply_adds(224) / 1_000_000, 300);
    }

    #[test]
    fn the_trunk_has_seventeen_blocks_of_which_ten_are_residual() {
        let trunk = Trunk::new(&Device::flex());
        assert_eq!(trunk.blocks.len(), 17);
        assert_eq!(trunk.blocks.iter().filter(|it| it.residual).count(), 10);
        assert!(trunk.blocks[0].expand.is_none());
    }
}
