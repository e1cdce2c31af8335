//! Required mentions: each stands in at least one field of an ad.
//!
//! A mention may begin with a capital or a small letter; codes, numbers and words in capitals stand exactly so.

use super::{Violation, ViolationKind};
use crate::variant::Field;
use crate::words::tokens;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Whether a text holds a mention.
pub(crate) fn mentions(text: &str, mention: &str) -> bool {
    let text: Vec<char> = normal(text).collect();
    let wanted: Vec<char> = normal(mention.trim()).collect();
    if wanted.is_empty() || wanted.len() > text.len() {
        return wanted.is_empty();
    }
    let exact = exact_places(mention.trim());
    let haystack: String = text.iter().map(|c| lower(*c)).collect();
    let needle: String = wanted.iter().map(|c| lower(*c)).collect();
    let (mut seen, mut position) = (0, 0);
    haystack.match_indices(&needle).any(|(at, _)| {
        position += haystack[seen..at].chars().count();
        seen = at;
        let end = position + wanted.len();
        let joins = |a: Option<&char>, b: Option<&char>| {
            a.is_some_and(|c| c.is_alphanumeric()) && b.is_some_and(|c| c.is_alphanumeric())
        };
        let before = position.checked_sub(1).and_then(|i| text.get(i));
        !joins(before, text.get(position))
            && !joins(text.get(end - 1), text.get(end))
            && exact.iter().all(|i| text.get(position + i) == wanted.get(*i))
    })
}

/// Characters of a mention that may not change their case: those of words with two capitals or with a digit.
fn exact_places(mention: &str) -> Vec<usize> {
    let composed: String = normal(mention).collect();
    let mut out = Vec::new();
    for token in tokens(&composed) {
        let capitals = token.text.chars().filter(|c| c.is_uppercase()).count();
        if capitals > 1 || capitals > 0 && token.has_digit() {
            let first = composed[..token.start].chars().count();
            out.extend(first..first + token.text.chars().count());
        }
    }
    out
}

/// NFC; every space a plain one; straight apostrophes.
fn normal(text: &str) -> impl Iterator<Item = char> {
    text.nfc().map(|c| match c {
        c if c.is_whitespace() => ' ',
        '’' => '\'',
        c => c,
    })
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

pub(super) fn check(fields: &BTreeMap<Field, String>, required: &[String], out: &mut Vec<Violation>) {
    for mention in required {
        if !fields.values().any(|text| mentions(text, mention)) {
            let wanted = Some(mention.chars().take(80).collect());
            let kind = ViolationKind::MissingRequired;
            out.push(Violation { kind, field: None, start: 0, end: 0, found: String::new(), wanted });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_may_change_their_first_letters_but_not_codes() {
        assert!(mentions("20V Drill Kit, 5-Year Warranty", "5-year warranty"));
        assert!(mentions("Virgen extra prensado", "virgen extra"));
        assert!(mentions("CAT promedio 78.4\u{a0}% sin IVA.", "CAT promedio 78.4 % sin IVA"));
        assert!(!mentions("Cat promedio 78.4 % sin iva", "CAT promedio 78.4 % sin IVA"));
        assert!(!mentions("Cupón patitas15", "PATITAS15"));
        assert!(!mentions("PATITAS150", "PATITAS15"));
        assert!(!mentions("Declared fresh", "Clare"));
        assert!(mentions("no, sí, 2x1", "2x1"));
    }
}
