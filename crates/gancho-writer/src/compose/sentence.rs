//! A text in the making: literal pieces and facts, joined by the rules of orthography.

use super::phrase::upper_first;
use gancho_copy::Language;
use gancho_grammar::spanish;

/// A text that grows piece by piece.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    out: String,
    /// The next letter opens a sentence.
    opens: bool,
    language: Language,
    /// Long words that came from facts: none of them is said twice.
    said: Vec<String>,
}

impl Sentence {
    pub(crate) fn new(language: Language) -> Self {
        Self { out: String::with_capacity(160), opens: true, language, said: Vec::new() }
    }

    /// Adds text of the frame.
    pub(crate) fn literal(&mut self, text: &str) {
        // «a 1.750 m s. n. m.» brings its own full stop.
        let ended = text.starts_with('.') && self.out.ends_with(['.', '!', '?', '…']);
        let text = if ended { &text[1..] } else { text };
        if text.trim().is_empty() {
            self.opens |= ended;
            self.out.push_str(text);
            return;
        }
        if self.opens {
            self.out.push_str(&upper_first(text));
        } else {
            self.out.push_str(text);
        }
        let tail = text.trim_end_matches([' ', '\n', '¿', '¡', '«', '“']);
        self.opens = tail.ends_with(['.', '!', '?', '…']) || tail.is_empty() && self.opens;
    }

    /// Adds a fact or an inflected word; `name` keeps its first letter. `false` when it repeats a word.
    pub(crate) fn fact(&mut self, text: &str, name: bool) -> bool {
        let known = self.said.len();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let letters = word.chars().count();
            if letters < 4 || word.contains(|c: char| c.is_numeric()) || letters == 4 && SMALL.contains(&word)
            {
                continue;
            }
            let word = stem(word);
            if self.said[..known].contains(&word) {
                return false;
            }
            self.said.push(word);
        }
        self.word(text, name);
        true
    }

    /// Adds a word that grammar made.
    pub(crate) fn word(&mut self, text: &str, name: bool) {
        if self.language == Language::Es {
            self.join(text);
        }
        let contracted = self.language == Language::Es && text.starts_with("el ") && self.contract();
        let text = if contracted { &text[2..] } else { text };
        if self.opens && !name {
            self.out.push_str(&upper_first(text));
        } else {
            self.out.push_str(text);
        }
        self.opens = false;
    }

    /// «y» before /i/ is «e».
    fn join(&mut self, next: &str) {
        if self.out.ends_with(" y ") && spanish::and_before(next) == "e" {
            let end = self.out.len() - 2;
            self.out.replace_range(end..=end, "e");
        }
    }

    /// «de el» is «del», «a el» is «al»: the article is taken into the preposition.
    fn contract(&mut self) -> bool {
        let lower = self.out.ends_with(" de ") || self.out.ends_with(" a ");
        let opening = self.out == "De " || self.out == "A ";
        if lower || opening {
            self.out.pop();
            self.out.push('l');
        }
        lower || opening
    }

    /// The text, with the full stop that titles do not have taken off.
    pub(crate) fn finish(&self, title: bool) -> String {
        let text = self.out.trim();
        let text = if title && !text.ends_with("..") && !abbreviated(text) {
            text.strip_suffix('.').unwrap_or(text)
        } else {
            text
        };
        text.to_owned()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub(crate) fn text(&self) -> &str {
        &self.out
    }
}

/// Whether the last full stop belongs to an abbreviation: «m s. n. m.», «S.p.A.».
fn abbreviated(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let last = text.rsplit([' ', '.']).next().unwrap_or_default();
    let before = text.strip_suffix(last).unwrap_or_default().trim_end();
    // «0.0001 g.» is a unit and a full stop; only a row of single letters is an abbreviation.
    last.chars().count() == 1 && last.chars().all(char::is_alphabetic) && before.ends_with('.')
}

/// Words of four letters that may come twice.
const SMALL: &[&str] =
    &["para", "como", "desde", "with", "from", "your", "this", "that", "than", "over", "each"];

/// A word as far as it tells one from another: its first six letters, in lower case.
fn stem(word: &str) -> String {
    word.to_lowercase().chars().take(6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn es(pieces: &[(&str, bool)]) -> String {
        let mut sentence = Sentence::new(Language::Es);
        for (text, fact) in pieces {
            if *fact {
                sentence.fact(text, false);
            } else {
                sentence.literal(text);
            }
        }
        sentence.finish(false)
    }

    #[test]
    fn orthography_joins_the_pieces() {
        assert_eq!(
            es(&[("¿", false), ("sin gluten", true), ("? ", false), ("pan", true)]),
            "¿Sin gluten? Pan"
        );
        assert_eq!(es(&[("hilo", true), (" y ", false), ("iluminación", true)]), "Hilo e iluminación");
        assert_eq!(es(&[("así es el precio de ", false), ("el café", true)]), "Así es el precio del café");
        assert_eq!(
            es(&[("conoce la tienda de ", false), ("El Olivar", true)]),
            "Conoce la tienda de El Olivar"
        );
        assert_eq!(
            es(&[("a 1.750 m s. n. m.", true), (". ", false), ("tostión", true)]),
            "A 1.750 m s. n. m. Tostión"
        );
    }

    #[test]
    fn words_of_facts_are_not_said_twice() {
        let mut sentence = Sentence::new(Language::Es);
        assert!(sentence.fact("yerba mate orgánica", false));
        assert!(!sentence.fact("certificada orgánica", false));
        assert!(sentence.fact("sin palo", false));
    }

    #[test]
    fn titles_have_no_full_stop() {
        let mut sentence = Sentence::new(Language::En);
        sentence.literal("Shop now.");
        assert_eq!(sentence.finish(true), "Shop now");
        assert_eq!(sentence.finish(false), "Shop now.");
        let mut sentence = Sentence::new(Language::Es);
        sentence.fact("café a 1.750 m s. n. m.", false);
        assert_eq!(sentence.finish(true), "Café a 1.750 m s. n. m.");
        let mut sentence = Sentence::new(Language::En);
        sentence.fact("readability 0.0001 g", false);
        sentence.literal(".");
        assert_eq!(sentence.finish(true), "Readability 0.0001 g");
    }
}
