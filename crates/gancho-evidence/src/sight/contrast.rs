//! Contrast of a piece of text with its ground, measured on the pixels.
//!
//! WCAG 2.2 (success criterion 1.4.3) asks for `(L1 + 0.05) / (L2 + 0.05)` of two colors that the author
//! knows. In a picture nobody knows them: the luminances inside a box are split into two groups after
//! Otsu, the larger one is the ground, and the text is what lies at the far quarter of the smaller one,
//! because the near part of it are edges, where text and ground mix.

use gancho_media::{Filter, RgbImage, luminance, resize};

/// Pictures are looked at with at most this many pixels along the longer side: enough for letters of a
/// pixel's stroke at the size of a feed, and one megabyte at most.
const LONGEST: u32 = 1024;
/// The largest ratio there is, white on black.
const MOST: f64 = 21.0;
/// A box with fewer pixels than this holds no letter.
const LEAST_PIXELS: u32 = 16;
/// Pixels of one box that are looked at; a larger one is thinned out evenly.
const MOST_PIXELS: f64 = 40_000.0;

/// The luminances of a picture, one byte a pixel, in equal steps of contrast ratio: a difference of `n`
/// is the ratio `21^(n / 255)`, so the error is at most 0.6 %.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastPlane {
    width: usize,
    height: usize,
    levels: Vec<u8>,
}

impl ContrastPlane {
    /// Takes upright sRGB pixels.
    pub fn of(pixels: &RgbImage) -> Self {
        let longer = pixels.width().max(pixels.height());
        let smaller;
        let pixels = if longer > LONGEST {
            let scaled =
                |it: u32| (f64::from(it) * f64::from(LONGEST) / f64::from(longer)).round().max(1.0) as u32;
            smaller = resize(pixels, scaled(pixels.width()), scaled(pixels.height()), Filter::Box);
            &smaller
        } else {
            pixels
        };
        let level = |rgb: [u8; 3]| {
            let over_black = (f64::from(luminance(rgb)) + 0.05) / 0.05;
            (255.0 * over_black.ln() / MOST.ln()).round() as u8
        };
        Self {
            width: pixels.width() as usize,
            height: pixels.height() as usize,
            levels: pixels.pixels().map(|it| level(it.0)).collect(),
        }
    }

    /// The contrast ratio, 1 to 21, between text and ground inside a convex quadrilateral, whose corners
    /// are pixels of a picture of `size`; nothing where too few pixels lie inside it.
    pub fn ratio(&self, quad: &[f32; 8], size: [f64; 2]) -> Option<f64> {
        let histogram = self.histogram(quad, size);
        let total: u32 = histogram.iter().sum();
        (total >= LEAST_PIXELS).then(|| {
            let apart = f64::from(text_against_ground(&histogram));
            MOST.powf(apart / 255.0).clamp(1.0, MOST)
        })
    }

    fn histogram(&self, quad: &[f32; 8], size: [f64; 2]) -> [u32; 256] {
        let scale = [self.width as f64 / size[0].max(1.0), self.height as f64 / size[1].max(1.0)];
        let corner = |it: usize| [f64::from(quad[2 * it]) * scale[0], f64::from(quad[2 * it + 1]) * scale[1]];
        let corners = [corner(0), corner(1), corner(2), corner(3)];
        let range = |axis: usize, length: usize| {
            let ends = corners.iter().map(|it| it[axis]);
            let from = ends.clone().fold(f64::INFINITY, f64::min).floor().clamp(0.0, length as f64);
            let to = ends.fold(f64::NEG_INFINITY, f64::max).ceil().clamp(0.0, length as f64);
            from as usize..to as usize
        };
        let (columns, rows) = (range(0, self.width), range(1, self.height));
        let step = ((columns.len() * rows.len()) as f64 / MOST_PIXELS).sqrt().ceil().max(1.0) as usize;
        let mut histogram = [0; 256];
        for y in rows.step_by(step) {
            for x in columns.clone().step_by(step) {
                if holds(&corners, [x as f64 + 0.5, y as f64 + 0.5]) {
                    histogram[usize::from(self.levels[y * self.width + x])] += 1;
                }
            }
        }
        histogram
    }
}

/// Whether a point lies inside a quadrilateral whose corners go clockwise (`y` points down).
fn holds(corners: &[[f64; 2]; 4], point: [f64; 2]) -> bool {
    (0..4).all(|at| {
        let ([ax, ay], [bx, by]) = (corners[at], corners[(at + 1) % 4]);
        (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) >= 0.0
    })
}

