//! Pronouns written at the end of a verb (*Ortografía* 2010, II.3.4.5).

use super::sound::{accentuate, plain, stressed_vowel};
use crate::text::recase;

/// Puts pronouns at the end of an imperative or infinitive, with the accent that the whole then needs.
///
/// ```
/// use gancho_grammar::spanish::attach;
/// assert_eq!(attach("compra", &["la"]), "cómprala");
/// assert_eq!(attach("probá", &["lo"]), "probalo");
/// assert_eq!(attach("lleva", &["te", "lo"]), "llévatelo");
/// assert_eq!(attach("suscribid", &["os"]), "suscribíos");
/// assert_eq!(attach("vamos", &["nos"]), "vámonos");
/// ```
pub fn attach(verb: &str, clitics: &[&str]) -> String {
    let lower = verb.to_lowercase();
    let (Some(first), Some(stress)) = (clitics.first(), stressed_vowel(&lower)) else {
        return format!("{verb}{}", clitics.concat());
    };
    let base = match *first {
        // The d of vosotros falls, except in «idos».
        "os" if lower != "id" => lower.strip_suffix('d').unwrap_or(&lower),
        "nos" | "se" if lower.ends_with("mos") => lower.strip_suffix('s').unwrap_or(&lower),
        _ => &lower,
    };
    recase(verb, &accentuate(&format!("{base}{}", clitics.concat()), stress))
}

/// An infinitive without the pronouns at its end, and the pronouns: `llevárselo` is `llevar`, `se`, `lo`.
pub(crate) fn detach(infinitive: &str) -> (String, Vec<&'static str>) {
    const CLITICS: &[&str] = &["nos", "los", "las", "les", "me", "te", "se", "os", "lo", "la", "le"];
    let mut base = infinitive.to_lowercase();
    let mut found = Vec::new();
    while found.len() < 2 && !is_infinitive(&base) {
        let Some(clitic) = CLITICS.iter().find(|clitic| base.ends_with(**clitic)) else { break };
        base.truncate(base.len() - clitic.len());
        found.insert(0, *clitic);
    }
    if found.is_empty() || !is_infinitive(&base) {
        return (infinitive.to_lowercase(), Vec::new());
    }
    // «llevárselo» without its pronouns is «llevar»; «reírse» keeps the accent of «reír».
    let keeps = base.ends_with("eír") || base.ends_with("oír") || base.ends_with("aír");
    let base = if keeps { base } else { base.chars().map(plain).collect() };
    (base, found)
}

/// Whether a lower-case word ends like an infinitive.
pub(crate) fn is_infinitive(word: &str) -> bool {
    ["ar", "er", "ir", "ár", "ér", "ír"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents() {
        for (verb, clitics, whole) in [
            ("haz", &["lo"][..], "hazlo"),
            ("dé", &["me"], "deme"),
            ("llevá", &["te", "lo"], "llevátelo"),
            ("id", &["os"], "idos"),
            ("registrad", &["os"], "registraos"),
            ("oye", &["lo"], "óyelo"),
            ("comprar", &["lo"], "comprarlo"),
            ("llevar", &["se", "lo"], "llevárselo"),
            ("Compra", &["la"], "Cómprala"),
            ("envía", &["lo"], "envíalo"),
            ("evalúe", &["lo"], "evalúelo"),
            ("", &["lo"], "lo"),
            ("compra", &[], "compra"),
        ] {
            assert_eq!(attach(verb, clitics), whole);
        }
    }

    #[test]
    fn detached() {
        assert_eq!(detach("llevárselo"), ("llevar".into(), vec!["se", "lo"]));
        assert_eq!(detach("reírse"), ("reír".into(), vec!["se"]));
        assert_eq!(detach("comprar"), ("comprar".into(), vec![]));
        assert_eq!(detach("escribirnos"), ("escribir".into(), vec!["nos"]));
        assert_eq!(detach("nos"), ("nos".into(), vec![]));
    }
}
