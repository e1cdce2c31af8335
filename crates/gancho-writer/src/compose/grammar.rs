//! What the composer asks of grammar, in the terms of a brief.

use crate::brief::{Address, Market};
use gancho_grammar::spanish::{self, Determiner};
use gancho_grammar::{Agreement, Gender, Number, english};
use std::collections::HashMap;
use std::sync::LazyLock;

use super::bank::Bank;
use gancho_copy::Language;

/// The form of address in grammar's terms; English has none.
fn spoken(address: Address) -> spanish::Address {
    match address {
        Address::Tu | Address::You => spanish::Address::Tu,
        Address::Usted => spanish::Address::Usted,
        Address::Vos => spanish::Address::Vos,
        Address::Vosotros => spanish::Address::Vosotros,
        Address::Ustedes => spanish::Address::Ustedes,
    }
}

/// Whether the reader is «usted» or «ustedes».
pub(crate) fn is_formal(address: Address) -> bool {
    matches!(address, Address::Usted | Address::Ustedes)
}

/// An imperative; `verb` may have words after a hyphen (*pedir-cita*), and `clitic` stands for the product.
pub(crate) fn imperative(verb: &str, clitic: Option<&str>, address: Address, market: Market) -> String {
    let (verb, words) = verb.split_once('-').unwrap_or((verb, ""));
    let form = match clitic {
        None => spanish::imperative(verb, spoken(address)),
        Some(clitic) => spanish::imperative(&format!("{verb}{clitic}"), spoken(address)),
    };
    if words.is_empty() { form } else { format!("{form} {}", regional(words, market)) }
}

/// An appointment is a «turno» in Argentina and an «hora» in Chile.
fn regional(word: &str, market: Market) -> &str {
    match (word, market) {
        ("cita", Market::EsAr) => "turno",
        ("cita", Market::EsCl) => "hora",
        _ => word,
    }
}

/// The second person of the present.
pub(crate) fn present(verb: &str, address: Address) -> String {
    spanish::present(verb, spoken(address))
}

/// *tu*, *su*, *vuestra* before a noun.
pub(crate) fn possessive(address: Address, noun: Agreement) -> &'static str {
    spoken(address).possessive(noun)
}

/// *el tuyo*, *la suya*, *los vuestros*.
pub(crate) fn own(address: Address, noun: Agreement) -> String {
    let article = noun.pick("el", "la", "los", "las");
    format!("{article} {}", spoken(address).possessive_after(noun))
}

/// *lo*, *la*, *los*, *las*
pub(crate) fn clitic(noun: Agreement) -> &'static str {
    noun.pick("lo", "la", "los", "las")
}

/// A Spanish noun phrase with its determiner: *el agua fría*.
pub(crate) fn determined(determiner: Determiner, phrase: &str, noun: Agreement) -> String {
    format!("{} {phrase}", determiner.before(phrase, noun))
}

/// Gender and number of a Spanish noun.
pub(crate) fn agreement(noun: &str) -> Agreement {
    let number = if spanish::is_plural(noun) { Number::Plural } else { Number::Singular };
    let single = if number == Number::Plural { spanish::singular(noun) } else { noun.to_owned() };
    Agreement::new(spanish::gender(&single), number)
}

/// The agreement of a name whose gender the brief tells.
pub(crate) fn with_gender(noun: Agreement, told: Option<crate::brief::Gender>) -> Agreement {
    match told {
        Some(crate::brief::Gender::M) => Agreement::new(Gender::Masculine, noun.number),
        Some(crate::brief::Gender::F) => Agreement::new(Gender::Feminine, noun.number),
        None => noun,
    }
}

/// The infinitive and address of a Spanish imperative that offers begin with.
pub(crate) fn imperative_of(word: &str) -> Option<(&'static str, Address)> {
    FORMS.get(word).copied()
}

/// Every imperative of the bank's verbs. Where two addresses share a form, the first of the list stands for it.
static FORMS: LazyLock<HashMap<String, (&'static str, Address)>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    let addresses = [Address::Tu, Address::Usted, Address::Vos, Address::Vosotros, Address::Ustedes];
    let mut verbs: Vec<&'static str> =
        Bank::of(Language::Es).words.imperatives.iter().map(String::as_str).collect();
    verbs.sort_unstable();
    for address in addresses {
        for verb in &verbs {
            forms.entry(spanish::imperative(verb, spoken(address))).or_insert((*verb, address));
        }
    }
    forms
});

/// Whether an English noun is plural, by its form.
pub(crate) fn is_plural_english(noun: &str) -> bool {
    // "software" is its own plural, but it is one thing.
    let irregular = ["people", "children", "men", "women", "feet", "teeth"].contains(&noun);
    english::is_plural(noun) && (noun.ends_with('s') || irregular)
}

/// An English phrase behind a or an.
pub(crate) fn a_or_an(phrase: &str) -> String {
    english::with_article(phrase)
}
