//! Downloading. The only code of the product that opens a socket, and only when a person asks.

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use hf_hub::api::RepoInfo;
use hf_hub::api::sync::{Api, ApiBuilder, ApiError, ApiRepo, Metadata};
use hf_hub::{Cache, Repo, RepoType};
use sha2::{Digest, Sha256};

use crate::cache::{CONFIG_FILE, Lock, PICKLE_FILE, WEIGHTS_FILE, delete, is_plain, unwritable};
use crate::weights::hex;
use crate::{HubCache, HubError, LockedFile, ModelName, Pulled};

/// Files of a model that are pulled where the repository has them.
const OPTIONAL_FILES: &[&str] =
    &["preprocessor_config.json", "tokenizer.json", "vocab.json", "merges.txt", "sentencepiece.bpe.model"];
/// Pauses before a broken-off download is tried again. The hub's client has retries of its own,
/// but forgets how long a resumed file is when the first of them fails.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1_000)];

/// The hub that models are pulled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// Its address, `https://huggingface.co` by default.
    pub endpoint: String,
    /// What it is asked with; without, the token that other programs of Hugging Face left.
    pub token: Option<String>,
    /// Refuse to ask.
    pub offline: bool,
}

impl Default for Hub {
    fn default() -> Self {
        Self { endpoint: "https://huggingface.co".to_owned(), token: None, offline: false }
    }
}

/// Is told how a download goes on.
pub trait Download {
    /// A file begins or goes on; `bytes` is its whole size.
    fn begin(&mut self, file: &str, bytes: u64);
    /// So many more bytes are on disk.
    fn advance(&mut self, bytes: u64);
}

impl Hub {
    /// Downloads a model into the cache and pins it: `config.json`, the weights (`model.safetensors`, or
    /// `pytorch_model.bin` where that is missing), and what prepares pictures and text, all of one commit. Files that are there
    /// already are not downloaded again, broken-off ones go on where they stopped. Waits while
    /// another process pulls the same model.
    ///
    /// # Errors
    /// [`HubError`]; what was downloaded so far stays for the next try.
    pub fn pull(
        &self,
        cache: &HubCache,
        name: &ModelName,
        watch: &mut dyn Download,
    ) -> Result<Pulled, HubError> {
        if self.offline {
            return Err(HubError::Offline { model: name.to_string() });
        }
        let pull = Pull { hub: self, cache, name, api: self.api(cache)? };
        let commit = pull.commit()?;
        let _guard = cache.guard(name.id())?;
        let known = cache.open(name).ok().filter(|it| it.revision() == commit.sha);
        let mut files = Vec::new();
        for file in pull.wanted(&commit)? {
            let sound = known.as_ref().filter(|it| it.read(file).is_ok());
            let locked = sound.and_then(|it| it.files().iter().find(|it| it.file == file).cloned());
            files.push(match locked {
                Some(locked) => locked,
                None => pull.fetch(file, &commit.sha, watch)?,
            });
        }
        pull.pin(&commit, files)
    }

    fn api(&self, cache: &HubCache) -> Result<Api, HubError> {
        let store = Cache::new(cache.folder().to_owned());
        let token = self.token.clone().or_else(|| store.token());
        ApiBuilder::from_cache(store)
            .with_progress(false)
            .with_retries(0)
            .with_endpoint(self.endpoint.trim_end_matches('/').to_owned())
            .with_token(token)
            .with_user_agent("gancho", env!("CARGO_PKG_VERSION"))
            .build()
            .map_err(|error| self.unreachable(&error))
    }

    fn unreachable(&self, error: &ApiError) -> HubError {
        HubError::Unreachable { endpoint: self.endpoint.clone(), detail: error.to_string() }
    }

    fn bad_answer(&self, detail: &str) -> HubError {
        HubError::BadAnswer { endpoint: self.endpoint.clone(), detail: detail.to_owned() }
    }
}

/// One pull under way.
struct Pull<'a> {
    hub: &'a Hub,
    cache: &'a HubCache,
    name: &'a ModelName,
    api: Api,
}

