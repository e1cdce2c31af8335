//! Text of the user made safe and short enough for a terminal line.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One line without control characters: white space becomes a space, the rest `�`.
///
/// Escape sequences could repaint the terminal, and direction overrides could make a file name read
/// as another one.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|it| match it {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            it if it.is_control() => '\u{fffd}',
            it => it,
        })
        .collect()
}

/// Shortens in the middle, where ids differ least: `summer/2026/…/hero_v12.jpg`.
pub(super) fn elided(text: &str, width: usize) -> String {
    if text.width() <= width || width < 3 {
        return text.into();
    }
    let head = (width - 1) / 3;
    let tail = width - 1 - head;
    let mut end: Vec<char> = fitting(text.chars().rev(), tail);
    end.reverse();
    fitting(text.chars(), head).into_iter().chain(['…']).chain(end).collect()
}

fn fitting(chars: impl Iterator<Item = char>, width: usize) -> Vec<char> {
    let mut used = 0;
    chars
        .take_while(|it| {
            used += it.width().unwrap_or(0);
            used <= width
        })
        .collect()
}

/// Breaks a paragraph at spaces; the first line starts with `first`, the others with `rest`.
pub(super) fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines = vec![first.to_string()];
    let mut used = first.width();
    let mut is_start = true;
    for word in text.split(' ').filter(|it| !it.is_empty()) {
        if !is_start && used + 1 + word.width() > width {
            lines.push(rest.to_string());
            used = rest.width();
            is_start = true;
        }
        let line = lines.len() - 1;
        if !is_start {
            lines[line].push(' ');
            used += 1;
        }
        lines[line].push_str(word);
        used += word.width();
        is_start = false;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_never_reach_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31mb\nc\u{202e}gpj"), "a\u{fffd}[31mb c\u{fffd}gpj");
    }

    #[test]
    fn the_end_of_an_id_survives() {
        assert_eq!(elided("verano/2026/mexico/story_v12.jpg", 20), "verano…story_v12.jpg");
        assert_eq!(elided("short.jpg", 20), "short.jpg");
        assert_eq!(elided("日本語日本語日本語.jpg", 10).width(), 9);
    }

    #[test]
    fn paragraphs_hang() {
        assert_eq!(wrapped("one two three", 9, "- ", "  "), "- one two\n  three");
    }
}
