//! Sentences by key, in the language of the person.
//!
//! The catalogues are Fluent files built into the program. Errors, warnings and faults are data:
//! an enum tagged by `code` is serialised and its message `<area>-<code>` is filled with its fields.
//! Nothing here can fail: an unknown key gives the fallback (or the key), an unknown variable shows
//! its name. Tests keep the two catalogues equal in keys and variables.

use std::borrow::Cow;
use std::fmt::{self, Display};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumberStyle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use serde_json::Value;
use unic_langid::{LanguageIdentifier, langid};

use crate::Locale;

const EN: &str = include_str!("../locales/en.ftl");
const ES: &str = include_str!("../locales/es.ftl");

/// An argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Text, shown as it is.
    Text(Cow<'a, str>),
    /// A number, shown in the way of the language and used to choose the plural.
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Arg<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<usize> for Arg<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}

impl<'a> Arg<'a> {
    fn into_fluent(self) -> FluentValue<'a> {
        match self {
            Self::Text(text) => FluentValue::String(text),
            Self::Number(number) => FluentValue::from(number),
        }
    }
}

/// The stable code that an error, warning or note serializes with, or `None` for anything else.
pub fn code_of<T: Serialize>(value: &T) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    Some(value.get("code")?.as_str()?.to_string())
}

/// All messages of the product in one language.
pub struct Messages {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Messages {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Messages").field("locale", &self.locale).finish_non_exhaustive()
    }
}

impl Messages {
    /// Opens the catalogue of a language.
    pub fn new(locale: Locale) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language(locale)]);
        // Isolation marks are invisible in a browser, but many terminals print them as boxes.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::En => |value, _| number(value, Locale::En),
            Locale::Es => |value, _| number(value, Locale::Es),
        }));
        // Fails only when a function of that name is there already.
        let _ = bundle.add_builtins();
        // What parses is kept even when a line does not; a test allows no such line.
        let resource =
            FluentResource::try_new(source(locale).into()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { locale, bundle }
    }

    /// The language.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// True when the catalogue has a message of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The message of a key; the key itself when there is none.
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.find(key, args).unwrap_or_else(|| key.into())
    }

    /// The message of a key, or `None`.
    pub fn find(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        let args: FluentArgs<'_> =
            args.iter().map(|(name, value)| (Cow::from(*name), value.clone().into_fluent())).collect();
        self.format(key, &args)
    }

    /// The sentence for an error, warning or fault: message `<area>-<code>` with its fields.
    ///
    /// `error` serialises as a map with a `code`; nested maps become `outer_inner`, lists are joined
    /// by commas, an absent value is the word `none` (for selectors). Without a message of that key
    /// the answer is the error's own `Display`.
    pub fn of<T: Serialize + Display>(&self, area: &str, error: &T) -> String {
        self.coded(area, error).unwrap_or_else(|| error.to_string())
    }

    /// Like [`Self::of`], for a value without `Display`.
    pub fn of_or<T: Serialize>(&self, area: &str, error: &T, fallback: &str) -> String {
        self.coded(area, error).unwrap_or_else(|| fallback.into())
    }

    /// The message of a key, filled with the fields of a struct under their own names.
    pub fn fill<T: Serialize>(&self, key: &str, fields: &T) -> String {
        let mut args = FluentArgs::new();
        if let Ok(Value::Object(fields)) = serde_json::to_value(fields) {
            for (name, value) in &fields {
                add_argument(&mut args, name.clone(), value);
            }
        }
        self.format(key, &args).unwrap_or_else(|| key.into())
    }

    /// Messages without variables whose key begins with `prefix`, by the rest of the key.
    pub(crate) fn words(&self, prefix: &str) -> Vec<(String, String)> {
        keys(source(self.locale))
            .filter_map(|key| Some((key.strip_prefix(prefix)?.to_string(), self.text(key, &[]))))
            .collect()
    }

    fn coded<T: Serialize>(&self, area: &str, error: &T) -> Option<String> {
        let Value::Object(fields) = serde_json::to_value(error).ok()? else { return None };
        let code = fields.get("code")?.as_str()?.to_string();
        let mut args = FluentArgs::new();
        for (name, value) in &fields {
            add_argument(&mut args, name.clone(), value);
        }
        self.format(&format!("{area}-{code}"), &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        // A missing variable is printed by its name; an incomplete sentence still beats none.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
    }
}

fn source(locale: Locale) -> &'static str {
    match locale {
        Locale::En => EN,
        Locale::Es => ES,
    }
}

fn language(locale: Locale) -> LanguageIdentifier {
    match locale {
        Locale::En => langid!("en"),
        Locale::Es => langid!("es"),
    }
}

/// Keys of a catalogue, in order: an identifier at the start of a line, then an equals sign.
fn keys(source: &'static str) -> impl Iterator<Item = &'static str> {
    source.lines().filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        key.starts_with(|it: char| it.is_ascii_alphabetic()).then_some(key)
    })
}

fn add_argument(args: &mut FluentArgs<'_>, name: String, value: &Value) {
    let argument = match value {
        Value::Object(fields) => {
            for (inner, value) in fields {
                add_argument(args, format!("{name}_{inner}"), value);
            }
            return;
        }
        Value::Number(number) => FluentValue::from(number.as_f64().unwrap_or(f64::NAN)),
        other => FluentValue::from(plain(other)),
    };
    args.set(name, argument);
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Numbers in a message: whole ones without decimals, others with at most three, and
/// `NUMBER($x, style: "percent")` for fractions.
fn number(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.options.maximum_fraction_digits;
    Some(match number.options.style {
        FluentNumberStyle::Percent => locale.percent(number.value, digits.unwrap_or(0)),
        _ => locale.compact(number.value, digits.unwrap_or(3)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
    enum Sample {
        Unheard { near: Option<u32>, of: Vec<&'static str>, inner: Inner },
    }

    #[derive(Serialize)]
    struct Inner {
        bytes: u64,
    }

    impl Display for Sample {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("the fallback")
        }
    }

    #[test]
    fn an_unknown_code_falls_back_and_an_unknown_key_is_itself() {
        let messages = Messages::new(Locale::Es);
        let error = Sample::Unheard { near: None, of: vec!["a", "b"], inner: Inner { bytes: 3 } };
        assert_eq!(messages.of("nowhere", &error), "the fallback");
        assert_eq!(messages.of_or("nowhere", &"no map", "given"), "given");
        assert_eq!(messages.text("no-such-key", &[]), "no-such-key");
    }

    #[test]
    fn fields_become_arguments() {
        let value = serde_json::to_value(Sample::Unheard {
            near: None,
            of: vec!["a", "b"],
            inner: Inner { bytes: 3 },
        })
        .expect("a map");
        let mut args = FluentArgs::new();
        for (name, value) in value.as_object().expect("a map") {
            add_argument(&mut args, name.clone(), value);
        }
        assert_eq!(args.get("near"), Some(&FluentValue::from("none")));
        assert_eq!(args.get("of"), Some(&FluentValue::from("a, b")));
        assert_eq!(args.get("inner_bytes"), Some(&FluentValue::from(3.0)));
    }

    #[test]
    fn catalogues_parse_without_a_single_error() {
        for source in [EN, ES] {
            if let Err((_, errors)) = FluentResource::try_new(source.into()) {
                panic!("{errors:?}");
            }
        }
    }
}
