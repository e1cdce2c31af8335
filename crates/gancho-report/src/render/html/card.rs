//! One creative on the page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::explained::Explained;
use super::overlay::Overlay;
use super::view::Pair;
use crate::reason::{capitalized, subject};
use crate::render::sight;
use crate::{EvidenceRecord, Messages, ReasonRecord, ScoreRecord, feature_label, feature_value};

/// Reasons shown before the details are opened.
const REASONS: usize = 4;

#[derive(Serialize)]
pub(super) struct Card {
    rank: u32,
    rank_words: String,
    id: String,
    title: String,
    has_id_line: bool,
    score: String,
    base: String,
    /// The score's place on the scale, 0 to 100.
    at: String,
    interval: Option<Interval>,
    interval_words: String,
    scale_words: String,
    picture: Option<String>,
    overlay: Option<Overlay>,
    no_picture: String,
    alt: String,
    shape: String,
    tags: Vec<Pair>,
    body: Option<String>,
    fields: Vec<Pair>,
    reasons: Vec<Reason>,
    reasons_meaning: String,
    all_reasons: Vec<Reason>,
    palette: Vec<Swatch>,
    palette_words: String,
    measures: Vec<Pair>,
    /// What was seen in the picture, one sentence each.
    seen: Vec<String>,
    explained: Option<Explained>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Interval {
    low: String,
    width: String,
}

#[derive(Serialize)]
struct Reason {
    what: String,
    text: String,
    points: String,
    class: &'static str,
    x: String,
    width: String,
}

#[derive(Serialize)]
struct Swatch {
    hex: String,
    share: String,
    x: String,
    width: String,
}

impl Card {
    pub(super) fn of(
        record: &ScoreRecord,
        thumbnail: Option<&[u8]>,
        heat: Option<&[u8]>,
        largest: f64,
        messages: &Messages,
    ) -> Self {
        let locale = messages.locale();
        let evidence = &record.evidence;
        let headline = evidence.copy.headline.clone().filter(|it| !it.trim().is_empty());
        let palette = palette(evidence, messages);
        let seen = seen(evidence, messages);
        let picture = thumbnail.and_then(data_uri);
        let all_reasons: Vec<Reason> =
            record.reasons.iter().map(|it| Reason::of(it, largest, messages)).collect();
        Self {
            rank: record.rank,
            rank_words: messages.text("card-rank", &[("rank", record.rank.into())]),
            id: record.id.clone(),
            has_id_line: headline.is_some(),
            title: headline.unwrap_or_else(|| record.id.clone()),
            score: locale.decimal(record.score, 1),
            base: locale.decimal(record.base, 1),
            at: place(record.score),
            interval: record
                .interval
                .map(|it| Interval { low: place(it.low), width: place(it.high - it.low.max(0.0)) }),
            interval_words: interval_words(record, messages),
            scale_words: scale_words(record, messages),
            overlay: picture.as_ref().and_then(|_| {
                let regions = record.explanation.as_ref().map_or(&[][..], |it| &it.regions);
                Overlay::of(evidence, heat.and_then(data_uri), &seen, regions, messages)
            }),
            picture,
            no_picture: messages
                .text(if record.path.is_empty() { "card-copy-only" } else { "card-no-picture" }, &[]),
            alt: messages.text("card-alt", &[("id", (&record.id).into())]),
            shape: shape(evidence),
            tags: tags(record, messages),
            body: evidence.copy.primary_text.clone().filter(|it| !it.trim().is_empty()),
            fields: copy(evidence, messages),
            reasons: record
                .reasons
                .iter()
                .take(REASONS)
                .map(|it| Reason::of(it, largest, messages))
                .collect(),
            reasons_meaning: messages.text(&format!("card-reasons-{}", record.basis.as_str()), &[]),
            all_reasons,
            palette_words: palette_words(&palette, messages),
            palette,
            measures: measures(evidence, messages),
            seen,
            explained: Explained::of(record, messages),
            warnings: record.warnings.iter().map(|it| capitalized(&it.text)).collect(),
        }
    }
}

impl Card {
    pub(super) fn has_overlay(&self) -> bool {
        self.overlay.is_some()
    }

