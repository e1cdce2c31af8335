//! Numbers in which blur, noise, compression and wrong exposure leave their traces.
//!
//! They are taken on at most [`TILES`] square tiles of [`SIDE`] pixels, spread evenly over the picture, so that
//! the cost is bounded and the sharpest or the quietest tile can speak for the picture: a shallow depth of field
//! is not blur, and texture is not noise. A picture whose shorter side has 1,024 pixels or more is halved (means
//! of 2 x 2) until it has not: what a person sees of it, and what a large JPEG is decoded at anyway.
//!
//! None of the numbers is a judgement; the model in `gancho-quality` reads them together.

mod blocks;
mod plane;
mod tiles;
mod tones;

use crate::RgbImage;
use crate::picture::or_black;
use blocks::Blocks;
use plane::{Plane, Traces};
use tiles::Tiles;
pub(crate) use tiles::{HALF, SIDE, Tile};
use tones::Tones;

/// Most tiles that are looked at.
const TILES: usize = 64;

/// Traces of distortion of one picture, all finite.
///
/// In the names, `full` is the measured picture and `half` the same halved once; `p10`, `p50` and `p90` are
/// percentiles over tiles, and without one the number is of all tiles together. Energies and noise are in
/// `log2(1/4 + value)` of squared levels or levels, ratios in `log2`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistortionFeatures {
    values: [f32; Self::COUNT],
}

impl DistortionFeatures {
    /// Number of features.
    pub const COUNT: usize = PER_SCALE.len() * 2 + REST.len();

    /// Traces of the pixels; a picture without pixels leaves those of one black pixel.
    pub fn of(pixels: &RgbImage) -> Self {
        let pixels: &RgbImage = &or_black(pixels);
        let tiles = Tiles::of(pixels, TILES);
        let mut tile = Tile::new();
        let (mut full, mut half) = (Traces::new(), Traces::new());
        let (mut blocks, mut tones) = (Blocks::default(), Tones::default());
        let (mut luma, mut halved) = (Box::new(Plane::<SIDE>::new()), Box::new(Plane::<HALF>::new()));
        let mut chroma = [0.0f32; 3];
        for (left, top) in tiles.corners() {
            tiles.cut(left, top, &mut tile);
            full.add(&luma.measure(&tile.luma));
            half.add(&halved.measure(&tile.half));
            blocks.add(&tile.luma);
            tones.add(&tile);
            let (fine, coarse) = plane::chroma_energy(&tile);
            chroma[0] += fine;
            chroma[1] += coarse;
            chroma[2] += 1.0;
        }
        let mut values = Vec::with_capacity(Self::COUNT);
        full.describe(&mut values);
        half.describe(&mut values);
        let (fine, coarse) = (chroma[0] / chroma[2], chroma[1] / chroma[2]);
        values.extend(blocks.describe());
        values.extend([(fine + 0.25).log2(), ((fine + 0.25) / (coarse + 0.25)).log2()]);
        values.extend(tones.describe());
        let mut out = [0.0; Self::COUNT];
        for (slot, value) in out.iter_mut().zip(values) {
            *slot = if value.is_finite() { value } else { 0.0 };
        }
        Self { values: out }
    }

    /// Features by [`names`](Self::names).
    pub fn values(&self) -> &[f32; Self::COUNT] {
        &self.values
    }

    /// Name of every feature, in order.
    pub fn names() -> Vec<String> {
        let scaled =
            ["full", "half"].into_iter().flat_map(|at| PER_SCALE.iter().map(move |it| format!("{at}_{it}")));
        scaled.chain(REST.iter().map(|it| (*it).to_owned())).collect()
    }
}

/// Features of [`Traces`].
const PER_SCALE: [&str; 21] = [
    "laplacian_p10",
    "laplacian_p50",
    "laplacian_p90",
    "noise_p10",
    "noise_p50",
    "weakest_direction_p50",
    "weakest_direction_p90",
    "edge_sharpness_p50",
    "edge_sharpness_p90",
    "lag_1_2",
    "lag_2_4",
    "lag_4_8",
    "anisotropy_axes",
    "anisotropy_diagonals",
    "sign_changes",
    "mscn_absolute",
    "mscn_variance",
    "mscn_kurtosis",
    "mscn_neighbors",
    "mscn_diagonal",
    "mscn_variance_p90",
];

/// Features of [`Blocks`], of color and of [`Tones`].
const REST: [&str; 18] = [
    "blocks_all",
    "blocks_smooth",
    "level_share",
    "chroma_energy",
    "chroma_lag_1_2",
    "luma_mean",
    "luma_deviation",
    "luma_p01",
    "luma_p05",
    "luma_p25",
    "luma_p50",
    "luma_p75",
    "luma_p95",
    "luma_p99",
    "luma_entropy",
    "dark_share",
    "bright_share",
    "clipped_share",
];

/// The value below which the share `share` of sorted values lies (nearest rank).
fn percentile(sorted: &[f32], share: f32) -> f32 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((share * last as f32).round() as usize).copied().unwrap_or(0.0)
}

/// `log2(1/4 + value)`: a quarter of a level is below what 8 bits hold.
fn level(value: f32) -> f32 {
    (value + 0.25).log2()
}

#[cfg(test)]
mod tests;
