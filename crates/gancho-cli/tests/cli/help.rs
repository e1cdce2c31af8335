//! Help, completions and the manual page.

use crate::program::{gancho, root, run, status, stderr, stdout};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["score"],
    &["see"],
    &["embed"],
    &["similar"],
    &["comments"],
    &["write"],
    &["train"],
    &["backtest"],
    &["import"],
    &["doctor"],
    &["models"],
    &["models", "drift"],
    &["models", "pull"],
    &["models", "remove"],
    &["completions"],
    &["man"],
];

#[test]
fn every_help_is_as_reviewed() {
    let mut all = String::new();
    for command in COMMANDS {
        // Longest form, at a width that does not depend on the terminal.
        let output = run(gancho().args(*command).arg("--help").env("COLUMNS", "100"));
        assert_eq!(status(&output), 0);
        all += &format!("$ gancho {} --help\n{}\n", command.join(" "), stdout(&output));
    }
    insta::assert_snapshot!("help", all);
}

#[test]
fn every_help_ends_with_examples_that_parse() {
    for command in COMMANDS {
        let help = stdout(&run(gancho().args(*command).arg("--help")));
        let (_, examples) = help.split_once("Examples:").unwrap_or_else(|| panic!("no examples: {help}"));
        let examples: Vec<_> =
            examples.lines().map(str::trim).filter(|it| it.starts_with("gancho ")).collect();
        assert!(examples.len() >= 2, "{help}");
        for example in examples {
            let words = example.split(['|', '>', '#']).next().unwrap();
            let words = words.split_whitespace().skip(1).map(|it| it.trim_matches('\''));
            // Missing inputs are fine here, wrong usage is not.
            let output = run(gancho().args(words).current_dir(root()).args(["--quiet"]));
            assert_ne!(status(&output), 2, "{example}: {}", stderr(&output));
            let _ = std::fs::remove_file(root().join("ranking.html"));
            let _ = std::fs::remove_file(root().join("ads.npy"));
            let _ = std::fs::remove_file(root().join("read.csv"));
            let _ = std::fs::remove_file(root().join("backtest.html"));
            let _ = std::fs::remove_file(root().join("cases.csv"));
            let _ = std::fs::remove_file(root().join("performance.csv"));
            let _ = std::fs::remove_file(root().join("variants.csv"));
        }
    }
}

#[test]
fn completions_and_manual_come_from_the_same_definitions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&run(gancho().args(["completions", shell])));
        assert!(script.contains("performance"), "{shell}");
    }
    let page = stdout(&run(gancho().arg("man")));
    assert!(page.contains(".TH gancho 1"), "{page}");
}
