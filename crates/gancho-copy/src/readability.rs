//! Readability formulas. Scales of different languages cannot be compared: rank within a language.

use crate::Language;
use crate::lengths::{sentences, words};
use crate::spoken::{figure_syllables, sign_syllables};
use crate::syllables::{english_syllables, spanish_syllables};

/// Below this many words a readability value is noise ("too short").
pub const MIN_WORDS: usize = 30;

/// What the formulas are computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Counts {
    pub(crate) words: f64,
    pub(crate) sentences: f64,
    pub(crate) syllables: f64,
}

impl Counts {
    /// Counts of prose without addresses and tags; `None` without words or in a language without a counter.
    pub(crate) fn of(prose: &str, language: Language) -> Option<Self> {
        if language == Language::Other {
            return None;
        }
        let (mut count, mut syllables) = (0, 0);
        for word in words(prose) {
            count += 1;
            syllables += word_syllables(word, language);
        }
        syllables += prose.chars().map(|c| sign_syllables(c, language)).sum::<usize>();
        let sentences = sentences(prose).len();
        (count > 0 && sentences > 0).then_some(Self {
            words: count as f64,
            sentences: sentences as f64,
            syllables: syllables as f64,
        })
    }

    pub(crate) fn is_long_enough(&self) -> bool {
        self.words >= MIN_WORDS as f64
    }

    /// Flesch reading ease: 206.835 - 1.015 words/sentences - 84.6 syllables/words.
    pub(crate) fn flesch(&self) -> f64 {
        206.835 - 1.015 * (self.words / self.sentences) - 84.6 * (self.syllables / self.words)
    }

    /// Flesch-Kincaid grade: 0.39 words/sentences + 11.8 syllables/words - 15.59.
    pub(crate) fn flesch_kincaid_grade(&self) -> f64 {
        0.39 * (self.words / self.sentences) + 11.8 * (self.syllables / self.words) - 15.59
    }

    /// Fernández Huerta 1959, with Law's (2011) correction: 206.84 - 60 syllables/words - 1.02 words/sentences.
    pub(crate) fn fernandez_huerta(&self) -> f64 {
        206.84 - 60.0 * (self.syllables / self.words) - 1.02 * (self.words / self.sentences)
    }

    /// Szigriszt-Pazos 1993: 206.835 - 62.3 syllables/words - words/sentences.
    pub(crate) fn szigriszt_pazos(&self) -> f64 {
        206.835 - 62.3 * (self.syllables / self.words) - self.words / self.sentences
    }
}

/// A word may mix letters and digits (`2x1`, `5G`): each run is read on its own.
fn word_syllables(word: &str, language: Language) -> usize {
    let letters = |run: &str| match language {
        Language::Es => spanish_syllables(run),
        _ => english_syllables(run),
    };
    if !word.contains(|c: char| c.is_ascii_digit()) {
        return letters(word);
    }
    let mut total = 0;
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let figure = first.is_ascii_digit();
        let end =
            rest.find(|c: char| c.is_alphabetic() == figure).unwrap_or(rest.len()).max(first.len_utf8());
        let (run, tail) = rest.split_at(end);
        total += if figure { figure_syllables(run, language) } else { letters(run) };
        rest = tail;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_paragraph_by_hand() {
        // La(1) ca-sa(2) es(1) gran-de(2). El(1) sol(1) sa-le(2) hoy(1). Ten-go(2) un(1) pe-rro(2) ne-gro(2).
        // Mi(1) ma-dre(2) co-me(2) pan(1). Com-pra(2) y(1) a-ho-rra(3). Es(1) fá-cil(2). El(1) ca-fé(2) es(1)
        // bue-no(2). Ven(1) con(1) tu(1) fa-mi-lia(3). Gra-cias(2).
        let text = "La casa es grande. El sol sale hoy. Tengo un perro negro. Mi madre come pan. \
                    Compra y ahorra. Es fácil. El café es bueno. Ven con tu familia. Gracias.";
        // words 4+4+4+4+3+2+4+4+1 = 30, sentences 9, syllables 6+5+7+6+6+3+6+6+2 = 47
        let counts = Counts::of(text, Language::Es).expect("has words");
        assert_eq!(counts, Counts { words: 30.0, sentences: 9.0, syllables: 47.0 });
        assert!(counts.is_long_enough());
        // 206.84 - 60*1.566667 - 1.02*3.333333 = 206.84 - 94 - 3.4
        assert!((counts.fernandez_huerta() - 109.44).abs() < 1e-9);
        // 206.835 - 62.3*1.566667 - 3.333333 = 206.835 - 97.603333 - 3.333333
        assert!((counts.szigriszt_pazos() - 105.898_333_333).abs() < 1e-8);
    }

    #[test]
    fn english_paragraph_by_hand() {
        // The(1) cat(1) sat(1) on(1) the(1) ta-ble(2). It(1) want-ed(2) to(1) play(1). = 10 words, 12 syllables
        let text = "The cat sat on the table. It wanted to play. ".repeat(3);
        let counts = Counts::of(&text, Language::En).expect("has words");
        assert_eq!(counts, Counts { words: 30.0, sentences: 6.0, syllables: 36.0 });
        // 206.835 - 1.015*5 - 84.6*1.2 = 206.835 - 5.075 - 101.52
        assert!((counts.flesch() - 100.24).abs() < 1e-9);
        // 0.39*5 + 11.8*1.2 - 15.59 = 1.95 + 14.16 - 15.59
        assert!((counts.flesch_kincaid_grade() - 0.52).abs() < 1e-9);
    }

    #[test]
    fn figures_and_signs_are_spoken() {
        // des-de(2) + vein-ti-nue-ve co-ma no-ven-ta y cin-co(12) + eu-ros(2); one word each but the sign
        let counts = Counts::of("Desde 29,95 €", Language::Es).expect("has words");
        assert_eq!(counts, Counts { words: 2.0, sentences: 1.0, syllables: 16.0 });
        // dos(1) + x(1) + u-no(2)
        assert_eq!(word_syllables("2x1", Language::Es), 4);
        assert!(Counts::of("🔥🔥", Language::Es).is_none());
    }
}
