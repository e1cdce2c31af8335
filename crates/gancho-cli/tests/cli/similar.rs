//! `gancho similar`: relations, look-ups against a library, diversity, formats.

use std::path::Path;

use serde_json::Value;

use crate::program::{demo, gancho, of_schema, records, run, status, stderr, stdout};

fn similar(inputs: &[&Path], flags: &[&str]) -> Vec<Value> {
    let output = run(gancho().arg("similar").args(inputs).args(["--format", "jsonl"]).args(flags));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    records(&stdout(&output))
}

/// A folder with three pictures of the demo library, and one of them again: as it is, and cut by a tenth.
fn with_copies() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let images = demo().join("images");
    for name in ["lenga-01-lago.jpg", "ventoa-03-urbana.jpg", "copperspoon-03-fridge.jpg"] {
        std::fs::copy(images.join(name), folder.path().join(name)).unwrap();
    }
    std::fs::copy(images.join("lenga-01-lago.jpg"), folder.path().join("again.jpg")).unwrap();
    folder
}

#[test]
fn a_copy_is_a_duplicate_and_strangers_are_not() {
    let folder = with_copies();
    let records = similar(&[folder.path()], &["--top", "0"]);
    let pairs = of_schema(&records, "gancho.similar/1");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!((&pairs[0]["a"], &pairs[0]["b"]), (&"again.jpg".into(), &"lenga-01-lago.jpg".into()));
    assert_eq!(pairs[0]["relation"], "duplicate");
    assert_eq!(pairs[0]["evidence"]["pdq_distance"], 0);
    assert!((pairs[0]["similarity"].as_f64().unwrap() - 1.0).abs() < 1e-3);
}

#[test]
fn a_new_picture_is_found_in_a_library() {
    let folder = with_copies();
    let records = similar(
        &[&folder.path().join("again.jpg")],
        &["--against", demo().join("images").to_str().unwrap(), "--top", "0"],
    );
    let pairs = of_schema(&records, "gancho.similar/1");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    assert_eq!((&pairs[0]["a"], &pairs[0]["b"]), (&"again.jpg".into(), &"lenga-01-lago.jpg".into()));
}

#[test]
fn the_copy_is_dropped_first() {
    let folder = with_copies();
    let records = similar(&[folder.path()], &["--diversity", "--drop", "1"]);
    let diversity = of_schema(&records, "gancho.diversity/1")[0];
    assert_eq!(diversity["pictures"], 4);
    let concepts = diversity["concepts"].as_f64().unwrap();
    // Two copies and two others that may have a little in common: at most 16 / (2 * 2 + 1 + 1).
    assert!(concepts > 1.5 && concepts < 16.0 / 6.0 + 1e-6, "{concepts}");
    let drop = &diversity["drops"][0];
    assert_eq!((&drop["id"], &drop["like"]), (&"lenga-01-lago.jpg".into(), &"again.jpg".into()));
    assert!(drop["concepts"].as_f64().unwrap() > concepts);
}

#[test]
fn threads_do_not_change_a_byte() {
    let pairs = |threads: &str| {
        let mut records =
            similar(&[&demo()], &["--threads", threads, "--diversity", "--min-similarity", "0.1"]);
        records.pop();
        records
    };
    let one = pairs("1");
    assert!(!one.is_empty());
    assert_eq!(one, pairs("2"));
}

#[test]
fn every_format_and_language_is_written() {
    let folder = with_copies();
    let said = |flags: &[&str]| {
        let output = run(gancho().arg("similar").arg(folder.path()).args(flags));
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    assert!(said(&["--lang", "es", "--diversity"]).contains("duplicado"));
    assert!(said(&[]).contains("again.jpg"));
    let csv = said(&["--format", "csv", "--top", "0"]);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.lines().nth(1).unwrap().starts_with("again.jpg,lenga-01-lago.jpg,duplicate,"), "{csv}");
    let json: Value = serde_json::from_str(&said(&["--format", "json"])).unwrap();
    assert_eq!(json["pairs"][0]["schema"], "gancho.similar/1");
}

#[test]
fn what_cannot_be_used_ends_with_its_status() {
    let missing = run(gancho().args(["similar", "no-such-folder"]));
    assert_eq!(status(&missing), 3, "{}", stderr(&missing));
    let both = run(gancho().arg("similar").arg(demo()).args(["--against", "x", "--diversity"]));
    assert_eq!(status(&both), 2, "{}", stderr(&both));
}
