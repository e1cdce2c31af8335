//! Offers and prices: what they are, and the parts of them that may be said alone.

use super::english;
use super::grammar;
use super::phrase::{bare, lower_first};
use super::spanish;
use super::words::Words;
use crate::brief::{Address, Market};
use gancho_copy::Language;
use gancho_grammar::Agreement;
use gancho_grammar::spanish::Determiner;

/// An offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Verbatim, in the brief's form of address.
    pub(crate) whole: String,
    /// As a noun phrase behind «con», "with" or "plus".
    pub(crate) noun: Option<String>,
    /// With its article.
    pub(crate) definite: Option<String>,
    /// Without its end date.
    pub(crate) base: Option<String>,
    /// Without its end date, with its article.
    pub(crate) definite_base: Option<String>,
    /// *hasta el 30 de junio*
    pub(crate) deadline: Option<String>,
    /// *30 de junio*
    pub(crate) date: Option<String>,
    /// The code of a coupon.
    pub(crate) code: Option<String>,
}

impl Offer {
    /// Reads an offer; nothing for an empty one.
    pub(crate) fn read(text: &str, address: Address, market: Market, words: &Words) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() {
            return None;
        }
        let mut offer = if market.language() == Language::Es {
            Self::spanish(&readdress(text, address, market), words)
        } else {
            Self::english(text, words)
        };
        offer.code = code(text);
        Some(offer)
    }

    fn spanish(text: &str, words: &Words) -> Self {
        let (base, deadline, date) = deadline(text, words);
        let agrees = noun_agreement(&base, words);
        let small = |text: &str| small(text, words);
        let definite = |text: &str, agrees| grammar::determined(Determiner::Definite, &small(text), agrees);
        let dated = deadline.is_some();
        Self {
            whole: lower_first(text),
            noun: agrees.map(|_| small(text)),
            definite: agrees.map(|it| definite(text, it)),
            base: dated.then(|| small(&base)),
            definite_base: agrees.filter(|_| dated).map(|it| definite(&base, it)),
            deadline,
            date,
            code: None,
        }
    }

    fn english(text: &str, words: &Words) -> Self {
        let (base, deadline, date) = deadline(text, words);
        let first = bare(text.split_whitespace().next().unwrap_or_default());
        let small = |text: &str| small(text, words);
        let sentence = words.imperatives.contains(&first);
        let reduction = text.contains("% off") || text.starts_with(['$', '£', '€']) && text.contains(" off");
        let noun = if sentence || text.contains(',') {
            None
        } else if reduction {
            Some(small(text))
        } else {
            english::with_article(&small(text), words).filter(|_| plain_noun(text))
        };
        let dated = deadline.is_some();
        Self {
            whole: small(text),
            noun,
            base: dated.then(|| small(&base)),
            deadline,
            date,
            ..Self::default()
        }
    }
}

/// "First loaf half price", "Two for $180" and "Scholarships available" are no noun phrases.
fn plain_noun(text: &str) -> bool {
    let last = text.split_whitespace().next_back().map(bare).unwrap_or_default();
    let first = text.split_whitespace().next().map(bare).unwrap_or_default();
    !["price", "available", "included", "free", "off"].contains(&last.as_str())
        && !["two", "three", "buy", "code", "list", "was"].contains(&first.as_str())
        && !text.starts_with(|c: char| c.is_ascii_digit() && !text.contains('-') && !text.contains('%'))
}

/// Whether a word that may be an imperative is one here: «prueba 14 días» is, «visita guiada» is not.
pub(crate) fn opens_imperative(word: &str, next: &str) -> bool {
    let object = [
        "el", "la", "los", "las", "un", "una", "y", "e", "tu", "su", "en", "ahora", "hoy", "ya", "sin", "con",
    ];
    let noun =
        ["compra", "prueba", "reserva", "visita", "consulta", "regalo", "llama", "viaje", "suma", "activa"];
    let follows = object.contains(&next) || next.starts_with(|c: char| c.is_ascii_digit());
    grammar::imperative_of(word).is_some() && (!noun.contains(&word) || follows)
}

