//! The evidence cache: SQLite in WAL mode, shared by processes, never trusted blindly.
//!
//! One table, `picture(content_key, producer) -> value`, where `producer` names the measures' version, the
//! model and the backend. A value is MessagePack (floats keep every bit, which JSON would not promise)
//! followed by the first eight bytes of its own BLAKE3: a damaged row is computed again, a damaged file
//! is moved aside and a new one begun.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{EvidenceError, PictureEvidence};

/// `PRAGMA application_id` of a cache file: "gnch".
const APPLICATION_ID: i32 = 0x676e_6368;
/// `PRAGMA user_version`: a file of another layout is set aside like a damaged one.
const LAYOUT: i32 = 1;
const CHECKSUM_LEN: usize = 8;
const FILE_NAME: &str = "evidence.sqlite";
/// A transaction holds at most this many values, or this much time.
const COMMIT_VALUES: usize = 64;
const COMMIT_AFTER: Duration = Duration::from_secs(1);

/// The cache cannot be used at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum CacheError {
    /// The folder or the file cannot be opened or written.
    #[error(
        "the cache `{path}` cannot be used: {detail}; choose another folder with --cache, or --cache off"
    )]
    Unusable {
        /// The file.
        path: String,
        /// What SQLite or the system said.
        detail: String,
    },
}

impl CacheError {
    /// The codes of all variants.
    pub const CODES: &[&str] = &["unusable"];
}

/// Something the reader should know about the cache; the run went on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum CacheNote {
    /// The file was damaged or of another layout, was moved aside, and a new one was begun.
    SetAside {
        /// The cache file.
        path: String,
        /// Where the old one lies now.
        moved_to: String,
        /// What was wrong with it.
        detail: String,
    },
}

impl CacheNote {
    /// The codes of all variants.
    pub const CODES: &[&str] = &["set-aside"];
}

/// A value that the cache keeps.
pub(crate) trait Cached: Serialize + DeserializeOwned {
    /// BLAKE3 of the picture file's bytes, hexadecimal.
    fn content_key(&self) -> &str;
}

impl Cached for PictureEvidence {
    fn content_key(&self) -> &str {
        &self.content_key
    }
}

/// New values on their way to the cache, so that a transaction holds several.
pub(crate) struct Unwritten<T> {
    values: Vec<T>,
    written: Instant,
}

impl<T> Unwritten<T> {
    pub(crate) fn new() -> Self {
        Self { values: Vec::new(), written: Instant::now() }
    }

    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }

    /// Whether it is time to write: a transaction holds at most so many values, or so much time.
    pub(crate) fn due(&self) -> bool {
        self.values.len() >= COMMIT_VALUES || self.written.elapsed() > COMMIT_AFTER
    }

    pub(crate) fn take(&mut self) -> Vec<T> {
        self.written = Instant::now();
        std::mem::take(&mut self.values)
    }
}

/// Picture evidence by content key and producer.
#[derive(Debug)]
pub struct Cache {
    connection: Connection,
    path: Option<PathBuf>,
    notes: Vec<CacheNote>,
}

impl Cache {
    /// Opens (or creates) the cache in a folder. A damaged file is moved aside and noted.
    pub fn open(folder: &Path) -> Result<Self, CacheError> {
        let path = folder.join(FILE_NAME);
        fs_err::create_dir_all(folder).map_err(|error| unusable(&path, &error))?;
        match connect(&path) {
            Ok(connection) => Ok(Self { connection, path: Some(path), notes: Vec::new() }),
            Err(Trouble::Damaged(detail)) => {
                let note = set_aside(&path, detail)?;
                let connection = connect(&path).map_err(|trouble| unusable(&path, &trouble.detail()))?;
                Ok(Self { connection, path: Some(path), notes: vec![note] })
            }
            Err(Trouble::Other(detail)) => Err(unusable(&path, &detail)),
        }
    }

    /// A cache that forgets: nothing is found, nothing is kept (`--cache off`).
    pub fn off() -> Result<Self, CacheError> {
        let connection = Connection::open_in_memory().map_err(|e| unusable(Path::new(":memory:"), &e))?;
        Ok(Self { connection, path: None, notes: Vec::new() })
    }

    /// The error of a run that the person interrupted, with what is true of this cache.
    pub fn interrupted(&self, done: usize, total: usize) -> EvidenceError {
        match self.path {
            Some(_) => EvidenceError::Interrupted { done, total },
            None => EvidenceError::InterruptedUncached { done, total },
        }
    }

    /// What happened to the file since the last call.
    pub fn take_notes(&mut self) -> Vec<CacheNote> {
        std::mem::take(&mut self.notes)
    }

    /// What is known of a picture by its content and by what produced it, if it is undamaged.
    pub(crate) fn get<T: Cached>(
        &mut self,
        content_key: &str,
        producer: &str,
    ) -> Result<Option<T>, CacheError> {
        if self.path.is_none() {
            return Ok(None);
        }
        let found = self
            .connection
            .prepare_cached("SELECT value FROM picture WHERE content_key = ?1 AND producer = ?2")
            .and_then(|mut select| {
                select.query_row(params![content_key, producer], |row| row.get::<_, Vec<u8>>(0)).optional()
            });
        match found {
            Ok(value) => Ok(value.and_then(|value| decode(&value))),
            Err(error) => self.recover(error).map(|()| None),
        }
    }

