//! Reading a brief from JSON or TOML.

use super::{Address, Brief, Gender, Limit, Market};
use crate::placement::Placement;
use crate::variant::Field;
use crate::words::nearest;
use gancho_copy::Language;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longest brief that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Most entries of one list.
const MAX_ENTRIES: usize = 200;

/// Why a brief could not be read. `field` is the path of the field, as in `benefits[2]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum BriefError {
    /// Neither JSON nor TOML.
    #[error("line {line}, column {column}: this is not {format} ({detail})")]
    Syntax {
        /// What it was taken for: `JSON` or `TOML`.
        format: &'static str,
        /// Line, from 1; 0 where the reader does not say.
        line: usize,
        /// Column, from 1; 0 where the reader does not say.
        column: usize,
        /// What the reader says.
        detail: String,
    },
    /// Not an object with fields.
    #[error("a brief is an object with fields such as `brand` and `product`; this is {found}")]
    NotAnObject {
        /// What it is.
        found: &'static str,
    },
    /// A field that no brief has.
    #[error("there is no field `{field}`; did you mean `{nearest}`?")]
    UnknownField {
        /// The name found.
        field: String,
        /// The nearest name that exists.
        nearest: &'static str,
    },
    /// A value of the wrong type.
    #[error("`{field}` is {found}, but {wanted} is needed; write texts and prices in quotes")]
    WrongType {
        /// Where.
        field: String,
        /// What is needed.
        wanted: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A value that is not in the list of that field.
    #[error("`{field}` is `{found}`, which is unknown; did you mean `{nearest}`?")]
    UnknownValue {
        /// Where.
        field: String,
        /// What it says.
        found: String,
        /// The nearest value that exists.
        nearest: &'static str,
    },
    /// Too large.
    #[error("the brief has {bytes} bytes, the limit is {limit}; shorten it")]
    TooLarge {
        /// Size found.
        bytes: usize,
        /// Limit.
        limit: usize,
    },
    /// Too many entries in a list.
    #[error("`{field}` has {entries} entries, the limit is {limit}; keep the best ones")]
    TooMany {
        /// Where.
        field: String,
        /// Entries found.
        entries: usize,
        /// Limit.
        limit: usize,
    },
}

/// Every field of a brief, and those that are read over.
const FIELDS: &[&str] = &[
    "id",
    "language",
    "market",
    "address",
    "brand",
    "product",
    "category",
    "audience",
    "benefits",
    "proof",
    "offer",
    "price",
    "currency",
    "tone",
    "forbidden",
    "required",
    "placement",
    "limits",
    "numbers",
    "product_gender",
    "hostile",
    "expect",
    "note",
];

