//! Whole ads, repairs and the reading of briefs, through the public types alone.
#![allow(clippy::unwrap_used)]

use gancho_writer::{
    Address, Brief, BriefError, Engine, Field, Gate, Gender, Market, Repair, Variant, Verdict, ViolationKind,
};
use std::collections::BTreeMap;

fn gate(json: &str) -> Gate {
    Gate::new(&Brief::from_json(json).unwrap().check())
}

fn boots() -> Gate {
    gate(include_str!("data/briefs.jsonl").lines().next().unwrap())
}

fn fields(texts: &[(Field, &str)]) -> BTreeMap<Field, String> {
    texts.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
}

#[test]
fn repairs_touch_spaces_and_marks_but_no_word() {
    let gate = boots();
    for (field, text, wanted, repairs) in [
        (Field::PrimaryText, "  Bota  impermeable , ya ", "Bota impermeable, ya", vec![Repair::Spaces]),
        (Field::PrimaryText, "¡Pruébala!!!", "¡Pruébala!", vec![Repair::Punctuation]),
        (Field::PrimaryText, "Bota nueva. Llueve?", "Bota nueva. ¿Llueve?", vec![Repair::OpeningMark]),
        (Field::PrimaryText, "20% menos", "20\u{a0}% menos", vec![Repair::SignSpace]),
        (Field::PrimaryText, "129,95€", "129,95\u{a0}€", vec![Repair::SignSpace]),
        (Field::Headline, "Bota impermeable.", "Bota impermeable", vec![Repair::FinalStop]),
        (Field::Headline, "«Bota impermeable»", "Bota impermeable", vec![Repair::Wrapping]),
        (Field::Headline, "Título: Bota", "Bota", vec![Repair::Wrapping]),
        (Field::Headline, "Bota\u{7}", "Bota", vec![Repair::ControlCharacters]),
        (Field::Headline, "20 % menos", "20 % menos", vec![]),
        (Field::PrimaryText, "Con suela cosida a mano…", "Con suela cosida a mano…", vec![]),
    ] {
        let mended = gate.repair(field, text);
        assert_eq!((mended.text.as_str(), &mended.repairs), (wanted, &repairs), "{text}");
        assert_eq!(gate.repair(field, wanted).repairs, [], "{wanted}");
    }
    let english = gate_of_kettle();
    assert_eq!(english.repair(Field::Headline, "15 % off").text, "15% off");
    assert_eq!(english.repair(Field::Headline, "Ready?").text, "Ready?");
}

fn gate_of_kettle() -> Gate {
    gate(include_str!("data/briefs.jsonl").lines().nth(4).unwrap())
}

#[test]
fn a_repair_never_touches_what_the_brief_says_word_by_word() {
    let gate = gate(
        r#"{"language":"es","market":"ES","brand":"Yaaa!!","product":"Plan  20%","placement":"meta_feed"}"#,
    );
    assert_eq!(gate.repair(Field::PrimaryText, "Yaaa!! tiene Plan  20%").text, "Yaaa!! tiene Plan  20%");
}

