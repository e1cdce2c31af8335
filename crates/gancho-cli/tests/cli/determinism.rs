//! Same in, same out: threads, batch and cache do not change a byte.

use crate::program::{demo, gancho, run, status, stderr, stdout};

/// Everything but the manifest's seconds and count of cached pictures, which are about the run.
fn comparable(output: &std::process::Output) -> String {
    assert_eq!(status(output), 0, "{}", stderr(output));
    let text = stdout(output);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut manifest: serde_json::Value = serde_json::from_str(&lines.pop().unwrap()).unwrap();
    manifest["seconds"] = 0.into();
    manifest["counts"]["cached"] = 0.into();
    lines.push(manifest.to_string());
    lines.join("\n")
}

#[test]
fn threads_batch_and_cache_do_not_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let score =
        |flags: &[&str]| run(gancho().arg("score").arg(demo()).args(["--format", "jsonl"]).args(flags));
    let cache = folder.path().to_str().unwrap();
    let reference = comparable(&score(&["--threads", "1", "--batch", "1"]));
    assert!(reference.lines().count() >= 25);
    for flags in [
        ["--threads", "2", "--batch", "8", "--cache", "off"],
        ["--threads", "2", "--batch", "1", "--cache", cache],
        ["--threads", "1", "--batch", "8", "--cache", cache],
    ] {
        assert!(comparable(&score(&flags)) == reference, "{flags:?} changed the result");
    }
}
