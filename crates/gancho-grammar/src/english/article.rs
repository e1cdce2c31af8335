//! *A* or *an*, by the sound that follows.

use crate::text::{is_all_caps, leading_group};

/// Words whose h is silent.
const SILENT_H: &[&str] = &["hour", "honest", "honor", "honour", "heir"];
/// Openings read /ju/ or /w/, and longer ones that are not.
const CONSONANT: &[&str] = &[
    "uni", "usa", "use", "usi", "usu", "uti", "ute", "uto", "ura", "uru", "uku", "ubiq", "eu", "ewe", "oui",
    "ufo", "uk",
];
const VOWEL: &[&str] = &["unin", "unim", "unid", "unig", "uniss", "uterin", "usher", "utter", "utmost"];
/// Acronyms that are read as words.
const READ_AS_WORDS: &[&str] = &[
    "NASA", "NATO", "RAM", "ROM", "SIM", "LASER", "FIFA", "HEPA", "MIDI", "LIDAR", "FOMO", "RADAR", "NICE",
    "SCUBA", "SARS", "MENSA", "LAN", "NAS", "SPA", "SALE", "NEW", "FREE", "HOT", "LIVE", "MINI", "MAXI",
    "MAX", "SET", "FUN", "REAL",
];

/// `"an"` before a vowel sound, else `"a"`: *an hour, a unique offer, an 8-week, a UV lamp, an LED*.
///
/// ```
/// use gancho_grammar::english::a_or_an;
/// assert_eq!(a_or_an("honest review"), "an");
/// assert_eq!(a_or_an("European city"), "a");
/// assert_eq!(a_or_an("11-piece set"), "an");
/// ```
pub fn a_or_an(next: &str) -> &'static str {
    if opens_with_vowel(next) { "an" } else { "a" }
}

/// The article and the phrase: *an hour*.
pub fn with_article(phrase: &str) -> String {
    format!("{} {phrase}", a_or_an(phrase))
}

fn opens_with_vowel(next: &str) -> bool {
    let Some(start) = next.find(char::is_alphanumeric) else { return false };
    let next = &next[start..];
    if let Some(group) = leading_group(next) {
        return matches!(group, 8 | 11 | 18 | 80..=89 | 800..=899);
    }
    let word = &next[..next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len())];
    let letter = word.chars().count() == 1 && next[word.len()..].starts_with('-');
    if letter || (is_all_caps(word) && word.chars().count() <= 5 && !READ_AS_WORDS.contains(&word)) {
        return word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X'])
            || word.starts_with(['f', 'h', 'l', 'm', 'n', 'r', 's', 'x', 'a', 'e', 'i', 'o']);
    }
    let lower = word.to_lowercase();
    let opens = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    if opens(SILENT_H) || opens(VOWEL) {
        return true;
    }
    if opens_with_one(&lower) || opens(CONSONANT) {
        return false;
    }
    lower.starts_with(['a', 'e', 'i', 'o', 'u', 'á', 'é', 'í', 'ó', 'ú', 'à', 'è', 'ê', 'ö', 'ü', 'å', 'ø'])
}

/// *One, once, oneself*: read with w.
fn opens_with_one(lower: &str) -> bool {
    matches!(lower, "one" | "ones" | "once" | "oneself" | "oneness")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds() {
        for next in [
            "apple",
            "hourly rate",
            "unimportant",
            "umbrella",
            "X-ray",
            "8",
            "80-day",
            "18-month",
            "iPhone",
            "HD TV",
        ] {
            assert_eq!(a_or_an(next), "an", "{next}");
        }
        for next in [
            "user",
            "uniform",
            "HEPA filter",
            "T-shirt",
            "U-shaped",
            "one-off",
            "house",
            "180-day",
            "10",
            "yoga",
            "",
        ] {
            assert_eq!(a_or_an(next), "a", "{next}");
        }
    }
}
