//! Attention as color: see-through where nobody looks, orange to yellow where many do.

use gancho_evidence::AttentionMap;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// Opacity at the highest peak: what people look at most has to stay readable below it.
const OPAQUE: f64 = 0.6;
/// Colors by rising attention: a dark red that shows on white, a yellow that shows on black.
const RAMP: [[f64; 3]; 3] = [[176.0, 20.0, 30.0], [255.0, 112.0, 16.0], [255.0, 226.0, 70.0]];

/// Red, green, blue and opacity (0 to 255) of a part (0 to 1) of the highest peak.
///
/// Opacity rises with the root of the part, or else a single spot would hide what is around it.
pub(crate) fn color(part: f64) -> [u8; 4] {
    let part = part.clamp(0.0, 1.0);
    let step = (part * (RAMP.len() - 1) as f64).min(RAMP.len() as f64 - 1.001);
    let (from, to) = (RAMP[step as usize], RAMP[step as usize + 1]);
    let mix = |at: usize| (from[at] + (to[at] - from[at]) * step.fract()).round() as u8;
    [mix(0), mix(1), mix(2), (255.0 * OPAQUE * part.sqrt()).round() as u8]
}

/// The map as a PNG of one pixel a cell, to be stretched over the picture; nothing where it was not kept.
pub(crate) fn png(map: &AttentionMap) -> Option<Vec<u8>> {
    let shares = map.shares();
    let peak = shares.iter().copied().fold(0.0, f64::max);
    if peak <= 0.0 {
        return None;
    }
    let pixels: Vec<u8> = shares.iter().flat_map(|it| color(it / peak)).collect();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&pixels, map.side, map.side, ExtendedColorType::Rgba8).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ramp_starts_see_through_and_ends_bright() {
        assert_eq!(color(0.0)[3], 0);
        assert_eq!(color(1.0), [255, 226, 70, 153]);
        assert_eq!(color(0.5)[..3], [255, 112, 16]);
        assert_eq!(color(2.0), color(1.0));
    }
}
