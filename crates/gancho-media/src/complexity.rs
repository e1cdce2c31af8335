//! How busy a picture looks: feature complexity, not design complexity.
//!
//! Feature complexity is dense detail and color, design complexity the number and arrangement of objects (Pieters,
//! Wedel, Batra 2010, "The stopping power of advertising", Journal of Marketing 74(5)). Three of the four terms are
//! of the first kind; the count of segments leans toward the second but knows no objects. The score is the mean of
//! four standardized terms with equal weights, on a straight scale; no rating was fitted.

use image::codecs::jpeg::JpegEncoder;

use crate::resize::fit;
use crate::{Filter, Measures, RgbImage, segments};

/// Longer side, in pixels, at which bytes and edges are counted.
const SIDE: u32 = 256;
/// Longer side, in pixels, at which segments are counted.
const SEGMENT_SIDE: u32 = 128;
/// Quality of the JPEG whose size is taken.
const QUALITY: u8 = 75;
/// Slope, in levels per pixel, of an edge: a tenth of the range.
const EDGE: f32 = 25.5;
/// Added to the edge density before its logarithm: the density of a picture with hardly an edge.
const FEW_EDGES: f64 = 0.002;

/// Mean and deviation of each term (in the order of the fields of [`ComplexityTerms`]) over 240 pictures with an
/// open license, 100 of them composed ads.
const REFERENCE: [(f64, f64); 4] = [(0.277, 0.278), (-2.382, 0.586), (4.715, 0.335), (2.968, 0.712)];
/// Deviation of the mean of standardized terms over the same pictures; its mean is 0.
const DEVIATION: f64 = 0.854;
/// Points of the score to one deviation.
const POINTS: f64 = 20.0;

/// What complexity is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComplexityTerms {
    /// Bits per pixel of a JPEG of quality 75 whose longer side has 256 pixels (Machado et al. 2015, "Computerized
    /// measures of visual complexity", Acta Psychologica 160).
    pub jpeg_bits: f64,
    /// Share of pixels, 0 to 1, that differ from the next ones by more than a tenth of the range; same copy.
    pub edge_density: f64,
    /// Segments on a copy of 128 pixels (Felzenszwalb and Huttenlocher 2004).
    pub segments: f64,
    /// [`Measures::color_entropy`], in bits.
    pub color_entropy: f64,
}

/// How busy a picture looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complexity {
    /// 0 (empty) to 100; 50 is the mean of the reference pictures, 20 points are one of their deviations.
    pub score: f64,
    /// What it is made of.
    pub terms: ComplexityTerms,
}

impl ComplexityTerms {
    /// Measures the terms, all finite; `color_entropy` is the one of the picture's [`Measures`].
    pub fn of(pixels: &RgbImage, color_entropy: f64) -> Self {
        let copy = fit(pixels, SIDE, Filter::Bilinear);
        let area = f64::from(copy.width() * copy.height());
        let mut bytes = Vec::new();
        // Writing to memory cannot fail, and the sides are between 1 and 256.
        let _ = JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&copy);
        Self {
            jpeg_bits: bytes.len() as f64 * 8.0 / area,
            edge_density: edge_density(&copy),
            segments: segments::count(&fit(&copy, SEGMENT_SIDE, Filter::Box)) as f64,
            color_entropy,
        }
    }

    fn standardized(&self) -> [f64; 4] {
        let values = [
            self.jpeg_bits.max(1e-3).ln(),
            (self.edge_density + FEW_EDGES).ln(),
            self.segments.max(1.0).ln(),
            self.color_entropy,
        ];
        std::array::from_fn(|term| (values[term] - REFERENCE[term].0) / REFERENCE[term].1)
    }
}

impl Complexity {
    /// Measures the complexity of pixels whose [`Measures`] are known.
    pub fn of(pixels: &RgbImage, measures: &Measures) -> Self {
        let terms = ComplexityTerms::of(pixels, measures.color_entropy);
        let mean = terms.standardized().iter().sum::<f64>() / 4.0;
        Self { score: on_scale(mean), terms }
    }
}

/// The score of a mean of standardized terms.
fn on_scale(mean: f64) -> f64 {
    (50.0 + POINTS * mean / DEVIATION).clamp(0.0, 100.0)
}

fn edge_density(pixels: &RgbImage) -> f64 {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let luma: Vec<f32> = pixels
        .pixels()
        .map(|it| 0.2126 * f32::from(it.0[0]) + 0.7152 * f32::from(it.0[1]) + 0.0722 * f32::from(it.0[2]))
        .collect();
    let mut edges = 0u32;
    for y in 0..height.saturating_sub(1) {
        for x in 0..width.saturating_sub(1) {
            let here = y * width + x;
            let (across, down) = (luma[here + 1] - luma[here], luma[here + width] - luma[here]);
            edges += u32::from(across * across + down * down > EDGE * EDGE);
        }
    }
    f64::from(edges) / (width * height).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(pixels: &RgbImage) -> f64 {
        Complexity::of(pixels, &Measures::of(pixels)).score
    }

    #[test]
    fn more_of_everything_is_more_complex() {
        let flat = RgbImage::from_pixel(256, 256, image::Rgb([250; 3]));
        let field = |cell: u32| {
            RgbImage::from_fn(256, 256, |x, y| {
                let hash = (x / cell * 73 + y / cell * 151).wrapping_mul(2_654_435_761);
                image::Rgb([(hash >> 24) as u8, (hash >> 16) as u8, (hash >> 8) as u8])
            })
        };
        assert_eq!(score(&flat), 0.0);
        assert!(score(&field(64)) < score(&field(16)));
        assert!(score(&field(16)) <= score(&field(4)));
    }

    #[test]
    fn the_scale_is_straight_and_ends() {
        assert_eq!(on_scale(0.0), 50.0);
        assert!((on_scale(DEVIATION) - 70.0).abs() < 1e-9 && (on_scale(-DEVIATION) - 30.0).abs() < 1e-9);
        assert_eq!((on_scale(-9.0), on_scale(9.0)), (0.0, 100.0));
    }

    #[test]
    fn odd_shapes_stay_in_range() {
        for (width, height) in [(1, 1), (20_000, 3), (3, 700)] {
            let it = score(&RgbImage::from_fn(width, height, |x, y| image::Rgb([(x ^ y) as u8; 3])));
            assert!((0.0..=100.0).contains(&it), "{width}x{height}: {it}");
        }
    }
}
