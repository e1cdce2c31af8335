//! `gancho train`, and what becomes of a trained model: scores, its card, its age, its drift.

use std::path::PathBuf;
use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value;

use crate::account::{Account, Plan};
use crate::backtest::planted;
use crate::program::{gancho, of_schema, records, run, status, stderr, stdout};

fn train(account: &Account, model: &str, flags: &[&str]) -> Output {
    let (library, results) = (account.path("ads.csv"), account.path("results.csv"));
    let mut command = gancho();
    command.arg("train").arg(library).arg("--performance").arg(results).args(flags);
    run(command.arg("--output").arg(account.path(model)))
}

/// A model of the planted account.
fn trained() -> &'static PathBuf {
    static TRAINED: OnceLock<PathBuf> = OnceLock::new();
    TRAINED.get_or_init(|| {
        let output = train(planted(), "model.json", &[]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).starts_with("Skill:"), "{}", stdout(&output));
        assert!(stderr(&output).contains("model.md"), "{}", stderr(&output));
        planted().path("model.json")
    })
}

/// Headlines that the model has not seen, half of them questions.
fn new_ads() -> Account {
    Account::new(Plan { campaigns: 2, seed: 99, ..Plan::default() })
}

fn renamed(account: &Account) -> PathBuf {
    let table = std::fs::read_to_string(account.path("ads.csv")).unwrap();
    let path = account.path("new.csv");
    std::fs::write(&path, table.replace("\nc0", "\nnew-").replace("town", "city")).unwrap();
    path
}

