//! From the map of text to boxes, and to the share of the picture that is text.
//!
//! The map is refined bilinearly before it is cut at [`THRESHOLD`], so that edges lie where the
//! probability says and not on the borders of cells 4 pixels wide. What hangs together is one region;
//! its box is the smallest rectangle around it in pixels, where a turned line of text is really turned.

use std::collections::BTreeMap;

use crate::Grid;

/// Probability from which a point is text: as often right as wrong. The network's map is trained on
/// the text's pixels themselves, so no margin has to be won back by a lower one.
const THRESHOLD: f32 = 0.5;
/// Refined cells along one cell of the map: 88 cells become 352, the pixels of the network's input.
const FINER: usize = 4;
/// A region smaller than this many cells of the map is a speck: the smallest line that a person reads
/// at the size of a feed is a cell high and several wide.
const LEAST_CELLS: usize = 2;
/// What a turned rectangle must save of the upright one's area to be taken: the staircase of cells
/// alone saves up to a tenth, a line of six words turned by three degrees a third.
const TURN_SAVES: f64 = 0.15;

/// A region is cut in two while its box is less full than this: the lines of a paragraph touch on the map, and
/// one box around short and long lines would call the ground between them text.
const LEAST_FILL: f64 = 0.85;
/// What a cut must save of the box's area.
const CUT_SAVES: f64 = 0.1;
/// Refined cells that both sides of a cut must measure across it: two cells of the map, about the lowest line
/// that is read. Less would shave strips off the letters that reach above and below a line.
const LEAST_SIDE: usize = 2 * FINER;

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

/// One connected region: for each row that it touches its first and its last cell.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    spans: Vec<(usize, usize, usize)>,
    score: f32,
}

/// Boxes around the text of a map of probabilities, from the top down, in pixels of a picture of
/// `width` by `height`.
pub fn text_boxes(map: &Grid, width: u32, height: u32) -> Vec<TextBox> {
    TextRegion::of(map).boxes(width, height)
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
            let cells = connected(&fine, side, start, &mut seen);
            if cells.len() >= LEAST_CELLS * FINER * FINER {
                cells.iter().for_each(|cell| region.inside[*cell] = true);
                let cut = cut(cells, side).into_iter();
                region.pieces.extend(cut.map(|cells| Piece::of(&cells, &fine, side)));
            }
        }
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

    /// A box around each region, from the top down.
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
        let upright = Rectangle::around(&hull, [1.0, 0.0]);
        let smallest = (0..hull.len())
            .filter_map(|at| direction(hull[at], hull[(at + 1) % hull.len()]))
            .map(|along| Rectangle::around(&hull, along))
            .min_by(|a, b| a.area().total_cmp(&b.area()));
        match smallest {
            Some(turned) if turned.area() < (1.0 - TURN_SAVES) * upright.area() => turned.quad(),
            _ => upright.quad(),
        }
    }
}

/// Cuts a region across or down, again and again, where two boxes hold much less ground than one (the recursive
/// XY-cut of Nagy and Seth 1984, with the boxes' area in place of white gaps). Turned lines stay whole.
fn cut(cells: Vec<usize>, side: usize) -> Vec<Vec<usize>> {
    let rows = extents(cells.iter().map(|it| (it / side, it % side)));
    let corners = rows.iter().flat_map(|(row, (first, last))| {
        let (top, left, right) = (*row as f64, *first as f64, (last + 1) as f64);
        [[left, top], [right, top], [left, top + 1.0], [right, top + 1.0]]
    });
    let hull = convex_hull(corners.collect());
    let smallest = (0..hull.len())
        .filter_map(|at| direction(hull[at], hull[(at + 1) % hull.len()]))
        .map(|along| Rectangle::around(&hull, along).area())
        .fold(f64::INFINITY, f64::min);
    if cells.len() as f64 >= LEAST_FILL * smallest {
        return vec![cells];
    }
    let upright = Rectangle::around(&hull, [1.0, 0.0]).area();
    let across = best_cut(&rows);
    let down = best_cut(&extents(cells.iter().map(|it| (it % side, it / side))));
    let (by_row, (at, area)) = if across.1 <= down.1 { (true, across) } else { (false, down) };
    let least = LEAST_CELLS * FINER * FINER;
    let (before, after): (Vec<usize>, Vec<usize>) =
        cells.iter().partition(|it| if by_row { **it / side < at } else { **it % side < at });
    if area as f64 > (1.0 - CUT_SAVES) * upright || before.len() < least || after.len() < least {
        return vec![cells];
    }
    let mut parts = cut(before, side);
    parts.extend(cut(after, side));
    parts
}

/// First and last position on a line.
type Extent = (usize, usize);

/// The extent of each line, in order.
fn extents(cells: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, Extent)> {
    let mut lines: BTreeMap<usize, Extent> = BTreeMap::new();
    for (line, at) in cells {
        let ends = lines.entry(line).or_insert((at, at));
        *ends = (ends.0.min(at), ends.1.max(at));
    }
    lines.into_iter().collect()
}

