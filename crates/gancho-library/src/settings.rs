//! Files of settings in TOML: what is wrong in them, where, and which key was meant.

use serde::de::DeserializeOwned;

/// What is wrong in a file of settings.
#[derive(Debug, PartialEq)]
pub(crate) struct Flaw {
    /// Line, from 1.
    pub line: u64,
    /// Character of the line, from 1.
    pub column: u64,
    pub kind: FlawKind,
}

/// The kinds of flaw.
#[derive(Debug, PartialEq)]
pub(crate) enum FlawKind {
    /// A key that nobody knows, and the known one that is nearest to it.
    UnknownKey { key: String, nearest: String },
    /// No TOML, or a value of the wrong kind.
    Invalid { detail: String },
}

/// Reads settings; no key but those of `T` is accepted when `T` denies unknown fields.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Flaw> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let (line, column) = place(text, error.span().map_or(0, |it| it.start).min(text.len()));
        let after = error.span().and_then(|it| text.get(it.end..)).unwrap_or_default();
        let is_value = error.message().starts_with("unknown variant") && !after.trim_start().starts_with('=');
        let kind = match unknown_key(error.message()) {
            Some((key, nearest)) if !is_value => FlawKind::UnknownKey { key, nearest },
            _ => FlawKind::Invalid { detail: error.message().to_owned() },
        };
        Flaw { line, column, kind }
    })
}

/// Line and character of a byte offset, both from 1.
fn place(text: &str, at: usize) -> (u64, u64) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    (1 + before.matches('\n').count() as u64, 1 + before[start..].chars().count() as u64)
}

/// Serde names the unknown key and all known ones of that table, each in backticks.
fn unknown_key(message: &str) -> Option<(String, String)> {
    let names =
        message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    let mut names = names.split('`').skip(1).step_by(2);
    let key = names.next()?.to_owned();
    let nearest = names.min_by_key(|it| distance(&key.to_lowercase(), it))?.to_owned();
    Some((key, nearest))
}

/// Edits (insert, delete, replace) from one word to another, after Levenshtein.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_distance() {
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("a", "a")), (3, 3, 0));
    }
}
