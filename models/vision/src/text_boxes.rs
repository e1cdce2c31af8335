//! From the map of text to boxes, and to the share of the picture that is text.
//!
//! The map is refined bilinearly before it is cut at [`THRESHOLD`], so that edges lie where the
//! probability says and not on the borders of cells 4 pixels wide. What hangs together is taken apart into
//! lines; the box of each is the smallest rectangle around it in pixels, where a turned line is really turned.

use crate::Grid;
use crate::rectangle::{Rectangle, convex_hull};
use crate::text_lines::{flood, separated};

/// Probability from which a point is text. Above a half, because small lines blur into each other at this
/// resolution and the ground between them is about as likely as not; chosen on pictures of the training part.
const THRESHOLD: f32 = 0.6;
/// Refined cells along one cell of the map: 88 cells become 352, the pixels of the network's input.
pub(crate) const FINER: usize = 4;
/// A region smaller than this many cells of the map is a speck: the smallest line that a person reads
/// at the size of a feed is a cell high and several wide.
pub(crate) const LEAST_CELLS: usize = 2;
/// What a turned rectangle must save of the upright one's area to be taken: the staircase of cells
/// alone saves up to a tenth, a line of six words turned by three degrees a third.
const TURN_SAVES: f64 = 0.15;

/// A piece of text in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBox {
    /// Corners `x, y` in pixels of the oriented picture, clockwise from the top left. Those of a
    /// turned box may lie past the picture's edge.
    pub quad: [f32; 8],
    /// Mean probability of text over the region, 0 to 1.
    pub score: f32,
}

/// The part of a picture that is text, on a raster finer than the map.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRegion {
    side: usize,
    inside: Vec<bool>,
    pieces: Vec<Piece>,
}

/// One line of text: for each row that it touches its first and its last cell.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    spans: Vec<(usize, usize, usize)>,
    score: f32,
}

impl TextRegion {
    /// Cuts a map of probabilities. Values that are not finite count as no text.
    pub fn of(map: &Grid) -> Self {
        let side = map.side * FINER;
        let fine = refined(map);
        let mut region = Self { side, inside: vec![false; fine.len()], pieces: Vec::new() };
        let mut seen = vec![false; fine.len()];
        for start in 0..fine.len() {
            if seen[start] || fine[start] < THRESHOLD {
                continue;
            }
            let cells =
                flood(start, side, |it| fine[it] >= THRESHOLD && !std::mem::replace(&mut seen[it], true));
            if cells.len() >= LEAST_CELLS * FINER * FINER {
                cells.iter().for_each(|cell| region.inside[*cell] = true);
                let lines = separated(cells, &fine, side).into_iter();
                region.pieces.extend(lines.map(|cells| Piece::of(&cells, &fine, side)));
            }
        }
        region.pieces.sort_by_key(|it| it.spans.first().copied());
        region
    }

    /// Cells along a side of the raster, which is stretched over the whole picture like the map.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether a cell of the raster is text.
    pub fn contains(&self, column: usize, row: usize) -> bool {
        self.inside[row * self.side + column]
    }

    /// Share of the picture's area that is text, 0 to 1. No point counts twice, and specks not at all.
    pub fn area(&self) -> f64 {
        let inside = self.inside.iter().filter(|it| **it).count();
        inside as f64 / self.inside.len().max(1) as f64
    }

    /// A box around each line, from the top down, in pixels of a picture of `width` by `height`.
    pub fn boxes(&self, width: u32, height: u32) -> Vec<TextBox> {
        let scale = [f64::from(width) / self.side as f64, f64::from(height) / self.side as f64];
        self.pieces.iter().map(|it| TextBox { quad: it.quad(scale), score: it.score }).collect()
    }
}

impl Piece {
    fn of(cells: &[usize], fine: &[f32], side: usize) -> Self {
        let sum: f64 = cells.iter().map(|cell| f64::from(fine[*cell])).sum();
        let mut spans: Vec<(usize, usize, usize)> = Vec::new();
        let mut sorted = cells.to_vec();
        sorted.sort_unstable();
        for cell in sorted {
            let (row, column) = (cell / side, cell % side);
            match spans.last_mut() {
                Some(span) if span.0 == row => span.2 = column,
                _ => spans.push((row, column, column)),
            }
        }
        Self { spans, score: (sum / cells.len().max(1) as f64) as f32 }
    }

