//! From decoded samples to opaque 8-bit sRGB.

use crate::color::Conversion;

/// Pixels converted at a time: the scratch buffers stay in the processor's cache.
const CHUNK: usize = 4096;

/// Channels of a decoded pixel, 8 bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
    /// Ink: 0 is none, 255 is full.
    Cmyk,
}

impl Layout {
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::GrayAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    pub(crate) fn has_alpha(self) -> bool {
        matches!(self, Self::GrayAlpha | Self::Rgba)
    }
}

/// Samples as a decoder gave them, row by row without padding.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) layout: Layout,
    samples: Vec<u8>,
}

/// Pixels over white, and how much of them was see-through.
pub(crate) struct Flat {
    /// Red, green, blue, row by row.
    pub(crate) rgb: Vec<u8>,
    /// Pixels whose alpha is below 255.
    pub(crate) translucent: u64,
    /// Pixels whose alpha is 0.
    pub(crate) invisible: u64,
}

impl Raw {
    /// `None` when the samples do not fill the picture.
    pub(crate) fn new(width: u32, height: u32, layout: Layout, samples: Vec<u8>) -> Option<Self> {
        let wanted = u64::from(width) * u64::from(height) * layout.channels() as u64;
        (wanted > 0 && samples.len() as u64 == wanted).then_some(Self { width, height, layout, samples })
    }

    /// Converts to sRGB and composites over white in gamma-coded values, as browsers do.
    ///
    /// Ink without a conversion is mixed by the simple formula `(1 - ink)(1 - black)`, as Pillow does.
    pub(crate) fn flatten(self, conversion: Option<&Conversion>) -> Flat {
        if self.layout == Layout::Rgb && conversion.is_none() {
            return Flat { rgb: self.samples, translucent: 0, invisible: 0 };
        }
        if self.layout == Layout::Rgb {
            return Flat { rgb: convert_in_place(self.samples, conversion), translucent: 0, invisible: 0 };
        }
        let channels = self.layout.channels();
        let mut flat = Flat { rgb: vec![0; self.samples.len() / channels * 3], translucent: 0, invisible: 0 };
        let mut scratch = Scratch::default();
        for (source, target) in self.samples.chunks(CHUNK * channels).zip(flat.rgb.chunks_mut(CHUNK * 3)) {
            let (translucent, invisible) = chunk(self.layout, source, target, conversion, &mut scratch);
            flat.translucent += translucent;
            flat.invisible += invisible;
        }
        flat
    }
}

fn convert_in_place(mut rgb: Vec<u8>, conversion: Option<&Conversion>) -> Vec<u8> {
    let Some(conversion) = conversion else { return rgb };
    let mut source = Vec::with_capacity(CHUNK * 3);
    for target in rgb.chunks_mut(CHUNK * 3) {
        source.clear();
        source.extend_from_slice(target);
        // Fails only on lengths that do not match; then the chunk stays as it was.
        let _ = conversion.transform.transform(&source, target);
    }
    rgb
}

#[derive(Default)]
struct Scratch {
    expanded: Vec<u8>,
    converted: Vec<u8>,
}

/// Flattens one chunk; returns the numbers of translucent and of invisible pixels.
fn chunk(
    layout: Layout,
    source: &[u8],
    target: &mut [u8],
    conversion: Option<&Conversion>,
    scratch: &mut Scratch,
) -> (u64, u64) {
    let Some(conversion) = conversion else {
        return match layout {
            Layout::Gray => {
                target.chunks_exact_mut(3).zip(source).for_each(|(to, gray)| to.fill(*gray));
                (0, 0)
            }
            Layout::GrayAlpha => {
                expand(layout, source, &mut scratch.expanded);
                composite(&scratch.expanded, target)
            }
            Layout::Rgba => composite(source, target),
            Layout::Cmyk => {
                mix_inks(source, target);
                (0, 0)
            }
            Layout::Rgb => {
                target.copy_from_slice(source);
                (0, 0)
            }
        };
    };
    let source = if conversion.expand_gray {
        expand(layout, source, &mut scratch.expanded);
        &scratch.expanded
    } else {
        source
    };
    if !layout.has_alpha() {
        let _ = conversion.transform.transform(source, target);
        return (0, 0);
    }
    scratch.converted.clear();
    scratch.converted.resize(target.len() / 3 * 4, 0);
    let _ = conversion.transform.transform(source, &mut scratch.converted);
    composite(&scratch.converted, target)
}

/// Gray to RGB, or gray with alpha to RGBA.
fn expand(layout: Layout, source: &[u8], into: &mut Vec<u8>) {
    into.clear();
    if layout == Layout::GrayAlpha {
        into.extend(source.chunks_exact(2).flat_map(|it| [it[0], it[0], it[0], it[1]]));
    } else {
        into.extend(source.iter().flat_map(|it| [*it; 3]));
    }
}

fn composite(rgba: &[u8], target: &mut [u8]) -> (u64, u64) {
    let (mut translucent, mut invisible) = (0, 0);
    for (to, from) in target.chunks_exact_mut(3).zip(rgba.chunks_exact(4)) {
        let alpha = u32::from(from[3]);
        translucent += u64::from(alpha < 255);
        invisible += u64::from(alpha == 0);
        for (to, from) in to.iter_mut().zip(from) {
            *to = ((u32::from(*from) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    (translucent, invisible)
}

fn mix_inks(cmyk: &[u8], target: &mut [u8]) {
    for (to, from) in target.chunks_exact_mut(3).zip(cmyk.chunks_exact(4)) {
        let paper = 255 - u32::from(from[3]);
        for (to, ink) in to.iter_mut().zip(from) {
            *to = (((255 - u32::from(*ink)) * paper + 127) / 255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(layout: Layout, samples: &[u8]) -> Flat {
        let pixels = (samples.len() / layout.channels()) as u32;
        Raw::new(pixels, 1, layout, samples.to_vec()).expect("samples fill the row").flatten(None)
    }

    #[test]
    fn composites_over_white() {
        // 100 at half alpha over white: (100 * 128 + 255 * 127) / 255 = 177.2.
        let flat = flat(Layout::Rgba, &[100, 0, 255, 128, 9, 9, 9, 0, 10, 20, 30, 255]);
        assert_eq!(flat.rgb, [177, 127, 255, 255, 255, 255, 10, 20, 30]);
        assert_eq!((flat.translucent, flat.invisible), (2, 1));
    }

    #[test]
    fn gray_with_alpha_becomes_three_channels() {
        assert_eq!(flat(Layout::GrayAlpha, &[50, 255, 50, 0]).rgb, [50, 50, 50, 255, 255, 255]);
        assert_eq!(flat(Layout::Gray, &[7, 8]).rgb, [7, 7, 7, 8, 8, 8]);
    }

    #[test]
    fn no_ink_is_white_and_full_black_is_black() {
        let rgb = flat(Layout::Cmyk, &[0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 128, 0, 51]).rgb;
        // Last pixel: green (255 - 128) * 204 / 255 = 101.6.
        assert_eq!(rgb, [255, 255, 255, 0, 0, 0, 0, 255, 255, 204, 102, 204]);
    }

    #[test]
    fn samples_must_fill_the_picture() {
        assert!(Raw::new(2, 2, Layout::Rgb, vec![0; 11]).is_none());
        assert!(Raw::new(0, 2, Layout::Rgb, vec![]).is_none());
    }
}
