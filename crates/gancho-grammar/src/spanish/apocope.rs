//! Words that lose their ending before a noun (*Nueva gramática* 13.5, 21.1).

use super::adjective::adjective;
use super::determiner::takes_el;
use super::gender::gender;
use super::lexicon::ADJECTIVES;
use crate::text::{peel, recase, split_first};
use crate::{Agreement, Gender};

/// A word before a noun phrase, in agreement and shortened: *buen precio*, *gran oferta*, *veintiún días*,
/// *cien euros*, *algún agua*. The word is given in its masculine form, as in a dictionary.
///
/// ```
/// use gancho_grammar::{Agreement, spanish::before_noun};
/// assert_eq!(before_noun("bueno", "precio", Agreement::MS), "buen");
/// assert_eq!(before_noun("grande", "oferta", Agreement::FS), "gran");
/// assert_eq!(before_noun("veintiuno", "horas", Agreement::FP), "veintiuna");
/// ```
pub fn before_noun(word: &str, phrase: &str, agreement: Agreement) -> String {
    let lower = word.to_lowercase();
    recase(word, &short(&lower, phrase, agreement).unwrap_or_else(|| adjective(&lower, agreement)))
}

/// [`before_noun`] with the phrase after it, whose agreement is guessed: `("bueno", "idea")` is *buena idea*.
pub fn join_before_noun(word: &str, phrase: &str) -> String {
    let head = phrase.split_whitespace().map(|token| peel(token).1).find(|token| {
        let lower = token.to_lowercase();
        !(ADJECTIVES.has("prenominal", &lower) || matches!(lower.as_str(), "mil" | "uno" | "un"))
    });
    let head = head.unwrap_or_default();
    let number = if super::number::is_plural(head) { crate::Number::Plural } else { crate::Number::Singular };
    let agreement = Agreement::new(gender(head), number);
    if word.eq_ignore_ascii_case("ciento") && split_first(phrase).0 == "uno" {
        let rest = split_first(phrase).1;
        let one = before_noun("uno", rest.trim_start(), agreement);
        return format!("{word} {one}{rest}");
    }
    format!("{} {phrase}", before_noun(word, phrase, agreement))
}

fn short(lower: &str, phrase: &str, agreement: Agreement) -> Option<String> {
    let masculine_singular = agreement == Agreement::MS;
    let masculine = agreement.gender == Gender::Masculine;
    let masked = agreement == Agreement::FS && takes_el(phrase);
    let form = match lower {
        "bueno" if masculine_singular => "buen",
        "malo" if masculine_singular => "mal",
        "primero" if masculine_singular => "primer",
        "tercero" if masculine_singular => "tercer",
        "postrero" if masculine_singular => "postrer",
        "alguno" if masculine_singular || masked => "algún",
        "ninguno" if masculine_singular || masked => "ningún",
        "uno" if masculine_singular || masked => "un",
        "uno" if agreement == Agreement::MP => "un",
        "uno" if agreement == Agreement::FP => "una",
        "grande" if !agreement.is_plural() => "gran",
        "cualquiera" if !agreement.is_plural() => "cualquier",
        "santo" if masculine_singular => saint(phrase),
        "ciento" => cent(phrase),
        _ => return twenty_one(lower, masculine, masked),
    };
    Some(form.to_owned())
}

/// *San Jorge*, but *Santo Tomás, Santo Tomé, Santo Toribio, Santo Domingo*; with a capital, as part of a name.
fn saint(phrase: &str) -> &'static str {
    let keeps = ["To", "Tó", "Do"].iter().any(|start| phrase.starts_with(start));
    if keeps { "Santo" } else { "San" }
}

/// *Cien euros, cien mil*; before a smaller numeral *ciento*.
fn cent(phrase: &str) -> &'static str {
    const SMALLER: &[&str] =
        &["uno", "un", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"];
    const TENS: &[&str] = &[
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "treinta",
        "cuarenta",
        "cincuenta",
        "sesenta",
    ];
    const MORE: &[&str] = &["setenta", "ochenta", "noventa"];
    let first = split_first(phrase).0;
    let numeral = SMALLER.contains(&first) || TENS.contains(&first) || MORE.contains(&first);
    if numeral || first.starts_with("dieci") || first.starts_with("veint") { "ciento" } else { "cien" }
}

/// *Veintiún días, veintiuna horas, treinta y un años.*
fn twenty_one(lower: &str, masculine: bool, masked: bool) -> Option<String> {
    let stem = lower.strip_suffix("uno").filter(|stem| stem.ends_with("veinti") || stem.ends_with(" y "))?;
    let ending = match (masculine || masked, stem.ends_with("veinti")) {
        (true, true) => "ún",
        (true, false) => "un",
        (false, _) => "una",
    };
    Some(format!("{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined() {
        for (word, phrase, whole) in [
            ("bueno", "idea", "buena idea"),
            ("primero", "compra", "primera compra"),
            ("tercero", "pedido", "tercer pedido"),
            ("grande", "selección", "gran selección"),
            ("grandes", "ofertas", "grandes ofertas"),
            ("santo", "Tomás", "Santo Tomás"),
            ("Bueno", "día", "Buen día"),
            ("ciento", "dos días", "ciento dos días"),
            ("treinta y uno", "noches", "treinta y una noches"),
            ("ninguno", "alma", "ningún alma"),
            ("cualquiera", "oferta", "cualquier oferta"),
            ("mejor", "precios", "mejores precios"),
        ] {
            assert_eq!(join_before_noun(word, phrase), whole);
        }
    }
}