#[test]
fn a_trained_model_scores_what_it_has_not_seen() {
    let ads = new_ads();
    let output =
        run(gancho().arg("score").arg(renamed(&ads)).args(["--format", "jsonl", "--model"]).arg(trained()));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    let scores = of_schema(&records, "gancho.score/1");
    assert_eq!(scores.len(), 48);
    let is_question = |it: &Value| it["evidence"]["copy"]["headline"].as_str().unwrap().ends_with('?');
    let mean = |of: bool| {
        let scores: Vec<f64> = scores
            .iter()
            .filter(|it| is_question(it) == of)
            .map(|it| it["score"].as_f64().unwrap())
            .collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    };
    assert!(scores.iter().all(|it| it["basis"] == "history"));
    assert!(mean(true) > mean(false) + 15.0, "{} {}", mean(true), mean(false));
    let models = records.last().unwrap()["models"].as_array().unwrap().clone();
    let own = models.iter().find(|it| it["id"] == "trained-ctr").expect("the model that was used");
    assert_eq!(own["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn the_card_says_what_the_model_is_worth_and_how_to_make_it_again() {
    let card = std::fs::read_to_string(trained().with_extension("md")).unwrap();
    for part in [
        "# Model of your results: click rate",
        "## What it learned from",
        "2026-01-01 to 2026-10-04",
        "## How well it ranks",
        "## Who saw the ad, and the ad itself",
        "## Whether ranges hold",
        "## Limits",
        "associations",
        "## When to train again",
        "    gancho train ",
        "--performance",
    ] {
        assert!(card.contains(part), "{part}: {card}");
    }
    let output = train(planted(), "modelo.json", &["--lang", "es"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let card = std::fs::read_to_string(planted().path("modelo.md")).unwrap();
    assert!(card.starts_with("# Modelo de tus resultados") && card.contains("## Límites"), "{card}");
    assert!(!card.contains("How well"), "{card}");
}

#[test]
fn a_second_training_writes_the_same_bytes() {
    let output = train(planted(), "again.json", &["--threads", "1"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let bytes = |path: PathBuf| std::fs::read(path).unwrap();
    assert_eq!(bytes(planted().path("again.json")), bytes(trained().clone()));
}

#[test]
fn a_refused_training_leaves_the_old_model_alone() {
    let account = Account::new(Plan { repeats: true, campaigns: 6, ..Plan::default() });
    std::fs::write(account.path("model.json"), "old").unwrap();
    let output = train(&account, "model.json", &[]);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(account.path("model.json")).unwrap(), "old");
    assert!(!account.path("model.md").exists());
    assert_eq!(status(&train(&account, "model.md", &[])), 2, "the card would lie on the model");
}

#[test]
fn a_hostile_model_is_an_error_that_names_it() {
    let account = new_ads();
    let sound = std::fs::read_to_string(trained()).unwrap();
    let cut = &sound[..sound.len() / 2];
    let hostile: [(&str, &[u8]); 7] = [
        ("empty", b""),
        ("bytes", &[0xff, 0x00, 0x12]),
        ("other", b"{\"format\":\"gancho.effect/99\"}"),
        ("cut", cut.as_bytes()),
        ("list", b"[[[[[[[[]]]]]]]]"),
        ("deep", &[b'['; 200_000]),
        ("unknown", b"{\"format\":\"gancho.effect/1\",\"run\":\"rm\"}"),
    ];
    for (name, bytes) in hostile {
        let path = account.path(name);
        std::fs::write(&path, bytes).unwrap();
        let output = run(gancho().arg("score").arg(account.path("ads.csv")).arg("--model").arg(&path));
        assert_eq!(status(&output), 4, "{name}: {}", stderr(&output));
        assert!(
            stderr(&output).starts_with("error") && stderr(&output).contains(name),
            "{}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "");
    }
    let missing = run(gancho().arg("score").arg(account.path("ads.csv")).args(["--model", "nowhere.json"]));
    assert_eq!(status(&missing), 4);
    assert!(stderr(&missing).contains("gancho train"), "{}", stderr(&missing));
}

#[test]
fn the_settings_name_the_model_and_models_list_its_age() {
    let account = new_ads();
    std::fs::create_dir(account.path("learned")).unwrap();
    std::fs::copy(trained(), account.path("learned/ctr.json")).unwrap();
    std::fs::write(account.path("gancho.toml"), "[history]\nmodel = \"learned/ctr.json\"\n").unwrap();
    std::fs::remove_file(account.path("results.csv")).unwrap();
    let output = run(gancho().arg("score").arg(account.path("ads.csv")).args(["--format", "jsonl"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(records(&stdout(&output))[0]["basis"], "history");
    for (lang, words) in
        [("en", ["Trained model", "Train again"]), ("es", ["Modelo entrenado", "Volver a entrenar"])]
    {
        let listed = run(gancho().args(["models", "list", "--lang", lang]).current_dir(account.folder()));
        assert_eq!(status(&listed), 0, "{}", stderr(&listed));
        assert!(words.iter().all(|it| stdout(&listed).contains(it)), "{}", stdout(&listed));
    }
    let elsewhere = run(gancho().args(["models", "list"]).current_dir(planted().folder()));
    assert!(!stdout(&elsewhere).contains("Trained model"));
}

#[test]
fn drift_is_seen_where_creatives_changed_and_not_where_they_did_not() {
    let drift = |library: PathBuf, flags: &[&str]| -> Value {
        let mut command = gancho();
        command.args(["models", "drift"]).arg(trained()).arg(library).args(["--format", "json"]).args(flags);
        let output = run(&mut command);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    };
    let because = |it: &Value, reason: &str| it["because"].as_array().unwrap().iter().any(|it| it == reason);
    let same = drift(planted().path("ads.csv"), &[]);
    assert_eq!(same["schema"], "gancho.drift/1");
    assert!(!because(&same, "features"), "{same}");
    assert!(same["coverage"].is_null(), "no new results");

    let account = new_ads();
    let table = std::fs::read_to_string(account.path("ads.csv")).unwrap();
    let shouted: String = table
        .lines()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                format!("{line}\n")
            } else {
                format!("new-{}!!! ONLY TODAY!!!\n", line.to_uppercase())
            }
        })
        .collect();
    std::fs::write(account.path("shouted.csv"), shouted).unwrap();
    let moved = drift(account.path("shouted.csv"), &[]);
    assert!(because(&moved, "features") && moved["retrain"] == true, "{moved}");
    assert_eq!(moved["moved"][0]["verdict"], "far");

    // The same kind of creatives with results of their own: ranges are held against them.
    let results = std::fs::read_to_string(account.path("results.csv")).unwrap();
    let newer = account.path("newer.csv");
    std::fs::write(&newer, results.replace("\nc0", "\nnew-")).unwrap();
    let judged = drift(renamed(&account), &["--performance", &newer.to_string_lossy()]);
    assert_eq!(judged["coverage"]["n"], 48, "{judged}");
    assert!(judged["coverage"]["held"].as_f64().unwrap() > 0.5, "{judged}");
    let table =
        run(gancho().args(["models", "drift", "--lang", "es"]).arg(trained()).arg(planted().path("ads.csv")));
    assert!(stdout(&table).contains("entrenar"), "{}", stdout(&table));
}
