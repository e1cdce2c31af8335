//! Measures of a picture: facts with units, none of them a judgement.
//!
//! Spatial measures are taken on a copy whose longer side has [`WORKING_SIDE`] pixels, perceptual color
//! measures on one of [`COLOR_SIDE`] pixels, enlarged where the picture is smaller, so that no measure
//! depends on the resolution of the file. Both are resampled bilinearly, which never leaves the range of
//! its input. *Luma* is `0.2126 R + 0.7152 G + 0.0722 B` of gamma-coded levels, 0 to 255 (BT.709).

use serde::{Deserialize, Serialize};

use crate::oklab::{luminance, oklab};
use crate::picture::or_black;
use crate::resize::fit;
use crate::{Filter, RgbImage};

/// Longer side, in pixels, at which spatial measures are taken.
pub const WORKING_SIDE: u32 = 512;
/// Longer side, in pixels, at which OKLab measures are taken.
pub const COLOR_SIDE: u32 = 128;

/// Slope, in levels per pixel, from which a pixel is part of an edge: half of a sharp step of 25 levels,
/// a tenth of the range. (The Sobel sum is eight times the slope.)
const EDGE_SLOPE: f32 = 12.5;
/// Mean slope, in levels per pixel, up to which a tile counts as empty: above the noise of JPEG at
/// quality 75, below the weakest texture one notices.
const EMPTY_SLOPE: f32 = 1.5;
/// Side of a tile of [`Measures::white_space`], in working pixels.
const TILE: usize = 16;
/// OKLab chroma from which a color has a temperature; below it is a gray.
const COLORED: f32 = 0.04;
/// Hue in OKLab, in degrees, of warm colors: from magenta-red through orange to yellow (red is 29,
/// yellow 110).
const WARM_HUES: (f32, f32) = (-30.0, 115.0);

/// Measures of one picture, all finite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Width over height.
    pub aspect_ratio: f64,
    /// Mean relative luminance Y, linear light, 0 (black) to 1 (white). IEC 61966-2-1.
    pub luminance: f64,
    /// Standard deviation of luma scaled to 0..1; at most 0.5. RMS contrast: Peli 1990, "Contrast in
    /// complex images", J. Opt. Soc. Am. A 7(10).
    pub rms_contrast: f64,
    /// Variance of the four-neighbor Laplacian of luma, in squared levels; 0 is flat, blurred photographs
    /// stay below about 50. Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield microscopy".
    pub sharpness: f64,
    /// M3 of gamma-coded 8-bit sRGB: 0 is gray, 33 moderately, 82 highly colorful. Hasler and Süsstrunk
    /// 2003, "Measuring colorfulness in natural images".
    pub colorfulness: f64,
    /// Mean OKLab chroma, 0 (gray) to about 0.3.
    pub saturation: f64,
    /// Share of pixels, 0 to 1, that are colored (OKLab chroma at least 0.04) and of a warm hue (-30 to
    /// 115 degrees: red, orange, yellow).
    pub warm_share: f64,
    /// Share of pixels, 0 to 1, whose luma slopes at least 12.5 levels per pixel (Sobel).
    pub edge_density: f64,
    /// Share of channel values, 0 to 1, that are 0.
    pub clipped_dark: f64,
    /// Share of channel values, 0 to 1, that are 255.
    pub clipped_bright: f64,
    /// Share of the area, 0 to 1, in 16-pixel tiles whose mean slope is below 1.5 levels per pixel: room
    /// without content, of whatever color.
    pub white_space: f64,
    /// Correlation of luma with its left-right mirror image, -1 to 1; 1 is perfect symmetry, and a picture
    /// without contrast is symmetrical.
    pub symmetry: f64,
    /// Entropy of colors, in bits: OKLab in 8 x 8 x 8 bins (lightness 0..1, a and b -0.4..0.4), at most 9.
    /// After Rosenholtz et al. 2007, "Measuring visual clutter", whose color term it simplifies.
    pub color_entropy: f64,
    /// Entropy of slopes, in bits: 8 orientations by 8 magnitudes (each twice the last, from 1 level per
    /// pixel), at most 6; steeper and more varied structure compresses worse.
    pub gradient_entropy: f64,
}

