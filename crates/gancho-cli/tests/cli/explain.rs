//! `gancho score --explain`: words, regions and edits through the program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{demo, gancho, of_schema, run, scored, status, stderr, stdout};

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn the_ends_of_the_ranking_are_explained_and_nothing_else_changes() {
    let plain = scored(&[&demo()], &[]);
    let explained = scored(&[&demo()], &["--explain", "2"]);
    let threads = scored(&[&demo()], &["--explain", "2", "--threads", "1", "--batch", "3"]);
    let scores = of_schema(&explained, "gancho.score/1");
    let with: Vec<usize> =
        scores.iter().enumerate().filter(|it| it.1.get("explanation").is_some()).map(|it| it.0).collect();
    assert_eq!(with, [0, 1, 22, 23]);
    for (plain, explained) in of_schema(&plain, "gancho.score/1").into_iter().zip(&scores) {
        let mut without = (*explained).clone();
        without.as_object_mut().unwrap().remove("explanation");
        assert_eq!(*plain, without);
    }
    assert_eq!(scores, of_schema(&threads, "gancho.score/1"), "threads change nothing");
    for explanation in scores.iter().filter_map(|it| it.get("explanation")) {
        // The prior reads words and looks at no picture.
        assert!(list(explanation, "regions").is_empty());
        assert!(list(explanation, "edits").len() <= 3);
    }
}

#[test]
fn offsets_slice_the_copy_and_edits_say_what_they_gain() {
    let records = scored(&[&demo()], &["--explain", "all"]);
    let mut moved = 0;
    for score in of_schema(&records, "gancho.score/1") {
        let copy = &score["evidence"]["copy"];
        for word in list(&score["explanation"], "words") {
            let (start, end) =
                (word["start"].as_u64().unwrap() as usize, word["end"].as_u64().unwrap() as usize);
            let field: Vec<char> = text(&copy[text(&word["field"])]).chars().collect();
            assert_eq!(field[start..end].iter().collect::<String>(), text(&word["text"]));
            moved += usize::from(word["effect"].as_f64().unwrap().abs() > 0.1);
        }
        let mut before = f64::INFINITY;
        for edit in list(&score["explanation"], "edits") {
            let of = |key: &str| edit[key].as_f64().unwrap();
            assert!(
                of("gain") > 1.0
                    && of("gain") <= before
                    && of("low") <= of("gain")
                    && of("gain") <= of("high")
            );
            assert_eq!(text(&edit["before"]), text(&copy[text(&edit["field"])]));
            assert_ne!(edit["before"], edit["after"]);
            assert!(text(&edit["text"]).contains("Expected gain: +"), "{edit}");
            before = of("gain");
        }
    }
    assert!(moved > 24, "words have effects");
}

