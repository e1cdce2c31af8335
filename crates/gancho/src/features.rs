//! From evidence to the rows of named numbers that the scorer reads.
//!
//! Names have the shape `part.field.feature`; the part (`picture`, `embedding`, `copy`, `comments`) is how reasons are
//! grouped. What is not known is absent, never zero.

use std::collections::BTreeMap;

use gancho_copy::Language;
use gancho_evidence::{CopyEvidence, Evidence, PictureEvidence};
use gancho_library::Creative;
use gancho_scorer::learn::Counts;
use gancho_scorer::{Observation, Row};

/// The row of one creative; `at_home` where its copy is of the publisher that the prior was learned from.
pub(crate) fn row(creative: &Creative, evidence: &Evidence, at_home: bool) -> Row {
    let mut features = BTreeMap::new();
    if let Some(picture) = &evidence.picture {
        add_picture(&mut features, picture);
    }
    if let Some(copy) = &evidence.copy {
        add_copy(&mut features, copy);
        if at_home {
            features.insert("context.at_home".to_owned(), 1.0);
        }
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

/// The row with another copy, without results: nobody has seen it.
pub(crate) fn with_copy(row: &Row, copy: Option<&CopyEvidence>) -> Row {
    changed(row, OF_COPY, |features| {
        if let Some(copy) = copy {
            add_copy(features, copy);
        }
    })
}

/// The row with another picture, without results. A row without an embedding gets none: the ranking reads none.
pub(crate) fn with_picture(row: &Row, picture: &PictureEvidence) -> Row {
    changed(row, OF_PICTURE, |features| add_picture(features, picture))
}

/// Prefixes of all that [`add_copy`] adds.
const OF_COPY: &[&str] = &["copy.", LANGUAGE];
/// Prefixes of all that [`add_picture`] adds.
const OF_PICTURE: &[&str] = &["picture.", "embedding."];
const LANGUAGE: &str = "context.language_en";

fn changed(row: &Row, parts: &[&str], add: impl FnOnce(&mut BTreeMap<String, f64>)) -> Row {
    let rest = row.features.iter().filter(|it| !parts.iter().any(|part| it.0.starts_with(part)));
    let mut features = rest.map(|(name, value)| (name.clone(), *value)).collect();
    add(&mut features);
    features.retain(|_, value| value.is_finite());
    Row { id: row.id.clone(), group: row.group.clone(), features, observations: Vec::new() }
}

fn add_picture(features: &mut BTreeMap<String, f64>, picture: &PictureEvidence) {
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

fn add_copy(features: &mut BTreeMap<String, f64>, copy: &CopyEvidence) {
    for field in &copy.fields {
        for (name, value) in field.features.named() {
            features.insert(format!("copy.{}.{name}", field.field), value);
        }
    }
    features.insert("copy.headline_logit".to_owned(), copy.headline_logit);
    if let Some(logit) = copy.meaning_logit {
        features.insert("copy.meaning_logit".to_owned(), logit);
    }
    // The prior has read English only; the scorer widens its interval for the rest.
    features.insert(LANGUAGE.to_owned(), f64::from(u8::from(copy.language == Language::En)));
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
