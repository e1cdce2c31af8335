//! Agreement in Spanish, where it can be told without a dictionary: adjectives of the brief in another gender, and
//! adjectives joined to a noun whose ending shows its gender.

use super::context::{Context, Line, is_function_word};
use super::{Violation, ViolationKind};
use crate::brief::Gender;
use crate::words::tokens;
use gancho_copy::Language;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    if context.language() != Language::Es {
        return;
    }
    for at in 0..line.tokens.len() {
        let token = &line.tokens[at];
        if line.is_own(token.start, token.end) || context.words.contains(&token.folded) {
            continue;
        }
        if let Some(wanted) = other_gender(line, at, context) {
            out.push(line.word(ViolationKind::Agreement, at, Some(&wanted)));
        } else if joined_to_feminine(line, at, context) {
            let wanted = swap(&token.folded).unwrap_or_default();
            out.push(line.word(ViolationKind::Agreement, at, Some(&wanted)));
        }
    }
}

/// *Orgánico* for a product that the brief calls *orgánica*, with no masculine noun before it.
fn other_gender(line: &Line<'_>, at: usize, context: &Context) -> Option<String> {
    let word = line.at(at);
    let twin =
        swap(word).filter(|twin| word.len() > 4 && is_adjective(word) && context.words.contains(twin))?;
    let masculine = word.ends_with('o') || word.ends_with("os");
    // Whose adjective it is: the noun before it in the brief.
    let noun = context.sources.iter().find_map(|text| {
        let words = tokens(text);
        let i = words.iter().position(|it| it.folded == twin)?;
        i.checked_sub(1).map(|i| words[i].folded.clone())
    });
    let product = noun.is_some_and(|it| {
        it.len() > 3 && context.folded.iter().any(|text| text.contains(&format!(" {it} ")))
    });
    let before = at.checked_sub(1).map_or("", |i| line.at(i));
    let after_clitic =
        ["lo", "los", "la", "las"].iter().any(|it| before.ends_with(it) && before.len() > it.len() + 2);
    let same_noun = gender_of(before).is_some_and(|it| (it == Gender::F) == masculine);
    // Before it: a verb with a pronoun, or a noun of the other gender.
    (product && (after_clitic || same_noun)).then_some(twin)
}

/// *Ortodoncia invisible e indoloro*: noun, adjective, conjunction, adjective.
fn joined_to_feminine(line: &Line<'_>, at: usize, context: &Context) -> bool {
    let word = line.at(at);
    if !(word.ends_with('o') && word.len() > 4 && is_adjective(word)) {
        return false;
    }
    let conjunction =
        at >= 3 && matches!(line.at(at - 1), "y" | "e") && line.follows(at) && line.follows(at - 1);
    let between = |i: usize| {
        let adjective = line.at(i);
        !is_function_word(adjective)
            && (adjective.ends_with("ble")
                || adjective.ends_with('l')
                || adjective.ends_with('a') && is_adjective(adjective))
    };
    let noun = |i: usize| {
        let noun = line.at(i);
        gender_of(noun) == Some(Gender::F)
            || is_product_head(noun, context) && context.brief.product_gender == Some(Gender::F)
    };
    conjunction && between(at - 2) && noun(at - 3)
}

fn is_product_head(word: &str, context: &Context) -> bool {
    tokens(&context.brief.product).first().is_some_and(|it| it.folded == word)
}

/// Endings of adjectives that come in four forms.
fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "os", "ad", "id", "ic", "iv", "ari", "or", "an", "in", "il", "ent", "er", "ill", "ust", "uy", "ect",
        "ut", "ern", "ug",
    ];
    let root = word.trim_end_matches('s').trim_end_matches(['o', 'a']);
    root.len() > 2 && root.len() < word.len() && ENDINGS.iter().any(|it| root.ends_with(it))
}

/// The other gender.
fn swap(word: &str) -> Option<String> {
    let pairs = [("os", "as"), ("as", "os"), ("o", "a"), ("a", "o")];
    pairs.iter().find_map(|(from, to)| word.strip_suffix(from).map(|root| format!("{root}{to}")))
}

/// The gender of a noun, where its ending tells.
fn gender_of(noun: &str) -> Option<Gender> {
    const FEMININE: &[&str] = &[
        "cion", "sion", "dad", "tad", "tud", "umbre", "encia", "ancia", "oncia", "eza", "ura", "eria",
        "ogia", "isima", "illa", "eta", "ina",
    ];
    const NOT: &[&str] = &["dia", "mapa", "planeta", "cura", "atleta"];
    (FEMININE.iter().any(|it| noun.ends_with(it)) && !NOT.contains(&noun)).then_some(Gender::F)
}
