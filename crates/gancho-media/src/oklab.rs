//! sRGB, linear light and OKLab.
//!
//! OKLab: B. Ottosson, "A perceptual color space for image processing", 2020, with the matrices of
//! 2021-01-25. Linear light: IEC 61966-2-1.

use std::sync::LazyLock;

static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|level| {
        let coded = level as f64 / 255.0;
        let linear = if coded <= 0.04045 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) };
        linear as f32
    })
});

/// Linear light, 0 to 1, of a gamma-coded level.
pub(crate) fn linear(level: u8) -> f32 {
    LINEAR[usize::from(level)]
}

/// Relative luminance Y, 0 to 1, of an sRGB color (IEC 61966-2-1; the weights of BT.709).
pub fn luminance(rgb: [u8; 3]) -> f32 {
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Lightness L (0 to 1), green-red a, blue-yellow b (about -0.4 to 0.4) of an sRGB color.
pub(crate) fn oklab(rgb: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// The nearest sRGB color, out-of-gamut channels clipped.
pub(crate) fn srgb([lightness, a, b]: [f32; 3]) -> [u8; 3] {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
    .map(|it| {
        let coded = if it <= 0.003_130_8 { 12.92 * it } else { 1.055 * it.powf(1.0 / 2.4) - 0.055 };
        (coded * 255.0).round().clamp(0.0, 255.0) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_published_values() {
        // CSS Color 4 gives oklab(0.62796 0.22486 0.12585) for red and oklab(1 0 0) for white.
        let close = |got: [f32; 3], want: [f32; 3]| got.iter().zip(want).all(|(g, w)| (g - w).abs() < 2e-4);
        assert!(close(oklab([255, 0, 0]), [0.62796, 0.22486, 0.12585]), "{:?}", oklab([255, 0, 0]));
        assert!(close(oklab([255, 255, 255]), [1.0, 0.0, 0.0]), "{:?}", oklab([255; 3]));
        assert!(close(oklab([0, 0, 255]), [0.45201, -0.03246, -0.31153]), "{:?}", oklab([0, 0, 255]));
    }

    #[test]
    fn there_and_back_is_the_same_color() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let color = [red as u8, green as u8, blue as u8];
                    assert_eq!(srgb(oklab(color)), color);
                }
            }
        }
    }
}
