//! English plurals.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::data::pairs;
use crate::text::{is_all_caps, recase};

static IRREGULAR: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| pairs(include_str!("../../data/en_plurals.tsv")));

/// Nouns in -o that take -es; the others take -s.
const O_ES: &[&str] =
    &["potato", "tomato", "hero", "echo", "veto", "torpedo", "domino", "mango", "buffalo", "mosquito"];

/// The plural of one English word: *boxes, berries, knives, photos*.
pub fn plural(noun: &str) -> String {
    let lower = noun.to_lowercase();
    if noun.is_empty() {
        return String::new();
    }
    if let Some(plural) = IRREGULAR.get(lower.as_str()) {
        return recase(noun, plural);
    }
    // Acronyms and figures take a small s: TVs, 90s.
    if is_all_caps(noun) && noun.chars().count() <= 5 {
        return format!("{noun}s");
    }
    let form = if is_plural(&lower) { lower.clone() } else { by_ending(&lower) };
    if crate::text::is_mixed_case(noun) {
        return form.strip_prefix(&lower).map_or(form.clone(), |ending| format!("{noun}{ending}"));
    }
    recase(noun, &form)
}

/// The plural of a phrase: its last word, or the word before *of, for, with, in, to*: *gift cards, cups of tea*.
pub fn plural_phrase(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    let stop = words.iter().position(|word| {
        matches!(
            *word,
            "of" | "for" | "with" | "in" | "to" | "from" | "on" | "without" | "by" | "at" | "and" | "&"
        )
    });
    let head = stop.unwrap_or(words.len()).checked_sub(1);
    let form = |(at, word): (usize, &&str)| if Some(at) == head { plural(word) } else { (*word).to_owned() };
    words.iter().enumerate().map(form).collect::<Vec<_>>().join(" ")
}

/// Whether an English noun looks plural: *shoes*; not *glass*, *bus*, *analysis*.
pub fn is_plural(noun: &str) -> bool {
    let lower = noun.to_lowercase();
    if IRREGULAR.values().any(|plural| *plural == lower) {
        return true;
    }
    let long = lower.chars().count() > 3;
    long && lower.ends_with('s')
        && !["ss", "us", "is", "ics", "ous", "as", "ens", "news"].iter().any(|ending| lower.ends_with(ending))
}

fn by_ending(lower: &str) -> String {
    let before_last = lower.chars().rev().nth(1);
    let after_vowel = before_last.is_some_and(|c| "aeiou".contains(c));
    if let Some(stem) = lower.strip_suffix("quiz") {
        return format!("{stem}quizzes");
    }
    if let Some(stem) = lower.strip_suffix("man").filter(|_| !takes_mans(lower)) {
        return format!("{stem}men");
    }
    if let Some(stem) = lower.strip_suffix("sis").filter(|stem| !stem.is_empty()) {
        return format!("{stem}ses");
    }
    let es = ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending));
    match lower.chars().last() {
        _ if es => format!("{lower}es"),
        Some('y') if !after_vowel => format!("{}ies", &lower[..lower.len() - 1]),
        Some('o') if O_ES.contains(&lower) => format!("{lower}es"),
        Some(c) if c.is_alphanumeric() => format!("{lower}s"),
        _ => lower.to_owned(),
    }
}

fn takes_mans(lower: &str) -> bool {
    ["human", "roman", "german", "norman", "talisman", "shaman", "ottoman", "caiman"].contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_listed() {
        for (one, many) in [
            ("watch", "watches"),
            ("battery", "batteries"),
            ("toy", "toys"),
            ("video", "videos"),
            ("bus", "buses"),
            ("Wolf", "Wolves"),
            ("craftsman", "craftsmen"),
            ("human", "humans"),
            ("TV", "TVs"),
            ("series", "series"),
            ("headphones", "headphones"),
            ("analysis", "analyses"),
            ("glass", "glasses"),
            ("iPhone", "iPhones"),
            ("roof", "roofs"),
            ("", ""),
        ] {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn phrases() {
        assert_eq!(plural_phrase("gift card"), "gift cards");
        assert_eq!(plural_phrase("cup of tea"), "cups of tea");
        assert_eq!(plural_phrase(""), "");
    }
}
