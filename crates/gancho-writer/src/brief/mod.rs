//! The brief: what is to be advertised, to whom, where, and within which bounds.

mod check;
mod market;
mod read;

pub use check::{Checked, Class, Dropped, Problem, ProblemKind, Reason, Verdict};
pub use market::{Address, Gender, Market};
pub use read::BriefError;

use crate::placement::{FieldSpec, Placement, Strictness};
use crate::variant::Field;
use gancho_copy::{Language, detect_language};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A limit that a brief sets itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Longest length; the placement's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<usize>,
    /// How many lines are wanted; the placement's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

/// What is to be advertised. Texts are kept byte for byte; empty means that nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Name of the brief, for reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Language of the copy.
    pub language: Language,
    /// Market of the copy.
    pub market: Market,
    /// Whom the copy speaks to.
    pub address: Address,
    /// Who advertises.
    pub brand: String,
    /// What is advertised.
    pub product: String,
    /// Its trade, as in `salud` or `food & drink`.
    pub category: String,
    /// Who should buy it. Never copied into the copy.
    pub audience: String,
    /// What it does for them.
    pub benefits: Vec<String>,
    /// What vouches for it.
    pub proof: Vec<String>,
    /// What one gets now.
    pub offer: String,
    /// The price, verbatim.
    pub price: String,
    /// ISO code of the currency, as in `EUR`; empty when unknown.
    pub currency: String,
    /// How it should sound.
    pub tone: String,
    /// Words that may not appear, in any inflection.
    pub forbidden: Vec<String>,
    /// Mentions of which each must stand in at least one field.
    pub required: Vec<String>,
    /// Name of the placement.
    pub placement: String,
    /// Limits that differ from the placement's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Field, Limit>,
    /// Further numbers that may appear, verbatim.
    pub numbers: Vec<String>,
    /// Gender of the product's name, where its ending does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_gender: Option<Gender>,
}

impl Brief {
    /// The placement of a brief that names none.
    pub const USUAL_PLACEMENT: &'static str = "meta_feed";

    /// An empty brief for a market: fill in its public fields.
    pub fn new(market: Market) -> Self {
        Self {
            id: None,
            language: market.language(),
            market,
            address: market.usual_address(),
            brand: String::new(),
            product: String::new(),
            category: String::new(),
            audience: String::new(),
            benefits: Vec::new(),
            proof: Vec::new(),
            offer: String::new(),
            price: String::new(),
            currency: String::new(),
            tone: String::new(),
            forbidden: Vec::new(),
            required: Vec::new(),
            placement: Self::USUAL_PLACEMENT.to_owned(),
            limits: BTreeMap::new(),
            numbers: Vec::new(),
            product_gender: None,
        }
    }

    /// The placement with the brief's own limits applied.
    pub fn resolved_placement(&self) -> Placement {
        let mut placement =
            Placement::named(&self.placement).cloned().unwrap_or_else(|| Placement::custom(&self.placement));
        for (field, limit) in &self.limits {
            match placement.fields.iter_mut().find(|spec| spec.field == *field) {
                Some(spec) => {
                    spec.max_chars = limit.max_chars.unwrap_or(spec.max_chars);
                    spec.count = limit.count.unwrap_or(spec.count);
                }
                None => placement.fields.push(FieldSpec {
                    field: *field,
                    max_chars: limit.max_chars.unwrap_or(usize::MAX),
                    count: limit.count.unwrap_or(1),
                }),
            }
        }
        if placement.fields.is_empty() {
            placement.strictness = Strictness::Custom;
        }
        placement
    }

    /// Every text that holds facts, with the path of its field: what copy may be made of.
    pub fn sources(&self) -> Vec<(String, &str)> {
        let mut out = vec![("brand".to_owned(), self.brand.as_str()), ("product".to_owned(), &self.product)];
        let lists = [("benefits", &self.benefits), ("proof", &self.proof), ("required", &self.required)];
        for (name, texts) in lists {
            out.extend(texts.iter().enumerate().map(|(i, text)| (format!("{name}[{i}]"), text.as_str())));
        }
        out.push(("offer".to_owned(), &self.offer));
        out.push(("price".to_owned(), &self.price));
        out.push(("category".to_owned(), &self.category));
        out.retain(|(_, text)| !text.trim().is_empty());
        out
    }

    /// Looks for what is wrong, and leaves out what must not be used.
    pub fn check(&self) -> Checked {
        check::check(self)
    }

    /// The language in which most of the brief is written.
    fn written_language(&self) -> Language {
        let texts: Vec<&str> = self.sources().into_iter().map(|(_, text)| text).take(40).collect();
        let sample: String = texts.join(". ").chars().take(2_000).collect();
        detect_language(&sample).language
    }
}
