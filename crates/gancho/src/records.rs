//! From results to the records of the report, in the reader's words.

use gancho_evidence::{CacheNote, Evidence, PictureEvidence};
use gancho_hub::{Entry, Pulled};
use gancho_library::exports::ImportWarning;
use gancho_library::{Creative, Fault, Library};
use gancho_media::{DecodeError, DecodeWarning};
use gancho_report::{
    Basis, CopyRecord, EvidenceRecord, FaultRecord, IntervalRecord, Messages, ModelRecord, NoteRecord,
    QuarantineRecord, ReasonRecord, ScoreRecord, SkillRecord, SwatchRecord, reason_text, schema,
};
use gancho_scorer::{Contribution, Options, Order, Prior, Ranking, Score, Skill};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::features::language_code;
use crate::sights;

/// Reasons in a record; the scorer sums up the rest as one more, so that the parts add up to the score.
const REASONS: usize = 8;
/// Decimals of scores and contributions: more would only show the last bits of a float.
const POINT_DECIMALS: i32 = 6;

/// What records are written with.
pub(crate) struct Context<'a> {
    pub(crate) messages: &'a Messages,
}

impl Context<'_> {
    /// The record of one ranked creative.
    pub(crate) fn score_record(
        &self,
        score: &Score,
        creative: &Creative,
        evidence: &Evidence,
    ) -> ScoreRecord {
        let basis = basis(score);
        ScoreRecord {
            schema: schema::Score,
            rank: score.rank,
            id: score.id.clone(),
            path: creative.path.clone(),
            score: rounded(score.score),
            base: rounded(score.base),
            interval: score.interval.map(|it| IntervalRecord {
                level: it.level,
                low: rounded(it.low),
                high: rounded(it.high),
            }),
            basis,
            weight_of_history: (basis == Basis::Blend).then_some(rounded(score.weight_of_history)),
            group: score.group.clone(),
            reasons: self.reasons(score, basis),
            evidence: evidence_record(creative, evidence),
            warnings: self.warnings(creative, evidence),
            explanation: None,
        }
    }

    fn reasons(&self, score: &Score, basis: Basis) -> Vec<ReasonRecord> {
        let record = |it: &Contribution| ReasonRecord {
            part: it.part.clone(),
            feature: it.feature.clone(),
            value: it.value,
            contribution: rounded(it.contribution),
            text: reason_text(self.messages, basis, &it.part, &it.feature, it.value, it.contribution),
        };
        score.contributions.iter().map(record).collect()
    }

    fn warnings(&self, creative: &Creative, evidence: &Evidence) -> Vec<NoteRecord> {
        let plain = |code: &str| NoteRecord { code: code.to_owned(), text: self.messages.text(code, &[]) };
        let mut warnings = Vec::new();
        match &evidence.picture {
            None => warnings.push(plain("warning-no-picture")),
            Some(picture) => warnings.extend(picture.warnings.iter().map(|it| self.decode_warning(it))),
        }
        if creative.copy.is_empty() {
            warnings.push(plain("warning-no-copy"));
        }
        warnings
    }

    fn decode_warning(&self, warning: &DecodeWarning) -> NoteRecord {
        NoteRecord { code: code_of(warning), text: self.messages.of("decode-warning", warning) }
    }

    /// The record of a row at fault.
    pub(crate) fn fault_record(&self, fault: &Fault) -> FaultRecord {
        FaultRecord {
            schema: schema::Fault,
            file: fault.file.clone(),
            line: fault.line,
            column: fault.column,
            code: code_of(&fault.kind),
            detail: self.messages.of("library-fault", &fault.kind),
        }
    }
}

/// The record of a picture that could not be used.
pub(crate) fn quarantined(creative: &Creative, error: &DecodeError, messages: &Messages) -> QuarantineRecord {
    QuarantineRecord {
        schema: schema::Quarantine,
        path: creative.path.clone(),
        id: (creative.id != creative.path).then(|| creative.id.clone()),
        reason: code_of(error),
        detail: messages.of("decode", error),
    }
}

/// How the scorer is asked: its own thresholds, and as many reasons as a person reads.
pub(crate) fn scorer_options() -> Options {
    Options { reasons: REASONS, ..Options::default() }
}

/// What a reader of the ranking has to know.
pub(crate) fn ranking_notes(ranking: &Ranking, messages: &Messages) -> Vec<NoteRecord> {
    ranking.notes.iter().map(|note| note_record("scorer-note", note, messages)).collect()
}

/// That the prior was learned elsewhere, and how much of it is left.
pub(crate) fn prior_carries_little(prior: &Prior, messages: &Messages) -> NoteRecord {
    let code = "prior-carries-little";
    let text = messages.text(
        &format!("note-{code}"),
        &[
            ("publisher", prior.publisher.as_str().into()),
            ("kept", (100.0 * prior.carry(false)).round().into()),
        ],
    );
    NoteRecord { code: code.to_owned(), text }
}

/// What was recognised about the tables, and which columns were not understood.
pub(crate) fn library_notes(library: &Library, messages: &Messages) -> Vec<NoteRecord> {
    let notes = library.notes.iter().map(|note| NoteRecord {
        code: code_of(&note.kind),
        text: format!("{}: {}", note.file, messages.of("library-note", &note.kind)),
    });
    let columns = library.unknown_columns.iter().map(|(file, columns)| NoteRecord {
        code: "unknown-columns".to_owned(),
        text: messages.text(
            "note-unknown-columns",
            &[("file", file.as_str().into()), ("columns", columns.join(", ").as_str().into())],
        ),
    });
    notes.chain(columns).collect()
}

