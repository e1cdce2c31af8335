//! What an edit must not do: the brand's words, and nothing invented.

use std::collections::BTreeMap;

use gancho_library::{Config, Copy};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The limits of a brand's copy, from its `gancho.toml`.
#[derive(Debug, Default)]
pub(crate) struct Brand {
    /// Folded: accents and case do not count.
    forbidden: Vec<String>,
    /// In lower case: required words and the brand's names.
    kept: Vec<String>,
    requires: bool,
}

impl Brand {
    pub(crate) fn of(config: &Config) -> Self {
        let all = |words: &[String], form: fn(&str) -> String| -> Vec<String> {
            words.iter().map(|it| form(it.trim())).filter(|it| !it.is_empty()).collect()
        };
        let mut kept = all(&config.words.required, lower);
        kept.extend(all(&config.brand.names, lower));
        let requires = !config.words.required.is_empty();
        Self { forbidden: all(&config.words.forbidden, folded), kept, requires }
    }

    /// Whether there are words that must appear.
    pub(crate) fn requires(&self) -> bool {
        self.requires
    }

    /// Whether a word is one that must stay as the brand writes it.
    pub(crate) fn keeps(&self, word: &str) -> bool {
        let word = lower(word);
        self.kept.iter().any(|it| has_phrase(it, &word))
    }

    /// Whether the copy may be changed so: no forbidden word in what changes, no required word or brand name lost,
    /// no number, amount or percentage that was not there.
    pub(crate) fn allows(&self, before: &Copy, after: &Copy) -> bool {
        let changed = texts(before).into_iter().zip(texts(after)).filter(|(a, b)| a != b);
        let clean =
            changed.map(|it| folded(it.1)).all(|it| !self.forbidden.iter().any(|word| has_phrase(&it, word)));
        let (was, is) = (lower(&texts(before).join("\n")), lower(&texts(after).join("\n")));
        let whole = self.kept.iter().all(|word| !has_phrase(&was, word) || has_phrase(&is, word));
        let (had, has) = (figures(&was), figures(&is));
        clean && whole && has.iter().all(|(figure, count)| had.get(figure).is_some_and(|it| it >= count))
    }
}

fn texts(copy: &Copy) -> [&str; 4] {
    [&copy.headline, &copy.primary_text, &copy.description, &copy.call_to_action]
        .map(|it| it.as_deref().unwrap_or(""))
}

fn lower(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

/// Lower case without accents, so that a forbidden word is found however it is written.
fn folded(text: &str) -> String {
    text.nfkd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).collect()
}

/// Whether a text has a phrase as whole words.
pub(crate) fn has_phrase(text: &str, phrase: &str) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(char::is_alphanumeric) && outside.is_some_and(char::is_alphanumeric)
    };
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (text[..at].chars().next_back(), text[at + phrase.len()..].chars().next());
            !joins(phrase.chars().next(), before) && !joins(phrase.chars().next_back(), after)
        })
}

/// Runs of digits and signs of money and percentage, counted.
fn figures(text: &str) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let is_figure = |it: char| it.is_numeric() || matches!(it, '%' | '$' | '€' | '£' | '¥' | '₹');
    for run in text.split(|it: char| !is_figure(it)).filter(|it| !it.is_empty()) {
        let digits: String = run.chars().filter(|it| it.is_numeric()).collect();
        for figure in run.chars().filter(|it| !it.is_numeric()).map(String::from).chain([digits]) {
            if !figure.is_empty() {
                *found.entry(figure).or_default() += 1;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brand(forbidden: &[&str], required: &[&str]) -> Brand {
        let mut config = Config::default();
        config.words.forbidden = forbidden.iter().map(|it| (*it).to_owned()).collect();
        config.words.required = required.iter().map(|it| (*it).to_owned()).collect();
        config.brand.names = vec!["Zankia".to_owned()];
        Brand::of(&config)
    }

    fn headline(text: &str) -> Copy {
        Copy { headline: Some(text.to_owned()), ..Copy::default() }
    }

    #[test]
    fn forbidden_words_are_found_however_they_are_written() {
        let brand = brand(&["envío gratis", "último"], &[]);
        let allows = |text: &str| brand.allows(&headline("Café"), &headline(text));
        assert!(!allows("ENVIO GRATIS hoy") && !allows("Lo último") && !allows("¡ÚLTIMO!"));
        assert!(allows("penúltimo café") && allows("Café hoy"));
        // A field that stays as it was is not the edit's fault.
        let both = |text: &str| Copy { description: Some("Envío gratis".into()), ..headline(text) };
        assert!(brand.allows(&both("Café"), &both("Café hoy")));
    }

    #[test]
    fn required_words_and_names_stay() {
        let brand = brand(&[], &["Bebe con moderación"]);
        let before = headline("Zankia. Bebe con moderación.");
        assert!(brand.allows(&before, &headline("Bebe con moderación, Zankia")));
        assert!(!brand.allows(&before, &headline("Zankia. Bebe.")));
        assert!(!brand.allows(&before, &headline("Bebe con moderación.")));
        assert!(brand.keeps("ZANKIA") && brand.keeps("bebe") && !brand.keeps("café"));
    }

    #[test]
    fn numbers_are_never_added() {
        let brand = Brand::default();
        let before = headline("Desde 7,92 € y 20");
        assert!(brand.allows(&before, &headline("Desde 7,92 €")));
        for invented in ["Desde 7,93 €", "Desde 7,92 € y 20 %", "20 y 20", "Desde $7,92", "½"] {
            assert!(!brand.allows(&before, &headline(invented)), "{invented}");
        }
    }
}
