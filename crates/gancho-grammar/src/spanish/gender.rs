//! The gender of a noun, by its ending and a list of exceptions (*Nueva gramática* 2.1-2.4).

use super::lexicon::NOUNS;
use super::number::{is_plural, singular};
use crate::Gender::{self, Feminine, Masculine};
use crate::text::is_all_caps;

/// Endings that tell the gender, the longer before the shorter.
const ENDINGS: &[(&str, Gender)] = &[
    ("ión", Feminine),
    ("ion", Feminine),
    ("dad", Feminine),
    ("tad", Feminine),
    ("tud", Feminine),
    ("umbre", Feminine),
    ("grama", Masculine),
    ("oma", Masculine),
    ("ambre", Masculine),
    ("triz", Feminine),
    ("ez", Feminine),
    ("sis", Feminine),
    ("itis", Feminine),
    ("ie", Feminine),
    ("aje", Masculine),
    ("ista", Masculine),
    ("cida", Masculine),
    ("ud", Feminine),
    ("ed", Feminine),
    ("a", Feminine),
    ("o", Masculine),
    ("á", Masculine),
    ("or", Masculine),
    ("án", Masculine),
];
/// Words that only look as if they had one of the endings.
const LOOK_ALIKES: &[&str] =
    &["goma", "broma", "paloma", "loma", "coma", "toma", "soma", "maroma", "doma", "pie"];

/// The gender of a Spanish noun, singular or plural. Nouns for people that have both are masculine
/// (*el cliente*), as are foreign words that are not listed.
///
/// ```
/// use gancho_grammar::{Gender, spanish::gender};
/// assert_eq!(gender("suscripciones"), Gender::Feminine);
/// assert_eq!(gender("problema"), Gender::Masculine);
/// ```
pub fn gender(noun: &str) -> Gender {
    known_gender(noun).unwrap_or(Masculine)
}

/// The gender, where a list or a telling ending knows it.
pub(crate) fn known_gender(noun: &str) -> Option<Gender> {
    if let Some(listed) = listed(noun) {
        return Some(listed);
    }
    if is_all_caps(noun) && noun.chars().count() <= 4 {
        return None;
    }
    let lower = noun.to_lowercase();
    let lower = if is_plural(&lower) { singular(&lower) } else { lower };
    if let Some(listed) = listed(&lower) {
        return Some(listed);
    }
    if LOOK_ALIKES.contains(&lower.as_str()) {
        return Some(if lower.ends_with('a') { Feminine } else { Masculine });
    }
    ENDINGS.iter().find(|(ending, _)| lower.ends_with(ending)).map(|(_, gender)| *gender)
}

fn listed(noun: &str) -> Option<Gender> {
    if NOUNS.has("feminine", noun) {
        Some(Feminine)
    } else if NOUNS.has("masculine", noun) {
        Some(Masculine)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_exceptions() {
        for noun in [
            "casa", "mano", "fotos", "calidad", "leyes", "noches", "luces", "tesis", "flores", "redes", "app",
        ] {
            assert_eq!(gender(noun), Feminine, "{noun}");
        }
        for noun in
            ["libro", "días", "sofás", "análisis", "viajes", "hologramas", "diploma", "kit", "meses", "papel"]
        {
            assert_eq!(gender(noun), Masculine, "{noun}");
        }
    }
}