impl Pull<'_> {
    /// Asks which commit is meant, and what files it has.
    fn commit(&self) -> Result<RepoInfo, HubError> {
        let revision = self.name.revision().unwrap_or("main");
        let repository = self.repository(revision);
        let info = again(|| repository.info()).map_err(|error| self.refusal(&error))?;
        let hexadecimal = info.sha.bytes().all(|it| it.is_ascii_hexdigit());
        if info.sha.len() < 7 || !hexadecimal {
            return Err(self.hub.bad_answer(&format!("`{}` is no commit", info.sha)));
        }
        Ok(info)
    }

    /// The files to pull.
    fn wanted(&self, commit: &RepoInfo) -> Result<Vec<&'static str>, HubError> {
        let has = |file: &str| commit.siblings.iter().any(|it| it.rfilename == file);
        // A pickle is parsed and never executed, but safetensors is the better format where both are there.
        let weights = if !has(WEIGHTS_FILE) && has(PICKLE_FILE) { PICKLE_FILE } else { WEIGHTS_FILE };
        let needed = [CONFIG_FILE, weights];
        if let Some(file) = needed.iter().find(|it| !has(it)) {
            let (model, file) = (self.name.to_string(), (*file).to_owned());
            return Err(HubError::LacksFile { model, file });
        }
        let optional = OPTIONAL_FILES.iter().filter(|it| has(it));
        Ok(needed.iter().chain(optional).copied().collect())
    }

    /// Gets one file of a commit into the cache, checked as far as the hub says what it must be.
    fn fetch(&self, file: &str, commit: &str, watch: &mut dyn Download) -> Result<LockedFile, HubError> {
        let repository = self.repository(commit);
        let url = repository.url(file);
        let metadata = again(|| self.api.metadata(&url)).map_err(|error| self.refusal(&error))?;
        // Both become names of files.
        if !is_plain(metadata.etag()) || metadata.commit_hash() != commit {
            return Err(self.hub.bad_answer(&format!("`{file}` is of another commit or has no hash")));
        }
        let pointer = self.cache.snapshot(self.name.id(), commit).join(file);
        if let Ok(there) = self.measure(file, &pointer)
            && is_what_the_hub_says(&there, &metadata)
        {
            return Ok(there);
        }
        self.make_room(&pointer, &metadata)?;
        again(|| repository.download_with_progress(file, Forward(&mut *watch)))
            .map_err(|error| self.interruption(file, &error))?;
        let found = self.measure(file, &pointer).map_err(|error| unwritable(&pointer, &error))?;
        self.check(found, &metadata).inspect_err(|_| {
            // What is wrong must not be taken for right by the next pull, nor by another program.
            let _ = fs_err::canonicalize(&pointer).map(|blob| delete(&blob));
            let _ = delete(&pointer);
        })
    }

    /// Clears what a broken-off or damaged download left in the way.
    fn make_room(&self, pointer: &Path, metadata: &Metadata) -> Result<(), HubError> {
        let blobs = self.cache.repository(self.name.id()).join("blobs");
        fs_err::create_dir_all(&blobs).map_err(|error| unwritable(&blobs, &error))?;
        let part: PathBuf = blobs.join(metadata.etag()).with_extension("part");
        // A part as long as the whole would be asked for from its end on, which the hub refuses.
        if fs_err::metadata(&part).is_ok_and(|it| it.len() >= metadata.size() as u64) {
            delete(&part)?;
        }
        delete(pointer)
    }

    fn check(&self, found: LockedFile, metadata: &Metadata) -> Result<LockedFile, HubError> {
        let said = LockedFile {
            file: found.file.clone(),
            bytes: metadata.size() as u64,
            sha256: sha256_of(metadata).unwrap_or(&found.sha256).to_owned(),
        };
        said.check_size(self.name.id(), found.bytes)?;
        said.check_hash(self.name.id(), &found.sha256)?;
        Ok(found)
    }

    fn measure(&self, file: &str, path: &Path) -> std::io::Result<LockedFile> {
        let mut hasher = Sha256::new();
        let mut source = fs_err::File::open(path)?;
        let (mut buffer, mut bytes) = (vec![0; 1 << 16], 0);
        loop {
            let count = source.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            bytes += count as u64;
        }
        Ok(LockedFile { file: file.to_owned(), bytes, sha256: hex(&hasher.finalize()) })
    }

    /// Writes the lock file, and lets go of what another commit had pinned.
    fn pin(&self, commit: &RepoInfo, files: Vec<LockedFile>) -> Result<Pulled, HubError> {
        let requested = self.name.revision().unwrap_or("main");
        let named = (requested != commit.sha).then(|| requested.to_owned());
        if named.is_some() {
            // So that other programs, offline, find the branch too.
            let store = Cache::new(self.cache.folder().to_owned()).repo(self.repo(requested));
            let path = self.cache.repository(self.name.id()).join("refs").join(requested);
            store.create_ref(&commit.sha).map_err(|error| unwritable(&path, &error))?;
        }
        let plain: ModelName = self.name.id().parse()?;
        let before = self.cache.open(&plain).ok().filter(|it| it.revision() != commit.sha);
        let lock =
            Lock { model: self.name.id().to_owned(), revision: commit.sha.clone(), requested: named, files };
        let pulled = self.cache.pin(&lock)?;
        if let Some(before) = before {
            self.cache.discard(&before.lock)?;
        }
        Ok(pulled)
    }

    fn repo(&self, revision: &str) -> Repo {
        Repo::with_revision(self.name.id().to_owned(), RepoType::Model, revision.to_owned())
    }

    fn repository(&self, revision: &str) -> ApiRepo {
        self.api.repo(self.repo(revision))
    }

    /// Why the hub did not answer, or what it answered.
    fn refusal(&self, error: &ApiError) -> HubError {
        let (model, endpoint) = (self.name.to_string(), self.hub.endpoint.clone());
        match (status_of(error), error) {
            (Some(404), _) => HubError::NoSuchModel { model, endpoint },
            (Some(status @ (401 | 403)), _) => HubError::Refused { model, endpoint, status },
            (Some(_), _) => self.hub.bad_answer(&error.to_string()),
            (None, ApiError::RequestError(_) | ApiError::IoError(_)) => self.hub.unreachable(error),
            (None, _) => self.hub.bad_answer(&error.to_string()),
        }
    }

    /// Why a download stopped.
    fn interruption(&self, file: &str, error: &ApiError) -> HubError {
        use ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error {
            ApiError::IoError(io)
                if matches!(
                    io.kind(),
                    PermissionDenied | QuotaExceeded | ReadOnlyFilesystem | StorageFull
                ) =>
            {
                unwritable(self.cache.folder(), io)
            }
            _ if matches!(status_of(error), Some(401 | 403 | 404)) => self.refusal(error),
            _ => HubError::BrokenOff {
                model: self.name.to_string(),
                file: file.to_owned(),
                detail: error.to_string(),
            },
        }
    }
}

