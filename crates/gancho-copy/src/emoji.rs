//! Emoji, one for each grapheme cluster that is shown as one.

use unicode_segmentation::UnicodeSegmentation;

/// Emoji of a text: a ZWJ family, a flag, a keycap or a skin-toned hand count one.
pub fn emoji(text: &str) -> usize {
    text.graphemes(true).filter(|cluster| is_emoji(cluster)).count()
}

/// Whether a grapheme cluster is an emoji.
///
/// By Unicode 16 `emoji-data.txt`: a first character with emoji presentation, one followed by U+FE0F, a pair of
/// regional indicators, a keycap. Characters with text presentation (☎ ✔ ❤ …) count without U+FE0F too where
/// phones draw them in colour; ©, ® and ™ do not. A first character followed by U+FE0E is text.
pub(crate) fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    match second {
        Some('\u{fe0e}') => return false,
        Some('\u{fe0f}') if !first.is_ascii() && !first.is_alphanumeric() => return true,
        Some(_) if first.is_ascii() => return cluster.ends_with('\u{20e3}'),
        _ => {}
    }
    match first {
        // One alone is a letter in a box, not a flag.
        '\u{1f1e6}'..='\u{1f1ff}' => second.is_some_and(|c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}')),
        _ => has_emoji_presentation(first) || is_drawn_in_colour(first),
    }
}

fn has_emoji_presentation(c: char) -> bool {
    matches!(c,
        '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23ec}' | '\u{23f0}' | '\u{23f3}' | '\u{25fd}'..='\u{25fe}'
        | '\u{2614}'..='\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{267f}' | '\u{2693}' | '\u{26a1}'
        | '\u{26aa}'..='\u{26ab}' | '\u{26bd}'..='\u{26be}' | '\u{26c4}'..='\u{26c5}' | '\u{26ce}' | '\u{26d4}'
        | '\u{26ea}' | '\u{26f2}'..='\u{26f3}' | '\u{26f5}' | '\u{26fa}' | '\u{26fd}' | '\u{2705}'
        | '\u{270a}'..='\u{270b}' | '\u{2728}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2755}' | '\u{2757}'
        | '\u{2795}'..='\u{2797}' | '\u{27b0}' | '\u{27bf}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{1f004}' | '\u{1f0cf}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f201}' | '\u{1f21a}'
        | '\u{1f22f}' | '\u{1f232}'..='\u{1f236}' | '\u{1f238}'..='\u{1f23a}' | '\u{1f250}'..='\u{1f251}'
        | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6ff}' | '\u{1f7e0}'..='\u{1f7eb}' | '\u{1f7f0}'
        | '\u{1f90c}'..='\u{1f9ff}' | '\u{1fa70}'..='\u{1faff}')
}

/// Text presentation by the standard, yet drawn in colour on phones.
fn is_drawn_in_colour(c: char) -> bool {
    matches!(
        c,
        '☀'
            ..='☄'
                | '☎'
                | '☑'
                | '☝'
                | '☠'
                | '☢'
                | '☣'
                | '☮'
                | '☯'
                | '☹'
                | '☺'
                | '♥'
                | '♨'
                | '♻'
                | '⚠'
                | '⚽'
                | '✂'
                | '✈'
                | '✉'
                | '✌'
                | '✍'
                | '✏'
                | '✔'
                | '✖'
                | '❄'
                | '❣'
                | '❤'
                | '➡'
                | '⬅'
                | '⬆'
                | '⬇'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_count_one() {
        for one in [
            "👨\u{200d}👩\u{200d}👧\u{200d}👦",
            "🇲🇽",
            "👍🏽",
            "❤\u{fe0f}",
            "❤",
            "1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e007f}",
            "🫶",
            "✅",
        ] {
            assert_eq!(emoji(one), 1, "{one}");
        }
        assert_eq!(emoji("🇪🇸🇲🇽🇦🇷 ¡ya! 🔥🔥"), 5);
    }

    #[test]
    fn letters_digits_and_signs_are_not_emoji() {
        assert_eq!(emoji("1 # * © ® ™ € ¡ñ 🇪 →"), 0);
        assert_eq!(emoji("☎\u{fe0e}"), 0);
    }
}
