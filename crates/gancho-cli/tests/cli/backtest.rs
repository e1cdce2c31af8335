//! `gancho backtest`: skill where it was planted, none in noise, and no test that was told its answers.

use std::process::Output;
use std::sync::OnceLock;

use serde_json::Value;

use crate::account::{Account, Plan};
use crate::program::{gancho, run, status, stderr, stdout};

/// The account that most tests ask: questions earn more, and stories more still.
pub(crate) fn planted() -> &'static Account {
    static PLANTED: OnceLock<Account> = OnceLock::new();
    PLANTED.get_or_init(|| Account::new(Plan::default()))
}

fn backtest(account: &Account, flags: &[&str]) -> Output {
    let (library, results) = (account.path("ads.csv"), account.path("results.csv"));
    run(gancho().arg("backtest").arg(library).arg("--performance").arg(results).args(flags))
}

fn record(account: &Account, flags: &[&str]) -> Value {
    let output = backtest(account, &[&["--format", "jsonl"], flags].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

#[test]
fn skill_is_found_where_it_was_planted_and_its_folds_are_handed_out() {
    let sample = planted().path("cases.csv");
    let found = record(planted(), &["--sample", &sample.to_string_lossy()]);
    assert_eq!(found["schema"], "gancho.backtest/1");
    assert_eq!(found["verdict"], "skill", "{found}");
    assert!(found["content"]["spearman"]["low"].as_f64().unwrap() > 0.3, "{found}");
    assert!(found["content"]["auc"]["value"].as_f64().unwrap() > 0.65, "{found}");
    let beaten = |it: &Value| it["spearman"]["value"].as_f64().unwrap_or(0.0);
    for rule in found["baselines"].as_array().unwrap() {
        assert!(rule["name"] == "copy" || beaten(rule) < beaten(&found["content"]), "{rule}");
    }
    // Stories earn more than three times as much: that is no merit of a creative.
    let context = &found["context"];
    assert!(context["context"].as_f64() > context["content"].as_f64(), "{context}");
    assert_eq!(found["counts"]["creatives"], 240);
    assert_eq!(found["counts"]["cases"], 1920);
    assert_eq!(found["counts"]["campaigns"], 10);
    assert!(found["counts"]["features"]["copy"].as_u64().unwrap() > 20);
    assert_eq!(found["window"]["first"], "2026-01-01");
    assert_eq!(found["window"]["last"], "2026-10-04");
    assert!(found["stakes"]["moved"].as_f64().unwrap() > 0.0, "{found}");

    let table = std::fs::read_to_string(sample).unwrap();
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at =
        |name: &str| head.iter().position(|it| *it == name).unwrap_or_else(|| panic!("{name}: {head:?}"));
    let (fold, campaign, placement) = (at("fold"), at("campaign"), at("context.placement=story"));
    assert!(head.len() > 40 && head.contains(&"copy.headline.words"));
    let mut fold_of = std::collections::BTreeMap::new();
    let mut stories = 0;
    for line in lines.clone() {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), head.len());
        let known = *fold_of.entry(cells[campaign]).or_insert(cells[fold]);
        assert_eq!(known, cells[fold], "a campaign is held out whole");
        stories += usize::from(cells[placement] == "1");
    }
    assert_eq!((lines.count(), stories, fold_of.len()), (1920, 960, 10));
}

#[test]
fn noise_has_no_skill_and_the_verdict_comes_first() {
    for seed in [3, 4] {
        let noise = Account::new(Plan { question: 0.0, story: 0.0, seed, ..Plan::default() });
        let output = backtest(&noise, &[]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).starts_with("No skill:"), "{}", stdout(&output));
    }
}

#[test]
fn a_test_that_knows_its_answers_is_refused() {
    let account = Account::new(Plan { repeats: true, ..Plan::default() });
    let refused = backtest(&account, &["--format", "json"]);
    assert_eq!(status(&refused), 3, "{}", stderr(&refused));
    assert_eq!(stdout(&refused), "");
    for word in ["--allow-leaks", "--hold-out creative", "c0"] {
        assert!(stderr(&refused).contains(word), "{}", stderr(&refused));
    }
    let allowed = record(&account, &["--allow-leaks"]);
    assert_eq!(allowed["options"]["allow_leaks"], true);
    assert!(allowed["leaks"]["same_text"].as_u64().unwrap() >= 9, "{}", allowed["leaks"]);
    let together = record(&account, &["--hold-out", "creative"]);
    assert_eq!(together["options"]["hold_out"], "creative");
}

#[test]
fn what_came_later_can_be_held_out() {
    let found = record(planted(), &["--hold-out", "time"]);
    assert_eq!(found["options"]["hold_out"], "time");
    assert!(found["counts"]["creatives"].as_u64().unwrap() < 240, "the first block only teaches");
}

#[test]
fn what_cannot_be_learned_is_status_3() {
    let output = backtest(planted(), &["--target", "roas"]);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("roas"), "{}", stderr(&output));
    let without_days = planted().path("undated.csv");
    let table = std::fs::read_to_string(planted().path("results.csv")).unwrap();
    let undated = table.lines().map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        [cells[0], cells[1], cells[3], cells[4], cells[5]].join(",") + "\n"
    });
    std::fs::write(&without_days, undated.collect::<String>()).unwrap();
    let output = run(gancho()
        .args(["backtest", "--hold-out", "time", "--performance"])
        .arg(&without_days)
        .arg(planted().path("ads.csv")));
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert_eq!(status(&run(gancho().args(["backtest"]))), 2);
    assert_eq!(status(&run(gancho().args(["backtest", "a", "--target", "likes"]))), 2);
}

#[test]
fn the_same_history_gives_the_same_bytes_on_any_number_of_threads() {
    let once = backtest(planted(), &["--format", "jsonl", "--threads", "1"]);
    let again = backtest(planted(), &["--format", "jsonl", "--threads", "3"]);
    assert_eq!(status(&once), 0, "{}", stderr(&once));
    assert_eq!(stdout(&once), stdout(&again));
}

#[test]
fn people_read_it_in_their_language_and_as_a_page() {
    let page = planted().path("page.html");
    let output =
        backtest(planted(), &["--lang", "es", "--format", "html", "--output", &page.to_string_lossy()]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<html lang=\"es\">") && page.contains("Quién vio el anuncio"));
    for outside in ["http:", "https:", "<script", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    let table = stdout(&backtest(planted(), &["--lang", "es"]));
    assert!(table.starts_with("Hay capacidad predictiva:"), "{table}");
    assert!(!table.contains("rank correlation") && !table.contains("{$"), "{table}");
}
