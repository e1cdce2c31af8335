//! *Y* or *e*, *o* or *u*, and lists (*Nueva gramática* 31.1).

use super::sound::{is_vowel, unaccented};
use crate::text::{is_all_caps, leading_group};

/// Foreign words and names in i- read /ai/, and words in h- whose h is heard.
const READ_OTHERWISE: &[&str] = &["iceberg", "icebreaker", "ice", "iron", "ironman", "island", "io"];
const HEARD_H: &[&str] =
    &["hollywood", "hobby", "hobbies", "holding", "hockey", "house", "home", "hot", "holter"];

/// *e* before the sound /i/, else *y*: *padres e hijos*, *agua y hielo*, *diseño y iPhone*.
pub fn and_before(next: &str) -> &'static str {
    if opens_with_i(next) { "e" } else { "y" }
}

/// *u* before the sound /o/, digits as read aloud, else *o*: *uno u otro*, *7 u 8*, *10 o 18*.
pub fn or_before(next: &str) -> &'static str {
    if opens_with_o(next) { "u" } else { "o" }
}

/// `a, b y c`, with *e* where the last item asks for it.
///
/// ```
/// use gancho_grammar::spanish::join_and;
/// assert_eq!(join_and(&["rápido", "cómodo", "inteligente"]), "rápido, cómodo e inteligente");
/// ```
pub fn join_and<S: AsRef<str>>(items: &[S]) -> String {
    join(items, and_before)
}

/// `a, b o c`, with *u* where the last item asks for it.
pub fn join_or<S: AsRef<str>>(items: &[S]) -> String {
    join(items, or_before)
}

fn join<S: AsRef<str>>(items: &[S], conjunction: fn(&str) -> &'static str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).filter(|item| !item.trim().is_empty()).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [init @ .., last] => format!("{} {} {last}", init.join(", "), conjunction(last)),
    }
}

/// The first word, signs taken off; `None` where a question or exclamation opens, which keeps *y*.
fn first_word(next: &str) -> Option<&str> {
    let start = next.find(char::is_alphanumeric)?;
    if next[..start].contains(['¿', '¡']) {
        return None;
    }
    let rest = &next[start..];
    Some(&rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())])
}

fn opens_with_i(next: &str) -> bool {
    let Some(word) = first_word(next) else { return false };
    // iPhone, iPad, iOS are read /ai/.
    if word.starts_with('i') && word.chars().nth(1).is_some_and(char::is_uppercase) {
        return false;
    }
    if is_all_caps(word) && word.starts_with('I') {
        return true;
    }
    let lower = word.to_lowercase();
    if READ_OTHERWISE.contains(&lower.as_str()) {
        return false;
    }
    let accented = lower.starts_with('í') || lower.starts_with("hí");
    let lower = unaccented(&lower);
    let mut sound = lower.strip_prefix('h').unwrap_or(&lower).chars();
    let (first, second) = (sound.next(), sound.next());
    match (first, second) {
        (Some('i'), Some(c)) => accented || !is_vowel(c),
        (Some('i'), None) => true,
        (Some('y'), Some(c)) => !lower.starts_with('h') && !is_vowel(c),
        _ => false,
    }
}

fn opens_with_o(next: &str) -> bool {
    let Some(word) = first_word(next) else { return false };
    if let Some(group) = leading_group(&next[next.find(word).unwrap_or_default()..]) {
        return matches!(group, 8 | 11 | 80..=89 | 800..=899);
    }
    let lower = unaccented(&word.to_lowercase());
    !HEARD_H.contains(&lower.as_str()) && lower.strip_prefix('h').unwrap_or(&lower).starts_with('o')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_decide() {
        for next in ["hijos", "Ibiza", "«Íntegro»", "IVA", "Yves", "hígado", "i"] {
            assert_eq!(and_before(next), "e", "{next}");
        }
        for next in ["hierro", "iPad", "yogur", "¿ideas?", "ionizador", "", "15", "un hijo"] {
            assert_eq!(and_before(next), "y", "{next}");
        }
        for next in ["oro", "hotel", "8 €", "8.500", "85", "11", "online", "óptica"] {
            assert_eq!(or_before(next), "u", "{next}");
        }
        for next in ["18", "108", "hockey", "1.800", "", "aro"] {
            assert_eq!(or_before(next), "o", "{next}");
        }
    }

    #[test]
    fn lists() {
        assert_eq!(join_and(&["a", "b", "c"]), "a, b y c");
        assert_eq!(join_and(&["a"]), "a");
        assert_eq!(join_and::<&str>(&[]), "");
        assert_eq!(join_or(&["plata", "oro"]), "plata u oro");
    }
}
