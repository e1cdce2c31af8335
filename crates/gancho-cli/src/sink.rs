//! Where results go: stdout, or a file that appears whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Result of writing a whole output.
#[derive(Debug)]
pub(crate) enum Written {
    /// Everything was written.
    All,
    /// The reader closed the pipe (`| head`): not an error, there is just nobody left to write to.
    ReaderLeft,
}

/// Output could not be written (exit status 5).
#[derive(Debug)]
pub(crate) struct OutputError {
    pub(crate) path: String,
    pub(crate) detail: String,
}

/// Writes an output to stdout, or to `path` by way of a temporary file beside it that is renamed at the end.
pub(crate) fn write_to(
    path: Option<&Path>,
    produce: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Written, OutputError> {
    let named = path.map_or_else(|| "stdout".to_owned(), |path| path.display().to_string());
    let failed = |error: io::Error| OutputError { path: named.clone(), detail: error.to_string() };
    match path {
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            match produce(&mut out).and_then(|()| out.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    // What is left in the buffer must not be tried again when it is dropped.
                    let _ = out.into_parts();
                    Ok(Written::ReaderLeft)
                }
                result => result.map(|()| Written::All).map_err(failed),
            }
        }
        // A device or a pipe (/dev/full, /dev/stdout) cannot be replaced by renaming: write straight to it.
        Some(path) if path.exists() && !path.is_file() => {
            let file = std::fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
            let mut out = BufWriter::new(file);
            produce(&mut out).and_then(|()| out.flush()).map(|()| Written::All).map_err(failed)
        }
        Some(path) => replace(path, produce).map(|()| Written::All).map_err(failed),
    }
}

fn replace(path: &Path, produce: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|it| !it.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let mut partial = tempfile::Builder::new().prefix(".gancho-").suffix(".part").tempfile_in(folder)?;
    {
        let mut out = BufWriter::with_capacity(1 << 16, partial.as_file_mut());
        produce(&mut out)?;
        out.flush()?;
    }
    partial.as_file().sync_all()?;
    keep_mode(&partial, path)?;
    partial.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// A temporary file is private; the result gets the mode of the file it replaces, or what a new file gets.
#[cfg(unix)]
fn keep_mode(partial: &NamedTempFile, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_or(0o644, |old| old.permissions().mode() & 0o777);
    partial.as_file().set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_mode(_: &NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_failed_output_leaves_the_old_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        std::fs::write(&path, "old").unwrap();
        let error = write_to(Some(&path), |out| {
            out.write_all(b"half of the new")?;
            Err(io::Error::other("disk full"))
        });
        assert_eq!(error.unwrap_err().detail, "disk full");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no partial file stays behind");
    }

    #[test]
    fn a_written_output_replaces_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.csv");
        std::fs::write(&path, "old").unwrap();
        write_to(Some(&path), |out| out.write_all(b"new")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    }
}
