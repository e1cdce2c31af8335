//! Models that were pulled, in the layout that all programs of Hugging Face share.
//!
//! A repository is a folder `models--owner--model` with `blobs` (the bytes), `snapshots/COMMIT`
//! (links to them by file name) and `refs` (commits by branch). Beside them lies one file of ours,
//! [`LOCK_FILE`]: the pinned commit, and size and SHA-256 of each file. What it does not name does
//! not load.

use std::ffi::OsString;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::weights::hex;
use crate::{HubError, ModelName};

/// The file in a repository's folder that pins what was pulled.
pub const LOCK_FILE: &str = "gancho-lock.json";
/// The configuration of a network.
pub const CONFIG_FILE: &str = "config.json";
/// The weights of a network.
pub const WEIGHTS_FILE: &str = "model.safetensors";
/// The weights of a network as `torch.save` writes them, for models that have no [`WEIGHTS_FILE`].
pub const PICKLE_FILE: &str = "pytorch_model.bin";

/// The folder of pulled models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubCache {
    folder: PathBuf,
}

/// A model that was pulled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    pub(crate) lock: Lock,
    snapshot: PathBuf,
}

/// Content of [`LOCK_FILE`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lock {
    /// `owner/model`.
    pub(crate) model: String,
    /// The commit.
    pub(crate) revision: String,
    /// The branch or tag by which it was asked for.
    pub(crate) requested: Option<String>,
    pub(crate) files: Vec<LockedFile>,
}

