//! Punctuation that carries tone: questions, exclamations, quotes, ellipses, list marks.

use crate::emoji::is_emoji;
use unicode_segmentation::UnicodeSegmentation;

/// Question and exclamation marks, and how many of them lack their partner in Spanish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tone {
    pub(crate) questions: usize,
    pub(crate) exclamations: usize,
    pub(crate) inverted_questions: usize,
    pub(crate) inverted_exclamations: usize,
    pub(crate) unmatched: usize,
}

/// Spanish opens what it closes. A run of marks (`¡¡`, `!!!`, `?!`) is one opening or closing of each of its
/// kinds; `¡…?` is allowed by the RAE, so any opening answers any closing of the same run.
pub(crate) fn tone(text: &str) -> Tone {
    let mut tone = Tone::default();
    let mut open = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        tone.inverted_questions += usize::from(c == '¿');
        tone.inverted_exclamations += usize::from(c == '¡');
        tone.questions += usize::from(matches!(c, '?' | '？' | '؟'));
        tone.exclamations += usize::from(matches!(c, '!' | '！'));
        let next = chars.peek().copied();
        if is_opening(c) && !next.is_some_and(is_opening) {
            // A second opening before a closing leaves the first one alone.
            tone.unmatched += open;
            open = 1;
        } else if is_closing(c) && !next.is_some_and(is_closing) {
            tone.unmatched += usize::from(open == 0);
            open = 0;
        } else if c == '\n' {
            tone.unmatched += open;
            open = 0;
        }
    }
    tone.unmatched += open;
    tone
}

fn is_opening(c: char) -> bool {
    matches!(c, '¿' | '¡')
}

fn is_closing(c: char) -> bool {
    matches!(c, '?' | '!' | '？' | '！' | '؟')
}

/// Quoted passages: opening marks `« “ „`, and every second typewriter mark.
pub(crate) fn quotes(text: &str) -> usize {
    let openings = text.chars().filter(|c| matches!(c, '«' | '“' | '„')).count();
    openings + text.chars().filter(|c| *c == '"').count() / 2
}

/// `…`, or three and more points in a row.
pub(crate) fn ellipses(text: &str) -> usize {
    let (mut found, mut points) = (0, 0);
    for c in text.chars() {
        if c == '.' {
            points += 1;
            found += usize::from(points == 3);
        } else {
            points = 0;
            found += usize::from(c == '…');
        }
    }
    found
}

/// Lines that begin like an item: a bullet, a dash, an emoji, or `1.` `2)` `3º`; on one line, each bullet inside.
pub(crate) fn list_items(text: &str) -> usize {
    text.lines().map(items_of_line).sum()
}

fn items_of_line(line: &str) -> usize {
    let inner = line.chars().filter(|c| is_bullet(*c)).count();
    if inner > 0 {
        return inner;
    }
    let first = line.graphemes(true).next().unwrap_or_default();
    let dash = matches!(first, "-" | "–" | "—" | "*" | "→" | ">") && line[first.len()..].starts_with(' ');
    let digits = line.chars().take_while(char::is_ascii_digit).take(3).count();
    let enumerated = (1..=2).contains(&digits)
        && matches!(line[digits..].chars().next(), Some('.' | ')' | 'º' | '°'))
        && !line.chars().nth(digits + 1).is_some_and(|c| c.is_ascii_digit());
    usize::from(dash || enumerated || is_emoji(first))
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '▪' | '▸' | '►' | '●' | '◦' | '✓' | '✔' | '✅' | '☑')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_marks_answer_each_other() {
        let unmatched = |text: &str| tone(text).unmatched;
        assert_eq!(unmatched("¿Listo? ¡Compra ya!"), 0);
        assert_eq!(unmatched("Listo? Compra ya!!"), 2);
        assert_eq!(unmatched("¡Compra ya"), 1);
        assert_eq!(unmatched("¿¡Qué!? ¡¡Sí!!"), 0);
        assert_eq!(unmatched("¡Ya\n¿Qué?"), 1);
        let found = tone("¿¡Qué!? ¡¡Sí!!");
        assert_eq!((found.questions, found.exclamations), (1, 3));
        assert_eq!((found.inverted_questions, found.inverted_exclamations), (1, 3));
    }

    #[test]
    fn quotes_and_ellipses() {
        assert_eq!(quotes("«uno» “dos” \"tres\" 15\""), 3);
        assert_eq!(ellipses("Y… entonces... ..... .."), 3);
    }

    #[test]
    fn lists() {
        assert_eq!(list_items("Por qué:\n✅ Gratis\n✅ Fácil\n- Ya\n1. Uno\n2) Dos\n🔥 Tres"), 6);
        assert_eq!(list_items("• Gratis • Fácil • Ya"), 3);
        assert_eq!(list_items("1.5 litros\n-50% hoy\nTexto"), 0);
    }
}
