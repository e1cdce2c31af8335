//! The evidence cache: second runs, damage, sharing, interruption.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::program::{demo, gancho, records, run, scored, status, stderr, stdout};

const PICTURES: u64 = 24;

fn cached(records: &[Value]) -> u64 {
    records.last().unwrap()["counts"]["cached"].as_u64().unwrap()
}

fn score_with(cache: &Path) -> Vec<Value> {
    scored(&[&demo()], &["--cache", cache.to_str().unwrap()])
}

#[test]
fn a_second_run_does_no_inference() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(cached(&score_with(folder.path())), 0);
    assert_eq!(cached(&score_with(folder.path())), PICTURES);
}

#[test]
fn a_changed_picture_is_looked_at_again() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, library) = (folder.path().join("cache"), folder.path().join("library"));
    std::fs::create_dir(&library).unwrap();
    let pictures: Vec<_> = std::fs::read_dir(demo().join("images"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "jpg"))
        .take(2)
        .collect();
    std::fs::copy(&pictures[0], library.join("a.jpg")).unwrap();
    let flags = ["--cache", cache.to_str().unwrap()];
    scored(&[&library], &flags);
    std::fs::copy(&pictures[1], library.join("a.jpg")).unwrap();
    assert_eq!(cached(&scored(&[&library], &flags)), 0, "same name, other bytes");
}

#[test]
fn a_damaged_cache_is_set_aside_and_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("evidence.sqlite"),
        b"this is not a database, it only sits in its place",
    )
    .unwrap();
    let first = score_with(folder.path());
    assert_eq!(cached(&first), 0);
    let notes = first.last().unwrap()["notes"].to_string();
    assert!(notes.contains("evidence.sqlite.damaged-1"), "{notes}");
    assert!(folder.path().join("evidence.sqlite.damaged-1").exists(), "nothing is deleted");
    assert_eq!(cached(&score_with(folder.path())), PICTURES);
}

/// Overwrites pages in the middle of a good file: SQLite may still open it.
#[test]
fn a_cache_damaged_inside_gives_the_same_result() {
    let folder = tempfile::tempdir().unwrap();
    let mut before = score_with(folder.path());
    let path = folder.path().join("evidence.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    let (start, end) = (bytes.len() / 4, bytes.len() * 3 / 4);
    bytes[start..end].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    let mut after = score_with(folder.path());
    before.pop();
    after.pop();
    assert_eq!(before, after);
}

#[test]
fn two_processes_share_one_cache() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        gancho()
            .arg("score")
            .arg(demo())
            .args(["--format", "jsonl", "--threads", "1", "--cache"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let both = [start(), start()].map(|child| child.wait_with_output().unwrap());
    for output in &both {
        assert_eq!(status(output), 0, "{}", stderr(output));
        assert!(!stderr(output).contains("damaged"), "{}", stderr(output));
    }
    assert_eq!(cached(&score_with(folder.path())), PICTURES);
}

/// Ctrl-C ends with 130, keeps what was computed, and the next run goes on from there.
#[cfg(unix)]
#[test]
fn an_interrupted_run_resumes() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, library) = (folder.path().join("cache"), folder.path().join("library"));
    std::fs::create_dir(&library).unwrap();
    let pictures: Vec<_> = std::fs::read_dir(demo().join("images"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "jpg"))
        .collect();
    // Every file gets a byte of its own behind the picture's end, so that each has its own content key.
    for n in 0..400u32 {
        let mut bytes = std::fs::read(&pictures[n as usize % pictures.len()]).unwrap();
        bytes.extend_from_slice(&n.to_le_bytes());
        std::fs::write(library.join(format!("{n:03}.jpg")), bytes).unwrap();
    }
    let mut child = gancho()
        .arg("score")
        .arg(&library)
        .args(["--format", "jsonl", "--threads", "1", "--cache"])
        .arg(&cache)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Wait until something was committed; the run takes several times longer than this.
    let journal = cache.join("evidence.sqlite-wal");
    let committed = || std::fs::metadata(&journal).is_ok_and(|it| it.len() > 100_000);
    for _ in 0..600 {
        if committed() || child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // `kill` is built into every shell; not every machine has the program.
    let interrupt = format!("kill -INT {}", child.id());
    let interrupted = std::process::Command::new("sh").args(["-c", &interrupt]).status().unwrap();
    assert!(interrupted.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 130, "{}", stderr(&output));
    assert_eq!(stdout(&output), "", "half a result is no result");
    let resumed = run(gancho().arg("score").arg(&library).args(["--format", "jsonl", "--cache"]).arg(&cache));
    assert_eq!(status(&resumed), 0, "{}", stderr(&resumed));
    let kept = cached(&records(&stdout(&resumed)));
    assert!(kept > 0 && kept < 400, "{kept} of 400 came from the cache");
}
