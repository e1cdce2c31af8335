//! The heads: attention, text, faces and kind of picture, read off the trunk in the same pass.
//!
//! The trunk sees the input at half its side. A thin detail branch beside it sees the whole (the two branches
//! of BiSeNet, Yu et al. 2018, arXiv:1808.00897); both are joined from coarse to fine (FPN, Lin et al. 2017,
//! arXiv:1612.03144). The Python twin is `scripts/train/vision/network.py`; parameter names are the same in
//! both and in the safetensors file.

use burn::module::{Initializer, Module, Param};
use burn::nn::conv::Conv2d;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::activation::relu;
use burn::tensor::module::interpolate;
use burn::tensor::ops::{InterpolateMode, InterpolateOptions};
use burn::tensor::{Device, Tensor, s};

use crate::trunk::{TAP_LENS, TRUNK_LEN, Taps, conv1x1, conv3x3};
use crate::{ATTENTION_SIDE, PATCH_LEN, TEXT_SIDE};

/// Kinds of picture that the network tells apart, in the order of its logits.
pub const KINDS: [&str; 4] = ["photo", "design", "screenshot", "logo_or_packshot"];

/// Channels of the joined map.
const JOINED: usize = 48;
/// Channels of the detail branch at stride 4, where text is found.
const DETAIL: usize = 24;
/// Channels at strides 16 and 32.
const COARSE: usize = 64;
/// Channels of the branch that finds faces.
const FACES: usize = 64;
/// Numbers of a cell of the face map: logit, center x and y, logarithms of width and height.
pub(crate) const FACE_LEN: usize = 5;

/// What the heads say, before the last step of each.
#[derive(Debug)]
pub struct Outputs {
    /// Logits `[batch, 1, 44, 44]`; softmax over the map.
    pub attention: Tensor<4>,
    /// Logits `[batch, 1, 88, 88]`; sigmoid.
    pub text: Tensor<4>,
    /// `[batch, 5, 44, 44]`: logit, then the face's center from the middle of the cell, in cells, and the
    /// natural logarithms of its width and height in cells.
    pub faces: Tensor<4>,
    /// Logits `[batch, 4]`, in the order of [`KINDS`]; softmax.
    pub kind: Tensor<2>,
}

/// All heads.
#[derive(Module, Debug)]
pub struct Heads {
    patch: Conv2d,
    detail4: Separable,
    detail8: Separable,
    context: Linear,
    coarse: Conv2d,
    middle: Conv2d,
    fuse16: Separable,
    fine: Conv2d,
    fuse8: Separable,
    attention_hidden: Conv2d,
    attention: Conv2d,
    centre_prior: Param<Tensor<4>>,
    face_join: Conv2d,
    face_hidden: Separable,
    face_deep: Separable,
    face: Conv2d,
    text_down: Conv2d,
    text_hidden: Separable,
    text: Conv2d,
    kind: Linear,
}

/// A depthwise 3x3 and a pointwise convolution, each followed by ReLU (Howard et al. 2017).
#[derive(Module, Debug)]
struct Separable {
    depthwise: Conv2d,
    pointwise: Conv2d,
}

impl Heads {
    /// Heads with weights that still have to be loaded.
    pub fn new(device: &Device) -> Self {
        let [fine, middle, coarse] = TAP_LENS;
        let separable = |from, to, stride| Separable {
            depthwise: conv3x3(from, from, stride, from, device),
            pointwise: conv1x1(from, to, device),
        };
        let linear = |to| LinearConfig::new(TRUNK_LEN, to).init(device);
        Self {
            patch: conv1x1(PATCH_LEN, 32, device),
            detail4: separable(32, DETAIL, 1),
            detail8: separable(DETAIL, JOINED, 2),
            context: linear(COARSE),
            coarse: conv1x1(coarse, COARSE, device),
            middle: conv1x1(middle, COARSE, device),
            fuse16: separable(COARSE, JOINED, 1),
            fine: conv1x1(fine, JOINED, device),
            fuse8: separable(JOINED, JOINED, 1),
            attention_hidden: conv1x1(JOINED, 16, device),
            attention: conv1x1(16, 1, device),
            centre_prior: Initializer::Zeros.init([1, 1, ATTENTION_SIDE, ATTENTION_SIDE], device),
            face_join: conv1x1(JOINED + 4 * DETAIL, FACES, device),
            face_hidden: separable(FACES, FACES, 1),
            face_deep: separable(FACES, FACES, 1),
            face: conv1x1(FACES, FACE_LEN, device),
            text_down: conv1x1(JOINED, DETAIL, device),
            text_hidden: separable(DETAIL, DETAIL, 1),
            text: conv1x1(DETAIL, 1, device),
            kind: linear(KINDS.len()),
        }
    }