/// Tries once more after each of the [`PAUSES`], unless the hub has said no.
fn again<T>(mut attempt: impl FnMut() -> Result<T, ApiError>) -> Result<T, ApiError> {
    for pause in PAUSES {
        match attempt() {
            Err(error) if status_of(&error).is_none_or(|it| it >= 500) => std::thread::sleep(pause),
            settled => return settled,
        }
    }
    attempt()
}

/// The HTTP status in an error. Its client's type is not ours to name, so it is read from the
/// words; a test through the client keeps them.
fn status_of(error: &ApiError) -> Option<u16> {
    let ApiError::RequestError(inner) = error else { return None };
    inner.to_string().strip_prefix("http status: ")?.parse().ok()
}

/// The SHA-256 that the hub states: its mark of a large file. Small files have git's hash instead.
fn sha256_of(metadata: &Metadata) -> Option<&str> {
    let mark = metadata.etag();
    (mark.len() == 64 && mark.bytes().all(|it| it.is_ascii_hexdigit())).then_some(mark)
}

/// True only where the hub states a SHA-256 to compare with.
fn is_what_the_hub_says(found: &LockedFile, metadata: &Metadata) -> bool {
    sha256_of(metadata).is_some_and(|it| it == found.sha256)
}

/// Passes progress on in our terms.
struct Forward<'a>(&'a mut dyn Download);

impl hf_hub::api::Progress for Forward<'_> {
    fn init(&mut self, size: usize, filename: &str) {
        self.0.begin(filename, size as u64);
    }
    fn update(&mut self, size: usize) {
        self.0.advance(size as u64);
    }
    fn finish(&mut self) {}
}
