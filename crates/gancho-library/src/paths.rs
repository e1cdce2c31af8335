//! From a path in a manifest to a file on disk, never outside the library unless allowed.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use crate::fault::FaultKind;
use crate::figures::quoted;

/// Beginnings of addresses that have no `//`.
const BARE_SCHEMES: [&str; 6] = ["data", "file", "blob", "javascript", "mailto", "about"];

/// Finds pictures that tables name.
#[derive(Debug)]
pub(crate) struct Resolver {
    roots: Vec<PathBuf>,
    allow_outside: bool,
    /// Folders that were resolved already: a manifest names the same few again and again.
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl Resolver {
    /// `roots` are the canonical folders that make up the library.
    pub(crate) fn new(roots: Vec<PathBuf>, allow_outside: bool) -> Self {
        Resolver { roots, allow_outside, folders: HashMap::new() }
    }

    /// The canonical path of an existing file that `written` names, seen from the folder `base`.
    ///
    /// A path that leads outside by its text alone is refused before the disk is asked, so that a
    /// manifest cannot even probe for files. Links are resolved and checked again.
    pub(crate) fn resolve(&mut self, base: &Path, written: &str) -> Result<PathBuf, FaultKind> {
        if let Some(scheme) = scheme(written) {
            let url = quoted(written);
            return Err(match scheme.as_str() {
                "http" | "https" => FaultKind::PictureOnTheWeb { url },
                _ => FaultKind::UnknownScheme { url, scheme },
            });
        }
        let outside = || FaultKind::PathOutside { path: quoted(written) };
        let missing = || FaultKind::PictureMissing { path: quoted(written) };
        let slashed = written.replace('\\', "/");
        if has_drive(&slashed) && !(cfg!(windows) && self.allow_outside) {
            return Err(outside());
        }
        let path = base.join(&slashed);
        let path = without_dots(&path).ok_or_else(outside)?;
        let is_absolute = slashed.starts_with('/');
        if !is_absolute && !self.allows(&path) {
            return Err(outside());
        }
        let Some(found) = self.canonical(&path) else {
            return Err(if self.allows(&path) { missing() } else { outside() });
        };
        if !self.allows(&found) {
            return Err(outside());
        }
        match std::fs::metadata(&found) {
            Ok(metadata) if metadata.is_file() => Ok(found),
            Ok(_) => Err(FaultKind::PictureNotAFile { path: quoted(written) }),
            Err(_) => Err(missing()),
        }
    }

    fn allows(&self, path: &Path) -> bool {
        self.allow_outside || self.roots.iter().any(|it| path.starts_with(it))
    }

    fn canonical(&mut self, path: &Path) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?);
        let folder = match self.folders.get(folder) {
            Some(known) => known.clone()?,
            None => {
                let canonical = folder.canonicalize().ok();
                self.folders.insert(folder.to_owned(), canonical.clone());
                canonical?
            }
        };
        let path = folder.join(name);
        let is_link = path.symlink_metadata().ok()?.file_type().is_symlink();
        if is_link { path.canonicalize().ok() } else { Some(path) }
    }
}

/// The scheme of an address, lower case; `None` for a path.
fn scheme(written: &str) -> Option<String> {
    let (scheme, rest) = written.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let well_formed = scheme.len() > 1
        && scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+.-".contains(&it));
    (well_formed && (rest.starts_with("//") || BARE_SCHEMES.contains(&scheme.as_str()))).then_some(scheme)
}

/// Whether a path begins with a drive, as in `C:/ads`.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// Resolves `.` and `..` by their text; `None` when they climb above the root of the disk.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            other => plain.push(other),
        }
    }
    Some(plain)
}

/// A path as it is shown and used as an identity: relative to `root` where it lies inside.
pub(crate) fn display(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .filter(|it| !matches!(it, Component::RootDir))
        .map(|it| it.as_os_str().to_string_lossy())
        .collect();
    let lead = if relative.has_root() { "/" } else { "" };
    format!("{lead}{}", parts.join("/"))
}

/// The deepest folder that contains all of these.
pub(crate) fn common_folder(folders: &[PathBuf]) -> PathBuf {
    let Some((first, rest)) = folders.split_first() else { return PathBuf::new() };
    let mut common = first.clone();
    for folder in rest {
        while !folder.starts_with(&common) {
            if !common.pop() {
                return PathBuf::new();
            }
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for (written, expected) in [
            ("https://example.com/a.jpg", Some("https")),
            ("FTP://example.com/a.jpg", Some("ftp")),
            ("data:image/png;base64,AAAA", Some("data")),
            ("promo: hero.jpg", None),
            ("C:\\ads\\a.jpg", None),
            ("a.jpg", None),
        ] {
            assert_eq!(scheme(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn common_folder_and_display() {
        let folders = ["/ads/spring/a", "/ads/spring/b", "/ads/summer"].map(PathBuf::from);
        assert_eq!(common_folder(&folders), PathBuf::from("/ads"));
        assert_eq!(common_folder(&folders[..1]), folders[0]);
        assert_eq!(display(Path::new("/ads/spring/a/x.jpg"), Path::new("/ads")), "spring/a/x.jpg");
        assert_eq!(display(Path::new("/else/x.jpg"), Path::new("/ads")), "/else/x.jpg");
    }
}
