//! From inputs to files: folders, globs, and what each file is by its name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use walkdir::{DirEntry, WalkDir};

use crate::fault::{Fault, FaultKind};
use crate::library::Options;
use crate::table::{self, extension};

/// Pictures by extension. The last four cannot be decoded; they are taken so that the decoder
/// quarantines them with a reason instead of nobody ever mentioning them.
const PICTURES: &[&str] =
    &["jpg", "jpeg", "jpe", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "svg", "psd", "ico"];

/// What a file that was found without being asked for is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// `library.*`, `manifest.*` or `creatives.*` in a folder's root.
    Manifest,
    /// `performance.*` in a folder's root.
    Performance,
    /// `comments.*` in a folder's root.
    Comments,
    /// `gancho.toml` in the library's root.
    Config,
}

/// Why a file was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// Neither a picture nor a table that has a role.
    UnknownKind,
    /// The folder has a manifest of higher precedence.
    OtherManifest,
    /// A symbolic link, and following links was not asked for.
    Link,
}

/// Everything that the inputs lead to. Paths are canonical.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub pictures: BTreeSet<PathBuf>,
    pub manifests: Vec<PathBuf>,
    pub performance: Vec<PathBuf>,
    pub comments: Vec<PathBuf>,
    pub picked_up: Vec<(PathBuf, Role)>,
    pub skipped: Vec<(PathBuf, SkipReason)>,
    /// Folders that make up the library.
    pub roots: Vec<PathBuf>,
    /// Folders that were walked.
    walked: BTreeSet<PathBuf>,
    /// Folders of all inputs: their common folder is the library's root.
    pub bases: Vec<PathBuf>,
    /// Faults whose file is still a whole path.
    pub faults: Vec<(PathBuf, FaultKind)>,
    /// Inputs that do not exist, as typed.
    pub absent: Vec<Fault>,
}

impl Found {
    /// Follows each input, in the order given.
    pub(crate) fn of(inputs: &[String], options: &Options) -> Found {
        let mut found = Found::default();
        for input in inputs {
            let path = Path::new(input);
            if path.exists() {
                found.input(path, true, options);
            } else if input.contains(['*', '?', '[', '{']) {
                found.glob(input, options);
            } else {
                found.absent.push(Fault::of_file(input, FaultKind::NoSuchInput));
            }
        }
        found
    }

    /// One input. A file that was `named` by the person is looked at whatever its name says: the decoder
    /// knows what it is, and silence would be no answer.
    fn input(&mut self, path: &Path, named: bool, options: &Options) {
        let path = match path.canonicalize() {
            Ok(path) => path,
            Err(error) => {
                let kind = FaultKind::FileUnreadable { detail: table::reason(&error) };
                return self.absent.push(Fault::of_file(&path.to_string_lossy(), kind));
            }
        };
        if path.is_dir() {
            self.bases.push(path.clone());
            // A manifest named before makes its folder a root without walking it.
            push_new(&mut self.roots, path.clone());
            if self.walked.insert(path.clone()) {
                self.folder(&path, options);
            }
            return;
        }
        let folder = path.parent().unwrap_or(&path).to_owned();
        self.bases.push(folder.clone());
        if is_picture(&path) {
            self.pictures.insert(path);
        } else if is_sidecar(&path) || is_config(&path) {
        } else if let Some(role @ (Role::Performance | Role::Comments)) = role(&path) {
            self.pick_up(path, role);
        } else if is_table(&path) {
            push_new(&mut self.roots, folder);
            push_new(&mut self.manifests, path);
        } else if named {
            self.pictures.insert(path);
        } else {
            self.skipped.push((path, SkipReason::UnknownKind));
        }
    }

