//! Facts that contradict one another: the same thing with two numbers, with and without it, a discount upward, dates
//! that do not exist, a price in another currency.

use crate::brief::Brief;
use crate::facts::{Atom, AtomKind, amount, atoms, dates, unit_of};
use crate::stem::stem;
use crate::words::{fold, tokens};
use std::collections::BTreeSet;

/// A text cut down to what it speaks of.
struct Statement {
    field: String,
    stems: BTreeSet<String>,
    numbers: Vec<Atom>,
    /// *sin*, *no*, *without*.
    denied: bool,
}

/// Longest text that is compared, in bytes.
const MAX_BYTES: usize = 400;

/// Pairs of fields that contradict one another.
pub(super) fn contradictions(brief: &Brief) -> Vec<(String, String)> {
    let lists = [("benefits", &brief.benefits), ("proof", &brief.proof)];
    let mut statements = Vec::new();
    for (name, texts) in lists {
        for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.len() <= MAX_BYTES) {
            statements.push(statement(format!("{name}[{i}]"), text, brief));
        }
    }
    if brief.offer.len() <= MAX_BYTES {
        statements.push(statement("offer".to_owned(), &brief.offer, brief));
    }
    let mut out = Vec::new();
    for (i, a) in statements.iter().enumerate() {
        for b in statements.iter().skip(i + 1).filter(|b| contradict(a, b)) {
            out.push((a.field.clone(), b.field.clone()));
        }
    }
    out
}

fn statement(field: String, text: &str, brief: &Brief) -> Statement {
    const SMALL: &[&str] = &[
        "de", "en", "el", "la", "los", "las", "un", "una", "a", "al", "del", "por", "para", "y", "con",
        "the", "of", "in", "for", "and", "with", "to", "on", "by", "up", "hasta", "mas", "more", "than",
        "over", "que", "se", "su", "your", "tu", "is", "are", "es", "incluido", "incluida", "included",
        "includes",
    ];
    const DENIALS: &[&str] = &["sin", "no", "without", "not", "zero", "cero", "never", "nunca"];
    let numbers: Vec<Atom> = atoms(text).into_iter().filter(|it| it.kind != AtomKind::Code).collect();
    let (mut stems, mut denied) = (BTreeSet::new(), false);
    for token in tokens(text) {
        let counted = numbers.iter().any(|it| it.start <= token.start && token.end <= it.end);
        denied |= DENIALS.contains(&token.folded.as_str());
        let small = SMALL.contains(&token.folded.as_str()) || DENIALS.contains(&token.folded.as_str());
        if !counted && !small && !token.has_digit() && unit_of(token.text).is_none() {
            stems.insert(stem(&token.folded, brief.language));
        }
    }
    Statement { field, stems, numbers, denied }
}

fn contradict(a: &Statement, b: &Statement) -> bool {
    if a.stems.is_empty() || b.stems.is_empty() {
        return false;
    }
    if a.stems == b.stems && a.denied != b.denied && a.numbers.is_empty() && b.numbers.is_empty() {
        return true;
    }
    let (small, large) = if a.stems.len() <= b.stems.len() { (a, b) } else { (b, a) };
    let same = small.stems.is_subset(&large.stems) && (large.stems.len() - small.stems.len() <= 1);
    same && a.numbers.len() == b.numbers.len() && a.numbers.len() == 1 && differ(&a.numbers[0], &b.numbers[0])
}

/// The same measure with another number.
fn differ(a: &Atom, b: &Atom) -> bool {
    a.kind == b.kind && a.unit == b.unit && a.core != b.core && amount(&a.core) != amount(&b.core)
}

/// A discount that raises the price: `Antes $8,999, hoy $9,499`. The two amounts.
pub(super) fn upward(text: &str) -> Option<(String, String)> {
    const BEFORE: &[&str] = &["antes", "was", "before", "originally", "de", "from", "rrp", "pvp"];
    const NOW: &[&str] = &["ahora", "hoy", "now", "today", "a", "to", "queda", "solo", "only"];
    if text.len() > 1_000 {
        return None;
    }
    let money: Vec<Atom> =
        atoms(text).into_iter().filter(|it| matches!(it.kind, AtomKind::Money | AtomKind::Number)).collect();
    let words = tokens(text);
    let said = |atom: &Atom, names: &[&str]| {
        let behind = words.partition_point(|it| it.end <= atom.start);
        words[behind.saturating_sub(2)..behind].iter().any(|it| names.contains(&it.folded.as_str()))
    };
    let certain =
        words.iter().any(|it| matches!(it.folded.as_str(), "antes" | "was" | "before" | "originally"));
    let (old, new) =
        money.iter().zip(money.iter().skip(1)).find(|(a, b)| said(a, BEFORE) && said(b, NOW) && certain)?;
    (amount(&new.core)? >= amount(&old.core)?).then(|| (old.text.clone(), new.text.clone()))
}

/// A discount of more than 100 %.
pub(super) fn impossible_discount(text: &str) -> Option<String> {
    const WORDS: &[&str] = &["descuento", "off", "discount", "dto", "rebaja", "menos", "ahorra", "save"];
    let words = tokens(text);
    let speaks = words.iter().take(200).any(|it| WORDS.contains(&it.folded.as_str()));
    let over =
        |it: &Atom| it.kind == AtomKind::Percent && amount(&it.core).is_some_and(|value| value > 100.0);
    if speaks { atoms(text).into_iter().find(over).map(|it| it.text) } else { None }
}

