//! Variants of a picture that are tried: regions filled, crops to other placements, tones lifted.

use gancho_evidence::{PictureEvidence, Shape};
use gancho_media::{Filter, Picture, RgbImage, luminance, resize};

use super::fill::filled;
use super::regions::{Region, regions};

/// Most variants of one picture, and so most forward passes for one creative.
pub(crate) const PASSES: usize = 12;
/// Largest share of the area of text that a proposed crop may lose: what the map of text is sure of.
const TEXT_LOST: f64 = 0.01;
/// A crop that keeps more of the picture than this is the picture.
const SAME: f64 = 0.98;
/// Lower ends of the bands in which the craft index gives full marks, and where a lift aims: a little inside.
const CONTRAST: (f64, f64) = (0.15, 0.17);
const LUMINANCE: (f64, f64) = (0.1, 0.12);
/// A lift beyond these shows noise and bands more than it shows the picture.
const MOST_CONTRAST: f64 = 2.5;
const LEAST_GAMMA: f64 = 0.4;

/// A change of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Variant {
    /// A region filled from its surroundings.
    Filled(Region),
    /// Cropped to a shape, to this part of the oriented picture.
    Cropped(Shape, [u32; 4]),
    /// Contrast raised to this RMS contrast.
    Contrast(f64),
    /// Lightened to this mean luminance.
    Brightness(f64),
}

/// What is tried with a picture, at most [`PASSES`]; `keeps_text` where no text may be taken out of it.
pub(crate) fn variants(picture: &PictureEvidence, keeps_text: bool) -> Vec<Variant> {
    let most_lost = if keeps_text { 0.0 } else { TEXT_LOST };
    let whole = f64::from(picture.width) * f64::from(picture.height);
    let crops = picture.sight.crops.iter().filter(|it| it.shape != Shape::Wide).filter_map(|it| {
        let [_, _, width, height] = it.best.area;
        let other = f64::from(width) * f64::from(height) < SAME * whole;
        (other && it.best.text_lost <= most_lost && it.best.faces_cut == 0)
            .then_some(Variant::Cropped(it.shape, it.best.area))
    });
    let mut tones = Vec::new();
    if picture.measures.rms_contrast < CONTRAST.0 {
        tones.push(Variant::Contrast(CONTRAST.1));
    }
    if picture.measures.luminance < LUMINANCE.0 {
        tones.push(Variant::Brightness(LUMINANCE.1));
    }
    let edits: Vec<Variant> = crops.chain(tones).collect();
    let size = [f64::from(picture.width), f64::from(picture.height)];
    let regions = regions(&picture.sight, size, PASSES - edits.len());
    regions.into_iter().map(Variant::Filled).chain(edits).collect()
}

impl Variant {
    /// The picture, changed.
    pub(crate) fn of(&self, picture: &Picture) -> Picture {
        let (pixels, width, height) = (&picture.pixels, picture.width, picture.height);
        // Large pictures are decoded at a part of their size, coordinates are those of the whole.
        let scaled = |area: [f64; 4]| -> [u32; 4] {
            let across = f64::from(pixels.width()) / f64::from(width.max(1));
            let down = f64::from(pixels.height()) / f64::from(height.max(1));
            let [x, y, w, h] = area;
            let (left, top) = ((x * across).floor() as u32, (y * down).floor() as u32);
            let (right, bottom) = (((x + w) * across).ceil() as u32, ((y + h) * down).ceil() as u32);
            [left, top, right.saturating_sub(left), bottom.saturating_sub(top)]
        };
        let (pixels, width, height) = match self {
            Self::Filled(region) => (filled(pixels, scaled(region.area)), width, height),
            Self::Cropped(_, area) => (cropped(pixels, scaled(area.map(f64::from))), area[2], area[3]),
            Self::Contrast(target) => (contrasted(pixels, *target), width, height),
            Self::Brightness(target) => (lightened(pixels, *target), width, height),
        };
        let (source, warnings) = (picture.source.clone(), picture.warnings.clone());
        Picture { pixels, width, height, source, warnings }
    }
}

fn cropped(pixels: &RgbImage, [x, y, width, height]: [u32; 4]) -> RgbImage {
    let (x, y) = (x.min(pixels.width().saturating_sub(1)), y.min(pixels.height().saturating_sub(1)));
    let (width, height) = (width.clamp(1, pixels.width() - x), height.clamp(1, pixels.height() - y));
    image::imageops::crop_imm(pixels, x, y, width, height).to_image()
}

