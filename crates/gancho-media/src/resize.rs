//! The one resampler of the product.
//!
//! Two libraries may mean different filters by "bicubic"; networks are trained and run on these.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use serde::{Deserialize, Serialize};

use crate::RgbImage;

/// Kernel of a separable convolution whose support grows with the reduction, so that nothing aliases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Filter {
    /// Keys' cubic with a = -0.5 (Keys 1981; also called Catmull-Rom): Pillow's `BICUBIC`.
    Bicubic,
    /// Sinc windowed by sinc, three lobes: Pillow's `LANCZOS`.
    Lanczos3,
    /// Triangle: Pillow's `BILINEAR`. Never leaves the range of its input.
    Bilinear,
    /// Mean over the covered area: Pillow's `BOX`.
    Box,
}

/// Resamples to `width` by `height` pixels in gamma-coded values, within one level of Pillow.
///
/// A side of zero is taken as one; a picture without pixels gives black.
pub fn resize(pixels: &RgbImage, width: u32, height: u32, filter: Filter) -> RgbImage {
    let (width, height) = (width.max(1), height.max(1));
    if pixels.dimensions() == (width, height) {
        return pixels.clone();
    }
    let kernel = match filter {
        Filter::Bicubic => FilterType::CatmullRom,
        Filter::Lanczos3 => FilterType::Lanczos3,
        Filter::Bilinear => FilterType::Bilinear,
        Filter::Box => FilterType::Box,
    };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(kernel)).use_alpha(false);
    let mut target = Image::new(width, height, PixelType::U8x3);
    // Both can fail only for a picture without pixels: the buffers are as long as their sizes say.
    if let Ok(source) = ImageRef::new(pixels.width(), pixels.height(), pixels.as_raw(), PixelType::U8x3) {
        let _ = Resizer::new().resize(&source, &mut target, &options);
    }
    RgbImage::from_raw(width, height, target.into_vec()).unwrap_or_else(|| RgbImage::new(width, height))
}

/// Resamples so that the longer side has `side` pixels, enlarging where needed.
pub(crate) fn fit(pixels: &RgbImage, side: u32, filter: Filter) -> RgbImage {
    let (width, height) = pixels.dimensions();
    let longer = f64::from(width.max(height).max(1));
    let scaled = |it: u32| (f64::from(it) * f64::from(side) / longer).round() as u32;
    resize(pixels, scaled(width), scaled(height), filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fit_keeps_the_aspect_and_never_loses_a_side() {
        assert_eq!(fit(&RgbImage::new(1200, 628), 512, Filter::Box).dimensions(), (512, 268));
        assert_eq!(fit(&RgbImage::new(30_000, 2), 512, Filter::Box).dimensions(), (512, 1));
        assert_eq!(fit(&RgbImage::new(10, 20), 512, Filter::Box).dimensions(), (256, 512));
    }

    #[test]
    fn box_takes_the_mean() {
        let pixels = RgbImage::from_raw(2, 1, vec![0, 10, 255, 100, 20, 255]).expect("two pixels");
        assert_eq!(resize(&pixels, 1, 1, Filter::Box).into_raw(), [50, 15, 255]);
    }

    #[test]
    fn no_pixels_and_no_size_do_no_harm() {
        assert_eq!(resize(&RgbImage::new(0, 0), 3, 2, Filter::Bicubic), RgbImage::new(3, 2));
        assert_eq!(resize(&RgbImage::new(5, 5), 0, 0, Filter::Box).dimensions(), (1, 1));
    }
}
