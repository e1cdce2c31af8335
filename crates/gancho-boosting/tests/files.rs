//! Model files: what goes in comes out, and a hostile file is refused with words.
#![allow(clippy::unwrap_used)]

mod table;

use gancho_boosting::{Booster, BoostingError, Loss, Settings, Target};
use proptest::prelude::*;
use serde_json::{Value, json};
use table::{LOSSES, all, columns, groups, settings, values};

fn booster(loss: Loss) -> Booster {
    let (value, group) = (values(loss, 300), groups(300));
    let target = Target { group: Some(&group), ..Target::of(&value) };
    let settings = Settings { rounds: 6, ..settings(loss) };
    Booster::fit_columns(&columns(300), &target, &all(300), &settings, None).unwrap()
}

#[test]
fn a_file_is_one_line_and_comes_back_to_the_bit() {
    for loss in LOSSES {
        let booster = booster(loss);
        let text = booster.to_json().unwrap();
        assert!(
            text.starts_with("{\"format\":\"gancho.boosting/1\"") && text.find('\n') == Some(text.len() - 1)
        );
        let read = Booster::from_json(&text).unwrap();
        assert_eq!(read, booster);
        assert_eq!(read.to_json().unwrap(), text);
        let table = columns(300);
        let bits = |it: &Booster| it.margins(&table).iter().map(|it| it.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read), bits(&booster));
    }
}

/// Refuses the file after a change, with these words.
fn refused(words: &str, change: impl FnOnce(&mut Value)) {
    let mut file: Value = serde_json::from_str(&booster(Loss::Squared).to_json().unwrap()).unwrap();
    change(&mut file);
    let error = Booster::from_json(&file.to_string()).expect_err(words).to_string();
    assert!(error.contains(words), "{error}");
}

#[test]
fn hostile_files_are_refused_with_words() {
    refused("the format is `gancho.prior/9`", |it| it["format"] = json!("gancho.prior/9"));
    refused("missing field `format`", |it| *it = json!({}));
    refused("unknown field `extra`", |it| it["extra"] = json!(1));
    refused("2 gains for 6 columns", |it| it["gain"] = json!([0, 0]));
    refused("`power` is 3", |it| it["loss"] = json!({"name": "tweedie", "power": 3.0}));
    refused("a number is missing", |it| it["start"] = json!(null));
    for text in ["NaN", "inf", "-inf", "1e999", "", "0x1p3"] {
        refused("is no finite number", |it| it["start"] = json!(text));
        refused("is no finite number", |it| it["gain"][2] = json!(text));
        refused("is no finite number", |it| it["trees"][0]["cover"][0] = json!(text));
    }
    refused("impossible child", |it| it["trees"][0]["left"][0] = json!(0));
    refused("impossible child", |it| it["trees"][0]["left"][0] = json!(5000));
    refused("impossible child", |it| it["trees"][0]["left"][0] = json!(i32::MIN));
    refused("impossible child", |it| {
        // One subtree under two parents: walks would multiply.
        it["trees"][0]["right"][0] = it["trees"][0]["left"][0].clone();
    });
    refused("differ in length", |it| it["trees"][0]["value"] = json!([1.0]));
    refused("differ in length", |it| {
        it["trees"][1] = json!({"column": [], "threshold": [],
        "missing_left": [], "left": [], "right": [], "value": [1.0], "cover": [1.0]})
    });
    refused("tree 2 of the model file is damaged at node 0: it asks about a column", |it| {
        it["trees"][2]["column"][0] = json!(6);
    });
    refused("number out of range", |it| it["trees"][0]["threshold"][0] = json!(1e39));
    refused("threshold is not finite", |it| it["trees"][0]["missing_left"][0] = json!(2));
    refused("cover is not above zero", |it| it["trees"][0]["cover"][1] = json!(0.0));
}

#[test]
fn numbers_may_be_written_as_such() {
    let booster = booster(Loss::Squared);
    let mut file: Value = serde_json::from_str(&booster.to_json().unwrap()).unwrap();
    file["start"] = json!(0.5);
    file["trees"][0]["cover"][0] = json!(7);
    let read = Booster::from_json(&file.to_string()).unwrap();
    assert_eq!(read.start(), 0.5);
    let trees = [&read, &booster].map(|it| it.margin(&[0.1; 6]) - it.start());
    assert!((trees[0] - trees[1]).abs() < 1e-12);
}

#[test]
fn a_number_out_of_range_is_refused() {
    let text = booster(Loss::Squared).to_json().unwrap();
    let start = text.find("\"start\":").unwrap() + 8;
    let end = start + text[start..].find(',').unwrap();
    let huge = format!("{}1e999{}", &text[..start], &text[end..]);
    assert!(matches!(Booster::from_json(&huge), Err(BoostingError::Damaged { .. })));
}

#[test]
fn a_tree_that_is_too_deep_is_refused() {
    let chain = |depth: i32| {
        let left: Vec<i32> = (1..=depth).map(|it| if it == depth { -1 } else { it }).collect();
        let right: Vec<i32> = (0..depth).map(|it| -2 - it).collect();
        let n = depth as usize;
        json!({"format": "gancho.boosting/1", "loss": {"name": "squared"}, "columns": 1, "start": 0.0,
            "gain": [0.0], "curve": [], "trees": [{"column": vec![0; n], "threshold": vec![0.5; n],
            "missing_left": vec![0; n], "left": left, "right": right, "value": vec![1.0; n + 1],
            "cover": vec![1.0; n + 1]}]})
        .to_string()
    };
    assert_eq!(Booster::from_json(&chain(64)).unwrap().margin(&[0.0]), 1.0);
    assert!(Booster::from_json(&chain(65)).unwrap_err().to_string().contains("too deep"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in 0.0_f64..1.0, replacement in prop::sample::select(b"0-19,]}{\"eN".to_vec())) {
        let mut bytes = booster(Loss::Squared).to_json().unwrap().into_bytes();
        let place = (at * bytes.len() as f64) as usize;
        bytes[place] = replacement;
        if let Ok(booster) = Booster::from_json(&String::from_utf8(bytes).unwrap()) {
            let row = vec![0.3; booster.width().max(6)];
            let mut parts = vec![0.0; row.len()];
            booster.add_contributions(&row, &mut parts);
            prop_assert!(!booster.margin(&row).is_nan());
        }
    }
}
