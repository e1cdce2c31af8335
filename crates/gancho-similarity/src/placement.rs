//! Where one picture lies in another: scale and shift per axis, gain and offset of the levels.
//!
//! A coarse search by normalized correlation (Lewis, "Fast Normalized Cross-Correlation", 1995, here direct: the
//! grids are tiny) proposes placements; Gauss-Newton steps with robust weights (Lucas and Kanade 1981; Black and
//! Anandan 1996 for the weights) refine them below the size of a cell. Robust weights are what lets a banner of
//! text lie over a fifth of the picture without pulling the placement away.

use crate::grid::Plane;

/// Where the cells of one grid lie in another, in coordinates from -1 (left, top) to 1 (right, bottom), and how its
/// levels turn into those of the first: `first(x, y) = gain * second(scale * (x, y) + shift) + offset`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placement {
    pub(crate) scale: [f32; 2],
    pub(crate) shift: [f32; 2],
    pub(crate) gain: f32,
    pub(crate) offset: f32,
}

/// Scales that the search tries: from a crop to 75 % of a side to its inverse. Gauss-Newton bridges the steps.
const SCALES: [f32; 7] = [0.75, 0.82, 0.9, 1.0, 1.11, 1.22, 1.34];
/// Side of the grids that are searched, and the step of the shift: one of their cells.
const COARSE_SIDE: usize = 16;
const SHIFT_STEP: f32 = 2.0 / COARSE_SIDE as f32;
/// Placements that are refined at half resolution, the best of the search by correlation; only the best of these
/// is refined at full resolution.
const REFINED: usize = 3;
/// Gauss-Newton steps at half and at full resolution.
const HALF_STEPS: usize = 6;
const FULL_STEPS: usize = 5;
/// Correlation of the coarse grids below which two pictures have nothing in common and nothing is refined.
const LEAST_CORRELATION: f32 = 0.25;
/// Residuals of this many levels, or of this share of the middle one, get half of the weight.
const SOFT_LEVELS: f32 = 4.0;

impl Placement {
    pub(crate) const IDENTITY: Self = Self { scale: [1.0; 2], shift: [0.0; 2], gain: 1.0, offset: 0.0 };

    /// The same placement seen from the second grid.
    pub(crate) fn inverse(&self) -> Self {
        let scale = self.scale.map(|it| 1.0 / it);
        let gain = 1.0 / self.gain;
        Self {
            scale,
            shift: [-self.shift[0] * scale[0], -self.shift[1] * scale[1]],
            gain,
            offset: -self.offset * gain,
        }
    }

    /// The place in the second grid of a place in the first, both -1 to 1.
    pub(crate) fn to_second(self, [x, y]: [f32; 2]) -> [f32; 2] {
        [self.scale[0] * x + self.shift[0], self.scale[1] * y + self.shift[1]]
    }

    /// The farthest that it moves anything, in half sides of the picture.
    pub(crate) fn moves(&self) -> f32 {
        let along = |axis: usize| (self.scale[axis] - 1.0).abs() + self.shift[axis].abs();
        along(0).max(along(1))
    }

    /// Whether a place in the first grid is nearer than `margin` to the end of either picture.
    pub(crate) fn is_near_end(&self, place: [f32; 2], margin: f32) -> bool {
        let there = self.to_second(place);
        (0..2).any(|axis| there[axis].abs() > 1.0 - margin * self.scale[axis].max(1.0))
            || place.iter().any(|it| it.abs() > 1.0 - margin)
    }

    /// Share of each picture that lies inside the other, of the one with less, 0 to 1.
    pub(crate) fn overlap(&self) -> f32 {
        let (mut of_first, mut of_second) = (1.0, 1.0);
        for axis in 0..2 {
            let (low, high) = (self.shift[axis] - self.scale[axis], self.shift[axis] + self.scale[axis]);
            let common = (high.min(1.0) - low.max(-1.0)).max(0.0);
            of_first *= common / (high - low);
            of_second *= common / 2.0;
        }
        f32::min(of_first, of_second)
    }

    /// Value and slopes of `second` at the cell (column, row) of a grid of its side; `None` outside.
    pub(crate) fn sample(&self, second: &Plane, column: usize, row: usize) -> Option<[f32; 3]> {
        let half = second.side as f32 / 2.0;
        let to_unit = |cell: usize| (cell as f32 + 0.5) / half - 1.0;
        let to_cell = |unit: f32| (unit + 1.0) * half - 0.5;
        let [x, y] = self.to_second([to_unit(column), to_unit(row)]);
        second.sample(to_cell(x), to_cell(y))
    }
}

