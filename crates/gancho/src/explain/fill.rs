//! A region filled from what surrounds it, as if what lay there had never been.
//!
//! Around the region lies a ring of a tenth of its shorter side. Each side of the ring gives a line of means across
//! its thickness, blurred along the side over an eighth of its length. A pixel of the region is the mean of the four
//! places of these lines beside it, the nearer weighing more (by inverse distance); sides on which the region
//! touches the border of the picture have no say. So flat grounds stay flat, gradients go on, and no edge is left
//! where there was none.

use gancho_media::RgbImage;

/// Thickness of the ring as a share of the region's shorter side.
const RING: f64 = 0.1;
/// Length over which a line is blurred, as a share of its side.
const BLUR: f64 = 0.125;

type Color = [f64; 3];

/// Fills a region: left, top, width and height in pixels, cut to the picture.
pub(crate) fn filled(pixels: &RgbImage, [x, y, width, height]: [u32; 4]) -> RgbImage {
    let mut out = pixels.clone();
    let (right, bottom) = ((x + width).min(pixels.width()), (y + height).min(pixels.height()));
    if x >= right || y >= bottom {
        return out;
    }
    let ring = ((f64::from((right - x).min(bottom - y)) * RING).round() as u32).max(2);
    // Columns of the ring left of the region, and so on; empty where the picture ends.
    let (left, over) = (x.saturating_sub(ring)..x, y.saturating_sub(ring)..y);
    let (beyond, below) =
        (right..(right + ring).min(pixels.width()), bottom..(bottom + ring).min(pixels.height()));
    let rows = |across: std::ops::Range<u32>| {
        line(y..bottom, |at| mean(across.clone().map(|it| pixels.get_pixel(it, at).0)))
    };
    let columns = |across: std::ops::Range<u32>| {
        line(x..right, |at| mean(across.clone().map(|it| pixels.get_pixel(at, it).0)))
    };
    let sides = [rows(left), rows(beyond), columns(over), columns(below)];
    let whole = mean(pixels.pixels().map(|it| it.0)).unwrap_or_default();
    for py in y..bottom {
        for px in x..right {
            let (row, column) = ((py - y) as usize, (px - x) as usize);
            let near = [(row, px - x), (row, right - 1 - px), (column, py - y), (column, bottom - 1 - py)];
            let (mut sum, mut weights) = ([0.0; 3], 0.0);
            for (side, (at, distance)) in sides.iter().zip(near) {
                let Some(color) = side.as_ref().map(|it| it[at]) else { continue };
                let weight = 1.0 / f64::from(distance + 1);
                weights += weight;
                sum.iter_mut().zip(color).for_each(|(sum, it)| *sum += weight * it);
            }
            let color = if weights > 0.0 { sum.map(|it| it / weights) } else { whole };
            out.get_pixel_mut(px, py).0 = color.map(|it| it.round().clamp(0.0, 255.0) as u8);
        }
    }
    out
}

fn mean(colors: impl Iterator<Item = [u8; 3]>) -> Option<Color> {
    let (mut sum, mut count) = ([0u64; 3], 0u64);
    for color in colors {
        sum.iter_mut().zip(color).for_each(|(sum, it)| *sum += u64::from(it));
        count += 1;
    }
    (count > 0).then(|| sum.map(|it| it as f64 / count as f64))
}

/// The colors along a side, blurred; nothing where the ring has no pixels.
fn line(along: std::ops::Range<u32>, color: impl Fn(u32) -> Option<Color>) -> Option<Vec<Color>> {
    let colors: Vec<Color> = along.map(color).collect::<Option<_>>()?;
    let reach = (colors.len() as f64 * BLUR / 2.0).round() as usize;
    let blurred = |at: usize| {
        let near = &colors[at.saturating_sub(reach)..(at + reach + 1).min(colors.len())];
        let sum =
            near.iter().fold([0.0; 3], |sum: Color, it| [sum[0] + it[0], sum[1] + it[1], sum[2] + it[2]]);
        sum.map(|it| it / near.len() as f64)
    };
    Some((0..colors.len()).map(blurred).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn a_word_on_a_flat_ground_leaves_no_trace() {
        let ground = RgbImage::from_pixel(60, 40, Rgb([200, 100, 50]));
        let mut written = ground.clone();
        (10..30).for_each(|x| written.put_pixel(x, 20, Rgb([0, 0, 0])));
        assert_eq!(filled(&written, [8, 15, 24, 10]), ground);
    }

    #[test]
    fn a_gradient_goes_on() {
        let ground = RgbImage::from_fn(100, 100, |x, _| Rgb([(x * 2) as u8; 3]));
        let mut marked = ground.clone();
        (40..60).for_each(|it| marked.put_pixel(it, it, Rgb([255, 0, 0])));
        let found = filled(&marked, [40, 40, 20, 20]);
        for (x, y, pixel) in found.enumerate_pixels() {
            let wanted = ground.get_pixel(x, y).0[0];
            assert!(pixel.0.iter().all(|it| it.abs_diff(wanted) <= 6), "{x} {y}: {pixel:?} for {wanted}");
        }
    }

    #[test]
    fn outside_nothing_changes_and_any_region_will_do() {
        let noise = RgbImage::from_fn(16, 16, |x, y| Rgb([(x * 37 + y * 101) as u8, (x * y) as u8, 7]));
        for region in [[0, 0, 16, 16], [12, 12, 99, 99], [20, 0, 4, 4], [3, 3, 0, 5], [0, 5, 1, 1]] {
            let found = filled(&noise, region);
            let [x, y, w, h] = region;
            for (px, py, pixel) in found.enumerate_pixels() {
                let inside = (x..x + w).contains(&px) && (y..y + h).contains(&py);
                assert!(inside || pixel == noise.get_pixel(px, py), "{region:?}");
            }
        }
        let whole = filled(&noise, [0, 0, 16, 16]);
        assert!(
            whole.pixels().all(|it| it == whole.get_pixel(0, 0)),
            "the mean of the picture where nothing is around"
        );
    }
}
