//! The two catalogues say the same things with the same variables, and nothing that nobody asks for.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use gancho_report::{Basis, Locale, Messages, feature_label, feature_value, reason_short, reason_text};

const EN: &str = include_str!("../locales/en.ftl");
const ES: &str = include_str!("../locales/es.ftl");

/// Messages of a catalogue: key to pattern, the way Fluent lays them out.
fn messages(source: &str) -> BTreeMap<&str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut current = None;
    for line in source.lines() {
        if line.starts_with(|it: char| it.is_ascii_alphabetic()) {
            let (key, pattern) = line.split_once(" =").unwrap();
            assert!(found.insert(key, pattern.into()).is_none(), "{key} stands twice");
            current = Some(key);
        } else if line.starts_with(' ') || line.starts_with('}') {
            found.get_mut(current.unwrap()).unwrap().push_str(line);
        }
    }
    found
}

fn variables(pattern: &str) -> BTreeSet<String> {
    let names = pattern.split('$').skip(1);
    names.map(|it| it.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '_').collect()).collect()
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let (en, es) = (messages(EN), messages(ES));
    assert!(en.len() > 200);
    assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
    for (key, pattern) in &en {
        assert_eq!(variables(pattern), variables(&es[key]), "{key}");
    }
}

#[test]
fn no_message_is_left_untranslated() {
    // Words that are the same in both languages, and messages that are all variables.
    const SAME: &[&str] = &[
        "cli-error",
        "word-no",
        "library-config-invalid",
        "run-seconds-value",
        "weights-bad-manifest",
        "import-mapping-invalid",
        "comment-spam",
        "comments-share-spam",
    ];
    let es = messages(ES);
    for (key, pattern) in messages(EN) {
        let is_same = pattern == es[key];
        assert!(!is_same || SAME.contains(&key), "{key} reads the same in both languages");
    }
}

#[test]
fn errors_end_without_a_period_and_spanish_opens_its_questions() {
    for (key, pattern) in messages(EN).into_iter().chain(messages(ES)) {
        let is_error = [
            "decode-",
            "library-",
            "import-",
            "device-",
            "weights-",
            "hub-",
            "backbone-",
            "scorer-",
            "brief-",
            "cli-",
        ]
        .iter()
        .any(|it| key.starts_with(it));
        assert!(!is_error || !pattern.trim_end().ends_with('.'), "{key}");
    }
    for (key, pattern) in messages(ES) {
        // The labels that count these marks name one of them.
        let is_label = key.starts_with("feature-");
        assert!(is_label || pattern.matches('?').count() == pattern.matches('¿').count(), "{key}");
        for english in [" the ", " and ", " with ", "\""] {
            // Arguments of the catalogue itself, and lines of gancho.toml.
            let quoted =
                english == "\"" && ["style: \"percent\"", " = \"{ "].iter().any(|it| pattern.contains(it));
            assert!(quoted || !pattern.contains(english), "{key}: {pattern}");
        }
    }
}

#[test]
fn every_message_is_asked_for_somewhere() {
    // Keys built from data: codes of other crates, features, enums of this one.
    const BUILT: &[&str] = &[
        "decode-",
        "library-",
        "device-",
        "weights-",
        "hub-",
        "backbone-",
        "language-",
        "vision-",
        "headline-",
        "quality-",
        "evidence-",
        "cache-",
        "scorer-",
        "feature-",
        "place-",
        "field-",
        "basis-",
        "reason-",
        "part-",
        "html-",
        "tag-",
        "card-reasons-",
        "fact-",
        "run-",
        "table-",
        // By sentiment, intent, kind of topic and share.
        "comment-",
        "comments-share-",
        "comments-topics-",
        // Asked for by the use cases and by the command line.
        "nothing-to-read",
        "cli-",
        "output-failed",
        "progress-",
        "doctor-",
        "models-",
        "warning-",
        "note-",
        "skill-",
        "kind-",
        "see-",
        "relation-",
        "similar-",
        // By kind of edit, of region, of field.
        "edit-",
        "region-",
        "in-field-",
        // By prediction and by what is predicted; the rest is told by the stories and by the use cases.
        "learn-",
        "order-",
        "target-",
        "backtest-",
        "drift-",
        "model-card-",
        "trained-model-",
        "import-",
        "imported-",
        // By fault of a brief, by rule, repair, frame, field and engine; the rest by the session.
        "brief-",
        "write-",
    ];
    let sources = [
        include_str!("../src/reason.rs"),
        include_str!("../src/explanation.rs"),
        include_str!("../src/render/explanation.rs"),
        include_str!("../src/render/table.rs"),
        include_str!("../src/render/comments.rs"),
        include_str!("../src/render/html/view.rs"),
        include_str!("../src/render/html/card.rs"),
    ];
    for key in messages(EN).keys() {
        let is_built = BUILT.iter().any(|it| key.starts_with(it));
        let is_named = sources.iter().any(|it| it.contains(&format!("\"{key}\"")));
        assert!(is_built || is_named, "nobody asks for {key}");
    }
    let template = include_str!("../templates/report.html");
    for key in messages(EN).keys().filter_map(|it| it.strip_prefix("html-")) {
        assert!(template.contains(&format!("w.{}", key.replace('-', "_"))), "html-{key}");
    }
}

