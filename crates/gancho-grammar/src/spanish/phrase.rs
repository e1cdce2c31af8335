//! Noun phrases: the head, what it agrees in, and the words around it.

use super::adjective::adjective;
use super::determiner::{Determiner, agreement_of_determiner};
use super::gender::known_gender;
use super::lexicon::{ADJECTIVES, FUNCTION_WORDS};
use super::number::is_plural;
use super::plural::plural;
use crate::text::peel;
use crate::{Agreement, Gender, Number};

/// A noun with what follows it, such as the name of a product, and its agreement.
///
/// ```
/// use gancho_grammar::{Agreement, spanish::{Determiner, NounPhrase}};
/// let bicycle = NounPhrase::new("bicicleta eléctrica plegable");
/// assert_eq!(bicycle.agreement(), Agreement::FS);
/// assert_eq!(bicycle.with(Determiner::Definite), "la bicicleta eléctrica plegable");
/// assert_eq!(NounPhrase::new("Croquetas para perro").agreement(), Agreement::FP);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NounPhrase {
    text: String,
    agreement: Agreement,
}

impl NounPhrase {
    /// Guesses the agreement from an article, the head or its adjective. An article at the front is taken off.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let agreement = guess(text);
        Self { text: without_article(text).to_owned(), agreement }
    }

    /// With an agreement that is known.
    pub fn with_agreement(text: &str, agreement: Agreement) -> Self {
        Self { text: text.trim().to_owned(), agreement }
    }

    /// The phrase without article.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What words around the phrase agree in.
    pub fn agreement(&self) -> Agreement {
        self.agreement
    }

    /// Its gender.
    pub fn gender(&self) -> Gender {
        self.agreement.gender
    }

    /// Its number.
    pub fn number(&self) -> Number {
        self.agreement.number
    }

    /// The determiner alone: *el, la, los, las …*
    pub fn determiner(&self, determiner: Determiner) -> &'static str {
        determiner.before(&self.text, self.agreement)
    }

    /// The determiner and the phrase: *el agua fría, unas croquetas*. A phrase that has a determiner of its own
    /// (*tu primera compra*) keeps that one, an empty phrase gets none.
    pub fn with(&self, determiner: Determiner) -> String {
        let first = self.text.split_whitespace().next().unwrap_or_default().to_lowercase();
        if first.is_empty() || ADJECTIVES.has("closed", &first) {
            return self.text.clone();
        }
        format!("{} {}", self.determiner(determiner), self.text)
    }

    /// A preposition, the article and the phrase: *del hogar, al aula, con la app*.
    pub fn with_preposition(&self, preposition: &str, determiner: Determiner) -> String {
        super::with_preposition(preposition, &self.with(determiner))
    }

    /// An adjective, given in its masculine singular, in agreement with the phrase.
    pub fn adjective(&self, base: &str) -> String {
        adjective(base, self.agreement)
    }

    /// Before the phrase an adjective or numeral in agreement and shortened: *buen precio, gran oferta*.
    pub fn preceded_by(&self, word: &str) -> String {
        format!("{} {}", super::before_noun(word, &self.text, self.agreement), self.text)
    }

    /// The pronoun that stands for the phrase as direct object: *lo, la, los, las*.
    pub fn pronoun(&self) -> &'static str {
        self.agreement.pick("lo", "la", "los", "las")
    }

    /// The phrase in the plural; a plural one as it is.
    pub fn plural(&self) -> Self {
        if self.agreement.is_plural() {
            return self.clone();
        }
        Self { text: plural(&self.text), agreement: Agreement::new(self.agreement.gender, Number::Plural) }
    }
}

fn without_article(text: &str) -> &str {
    const ARTICLES: &[&str] = &["el", "la", "los", "las", "un", "una", "unos", "unas"];
    match text.split_once(' ') {
        Some((first, rest)) if ARTICLES.contains(&first) && !rest.trim().is_empty() => rest.trim_start(),
        _ => text,
    }
}