impl Brief {
    /// Reads a brief in JSON or TOML; which of them is told by the content.
    ///
    /// # Errors
    /// [`BriefError`]: the first fault, with its field and what to do.
    pub fn read(text: &str) -> Result<Self, BriefError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with(['{', '[', '"']) && !looks_like_toml_table(text) {
            Self::from_json(text)
        } else {
            Self::from_toml(text)
        }
    }

    /// Reads a brief in JSON.
    ///
    /// # Errors
    /// [`BriefError`]: the first fault, with its field and what to do.
    pub fn from_json(text: &str) -> Result<Self, BriefError> {
        within(text)?;
        let value: Value = serde_json::from_str(text).map_err(|e| BriefError::Syntax {
            format: "JSON",
            line: e.line(),
            column: e.column(),
            detail: e.to_string(),
        })?;
        Self::from_value(&value)
    }

    /// Reads a brief in TOML.
    ///
    /// # Errors
    /// [`BriefError`]: the first fault, with its field and what to do.
    pub fn from_toml(text: &str) -> Result<Self, BriefError> {
        within(text)?;
        let value: Value = toml::from_str(text).map_err(|e| {
            let at = e.span().map_or(0, |span| span.start.min(text.len()));
            let before = text.get(..at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            BriefError::Syntax { format: "TOML", line, column, detail: e.message().to_owned() }
        })?;
        Self::from_value(&value)
    }

    /// Reads a brief from a parsed value.
    ///
    /// # Errors
    /// [`BriefError`]: the first fault, with its field and what to do.
    pub fn from_value(value: &Value) -> Result<Self, BriefError> {
        let Value::Object(map) = value else { return Err(BriefError::NotAnObject { found: type_of(value) }) };
        if let Some(field) = map.keys().find(|key| !FIELDS.contains(&key.as_str())) {
            let field: String = field.chars().take(80).collect();
            let nearest = nearest(&field, FIELDS.iter().copied());
            return Err(BriefError::UnknownField { field, nearest });
        }
        let language = language(&text(map, "language")?)?;
        let market = market(&text(map, "market")?, language)?;
        let mut brief = Self::new(market.unwrap_or(Market::usual(language.unwrap_or(Language::Es))));
        brief.fill_texts(map)?;
        brief.limits = limits(map)?;
        brief.placement = placement(&text(map, "placement")?, &brief.limits)?;
        brief.product_gender = gender(&text(map, "product_gender")?)?;
        // Neither language nor market given: the brief's own words tell.
        let told = language.or_else(|| market.is_none().then(|| brief.written_language()));
        if market.is_none() && told == Some(Language::En) {
            brief.market = Market::EnUs;
        }
        brief.language = told.filter(|it| *it != Language::Other).unwrap_or(brief.market.language());
        brief.address = brief.market.usual_address();
        if brief.address.language() != brief.language {
            brief.address = Market::usual(brief.language).usual_address();
        }
        if let Some(address) = address(&text(map, "address")?)? {
            brief.address = address;
        }
        Ok(brief)
    }

    fn fill_texts(&mut self, map: &Map<String, Value>) -> Result<(), BriefError> {
        self.id = Some(text(map, "id")?).filter(|id| !id.is_empty());
        self.brand = text(map, "brand")?;
        self.product = text(map, "product")?;
        self.category = text(map, "category")?;
        self.audience = text(map, "audience")?;
        self.benefits = texts(map, "benefits")?;
        self.proof = texts(map, "proof")?;
        self.offer = text(map, "offer")?;
        self.price = text(map, "price")?;
        self.currency = text(map, "currency")?;
        self.tone = text(map, "tone")?;
        self.forbidden = texts(map, "forbidden")?;
        self.required = texts(map, "required")?;
        self.numbers = texts(map, "numbers")?;
        Ok(())
    }
}

/// `[limits.headline]` opens a TOML file as well as `[1, 2]` opens JSON.
fn looks_like_toml_table(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end();
    first.starts_with('[')
        && first.ends_with(']')
        && first.trim_matches(['[', ']']).chars().all(|c| c.is_alphanumeric() || "._- ".contains(c))
        && first.contains(|c: char| c.is_alphabetic())
}

fn within(text: &str) -> Result<(), BriefError> {
    let bytes = text.len();
    if bytes > MAX_BYTES { Err(BriefError::TooLarge { bytes, limit: MAX_BYTES }) } else { Ok(()) }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A text; absent and null are empty.
fn text(map: &Map<String, Value>, field: &str) -> Result<String, BriefError> {
    match map.get(field) {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(other) => {
            Err(BriefError::WrongType { field: field.to_owned(), wanted: "a text", found: type_of(other) })
        }
    }
}

/// A list of texts; one text counts as a list of one, empty entries are left out.
fn texts(map: &Map<String, Value>, field: &str) -> Result<Vec<String>, BriefError> {
    let entries = match map.get(field) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) => {
            return Ok(Some(text.clone()).filter(|it| !it.trim().is_empty()).into_iter().collect());
        }
        Some(Value::Array(entries)) => entries,
        Some(other) => {
            let wanted = "a list of texts";
            return Err(BriefError::WrongType { field: field.to_owned(), wanted, found: type_of(other) });
        }
    };
    if entries.len() > MAX_ENTRIES {
        let (entries, limit) = (entries.len(), MAX_ENTRIES);
        return Err(BriefError::TooMany { field: field.to_owned(), entries, limit });
    }
    let mut out = Vec::with_capacity(entries.len());
    for (i, entry) in entries.iter().enumerate() {
        match entry {
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) => out.push(text.clone()),
            other => {
                let field = format!("{field}[{i}]");
                return Err(BriefError::WrongType { field, wanted: "a text", found: type_of(other) });
            }
        }
    }
    Ok(out)
}

