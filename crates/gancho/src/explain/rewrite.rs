//! Taking pieces out of a text, and putting others in, so that what is left can still be read.

use std::ops::Range;

use gancho_copy::emoji;
use gancho_library::Copy;

/// The fields that explanations look at, in the order in which a reader meets them.
pub(crate) const FIELDS: [&str; 2] = ["headline", "primary_text"];

/// The text of one of [`FIELDS`].
pub(crate) fn field<'a>(copy: &'a Copy, name: &str) -> Option<&'a str> {
    match name {
        "headline" => copy.headline.as_deref(),
        _ => copy.primary_text.as_deref(),
    }
}

/// The copy with another text in one of [`FIELDS`]; one without a letter, a digit or an emoji leaves it out.
pub(crate) fn with_field(copy: &Copy, name: &str, text: &str) -> Copy {
    let says = text.chars().any(char::is_alphanumeric) || emoji(text) > 0;
    let text = Some(text.trim().to_owned()).filter(|_| says);
    match name {
        "headline" => Copy { headline: text, ..copy.clone() },
        _ => Copy { primary_text: text, ..copy.clone() },
    }
}

/// The text without a piece of it: spaces, signs and the capital of the sentence are closed up behind it.
pub(crate) fn without(text: &str, piece: &Range<usize>) -> String {
    let (mut before, mut after) = (text[..piece.start].to_owned(), text[piece.end..].to_owned());
    let opened = opens_sentence(&before)
        && text[piece.clone()].chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase);
    close_marks(&mut before, &mut after);
    let at_start = before.trim_end().is_empty() || before.ends_with('\n');
    let drop = |it: char| it.is_whitespace() || matches!(it, ',' | ';' | ':' | '.' | '–' | '—');
    let after = match at_start || ends_sentence(before.trim_end()) {
        // Nothing is left that these could end.
        true => trim_start_within_line(&after, drop),
        false => after,
    };
    let continued = after.starts_with([',', ';', ':', '.', '!', '?', '…', ')', '»', '”']);
    let mut joined = if after.is_empty() || continued || after.starts_with(char::is_whitespace) {
        let kept = before.trim_end_matches([' ', '\t', '\u{a0}']);
        // A comma before a sign that ends more than a comma does.
        let kept = if continued { kept.trim_end_matches([',', ';', ':']) } else { kept };
        kept.to_owned()
    } else {
        before
    };
    joined.push_str(&if opened { capitalized(&after) } else { after });
    joined.trim().to_owned()
}

/// The text with a piece replaced; the new one begins with a capital where the old one did.
pub(crate) fn replaced(text: &str, piece: &Range<usize>, new: &str) -> String {
    if new.is_empty() {
        return without(text, piece);
    }
    let old = &text[piece.clone()];
    let letters: Vec<char> = old.chars().filter(|it| it.is_alphabetic()).collect();
    let shouted = letters.len() > 1 && letters.iter().all(|it| it.is_uppercase());
    let new = match letters.first() {
        Some(_) if shouted => new.to_uppercase(),
        Some(first) if first.is_uppercase() => capitalized(new),
        _ => new.to_owned(),
    };
    format!("{}{new}{}", &text[..piece.start], &text[piece.end..])
}

/// The text with its first letter as a capital, where it begins with a letter after signs and spaces.
pub(crate) fn capitalized(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, it)| it.is_alphanumeric()) else {
        return text.to_owned();
    };
    format!("{}{}{}", &text[..at], first.to_uppercase(), &text[at + first.len_utf8()..])
}

/// Removes pairs of marks that hold nothing any more: `¿?`, `()`, `«»`.
fn close_marks(before: &mut String, after: &mut String) {
    loop {
        let (Some(open), Some(close)) =
            (before.trim_end().chars().next_back(), after.trim_start().chars().next())
        else {
            return;
        };
        let pair = matches!(
            (open, close),
            ('¿', '?')
                | ('¡', '!')
                | ('(', ')')
                | ('[', ']')
                | ('«', '»')
                | ('“', '”')
                | ('‘', '’')
                | ('"', '"')
        );
        if !pair {
            return;
        }
        before.truncate(before.trim_end().len() - open.len_utf8());
        *after = after.trim_start()[close.len_utf8()..].to_owned();
    }
}

