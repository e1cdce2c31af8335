//! How a picture becomes a backbone's input: the preprocessing that was published with it.

use gancho_media::{Filter, RgbImage, resize};

/// Resize the shorter side, cut out the middle, subtract, divide: torchvision's transforms.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Width and height of the input, in pixels.
    pub side: u32,
    /// The shorter side of the picture before the cut, in pixels.
    pub scaled: u32,
    /// How it is resampled.
    pub filter: Filter,
    /// Mean of each channel (red, green, blue) of values in 0..1; subtracted.
    pub mean: [f32; 3],
    /// Deviation of each channel; divided by.
    pub deviation: [f32; 3],
}

/// One picture as a backbone wants it: `[3, side, side]`, channel after channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub(crate) values: Vec<f32>,
}

/// A picture longer than this many times its width is cut before it is resized: only the middle is
/// used anyway, and a line of a million pixels would fill the memory.
const MAX_ASPECT: u32 = 16;

impl Recipe {
    /// How many numbers an [`Input`] has: `3 x side x side`.
    pub fn input_len(&self) -> usize {
        3 * self.side as usize * self.side as usize
    }

    /// Prepares a picture, which must be upright sRGB: [`Recipe::crop`], then
    /// `(value / 255 - mean) / deviation`.
    pub fn preprocess(&self, pixels: &RgbImage) -> Input {
        self.normalize(&self.crop(pixels))
    }

    /// The middle of the picture, `side` x `side` pixels.
    pub fn crop(&self, pixels: &RgbImage) -> RgbImage {
        let (width, height) = pixels.dimensions();
        let longest = width.min(height).max(1).saturating_mul(MAX_ASPECT);
        let cut;
        let pixels = if width.max(height) > longest {
            cut = middle(pixels, width.min(longest), height.min(longest));
            &cut
        } else {
            pixels
        };
        let (width, height) = pixels.dimensions();
        let shorter = u64::from(width.min(height).max(1));
        let scale = |it: u32| (u64::from(self.scaled) * u64::from(it.max(1)) / shorter) as u32;
        let (width, height) = (scale(width), scale(height));
        // Across first, then down, each a pass of its own, as Pillow does.
        let across = resize(pixels, width, pixels.height(), self.filter);
        middle(&resize(&across, width, height, self.filter), self.side, self.side)
    }

    /// Turns pixels, `side` x `side` of them, into an input.
    pub fn normalize(&self, square: &RgbImage) -> Input {
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
        values.resize(self.input_len(), 0.0);
        Input { values }
    }
}

/// The middle `width` x `height` pixels, or as many as there are. Halves are rounded to even, as
/// Python does.
fn middle(pixels: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (width, height) = (width.min(pixels.width()), height.min(pixels.height()));
    let start = |whole: u32, part: u32| (f64::from(whole - part) / 2.0).round_ties_even() as usize;
    let (left, top) = (start(pixels.width(), width), start(pixels.height(), height));
    let row = pixels.width() as usize * 3;
    let mut cut = Vec::with_capacity(width as usize * height as usize * 3);
    for line in pixels.as_raw().chunks_exact(row.max(1)).skip(top).take(height as usize) {
        cut.extend_from_slice(&line[left * 3..][..width as usize * 3]);
    }
    RgbImage::from_raw(width, height, cut).unwrap_or_else(|| RgbImage::new(width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe() -> Recipe {
        Recipe { side: 4, scaled: 5, filter: Filter::Bilinear, mean: [0.5; 3], deviation: [0.25, 0.5, 1.0] }
    }

    #[test]
    fn the_middle_is_cut_out_with_halves_to_even() {
        // Six columns numbered 0 to 5, of which three are wanted: 1.5 rounds to 2, so 2, 3, 4.
        let pixels = RgbImage::from_fn(6, 1, |x, _| {
            let mut pixel = RgbImage::new(1, 1)[(0, 0)];
            pixel.0 = [x as u8; 3];
            pixel
        });
        let cut = middle(&pixels, 3, 1);
        assert_eq!(cut.as_raw().iter().step_by(3).copied().collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn values_are_normalized_channel_by_channel() {
        let mut picture = RgbImage::new(30, 20);
        picture.pixels_mut().for_each(|it| it.0 = [255, 0, 255]);
        let input = recipe().preprocess(&picture);
        assert_eq!(input.values.len(), 48);
        assert!(input.values[..16].iter().all(|it| *it == 2.0));
        assert!(input.values[16..32].iter().all(|it| *it == -1.0));
        assert!(input.values[32..].iter().all(|it| *it == 0.5));
    }

    #[test]
    fn any_shape_gives_a_whole_input() {
        for (width, height) in [(1, 1), (1, 100_000), (100_000, 1), (3, 4), (0, 0), (17, 1)] {
            let input = recipe().preprocess(&RgbImage::new(width, height));
            assert_eq!(input.values.len(), 48, "{width} x {height}");
            assert!(input.values.iter().all(|it| it.is_finite()));
        }
    }
}
