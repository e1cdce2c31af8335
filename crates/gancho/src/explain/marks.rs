//! Capitals and signs put in order: variants of a text in the same words.

use gancho_copy::{Language, UnitKind, sentence_ranges, units};

/// Fewest letters of a word in capitals that counts as shouted by itself; what is shorter may be an abbreviation.
const SHOUTED: usize = 6;

/// The text without shouted words, where it has any. Words with digits are codes, and words that `keeps` names stay.
pub(crate) fn lowered(text: &str, keeps: &dyn Fn(&str) -> bool) -> Option<String> {
    let in_capitals = |word: &str| {
        let mut cased = word.chars().filter(|it| it.is_alphabetic());
        cased.clone().count() >= 2 && cased.all(char::is_uppercase) && !word.chars().any(char::is_numeric)
    };
    let words: Vec<_> =
        units(text).into_iter().filter(|it| it.kind == UnitKind::Word).map(|it| it.range).collect();
    let loud: Vec<bool> = words.iter().map(|it| in_capitals(&text[it.clone()])).collect();
    let letters = |at: usize| text[words[at].clone()].chars().count();
    // Two in a row are a shout, whatever their length.
    let shouted = |at: usize| {
        let beside = at.checked_sub(1).is_some_and(|it| loud[it]) || loud.get(at + 1) == Some(&true);
        let tagged = text[words[at].clone()].starts_with(['#', '@']);
        loud[at] && (letters(at) >= SHOUTED || beside) && !tagged && !keeps(&text[words[at].clone()])
    };
    let starts: Vec<usize> = sentence_ranges(text).into_iter().map(|it| it.start).collect();
    let (mut out, mut from, mut changed) = (String::new(), 0, false);
    for place in words.iter().enumerate().filter(|it| shouted(it.0)).map(|it| it.1) {
        out.push_str(&text[from..place.start]);
        let opens = starts.iter().any(|start| {
            *start <= place.start && !text[*start..place.start].chars().any(char::is_alphanumeric)
        });
        let word = text[place.clone()].to_lowercase();
        out.push_str(&if opens { super::rewrite::capitalized(&word) } else { word });
        (from, changed) = (place.end, true);
    }
    out.push_str(&text[from..]);
    changed.then_some(out)
}

/// The text with its signs in order, in up to three ways: no sign repeated; every Spanish mark with its partner;
/// a period for an exclamation.
pub(crate) fn fixed(text: &str, language: Language) -> Vec<String> {
    let once = without_repeats(text);
    let paired = if language == Language::Es { paired(&once) } else { once.clone() };
    let calm = calmed(&paired);
    let mut ways = vec![once, paired, calm];
    ways.retain(|it| it != text);
    ways.dedup();
    ways
}

/// `!!!` is one sign and `?!` a question; three points stay.
fn without_repeats(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Option<char> = None;
    for it in text.chars() {
        let mark = matches!(it, '!' | '?' | '¡' | '¿');
        match run {
            Some('!') if it == '?' => {
                out.pop();
                out.push('?');
                run = Some('?');
            }
            Some('!' | '?') if matches!(it, '!' | '?') => {}
            Some('¡' | '¿') if matches!(it, '¡' | '¿') => {}
            _ => {
                out.push(it);
                run = mark.then_some(it);
            }
        }
    }
    out
}

/// Spanish questions and exclamations with the mark that opens them.
fn paired(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in sentence_ranges(text) {
        let sentence = &text[range.clone()];
        out.push_str(&text[from..range.start]);
        from = range.start;
        let opens = match sentence.chars().next_back() {
            Some('?') if !sentence.contains('¿') => Some('¿'),
            Some('!') if !sentence.contains('¡') => Some('¡'),
            _ => None,
        };
        if let Some(mark) = opens {
            let at = sentence.find(char::is_alphanumeric).unwrap_or(0);
            out.push_str(&sentence[..at]);
            out.push(mark);
            from = range.start + at;
        }
        out.push_str(&text[from..range.end]);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

/// Exclamations said quietly.
fn calmed(text: &str) -> String {
    text.replace('¡', "").replace('!', ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shouting_is_lowered_and_codes_names_and_abbreviations_stay() {
        let keeps = |it: &str| it == "ZANKIA";
        let lowered = |text: &str| lowered(text, &keeps);
        assert_eq!(lowered("GRAN OFERTA hoy"), Some("Gran oferta hoy".to_owned()));
        assert_eq!(lowered("Hoy REBAJAS con ZANKIA"), Some("Hoy rebajas con ZANKIA".to_owned()));
        assert_eq!(lowered("¡CORRE! ÚLTIMAS horas"), Some("¡Corre! Últimas horas".to_owned()));
        for quiet in ["Con BRASAL20 y la TAE", "Tu bici", "#OFERTAS", "A"] {
            assert_eq!(lowered(quiet), None, "{quiet}");
        }
    }

    #[test]
    fn signs_are_put_in_order() {
        let es = |text: &str| fixed(text, Language::Es);
        assert_eq!(es("Compra ya!!!"), ["Compra ya!", "¡Compra ya!", "Compra ya."]);
        assert_eq!(es("Listo?"), ["¿Listo?"]);
        assert_eq!(es("Hola. 🔥 Listo?"), ["Hola. 🔥 ¿Listo?"]);
        assert!(es("El café llega...").is_empty());
        assert_eq!(fixed("Really?! Wow!", Language::En), ["Really? Wow!", "Really? Wow."]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Letters and digits stay what they are but for their case.
        #[test]
        fn words_stay(text in "(\\PC|[A-ZÑa-zá0-9¿?¡!. \n]){0,40}") {
            let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
            for it in fixed(&text, Language::Es) {
                prop_assert_eq!(letters(&it), letters(&text));
            }
            if let Some(it) = lowered(&text, &|_| false) {
                prop_assert_eq!(letters(&it), letters(&text));
            }
        }
    }
}