    /// Stores what is known of several pictures in one transaction.
    pub(crate) fn put<T: Cached>(&mut self, producer: &str, batch: &[T]) -> Result<(), CacheError> {
        if self.path.is_none() || batch.is_empty() {
            return Ok(());
        }
        match self.insert(producer, batch) {
            Ok(()) => Ok(()),
            Err(error) => {
                self.recover(error)?;
                self.insert(producer, batch)
                    .map_err(|error| unusable(self.path.as_deref().unwrap_or(Path::new("")), &error))
            }
        }
    }

    fn insert<T: Cached>(&mut self, producer: &str, batch: &[T]) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT OR REPLACE INTO picture (content_key, producer, value) VALUES (?1, ?2, ?3)",
            )?;
            for evidence in batch {
                if let Some(value) = encode(evidence) {
                    insert.execute(params![evidence.content_key(), producer, value])?;
                }
            }
        }
        transaction.commit()
    }

    /// After an error: a damaged file is replaced and the caller goes on, anything else is final.
    fn recover(&mut self, error: rusqlite::Error) -> Result<(), CacheError> {
        let path = self.path.clone().unwrap_or_default();
        match Trouble::of(&error) {
            Trouble::Damaged(detail) => {
                // The old connection must let go of the file before it can be moved.
                if let Ok(placeholder) = Connection::open_in_memory() {
                    self.connection = placeholder;
                }
                self.notes.push(set_aside(&path, detail)?);
                self.connection = connect(&path).map_err(|trouble| unusable(&path, &trouble.detail()))?;
                Ok(())
            }
            Trouble::Other(detail) => Err(unusable(&path, &detail)),
        }
    }
}

/// Why a file could not be used: damaged files are replaced, other faults are reported.
enum Trouble {
    Damaged(String),
    Other(String),
}

impl Trouble {
    fn of(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }

    fn detail(&self) -> &str {
        match self {
            Self::Damaged(detail) | Self::Other(detail) => detail,
        }
    }
}

fn connect(path: &Path) -> Result<Connection, Trouble> {
    let connection = Connection::open(path).map_err(|e| Trouble::of(&e))?;
    prepare(&connection).map_err(|e| Trouble::of(&e))?;
    let (application, layout) = identity(&connection).map_err(|e| Trouble::of(&e))?;
    if (application, layout) != (APPLICATION_ID, LAYOUT) {
        return Err(Trouble::Damaged(format!("not a cache of this version ({application:#x}, {layout})")));
    }
    Ok(connection)
}

/// Makes a new file a cache; leaves any other file as it is.
fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(30))?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    // NORMAL may lose the last transaction on a power cut, never the file: evidence can be computed again.
    connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8000; BEGIN IMMEDIATE;")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if tables == 0 {
        connection.execute_batch(&format!(
            "CREATE TABLE picture (content_key TEXT NOT NULL, producer TEXT NOT NULL, value BLOB NOT NULL,
               PRIMARY KEY (content_key, producer)) WITHOUT ROWID;
             PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};"
        ))?;
    }
    connection.execute_batch("COMMIT")
}

fn identity(connection: &Connection) -> rusqlite::Result<(i32, i32)> {
    let application = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let layout = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok((application, layout))
}

/// Renames the file, its journal and its index to the first free `evidence.sqlite.damaged-N`.
fn set_aside(path: &Path, detail: String) -> Result<CacheNote, CacheError> {
    let with_suffix = |suffix: &str| PathBuf::from(format!("{}{suffix}", path.display()));
    let target = (1..).map(|n| with_suffix(&format!(".damaged-{n}"))).find(|it| !it.exists());
    let target = target.unwrap_or_else(|| with_suffix(".damaged"));
    fs_err::rename(path, &target).map_err(|error| unusable(path, &error))?;
    for journal in ["-wal", "-shm"] {
        let journal = with_suffix(journal);
        if journal.exists() {
            fs_err::remove_file(&journal).map_err(|error| unusable(path, &error))?;
        }
    }
    Ok(CacheNote::SetAside {
        path: path.display().to_string(),
        moved_to: target.display().to_string(),
        detail,
    })
}

fn unusable(path: &Path, detail: &dyn std::fmt::Display) -> CacheError {
    CacheError::Unusable { path: path.display().to_string(), detail: detail.to_string() }
}

fn encode(evidence: &impl Serialize) -> Option<Vec<u8>> {
    let mut value = rmp_serde::to_vec_named(evidence).ok()?;
    let checksum = blake3::hash(&value);
    value.extend_from_slice(&checksum.as_bytes()[..CHECKSUM_LEN]);
    Some(value)
}