fn guess(text: &str) -> Agreement {
    let tokens: Vec<&str> =
        text.split_whitespace().map(|token| peel(token).1).filter(|it| !it.is_empty()).collect();
    let lower: Vec<String> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let mut article = None;
    let mut at = 0;
    // Words before the head, as long as another word follows that can be one.
    while at + 1 < tokens.len() && !FUNCTION_WORDS.has("prepositions", &lower[at + 1]) && precedes(&lower[at])
    {
        let said = agreement_of_determiner(&lower[at]);
        article =
            article.or(said.filter(|_| !matches!(lower[at].as_str(), "el" | "un" | "algún" | "ningún")));
        at += 1;
    }
    if let Some(agreement) = article {
        return agreement;
    }
    let Some(head) = tokens.get(at) else { return Agreement::MS };
    let number = if is_plural(head) { Number::Plural } else { Number::Singular };
    let next = lower.get(at + 1).map(String::as_str).unwrap_or_default();
    let gender = known_gender(head).or_else(|| gender_of_adjective(next)).unwrap_or(Gender::Masculine);
    Agreement::new(gender, number)
}

fn precedes(lower: &str) -> bool {
    ADJECTIVES.has("prenominal", lower)
        || ADJECTIVES.has("determiners", lower)
        || agreement_of_determiner(lower).is_some()
        || lower.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// What a word that is surely an adjective says about its noun: *sartén esmaltada*.
fn gender_of_adjective(lower: &str) -> Option<Gender> {
    let stem = lower.strip_suffix('s').unwrap_or(lower);
    const STEMS: &[&str] =
        &["ad", "id", "ic", "os", "iv", "nuev", "roj", "negr", "blanc", "modern", "ísim", "bell"];
    let known = |stem: &str| STEMS.iter().any(|ending| stem.ends_with(ending));
    if stem.strip_suffix('a').is_some_and(known) {
        Some(Gender::Feminine)
    } else if stem.strip_suffix('o').is_some_and(known) {
        Some(Gender::Masculine)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        for (text, agreement) in [
            ("Bicicleta eléctrica plegable", Agreement::FS),
            ("Croquetas para perro", Agreement::FP),
            ("Sérum facial con vitamina C", Agreement::MS),
            ("gafas de sol", Agreement::FP),
            ("2 camisetas de algodón", Agreement::FP),
            ("Gran selección de vinos", Agreement::FS),
            ("mejores ofertas", Agreement::FP),
            ("Pavlova helada", Agreement::FS),
            ("Sandwichette tostada", Agreement::FS),
            ("el agua mineral", Agreement::FS),
            ("los auriculares", Agreement::MP),
            ("iPhone 15", Agreement::MS),
            ("curso de inglés", Agreement::MS),
            ("aceite de oliva virgen extra", Agreement::MS),
            ("", Agreement::MS),
        ] {
            assert_eq!(NounPhrase::new(text).agreement(), agreement, "{text}");
        }
    }

    #[test]
    fn words_around() {
        let water = NounPhrase::new("el agua");
        assert_eq!(
            format!("{} {}", water.with(Determiner::Definite), water.adjective("limpio")),
            "el agua limpia"
        );
        assert_eq!(water.with(Determiner::This), "esta agua");
        assert_eq!(water.plural().with(Determiner::Definite), "las aguas");
        assert_eq!(NounPhrase::new("hogar").with_preposition("de", Determiner::Definite), "del hogar");
        assert_eq!(NounPhrase::new("tu primera compra").with(Determiner::Definite), "tu primera compra");
        assert_eq!(NounPhrase::new("").with(Determiner::Definite), "");
        assert_eq!(NounPhrase::new("oferta").preceded_by("grande"), "gran oferta");
        assert_eq!(NounPhrase::new("Croquetas para perro").pronoun(), "las");
    }
}
