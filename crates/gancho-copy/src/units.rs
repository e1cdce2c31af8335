//! The pieces that a person would take out of a text one at a time: words, numbers, emoji, sentences.
//!
//! Ranges are bytes of the text as it was given, not of its normal form: an explanation points into what the
//! person wrote.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::emoji::is_emoji;
use crate::entities::is_address;
use crate::lengths::sentences;
use crate::numbers::{amount_after, end_of_number, is_currency_sign};

/// What sort of piece it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitKind {
    /// A word, an address, a hashtag or a mention.
    Word,
    /// A number with its sign or word of currency, or its percent sign: `7,92 €`, `$1,299.00`, `24/48`.
    Number,
    /// One emoji as it is shown: a family or a flag is one.
    Emoji,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// Words, numbers and emoji in their order; signs of punctuation belong to none.
///
/// ```
/// let text = "Tu bolsa a 7,92 € 🔥";
/// let found: Vec<&str> = gancho_copy::units(text).into_iter().map(|it| &text[it.range]).collect();
/// assert_eq!(found, ["Tu", "bolsa", "a", "7,92 €", "🔥"]);
/// ```
pub fn units(text: &str) -> Vec<Unit> {
    let chars: Vec<char> = text.chars().collect();
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut addresses = addresses(text).into_iter().peekable();
    let mut found: Vec<Unit> = Vec::new();
    // The character that the next token has in front of it, and up to where the text is spoken for.
    let (mut at, mut taken) = (0, 0);
    for (start, token) in text.split_word_bound_indices() {
        let (from, to) = (at, at + token.chars().count());
        at = to;
        if from < taken {
            continue;
        }
        while addresses.next_if(|it| it.end <= start).is_some() {}
        // A word may hold more than the address in front: the Hebrew geresh is a letter to one and a sign to the other.
        if let Some(address) = addresses.next_if(|it| it.start < start + token.len()) {
            let begin = address.start.max(offsets[taken]);
            taken = offsets.partition_point(|it| *it < address.end);
            found.push(Unit { kind: UnitKind::Word, range: begin..address.end });
            continue;
        }
        if token.graphemes(true).next().is_some_and(is_emoji) {
            taken = to;
            found.push(Unit { kind: UnitKind::Emoji, range: start..start + token.len() });
            continue;
        }
        if !token.chars().any(char::is_alphanumeric) {
            continue;
        }
        let (kind, first, last) = if chars[from].is_ascii_digit() {
            let last = amount_after(&chars, end_of_number(&chars, from).max(to));
            (UnitKind::Number, before_number(&chars, from, taken), last)
        } else {
            let tag = from > taken && matches!(chars[from - 1], '#' | '@');
            (UnitKind::Word, from - usize::from(tag), to)
        };
        taken = last;
        found.push(Unit { kind, range: offsets[first]..offsets[last] });
    }
    found
}

/// The ranges of [`sentences`].
pub fn sentence_ranges(text: &str) -> Vec<Range<usize>> {
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    sentences(text).into_iter().map(|it| start_of(it)..start_of(it) + it.len()).collect()
}

/// Web and mail addresses without the punctuation around them.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let start_of = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace()
        .map(|it| it.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'))
        .filter(|it| is_address(it))
        .map(|it| start_of(it)..start_of(it) + it.len())
        .collect()
}

/// Where an amount begins whose digits begin at `start`: at a sign of currency before them.
fn before_number(chars: &[char], start: usize, taken: usize) -> usize {
    let spaced = start > taken && chars[start - 1] == ' ';
    let sign = start - usize::from(spaced);
    if sign > taken && is_currency_sign(chars[sign - 1]) { sign - 1 } else { start }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(UnitKind, &str)> {
        units(text).into_iter().map(|it| (it.kind, &text[it.range])).collect()
    }

    #[test]
    fn numbers_keep_their_signs_and_words_their_marks() {
        use UnitKind::{Emoji, Number, Word};
        let number = |it| (Number, it);
        assert_eq!(of("$1,299.00")[..], [number("$1,299.00")]);
        assert_eq!(of("$ 98.000, 20 % y 24/48 h")[..3], [number("$ 98.000"), number("20 %"), (Word, "y")]);
        assert_eq!(of("at 6:35")[1], number("6:35"));
        assert_eq!(of("20 euros menos"), [number("20 euros"), (Word, "menos")]);
        assert_eq!(of("3x2"), [number("3x2")]);
        assert_eq!(of("5 € 20"), [number("5 €"), number("20")]);
        assert_eq!(of("BRASAL20"), [(Word, "BRASAL20")]);
        assert_eq!(of("#Oferta @marca"), [(Word, "#Oferta"), (Word, "@marca")]);
        assert_eq!(
            of("Mira https://a.es/x?y=1. Ya"),
            [(Word, "Mira"), (Word, "https://a.es/x?y=1"), (Word, "Ya")]
        );
        assert_eq!(of("don’t! 👩\u{200d}👧🔥"), [(Word, "don’t"), (Emoji, "👩\u{200d}👧"), (Emoji, "🔥")]);
        assert!(of(" ¡…! — ").is_empty());
        assert_eq!(of("\u{5f3}www.a.es!www.a.es").len(), 1);
    }

    #[test]
    fn sentences_have_places() {
        let text = " ¿Listo? ¡Ya!\nHoy.";
        let found: Vec<&str> = sentence_ranges(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, ["¿Listo?", "¡Ya!", "Hoy."]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ranges_are_whole_ordered_and_apart(text in "(\\PC|[0-9$€%., \n#@/:]|www\\.a\\.es| euros){0,40}") {
            let mut end = 0;
            for it in units(&text) {
                prop_assert!(it.range.start >= end && it.range.end > it.range.start);
                prop_assert!(text.get(it.range.clone()).is_some());
                end = it.range.end;
            }
            let mut end = 0;
            for it in sentence_ranges(&text) {
                prop_assert!(it.start >= end && text.get(it.clone()).is_some());
                end = it.end;
            }
        }
    }
}
