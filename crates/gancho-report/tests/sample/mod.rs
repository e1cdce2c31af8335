//! A small invented run that every renderer is shown.

use std::collections::BTreeMap;

use gancho_report::schema;
use gancho_report::{
    Basis, CopyRecord, Counts, EditRecord, EvidenceRecord, ExplanationRecord, FaultRecord, IntervalRecord,
    Locale, ManifestRecord, Messages, ModelRecord, NoteRecord, QuarantineRecord, ReasonRecord,
    RegionEffectRecord, Report, ScoreRecord, SightReadings, SkillRecord, SwatchRecord, WordEffectRecord,
    edit_text, reason_text, region_text,
};

/// One white pixel.
pub(crate) const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0,
    1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

pub(crate) fn score(rank: u32, id: &str, score: f64, basis: Basis) -> ScoreRecord {
    ScoreRecord {
        schema: schema::Score,
        rank,
        id: id.into(),
        path: format!("{id}.jpg"),
        score,
        base: 50.0,
        interval: Some(IntervalRecord { level: 0.8, low: score - 15.3, high: score + 12.6 }),
        basis,
        weight_of_history: None,
        group: None,
        reasons: Vec::new(),
        evidence: EvidenceRecord::default(),
        warnings: Vec::new(),
        explanation: None,
    }
}

pub(crate) fn reason(
    messages: &Messages,
    basis: Basis,
    feature: &str,
    value: Option<f64>,
    contribution: f64,
) -> ReasonRecord {
    let part = feature.split('.').next().unwrap_or_default();
    ReasonRecord {
        part: part.into(),
        feature: feature.into(),
        value,
        contribution,
        text: reason_text(messages, basis, part, feature, value, contribution),
    }
}