#[test]
fn an_ad_holds_every_required_mention_and_repeats_nothing() {
    let gate = boots();
    let kinds = |texts: &[(Field, &str)]| {
        gate.judge_fields(&fields(texts)).iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    let body = "Suela cosida a mano e impermeable, 480 g.";
    assert_eq!(kinds(&[(Field::PrimaryText, body), (Field::Headline, "Bota Tramontana")]), []);
    assert_eq!(kinds(&[(Field::Headline, "Bota Tramontana")]), [ViolationKind::MissingRequired]);
    assert_eq!(
        kinds(&[(Field::PrimaryText, "Bota impermeable"), (Field::Headline, "Bota impermeable")]),
        [ViolationKind::NearDuplicate]
    );
    assert_eq!(kinds(&[(Field::Subject, "Bota impermeable")]), [ViolationKind::UnknownField]);
}

#[test]
fn variants_keep_away_from_one_another_and_from_the_library() {
    let variant = |text: &str| Variant::new(Engine::Composer, "fab", fields(&[(Field::PrimaryText, text)]));
    let one = variant("Suela cosida a mano e impermeable, 480 g.");
    let two = variant("Suela cosida a mano e impermeable: 480 g");
    let three = variant("Tramontana es impermeable. Pruébala en tu ruta.");
    let kinds = |gate: &Gate, it: &Variant, taken: &[Variant]| {
        gate.judge_variant(it, taken).iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    let gate = boots();
    assert_eq!(kinds(&gate, &two, std::slice::from_ref(&one)), [ViolationKind::NearDuplicate]);
    assert_eq!(kinds(&gate, &three, &[one.clone(), two]), []);
    let gate = gate.with_library(["suela cosida a mano e impermeable, 480 g"]);
    assert_eq!(kinds(&gate, &one, &[]), [ViolationKind::NearDuplicate]);
}

#[test]
fn the_same_brief_in_json_and_toml() {
    let toml = "market = \"MX\"\nlanguage = \"es\"\nbrand = \"Ceiba\"\nprice = \"$499.00\"\nproduct_gender = \"f\"\n\
                benefits = [\"cobertura amplia\"]\n[limits.headline]\nmax_chars = 20\n";
    let json = r#"{"market":"es-MX","brand":"Ceiba","price":"$499.00","product_gender":"f",
                   "benefits":"cobertura amplia","limits":{"headline":20}}"#;
    let (a, b) = (Brief::read(toml).unwrap(), Brief::read(json).unwrap());
    assert_eq!(a, b);
    assert_eq!((a.market, a.address, a.product_gender), (Market::EsMx, Address::Tu, Some(Gender::F)));
    assert_eq!(a.resolved_placement().spec(Field::Headline).unwrap().max_chars, 20);
    assert_eq!(a.resolved_placement().spec(Field::PrimaryText).unwrap().max_chars, 125);
    assert_eq!(
        Brief::from_json(r#"{"brand":"X","market":"AR","language":"es"}"#).unwrap().address,
        Address::Vos
    );
}

#[test]
fn what_cannot_be_read_names_the_field_and_the_nearest_name() {
    let error = |text: &str| Brief::read(text).unwrap_err();
    assert_eq!(
        error(r#"{"brand":"X","benefit":["a"]}"#),
        BriefError::UnknownField { field: "benefit".to_owned(), nearest: "benefits" }
    );
    let price = error(r#"{"brand":"X","price":39.9}"#);
    assert_eq!(
        price.to_string(),
        "`price` is a number, but a text is needed; write texts and prices in quotes"
    );
    assert!(matches!(
        error(r#"{"brand":"X","market":"es-PE"}"#),
        BriefError::UnknownValue { nearest: "es-ES", .. }
    ));
    assert!(matches!(
        error(r#"{"brand":"X","placement":"gogle_rsa"}"#),
        BriefError::UnknownValue { nearest: "google_rsa", .. }
    ));
    assert!(matches!(
        error(r#"{"limits":{"headlines":{}}}"#),
        BriefError::UnknownValue { nearest: "headline", .. }
    ));
    assert!(matches!(error("brand = \"X\"\nprice = \n"), BriefError::Syntax { format: "TOML", line: 2, .. }));
    assert!(matches!(error("{\"brand\": }"), BriefError::Syntax { format: "JSON", line: 1, .. }));
    assert_eq!(error("[1, 2]"), BriefError::NotAnObject { found: "a list" });
    assert_eq!(Brief::from_json("{}").unwrap().check().verdict(), Verdict::Refuse);
}

#[test]
fn problems_are_data_with_a_code_and_a_field() {
    let brief = Brief::from_json(
        r#"{"brand":"A","product":"Kettle","required":["cheap"],"forbidden":["cheaper","cheap"],"market":"en-US"}"#,
    );
    let checked = brief.unwrap().check();
    let problem = serde_json::to_value(&checked.problems[0]).unwrap();
    assert_eq!(problem["field"], "required[0]");
    assert_eq!(problem["code"], "required-is-forbidden");
    assert_eq!(problem["class"], "refuse");
    assert_eq!(problem["forbidden"], "cheap");
}
