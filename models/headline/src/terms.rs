//! Text to n-grams, in training and in use.
//!
//! Two blocks: words (one and two in a row; a word is a run of at least two letters, digits or
//! underscores) and characters (2 to 5 in a row inside a white-space separated token padded with
//! one space on each side). The definitions are those of scikit-learn's `TfidfVectorizer` with
//! `ngram_range=(1, 2)` and with `analyzer="char_wb", ngram_range=(2, 5)`, so that published
//! baselines stay comparable. A term is kept as a 31-bit hash; the top bit names its block.

use std::collections::BTreeMap;

/// The bit of a key that marks a character n-gram.
pub const CHARACTERS: u32 = 1 << 31;

const LONGEST_CHARACTER_GRAM: usize = 5;

/// Counts the n-grams of a text; keys ascend.
///
/// Case is folded and typographic quotes become plain ones; nothing else is normalized. An empty
/// text has no terms.
pub fn terms(text: &str) -> Vec<(u32, u32)> {
    let text = fold(text);
    let mut counts = BTreeMap::new();
    count_words(&text, &mut counts);
    count_characters(&text, &mut counts);
    counts.into_iter().collect()
}

/// Whether a key stands for a character n-gram; otherwise it is a word n-gram.
pub fn is_characters(key: u32) -> bool {
    key & CHARACTERS != 0
}

fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|it| match it {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            it => it,
        })
        .collect()
}

fn count_words(text: &str, counts: &mut BTreeMap<u32, u32>) {
    let mut before: Option<&str> = None;
    for word in text.split(|it: char| !it.is_alphanumeric() && it != '_') {
        if word.chars().nth(1).is_none() {
            continue;
        }
        *counts.entry(key(0, &[word])).or_default() += 1;
        if let Some(before) = before {
            *counts.entry(key(0, &[before, " ", word])).or_default() += 1;
        }
        before = Some(word);
    }
}

fn count_characters(text: &str, counts: &mut BTreeMap<u32, u32>) {
    for token in text.split_whitespace() {
        let padded = format!(" {token} ");
        let mut starts: Vec<usize> = padded.char_indices().map(|(at, _)| at).collect();
        starts.push(padded.len());
        let length = starts.len() - 1;
        for size in 2..=LONGEST_CHARACTER_GRAM.min(length) {
            for at in 0..=length - size {
                let gram = &padded[starts[at]..starts[at + size]];
                *counts.entry(key(CHARACTERS, &[gram])).or_default() += 1;
            }
        }
    }
}

/// 64-bit FNV-1a folded to 31 bits, with the block's mark on top: stable across versions of the
/// compiler and the standard library, which promise no stable hash of their own.
fn key(block: u32, parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|it| it.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let folded = (hash >> 32) as u32 ^ hash as u32;
    (folded & !CHARACTERS) | block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_in(text: &str) -> u32 {
        terms(text).iter().filter(|(key, _)| !is_characters(*key)).map(|(_, count)| count).sum()
    }

    #[test]
    fn words_and_pairs_are_counted_as_in_the_reference() {
        // "a" and the apostrophe's "t" are too short to be words: don, cat, "don cat".
        assert_eq!(words_in("A don't cat"), 3);
        assert_eq!(words_in("one two three"), 5);
        assert_eq!(words_in(""), 0);
    }

    #[test]
    fn characters_stay_inside_a_padded_token() {
        // " ab ": 3 of two, 2 of three, 1 of four; a padded token of three has no four.
        let grams = |text| terms(text).iter().filter(|(key, _)| is_characters(*key)).count();
        assert_eq!(grams("ab"), 6);
        assert_eq!(grams("a"), 3);
        assert_eq!(grams("  \t "), 0);
    }

    #[test]
    fn case_and_typographic_quotes_do_not_matter() {
        assert_eq!(terms("You Won\u{2019}t"), terms("you won't"));
        assert_ne!(terms("año"), terms("ano"));
    }

    #[test]
    fn keys_are_stable_between_versions() {
        // Shipped weights are looked up by these numbers: this test may never change.
        assert_eq!(key(0, &[""]), (0xcbf2_9ce4 ^ 0x8422_2325) & !CHARACTERS);
        assert_eq!(key(0, &["a", " ", "b"]), key(0, &["a b"]));
        assert_eq!(key(CHARACTERS, &["ab"]) & !CHARACTERS, key(0, &["ab"]));
    }
}
