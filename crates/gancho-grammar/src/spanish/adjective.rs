//! Agreement of adjectives (*Nueva gramática* 2.10 and 13.5).

use super::lexicon::{ADJECTIVES, FUNCTION_WORDS};
use super::number::is_plural;
use super::plural::{ends_head, plural_of_word};
use super::sound::{accentuate, append, stressed_vowel};
use crate::text::{is_all_caps, recase, split_first};
use crate::{Agreement, Number};

/// An adjective or participle, given in its masculine singular, in agreement.
///
/// Of a phrase the words before a preposition agree (*hecha a mano*, *nuevas y mejoradas*); colours with a second
/// word do not change (*verde oliva*).
///
/// ```
/// use gancho_grammar::{Agreement, spanish::adjective};
/// assert_eq!(adjective("español", Agreement::FS), "española");
/// assert_eq!(adjective("feliz", Agreement::FP), "felices");
/// assert_eq!(adjective("libre de gluten", Agreement::MP), "libres de gluten");
/// ```
pub fn adjective(base: &str, agreement: Agreement) -> String {
    let (first, rest) = split_first(base);
    let second = rest.trim_start();
    if second.is_empty() {
        return of_word(first, agreement);
    }
    let next = split_first(second).0.to_lowercase();
    if ADJECTIVES.has("colours", &first.to_lowercase()) && ADJECTIVES.has("colour_tails", &next) {
        return base.to_owned();
    }
    let blank = &rest[..rest.len() - second.len()];
    let lower = first.to_lowercase();
    // «De piel», «sin gluten» describe without agreeing.
    if FUNCTION_WORDS.has("prepositions", &lower) && !lower.starts_with("hech") {
        return base.to_owned();
    }
    // An adverb stays, the adjective after it agrees: muy bueno, 100% natural.
    if ADJECTIVES.has("adverbs", &lower)
        || lower.ends_with("mente")
        || lower.starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("{first}{blank}{}", adjective(second, agreement));
    }
    let head = of_word(first, agreement);
    if matches!(next.as_str(), "y" | "e" | "o" | "u") {
        let (conjunction, tail) = split_first(second);
        let word = tail.trim_start();
        return format!("{head}{blank}{conjunction} {}", adjective(word, agreement)).trim_end().to_owned();
    }
    if ends_head(&next, split_first(second).1) {
        return format!("{head}{rest}");
    }
    format!("{head}{blank}{}", adjective(second, agreement))
}

fn of_word(word: &str, agreement: Agreement) -> String {
    let (word, sign) = match word.strip_suffix([',', ';']) {
        Some(bare) => (bare, &word[bare.len()..]),
        None => (word, ""),
    };
    let lower = word.to_lowercase();
    let fixed = lower.is_empty()
        || lower.ends_with("ing")
        || ADJECTIVES.has("apposition", &lower)
        || lower.strip_prefix("anti").is_some_and(is_plain_noun)
        || is_all_caps(word)
        || lower.chars().any(|c| !c.is_alphabetic() && c != '-')
        || ADJECTIVES.has("invariable", &lower)
        || lower.strip_prefix("anti").is_some_and(is_plural)
        || lower.strip_prefix("multi").is_some_and(is_plural);
    if fixed {
        return format!("{word}{sign}");
    }
    let singular = if agreement.is_feminine() { feminine(&lower) } else { lower };
    let form = match agreement.number {
        Number::Singular => singular,
        Number::Plural => plural_of_word(&singular),
    };
    recase(word, &form) + sign
}

/// What *anti-* stands before when the whole does not change: *anticaspa, antiedad*.
fn is_plain_noun(word: &str) -> bool {
    (word.ends_with('a') && !word.ends_with("ista")) || word.ends_with("dad") || word.ends_with("ción")
}

fn feminine(lower: &str) -> String {
    let (mut stem, last) = (lower.to_owned(), lower.chars().last());
    stem.pop();
    if last == Some('o') {
        return stem + "a";
    }
    if ADJECTIVES.has("ete", lower) {
        return if last == Some('e') { stem + "a" } else { with_a(lower) };
    }
    if ADJECTIVES.has("keeps_form", lower) {
        return lower.to_owned();
    }
    let adds = ADJECTIVES.has("adds_a", lower)
        || ["dor", "tor", "sor", "án", "ín", "ón", "és", "ol", "uz"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    if adds { with_a(lower) } else { lower.to_owned() }
}

/// *Alemán, alemana; andaluz, andaluza.*
fn with_a(lower: &str) -> String {
    match (stressed_vowel(lower), lower.strip_suffix('z')) {
        (Some(stress), Some(_)) => accentuate(&format!("{lower}a"), stress),
        _ => append(lower, "a"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_forms() {
        for (base, fs, mp, fp) in [
            ("barato", "barata", "baratos", "baratas"),
            ("inglés", "inglesa", "ingleses", "inglesas"),
            ("útil", "útil", "útiles", "útiles"),
            ("eficaz", "eficaz", "eficaces", "eficaces"),
            ("acogedor", "acogedora", "acogedores", "acogedoras"),
            ("exterior", "exterior", "exteriores", "exteriores"),
            ("realista", "realista", "realistas", "realistas"),
            ("iraní", "iraní", "iraníes", "iraníes"),
            ("rojo vino", "rojo vino", "rojo vino", "rojo vino"),
            ("nuevo y mejorado", "nueva y mejorada", "nuevos y mejorados", "nuevas y mejoradas"),
            ("hecho a mano", "hecha a mano", "hechos a mano", "hechas a mano"),
            ("muy cómodo", "muy cómoda", "muy cómodos", "muy cómodas"),
            ("antimanchas", "antimanchas", "antimanchas", "antimanchas"),
            ("anticaspa", "anticaspa", "anticaspa", "anticaspa"),
            ("de piel", "de piel", "de piel", "de piel"),
            ("recién horneado", "recién horneada", "recién horneados", "recién horneadas"),
            ("100% natural", "100% natural", "100% naturales", "100% naturales"),
            ("gris", "gris", "grises", "grises"),
            ("LED", "LED", "LED", "LED"),
            ("", "", "", ""),
        ] {
            assert_eq!(adjective(base, Agreement::FS), fs);
            assert_eq!(adjective(base, Agreement::MP), mp);
            assert_eq!(adjective(base, Agreement::FP), fp);
            assert_eq!(adjective(base, Agreement::MS), base);
        }
    }
}
