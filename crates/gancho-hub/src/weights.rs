//! A set of weights, inside the program or in a folder.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{Entry, Manifest, WeightsError, shipped};

/// Upper limit for a model card or a manifest, in bytes: these are pages, not books.
const MAX_TEXT_BYTES: u64 = 1 << 20;

/// A set of trained files with its manifest.
#[derive(Debug, Clone)]
pub struct Weights {
    manifest: Manifest,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Shipped,
    Folder(PathBuf),
}

/// A trained file whose size and SHA-256 are the manifest's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'a> {
    /// The whole file.
    pub bytes: Cow<'a, [u8]>,
    /// Its entry in the manifest.
    pub entry: &'a Entry,
}

impl Weights {
    /// The weights inside the program.
    pub fn shipped() -> Self {
        let manifest = Manifest::parse(shipped::MANIFEST, "weights/manifest.toml")
            .expect("a test reads the shipped manifest on every build");
        Self { manifest, place: Place::Shipped }
    }

    /// The weights of a folder that holds a `manifest.toml`. The files are read when loaded.
    ///
    /// # Errors
    /// [`WeightsError::Unreadable`] when the manifest cannot be read, [`WeightsError::BadManifest`]
    /// when it cannot be understood.
    pub fn folder(folder: impl AsRef<Path>) -> Result<Self, WeightsError> {
        let folder = folder.as_ref();
        let path = folder.join("manifest.toml");
        let file = path.display().to_string();
        let text =
            read_text(&path).map_err(|detail| WeightsError::Unreadable { file: file.clone(), detail })?;
        Ok(Self { manifest: Manifest::parse(&text, &file)?, place: Place::Folder(folder.to_owned()) })
    }

    /// What this set of weights consists of.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All entries, in the manifest's order.
    pub fn list(&self) -> &[Entry] {
        &self.manifest.models
    }

    /// Where the files lie, in words for a person.
    pub fn place(&self) -> String {
        match &self.place {
            Place::Shipped => "the shipped weights".to_owned(),
            Place::Folder(folder) => folder.display().to_string(),
        }
    }

    /// Hands out a trained file after its size and SHA-256 were found to be the manifest's.
    ///
    /// # Errors
    /// Every variant of [`WeightsError`] but [`WeightsError::BadManifest`].
    pub fn load(&self, id: &str) -> Result<Verified<'_>, WeightsError> {
        let entry = self.entry(id)?;
        let bytes = self.read(entry)?;
        if bytes.len() as u64 != entry.bytes {
            return Err(wrong_size(entry, bytes.len() as u64));
        }
        let found = hex(&Sha256::digest(&bytes));
        if found != entry.sha256 {
            return Err(WeightsError::WrongHash {
                id: entry.id.clone(),
                file: entry.file.clone(),
                expected: entry.sha256.clone(),
                found,
            });
        }
        Ok(Verified { bytes, entry })
    }

    /// Checks every file against the manifest: the model's name, and what is wrong with it.
    pub fn verify(&self) -> Vec<(String, Result<(), WeightsError>)> {
        self.list().iter().map(|it| (it.id.clone(), self.load(&it.id).map(drop))).collect()
    }

    /// The card of a model, in Markdown.
    ///
    /// # Errors
    /// [`WeightsError::UnknownModel`], [`WeightsError::MissingFile`], [`WeightsError::Unreadable`].
    pub fn card(&self, id: &str) -> Result<Cow<'_, str>, WeightsError> {
        let entry = self.entry(id)?;
        let file = &entry.card;
        let unreadable = |detail: String| WeightsError::Unreadable { file: file.clone(), detail };
        match &self.place {
            Place::Shipped => {
                let bytes = embedded(file).ok_or_else(|| self.missing(entry, file))?;
                std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| unreadable(error.to_string()))
            }
            Place::Folder(folder) => {
                let path = folder.join(file);
                if !path.is_file() {
                    return Err(self.missing(entry, file));
                }
                read_text(&path).map(Cow::Owned).map_err(unreadable)
            }
        }
    }

    /// What the manifest says of a model; nothing is read.
    ///
    /// # Errors
    /// [`WeightsError::UnknownModel`].
    pub fn entry(&self, id: &str) -> Result<&Entry, WeightsError> {
        self.manifest.entry(id).ok_or_else(|| WeightsError::UnknownModel {
            id: id.to_owned(),
            nearest: self.manifest.nearest(id).unwrap_or_default().to_owned(),
            place: self.place(),
        })
    }

    fn read(&self, entry: &Entry) -> Result<Cow<'_, [u8]>, WeightsError> {
        let folder = match &self.place {
            Place::Shipped => {
                let bytes = embedded(&entry.file).ok_or_else(|| self.missing(entry, &entry.file))?;
                return Ok(Cow::Borrowed(bytes));
            }
            Place::Folder(folder) => folder,
        };
        let path = folder.join(&entry.file);
        let unreadable = |error: std::io::Error| WeightsError::Unreadable {
            file: path.display().to_string(),
            detail: error.to_string(),
        };
        if !path.is_file() {
            return Err(self.missing(entry, &entry.file));
        }
        // The size first: a file of the wrong size is not read at all, however large it is.
        let found = fs_err::metadata(&path).map_err(unreadable)?.len();
        if found != entry.bytes {
            return Err(wrong_size(entry, found));
        }
        fs_err::read(&path).map(Cow::Owned).map_err(unreadable)
    }

    fn missing(&self, entry: &Entry, file: &str) -> WeightsError {
        WeightsError::MissingFile { id: entry.id.clone(), file: file.to_owned(), place: self.place() }
    }
}

