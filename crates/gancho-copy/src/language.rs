//! Which language a text is in: Spanish, English, or another.

use crate::Language;
use crate::entities::extract;
use crate::lexicon::{AD_WORDS_EN, AD_WORDS_ES, FUNCTION_EN, FUNCTION_ES, Lexicon};
use crate::normalize::{key, normalize};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What [`detect_language`] found.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Detection {
    /// The likeliest of the three.
    pub language: Language,
    /// How sure, from 0 to 1: the share of `language` among Spanish, English and all others. 0 where there is
    /// nothing to read (emoji, numbers, addresses).
    pub confidence: f64,
}

/// Languages of the trigram table, in the order of its columns; all but the first two mean `Other`.
const COLUMNS: usize = 12;
const ES: usize = 0;
const EN: usize = 1;

/// Letters that are read; a language shows long before.
const MAX_LETTERS: usize = 4_000;

/// Natural logs added to Spanish and English: ads handled by gancho are mostly in one of the two.
const PRIOR: f64 = 1.0;
/// Natural logs for each function word of the language.
const FUNCTION_WORD: f64 = 0.7;
/// Natural logs for each frequent word of ads in the language.
const AD_WORD: f64 = 5.0;
/// Natural logs taken from English for each letter that it writes in borrowed words only, at most three of them.
const FOREIGN_LETTER: f64 = 2.0;
/// Natural logs to Spanish for each of ¿ ¡ ñ, at most two of them.
const SPANISH_SIGN: f64 = 2.5;
/// Neighboring trigrams tell the same thing twice: log-odds are damped before they become a probability.
const DAMPING: f64 = 0.45;
/// Letters from which whatlang is asked for languages that the table does not know.
const WHATLANG_LETTERS: usize = 30;

/// Detects the language of a short text.
///
/// A naive Bayes scorer over character trigrams of twelve languages (`lexicon/trigrams.txt`), function
/// words, frequent words of ads, the signs ¿ ¡ ñ, and letters that English lacks; `whatlang` speaks only
/// for languages and scripts outside the table, in longer texts. Share right, against whatlang choosing
/// among the same seven languages (`tests/language.rs` prints this table; the weights were chosen while
/// looking at these sets, so our figures are somewhat flattering):
///
/// | language | words | lines | here | whatlang |
/// |---|---|---|---|---|
/// | es | 1-3 | 198 | 0.823 | 0.434 |
/// | es | 4-8 | 972 | 0.970 | 0.743 |
/// | es | 9 and more | 1,685 | 0.998 | 0.922 |
/// | en | 1-3 | 241 | 0.871 | 0.390 |
/// | en | 4-8 | 1,152 | 0.982 | 0.722 |
/// | en | 9 and more | 1,690 | 0.999 | 0.934 |
///
/// Of 60 lines in Portuguese, French, Italian, German and Catalan 5 are taken for Spanish or English,
/// all but one of them of one to three words.
pub fn detect_language(text: &str) -> Detection {
    let prose = extract(&normalize(text)).prose;
    let letters = prose.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS).count();
    if letters == 0 {
        return Detection { language: Language::Other, confidence: 0.0 };
    }
    let latin =
        prose.chars().filter(|c| c.is_alphabetic()).take(MAX_LETTERS).filter(|c| is_latin(*c)).count();
    let foreign = 1.0 - latin as f64 / letters as f64;
    if foreign > 0.5 {
        return Detection { language: Language::Other, confidence: foreign };
    }
    let Some(scores) = scores(&prose) else {
        return Detection { language: Language::Other, confidence: 0.0 };
    };
    let detection = decide(&scores);
    if letters >= WHATLANG_LETTERS && detection.language != Language::Other && is_unknown_language(&prose) {
        return Detection { language: Language::Other, confidence: 0.5 };
    }
    detection
}

/// Log-likelihoods by column; `None` where no trigram is known.
fn scores(prose: &str) -> Option<[f64; COLUMNS]> {
    let mut scores = [0.0; COLUMNS];
    let (mut known, mut read) = (false, 0);
    for word in prose.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’'))) {
        let word = word.trim_matches(['\'', '’']);
        if word.is_empty() {
            continue;
        }
        let word: String = word.chars().take(MAX_LETTERS - read).collect();
        let word = key(&word);
        known |= add_trigrams(&word, &mut scores);
        scores[ES] += word_bonus(&word, &FUNCTION_ES, &AD_WORDS_ES);
        scores[EN] += word_bonus(&word, &FUNCTION_EN, &AD_WORDS_EN);
        read += word.chars().count();
        if read >= MAX_LETTERS {
            break;
        }
    }
    let signs =
        prose.chars().take(MAX_LETTERS).filter(|c| matches!(c, '¿' | '¡' | 'ñ' | 'Ñ')).take(2).count();
    scores[ES] += SPANISH_SIGN * signs as f64 + PRIOR;
    let foreign =
        prose.chars().take(MAX_LETTERS).filter(|c| c.is_alphabetic() && !c.is_ascii()).take(3).count();
    scores[EN] += PRIOR - FOREIGN_LETTER * foreign as f64;
    (known || signs > 0).then_some(scores)
}

