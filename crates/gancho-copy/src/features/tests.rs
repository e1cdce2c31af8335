//! Features of whole texts, with values worked out by hand.

use super::*;

fn get(text: &str, language: Language, name: &str) -> Option<f64> {
    let features = TextFeatures::of(text, language);
    features.named().into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

fn check(text: &str, language: Language, expected: &[(&str, f64)]) {
    for (name, value) in expected {
        let found = get(text, language, name).unwrap_or(f64::NAN);
        assert!((found - value).abs() < 1e-9, "{name}: {found}, not {value}, in {text:?}");
    }
}

#[test]
fn a_spanish_ad() {
    // words: ¿Cansado de pagar más? | Descubre lo que nadie te cuenta: 50% menos hoy. = 4 + 9
    let text =
        "¿Cansado de pagar más? Descubre lo que nadie te cuenta: 50% menos HOY. 🔥 https://a.es #Oferta";
    check(
        text,
        Language::Es,
        &[
            ("words", 13.0),
            ("sentences", 2.0),
            ("words_per_sentence", 6.5),
            ("question_marks", 1.0),
            ("inverted_question_marks", 1.0),
            ("unmatched_marks", 0.0),
            ("percentages", 1.0),
            ("numbers", 1.0),
            ("currency_amounts", 0.0),
            ("digits", 2.0),
            ("emoji", 1.0),
            ("urls", 1.0),
            ("hashtags", 1.0),
            ("all_caps_words", 1.0),
            ("all_caps_share", 1.0 / 13.0),
            // Cansado, Descubre
            ("long_word_share", 2.0 / 13.0),
            ("longest_word", 8.0),
            ("imperative_opener", 0.0),
            ("imperative_share", 0.5),
            // te + Descubre
            ("second_person_tu", 2.0),
            ("second_person_usted", 0.0),
            ("negations", 1.0),
            // descubre, lo que, nadie te cuenta: the phrase "lo que nadie" is longer and takes "nadie"
            ("curiosity_words", 2.0),
            ("urgency_words", 1.0),
            // de más lo que te menos
            ("function_word_share", 6.0 / 13.0),
            ("negative_share", 1.0 / 13.0),
        ],
    );
    assert_eq!(get(text, Language::Es, "flesch"), None);
    assert_eq!(get(text, Language::Es, "szigriszt_pazos"), None, "too short");
    assert_eq!(get(text, Language::Es, "second_person_you"), None);
}

#[test]
fn an_english_ad() {
    // 3 reasons you'll love it | Don't wait: save $20 today
    let text = "3 reasons you'll love it!\nDon't wait: save $20 today";
    check(
        text,
        Language::En,
        &[
            ("words", 10.0),
            ("sentences", 2.0),
            ("lines", 2.0),
            ("starts_with_number", 1.0),
            ("exclamation_marks", 1.0),
            ("currency_amounts", 1.0),
            ("numbers", 2.0),
            ("second_person_you", 1.0),
            ("second_person_share", 0.1),
            ("third_person_share", 0.1),
            ("negations", 1.0),
            ("imperative_share", 0.5),
            // reasons
            ("curiosity_words", 1.0),
            // don't wait, today
            ("urgency_words", 2.0),
            // love, save
            ("positive_share", 0.2),
            // D alone, of 18 + 17 letters
            ("capital_share", 1.0 / 35.0),
            ("list_like", 0.0),
        ],
    );
    assert_eq!(get(text, Language::En, "unmatched_marks"), None);
}

#[test]
fn superlatives_and_lists() {
    check("La mejor oferta, buenísima y la más barata", Language::Es, &[("superlatives", 3.0)]);
    check("✅ Gratis\n✅ Fácil", Language::Es, &[("list_items", 2.0), ("list_like", 1.0), ("emoji", 2.0)]);
    check("Añadir al carrito", Language::Es, &[("infinitive_opener", 1.0), ("imperative_opener", 0.0)]);
    check(
        "Descargá la app y podés ganar",
        Language::Es,
        &[("second_person_vos", 2.0), ("second_person_tu", 0.0)],
    );
}

#[test]
fn nothing_and_other_languages_leave_features_out() {
    assert_eq!(get("", Language::Es, "words"), Some(0.0));
    assert_eq!(get("", Language::Es, "mean_word_length"), None);
    assert_eq!(get("🔥", Language::Other, "emoji"), Some(1.0));
    assert_eq!(get("Jetzt kaufen", Language::Other, "positive_share"), None);
    assert_eq!(get("Jetzt kaufen", Language::Other, "words"), Some(2.0));
}

#[test]
fn readability_from_thirty_words() {
    let text = "La casa es grande. El sol sale hoy. Tengo un perro negro. Mi madre come pan. \
                Compra y ahorra. Es fácil. El café es bueno. Ven con tu familia.";
    assert_eq!(get(text, Language::Es, "words"), Some(29.0));
    assert_eq!(get(text, Language::Es, "fernandez_huerta"), None);
    // The 30-word paragraph worked out in readability.rs; addresses and tags do not change it.
    let text = format!("{text} Gracias. https://tienda.es #gratis @marca");
    check(&text, Language::Es, &[("fernandez_huerta", 109.44), ("syllables_per_word", 47.0 / 30.0)]);
}

#[test]
fn right_to_left_and_invisible_characters() {
    check(
        "\u{200f}שלום עולם!",
        Language::Other,
        &[("words", 2.0), ("exclamation_marks", 1.0), ("sentences", 1.0)],
    );
    check("ofer\u{ad}ta hoy", Language::Es, &[("words", 2.0), ("urgency_words", 1.0)]);
    check("\u{feff}hoy", Language::Es, &[("urgency_words", 1.0)]);
}

#[test]
fn names_are_snake_case_and_unique() {
    let unique: std::collections::HashSet<_> = TextFeatures::NAMES.iter().collect();
    assert_eq!(unique.len(), TextFeatures::NAMES.len());
    let snake = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    assert!(TextFeatures::NAMES.iter().all(snake));
}
