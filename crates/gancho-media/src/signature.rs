//! A picture so small that two of them can be laid upon each other thousands of times a second.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Filter, RgbImage, resize};

/// Cells on a side of a [`Signature`].
pub const SIGNATURE_SIDE: u32 = 48;
const CELLS: usize = (SIGNATURE_SIDE * SIGNATURE_SIDE) as usize;

/// Luma of a picture stretched to [`SIGNATURE_SIDE`] by [`SIGNATURE_SIDE`] cells, row by row: 2.25 KiB.
///
/// Hashes say whether two pictures are alike as a whole; this also says where they differ, and is what finds a crop,
/// a border or another text in them. Luma is BT.601 as Pillow's `convert("L")` has it, of a triangle filter
/// ([`Filter::Bilinear`]): it blurs a little over the edge of a cell, so that shifts of a fraction of a cell can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u8>);

impl Signature {
    /// The signature of pixels, at any resolution.
    pub fn of(pixels: &RgbImage) -> Self {
        let small = resize(pixels, SIGNATURE_SIDE, SIGNATURE_SIDE, Filter::Bilinear);
        Self(small.pixels().map(|it| luma(it.0)).collect())
    }

    /// The values, row by row.
    pub fn luma(&self) -> &[u8] {
        &self.0
    }
}

fn luma(rgb: [u8; 3]) -> u8 {
    let [r, g, b] = rgb.map(u32::from);
    ((19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16) as u8
}

impl Serialize for Signature {
    /// As bytes, which in MessagePack are half as long as a list of numbers.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_byte_buf(Cells)
    }
}

struct Cells;

impl<'de> Visitor<'de> for Cells {
    type Value = Signature;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{CELLS} bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Signature, E> {
        if bytes.len() == CELLS {
            return Ok(Signature(bytes.to_vec()));
        }
        Err(E::invalid_length(bytes.len(), &self))
    }

    // What JSON makes of bytes.
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Signature, A::Error> {
        let mut bytes = Vec::with_capacity(CELLS);
        while let Some(byte) = list.next_element()? {
            bytes.push(byte);
        }
        self.visit_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_luma_in_reading_order() {
        // Left half red, right half white: 0.299 * 255 = 76.2.
        let pixels =
            RgbImage::from_fn(96, 20, |x, _| image::Rgb(if x < 48 { [255, 0, 0] } else { [255; 3] }));
        let signature = Signature::of(&pixels);
        assert_eq!(signature.luma().len(), 2304);
        assert_eq!((signature.luma()[0], signature.luma()[47], signature.luma()[48]), (76, 255, 76));
    }

    #[test]
    fn it_survives_being_written_and_nothing_shorter_is_read() {
        let signature = Signature::of(&RgbImage::from_fn(9, 7, |x, y| image::Rgb([(x * 20 + y) as u8; 3])));
        let json = serde_json::to_string(&signature).expect("a list");
        assert_eq!(serde_json::from_str::<Signature>(&json).expect("the same list"), signature);
        assert!(serde_json::from_str::<Signature>("[1,2,3]").is_err());
    }

    #[test]
    fn no_pixels_are_black() {
        assert_eq!(Signature::of(&RgbImage::new(0, 0)).luma(), [0; 2304]);
    }
}
