//! A decoded picture and what is known of the file it came from.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{DecodeWarning, RgbImage};

/// A picture as a viewer meets it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Upright 8-bit sRGB, composited over white. Smaller than `width` by `height` when the caller
    /// asked for [`Detail::AtLeast`](crate::Detail::AtLeast).
    pub pixels: RgbImage,
    /// Width in pixels at full size, after orientation.
    pub width: u32,
    /// Height in pixels at full size, after orientation.
    pub height: u32,
    /// What the file was.
    pub source: Source,
    /// What was lost or guessed on the way.
    pub warnings: Vec<DecodeWarning>,
}

/// Facts about the file that a picture was decoded from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// File format, by content.
    pub format: Format,
    /// Width in pixels as stored, before orientation.
    pub stored_width: u32,
    /// Height in pixels as stored, before orientation.
    pub stored_height: u32,
    /// EXIF orientation, 1 (upright) to 8; 1 when absent or broken.
    pub orientation: u8,
    /// How color is stored.
    pub color: ColorModel,
    /// Bits per channel as stored (for a palette: per index).
    pub bits: u8,
    /// Whether there is an alpha channel or a transparent color.
    pub alpha: bool,
    /// Description of the embedded ICC profile; empty when the profile does not name itself, absent when
    /// there is none.
    pub icc: Option<String>,
    /// Frames and duration, when there is more than one frame.
    pub animation: Option<Animation>,
    /// Length of the file in bytes.
    pub bytes: u64,
}

/// A file format that this crate decodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG (ITU-T T.81), baseline and progressive.
    Jpeg,
    /// PNG and APNG.
    Png,
    /// WebP, lossy and lossless.
    WebP,
    /// GIF 87a and 89a.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF 6.0.
    Tiff,
}

impl Format {
    /// The name people use, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Gif => "GIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
        }
    }
}

/// How a file stores color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColorModel {
    /// One channel of lightness.
    Gray,
    /// Red, green, blue (also when stored as YCbCr).
    Rgb,
    /// Cyan, magenta, yellow, black (also when stored as YCCK).
    Cmyk,
    /// Indexes into a table of colors.
    Palette,
}

/// An animation, of which only the first frame is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Animation {
    /// Number of frames, at least 2.
    pub frames: u32,
    /// Sum of the frames' delays as stored, in milliseconds.
    pub duration_ms: u64,
}

/// The pixels, or one black pixel in the place of none: what is measured of it are numbers.
pub(crate) fn or_black(pixels: &RgbImage) -> Cow<'_, RgbImage> {
    if pixels.is_empty() { Cow::Owned(RgbImage::new(1, 1)) } else { Cow::Borrowed(pixels) }
}
