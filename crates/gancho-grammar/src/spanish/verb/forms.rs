//! The forms of one verb.

use super::irregular::Irregular;
use super::stem::{self, Class};
use crate::spanish::address::Address;
use crate::spanish::sound::{append, plain};

/// A verb, by its infinitive in lower case without pronouns.
#[derive(Debug)]
pub(super) struct Verb {
    infinitive: String,
    stem: String,
    class: Class,
    irregular: Option<Irregular>,
}

impl Verb {
    /// `infinitive` ends in -ar, -er or -ir, with an accent or without.
    pub(super) fn new(infinitive: &str) -> Self {
        let letters = infinitive.chars().count();
        let stem: String = infinitive.chars().take(letters.saturating_sub(2)).collect();
        let class = match infinitive.chars().nth(letters.saturating_sub(2)).map(plain) {
            Some('a') => Class::Ar,
            Some('e') => Class::Er,
            _ => Class::Ir,
        };
        Self { infinitive: infinitive.to_owned(), stem, class, irregular: Irregular::of(infinitive) }
    }

    pub(super) fn infinitive(&self) -> &str {
        &self.infinitive
    }

    fn own(&self, key: &str) -> Option<String> {
        self.irregular.as_ref()?.form(key)
    }

    /// The third person of the present indicative: *compra, empieza, construye*.
    fn third(&self) -> String {
        self.own("3s").unwrap_or_else(|| {
            let stem = stem::stressed(&self.infinitive, &self.stem);
            // elige, elija: the stem is spelled for e and i, so the indicative takes it as it is.
            format!("{stem}{}", if self.class == Class::Ar { "a" } else { "e" })
        })
    }

    pub(super) fn present(&self, address: Address) -> String {
        let (key, ending) = match address {
            Address::Usted => return self.third(),
            Address::Tu => ("2s", "s"),
            Address::Ustedes => ("3p", "n"),
            Address::Vos => return self.own("vos").unwrap_or_else(|| self.with_theme("s")),
            Address::Vosotros => return self.own("2p").unwrap_or_else(|| self.present_vosotros()),
        };
        self.own(key).unwrap_or_else(|| append(&self.third(), ending))
    }

    fn present_vosotros(&self) -> String {
        match self.class {
            Class::Ar => stem::stress_ending(&self.stem, "ais", 0),
            Class::Er => stem::stress_ending(&self.stem, "eis", 0),
            Class::Ir => stem::stress_ending(&self.stem, "is", 0),
        }
    }

    pub(super) fn present_we(&self) -> String {
        self.own("1p").unwrap_or_else(|| self.with_theme("mos"))
    }

    /// The infinitive without its r, stressed on its vowel, and an ending: *comprá, comprás, comprad*.
    fn with_theme(&self, ending: &str) -> String {
        let theme = match self.class {
            Class::Ar => "a",
            Class::Er => "e",
            Class::Ir => "i",
        };
        stem::stress_ending(&self.stem, &format!("{theme}{ending}"), 0)
    }

    /// The third person of the subjunctive: *compre, empiece, construya*.
    fn subjunctive_third(&self) -> String {
        self.own("subj").unwrap_or_else(|| {
            let stem = stem::stressed(&self.infinitive, &self.stem);
            format!("{}{}", stem::respelled(&self.infinitive, &stem, self.class), self.subjunctive_vowel())
        })
    }

    fn subjunctive_vowel(&self) -> &'static str {
        if self.class == Class::Ar { "e" } else { "a" }
    }

    pub(super) fn subjunctive(&self, address: Address) -> String {
        match address {
            Address::Usted => self.subjunctive_third(),
            // The tú form serves vos too.
            Address::Tu | Address::Vos => append(&self.subjunctive_third(), "s"),
            Address::Ustedes => append(&self.subjunctive_third(), "n"),
            Address::Vosotros => self.own("subj2p").unwrap_or_else(|| self.subjunctive_vosotros()),
        }
    }

    fn subjunctive_vosotros(&self) -> String {
        let ending = format!("{}is", self.subjunctive_vowel());
        if let Some(third) = self.own("subj") {
            let mut stem: String = third.chars().map(plain).collect();
            stem.pop();
            return stem::stress_ending(&stem, &ending, 0);
        }
        let stem = stem::subjunctive_unstressed(&self.infinitive, &self.stem, self.class);
        stem::stress_ending(&stem::respelled(&self.infinitive, &stem, self.class), &ending, 0)
    }

    /// `alone`: nothing follows the verb, so that a form which could be taken for another gives way.
    pub(super) fn imperative(&self, address: Address, alone: bool) -> String {
        match address {
            Address::Tu => {
                let own = if alone { self.own("alone") } else { None };
                own.or_else(|| self.own("imp")).unwrap_or_else(|| self.third())
            }
            Address::Vos => self.own("vosimp").unwrap_or_else(|| self.with_theme("")),
            Address::Vosotros => self.with_theme("d"),
            Address::Usted | Address::Ustedes => self.subjunctive(address),
        }
    }
}
