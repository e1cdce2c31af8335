//! Words of a region: *coche, carro, auto*; and words to avoid there.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Language, Market};
use crate::data::{Lists, rows};
use crate::text::{is_all_caps, peel, recase};

/// Words of each concept, by market code, in the order of the file.
static WORDS: LazyLock<Vec<HashMap<&'static str, Vec<&'static str>>>> =
    LazyLock::new(|| ["es", "en"].into_iter().flat_map(table).collect());
static DENIED: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("../../data/denied.txt")));

/// Concepts of one language. The first row of a table names its columns.
fn table(language: &str) -> Vec<HashMap<&'static str, Vec<&'static str>>> {
    let source = match language {
        "es" => include_str!("../../data/es_regional.tsv"),
        _ => include_str!("../../data/en_regional.tsv"),
    };
    let mut rows = rows(source);
    let markets = rows.next().unwrap_or_default();
    rows.map(|row| {
        let cell = |(market, cell): (&&'static str, &&'static str)| {
            (*market, cell.split('/').map(str::trim).collect())
        };
        markets.iter().zip(row.iter()).map(cell).collect()
    })
    .collect()
}

impl Market {
    /// The word of this market for what `word` means in any market of its language: *coche* is *carro* in Colombia.
    /// `None` for a word that is in no table or has other meanings too (*bolsa*). Singular in, singular out; see [`Market::localize`] for whole texts.
    ///
    /// ```
    /// use gancho_grammar::Market;
    /// assert_eq!(Market::EsCo.word("coche"), Some("carro"));
    /// assert_eq!(Market::EnGb.word("color"), Some("colour"));
    /// ```
    pub fn word(self, word: &str) -> Option<&'static str> {
        let lower = word.to_lowercase();
        let prefix = if self.language() == Language::Spanish { "es" } else { "en" };
        let concept = WORDS
            .iter()
            .filter(|concept| concept.keys().any(|market| market.starts_with(prefix)))
            .find(|concept| concept.values().any(|words| words.contains(&lower.as_str())))?;
        let own = concept.get(self.code())?;
        // A word that is right here stays, even if another is more usual.
        own.iter()
            .map(|it| it.trim_start_matches('~'))
            .find(|it| *it == lower || !own.contains(&lower.as_str()))
    }

    /// A text with every single word that belongs to another market replaced, in its number and case. Genders may
    /// differ (*la computadora, el ordenador*): meant for single words and names of things, not for sentences.
    pub fn localize(self, text: &str) -> String {
        let replace = |token: &str| {
            let (before, core, after) = peel(token);
            self.localized(core).map_or_else(|| token.to_owned(), |word| format!("{before}{word}{after}"))
        };
        text.split(' ').map(replace).collect::<Vec<_>>().join(" ")
    }

    fn localized(self, core: &str) -> Option<String> {
        if core.is_empty() || (is_all_caps(core) && core.chars().count() <= 3) {
            return None;
        }
        if let Some(word) = self.word(core) {
            return Some(recase(core, word));
        }
        if self.language() == Language::English {
            let word = self.word(core.strip_suffix('s')?)?;
            return Some(recase(core, &crate::english::plural(word)));
        }
        let singular = crate::spanish::singular(core);
        let word = self.word(&singular)?;
        (singular != core).then(|| recase(core, &crate::spanish::plural(word)))
    }

    /// Words that have a second, coarse meaning in this market, or that sound foreign there.
    pub fn denied(self) -> impl Iterator<Item = &'static str> {
        DENIED.of(self.code())
    }

    /// Words of a text that are on the [deny list](Market::denied), as they stand there, in order.
    pub fn denied_in(self, text: &str) -> Vec<&str> {
        text.split_whitespace()
            .map(|token| peel(token).1)
            .filter(|word| {
                let lower = word.to_lowercase();
                !word.is_empty() && (DENIED.has(self.code(), &lower) || self.denies_form(&lower))
            })
            .collect()
    }

    fn denies_form(self, lower: &str) -> bool {
        self.language() == Language::Spanish && DENIED.has(self.code(), &crate::spanish::singular(lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole() {
        for concept in WORDS.iter() {
            assert!(concept.len() == 7 || concept.len() == 5, "{concept:?}");
            assert!(concept.values().flatten().all(|word| !word.is_empty()), "{concept:?}");
        }
    }

    #[test]
    fn words_by_market() {
        assert_eq!(Market::EsMx.localize("Móviles y zumo"), "Celulares y jugo");
        assert_eq!(Market::EsEs.word("celular"), Some("móvil"));
        assert_eq!(Market::EnUs.localize("Colourful colours"), "Colorful colors");
        assert_eq!(Market::EsEs.word("mesa"), None);
    }

    #[test]
    fn deny_lists() {
        assert_eq!(Market::EsMx.denied_in("Coge tu oferta"), ["Coge"]);
        assert!(Market::EsEs.denied_in("Coge tu oferta").is_empty());
    }
}
