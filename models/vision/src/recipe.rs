//! How a picture becomes the network's input: `preprocess.toml`, and the code that follows it.

use std::sync::LazyLock;

use gancho_media::{Filter, RgbImage};
use serde::Deserialize;

use crate::VisionError;

static SHIPPED: LazyLock<Recipe> = LazyLock::new(|| {
    toml::from_str(include_str!("../preprocess.toml"))
        .expect("a test reads the embedded recipe on every build")
});

/// The recipe of `preprocess.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Width and height of the input, in pixels.
    pub side: u32,
    /// How the picture is fitted into the square.
    pub fit: Fit,
    /// How it is resampled.
    pub filter: Resampling,
    /// Mean of each channel (red, green, blue) of values in 0..1; subtracted.
    pub mean: [f32; 3],
    /// Deviation of each channel; divided by.
    pub deviation: [f32; 3],
}

/// How a picture is fitted into a square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// The whole picture; its aspect is not kept.
    Stretch,
}

/// How a picture is resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Resampling {
    /// Cubic convolution with a = -0.5, its support widened when reducing.
    Bicubic,
}

/// The trunk sees the input averaged over so many pixels across and down.
const POOL: usize = 2;
/// The heads see it in patches of so many pixels across and down.
const PATCH: usize = 4;
/// Numbers of a patch: three channels of 4 x 4 pixels.
pub const PATCH_LEN: usize = 3 * PATCH * PATCH;

/// One picture as the network wants it, twice: halved for the trunk, in patches for the heads.
///
/// Both are views of the one square of `preprocess.toml`, laid out here because a network does it slower.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    half: Vec<f32>,
    patches: Vec<f32>,
}

impl Recipe {
    /// The recipe that the shipped weights were trained with.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How many numbers an [`Input`] has: `3 x side x side`.
    pub fn input_len(&self) -> usize {
        3 * self.side as usize * self.side as usize
    }

    /// Prepares a picture, which must be upright sRGB: resample, then `(value / 255 - mean) / deviation`.
    pub fn preprocess(&self, pixels: &RgbImage) -> Input {
        let Fit::Stretch = self.fit;
        let Resampling::Bicubic = self.filter;
        // Across first, then down, each a pass of its own. Values are cut to 0..255 in between, so
        // the order shows at hard edges (16 levels beside white stripes), and left to themselves
        // libraries choose it by size and version.
        let across = gancho_media::resize(pixels, self.side, pixels.height(), Filter::Bicubic);
        let square = gancho_media::resize(&across, self.side, self.side, Filter::Bicubic);
        let interleaved = square.as_raw();
        let plane = interleaved.len() / 3;
        let mut values = vec![0.0; interleaved.len()];
        for channel in 0..3 {
            let (mean, deviation) = (self.mean[channel], self.deviation[channel]);
            // 256 possible values: looked up, not divided out for each pixel.
            let table: [f32; 256] = std::array::from_fn(|value| (value as f32 / 255.0 - mean) / deviation);
            let samples = interleaved.iter().skip(channel).step_by(3);
            for (out, value) in values[channel * plane..][..plane].iter_mut().zip(samples) {
                *out = table[usize::from(*value)];
            }
        }
        Input::laid_out(&values, self.side as usize)
    }
}

impl Input {
    /// Takes numbers that were prepared elsewhere by the same recipe: `[3, side, side]`, rows from the top,
    /// all of red, then green, then blue.
    ///
    /// # Errors
    /// [`VisionError::WrongInput`] when there are not `3 x side x side` of them.
    pub fn from_values(values: &[f32]) -> Result<Self, VisionError> {
        let recipe = Recipe::shipped();
        let expected = recipe.input_len();
        if values.len() != expected {
            return Err(VisionError::WrongInput { expected, found: values.len() });
        }
        Ok(Self::laid_out(values, recipe.side as usize))
    }