/// Levels moved away from the mean luma, so that its deviation becomes the target.
fn contrasted(pixels: &RgbImage, target: f64) -> RgbImage {
    let luma =
        |it: [u8; 3]| 0.2126 * f64::from(it[0]) + 0.7152 * f64::from(it[1]) + 0.0722 * f64::from(it[2]);
    let count = f64::from(pixels.width()) * f64::from(pixels.height());
    let mean = pixels.pixels().map(|it| luma(it.0)).sum::<f64>() / count.max(1.0);
    let variance = pixels.pixels().map(|it| (luma(it.0) - mean).powi(2)).sum::<f64>() / count.max(1.0);
    let factor = (255.0 * target / variance.sqrt().max(1e-9)).clamp(1.0, MOST_CONTRAST);
    mapped(pixels, |level| mean + factor * (level - mean))
}

/// Levels lifted by a gamma, so that the mean luminance becomes the target.
fn lightened(pixels: &RgbImage, target: f64) -> RgbImage {
    let small = resize(pixels, pixels.width().min(64), pixels.height().min(64), Filter::Box);
    let lift = |gamma: f64| move |level: f64| 255.0 * (level / 255.0).powf(gamma);
    let brightness = |gamma: f64| {
        let lifted = mapped(&small, lift(gamma));
        let sum: f64 = lifted.pixels().map(|it| f64::from(luminance(it.0))).sum();
        sum / f64::from(lifted.width() * lifted.height())
    };
    // A lower gamma is lighter.
    let (mut lighter, mut darker) = (LEAST_GAMMA, 1.0);
    for _ in 0..12 {
        let middle = (lighter + darker) / 2.0;
        if brightness(middle) >= target { lighter = middle } else { darker = middle }
    }
    mapped(pixels, lift(lighter))
}

fn mapped(pixels: &RgbImage, level: impl Fn(f64) -> f64) -> RgbImage {
    let table: Vec<u8> = (0..=255).map(|it| level(f64::from(it)).round().clamp(0.0, 255.0) as u8).collect();
    let mut out = pixels.clone();
    out.iter_mut().for_each(|it| *it = table[usize::from(*it)]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use gancho_media::Measures;
    use image::Rgb;

    fn dim(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(20 + (x + y) % 32) as u8, (24 + x % 32) as u8, 30]))
    }

    #[test]
    fn lifts_reach_the_band() {
        let before = Measures::of(&dim(300, 200));
        assert!(before.rms_contrast < 0.1 && before.luminance < 0.05);
        // The cap holds where the picture is all but flat.
        let contrast = Measures::of(&contrasted(&dim(300, 200), 0.06)).rms_contrast;
        assert!((0.05..0.07).contains(&contrast), "{contrast}");
        let light = Measures::of(&lightened(&dim(300, 200), LUMINANCE.1)).luminance;
        assert!((0.115..0.13).contains(&light), "{light}");
    }

    #[test]
    fn crops_and_fills_are_scaled_to_the_decoded_pixels() {
        let picture = |pixels: RgbImage| Picture {
            width: 2 * pixels.width(),
            height: 2 * pixels.height(),
            pixels,
            source: serde_json::from_value(
                serde_json::json!({"format": "png", "stored_width": 1, "stored_height": 1,
                "orientation": 1, "color": "rgb", "bits": 8, "alpha": false, "icc": null, "animation": null,
                "bytes": 1}),
            )
            .expect("the fields of a source"),
            warnings: Vec::new(),
        };
        let whole = picture(dim(100, 200));
        let square = Variant::Cropped(Shape::Square, [0, 100, 200, 200]).of(&whole);
        assert_eq!((square.pixels.dimensions(), square.width, square.height), ((100, 100), 200, 200));
        assert_eq!(square.pixels.get_pixel(3, 0), whole.pixels.get_pixel(3, 50));
        let region = Region { area: [20.0, 20.0, 40.0, 40.0], kind: "text" };
        let filled = Variant::Filled(region).of(&whole);
        let changed = |x, y| filled.pixels.get_pixel(x, y) != whole.pixels.get_pixel(x, y);
        assert!(
            (10..30).any(|it| changed(it, 15)) && !(30..100).any(|it| changed(it, 15)) && !changed(9, 15)
        );
    }
}