#[test]
fn plurals_and_numbers_follow_the_language() {
    let (en, es) = (Messages::new(Locale::En), Messages::new(Locale::Es));
    assert_eq!(en.text("page-title", &[("count", 1u64.into())]), "Ranking of 1 creative");
    assert_eq!(
        es.text("page-title", &[("count", 12345u64.into())]),
        "Clasificación de 12\u{202f}345 creatividades"
    );
    let error = serde_json::json!({"code": "truncated", "format": "JPEG", "bytes": 61440});
    assert_eq!(
        es.of_or("decode", &error, ""),
        "el archivo JPEG se interrumpe a los 61\u{202f}440 bytes; probablemente se cortó al copiarlo, \
         vuelve a exportarlo o a copiarlo"
    );
    let warning = serde_json::json!({"code": "transparency", "share": 0.1234});
    assert!(en.of_or("decode-warning", &warning, "").starts_with("12.3% of the picture"));
    assert!(es.of_or("decode-warning", &warning, "").starts_with("el 12,3\u{202f}% de la imagen"));
}

#[test]
fn reasons_claim_no_more_than_their_basis() {
    let (en, es) = (Messages::new(Locale::En), Messages::new(Locale::Es));
    let say = |messages: &Messages, basis, contribution| {
        reason_text(messages, basis, "copy", "copy.headline.words", Some(6.0), contribution)
    };
    assert_eq!(
        say(&en, Basis::History, 4.2),
        "Number of words in the headline (6): associated with a higher score in your library"
    );
    assert_eq!(
        say(&es, Basis::Prior, -4.2),
        "Número de palabras del título (6): se asocia a menos clics en las pruebas de titulares"
    );
    assert_eq!(
        say(&en, Basis::Craft, 0.01),
        "Number of words in the headline (6): makes next to no difference here"
    );
    for basis in [Basis::Craft, Basis::Prior, Basis::History, Basis::Blend] {
        for contribution in [-9.0, 9.0] {
            let text = say(&en, basis, contribution);
            for claim in [" will ", "because", "guarantee", "proven", "cause"] {
                assert!(!text.contains(claim), "{text}");
            }
        }
    }
}

#[test]
fn short_reasons_carry_sign_and_unit() {
    let es = Messages::new(Locale::Es);
    assert_eq!(
        reason_short(&es, "copy.headline.words", Some(6.0), 4.24),
        "+4,2 número de palabras del título (6)"
    );
    assert_eq!(reason_short(&es, "embedding.look", None, -1.0), "\u{2212}1,0 aspecto general de la imagen");
    assert_eq!(feature_value(&es, "copy.headline_logit", 0.7), None);
}

#[test]
fn an_unknown_feature_is_named_as_it_is() {
    let en = Messages::new(Locale::En);
    assert_eq!(feature_label(&en, "picture.frobnication"), "measure `picture.frobnication`");
    assert_eq!(feature_label(&en, "embedding.017"), "learned features of the picture");
}

/// Codes by area, from the crates that own them.
fn codes() -> Vec<(&'static str, Vec<&'static str>)> {
    use gancho_inference::{DeviceError, LoadError, Verdict};
    let backbone = gancho_backbone::BackboneError::CODES.iter().chain(LoadError::CODES);
    let vision = gancho_vision::VisionError::CODES.iter().chain(LoadError::CODES);
    let language = gancho_language::LanguageError::CODES.iter().chain(LoadError::CODES);
    vec![
        ("language-model", language.copied().collect()),
        ("decode", gancho_media::DecodeError::CODES.to_vec()),
        ("decode-warning", gancho_media::DecodeWarning::CODES.to_vec()),
        ("library", gancho_library::ERROR_CODES.to_vec()),
        ("import", gancho_library::exports::EXPORT_ERROR_CODES.to_vec()),
        ("import-skip", gancho_library::exports::SKIP_CODES.to_vec()),
        ("import-warning", gancho_library::exports::WARNING_CODES.to_vec()),
        ("library-fault", gancho_library::FAULT_CODES.to_vec()),
        ("library-note", gancho_library::NOTE_CODES.to_vec()),
        ("device", DeviceError::CODES.to_vec()),
        ("device-verdict", Verdict::CODES.to_vec()),
        ("weights", gancho_hub::WeightsError::CODES.to_vec()),
        ("hub", gancho_hub::HubError::CODES.to_vec()),
        ("backbone", backbone.copied().collect()),
        ("vision", vision.copied().collect()),
        ("headline", gancho_headline::CODES.to_vec()),
        ("quality", gancho_quality::CODES.to_vec()),
        ("evidence", gancho_evidence::EvidenceError::CODES.to_vec()),
        ("cache", gancho_evidence::CacheError::CODES.to_vec()),
        ("cache-note", gancho_evidence::CacheNote::CODES.to_vec()),
        ("scorer", gancho_scorer::ERROR_CODES.to_vec()),
        ("scorer-note", gancho_scorer::NOTE_CODES.to_vec()),
    ]
}