pub(crate) fn manifest(messages: &Messages) -> ManifestRecord {
    let text = |en: &str, es: &str| match messages.locale() {
        Locale::En => en.to_string(),
        Locale::Es => es.to_string(),
    };
    ManifestRecord {
        schema: schema::Manifest,
        gancho: "0.1.0".into(),
        models: vec![ModelRecord {
            id: "vision-atto".into(),
            version: "1".into(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        }],
        device: "CPU, 16 threads".into(),
        counts: Counts { creatives: 5, scored: 3, quarantined: 2, faults: 1, cached: 1 },
        skill: Some(SkillRecord {
            metric: "spearman".into(),
            value: 0.31,
            low: Some(0.22),
            high: Some(0.40),
            baseline: Some(0.12),
            text: messages.fill(
                "skill-spearman",
                &serde_json::json!({"creatives": 1240, "value": 0.31, "low": 0.22, "high": 0.4,
                    "baseline": 0.12, "ceiling": 0.58}),
            ),
        }),
        notes: vec![NoteRecord {
            code: "separator".into(),
            text: text(
                "manifest.csv: cells are separated by semicolons",
                "manifest.csv: las celdas están separadas por punto y coma",
            ),
        }],
        seconds: 2.34,
    }
}

/// A story of 1080 by 1920: a face at the top, a line of text below the middle.
pub(crate) fn sight() -> SightReadings {
    let loss = |attention: f64, text: f64| {
        serde_json::json!({"box": [0, 420, 1080, 1080], "attention_lost": attention, "text_lost": text,
            "faces_cut": 1})
    };
    let crop = serde_json::json!({"centered": loss(0.42, 0.0), "best": loss(0.31, 1.0)});
    serde_json::from_value(serde_json::json!({
        "attention": {
            "focal_points": [{"x": 540.0, "y": 400.0, "share": 0.34}, {"x": 300.5, "y": 1250.0, "share": 0.21}],
            "on_text": 0.18, "on_faces": 0.29, "on_center": 0.11,
            "thirds": [0.1, 0.3, 0.1, 0.05, 0.11, 0.05, 0.1, 0.1, 0.09],
            "unattended_share": 0.37
        },
        "text": {"area": 0.062, "boxes": [
            {"quad": [120.0, 1180.0, 960.0, 1180.0, 960.0, 1330.0, 120.0, 1330.0], "score": 0.93, "contrast": 3.18}
        ]},
        "faces": [{"box": [390.0, 250.0, 300.0, 340.0], "score": 0.97}],
        "quality": {"overall": 0.83, "blur": 0.91, "noise": 0.88, "compression": 0.9, "exposure": 0.79},
        "complexity": 61.4,
        "kind": {"label": "design", "scores": {"photo": 0.08, "design": 0.9, "screenshot": 0.01,
            "logo_or_packshot": 0.01}},
        "crops": {"1:1": crop}
    }))
    .expect("the fields of the record")
}

/// What one asks for with `--explain`: a word that adds, one that costs, a text that costs, two edits.
pub(crate) fn explanation(messages: &Messages) -> ExplanationRecord {
    let size = [1080.0, 1920.0];
    let word = |text: &str, start: usize, effect: f64| WordEffectRecord {
        field: "headline".into(),
        kind: "word".into(),
        text: text.into(),
        start,
        end: start + text.chars().count(),
        effect,
    };
    let area = [120.0, 1180.0, 840.0, 150.0];
    let edit = |kind: &str, field: &str, before: &str, after: &str, area: Option<[f64; 4]>, gain: f64| {
        let edit = EditRecord {
            kind: kind.into(),
            field: field.into(),
            before: before.into(),
            after: after.into(),
            also: None,
            area,
            gain,
            low: gain - 4.0,
            high: gain + 3.5,
            text: String::new(),
        };
        EditRecord { text: edit_text(messages, &edit, Some(size)), ..edit }
    };
    ExplanationRecord {
        words: vec![word("verano", 3, 2.34), word("a", 18, 0.01), word("ocho", 24, -0.62)],
        regions: vec![RegionEffectRecord {
            area,
            kind: "text".into(),
            effect: -6.0,
            text: region_text(messages, "text", area, size, -6.0),
        }],
        edits: vec![
            edit("remove-text", "image", "0.062", "0.0", Some(area), 6.0),
            edit(
                "drop-sentence",
                "primary_text",
                "Abre la terraza.\nCena con vistas, de jueves a domingo",
                "Cena con vistas, de jueves a domingo",
                None,
                1.4,
            ),
        ],
    }
}

fn first(messages: &Messages) -> ScoreRecord {
    let basis = Basis::History;
    let mut record = score(1, "verano/2026/mexico/story_terraza_v12", 73.4, basis);
    record.group = Some("Verano México".into());
    record.reasons = vec![
        reason(messages, basis, "copy.headline.words", Some(6.0), 15.2),
        reason(messages, basis, "embedding.look", None, 9.5),
        reason(messages, basis, "picture.rms_contrast", Some(0.182), -1.3),
    ];
    record.evidence = EvidenceRecord {
        width: Some(1080),
        height: Some(1920),
        format: Some("jpeg".into()),
        language: Some("es".into()),
        copy: CopyRecord {
            primary_text: Some("Abre la terraza.\nCena con vistas, de jueves a domingo".into()),
            headline: Some("El verano empieza a las ocho".into()),
            description: None,
            call_to_action: Some("Reservar".into()),
        },
        measures: BTreeMap::from([
            ("rms_contrast".to_string(), 0.182),
            ("text_area".to_string(), 0.062),
            ("faces".to_string(), 1.0),
        ]),
        palette: vec![
            SwatchRecord { hex: "#e7d3b1".into(), share: 0.52 },
            SwatchRecord { hex: "#1f3a44".into(), share: 0.48 },
        ],
        sight: Some(sight()),
        comments: BTreeMap::new(),
        more: serde_json::Map::new(),
    };
    record
}

fn second(messages: &Messages) -> ScoreRecord {
    let basis = Basis::Prior;
    let mut record = score(2, "=HYPERLINK(\"x\")", 51.25, basis);
    record.path = String::new();
    record.reasons = vec![reason(messages, basis, "copy.headline_logit", Some(0.7), 1.25)];
    record.evidence.language = Some("en".into());
    record.evidence.copy.headline = Some("-20% \"this week\", only <b>here</b>".into());
    record.warnings = vec![NoteRecord {
        code: "warning-no-picture".into(),
        text: messages.text("warning-no-picture", &[]),
    }];
    record
}

fn third(messages: &Messages) -> ScoreRecord {
    let basis = Basis::Craft;
    let mut record = score(3, "banner", 38.0, basis);
    record.interval = None;
    record.reasons = vec![reason(messages, basis, "picture.colorfulness", Some(12.4), -12.0)];
    record
}

pub(crate) fn report(messages: &Messages) -> Report {
    let left_out = |path: &str, reason: &str, value: serde_json::Value| QuarantineRecord {
        schema: schema::Quarantine,
        path: path.into(),
        id: None,
        reason: reason.into(),
        detail: messages.of_or("decode", &value, "no message"),
    };
    Report {
        scores: vec![first(messages), second(messages), third(messages)],
        quarantine: vec![
            left_out(
                "verano/hero.jpg",
                "truncated",
                serde_json::json!({"code": "truncated", "format": "JPEG", "bytes": 61440}),
            ),
            left_out("notes.jpg", "not-a-picture", serde_json::json!({"code": "not-a-picture"})),
        ],
        faults: vec![FaultRecord {
            schema: schema::Fault,
            file: "march.csv".into(),
            line: Some(218),
            column: Some(20),
            code: "clicks-exceed-impressions".into(),
            detail: messages.of_or(
                "library-fault",
                &serde_json::json!({"code": "clicks-exceed-impressions", "clicks": 4120,
                    "impressions": 1290}),
                "no message",
            ),
        }],
        manifest: manifest(messages),
        thumbnails: BTreeMap::from([("verano/2026/mexico/story_terraza_v12".to_string(), PIXEL.to_vec())]),
        heat: BTreeMap::from([("verano/2026/mexico/story_terraza_v12".to_string(), PIXEL.to_vec())]),
    }
}
