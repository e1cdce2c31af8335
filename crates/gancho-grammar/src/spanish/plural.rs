//! Plurals of nouns (*Nueva gramática* 3.1-3.4).

use super::adjective::adjective;
use super::lexicon::{ADJECTIVES, FUNCTION_WORDS, NOUNS, PLURALS};
use super::number::{is_plural, is_stable};
use super::phrase::NounPhrase;
use super::sound::{accentuate, append, is_oxytone, is_vowel, stressed_vowel, syllables};
use crate::text::{is_all_caps, peel, recase, split_first};
use crate::{Agreement, Number};

/// The plural of a Spanish noun, or of a phrase that opens with its noun: adjectives follow, what comes after a
/// preposition stays, and so does a noun in apposition. A word that is plural already comes back as it is.
///
/// ```
/// use gancho_grammar::spanish::plural;
/// assert_eq!(plural("examen"), "exámenes");
/// assert_eq!(plural("fin de semana"), "fines de semana");
/// assert_eq!(plural("fecha límite"), "fechas límite");
/// assert_eq!(plural("bicicleta eléctrica"), "bicicletas eléctricas");
/// ```
pub fn plural(noun: &str) -> String {
    let (head, mut rest) = split_first(noun);
    let agreement = Agreement::new(NounPhrase::new(noun).gender(), Number::Plural);
    let mut out = plural_of_token(head);
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start().len();
        let (token, tail) = split_first(&rest[blank..]);
        let word = peel(token).1.to_lowercase();
        let closed = out.ends_with([',', ';', ':', '(']) || token.starts_with(|c: char| c.is_ascii_digit());
        if closed || ends_head(&word, tail) {
            break;
        }
        out.push_str(&rest[..blank]);
        out.push_str(&follow(token, &word, agreement));
        rest = tail;
    }
    out + rest
}

/// Whether a word closes the part of a phrase that agrees: a preposition, or *bajo* before a noun (*bajo demanda*).
pub(crate) fn ends_head(word: &str, tail: &str) -> bool {
    let next = peel(split_first(tail.trim_start()).0).1.to_lowercase();
    FUNCTION_WORDS.has("prepositions", word)
        || (word == "bajo" && !next.is_empty() && !FUNCTION_WORDS.has("prepositions", &next))
}

/// A word behind the head, in agreement if it is an adjective.
fn follow(token: &str, word: &str, agreement: Agreement) -> String {
    let fixed = is_noun(word, agreement)
        || token.chars().any(|c| c.is_ascii_digit())
        || token.chars().next().is_some_and(char::is_uppercase)
        || token.starts_with(['.', '@', '#'])
        || is_plural(word);
    let (before, core, after) = peel(token);
    if fixed || core.is_empty() {
        token.to_owned()
    } else {
        format!("{before}{}{after}", adjective(core, agreement))
    }
}

/// Whether a word behind a noun is a noun itself, as in *tarjeta regalo*: it is listed, or its ending does not agree.
fn is_noun(word: &str, agreement: Agreement) -> bool {
    let disagrees = if agreement.is_feminine() {
        word.ends_with('o')
    } else {
        word.ends_with('a') && !word.ends_with("ista") && !ADJECTIVES.has("colours", word)
    };
    let listed = NOUNS.has("feminine", word) || NOUNS.has("masculine", word);
    let abstract_noun = word.ends_with("ción") || word.ends_with("sión") || word.ends_with("dad");
    disagrees
        || abstract_noun
        || ADJECTIVES.has("apposition", word)
        || (listed && !word.ends_with(['e', 'l', 'o', 'r']))
}

fn plural_of_token(token: &str) -> String {
    let (before, core, after) = peel(token);
    format!("{before}{}{after}", plural_of_word(core))
}

/// Shortened adjectives, which are whole in the plural.
const SHORT: &[(&str, &str)] = &[
    ("gran", "grandes"),
    ("buen", "buenos"),
    ("mal", "malos"),
    ("primer", "primeros"),
    ("tercer", "terceros"),
];

/// The plural of one word.
pub(crate) fn plural_of_word(word: &str) -> String {
    if let Some(plural) = PLURALS.get(word) {
        return (*plural).to_owned();
    }
    // Acronyms do not change: las ONG.
    if word.is_empty() || (is_all_caps(word) && word.chars().count() <= 4) {
        return word.to_owned();
    }
    let lower = word.to_lowercase();
    if is_plural(&lower) {
        return word.to_owned();
    }
    if let Some((_, full)) = SHORT.iter().find(|(short, _)| *short == lower) {
        return recase(word, full);
    }
    let plural = PLURALS.get(lower.as_str()).map_or_else(|| by_ending(&lower), |plural| (*plural).to_owned());
    // Only the ending of `iPhone` changes, and its capitals stay.
    if crate::text::is_mixed_case(word) {
        return plural.strip_prefix(&lower).map_or(plural.clone(), |ending| format!("{word}{ending}"));
    }
    recase(word, &plural)
}

fn by_ending(lower: &str) -> String {
    let mut end = lower.chars().rev();
    let Some(last) = end.next() else { return String::new() };
    let before = end.next();
    let after_vowel = before.is_some_and(is_vowel);
    if is_stable(lower) {
        return lower.to_owned();
    }
    match last {
        'í' | 'ú' => format!("{lower}es"),
        c if is_vowel(c) => format!("{lower}s"),
        'z' => with_ces(lower),
        's' | 'x' if after_vowel && (syllables(lower) == 1 || is_oxytone(lower)) => append(lower, "es"),
        's' | 'x' => lower.to_owned(),
        'y' if after_vowel => append(lower, "es"),
        'n' | 'l' | 'r' | 'd' | 'j' if after_vowel && !lower.ends_with("oo") => append(lower, "es"),
        'h' if matches!(before, Some('c' | 's')) => format!("{lower}es"),
        c if c.is_alphabetic() => format!("{lower}s"),
        _ => lower.to_owned(),
    }
}

/// *Luz, luces*: the stress stays where it was.
fn with_ces(lower: &str) -> String {
    let plural = format!("{}ces", &lower[..lower.len() - 1]);
    stressed_vowel(lower).map_or(plural.clone(), |stress| accentuate(&plural, stress))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_listed() {
        for (one, many) in [
            ("cojín", "cojines"),
            ("abdomen", "abdómenes"),
            ("cuscús", "cuscuses"),
            ("podcast", "podcasts"),
            ("nuez", "nueces"),
            ("Emperatriz", "Emperatrices"),
            ("ONG", "ONG"),
            ("TARJETA", "TARJETAS"),
            ("cuentagotas", "cuentagotas"),
            ("iPhone", "iPhones"),
            ("piso piloto", "pisos piloto"),
            ("zapatilla de correr", "zapatillas de correr"),
            ("crema hidratante facial", "cremas hidratantes faciales"),
            ("ofertas", "ofertas"),
            ("gran oferta", "grandes ofertas"),
            ("servicio bajo demanda", "servicios bajo demanda"),
            ("yogur bajo en grasa", "yogures bajos en grasa"),
            ("", ""),
        ] {
            assert_eq!(plural(one), many);
        }
    }
}