impl Measures {
    /// Measures the pixels. A picture without pixels measures as one black pixel.
    pub fn of(pixels: &RgbImage) -> Self {
        let pixels: &RgbImage = &or_black(pixels);
        let working = fit(pixels, WORKING_SIDE, Filter::Bilinear);
        let (clipped_dark, clipped_bright) = clipping(&working);
        let luma = Plane::luma(&working);
        let slopes = Slopes::of(&luma);
        let color = Color::of(&fit(&working, COLOR_SIDE, Filter::Bilinear));
        Self {
            aspect_ratio: f64::from(pixels.width()) / f64::from(pixels.height()),
            luminance: mean(working.pixels().map(|it| luminance(it.0))),
            rms_contrast: variance(luma.values.iter().copied()).sqrt() / 255.0,
            sharpness: luma.sharpness(),
            colorfulness: colorfulness(&working),
            saturation: color.saturation,
            warm_share: color.warm_share,
            edge_density: slopes.edge_density,
            clipped_dark,
            clipped_bright,
            white_space: slopes.white_space,
            symmetry: luma.symmetry(),
            color_entropy: color.entropy,
            gradient_entropy: slopes.entropy,
        }
    }

    /// Every measure with its name, in the order of the fields.
    pub fn named(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("aspect_ratio", self.aspect_ratio),
            ("luminance", self.luminance),
            ("rms_contrast", self.rms_contrast),
            ("sharpness", self.sharpness),
            ("colorfulness", self.colorfulness),
            ("saturation", self.saturation),
            ("warm_share", self.warm_share),
            ("edge_density", self.edge_density),
            ("clipped_dark", self.clipped_dark),
            ("clipped_bright", self.clipped_bright),
            ("white_space", self.white_space),
            ("symmetry", self.symmetry),
            ("color_entropy", self.color_entropy),
            ("gradient_entropy", self.gradient_entropy),
        ]
    }
}

fn mean(values: impl Iterator<Item = f32>) -> f64 {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), it| (sum + f64::from(it), count + 1));
    sum / f64::from(count.max(1))
}

fn variance(values: impl Iterator<Item = f32> + Clone) -> f64 {
    let middle = mean(values.clone());
    let (sum, count) =
        values.fold((0.0, 0u32), |(sum, count), it| (sum + (f64::from(it) - middle).powi(2), count + 1));
    sum / f64::from(count.max(1))
}

/// Shannon entropy of a histogram, in bits.
fn entropy(histogram: &[u32]) -> f64 {
    let total = f64::from(histogram.iter().sum::<u32>().max(1));
    let bits = |count: &u32| {
        let share = f64::from(*count) / total;
        -share * share.log2()
    };
    histogram.iter().filter(|it| **it > 0).map(bits).sum::<f64>().max(0.0)
}

fn clipping(pixels: &RgbImage) -> (f64, f64) {
    let (dark, bright) = pixels.as_raw().iter().fold((0u32, 0u32), |(dark, bright), it| {
        (dark + u32::from(*it == 0), bright + u32::from(*it == 255))
    });
    let total = pixels.as_raw().len() as f64;
    (f64::from(dark) / total, f64::from(bright) / total)
}

fn colorfulness(pixels: &RgbImage) -> f64 {
    let opponents = || {
        pixels.pixels().map(|it| {
            let [r, g, b] = it.0.map(f32::from);
            (r - g, 0.5 * (r + g) - b)
        })
    };
    let (rg, yb) = (|| opponents().map(|it| it.0), || opponents().map(|it| it.1));
    let deviation = (variance(rg()) + variance(yb())).sqrt();
    deviation + 0.3 * mean(rg()).hypot(mean(yb()))
}

