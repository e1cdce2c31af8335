//! Phrases of a brief, classified, so that each is put only where grammar takes it.

use super::pattern::Wanted;
use gancho_copy::Language;
use gancho_grammar::Agreement;

/// What a phrase is, by its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Class {
    /// *batería extraíble de 360 Wh*
    Noun,
    /// *se pliega en 12 segundos*, in the third person
    Verb,
    /// *resistente al agua*
    Adjective,
    /// *estacionada 18 meses*
    Participle,
    /// *de cultivo propio*
    Prepositional,
    /// *sin conservadores*, "no added sugar"
    Negated,
    /// Anything else: imperatives, infinitives, labels, whole clauses. It only stands alone.
    Clause,
}

/// A phrase of the brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// As it stands in the middle of a sentence.
    pub(crate) text: String,
    pub(crate) class: Class,
    /// What it agrees in: the adjective's own ending, or the number of its verb.
    pub(crate) agrees: Ending,
    /// Neither conjunction nor comma inside: it can be coordinated.
    pub(crate) simple: bool,
    /// It holds a figure.
    pub(crate) figure: bool,
    /// What it denies.
    pub(crate) denied: Option<String>,
    /// As it stands behind «con» or "with"; absent where that would be wrong or unsure.
    pub(crate) governed: Option<String>,
}

/// With which nouns an adjective, participle or verb goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ending {
    /// Feminine, masculine, or both when absent.
    pub(crate) feminine: Option<bool>,
    /// Plural, singular, or both when absent.
    pub(crate) plural: Option<bool>,
}

impl Ending {
    /// Whether a noun of that agreement takes it.
    pub(crate) fn suits(self, noun: Option<Agreement>) -> bool {
        let Some(noun) = noun else { return self == Self::default() };
        self.feminine.is_none_or(|it| it == noun.is_feminine())
            && self.plural.is_none_or(|it| it == noun.is_plural())
    }
}

impl Phrase {
    /// Whether it can fill a slot, where the product agrees as `noun`.
    pub(crate) fn fills(&self, wanted: Wanted, noun: Option<Agreement>) -> bool {
        match wanted {
            Wanted::Any => true,
            Wanted::Figure => self.figure,
            Wanted::Denied => self.denied.is_some(),
            Wanted::Adjectival => {
                matches!(self.class, Class::Adjective | Class::Participle) && self.agrees.suits(noun)
            }
            Wanted::Class(Class::Noun) => self.class == Class::Noun && self.governed.is_some(),
            Wanted::Class(Class::Prepositional) => {
                matches!(self.class, Class::Prepositional | Class::Negated)
            }
            Wanted::Class(class) => self.class == class && self.agrees.suits(noun),
        }
    }

    /// Its family in a coordination: only like joins like. «Sin …» goes with adjectives, "no …" with nouns.
    pub(crate) fn kin(&self, language: Language) -> Option<u8> {
        match self.class {
            Class::Noun => Some(0),
            Class::Negated if language == Language::En => Some(0),
            Class::Verb => Some(1),
            Class::Adjective | Class::Participle | Class::Negated => Some(2),
            Class::Prepositional | Class::Clause => None,
        }
    }
}

/// The word without the punctuation around it, in lower case.
pub(crate) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether the phrase has a conjunction or a comma inside.
pub(crate) fn is_simple(text: &str) -> bool {
    let joined = [" y ", " e ", " o ", " u ", " and ", " or ", ", ", "; "];
    !joined.iter().any(|it| text.contains(it)) && text.chars().count() <= 60
}

/// The first letter small, unless the word is a name, an acronym or a figure.
pub(crate) fn lower_first(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let rest_small = letters.all(|c| !c.is_uppercase() && !c.is_numeric());
    if capital && rest_small && word.chars().filter(|c| c.is_alphabetic()).count() > 1 {
        let mut chars = text.chars();
        chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
    } else {
        text.to_owned()
    }
}

/// The first letter large; figures and marks before it are left alone.
pub(crate) fn upper_first(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    // iPhone, eBay: a name keeps its small letter.
    let named = word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
    match text.char_indices().find(|(_, c)| c.is_alphanumeric()) {
        Some((at, c)) if c.is_lowercase() && !named => {
            format!("{}{}{}", &text[..at], c.to_uppercase(), &text[at + c.len_utf8()..])
        }
        _ => text.to_owned(),
    }
}
