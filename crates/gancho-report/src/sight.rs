//! The records of `gancho see`: what one picture tells.
//!
//! Coordinates are pixels of the oriented picture, from its top left; shares are 0 to 1. The same rules
//! hold as for the other [records](crate::schema): fields may be added, never renamed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FaultRecord, QuarantineRecord, SwatchRecord, schema};

/// Everything that one picture tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SightRecord {
    /// `gancho.sight/1`.
    pub schema: schema::Sight,
    /// Display path of the picture.
    pub path: String,
    /// Width of the oriented picture in pixels.
    pub width: u32,
    /// Height of the oriented picture in pixels.
    pub height: u32,
    /// Measures of the pixels by name, as in `luminance`.
    pub measures: BTreeMap<String, f64>,
    /// Names of the content.
    pub hashes: HashesRecord,
    /// Colors by falling share.
    pub palette: Vec<SwatchRecord>,
    /// What the vision network saw.
    #[serde(flatten)]
    pub readings: SightReadings,
}

/// Hashes of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashesRecord {
    /// Of the file's bytes, 64 hexadecimal digits.
    pub blake3: String,
    /// Perceptual, 256 bits as 64 hexadecimal digits.
    pub pdq: String,
    /// 0 to 100; below 50 there is too little detail to compare by PDQ.
    pub pdq_quality: u8,
    /// Difference hash, 64 bits as 16 hexadecimal digits.
    pub dhash: String,
}

/// What the vision network saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SightReadings {
    /// Where people look in the first seconds.
    pub attention: AttentionRecord,
    /// Where text is.
    pub text: TextRecord,
    /// Faces, surest first: place and size, nothing else.
    pub faces: Vec<FaceRecord>,
    /// Technical quality by part, `null` where it was not measured.
    pub quality: Option<BTreeMap<String, f64>>,
    /// Visual complexity, 0 to 100, `null` where it was not measured.
    pub complexity: Option<f64>,
    /// What sort of picture it is.
    pub kind: KindRecord,
    /// What the largest crop of a shape loses, by shape: `1:1`, `4:5`, `9:16`, `16:9`.
    pub crops: BTreeMap<String, CropRecord>,
}

/// Attention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttentionRecord {
    /// Shares of attention, rows from the top, together 1; stretched over the picture. Left out where a
    /// report holds many pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<Vec<f32>>,
    /// Where the eye stops, in order.
    pub focal_points: Vec<FocalPointRecord>,
    /// Share that falls on text.
    pub on_text: f64,
    /// Share that falls on faces.
    pub on_faces: f64,
    /// Share that falls on the central ninth.
    pub on_center: f64,
    /// Shares of the nine fields between the lines at one and two thirds, row by row.
    pub thirds: [f64; 9],
    /// Share of the area without text or face that gets less than a quarter of its even share.
    pub unattended_share: f64,
}

/// A place where the eye stops.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FocalPointRecord {
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
    /// Share of the attention within a tenth of the diagonal.
    pub share: f64,
}

/// Text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextRecord {
    /// Share of the picture's area.
    pub area: f64,
    /// Boxes from the top down.
    pub boxes: Vec<TextBoxRecord>,
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TextBoxRecord {
    /// Corners `x, y`, clockwise from the top left.
    pub quad: [f64; 8],
    /// Mean probability.
    pub score: f64,
    /// WCAG contrast ratio with its ground, 1 to 21; `null` where the box is too small to tell.
    pub contrast: Option<f64>,
}

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FaceRecord {
    /// Left, top, width, height.
    #[serde(rename = "box")]
    pub area: [f64; 4],
    /// Probability.
    pub score: f64,
}

/// The sort of picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KindRecord {
    /// The likeliest: `photo`, `design`, `screenshot` or `logo_or_packshot`.
    pub label: String,
    /// Probabilities of all, together 1.
    pub scores: BTreeMap<String, f64>,
}

/// The largest crop of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CropRecord {
    /// In the middle of the picture.
    pub centered: CropLossRecord,
    /// Where it keeps most attention.
    pub best: CropLossRecord,
}

/// One crop and what it loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CropLossRecord {
    /// Left, top, width, height.
    #[serde(rename = "box")]
    pub area: [u32; 4],
    /// Share of the attention outside.
    pub attention_lost: f64,
    /// Share of the area of text outside.
    pub text_lost: f64,
    /// Faces with more than a tenth outside.
    pub faces_cut: u32,
}

/// Everything that one run of `see` has to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SightReport {
    /// One per picture, in the order given.
    pub sights: Vec<SightRecord>,
    /// Files left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows at fault.
    pub faults: Vec<FaultRecord>,
}
