//! The normal form of a text: what is hashed, cached and measured.

use unicode_normalization::UnicodeNormalization;

/// NFC, white space collapsed, ends trimmed.
///
/// A run of white space becomes one space, or one line feed where the run holds a line break: lines carry
/// meaning in ad copy (lists, a headline above a text) and must survive in the form that keys the cache.
/// Invisible characters that are not white space (zero-width joiners, direction marks) stay: emoji need them.
///
/// ```
/// assert_eq!(gancho_copy::normalize("  Env\u{69}\u{301}o\u{a0} gratis \r\n\r\n hoy "), "Envío gratis\nhoy");
/// ```
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space: Option<char> = None;
    for c in text.nfc() {
        if c.is_whitespace() {
            let line_break =
                matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            space = Some(if line_break || space == Some('\n') { '\n' } else { ' ' });
        } else {
            if let Some(space) = space.take().filter(|_| !out.is_empty()) {
                out.push(space);
            }
            out.push(c);
        }
    }
    out
}

/// The form in which a word is looked up: lower case, typewriter apostrophe, no invisible characters.
pub(crate) fn key(word: &str) -> String {
    let visible = word.chars().filter(|c| !is_invisible(*c)).map(|c| if c == '’' { '\'' } else { c });
    visible.flat_map(char::to_lowercase).nfc().collect()
}

/// Format characters that a reader does not see.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_lines_survive() {
        assert_eq!(normalize("a \t b\n \n c"), "a b\nc");
        assert_eq!(normalize("\u{2003}\u{3000}"), "");
        assert_eq!(normalize("👨\u{200d}👩"), "👨\u{200d}👩");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(normalize("man\u{303}ana"), "mañana");
    }

    #[test]
    fn keys_ignore_case_apostrophe_style_and_soft_hyphens() {
        assert_eq!(key("DON’T"), "don't");
        assert_eq!(key("ofer\u{ad}ta"), "oferta");
    }
}