fn small(text: &str, words: &Words) -> String {
    let first = bare(text.split_whitespace().next().unwrap_or_default());
    if words.commons.contains(&first) { lower_first(text) } else { text.to_owned() }
}

/// Gender and number of a Spanish offer that is a noun phrase: *el 15 % de descuento*, *la primera visita*.
fn noun_agreement(text: &str, words: &Words) -> Option<Agreement> {
    let tokens: Vec<String> = text.split_whitespace().map(bare).collect();
    let first = tokens.first()?;
    let second = tokens.get(1).map_or("", String::as_str);
    if opens_imperative(first, second) || text.starts_with(['$', '€', '¿', '¡']) {
        return None;
    }
    let percent =
        text.split_whitespace().nth(1) == Some("%") || text.split_whitespace().next()?.ends_with('%');
    let times = first.split_once('x').is_some_and(|(a, b)| {
        let figures = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit());
        figures(a) && figures(b)
    });
    if percent || times {
        return Some(Agreement::MS);
    }
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        let counted = second.chars().count() > 3 && second.chars().all(char::is_alphabetic);
        return counted.then(|| grammar::agreement(second));
    }
    if !words.commons.contains(first) {
        return None;
    }
    let ordinal = [
        ("primera", Agreement::FS),
        ("segunda", Agreement::FS),
        ("primer", Agreement::MS),
        ("segundo", Agreement::MS),
    ];
    let told = ordinal.iter().find(|(word, _)| word == first).map(|(_, agrees)| *agrees);
    told.or_else(|| spanish::head_of(text).map(|head| grammar::agreement(&head)))
}

/// The offer without its end date, the words that set it, and the date.
fn deadline(text: &str, words: &Words) -> (String, Option<String>, Option<String>) {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return (text.to_owned(), None, None);
    }
    for opener in &words.deadlines {
        let Some(at) = lower.find(opener.as_str()) else { continue };
        let bounded = at > 0 && lower[..at].ends_with([' ', ',']);
        let date = text[at + opener.len()..].trim();
        let dated = date.split_whitespace().any(|it| words.months.contains(&bare(it)));
        let figure = date.contains(|c: char| c.is_ascii_digit());
        let base = text[..at].trim_end().trim_end_matches(',').trim_end();
        if bounded && dated && figure && base.chars().count() > 2 && date.chars().count() < 30 {
            let when = opener.contains("antes").then_some(()).map_or(Some(date.to_owned()), |()| None);
            return (base.to_owned(), Some(text[at..].trim().to_owned()), when);
        }
    }
    (text.to_owned(), None, None)
}

/// The code of «Cupón PATITAS15» or "Code WAG20".
fn code(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let told = words.iter().any(|it| {
        let it = bare(it);
        it.starts_with("cup")
            || it.starts_with("código")
            || it.starts_with("codigo")
            || it == "code"
            || it == "coupon"
    });
    let code =
        words.iter().map(|it| it.trim_matches([',', '.', ':', '"', '«', '»', '“', '”'])).find(|it| {
            it.len() > 3
                && it.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
                && it.contains(|c: char| c.is_ascii_uppercase())
        })?;
    told.then(|| code.to_owned())
}

/// An offer that speaks to the reader otherwise than the brief does: «Suscríbete» becomes «Suscríbase».
fn readdress(text: &str, address: Address, market: Market) -> String {
    let mut out = Vec::new();
    let tokens: Vec<&str> = text.split(' ').collect();
    let second = |i: usize| tokens.get(i + 1).map(|it| bare(it)).unwrap_or_default();
    let leads = tokens.first().is_some_and(|it| opens_imperative(&bare(it), &second(0)));
    let mut opens = leads;
    for (i, token) in tokens.iter().enumerate() {
        let word = bare(token);
        let asked = opens && opens_imperative(&word, &second(i));
        let spoken = if asked { grammar::imperative_of(&word) } else { None };
        match spoken {
            Some((verb, _)) if grammar::imperative(verb, None, address, market) != word => {
                let form = grammar::imperative(verb, None, address, market);
                let large = token.chars().next().is_some_and(char::is_uppercase);
                let form = if large { super::phrase::upper_first(&form) } else { form };
                let tail: String = token.chars().skip_while(|c| c.is_alphabetic()).collect();
                out.push(format!("{form}{tail}"));
            }
            _ => out.push((*token).to_owned()),
        }
        // A second imperative stands behind «y» where the first word was one.
        opens = leads && word == "y";
    }
    out.join(" ")
}

