//! *Al* and *del*, *conmigo* and *contigo* (*Ortografía* 2010, V.2.1).

use crate::text::split_first;

/// A preposition before a phrase, contracted where Spanish contracts.
///
/// The article of a proper name is written with a capital and stays: *de El Salvador*.
///
/// ```
/// use gancho_grammar::spanish::with_preposition;
/// assert_eq!(with_preposition("de", "el hogar"), "del hogar");
/// assert_eq!(with_preposition("a", "El Corte"), "a El Corte");
/// assert_eq!(with_preposition("con", "ti"), "contigo");
/// ```
pub fn with_preposition(preposition: &str, phrase: &str) -> String {
    let (first, rest) = split_first(phrase);
    match (preposition.to_lowercase().as_str(), first) {
        ("a" | "de", "el") => {
            // «a» and «de» keep their letters and their case: al, del, Al, Del.
            format!("{preposition}l{rest}")
        }
        ("con", "mí") => format!("{preposition}migo{rest}"),
        ("con", "ti") => format!("{preposition}tigo{rest}"),
        ("con", "sí") => format!("{preposition}sigo{rest}"),
        _ if phrase.is_empty() => preposition.to_owned(),
        _ => format!("{preposition} {phrase}"),
    }
}

/// A whole text with every *de el* and *a el* contracted; the articles of names have a capital and stay.
pub fn contract(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(" el") {
        let (before, after) = (&rest[..at], &rest[at + 3..]);
        let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        out.push_str(before);
        match word {
            "de" | "De" | "a" | "A" if ends => out.push('l'),
            _ => out.push_str(" el"),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_texts() {
        assert_eq!(contract("Vuelve a el gimnasio de el barrio"), "Vuelve al gimnasio del barrio");
        assert_eq!(contract("de el"), "del");
        assert_eq!(contract("a elegir de elefantes, para el café"), "a elegir de elefantes, para el café");
        assert_eq!(contract("Menú de El Olivar"), "Menú de El Olivar");
    }

    #[test]
    fn prepositions() {
        assert_eq!(with_preposition("De", "el día"), "Del día");
        assert_eq!(with_preposition("A", "el día"), "Al día");
        assert_eq!(with_preposition("de", "él"), "de él");
        assert_eq!(with_preposition("para", "el hogar"), "para el hogar");
        assert_eq!(with_preposition("a", ""), "a");
    }
}
