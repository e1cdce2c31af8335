//! Lines of text that touch on the map, taken apart.
//!
//! On a map with a cell for 4 pixels the lines of a paragraph run together, and one box around short and long
//! lines would call the ground between them text. Two things tell lines apart: the probability falls between
//! them (a watershed from its peaks, Vincent and Soille 1991), and their ends differ (the recursive XY-cut of
//! Nagy and Seth 1984, with the boxes' area in place of white gaps).

use std::collections::{BTreeMap, VecDeque};

use crate::rectangle::{Rectangle, convex_hull};
use crate::text_boxes::{FINER, LEAST_CELLS};

/// A region whose box is as full as this is one line.
const LEAST_FILL: f64 = 0.85;
/// Probabilities at which the peaks of a region are looked for, above the one at which it was cut out.
const LEVELS: [f32; 3] = [0.7, 0.8, 0.9];
/// What a cut between two lines must save of the box's area.
const SAVED_BETWEEN_LINES: f64 = 0.05;
/// What a cut across a line must save: the letters of a word often differ in height by a tenth.
const SAVED_ACROSS_LINES: f64 = 0.25;
/// Refined cells that both sides of a cut must measure across it: two cells of the map, about the lowest line
/// that is read. Less would shave strips off the letters that reach above and below a line.
const LEAST_SIDE: usize = 2 * FINER;
/// Refined cells of the smallest piece, and of the smallest peak.
const LEAST_PIECE: usize = LEAST_CELLS * FINER * FINER;

/// Takes a connected region apart. `fine` holds the probabilities of a square raster of `side` cells across,
/// `cells` are places in it. Every cell is in one of the parts.
pub(crate) fn separated(cells: Vec<usize>, fine: &[f32], side: usize) -> Vec<Vec<usize>> {
    let mut peaks = Peaks { fine, side, owner: vec![OUTSIDE; fine.len()] };
    peaks.split(cells, &LEVELS).into_iter().flat_map(|it| cut(it, side)).collect()
}

/// The cells that hang together with `start` by their four neighbors; `enter` says yes to each of them once.
pub(crate) fn flood(start: usize, side: usize, mut enter: impl FnMut(usize) -> bool) -> Vec<usize> {
    let mut cells = Vec::new();
    let mut open: Vec<usize> = enter(start).then_some(start).into_iter().collect();
    while let Some(cell) = open.pop() {
        cells.push(cell);
        open.extend(neighbors(cell, side).filter(|it| enter(*it)));
    }
    cells
}

fn neighbors(cell: usize, side: usize) -> impl Iterator<Item = usize> {
    let (column, row) = (cell % side, cell / side);
    let around = [
        (column > 0).then(|| cell - 1),
        (column + 1 < side).then(|| cell + 1),
        (row > 0).then(|| cell - side),
        (row + 1 < side).then(|| cell + side),
    ];
    around.into_iter().flatten()
}

/// The watershed: a region is divided among its peaks where that leaves less ground in the boxes.
struct Peaks<'a> {
    fine: &'a [f32],
    side: usize,
    /// The peak that each cell belongs to, or one of the marks below.
    owner: Vec<u32>,
}

/// Not of the region at hand.
const OUTSIDE: u32 = u32::MAX;
/// Of the region at hand, and of no peak yet.
const FREE: u32 = u32::MAX - 1;
/// Free, and found to stand above the level.
const HIGH: u32 = u32::MAX - 2;

impl Peaks<'_> {
    fn split(&mut self, cells: Vec<usize>, levels: &[f32]) -> Vec<Vec<usize>> {
        let whole = Rectangle::smallest(&hull(&rows(&cells, self.side))).area();
        if cells.len() as f64 >= LEAST_FILL * whole {
            return vec![cells];
        }
        for (at, level) in levels.iter().enumerate() {
            let parts = self.divided(&cells, *level);
            let area = |part: &Vec<usize>| Rectangle::smallest(&hull(&rows(part, self.side))).area();
            if parts.len() > 1 && parts.iter().map(area).sum::<f64>() <= whole {
                return parts.into_iter().flat_map(|it| self.split(it, &levels[at + 1..])).collect();
            }
        }
        vec![cells]
    }

    /// The cells by the nearest of the peaks that stand above a level; nothing where there is one peak or none.
    fn divided(&mut self, cells: &[usize], level: f32) -> Vec<Vec<usize>> {
        cells.iter().for_each(|it| self.owner[*it] = FREE);
        let (fine, owner) = (self.fine, &mut self.owner);
        let mut enter = |it: usize| {
            let high = owner[it] == FREE && fine[it] >= level;
            owner[it] = if high { HIGH } else { owner[it] };
            high
        };
        let peaks = cells.iter().map(|it| flood(*it, self.side, &mut enter));
        let peaks: Vec<Vec<usize>> = peaks.filter(|it| it.len() >= LEAST_PIECE).collect();
        let parts = if peaks.len() > 1 { self.grown(cells, &peaks) } else { Vec::new() };
        cells.iter().for_each(|it| self.owner[*it] = OUTSIDE);
        parts
    }

    fn grown(&mut self, cells: &[usize], peaks: &[Vec<usize>]) -> Vec<Vec<usize>> {
        cells.iter().for_each(|it| self.owner[*it] = FREE);
        let mut open = VecDeque::new();
        for (peak, seed) in (0..).zip(peaks) {
            seed.iter().for_each(|it| self.owner[*it] = peak);
            open.extend(seed);
        }
        while let Some(cell) = open.pop_front() {
            for next in neighbors(cell, self.side) {
                if self.owner[next] == FREE {
                    self.owner[next] = self.owner[cell];
                    open.push_back(next);
                }
            }
        }
        let mut parts = vec![Vec::new(); peaks.len()];
        for cell in cells {
            // The region hangs together, so that every cell has been reached from a peak.
            if let Some(part) = parts.get_mut(self.owner[*cell] as usize) {
                part.push(*cell);
            }
        }
        parts
    }
}

