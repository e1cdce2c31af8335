//! Traces of distortion on pictures whose answer is known.

use super::*;

fn feature(pixels: &RgbImage, name: &str) -> f32 {
    let at = DistortionFeatures::names().iter().position(|it| it == name).expect("a feature of that name");
    DistortionFeatures::of(pixels).values()[at]
}

/// Noise of every pixel on its own, from a hash of its place.
fn grain(x: u32, y: u32) -> u8 {
    ((x * 0x9E37 + y * 0x85EB + x * y * 31).wrapping_mul(2_654_435_761) >> 24) as u8
}

#[test]
fn odd_pictures_leave_finite_traces() {
    for (width, height) in [(1, 1), (2, 900), (20_000, 300), (63, 64), (1500, 1100)] {
        for pixels in [
            RgbImage::from_pixel(width, height, image::Rgb([255; 3])),
            RgbImage::from_fn(width, height, |x, y| image::Rgb([grain(x, y), grain(y, x), grain(x + 7, y)])),
        ] {
            let found = DistortionFeatures::of(&pixels);
            assert!(found.values().iter().all(|it| it.is_finite()), "{width}x{height}: {found:?}");
        }
    }
    assert_eq!(DistortionFeatures::of(&RgbImage::new(0, 0)), DistortionFeatures::of(&RgbImage::new(1, 1)));
}

#[test]
fn every_feature_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<String> = DistortionFeatures::names().into_iter().collect();
    assert_eq!(names.len(), DistortionFeatures::COUNT);
}

#[test]
fn a_grid_of_eight_shows_and_one_of_none_does_not() {
    let pixels = |side: u32| {
        RgbImage::from_fn(256, 256, |x, y| image::Rgb([((x / side + y / side) * 3 + 20) as u8; 3]))
    };
    // Steps of 3 levels at one phase of eight and none elsewhere: log2((3 + 0.1) / 0.1).
    assert!((feature(&pixels(8), "blocks_all") - 31f32.log2()).abs() < 0.01);
    assert!(feature(&pixels(1), "blocks_all").abs() < 0.2);
}

#[test]
fn noise_is_measured_in_levels() {
    // Two levels 20 apart by chance of a half: standard deviation 10. Immerkaer's mean of absolute values assumes
    // a Gaussian, to which the sum of nine weighted pixels comes near.
    let pixels =
        RgbImage::from_fn(512, 512, |x, y| image::Rgb([if grain(x, y) < 128 { 118 } else { 138 }; 3]));
    assert!((feature(&pixels, "full_noise_p50") - 10.25f32.log2()).abs() < 0.1);
}

#[test]
fn clipped_color_is_not_white() {
    let half =
        |level: [u8; 3]| RgbImage::from_fn(128, 128, |x, _| image::Rgb(if x < 64 { level } else { [90; 3] }));
    assert_eq!(feature(&half([255, 10, 10]), "clipped_share"), 0.5);
    assert_eq!(feature(&half([255; 3]), "clipped_share"), 0.0);
    assert_eq!(feature(&half([255; 3]), "bright_share"), 0.5);
}
