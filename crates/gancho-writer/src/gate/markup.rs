//! What no reader should see: control and direction characters, tags, placeholders, signs of lists.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use crate::variant::Field;
use crate::words::is_invisible;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let held = |it: &str| context.sources.iter().any(|text| text.contains(it));
    for (at, c) in line.text.char_indices() {
        let end = at + c.len_utf8();
        if is_hidden(c, line, at) && !line.is_own(at, end) && !held(&line.text[at..end]) {
            out.push(line.violation(ViolationKind::ControlCharacter, at, end, None));
            break;
        }
    }
    for (start, end) in pieces(line.text) {
        if !line.is_own(start, end) && !held(&line.text[start..end]) {
            out.push(line.violation(ViolationKind::Markup, start, end, None));
            break;
        }
    }
}

/// Control characters, line breaks in titles, direction marks, invisible characters outside emoji.
fn is_hidden(c: char, line: &Line<'_>, at: usize) -> bool {
    let many_lines = matches!(
        line.field,
        Field::PrimaryText | Field::IntroText | Field::Body | Field::Text | Field::AdText
    );
    match c {
        '\n' => !many_lines,
        '\u{200d}' => !line.text[..at].ends_with(|c: char| !c.is_ascii()),
        _ => c.is_control() || is_invisible(c),
    }
}

/// Tags, braces, placeholders, marks of emphasis, bullets.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let length = match c {
            '<' => tag(rest),
            '{' | '}' => Some(1),
            '[' => rest
                .find(']')
                .filter(|end| *end < 40 && rest[1..*end].contains(char::is_alphabetic))
                .map(|end| end + 1),
            '%' => rest[1..].starts_with(['s', 'd']).then_some(2).filter(|_| {
                !rest[2..].starts_with(char::is_alphanumeric)
                    && !text[..at].ends_with(|c: char| c.is_numeric())
            }),
            '*' if rest.starts_with("**") => Some(2),
            '_' if rest.starts_with("__") => Some(2),
            '`' => Some(1),
            '\\' => rest[1..].starts_with(['n', 't', 'r', '"', 'u']).then_some(2),
            '#' if (at == 0 || text[..at].ends_with('\n'))
                && rest.trim_start_matches('#').starts_with(' ') =>
            {
                Some(1)
            }
            '-' | '*' | '•' | '·'
                if (at == 0 || text[..at].ends_with('\n')) && rest[c.len_utf8()..].starts_with(' ') =>
            {
                Some(c.len_utf8())
            }
            _ => None,
        };
        out.extend(length.map(|length| (at, at + length)));
        if out.len() > 32 {
            break;
        }
    }
    out
}

/// `<b>`, `</p>`, `<br/>`, `<|end|>`: its length.
fn tag(rest: &str) -> Option<usize> {
    let end = rest.char_indices().take(80).find(|(_, c)| *c == '>').map(|(at, _)| at)?;
    rest[1..]
        .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '|' | '!'))
        .then_some(end + 1)
}
