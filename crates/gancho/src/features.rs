//! From evidence to the rows of named numbers that the scorer reads.
//!
//! Names have the shape `part.field.feature`; the part (`picture`, `embedding`, `copy`, `comments`) is how reasons are
//! grouped. What is not known is absent, never zero.

use std::collections::BTreeMap;

use gancho_copy::Language;
use gancho_evidence::Evidence;
use gancho_library::Creative;
use gancho_scorer::{Outcome, Row};

/// The row of one creative; `at_home` where its copy is of the publisher that the prior was learned from.
pub(crate) fn row(creative: &Creative, evidence: &Evidence, at_home: bool) -> Row {
    let mut features = BTreeMap::new();
    if let Some(picture) = &evidence.picture {
        for (name, value) in picture.measures.named() {
            features.insert(format!("picture.{name}"), value);
        }
        for (name, value) in picture.sight.named() {
            features.insert(format!("picture.{name}"), value);
        }
        for (index, value) in picture.embedding.iter().enumerate() {
            features.insert(format!("embedding.{index:03}"), f64::from(*value));
        }
    }
    if let Some(copy) = &evidence.copy {
        for field in &copy.fields {
            for (name, value) in field.features.named() {
                features.insert(format!("copy.{}.{name}", field.field), value);
            }
        }
        features.insert("copy.headline_logit".to_owned(), copy.headline_logit);
        if let Some(logit) = copy.meaning_logit {
            features.insert("copy.meaning_logit".to_owned(), logit);
        }
        if at_home {
            features.insert("context.at_home".to_owned(), 1.0);
        }
        // The prior has read English only; the scorer widens its interval for the rest.
        features.insert("context.language_en".to_owned(), f64::from(u8::from(copy.language == Language::En)));
    }
    if let Some(comments) = &evidence.comments {
        for (name, value) in comments.named() {
            features.insert(format!("comments.{name}"), value);
        }
    }
    features.retain(|_, value| value.is_finite());
    Row { id: creative.id.clone(), group: creative.campaign.clone(), features, outcome: outcome(creative) }
}

/// Impressions and clicks, where both are known and there was at least one impression.
pub(crate) fn outcome(creative: &Creative) -> Option<Outcome> {
    let performance = creative.performance.as_ref()?;
    match (performance.impressions?, performance.clicks?) {
        (0, _) => None,
        (impressions, clicks) => Some(Outcome { impressions, clicks }),
    }
}

/// The code that records and models use.
pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::Es => "es",
        Language::En => "en",
        Language::Other => "other",
    }
}
