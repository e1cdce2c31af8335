//! From bytes to a picture: recognize, check the limits, decode, bring to sRGB, turn upright.

use std::error::Error;
use std::io::{self, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::{
    bmp::BmpDecoder, gif::GifDecoder, png::PngDecoder, tiff::TiffDecoder, webp::WebPDecoder,
};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageError};

use crate::color::{self, Conversion};
use crate::flatten::{Layout, Raw};
use crate::read::check_length;
use crate::{
    ColorModel, DecodeError, DecodeWarning, Detail, Format, Limits, Picture, RgbImage, Source, animation,
    exif, jpeg, sniff,
};

/// Decodes a picture from the bytes of a file.
///
/// The format is told by content. EXIF orientation is applied, an ICC profile is converted to sRGB, 16 bits
/// are rounded to 8, transparency is composited over white, and of an animation the first frame is taken.
/// What cannot be honored but leaves a usable picture becomes a warning.
///
/// # Errors
/// A [`DecodeError`]: limits are checked against the header before anything is decoded, and a file that
/// ends early is refused as [`DecodeError::Truncated`] rather than shown half gray. Never panics: a panic
/// inside a decoder is returned as [`DecodeError::Corrupt`].
pub fn decode(bytes: &[u8], limits: &Limits, detail: Detail) -> Result<Picture, DecodeError> {
    check_length(bytes.len() as u64, limits)?;
    let format = sniff::recognize(bytes)?;
    let job = Job { bytes, limits, format };
    catch_unwind(AssertUnwindSafe(|| job.decode(detail)))
        .unwrap_or_else(|_| Err(job.corrupt("the decoder could not make sense of it")))
}

/// What a codec hands over: samples, and the metadata that says what they mean.
struct Stored {
    raw: Raw,
    width: u32,
    height: u32,
    color: ColorModel,
    bits: u8,
    icc: Result<Option<Vec<u8>>, String>,
    exif: Option<Vec<u8>>,
    /// Orientation that the format itself states (TIFF).
    orientation: Option<u8>,
    warnings: Vec<DecodeWarning>,
}

struct Job<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    format: Format,
}