/// What the table says of the best creative.
fn best(lang: &str) -> String {
    let output = run(gancho().arg("score").arg(demo()).args(["--explain", "1", "--lang", lang]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let table = stdout(&output);
    let start = table.find(if lang == "en" { "Explained:" } else { "En detalle:" }).unwrap();
    table[start..].split("\n\n").next().unwrap().to_owned()
}

#[test]
fn an_explanation_reads_in_both_languages() {
    let (en, es) = (best("en"), best("es"));
    assert!(en.starts_with("Explained: no. 1, ") && es.starts_with("En detalle: n.º 1, "), "{en}\n{es}");
    assert!(
        en.contains("What single words and signs add: ") && es.contains("Lo que suma cada palabra o signo: ")
    );
    // The same words in the same order, wherever the lines break.
    let named = |text: &str, ends: [&str; 2], [open, close]: [char; 2]| -> Vec<String> {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = ends.iter().filter_map(|it| flat.find(it)).min().unwrap();
        flat[..end].split(open).skip(1).map(|it| it.split(close).next().unwrap().to_owned()).collect()
    };
    let words = named(&en, ["What to change:", "No change was found"], ['“', '”']);
    let palabras = named(&es, ["Qué cambiar:", "No se ha encontrado"], ['«', '»']);
    assert!(!words.is_empty() && words == palabras, "{en}\n{es}");
    let gains = en.contains("Expected gain: +") && es.contains("Ganancia esperada: +");
    assert!(
        gains || (en.contains("No change was found") && es.contains("No se ha encontrado")),
        "{en}\n{es}"
    );
}

#[test]
fn pictures_that_have_a_say_are_explained_by_region() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["brasal-01-lunes.jpg", "zankia-02-bounce.jpg", "morralito-01-playa.png"] {
        fs::copy(demo().join("images").join(name), folder.path().join(name)).unwrap();
    }
    let records = scored(&[folder.path()], &["--explain", "all"]);
    let mut kinds: Vec<String> = Vec::new();
    for score in of_schema(&records, "gancho.score/1") {
        let (width, height) =
            (score["evidence"]["width"].as_f64().unwrap(), score["evidence"]["height"].as_f64().unwrap());
        let regions = list(&score["explanation"], "regions");
        assert!((1..=12).contains(&regions.len()), "{score}");
        for region in regions {
            let area: Vec<f64> = list(region, "box").iter().map(|it| it.as_f64().unwrap()).collect();
            assert!(
                area[0] >= 0.0 && area[1] >= 0.0 && area[0] + area[2] <= width && area[1] + area[3] <= height
            );
            kinds.push(text(&region["kind"]).to_owned());
        }
        let effects: Vec<f64> = regions.iter().map(|it| it["effect"].as_f64().unwrap().abs()).collect();
        assert!(effects.is_sorted_by(|a, b| a >= b) && effects[0] > 0.0, "{effects:?}");
        assert!(list(&score["explanation"], "words").is_empty());
        for edit in list(&score["explanation"], "edits") {
            assert_eq!(text(&edit["field"]), "image");
        }
    }
    assert!(kinds.iter().any(|it| it == "text"), "{kinds:?}");
}

fn write_library(folder: &Path, settings: &str) {
    let rows = [
        "id,campaign,headline,primary_text",
        "a,one,You won't believe this AMAZING jar,Zankia makes it. Nothing that stings. Try it and see what happens.",
        "b,one,This is why your skin is angry at you,Zankia makes it.",
        "c,one,Oat cream,Zankia makes it.",
        "d,one,What happens when you stop washing your face,Zankia makes it.",
    ];
    fs::write(folder.join("library.csv"), rows.join("\n")).unwrap();
    fs::write(folder.join("gancho.toml"), settings).unwrap();
}

#[test]
fn edits_keep_within_the_limits_of_the_brand() {
    let folder = tempfile::tempdir().unwrap();
    let edits = |settings: &str| -> Vec<Value> {
        write_library(folder.path(), settings);
        let records = scored(&[folder.path()], &["--explain", "all"]);
        let scores = of_schema(&records, "gancho.score/1");
        scores.iter().flat_map(|it| list(&it["explanation"], "edits").clone()).collect()
    };
    let free = edits("");
    let borrows = |it: &Value, word: &str| text(&it["after"]).to_lowercase().contains(word);
    assert!(free.iter().any(|it| borrows(it, "this is why")), "{free:#?}");
    let bound = edits(
        "[words]\nforbidden = [\"this is why\"]\nrequired = [\"oat cream\"]\n[brand]\nnames = [\"Zankia\"]\n",
    );
    assert!(!bound.iter().any(|it| borrows(it, "this is why")), "{bound:#?}");
    // Where the headline holds the required words, it cannot be given up for another.
    assert!(!bound.iter().any(|it| text(&it["before"]) == "Oat cream" && !borrows(it, "oat cream")));
}

#[test]
fn a_page_explains_three_of_each_end_unless_told_otherwise() {
    let sections = |flags: &[&str]| {
        let output = run(gancho().arg("score").arg(demo()).args(["--format", "html"]).args(flags));
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output).matches("<section class=\"explained\">").count()
    };
    assert_eq!((sections(&[]), sections(&["--explain", "0"])), (6, 0));
    let wrong = run(gancho().arg("score").arg(demo()).args(["--explain", "some"]));
    assert_eq!(status(&wrong), 2);
    assert!(stderr(&wrong).contains("neither a number nor `all`"), "{}", stderr(&wrong));
}