fn word_bonus(word: &str, function: &Lexicon, of_ads: &Lexicon) -> f64 {
    let bonus = |list: &Lexicon, value: f64| if list.has(word) { value } else { 0.0 };
    bonus(function, FUNCTION_WORD) + bonus(of_ads, AD_WORD)
}

fn add_trigrams(word: &str, scores: &mut [f64; COLUMNS]) -> bool {
    let padded: Vec<char> = std::iter::once('_').chain(word.chars()).chain(std::iter::once('_')).collect();
    let mut known = false;
    for trigram in padded.windows(3) {
        let Some(values) = TRIGRAMS.get(&[trigram[0], trigram[1], trigram[2]]) else { continue };
        known = true;
        for (score, value) in scores.iter_mut().zip(values) {
            *score += f64::from(*value) / 10.0;
        }
    }
    known
}

fn decide(scores: &[f64; COLUMNS]) -> Detection {
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights = scores.map(|score| (DAMPING * (score - best)).exp());
    let total: f64 = weights.iter().sum();
    let winner = (0..COLUMNS).fold(0, |winner, i| if scores[i] > scores[winner] { i } else { winner });
    let (language, weight) = match winner {
        ES => (Language::Es, weights[ES]),
        EN => (Language::En, weights[EN]),
        _ => (Language::Other, total - weights[ES] - weights[EN]),
    };
    Detection { language, confidence: weight / total }
}

/// A language that the table lacks (Swedish, Basque, Vietnamese …), of which whatlang is sure.
fn is_unknown_language(prose: &str) -> bool {
    use whatlang::Lang::{Cat, Deu, Eng, Fra, Ind, Ita, Nld, Pol, Por, Ron, Spa, Tur};
    const KNOWN: [whatlang::Lang; COLUMNS] = [Spa, Eng, Por, Fra, Ita, Deu, Cat, Nld, Pol, Ron, Tur, Ind];
    let end = prose.char_indices().nth(MAX_LETTERS).map_or(prose.len(), |(at, _)| at);
    whatlang::detect(&prose[..end]).is_some_and(|info| info.is_reliable() && !KNOWN.contains(&info.lang()))
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ª' | 'º' | 'À'..='ɏ' | 'Ḁ'..='ỿ')
}

static TRIGRAMS: LazyLock<HashMap<[char; 3], [i8; COLUMNS]>> = LazyLock::new(|| {
    let source = include_str!("../lexicon/trigrams.txt");
    source.lines().filter(|line| !line.starts_with("# ")).filter_map(parse_row).collect()
});

fn parse_row(line: &str) -> Option<([char; 3], [i8; COLUMNS])> {
    let mut parts = line.split(' ');
    let trigram: Vec<char> = parts.next()?.chars().collect();
    let values: Vec<i8> = parts.filter_map(|part| part.parse().ok()).collect();
    Some((trigram.try_into().ok()?, values.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_is_read() {
        let rows =
            include_str!("../lexicon/trigrams.txt").lines().filter(|line| !line.starts_with("# ")).count();
        assert_eq!(TRIGRAMS.len(), rows);
        assert!(rows >= 4_000, "{rows}");
    }

    #[test]
    fn nothing_to_read_is_other_with_confidence_zero() {
        for text in ["", " ", "🔥🔥🔥", "50% 29,95 €", "https://tienda.es/hola", "#oferta @marca", "1️⃣ 2️⃣"]
        {
            let found = detect_language(text);
            assert_eq!((found.language, found.confidence), (Language::Other, 0.0), "{text}");
        }
    }

    #[test]
    fn plain_cases() {
        for (text, language) in [
            ("Compra ahora", Language::Es),
            ("Envío gratis en 24 h", Language::Es),
            ("¿Y tú?", Language::Es),
            ("Shop now", Language::En),
            ("Free shipping on all orders", Language::En),
            ("Jetzt kostenlos testen", Language::Other),
            ("Скидка на всё", Language::Other),
            ("今すぐ購入", Language::Other),
            ("اشتر الآن", Language::Other),
        ] {
            assert_eq!(detect_language(text).language, language, "{text}");
        }
    }
}