/// What happened to the cache.
pub(crate) fn cache_note(note: &CacheNote, messages: &Messages) -> NoteRecord {
    let CacheNote::SetAside { path, moved_to, .. } = note;
    let fallback = format!("the cache {path} was damaged and lies now at {moved_to}; a new one was begun");
    NoteRecord { code: "cache-set-aside".to_owned(), text: messages.of_or("cache-note", note, &fallback) }
}

/// The measured skill of a ranking learned from history.
pub(crate) fn skill_record(skill: &Skill, messages: &Messages) -> SkillRecord {
    let key = if skill.skilled { "skill-spearman" } else { "skill-none" };
    let measured = &skill.evaluation;
    let found = measured.content.spearman;
    let of = |order: &Order| order.spearman.map_or(0.0, |it| it.value);
    let value = of(&measured.content);
    let (low, high) = found.map_or((0.0, 0.0), |it| (it.low, it.high));
    let baseline = measured.baselines.iter().map(of).fold(0.0, f64::max);
    SkillRecord {
        metric: "spearman".to_owned(),
        value: rounded(value),
        low: Some(rounded(low)),
        high: Some(rounded(high)),
        baseline: Some(rounded(baseline)),
        text: messages.text(
            key,
            &[
                ("value", value.into()),
                ("low", low.into()),
                ("high", high.into()),
                ("baseline", baseline.into()),
                ("ceiling", measured.ceiling.into()),
                ("creatives", measured.creatives.into()),
            ],
        ),
    }
}

/// What a reader must be told of a performance export.
pub(crate) fn import_note(warning: &ImportWarning, messages: &Messages) -> NoteRecord {
    note_record("import-warning", warning, messages)
}

/// Rows of results that name no creative of the library.
pub(crate) fn strangers_note(rows: u64, messages: &Messages) -> NoteRecord {
    let text = messages.text("learn-strangers", &[("rows", rows.into())]);
    NoteRecord { code: "strangers".to_owned(), text }
}

/// Kinds of results that do not count as conversions beside the commonest one.
pub(crate) fn other_results_note(kinds: &BTreeSet<String>, messages: &Messages) -> NoteRecord {
    let kinds = kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    NoteRecord {
        code: "other-results".to_owned(),
        text: messages.text("learn-other-results", &[("kinds", kinds.into())]),
    }
}

fn evidence_record(creative: &Creative, evidence: &Evidence) -> EvidenceRecord {
    let mut record = EvidenceRecord {
        copy: CopyRecord {
            primary_text: creative.copy.primary_text.clone(),
            headline: creative.copy.headline.clone(),
            description: creative.copy.description.clone(),
            call_to_action: creative.copy.call_to_action.clone(),
        },
        language: evidence.copy.as_ref().map(|copy| language_code(copy.language).to_owned()),
        ..EvidenceRecord::default()
    };
    if let Some(picture) = &evidence.picture {
        record.sight = Some(sights::readings(picture));
        record.width = Some(picture.width);
        record.height = Some(picture.height);
        record.format = Some(picture.source.format.name().to_owned());
        record.measures = measures(picture.measures.named().into_iter().chain(picture.sight.named()));
        record.palette = palette(picture);
    }
    if let Some(comments) = &evidence.comments {
        record.comments = measures(comments.named());
    }
    record
}

/// The colors of a picture by falling share.
pub(crate) fn palette(picture: &PictureEvidence) -> Vec<SwatchRecord> {
    picture.palette.iter().map(|it| SwatchRecord { hex: it.hex.clone(), share: it.share }).collect()
}

/// Named numbers, those that are not finite left out.
pub(crate) fn measures(named: impl IntoIterator<Item = (&'static str, f64)>) -> BTreeMap<String, f64> {
    named
        .into_iter()
        .filter(|(_, value)| value.is_finite())
        .map(|(name, value)| (name.to_owned(), rounded(value)))
        .collect()
}

fn note_record<T: Serialize + Display>(area: &str, note: &T, messages: &Messages) -> NoteRecord {
    NoteRecord { code: code_of(note), text: messages.of(area, note) }
}

/// The `code` that every error, warning and note serializes with.
fn code_of<T: Serialize>(value: &T) -> String {
    gancho_report::code_of(value).unwrap_or_else(|| "unknown".to_owned())
}

fn basis(score: &Score) -> Basis {
    match score.basis {
        gancho_scorer::Basis::Craft => Basis::Craft,
        gancho_scorer::Basis::Prior => Basis::Prior,
        gancho_scorer::Basis::Blend => Basis::Blend,
        gancho_scorer::Basis::History => Basis::History,
    }
}

pub(crate) fn rounded(value: f64) -> f64 {
    rounded_to(value, POINT_DECIMALS)
}

/// The number with so many decimals.
pub(crate) fn rounded_to(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (value * scale).round() / scale
}

/// A shipped model in the manifest of a run.
pub(crate) fn shipped_model(entry: &Entry) -> ModelRecord {
    ModelRecord { id: entry.id.clone(), version: entry.version.clone(), sha256: entry.sha256.clone() }
}

/// A model of the hub in the manifest of a run; its version is the pinned commit.
pub(crate) fn pulled_model(pulled: &Pulled) -> ModelRecord {
    ModelRecord {
        id: pulled.id().to_owned(),
        version: pulled.revision().to_owned(),
        sha256: pulled.sha256().to_owned(),
    }
}
