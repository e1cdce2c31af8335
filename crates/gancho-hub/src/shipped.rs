//! The weights inside the program.
//!
//! Each file of `weights/` that the manifest names stands here once. Sources: `weights/` at the
//! root of the repository.

/// The shipped manifest.
pub(crate) const MANIFEST: &str = include_str!("../../../weights/manifest.toml");

/// Trained files and model cards, by the name that the manifest gives them.
pub(crate) const FILES: &[(&str, &[u8])] = &[
    ("vision.safetensors", include_bytes!("../../../weights/vision.safetensors")),
    ("vision.md", include_bytes!("../../../weights/vision.md")),
    ("headline-upworthy.safetensors", include_bytes!("../../../weights/headline-upworthy.safetensors")),
    ("headline-upworthy.md", include_bytes!("../../../weights/headline-upworthy.md")),
    ("headline-meaning.safetensors", include_bytes!("../../../weights/headline-meaning.safetensors")),
    ("headline-meaning.md", include_bytes!("../../../weights/headline-meaning.md")),
    ("prior-upworthy.json", include_bytes!("../../../weights/prior-upworthy.json")),
    ("prior-upworthy.md", include_bytes!("../../../weights/prior-upworthy.md")),
    ("quality.safetensors", include_bytes!("../../../weights/quality.safetensors")),
    ("quality.md", include_bytes!("../../../weights/quality.md")),
    ("language.safetensors", include_bytes!("../../../weights/language.safetensors")),
    ("language.tokenizer.json", include_bytes!("../../../weights/language.tokenizer.json")),
    ("language.md", include_bytes!("../../../weights/language.md")),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Manifest, Weights};

    #[test]
    fn the_table_and_the_manifest_name_the_same_files() {
        let manifest = Manifest::parse(MANIFEST, "weights/manifest.toml").expect("the shipped manifest");
        let named: BTreeSet<&str> =
            manifest.models.iter().flat_map(|it| [it.file.as_str(), it.card.as_str()]).collect();
        let embedded: BTreeSet<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(embedded, named, "FILES in shipped.rs must hold what weights/manifest.toml names");
    }

    #[test]
    fn every_shipped_file_is_what_the_manifest_says() {
        let weights = Weights::shipped();
        for (id, result) in weights.verify() {
            assert_eq!(result, Ok(()), "{id}");
            assert!(weights.card(&id).is_ok_and(|it| !it.trim().is_empty()), "{id} has no card");
        }
    }
}