    fn quad(&self, scale: [f64; 2]) -> [f32; 8] {
        let corners = self.spans.iter().flat_map(|(row, first, last)| {
            let (left, right) = (*first as f64 * scale[0], (last + 1) as f64 * scale[0]);
            let (top, bottom) = (*row as f64 * scale[1], (row + 1) as f64 * scale[1]);
            [[left, top], [right, top], [left, bottom], [right, bottom]]
        });
        let hull = convex_hull(corners.collect());
        let (upright, turned) = (Rectangle::upright(&hull), Rectangle::smallest(&hull));
        if turned.area() < (1.0 - TURN_SAVES) * upright.area() { turned.quad() } else { upright.quad() }
    }
}

/// The map at [`FINER`] times its resolution, bilinear between the centers of cells.
fn refined(map: &Grid) -> Vec<f32> {
    let (side, fine) = (map.side, map.side * FINER);
    let value = |column: usize, row: usize| {
        map.values.get(row * side + column).copied().filter(|it| it.is_finite()).unwrap_or(0.0)
    };
    // For each refined cell its two neighbors in the map and how far it is from the first.
    let between: Vec<(usize, usize, f32)> = (0..fine)
        .map(|at| {
            let place = (at as f32 + 0.5) / FINER as f32 - 0.5;
            let first = place.max(0.0) as usize;
            (first, (first + 1).min(side - 1), (place - first as f32).max(0.0))
        })
        .collect();
    let mut values = Vec::with_capacity(fine * fine);
    for (above, below, down) in &between {
        for (left, right, along) in &between {
            let top = value(*left, *above) * (1.0 - along) + value(*right, *above) * along;
            let bottom = value(*left, *below) * (1.0 - along) + value(*right, *below) * along;
            values.push(top * (1.0 - down) + bottom * down);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_boxes(map: &Grid, width: u32, height: u32) -> Vec<TextBox> {
        TextRegion::of(map).boxes(width, height)
    }

    fn map(side: usize, value: impl Fn(usize, usize) -> f32) -> Grid {
        let values = (0..side * side).map(|it| value(it % side, it / side)).collect();
        Grid { side, values }
    }

    fn close(found: &[f32], wanted: &[f32], within: f32) {
        assert!(
            found.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= within),
            "{found:?} is not {wanted:?}"
        );
    }

    /// Cells 4..8 by 2..4 of 16, all sure: the refined edge lies on the border of the cells.
    #[test]
    fn a_block_of_text_gives_its_own_rectangle() {
        let map = map(16, |x, y| f32::from(u8::from((4..8).contains(&x) && (2..4).contains(&y))));
        let boxes = text_boxes(&map, 1600, 800);
        assert_eq!(boxes.len(), 1);
        close(&boxes[0].quad, &[400.0, 100.0, 800.0, 100.0, 800.0, 200.0, 400.0, 200.0], 0.01);
        // The corners of the block are rounded off by the refinement: three refined cells each.
        assert!((TextRegion::of(&map).area() - (8.0 * 16.0 - 12.0) / (64.0 * 64.0)).abs() < 1e-9);
    }

    /// A step from 0.9 to 0.4 crosses 0.6 three fifths of a cell past the last sure center.
    #[test]
    fn edges_lie_between_cells_where_the_probability_says() {
        let map = map(16, |x, _| if x < 8 { 0.9 } else { 0.4 });
        let right = text_boxes(&map, 1600, 1600)[0].quad[2];
        // Centers at 750 and 850: 750 + 60 = 810; the refined cell with its center at 812.5 is the first outside.
        assert!((right - 800.0).abs() < 0.01, "{right}");
    }

    #[test]
    fn specks_are_no_text_and_no_area() {
        let map = map(16, |x, y| f32::from(u8::from(x == 3 && y == 3)));
        assert!(text_boxes(&map, 100, 100).is_empty());
        assert_eq!(TextRegion::of(&map).area(), 0.0);
    }

    /// A band along the diagonal of a square picture: its box is turned by 45 degrees.
    #[test]
    fn a_turned_line_gets_a_turned_box() {
        let band = |x: usize, y: usize| x.abs_diff(y) <= 2 && (20..120).contains(&(x + y));
        let map = map(88, |x, y| f32::from(u8::from(band(x, y))));
        let boxes = text_boxes(&map, 880, 880);
        assert_eq!(boxes.len(), 1);
        let [ax, ay, bx, by, cx, cy, ..] = boxes[0].quad;
        let (long, short) = ((bx - ax).hypot(by - ay), (cx - bx).hypot(cy - by));
        let (long, short) = (long.max(short), long.min(short));
        // x + y runs over 100: 50 steps of sqrt(2) cells of 10 px are 707 px. Across, 5 diagonals are
        // between 5 / sqrt(2) cells (35 px) and, with the corners of cells, 6 (60 px).
        assert!((640.0..760.0).contains(&long) && (30.0..60.0).contains(&short), "{long} by {short}");
    }

    /// The same cells in a flat picture: what is turned by 45 degrees in the map is nearly level there.
    #[test]
    fn boxes_are_turned_in_pixels_not_in_the_map() {
        let map = map(88, |x, y| f32::from(u8::from(x.abs_diff(y) <= 3)));
        let boxes = text_boxes(&map, 8800, 440);
        assert_eq!(boxes.len(), 1, "{boxes:?}");
        let quad = boxes[0].quad;
        let slope = (quad[3] - quad[1]) / (quad[2] - quad[0]);
        assert!((slope - 0.05).abs() < 0.02, "{slope}");
    }

    #[test]
    fn neighbors_at_a_corner_are_two_boxes_from_the_top_down() {
        let map = map(32, |x, y| {
            let first = (2..8).contains(&x) && (2..6).contains(&y);
            let second = (20..28).contains(&x) && (16..20).contains(&y);
            f32::from(u8::from(first || second)) * if second { 0.8 } else { 1.0 }
        });
        let boxes = text_boxes(&map, 320, 320);
        assert_eq!(boxes.len(), 2);
        assert!(boxes[0].quad[1] < boxes[1].quad[1]);
        assert!(boxes[0].score > 0.8 && boxes[1].score < 0.8, "{boxes:?}");
    }

    #[test]
    fn nothing_and_everything_and_nonsense_are_survived() {
        for side in [0, 1, 2, 88] {
            assert!(text_boxes(&map(side, |_, _| 0.0), 1, 1).is_empty());
            assert!(text_boxes(&map(side, |_, _| f32::NAN), 20_000, 300).is_empty());
        }
        let all = map(88, |_, _| 1.0);
        assert_eq!(TextRegion::of(&all).area(), 1.0);
        close(
            &text_boxes(&all, 20_000, 300)[0].quad,
            &[0.0, 0.0, 20_000.0, 0.0, 20_000.0, 300.0, 0.0, 300.0],
            0.1,
        );
        let short = Grid { side: 4, values: vec![1.0; 3] };
        assert!(TextRegion::of(&short).area() < 0.5);
    }

    #[test]
    fn touching_lines_of_different_lengths_get_boxes_of_their_own() {
        // A long line of 24 x 4 cells and below it, touching, a short one of 8 x 4.
        let mut map = Grid { side: 32, values: vec![0.0; 32 * 32] };
        for row in 4..12 {
            for column in 2..if row < 8 { 26 } else { 10 } {
                map.values[row * 32 + column] = 1.0;
            }
        }
        let boxes = text_boxes(&map, 320, 320);
        assert_eq!(boxes.len(), 2, "{boxes:?}");
        let widths: Vec<f32> = boxes.iter().map(|it| it.quad[2] - it.quad[0]).collect();
        assert!((widths[0] - 240.0).abs() < 6.0 && (widths[1] - 80.0).abs() < 6.0, "{widths:?}");
    }
}