/// Whether what follows would begin a sentence.
fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t', '\u{a0}', '¿', '¡', '«', '“', '"', '(']);
    before.is_empty() || before.ends_with('\n') || ends_sentence(before)
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…'])
}

/// Without leading characters, but never past the end of the line.
fn trim_start_within_line(text: &str, drop: impl Fn(char) -> bool) -> String {
    let rest = text.trim_start_matches(|it| it != '\n' && drop(it));
    // One space is kept to part it from a sentence before.
    if rest.len() < text.len() && !rest.is_empty() && !rest.starts_with('\n') {
        format!(" {rest}")
    } else {
        rest.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use gancho_copy::units;
    use proptest::prelude::*;

    fn less(text: &str, piece: &str) -> String {
        let start = text.find(piece).unwrap();
        without(text, &(start..start + piece.len()))
    }

    #[test]
    fn what_is_left_reads_on() {
        assert_eq!(less("El lunes huele mejor", "lunes"), "El huele mejor");
        assert_eq!(less("El lunes huele mejor", "El"), "Lunes huele mejor");
        assert_eq!(less("Easy days, faster.", "faster"), "Easy days.");
        assert_eq!(less("Easy days, faster.", "days"), "Easy, faster.");
        assert_eq!(less("Una. Dos. Tres.", "Dos."), "Una. Tres.");
        assert_eq!(less("Una. Dos. Tres.", "Una."), "Dos. Tres.");
        assert_eq!(less("¡Ya! Hoy no", "Ya"), "Hoy no");
        assert_eq!(less("Ven (hoy) a casa", "hoy"), "Ven a casa");
        assert_eq!(less("Uno\nDos\nTres", "Dos"), "Uno\n\nTres");
        assert_eq!(less("Y pausa o cancela. El café llega", "El"), "Y pausa o cancela. Café llega");
        assert_eq!(less("solo", "solo"), "");
    }

    #[test]
    fn a_new_piece_is_written_like_the_old() {
        let change = |text: &str, old: &str, new: &str| {
            let start = text.find(old).unwrap();
            replaced(text, &(start..start + old.len()), new)
        };
        assert_eq!(change("Utiliza el café", "Utiliza", "usa"), "Usa el café");
        assert_eq!(change("UTILIZA EL CAFÉ", "UTILIZA", "usa"), "USA EL CAFÉ");
        assert_eq!(change("Really good", "Really", ""), "Good");
    }

    #[test]
    fn a_field_without_words_is_left_out() {
        let copy = Copy { headline: Some("Ya".into()), primary_text: Some("Hoy".into()), ..Copy::default() };
        assert_eq!(with_field(&copy, "headline", " ¡! ").headline, None);
        assert_eq!(with_field(&copy, "primary_text", "🔥").primary_text.as_deref(), Some("🔥"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What is left holds no letter or digit, signs and case apart, that was not there before.
        #[test]
        fn nothing_is_added(text in "([¿¡(«]?[A-ZÁa-zñ0-9]{1,6}[,.!?)»…]{0,2}[ \n]){1,8}") {
            for unit in units(&text) {
                let left = without(&text, &unit.range);
                let mut had: Vec<char> = text.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
                let piece = text[unit.range.clone()].to_lowercase();
                for it in piece.chars().filter(|it| it.is_alphanumeric()) {
                    let at = had.iter().position(|had| *had == it).unwrap();
                    had.remove(at);
                }
                let mut has: Vec<char> = left.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
                had.sort_unstable();
                has.sort_unstable();
                prop_assert_eq!(had, has, "{:?} without {:?}: {:?}", text, piece, left);
            }
        }
    }
}
