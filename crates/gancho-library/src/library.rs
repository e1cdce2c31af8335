//! Opening a library: inputs, manifests, loose pictures, sidecars, figures, comments, in that order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::comments;
use crate::config::{self, Config};
use crate::creative::{Comment, Creative, Origin};
use crate::dates::DateOrder;
use crate::error::LibraryError;
use crate::fault::{Fault, FaultKind};
use crate::join::{Index, Joined};
use crate::manifest;
use crate::note::Note;
use crate::numbers::DecimalMark;
use crate::paths::{self, Resolver};
use crate::performance;
use crate::sidecar;
use crate::table;
use crate::walk::{Found, Role, SkipReason};

/// How a library is opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Lets manifests and followed links name pictures outside the library.
    pub allow_outside: bool,
    /// Follows symbolic links met in folders (never in circles).
    pub follow_links: bool,
    /// Uses `library.*`, `performance.*` and `comments.*` found in a folder's root.
    pub pick_up: bool,
    /// Performance files, joined by id, else by file name.
    pub performance: Vec<PathBuf>,
    /// Comments files.
    pub comments: Vec<PathBuf>,
    /// Settings file; `None` for `gancho.toml` in the library's root.
    pub config: Option<PathBuf>,
    /// Decimal mark of all tables; `None` to decide per column.
    pub decimal: Option<DecimalMark>,
    /// Order of all dates; `None` to decide per file.
    pub dates: Option<DateOrder>,
    /// Largest table that is read, in bytes.
    pub max_table_bytes: u64,
    /// Most rows of a table that are read.
    pub max_rows: u64,
    /// Deepest level of folders that is read.
    pub max_depth: usize,
}

impl Default for Options {
    /// 512 MiB, 5 million rows and 64 levels; no links, nothing outside, tables picked up.
    fn default() -> Self {
        Options {
            allow_outside: false,
            follow_links: false,
            pick_up: true,
            performance: Vec::new(),
            comments: Vec::new(),
            config: None,
            decimal: None,
            dates: None,
            max_table_bytes: 512 << 20,
            max_rows: 5_000_000,
            max_depth: 64,
        }
    }
}

/// A file that was used without being asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PickedUp {
    /// The file.
    pub file: String,
    /// What it is used as.
    pub role: Role,
}

/// A file that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// Why.
    pub reason: SkipReason,
}

/// What the user has, read as far as it can be. File names are relative to [`Library::root`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// The deepest folder that contains all inputs, canonical.
    pub root: PathBuf,
    /// The creatives, sorted by id (bytes).
    pub creatives: Vec<Creative>,
    /// All comments, in the order of their files.
    pub comments: Vec<Comment>,
    /// What was wrong, in the order in which it was met.
    pub faults: Vec<Fault>,
    /// What was recognized.
    pub notes: Vec<Note>,
    /// Columns that gancho does not know, once per file. Manifest columns are kept in `extra`.
    pub unknown_columns: BTreeMap<String, Vec<String>>,
    /// Files that were passed over, sorted.
    pub skipped: Vec<Skipped>,
    /// Files that were used without being asked for.
    pub picked_up: Vec<PickedUp>,
    /// How each performance file met the library.
    pub performance_files: Vec<Joined>,
    /// How each comments file met the library.
    pub comment_files: Vec<Joined>,
    /// Settings of the library; the default when it has none.
    pub config: Config,
}

/// Ids given so far: where, and how often without one of its own.
type Seen = HashMap<String, (Origin, u32)>;