/// The price as the market writes it: verbatim where the brief has a sign or words, else with the sign.
pub(crate) fn price(text: &str, currency: &str, language: Language) -> Option<String> {
    let text = text.trim();
    let amount: String = text.chars().filter(char::is_ascii_digit).collect();
    if amount.is_empty() || amount.chars().all(|c| c == '0') {
        return None;
    }
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if !plain {
        return Some(text.to_owned());
    }
    let sign = match currency {
        "EUR" => "€",
        "GBP" => "£",
        "USD" | "MXN" | "ARS" | "COP" | "CLP" | "AUD" | "CAD" => "$",
        _ => return None,
    };
    Some(if sign == "€" && language == Language::Es {
        format!("{text} €")
    } else {
        format!("{sign}{text}")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::bank::Bank;
    use super::*;

    fn es(text: &str, address: Address) -> Offer {
        Offer::read(text, address, Market::EsEs, &Bank::of(Language::Es).words).unwrap()
    }

    fn en(text: &str) -> Offer {
        Offer::read(text, Address::You, Market::EnUs, &Bank::of(Language::En).words).unwrap()
    }

    #[test]
    fn noun_phrases_get_their_article() {
        let definite = |text: &str| es(text, Address::Tu).definite;
        assert_eq!(definite("15 % de descuento").as_deref(), Some("el 15 % de descuento"));
        assert_eq!(definite("3x2 en línea").as_deref(), Some("el 3x2 en línea"));
        assert_eq!(definite("Primera visita sin coste").as_deref(), Some("la primera visita sin coste"));
        assert_eq!(
            definite("Envío gratis a partir de 2 garrafas").as_deref(),
            Some("el envío gratis a partir de 2 garrafas")
        );
        assert_eq!(definite("Miércoles 2x1"), None);
        assert_eq!(definite("Llevá 3 y pagá 2"), None);
        assert_eq!(definite("2 por 25 €"), None);
    }

    #[test]
    fn end_dates_are_told_apart() {
        let offer = es("15 % de descuento hasta el 30 de junio", Address::Tu);
        assert_eq!(offer.base.as_deref(), Some("15 % de descuento"));
        assert_eq!(offer.deadline.as_deref(), Some("hasta el 30 de junio"));
        assert_eq!(offer.date.as_deref(), Some("30 de junio"));
        let offer = en("$30 off through May 27");
        assert_eq!((offer.base.as_deref(), offer.date.as_deref()), (Some("$30 off"), Some("May 27")));
        assert_eq!(en("Subscribe and save 15%").deadline, None);
    }

    #[test]
    fn imperatives_follow_the_address_of_the_brief() {
        assert_eq!(es("Suscríbete y ahorra un 10 %", Address::Tu).whole, "suscríbete y ahorra un 10 %");
        assert_eq!(es("Suscríbete y ahorra un 10 %", Address::Usted).whole, "suscríbase y ahorre un 10 %");
        assert_eq!(es("Llevá 3 y pagá 2", Address::Tu).whole, "lleva 3 y paga 2");
    }

    #[test]
    fn codes_are_found() {
        assert_eq!(es("Cupón PATITAS15", Address::Tu).code.as_deref(), Some("PATITAS15"));
        assert_eq!(en("Code WAG20").code.as_deref(), Some("WAG20"));
        assert_eq!(en("Free UK delivery over £75").code, None);
    }

    #[test]
    fn prices_are_verbatim() {
        assert_eq!(price("39,90", "EUR", Language::Es).as_deref(), Some("39,90 €"));
        assert_eq!(price("$1,149.00", "MXN", Language::Es).as_deref(), Some("$1,149.00"));
        assert_eq!(price("$0", "MXN", Language::Es), None);
        assert_eq!(price("", "MXN", Language::Es), None);
        assert_eq!(price("5.50", "GBP", Language::En).as_deref(), Some("£5.50"));
    }
}