/// The line before which a cut leaves the least area in two boxes, and that area.
fn best_cut(lines: &[(usize, Extent)]) -> (usize, usize) {
    let join = |a: Extent, b: Extent| (a.0.min(b.0), a.1.max(b.1));
    // Extent of all lines from each one on.
    let mut from: Vec<Extent> = lines.iter().map(|it| it.1).collect();
    for at in (0..from.len().saturating_sub(1)).rev() {
        from[at] = join(from[at], from[at + 1]);
    }
    let mut before = lines[0].1;
    let mut best = (lines[0].0, usize::MAX);
    for at in 1..lines.len() {
        if at < LEAST_SIDE || lines.len() - at < LEAST_SIDE {
            before = join(before, lines[at].1);
            continue;
        }
        let (first, last) = (lines[0].0, lines[lines.len() - 1].0);
        let area = (lines[at].0 - first) * (before.1 - before.0 + 1)
            + (last + 1 - lines[at].0) * (from[at].1 - from[at].0 + 1);
        if area < best.1 {
            best = (lines[at].0, area);
        }
        before = join(before, lines[at].1);
    }
    best
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

/// The cells of text that hang together with `start`, by their four neighbors.
fn connected(fine: &[f32], side: usize, start: usize, seen: &mut [bool]) -> Vec<usize> {
    let (mut cells, mut open) = (Vec::new(), vec![start]);
    seen[start] = true;
    while let Some(cell) = open.pop() {
        cells.push(cell);
        let (column, row) = (cell % side, cell / side);
        let neighbors = [
            (column > 0).then(|| cell - 1),
            (column + 1 < side).then(|| cell + 1),
            (row > 0).then(|| cell - side),
            (row + 1 < side).then(|| cell + side),
        ];
        for next in neighbors.into_iter().flatten() {
            if !seen[next] && fine[next] >= THRESHOLD {
                seen[next] = true;
                open.push(next);
            }
        }
    }
    cells
}

/// Convex hull by Andrew's monotone chain (1979), without points that lie on an edge.
fn convex_hull(mut points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    let half = |points: &mut dyn Iterator<Item = [f64; 2]>| {
        let mut chain: Vec<[f64; 2]> = Vec::new();
        for point in points {
            while let [.., before, last] = chain[..]
                && turn(before, last, point) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

/// Twice the signed area of a triangle.
fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The direction of an edge as a unit vector within 45 degrees of the horizontal: a rectangle has the
/// same sides for each quarter turn. No sine is taken, so machines agree to the last bit.
fn direction(from: [f64; 2], to: [f64; 2]) -> Option<[f64; 2]> {
    let (x, y) = (to[0] - from[0], to[1] - from[1]);
    let length = (x * x + y * y).sqrt();
    let (x, y) = if y.abs() > x.abs() { (y, -x) } else { (x, y) };
    let sign = if x < 0.0 { -1.0 } else { 1.0 };
    (length > 0.0).then(|| [sign * x / length, sign * y / length])
}

/// A rectangle with one side along a direction.
struct Rectangle {
    along: [f64; 2],
    /// From and to, along the direction and across it.
    ends: [[f64; 2]; 2],
}

impl Rectangle {
    fn around(points: &[[f64; 2]], along: [f64; 2]) -> Self {
        let mut ends = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        for [x, y] in points {
            for (ends, place) in
                ends.iter_mut().zip([x * along[0] + y * along[1], y * along[0] - x * along[1]])
            {
                *ends = [ends[0].min(place), ends[1].max(place)];
            }
        }
        Self { along, ends }
    }

    fn area(&self) -> f64 {
        (self.ends[0][1] - self.ends[0][0]) * (self.ends[1][1] - self.ends[1][0])
    }

    fn quad(&self) -> [f32; 8] {
        let ([left, right], [top, bottom]) = (self.ends[0], self.ends[1]);
        let mut quad = [0.0; 8];
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
        for (pair, [a, b]) in quad.chunks_exact_mut(2).zip(corners) {
            pair[0] = (a * self.along[0] - b * self.along[1]) as f32;
            pair[1] = (a * self.along[1] + b * self.along[0]) as f32;
        }
        quad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Cells 4..8 by 2..4 of 16, all sure: at 0.5 the refined edge lies on the border of the cells.
    #[test]
    fn a_block_of_text_gives_its_own_rectangle() {
        let map = map(16, |x, y| f32::from(u8::from((4..8).contains(&x) && (2..4).contains(&y))));
        let boxes = text_boxes(&map, 1600, 800);
        assert_eq!(boxes.len(), 1);
        close(&boxes[0].quad, &[400.0, 100.0, 800.0, 100.0, 800.0, 200.0, 400.0, 200.0], 0.01);
        // The corners of the block are rounded off by the refinement: one refined cell each.
        assert!((TextRegion::of(&map).area() - (8.0 * 16.0 - 4.0) / (64.0 * 64.0)).abs() < 1e-9);
    }

    /// A step from 0.9 to 0.3 crosses 0.5 two thirds of a cell past the last sure center.
    #[test]
    fn edges_lie_between_cells_where_the_probability_says() {
        let map = map(16, |x, _| if x < 8 { 0.9 } else { 0.3 });
        let right = text_boxes(&map, 1600, 1600)[0].quad[2];
        // Centers at 750 and 850: 750 + 66.7 = 816.7, to the next border of a refined cell (25 px).
        assert!((right - 825.0).abs() < 0.01, "{right}");
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
        let quad = text_boxes(&map, 8800, 440)[0].quad;
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