impl Library {
    /// Opens pictures, folders, globs and manifests together.
    ///
    /// # Errors
    /// When nothing at all can be used, or the settings file is wrong; see [`LibraryError`]. All
    /// other trouble is in [`Library::faults`].
    pub fn open(inputs: &[String], options: &Options) -> Result<Library, LibraryError> {
        if inputs.is_empty() {
            return Err(LibraryError::NoInput);
        }
        let mut options = options.clone();
        let found = Found::of(inputs, &options);
        let mut library = Library { root: paths::common_folder(&found.bases), ..Library::default() };
        library.read_config(&mut options)?;
        library.faults = found.absent.clone();
        for (path, kind) in &found.faults {
            let file = library.display(path);
            library.faults.push(Fault::of_file(&file, kind.clone()));
        }
        for (path, role) in &found.picked_up {
            let file = library.display(path);
            library.picked_up.push(PickedUp { file, role: *role });
        }
        library.list_skipped(&found, &options);
        let mut seen = Seen::new();
        library.read_manifests(&found, &options, &mut seen);
        library.add_loose_pictures(&found, &mut seen);
        drop(seen);
        library.read_sidecars();
        if library.creatives.is_empty() {
            return Err(library.nothing(inputs, &found));
        }
        library.creatives.sort_by(|a, b| a.id.cmp(&b.id));
        let index = Index::of(&library.creatives);
        library.read_performance(&found, &index, &options);
        library.read_comments(&found, &index, &options);
        Ok(library)
    }

    fn display(&self, path: &Path) -> String {
        paths::display(path, &self.root)
    }

    /// Lists what was passed over; a table that is used after all was not.
    fn list_skipped(&mut self, found: &Found, options: &Options) {
        let mut used = found.manifests.clone();
        used.extend(asked_then_found(&options.performance, &found.performance));
        used.extend(asked_then_found(&options.comments, &found.comments));
        for (path, reason) in found.skipped.iter().filter(|it| !used.contains(&it.0)) {
            self.skipped.push(Skipped { file: self.display(path), reason: *reason });
        }
        self.skipped.sort_by(|a, b| a.file.cmp(&b.file));
        self.skipped.dedup();
    }

    fn read_config(&mut self, options: &mut Options) -> Result<(), LibraryError> {
        let beside = self.root.join(config::FILE_NAME);
        match &options.config {
            Some(path) => self.config = Config::read(path, &path.to_string_lossy())?,
            None if !self.root.as_os_str().is_empty() && beside.is_file() => {
                self.config = Config::read(&beside, config::FILE_NAME)?;
                self.picked_up.push(PickedUp { file: config::FILE_NAME.into(), role: Role::Config });
            }
            None => {}
        }
        options.decimal = options.decimal.or(self.config.decimal);
        options.dates = options.dates.or(self.config.dates);
        Ok(())
    }

    fn read_manifests(&mut self, found: &Found, options: &Options, seen: &mut Seen) {
        let mut resolver = Resolver::new(found.roots.clone(), options.allow_outside);
        for path in &found.manifests {
            let Some((table, file)) = self.read_table(path, options) else { continue };
            let folder = path.parent().unwrap_or(path);
            let mut faults = std::mem::take(&mut self.faults);
            let read = manifest::read(
                &table,
                folder,
                &self.root,
                options,
                &mut resolver,
                &mut faults,
                &mut self.notes,
            );
            drop(table);
            self.faults = faults;
            self.list_unknown(file, read.unknown);
            for creative in read.creatives {
                self.add(creative, seen);
            }
        }
    }

    /// Pictures that no manifest names are creatives of their own.
    fn add_loose_pictures(&mut self, found: &Found, seen: &mut Seen) {
        let named: HashSet<PathBuf> = self.creatives.iter().filter_map(|it| it.picture.clone()).collect();
        for picture in found.pictures.iter().filter(|it| !named.contains(*it)) {
            let path = self.display(picture);
            let origin = Origin { file: path.clone(), line: None };
            let picture = Some(picture.clone());
            self.add(Creative { id: path.clone(), path, picture, origin, ..Creative::default() }, seen);
        }
    }

    /// Adds a creative unless its id is taken. Rows without an id of their own that share a picture
    /// are different ads of it, not repetitions: from the second on they are numbered.
    fn add(&mut self, mut creative: Creative, seen: &mut Seen) {
        let had_no_id = creative.id == creative.path && creative.origin.line.is_some();
        if had_no_id && let Some((_, times)) = seen.get_mut(&creative.id) {
            *times += 1;
            creative.id = format!("{}#{times}", creative.id);
        }
        match seen.get(&creative.id) {
            None => {
                seen.insert(creative.id.clone(), (creative.origin.clone(), 1));
                self.creatives.push(creative);
            }
            Some((first, _)) => {
                let kind = FaultKind::DuplicateId {
                    id: creative.id,
                    first_file: first.file.clone(),
                    first_line: first.line.unwrap_or(0),
                };
                let (file, line) = (creative.origin.file, creative.origin.line);
                self.faults.push(Fault { file, line, column: None, kind });
            }
        }
    }

