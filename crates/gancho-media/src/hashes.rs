//! Hashes of pixels, for finding duplicates, and of bytes, for naming content.

use serde::{Deserialize, Serialize};

use crate::{Filter, RgbImage, pdq, resize};

/// Perceptual hashes of a picture: alike pictures have alike hashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// PDQ, 256 bits as 64 hexadecimal digits, in the order in which the reference prints them.
    pub pdq: String,
    /// Quality of the PDQ hash, 0 to 100; below 50 the picture has too little detail to compare.
    pub pdq_quality: u8,
    /// Difference hash, 64 bits as 16 hexadecimal digits: whether each of 9 x 8 luma values is greater
    /// than its left neighbor, row by row, highest bit first (Krawetz 2013; the bits of `ImageHash`).
    pub dhash: String,
}

impl Hashes {
    /// Hashes the pixels; best at full resolution, since PDQ blurs by the picture's own size.
    pub fn of(pixels: &RgbImage) -> Self {
        let (pdq, pdq_quality) = pdq::hash(pixels);
        Self { pdq, pdq_quality, dhash: format!("{:016x}", dhash(pixels)) }
    }
}

fn dhash(pixels: &RgbImage) -> u64 {
    let small = resize(pixels, 9, 8, Filter::Lanczos3);
    let luma = |x: u32, y: u32| {
        let [r, g, b] = small.get_pixel(x, y).0.map(u32::from);
        // ITU-R BT.601 in the fixed point of Pillow's `convert("L")`.
        (19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16
    };
    (0..8)
        .flat_map(|y| (1..9).map(move |x| (x, y)))
        .fold(0, |bits, (x, y)| bits << 1 | u64::from(luma(x, y) > luma(x - 1, y)))
}

/// BLAKE3 of bytes, as 64 hexadecimal digits: the name of a file's content.
pub fn blake3_hex(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blake3_of_nothing_is_the_published_value() {
        let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
        assert_eq!(blake3_hex(b""), empty);
    }

    #[test]
    fn dhash_reads_the_direction_of_a_ramp() {
        let ramp = |rising: bool| {
            RgbImage::from_fn(90, 80, |x, _| image::Rgb([if rising { 2 * x } else { 200 - 2 * x } as u8; 3]))
        };
        assert_eq!(Hashes::of(&ramp(true)).dhash, "ffffffffffffffff");
        assert_eq!(Hashes::of(&ramp(false)).dhash, "0000000000000000");
    }
}
