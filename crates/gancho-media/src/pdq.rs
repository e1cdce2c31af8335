//! PDQ, the perceptual hash for photographs.
//!
//! Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019, and the
//! reference implementation published with it. Two pictures match when at most 31 of 256 bits differ and
//! both qualities are at least 50.

use crate::{Filter, RgbImage, resize};

/// Larger pictures are first reduced to this many pixels a side, as the reference does with files.
const FULL_SIDE: u32 = 512;
/// Side of the blurred, decimated picture.
const SMALL: usize = 64;
/// Side of the block of low frequencies: one bit each.
const BLOCK: usize = 16;

/// The hash as 64 hexadecimal digits and its quality, 0 (nothing to see) to 100.
pub(crate) fn hash(pixels: &RgbImage) -> (String, u8) {
    let small = blurred(pixels);
    let frequencies = transform(&small);
    let mut sorted = frequencies;
    sorted.sort_unstable_by(f32::total_cmp);
    // The lower median, as the reference's selection gives it.
    let median = sorted[sorted.len() / 2 - 1];

    let mut words = [0u16; BLOCK];
    for (index, frequency) in frequencies.iter().enumerate() {
        words[index / 16] |= u16::from(*frequency > median) << (index % 16);
    }
    (words.iter().rev().map(|word| format!("{word:04x}")).collect(), quality(&small))
}

/// Luma, two passes of a box in each direction (a Jarosz filter, near a triangle), every 64th point.
fn blurred(pixels: &RgbImage) -> [[f32; SMALL]; SMALL] {
    let reduced;
    let pixels = if pixels.width().max(pixels.height()) > FULL_SIDE || pixels.is_empty() {
        reduced = resize(pixels, FULL_SIDE, FULL_SIDE, Filter::Bilinear);
        &reduced
    } else {
        pixels
    };
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    let mut luma: Vec<f32> = pixels
        .pixels()
        .map(|it| 0.299 * f32::from(it[0]) + 0.587 * f32::from(it[1]) + 0.114 * f32::from(it[2]))
        .collect();
    let mut other = vec![0.0; luma.len()];
    // One 128th of the side, rounded up: two passes then span one step of the decimation.
    let window = |side: usize| side.div_ceil(2 * SMALL);
    for _ in 0..2 {
        for (from, to) in luma.chunks_exact(width).zip(other.chunks_exact_mut(width)) {
            box_along(from, to, window(width), 1);
        }
        box_along(&other, &mut luma, window(height), width);
    }
    std::array::from_fn(|row| {
        let y = (2 * row + 1) * height / (2 * SMALL);
        std::array::from_fn(|column| luma[y * width + (2 * column + 1) * width / (2 * SMALL)])
    })
}

/// Running mean over `window` vectors of `lanes` values each; the window shrinks at both ends.
///
/// One lane filters a row; as many lanes as the picture is wide filter all columns at once, in the order
/// in which they lie in memory.
fn box_along(from: &[f32], to: &mut [f32], window: usize, lanes: usize) {
    let length = from.len() / lanes;
    let ahead = window / 2;
    let row = |index: usize| &from[index * lanes..(index + 1) * lanes];
    let mut sum = vec![0.0f32; lanes];
    let mut count = 0.0f32;
    for step in 0..length + ahead {
        if step < length {
            sum.iter_mut().zip(row(step)).for_each(|(sum, value)| *sum += value);
            count += 1.0;
        }
        if step >= window {
            sum.iter_mut().zip(row(step - window)).for_each(|(sum, value)| *sum -= value);
            count -= 1.0;
        }
        if step >= ahead {
            let out = &mut to[(step - ahead) * lanes..][..lanes];
            out.iter_mut().zip(&sum).for_each(|(out, sum)| *out = sum / count);
        }
    }
}

/// The 16 by 16 lowest frequencies, without the constant ones, of the discrete cosine transform.
fn transform(small: &[[f32; SMALL]; SMALL]) -> [f32; BLOCK * BLOCK] {
    let scale = (2.0 / SMALL as f64).sqrt();
    let cosines: [[f32; SMALL]; BLOCK] = std::array::from_fn(|frequency| {
        std::array::from_fn(|at| {
            let angle = std::f64::consts::PI / (2 * SMALL) as f64 * ((frequency + 1) * (2 * at + 1)) as f64;
            (scale * angle.cos()) as f32
        })
    });
    let mut rows = [[0.0f32; SMALL]; BLOCK];
    for (row, cosine) in rows.iter_mut().zip(&cosines) {
        for (line, weight) in small.iter().zip(cosine) {
            row.iter_mut().zip(line).for_each(|(sum, value)| *sum += weight * value);
        }
    }
    std::array::from_fn(|index| {
        let (row, cosine) = (&rows[index / BLOCK], &cosines[index % BLOCK]);
        row.iter().zip(cosine).map(|(value, weight)| value * weight).sum()
    })
}

/// Sum of the steps between neighbors, in whole percent of the range, scaled so that 100 is plenty.
fn quality(small: &[[f32; SMALL]; SMALL]) -> u8 {
    let step = |a: f32, b: f32| ((a - b) * 100.0 / 255.0) as i32;
    let mut sum = 0;
    for row in 0..SMALL {
        for column in 0..SMALL {
            if row + 1 < SMALL {
                sum += step(small[row][column], small[row + 1][column]).abs();
            }
            if column + 1 < SMALL {
                sum += step(small[row][column], small[row][column + 1]).abs();
            }
        }
    }
    (sum / 90).min(100) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shrinks_at_the_ends() {
        let mut to = [0.0; 5];
        box_along(&[1.0, 2.0, 3.0, 4.0, 10.0], &mut to, 3, 1);
        assert_eq!(to, [1.5, 2.0, 3.0, 17.0 / 3.0, 7.0]);
        // An even window looks one further ahead than back: (fullWindowSize + 2) / 2 in the reference.
        box_along(&[1.0, 2.0, 3.0, 4.0, 10.0], &mut to, 2, 1);
        assert_eq!(to, [1.5, 2.5, 3.5, 7.0, 10.0]);
        box_along(&[1.0, 2.0, 3.0, 4.0, 10.0], &mut to, 1, 1);
        assert_eq!(to, [1.0, 2.0, 3.0, 4.0, 10.0]);
    }

    #[test]
    fn columns_are_filtered_like_rows() {
        let mut to = [0.0; 6];
        box_along(&[1.0, 10.0, 2.0, 20.0, 3.0, 30.0], &mut to, 3, 2);
        assert_eq!(to, [1.5, 15.0, 2.0, 20.0, 2.5, 25.0]);
    }

    #[test]
    fn a_flat_picture_has_no_quality() {
        assert_eq!(hash(&RgbImage::from_pixel(80, 40, image::Rgb([90; 3]))).1, 0);
        assert_eq!(hash(&RgbImage::new(0, 0)).1, 0);
    }
}
