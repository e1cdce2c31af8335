//! Expected values are worked out by hand on pictures of the working size, where resampling does nothing.

use image::Rgb;
use proptest::prelude::*;

use super::*;

const GRAY: Rgb<u8> = Rgb([100, 100, 100]);

fn picture(of: impl Fn(u32, u32) -> Rgb<u8>) -> RgbImage {
    RgbImage::from_fn(512, 512, of)
}

fn halves(left: [u8; 3], right: [u8; 3]) -> RgbImage {
    picture(|x, _| Rgb(if x < 256 { left } else { right }))
}

#[track_caller]
fn close(got: f64, want: f64, tolerance: f64) {
    assert!((got - want).abs() <= tolerance, "{got} instead of {want}");
}

#[test]
fn a_flat_gray_has_luminance_and_nothing_else() {
    let measures = Measures::of(&picture(|_, _| GRAY));
    // ((100/255 + 0.055) / 1.055) ^ 2.4
    close(measures.luminance, 0.127_44, 1e-5);
    close(measures.rms_contrast, 0.0, 1e-6);
    close(measures.sharpness, 0.0, 1e-6);
    close(measures.colorfulness, 0.0, 1e-5);
    close(measures.saturation, 0.0, 1e-3);
    assert_eq!(measures.warm_share, 0.0);
    assert_eq!(measures.edge_density, 0.0);
    assert_eq!(measures.white_space, 1.0);
    assert_eq!(measures.symmetry, 1.0);
    assert_eq!((measures.color_entropy, measures.gradient_entropy), (0.0, 0.0));
    assert_eq!((measures.clipped_dark, measures.clipped_bright), (0.0, 0.0));
    assert_eq!(measures.aspect_ratio, 1.0);
}

#[test]
fn black_beside_white() {
    let measures = Measures::of(&halves([0; 3], [255; 3]));
    close(measures.luminance, 0.5, 1e-6);
    close(measures.rms_contrast, 0.5, 1e-6);
    // The mirror image is the negative.
    close(measures.symmetry, -1.0, 1e-9);
    close(measures.clipped_dark, 0.5, 1e-9);
    close(measures.clipped_bright, 0.5, 1e-9);
    // Two columns of 512 slope (Sobel: 4 * 255 / 8), the Laplacian is +-255 there and zero elsewhere.
    close(measures.edge_density, 2.0 / 512.0, 1e-9);
    close(measures.sharpness, 255.0 * 255.0 * 2.0 / 512.0, 0.1);
    // Two of 32 columns of tiles touch the edge.
    close(measures.white_space, 30.0 / 32.0, 1e-9);
    // One bit, and a column of mixed gray on either side of the edge.
    close(measures.color_entropy, 1.0, 0.15);
}

#[test]
fn colorfulness_is_that_of_the_paper() {
    // Half red (255, 0, 0), half blue (0, 0, 255): rg is 255 and 0, yb is 127.5 and -255.
    // Deviations 127.5 and 191.25, means 127.5 and -63.75.
    let want = 127.5f64.hypot(191.25) + 0.3 * 127.5f64.hypot(63.75);
    close(Measures::of(&halves([255, 0, 0], [0, 0, 255])).colorfulness, want, 1e-3);
}

#[test]
fn warm_colors_are_warm() {
    let warm = |left, right| Measures::of(&halves(left, right)).warm_share;
    close(warm([255, 0, 0], [0, 0, 255]), 0.5, 0.02);
    close(warm([255, 160, 0], [250, 230, 40]), 1.0, 1e-9);
    close(warm([0, 160, 60], [120, 120, 120]), 0.0, 1e-9);
}

#[test]
fn mirrored_pictures_are_symmetrical() {
    let arch = picture(|x, y| Rgb([(x.min(511 - x)) as u8, (y / 2) as u8, 90]));
    close(Measures::of(&arch).symmetry, 1.0, 1e-9);
}

#[test]
fn stripes_fill_the_picture_with_edges() {
    let stripes = picture(|x, _| Rgb([if x / 2 % 2 == 0 { 0 } else { 200 }; 3]));
    let measures = Measures::of(&stripes);
    assert_eq!(measures.white_space, 0.0);
    close(measures.edge_density, 1.0, 0.01);
}

#[test]
fn slopes_fall_into_eight_orientations() {
    let mut bins: Vec<_> = (0..8)
        .map(|index| {
            let angle = (f64::from(index) * 22.5 + 11.25).to_radians();
            bin(100.0 * angle.cos() as f32, 100.0 * angle.sin() as f32, 100.0)
        })
        .collect();
    bins.sort_unstable();
    bins.dedup();
    assert_eq!(bins, (56..64).collect::<Vec<_>>());
    // Half a turn is the same orientation.
    assert_eq!(bin(3.0, 1.0, 3.2), bin(-3.0, -1.0, 3.2));
}

#[test]
fn resolution_changes_little() {
    let scene = |side: u32| {
        RgbImage::from_fn(side, side, |x, y| {
            let (x, y) = (f64::from(x) / f64::from(side), f64::from(y) / f64::from(side));
            let wave = |it: f64| (127.5 + 127.5 * (it * 20.0).sin()) as u8;
            Rgb([wave(x), wave(y), wave(x + y)])
        })
    };
    let (small, large) = (Measures::of(&scene(512)), Measures::of(&scene(2048)));
    for ((name, small), (_, large)) in small.named().into_iter().zip(large.named()) {
        // So smooth a scene has no Laplacian but that of rounding, which averaging removes.
        let tolerance = if name == "sharpness" { 2.0 } else { 0.05 * small.abs().max(0.2) };
        assert!((small - large).abs() <= tolerance, "{name}: {small} and {large}");
    }
}

#[test]
fn names_are_the_fields() {
    let measures = Measures::of(&picture(|_, _| GRAY));
    let fields = serde_json::to_value(measures).expect("measures are plain numbers");
    assert_eq!(fields.as_object().map(|it| it.len()), Some(measures.named().len()));
    for (name, value) in measures.named() {
        assert_eq!(fields[name].as_f64(), Some(value), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_measure_is_finite_on_any_pixels(
        width in 0u32..40,
        height in 0u32..40,
        seed in any::<u32>(),
        contrast in 0u32..256,
    ) {
        let noise = |x: u32, y: u32| x.wrapping_mul(0x9E37_79B9) ^ y.wrapping_mul(0x85EB_CA6B) ^ seed;
        let pixels = RgbImage::from_fn(width, height, |x, y| {
            Rgb([0, 8, 16].map(|shift| (noise(x, y).wrapping_mul(0xC2B2_AE35) >> shift) % 256 * contrast / 255)
                .map(|it| it as u8))
        });
        for (name, value) in Measures::of(&pixels).named() {
            prop_assert!(value.is_finite(), "{name} is {value}");
        }
    }
}