/// A day that no year has, as in `31 de junio`, or a period that ends before it begins.
pub(super) fn impossible_date(text: &str) -> Option<String> {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let number = |text: &str| text.parse::<u32>().ok();
    let parts =
        |it: &Atom| it.core.split_once('-').and_then(|(month, day)| Some((number(month)?, number(day)?)));
    let lasts = |month: u32| DAYS.get(month as usize - 1).copied().unwrap_or(31);
    dates(text)
        .iter()
        .find(|it| parts(it).is_some_and(|(month, day)| day > lasts(month)))
        .map(|it| it.text.clone())
}

/// The sign of a price that belongs to another currency than the brief's.
pub(super) fn foreign_sign(price: &str, currency: &str) -> Option<String> {
    let currency = currency.trim().to_uppercase();
    let sign = atoms(price).into_iter().find(|it| it.kind == AtomKind::Money)?.unit;
    let dollars = ["USD", "MXN", "ARS", "COP", "CLP", "AUD", "CAD"];
    let fits = match sign.as_str() {
        "" => true,
        "€" | "euro" | "euros" => currency == "EUR",
        "£" => currency == "GBP",
        "$" => dollars.contains(&currency.as_str()),
        "US$" | "USD" => currency == "USD",
        "A$" | "AU$" => currency == "AUD",
        "C$" | "CA$" => currency == "CAD",
        "MX$" => currency == "MXN",
        other if other.len() == 3 && other.chars().all(|c| c.is_ascii_uppercase()) => other == currency,
        _ => true,
    };
    (!currency.is_empty() && !fits).then_some(sign)
}

/// A price named in the offer as *the price* that is not the brief's.
pub(super) fn other_price(offer: &str, price: &str) -> Option<(String, String)> {
    let stated = atoms(price).into_iter().next()?;
    let words = tokens(offer);
    let named = words.iter().take(50).any(|it| matches!(it.folded.as_str(), "price" | "precio" | "pvp"));
    let soft = ["antes", "was", "half", "mitad", "off", "desde", "from", "second", "segunda"];
    let hedged = words.iter().any(|it| soft.contains(&it.folded.as_str()));
    let other = atoms(offer)
        .into_iter()
        .find(|it| it.kind == AtomKind::Money && amount(&it.core) != amount(&stated.core))?;
    (named && !hedged).then(|| (stated.text.clone(), other.text))
}

/// The same words apart from case, accents and spaces.
pub(super) fn is_repeated(a: &str, b: &str) -> bool {
    fold(a).split_whitespace().eq(fold(b).split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::Market;

    fn pairs(market: Market, benefits: &[&str], proof: &[&str]) -> usize {
        let mut brief = Brief::new(market);
        brief.benefits = benefits.iter().map(|it| (*it).to_owned()).collect();
        brief.proof = proof.iter().map(|it| (*it).to_owned()).collect();
        contradictions(&brief).len()
    }

    #[test]
    fn the_same_thing_with_two_numbers() {
        assert_eq!(pairs(Market::EsMx, &["ahorra 30 % de agua", "ahorra 40 % de agua"], &[]), 1);
        assert_eq!(
            pairs(Market::EsMx, &[], &["Garantía de 10 años en motor", "Garantía de 5 años en motor"]),
            1
        );
        assert_eq!(pairs(Market::EnUs, &["5-year warranty"], &["2-year frame warranty"]), 1);
        assert_eq!(pairs(Market::EsEs, &["sin azúcar", "con azúcar"], &[]), 1);
        assert_eq!(pairs(Market::EnUs, &["waterproof case", "not a waterproof case"], &[]), 1);
    }

    #[test]
    fn different_things_do_not_clash() {
        assert_eq!(pairs(Market::EnUs, &["readability 0.0001 g", "capacity 220.0000 g"], &[]), 0);
        assert_eq!(pairs(Market::EnUs, &["makes 16 cups", "steeped 18 hours", "no added sugar"], &[]), 0);
        assert_eq!(
            pairs(Market::EsEs, &["se pliega en 12 segundos", "carga en 4 horas"], &["Más de 1.200 reseñas"]),
            0
        );
    }

    #[test]
    fn discounts_and_dates() {
        assert!(upward("Antes $8,999, hoy $9,499").is_some());
        assert!(upward("Was £40, now £55").is_some());
        assert_eq!(upward("Antes 89 €, ahora 69 €"), None);
        assert_eq!(upward("2 por 25 €"), None);
        assert!(impossible_discount("150 % de descuento").is_some());
        assert_eq!(impossible_discount("100% cotton, 10% off"), None);
        assert!(impossible_date("hasta el 31 de junio").is_some());
        assert_eq!(impossible_date("until 31 December"), None);
        assert_eq!(foreign_sign("£185", "EUR"), Some("£".to_owned()));
        assert_eq!(foreign_sign("A$110", "AUD"), None);
        assert_eq!(foreign_sign("39,90", "EUR"), None);
    }
}