impl Job<'_> {
    fn decode(&self, detail: Detail) -> Result<Picture, DecodeError> {
        if let Some((width, height)) = self.claimed_size() {
            self.check_size(width, height, 1)?;
        }
        if self.format == Format::Gif
            && let Some((width, height)) = animation::gif_frame_size(self.bytes)
        {
            self.check_size(width, height, 4)?;
        }
        let stored = match self.format {
            Format::Jpeg => self.jpeg(detail)?,
            Format::Png => {
                let limits = self.image_limits();
                self.coded(PngDecoder::with_limits(self.cursor(), limits).map_err(|it| self.refuse(&it))?)?
            }
            Format::WebP => self.coded(WebPDecoder::new(self.cursor()).map_err(|it| self.refuse(&it))?)?,
            Format::Gif => self.coded(GifDecoder::new(self.cursor()).map_err(|it| self.refuse(&it))?)?,
            Format::Bmp => self.coded(BmpDecoder::new(self.cursor()).map_err(|it| self.refuse(&it))?)?,
            Format::Tiff => self.coded(TiffDecoder::new(self.cursor()).map_err(|it| self.refuse(&it))?)?,
        };
        Ok(self.finish(stored))
    }

    /// The size that the first bytes claim, for formats whose decoders read further before they tell.
    fn claimed_size(&self) -> Option<(u32, u32)> {
        let byte = |at: usize| self.bytes.get(at).copied().map(u32::from);
        let big =
            |at: usize| Some(byte(at)? << 24 | byte(at + 1)? << 16 | byte(at + 2)? << 8 | byte(at + 3)?);
        let little = |at: usize| Some(byte(at + 1)? << 8 | byte(at)?);
        match self.format {
            Format::Png => Some((big(16)?, big(20)?)),
            Format::Gif => Some((little(6)?, little(8)?)),
            _ => None,
        }
    }

    fn jpeg(&self, detail: Detail) -> Result<Stored, DecodeError> {
        let survey = jpeg::survey(self.bytes)?;
        let eighths = jpeg::eighths(&survey, detail);
        let channels = u64::from(survey.components);
        // Coefficients of a progressive file are 16-bit and held at full size, whatever the scale.
        let per_pixel = if survey.progressive { 2 * channels } else { 0 };
        let scaled = (channels + 3) * u64::from(eighths * eighths) / 64;
        self.check_size(survey.width, survey.height, per_pixel + scaled.max(1))?;

        let (raw, warning) = jpeg::decode(self.bytes, &survey, eighths)?;
        let color = match raw.layout {
            Layout::Gray => ColorModel::Gray,
            Layout::Cmyk => ColorModel::Cmyk,
            _ => ColorModel::Rgb,
        };
        Ok(Stored {
            raw,
            width: survey.width,
            height: survey.height,
            color,
            bits: survey.precision,
            icc: survey.icc.map_err(str::to_owned),
            exif: survey.exif,
            orientation: None,
            warnings: warning.into_iter().collect(),
        })
    }

    /// Everything that `image` decodes.
    fn coded(&self, mut decoder: impl ImageDecoder) -> Result<Stored, DecodeError> {
        let (width, height) = decoder.dimensions();
        let color_type = decoder.color_type();
        // Codecs keep a second buffer: a frame (GIF, WebP) or undecoded strips (TIFF).
        let inner = match self.format {
            Format::Tiff => 2 * u64::from(color_type.bytes_per_pixel()),
            Format::Gif | Format::WebP => 4,
            _ => 0,
        };
        self.check_size(width, height, u64::from(color_type.bytes_per_pixel()) + 3 + inner)?;
        decoder.set_limits(self.image_limits()).map_err(|it| self.refuse(&it))?;

        let (color, bits) = self.stored_color(decoder.original_color_type());
        let icc = decoder.icc_profile().map_err(|it| it.to_string());
        let exif = decoder.exif_metadata().ok().flatten();
        let orientation = match self.format {
            Format::Tiff => decoder.orientation().ok().map(Orientation::to_exif),
            _ => None,
        };
        let raw = self.samples(decoder, width, height, color_type)?;
        Ok(Stored { raw, width, height, color, bits, icc, exif, orientation, warnings: Vec::new() })
    }

    fn samples(
        &self,
        decoder: impl ImageDecoder,
        width: u32,
        height: u32,
        color_type: ColorType,
    ) -> Result<Raw, DecodeError> {
        let layout = match color_type {
            ColorType::L8 | ColorType::L16 => Layout::Gray,
            ColorType::La8 | ColorType::La16 => Layout::GrayAlpha,
            ColorType::Rgb8 | ColorType::Rgb16 => Layout::Rgb,
            ColorType::Rgba8 | ColorType::Rgba16 => Layout::Rgba,
            _ => return Err(self.unsupported("floating-point samples")),
        };
        let length = usize::try_from(decoder.total_bytes()).map_err(|_| self.too_much_memory(0))?;
        let mut samples = vec![0; length];
        decoder.read_image(&mut samples).map_err(|it| self.refuse(&it))?;
        if usize::from(color_type.bytes_per_pixel()) == 2 * layout.channels() {
            round_to_8_bits(&mut samples);
        }
        Raw::new(width, height, layout, samples).ok_or_else(|| self.corrupt("too few pixels"))
    }

    /// Color model and bits per channel of the file, which decoders expand before one can see them.
    fn stored_color(&self, original: ExtendedColorType) -> (ColorModel, u8) {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or_default();
        match self.format {
            // IHDR: bit depth at 24, color type at 25 (PNG, section 11.2.1).
            Format::Png => match byte(25) {
                0 | 4 => (ColorModel::Gray, byte(24)),
                3 => (ColorModel::Palette, byte(24)),
                _ => (ColorModel::Rgb, byte(24)),
            },
            Format::Gif => (ColorModel::Palette, (byte(10) & 7) + 1),
            // biBitCount at 28, or at 24 after the short header of OS/2.
            Format::Bmp => match if byte(14) == 12 { byte(24) } else { byte(28) } {
                bits @ 1..=8 => (ColorModel::Palette, bits),
                16 => (ColorModel::Rgb, 5),
                _ => (ColorModel::Rgb, 8),
            },
            _ => {
                let channels = u16::from(original.channel_count()).max(1);
                let color = match original {
                    ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16 => ColorModel::Cmyk,
                    _ if channels < 3 => ColorModel::Gray,
                    _ => ColorModel::Rgb,
                };
                (color, (original.bits_per_pixel() / channels) as u8)
            }
        }
    }

    fn finish(&self, stored: Stored) -> Picture {
        let Stored { raw, width, height, color, bits, icc, exif, orientation, mut warnings } = stored;
        let (description, conversion) = profile(icc, raw.layout, &mut warnings);
        if color == ColorModel::Cmyk && conversion.is_none() {
            warnings.push(DecodeWarning::CmykWithoutProfile);
        }
        let orientation = orientation.unwrap_or_else(|| upright(exif.as_deref(), &mut warnings));
        let (raw_width, raw_height, has_alpha) = (raw.width, raw.height, raw.layout.has_alpha());

        let flat = raw.flatten(conversion.as_ref());
        let total = u64::from(raw_width) * u64::from(raw_height);
        if flat.invisible == total {
            warnings.push(DecodeWarning::WhollyTransparent);
        } else if flat.translucent > 0 {
            warnings.push(DecodeWarning::Transparency { share: flat.translucent as f64 / total as f64 });
        }
        let animation = animation::count(self.bytes, self.format);
        if let Some(it) = animation {
            warnings.push(DecodeWarning::Animated { frames: it.frames, duration_ms: it.duration_ms });
        }
        // `image` gives every GIF an alpha channel; what counts is whether it is used.
        let alpha = if self.format == Format::Gif { flat.translucent > 0 } else { has_alpha };
        let pixels =
            turn(RgbImage::from_raw(raw_width, raw_height, flat.rgb).unwrap_or_default(), orientation);
        let (upright_width, upright_height) =
            if orientation >= 5 { (height, width) } else { (width, height) };
        Picture {
            pixels,
            width: upright_width,
            height: upright_height,
            source: Source {
                format: self.format,
                stored_width: width,
                stored_height: height,
                orientation,
                color,
                bits,
                alpha,
                icc: description,
                animation,
                bytes: self.bytes.len() as u64,
            },
            warnings,
        }
    }

    fn cursor(&self) -> Cursor<&[u8]> {
        Cursor::new(self.bytes)
    }

    fn image_limits(&self) -> image::Limits {
        let mut limits = image::Limits::no_limits();
        limits.max_alloc = Some(self.limits.max_memory);
        limits
    }

    fn check_size(&self, width: u32, height: u32, bytes_per_pixel: u64) -> Result<(), DecodeError> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(self.corrupt("its width or height is zero"));
        }
        if pixels > self.limits.max_pixels {
            let (width, height) = (u64::from(width), u64::from(height));
            return Err(DecodeError::TooManyPixels { width, height, limit: self.limits.max_pixels });
        }
        let need = pixels.saturating_mul(bytes_per_pixel).saturating_add(self.bytes.len() as u64);
        if need > self.limits.max_memory {
            return Err(self.too_much_memory(need));
        }
        Ok(())
    }

    /// What a codec's error means to a person.
    fn refuse(&self, error: &ImageError) -> DecodeError {
        if ends_early(error) || self.is_shorter_than_declared() {
            let bytes = self.bytes.len() as u64;
            return DecodeError::Truncated { format: self.format.name().to_owned(), bytes };
        }
        match error {
            ImageError::Limits(_) => self.too_much_memory(0),
            ImageError::Unsupported(it) => self.unsupported(&it.to_string()),
            _ => self.corrupt(&error.to_string()),
        }
    }

    /// WebP and BMP state their length; their decoders complain of nonsense where a tail is missing.
    fn is_shorter_than_declared(&self) -> bool {
        let long = |at: usize| {
            let four = self.bytes.get(at..at + 4).and_then(|it| it.try_into().ok());
            four.map_or(0, |it| u64::from(u32::from_le_bytes(it)))
        };
        let declared = match self.format {
            Format::WebP => long(4) + 8,
            Format::Bmp => long(2),
            _ => 0,
        };
        declared > self.bytes.len() as u64
    }

    fn corrupt(&self, detail: &str) -> DecodeError {
        DecodeError::Corrupt { format: self.format.name().to_owned(), detail: detail.to_owned() }
    }

    fn unsupported(&self, detail: &str) -> DecodeError {
        DecodeError::UnsupportedFeature { format: self.format.name().to_owned(), detail: detail.to_owned() }
    }

    fn too_much_memory(&self, bytes: u64) -> DecodeError {
        DecodeError::TooMuchMemory { bytes, limit: self.limits.max_memory }
    }
}

