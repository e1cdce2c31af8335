//! Title case and sentence case.

use std::sync::LazyLock;

use crate::casing::Casing;
use crate::text::{is_all_caps, is_mixed_case, peel, upper_first};

static CASING: LazyLock<Casing> = LazyLock::new(|| Casing::new(&["acronyms", "names_en"], true));

/// Articles, conjunctions and prepositions of up to three letters stay small inside a title (AP, APA).
const SMALL: &[&str] = &[
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off",
    "on", "per", "to", "up", "via", "vs", "if",
];

/// A headline in title case: *Made for the Open Road*. Names, acronyms and words such as *iPhone* stay.
///
/// ```
/// use gancho_grammar::english::title_case;
/// assert_eq!(title_case("what to eat after a run"), "What to Eat After a Run");
/// ```
pub fn title_case(text: &str) -> String {
    let last = text.split(' ').filter(|token| !peel(token).1.is_empty()).count();
    let (mut at, mut opens) = (0, true);
    let title = |token: &str| {
        let (before, core, after) = peel(token);
        if core.is_empty() {
            return token.to_owned();
        }
        at += 1;
        let edge = opens || at == last;
        opens = after.contains([':', '.', '!', '?', '—']);
        format!("{before}{}{after}", word(core, edge))
    };
    text.split(' ').map(title).collect::<Vec<_>>().join(" ")
}

fn word(core: &str, edge: bool) -> String {
    if is_mixed_case(core) || is_all_caps(core) {
        return core.to_owned();
    }
    if let Some((left, right)) = core.split_once('—') {
        return format!("{}—{}", word(left, true), word(right, true));
    }
    let lower = core.to_lowercase();
    if !edge && SMALL.contains(&lower.as_str()) {
        return lower;
    }
    // Each part of a compound: One-Time, but Step-by-Step.
    let part = |(at, part): (usize, &str)| {
        let small = at > 0 && SMALL.contains(&part);
        if small { part.to_owned() } else { upper_first(part) }
    };
    core.split('-').enumerate().map(part).collect::<Vec<_>>().join("-")
}

/// A text in English sentence case: a headline in capitals or title case is set small, names that are known or
/// given keep their capitals, as do *I*, days and months.
pub fn sentence_case(text: &str, names: &[&str]) -> String {
    CASING.sentence_case(text, names)
}

/// A text with its first word in lower case, to go inside a sentence; names, acronyms and *I* keep their capitals.
pub fn lower_first(text: &str, names: &[&str]) -> String {
    CASING.lower_first(text, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        assert_eq!(title_case("a one-time offer for iPhone fans"), "A One-Time Offer for iPhone Fans");
        assert_eq!(title_case("what it is for"), "What It Is For");
        assert_eq!(title_case("back to school: the list"), "Back to School: The List");
        assert_eq!(title_case(""), "");
    }

    #[test]
    fn sentences() {
        assert_eq!(
            sentence_case("Save On English Tea Every Monday", &[]),
            "Save on English tea every Monday"
        );
        assert_eq!(sentence_case("FREE SHIPPING ON ALL USB CABLES", &[]), "Free shipping on all USB cables");
        assert_eq!(lower_first("Free shipping", &[]), "free shipping");
        assert_eq!(lower_first("I love it", &[]), "I love it");
        assert_eq!(lower_first("A gift", &[]), "a gift");
    }
}
