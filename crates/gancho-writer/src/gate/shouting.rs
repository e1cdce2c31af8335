//! Shouting: words in capitals that the brief does not write so, many exclamation marks, repeated punctuation.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};

/// Exclamation marks in one field above which it shouts.
const MAX_EXCLAMATIONS: usize = 2;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let mut run = 0;
    for (at, token) in line.tokens.iter().enumerate() {
        let own = context.surfaces.contains(token.text) || line.is_own(token.start, token.end);
        let letters = token.text.chars().filter(|c| c.is_alphabetic()).count();
        let loud = token.is_all_caps() && !token.has_digit() && !own;
        run = if loud { run + 1 } else { 0 };
        if loud && (letters >= 4 || run >= 2) {
            out.push(line.word(ViolationKind::Shouting, at, None));
            break;
        }
    }
    if line.text.matches('!').count() > MAX_EXCLAMATIONS {
        let at = line.text.rfind('!').unwrap_or(0);
        if !line.is_own(at, at + 1) {
            out.push(line.violation(ViolationKind::Shouting, at, at + 1, None));
        }
    }
    for (start, end) in repeated(line.text) {
        if !line.is_own(start, end) {
            out.push(line.violation(ViolationKind::RepeatedPunctuation, start, end, None));
        }
    }
}

/// Runs of the same mark, and mixed runs of ! and ? longer than two. Three points are an ellipsis.
pub(super) fn repeated(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !matches!(first, '!' | '?' | '.' | ',' | ';' | ':' | '¡' | '¿' | '…' | '*' | '~') {
            continue;
        }
        let group = |c: char| {
            c == first
                || matches!(
                    (first, c),
                    ('!' | '?', '!' | '?') | ('¡' | '¿', '¡' | '¿') | ('.' | '…', '.' | '…')
                )
        };
        let (mut end, mut count, mut same) = (start + first.len_utf8(), 1, true);
        while let Some(&(at, c)) = chars.peek().filter(|(_, c)| group(*c)) {
            (end, count) = (at + c.len_utf8(), count + 1);
            same &= c == first;
            chars.next();
        }
        let fine = match first {
            '.' => count == 1 || count == 3 && same,
            '!' | '?' | '¡' | '¿' => count == 1 || count == 2 && !same,
            _ => count == 1,
        };
        if !fine {
            out.push((start, end));
        }
    }
    out
}
