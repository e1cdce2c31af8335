//! Nothing that a person or a model can write makes the crate panic, and time stays linear.
#![allow(clippy::unwrap_used)]

use gancho_writer::{Brief, Field, Gate, Market, atoms, dates, names};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn gate() -> Gate {
    let line = include_str!("data/briefs.jsonl").lines().next().unwrap();
    Gate::new(&Brief::from_json(line).unwrap().check())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,40}".prop_map(Into::into),
    ];
    let key = prop_oneof![
        Just("brand".to_owned()),
        Just("benefits".to_owned()),
        Just("limits".to_owned()),
        Just("headline".to_owned()),
        Just("required".to_owned()),
        Just("market".to_owned()),
        "\\PC{0,8}"
    ];
    leaf.prop_recursive(3, 32, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::hash_map(key.clone(), inner, 0..8)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_judged_and_mended(text in any::<String>(), signs in "[ .,!?¡¿%€$0-9a-zñáé<>{}\\[\\]*:\"'’-]{0,80}") {
        let gate = gate();
        for text in [text.as_str(), signs.as_str()] {
            for found in gate.judge(Field::Headline, text) {
                prop_assert!(found.start <= found.end && found.end <= text.len());
                prop_assert!(text.is_char_boundary(found.start) && text.is_char_boundary(found.end));
            }
            let mended = gate.repair(Field::Headline, text);
            let again = gate.repair(Field::Headline, &mended.text);
            prop_assert!(again.text.len() <= mended.text.len() + 8);
            for atom in atoms(text).into_iter().chain(dates(text)).chain(names(text, false)) {
                prop_assert_eq!(&text[atom.start..atom.end], atom.text.as_str());
            }
            let _ = Brief::read(text);
        }
    }

    #[test]
    fn any_words_make_a_brief_that_is_checked(words in prop::collection::vec("\\PC{0,30}", 8)) {
        let mut brief = Brief::new(Market::EsEs);
        brief.brand.clone_from(&words[0]);
        brief.product.clone_from(&words[1]);
        brief.benefits = words[2..4].to_vec();
        brief.offer.clone_from(&words[4]);
        brief.price.clone_from(&words[5]);
        brief.forbidden = vec![words[6].clone()];
        brief.required = vec![words[7].clone()];
        let checked = brief.check();
        let gate = Gate::new(&checked);
        for word in &words {
            let _ = gate.judge(Field::PrimaryText, word);
        }
    }

    #[test]
    fn any_json_is_a_brief_or_an_error(value in json()) {
        if let Ok(brief) = Brief::from_value(&value) {
            let _ = Gate::new(&brief.check());
        }
    }
}

#[test]
fn long_texts_take_linear_time() {
    let start = Instant::now();
    let gate = gate();
    for unit in ["a", "! ", "39,90 € ", "¿", "cosida a mano ", "A", "10.000 mm ", "<", "\u{301}"] {
        let text = unit.repeat(1_000_000 / unit.len());
        assert!(!gate.judge(Field::Headline, &text).is_empty());
        let _ = gate.repair(Field::Headline, &text);
        let _ = gate.judge(Field::Headline, &text[..text.floor_char_boundary(16_000)]);
        let _ = gate.repair(Field::Headline, &text[..text.floor_char_boundary(16_000)]);
    }
    let mut brief = Brief::new(Market::EnUs);
    brief.brand = "Fern hill ".repeat(400);
    brief.product = "a".repeat(100_000);
    brief.benefits = (0..200).map(|i| format!("{} {i}", "very long benefit ".repeat(20))).collect();
    brief.forbidden = (0..200).map(|i| format!("word{i} and {}", "more ".repeat(50))).collect();
    brief.required = vec!["x ".repeat(20_000)];
    let checked = brief.check();
    let _ = Gate::new(&checked).judge(Field::Headline, "Short line");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
