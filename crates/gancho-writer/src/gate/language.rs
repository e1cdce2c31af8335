//! Language: the brief's, all through. Borrowed words pass; a sentence of the other language does not.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use gancho_copy::{Language, detect_language};

const ENGLISH: &[&str] =
    &["the", "and", "your", "you", "with", "for", "our", "is", "are", "of", "from", "this", "now", "get"];
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "de", "del", "con", "para", "por", "tu", "su", "una", "que", "en", "y", "sin",
];

/// Words of a line, outside the brief's own texts, from which its language is asked.
const MIN_WORDS: usize = 4;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let new: Vec<usize> = (0..line.tokens.len())
        .filter(|at| {
            let token = &line.tokens[*at];
            !line.is_own(token.start, token.end)
                && !context.words.contains(&token.folded)
                && !token.has_digit()
        })
        .collect();
    let other = if context.language() == Language::Es { ENGLISH } else { SPANISH };
    let foreign: Vec<&usize> = new.iter().filter(|at| other.contains(&line.at(**at))).collect();
    let report = |at: usize| line.word(ViolationKind::WrongLanguage, at, Some(context.language().code()));
    if foreign.len() >= 2 {
        out.push(report(*foreign[0]));
        return;
    }
    if new.len() < MIN_WORDS {
        return;
    }
    let detected = detect_language(line.text);
    if detected.language != context.language()
        && detected.confidence >= 0.95
        && new.len() * 2 > line.tokens.len()
    {
        out.push(report(new[0]));
    }
}
