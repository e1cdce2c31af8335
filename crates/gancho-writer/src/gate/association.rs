//! Facts put together otherwise than in the brief: a price that becomes a starting price or the price with a coupon, a
//! price for a quantity, an item added to a list.

use super::context::{Context, Line, is_function_word};
use super::{Violation, ViolationKind};
use crate::facts::{AtomKind, atoms};

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
    let says = |phrase: &str| context.says(phrase) || context.words.contains(phrase);
    let starting = match before[..] {
        [.., "a", "partir", "de"] => Some(("partir", 3)),
        [.., "starting", "at" | "from"] => Some(("starting", 2)),
        [.., "as", "low", "as"] => Some(("low as", 3)),
        [.., "desde"] => Some(("desde", 1)),
        [.., "from"] => Some(("from", 1)),
        [.., "under"] => Some(("under", 1)),
        [.., "menos", "de"] => Some(("menos de", 2)),
        _ => None,
    };
    if let Some((_, words)) = starting.filter(|(phrase, _)| !says(phrase)) {
        out.push(line.violation(kind, line.tokens[first - words].start, end, None));
    }
    check_quantity(line, context, behind, start, out);
    check_coupon(line, context, first, behind, start, out);
}

/// `$4.49 a bag`, `24,50 € al mes`, `£5 each`, `12 € / kg`.
fn check_quantity(line: &Line<'_>, context: &Context, behind: usize, start: usize, out: &mut Vec<Violation>) {
    const NOUNS_AFTER_POR: &[&str] = &[
        "mes", "dia", "semana", "ano", "hora", "persona", "unidad", "kilo", "litro", "bolsa", "caja",
        "noche", "pieza",
    ];
    let (word, next) = (line.at(behind), line.at(behind + 1));
    let joined = line.follows(behind) && line.follows(behind + 1);
    let slash = line.tokens.get(behind).is_some_and(|it| it.gap.trim() == "/");
    let per = joined
        && match word {
            "a" | "an" => !is_function_word(next) && context.language() == gancho_copy::Language::En,
            "per" | "cada" | "al" => !next.is_empty(),
            "la" | "el" => NOUNS_AFTER_POR.contains(&next),
            "por" => NOUNS_AFTER_POR.contains(&next),
            _ => false,
        }
        || line.follows(behind)
            && matches!(word, "each" | "mensuales" | "mensual" | "monthly" | "semanales" | "diarios")
        || slash;
    let noun =
        if slash || matches!(word, "each" | "mensuales" | "mensual" | "monthly" | "semanales" | "diarios") {
            word
        } else {
            next
        };
    let exact = context.says(&format!("{word} {next}")) || context.says(&format!("per {noun}"));
    // `£1,642 a year` and `$12 per seat` say the same in either way.
    let carried = exact
        || [("a", "per"), ("per", "a"), ("al", "por"), ("por", "al")]
            .iter()
            .any(|(one, other)| word == *one && context.says(&format!("{other} {noun}")));
    if per && !carried && !(slash && context.words.contains(word)) {
        let end = line.tokens[if noun == word { behind } else { behind + 1 }].end;
        out.push(line.violation(ViolationKind::UnsupportedClaim, start, end, None));
    }
}

/// `$1,149.00 con el cupón X`: the brief does not say that the price is the one with the coupon.
fn check_coupon(
    line: &Line<'_>,
    context: &Context,
    first: usize,
    behind: usize,
    start: usize,
    out: &mut Vec<Violation>,
) {
    let words = ["con", "with", "using", "usando"];
    let Some(at) = (behind..behind + 2).find(|i| words.contains(&line.at(*i)) && line.follows(*i)) else {
        return;
    };
    let is_coupon = |i: usize| matches!(line.at(i), "cupon" | "codigo" | "code" | "coupon" | "promo");
    let is_code = |i: usize| {
        line.tokens.get(i).is_some_and(|it| it.has_digit() && it.text.contains(char::is_uppercase))
    };
    let Some(coupon) = (at + 1..at + 4).find(|i| is_coupon(*i) || is_code(*i)) else { return };
    let price = line.at(first);
    if !context.folded.iter().any(|text| text.contains(price) && text.contains(line.at(coupon))) {
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
