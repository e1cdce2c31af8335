//! What a map of attention says: where the eye stops, and what gets how much of it.

use serde::{Deserialize, Serialize};

/// Around a focal point, attention within this share of the picture's diagonal counts as its own, and no
/// other point lies so near. A tenth of a phone's screen is about what the eye sees sharply at once.
const REACH: f64 = 0.1;
/// Points past this number: a feed gives a picture two or three seconds, the eye stops about three times
/// in each, and often at the same place again.
const MOST_POINTS: usize = 6;
/// A peak stands out when it gets this many times its even share and this share of the highest peak; an
/// even map has no focal point.
const OVER_EVEN: f64 = 2.0;
const OVER_FIRST: f64 = 0.3;

/// A place where the eye stops.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FocalPoint {
    /// Pixels from the left of the oriented picture.
    pub x: f64,
    /// Pixels from its top.
    pub y: f64,
    /// Share of all attention that falls within a tenth of the diagonal, and nearer to this point than
    /// to another, 0 to 1.
    pub share: f64,
}

/// Shares of attention on a square map that is stretched over a picture.
pub(super) struct Attention {
    side: usize,
    shares: Vec<f64>,
}

impl Attention {
    /// Takes `side * side` shares that sum to 1.
    pub(super) fn new(side: usize, shares: Vec<f64>) -> Self {
        Self { side, shares }
    }

    /// Times the even share at a place in shares of the picture's sides.
    pub(super) fn density(&self, x: f64, y: f64) -> f64 {
        let cell = |place: f64| ((place * self.side as f64) as usize).min(self.side - 1);
        self.shares[cell(y) * self.side + cell(x)] * self.shares.len() as f64
    }

    /// Peaks of the map, highest first, in pixels of a picture of `size`: cells that no neighbor exceeds,
    /// none within [`REACH`] of a higher one, each moved to the center of gravity of the cells around it.
    pub(super) fn focal_points(&self, size: [f64; 2]) -> Vec<FocalPoint> {
        let reach = REACH * size[0].hypot(size[1]);
        let even = 1.0 / self.shares.len() as f64;
        let mut peaks: Vec<usize> = (0..self.shares.len()).filter(|it| self.is_peak(*it)).collect();
        peaks.sort_by(|a, b| self.shares[*b].total_cmp(&self.shares[*a]).then(a.cmp(b)));
        let highest = peaks.first().map_or(0.0, |it| self.shares[*it]);
        let mut points: Vec<[f64; 2]> = Vec::new();
        for peak in peaks {
            let share = self.shares[peak];
            if share < OVER_EVEN * even || share < OVER_FIRST * highest || points.len() == MOST_POINTS {
                break;
            }
            let place = self.gravity(peak, size);
            if points.iter().all(|it| distance(*it, place) > reach) {
                points.push(place);
            }
        }
        let shares = self.shares_around(&points, size, reach);
        points.into_iter().zip(shares).map(|([x, y], share)| FocalPoint { x, y, share }).collect()
    }

    /// Shares of the nine fields between the lines at one and two thirds of each side, row by row.
    pub(super) fn thirds(&self) -> [f64; 9] {
        let third = |at: usize| self.weights(at as f64 / 3.0, (at + 1) as f64 / 3.0);
        let weights = [third(0), third(1), third(2)];
        let mut thirds = [0.0; 9];
        for (cell, share) in self.shares.iter().enumerate() {
            for (field, sum) in thirds.iter_mut().enumerate() {
                *sum += share * weights[field / 3][cell / self.side] * weights[field % 3][cell % self.side];
            }
        }
        thirds
    }

    /// Shares of the columns from the left, or of the rows from the top.
    pub(super) fn profile(&self, rows: bool) -> Vec<f64> {
        let mut sums = vec![0.0; self.side];
        for (cell, share) in self.shares.iter().enumerate() {
            sums[if rows { cell / self.side } else { cell % self.side }] += share;
        }
        sums
    }

    /// The part of each cell of a side that lies between two places.
    fn weights(&self, from: f64, to: f64) -> Vec<f64> {
        let side = self.side as f64;
        (0..self.side)
            .map(|cell| {
                let cell = cell as f64;
                ((cell + 1.0).min(to * side) - cell.max(from * side)).clamp(0.0, 1.0)
            })
            .collect()
    }

    fn is_peak(&self, cell: usize) -> bool {
        self.around(cell).all(|it| self.shares[it] <= self.shares[cell])
    }

