//! Marks in pairs: ¿ ? and ¡ ! in Spanish, quotes and brackets in both languages.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use gancho_copy::Language;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let mut pairs = vec![('«', '»'), ('“', '”'), ('(', ')'), ('[', ']')];
    if context.language() == Language::Es {
        pairs.extend([('¿', '?'), ('¡', '!')]);
    }
    for (open, close) in pairs {
        if let Some(at) = unmatched(line.text, open, close) {
            let c = line.text[at..].chars().next().map_or(1, char::len_utf8);
            if !line.is_own(at, at + c) {
                out.push(line.violation(ViolationKind::UnmatchedMark, at, at + c, None));
            }
        }
    }
    // A straight quote behind a digit is the sign of inches.
    let straight: Vec<usize> = line.text.match_indices('"').map(|(at, _)| at).collect();
    let quotes: Vec<&usize> = straight
        .iter()
        .filter(|at| !line.text[..**at].ends_with(|c: char| c.is_numeric()) && !line.is_own(**at, **at + 1))
        .collect();
    if quotes.len() % 2 == 1 {
        let at = *quotes[quotes.len() - 1];
        out.push(line.violation(ViolationKind::UnmatchedMark, at, at + 1, None));
    }
}

/// The first mark without its other half. A run of closing marks counts as one; `:)` is a smile.
pub(super) fn unmatched(text: &str, open: char, close: char) -> Option<usize> {
    let mut waiting: Option<usize> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == open {
            if waiting.is_some() && before != open {
                return waiting;
            }
            waiting = waiting.or(Some(at));
        } else if c == close && before != close && !(c == ')' && matches!(before, ':' | ';' | '-')) {
            // ¿¡…!? closes in either order, and so does ¡…?
            if waiting.take().is_none() {
                return Some(at);
            }
        }
        before = c;
    }
    waiting
}
