//! Small pictures: a square of luma values that stands for a whole creative.

/// Cells on a side of a [`Grid`]: 48 of 1,080 pixels are 22 pixels a cell, about the height of small print.
pub const SIDE: usize = 48;

/// Luma of a picture, stretched to [`SIDE`] by [`SIDE`] cells, row by row, 0 to 255. 2.25 KiB.
///
/// The whole picture is in it whatever its aspect, so that a crop or a border is a scale and a shift per axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid(Box<[u8]>);

impl Grid {
    /// A grid of `SIDE * SIDE` values; `None` when there are more or fewer.
    pub fn new(luma: &[u8]) -> Option<Self> {
        (luma.len() == SIDE * SIDE).then(|| Self(luma.into()))
    }

    /// The values, row by row.
    pub fn luma(&self) -> &[u8] {
        &self.0
    }

    /// The values as levels, for arithmetic.
    pub(crate) fn plane(&self) -> Plane {
        Plane { side: SIDE, values: self.0.iter().map(|it| f32::from(*it)).collect() }
    }
}

/// Where text stands in a picture: a square of any side, stretched over the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMask {
    side: usize,
    cells: Box<[bool]>,
}

impl TextMask {
    /// From a map of `side * side` values, row by row, in which `threshold` and more is text; `None` for another
    /// number of values, or none.
    pub fn new(map: &[u8], side: usize, threshold: u8) -> Option<Self> {
        (side > 0 && map.len() == side * side)
            .then(|| Self { side, cells: map.iter().map(|it| *it >= threshold).collect() })
    }

    /// Whether there is text at a place, -1 to 1 on both axes.
    pub(crate) fn at(&self, [x, y]: [f32; 2]) -> bool {
        let cell = |unit: f32| (((unit + 1.0) / 2.0 * self.side as f32).max(0.0) as usize).min(self.side - 1);
        self.cells[cell(y) * self.side + cell(x)]
    }

    /// Whether there is text in the middle of each cell of a [`Grid`].
    pub(crate) fn cells(&self) -> Vec<bool> {
        let unit = |cell: usize| (cell as f32 + 0.5) * 2.0 / SIDE as f32 - 1.0;
        (0..SIDE * SIDE).map(|index| self.at([unit(index % SIDE), unit(index / SIDE)])).collect()
    }
}

/// A square of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plane {
    pub(crate) side: usize,
    pub(crate) values: Vec<f32>,
}

impl Plane {
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.side + x]
    }

    /// Means of `factor` by `factor` cells. `factor` divides the side.
    pub(crate) fn reduced(&self, factor: usize) -> Self {
        let side = self.side / factor;
        let cells = (factor * factor) as f32;
        let mean = |index: usize| {
            let (x, y) = (index % side * factor, index / side * factor);
            let rows =
                (y..y + factor).map(|y| self.values[y * self.side + x..][..factor].iter().sum::<f32>());
            rows.sum::<f32>() / cells
        };
        Self { side, values: (0..side * side).map(mean).collect() }
    }

    /// The value at a place between cells, and its slopes per cell along x and y; `None` outside the picture.
    ///
    /// Coordinates are in cells, (0, 0) is the middle of the first one. Bilinear; the outer half of the outermost
    /// cells takes the nearest value.
    pub(crate) fn sample(&self, x: f32, y: f32) -> Option<[f32; 3]> {
        let last = (self.side - 1) as f32;
        if !(x > -0.5 && y > -0.5 && x < last + 0.5 && y < last + 0.5) {
            return None;
        }
        let (x, y) = (x.clamp(0.0, last), y.clamp(0.0, last));
        let (left, top) = ((x as usize).min(self.side - 2), (y as usize).min(self.side - 2));
        let (u, v) = (x - left as f32, y - top as f32);
        let (a, b) = (self.at(left, top), self.at(left + 1, top));
        let (c, d) = (self.at(left, top + 1), self.at(left + 1, top + 1));
        let (upper, lower) = (a + u * (b - a), c + u * (d - c));
        let slope_x = (b - a) + v * ((d - c) - (b - a));
        Some([upper + v * (lower - upper), slope_x, lower - upper])
    }

    /// The largest step to one of the four neighbors, by cell.
    pub(crate) fn steps(&self) -> Self {
        let side = self.side;
        let step = |index: usize| {
            let (x, y) = (index % side, index / side);
            let here = self.values[index];
            let mut largest = 0.0f32;
            for (nx, ny) in [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)] {
                if nx < side && ny < side {
                    largest = largest.max((self.at(nx, ny) - here).abs());
                }
            }
            largest
        };
        Self { side, values: (0..side * side).map(step).collect() }
    }
}
