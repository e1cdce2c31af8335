//! Sentence case for both languages: what is a name, what was only shouted or titled.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::data::Lists;
use crate::text::{is_all_caps, is_mixed_case, lower_first_char, peel, upper_first};

static NAMES: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("../data/names.txt")));

/// Signs that may stand before the first letter of a sentence.
const OPENERS: &[char] =
    &['¿', '¡', '«', '»', '"', '“', '‘', '\'', '(', '[', ' ', '\t', '\n', '*', '-', '–', '—'];

/// The first letter of a text in upper case, past `¿ ¡ « “ (`. A word such as *iPhone*, a figure and what follows an
/// ellipsis stay as they are.
///
/// ```
/// use gancho_grammar::capitalize_first;
/// assert_eq!(capitalize_first("¿qué esperas?"), "¿Qué esperas?");
/// assert_eq!(capitalize_first("iPhone nuevo"), "iPhone nuevo");
/// ```
pub fn capitalize_first(text: &str) -> String {
    let start = text.len() - text.trim_start_matches(OPENERS).len();
    let (signs, rest) = text.split_at(start);
    let word = peel(rest.split_whitespace().next().unwrap_or_default()).1;
    if is_mixed_case(word) || !rest.starts_with(char::is_alphabetic) {
        return text.to_owned();
    }
    format!("{signs}{}", upper_first(rest))
}

/// The names of a language, in the lists of `data/names.txt`.
pub(crate) struct Casing {
    /// Lower-case words of a name, joined by blanks, to the name.
    names: HashMap<String, &'static str>,
    longest: usize,
    keeps_i: bool,
}

impl Casing {
    pub(crate) fn new(lists: &[&str], keeps_i: bool) -> Self {
        let names: HashMap<String, &'static str> =
            lists.iter().flat_map(|list| NAMES.of(list)).map(|name| (words_of(name), name)).collect();
        let longest = names.keys().map(|name| name.split(' ').count()).max().unwrap_or(1);
        Self { names, longest, keeps_i }
    }

    /// The first word in lower case, unless it is a name, an acronym or one of `names`.
    pub(crate) fn lower_first(&self, text: &str, names: &[&str]) -> String {
        let start = text.len() - text.trim_start_matches(OPENERS).len();
        let (signs, rest) = text.split_at(start);
        let token = rest.split_whitespace().next().unwrap_or_default();
        let word = peel(token).1;
        let one_letter = word.chars().count() == 1;
        let pronoun = self.keeps_i && (word == "I" || word.starts_with("I'") || word.starts_with("I’"));
        let kept = word.is_empty()
            || (is_all_caps(word) && !one_letter)
            || is_mixed_case(word)
            || pronoun
            || names.iter().any(|name| !name.is_empty() && opens_with(rest, name))
            || self.opens_with_name(rest);
        if kept { text.to_owned() } else { format!("{signs}{}", lower_first_char(rest)) }
    }

    fn opens_with_name(&self, rest: &str) -> bool {
        let words: Vec<String> =
            rest.split_whitespace().take(self.longest).map(|token| peel(token).1.to_lowercase()).collect();
        (1..=words.len())
            .any(|n| self.names.get(&words[..n].join(" ")).is_some_and(|name| opens_with(rest, name)))
    }

    /// Capitals only at the start of sentences and in names.
    pub(crate) fn sentence_case(&self, text: &str, names: &[&str]) -> String {
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(|token| peel(token).1).collect();
        let style = Style::of(&tokens);
        let given: HashMap<String, &str> = names.iter().map(|name| (words_of(name), *name)).collect();
        let longest =
            names.iter().map(|name| name.split_whitespace().count()).max().unwrap_or(0).max(self.longest);
        let mut out = String::with_capacity(text.len());
        let (mut at, mut opens) = (0, true);
        while at < tokens.len() {
            let reach = longest.min(tokens.len() - at);
            let found = (1..=reach).rev().filter(|n| is_joined(&tokens[at..at + n])).find_map(|n| {
                let key = words[at..at + n].join(" ").to_lowercase();
                let name = given.get(&key).copied().or_else(|| self.names.get(&key).copied())?;
                (!key.is_empty()).then_some((n, name))
            });
            // A full stop that belongs to a name ends no sentence.
            let closes = if let Some((n, name)) = found {
                let (before, ..) = peel(tokens[at]);
                let (_, _, after) = peel(tokens[at + n - 1]);
                out.push_str(before);
                out.push_str(&if opens { capitalize_first(name) } else { name.to_owned() });
                let own_stop = name.ends_with('.');
                out.push_str(if own_stop { after.strip_prefix('.').unwrap_or(after) } else { after });
                at += n;
                !own_stop
            } else {
                out.push_str(&self.word(tokens[at], style, opens));
                at += 1;
                true
            };
            let ended = tokens[at - 1].trim_end_matches(['»', '”', '"', '’', ')']);
            opens = closes && ends_sentence(ended);
            if at < tokens.len() {
                out.push_str(blank_before(text, tokens[at]));
            }
        }
        // Blanks at both ends stay where they are.
        let (lead, tail) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if tokens.is_empty() { text.to_owned() } else { format!("{}{out}{}", &text[..lead], &text[tail..]) }
    }

