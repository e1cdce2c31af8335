//! Square tiles spread evenly over a picture.

use crate::RgbImage;

/// Side of a tile, in pixels of the measured picture; a multiple of a JPEG block.
pub(crate) const SIDE: usize = 64;
/// Side of a tile halved.
pub(crate) const HALF: usize = SIDE / 2;
/// A picture is halved while its shorter side has at least this many pixels.
const HALVED_FROM: u32 = 1024;

/// One tile: luma at both scales, color differences at half scale, and the levels of its brightest and darkest
/// channels.
pub(crate) struct Tile {
    /// BT.601 luma (the Y of JPEG), 0 to 255.
    pub(crate) luma: Box<[[f32; SIDE]; SIDE]>,
    /// Luma, means of 2 x 2.
    pub(crate) half: Box<[[f32; HALF]; HALF]>,
    /// R - Y and B - Y, means of 2 x 2.
    pub(crate) chroma: Box<[[[f32; HALF]; HALF]; 2]>,
    /// Pixels, of `SIDE` squared, of which a channel is at least 254.
    pub(crate) clipped: u32,
    red: Box<[[f32; SIDE]; SIDE]>,
    blue: Box<[[f32; SIDE]; SIDE]>,
}

impl Tile {
    pub(crate) fn new() -> Self {
        Self {
            luma: Box::new([[0.0; SIDE]; SIDE]),
            half: Box::new([[0.0; HALF]; HALF]),
            chroma: Box::new([[[0.0; HALF]; HALF]; 2]),
            clipped: 0,
            red: Box::new([[0.0; SIDE]; SIDE]),
            blue: Box::new([[0.0; SIDE]; SIDE]),
        }
    }

    fn derive(&mut self) {
        halve(&self.luma, &mut self.half);
        for (from, to) in [&self.red, &self.blue].into_iter().zip(self.chroma.iter_mut()) {
            halve(from, to);
            for (row, luma) in to.iter_mut().zip(self.half.iter()) {
                row.iter_mut().zip(luma).for_each(|(it, luma)| *it -= luma);
            }
        }
    }
}

/// Means of 2 x 2.
fn halve(from: &[[f32; SIDE]; SIDE], to: &mut [[f32; HALF]; HALF]) {
    for (y, row) in to.iter_mut().enumerate() {
        let (above, below) = (&from[2 * y], &from[2 * y + 1]);
        for (x, it) in row.iter_mut().enumerate() {
            *it = 0.25 * (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1]);
        }
    }
}

/// Where the tiles of a picture lie.
pub(crate) struct Tiles<'a> {
    pixels: &'a RgbImage,
    /// Pixels of the picture for one measured pixel, along a side.
    step: usize,
    width: usize,
    height: usize,
    columns: usize,
    rows: usize,
}

impl<'a> Tiles<'a> {
    /// At most `most` tiles of a picture that has pixels.
    pub(crate) fn of(pixels: &'a RgbImage, most: usize) -> Self {
        let (width, height) = pixels.dimensions();
        let mut step = 1;
        while width.min(height) / step >= HALVED_FROM {
            step *= 2;
        }
        let (width, height, step) = ((width / step) as usize, (height / step) as usize, step as usize);
        let share = (most as f64 * height as f64 / width as f64).sqrt().round() as usize;
        let rows = share.clamp(1, (height / SIDE).clamp(1, most));
        let columns = (most / rows).clamp(1, (width / SIDE).max(1));
        let rows = rows.max((most / columns).min(height / SIDE)).max(1);
        Self { pixels, step, width, height, columns, rows }
    }

    /// Upper left corners, in measured pixels, row by row; multiples of 8, so that JPEG blocks keep their phase.
    pub(crate) fn corners(&self) -> impl Iterator<Item = (usize, usize)> {
        let at = |index: usize, count: usize, length: usize| {
            let room = length.saturating_sub(SIDE);
            let middle_or_even = if count == 1 { room / 2 } else { index * room / (count - 1) };
            middle_or_even & !7
        };
        let (columns, rows, width, height) = (self.columns, self.rows, self.width, self.height);
        (0..rows).flat_map(move |y| (0..columns).map(move |x| (at(x, columns, width), at(y, rows, height))))
    }

