//! Briefs from a file, or from what was typed.

use gancho_report::Messages;
use gancho_writer::{Brief, BriefError, Market};
use serde_json::{Map, Value};

/// Most briefs of one file.
const MOST: usize = 1_000;

/// A brief that cannot be read, and on which line it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefFault {
    /// The line, from 1, where each line is a brief of its own.
    pub line: Option<usize>,
    /// What is wrong.
    pub error: BriefError,
}

/// Reads one brief (JSON or TOML), or one a line (JSON Lines).
///
/// # Errors
/// [`BriefFault`]: the first brief that cannot be read.
pub fn briefs(text: &str) -> Result<Vec<Brief>, BriefFault> {
    let filled: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let is_list = filled.len() > 1
        && filled.iter().take(2).all(|(_, line)| serde_json::from_str::<Map<String, Value>>(line).is_ok());
    if !is_list {
        return Brief::read(text).map(|it| vec![it]).map_err(|error| BriefFault { line: None, error });
    }
    let read = |(at, line): (usize, &str)| {
        let mut brief = Brief::from_json(line).map_err(|error| BriefFault { line: Some(at + 1), error })?;
        brief.id.get_or_insert_with(|| format!("brief-{}", at + 1));
        Ok(brief)
    };
    if filled.len() > MOST {
        let field = "briefs".to_owned();
        let error = BriefError::TooMany { field, entries: filled.len(), limit: MOST };
        return Err(BriefFault { line: None, error });
    }
    filled.into_iter().map(read).collect()
}

/// A brief with some of its fields said anew; one of nothing but them where there is none.
///
/// # Errors
/// [`BriefError`] when a field cannot be read.
pub fn with_fields(brief: Option<&Brief>, fields: Map<String, Value>) -> Result<Brief, BriefError> {
    let known = brief.map(|it| serde_json::to_value(it).unwrap_or_default());
    let mut all = match known {
        Some(Value::Object(known)) => known,
        _ => Map::new(),
    };
    let speaks_otherwise = fields.contains_key("market") && !fields.contains_key("language");
    if speaks_otherwise {
        // Another market may mean another language, and another way to speak to people.
        all.remove("language");
        if !fields.contains_key("address") {
            all.remove("address");
        }
    }
    all.extend(fields);
    Brief::from_value(&Value::Object(all))
}

/// A fault of a brief in the reader's language.
pub fn brief_in_words(error: &BriefError, messages: &Messages) -> String {
    // What a value is, and what it should be, are words of the program and not of the person.
    let kind = |text: &str| {
        let slug: Vec<&str> =
            text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
        messages.find(&format!("write-type-{}", slug.join("-")), &[]).unwrap_or_else(|| text.to_owned())
    };
    match error {
        BriefError::NotAnObject { found } => {
            messages.text("brief-not-an-object", &[("found", kind(found).into())])
        }
        BriefError::WrongType { field, wanted, found } => messages.text(
            "brief-wrong-type",
            &[
                ("field", field.as_str().into()),
                ("wanted", kind(wanted).into()),
                ("found", kind(found).into()),
            ],
        ),
        _ => messages.of("brief", error),
    }
}

/// A brief to begin with: every field, filled in for an invented product.
pub fn example(spanish: bool) -> &'static str {
    if spanish { include_str!("example_es.toml") } else { include_str!("example_en.toml") }
}

/// The market of a person who has not named one.
pub fn usual_market(spanish: bool) -> Market {
    if spanish { Market::EsEs } else { Market::EnUs }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn the_examples_are_briefs_without_a_problem() {
        for spanish in [true, false] {
            let brief = Brief::read(example(spanish)).unwrap();
            assert!(brief.check().problems.is_empty(), "{:?}", brief.check().problems);
        }
    }

    #[test]
    fn a_brief_survives_being_written_down() {
        let brief = Brief::read(example(true)).unwrap();
        assert_eq!(with_fields(Some(&brief), Map::new()).unwrap(), brief);
    }

    #[test]
    fn what_is_typed_beats_the_file() {
        let brief = Brief::read(example(true)).unwrap();
        let fields = json!({"market": "es-AR", "price": "12.000"}).as_object().cloned().unwrap();
        let found = with_fields(Some(&brief), fields).unwrap();
        assert_eq!((found.market.code(), found.price.as_str()), ("es-AR", "12.000"));
        assert_eq!(found.address, Market::EsAr.usual_address());
        assert_eq!(found.brand, brief.brand);
        let wrong = json!({"market": "es-XX"}).as_object().cloned().unwrap();
        assert!(with_fields(Some(&brief), wrong).is_err());
    }

    #[test]
    fn faults_speak_the_readers_language() {
        let error = Brief::read(r#"{"brand": 7}"#).unwrap_err();
        let said = brief_in_words(&error, &Messages::new(gancho_report::Locale::Es));
        assert!(
            said.contains("`brand`") && said.contains("un número") && !said.contains("a number"),
            "{said}"
        );
    }

    #[test]
    fn a_file_holds_one_brief_or_one_a_line() {
        let line = r#"{"brand": "Lumbre", "product": "Farol", "market": "ES", "language": "es"}"#;
        assert_eq!(briefs(line).unwrap().len(), 1);
        assert_eq!(briefs(&format!("{line}\n\n{line}\n")).unwrap().len(), 2);
        let fault = briefs(&format!("{line}\n{line}\n{{\"brnad\": 1}}\n")).unwrap_err();
        assert_eq!(fault.line, Some(3));
        assert!(briefs("").is_err() || briefs("").unwrap()[0].brand.is_empty());
    }
}