/// Measures of the picture, as gancho-media and gancho-evidence name them.
fn picture_measures() -> Vec<&'static str> {
    let measures = gancho_media::Measures::of(&gancho_media::RgbImage::new(4, 4)).named();
    let of_pixels = measures.into_iter().map(|(name, _)| name);
    of_pixels.chain(gancho_evidence::SightEvidence::NAMES.iter().copied()).collect()
}

/// What comments say, as gancho-evidence names it.
fn comment_features() -> Vec<&'static str> {
    gancho_evidence::CommentEvidence::default().named().into_iter().map(|(name, _)| name).collect()
}

/// Measures of the words, as gancho-copy names them.
const WORDS: &[&str] = gancho_copy::TextFeatures::NAMES;

#[test]
fn every_code_has_a_message_and_every_message_of_an_area_has_its_code() {
    let known: BTreeSet<String> =
        codes().iter().flat_map(|(area, codes)| codes.iter().map(move |it| format!("{area}-{it}"))).collect();
    let areas = [
        "decode-",
        "library-",
        "import-",
        "device-",
        "weights-",
        "hub-",
        "backbone-",
        "language-model-",
        "vision-",
        "quality-",
        "headline-",
        "evidence-",
        "cache-",
        "scorer-",
    ];
    let written: BTreeSet<String> = messages(EN)
        .into_keys()
        .filter(|key| areas.iter().any(|it| key.starts_with(it)))
        .map(str::to_string)
        .collect();
    assert_eq!(known, written);
}

#[test]
fn every_known_feature_has_a_label_in_both_languages() {
    for locale in [Locale::En, Locale::Es] {
        let messages = Messages::new(locale);
        let unknown = messages.text("feature-unknown", &[("name", "".into())]);
        let unknown = unknown.split('`').next().unwrap();
        let fields = ["headline", "primary_text", "description", "call_to_action", "all"];
        let words = WORDS.iter().flat_map(|it| fields.map(|field| format!("copy.{field}.{it}")));
        let answers = comment_features().into_iter().map(|it| format!("comments.{it}"));
        let names =
            picture_measures().into_iter().map(|it| format!("picture.{it}")).chain(words).chain(answers);
        for name in names.chain(
            [
                "copy.headline_logit",
                "copy.meaning_logit",
                "embedding.look",
                "context.language_en",
                "other",
                "rest",
            ]
            .map(String::from),
        ) {
            let label = feature_label(&messages, &name);
            assert!(!label.starts_with(unknown) && !label.contains(['{', '$']), "{name}: {label}");
        }
    }
}

#[test]
fn no_label_is_written_for_a_feature_that_nobody_measures() {
    let known = |key: &str| {
        let is = |prefix: &str, names: &[&str]| {
            key.strip_prefix(prefix).is_some_and(|it| names.contains(&it.replace('-', "_").as_str()))
        };
        is("feature-picture-", &picture_measures())
            || is("feature-copy-any-", WORDS)
            || is("feature-comments-", &comment_features())
    };
    let rest: Vec<&str> =
        messages(EN).into_keys().filter(|it| it.starts_with("feature-") && !known(it)).collect();
    assert_eq!(
        rest,
        [
            "feature-context-language-en",
            "feature-copy-headline-logit",
            "feature-copy-meaning-logit",
            "feature-embedding",
            "feature-embedding-look",
            "feature-other",
            "feature-rest",
            "feature-unknown"
        ]
    );
}

#[test]
fn values_read_in_their_unit() {
    let es = Messages::new(Locale::Es);
    let say = |feature: &str, value: f64| feature_value(&es, feature, value).unwrap();
    assert_eq!(say("picture.white_space", 0.344), "34\u{202f}%");
    assert_eq!(say("picture.clipped_dark", 0.0123), "1,2\u{202f}%");
    assert_eq!(say("picture.sharpness", 1284.23), "1284");
    assert_eq!(say("picture.rms_contrast", 0.2134), "0,213");
    assert_eq!(say("picture.aspect_ratio", 1.7778), "1,78");
    assert_eq!(say("picture.text_area", 0.123), "12\u{202f}%");
    assert_eq!(say("picture.attention_on_faces", 0.5), "50\u{202f}%");
    assert_eq!(say("picture.crop_9x16_text_lost", 0.25), "25\u{202f}%");
    assert_eq!(say("picture.kind_design", 0.93), "93\u{202f}%");
    assert_eq!(say("picture.faces", 2.0), "2");
    assert_eq!(say("picture.lowest_text_contrast", 4.54), "4,54");
    assert_eq!(say("copy.all.starts_with_emoji", 1.0), "sí");
    assert_eq!(say("copy.headline.words", 6.0), "6");
}