    fn word(&self, token: &str, style: Style, opens: bool) -> String {
        let (before, core, after) = peel(token);
        if core.is_empty() {
            return token.to_owned();
        }
        let shouted = style == Style::Shouted;
        let one_letter = core.chars().filter(|c| c.is_alphabetic()).count() == 1;
        let pronoun = self.keeps_i && (core == "I" || core.starts_with("I'") || core.starts_with("I’"));
        let acronym =
            is_all_caps(core) && !one_letter && !(shouted && core.chars().all(|c| !c.is_ascii_digit()));
        let kept = pronoun || acronym || is_mixed_case(core) || style == Style::Plain;
        let lower = if kept { core.to_owned() } else { core.to_lowercase() };
        let begins = opens && !before.contains('…') && !before.contains("...");
        let word = if begins { capitalize_first(&lower) } else { lower };
        format!("{before}{word}{after}")
    }
}

/// How the capitals of a text were set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As in running text: a capital inside is a name.
    Plain,
    /// A Capital On Every Word.
    Titled,
    /// ALL CAPITALS.
    Shouted,
}

impl Style {
    fn of(tokens: &[&str]) -> Self {
        let letters = |word: &str| word.chars().any(char::is_alphabetic);
        let own: Vec<&str> = tokens.iter().map(|token| peel(token).1).filter(|word| letters(word)).collect();
        if own.iter().all(|word| !word.chars().any(char::is_lowercase)) {
            // One word without vowels, or one letter, is an acronym rather than a cry.
            let spelled = |word: &str| word.chars().count() == 1 || !word.chars().any(|c| VOWELS.contains(c));
            let plain = own.is_empty() || (own.len() == 1 && own.iter().all(|word| spelled(word)));
            return if plain { Self::Plain } else { Self::Shouted };
        }
        let (mut opens, mut small_capital, mut long, mut long_capital) = (true, false, 0, 0);
        for token in tokens {
            let word = peel(token).1;
            // What could show it: not the first of a sentence, not iPhone, not USB, not 2x1.
            let shows = !opens
                && word.starts_with(char::is_alphabetic)
                && !is_mixed_case(word)
                && !is_full_caps(word);
            let capital = word.starts_with(char::is_uppercase);
            if shows && SMALL.contains(&word.to_lowercase().as_str()) {
                small_capital |= capital;
            } else if shows && word.chars().count() > 3 {
                long += 1;
                long_capital += usize::from(capital);
            }
            opens = ends_sentence(token);
        }
        let titled = long_capital == long && (long_capital >= 2 || small_capital);
        if titled { Self::Titled } else { Self::Plain }
    }
}

const VOWELS: &str = "AEIOUÁÉÍÓÚ";

/// Words that have a capital inside a text only where every word has one.
const SMALL: &[&str] = &[
    "a", "al", "con", "de", "del", "e", "el", "en", "es", "la", "las", "lo", "los", "más", "mi", "no", "o",
    "para", "por", "que", "se", "sin", "su", "sus", "tu", "tus", "u", "un", "una", "y", "ya", "and", "any",
    "are", "at", "by", "for", "from", "in", "is", "it", "my", "of", "off", "on", "or", "our", "the", "this",
    "to", "up", "with", "you", "your",
];

fn ends_sentence(token: &str) -> bool {
    token.ends_with(['.', '!', '?']) && !token.ends_with("...")
}

fn is_full_caps(word: &str) -> bool {
    is_all_caps(word) && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Whether tokens can be one name: nothing but a full stop parts them.
fn is_joined(tokens: &[&str]) -> bool {
    tokens.windows(2).all(|pair| matches!(peel(pair[0]).2, "" | ".") && peel(pair[1]).0.is_empty())
}

fn words_of(name: &str) -> String {
    name.split_whitespace().map(|token| peel(token).1.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// The blanks before a token that is a slice of `text`.
fn blank_before<'a>(text: &'a str, token: &'a str) -> &'a str {
    let start = token.as_ptr() as usize - text.as_ptr() as usize;
    let before = &text[..start];
    &before[before.trim_end().len()..]
}

fn opens_with(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters() {
        assert_eq!(capitalize_first("«árbol»"), "«Árbol»");
        assert_eq!(capitalize_first("2x1 hoy"), "2x1 hoy");
        assert_eq!(capitalize_first("…y ahora"), "…y ahora");
        assert_eq!(capitalize_first(""), "");
    }

    #[test]
    fn blanks_survive() {
        let casing = Casing::new(&[], false);
        assert_eq!(casing.sentence_case("  Hola  Mundo Nuevo\nAdiós ", &[]), "  Hola  mundo nuevo\nadiós ");
        assert_eq!(casing.sentence_case("   ", &[]), "   ");
    }
}
