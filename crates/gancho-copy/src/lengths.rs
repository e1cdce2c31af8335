//! Lengths: graphemes, UTF-16 units, words, sentences.

use unicode_segmentation::UnicodeSegmentation;

/// User-perceived characters (extended grapheme clusters, UAX 29): a flag or a family emoji is one.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// UTF-16 code units, the way JavaScript interfaces of ad platforms count: 😀 is two, a ZWJ family eleven.
pub fn utf16_units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Words after UAX 29: `don't` and `29,95` are one, `tie-break` is two, emoji and signs are none.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// Sentences that hold at least one letter or digit.
///
/// A line break ends a sentence. So does a run of `. ! ? …` (with closing quotes or brackets), unless the text
/// goes on in lower case or with a comma (`¿Cansado?, descubre`), the point belongs to an abbreviation
/// (`Sr. López`), an initial or a number (`29.95`).
pub fn sentences(text: &str) -> Vec<&str> {
    text.lines().flat_map(sentences_of_line).filter(|s| s.chars().any(char::is_alphanumeric)).collect()
}

fn sentences_of_line(line: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut out = Vec::new();
    let (mut start, mut word_start, mut i) = (0, 0, 0);
    while i < chars.len() {
        let (at, c) = chars[i];
        if !is_terminator(c) {
            if !c.is_alphanumeric() {
                word_start = at + c.len_utf8();
            }
            i += 1;
            continue;
        }
        let run = i;
        while i < chars.len() && is_terminator(chars[i].1) {
            i += 1;
        }
        let plain_point = i - run == 1 && c == '.';
        while i < chars.len() && is_closer(chars[i].1) {
            i += 1;
        }
        let end = chars.get(i).map_or(line.len(), |(at, _)| *at);
        let word = &line[word_start.min(at)..at];
        if ends_sentence(&chars[i..], plain_point, word) {
            out.push(line[start..end].trim());
            start = end;
        }
        word_start = end;
    }
    out.push(line[start..].trim());
    out
}

/// `word` is what stands directly before the point.
fn ends_sentence(rest: &[(usize, char)], plain_point: bool, word: &str) -> bool {
    let spaced = rest.first().is_none_or(|(_, c)| c.is_whitespace());
    let Some((_, next)) = rest.iter().find(|(_, c)| !c.is_whitespace()) else { return true };
    if !spaced {
        return !plain_point && (next.is_uppercase() || matches!(next, '¿' | '¡'));
    }
    if next.is_lowercase() || matches!(next, ',' | ';' | ':') {
        return false;
    }
    !(plain_point && is_abbreviation(word))
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '！' | '？' | '。' | '؟')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

/// Titles and units before a name or number; a single letter is an initial.
fn is_abbreviation(word: &str) -> bool {
    const KNOWN: &[&str] = &[
        "sr", "sra", "srta", "dr", "dra", "ud", "uds", "vd", "av", "avda", "núm", "art", "pág", "ee",
        "aprox", "mr", "mrs", "ms", "st", "vs", "prof", "jr", "inc", "ltd", "dept", "approx",
    ];
    let mut chars = word.chars();
    let single_letter = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    // Nothing known is longer than six characters; the bound keeps a long word from being copied.
    single_letter || (word.len() <= 8 && KNOWN.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_families_flags_and_marks_are_one_grapheme() {
        assert_eq!(graphemes("👨\u{200d}👩\u{200d}👧\u{200d}👦"), 1);
        assert_eq!(utf16_units("👨\u{200d}👩\u{200d}👧\u{200d}👦"), 11);
        assert_eq!(graphemes("🇪🇸🇲🇽"), 2);
        assert_eq!(utf16_units("🇪🇸🇲🇽"), 8);
        assert_eq!(graphemes("n\u{303}o\u{301}"), 2);
        assert_eq!(graphemes("👍🏽❤\u{fe0f}1\u{fe0f}\u{20e3}"), 3);
    }

    #[test]
    fn words_of_both_languages() {
        let found: Vec<&str> = words("¡Don't wait! Desde 29,95 € 🔥 tie-break").collect();
        assert_eq!(found, ["Don't", "wait", "Desde", "29,95", "tie", "break"]);
    }

    #[test]
    fn sentences_of_both_languages() {
        assert_eq!(sentences("¿Listo? ¡Compra ya! Hoy."), ["¿Listo?", "¡Compra ya!", "Hoy."]);
        assert_eq!(sentences("Sr. López paga 29.95. Bien"), ["Sr. López paga 29.95.", "Bien"]);
        assert_eq!(sentences("Oferta\nSolo hoy"), ["Oferta", "Solo hoy"]);
        assert_eq!(sentences("¿Cansado?, descubre esto…").len(), 1);
        assert_eq!(sentences("Wait... what? \"Yes.\" No").len(), 3);
        assert_eq!(sentences("¡Ya!¿Qué?").len(), 2);
        assert!(sentences("🔥 !!! …").is_empty());
    }
}
