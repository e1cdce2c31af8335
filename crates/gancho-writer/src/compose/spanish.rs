//! Classes of Spanish phrases, by their first words.

use super::phrase::{Class, Ending, Phrase, bare, is_simple};
use super::words::Words;

const PREPOSITIONS: &[&str] = &["de", "del", "para", "con"];
const OTHER_OPENERS: &[&str] = &[
    "desde", "hasta", "en", "a", "al", "bajo", "por", "contra", "entre", "sobre", "ante", "ya", "solo",
    "también", "cuando", "como", "si", "donde", "todo", "nada", "siempre", "nunca", "tú", "usted", "vos",
];
const ARTICLES: &[&str] = &["el", "la", "los", "las", "un", "una", "unos", "unas"];
const BEFORE_NOUN: &[&str] = &[
    "doble", "triple", "gran", "primer", "primera", "segunda", "segundo", "tercer", "tercera", "nueva",
    "nuevo", "buena", "buen", "amplia", "amplio", "mayor", "menor", "más", "menos", "media", "medio", "pago",
];
const IRREGULAR: &[&str] =
    &["hech", "escrit", "impres", "frit", "cubiert", "abiert", "puest", "cosid", "vist"];

/// A benefit, classified.
pub(crate) fn phrase(text: &str, words: &Words) -> Phrase {
    let class = class(text, words);
    let first = bare(text.split_whitespace().next().unwrap_or_default());
    let denied = text.strip_prefix("sin ").filter(|it| !it.trim().is_empty()).map(str::to_owned);
    let governed = (class == Class::Noun).then(|| text.to_owned());
    let agrees = match class {
        Class::Adjective | Class::Participle => adjective_ending(&first),
        Class::Verb => Ending { feminine: None, plural: Some(is_plural_verb(text, words)) },
        _ => Ending::default(),
    };
    let figure = text.contains(|c: char| c.is_ascii_digit());
    Phrase { text: text.to_owned(), class, agrees, simple: is_simple(text), figure, denied, governed }
}

fn class(text: &str, words: &Words) -> Class {
    let tokens: Vec<String> = text.split_whitespace().map(bare).collect();
    let Some(first) = tokens.first() else { return Class::Clause };
    let second = tokens.get(1).map_or("", String::as_str);
    if first == "sin" {
        return Class::Negated;
    }
    if PREPOSITIONS.contains(&first.as_str()) {
        return Class::Prepositional;
    }
    if OTHER_OPENERS.contains(&first.as_str()) {
        return Class::Clause;
    }
    if is_verb(first, words) || first == "no" && is_verb(second, words) {
        return Class::Verb;
    }
    if opens_verb_phrase(first, &tokens, words) {
        return Class::Verb;
    }
    if words.nouns.contains(first) || words.verbs_or_nouns.contains(first) {
        return Class::Noun;
    }
    if is_adjective(first, words) {
        return Class::Adjective;
    }
    if is_participle(first) {
        return Class::Participle;
    }
    let starts_clause = super::offer::opens_imperative(first, second)
        || ["ar", "er", "ir"].iter().any(|it| first.ends_with(it)) && first.chars().count() > 4;
    if starts_clause || tokens.len() > 1 && has_verb(&tokens[1..]) {
        return Class::Clause;
    }
    Class::Noun
}

fn is_verb(word: &str, words: &Words) -> bool {
    words.verbs.contains(word) || word.strip_suffix('n').is_some_and(|it| words.verbs.contains(it))
}

/// «carga el 50 %» against «carga rápida»; «entrega el mismo día» is a delivery.
fn opens_verb_phrase(first: &str, tokens: &[String], words: &Words) -> bool {
    let stem = first.strip_suffix('n').unwrap_or(first);
    let known = words.verbs_or_nouns.contains(first) || words.verbs_or_nouns.contains(stem);
    let Some(second) = tokens.get(1) else { return false };
    let object = ARTICLES.contains(&second.as_str())
        || ["hasta", "tu", "su", "tus", "sus", "todo", "toda", "todos", "todas"].contains(&second.as_str())
        || second.starts_with(|c: char| c.is_ascii_digit());
    let same_day = tokens.get(2).is_some_and(|it| it == "mismo" || it == "día");
    known && object && !same_day
}

/// A finite verb inside, unless it belongs to a relative clause.
fn has_verb(tokens: &[String]) -> bool {
    let relative = tokens.iter().position(|it| it == "que" || it == "cuando" || it == "donde");
    let before = &tokens[..relative.unwrap_or(tokens.len())];
    // «se» marks a finite verb; other forms are too often nouns behind another noun.
    before.iter().any(|it| it == "se" || it == "es" || it == "son")
}

fn is_plural_verb(text: &str, words: &Words) -> bool {
    let tokens: Vec<String> = text.split_whitespace().map(bare).collect();
    let clitic = |it: &&String| ["se", "no", "te", "le", "lo", "la", "os"].contains(&it.as_str());
    let verb = tokens.iter().find(|it| !clitic(it));
    verb.is_some_and(|it| it.ends_with('n') && !words.verbs.contains(it))
}

