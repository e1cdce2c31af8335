//! Where results go: files that appear whole, full disks, closed pipes.

use std::io::Read;
use std::process::Stdio;

use crate::program::{demo, gancho, run, status, stderr, stdout};

#[test]
fn a_file_is_written_whole_and_stdout_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ranking.html");
    let output = run(gancho().arg("score").arg(demo()).args(["--format", "html", "--output"]).arg(&path));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(
        page.trim_start().starts_with("<!doctype html>") || page.trim_start().starts_with("<!DOCTYPE html>")
    );
    assert!(page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("data:image/jpeg").count(), 24, "a thumbnail for every creative");
    for outside in ["http://", "<script", "<link", "@import"] {
        let found =
            page.match_indices(outside).map(|(at, _)| page[at..].chars().take(60).collect::<String>());
        let found: Vec<_> = found.filter(|it| !it.contains("www.w3.org")).collect();
        assert!(found.is_empty(), "the page must stand alone: {found:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_status_5() {
    for format in ["table", "json", "jsonl", "csv", "html"] {
        let output =
            run(gancho().arg("score").arg(demo()).args(["--format", format, "--output", "/dev/full"]));
        assert_eq!(status(&output), 5, "{format}: {}", stderr(&output));
        assert!(stderr(&output).contains("/dev/full"), "{}", stderr(&output));
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = run(gancho().arg("score").arg(demo()).args(["--format", "jsonl"]).stdout(full));
    assert_eq!(status(&output), 5, "{}", stderr(&output));
}

#[test]
fn a_folder_that_does_not_exist_is_status_5() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no/such/ranking.csv");
    let output = run(gancho().arg("score").arg(demo()).args(["--format", "csv", "--output"]).arg(&path));
    assert_eq!(status(&output), 5);
    assert!(stderr(&output).contains("ranking.csv"), "{}", stderr(&output));
}

/// `gancho … | head -1`: the reader leaves, gancho ends quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = gancho()
        .arg("score")
        .arg(demo())
        .args(["--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut [0]).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(!stderr(&output).contains("anic"), "{}", stderr(&output));
}

#[test]
fn quiet_says_nothing() {
    let output = run(gancho().arg("score").arg(demo()).args(["--format", "csv", "--quiet"]));
    assert_eq!(status(&output), 0);
    assert_eq!(stderr(&output), "");
}
