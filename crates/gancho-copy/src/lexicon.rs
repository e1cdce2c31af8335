//! Word lists: files under `lexicon/`, embedded, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Single words and phrases, in their lookup form.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashSet<&'static str>,
    /// First word to the rests of the phrases that begin with it.
    phrases: HashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl Lexicon {
    fn parse(source: &'static str) -> Self {
        let mut lexicon = Self::default();
        for entry in source.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(',')) {
            let mut parts = entry.split_whitespace();
            let Some(first) = parts.next() else { continue };
            let rest: Vec<&str> = parts.collect();
            if rest.is_empty() {
                lexicon.words.insert(first);
            } else {
                lexicon.phrases.entry(first).or_default().push(rest);
            }
        }
        for rests in lexicon.phrases.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.words.contains(key)
    }

    /// Entries found in a text, longest phrase first, no word used twice.
    pub(crate) fn count(&self, keys: &[String]) -> usize {
        let (mut found, mut i) = (0, 0);
        while i < keys.len() {
            let phrase = self.phrases.get(keys[i].as_str()).and_then(|rests| {
                rests.iter().find(|rest| {
                    keys.get(i + 1..i + 1 + rest.len()).is_some_and(|next| next.iter().eq(rest.iter()))
                })
            });
            match phrase {
                Some(rest) => {
                    found += 1;
                    i += 1 + rest.len();
                }
                None => {
                    found += usize::from(self.has(&keys[i]));
                    i += 1;
                }
            }
        }
        found
    }
}

macro_rules! lexicons {
    ($($name:ident = $file:literal;)*) => {
        $(pub(crate) static $name: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::parse(include_str!(concat!("../lexicon/", $file, ".txt"))));)*

        #[cfg(test)]
        const FILES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../lexicon/", $file, ".txt")))),*];
    };
}

lexicons! {
    FUNCTION_ES = "function_words_es"; FUNCTION_EN = "function_words_en";
    POSITIVE_ES = "positive_es"; POSITIVE_EN = "positive_en";
    NEGATIVE_ES = "negative_es"; NEGATIVE_EN = "negative_en";
    NEGATION_ES = "negation_es"; NEGATION_EN = "negation_en";
    SUPERLATIVES_ES = "superlatives_es"; SUPERLATIVES_EN = "superlatives_en";
    CURIOSITY_ES = "curiosity_es"; CURIOSITY_EN = "curiosity_en";
    URGENCY_ES = "urgency_es"; URGENCY_EN = "urgency_en";
    PERSON_TU = "person_tu"; PERSON_TU_VOS = "person_tu_vos"; PERSON_VOS = "person_vos";
    PERSON_USTED = "person_usted"; PERSON_VOSOTROS = "person_vosotros"; PERSON_YOU = "person_you";
    FIRST_ES = "first_person_es"; FIRST_EN = "first_person_en";
    THIRD_ES = "third_person_es"; THIRD_EN = "third_person_en";
    AD_WORDS_ES = "ad_words_es"; AD_WORDS_EN = "ad_words_en";
    IMPERATIVES_EN = "imperatives_en";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::key;

    #[test]
    fn every_list_states_its_terms_and_is_in_lookup_form() {
        for (name, source) in FILES {
            assert!(source.lines().take(2).all(|line| line.starts_with("# ")), "{name}: two comment lines");
            assert!(source.contains("same licence as the crate"), "{name}: terms");
            for word in source.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
                let word = word.trim_end_matches(',');
                assert_eq!(word, key(word), "{name}");
            }
        }
    }

    #[test]
    fn the_longest_phrase_wins_and_words_are_used_once() {
        let lexicon = Lexicon::parse("# t\nhoy, solo hoy, por tiempo limitado, limitado");
        let keys = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        assert_eq!(lexicon.count(&keys("solo hoy")), 1);
        assert_eq!(lexicon.count(&keys("hoy por tiempo limitado hoy")), 3);
        assert_eq!(lexicon.count(&keys("por tiempo")), 0);
    }
}
