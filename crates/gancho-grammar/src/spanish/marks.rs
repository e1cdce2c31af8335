//! The signs ¿ ? ¡ ! and the space before a percent sign (*Ortografía* 2010, III).

use crate::casing::capitalize_first;
use crate::text::{NBSP, lower_first_char, peel, split_first};

/// Words that open a clause before the question proper: *Si ahorras 30 €, ¿qué harás?*
const LEADS: &[&str] = &["si", "cuando", "aunque", "como", "mientras", "ya", "para", "con", "en", "por"];

/// A question between its signs. They open after a conditional or other leading clause; signs that are there
/// already are not doubled.
///
/// ```
/// use gancho_grammar::spanish::question;
/// assert_eq!(question("Cuánto cuesta"), "¿Cuánto cuesta?");
/// assert_eq!(question("Si ahorras 30 €, qué harás"), "Si ahorras 30 €, ¿qué harás?");
/// ```
pub fn question(text: &str) -> String {
    let text = bare(text);
    match lead(text) {
        Some((lead, rest)) => question_after(lead, rest),
        None => enclose(text, "¿", "?"),
    }
}

/// A question after a vocative or another lead: `("Marta", "ya lo probaste")` is *Marta, ¿ya lo probaste?*
pub fn question_after(lead: &str, text: &str) -> String {
    format!("{}, {}", lead.trim().trim_end_matches(','), enclose(bare(text), "¿", "?"))
}

/// Several short questions. As sentences (*¿Frío? ¿Calor?*), or as one sentence (*¿Cuándo?, ¿cómo?*).
pub fn questions<S: AsRef<str>>(texts: &[S], one_sentence: bool) -> String {
    let one = |(at, text): (usize, &S)| {
        let text = bare(text.as_ref());
        let text = if one_sentence && at > 0 { lower_first_char(text) } else { capitalize_first(text) };
        enclose(&text, "¿", "?")
    };
    let parts: Vec<String> = texts.iter().enumerate().map(one).filter(|part| !part.is_empty()).collect();
    parts.join(if one_sentence { ", " } else { " " })
}

/// An exclamation between its signs; a vocative stays inside.
pub fn exclamation(text: &str) -> String {
    enclose(bare(text), "¡", "!")
}

/// Question and exclamation at once: *¡¿No me digas que es gratis?!*
pub fn question_exclaimed(text: &str) -> String {
    enclose(bare(text), "¡¿", "?!")
}

/// A sentence with its full stop; none after `! ? … :` or another stop.
pub fn stop(text: &str) -> String {
    let text = text.trim_end();
    let closed = text.trim_end_matches(['»', '”', '"', ')']);
    if closed.is_empty() || closed.ends_with(['.', '!', '?', '…', ':', ';', ',']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A no-break space between a figure and its percent sign: *15 %*.
pub fn space_percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '%' {
            let figures = out.trim_end_matches([' ', NBSP]);
            if figures.ends_with(|c: char| c.is_ascii_digit()) {
                out.truncate(figures.len());
                out.push(NBSP);
            }
        }
        out.push(c);
    }
    out
}

/// A text without signs around it. An ellipsis stays, a full stop does not.
fn bare(text: &str) -> &str {
    text.trim().trim_start_matches(['¿', '¡']).trim_end_matches(['?', '!', '.', ',', ' '])
}

fn enclose(text: &str, open: &str, close: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}

/// The leading clause of a question, when it opens like one and a comma ends it.
fn lead(text: &str) -> Option<(&str, &str)> {
    let first = peel(split_first(text).0).1.to_lowercase();
    if !LEADS.contains(&first.as_str()) || text.contains(['¿', '?']) {
        return None;
    }
    // A decimal comma is none: only a comma before a blank ends a clause.
    let at = text.find(", ")?;
    let (before, after) = (&text[..at], &text[at + 2..]);
    (before.split_whitespace().count() > 1 && !after.trim().is_empty()).then(|| (before, after.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_not_doubled() {
        assert_eq!(question("¿Lo quieres?"), "¿Lo quieres?");
        assert_eq!(exclamation("¡Ya!"), "¡Ya!");
        assert_eq!(question("Y si te dijéramos…"), "¿Y si te dijéramos…?");
        assert_eq!(question(""), "");
        assert_eq!(question("Si pagas 4,5 €, te quedas"), "Si pagas 4,5 €, ¿te quedas?");
    }

    #[test]
    fn series() {
        assert_eq!(questions(&["Cuándo", "Cómo"], true), "¿Cuándo?, ¿cómo?");
        assert_eq!(questions(&["frío", "calor"], false), "¿Frío? ¿Calor?");
    }

    #[test]
    fn stops() {
        assert_eq!(stop("Reserva ya"), "Reserva ya.");
        assert_eq!(stop("¡Última oportunidad!"), "¡Última oportunidad!");
        assert_eq!(stop("«¡Ya!»"), "«¡Ya!»");
        assert_eq!(stop(""), "");
    }

    #[test]
    fn percent() {
        assert_eq!(space_percent("15% y 20 %"), "15\u{a0}% y 20\u{a0}%");
        assert_eq!(space_percent("%"), "%");
    }
}
