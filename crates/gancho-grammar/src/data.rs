//! Files under `data/`: `#` opens a comment, `name: word, word` fills a list, a tab parts the cells of a table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Named lists of words.
#[derive(Debug, Default)]
pub(crate) struct Lists(HashMap<&'static str, BTreeSet<&'static str>>);

impl Lists {
    /// A name may stand on several lines.
    pub(crate) fn parse(source: &'static str) -> Self {
        let mut lists = Self::default();
        for line in lines(source) {
            let Some((name, words)) = line.split_once(':') else { continue };
            let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
            lists.0.entry(name.trim()).or_default().extend(words);
        }
        lists
    }

    pub(crate) fn has(&self, list: &str, word: &str) -> bool {
        self.0.get(list).is_some_and(|words| words.contains(word))
    }

    /// The words of a list, in alphabetical order.
    pub(crate) fn of(&self, list: &str) -> impl Iterator<Item = &'static str> {
        self.0.get(list).into_iter().flatten().copied()
    }
}

/// Rows of a table, cells trimmed.
pub(crate) fn rows(source: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(source).map(|line| line.split('\t').map(str::trim).collect())
}

/// The first two cells of every row.
pub(crate) fn pairs(source: &'static str) -> BTreeMap<&'static str, &'static str> {
    rows(source).filter(|row| row.len() >= 2).map(|row| (row[0], row[1])).collect()
}

fn lines(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_line_by_line() {
        let lists = Lists::parse("# c\na: uno, dos tres\n\na: cuatro\n");
        assert!(lists.has("a", "dos tres") && lists.has("a", "cuatro"));
        assert!(!lists.has("b", "uno"));
        assert_eq!(lists.of("a").count(), 3);
    }

    #[test]
    fn pairs_skip_comments() {
        assert_eq!(pairs("# x\ty\nclub\tclubes\n").len(), 1);
    }
}
