//! The lists of Spanish, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::data::{Lists, pairs};

pub(crate) static NOUNS: LazyLock<Lists> =
    LazyLock::new(|| Lists::parse(include_str!("../../data/es_nouns.txt")));
pub(crate) static ADJECTIVES: LazyLock<Lists> =
    LazyLock::new(|| Lists::parse(include_str!("../../data/es_adjectives.txt")));
pub(crate) static PLURALS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| pairs(include_str!("../../data/es_plurals.tsv")));
pub(crate) static SINGULARS: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| PLURALS.iter().map(|(singular, plural)| (*plural, *singular)).collect());
pub(crate) static FUNCTION_WORDS: LazyLock<Lists> =
    LazyLock::new(|| Lists::parse(include_str!("../../data/es_function_words.txt")));
