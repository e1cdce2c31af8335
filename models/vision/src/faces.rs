//! From the face map to boxes.
//!
//! "Objects as Points" (Zhou et al. 2019, arXiv:1904.07850): a face is a peak of the map, and the cell of the
//! peak knows its box. The Python twin is `decode_faces` in `scripts/train/vision/monitor.py`.

use crate::heads::FACE_LEN;
use crate::{ATTENTION_SIDE, Face, UnitRect};

/// Probability from which a peak counts as a face: the best F1 on 276 advertisements, posters and other pictures with
/// the teacher's boxes that are neither trained on nor in the validation part.
const LEAST_SCORE: f32 = 0.4;
/// Of two boxes that overlap by more (intersection over union), the surer one stays.
const OVERLAP: f32 = 0.4;
/// More faces than any advertisement shows; bounds the work on noise.
const MOST_FACES: usize = 100;

/// Faces, surest first, of one picture's map `[5, 44, 44]`.
pub(crate) fn decode(map: &[f32]) -> Vec<Face> {
    const SIDE: usize = ATTENTION_SIDE;
    const PLANE: usize = SIDE * SIDE;
    debug_assert_eq!(map.len(), FACE_LEN * PLANE);
    let logits = &map[..PLANE];
    let mut found = Vec::new();
    for (cell, &logit) in logits.iter().enumerate() {
        let score = sigmoid(logit);
        let (row, column) = (cell / SIDE, cell % SIDE);
        if score < LEAST_SCORE || !is_peak(logits, column, row) {
            continue;
        }
        let geometry = [1, 2, 3, 4].map(|plane| map[plane * PLANE + cell]);
        if geometry.iter().any(|it| !it.is_finite()) {
            continue;
        }
        let [dx, dy, log_width, log_height] = geometry;
        // No face is wider than the picture by much; an exponential of noise must not become infinite.
        let [width, height] = [log_width, log_height].map(|it| (it.exp() / SIDE as f32).min(1.5));
        let center = |offset: f32, place: usize| (place as f32 + 0.5 + offset) / SIDE as f32;
        let (x, y) = (center(dx, column) - width / 2.0, center(dy, row) - height / 2.0);
        if let Some(area) = (UnitRect { x, y, width, height }).inside() {
            found.push(Face { area, score });
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Face> = Vec::new();
    for face in found {
        if kept.len() < MOST_FACES && kept.iter().all(|it| it.area.overlap(&face.area) < OVERLAP) {
            kept.push(face);
        }
    }
    kept
}

/// Whether no neighbor of the cell is greater.
fn is_peak(logits: &[f32], column: usize, row: usize) -> bool {
    let here = logits[row * ATTENTION_SIDE + column];
    let around = |center: usize| center.saturating_sub(1)..=(center + 1).min(ATTENTION_SIDE - 1);
    around(row).all(|y| around(column).all(|x| logits[y * ATTENTION_SIDE + x] <= here))
}

pub(crate) fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

impl UnitRect {
    /// The part inside the picture; `None` when there is none, or when a side is not a number.
    pub(crate) fn inside(&self) -> Option<Self> {
        let (x, y) = (self.x.max(0.0), self.y.max(0.0));
        let (right, bottom) = ((self.x + self.width).min(1.0), (self.y + self.height).min(1.0));
        (right > x && bottom > y).then_some(Self { x, y, width: right - x, height: bottom - y })
    }

    /// Intersection over union, 0 to 1.
    pub fn overlap(&self, other: &Self) -> f32 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        if width <= 0.0 || height <= 0.0 {
            return 0.0;
        }
        let both = width * height;
        both / (self.width * self.height + other.width * other.height - both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLANE: usize = ATTENTION_SIDE * ATTENTION_SIDE;

    /// A map without faces, in which one cell is then changed.
    fn map_with(cells: &[(usize, usize, [f32; FACE_LEN])]) -> Vec<f32> {
        let mut map = vec![0.0; FACE_LEN * PLANE];
        map[..PLANE].fill(-10.0);
        for (column, row, values) in cells {
            for (plane, value) in values.iter().enumerate() {
                map[plane * PLANE + row * ATTENTION_SIDE + column] = *value;
            }
        }
        map
    }

    #[test]
    fn a_peak_becomes_its_box() {
        // Center a quarter cell right of the middle of cell (10, 20), 4.4 by 8.8 cells: a tenth by a fifth.
        let map = map_with(&[(10, 20, [2.0, 0.25, 0.0, 4.4f32.ln(), 8.8f32.ln()])]);
        let faces = decode(&map);
        assert_eq!(faces.len(), 1);
        let Face { area, score } = faces[0];
        assert!((score - 0.880_797).abs() < 1e-5);
        assert!((area.x - (10.75 / 44.0 - 0.05)).abs() < 1e-6 && (area.y - (20.5 / 44.0 - 0.1)).abs() < 1e-6);
        assert!((area.width - 0.1).abs() < 1e-6 && (area.height - 0.2).abs() < 1e-6);
    }

    #[test]
    fn the_surer_of_two_overlapping_boxes_stays() {
        let size = 8.8f32.ln();
        let cells = [(10, 20, [1.0, 0.0, 0.0, size, size]), (12, 20, [2.0, 0.0, 0.0, size, size])];
        let faces = decode(&map_with(&cells));
        assert_eq!(faces.len(), 1);
        assert!((faces[0].score - 0.880_797).abs() < 1e-5);
        // Nine cells apart they do not overlap enough.
        let cells = [cells[0], (19, 20, [2.0, 0.0, 0.0, size, size])];
        assert_eq!(decode(&map_with(&cells)).len(), 2);
    }

    #[test]
    fn boxes_are_cut_at_the_edge_and_nonsense_is_dropped() {
        let faces = decode(&map_with(&[(0, 0, [2.0, 0.0, 0.0, 100.0, 1.0])]));
        assert!(faces.iter().all(|it| it.area.x >= 0.0 && it.area.x + it.area.width <= 1.0));
        let nonsense =
            map_with(&[(5, 5, [2.0, f32::NAN, 0.0, 0.0, 0.0]), (9, 9, [2.0, 99.0, 0.0, 0.0, 0.0])]);
        assert_eq!(decode(&nonsense), []);
        assert_eq!(decode(&map_with(&[])), []);
    }

    #[test]
    fn overlap_is_intersection_over_union() {
        let a = UnitRect { x: 0.0, y: 0.0, width: 0.2, height: 0.2 };
        let b = UnitRect { x: 0.1, y: 0.0, width: 0.2, height: 0.2 };
        assert!((a.overlap(&b) - 1.0 / 3.0).abs() < 1e-5);
        assert_eq!(a.overlap(&UnitRect { x: 0.5, ..a }), 0.0);
    }
}
