//! What the template shows: finished strings in the order of the page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::card::Card;
use crate::reason::capitalized;
use crate::{FaultRecord, Messages, ModelRecord, QuarantineRecord, Report, ScoreRecord, reason_short};

/// A name and its value.
#[derive(Serialize)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    value: String,
    is_words: bool,
}

#[derive(Serialize)]
struct Row {
    rank: u32,
    id: String,
    score: String,
    interval: String,
    reason: String,
}

#[derive(Serialize)]
struct LeftOut {
    place: String,
    detail: String,
    code: String,
}

#[derive(Serialize)]
pub(super) struct Page<'a> {
    lang: &'static str,
    style: &'static str,
    style_hash: String,
    title: String,
    lead: Vec<String>,
    facts: Vec<Fact>,
    notes: Vec<String>,
    /// Words of the catalogue: `html-how-to-read` is `w.how_to_read`.
    w: BTreeMap<String, String>,
    cards: Vec<Card>,
    has_overlays: bool,
    has_regions: bool,
    rest: Vec<Row>,
    quarantine: Vec<LeftOut>,
    faults: Vec<LeftOut>,
    run: Vec<Pair>,
    models: &'a [ModelRecord],
}

impl<'a> Page<'a> {
    pub(super) fn of(
        report: &'a Report,
        messages: &Messages,
        cards: usize,
        style: &'static str,
        style_hash: String,
    ) -> Self {
        let shown = cards.min(report.scores.len());
        let (in_full, rest) = report.scores.split_at(shown);
        let largest = largest_contribution(in_full);
        let cards: Vec<Card> = in_full
            .iter()
            .map(|it| {
                let picture = |of: &'a BTreeMap<String, Vec<u8>>| of.get(&it.id).map(Vec::as_slice);
                Card::of(it, picture(&report.thumbnails), picture(&report.heat), largest, messages)
            })
            .collect();
        let words = messages.words("html-").into_iter().map(|(key, text)| (key.replace('-', "_"), text));
        let scored = report.scores.len();
        Self {
            lang: messages.locale().tag(),
            style,
            style_hash,
            title: messages.text("page-title", &[("count", scored.into())]),
            lead: lead(report, messages),
            facts: facts(report, messages),
            notes: report.manifest.notes.iter().map(|it| it.text.clone()).collect(),
            w: words.collect(),
            has_overlays: cards.iter().any(Card::has_overlay),
            has_regions: cards.iter().any(Card::has_regions),
            cards,
            rest: rest.iter().map(|it| row(it, messages)).collect(),
            quarantine: report.quarantine.iter().map(left_out).collect(),
            faults: report.faults.iter().map(at_fault).collect(),
            run: run(report, messages),
            models: &report.manifest.models,
        }
    }
}

/// The longest bar of the page: all cards share one scale, so that bars compare between cards.
fn largest_contribution(scores: &[ScoreRecord]) -> f64 {
    scores.iter().flat_map(|it| &it.reasons).map(|it| it.contribution.abs()).fold(0.0, f64::max)
}

fn lead(report: &Report, messages: &Messages) -> Vec<String> {
    let bases: BTreeSet<_> = report.scores.iter().map(|it| it.basis).collect();
    let mut lines: Vec<String> =
        bases.into_iter().map(|it| messages.text(&format!("basis-{}-explained", it.as_str()), &[])).collect();
    if report.scores.is_empty() {
        lines.push(messages.text("nothing-scored", &[]));
    } else {
        let skill = report.manifest.skill.as_ref().map(|it| it.text.clone());
        lines.push(skill.unwrap_or_else(|| messages.text("skill-unmeasured", &[])));
    }
    lines
}

fn facts(report: &Report, messages: &Messages) -> Vec<Fact> {
    let manifest = &report.manifest;
    let locale = messages.locale();
    let name = |key: &str| messages.text(&format!("fact-{key}"), &[]);
    let number = |key: &str, value: u64| Fact {
        name: name(key),
        value: locale.decimal(value as f64, 0),
        is_words: false,
    };
    let mut facts = vec![
        number("creatives", manifest.counts.creatives),
        number("scored", manifest.counts.scored),
        number("quarantined", manifest.counts.quarantined),
        number("faults", manifest.counts.faults),
    ];
    let bases: BTreeSet<_> = report.scores.iter().map(|it| it.basis).collect();
    let bases: Vec<_> =
        bases.into_iter().map(|it| messages.text(&format!("basis-{}", it.as_str()), &[])).collect();
    if !bases.is_empty() {
        facts.push(Fact { name: name("basis"), value: bases.join(", "), is_words: true });
    }
    facts
}

fn row(score: &ScoreRecord, messages: &Messages) -> Row {
    let reason = score.reasons.first();
    Row {
        rank: score.rank,
        id: score.id.clone(),
        score: messages.locale().decimal(score.score, 1),
        interval: score.interval.map_or_else(|| "–".into(), |it| format!("{:.0}–{:.0}", it.low, it.high)),
        reason: reason
            .map(|it| reason_short(messages, &it.feature, it.value, it.contribution))
            .unwrap_or_default(),
    }
}

fn left_out(record: &QuarantineRecord) -> LeftOut {
    LeftOut { place: record.path.clone(), detail: capitalized(&record.detail), code: record.reason.clone() }
}

fn at_fault(record: &FaultRecord) -> LeftOut {
    LeftOut { place: record.place(), detail: capitalized(&record.detail), code: record.code.clone() }
}

fn run(report: &Report, messages: &Messages) -> Vec<Pair> {
    let manifest = &report.manifest;
    let locale = messages.locale();
    let pair = |key: &str, value: String| Pair { name: messages.text(&format!("run-{key}"), &[]), value };
    vec![
        pair("version", format!("gancho {}", manifest.gancho)),
        pair("device", manifest.device.clone()),
        pair(
            "seconds",
            messages.text("run-seconds-value", &[("seconds", locale.decimal(manifest.seconds, 1).into())]),
        ),
        pair("cached", locale.decimal(manifest.counts.cached as f64, 0)),
    ]
}
