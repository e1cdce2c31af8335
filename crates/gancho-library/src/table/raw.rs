//! JSON objects whose values are still the text they were written as: numbers keep every digit.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IgnoredAny};

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raw(String);

/// An object whose values are not read yet.
pub(crate) type Object = BTreeMap<String, Raw>;

impl Raw {
    /// The text, from its first character to its last.
    pub(crate) fn get(&self) -> &str {
        &self.0
    }
}

/// Reads an object.
///
/// # Errors
/// What the JSON reader says, with its place in the text.
pub(crate) fn object(text: &str) -> Result<Object, serde_json::Error> {
    serde_json::from_str::<BTreeMap<String, IgnoredAny>>(text)?;
    Ok(entries(text))
}

/// Reads a list of objects.
///
/// # Errors
/// As [`object`].
pub(crate) fn objects(text: &str) -> Result<Vec<Object>, serde_json::Error> {
    serde_json::from_str::<Vec<BTreeMap<String, IgnoredAny>>>(text)?;
    let mut rest = text.trim_start().strip_prefix('[').unwrap_or_default();
    let mut objects = Vec::new();
    while let Some((_, written, after)) = next::<IgnoredAny>(rest) {
        objects.push(entries(written));
        rest = past_comma(after);
    }
    Ok(objects)
}

/// The entries of an object that was read before, so its syntax is sound.
pub(crate) fn entries(text: &str) -> Object {
    let mut rest = text.trim_start().strip_prefix('{').unwrap_or_default();
    let mut object = Object::new();
    while let Some((key, _, after)) = next::<String>(rest) {
        let Some(after) = after.trim_start().strip_prefix(':') else { break };
        let Some((_, written, after)) = next::<IgnoredAny>(after) else { break };
        object.insert(key, Raw(written.to_owned()));
        rest = past_comma(after);
    }
    object
}

/// The value at the beginning of a text, how it is written, and what follows.
fn next<T: DeserializeOwned>(text: &str) -> Option<(T, &str, &str)> {
    let text = text.trim_start();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<T>();
    let value = values.next()?.ok()?;
    let end = values.byte_offset();
    Some((value, text.get(..end)?.trim_end(), text.get(end..)?))
}

fn past_comma(text: &str) -> &str {
    let text = text.trim_start();
    text.strip_prefix(',').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn values_keep_their_digits() {
        let found =
            object(r#" {"a" : 10.10000000000000000000001, "b":{"c":[1, 2]},"d\n":"x,}", "e":null } "#)
                .unwrap();
        let texts: Vec<(&str, &str)> = found.iter().map(|(key, value)| (key.as_str(), value.get())).collect();
        let expected = [
            ("a", "10.10000000000000000000001"),
            ("b", r#"{"c":[1, 2]}"#),
            ("d\n", r#""x,}""#),
            ("e", "null"),
        ];
        assert_eq!(texts, expected);
        assert!(object("{}").unwrap().is_empty());
        assert!(object("[1]").is_err() && object(r#"{"a":}"#).is_err());
    }

    #[test]
    fn lists_of_objects() {
        let found = objects(r#"[{"a":1} , {"a":2.50}]"#).unwrap();
        assert_eq!(found.iter().map(|it| it["a"].get()).collect::<Vec<_>>(), ["1", "2.50"]);
        assert!(objects("[]").unwrap().is_empty());
        assert!(objects("[1]").is_err());
    }
}
