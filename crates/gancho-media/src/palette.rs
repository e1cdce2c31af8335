//! The few colors that a picture is made of.

use serde::{Deserialize, Serialize};

use crate::oklab::{oklab, srgb};
use crate::resize::fit;
use crate::{Filter, RgbImage};

/// Longer side, in pixels, of the thumbnail that colors are counted on: color, not detail, is asked for.
const THUMBNAIL_SIDE: u32 = 96;
/// Colors nearer than this in OKLab are one; a step of 0.02 is just seen side by side.
const SAME_COLOR: f32 = 0.04;
/// Rounds of moving each color to the mean of its pixels; later ones change nothing that shows.
const ROUNDS: usize = 8;

/// One color of a palette.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Swatch {
    /// sRGB as `#rrggbb`.
    pub hex: String,
    /// OKLab lightness (0 to 1), a and b.
    pub oklab: [f32; 3],
    /// Share of the picture's area, 0 to 1; the shares of a palette add up to 1.
    pub share: f32,
}

/// At most `max_swatches` colors, largest share first.
///
/// k-means in OKLab on a thumbnail, started from a median cut along the widest axis, so that the same
/// pixels always give the same palette; colors that one would call the same are merged.
pub fn palette(pixels: &RgbImage, max_swatches: usize) -> Vec<Swatch> {
    if max_swatches == 0 || pixels.is_empty() {
        return Vec::new();
    }
    let mut points: Vec<[f32; 3]> =
        fit(pixels, THUMBNAIL_SIDE, Filter::Box).pixels().map(|it| oklab(it.0)).collect();
    let total = points.len() as f32;
    let mut clusters = median_cut(&mut points, max_swatches);
    for _ in 0..ROUNDS {
        clusters = assign(&points, &clusters);
    }
    let mut swatches: Vec<Swatch> = merge(clusters)
        .into_iter()
        .map(|it| {
            let [r, g, b] = srgb(it.mean);
            Swatch { hex: format!("#{r:02x}{g:02x}{b:02x}"), oklab: it.mean, share: it.count / total }
        })
        .collect();
    swatches.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.hex.cmp(&b.hex)));
    swatches
}

#[derive(Clone, Copy)]
struct Cluster {
    mean: [f32; 3],
    count: f32,
}

/// Splits the box with the largest squared spread at its mean until there are enough.
fn median_cut(points: &mut [[f32; 3]], max_clusters: usize) -> Vec<Cluster> {
    let mut boxes: Vec<(usize, usize)> = vec![(0, points.len())];
    while boxes.len() < max_clusters {
        let widest = boxes
            .iter()
            .enumerate()
            .map(|(index, (start, end))| (index, spread(&points[*start..*end])))
            .max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)));
        let Some((index, (axis, _))) = widest.filter(|it| it.1.1 > 1e-6) else { break };
        let (start, end) = boxes[index];
        let inside = &mut points[start..end];
        let middle = mean(inside)[axis];
        inside.sort_by(|a, b| a[axis].total_cmp(&b[axis]));
        let cut = inside.partition_point(|it| it[axis] <= middle).clamp(1, inside.len() - 1);
        boxes[index] = (start, start + cut);
        boxes.push((start + cut, end));
    }
    boxes
        .into_iter()
        .map(|(start, end)| Cluster { mean: mean(&points[start..end]), count: (end - start) as f32 })
        .collect()
}

fn mean(points: &[[f32; 3]]) -> [f32; 3] {
    let sum = points
        .iter()
        .fold([0.0f64; 3], |sum, it| std::array::from_fn(|axis| sum[axis] + f64::from(it[axis])));
    sum.map(|it| (it / points.len().max(1) as f64) as f32)
}

/// The axis along which the points lie farthest apart, and their squared error along it.
fn spread(points: &[[f32; 3]]) -> (usize, f32) {
    let middle = mean(points);
    let error = points.iter().fold([0.0f32; 3], |sum, it| {
        std::array::from_fn(|axis| sum[axis] + (it[axis] - middle[axis]).powi(2))
    });
    (0..3).map(|axis| (axis, error[axis])).fold((0, -1.0), |best, it| if it.1 > best.1 { it } else { best })
}

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum()
}

/// One round of k-means; clusters that lost all their points disappear.
fn assign(points: &[[f32; 3]], clusters: &[Cluster]) -> Vec<Cluster> {
    let mut sums = vec![([0.0f64; 3], 0u32); clusters.len()];
    for point in points {
        let mut nearest = (0, f32::MAX);
        for (index, cluster) in clusters.iter().enumerate() {
            let far = distance(*point, cluster.mean);
            if far < nearest.1 {
                nearest = (index, far);
            }
        }
        let (sum, count) = &mut sums[nearest.0];
        *count += 1;
        (0..3).for_each(|axis| sum[axis] += f64::from(point[axis]));
    }
    sums.into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(sum, count)| Cluster {
            mean: sum.map(|it| (it / f64::from(count)) as f32),
            count: count as f32,
        })
        .collect()
}

/// Joins the nearest pair until no two colors look the same.
fn merge(mut clusters: Vec<Cluster>) -> Vec<Cluster> {
    loop {
        let mut nearest = (0, 0, SAME_COLOR * SAME_COLOR);
        for a in 0..clusters.len() {
            for b in a + 1..clusters.len() {
                let far = distance(clusters[a].mean, clusters[b].mean);
                if far < nearest.2 {
                    nearest = (a, b, far);
                }
            }
        }
        let (a, b, _) = nearest;
        if b == 0 {
            return clusters;
        }
        let (one, other) = (clusters[a], clusters.remove(b));
        let count = one.count + other.count;
        let mean =
            std::array::from_fn(|axis| (one.mean[axis] * one.count + other.mean[axis] * other.count) / count);
        clusters[a] = Cluster { mean, count };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_colors_of_a_flag_with_their_shares() {
        let flag = RgbImage::from_fn(96, 96, |_, y| match y {
            0..24 => image::Rgb([170, 21, 27]),
            24..72 => image::Rgb([241, 191, 0]),
            _ => image::Rgb([0, 60, 120]),
        });
        let found: Vec<_> = palette(&flag, 6).into_iter().map(|it| (it.hex, it.share)).collect();
        let want = [("#f1bf00", 0.5), ("#003c78", 0.25), ("#aa151b", 0.25)];
        assert_eq!(found, want.map(|(hex, share)| (hex.to_owned(), share)));
    }

    #[test]
    fn asks_for_no_more_than_there_is() {
        let flat = RgbImage::from_pixel(50, 20, image::Rgb([255, 255, 255]));
        assert_eq!(palette(&flat, 8).len(), 1);
        assert_eq!(palette(&flat, 8)[0].hex, "#ffffff");
        assert!(palette(&flat, 0).is_empty());
        assert!(palette(&RgbImage::new(0, 0), 3).is_empty());
    }

    #[test]
    fn many_colors_are_cut_to_the_number_asked_for() {
        let many = RgbImage::from_fn(90, 90, |x, y| image::Rgb([(x * 2) as u8, (y * 2) as u8, 99]));
        let swatches = palette(&many, 5);
        assert_eq!(swatches.len(), 5);
        assert!((swatches.iter().map(|it| it.share).sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