    /// Expands a pattern as a shell would, folders included.
    fn glob(&mut self, pattern: &str, options: &Options) {
        let slashed = if cfg!(windows) { pattern.replace('\\', "/") } else { pattern.to_owned() };
        let fixed: Vec<&str> =
            slashed.split('/').take_while(|it| !it.contains(['*', '?', '[', '{'])).collect();
        let rest = slashed.split('/').skip(fixed.len()).collect::<Vec<_>>().join("/");
        let base = match fixed.join("/") {
            base if base.is_empty() && slashed.starts_with('/') => "/".to_owned(),
            base if base.is_empty() => ".".to_owned(),
            base => base,
        };
        let matcher = match globset::GlobBuilder::new(&rest).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => {
                let kind = FaultKind::BadPattern { detail: error.kind().to_string() };
                return self.absent.push(Fault::of_file(pattern, kind));
            }
        };
        let depth = if rest.contains("**") { options.max_depth } else { rest.split('/').count() };
        let mut walk = WalkDir::new(&base).min_depth(1).max_depth(depth).sort_by_file_name().into_iter();
        let mut is_empty = true;
        while let Some(entry) = walk.next() {
            let Ok(entry) = entry else { continue };
            let is_folder = entry.file_type().is_dir();
            if is_hidden(&entry) {
                if is_folder {
                    walk.skip_current_dir();
                }
            } else if matcher.is_match(entry.path().strip_prefix(&base).unwrap_or(entry.path())) {
                is_empty = false;
                self.input(entry.path(), false, options);
                if is_folder {
                    walk.skip_current_dir();
                }
            }
        }
        if is_empty {
            self.absent.push(Fault::of_file(pattern, FaultKind::NoMatch));
        }
    }

    fn folder(&mut self, root: &Path, options: &Options) {
        let mut manifests = Vec::new();
        let mut walk = WalkDir::new(root)
            .min_depth(1)
            .max_depth(options.max_depth)
            .follow_links(options.follow_links)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk_fault(root, &error);
                    continue;
                }
            };
            let (kind, path) = (entry.file_type(), entry.path());
            if is_hidden(&entry) {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
            } else if kind.is_symlink() {
                self.skipped.push((path.to_owned(), SkipReason::Link));
            } else if kind.is_dir() {
                if entry.depth() == options.max_depth {
                    let kind = FaultKind::FolderTooDeep { limit: options.max_depth as u64 };
                    self.faults.push((path.to_owned(), kind));
                }
            } else if kind.is_file() {
                self.file(root, &entry, options, &mut manifests);
            }
        }
        self.choose_manifest(manifests);
    }

    fn file(&mut self, root: &Path, entry: &DirEntry, options: &Options, manifests: &mut Vec<PathBuf>) {
        let mut path = entry.path().to_owned();
        if options.follow_links {
            // Only then can a path hold links; what they lead to must lie inside as well.
            let Ok(target) = path.canonicalize() else { return };
            if !target.starts_with(root) && !options.allow_outside {
                let kind = FaultKind::PathOutside { path: entry.file_name().to_string_lossy().into_owned() };
                return self.faults.push((path, kind));
            }
            path = target;
        }
        let in_root = entry.depth() == 1;
        if is_picture(&path) {
            self.pictures.insert(path);
        } else if is_sidecar(&path) || is_config(&path) && in_root {
        } else if in_root && options.pick_up {
            match role(&path) {
                Some(Role::Manifest) => manifests.push(path),
                Some(role) => self.pick_up(path, role),
                None => self.skipped.push((path, SkipReason::UnknownKind)),
            }
        } else {
            self.skipped.push((path, SkipReason::UnknownKind));
        }
    }

    fn pick_up(&mut self, path: PathBuf, role: Role) {
        let list = if role == Role::Performance { &mut self.performance } else { &mut self.comments };
        if !list.contains(&path) {
            list.push(path.clone());
            self.picked_up.push((path, role));
        }
    }

    /// Takes one manifest of a folder: by name (library, manifest, creatives), then by extension.
    fn choose_manifest(&mut self, mut manifests: Vec<PathBuf>) {
        let rank = |path: &PathBuf| {
            let extension = extension(path);
            let by_name = ["library", "manifest", "creatives"].iter().position(|it| *it == stem(path));
            (by_name, table::EXTENSIONS.iter().position(|it| *it == extension))
        };
        manifests.sort_by_key(rank);
        for (index, path) in manifests.into_iter().enumerate() {
            if index > 0 {
                self.skipped.push((path, SkipReason::OtherManifest));
            } else if !self.manifests.contains(&path) {
                self.picked_up.push((path.clone(), Role::Manifest));
                self.manifests.push(path);
            }
        }
    }

    fn walk_fault(&mut self, root: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(root).to_owned();
        let kind = match (error.loop_ancestor(), error.io_error()) {
            (Some(_), _) => FaultKind::LinkLoop,
            (None, Some(it)) if path.is_dir() => FaultKind::FolderUnreadable { detail: table::reason(it) },
            (None, Some(it)) => FaultKind::FileUnreadable { detail: table::reason(it) },
            (None, None) => return,
        };
        self.faults.push((path, kind));
    }
}

fn push_new(list: &mut Vec<PathBuf>, path: PathBuf) {
    if !list.contains(&path) {
        list.push(path);
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn is_picture(path: &Path) -> bool {
    PICTURES.contains(&extension(path).as_str())
}

fn is_table(path: &Path) -> bool {
    table::EXTENSIONS.contains(&extension(path).as_str())
}

fn is_config(path: &Path) -> bool {
    path.file_name().is_some_and(|it| it == crate::config::FILE_NAME)
}

/// `hero.txt` and `hero.json` are copy of `hero.jpg`, when there is a picture of that name.
fn is_sidecar(path: &Path) -> bool {
    matches!(extension(path).as_str(), "txt" | "json")
        && role(path).is_none()
        && PICTURES
            .iter()
            .any(|it| path.with_extension(it).is_file() || path.with_extension(it.to_uppercase()).is_file())
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// What a table in a folder's root is used as, by its name.
pub(crate) fn role(path: &Path) -> Option<Role> {
    match stem(path).as_str() {
        _ if !is_table(path) => None,
        "library" | "manifest" | "creatives" => Some(Role::Manifest),
        "performance" => Some(Role::Performance),
        "comments" => Some(Role::Comments),
        _ => None,
    }
}
