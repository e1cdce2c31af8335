//! Classes of English phrases, by their first and last words.

use super::grammar;
use super::phrase::{Class, Ending, Phrase, bare, is_simple};
use super::words::Words;

const PREPOSITIONS: &[&str] = &["for", "with", "without", "from", "in", "at", "under", "by", "on", "of"];
const CLAUSE_OPENERS: &[&str] =
    &["as", "up", "when", "if", "you", "your", "it", "we", "our", "all", "now", "how", "to"];
const CLAUSE_ENDS: &[&str] = &[
    "available",
    "included",
    "accepted",
    "welcome",
    "first",
    "in",
    "recommended",
    "approved",
    "guaranteed",
    "only",
];
/// Where a noun phrase's head has been passed.
const BEHIND_HEAD: &[&str] = &[
    "for", "with", "without", "from", "in", "at", "under", "by", "on", "of", "up", "to", "that", "when",
    "over", "built", "made", "until", "through", "your", "per",
];
const BEHIND_PARTICIPLE: &[&str] = &[
    "in",
    "from",
    "by",
    "to",
    "for",
    "with",
    "on",
    "at",
    "since",
    "before",
    "after",
    "overnight",
    "daily",
    "fresh",
    "not",
    "and",
    "until",
    "under",
    "without",
    "within",
    "using",
    "of",
    "locally",
    "here",
    "weekly",
    "into",
    "twice",
];

/// A benefit, classified.
pub(crate) fn phrase(text: &str, words: &Words) -> Phrase {
    let class = class(text, words);
    let denied = text
        .strip_prefix("no ")
        .or_else(|| text.strip_prefix("without "))
        .filter(|it| !it.trim().is_empty())
        .map(str::to_owned);
    let governed = match class {
        Class::Noun => with_article(text, words),
        Class::Negated => Some(text.to_owned()),
        _ => None,
    };
    let plural = (class == Class::Verb).then_some(false);
    let figure = text.contains(|c: char| c.is_ascii_digit());
    let agrees = Ending { feminine: None, plural };
    Phrase { text: text.to_owned(), class, agrees, simple: is_simple(text), figure, denied, governed }
}

fn class(text: &str, words: &Words) -> Class {
    let tokens: Vec<String> = text.split_whitespace().map(bare).collect();
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Class::Clause };
    let first_raw = text.split_whitespace().next().unwrap_or_default();
    if first == "no" {
        return Class::Negated;
    }
    if PREPOSITIONS.contains(&first.as_str()) {
        return if first == "without" { Class::Negated } else { Class::Prepositional };
    }
    if CLAUSE_OPENERS.contains(&first.as_str()) || words.imperatives.contains(first) {
        return Class::Clause;
    }
    if words.verbs.contains(first) && tokens.len() > 1 {
        return Class::Verb;
    }
    if is_participle(first, words) {
        let second = tokens.get(1).map_or("", String::as_str);
        let alone = tokens.len() == 1 || first_raw.ends_with(',');
        let figure = second.starts_with(|c: char| c.is_ascii_digit());
        if alone || figure || BEHIND_PARTICIPLE.contains(&second) {
            return Class::Participle;
        }
    }
    if words.adjectives.contains(last) && tokens.len() <= 3 || adjective_by_tail(last) && tokens.len() <= 2 {
        return Class::Adjective;
    }
    // "12 weeks" is a measure of something, not a thing to have.
    let counted = first.starts_with(|c: char| c.is_ascii_digit()) && tokens.len() == 2;
    if counted && ["weeks", "days", "months", "hours", "years", "minutes"].contains(&last.as_str()) {
        return Class::Clause;
    }
    if CLAUSE_ENDS.contains(&last.as_str()) || tokens.len() > 1 && is_participle(last, words) {
        return Class::Clause;
    }
    Class::Noun
}

fn adjective_by_tail(word: &str) -> bool {
    ["-free", "-proof", "-safe", "-friendly", "-ready"].iter().any(|it| word.ends_with(it))
}

