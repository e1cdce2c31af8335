//! Bounded reading of files.

use std::fs::{FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use crate::{DecodeError, Limits};

/// Reads a regular file whole, or refuses it before reading more than `limits.max_bytes`.
///
/// Links are followed. The kind is looked at before opening, since opening a pipe would wait for a writer.
///
/// # Errors
/// [`DecodeError::Missing`], [`DecodeError::NotAFile`], [`DecodeError::Unreadable`],
/// [`DecodeError::TooManyBytes`].
pub fn read_bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, DecodeError> {
    let bytes = accept(&fs_err::metadata(path).map_err(unreadable)?, limits)?;
    let file = fs_err::File::open(path).map_err(unreadable)?;
    accept(&file.metadata().map_err(unreadable)?, limits)?;

    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    file.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut content).map_err(unreadable)?;
    check_length(content.len() as u64, limits)?;
    Ok(content)
}

fn accept(metadata: &Metadata, limits: &Limits) -> Result<u64, DecodeError> {
    if !metadata.is_file() {
        return Err(DecodeError::NotAFile { kind: kind(metadata.file_type()).to_owned() });
    }
    check_length(metadata.len(), limits)?;
    Ok(metadata.len())
}

pub(crate) fn check_length(bytes: u64, limits: &Limits) -> Result<(), DecodeError> {
    if bytes > limits.max_bytes {
        return Err(DecodeError::TooManyBytes { bytes, limit: limits.max_bytes });
    }
    Ok(())
}

fn unreadable(error: io::Error) -> DecodeError {
    match error.kind() {
        io::ErrorKind::NotFound => DecodeError::Missing,
        kind => DecodeError::Unreadable { detail: kind.to_string() },
    }
}

fn kind(file_type: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return "pipe";
        }
        if file_type.is_socket() {
            return "socket";
        }
    }
    if file_type.is_dir() { "directory" } else { "device" }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_up_to_the_limit_and_not_one_byte_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        fs_err::write(&path, [7u8; 100]).unwrap();
        let limits = Limits { max_bytes: 100, ..Limits::default() };
        assert_eq!(read_bytes(&path, &limits), Ok(vec![7u8; 100]));
        let limits = Limits { max_bytes: 99, ..Limits::default() };
        assert_eq!(read_bytes(&path, &limits), Err(DecodeError::TooManyBytes { bytes: 100, limit: 99 }));
    }

    #[test]
    fn refuses_what_is_not_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let refused = read_bytes(folder.path(), &Limits::default());
        assert_eq!(refused, Err(DecodeError::NotAFile { kind: "directory".to_owned() }));
        assert_eq!(read_bytes(&folder.path().join("none"), &Limits::default()), Err(DecodeError::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn refuses_devices_pipes_and_sockets_without_waiting() {
        let device = read_bytes(Path::new("/dev/zero"), &Limits::default());
        assert_eq!(device, Err(DecodeError::NotAFile { kind: "device".to_owned() }));

        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let refused = read_bytes(&socket, &Limits::default());
        assert_eq!(refused, Err(DecodeError::NotAFile { kind: "socket".to_owned() }));

        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|it| it.success()) {
            let refused = read_bytes(&pipe, &Limits::default());
            assert_eq!(refused, Err(DecodeError::NotAFile { kind: "pipe".to_owned() }));
        }
    }
}