/// A file that was pulled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedFile {
    /// Its name in the repository.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl HubCache {
    /// The cache in this folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        // Links in it are made relative, which needs absolute ends.
        Self { folder: std::path::absolute(&folder).unwrap_or(folder) }
    }

    /// Where programs of Hugging Face look: `HF_HUB_CACHE`, else `hub` in `HF_HOME`, else
    /// `huggingface/hub` in `XDG_CACHE_HOME` or `~/.cache`. `variable` reads the environment.
    pub fn usual_folder(variable: &dyn Fn(&str) -> Option<OsString>, home: Option<&Path>) -> Option<PathBuf> {
        let set = |name: &str| variable(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        let caches = || set("XDG_CACHE_HOME").or_else(|| home.map(|it| it.join(".cache")));
        set("HF_HUB_CACHE")
            .or_else(|| set("HF_HOME").map(|it| it.join("hub")))
            .or_else(|| caches().map(|it| it.join("huggingface").join("hub")))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Finds a pulled model. Reads its lock file only, opens no socket.
    ///
    /// # Errors
    /// [`HubError::NotPulled`], [`HubError::OtherRevision`], or [`HubError::Unreadable`].
    pub fn open(&self, name: &ModelName) -> Result<Pulled, HubError> {
        let pulled = self
            .locked(&self.repository(name.id()))?
            .ok_or_else(|| HubError::NotPulled { model: name.to_string() })?;
        match name.revision() {
            Some(wanted) if !pulled.lock.answers_to(wanted) => Err(HubError::OtherRevision {
                model: name.id().to_owned(),
                wanted: wanted.to_owned(),
                found: pulled.lock.revision,
            }),
            _ => Ok(pulled),
        }
    }

    /// All pulled models by name; those whose lock file cannot be read with the reason.
    pub fn list(&self) -> Vec<Result<Pulled, HubError>> {
        let entries = fs_err::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = entries
            .filter(|it| it.file_name().to_string_lossy().starts_with("models--"))
            .map(|it| it.path())
            .collect();
        folders.sort();
        folders.iter().filter_map(|it| self.locked(it).transpose()).collect()
    }

    /// Removes what was pulled of a model and nothing else: files that other programs keep in the
    /// same repository stay. Returns the bytes that were freed.
    ///
    /// # Errors
    /// [`HubError::NotPulled`] when there is nothing, [`HubError::Unwritable`].
    pub fn remove(&self, name: &ModelName) -> Result<u64, HubError> {
        let repository = self.repository(name.id());
        if !repository.is_dir() {
            return Err(HubError::NotPulled { model: name.to_string() });
        }
        let _guard = self.guard(name.id())?;
        let mut freed = self.remove_unfinished(&repository)?;
        match self.locked(&repository) {
            Ok(None) if freed == 0 => return Err(HubError::NotPulled { model: name.to_string() }),
            Ok(None) => {}
            Ok(Some(pulled)) => {
                freed += self.discard(&pulled.lock)?;
                delete(&repository.join(LOCK_FILE))?;
            }
            // A lock file that says nothing: its repository cannot be told apart, so only it goes.
            Err(_) => delete(&repository.join(LOCK_FILE))?,
        }
        for folder in ["blobs", "snapshots", "refs", ""] {
            prune(&repository.join(folder));
        }
        Ok(freed)
    }

    /// The folder of a repository.
    pub(crate) fn repository(&self, id: &str) -> PathBuf {
        self.folder.join(format!("models--{}", id.replace('/', "--")))
    }

    /// The folder of a commit's files.
    pub(crate) fn snapshot(&self, id: &str, revision: &str) -> PathBuf {
        self.repository(id).join("snapshots").join(revision)
    }

    /// Waits until no other process changes this repository. Released when dropped.
    pub(crate) fn guard(&self, id: &str) -> Result<File, HubError> {
        let folder = self.folder.join(".locks").join(format!("models--{}", id.replace('/', "--")));
        let path = folder.join("gancho.lock");
        let open = || {
            fs_err::create_dir_all(&folder)?;
            let file = File::options().create(true).truncate(false).write(true).open(&path)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        };
        open().map_err(|error| unwritable(&path, &error))
    }

    /// Pins what was pulled; the pin appears whole or not at all.
    pub(crate) fn pin(&self, lock: &Lock) -> Result<Pulled, HubError> {
        let path = self.repository(&lock.model).join(LOCK_FILE);
        let draft = path.with_extension("draft");
        let mut text = serde_json::to_string_pretty(lock).map_err(|error| HubError::Unwritable {
            file: path.display().to_string(),
            detail: error.to_string(),
        })?;
        text.push('\n');
        fs_err::write(&draft, text)
            .and_then(|()| fs_err::rename(&draft, &path))
            .map_err(|error| unwritable(&path, &error))?;
        Ok(Pulled { lock: lock.clone(), snapshot: self.snapshot(&lock.model, &lock.revision) })
    }

    /// Deletes the files of a pin, with those of their bytes that no other commit uses.
    pub(crate) fn discard(&self, lock: &Lock) -> Result<u64, HubError> {
        let repository = self.repository(&lock.model);
        let snapshot = self.snapshot(&lock.model, &lock.revision);
        let mut freed = 0;
        for it in &lock.files {
            let pointer = snapshot.join(&it.file);
            let blob = fs_err::canonicalize(&pointer).ok();
            freed += if blob.is_some() { it.bytes } else { 0 };
            delete(&pointer)?;
            if let Some(blob) = blob
                && blob.exists()
                && !pointed_at(&repository.join("snapshots"), &blob)
            {
                delete(&blob)?;
            }
        }
        prune(&snapshot);
        if !snapshot.exists() {
            for reference in [Some(lock.revision.as_str()), lock.requested.as_deref()].into_iter().flatten() {
                let path = repository.join("refs").join(reference);
                if fs_err::read_to_string(&path).is_ok_and(|it| it.trim() == lock.revision) {
                    delete(&path)?;
                }
            }
        }
        Ok(freed)
    }

    /// Deletes what broken-off downloads left.
    fn remove_unfinished(&self, repository: &Path) -> Result<u64, HubError> {
        let mut freed = 0;
        let entries = fs_err::read_dir(repository.join("blobs")).into_iter().flatten().flatten();
        for path in entries.map(|it| it.path()) {
            if path.extension().is_some_and(|it| it == "part" || it == "lock") {
                freed += fs_err::metadata(&path).map_or(0, |it| it.len());
                delete(&path)?;
            }
        }
        Ok(freed)
    }

    /// What the lock file of a repository pins; nothing when there is none.
    fn locked(&self, repository: &Path) -> Result<Option<Pulled>, HubError> {
        let path = repository.join(LOCK_FILE);
        let unreadable = |detail: String| HubError::Unreadable { file: path.display().to_string(), detail };
        let text = match fs_err::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let lock: Lock = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        // Paths are built from these, and the file may have been edited.
        let plain = lock.files.iter().all(|it| is_plain(&it.file)) && is_plain(&lock.revision);
        let asked = lock.requested.as_deref().unwrap_or(&lock.revision);
        let named = format!("{}@{asked}", lock.model).parse::<ModelName>().is_ok();
        let belongs = named && self.repository(&lock.model) == *repository;
        if !plain || !belongs {
            return Err(unreadable("it does not describe this folder".to_owned()));
        }
        let snapshot = self.snapshot(&lock.model, &lock.revision);
        Ok(Some(Pulled { lock, snapshot }))
    }
}

impl Lock {
    /// Whether this is what a person means by a revision.
    pub(crate) fn answers_to(&self, revision: &str) -> bool {
        self.revision == revision || self.requested.as_deref() == Some(revision)
    }
}

impl Pulled {
    /// `owner/model`.
    pub fn id(&self) -> &str {
        &self.lock.model
    }

    /// The pinned commit.
    pub fn revision(&self) -> &str {
        &self.lock.revision
    }

    /// Its files.
    pub fn files(&self) -> &[LockedFile] {
        &self.lock.files
    }

    /// Size of all files, in bytes.
    pub fn bytes(&self) -> u64 {
        self.lock.files.iter().map(|it| it.bytes).sum()
    }

    /// The SHA-256 of the weights.
    pub fn sha256(&self) -> &str {
        let weights = |it: &&LockedFile| it.file == WEIGHTS_FILE || it.file == PICKLE_FILE;
        self.lock.files.iter().find(weights).map_or("", |it| &it.sha256)
    }

    /// Whether a file of this name was pulled.
    pub fn has(&self, file: &str) -> bool {
        self.lock.files.iter().any(|it| it.file == file)
    }

    /// Hands out a file after its size and SHA-256 were found to be those of the pull.
    ///
    /// # Errors
    /// [`HubError::LacksFile`], [`HubError::FileGone`], [`HubError::WrongSize`],
    /// [`HubError::WrongHash`], [`HubError::Unreadable`].
    pub fn read(&self, file: &str) -> Result<Vec<u8>, HubError> {
        let lacks = || HubError::LacksFile { model: self.lock.model.clone(), file: file.to_owned() };
        let locked = self.lock.files.iter().find(|it| it.file == file).ok_or_else(lacks)?;
        let path = self.snapshot.join(file);
        let unreadable = |error: std::io::Error| HubError::Unreadable {
            file: path.display().to_string(),
            detail: error.to_string(),
        };
        let size = match fs_err::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err(HubError::FileGone {
                    model: self.lock.model.clone(),
                    file: file.to_owned(),
                    place: self.snapshot.display().to_string(),
                });
            }
            Err(error) => return Err(unreadable(error)),
        };
        // The size first: a file of the wrong size is not read at all, however large it is.
        locked.check_size(&self.lock.model, size)?;
        let bytes = fs_err::read(&path).map_err(unreadable)?;
        locked.check_size(&self.lock.model, bytes.len() as u64)?;
        locked.check_hash(&self.lock.model, &hex(&Sha256::digest(&bytes)))?;
        Ok(bytes)
    }

    /// Where a file lies, after it was checked as [`Pulled::read`] checks it.
    ///
    /// # Errors
    /// As [`Pulled::read`].
    pub fn path(&self, file: &str) -> Result<PathBuf, HubError> {
        self.read(file)?;
        Ok(self.snapshot.join(file))
    }

    /// Checks every file.
    ///
    /// # Errors
    /// The first fault, as [`Pulled::read`] gives it.
    pub fn verify(&self) -> Result<(), HubError> {
        self.lock.files.iter().try_for_each(|it| self.read(&it.file).map(drop))
    }
}