fn is_participle(word: &str, words: &Words) -> bool {
    let last = word.rsplit('-').next().unwrap_or(word);
    words.participles.contains(word)
        || words.participles.contains(last)
        || last.ends_with("ed")
            && last.len() > 3
            && !["seed", "speed", "need", "feed", "weed"].contains(&last)
}

/// The head noun: the last word before what modifies it from behind.
pub(crate) fn head_of(text: &str) -> Option<String> {
    let mut head = None;
    for (i, token) in text.split_whitespace().enumerate() {
        let word = bare(token);
        let figure = token.starts_with(|c: char| c.is_ascii_digit());
        if i > 0 && (BEHIND_HEAD.contains(&word.as_str()) || figure) {
            break;
        }
        head = Some(word);
        if token.ends_with([',', ';', '(']) {
            break;
        }
    }
    head.filter(|it| it.chars().all(|c| c.is_alphabetic() || c == '-') && it.len() > 1 || it == "omega-3")
}

/// The phrase with the article that it needs; nothing where the head is unknown.
pub(crate) fn with_article(text: &str, words: &Words) -> Option<String> {
    let first = text.split_whitespace().next()?;
    let plain = ["a", "an", "the", "one", "two", "three", "four", "most", "every", "your", "more", "free"];
    if plain.contains(&bare(first).as_str()) && bare(first) != "free" {
        return Some(text.to_owned());
    }
    let head = head_of(text)?;
    let last = head.rsplit('-').next().unwrap_or(&head).to_owned();
    let listed = |list: &std::collections::HashSet<String>| list.contains(&head) || list.contains(&last);
    if grammar::is_plural_english(&head) || listed(&words.mass) || first.contains('%') {
        Some(text.to_owned())
    } else if listed(&words.count) {
        Some(grammar::a_or_an(text))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::bank::Bank;
    use super::*;
    use gancho_copy::Language;

    #[test]
    fn benefits_are_classified() {
        let words = &Bank::of(Language::En).words;
        let cases = [
            ("makes 16 cups", Class::Verb),
            ("steeped 18 hours", Class::Participle),
            ("no added sugar", Class::Negated),
            ("virtual check-ins", Class::Noun),
            ("payment plans from 12 months", Class::Noun),
            ("2 batteries included", Class::Clause),
            ("35-minute fast charge", Class::Noun),
            ("real beef first", Class::Clause),
            ("omega-3 for coat", Class::Noun),
            ("time tracking built in", Class::Clause),
            ("connects to Slack and Figma", Class::Verb),
            ("made in Lancashire", Class::Participle),
            ("re-waxing service", Class::Noun),
            ("recycled lining", Class::Noun),
            ("baked overnight", Class::Participle),
            ("pause any time", Class::Clause),
            ("chlorine resistant", Class::Adjective),
            ("machine washable", Class::Adjective),
            ("ships from Hamilton", Class::Verb),
            ("hand-harvested in Clare", Class::Participle),
            ("open 8-6 Mon-Sat", Class::Noun),
            ("most insurance accepted", Class::Clause),
            ("high-dose available", Class::Clause),
            ("cycle-to-work eligible", Class::Adjective),
            ("baked, not fried", Class::Participle),
            ("glow in the dark", Class::Clause),
        ];
        for (text, wanted) in cases {
            assert_eq!(class(text, words), wanted, "{text}");
        }
    }

    #[test]
    fn articles_are_set_where_the_head_is_known() {
        let words = &Bank::of(Language::En).words;
        let set = |text: &str| with_article(text, words);
        assert_eq!(set("5-year warranty").as_deref(), Some("a 5-year warranty"));
        assert_eq!(set("payment plans from 12 months").as_deref(), Some("payment plans from 12 months"));
        assert_eq!(set("range up to 110 km").as_deref(), Some("a range up to 110 km"));
        assert_eq!(set("100% renewable electricity").as_deref(), Some("100% renewable electricity"));
        assert_eq!(set("omega-3 for coat").as_deref(), Some("omega-3 for coat"));
        assert_eq!(set("readability 0.0001 g"), None);
        assert_eq!(set("UPF 50+"), None);
    }
}
