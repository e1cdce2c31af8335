//! Verbs with forms of their own, and those that put a prefix before one.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::data::rows;
use crate::spanish::sound::{accentuate, stressed_vowel};

/// Forms by key, see `data/es_irregular_verbs.tsv`.
type Forms = HashMap<&'static str, &'static str>;

/// Infinitive, whether prefixes go before it, forms.
static TABLE: LazyLock<Vec<(&'static str, bool, Forms)>> = LazyLock::new(|| {
    rows(include_str!("../../../data/es_irregular_verbs.tsv"))
        .map(|row| {
            let name = row[0];
            let forms = row[1..].iter().filter_map(|cell| cell.split_once('=')).collect();
            (name.trim_end_matches('*'), name.ends_with('*'), forms)
        })
        .collect()
});

/// The own forms of one verb.
#[derive(Debug, Clone)]
pub(super) struct Irregular {
    prefix: String,
    forms: &'static Forms,
}

impl Irregular {
    /// The row of the verb itself, or of the verb that it puts a prefix to.
    pub(super) fn of(infinitive: &str) -> Option<Self> {
        let exact = TABLE.iter().find(|(name, ..)| *name == infinitive);
        let found =
            exact.or_else(|| TABLE.iter().find(|(name, family, _)| *family && infinitive.ends_with(name)));
        let (name, _, forms) = found?;
        Some(Self { prefix: infinitive[..infinitive.len() - name.len()].to_owned(), forms })
    }

    /// The form of a key with its prefix: *ten* is *obtén* then.
    pub(super) fn form(&self, key: &str) -> Option<String> {
        let form = *self.forms.get(key)?;
        if self.prefix.is_empty() {
            return Some(form.to_owned());
        }
        let stress = stressed_vowel(form).unwrap_or_default() + self.prefix.chars().count();
        Some(accentuate(&format!("{}{form}", self.prefix), stress))
    }
}