    fn read_sidecars(&mut self) {
        let mut creatives = std::mem::take(&mut self.creatives);
        for creative in &mut creatives {
            let Some(picture) = &creative.picture else { continue };
            for extension in ["json", "txt"] {
                let path = picture.with_extension(extension);
                let is_table_of_the_library = crate::walk::role(&path).is_some();
                if is_table_of_the_library || !path.is_file() {
                    continue;
                }
                let file = self.display(&path);
                let read = sidecar::read(&path, &file, &mut self.faults);
                creative.copy.fill_from(read.copy);
                self.list_unknown(file, read.unknown);
            }
        }
        self.creatives = creatives;
    }

    fn read_performance(&mut self, found: &Found, index: &Index, options: &Options) {
        let mut sums = vec![None; self.creatives.len()];
        for path in asked_then_found(&options.performance, &found.performance) {
            let file = self.display(&path);
            let read = performance::read(&path, &file, index, options, &mut sums);
            self.faults.extend(read.faults);
            self.notes.extend(read.notes);
            self.performance_files.push(read.joined);
            self.list_unknown(file, read.unknown);
        }
        performance::attach(&mut self.creatives, sums);
    }

    fn read_comments(&mut self, found: &Found, index: &Index, options: &Options) {
        for path in asked_then_found(&options.comments, &found.comments) {
            let Some((table, file)) = self.read_table(&path, options) else { continue };
            let (comments, joined, unknown) =
                comments::of_table(&table, index, &self.creatives, &mut self.faults);
            self.comments.extend(comments);
            self.comment_files.push(joined);
            self.list_unknown(file, unknown);
        }
        for id in self.comments.iter().filter_map(|it| it.creative_id.as_deref()) {
            // Creatives are sorted by id by now.
            if let Ok(at) = self.creatives.binary_search_by(|it| it.id.as_str().cmp(id)) {
                self.creatives[at].comments += 1;
            }
        }
    }

    fn read_table(&mut self, path: &Path, options: &Options) -> Option<(table::Table, String)> {
        let file = self.display(path);
        let reading = table::read(path, &file, options);
        self.faults.extend(reading.faults);
        self.notes.extend(reading.notes);
        Some((reading.table?, file))
    }

    fn list_unknown(&mut self, file: String, columns: Vec<String>) {
        if !columns.is_empty() {
            self.unknown_columns.insert(file, columns);
        }
    }

    /// Why there is no creative at all.
    fn nothing(&self, inputs: &[String], found: &Found) -> LibraryError {
        let faults = self.faults.clone();
        if let Some(path) = found.manifests.first() {
            let file = self.display(path);
            let of_file = faults.iter().find(|it| it.file == file && it.kind.is_of_whole_file());
            if let Some(fault) = of_file {
                let value = serde_json::to_value(&fault.kind).unwrap_or_default();
                let reason = value["code"].as_str().unwrap_or_default().to_owned();
                let detail = fault.kind.to_string();
                return LibraryError::ManifestUnusable { file, reason, detail, faults };
            }
            if let Some(first) = faults.iter().find(|it| it.file == file && it.line.is_some()) {
                let (count, detail) = (faults.len() as u64, first.to_string());
                return LibraryError::NoUsableRow { file, count, detail, faults };
            }
        } else if let Some(absent) = found.absent.first() {
            return LibraryError::NoSuchInput { path: absent.file.clone(), faults };
        }
        LibraryError::Empty { inputs: inputs.join(", "), faults }
    }
}

/// Files that were asked for, then those picked up, each once.
fn asked_then_found(asked: &[PathBuf], found: &[PathBuf]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    let canonical = asked.iter().map(|it| it.canonicalize().unwrap_or_else(|_| it.clone()));
    for path in canonical.chain(found.iter().cloned()) {
        if !files.contains(&path) {
            files.push(path);
        }
    }
    files
}