fn is_adjective(word: &str, words: &Words) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let masculine = |it: &str| it.strip_suffix('a').map(|stem| format!("{stem}o"));
    let known = |it: &str| words.adjectives.contains(it);
    known(word)
        || known(singular)
        || known(singular.strip_suffix('e').unwrap_or(singular))
        || masculine(singular).is_some_and(|it| known(&it))
        || singular.chars().count() > 6 && (singular.ends_with("able") || singular.ends_with("ible"))
}

fn is_participle(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let Some(stem) = singular.strip_suffix('o').or_else(|| singular.strip_suffix('a')) else { return false };
    let regular = (stem.ends_with("ad") || stem.ends_with("id")) && stem.chars().count() > 3;
    regular || IRREGULAR.contains(&stem)
}

fn adjective_ending(word: &str) -> Ending {
    let plural = word.ends_with('s');
    let feminine = match word.trim_end_matches('s').chars().next_back() {
        Some('a') => Some(true),
        Some('o') => Some(false),
        _ => None,
    };
    Ending { feminine, plural: Some(plural) }
}

/// The noun that a phrase is about, and where the adjectives before it end.
pub(crate) fn head_of(text: &str) -> Option<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let skip = |it: &&&str| {
        let word = bare(it);
        BEFORE_NOUN.contains(&word.as_str())
            || ARTICLES.contains(&word.as_str())
            || word.parse::<f64>().is_ok()
    };
    let head = tokens.iter().take(3).find(|it| !skip(it))?;
    head.chars().all(|c| c.is_alphabetic() || c == '-').then(|| bare(head))
}

/// «su recibo» becomes «tu recibo» where the reader is «tú» or «vos» and owns the thing, and the reverse.
pub(crate) fn address(text: &str, formal: bool, words: &Words) -> String {
    let mut out: Vec<String> = Vec::new();
    let tokens: Vec<&str> = text.split(' ').collect();
    for (i, token) in tokens.iter().enumerate() {
        let owned = tokens.get(i + 1).is_some_and(|next| words.owned.contains(&bare(next)));
        let swapped = match (*token, formal, owned) {
            ("su", false, true) => "tu",
            ("sus", false, true) => "tus",
            ("tu", true, _) => "su",
            ("tus", true, _) => "sus",
            _ => token,
        };
        out.push(swapped.to_owned());
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::bank::Bank;
    use super::*;
    use gancho_copy::Language;

    #[test]
    fn benefits_are_classified() {
        let words = &Bank::of(Language::Es).words;
        let cases = [
            ("cosecha temprana de aceituna picual", Class::Noun),
            ("se prensa en frío el mismo día", Class::Verb),
            ("aguanta bien la fritura", Class::Verb),
            ("alineadores transparentes y extraíbles", Class::Noun),
            ("batería extraíble de 360 Wh", Class::Noun),
            ("pesa 17,5 kg", Class::Verb),
            ("tres moliendas a elegir", Class::Noun),
            ("sin conservadores", Class::Negated),
            ("70 % cacao de Tabasco", Class::Noun),
            ("pollo como primer ingrediente", Class::Noun),
            ("entrega el mismo día en CDMX", Class::Noun),
            ("ahorro calculado con su recibo", Class::Noun),
            ("estacionada 18 meses", Class::Participle),
            ("certificada orgánica", Class::Participle),
            ("cultivado a 1.750 m s. n. m.", Class::Participle),
            ("carga el 50 % en 30 minutos", Class::Verb),
            ("carga inalámbrica", Class::Noun),
            ("estampa que no se cuartea", Class::Noun),
            ("ahorra 30 % de agua", Class::Verb),
            ("resistente al agua", Class::Adjective),
            ("apta para celíacos", Class::Adjective),
            ("de cultivo propio", Class::Prepositional),
            ("conectan con el móvil", Class::Verb),
            ("elegir el color", Class::Clause),
            ("envase retornable", Class::Noun),
        ];
        for (text, wanted) in cases {
            assert_eq!(class(text, words), wanted, "{text}");
        }
    }

    #[test]
    fn what_the_reader_owns_follows_the_address() {
        let words = &Bank::of(Language::Es).words;
        assert_eq!(address("ahorro calculado con su recibo", false, words), "ahorro calculado con tu recibo");
        assert_eq!(address("una bici y su cargador", false, words), "una bici y su cargador");
        assert_eq!(address("control de tu gasto", true, words), "control de su gasto");
    }

    #[test]
    fn heads_are_found() {
        assert_eq!(head_of("Bicicleta eléctrica plegable").as_deref(), Some("bicicleta"));
        assert_eq!(head_of("3 meses sin intereses").as_deref(), Some("meses"));
        assert_eq!(head_of("Primera visita").as_deref(), Some("visita"));
        assert_eq!(head_of("<b>x</b>"), None);
    }
}