impl LockedFile {
    pub(crate) fn check_size(&self, model: &str, found: u64) -> Result<(), HubError> {
        if found == self.bytes {
            return Ok(());
        }
        let (model, file) = (model.to_owned(), self.file.clone());
        Err(HubError::WrongSize { model, file, expected: self.bytes, found })
    }

    pub(crate) fn check_hash(&self, model: &str, found: &str) -> Result<(), HubError> {
        if found == self.sha256 {
            return Ok(());
        }
        let (model, file, expected) = (model.to_owned(), self.file.clone(), self.sha256.clone());
        Err(HubError::WrongHash { model, file, expected, found: found.to_owned() })
    }
}

/// A name that stays in its folder.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':'])
}

pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> HubError {
    HubError::Unwritable { file: path.display().to_string(), detail: error.to_string() }
}

/// Deletes a file or a link; it is no fault when there is none.
pub(crate) fn delete(path: &Path) -> Result<(), HubError> {
    match fs_err::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Removes empty folders from the leaves up; folders that hold something stay.
fn prune(folder: &Path) {
    for entry in fs_err::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            prune(&entry.path());
        }
    }
    let _ = fs_err::remove_dir(folder);
}

/// Whether any commit has a link to these bytes.
fn pointed_at(snapshots: &Path, blob: &Path) -> bool {
    fs_err::read_dir(snapshots).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => pointed_at(&path, blob),
            _ => fs_err::canonicalize(&path).is_ok_and(|it| it == *blob),
        }
    })
}
