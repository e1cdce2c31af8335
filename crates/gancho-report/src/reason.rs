//! Reasons in words.
//!
//! A reason is a feature, the creative's value and a signed contribution in points. The sentence says
//! only what the basis allows: an association in the user's library, in headline tests, or a place in
//! a craft index. Nothing here says "will" or "because".
//!
//! Labels come from the catalogue: `feature-picture-rms-contrast` for a picture measure,
//! `feature-copy-any-words` for a copy feature that every field has (the field is added), and
//! `feature-embedding` for all numbers of the learned vector.

use crate::{Basis, Messages};

/// How the value of a feature is written.
enum Unit {
    /// A fraction, shown as percent.
    Percent,
    /// A yes (1) or a no (0).
    YesNo,
    /// A plain number, to about three significant digits.
    Number,
    /// Means nothing to a reader on its own: the output of a model.
    Hidden,
}

/// The label of a feature, in lower case, as in "number of words in the headline".
pub fn feature_label(messages: &Messages, feature: &str) -> String {
    let key = format!("feature-{}", feature.replace(['.', '_'], "-"));
    if let Some(label) = messages.find(&key, &[]) {
        return label;
    }
    if feature.starts_with("embedding.") {
        return messages.text("feature-embedding", &[]);
    }
    if let Some(column) = feature.strip_prefix("table.") {
        return messages.text("column-of-table", &[("name", column.into())]);
    }
    copy_label(messages, feature)
        .unwrap_or_else(|| messages.text("feature-unknown", &[("name", feature.into())]))
}

/// `copy.<field>.<name>`: the label of the name around the field it was counted in.
fn copy_label(messages: &Messages, feature: &str) -> Option<String> {
    let (field, name) = feature.strip_prefix("copy.")?.split_once('.')?;
    let place = messages.find(&format!("place-{}", field.replace('_', "-")), &[])?;
    messages.find(&format!("feature-copy-any-{}", name.replace(['.', '_'], "-")), &[("place", place.into())])
}

/// The value of a feature with its unit, or `None` where the number alone says nothing to a reader.
pub fn feature_value(messages: &Messages, feature: &str, value: f64) -> Option<String> {
    let locale = messages.locale();
    match unit(feature) {
        Unit::Hidden => None,
        Unit::YesNo => Some(messages.text(if value > 0.5 { "word-yes" } else { "word-no" }, &[])),
        Unit::Percent => Some(locale.percent(value, if value.abs() < 0.1 { 1 } else { 0 })),
        Unit::Number if value.fract() == 0.0 => Some(locale.decimal(value, 0)),
        Unit::Number => Some(locale.compact(value, decimals(value))),
    }
}

fn unit(feature: &str) -> Unit {
    let name = feature.rsplit('.').next().unwrap_or(feature);
    if feature.starts_with("embedding.") || name.ends_with("logit") {
        return Unit::Hidden;
    }
    let fraction = ["_share", "_lost"].iter().any(|it| name.ends_with(it))
        || ["attention_on_", "kind_"].iter().any(|it| name.starts_with(it));
    if fraction || PERCENT.contains(&name) {
        return Unit::Percent;
    }
    if YES_NO.contains(&name) {
        return Unit::YesNo;
    }
    Unit::Number
}

fn decimals(value: f64) -> usize {
    match value.abs() {
        it if it >= 100.0 => 0,
        it if it >= 10.0 => 1,
        it if it >= 1.0 => 2,
        _ => 3,
    }
}

/// Fractions of a whole whose name does not say so.
const PERCENT: &[&str] =
    &["white_space", "edge_density", "clipped_dark", "clipped_bright", "type_token_ratio", "text_area"];
/// Flags.
const YES_NO: &[&str] = &[
    "starts_with_number",
    "starts_with_emoji",
    "list_like",
    "imperative_opener",
    "infinitive_opener",
    "language_en",
];

/// The sentence of a reason, as in "Number of words in the headline (6): associated with a higher
/// score in your library".
///
/// `part` is the first segment of the feature and names the reason when the feature itself has no
/// label; `basis` decides what may be claimed.
pub fn reason_text(
    messages: &Messages,
    basis: Basis,
    part: &str,
    feature: &str,
    value: Option<f64>,
    contribution: f64,
) -> String {
    let what = capitalized(&subject(messages, part, feature, value));
    // Half of the last decimal that reports show: less than that reads as 0.0 points.
    let direction = match contribution {
        it if it >= 0.05 => "up",
        it if it <= -0.05 => "down",
        _ => return messages.text("reason-even", &[("what", what.into())]),
    };
    messages.text(&format!("reason-{}-{direction}", basis.as_str()), &[("what", what.into())])
}

/// The reason in a few words, for a table: "+4.2 number of words in the headline (6)".
pub fn reason_short(messages: &Messages, feature: &str, value: Option<f64>, contribution: f64) -> String {
    let part = feature.split('.').next().unwrap_or(feature);
    format!("{} {}", messages.locale().signed(contribution, 1), subject(messages, part, feature, value))
}

/// The feature and its value, as in "number of words in the headline (6)".
pub(crate) fn subject(messages: &Messages, part: &str, feature: &str, value: Option<f64>) -> String {
    let label = match messages.find(&format!("part-{part}"), &[]) {
        Some(whole) if feature == part => whole,
        _ => feature_label(messages, feature),
    };
    match value.and_then(|value| feature_value(messages, feature, value)) {
        Some(value) => format!("{label} ({value})"),
        None => label,
    }
}

pub(crate) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
