//! Forbidden words: accents and case apart, in every inflection, whole words only.
//!
//! *Gratis* is not in *ingratitud*, and *aprobado* forbids *aprobamos* but not *aprobación*. Phrases match word by
//! word; a hyphen between them may be missing.

use super::context::{Line, spaced};
use super::{Violation, ViolationKind};
use crate::stem::inflections;
use crate::words::{Token, fold, tokens};
use gancho_copy::Language;
use std::collections::{HashMap, HashSet};

/// The forbidden words of a brief.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forbidden {
    phrases: Vec<Phrase>,
    /// Which phrases can begin with a word.
    begin: HashMap<String, Vec<usize>>,
    /// Entries without a word in them, such as `!!` or an emoji: found as they stand.
    signs: Vec<String>,
}

#[derive(Debug, Clone)]
struct Phrase {
    entry: String,
    words: Vec<HashSet<String>>,
}

impl Forbidden {
    pub(crate) fn new(entries: &[String], language: Language) -> Self {
        let mut out = Self::default();
        for entry in entries {
            let words: Vec<HashSet<String>> =
                tokens(entry).iter().take(40).map(|it| inflections(&it.folded, language)).collect();
            if words.is_empty() {
                out.signs.extend(Some(entry.trim().to_owned()).filter(|it| !it.is_empty()));
                continue;
            }
            if words.len() == 2 && entry.contains('-') {
                // `gluten-free` forbids `glutenfree`.
                let joined = spaced(entry).replace(' ', "");
                out.add(Phrase { entry: entry.clone(), words: vec![HashSet::from([joined])] });
            }
            out.add(Phrase { entry: entry.clone(), words });
        }
        out
    }

    fn add(&mut self, phrase: Phrase) {
        for form in &phrase.words[0] {
            self.begin.entry(form.clone()).or_default().push(self.phrases.len());
        }
        self.phrases.push(phrase);
    }

    /// The entry that the text breaks first, with its place.
    pub(crate) fn find(&self, text: &str) -> Option<(&str, usize, usize)> {
        self.all(text, &tokens(text)).into_iter().next()
    }

    fn all<'s>(&'s self, text: &str, words: &[Token<'_>]) -> Vec<(&'s str, usize, usize)> {
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let plain = word.folded.strip_suffix("'s").unwrap_or(&word.folded);
            for index in self.begin.get(plain).into_iter().flatten() {
                let phrase = &self.phrases[*index];
                if phrase.words.iter().enumerate().all(|(i, forms)| follows(words, at, i, forms)) {
                    let end = words[at + phrase.words.len() - 1].end;
                    found.push((phrase.entry.as_str(), word.start, end));
                }
            }
        }
        for sign in &self.signs {
            found
                .extend(text.match_indices(sign.as_str()).map(|(at, it)| (sign.as_str(), at, at + it.len())));
        }
        found
    }

    pub(super) fn check(&self, line: &Line<'_>, out: &mut Vec<Violation>) {
        for (entry, start, end) in self.all(line.text, &line.tokens) {
            out.push(line.violation(ViolationKind::ForbiddenWord, start, end, Some(&fold(entry))));
        }
    }
}

fn follows(words: &[Token<'_>], at: usize, i: usize, forms: &HashSet<String>) -> bool {
    let Some(word) = words.get(at + i) else { return false };
    let same = forms.contains(word.folded.strip_suffix("'s").unwrap_or(&word.folded));
    same && (i == 0 || !word.gap.contains(['.', '!', '?', ';', '¿', '¡', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(entry: &str, text: &str, language: Language) -> bool {
        Forbidden::new(&[entry.to_owned()], language).find(text).is_some()
    }

    #[test]
    fn whole_words_in_every_inflection() {
        assert!(breaks("gratis", "Envío GRATIS", Language::Es));
        assert!(!breaks("gratis", "Sin ingratitud", Language::Es));
        assert!(breaks("el mejor", "Los mejores aceites", Language::Es));
        assert!(!breaks("el mejor", "El aceite mejor prensado", Language::Es));
        assert!(breaks("vet-approved", "Vet approved beef", Language::En));
        assert!(breaks("gluten-free", "A glutenfree loaf", Language::En));
        assert!(breaks("prevents the flu", "It prevented the flu", Language::En));
        assert!(!breaks("cure", "Secure payments", Language::En));
        assert!(breaks("barata", "Bara\u{200b}tísima", Language::Es));
        assert!(breaks("🔥", "Oferta 🔥", Language::Es));
    }
}
