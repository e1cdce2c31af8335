//! Each renderer against a frozen rendering of the same small run.
#![allow(clippy::unwrap_used)]

mod sample;

use gancho_report::render;
use gancho_report::{
    EmbeddingRecord, ExplanationRecord, HashesRecord, Locale, Messages, SightRecord, SightReport, schema,
};
use sample::report;

fn written(render: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn table(locale: Locale, width: usize, colored: bool) -> String {
    let messages = Messages::new(locale);
    written(|out| render::table(&report(&messages), &messages, width, colored, out))
}

fn html(locale: Locale) -> String {
    let messages = Messages::new(locale);
    written(|out| render::html(&report(&messages), &messages, out))
}

#[test]
fn table_english_wide() {
    insta::assert_snapshot!(table(Locale::En, 140, false));
}

#[test]
fn table_spanish_wide() {
    insta::assert_snapshot!(table(Locale::Es, 140, false));
}

#[test]
fn table_english_narrow() {
    insta::assert_snapshot!(table(Locale::En, 80, false));
}

#[test]
fn table_spanish_narrow() {
    insta::assert_snapshot!(table(Locale::Es, 80, false));
}

#[test]
fn a_narrow_table_keeps_within_its_width() {
    for locale in [Locale::En, Locale::Es] {
        for line in table(locale, 80, false).lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn color_adds_nothing_but_escapes() {
    let plain = table(Locale::En, 120, false);
    let colored = table(Locale::En, 120, true);
    assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut is_escape = false;
    for it in colored.chars() {
        match it {
            '\u{1b}' => is_escape = true,
            'm' if is_escape => is_escape = false,
            _ if is_escape => {}
            it => stripped.push(it),
        }
    }
    let trimmed: Vec<&str> = stripped.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, plain.lines().collect::<Vec<_>>());
}

#[test]
fn csv() {
    let messages = Messages::new(Locale::Es);
    insta::assert_snapshot!(written(|out| render::csv(&report(&messages), out)));
}

#[test]
fn jsonl() {
    let messages = Messages::new(Locale::Es);
    insta::assert_snapshot!(written(|out| render::jsonl(&report(&messages), out)));
}

#[test]
fn json_is_one_object_that_reads_back() {
    let messages = Messages::new(Locale::En);
    let text = written(|out| render::json(&report(&messages), out));
    let mut back: gancho_report::Report = serde_json::from_str(&text).unwrap();
    (back.thumbnails, back.heat) = (report(&messages).thumbnails, report(&messages).heat);
    assert_eq!(back, report(&messages));
}

fn seen(messages: &Messages) -> SightReport {
    let report = report(messages);
    let sight = SightRecord {
        schema: schema::Sight,
        path: "verano/story_terraza_v12.jpg".into(),
        width: 1080,
        height: 1920,
        measures: [("luminance".to_string(), 0.41)].into(),
        hashes: HashesRecord {
            blake3: "af13".into(),
            pdq: "f8f8".into(),
            pdq_quality: 100,
            dhash: "00ff".into(),
        },
        palette: report.scores[0].evidence.palette.clone(),
        readings: sample::sight(),
    };
    let mut plain = sight.clone();
    plain.path = "plain\u{1b}[31m.png".into();
    plain.readings.attention.focal_points.clear();
    plain.readings.text.boxes.clear();
    plain.readings.faces.clear();
    (plain.readings.quality, plain.readings.complexity) = (None, None);
    SightReport { sights: vec![sight, plain], quarantine: report.quarantine, faults: report.faults }
}

#[test]
fn sights_english() {
    let messages = Messages::new(Locale::En);
    insta::assert_snapshot!(written(|out| render::sights(&seen(&messages), &messages, 100, false, out)));
}

#[test]
fn sights_spanish() {
    let messages = Messages::new(Locale::Es);
    insta::assert_snapshot!(written(|out| render::sights(&seen(&messages), &messages, 80, false, out)));
}

#[test]
fn sights_jsonl() {
    let messages = Messages::new(Locale::En);
    let text = written(|out| render::sights_jsonl(&seen(&messages), out));
    let first: SightRecord = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first, seen(&messages).sights[0]);
    insta::assert_snapshot!(text);
}

#[test]
fn a_map_is_written_only_where_there_is_one() {
    let messages = Messages::new(Locale::En);
    let mut report = seen(&messages);
    assert!(!written(|out| render::sights_jsonl(&report, out)).contains("\"map\""));
    report.sights[0].readings.attention.map = vec![vec![0.25; 2]; 2];
    let text = written(|out| render::sights_jsonl(&report, out));
    assert!(text.contains("\"attention\":{\"map\":[[0.25,0.25],[0.25,0.25]],\"focal_points\""), "{text}");
}

#[test]
fn what_was_seen_is_drawn_and_said_and_can_be_switched_on() {
    let page = html(Locale::En);
    assert_eq!(page.matches("<svg class=\"overlay\"").count(), 1);
    // A script or an attribute of style would be refused by the page's own policy.
    assert!(page.contains("<input class=\"switch\" type=\"checkbox\" id=\"show-sight\">"));
    assert!(page.contains("<label for=\"show-sight\">") && !page.contains(" style="));
    assert!(
        page.contains("aria-label=\"Kind: design (90%). Path of the eye: 1 top 34%, 2 left 21%."),
        "{page}"
    );
    let messages = Messages::new(Locale::En);
    let mut blind = report(&messages);
    blind.scores.iter_mut().for_each(|it| it.evidence.sight = None);
    let page = written(|out| render::html(&blind, &messages, out));
    assert!(!page.contains("<svg class=\"overlay\"") && !page.contains("id=\"show-sight\""));
}

/// The same run with its first and its last creative explained.
fn explained(messages: &Messages) -> gancho_report::Report {
    let mut report = report(messages);
    report.scores[0].explanation = Some(sample::explanation(messages));
    report.scores[2].explanation = Some(ExplanationRecord::default());
    report
}

#[test]
fn explanations_stand_below_the_table() {
    for (locale, width, name) in
        [(Locale::En, 140, "explained_english"), (Locale::Es, 80, "explained_spanish")]
    {
        let messages = Messages::new(locale);
        let text = written(|out| render::table(&explained(&messages), &messages, width, false, out));
        assert!(text.lines().all(|it| unicode_width::UnicodeWidthStr::width(it) <= width), "{text}");
        let start = text.find(if locale == Locale::En { "Explained:" } else { "En detalle:" }).unwrap();
        // The two creatives and what the numbers mean.
        let shown: Vec<&str> = text[start..].split("\n\n").take(3).collect();
        insta::assert_snapshot!(name, shown.join("\n\n"));
        // Nothing of it stands there unasked.
        assert!(!table(locale, width, false).contains(&messages.text("explain-edits", &[])));
    }
}

#[test]
fn an_explanation_on_the_page_has_words_boxes_and_edits() {
    let messages = Messages::new(Locale::Es);
    let page = written(|out| render::html(&explained(&messages), &messages, out));
    assert_eq!(page.matches("<section class=\"explained\">").count(), 2);
    assert!(page.contains(
        "El <mark class=\"up s4\" title=\"+2,3\">verano<sup>+2,3</sup></mark> empieza a las <mark"
    ));
    assert!(
        page.contains(
            "<mark class=\"down s2\" title=\"\u{2212}0,6\">ocho<sup>\u{2212}0,6</sup></mark></bdi>"
        )
    );
    // 240 / 1920: an eighth.
    assert!(
        page.contains(
            "<rect class=\"region costs\" x=\"15.0\" y=\"147.5\" width=\"105.0\" height=\"18.8\"/>"
        )
    );
    assert!(
        page.contains("Quita este texto de la imagen (abajo)")
            || page.contains("Quita este texto de la imagen (en el centro)")
    );
    assert!(page.contains("No se ha encontrado ningún cambio que gane más de un punto: déjala como está"));
    assert!(!page.contains(" style="));
    assert!(!html(Locale::Es).contains("<section class=\"explained\">"));
}

#[test]
fn an_explanation_reads_back() {
    let messages = Messages::new(Locale::Es);
    let report = explained(&messages);
    let text = written(|out| render::jsonl(&report, out));
    let lines: Vec<&str> = text.lines().collect();
    let first: gancho_report::ScoreRecord = serde_json::from_str(lines[0]).unwrap();
    assert_eq!(first, report.scores[0]);
    assert!(lines[0].contains("\"box\":[120.0,1180.0,840.0,150.0],\"kind\":\"text\""));
    assert!(!lines[1].contains("\"explanation\"") && lines[2].contains("\"explanation\":{\"words\":[]"));
}

#[test]
fn embeddings_name_their_source() {
    let record = EmbeddingRecord {
        schema: schema::Embedding,
        path: Some("a.jpg".into()),
        text: None,
        model: "vision-atto/1".into(),
        embedding: vec![0.6, -0.8],
    };
    assert_eq!(
        written(|out| render::embeddings(&[record], &[], out)),
        "{\"schema\":\"gancho.embedding/1\",\"path\":\"a.jpg\",\"model\":\"vision-atto/1\",\"embedding\":[0.6,-0.8]}\n"
    );
}

#[test]
fn a_record_of_another_schema_is_refused() {
    let error = serde_json::from_str::<schema::Score>("\"gancho.score/2\"").unwrap_err();
    assert!(error.to_string().contains("expected `gancho.score/1`"), "{error}");
}

#[test]
fn html_english() {
    insta::assert_snapshot!(html(Locale::En));
}

#[test]
fn html_spanish() {
    insta::assert_snapshot!(html(Locale::Es));
}

#[test]
fn the_page_needs_nothing_from_outside() {
    let page = html(Locale::Es);
    for forbidden in ["http:", "https:", "<script", "url(", "@import", "<link", "<iframe", " on"] {
        let found = page.find(forbidden).map(|at| &page[at..page.len().min(at + 60)]);
        // " on" may occur in a sentence; what must not occur is an event handler.
        let is_handler = forbidden == " on" && !page.contains(" onload=") && !page.contains(" onerror=");
        assert!(found.is_none() || is_handler, "{forbidden}: {found:?}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_policy_carries_the_hash_of_the_style_in_the_page() {
    use base64::Engine;
    use sha2::Digest;
    let page = html(Locale::En);
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(style));
    assert!(page.contains(&format!("style-src 'sha256-{hash}'")));
}

#[test]
fn an_empty_run_still_reports() {
    let messages = Messages::new(Locale::En);
    let mut empty = report(&messages);
    empty.scores.clear();
    let text = written(|out| render::table(&empty, &messages, 100, false, out));
    assert!(text.contains("2 files left out"), "{text}");
    let page = written(|out| render::html(&empty, &messages, out));
    assert!(page.contains("No creative could be scored."));
}

#[test]
fn a_closed_pipe_can_be_told_from_other_failures() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let messages = Messages::new(Locale::En);
    let report = report(&messages);
    let results = [
        render::jsonl(&report, &mut Closed),
        render::json(&report, &mut Closed),
        render::csv(&report, &mut Closed),
        render::table(&report, &messages, 100, false, &mut Closed),
        render::html(&report, &messages, &mut Closed),
    ];
    for result in results {
        assert_eq!(result.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
    }
}