    pub(super) fn has_regions(&self) -> bool {
        self.overlay.as_ref().is_some_and(Overlay::has_regions)
    }
}

fn seen(evidence: &EvidenceRecord, messages: &Messages) -> Vec<String> {
    let (Some(readings), Some(width), Some(height)) = (&evidence.sight, evidence.width, evidence.height)
    else {
        return Vec::new();
    };
    sight::words(readings, [f64::from(width), f64::from(height)], messages)
}

impl Reason {
    fn of(record: &ReasonRecord, largest: f64, messages: &Messages) -> Self {
        let half = if largest > 0.0 { record.contribution.abs() / largest * 50.0 } else { 0.0 };
        let is_more = record.contribution >= 0.0;
        Self {
            what: capitalized(&subject(messages, &record.part, &record.feature, record.value)),
            text: record.text.clone(),
            points: messages.locale().signed(record.contribution, 1),
            class: if is_more { "more" } else { "less" },
            x: place(if is_more { 50.0 } else { 50.0 - half }),
            width: place(half),
        }
    }
}

/// A coordinate in percent with two decimals, kept on the scale. SVG wants the decimal point.
fn place(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(0.0, 100.0) } else { 0.0 };
    format!("{value:.2}")
}

fn interval_words(record: &ScoreRecord, messages: &Messages) -> String {
    let Some(interval) = record.interval else { return messages.text("interval-none", &[]) };
    let locale = messages.locale();
    messages.text(
        "interval-words",
        &[
            ("level", locale.percent(interval.level, 0).into()),
            ("low", locale.decimal(interval.low, 0).into()),
            ("high", locale.decimal(interval.high, 0).into()),
        ],
    )
}

fn scale_words(record: &ScoreRecord, messages: &Messages) -> String {
    let score = messages.locale().decimal(record.score, 1);
    let interval = interval_words(record, messages);
    messages.text("scale-words", &[("score", score.into()), ("interval", interval.into())])
}

/// The bytes as a data URI when they begin like a picture that browsers know; else nothing.
fn data_uri(bytes: &[u8]) -> Option<String> {
    let kind = match bytes {
        [0xff, 0xd8, 0xff, ..] => "jpeg",
        [0x89, b'P', b'N', b'G', ..] => "png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
        _ => return None,
    };
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

fn shape(evidence: &EvidenceRecord) -> String {
    let mut parts = Vec::new();
    if let (Some(width), Some(height)) = (evidence.width, evidence.height) {
        parts.push(format!("{width} × {height} px"));
    }
    parts.extend(evidence.format.as_ref().map(|it| it.to_uppercase()));
    parts.join(" · ")
}

fn tags(record: &ScoreRecord, messages: &Messages) -> Vec<Pair> {
    let pair = |key: &str, value: String| Pair { name: messages.text(&format!("tag-{key}"), &[]), value };
    let mut tags = vec![pair("basis", messages.text(&format!("basis-{}", record.basis.as_str()), &[]))];
    if let Some(weight) = record.weight_of_history {
        tags.push(pair("history", messages.locale().percent(weight, 0)));
    }
    tags.extend(record.group.as_ref().map(|it| pair("group", it.clone())));
    if let Some(language) = &record.evidence.language {
        let key = format!("language-{language}");
        tags.push(pair("language", messages.find(&key, &[]).unwrap_or_else(|| language.clone())));
    }
    tags
}

fn copy(evidence: &EvidenceRecord, messages: &Messages) -> Vec<Pair> {
    let fields = evidence.copy.fields().into_iter();
    fields
        .filter_map(|(field, text)| {
            let name = messages.text(&format!("field-{}", field.replace('_', "-")), &[]);
            Some(Pair { name, value: text?.to_string() })
        })
        .collect()
}

fn palette(evidence: &EvidenceRecord, messages: &Messages) -> Vec<Swatch> {
    let mut x = 0.0;
    let known = evidence.palette.iter().filter(|it| is_hex(&it.hex) && it.share.is_finite());
    let total: f64 = known.clone().map(|it| f64::from(it.share)).sum();
    known
        .map(|it| {
            let width = f64::from(it.share) / total.max(f64::MIN_POSITIVE) * 1000.0;
            x += width;
            Swatch {
                hex: it.hex.clone(),
                share: messages.locale().percent(it.share.into(), 0),
                x: format!("{:.1}", x - width),
                width: format!("{width:.1}"),
            }
        })
        .collect()
}

/// Only `#rrggbb` may become a color of the page.
fn is_hex(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_hexdigit()))
}

fn palette_words(palette: &[Swatch], messages: &Messages) -> String {
    let colors: Vec<String> = palette.iter().map(|it| format!("{} {}", it.hex, it.share)).collect();
    messages.text("palette-words", &[("colors", colors.join(", ").into())])
}

/// Names of measures stand alone in the evidence; as features they begin with their part.
fn measures(evidence: &EvidenceRecord, messages: &Messages) -> Vec<Pair> {
    let measures = evidence.measures.iter();
    measures
        .filter_map(|(name, value)| {
            let feature = format!("picture.{name}");
            let text = feature_value(messages, &feature, *value)?;
            Some(Pair { name: capitalized(&feature_label(messages, &feature)), value: text })
        })
        .collect()
}
