//! Whether a Spanish word is plural, and its singular.

use super::lexicon::{NOUNS, SINGULARS};
use super::sound::{accentuate, append, is_oxytone, is_vowel, plain, stressed_vowel, syllables};
use crate::text::recase;

/// Whether a Spanish noun or adjective looks plural: *ofertas*, *gafas*; not *crisis*, *mes*, *paraguas*.
pub fn is_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    if SINGULARS.get(lower.as_str()).is_some_and(|singular| *singular != lower) {
        return true;
    }
    let Some(stem) = lower.strip_suffix('s') else { return false };
    if is_stable(&lower) || NOUNS.has("singular_in_s", &lower) {
        return false;
    }
    if NOUNS.has("plural_stems", stem) {
        return true;
    }
    match stem.chars().last() {
        // autobús, francés and gratis are singular, sofás and comités were found above.
        Some('á' | 'é' | 'í' | 'ó' | 'ú' | 'i' | 'u') => false,
        Some('a' | 'e' | 'o') => syllables(&lower) > 1,
        Some('s') | None => false,
        Some(c) => c.is_alphabetic() && stem.chars().count() > 2,
    }
}

/// Words in -s or -x that are singular and plural alike.
pub(crate) fn is_stable(lower: &str) -> bool {
    NOUNS.has("stable", lower) || is_compound(lower) || {
        let loose_end = lower.ends_with('x') || lower.ends_with("sis") || lower.ends_with("itis");
        loose_end && syllables(lower) > 1 && !is_oxytone(lower)
    }
}

/// *Abrelatas, cuentagotas, reposapiés*: a verb and a plural noun.
fn is_compound(lower: &str) -> bool {
    NOUNS.of("compound_heads").any(|head| {
        lower.strip_prefix(head).is_some_and(|tail| {
            NOUNS.has("compound_tails", tail)
                || tail.strip_prefix('r').is_some_and(|tail| NOUNS.has("compound_tails", tail))
        })
    })
}

/// The singular of a Spanish word; a word that does not look plural comes back as it is.
pub fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    if !is_plural(&lower) {
        return word.to_owned();
    }
    if let Some(singular) = SINGULARS.get(lower.as_str()) {
        return recase(word, singular);
    }
    recase(word, &singular_of(&lower))
}

fn singular_of(lower: &str) -> String {
    let Some(in_vowel) = lower.strip_suffix('s') else { return lower.to_owned() };
    let Some(stem) = in_vowel.strip_suffix('e') else { return in_vowel.to_owned() };
    if NOUNS.has("in_e", in_vowel) || NOUNS.has("in_ce", in_vowel) {
        return in_vowel.to_owned();
    }
    let mut end = stem.chars().rev();
    let (last, before) = (end.next(), end.next());
    let after_vowel = before.is_some_and(is_vowel);
    match last {
        Some('c') if after_vowel && !stem.ends_with("nc") => {
            shorten(lower, &format!("{}z", &stem[..stem.len() - 1]))
        }
        Some('í' | 'ú') => stem.to_owned(),
        Some('n' | 'l' | 'r' | 'd' | 'y') if after_vowel && !ends_in_silent_e(lower) => shorten(lower, stem),
        Some('s') if after_vowel && takes_es(stem) => shorten(lower, stem),
        Some('j') if stem == "reloj" => stem.to_owned(),
        _ => in_vowel.to_owned(),
    }
}

/// Adjectives and participles in -nte, -ble and the like keep their e; so do words that are listed.
fn ends_in_silent_e(lower: &str) -> bool {
    [
        "ores", "ares", "ales", "eles", "iles", "oles", "ones", "anes", "enes", "ines", "ades", "edes",
        "udes", "eres",
    ]
    .iter()
    .all(|ending| !super::sound::unaccented(lower).ends_with(ending))
        && !lower.ends_with("yes")
        && syllables(lower) > 3
}

/// *meses, países, autobuses, intereses, gases*: stems whose singular ends in a stressed -s.
fn takes_es(stem: &str) -> bool {
    let mut chars: Vec<char> = stem.chars().collect();
    if NOUNS.has("singular_in_s", stem) {
        return true;
    }
    if let Some(at) = chars.iter().rposition(|&c| is_vowel(c)) {
        chars[at] = match plain(chars[at]) {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ó',
            _ => 'ú',
        };
    }
    let accented: String = chars.into_iter().collect();
    NOUNS.has("singular_in_s", &accented) || (accented.ends_with("és") && syllables(stem) > 1)
}

/// Takes an ending off and leaves the stress where it was.
fn shorten(plural: &str, stem: &str) -> String {
    let Some(stress) = stressed_vowel(plural) else { return stem.to_owned() };
    let short = accentuate(stem, stress);
    if stress < stem.chars().count() && append(&short, "es") == plural { short } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("casas", "casa"),
            ("luces", "luz"),
            ("enlaces", "enlace"),
            ("canciones", "canción"),
            ("jóvenes", "joven"),
            ("papeles", "papel"),
            ("clientes", "cliente"),
            ("meses", "mes"),
            ("clases", "clase"),
            ("coches", "coche"),
            ("rubíes", "rubí"),
            ("leyes", "ley"),
            ("kits", "kit"),
            ("clubes", "club"),
            ("crisis", "crisis"),
            ("Flores", "Flor"),
            ("autobuses", "autobús"),
            ("franceses", "francés"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn plural_or_not() {
        for word in ["gafas", "sofás", "taxis", "chips", "menús", "croquetas", "clubes", "pies"] {
            assert!(is_plural(word), "{word}");
        }
        for word in [
            "mes",
            "crisis",
            "virus",
            "paraguas",
            "lunes",
            "interés",
            "autobús",
            "cuentagotas",
            "test",
            "francés",
        ] {
            assert!(!is_plural(word), "{word}");
        }
    }
}
