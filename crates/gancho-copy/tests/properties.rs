//! What holds for any text.
#![allow(clippy::unwrap_used)]

use gancho_copy::{Language, TextFeatures, detect_language, normalize};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const LANGUAGES: [Language; 3] = [Language::Es, Language::En, Language::Other];

/// Any characters, and strings built from the pieces that the rules look at.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "¿",
        "?",
        "¡",
        "!",
        ".",
        "...",
        "…",
        " ",
        "\n",
        "\r\n",
        "\u{a0}",
        "ñ",
        "n\u{303}",
        "á",
        "ü",
        "qu",
        "gü",
        "h",
        "y",
        "1",
        "29,95",
        "€",
        "$",
        "%",
        "#",
        "@",
        "www.",
        "a.es",
        "http://",
        "🔥",
        "👩\u{200d}👧",
        "🇪",
        "\u{200d}",
        "\u{fe0f}",
        "\u{20e3}",
        "\u{ad}",
        "\u{feff}",
        "שלום",
        "“",
        "\"",
        "'",
        "’",
        "don't",
        "no",
        "te",
        "compra",
        "-",
        "•",
        "İ",
        "ß",
        "𝓐",
        "ﬁ",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..40).prop_map(|parts| parts.concat())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_panics_and_every_value_is_finite(text in text()) {
        let detection = detect_language(&text);
        prop_assert!((0.0..=1.0).contains(&detection.confidence));
        for language in LANGUAGES {
            for (name, value) in TextFeatures::of(&text, language).named() {
                prop_assert!(value.is_finite(), "{name}");
                if name.ends_with("_share") || name == "type_token_ratio" {
                    prop_assert!((0.0..=1.0).contains(&value), "{name} {value}");
                }
            }
        }
    }

    #[test]
    fn composed_and_decomposed_text_measure_the_same(text in text()) {
        let (composed, decomposed): (String, String) = (text.nfc().collect(), text.nfd().collect());
        for language in LANGUAGES {
            prop_assert_eq!(TextFeatures::of(&composed, language), TextFeatures::of(&decomposed, language));
        }
        prop_assert_eq!(detect_language(&composed), detect_language(&decomposed));
    }

    #[test]
    fn the_normal_form_is_a_fixed_point_and_measures_the_same(text in text()) {
        let normal = normalize(&text);
        prop_assert_eq!(&normalize(&normal), &normal);
        prop_assert_eq!(TextFeatures::of(&normal, Language::Es), TextFeatures::of(&text, Language::Es));
    }

    #[test]
    fn every_name_given_is_a_known_name(text in text()) {
        let features = TextFeatures::of(&text, Language::Es);
        let names: Vec<&str> = features.named().into_iter().map(|(name, _)| name).collect();
        prop_assert!(names.iter().all(|name| TextFeatures::NAMES.contains(name)));
    }
}

/// A megabyte of each of these is measured to the end; quadratic code would take hours.
#[test]
fn a_megabyte_of_one_thing_does_not_hang() {
    let things = [
        "a", "y", "1", "1 000 ", ".", "a.", "¿", "#", "#a", "@", "🇪", "\u{301}", "e\u{301}", "\u{200d}",
        "a'", "\"", "•", "1.", "no te ", "A",
    ];
    for thing in things {
        let text = thing.repeat(1_000_000 / thing.len());
        let features = TextFeatures::of(&text, Language::Es);
        assert!(features.graphemes.unwrap() >= 1.0, "{thing}");
        detect_language(&text);
    }
}
