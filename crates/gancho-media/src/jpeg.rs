//! JPEG: a survey of the file's segments, then one of two decoders.
//!
//! `zune-jpeg` is the faster and decodes whole pictures; `jpeg-decoder` alone can decode at reduced scale
//! and hand over the four channels of CMYK untouched, which an ICC conversion needs. The survey comes
//! first, so that limits hold and a cut-off file is told from a damaged one, which neither decoder does.

use jpeg_decoder::PixelFormat;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::flatten::{Layout, Raw};
use crate::{DecodeError, DecodeWarning, Detail, Format};

/// More scans than any encoder writes (a usual progressive file has 10). Each scan of a hostile file
/// costs a pass over the whole picture for a few bytes.
const MAX_SCANS: u32 = 100;

/// What the segments of a JPEG say, without decoding anything.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) components: u8,
    pub(crate) precision: u8,
    pub(crate) progressive: bool,
    /// Adobe's APP14 segment is there: four-channel values are stored inverted.
    pub(crate) adobe: bool,
    pub(crate) exif: Option<Vec<u8>>,
    pub(crate) icc: Result<Option<Vec<u8>>, &'static str>,
    frame: Option<u8>,
    scans: u32,
    complete: bool,
}

/// Walks the segments from start to end-of-image.
///
/// # Errors
/// [`DecodeError::Truncated`] without an end-of-image marker, [`DecodeError::UnsupportedFeature`] for
/// arithmetic, lossless, hierarchical and deep JPEG, [`DecodeError::Corrupt`] without a frame.
pub(crate) fn survey(bytes: &[u8]) -> Result<Survey, DecodeError> {
    let mut survey = Survey::empty();
    let mut icc_parts = Vec::new();
    // A walk that runs off the end leaves `complete` unset.
    let _ = walk(bytes, &mut survey, &mut icc_parts);
    survey.icc = join_icc(icc_parts);
    survey.check(bytes.len() as u64)?;
    Ok(survey)
}

impl Survey {
    fn check(&self, bytes: u64) -> Result<(), DecodeError> {
        let format = || Format::Jpeg.name().to_owned();
        let corrupt = |detail: &str| DecodeError::Corrupt { format: format(), detail: detail.to_owned() };
        let unsupported =
            |detail: &str| DecodeError::UnsupportedFeature { format: format(), detail: detail.to_owned() };
        match self.frame {
            Some(0xC0..=0xC2) => {}
            Some(0xC3) => return Err(unsupported("lossless coding")),
            Some(0xC9..=0xCF) => return Err(unsupported("arithmetic coding")),
            Some(_) => return Err(unsupported("hierarchical coding")),
            None if self.complete => return Err(corrupt("it has no frame header")),
            None => return Err(DecodeError::Truncated { format: format(), bytes }),
        }
        if self.precision != 8 {
            return Err(unsupported(&format!("{} bits per sample", self.precision)));
        }
        if !matches!(self.components, 1 | 3 | 4) {
            return Err(unsupported(&format!("{} color channels", self.components)));
        }
        if self.scans > MAX_SCANS {
            return Err(corrupt("it has more than 100 scans"));
        }
        if self.width == 0 || (self.height == 0 && self.complete) {
            return Err(corrupt("its width or height is zero"));
        }
        if !self.complete {
            return Err(DecodeError::Truncated { format: format(), bytes });
        }
        Ok(())
    }
}

fn walk(bytes: &[u8], survey: &mut Survey, icc_parts: &mut Vec<(u8, u8, Vec<u8>)>) -> Option<()> {
    let mut at = 2;
    loop {
        // Bytes between segments are against the rules and common enough; decoders skip them too.
        at += bytes.get(at..)?.iter().position(|it| *it == 0xFF)?;
        at += bytes.get(at..)?.iter().position(|it| *it != 0xFF)?;
        let marker = bytes[at];
        at += 1;
        match marker {
            0xD9 => {
                survey.complete = true;
                return Some(());
            }
            0x00 | 0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let body = bytes.get(at + 2..at + length.max(2))?;
        at += length.max(2);
        match marker {
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF if survey.frame.is_none() => frame(marker, body, survey)?,
            0xE1 if body.starts_with(b"Exif\0\0") && survey.exif.is_none() => {
                survey.exif = Some(body.to_vec());
            }
            0xE2 if body.starts_with(b"ICC_PROFILE\0") => {
                icc_parts.push((*body.get(12)?, *body.get(13)?, body[14..].to_vec()));
            }
            0xEE if body.starts_with(b"Adobe") => survey.adobe = true,
            0xDA => {
                survey.scans += 1;
                at = end_of_scan(bytes, at)?;
            }
            _ => {}
        }
    }
}

fn frame(marker: u8, body: &[u8], survey: &mut Survey) -> Option<()> {
    let head = body.get(..6)?;
    survey.frame = Some(marker);
    survey.progressive = marker == 0xC2;
    survey.precision = head[0];
    survey.height = u32::from(u16::from_be_bytes([head[1], head[2]]));
    survey.width = u32::from(u16::from_be_bytes([head[3], head[4]]));
    survey.components = head[5];
    Some(())
}

/// Where the next marker stands after entropy-coded data: not a stuffed zero, not a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|it| *it == 0xFF)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

/// Joins the parts of a profile, each numbered from 1 (ICC.1:2022, annex B.4).
fn join_icc(mut parts: Vec<(u8, u8, Vec<u8>)>) -> Result<Option<Vec<u8>>, &'static str> {
    if parts.is_empty() {
        return Ok(None);
    }
    parts.sort_by_key(|part| part.0);
    let sound = parts
        .iter()
        .enumerate()
        .all(|(index, part)| usize::from(part.0) == index + 1 && usize::from(part.1) == parts.len());
    if !sound {
        return Err("parts of it are missing");
    }
    Ok(Some(parts.into_iter().flat_map(|part| part.2).collect()))
}