fn unknown<'a>(field: &str, found: &str, known: impl Iterator<Item = &'static str> + 'a) -> BriefError {
    let found: String = found.chars().take(80).collect();
    let nearest = nearest(&found, known);
    BriefError::UnknownValue { field: field.to_owned(), found, nearest }
}

fn language(text: &str) -> Result<Option<Language>, BriefError> {
    match text.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "es" | "spanish" | "español" => Ok(Some(Language::Es)),
        "en" | "english" | "inglés" => Ok(Some(Language::En)),
        other => Err(unknown("language", other, ["es", "en"].into_iter())),
    }
}

fn market(text: &str, language: Option<Language>) -> Result<Option<Market>, BriefError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let found = Market::parse(text, language);
    found.map(Some).ok_or_else(|| unknown("market", text, Market::ALL.iter().map(|(_, code)| *code)))
}

fn address(text: &str) -> Result<Option<Address>, BriefError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let found = Address::parse(text);
    found.map(Some).ok_or_else(|| unknown("address", text, Address::ALL.iter().map(|(_, code)| *code)))
}

fn gender(text: &str) -> Result<Option<Gender>, BriefError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    Gender::parse(text).map(Some).ok_or_else(|| unknown("product_gender", text, ["m", "f"].into_iter()))
}

fn placement(text: &str, limits: &BTreeMap<Field, Limit>) -> Result<String, BriefError> {
    let name = if text.trim().is_empty() { Brief::USUAL_PLACEMENT } else { text.trim() };
    if let Some(placement) = Placement::named(name) {
        return Ok(placement.name.clone());
    }
    // Unknown places are fine as long as the brief itself says what fits there.
    if !limits.is_empty() && limits.values().all(|it| it.max_chars.is_some()) {
        return Ok(name.to_owned());
    }
    Err(unknown("placement", name, Placement::all().iter().map(|it| it.name.as_str())))
}

fn limits(map: &Map<String, Value>) -> Result<BTreeMap<Field, Limit>, BriefError> {
    let entries = match map.get("limits") {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(Value::Object(entries)) => entries,
        Some(other) => {
            let field = "limits".to_owned();
            return Err(BriefError::WrongType {
                field,
                wanted: "an object of fields",
                found: type_of(other),
            });
        }
    };
    let mut out = BTreeMap::new();
    for (name, value) in entries {
        let field = Field::parse(name)
            .ok_or_else(|| unknown("limits", name, Field::ALL.iter().map(|(_, code)| *code)))?;
        out.insert(field, limit(field, value)?);
    }
    Ok(out)
}

/// `{ max_chars, count }`, or the length alone.
fn limit(field: Field, value: &Value) -> Result<Limit, BriefError> {
    let path = format!("limits.{}", field.code());
    if let Some(length) = value.as_u64() {
        return Ok(Limit { max_chars: usize::try_from(length).ok(), count: None });
    }
    let Value::Object(map) = value else {
        let wanted = "an object with `max_chars` and `count`";
        return Err(BriefError::WrongType { field: path, wanted, found: type_of(value) });
    };
    let mut limit = Limit::default();
    for (name, value) in map {
        let path = format!("{path}.{name}");
        let number = value.as_u64().and_then(|it| usize::try_from(it).ok());
        let wrong =
            || BriefError::WrongType { field: path.clone(), wanted: "a whole number", found: type_of(value) };
        match name.as_str() {
            "max_chars" => limit.max_chars = Some(number.ok_or_else(wrong)?),
            "count" => limit.count = Some(number.ok_or_else(wrong)?),
            other => {
                let nearest = nearest(other, ["max_chars", "count"].into_iter());
                return Err(BriefError::UnknownField { field: path, nearest });
            }
        }
    }
    Ok(limit)
}
