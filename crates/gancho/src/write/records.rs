//! From variants, problems and counts to records with sentences.

use std::collections::BTreeMap;

use gancho_report::{
    Basis, IntervalRecord, LengthRecord, Messages, NoteRecord, ReasonRecord, StoppedRecord, VariantRecord,
    WritingRecord, reason_text, schema,
};
use gancho_scorer::Score;
use gancho_writer::{Blocked, Brief, Checked, Engine, Placement, Problem, Repair, Variant, ViolationKind};
use serde::Serialize;

use super::WriteRequest;
use crate::features::language_code;
use crate::records::rounded;

/// The record of one variant.
pub(super) fn variant(
    rank: usize,
    variant: &Variant,
    score: &Score,
    brief: &Brief,
    placement: &Placement,
    messages: &Messages,
) -> VariantRecord {
    let basis = match score.basis {
        gancho_scorer::Basis::Craft => Basis::Craft,
        gancho_scorer::Basis::Prior => Basis::Prior,
        gancho_scorer::Basis::History => Basis::History,
        gancho_scorer::Basis::Blend => Basis::Blend,
    };
    let reason = |it: &gancho_scorer::Contribution| ReasonRecord {
        part: it.part.clone(),
        feature: it.feature.clone(),
        value: it.value,
        contribution: rounded(it.contribution),
        text: reason_text(messages, basis, &it.part, &it.feature, it.value, it.contribution),
    };
    let interval = |it: gancho_scorer::Interval| IntervalRecord {
        level: it.level,
        low: rounded(it.low),
        high: rounded(it.high),
    };
    let length = variant.fields.iter().filter_map(|(field, text)| {
        let max_chars = placement.spec(*field)?.max_chars;
        Some((field.code().to_owned(), LengthRecord { chars: placement.length(text), max_chars }))
    });
    VariantRecord {
        schema: schema::Variant,
        rank,
        brief: brief.id.clone(),
        fields: variant.fields.iter().map(|(field, text)| (field.code().to_owned(), text.clone())).collect(),
        engine: engine(variant.engine).to_owned(),
        frame: variant.frame.clone(),
        uses: variant.uses.clone(),
        seed: variant.seed,
        score: rounded(score.score),
        interval: score.interval.map(interval),
        basis,
        reasons: score.contributions.iter().map(reason).collect(),
        length: length.collect(),
        language: language_code(brief.language).to_owned(),
        market: brief.market.code().to_owned(),
        placement: placement.name.clone(),
        repairs: variant.repairs.iter().map(repair).collect(),
    }
}

fn engine(engine: Engine) -> &'static str {
    match engine {
        Engine::Composer => "composer",
        Engine::Model => "model",
    }
}

fn repair(repair: &Repair) -> String {
    word(repair)
}

/// The word that a value without fields serializes as.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "unknown".to_owned(),
    }
}

/// What a brief came to, before anything is written.
pub(super) fn writing(
    brief: &Brief,
    checked: &Checked,
    request: &WriteRequest,
    messages: &Messages,
) -> WritingRecord {
    WritingRecord {
        schema: schema::Writing,
        brief: brief.id.clone(),
        verdict: word(&checked.verdict()),
        engine: engine(Engine::Composer).to_owned(),
        placement: checked.placement.name.clone(),
        seed: request.seed,
        wanted: request.count,
        written: 0,
        judged: 0,
        passed: 0,
        stopped: Vec::new(),
        problems: checked.problems.iter().map(|it| problem(it, messages)).collect(),
        notes: Vec::new(),
    }
}

/// A problem of a brief, in words.
pub(super) fn problem(problem: &Problem, messages: &Messages) -> NoteRecord {
    let code = gancho_report::code_of(&problem.kind).unwrap_or_else(|| "unknown".to_owned());
    let text = messages.of("brief-problem", &problem.kind);
    NoteRecord { code, text: format!("{}: {text}", problem.field) }
}

/// Rules by how many candidates they stopped, most first.
pub(super) fn stopped(dropped: &BTreeMap<ViolationKind, usize>, messages: &Messages) -> Vec<StoppedRecord> {
    let mut stopped: Vec<StoppedRecord> = dropped
        .iter()
        .map(|(kind, candidates)| {
            let rule = word(kind);
            let text = rule_in_words(&rule, messages);
            StoppedRecord { rule, candidates: *candidates, text }
        })
        .collect();
    stopped.sort_by(|a, b| b.candidates.cmp(&a.candidates).then(a.rule.cmp(&b.rule)));
    stopped
}

fn rule_in_words(rule: &str, messages: &Messages) -> String {
    messages.text(&format!("write-rule-{rule}"), &[])
}

/// Why there are fewer variants than asked for.
pub(super) fn blocked(blocked: &Blocked, messages: &Messages) -> NoteRecord {
    let code = gancho_report::code_of(blocked).unwrap_or_else(|| "unknown".to_owned());
    let key = format!("write-blocked-{code}");
    let text = match blocked {
        Blocked::NothingFits { field, limit, shortest } => messages.text(
            &key,
            &[
                ("field", messages.text(&format!("write-field-{}", field.code()), &[]).into()),
                ("limit", (*limit).into()),
                ("shortest", shortest.clone().unwrap_or_else(|| "none".to_owned()).into()),
            ],
        ),
        Blocked::Rule { rule, stopped, example } => messages.text(
            &key,
            &[
                ("rule", rule_in_words(&word(rule), messages).into()),
                ("stopped", (*stopped).into()),
                ("example", example.replace('\n', " · ").into()),
            ],
        ),
        Blocked::FewFacts { found } => messages.text(&key, &[("found", (*found).into())]),
    };
    NoteRecord { code, text }
}
