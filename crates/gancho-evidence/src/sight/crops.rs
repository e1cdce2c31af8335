//! What is lost when a picture is cropped for another placement.

use gancho_vision::UnitRect;
use serde::{Deserialize, Serialize};

/// A face is cut when more than this part of its box is: boxes are a little wider than faces.
const FACE_LOSS: f64 = 0.1;

/// A shape that placements ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Shape {
    /// 1:1, feeds.
    #[serde(rename = "1:1")]
    Square,
    /// 4:5, feeds on phones.
    #[serde(rename = "4:5")]
    Portrait,
    /// 9:16, stories and reels.
    #[serde(rename = "9:16")]
    Story,
    /// 16:9, video and displays.
    #[serde(rename = "16:9")]
    Wide,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Square, Self::Portrait, Self::Story, Self::Wide];

    /// Width to height.
    pub fn ratio(self) -> (u32, u32) {
        match self {
            Self::Square => (1, 1),
            Self::Portrait => (4, 5),
            Self::Story => (9, 16),
            Self::Wide => (16, 9),
        }
    }
}

/// The largest crop of a shape, at two places.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// The shape.
    pub shape: Shape,
    /// In the middle, as platforms crop by themselves.
    pub centered: CropLoss,
    /// Where it keeps most attention; of equal places the one nearest to the middle.
    pub best: CropLoss,
}

/// One crop and what it loses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CropLoss {
    /// Left, top, width and height in whole pixels of the oriented picture.
    pub area: [u32; 4],
    /// Share of the attention that falls outside, 0 to 1.
    pub attention_lost: f64,
    /// Share of the area of text that falls outside, 0 to 1; 0 where there is no text.
    pub text_lost: f64,
    /// Faces with more than a tenth of their box outside.
    pub faces_cut: u32,
}

/// What a crop may lose: shares by column and by row, and faces in shares of the sides.
pub(super) struct Content<'a> {
    pub(super) attention: [Vec<f64>; 2],
    pub(super) text: [Vec<f64>; 2],
    pub(super) faces: &'a [UnitRect],
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Content<'_> {
    pub(super) fn crops(&self) -> Vec<Crop> {
        Shape::ALL.into_iter().map(|shape| self.crop(shape)).collect()
    }

    fn crop(&self, shape: Shape) -> Crop {
        let (across, down) = shape.ratio();
        let (width, height) = (f64::from(self.width.max(1)), f64::from(self.height.max(1)));
        // The whole of one side, and this share of the other, along which the crop can be moved.
        let part = height * f64::from(across) / (width * f64::from(down));
        let (axis, part) = if part <= 1.0 { (0, part) } else { (1, 1.0 / part) };
        let profile = &self.attention[axis];
        let middle = (1.0 - part) / 2.0;
        Crop {
            shape,
            centered: self.loss(axis, middle, part),
            best: self.loss(axis, best_start(profile, part, middle), part),
        }
    }

    fn loss(&self, axis: usize, start: f64, part: f64) -> CropLoss {
        let end = start + part;
        let lost = |profile: &[f64]| {
            let total = within(profile, 0.0, 1.0);
            if total > 0.0 { (1.0 - within(profile, start, end) / total).clamp(0.0, 1.0) } else { 0.0 }
        };
        let is_cut = |face: &&UnitRect| {
            let (from, length) = if axis == 0 { (face.x, face.width) } else { (face.y, face.height) };
            let (from, length) = (f64::from(from), f64::from(length));
            let kept = (end.min(from + length) - start.max(from)).max(0.0);
            kept < (1.0 - FACE_LOSS) * length
        };
        CropLoss {
            area: self.pixels(axis, start, part),
            attention_lost: lost(&self.attention[axis]),
            text_lost: lost(&self.text[axis]),
            faces_cut: self.faces.iter().filter(is_cut).count() as u32,
        }
    }

    fn pixels(&self, axis: usize, start: f64, part: f64) -> [u32; 4] {
        let side = if axis == 0 { self.width } else { self.height };
        let length = ((part * f64::from(side)).round() as u32).clamp(1, side.max(1));
        let from = ((start * f64::from(side)).round() as u32).min(side.saturating_sub(length));
        if axis == 0 { [from, 0, length, self.height] } else { [0, from, self.width, length] }
    }
}

