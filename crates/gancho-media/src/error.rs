//! Why a picture was refused, and what was lost from one that was read.
//!
//! Both enums are data: they serialize with a `code`, and the report looks the sentence up in the user's
//! language by that code. `Display` is the English sentence. The path is the caller's to add.

use serde::{Deserialize, Serialize};

/// Why a file is not a usable picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum DecodeError {
    /// There is no file at that path.
    #[error("there is no such file; check the path")]
    Missing,
    /// A directory, device, pipe or socket.
    #[error("this is a {kind}, not a file; name a picture")]
    NotAFile {
        /// `directory`, `pipe`, `socket` or `device`.
        kind: String,
    },
    /// The operating system would not let us read it.
    #[error("the file cannot be read ({detail}); check that it is readable and try again")]
    Unreadable {
        /// The system's own words.
        detail: String,
    },
    /// Zero bytes.
    #[error("the file is empty; export or copy it again")]
    Empty,
    /// More bytes than allowed.
    #[error(
        "the file has {bytes} bytes, more than the limit of {limit}; export it smaller or raise the limit"
    )]
    TooManyBytes {
        /// Length of the file; a lower bound where the file grew while it was read.
        bytes: u64,
        /// [`Limits::max_bytes`](crate::Limits::max_bytes).
        limit: u64,
    },
    /// More pixels than allowed, by the file's own header.
    #[error(
        "the picture claims {width} x {height} pixels, more than the limit of {limit}; export it smaller or raise the limit"
    )]
    TooManyPixels {
        /// Claimed width.
        width: u64,
        /// Claimed height.
        height: u64,
        /// [`Limits::max_pixels`](crate::Limits::max_pixels).
        limit: u64,
    },
    /// Decoding would need more memory than allowed.
    #[error(
        "decoding needs about {bytes} bytes of memory, more than the limit of {limit}; export the picture smaller or raise the limit"
    )]
    TooMuchMemory {
        /// Estimated need; 0 where the decoder gave up without saying.
        bytes: u64,
        /// [`Limits::max_memory`](crate::Limits::max_memory).
        limit: u64,
    },
    /// The file ends too early.
    #[error(
        "the {format} file ends early, after {bytes} bytes; it was probably cut off while copying, export or copy it again"
    )]
    Truncated {
        /// Name of the format.
        format: String,
        /// Length of what is there.
        bytes: u64,
    },
    /// The bytes break the rules of the format.
    #[error("the {format} file is damaged ({detail}); export or copy it again")]
    Corrupt {
        /// Name of the format.
        format: String,
        /// What the decoder said, in English.
        detail: String,
    },
    /// A format that we know and do not read.
    #[error("this is {format}, which is not read; export it as JPEG, PNG or WebP")]
    UnsupportedFormat {
        /// Name of the format.
        format: String,
    },
    /// A moving picture.
    #[error("this is a video ({format}); export a still frame as JPEG, PNG or WebP")]
    Video {
        /// Name of the container.
        format: String,
    },
    /// A format that we read, in a variant that we do not.
    #[error(
        "this {format} file uses {detail}, which is not read; export it as an ordinary 8-bit JPEG or PNG"
    )]
    UnsupportedFeature {
        /// Name of the format.
        format: String,
        /// What is not supported, in English.
        detail: String,
    },
    /// Text, an archive, or bytes of no known kind.
    #[error("this is not a picture, whatever its name says; choose a JPEG, PNG, WebP, GIF, BMP or TIFF file")]
    NotAPicture,
}

impl DecodeError {
    /// Every `code` that serialization can give, in the order of the variants.
    pub const CODES: &'static [&'static str] = &[
        "missing",
        "not-a-file",
        "unreadable",
        "empty",
        "too-many-bytes",
        "too-many-pixels",
        "too-much-memory",
        "truncated",
        "corrupt",
        "unsupported-format",
        "video",
        "unsupported-feature",
        "not-a-picture",
    ];
}

/// What was lost or guessed while a picture was read.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum DecodeWarning {
    /// The EXIF block cannot be read; the picture is taken as upright.
    #[error("the EXIF data is broken ({detail}) and was ignored; check that the picture is upright")]
    BrokenExif {
        /// What is wrong, in English.
        detail: String,
    },
    /// The ICC profile is broken or does not fit the pixels.
    #[error("the color profile cannot be used ({detail}); the colors were read as sRGB")]
    BrokenIcc {
        /// What is wrong, in English.
        detail: String,
    },
    /// Print colors were turned into screen colors by the simple formula.
    #[error(
        "the picture is in CMYK print colors without a usable profile; its colors on screen are approximate, export it as sRGB"
    )]
    CmykWithoutProfile,
    /// Part of the picture is see-through.
    #[error("{:.1} % of the picture is transparent and is shown over white", .share * 100.0)]
    Transparency {
        /// Share of pixels that are not fully opaque, 0 to 1.
        share: f64,
    },
    /// Nothing would be seen.
    #[error("the picture is wholly transparent; nothing of it is visible")]
    WhollyTransparent,
    /// Only the first frame was looked at.
    #[error("the picture is an animation of {frames} frames ({duration_ms} ms); only the first was used")]
    Animated {
        /// Number of frames.
        frames: u32,
        /// Sum of the delays, in milliseconds.
        duration_ms: u64,
    },
    /// The decoder had to overlook an error; pixels may be wrong.
    #[error(
        "the file is slightly damaged ({detail}) and was read as well as possible; look at it before using it"
    )]
    Damaged {
        /// What the decoder said, in English.
        detail: String,
    },
}

impl DecodeWarning {
    /// Every `code` that serialization can give, in the order of the variants.
    pub const CODES: &'static [&'static str] = &[
        "broken-exif",
        "broken-icc",
        "cmyk-without-profile",
        "transparency",
        "wholly-transparent",
        "animated",
        "damaged",
    ];
}
