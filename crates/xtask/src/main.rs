//! `cargo xtask`: everything about this repository that is not cargo itself.
//!
//! ```text
//! cargo xtask ci      what CI runs, cheapest first: format, tidy, clippy, tests, docs
//! cargo xtask tidy    layers, module docs, file sizes, manifest of weights, stray paths
//! ```

mod ci;
mod tidy;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let root = root()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ci"] => ci::run(&root),
        ["tidy"] => tidy::run(&root),
        _ => bail!("usage: cargo xtask ci | tidy"),
    }
}

/// The repository's root, two folders above this package.
fn root() -> Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).map(Path::to_path_buf).context("xtask lies in crates/xtask")
}
