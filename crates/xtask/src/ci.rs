//! What CI runs, cheapest first, with the time that each step took.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

/// Name and cargo arguments of each step. All share one profile and one target folder.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("tidy", &["xtask", "tidy"]),
    ("clippy", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
    ("test", &["test", "--workspace", "--locked"]),
    ("docs", &["doc", "--workspace", "--no-deps", "--locked"]),
];

/// Runs every step and stops at the first that fails.
#[expect(clippy::print_stderr, reason = "a development tool that talks to its terminal")]
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut times = Vec::new();
    for (name, arguments) in STEPS {
        eprintln!("== {name}: cargo {}", arguments.join(" "));
        let began = Instant::now();
        let status = Command::new(env!("CARGO"))
            .args(*arguments)
            .current_dir(root)
            .env("RUSTDOCFLAGS", "-D warnings")
            .status()?;
        if !status.success() {
            bail!("{name} failed ({status})");
        }
        times.push(format!("{name} {:.0} s", began.elapsed().as_secs_f64()));
    }
    eprintln!("== all passed: {}", times.join(", "));
    Ok(())
}