/// Where a window of a part of a side holds most of a profile. What it holds is a line between the places
/// where one of its ends meets the border of a cell, so only those are looked at.
fn best_start(profile: &[f64], part: f64, middle: f64) -> f64 {
    let last = 1.0 - part;
    let borders = (0..=profile.len()).map(|it| it as f64 / profile.len().max(1) as f64);
    let starts = borders.flat_map(|it| [it, it - part]).filter(|it| (0.0..=last).contains(it));
    let mut best = (within(profile, middle, middle + part), middle);
    for start in starts.chain([0.0, last]) {
        let held = within(profile, start, start + part);
        // What differs by less than rounding is equal, and the nearer to the middle wins.
        let gain = held - best.0;
        let nearer = (start - middle).abs() < (best.1 - middle).abs();
        if gain > 1e-9 || (gain > -1e-9 && nearer) {
            best = (held, start);
        }
    }
    best.1
}

/// What a profile of even cells holds between two places of its side.
fn within(profile: &[f64], from: f64, to: f64) -> f64 {
    let cells = profile.len() as f64;
    let part = |(cell, value): (usize, &f64)| {
        let cell = cell as f64;
        value * ((cell + 1.0).min(to * cells) - cell.max(from * cells)).clamp(0.0, 1.0)
    };
    profile.iter().enumerate().map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(width: u32, height: u32, faces: &[UnitRect]) -> Content<'_> {
        // Attention in the last quarter of either side, text in the first half.
        Content {
            attention: [vec![0.0, 0.0, 0.0, 1.0], vec![0.0, 0.0, 0.0, 1.0]],
            text: [vec![0.1, 0.1, 0.0, 0.0], vec![0.1, 0.1, 0.0, 0.0]],
            faces,
            width,
            height,
        }
    }

    #[test]
    fn a_square_of_a_wide_picture_moves_to_where_people_look() {
        let square = content(1600, 800, &[]).crop(Shape::Square);
        assert_eq!(square.centered.area, [400, 0, 800, 800]);
        assert_eq!((square.centered.attention_lost, square.centered.text_lost), (1.0, 0.5));
        assert_eq!(square.best.area, [800, 0, 800, 800]);
        assert_eq!((square.best.attention_lost, square.best.text_lost), (0.0, 1.0));
    }

    #[test]
    fn the_crop_is_the_largest_of_its_shape() {
        let wide = content(900, 1600, &[]).crop(Shape::Wide);
        // 900 wide: 506.25 high.
        assert_eq!(wide.centered.area, [0, 547, 900, 506]);
        let same = content(900, 1600, &[]).crop(Shape::Story);
        assert_eq!(same.centered, same.best);
        assert_eq!((same.centered.area, same.centered.attention_lost), ([0, 0, 900, 1600], 0.0));
    }

    #[test]
    fn a_face_is_cut_when_a_tenth_of_it_is() {
        // The square of 2:1 keeps 0.25 to 0.75.
        let face = |x: f32| [UnitRect { x, y: 0.4, width: 0.2, height: 0.2 }];
        let cut = |x: f32| content(1600, 800, &face(x)).crop(Shape::Square).centered.faces_cut;
        assert_eq!([0.0, 0.22, 0.24, 0.4, 0.56, 0.58].map(cut), [1, 1, 0, 0, 0, 1]);
    }

    #[test]
    fn of_equal_places_the_middle_wins() {
        let mut even = content(1600, 800, &[]);
        even.attention[0] = vec![0.25; 4];
        let square = even.crop(Shape::Square);
        assert_eq!(square.best, square.centered);
        assert!((square.best.attention_lost - 0.5).abs() < 1e-12);
    }

    #[test]
    fn slivers_keep_at_least_a_pixel() {
        for (width, height) in [(1, 1), (20_000, 300), (2, 30_000)] {
            for crop in content(width, height, &[]).crops() {
                for loss in [crop.centered, crop.best] {
                    let [x, y, w, h] = loss.area;
                    assert!(w >= 1 && h >= 1 && x + w <= width && y + h <= height, "{crop:?}");
                }
            }
        }
    }
}
