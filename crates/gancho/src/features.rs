//! From evidence to the rows of named numbers that the scorer reads.
//!
//! Names have the shape `part.field.feature`; the part (`picture`, `embedding`, `copy`, `comments`) is how reasons are
//! grouped. What is not known is absent, never zero.

use std::collections::BTreeMap;

use gancho_copy::Language;
use gancho_evidence::Evidence;
use gancho_library::Creative;
use gancho_scorer::learn::Counts;
use gancho_scorer::{Observation, Row};

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
    let observations = counts(creative).map(|counts| Observation { counts, ..Observation::default() });
    Row {
        id: creative.id.clone(),
        group: creative.campaign.clone(),
        features,
        observations: observations.into_iter().collect(),
    }
}

/// What a creative earned over all its rows, where anything is known.
pub(crate) fn counts(creative: &Creative) -> Option<Counts> {
    let performance = creative.performance.as_ref()?;
    let count = |it: Option<u64>| it.map(|it| it as f64);
    Some(Counts {
        impressions: count(performance.impressions),
        clicks: count(performance.clicks),
        conversions: performance.conversions,
        spend: performance.spend,
        revenue: performance.revenue,
        video_3s: count(performance.video_3s),
        thruplays: count(performance.video_thruplay),
    })
}

/// The code that records and models use.
pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::Es => "es",
        Language::En => "en",
        Language::Other => "other",
    }
}
