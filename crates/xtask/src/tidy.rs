//! The tidiness of the house: rules that no compiler checks.
//!
//! A failure names the file and the rule.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use fs_err as fs;
use gancho_hub::Weights;
use toml::{Table, Value};
use walkdir::{DirEntry, WalkDir};

/// Layers from the ground up; a crate may use only crates of earlier rows. Rows are as fine as the
/// design's "evidence, then scorer and preflight": each row may stand on every row above it.
const LAYERS: &[&[&str]] = &[
    &[
        "gancho-media",
        "gancho-copy",
        "gancho-grammar",
        "gancho-inference",
        "gancho-similarity",
        "gancho-boosting",
    ],
    &[
        "gancho-hub",
        "gancho-vision",
        "gancho-language",
        "gancho-headline",
        "gancho-backbone",
        "gancho-quality",
    ],
    &["gancho-library"],
    &["gancho-evidence", "gancho-writer"],
    &["gancho-scorer"],
    &["gancho-report"],
    &["gancho"],
    &["gancho-cli"],
    &["train-prior", "xtask"],
];

/// Crates that may not name a tensor library, or a crate that does.
const NO_TENSORS: &[&str] = &[
    "gancho-media",
    "gancho-copy",
    "gancho-boosting",
    "gancho-library",
    "gancho-scorer",
    "gancho-report",
    "gancho-hub",
];
const TENSOR_LIBRARIES: &[&str] = &["burn", "burn-store", "candle-core", "candle-nn", "candle-transformers"];

const MAX_LINES: usize = 800;
/// Largest file of weights: every clone carries each version of it for ever.
const MAX_BYTES: u64 = 30_000_000;

/// Checks every rule; prints nothing when all hold.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut faults = Vec::new();
    let manifests = manifests(root)?;
    ensure!(manifests.len() > 5, "found only {} crates below {}", manifests.len(), root.display());
    let map = fs::read_to_string(root.join("ARCHITECTURE.md"))?;
    for (path, manifest) in &manifests {
        let name = package_name(manifest).with_context(|| path.display().to_string())?;
        faults.extend(upward_dependencies(manifest)?);
        if !map.contains(&format!("`{name}`")) {
            faults.push(format!("ARCHITECTURE.md does not name `{name}`"));
        }
    }
    for path in sources(root) {
        let text = fs::read_to_string(&path)?;
        faults.extend(source_faults(&text).into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    faults.extend(weights_faults(root)?);
    faults.extend(dataset_faults(root)?);
    if !faults.is_empty() {
        bail!("tidy found {} faults:\n  {}", faults.len(), faults.join("\n  "));
    }
    Ok(())
}

fn manifests(root: &Path) -> Result<Vec<(PathBuf, Table)>> {
    files(root)
        .filter(|path| path.file_name().is_some_and(|it| it == "Cargo.toml") && path.parent() != Some(root))
        .map(|path| {
            let table = fs::read_to_string(&path)?.parse::<Table>()?;
            Ok((path, table))
        })
        .collect()
}

fn package_name(manifest: &Table) -> Result<&str> {
    manifest.get("package").and_then(|it| it.get("name")).and_then(Value::as_str).context("no package.name")
}

fn layer_of(name: &str) -> Result<usize> {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&name))
        .with_context(|| format!("give {name} a place in LAYERS (crates/xtask/src/tidy.rs)"))
}

/// Dependencies of one crate that do not lie below it. Development dependencies are free.
fn upward_dependencies(manifest: &Table) -> Result<Vec<String>> {
    let name = package_name(manifest)?;
    let layer = layer_of(name)?;
    let mut faults = Vec::new();
    for used in manifest.get("dependencies").and_then(Value::as_table).into_iter().flat_map(Table::keys) {
        if used.starts_with("gancho") && layer <= layer_of(used)? {
            faults.push(format!("{name} may not use {used}: it does not lie below"));
        }
        let tensors = TENSOR_LIBRARIES.contains(&used.as_str());
        if tensors && (NO_TENSORS.contains(&name) || layer > 1) {
            faults.push(format!("{name} may not name {used}: only gancho-inference and models/* do"));
        }
    }
    Ok(faults)
}

fn source_faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push("does not open with a `//!` line that says what it is".to_owned());
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        faults.push(format!("{lines} lines: more than {MAX_LINES}; it wants to be two files"));
    }
    if text.lines().any(|line| line.ends_with([' ', '\t'])) {
        faults.push("trailing blanks".to_owned());
    }
    faults
}

/// Every file of weights stands in the manifest with its size and hash, and nothing is too heavy.
fn weights_faults(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("weights");
    let weights = Weights::folder(&folder)?;
    let mut faults: Vec<String> = weights
        .verify()
        .into_iter()
        .filter_map(|(id, result)| result.err().map(|e| format!("{id}: {e}")))
        .collect();
    for path in files(&folder) {
        let Some(name) = path.file_name().and_then(|it| it.to_str()) else { continue };
        let text = name.ends_with(".md") || name == "manifest.toml";
        if !text && !weights.manifest().models.iter().any(|entry| entry.file == name) {
            faults.push(format!("weights/{name} does not stand in weights/manifest.toml"));
        }
        if fs::metadata(&path)?.len() > MAX_BYTES {
            faults.push(format!("weights/{name} is over {MAX_BYTES} bytes"));
        }
    }
    Ok(faults)
}

fn dataset_faults(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for entry in fs::read_dir(root.join("datasets"))? {
        let path = entry?.path();
        if path.is_dir() && !path.join("README.md").is_file() {
            faults.push(format!("{} has no README.md with its terms", path.display()));
        }
    }
    Ok(faults)
}

fn sources(root: &Path) -> impl Iterator<Item = PathBuf> {
    files(root).filter(|path| path.extension().is_some_and(|it| it == "rs"))
}

/// Files of the repository, build outputs and hidden folders left out.
fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let own = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || name == "target")
    };
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(own);
    walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).map(DirEntry::into_path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn manifest(name: &str, uses: &str) -> Table {
        format!("[package]\nname = \"{name}\"\n[dependencies]\n{uses}.workspace = true\n").parse().unwrap()
    }

    #[test]
    fn the_tree_is_tidy() {
        run(&crate::root().unwrap()).unwrap();
    }

    #[test]
    fn an_upward_dependency_is_named() {
        let faults = upward_dependencies(&manifest("gancho-media", "gancho-scorer")).unwrap();
        assert_eq!(faults, ["gancho-media may not use gancho-scorer: it does not lie below"]);
    }

    #[test]
    fn a_downward_dependency_is_fine() {
        assert!(upward_dependencies(&manifest("gancho-scorer", "gancho-media")).unwrap().is_empty());
    }

    #[test]
    fn tensors_stay_below() {
        let faults = upward_dependencies(&manifest("gancho-evidence", "burn")).unwrap();
        assert_eq!(faults, ["gancho-evidence may not name burn: only gancho-inference and models/* do"]);
        assert!(upward_dependencies(&manifest("gancho-vision", "burn")).unwrap().is_empty());
    }

    #[test]
    fn a_crate_without_a_place_is_an_error() {
        let error = upward_dependencies(&manifest("gancho-magic", "serde")).unwrap_err();
        assert!(error.to_string().contains("give gancho-magic a place"));
    }

    #[test]
    fn source_rules_see_what_they_should() {
        assert_eq!(source_faults("//! Fine.\nfn a() {}\n"), Vec::<String>::new());
        assert_eq!(source_faults("fn a() {} \n").len(), 2);
        assert_eq!(source_faults(&format!("//! Long.\n{}", "\n".repeat(900))).len(), 1);
    }
}
