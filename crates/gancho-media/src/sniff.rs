//! What a file is, from its first bytes. Names are never looked at.

use crate::{DecodeError, Format};

/// How far into a text file an `<svg` tag is searched for.
const SVG_REACH: usize = 4096;

/// Recognizes a format, or says why the bytes are not a picture that we read.
pub(crate) fn recognize(bytes: &[u8]) -> Result<Format, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if let Some(format) = readable(bytes) {
        return Ok(format);
    }
    if let Some(format) = video(bytes) {
        return Err(DecodeError::Video { format: format.to_owned() });
    }
    match foreign(bytes) {
        Some(format) => Err(DecodeError::UnsupportedFormat { format: format.to_owned() }),
        None => Err(DecodeError::NotAPicture),
    }
}

fn readable(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        // Two letters are not enough: the reserved words must be zero and the header size a known one.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, 12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => {
            Some(Format::Bmp)
        }
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Format::Tiff),
        _ => None,
    }
}

fn video(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some("AVI"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some("WebM or Matroska"),
        [0, 0, 1, 0xBA | 0xB3, ..] => Some("MPEG"),
        [b'F', b'L', b'V', 1, ..] => Some("FLV"),
        [_, _, _, _, b'm', b'o', b'o', b'v', ..] | [_, _, _, _, b'm', b'd', b'a', b't', ..] => {
            Some("QuickTime")
        }
        _ => match brand(bytes)? {
            b"qt  " => Some("QuickTime"),
            brand if still_brand(brand).is_none() => Some("MP4"),
            _ => None,
        },
    }
}

fn foreign(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'8', b'B', b'P', b'S', ..] => Some("a Photoshop document (PSD)"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF document"),
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => Some("PostScript (EPS)"),
        [0, 0, 1, 0, count, 0, ..] if *count > 0 => Some("an icon (ICO)"),
        [0, 0, 2, 0, count, 0, ..] if *count > 0 => Some("a cursor (CUR)"),
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some("JPEG XL"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => Some("JPEG 2000"),
        _ => brand(bytes).and_then(still_brand).or_else(|| is_svg(bytes).then_some("an SVG drawing")),
    }
}

/// The major brand of an ISO base media file (ISO/IEC 14496-12, section 4.3).
fn brand(bytes: &[u8]) -> Option<&[u8]> {
    (bytes.get(4..8)? == b"ftyp").then(|| bytes.get(8..12))?
}

fn still_brand(brand: &[u8]) -> Option<&'static str> {
    match brand {
        b"avif" | b"avis" => Some("AVIF"),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some("HEIC"),
        b"crx " => Some("a camera raw file (CR3)"),
        _ => None,
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SVG_REACH)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    head.starts_with(b"<") && head.windows(4).any(|it| it.eq_ignore_ascii_case(b"<svg"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_it_does_not_read() {
        let unsupported = |format: &str| Err(DecodeError::UnsupportedFormat { format: format.to_owned() });
        let video = |format: &str| Err(DecodeError::Video { format: format.to_owned() });
        assert_eq!(recognize(b"8BPS\0\x01"), unsupported("a Photoshop document (PSD)"));
        assert_eq!(recognize(b"%PDF-1.7"), unsupported("a PDF document"));
        assert_eq!(recognize(b"\0\0\0\x1cftypavif\0\0\0\0"), unsupported("AVIF"));
        assert_eq!(recognize(b"\0\0\0\x18ftypheic\0\0\0\0"), unsupported("HEIC"));
        assert_eq!(recognize(b"\0\0\0\x18ftypisom\0\0\0\0"), video("MP4"));
        assert_eq!(recognize(b"\0\0\0\x14ftypqt  \0\0\0\0"), video("QuickTime"));
        assert_eq!(recognize(b"\x1A\x45\xDF\xA3\x01"), video("WebM or Matroska"));
        assert_eq!(recognize(b"RIFF\0\0\0\0AVI LIST"), video("AVI"));
        assert_eq!(recognize(b"\0\0\x01\0\x01\0\x10\x10"), unsupported("an icon (ICO)"));
        assert_eq!(recognize(b"\xEF\xBB\xBF<?xml version='1.0'?>\n<SVG/>"), unsupported("an SVG drawing"));
    }

    #[test]
    fn text_is_not_a_picture_even_when_it_begins_like_one() {
        for text in [&b"BM is a short name"[..], b"GIF8", b"<html><body>", b"hello", b"\xFF", b"II"] {
            assert_eq!(recognize(text), Err(DecodeError::NotAPicture), "{text:?}");
        }
        assert_eq!(recognize(b""), Err(DecodeError::Empty));
    }
}
