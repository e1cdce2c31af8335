//! Segments of a picture, counted.
//!
//! Felzenszwalb and Huttenlocher 2004, "Efficient graph-based image segmentation", IJCV 59(2), on the grid of four
//! neighbors with distances of 8-bit sRGB.

use crate::RgbImage;

/// Scale of observation `k`, in levels times pixels: larger wants stronger evidence for a border of a small segment.
const SCALE: f32 = 150.0;
/// Segments smaller than this share of the picture are joined to a neighbor.
const SMALLEST: f32 = 0.001;

/// Number of segments, at least 1 where there are pixels.
pub(crate) fn count(pixels: &RgbImage) -> usize {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let area = width * height;
    let edges = edges(pixels);
    let mut forest = Forest::new(area);
    for (weight, a, b) in &edges {
        let (a, b) = (forest.root(*a), forest.root(*b));
        let weight = f32::from(*weight);
        if a != b && weight <= forest.bound(a) && weight <= forest.bound(b) {
            forest.join(a, b, weight);
        }
    }
    let smallest = (area as f32 * SMALLEST).ceil() as u32;
    for (weight, a, b) in &edges {
        let (a, b) = (forest.root(*a), forest.root(*b));
        if a != b && forest.size[a as usize].min(forest.size[b as usize]) < smallest {
            forest.join(a, b, f32::from(*weight));
        }
    }
    (0..area as u32).filter(|it| forest.parent[*it as usize] == *it).count()
}

/// Distance and both ends of every pair of neighbors, nearest colors first.
fn edges(pixels: &RgbImage) -> Vec<(u16, u32, u32)> {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let rgb = pixels.as_raw().as_chunks::<3>().0;
    let distance = |a: usize, b: usize| {
        let square: i32 = (0..3).map(|it| (i32::from(rgb[a][it]) - i32::from(rgb[b][it])).pow(2)).sum();
        (square as f32).sqrt().round() as u16
    };
    let mut all = Vec::with_capacity(2 * width * height);
    for y in 0..height {
        for x in 0..width {
            let here = y * width + x;
            let neighbors = [(x + 1 < width).then_some(here + 1), (y + 1 < height).then_some(here + width)];
            for there in neighbors.into_iter().flatten() {
                all.push((distance(here, there), here as u32, there as u32));
            }
        }
    }
    all.sort_by_key(|it| it.0);
    all
}

/// Segments as trees of pixels.
struct Forest {
    parent: Vec<u32>,
    size: Vec<u32>,
    /// Largest weight inside the segment.
    inner: Vec<f32>,
}

impl Forest {
    fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect(), size: vec![1; count], inner: vec![0.0; count] }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    fn bound(&self, root: u32) -> f32 {
        self.inner[root as usize] + SCALE / self.size[root as usize] as f32
    }

    fn join(&mut self, a: u32, b: u32, weight: f32) {
        let (large, small) = if self.size[a as usize] >= self.size[b as usize] { (a, b) } else { (b, a) };
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        let inner = weight.max(self.inner[large as usize]).max(self.inner[small as usize]);
        self.inner[large as usize] = inner;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkerboard_has_as_many_segments_as_fields() {
        let board = RgbImage::from_fn(120, 90, |x, y| {
            image::Rgb([if (x / 30 + y / 30) % 2 == 0 { 20 } else { 230 }; 3])
        });
        assert_eq!(count(&board), 12);
    }

    #[test]
    fn flat_pictures_and_slow_ramps_are_one_segment() {
        assert_eq!(count(&RgbImage::from_pixel(128, 60, image::Rgb([9, 90, 200]))), 1);
        assert_eq!(count(&RgbImage::from_fn(128, 60, |x, _| image::Rgb([x as u8; 3]))), 1);
        assert_eq!(count(&RgbImage::new(1, 1)), 1);
    }

    #[test]
    fn specks_are_joined_to_what_surrounds_them() {
        let mut speck = RgbImage::from_pixel(128, 128, image::Rgb([255; 3]));
        (0..3).for_each(|it| speck.put_pixel(60 + it, 60, image::Rgb([0; 3])));
        assert_eq!(count(&speck), 1);
    }
}
