//! Lines of a text, one after the other.

use std::io::{BufRead, Read};

use super::{MAX_RECORD_BYTES, Text};
use crate::fault::{Fault, FaultKind};
use crate::table;

/// Why a line could not be had.
pub(super) struct Broken {
    line: u64,
    kind: FaultKind,
}

impl Broken {
    pub(super) fn fault(self, file: &str) -> Box<Fault> {
        Box::new(Fault { file: file.to_owned(), line: Some(self.line), column: None, kind: self.kind })
    }
}

/// Lines with something on them, with their number.
pub(super) struct Lines {
    text: Text,
    line: u64,
    ended: bool,
}

impl Lines {
    pub(super) fn new(text: Text) -> Self {
        Self { text, line: 0, ended: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<(u64, Vec<u8>), Broken>> {
        while !self.ended {
            self.line += 1;
            let mut bytes = Vec::new();
            let read = self.text.by_ref().take(MAX_RECORD_BYTES as u64).read_until(b'\n', &mut bytes);
            let broken = |kind| Some(Err(Broken { line: self.line, kind }));
            match read {
                Err(error) => {
                    self.ended = true;
                    return broken(FaultKind::FileUnreadable { detail: table::reason(&error) });
                }
                Ok(0) => self.ended = true,
                Ok(count) if count == MAX_RECORD_BYTES && bytes.last() != Some(&b'\n') => {
                    // What is left of the line would be taken for lines of its own.
                    self.ended = true;
                    let (bytes, limit) = (count as u64, MAX_RECORD_BYTES as u64);
                    return broken(FaultKind::CellTooLong { header: "text".into(), bytes, limit });
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok((self.line, bytes))),
            }
        }
        None
    }
}