    /// Reads one tile. Beyond the border the picture is mirrored, for pictures smaller than a tile.
    pub(crate) fn cut(&self, left: usize, top: usize, tile: &mut Tile) {
        tile.clipped = 0;
        let inside = self.step == 1 && left + SIDE <= self.width && top + SIDE <= self.height;
        for y in 0..SIDE {
            if inside {
                let stride = self.pixels.width() as usize * 3;
                let start = (top + y) * stride + left * 3;
                let row = &self.pixels.as_raw()[start..start + SIDE * 3];
                let (luma, red, blue) = (&mut tile.luma[y], &mut tile.red[y], &mut tile.blue[y]);
                for (x, rgb) in row.as_chunks::<3>().0.iter().enumerate() {
                    let [r, g, b] = rgb.map(f32::from);
                    luma[x] = 0.299 * r + 0.587 * g + 0.114 * b;
                    red[x] = r;
                    blue[x] = b;
                    tile.clipped += u32::from(rgb[0].max(rgb[1]).max(rgb[2]) >= 254);
                }
            } else {
                for x in 0..SIDE {
                    let [r, g, b] = self.mean(mirrored(left + x, self.width), mirrored(top + y, self.height));
                    tile.luma[y][x] = 0.299 * r + 0.587 * g + 0.114 * b;
                    tile.red[y][x] = r;
                    tile.blue[y][x] = b;
                    tile.clipped += u32::from(r.max(g).max(b) >= 254.0);
                }
            }
        }
        tile.derive();
    }

    /// One measured pixel: the mean of `step` x `step` pixels.
    fn mean(&self, x: usize, y: usize) -> [f32; 3] {
        let mut sum = [0u32; 3];
        let stride = self.pixels.width() as usize * 3;
        for dy in 0..self.step {
            let start = (y * self.step + dy) * stride + x * self.step * 3;
            for rgb in self.pixels.as_raw()[start..start + self.step * 3].as_chunks::<3>().0 {
                (0..3).for_each(|it| sum[it] += u32::from(rgb[it]));
            }
        }
        sum.map(|it| it as f32 / (self.step * self.step) as f32)
    }
}

/// Reflects an index into `0..length` without repeating the border pixel; one pixel repeats for ever.
fn mirrored(index: usize, length: usize) -> usize {
    if length < 2 {
        return 0;
    }
    let period = 2 * (length - 1);
    let index = index % period;
    index.min(period - index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_a_square_and_stay_few_elsewhere() {
        let corners =
            |width, height| Tiles::of(&RgbImage::new(width, height), 64).corners().collect::<Vec<_>>();
        let square = corners(512, 512);
        assert_eq!(square.len(), 64);
        assert!((0..64).all(|it| square.contains(&(it % 8 * 64, it / 8 * 64))));
        assert_eq!(corners(600, 400).len(), 54);
        assert_eq!(corners(1, 1), [(0, 0)]);
        for (width, height) in [(20_000, 300), (300, 20_000), (3000, 2000), (65, 700), (1023, 1023)] {
            let found = corners(width, height);
            assert!((1..=64).contains(&found.len()), "{width}x{height}: {}", found.len());
            let step = if width.min(height) >= 1024 { 2 } else { 1 };
            assert!(found.iter().all(|(x, y)| x + SIDE <= (width / step) as usize && y + SIDE <= (height / step) as usize));
        }
    }

    #[test]
    fn a_tile_holds_luma_and_its_means() {
        let pixels =
            RgbImage::from_fn(64, 64, |x, _| image::Rgb(if x % 2 == 0 { [0; 3] } else { [100, 200, 255] }));
        let tiles = Tiles::of(&pixels, 64);
        let mut tile = Tile::new();
        tiles.cut(0, 0, &mut tile);
        let luma = 0.299 * 100.0 + 0.587 * 200.0 + 0.114 * 255.0;
        assert_eq!(tile.luma[9][0], 0.0);
        assert!((tile.luma[9][1] - luma).abs() < 1e-3);
        assert!((tile.half[3][4] - luma / 2.0).abs() < 1e-3);
        assert!((tile.chroma[1][3][4] - (255.0 - luma) / 2.0).abs() < 1e-3);
        assert_eq!(tile.clipped, 32 * 64);
    }

    #[test]
    fn mirroring_does_not_repeat_the_border() {
        let found: Vec<_> = (0..8).map(|it| mirrored(it, 3)).collect();
        assert_eq!(found, [0, 1, 2, 1, 0, 1, 2, 1]);
        assert_eq!(mirrored(63, 1), 0);
    }
}