/// Levels between the text and its ground.
fn text_against_ground(histogram: &[u32; 256]) -> u8 {
    let Some(split) = otsu(histogram) else { return 0 };
    let (dark, bright) = histogram.split_at(split);
    let count = |part: &[u32]| part.iter().sum::<u32>();
    // The far quarter: low in the dark group, high in the bright one.
    if count(dark) <= count(bright) {
        (split + quantile(bright, 0.5)).saturating_sub(quantile(dark, 0.25)) as u8
    } else {
        (split + quantile(bright, 0.75)).saturating_sub(quantile(dark, 0.5)) as u8
    }
}

/// The first level of the upper group, for which the variance between the groups is largest; nothing
/// where all pixels have one level. Otsu 1979, "A threshold selection method from gray-level histograms".
fn otsu(histogram: &[u32; 256]) -> Option<usize> {
    let total: f64 = histogram.iter().map(|it| f64::from(*it)).sum();
    let sum: f64 = histogram.iter().enumerate().map(|(level, it)| level as f64 * f64::from(*it)).sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let mut best: Option<(f64, usize)> = None;
    for (level, count) in histogram.iter().enumerate().take(255) {
        below += f64::from(*count);
        sum_below += level as f64 * f64::from(*count);
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let apart = sum_below / below - (sum - sum_below) / above;
        let between = below * above * apart * apart;
        if best.is_none_or(|(most, _)| between > most) {
            best = Some((between, level + 1));
        }
    }
    best.map(|(_, split)| split)
}

/// The level below which a part of the pixels lies.
fn quantile(histogram: &[u32], part: f64) -> usize {
    let wanted = part * f64::from(histogram.iter().sum::<u32>());
    let mut below = 0.0;
    histogram
        .iter()
        .position(|it| {
            below += f64::from(*it);
            below > wanted
        })
        .unwrap_or(histogram.len() - 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use image::Rgb;

    const WHOLE: [f32; 8] = [0.0, 0.0, 60.0, 0.0, 60.0, 40.0, 0.0, 40.0];
    const SIZE: [f64; 2] = [60.0, 40.0];

    /// Strokes three pixels wide in every ten.
    fn stripes(text: u8, ground: u8) -> RgbImage {
        RgbImage::from_fn(60, 40, |x, _| Rgb([if x % 10 < 3 { text } else { ground }; 3]))
    }

    fn ratio(pixels: &RgbImage) -> f64 {
        ContrastPlane::of(pixels).ratio(&WHOLE, SIZE).unwrap()
    }

    #[test]
    fn known_pairs_have_their_published_ratios() {
        // 21 by definition; 4.54 for #767676 and 3.03 for #949494 on white: WebAIM's contrast checker.
        for (text, ground, wanted) in
            [(0, 255, 21.0), (255, 0, 21.0), (0x76, 255, 4.54), (255, 0x76, 4.54), (0x94, 255, 3.03)]
        {
            let found = ratio(&stripes(text, ground));
            assert!((found / wanted - 1.0).abs() < 0.012, "{text} on {ground}: {found}");
        }
    }

    #[test]
    fn soft_edges_do_not_lower_it() {
        // One pixel of every stroke of three is half text, half ground.
        let soft = RgbImage::from_fn(60, 40, |x, _| {
            Rgb([match x % 10 {
                0 | 1 => 0,
                2 => 128,
                _ => 255,
            }; 3])
        });
        assert_eq!(ratio(&soft), 21.0);
    }

    #[test]
    fn one_color_is_one_to_one_and_too_little_is_nothing() {
        assert_eq!(ratio(&stripes(90, 90)), 1.0);
        let plane = ContrastPlane::of(&stripes(0, 255));
        assert_eq!(plane.ratio(&[0.0, 0.0, 3.0, 0.0, 3.0, 3.0, 0.0, 3.0], SIZE), None);
        assert_eq!(plane.ratio(&[f32::NAN; 8], SIZE), None);
        assert_eq!(plane.ratio(&[900.0, 0.0, 990.0, 0.0, 990.0, 40.0, 900.0, 40.0], SIZE), None);
    }

    #[test]
    fn only_what_lies_in_the_box_counts() {
        // Black on white on the left, light gray on white (#d0d0d0, 1.55) on the right.
        let pixels = RgbImage::from_fn(60, 40, |x, _| {
            let text = if x < 30 { 0 } else { 0xd0 };
            Rgb([if x % 10 < 3 { text } else { 255 }; 3])
        });
        let right = [30.0, 0.0, 60.0, 0.0, 60.0, 40.0, 30.0, 40.0];
        let found = ContrastPlane::of(&pixels).ratio(&right, SIZE).unwrap();
        assert!((found - 1.55).abs() < 0.03, "{found}");
        // The same box in a picture that was ten times as large before it was decoded.
        let large = right.map(|it| it * 10.0);
        assert_eq!(ContrastPlane::of(&pixels).ratio(&large, [600.0, 400.0]), Some(found));
    }
}
