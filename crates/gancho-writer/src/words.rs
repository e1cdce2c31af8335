//! Words as the rules see them: tokens with their place in the text, folded forms, and names that are near.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word or number of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// As written.
    pub(crate) text: &'a str,
    /// Lower case, without accents (ñ stays), without invisible characters.
    pub(crate) folded: String,
    /// Byte where it begins.
    pub(crate) start: usize,
    /// Byte behind its end.
    pub(crate) end: usize,
    /// What stands between the word before (or the beginning) and this one.
    pub(crate) gap: &'a str,
}

impl Token<'_> {
    /// Whether it begins a sentence: nothing before it, or the end of a sentence, a colon or an opening mark.
    pub(crate) fn opens_sentence(&self) -> bool {
        self.start == self.gap.len() && self.gap_is_first() || self.gap.contains(is_sentence_break)
    }

    fn gap_is_first(&self) -> bool {
        self.start == self.gap.len()
    }

    /// Whether its first letter is a capital.
    pub(crate) fn is_capitalized(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it has two letters or more and no small one.
    pub(crate) fn is_all_caps(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some()
            && letters.clone().count() > 1
            && letters.all(|c| c.is_uppercase() || !c.is_lowercase())
    }

    /// Whether it holds a digit.
    pub(crate) fn has_digit(&self) -> bool {
        self.text.contains(char::is_numeric)
    }
}

pub(crate) fn is_sentence_break(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | ':' | ';' | '¿' | '¡' | '\n' | '\r' | '«' | '“' | '"' | '—' | '•' | '|'
    )
}

/// Characters that a reader does not see.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Lower case without accents and invisible characters; ñ stays a letter of its own.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        if c == '\u{303}' && matches!(out.chars().next_back(), Some('n')) {
            out.pop();
            out.push('ñ');
        } else if !is_combining_mark(c) && !is_invisible(c) {
            let c = if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c };
            out.extend(c.to_lowercase());
        }
    }
    out
}

fn belongs(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

/// The words of a text: runs of letters, digits and their marks; an apostrophe between letters belongs to a word.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut before = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !belongs(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let apostrophe = matches!(c, '\'' | '’')
                && text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphabetic);
            if !belongs(c) && !apostrophe {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let word = &text[start..end];
        out.push(Token { text: word, folded: fold(word), start, end, gap: &text[before..start] });
        before = end;
    }
    out
}

/// The name nearest to `found`, by edits; the first of equals. Empty without names.
pub(crate) fn nearest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> &'a str {
    let found: Vec<char> = found.to_lowercase().chars().take(80).collect();
    known.min_by_key(|name| edits(&found, &name.chars().collect::<Vec<_>>())).unwrap_or("")
}

/// Levenshtein's distance.
pub(crate) fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let swap = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = swap.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_place_and_their_gap() {
        let text = "¡Prueba la Ñora! Don’t, 39,90 €";
        let found: Vec<(&str, &str, bool)> =
            tokens(text).iter().map(|it| (it.text, it.gap, it.opens_sentence())).collect();
        assert_eq!(found[0], ("Prueba", "¡", true));
        assert_eq!(found[2], ("Ñora", " ", false));
        assert_eq!(found[3], ("Don’t", "! ", true));
        assert_eq!(found[4], ("39", ", ", false));
        for token in tokens(text) {
            assert_eq!(&text[token.start..token.end], token.text);
        }
    }

    #[test]
    fn folding_drops_accents_but_not_the_letter_n_with_tilde() {
        assert_eq!(fold("ÁRBOL Año Z\u{338}a\u{335} gra\u{200b}tis"), "arbol año za gratis");
        assert_eq!(fold("pin\u{303}a"), "piña");
    }

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("benefit", ["brand", "benefits", "price"].into_iter()), "benefits");
        assert_eq!(edits(&['a', 'b'], &['b']), 1);
    }
}
