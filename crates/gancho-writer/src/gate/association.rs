//! Facts put together otherwise than in the brief: a price that becomes a starting price or the price with a coupon, a
//! price for a quantity, an item added to a list.

use super::context::{Context, Line, is_function_word};
use super::{Violation, ViolationKind};
use crate::facts::{AtomKind, atoms};
use crate::words::fold;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    for atom in atoms(line.text) {
        if atom.kind == AtomKind::Money && !line.is_own(atom.start, atom.end) || is_price(&atom.core, context)
        {
            check_price(line, context, atom.start, atom.end, out);
        }
    }
    check_list(line, context, out);
}

fn is_price(core: &str, context: &Context) -> bool {
    let price = context.brief.price.trim();
    !price.is_empty() && atoms(price).first().is_some_and(|it| it.core == core)
}

fn check_price(line: &Line<'_>, context: &Context, start: usize, end: usize, out: &mut Vec<Violation>) {
    let first = line.tokens.partition_point(|it| it.end <= start);
    let behind = line.tokens.partition_point(|it| it.start < end);
    let kind = ViolationKind::UnsupportedClaim;
    let before: Vec<&str> = (first.saturating_sub(3)..first).map(|i| line.at(i)).collect();
    let starting = match before[..] {
        [.., "a", "partir", "de"] | [.., "as", "low", "as"] => 3,
        [.., "starting", "at" | "from"] | [.., "menos", "de"] => 2,
        [.., "desde" | "from" | "under"] => 1,
        _ => 0,
    };
    let said = before[before.len() - starting..].join(" ");
    if starting > 0 && !context.says(&format!("{said} {}", line.at(first))) {
        out.push(line.violation(kind, line.tokens[first - starting].start, end, None));
    }
    check_quantity(line, context, behind, (start, end), out);
    check_coupon(line, context, behind, start, out);
}

/// `$4.49 a bag`, `24,50 € al mes`, `£5 each`, `12 € / kg`.
fn check_quantity(
    line: &Line<'_>,
    context: &Context,
    behind: usize,
    price: (usize, usize),
    out: &mut Vec<Violation>,
) {
    const NOUNS_AFTER_POR: &[&str] = &[
        "mes", "dia", "semana", "ano", "hora", "persona", "unidad", "kilo", "litro", "bolsa", "caja",
        "noche", "pieza",
    ];
    const RATES: &[&str] = &["each", "mensuales", "mensual", "monthly", "semanales", "diarios"];
    let (start, end) = price;
    let (word, next) = (line.at(behind), line.at(behind + 1));
    // The sign of the currency belongs to the price, not to the gap.
    let gap = line.tokens.get(behind).map_or(".", |it| line.text.get(end..it.start).unwrap_or("."));
    let slash = gap.trim() == "/";
    let near = gap.chars().all(char::is_whitespace);
    let rate = slash || near && RATES.contains(&word);
    let per = near
        && line.follows(behind + 1)
        && match word {
            "a" | "an" => !is_function_word(next) && context.language() == gancho_copy::Language::En,
            "per" | "cada" | "al" => !next.is_empty(),
            "la" | "el" | "por" => NOUNS_AFTER_POR.contains(&next),
            _ => false,
        };
    if !rate && !per {
        return;
    }
    let noun = if rate { word } else { next };
    // `£1,642 a year` and `$12 per seat` say the same in either way.
    let ways = ["a", "an", "per", "al", "por", "cada", "la", "el"];
    let carried =
        ways.iter().any(|way| context.says(&format!("{way} {noun}"))) || rate && context.words.contains(noun);
    if !carried {
        let end = line.tokens[if rate { behind } else { behind + 1 }].end;
        out.push(line.violation(ViolationKind::UnsupportedClaim, start, end, None));
    }
}

/// `$1,149.00 con el cupón X`: the brief does not say that the price is the one with the coupon.
fn check_coupon(line: &Line<'_>, context: &Context, behind: usize, start: usize, out: &mut Vec<Violation>) {
    let words = ["con", "with", "using", "usando"];
    let Some(at) = (behind..behind + 2).find(|i| words.contains(&line.at(*i)) && line.follows(*i)) else {
        return;
    };
    let is_coupon = |i: usize| matches!(line.at(i), "cupon" | "codigo" | "code" | "coupon" | "promo");
    let is_code = |i: usize| {
        line.tokens.get(i).is_some_and(|it| it.has_digit() && it.text.contains(char::is_uppercase))
    };
    let Some(coupon) = (at + 1..at + 4).find(|i| is_coupon(*i) || is_code(*i)) else { return };
    let price = line.text[start..line.tokens[behind - 1].end].trim();
    if !context.sources.iter().any(|text| text.contains(price) && fold(text).contains(line.at(coupon))) {
        let kind = ViolationKind::UnsupportedClaim;
        out.push(line.violation(kind, start, line.tokens[coupon].end, None));
    }
}

/// In `cacao, naranja e historia` two words come from one text of the brief and the third from nowhere.
fn check_list(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    for at in 2..line.tokens.len().saturating_sub(1) {
        if !matches!(line.at(at), "y" | "e" | "o" | "u" | "and" | "or") || !line.follows(at + 1) {
            continue;
        }
        let (one, two, three) = (at - 2, at - 1, at + 1);
        let comma = line.tokens[two].gap.trim() == "," && line.follows(at);
        let ends = line.tokens.get(three + 1).is_none_or(|it| !it.gap.chars().all(char::is_whitespace));
        let plain = [one, two, three].iter().all(|i| {
            let token = &line.tokens[*i];
            !token.has_digit() && token.folded.chars().count() > 3 && !is_function_word(&token.folded)
        });
        if !(comma && ends && plain) || context.speaks_of(line.at(three)) {
            continue;
        }
        let language = context.language();
        let stems = [one, two].map(|i| crate::stem::stem(line.at(i), language));
        let together = context.sources.iter().any(|text| {
            let held: Vec<String> =
                crate::words::tokens(text).iter().map(|it| crate::stem::stem(&it.folded, language)).collect();
            stems.iter().all(|it| held.contains(it))
        });
        if together {
            out.push(line.word(ViolationKind::UnsupportedClaim, three, None));
        }
    }
}
