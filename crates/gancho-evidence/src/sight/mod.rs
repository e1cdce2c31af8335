//! What the eye saw, turned into facts about one picture: places in its own pixels, and shares.
//!
//! | reading | definition |
//! |---|---|
//! | focal points | peaks of the attention map in the order of their height ([`FocalPoint`]) |
//! | attention on text, faces | share of the attention that falls on the text's region, on the union of the faces |
//! | thirds | share of the attention in each of the nine fields between the lines at one and two thirds of each side; the fifth of them, the central ninth, is the attention on the center |
//! | text area | share of the picture's area that is text ([`gancho_vision::TextRegion`]), no point counted twice |
//! | unattended share | white space as a viewer has it: share of the area without text or face that gets less than a quarter of its even share of attention. (The measure `white_space` is the same as pixels have it: area without structure.) |
//! | contrast | of each box of text with its ground ([`ContrastPlane`]) |
//! | crops | what the largest crop of each [`Shape`] loses |
//!
//! All is computed from the maps as they are stored, in one byte a cell.

mod attention;
mod contrast;
mod crops;
mod maps;
#[cfg(test)]
mod tests;

use gancho_vision::{Face, Kinds, Sight, TextRegion, UnitRect};
use serde::{Deserialize, Serialize};

pub use attention::FocalPoint;
pub use contrast::ContrastPlane;
pub use crops::{Crop, CropLoss, Shape};
pub use maps::{AttentionMap, TextMap};

use attention::Attention;
use crops::Content;

/// Part of its even share of attention below which a place counts as not looked at.
const IGNORED: f64 = 0.25;

/// What the vision network saw in one picture. Coordinates are pixels of the oriented picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SightEvidence {
    /// Where people look; without cells when the caller asked not to keep maps.
    pub attention: AttentionMap,
    /// Where text is; without cells when the caller asked not to keep maps.
    pub text: TextMap,
    /// Where the eye stops, in order.
    pub focal_points: Vec<FocalPoint>,
    /// Share of attention on text, 0 to 1.
    pub attention_on_text: f64,
    /// Share of attention on faces, 0 to 1.
    pub attention_on_faces: f64,
    /// Share of attention in each of the nine thirds, row by row from the top left.
    pub thirds: [f64; 9],
    /// Share of the area without text or face that hardly anybody looks at, 0 to 1.
    pub unattended_share: f64,
    /// Share of the area that is text, 0 to 1.
    pub text_area: f64,
    /// Boxes around text, from the top down.
    pub text_boxes: Vec<TextEvidence>,
    /// Faces, surest first.
    pub faces: Vec<FaceEvidence>,
    /// What sort of picture it is.
    pub kind: Kinds,
    /// What each shape of [`Shape::ALL`] would lose, in that order.
    pub crops: Vec<Crop>,
}

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TextEvidence {
    /// Corners `x, y`, clockwise from the top left.
    pub quad: [f32; 8],
    /// Mean probability, 0 to 1.
    pub score: f32,
    /// Contrast ratio with its ground, 1 to 21; nothing where the box has too few pixels to tell.
    pub contrast: Option<f64>,
}

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FaceEvidence {
    /// Left, top, width and height.
    pub area: [f32; 4],
    /// Share of the picture's area, 0 to 1.
    pub area_share: f64,
    /// Probability, 0 to 1.
    pub score: f32,
}

impl Default for SightEvidence {
    /// Nothing seen yet.
    fn default() -> Self {
        Self {
            attention: AttentionMap::default(),
            text: TextMap::default(),
            focal_points: Vec::new(),
            attention_on_text: 0.0,
            attention_on_faces: 0.0,
            thirds: [0.0; 9],
            unattended_share: 0.0,
            text_area: 0.0,
            text_boxes: Vec::new(),
            faces: Vec::new(),
            kind: Kinds { photo: 0.25, design: 0.25, screenshot: 0.25, logo_or_packshot: 0.25 },
            crops: Vec::new(),
        }
    }
}

