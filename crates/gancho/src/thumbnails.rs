//! Small pictures for the report.
//!
//! They are made when a page is asked for and for its first creatives only: a JPEG decodes at an eighth
//! of its side in a few milliseconds, which is less than keeping thousands of them would cost.

use gancho_library::Creative;
use gancho_media::{Detail, Filter, Limits, decode, read_bytes, resize};
use image::codecs::jpeg::JpegEncoder;

/// Longer side of a thumbnail, pixels: twice its size on the page, for sharp screens.
const SIDE: u32 = 240;
const QUALITY: u8 = 78;

/// A JPEG of the creative's picture, or nothing where it has none that can be read.
pub(crate) fn thumbnail(creative: &Creative, limits: &Limits) -> Option<Vec<u8>> {
    let bytes = read_bytes(creative.picture.as_ref()?, limits).ok()?;
    let picture = decode(&bytes, limits, Detail::AtLeast(SIDE)).ok()?;
    let (width, height) = picture.pixels.dimensions();
    let scale = f64::from(SIDE) / f64::from(width.max(height));
    let side = |length: u32| ((f64::from(length) * scale.min(1.0)).round() as u32).max(1);
    let small = resize(&picture.pixels, side(width), side(height), Filter::Lanczos3);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&small).ok()?;
    Some(jpeg)
}