    /// The cell and its neighbors.
    fn around(&self, cell: usize) -> impl Iterator<Item = usize> {
        let side = self.side;
        let near = move |at: usize| at.saturating_sub(1)..=(at + 1).min(side - 1);
        near(cell / side).flat_map(move |row| near(cell % side).map(move |column| row * side + column))
    }

    /// Center of gravity of a cell and its neighbors, in pixels.
    fn gravity(&self, cell: usize, size: [f64; 2]) -> [f64; 2] {
        let (mut sum, mut place) = (0.0, [0.0, 0.0]);
        for it in self.around(cell) {
            let center = self.center(it, size);
            sum += self.shares[it];
            place = [place[0] + self.shares[it] * center[0], place[1] + self.shares[it] * center[1]];
        }
        if sum > 0.0 { place.map(|it| it / sum) } else { self.center(cell, size) }
    }

    fn center(&self, cell: usize, size: [f64; 2]) -> [f64; 2] {
        let middle = |at: usize, length: f64| (at as f64 + 0.5) / self.side as f64 * length;
        [middle(cell % self.side, size[0]), middle(cell / self.side, size[1])]
    }

    fn shares_around(&self, points: &[[f64; 2]], size: [f64; 2], reach: f64) -> Vec<f64> {
        let mut shares = vec![0.0; points.len()];
        for (cell, share) in self.shares.iter().enumerate() {
            let here = self.center(cell, size);
            let away = points.iter().map(|it| distance(*it, here)).enumerate();
            let nearest = away.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|it| it.1 <= reach);
            if let Some((point, _)) = nearest {
                shares[point] += share;
            }
        }
        shares
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(side: usize, value: impl Fn(usize, usize) -> f64) -> Attention {
        let values: Vec<f64> = (0..side * side).map(|it| value(it % side, it / side)).collect();
        let sum: f64 = values.iter().sum();
        Attention::new(side, values.into_iter().map(|it| it / sum).collect())
    }

    #[test]
    fn two_spots_are_two_focal_points_the_higher_first() {
        // Nothing but 0.6 in one cell and 0.4 in another of 10 by 10.
        let points = map(10, |x, y| match (x, y) {
            (2, 3) => 0.4,
            (7, 8) => 0.6,
            _ => 0.0,
        })
        .focal_points([1000.0, 500.0]);
        let found: Vec<_> = points.iter().map(|it| (it.x, it.y, it.share)).collect();
        assert_eq!(found, [(750.0, 425.0, 0.6), (250.0, 175.0, 0.4)]);
    }

    #[test]
    fn a_lesser_peak_within_a_tenth_of_the_diagonal_is_not_another_point() {
        // Two cells apart in a map of 44 is 4.5 % of the side, far below the diagonal's tenth.
        let points = map(44, |x, y| f64::from(u8::from(y == 20 && (x == 20 || x == 22))) * x as f64)
            .focal_points([440.0, 440.0]);
        assert_eq!(points.len(), 1);
        assert!((points[0].x - 225.0).abs() < 1e-9 && (points[0].share - 1.0).abs() < 1e-9, "{points:?}");
    }

    #[test]
    fn an_even_map_has_no_focal_point_and_even_thirds() {
        let even = map(44, |_, _| 1.0);
        assert!(even.focal_points([1.0, 1.0]).is_empty());
        for third in even.thirds() {
            assert!((third - 1.0 / 9.0).abs() < 1e-12, "{third}");
        }
        assert!((even.density(0.99, 1.0) - 1.0).abs() < 1e-9);
    }

    /// Three fields a side: each is exactly one of the thirds.
    #[test]
    fn thirds_are_rows_from_the_top() {
        let thirds = map(3, |x, y| (1 + x + 3 * y) as f64).thirds();
        for (field, third) in thirds.iter().enumerate() {
            assert!((third - (field + 1) as f64 / 45.0).abs() < 1e-12, "{thirds:?}");
        }
    }

    /// Two cells a side: the middle third takes a third of either.
    #[test]
    fn a_cell_on_a_line_is_shared_out() {
        let thirds = map(2, |x, _| if x == 0 { 1.0 } else { 0.0 }).thirds();
        let columns: Vec<f64> = (0..3).map(|it| thirds[it] + thirds[it + 3] + thirds[it + 6]).collect();
        let wanted = [2.0 / 3.0, 1.0 / 3.0, 0.0];
        assert!(columns.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{columns:?}");
    }
}
