//! Personal attributes: what an advertisement may not assert of its reader (`data/personal.txt`).

use crate::words::fold;
use std::sync::LazyLock;

/// Phrases of folded words; `*` stands for the rest of a word.
pub(crate) static ATTRIBUTES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("../data/personal.txt").lines().filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| line.split_once(':')).flat_map(|(_, entries)| entries.split(','));
    entries.map(|it| fold(it).split_whitespace().map(str::to_owned).collect()).collect()
});

/// Whether folded words hold an attribute at a place; its length in words.
pub(crate) fn attribute_at(words: &[&str], at: usize) -> Option<usize> {
    let matches = |phrase: &&Vec<String>| {
        phrase.iter().enumerate().all(|(i, wanted)| {
            words.get(at + i).is_some_and(|word| match wanted.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == wanted,
            })
        })
    };
    ATTRIBUTES.iter().find(matches).map(Vec::len)
}