    fn laid_out(values: &[f32], side: usize) -> Self {
        let rows = |channel: usize, y: usize| &values[(channel * side + y) * side..][..side];
        let mut half = Vec::with_capacity(values.len() / (POOL * POOL));
        for channel in 0..3 {
            for y in (0..side).step_by(POOL) {
                let pairs = rows(channel, y).chunks_exact(POOL).zip(rows(channel, y + 1).chunks_exact(POOL));
                half.extend(pairs.map(|(upper, lower)| (upper[0] + upper[1] + lower[0] + lower[1]) / 4.0));
            }
        }
        // As `torch.nn.functional.pixel_unshuffle`: channel, then row and column within the patch.
        let mut patches = Vec::with_capacity(values.len());
        for channel in 0..3 {
            for (dy, dx) in (0..PATCH).flat_map(|dy| (0..PATCH).map(move |dx| (dy, dx))) {
                for y in (dy..side).step_by(PATCH) {
                    patches.extend(rows(channel, y).iter().skip(dx).step_by(PATCH));
                }
            }
        }
        Self { half, patches }
    }

    /// What the trunk sees: `[3, side / 2, side / 2]`, each number the mean of 2 x 2.
    pub fn half(&self) -> &[f32] {
        &self.half
    }

    /// What the heads see: `[48, side / 4, side / 4]`, each cell a patch of 4 x 4 pixels and three channels.
    pub fn patches(&self) -> &[f32] {
        &self.patches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_recipe_is_the_one_the_network_was_trained_with() {
        let recipe = Recipe::shipped();
        assert_eq!((recipe.side, recipe.fit, recipe.filter), (352, Fit::Stretch, Resampling::Bicubic));
        assert_eq!((recipe.mean, recipe.deviation), ([0.5; 3], [0.5; 3]));
    }

    #[test]
    fn a_recipe_with_an_unknown_key_or_filter_is_refused() {
        let text = include_str!("../preprocess.toml");
        assert!(toml::from_str::<Recipe>(&text.replace("side", "size")).is_err());
        assert!(toml::from_str::<Recipe>(&text.replace("bicubic", "nearest")).is_err());
        assert!(toml::from_str::<Recipe>(&format!("{text}\ncrop = 0.9\n")).is_err());
    }

    #[test]
    fn channels_lie_one_after_the_other_and_are_normalized() {
        let picture = RgbImage::from_pixel(40, 20, image_pixel([255, 0, 128]));
        let input = Recipe::shipped().preprocess(&picture);
        let gray = (128.0 / 255.0 - 0.5) / 0.5;
        for (values, plane) in [(input.half(), 176 * 176), (input.patches(), 16 * 88 * 88)] {
            assert_eq!(values.len(), 3 * plane);
            assert!(values[..plane].iter().all(|it| *it == 1.0));
            assert!(values[plane..2 * plane].iter().all(|it| *it == -1.0));
            assert!(values[2 * plane..].iter().all(|it| (*it - gray).abs() < 1e-6));
        }
    }

    #[test]
    fn halves_are_means_and_patches_keep_every_pixel() {
        // Four by four pixels of one channel count up from 0; the other two are flat.
        let values: Vec<f32> = (0..16u8).map(f32::from).chain([20.0; 16]).chain([30.0; 16]).collect();
        let input = Input::laid_out(&values, 4);
        assert_eq!(input.half()[..4], [2.5, 4.5, 10.5, 12.5]);
        assert_eq!(input.patches(), values, "one patch holds the picture as it lies");
        let wide: Vec<f32> = (0..64u8).map(f32::from).chain([0.0; 128]).collect();
        let input = Input::laid_out(&wide, 8);
        // Plane 6 is row 1, column 2 of each patch: pixels (2, 1), (6, 1), (2, 5), (6, 5).
        assert_eq!(input.patches()[6 * 4..7 * 4], [10.0, 14.0, 42.0, 46.0]);
    }

    fn image_pixel(rgb: [u8; 3]) -> <RgbImage as std::ops::Index<(u32, u32)>>::Output {
        let mut one = RgbImage::new(1, 1);
        one[(0, 0)].0 = rgb;
        one[(0, 0)]
    }

    #[test]
    fn an_input_of_another_length_is_refused() {
        assert!(Input::from_values(&vec![0.0; 3 * 352 * 352]).is_ok());
        let error = Input::from_values(&vec![0.0; 3 * 224 * 224]).expect_err("224 is another network");
        assert_eq!(error, VisionError::WrongInput { expected: 371_712, found: 150_528 });
    }
}