/// Luma of the working copy.
struct Plane {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

impl Plane {
    fn luma(pixels: &RgbImage) -> Self {
        let luma = |it: &image::Rgb<u8>| {
            let [r, g, b] = it.0.map(f32::from);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        Self {
            width: pixels.width() as usize,
            height: pixels.height() as usize,
            values: pixels.pixels().map(luma).collect(),
        }
    }

    fn row(&self, y: usize) -> &[f32] {
        &self.values[y * self.width..][..self.width]
    }

    /// Rows above, at and below `y`; the border repeats.
    fn neighbors(&self, y: usize) -> [&[f32]; 3] {
        [self.row(y.saturating_sub(1)), self.row(y), self.row((y + 1).min(self.height - 1))]
    }

    fn sharpness(&self) -> f64 {
        let mut laplacian = Vec::with_capacity(self.values.len());
        for y in 0..self.height {
            let [above, here, below] = self.neighbors(y);
            laplacian.extend((0..self.width).map(|x| {
                let (left, right) = (here[x.saturating_sub(1)], here[(x + 1).min(self.width - 1)]);
                above[x] + below[x] + left + right - 4.0 * here[x]
            }));
        }
        variance(laplacian.iter().copied())
    }

    fn symmetry(&self) -> f64 {
        let middle = mean(self.values.iter().copied());
        let (mut product, mut square) = (0.0, 0.0);
        for y in 0..self.height {
            let row = self.row(y);
            for (value, mirrored) in row.iter().zip(row.iter().rev()) {
                let value = f64::from(*value) - middle;
                product += value * (f64::from(*mirrored) - middle);
                square += value * value;
            }
        }
        // Rounding alone gives a flat picture a variance of about 1e-10 per pixel.
        if square <= 1e-6 * self.values.len() as f64 { 1.0 } else { product / square }
    }
}

/// What the slopes of luma say.
struct Slopes {
    edge_density: f64,
    white_space: f64,
    entropy: f64,
}

impl Slopes {
    fn of(luma: &Plane) -> Self {
        let (columns, rows) = (luma.width.div_ceil(TILE), luma.height.div_ceil(TILE));
        let mut tiles = vec![(0.0f32, 0u32); columns * rows];
        let mut histogram = [0u32; 64];
        let mut edges = 0u32;
        for y in 0..luma.height {
            let [above, here, below] = luma.neighbors(y);
            for x in 0..luma.width {
                let (left, right) = (x.saturating_sub(1), (x + 1).min(luma.width - 1));
                let across = above[right] + 2.0 * here[right] + below[right]
                    - above[left]
                    - 2.0 * here[left]
                    - below[left];
                let down =
                    below[left] + 2.0 * below[x] + below[right] - above[left] - 2.0 * above[x] - above[right];
                let (across, down) = (across / 8.0, down / 8.0);
                let slope = (across * across + down * down).sqrt();
                edges += u32::from(slope >= EDGE_SLOPE);
                histogram[bin(across, down, slope)] += 1;
                let tile = &mut tiles[y / TILE * columns + x / TILE];
                *tile = (tile.0 + slope, tile.1 + 1);
            }
        }
        let area = luma.values.len() as f64;
        let empty: u32 = tiles.iter().filter(|it| it.0 < EMPTY_SLOPE * it.1 as f32).map(|it| it.1).sum();
        Self {
            edge_density: f64::from(edges) / area,
            white_space: f64::from(empty) / area,
            entropy: entropy(&histogram),
        }
    }
}

/// Eight magnitudes, each twice the last, by eight orientations of half a turn; level ground is one bin.
fn bin(across: f32, down: f32, slope: f32) -> usize {
    let magnitude = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0].iter().filter(|it| slope >= **it).count();
    if magnitude == 0 {
        return 0;
    }
    // Orientation modulo 180 degrees from comparisons: an arc tangent per pixel would cost more than all
    // the rest, and differ between machines.
    let (x, y) = if down < 0.0 || (down == 0.0 && across < 0.0) { (-across, -down) } else { (across, down) };
    let (steep, backward) = (y > x.abs(), x < 0.0);
    // tan(22.5 degrees) parts each quadrant's half.
    const HALF: f32 = 0.414_213_56;
    let (long, short) = if steep { (y, x.abs()) } else { (x.abs(), y) };
    let outer = short > HALF * long;
    magnitude * 8 + usize::from(steep) * 4 + usize::from(backward) * 2 + usize::from(outer)
}

/// What OKLab says.
struct Color {
    saturation: f64,
    warm_share: f64,
    entropy: f64,
}

impl Color {
    fn of(pixels: &RgbImage) -> Self {
        let mut histogram = vec![0u32; 512];
        let (mut chroma_sum, mut warm) = (0.0, 0u32);
        for pixel in pixels.pixels() {
            let [lightness, a, b] = oklab(pixel.0);
            let chroma = (a * a + b * b).sqrt();
            chroma_sum += f64::from(chroma);
            let hue = b.atan2(a).to_degrees();
            warm += u32::from(chroma >= COLORED && (WARM_HUES.0..=WARM_HUES.1).contains(&hue));
            let level = |it: f32| (it * 8.0).clamp(0.0, 7.0) as usize;
            histogram[level(lightness) * 64 + level(a / 0.8 + 0.5) * 8 + level(b / 0.8 + 0.5)] += 1;
        }
        let total = f64::from(pixels.width() * pixels.height());
        Self {
            saturation: chroma_sum / total,
            warm_share: f64::from(warm) / total,
            entropy: entropy(&histogram),
        }
    }
}

#[cfg(test)]
mod tests;
