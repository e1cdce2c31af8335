//! Typography of numbers and spaces: `15 %` and `39,90 €` in Spanish, `15%` in English, single spaces, none before
//! punctuation.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use gancho_copy::Language;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    for (start, end, sign) in faulty_signs(line.text, context) {
        let kind = if sign == '%' { ViolationKind::TypographyPercent } else { ViolationKind::Spacing };
        if !line.is_own(start, end) {
            out.push(line.violation(kind, start, end, None));
        }
    }
    let text = line.text;
    let ends = text.len() - text.trim_start().len() + text.len() - text.trim_end().len();
    if ends > 0 {
        out.push(line.violation(ViolationKind::Spacing, 0, text.len(), None));
        return;
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let doubled = is_space(c) && before.is_some_and(is_space);
        let hanging = matches!(c, ',' | ';' | '!' | '?' | '.' | ':')
            && before.is_some_and(is_space)
            && !text[at + 1..]
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '(' | '-' | '.'));
        if (doubled || hanging) && !line.is_own(at, at + c.len_utf8()) {
            out.push(line.violation(ViolationKind::Spacing, at, at + c.len_utf8(), None));
            return;
        }
        before = Some(c);
    }
}

/// A space inside a line.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// Percent and euro signs with the wrong space before them: from the digit to behind the sign.
pub(super) fn faulty_signs(text: &str, context: &Context) -> Vec<(usize, usize, char)> {
    let spanish = context.language() == Language::Es;
    let mut out = Vec::new();
    let mut digits: Option<usize> = None;
    let mut spaces = 0;
    for (at, c) in text.char_indices() {
        if c.is_numeric() || digits.is_some() && spaces == 0 && matches!(c, '.' | ',') {
            if digits.is_none() || spaces > 0 {
                digits = Some(at);
            }
            spaces = 0;
        } else if digits.is_some() && is_space(c) {
            spaces += 1;
        } else {
            let start = digits.take();
            let sign = c == '%' || c == '€' && spanish;
            if let Some(start) = start.filter(|_| sign) {
                let end = at + c.len_utf8();
                let wrong = if spanish { spaces != 1 } else { spaces > 0 };
                // The brief's own way of writing it stands.
                let held = context
                    .sources
                    .iter()
                    .chain(&context.brief.numbers)
                    .any(|it| it.contains(&text[start..end]));
                if wrong && !held {
                    out.push((start, end, c));
                }
            }
            spaces = 0;
        }
    }
    out
}
