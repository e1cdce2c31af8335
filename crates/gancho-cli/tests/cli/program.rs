//! Runs the program in a folder of its own, without the person's settings.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

/// The demo library.
pub(crate) fn demo() -> PathBuf {
    root().join("datasets/demo")
}

/// A file or folder of the corpus of bad input.
pub(crate) fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

/// The folder of evaluation data, when there is one; says so when there is not.
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GANCHO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let found = folder.join(what);
    if !found.exists() {
        eprintln!("left out: no {what} in the folder of evaluation data");
        return None;
    }
    Some(found)
}

/// `gancho` with a fixed language, on the CPU, without a cache and without `GANCHO_*`.
pub(crate) fn gancho() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gancho"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GANCHO_") {
            command.env_remove(name);
        }
    }
    command
        .env("GANCHO_LANG", "en")
        .env("GANCHO_DEVICE", "cpu")
        .env("GANCHO_CACHE", "off")
        // Not what the person has pulled, and nothing is ever asked from a real hub.
        .env("HF_HUB_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-such-hub"))
        .env("HF_HUB_OFFLINE", "1")
        .env("NO_COLOR", "1");
    command
}

/// Runs to the end.
pub(crate) fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

/// Exit status.
pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// `score … --format jsonl`, which must succeed: all records.
pub(crate) fn scored(inputs: &[&Path], flags: &[&str]) -> Vec<Value> {
    let output = run(gancho().arg("score").args(inputs).args(["--format", "jsonl"]).args(flags));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    records(&stdout(&output))
}

pub(crate) fn records(jsonl: &str) -> Vec<Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Records of one schema, such as `gancho.score/1`.
pub(crate) fn of_schema<'a>(records: &'a [Value], schema: &str) -> Vec<&'a Value> {
    records.iter().filter(|it| it["schema"] == schema).collect()
}

/// The pairs of path and reason of everything quarantined, sorted.
pub(crate) fn quarantined(records: &[Value]) -> Vec<(String, String)> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let mut found: Vec<_> = of_schema(records, "gancho.quarantine/1")
        .into_iter()
        .map(|it| (text(&it["path"]), text(&it["reason"])))
        .collect();
    found.sort();
    found
}
