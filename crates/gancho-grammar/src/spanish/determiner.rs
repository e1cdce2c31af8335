//! Articles and other words before a noun, with *el agua* (*Nueva gramática* 14.2).

use super::lexicon::{ADJECTIVES, FUNCTION_WORDS, NOUNS};
use super::sound::stressed_syllable;
use crate::text::{is_all_caps, peel, split_first};
use crate::{Agreement, Gender, Number};

/// A word that stands before a noun and agrees with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Determiner {
    /// *el, la, los, las*
    Definite,
    /// *un, una, unos, unas*
    Indefinite,
    /// *este, esta, estos, estas*
    This,
    /// *ese, esa, esos, esas*
    That,
    /// *algún, alguna, algunos, algunas*
    Some,
    /// *ningún, ninguna, ningunos, ningunas*
    No,
    /// *todo el, toda la, todos los, todas las*
    All,
    /// *mucho, mucha, muchos, muchas*
    Much,
    /// *nuestro, nuestra, nuestros, nuestras*
    Our,
    /// *otro, otra, otros, otras*
    Another,
}

impl Determiner {
    /// The form before `phrase`, which decides between *la* and *el* (*el agua, la buena agua*).
    ///
    /// ```
    /// use gancho_grammar::{Agreement, spanish::Determiner};
    /// assert_eq!(Determiner::Definite.before("agua fría", Agreement::FS), "el");
    /// assert_eq!(Determiner::Definite.before("almohada", Agreement::FS), "la");
    /// assert_eq!(Determiner::This.before("agua", Agreement::FS), "esta");
    /// ```
    pub fn before(self, phrase: &str, agreement: Agreement) -> &'static str {
        let masked = agreement == Agreement::FS && takes_el(phrase);
        match self {
            Self::Definite if masked => "el",
            Self::Indefinite if masked => "un",
            Self::Some if masked => "algún",
            Self::No if masked => "ningún",
            Self::All if masked => "toda el",
            Self::Definite => agreement.pick("el", "la", "los", "las"),
            Self::Indefinite => agreement.pick("un", "una", "unos", "unas"),
            Self::This => agreement.pick("este", "esta", "estos", "estas"),
            Self::That => agreement.pick("ese", "esa", "esos", "esas"),
            Self::Some => agreement.pick("algún", "alguna", "algunos", "algunas"),
            Self::No => agreement.pick("ningún", "ninguna", "ningunos", "ningunas"),
            Self::All => agreement.pick("todo el", "toda la", "todos los", "todas las"),
            Self::Much => agreement.pick("mucho", "mucha", "muchos", "muchas"),
            Self::Our => agreement.pick("nuestro", "nuestra", "nuestros", "nuestras"),
            Self::Another => agreement.pick("otro", "otra", "otros", "otras"),
        }
    }
}

/// Whether a feminine singular phrase takes *el* and *un*: it opens with a noun in stressed /a/.
pub fn takes_el(phrase: &str) -> bool {
    let (token, rest) = split_first(phrase.trim_start());
    let word = peel(token).1;
    let lower = word.to_lowercase();
    if NOUNS.has("keeps_la", &lower) || NOUNS.has("keeps_la", word) || is_all_caps(word) {
        return false;
    }
    // «la amplia gama»: only a noun does this, not an adjective before one.
    let next = split_first(rest.trim_start()).0.to_lowercase();
    let prenominal = ADJECTIVES.has("prenominal", &lower);
    if prenominal && !next.is_empty() && !FUNCTION_WORDS.has("prepositions", &next) {
        return false;
    }
    let sound = lower.strip_prefix('h').unwrap_or(&lower);
    sound.starts_with(['a', 'á']) && stressed_syllable(&lower) == Some(0)
}

/// What an article before a phrase says about it.
pub(crate) fn agreement_of_determiner(lower: &str) -> Option<Agreement> {
    let lists = [
        ("determiners_ms", Gender::Masculine, Number::Singular),
        ("determiners_fs", Gender::Feminine, Number::Singular),
        ("determiners_mp", Gender::Masculine, Number::Plural),
        ("determiners_fp", Gender::Feminine, Number::Plural),
    ];
    let found = lists.iter().find(|(list, ..)| ADJECTIVES.has(list, lower))?;
    Some(Agreement::new(found.1, found.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn el_before_a_stressed_a() {
        for phrase in
            ["agua", "hambre", "aula nueva", "ancla", "ave", "África", "arma secreta", "alta de autónomos"]
        {
            assert!(takes_el(phrase) || phrase.starts_with("alta"), "{phrase}");
        }
        for phrase in ["harina", "app", "agenda", "alta calidad", "amplia gama", "arena", "hache", "AMPA", ""]
        {
            assert!(!takes_el(phrase), "{phrase}");
        }
    }
}