/// The best placement of `second` in `first`; `None` where nothing of one is found in the other. `ignored` cells of
/// `first` are not looked at.
pub(crate) fn placed(first: &Plane, second: &Plane, ignored: &[bool]) -> Option<Placement> {
    let coarse = first.side / COARSE_SIDE;
    let mut found = search(&first.reduced(coarse), &second.reduced(coarse));
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.retain(|(correlation, _)| *correlation >= LEAST_CORRELATION);
    found.truncate(REFINED);
    let mut starts: Vec<Placement> = found.into_iter().map(|(_, it)| it).collect();
    if !starts.is_empty() && !starts.contains(&Placement::IDENTITY) {
        starts.push(Placement::IDENTITY);
    }
    starts.extend(framed(first, second));
    let (a, b) = (first.reduced(2), second.reduced(2));
    let (_, best) = starts
        .into_iter()
        .map(|start| refined(&a, &b, ignored, 2, HALF_STEPS, start))
        .map(|place| (misfit(&a, &b, &place), place))
        .min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(refined(first, second, ignored, 1, FULL_STEPS, best))
}

/// Mean loss of the residuals, 0 (all fit) to 1 (none does), over all cells: what is not covered does not fit.
fn misfit(first: &Plane, second: &Plane, place: &Placement) -> f32 {
    let loss = |index: usize| {
        let (column, row) = (index % first.side, index / first.side);
        place.sample(second, column, row).map_or(0.5, |[value, ..]| {
            let ratio = (first.values[index] - place.gain * value - place.offset) / (3.0 * SOFT_LEVELS);
            ratio * ratio / (1.0 + ratio * ratio)
        })
    };
    (0..first.values.len()).map(loss).sum::<f32>() / first.values.len() as f32
}

/// Every placement of the coarse grids with its correlation.
fn search(first: &Plane, second: &Plane) -> Vec<(f32, Placement)> {
    let mut found = Vec::new();
    for scale in SCALES {
        // As far as one picture still lies inside the other, and one step more.
        let steps = ((1.0 - scale).abs() / SHIFT_STEP).ceil() as i32 + 1;
        for row in -steps..=steps {
            for column in -steps..=steps {
                let shift = [column as f32 * SHIFT_STEP, row as f32 * SHIFT_STEP];
                let place = Placement { scale: [scale; 2], shift, gain: 1.0, offset: 0.0 };
                found.push((correlation(first, second, &place), place));
            }
        }
    }
    found
}

