//! The word lists that edits are made with and held to. They lie under `lexicon/`, in Spanish and English.

use std::ops::Range;
use std::sync::LazyLock;

use gancho_copy::{Language, UnitKind, units};

/// What stands for the copy's own call to action.
pub(crate) const CALL_TO_ACTION: &str = "{cta}";

/// The lists of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Words and what may be written for them, in the order of the file: what is longer comes first.
    swaps: Vec<(Vec<&'static str>, &'static str)>,
    conditions: Vec<Vec<&'static str>>,
    offers: Vec<Vec<&'static str>>,
}

static ES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        include_str!("../../lexicon/swaps_es.txt"),
        include_str!("../../lexicon/conditions_es.txt"),
        include_str!("../../lexicon/offers_es.txt"),
    )
});
static EN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(
        include_str!("../../lexicon/swaps_en.txt"),
        include_str!("../../lexicon/conditions_en.txt"),
        include_str!("../../lexicon/offers_en.txt"),
    )
});

impl Lexicon {
    /// The lists of a language; none for languages that gancho does not read.
    pub(crate) fn of_language(language: Language) -> Option<&'static Self> {
        match language {
            Language::Es => Some(&ES),
            Language::En => Some(&EN),
            Language::Other => None,
        }
    }

    fn of(swaps: &'static str, conditions: &'static str, offers: &'static str) -> Self {
        let lines = |text: &'static str| text.lines().filter(|it| !it.starts_with('#'));
        let list = |text: &'static str| {
            lines(text).flat_map(|it| it.split(',')).map(parts).filter(|it| !it.is_empty()).collect()
        };
        let mut swaps: Vec<_> = lines(swaps)
            .filter_map(|it| it.split_once('='))
            .map(|(from, to)| (parts(from), to.trim()))
            .collect();
        swaps.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        Self { swaps, conditions: list(conditions), offers: list(offers) }
    }

    /// Places of a text that may be written otherwise, and how; no two overlap.
    pub(crate) fn swaps(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        let words = Words::of(text);
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        for (from, to) in &self.swaps {
            for place in words.places(from) {
                if found.iter().all(|it| it.0.end <= place.start || place.end <= it.0.start) {
                    found.push((place, to));
                }
            }
        }
        found.sort_by_key(|it| it.0.start);
        found
    }

    /// Whether a text states conditions: by a word, or by the asterisk that points to them.
    pub(crate) fn has_conditions(&self, text: &str) -> bool {
        let words = Words::of(text);
        text.contains('*') || self.conditions.iter().any(|it| !words.places(it).is_empty())
    }

    /// Whether a text offers or promises by a word that another does not have.
    pub(crate) fn offers_more(&self, text: &str, than: &str) -> bool {
        let (words, others) = (Words::of(text), Words::of(than));
        self.offers.iter().any(|it| !words.places(it).is_empty() && others.places(it).is_empty())
    }
}

fn parts(entry: &'static str) -> Vec<&'static str> {
    entry.split(|it: char| it.is_whitespace() || it == '-').filter(|it| !it.is_empty()).collect()
}

/// The words of a text in lower case, with their places.
struct Words {
    words: Vec<(String, Range<usize>)>,
}

impl Words {
    fn of(text: &str) -> Self {
        let lower = |it: &str| it.to_lowercase().replace('’', "'");
        let words = units(text).into_iter().filter(|it| it.kind != UnitKind::Emoji);
        Self { words: words.map(|it| (lower(&text[it.range.clone()]), it.range)).collect() }
    }

    /// Where a phrase stands.
    fn places(&self, phrase: &[&str]) -> Vec<Range<usize>> {
        let fits = |window: &&[(String, Range<usize>)]| {
            window.iter().zip(phrase).all(|(word, wanted)| word.0 == *wanted)
        };
        let place = |window: &[(String, Range<usize>)]| Some(window.first()?.1.start..window.last()?.1.end);
        self.words.windows(phrase.len().max(1)).filter(fits).filter_map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FILES: &[&str] = &[
        include_str!("../../lexicon/swaps_es.txt"),
        include_str!("../../lexicon/swaps_en.txt"),
        include_str!("../../lexicon/conditions_es.txt"),
        include_str!("../../lexicon/conditions_en.txt"),
        include_str!("../../lexicon/offers_es.txt"),
        include_str!("../../lexicon/offers_en.txt"),
    ];

    #[test]
    fn every_list_states_its_terms_and_is_in_lower_case() {
        for file in FILES {
            assert!(file.lines().take(2).all(|it| it.starts_with("# ")));
            assert!(file.contains("same licence as the crate"));
            for line in file.lines().filter(|it| !it.starts_with('#')) {
                assert_eq!(line, line.to_lowercase());
            }
        }
    }

    #[test]
    fn no_more_than_sixty_pairs_and_none_invents_a_figure() {
        for lexicon in [&*ES, &*EN] {
            assert!((40..=60).contains(&lexicon.swaps.len()), "{}", lexicon.swaps.len());
            for (from, to) in &lexicon.swaps {
                assert!(!from.is_empty() && !to.chars().any(char::is_numeric), "{from:?}");
                // A plainer word must not be one that is itself to be made plainer.
                assert!(lexicon.swaps(to).is_empty(), "{from:?} to {to}");
            }
        }
    }

    #[test]
    fn the_longest_phrase_is_found_where_it_stands() {
        let text = "¡Haz clic aquí para ver el MEJOR café!";
        let found: Vec<(&str, &str)> =
            ES.swaps(text).into_iter().map(|(place, to)| (&text[place], to)).collect();
        assert_eq!(found, [("Haz clic aquí para", ""), ("el MEJOR", "un buen")]);
        assert_eq!(EN.swaps("A state-of-the-art mug")[0].1, "modern");
        assert!(EN.swaps("everything").is_empty());
    }

    #[test]
    fn conditions_and_offers_are_known_by_their_words() {
        assert!(ES.has_conditions("Hasta el 30 de noviembre.") && ES.has_conditions("Gratis*"));
        assert!(!ES.has_conditions("El café llega."));
        assert!(EN.offers_more("Free socks", "Socks") && !EN.offers_more("Free socks", "It is free."));
    }
}
