//! Repairs that touch no word: spaces, punctuation, the opening mark of a question, the space before a sign.

use super::context::Context;
use super::echo::label;
use super::shouting::repeated;
use super::typography::{faulty_signs, is_space};
use super::{Repair, Repaired};
use crate::variant::Field;
use gancho_copy::Language;

type Step = fn(Field, &str, &Context) -> String;

/// Longest text that is mended, in bytes.
const MAX_BYTES: usize = 16_384;

pub(super) fn repair(field: Field, text: &str, context: &Context) -> Repaired {
    let unchanged = Repaired { text: text.to_owned(), repairs: Vec::new() };
    if text.len() > MAX_BYTES {
        return unchanged;
    }
    let mut mended = unchanged.clone();
    let steps: [(Repair, Step); 7] = [
        (Repair::ControlCharacters, without_controls),
        (Repair::Wrapping, unwrapped),
        (Repair::Spaces, with_single_spaces),
        (Repair::Punctuation, with_single_marks),
        (Repair::OpeningMark, with_opening_marks),
        (Repair::SignSpace, with_signs_apart),
        (Repair::FinalStop, without_final_stop),
    ];
    for (name, step) in steps {
        let next = step(field, &mended.text, context);
        if next != mended.text && keeps_the_brief(&mended.text, &next, context) {
            mended.text = next;
            mended.repairs.push(name);
        }
    }
    mended
}

/// A repair may not touch what the brief says word by word.
fn keeps_the_brief(before: &str, after: &str, context: &Context) -> bool {
    let texts = context.sources.iter().chain(&context.brief.numbers);
    texts
        .filter(|it| !it.is_empty())
        .all(|it| before.matches(it.as_str()).count() <= after.matches(it.as_str()).count())
}

fn without_controls(field: Field, text: &str, _: &Context) -> String {
    let title = field.is_title();
    let unseen = |c: char| matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}');
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let kept = |c: &char| !unseen(*c) && !control(*c);
    text.chars().filter(kept).map(|c| if c == '\t' || title && c == '\n' { ' ' } else { c }).collect()
}

/// Without quotes round the whole line, a label before it, or marks of emphasis round it.
fn unwrapped(_: Field, whole: &str, _: &Context) -> String {
    let mut text = whole.trim();
    if let Some(end) = label(text) {
        text = text[end..].trim();
    }
    for (open, close) in [("\"", "\""), ("“", "”"), ("«", "»"), ("**", "**"), ("*", "*"), ("'", "'")] {
        let inner = text.strip_prefix(open).and_then(|it| it.strip_suffix(close));
        if let Some(inner) = inner.filter(|it| !it.contains(open) && !it.contains(close) && !it.is_empty()) {
            text = inner.trim();
        }
    }
    // Blanks at the ends are a repair of their own.
    if text == whole.trim() { whole.to_owned() } else { text.to_owned() }
}

fn with_single_spaces(_: Field, text: &str, _: &Context) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        if !is_space(c) {
            out.push(c);
            continue;
        }
        let mut space = if c == '\u{a0}' || c == '\u{202f}' { c } else { ' ' };
        while let Some(next) = chars.next_if(|c| is_space(*c)) {
            if next == '\u{a0}' || next == '\u{202f}' {
                space = next;
            }
        }
        let hanging = chars.peek().is_some_and(|c| matches!(c, ',' | ';' | '!' | '?' | '.' | ':' | '\n'));
        let smile = out.is_empty()
            || chars
                .clone()
                .nth(1)
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '(' | '-' | '.'));
        if !hanging || smile {
            out.push(space);
        }
    }
    out
}

fn with_single_marks(_: Field, text: &str, _: &Context) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = 0;
    for (start, end) in repeated(text) {
        let run = &text[start..end];
        out.push_str(&text[last..start]);
        let first = run.chars().next().unwrap_or(' ');
        match first {
            '.' | '…' if run.chars().count() > 2 || run.contains('…') => out.push('…'),
            '!' | '?' if run.contains('!') && run.contains('?') => out.push('?'),
            '*' | '~' => out.push_str(run),
            _ => out.push(first),
        }
        last = end;
    }
    out.push_str(&text[last..]);
    out
}

/// ¿ or ¡ at the beginning of the sentence that closes without them.
fn with_opening_marks(_: Field, text: &str, context: &Context) -> String {
    // A name such as `Yahoo!` closes nothing.
    let own = |it: &&String| it.contains(['!', '?']) && text.contains(it.as_str());
    if context.language() != Language::Es || context.sources.iter().any(|it| own(&it)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut sentence = String::new();
    for c in text.chars() {
        sentence.push(c);
        if !matches!(c, '.' | '!' | '?' | '…' | '\n') {
            continue;
        }
        let open = match c {
            '?' => Some('¿'),
            '!' => Some('¡'),
            _ => None,
        };
        // A point between digits ends nothing, but then nothing is inserted either.
        if let Some(open) =
            open.filter(|_| !sentence.contains(['¿', '¡']) && sentence.chars().any(char::is_alphabetic))
        {
            let body = sentence.trim_start();
            let lead = &sentence[..sentence.len() - body.len()];
            out.push_str(lead);
            out.push(open);
            out.push_str(body);
        } else {
            out.push_str(&sentence);
        }
        sentence.clear();
    }
    out.push_str(&sentence);
    out
}

fn with_signs_apart(_: Field, text: &str, context: &Context) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut last = 0;
    for (start, end, sign) in faulty_signs(text, context) {
        let number = text[start..end - sign.len_utf8()].trim_end_matches(is_space);
        out.push_str(&text[last..start]);
        out.push_str(number);
        if context.language() == Language::Es {
            out.push('\u{a0}');
        }
        out.push(sign);
        last = end;
    }
    out.push_str(&text[last..]);
    out
}

/// A headline of one sentence ends without a stop.
fn without_final_stop(field: Field, text: &str, _: &Context) -> String {
    let body = text.strip_suffix('.').unwrap_or(text);
    let one = body.len() < text.len() && !body.contains(['.', '!', '?', '…', '\n']);
    let word = body.rsplit(char::is_whitespace).next().unwrap_or_default();
    if field.is_title() && one && word.chars().count() > 3 { body.to_owned() } else { text.to_owned() }
}