impl SightEvidence {
    /// Names of what [`Self::named`] gives, in its order.
    pub const NAMES: &[&str] = &[
        "text_area",
        "attention_on_text",
        "attention_on_faces",
        "attention_on_center",
        "unattended_share",
        "focal_points",
        "first_focal_share",
        "lowest_text_contrast",
        "faces",
        "largest_face_share",
        "kind_photo",
        "kind_design",
        "kind_screenshot",
        "kind_logo_or_packshot",
        "crop_1x1_attention_lost",
        "crop_1x1_text_lost",
        "crop_4x5_attention_lost",
        "crop_4x5_text_lost",
        "crop_9x16_attention_lost",
        "crop_9x16_text_lost",
        "crop_16x9_attention_lost",
        "crop_16x9_text_lost",
    ];

    /// Reads a sight: `width` and `height` are those of the oriented picture at full size, `plane` is made
    /// of its pixels at whatever size they were decoded.
    pub fn of(sight: &Sight, plane: &ContrastPlane, width: u32, height: u32) -> Self {
        let (map, text) = (AttentionMap::of(&sight.attention), TextMap::of(&sight.text));
        let size = [f64::from(width), f64::from(height)];
        let attention = Attention::new(map.side as usize, map.shares());
        let region = TextRegion::of(&text.probabilities());
        let faces: Vec<Face> = sight.faces.iter().filter_map(within_the_picture).collect();
        let areas: Vec<UnitRect> = faces.iter().map(|it| it.area).collect();
        let on = shares_on(&attention, &region, &areas);
        let content = Content {
            attention: [attention.profile(false), attention.profile(true)],
            text: profiles(&region),
            faces: &areas,
            width,
            height,
        };
        Self {
            focal_points: attention.focal_points(size),
            attention_on_text: on.text,
            attention_on_faces: on.faces,
            thirds: attention.thirds(),
            unattended_share: on.ignored,
            text_area: region.area(),
            text_boxes: region
                .boxes(width, height)
                .into_iter()
                .map(|it| TextEvidence {
                    quad: it.quad,
                    score: it.score,
                    contrast: plane.ratio(&it.quad, size),
                })
                .collect(),
            faces: faces.iter().map(|it| FaceEvidence::of(it, size)).collect(),
            kind: sane(sight.kind),
            crops: content.crops(),
            attention: map,
            text,
        }
    }

    /// Share of attention in the central ninth, 0 to 1.
    pub fn attention_on_center(&self) -> f64 {
        self.thirds[4]
    }

