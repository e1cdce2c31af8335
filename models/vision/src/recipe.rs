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

/// One picture as the network wants it: `[3, side, side]`, channel after channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    values: Vec<f32>,
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
        Input { values }
    }
}

impl Input {
    /// Takes numbers that were prepared elsewhere by the same recipe.
    ///
    /// # Errors
    /// [`VisionError::WrongInput`] when there are not `3 x side x side` of them.
    pub fn from_values(values: Vec<f32>) -> Result<Self, VisionError> {
        let expected = Recipe::shipped().input_len();
        if values.len() != expected {
            return Err(VisionError::WrongInput { expected, found: values.len() });
        }
        Ok(Self { values })
    }

    /// The numbers: rows from the top, all of red, then green, then blue.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_recipe_is_the_one_the_network_was_trained_with() {
        let recipe = Recipe::shipped();
        assert_eq!((recipe.side, recipe.fit, recipe.filter), (160, Fit::Stretch, Resampling::Bicubic));
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
        let plane = 160 * 160;
        assert_eq!(input.values().len(), 3 * plane);
        assert!(input.values()[..plane].iter().all(|it| *it == 1.0));
        assert!(input.values()[plane..2 * plane].iter().all(|it| *it == -1.0));
        let gray = (128.0 / 255.0 - 0.5) / 0.5;
        assert!(input.values()[2 * plane..].iter().all(|it| (*it - gray).abs() < 1e-6));
    }

    fn image_pixel(rgb: [u8; 3]) -> <RgbImage as std::ops::Index<(u32, u32)>>::Output {
        let mut one = RgbImage::new(1, 1);
        one[(0, 0)].0 = rgb;
        one[(0, 0)]
    }

    #[test]
    fn an_input_of_another_length_is_refused() {
        assert!(Input::from_values(vec![0.0; 3 * 160 * 160]).is_ok());
        let error = Input::from_values(vec![0.0; 3 * 224 * 224]).expect_err("224 is another network");
        assert_eq!(error, VisionError::WrongInput { expected: 76_800, found: 150_528 });
    }
}