/// Cuts a region across or down, again and again, where two boxes hold much less ground than one. Turned lines
/// stay whole.
fn cut(cells: Vec<usize>, side: usize) -> Vec<Vec<usize>> {
    let rows = rows(&cells, side);
    let hull = hull(&rows);
    // The smallest box may be turned: upright halves must beat it, so that a slanted line is not cut to steps.
    let smallest = Rectangle::smallest(&hull).area();
    if cells.len() as f64 >= LEAST_FILL * smallest {
        return vec![cells];
    }
    let columns = extents(cells.iter().map(|it| (it % side, it / side)));
    let options = [
        best_cut(&rows, (1.0 - SAVED_BETWEEN_LINES) * smallest).map(|(at, area)| (area, false, at)),
        best_cut(&columns, (1.0 - SAVED_ACROSS_LINES) * smallest).map(|(at, area)| (area, true, at)),
    ];
    // Of two cuts that save the same the one between lines comes first.
    let Some((_, by_column, at)) = options.into_iter().flatten().min() else {
        return vec![cells];
    };
    let (before, after): (Vec<usize>, Vec<usize>) =
        cells.iter().partition(|it| if by_column { **it % side < at } else { **it / side < at });
    if before.len() < LEAST_PIECE || after.len() < LEAST_PIECE {
        return vec![cells];
    }
    let mut parts = cut(before, side);
    parts.extend(cut(after, side));
    parts
}

/// First and last position on a line.
type Extent = (usize, usize);

/// The extent of each row that cells lie in.
fn rows(cells: &[usize], side: usize) -> Vec<(usize, Extent)> {
    extents(cells.iter().map(|it| (it / side, it % side)))
}

/// The extent of each line, in order.
fn extents(cells: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, Extent)> {
    let mut lines: BTreeMap<usize, Extent> = BTreeMap::new();
    for (line, at) in cells {
        let ends = lines.entry(line).or_insert((at, at));
        *ends = (ends.0.min(at), ends.1.max(at));
    }
    lines.into_iter().collect()
}

/// The convex hull of the cells of rows.
fn hull(rows: &[(usize, Extent)]) -> Vec<[f64; 2]> {
    let corners = rows.iter().flat_map(|(row, (first, last))| {
        let (top, left, right) = (*row as f64, *first as f64, (last + 1) as f64);
        [[left, top], [right, top], [left, top + 1.0], [right, top + 1.0]]
    });
    convex_hull(corners.collect())
}

/// The line before which a cut leaves the least area in two boxes, and that area, where it is at most `most`.
fn best_cut(lines: &[(usize, Extent)], most: f64) -> Option<(usize, usize)> {
    let join = |a: Extent, b: Extent| (a.0.min(b.0), a.1.max(b.1));
    // Extent of all lines from each one on.
    let mut from: Vec<Extent> = lines.iter().map(|it| it.1).collect();
    for at in (0..from.len().saturating_sub(1)).rev() {
        from[at] = join(from[at], from[at + 1]);
    }
    let (first, mut before) = *lines.first()?;
    let (last, _) = *lines.last()?;
    let mut best = None;
    for at in 1..lines.len() {
        if at >= LEAST_SIDE && lines.len() - at >= LEAST_SIDE {
            let area = (lines[at].0 - first) * (before.1 - before.0 + 1)
                + (last + 1 - lines[at].0) * (from[at].1 - from[at].0 + 1);
            if best.is_none_or(|(_, least)| area < least) {
                best = Some((lines[at].0, area));
            }
        }
        before = join(before, lines[at].1);
    }
    best.filter(|(_, area)| *area as f64 <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 64;

    fn parts(value: impl Fn(usize, usize) -> f32) -> Vec<Vec<usize>> {
        let fine: Vec<f32> = (0..SIDE * SIDE).map(|it| value(it % SIDE, it / SIDE)).collect();
        let cells = (0..SIDE * SIDE).filter(|it| fine[*it] >= 0.6).collect();
        separated(cells, &fine, SIDE)
    }

    #[test]
    fn two_lines_with_a_valley_between_them_are_two() {
        // Rows 8 to 24 hang together; the probability falls to 0.65 in the middle, and the lower line is shorter.
        let found = parts(|x, y| match y {
            8..15 if (4..60).contains(&x) => 0.95,
            15..17 if (4..30).contains(&x) => 0.65,
            17..24 if (4..30).contains(&x) => 0.95,
            _ => 0.0,
        });
        assert_eq!(found.len(), 2);
        assert_eq!(found.iter().map(Vec::len).sum::<usize>(), 7 * 56 + 2 * 26 + 7 * 26, "no cell is lost");
        assert_eq!(found[0].len(), 7 * 56 + 26, "each line takes the row of the valley that is next to it");
    }

    #[test]
    fn a_line_that_is_sure_all_along_stays_one() {
        assert_eq!(parts(|x, y| f32::from(u8::from((4..60).contains(&x) && (8..16).contains(&y)))).len(), 1);
    }

    #[test]
    fn a_word_is_not_cut_where_its_letters_reach_up() {
        // A tall letter every ten cells, as in "hollow".
        let found = parts(|x, y| {
            let tall = x % 10 < 4;
            f32::from(u8::from((4..60).contains(&x) && (if tall { 8..20 } else { 11..20 }).contains(&y)))
        });
        assert_eq!(found.len(), 1);
    }
}
