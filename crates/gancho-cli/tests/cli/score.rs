//! `gancho score`: what a ranking holds, and that it adds up.

use crate::program::{demo, gancho, of_schema, root, run, scored, shared, status, stderr, stdout};

#[test]
fn the_demo_library_is_ranked_and_every_score_adds_up() {
    let records = scored(&[&demo()], &[]);
    let scores = of_schema(&records, "gancho.score/1");
    assert_eq!(scores.len(), 24);
    for (index, score) in scores.iter().enumerate() {
        assert_eq!(score["rank"], index as u64 + 1);
        let sum: f64 =
            score["reasons"].as_array().unwrap().iter().map(|it| it["contribution"].as_f64().unwrap()).sum();
        let difference = score["base"].as_f64().unwrap() + sum - score["score"].as_f64().unwrap();
        assert!(difference.abs() < 1e-4, "{}: reasons miss the score by {difference}", score["id"]);
        assert!(
            score["reasons"].as_array().unwrap().iter().all(|it| !it["text"].as_str().unwrap().is_empty())
        );
    }
    let manifest = records.last().unwrap();
    assert_eq!(manifest["schema"], "gancho.manifest/1");
    assert_eq!(manifest["counts"]["scored"], 24);
    assert_eq!(manifest["counts"]["quarantined"], 0);
    let ids: Vec<_> =
        manifest["models"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    // The last two because the demo library has comments.
    let expected = [
        "vision",
        "headline-upworthy",
        "prior-upworthy",
        "headline-meaning",
        "quality",
        "language",
        "language-vocabulary",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn pictures_alone_are_scored_by_craft_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = std::fs::read_dir(demo().join("images")).unwrap().map(|it| it.unwrap().path());
    let pictures: Vec<_> =
        pictures.filter(|it| it.extension().is_some_and(|it| it == "jpg")).take(3).collect();
    for picture in &pictures {
        std::fs::copy(picture, folder.path().join(picture.file_name().unwrap())).unwrap();
    }
    assert_eq!(pictures.len(), 3);
    let records = scored(&[folder.path()], &[]);
    for score in of_schema(&records, "gancho.score/1") {
        assert_eq!(score["basis"], "craft");
        assert!(score["interval"].is_null(), "nothing was measured that an interval could rest on");
        assert_eq!(score["warnings"][0]["code"], "warning-no-copy");
    }
    let notes = &records.last().unwrap()["notes"];
    assert!(notes.as_array().unwrap().iter().any(|it| it["code"] == "craft"), "{notes}");
}

#[test]
fn the_reader_is_told_in_their_language() {
    let output = run(gancho().arg("score").arg(demo()).args(["--lang", "es"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let table = stdout(&output);
    assert!(table.contains("Puntuación") || table.contains("puntuación"), "{table}");
    let decimal_comma = table.lines().any(|line| {
        line.contains("intervalo")
            || line.split_whitespace().any(|word| {
                word.split_once(',')
                    .is_some_and(|(a, b)| a.parse::<u32>().is_ok() && b.parse::<u32>().is_ok())
            })
    });
    assert!(decimal_comma, "{table}");
}

#[test]
fn an_empty_library_is_status_3() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(gancho().arg("score").arg(folder.path()));
    assert_eq!(status(&output), 3);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).starts_with("error"), "{}", stderr(&output));
}

#[test]
fn a_missing_library_is_status_3() {
    let output = run(gancho().args(["score", "no/such/folder"]));
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("no/such/folder"), "{}", stderr(&output));
}

#[test]
fn no_library_is_wrong_usage() {
    assert_eq!(status(&run(gancho().arg("score"))), 2);
    assert_eq!(status(&run(gancho().args(["score", ".", "--format", "xml"]))), 2);
    assert_eq!(status(&run(gancho().args(["score", ".", "--device", "quantum"]))), 2);
}

#[test]
fn strict_turns_quarantine_into_status_1() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jpg"), b"not a picture").unwrap();
    let lenient = run(gancho().arg("score").arg(folder.path()).args(["--format", "jsonl"]));
    assert_eq!(status(&lenient), 0, "{}", stderr(&lenient));
    let strict = run(gancho().arg("score").arg(folder.path()).args(["--format", "jsonl", "--strict"]));
    assert_eq!(status(&strict), 1);
}

/// Each picture of the samples is read or refused as their table says.
#[test]
fn real_samples_are_read_or_refused_as_their_table_says() {
    let Some(samples) = shared("data/vision/samples") else { return };
    let mut table = csv_rows(&samples.join("index.csv"));
    let records = scored(&[&samples], &["--allow-outside"]);
    let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
    let read: Vec<String> =
        of_schema(&records, "gancho.score/1").iter().map(|it| text(&it["path"])).collect();
    let refused: Vec<String> =
        of_schema(&records, "gancho.quarantine/1").iter().map(|it| text(&it["path"])).collect();
    let ends_with = |list: &[String], file: &str| list.iter().any(|it| it.ends_with(file));
    table.retain(|(file, expected)| {
        let (read, refused) = (ends_with(&read, file), ends_with(&refused, file));
        let fits = (expected.contains("read") && read) || (expected.contains("refuse") && refused);
        !(fits && read != refused)
    });
    assert!(table.is_empty(), "not as expected: {table:#?}");
}

/// File and expectation of each row; a quoted field may hold commas.
fn csv_rows(path: &std::path::Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let split = |line: &str| {
        let (mut fields, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                c => fields.last_mut().unwrap().push(c),
            }
        }
        fields
    };
    let mut lines = text.lines();
    let header = split(lines.next().unwrap());
    let at = |name: &str| header.iter().position(|it| it == name).unwrap();
    let (file, expected) = (at("file"), at("expected"));
    lines.map(split).map(|row| (row[file].clone(), row[expected].clone())).collect()
}

#[test]
fn the_readme_shows_commands_that_exist() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("gancho score datasets/demo") || readme.contains("-- score datasets/demo"));
    assert!(readme.contains("cargo test --workspace"));
}