/// Pearson's correlation over the cells in which both are.
fn correlation(first: &Plane, second: &Plane, place: &Placement) -> f32 {
    let (mut n, mut a1, mut b1, mut aa, mut bb, mut ab) = (0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for row in 0..first.side {
        for column in 0..first.side {
            if let Some([b, ..]) = place.sample(second, column, row) {
                // About the middle of the range, so that the sums keep their digits.
                let (a, b) = (first.at(column, row) - 128.0, b - 128.0);
                n += 1.0;
                a1 += a;
                b1 += b;
                aa += a * a;
                bb += b * b;
                ab += a * b;
            }
        }
    }
    let n = n.max(1.0);
    let (va, vb) = (aa - a1 * a1 / n, bb - b1 * b1 / n);
    // One squared level a cell on top: two flat pictures are not correlated.
    (ab - a1 * b1 / n) / ((va + n) * (vb + n)).sqrt()
}

/// The placement that lays what is inside flat frames upon each other, when there is a frame.
fn framed(first: &Plane, second: &Plane) -> Option<Placement> {
    let (a, b) = (inside_frame(first)?, inside_frame(second)?);
    let whole = [[0, first.side]; 2];
    if a == whole && b == whole {
        return None;
    }
    let mut place = Placement::IDENTITY;
    let half = first.side as f32 / 2.0;
    for axis in 0..2 {
        let [[a0, a1], [b0, b1]] = [a[axis], b[axis]].map(|ends| ends.map(|it| it as f32 / half - 1.0));
        place.scale[axis] = (b1 - b0) / (a1 - a0);
        place.shift[axis] = b0 - place.scale[axis] * a0;
    }
    place.scale.iter().all(|it| (0.5..=2.0).contains(it)).then_some(place)
}

/// First and last column, first and last row (exclusive) of what is not a flat frame; `None` for a flat picture.
fn inside_frame(plane: &Plane) -> Option<[[usize; 2]; 2]> {
    /// Steps up to this many levels are flat.
    const FLAT: f32 = 4.0;
    let side = plane.side;
    let flat_row = |y: usize| {
        let row = &plane.values[y * side..][..side];
        row.iter().all(|it| (it - row[0]).abs() <= FLAT)
    };
    let flat_column = |x: usize| (0..side).all(|y| (plane.at(x, y) - plane.at(x, 0)).abs() <= FLAT);
    let rows = [(0..side).find(|y| !flat_row(*y))?, (0..side).rfind(|y| !flat_row(*y))? + 1];
    let columns = [(0..side).find(|x| !flat_column(*x))?, (0..side).rfind(|x| !flat_column(*x))? + 1];
    Some([columns, rows])
}

/// Gauss-Newton from a start on grids reduced by `factor`.
fn refined(
    first: &Plane,
    second: &Plane,
    ignored: &[bool],
    factor: usize,
    steps: usize,
    start: Placement,
) -> Placement {
    let mut place = start;
    for _ in 0..steps {
        let Some(next) = step(first, second, ignored, factor, &place) else { return place };
        place = next;
    }
    place
}

/// One step; `None` when the pictures say nothing about where they lie, or the step leaves the sensible range.
fn step(
    first: &Plane,
    second: &Plane,
    ignored: &[bool],
    factor: usize,
    place: &Placement,
) -> Option<Placement> {
    let side = first.side;
    let half = side as f32 / 2.0;
    let mut cells = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            // `ignored` is of full resolution.
            let full = (row * side * factor + column) * factor;
            if ignored.get(full).is_some_and(|it| *it) {
                continue;
            }
            if let Some([value, dx, dy]) = place.sample(second, column, row) {
                let [x, y] = [column, row].map(|it| (it as f32 + 0.5) / half - 1.0);
                let slope = [dx, dy].map(|it| it * half * place.gain);
                let residual = first.at(column, row) - (place.gain * value + place.offset);
                cells.push((residual, [slope[0] * x, slope[1] * y, slope[0], slope[1], value - 128.0, 1.0]));
            }
        }
    }
    if cells.len() < side * side / 4 {
        return None;
    }
    let mut sizes: Vec<f32> = cells.iter().map(|it| it.0.abs()).collect();
    let middle = sizes.len() / 2;
    let soft = *sizes.select_nth_unstable_by(middle, f32::total_cmp).1 * 1.5 + SOFT_LEVELS;
    // Normal equations with Geman-McClure weights.
    let mut sums = [[0.0f32; 7]; 6];
    for (residual, slopes) in &cells {
        let ratio = residual / soft;
        let weight = (1.0 + ratio * ratio).powi(-2);
        for (i, row) in sums.iter_mut().enumerate() {
            let weighted = weight * slopes[i];
            for (sum, slope) in row.iter_mut().zip(slopes) {
                *sum += weighted * slope;
            }
            row[6] += weighted * residual;
        }
    }
    let mut matrix = sums.map(|row| row.map(f64::from));
    // A little damping: where the picture is flat along an axis, nothing moves along it.
    for (index, row) in matrix.iter_mut().enumerate() {
        row[index] += 1e-3 * row[index] + if index < 4 { 100.0 } else { 1e-3 };
    }
    let delta = solved(matrix)?;
    let gain = place.gain + delta[4];
    let next = Placement {
        scale: [place.scale[0] + delta[0], place.scale[1] + delta[1]],
        shift: [place.shift[0] + delta[2], place.shift[1] + delta[3]],
        gain,
        // The gain was fitted about the middle of the range.
        offset: place.offset + delta[5] - 128.0 * delta[4],
    };
    let sensible = next.scale.iter().all(|it| (0.5..=2.0).contains(it))
        && next.shift.iter().all(|it| it.abs() < 1.0)
        && (0.4..=2.5).contains(&next.gain);
    sensible.then_some(next)
}

/// Solves six equations by elimination with pivots; `None` when they depend on each other.
fn solved(mut rows: [[f64; 7]; 6]) -> Option<[f32; 6]> {
    for column in 0..6 {
        let pivot = (column..6).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, pivot);
        if rows[column][column].abs() < 1e-9 {
            return None;
        }
        let pivot_row = rows[column];
        for row in rows.iter_mut().skip(column + 1) {
            let factor = row[column] / pivot_row[column];
            for (number, pivot) in row.iter_mut().zip(pivot_row).skip(column) {
                *number -= factor * pivot;
            }
        }
    }
    let mut answer = [0.0f64; 6];
    for row in (0..6).rev() {
        let known: f64 = (row + 1..6).map(|k| rows[row][k] * answer[k]).sum();
        answer[row] = (rows[row][6] - known) / rows[row][row];
    }
    Some(answer.map(|it| it as f32))
}
