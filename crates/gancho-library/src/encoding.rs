//! Bytes to text: byte order marks, UTF-16, and the Windows-1252 of many spreadsheets.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text of a file and how it was read.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    /// The text, without byte order mark. Invalid bytes are U+FFFD.
    pub text: String,
    /// Name of the encoding when it is worth a note; `None` for UTF-8.
    pub encoding: Option<&'static str>,
    /// Whether UTF-8 had invalid bytes, so that U+FFFD in a cell marks damage.
    pub damaged: bool,
}

/// Reads bytes as text.
///
/// In this order: byte order mark; UTF-16 without a mark, told by its zero bytes; valid UTF-8;
/// UTF-8 with damage, when it has more valid multi-byte characters than invalid bytes; else
/// Windows-1252, which contains Latin-1's letters and maps every byte.
pub(crate) fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[length..]);
        let wide = encoding != encoding_rs::UTF_8;
        return Decoded { text: text.into_owned(), encoding: wide.then(|| encoding.name()), damaged };
    }
    if let Some(encoding) = wide_without_mark(&bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
        return Decoded { text: text.into_owned(), encoding: Some(encoding.name()), damaged };
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, encoding: None, damaged: false },
        Err(error) => error.into_bytes(),
    };
    let (mut multi, mut invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        multi += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    if multi > invalid {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Decoded { text, encoding: None, damaged: true };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    Decoded { text: text.into_owned(), encoding: Some("Windows-1252"), damaged: false }
}

/// The encoding of a stream, told by its first bytes as [`decode`] tells it; nothing for UTF-8.
pub(crate) fn of_stream(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != encoding_rs::UTF_8).then_some(encoding);
    }
    if let Some(encoding) = wide_without_mark(head) {
        return Some(encoding);
    }
    let (mut multi, mut invalid) = (0usize, 0usize);
    for chunk in head.utf8_chunks() {
        multi += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    // A character of up to four bytes may be cut at the end of what is known.
    (invalid > 3 && multi <= invalid).then_some(WINDOWS_1252)
}

/// UTF-16 of mostly Latin letters has a zero in every other byte; no text in UTF-8 has zeros.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|it| **it == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        _ if pairs < 2 => None,
        _ if odd * 2 > pairs && even * 8 < pairs => Some(UTF_16LE),
        _ if even * 2 > pairs && odd * 8 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn each_encoding_gives_the_same_words() {
        let words = "título;imagen\nVerano en español;playa.jpg\n";
        let latin: Vec<u8> = words.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect();
        let cases = [
            (words.as_bytes().to_vec(), None),
            ([b"\xef\xbb\xbf", words.as_bytes()].concat(), None),
            (wide(&format!("\u{feff}{words}"), u16::to_le_bytes), Some("UTF-16LE")),
            (wide(&format!("\u{feff}{words}"), u16::to_be_bytes), Some("UTF-16BE")),
            (wide(words, u16::to_le_bytes), Some("UTF-16LE")),
            (wide(words, u16::to_be_bytes), Some("UTF-16BE")),
            (latin, Some("Windows-1252")),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(bytes), Decoded { text: words.into(), encoding, damaged: false });
        }
    }

    #[test]
    fn the_euro_sign_of_windows_is_read() {
        assert_eq!(decode(b"spend\n12 \x80\n".to_vec()).text, "spend\n12 €\n");
    }

    #[test]
    fn utf8_with_one_broken_byte_stays_utf8() {
        let read = decode(b"t\xc3\xadtulo, a\xc3\xb1o, caf\xff\n".to_vec());
        assert_eq!((read.text.as_str(), read.damaged), ("título, año, caf\u{fffd}\n", true));
    }
}
