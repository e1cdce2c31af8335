//! `gancho import`: formats, languages, statuses. What files mean is tested in `gancho-library`.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program::{gancho, of_schema, records, root, run, shared, status, stderr, stdout};

/// A file of the corpus of exports.
fn export(name: &str) -> PathBuf {
    root().join("crates/gancho-library/tests/exports").join(name)
}

#[test]
fn rows_come_first_and_then_what_is_no_data() {
    let file = export("google_es_day_words.csv");
    let output = run(gancho().arg("import").arg(&file).args(["--format", "jsonl"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let lines = records(&stdout(&output));
    let schemas: Vec<&str> = lines.iter().map(|it| it["schema"].as_str().unwrap()).collect();
    let (row, skipped) = ("gancho.performance/1", "gancho.skipped/1");
    assert_eq!(schemas, [row, row, skipped, skipped, skipped, skipped]);
    assert_eq!(lines[0]["spend"], "8651.95");
    assert_eq!((&lines[0]["impressions"], &lines[0]["reach"]), (&12_059.into(), &Value::Null));
    assert_eq!((&lines[0]["date_start"], &lines[0]["currency"]), (&"2026-08-01".into(), &"EUR".into()));
    assert_eq!(lines[0].get("extra"), None);
    let told: Vec<_> = lines[2..]
        .iter()
        .map(|it| format!("{} {}", it["record"].as_u64().unwrap(), it["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(told, ["1 preamble", "2 preamble", "6 total", "7 total"]);
    assert_eq!(lines[4]["label"], "Total: Campañas");
}

#[test]
fn several_files_and_columns_that_give_no_field() {
    let files = [export("snapchat.csv"), export("amazon.csv")];
    let output = run(gancho().arg("import").args(&files).args(["--format", "jsonl", "--extra"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let lines = records(&stdout(&output));
    let rows = of_schema(&lines, "gancho.performance/1");
    let platforms: Vec<_> = rows.iter().map(|it| it["platform"].as_str().unwrap()).collect();
    assert_eq!(platforms, ["snapchat", "amazon", "amazon"]);
    assert_eq!(rows[0]["extra"]["Swipe Up Rate"], "1.5%");
    assert!(rows[1]["file"].as_str().unwrap().ends_with("amazon.csv"));
}

#[test]
fn csv_is_safe_to_open_and_the_table_speaks_both_languages() {
    let file = export("meta_twice.csv");
    let output = run(gancho().arg("import").arg(&file).args(["--format", "csv"]));
    assert_eq!(status(&output), 0);
    let csv = stdout(&output);
    assert!(csv.contains(",'=2+3,") && csv.contains(",-1.00,"), "{csv}");
    assert!(stderr(&output).contains("begins with = + - or @"), "{}", stderr(&output));
    for (lang, words) in [("en", ["Spend", "3 rows: spend 16.34"]), ("es", ["Gasto", "3 filas: gasto 16,34"])]
    {
        let output = run(gancho().arg("import").arg(&file).args(["--format", "table", "--lang", lang]));
        assert_eq!(status(&output), 0);
        let text = stdout(&output).replace('\u{a0}', " ");
        assert!(words.iter().all(|it| text.contains(it)), "{text}");
        assert!(stderr(&output).is_empty(), "the table has its warnings itself: {}", stderr(&output));
    }
}

#[test]
fn what_nobody_can_tell_is_asked_and_a_mapping_answers() {
    let file = export("question_numbers.csv");
    for (lang, question) in [("en", "with decimals or with thousands?"), ("es", "lleva decimales o miles?")] {
        let output = run(gancho().arg("import").arg(&file).args(["--lang", lang]));
        assert_eq!((status(&output), stdout(&output).as_str()), (3, ""));
        assert!(stderr(&output).contains(question), "{}", stderr(&output));
    }
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("answers.toml");
    fs::write(&mapping, "decimal = \"comma\"\n[learn]\ntarget = \"ctr\"\n").unwrap();
    let output = run(gancho().arg("import").arg(&file).arg("--mapping").arg(&mapping));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(records(&stdout(&output))[0]["spend"], "1234");
    fs::write(&mapping, "\ndecimals = \"comma\"\n").unwrap();
    let output = run(gancho().arg("import").arg(&file).arg("--mapping").arg(&mapping));
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("answers.toml:2:1: there is no key `decimals`"), "{}", stderr(&output));
}

#[test]
fn one_refused_file_is_told_and_the_others_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("rows.jsonl");
    let files = [export("hostile_truncated.csv.gz"), export("snapchat.csv")];
    let output = run(gancho().arg("import").args(&files).arg("--output").arg(&written));
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("hostile_truncated.csv.gz"), "{}", stderr(&output));
    assert_eq!(records(&fs::read_to_string(&written).unwrap()).len(), 1);
    let output = run(gancho().args(["import", "no-such-file.csv"]));
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("not found"), "{}", stderr(&output));
    assert_eq!(status(&run(gancho().arg("import"))), 2);
}

#[test]
fn the_shared_corpus_reads_as_expected() {
    let Some(folder) = shared("data/metrics/exports") else { return };
    let mut compared = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(file) = path.to_str().unwrap().strip_suffix(".expected.json").map(PathBuf::from) else {
            continue;
        };
        let expected: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let output = run(gancho().arg("import").arg(&file).args(["--format", "jsonl"]));
        if expected["rows"].as_array().unwrap().is_empty() {
            assert_eq!(status(&output), 3, "{}", file.display());
            continue;
        }
        assert_eq!(status(&output), 0, "{}: {}", file.display(), stderr(&output));
        let lines = records(&stdout(&output));
        let rows = of_schema(&lines, "gancho.performance/1");
        let wanted = expected["rows"].as_array().unwrap();
        assert_eq!(rows.len(), wanted.len(), "{}", file.display());
        for (row, wanted) in rows.iter().zip(wanted) {
            for (key, value) in wanted.as_object().unwrap() {
                let is_exact = ["spend", "revenue", "results"].contains(&key.as_str());
                let number = |it: &Value| it.as_str().and_then(|it| it.parse::<f64>().ok());
                let is_same = if is_exact { number(&row[key]) == number(value) } else { &row[key] == value };
                assert!(is_same, "{} {key}: {} for {value}", file.display(), row[key]);
            }
        }
        let skipped = of_schema(&lines, "gancho.skipped/1").len();
        assert_eq!(skipped, expected["skipped"].as_array().unwrap().len(), "{}", file.display());
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} files");
}