    /// # Shapes
    /// - `patches`: `[batch, 48, 88, 88]`, the input in patches of 4 x 4 pixels ([`Input::patches`](crate::Input::patches))
    /// - `taps`: of the trunk, for the same pictures at half the side
    pub fn forward(&self, patches: Tensor<4>, taps: Taps) -> Outputs {
        let detail4 = self.detail4.forward(relu(self.patch.forward(patches))); // [batch, 24, 88, 88]
        let [batch, _] = taps.pooled.dims();
        let context = self.context.forward(taps.pooled.clone()).reshape([batch, COARSE, 1, 1]);
        let x = relu(self.coarse.forward(taps.coarse) + context); // [batch, 64, 11, 11]
        let x = relu(doubled(x) + self.middle.forward(taps.middle));
        let x = self.fuse16.forward(x); // [batch, 48, 22, 22]
        let detail8 = self.detail8.forward(detail4.clone());
        let x = relu(doubled(x) + self.fine.forward(taps.fine) + detail8);
        let x = self.fuse8.forward(x); // [batch, 48, 44, 44]

        let attention = self.attention.forward(relu(self.attention_hidden.forward(x.clone())));
        let text = relu(doubled(self.text_down.forward(x.clone())) + detail4.clone());
        // Faces need detail that the joined map has averaged away.
        let faces = relu(self.face_join.forward(Tensor::cat(vec![x, quarters(detail4)], 1)));
        let faces = self.face_hidden.forward(faces);
        let faces = faces.clone() + self.face_deep.forward(faces);
        Outputs {
            attention: attention + self.centre_prior.val(),
            text: self.text.forward(self.text_hidden.forward(text)),
            faces: self.face.forward(faces),
            kind: self.kind.forward(taps.pooled),
        }
    }
}

impl Separable {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        relu(self.pointwise.forward(relu(self.depthwise.forward(x))))
    }
}

/// Each cell becomes 2 x 2 equal cells.
fn doubled(x: Tensor<4>) -> Tensor<4> {
    let [_, _, height, width] = x.dims();
    let size = [2 * height, 2 * width];
    let nearest = InterpolateOptions::new(InterpolateMode::Nearest).with_align_corners(false);
    interpolate(x, nearest.with_output_size(size))
}

/// Each square of 2 x 2 cells becomes one cell of four times the channels: first those of the upper left cells, then
/// of the upper right, lower left and lower right ones.
fn quarters(x: Tensor<4>) -> Tensor<4> {
    let phase = |row: isize, column: isize| x.clone().slice(s![.., .., row..;2, column..;2]);
    Tensor::cat(vec![phase(0, 0), phase(0, 1), phase(1, 0), phase(1, 1)], 1)
}

/// Multiplications (each with its addition) of all heads in one pass, beside those of the trunk.
pub fn multiply_adds() -> usize {
    let separable = |side: usize, stride: usize, from: usize, to: usize| {
        let side = side / stride;
        side * side * (9 * from + from * to)
    };
    let pointwise = |side: usize, from: usize, to: usize| side * side * from * to;
    let [fine, middle, coarse] = TAP_LENS;
    let (s8, s4) = (ATTENTION_SIDE, TEXT_SIDE);
    let detail =
        pointwise(s4, PATCH_LEN, 32) + separable(s4, 1, 32, DETAIL) + separable(s4, 2, DETAIL, JOINED);
    let join = TRUNK_LEN * COARSE
        + pointwise(s8 / 4, coarse, COARSE)
        + pointwise(s8 / 2, middle, COARSE)
        + separable(s8 / 2, 1, COARSE, JOINED)
        + pointwise(s8, fine, JOINED)
        + separable(s8, 1, JOINED, JOINED);
    let attention = pointwise(s8, JOINED, 16) + pointwise(s8, 16, 1);
    let faces = pointwise(s8, JOINED + 4 * DETAIL, FACES)
        + 2 * separable(s8, 1, FACES, FACES)
        + pointwise(s8, FACES, FACE_LEN);
    let text = pointwise(s8, JOINED, DETAIL) + separable(s4, 1, DETAIL, DETAIL) + pointwise(s4, DETAIL, 1);
    detail + join + attention + faces + text + TRUNK_LEN * KINDS.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use burn::tensor::TensorData;

    #[test]
    fn size_is_as_documented() {
        // Counted in PyTorch by hooks on the twin.
        assert_eq!(Heads::new(&Device::flex()).num_params(), 131_323);
        assert_eq!(multiply_adds(), 80_454_272);
    }

    #[test]
    fn quarters_are_the_cells_of_each_corner() {
        let data = TensorData::new((0..16).map(|it| it as f32).collect::<Vec<_>>(), [1, 1, 4, 4]);
        let out = quarters(Tensor::from_data(data, &Device::flex()));
        assert_eq!(out.dims(), [1, 4, 2, 2]);
        let values: Vec<f32> = out.into_data().try_into_vec().unwrap();
        assert_eq!(values, [0., 2., 8., 10., 1., 3., 9., 11., 4., 6., 12., 14., 5., 7., 13., 15.]);
    }

    #[test]
    fn doubling_repeats_each_cell_across_and_down() {
        let data = TensorData::new(vec![1.0f32, 2.0, 3.0, 4.0], [1, 1, 2, 2]);
        let out = doubled(Tensor::from_data(data, &Device::flex()));
        assert_eq!(out.dims(), [1, 1, 4, 4]);
        let values: Vec<f32> = out.into_data().try_into_vec().unwrap();
        assert_eq!(values, [1., 1., 2., 2., 1., 1., 2., 2., 3., 3., 4., 4., 3., 3., 4., 4.]);
    }
}