/// Eighths of full size at which the shorter side is still at least what was asked for.
pub(crate) fn eighths(survey: &Survey, detail: Detail) -> u32 {
    let Detail::AtLeast(side) = detail else { return 8 };
    let shorter = survey.width.min(survey.height);
    [1, 2, 4].into_iter().find(|eighths| (shorter * eighths).div_ceil(8) >= side.max(1)).unwrap_or(8)
}

/// Decodes to 8-bit gray, RGB or CMYK (ink: 255 is full), with a warning if an error was overlooked.
pub(crate) fn decode(
    bytes: &[u8],
    survey: &Survey,
    eighths: u32,
) -> Result<(Raw, Option<DecodeWarning>), DecodeError> {
    if survey.components == 4 || eighths < 8 {
        match scaled(bytes, survey, eighths) {
            Ok(raw) => return Ok((raw, None)),
            // The other decoder forgives more; only CMYK has no second chance.
            Err(detail) if survey.components == 4 => {
                return Err(DecodeError::Corrupt { format: Format::Jpeg.name().to_owned(), detail });
            }
            Err(_) => {}
        }
    }
    // A complaint is not always the file's fault: some sound gray files stop zune-jpeg. Only where both
    // decoders complain is the file read with one eye closed.
    let detail = match full(bytes, survey, true) {
        Ok(raw) => return Ok((raw, None)),
        Err(detail) => detail,
    };
    if let Ok(raw) = scaled(bytes, survey, 8) {
        return Ok((raw, None));
    }
    match full(bytes, survey, false) {
        Ok(raw) => Ok((raw, Some(DecodeWarning::Damaged { detail }))),
        Err(detail) => Err(DecodeError::Corrupt { format: Format::Jpeg.name().to_owned(), detail }),
    }
}

fn full(bytes: &[u8], survey: &Survey, strict: bool) -> Result<Raw, String> {
    let (space, layout) = match survey.components {
        1 => (ColorSpace::Luma, Layout::Gray),
        _ => (ColorSpace::RGB, Layout::Rgb),
    };
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(space)
        .set_strict_mode(strict)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let samples = decoder.decode().map_err(|error| error.to_string().trim_matches('"').to_owned())?;
    Raw::new(survey.width, survey.height, layout, samples).ok_or_else(|| "too few pixels".to_owned())
}

fn scaled(bytes: &[u8], survey: &Survey, eighths: u32) -> Result<Raw, String> {
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    let side = |full: u32| u16::try_from((full * eighths).div_ceil(8)).unwrap_or(u16::MAX);
    decoder.scale(side(survey.width), side(survey.height)).map_err(|error| error.to_string())?;
    let mut samples = decoder.decode().map_err(|error| error.to_string())?;
    let info = decoder.info().ok_or("no frame")?;
    let layout = match info.pixel_format {
        PixelFormat::L8 => Layout::Gray,
        PixelFormat::RGB24 => Layout::Rgb,
        PixelFormat::CMYK32 => Layout::Cmyk,
        PixelFormat::L16 => return Err("16-bit samples".to_owned()),
    };
    // The decoder takes four channels as Adobe's inverted ones always; without Adobe's segment they are
    // stored as they are (as libvips reads them).
    if layout == Layout::Cmyk && !survey.adobe {
        samples.iter_mut().for_each(|it| *it = 255 - *it);
    }
    Raw::new(u32::from(info.width), u32::from(info.height), layout, samples)
        .ok_or_else(|| "too few pixels".to_owned())
}

impl Survey {
    fn empty() -> Self {
        Self {
            width: 0,
            height: 0,
            components: 0,
            precision: 0,
            progressive: false,
            adobe: false,
            exif: None,
            icc: Ok(None),
            frame: None,
            scans: 0,
            complete: false,
        }
    }
}