fn decode<T: DeserializeOwned>(value: &[u8]) -> Option<T> {
    let (body, checksum) = value.split_at_checked(value.len().checked_sub(CHECKSUM_LEN)?)?;
    if &blake3::hash(body).as_bytes()[..CHECKSUM_LEN] != checksum {
        return None;
    }
    rmp_serde::from_slice(body).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{ContrastPlane, SightEvidence};
    use gancho_media::{Detail, Hashes, Limits, Measures, Signature, decode, palette};
    use gancho_vision::{Grid, Kinds, Sight};

    /// Evidence of a real picture: floats with all their bits, a palette, hashes.
    fn evidence(key: &str) -> PictureEvidence {
        let pixels = gancho_media::RgbImage::from_fn(40, 30, image_pixel);
        let mut png = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut png);
        pixels.write_with_encoder(encoder).unwrap();
        let picture = decode(&png, &Limits::default(), Detail::Full).unwrap();
        PictureEvidence {
            content_key: key.to_owned(),
            width: picture.width,
            height: picture.height,
            measures: Measures::of(&picture.pixels),
            quality: gancho_quality::Quality {
                overall: 0.1,
                blur: 0.2,
                noise: 0.3,
                compression: 0.7,
                exposure: 1.0,
            },
            complexity: 100.0 / 3.0,
            hashes: Hashes::of(&picture.pixels),
            signature: Signature::of(&picture.pixels),
            palette: palette(&picture.pixels, 4),
            embedding: (0..512u16).map(|i| f32::from(i) / 7.0).collect(),
            sight: sight(&picture.pixels),
            source: picture.source,
            warnings: picture.warnings,
        }
    }

    fn sight(pixels: &gancho_media::RgbImage) -> SightEvidence {
        let ramp =
            |side: usize| Grid { side, values: (0..side * side).map(|it| it as f32 / 2000.0).collect() };
        let kind = Kinds { photo: 0.1, design: 0.2, screenshot: 0.3, logo_or_packshot: 0.4 };
        let sight =
            Sight { embedding: Vec::new(), attention: ramp(44), text: ramp(44), faces: Vec::new(), kind };
        SightEvidence::of(&sight, &ContrastPlane::of(pixels), pixels.width(), pixels.height())
    }

    fn image_pixel(x: u32, y: u32) -> image::Rgb<u8> {
        image::Rgb([(x * 6) as u8, (y * 8) as u8, (x * y) as u8])
    }

    #[test]
    fn what_comes_back_is_bit_for_bit_what_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let stored = evidence("a");
        Cache::open(folder.path()).unwrap().put("p", std::slice::from_ref(&stored)).unwrap();
        let mut again = Cache::open(folder.path()).unwrap();
        assert_eq!(again.get("a", "p").unwrap(), Some(stored));
        let mut known = |key, producer| again.get::<PictureEvidence>(key, producer).unwrap();
        assert_eq!((known("a", "another producer"), known("b", "p")), (None, None));
    }

    #[test]
    fn a_row_with_one_flipped_bit_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::open(folder.path()).unwrap();
        cache.put("p", &[evidence("a"), evidence("b")]).unwrap();
        let mut value: Vec<u8> = cache
            .connection
            .query_row("SELECT value FROM picture WHERE content_key = 'a'", [], |r| r.get(0))
            .unwrap();
        value[100] ^= 1;
        cache.connection.execute("UPDATE picture SET value = ?1 WHERE content_key = 'a'", [value]).unwrap();
        assert_eq!(cache.get::<PictureEvidence>("a", "p").unwrap(), None);
        assert!(cache.get::<PictureEvidence>("b", "p").unwrap().is_some());
    }

    #[test]
    fn a_file_that_is_no_database_is_moved_aside_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "not a database at all, just some words").unwrap();
        let mut cache = Cache::open(folder.path()).unwrap();
        let notes = cache.take_notes();
        assert!(
            matches!(&notes[..], [CacheNote::SetAside { moved_to, .. }] if moved_to.ends_with(".damaged-1"))
        );
        cache.put("p", &[evidence("a")]).unwrap();
        assert!(cache.get::<PictureEvidence>("a", "p").unwrap().is_some());
        let kept = std::fs::read_to_string(folder.path().join("evidence.sqlite.damaged-1")).unwrap();
        assert_eq!(kept, "not a database at all, just some words");
    }

    #[test]
    fn another_layout_is_moved_aside() {
        let folder = tempfile::tempdir().unwrap();
        Cache::open(folder.path()).unwrap().connection.execute_batch("PRAGMA user_version = 99").unwrap();
        assert_eq!(Cache::open(folder.path()).unwrap().take_notes().len(), 1);
    }

    #[test]
    fn off_remembers_nothing() {
        let mut cache = Cache::off().unwrap();
        cache.put("p", &[evidence("a")]).unwrap();
        assert_eq!(cache.get::<PictureEvidence>("a", "p").unwrap(), None);
        assert!(cache.interrupted(1, 2).to_string().contains("nothing was kept"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_with_a_way_out() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let error = Cache::open(&folder.path().join("file/cache")).unwrap_err();
        assert!(error.to_string().contains("--cache off"), "{error}");
    }
}
