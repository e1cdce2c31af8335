//! Text of the user never becomes markup, a formula or a terminal command.
#![allow(clippy::unwrap_used)]

mod sample;

use gancho_report::render;
use gancho_report::{Basis, Locale, Messages, NoteRecord, Report, SwatchRecord};
use proptest::prelude::*;

/// Text that tries to break out, mixed with anything.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<script>alert(1)</script>".to_string()),
        Just("\"onload=\"x".to_string()),
        Just("' onerror='x".to_string()),
        Just("</style><img src=x>".to_string()),
        Just("</bdi></li>".to_string()),
        Just("{{ 7 * 7 }}{% raw %}".to_string()),
        Just("&amp;<!--".to_string()),
        Just("]]>".to_string()),
        Just("=cmd|' /C calc'!A0".to_string()),
        Just("\u{1b}]0;x\u{7}\u{202e}".to_string()),
        Just("a,b;\"c\"\r\nd\n".to_string()),
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..4).prop_map(|it| it.concat())
}

/// The sample with one text in every place where a user's or a file's text may stand.
fn report_with(text: &str, messages: &Messages) -> Report {
    let mut report = sample::report(messages);
    let note = NoteRecord { code: text.into(), text: text.into() };
    for (index, record) in report.scores.iter_mut().enumerate() {
        record.id = format!("{text}{index}");
        record.path = text.into();
        record.group = Some(text.into());
        record.warnings = vec![note.clone()];
        record.evidence.language = Some(text.into());
        record.evidence.format = Some(text.into());
        record.evidence.copy.headline = (index != 1).then(|| text.into());
        record.evidence.copy.primary_text = Some(text.into());
        record.evidence.copy.description = Some(text.into());
        record.evidence.copy.call_to_action = Some(text.into());
        record.evidence.measures.insert(text.into(), 0.5);
        record.evidence.palette.push(SwatchRecord { hex: text.into(), share: 0.1 });
        record.reasons.push(sample::reason(messages, Basis::History, text, Some(1.0), 2.0));
    }
    let mut explanation = sample::explanation(messages);
    for word in &mut explanation.words {
        (word.text, word.kind) = (text.into(), text.into());
        // Whatever the text is, its first character is there, and the other places may not be.
        (word.start, word.end) = if word.start == 3 { (0, 1) } else { (1, usize::MAX) };
    }
    for region in &mut explanation.regions {
        (region.text, region.kind) = (text.into(), text.into());
    }
    for edit in &mut explanation.edits {
        (edit.before, edit.after, edit.text) = (text.into(), text.into(), text.into());
    }
    report.scores[0].explanation = Some(explanation);
    for record in &mut report.quarantine {
        (record.path, record.detail, record.reason) = (text.into(), text.into(), text.into());
    }
    for record in &mut report.faults {
        (record.file, record.detail, record.code) = (text.into(), text.into(), text.into());
    }
    let manifest = &mut report.manifest;
    (manifest.device, manifest.gancho) = (text.into(), text.into());
    manifest.notes = vec![note];
    for model in &mut manifest.models {
        (model.id, model.version, model.sha256) = (text.into(), text.into(), text.into());
    }
    manifest.skill.as_mut().unwrap().text = text.into();
    report.thumbnails.insert(format!("{text}0"), text.as_bytes().to_vec());
    report
}

fn page(text: &str) -> String {
    let messages = Messages::new(Locale::Es);
    let mut out = Vec::new();
    render::html(&report_with(text, &messages), &messages, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The markup alone: tags with their attributes, quoted values emptied, and all text removed.
fn skeleton(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut chars = page.chars();
    while let Some(it) = chars.next() {
        if it != '<' {
            continue;
        }
        let mut tag = String::new();
        let mut is_quoted = false;
        for it in chars.by_ref() {
            match it {
                '"' => is_quoted = !is_quoted,
                '>' if !is_quoted => break,
                it if !is_quoted => tag.push(it),
                _ => {}
            }
        }
        tags.push(tag);
    }
    tags
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    /// Whatever the text, the page has the tags and attributes that it has for harmless text.
    #[test]
    fn text_never_becomes_markup(text in hostile()) {
        prop_assume!(!text.trim().is_empty());
        let page = page(&text);
        prop_assert_eq!(skeleton(&page), skeleton(&self::page("harmless")));
        prop_assert!(!page.contains("<script") && !page.contains("alert(1)</"));
    }

    #[test]
    fn csv_reads_back_and_no_cell_is_a_formula(text in hostile()) {
        let messages = Messages::new(Locale::En);
        let report = report_with(&text, &messages);
        let mut out = Vec::new();
        render::csv(&report, &mut out).unwrap();
        let mut reader = csv::Reader::from_reader(out.as_slice());
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|it| it == name).unwrap();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), report.scores.len());
        for (row, record) in rows.iter().zip(&report.scores) {
            let unguarded = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_string();
            let given = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_string();
            prop_assert_eq!(row[at("rank")].parse::<u32>().unwrap(), record.rank);
            prop_assert_eq!(row[at("score")].parse::<f64>().unwrap(), record.score);
            prop_assert_eq!(unguarded(&row[at("id")]), given(&record.id));
            prop_assert_eq!(unguarded(&row[at("primary_text")]), given(&text));
            for cell in row {
                let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                prop_assert!(!is_formula || cell.parse::<f64>().is_ok(), "{}", cell);
            }
        }
    }

    #[test]
    fn a_terminal_gets_no_control_characters(text in hostile(), width in 20usize..200) {
        let messages = Messages::new(Locale::Es);
        let mut out = Vec::new();
        render::table(&report_with(&text, &messages), &messages, width, false, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        prop_assert!(!shown.chars().any(|it| it.is_control() && it != '\n'), "{:?}", shown);
    }

    #[test]
    fn jsonl_is_one_object_a_line_and_reads_back(text in hostile()) {
        let messages = Messages::new(Locale::En);
        let report = report_with(&text, &messages);
        let mut out = Vec::new();
        render::jsonl(&report, &mut out).unwrap();
        let shown = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        prop_assert_eq!(lines.len(), 3 + 2 + 1 + 1);
        let first: gancho_report::ScoreRecord = serde_json::from_str(lines[0]).unwrap();
        prop_assert_eq!(&first, &report.scores[0]);
        let last: gancho_report::ManifestRecord = serde_json::from_str(lines[6]).unwrap();
        prop_assert_eq!(&last, &report.manifest);
    }
}