    /// The sorts of picture with their probabilities.
    pub fn kinds(&self) -> [(&'static str, f32); 4] {
        kinds(&self.kind)
    }

    /// Forgets the maps: 10 KB of the 11 that a sight takes.
    pub fn drop_maps(&mut self) {
        (self.attention, self.text) = (AttentionMap::default(), TextMap::default());
    }

    /// Single numbers with their names, as the scorer reads them. What is not known is absent.
    pub fn named(&self) -> Vec<(&'static str, f64)> {
        let lowest = self.text_boxes.iter().filter_map(|it| it.contrast).min_by(f64::total_cmp);
        let largest = self.faces.iter().map(|it| it.area_share).fold(0.0, f64::max);
        let mut values = vec![
            Some(self.text_area),
            Some(self.attention_on_text),
            Some(self.attention_on_faces),
            Some(self.attention_on_center()),
            Some(self.unattended_share),
            Some(self.focal_points.len() as f64),
            self.focal_points.first().map(|it| it.share),
            lowest,
            Some(self.faces.len() as f64),
            Some(largest),
        ];
        values.extend(self.kinds().map(|(_, probability)| Some(f64::from(probability))));
        let lost = |it: &Crop| [Some(it.centered.attention_lost), Some(it.centered.text_lost)];
        values.extend(self.crops.iter().flat_map(lost));
        let named = Self::NAMES.iter().zip(values);
        named.filter_map(|(name, value)| Some((*name, value?))).collect()
    }
}

impl FaceEvidence {
    fn of(face: &Face, size: [f64; 2]) -> Self {
        let UnitRect { x, y, width, height } = face.area;
        let along = |share: f32, axis: usize| (f64::from(share) * size[axis]) as f32;
        Self {
            area: [along(x, 0), along(y, 1), along(width, 0), along(height, 1)],
            area_share: f64::from(width) * f64::from(height),
            score: face.score,
        }
    }
}

/// Shares of attention and of area on a raster as fine as the text's region.
struct On {
    text: f64,
    faces: f64,
    ignored: f64,
}

fn shares_on(attention: &Attention, region: &TextRegion, faces: &[UnitRect]) -> On {
    let side = region.side();
    let (mut on, cell) = (On { text: 0.0, faces: 0.0, ignored: 0.0 }, 1.0 / (side * side) as f64);
    let middle = |at: usize| (at as f64 + 0.5) / side as f64;
    for row in 0..side {
        for column in 0..side {
            let (x, y) = (middle(column), middle(row));
            let density = attention.density(x, y);
            let (text, face) = (region.contains(column, row), faces.iter().any(|it| holds(it, x, y)));
            on.text += if text { density * cell } else { 0.0 };
            on.faces += if face { density * cell } else { 0.0 };
            on.ignored += if !text && !face && density < IGNORED { cell } else { 0.0 };
        }
    }
    // Cells of other maps than the network's do not divide evenly: what is a share stays one.
    On { text: on.text.min(1.0), faces: on.faces.min(1.0), ignored: on.ignored.min(1.0) }
}

fn holds(area: &UnitRect, x: f64, y: f64) -> bool {
    let inside = |from: f32, length: f32, at: f64| {
        (f64::from(from)..f64::from(from) + f64::from(length)).contains(&at)
    };
    inside(area.x, area.width, x) && inside(area.y, area.height, y)
}

/// Text by column and by row.
fn profiles(region: &TextRegion) -> [Vec<f64>; 2] {
    let side = region.side();
    let (mut columns, mut rows) = (vec![0.0; side], vec![0.0; side]);
    for cell in (0..side * side).filter(|it| region.contains(it % side, it / side)) {
        columns[cell % side] += 1.0;
        rows[cell / side] += 1.0;
    }
    [columns, rows]
}

/// A face cut to the picture; nothing where that leaves no area.
fn within_the_picture(face: &Face) -> Option<Face> {
    let cut = |from: f32, length: f32| {
        let (start, end) = (from.clamp(0.0, 1.0), (from + length).clamp(0.0, 1.0));
        (start, end - start)
    };
    let ((x, width), (y, height)) = (cut(face.area.x, face.area.width), cut(face.area.y, face.area.height));
    let is_one = width > 0.0 && height > 0.0 && face.score.is_finite();
    is_one.then(|| Face { area: UnitRect { x, y, width, height }, score: face.score.clamp(0.0, 1.0) })
}

fn kinds(it: &Kinds) -> [(&'static str, f32); 4] {
    [
        ("photo", it.photo),
        ("design", it.design),
        ("screenshot", it.screenshot),
        ("logo_or_packshot", it.logo_or_packshot),
    ]
}

/// Probabilities that sum to 1; a network that says nothing usable leaves all sorts equal.
fn sane(given: Kinds) -> Kinds {
    let values = kinds(&given).map(|(_, it)| if it.is_finite() { it.clamp(0.0, 1.0) } else { 0.0 });
    let sum: f32 = values.iter().sum();
    let [photo, design, screenshot, logo_or_packshot] =
        if sum > 0.0 { values.map(|it| it / sum) } else { [0.25; 4] };
    Kinds { photo, design, screenshot, logo_or_packshot }
}
