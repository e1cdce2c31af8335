//! Small tools for words and their case.

/// A no-break space, which stands before `%` and `€` in Spanish.
pub(crate) const NBSP: char = '\u{a0}';

/// `word` in the case of `model`: all capitals, a first capital, or as it is.
pub(crate) fn recase(model: &str, word: &str) -> String {
    let letters = || model.chars().filter(|c| c.is_alphabetic());
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        word.to_uppercase()
    } else if model.chars().next().is_some_and(char::is_uppercase) {
        upper_first(word)
    } else {
        word.to_owned()
    }
}

/// The first character in upper case, nothing skipped.
pub(crate) fn upper_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The first character in lower case, nothing skipped.
pub(crate) fn lower_first_char(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Two letters or more and all of them capitals: `USB`, `UV400`.
pub(crate) fn is_all_caps(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    word.chars().filter(|c| c.is_alphanumeric()).count() > 1
        && letters().next().is_some()
        && letters().all(char::is_uppercase)
}

/// A capital after the first letter beside small ones: `iPhone`, `WhatsApp`; not `Otoño-Invierno`.
pub(crate) fn is_mixed_case(word: &str) -> bool {
    word.split('-').any(|part| {
        let inner = part.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase);
        inner && part.chars().any(char::is_lowercase)
    })
}

/// A token as what stands before its word, the word, and what stands after it.
pub(crate) fn peel(token: &str) -> (&str, &str, &str) {
    let core = token.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return (token, "", "");
    }
    let start = token.find(core).unwrap_or_default();
    (&token[..start], core, &token[start + core.len()..])
}

/// The first word of a phrase and the rest with its blank.
pub(crate) fn split_first(phrase: &str) -> (&str, &str) {
    let end = phrase.find(char::is_whitespace).unwrap_or(phrase.len());
    phrase.split_at(end)
}

/// The leading number of a word as it is read aloud: digits, and what the first group of three of them is.
pub(crate) fn leading_group(word: &str) -> Option<u32> {
    let digits: String = word.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let whole = digits.split(['.', ',']).next().unwrap_or_default();
    if whole.is_empty() {
        return None;
    }
    // 1800 is read by thousands, as is 1.800; 12000 opens with twelve.
    let first = match whole.len() % 3 {
        0 => 3,
        rest => rest,
    };
    whole.get(..first)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        let read = |word| leading_group(word);
        assert_eq!(
            (read("8000"), read("80"), read("8.000"), read("811-x")),
            (Some(8), Some(80), Some(8), Some(811))
        );
        assert_eq!(read("x8"), None);
    }

    #[test]
    fn case_follows_the_model() {
        assert_eq!(recase("LUZ", "luces"), "LUCES");
        assert_eq!(recase("Luz", "luces"), "Luces");
        assert_eq!(recase("luz", "luces"), "luces");
    }

    #[test]
    fn tokens_are_peeled() {
        assert_eq!(peel("«hola»,"), ("«", "hola", "»,"));
        assert_eq!(peel("…"), ("…", "", ""));
    }
}