fn embedded(file: &str) -> Option<&'static [u8]> {
    shipped::FILES.iter().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes)
}

fn wrong_size(entry: &Entry, found: u64) -> WeightsError {
    WeightsError::WrongSize { id: entry.id.clone(), file: entry.file.clone(), expected: entry.bytes, found }
}

fn read_text(path: &Path) -> Result<String, String> {
    let size = fs_err::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MAX_TEXT_BYTES {
        return Err(format!("{size} bytes are too many for a page of text"));
    }
    fs_err::read_to_string(path).map_err(|error| error.to_string())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn folder_with(content: Option<&[u8]>) -> (tempfile::TempDir, Weights) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let manifest = format!(
            "[[models]]\nid = \"vision\"\nversion = \"1\"\nfile = \"v.bin\"\nbytes = 3\nsha256 = \"{ABC}\"\n\
             architecture = \"a\"\nlicense = \"MIT\"\ncard = \"v.md\"\n\
             produced_by = {{ program = \"p\", commit = \"c\", data = \"d\" }}\n"
        );
        fs_err::write(folder.path().join("manifest.toml"), manifest).expect("writable");
        fs_err::write(folder.path().join("v.md"), "# Vision\n").expect("writable");
        if let Some(content) = content {
            fs_err::write(folder.path().join("v.bin"), content).expect("writable");
        }
        let weights = Weights::folder(folder.path()).expect("a valid manifest");
        (folder, weights)
    }

    #[test]
    fn a_file_that_is_what_the_manifest_says_is_handed_out() {
        let (_folder, weights) = folder_with(Some(b"abc"));
        let verified = weights.load("vision").expect("intact");
        assert_eq!((&*verified.bytes, verified.entry.version.as_str()), (&b"abc"[..], "1"));
        assert_eq!(weights.verify(), [("vision".to_owned(), Ok(()))]);
        assert_eq!(weights.card("vision").expect("a card"), "# Vision\n");
        assert_eq!(weights.list().len(), 1);
    }

    #[test]
    fn one_changed_byte_is_refused_with_both_hashes() {
        let (_folder, weights) = folder_with(Some(b"abd"));
        let Err(WeightsError::WrongHash { expected, found, .. }) = weights.load("vision") else {
            panic!("a damaged file was handed out");
        };
        assert_eq!(expected, ABC);
        assert_ne!(found, ABC);
    }

    #[test]
    fn another_size_is_refused_before_reading() {
        let (_folder, weights) = folder_with(Some(b"abcd"));
        let error = weights.load("vision").expect_err("one byte too many");
        assert_eq!(
            error,
            WeightsError::WrongSize { id: "vision".into(), file: "v.bin".into(), expected: 3, found: 4 }
        );
    }

    #[test]
    fn a_missing_file_and_an_unknown_model_are_told_apart() {
        let (_folder, weights) = folder_with(None);
        assert!(matches!(weights.load("vision"), Err(WeightsError::MissingFile { .. })));
        assert!(matches!(&weights.verify()[0].1, Err(WeightsError::MissingFile { .. })));
        let Err(WeightsError::UnknownModel { nearest, .. }) = weights.load("vison") else {
            panic!("no such model");
        };
        assert_eq!(nearest, "vision");
        assert!(matches!(weights.card("vison"), Err(WeightsError::UnknownModel { .. })));
    }

    #[test]
    fn a_folder_without_a_manifest_says_so() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = Weights::folder(folder.path()).expect_err("no manifest");
        assert!(
            matches!(&error, WeightsError::Unreadable { file, .. } if file.ends_with("manifest.toml")),
            "{error}"
        );
    }

    #[test]
    fn the_shipped_weights_can_always_be_listed() {
        let weights = Weights::shipped();
        assert_eq!(weights.list().len(), weights.verify().len());
        assert!(matches!(weights.load("no such model"), Err(WeightsError::UnknownModel { .. })));
    }
}