/// Whether an end of file stands anywhere in the chain of causes.
fn ends_early(error: &ImageError) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(it) = cause {
        // The GIF decoder has only words for it.
        if it.to_string().contains("Unexpected End of File") {
            return true;
        }
        let io = match it.downcast_ref::<ImageError>() {
            Some(ImageError::IoError(io)) => Some(io),
            _ => it.downcast_ref::<io::Error>(),
        };
        if io.is_some_and(|io| io.kind() == io::ErrorKind::UnexpectedEof) {
            return true;
        }
        cause = it.source();
    }
    false
}

/// The profile's description and the conversion to sRGB that the pixels need.
fn profile(
    icc: Result<Option<Vec<u8>>, String>,
    layout: Layout,
    warnings: &mut Vec<DecodeWarning>,
) -> (Option<String>, Option<Conversion>) {
    let mut broken = |detail: String| warnings.push(DecodeWarning::BrokenIcc { detail });
    let icc = match icc {
        Ok(None) => return (None, None),
        Ok(Some(icc)) => icc,
        Err(detail) => {
            broken(detail);
            return (Some(String::new()), None);
        }
    };
    match color::read(&icc) {
        Err(detail) => {
            broken(detail);
            (Some(String::new()), None)
        }
        Ok(profile) => match profile.conversion(layout) {
            Ok(conversion) => (Some(profile.description), conversion),
            Err(detail) => {
                broken(detail);
                (Some(profile.description), None)
            }
        },
    }
}

fn upright(block: Option<&[u8]>, warnings: &mut Vec<DecodeWarning>) -> u8 {
    match block.map_or(Ok(None), exif::orientation) {
        Ok(orientation) => orientation.unwrap_or(1),
        Err(detail) => {
            warnings.push(DecodeWarning::BrokenExif { detail: detail.to_owned() });
            1
        }
    }
}

fn turn(pixels: RgbImage, orientation: u8) -> RgbImage {
    match Orientation::from_exif(orientation) {
        None | Some(Orientation::NoTransforms) => pixels,
        Some(orientation) => {
            let mut image = DynamicImage::ImageRgb8(pixels);
            image.apply_orientation(orientation);
            image.into_rgb8()
        }
    }
}

/// Rounds native-endian 16-bit samples to 8 bits, in place.
fn round_to_8_bits(samples: &mut Vec<u8>) {
    let count = samples.len() / 2;
    for index in 0..count {
        let deep = u32::from(u16::from_ne_bytes([samples[2 * index], samples[2 * index + 1]]));
        samples[index] = ((deep * 255 + 32_767) / 65_535) as u8;
    }
    samples.truncate(count);
}
