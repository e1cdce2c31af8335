//! Comments in separated text, record by record.

use std::io::{self, Read};

use super::{CommentRow, MAX_RECORD_BYTES, Text, checked, set};
use crate::columns::{self, Field};
use crate::creative::{Comment, Origin};
use crate::fault::{Fault, FaultKind};
use crate::figures::quoted;
use crate::table::{self, separated};

/// A table of separated text.
pub(super) struct Separated {
    reader: csv::Reader<Bounded>,
    columns: Vec<String>,
    fields: Vec<(Field, usize, usize)>,
    text: usize,
    /// Columns without a meaning.
    pub(super) unknown: Vec<String>,
    first_line: u64,
    ended: bool,
}

impl Separated {
    pub(super) fn open(name: &str, is_tsv: bool, head: &str, mut text: Text) -> Result<Self, Box<Fault>> {
        let fault = |kind| Box::new(Fault::of_file(name, kind));
        let (separator, start) = separated::separator(head, is_tsv);
        let first_line = head[..start].matches('\n').count() as u64;
        // The line that names the separator is plain ASCII: as long in any encoding once it is decoded.
        io::copy(&mut text.by_ref().take(start as u64), &mut io::sink())
            .map_err(|error| fault(FaultKind::FileUnreadable { detail: table::reason(&error) }))?;
        let mut reader = separated::reader(separator, Bounded { text, quotes: 0, since: 0, ended: false });
        let mut record = csv::ByteRecord::new();
        let read = reader.read_byte_record(&mut record);
        read.map_err(|error| fault(FaultKind::BrokenTable { detail: error.to_string() }))?;
        let columns: Vec<String> =
            record.iter().map(|it| String::from_utf8_lossy(it).trim().to_owned()).collect();
        let mut fields: Vec<(Field, usize, usize)> = Vec::new();
        let mut unknown = Vec::new();
        for (at, header) in columns.iter().enumerate() {
            match columns::meaning(header, columns::COMMENTS) {
                // The better name of a field wins, the first of equals.
                Some((field, rank)) => match fields.iter_mut().find(|it| it.0 == field) {
                    Some(held) if rank < held.2 => *held = (field, at, rank),
                    Some(_) => unknown.push(header.clone()),
                    None => fields.push((field, at, rank)),
                },
                None if header.is_empty() => {}
                None if columns::meaning(header, columns::MANIFEST).is_some() => {}
                None => unknown.push(header.clone()),
            }
        }
        let Some(&(_, text, _)) = fields.iter().find(|it| it.0 == Field::Text) else {
            let found = quoted(&columns.join(", "));
            return Err(fault(FaultKind::MissingColumns { wanted: "text".into(), found }));
        };
        Ok(Self { reader, columns, fields, text, unknown, first_line, ended: false })
    }

    pub(super) fn next(&mut self, file: &str) -> Option<CommentRow> {
        let mut record = csv::ByteRecord::new();
        while !self.ended {
            self.reader.get_mut().since = 0;
            let at = |line| (line > 0).then_some(line);
            let fault = |line, kind| {
                Some(Err(Box::new(Fault { file: file.to_owned(), line: at(line), column: None, kind })))
            };
            let before = self.first_line + self.reader.position().line();
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return None;
                }
                Err(error) => {
                    self.ended = true;
                    let too_long = matches!(error.kind(), csv::ErrorKind::Io(it) if it.kind() == io::ErrorKind::InvalidData);
                    let kind = match too_long {
                        true => FaultKind::UnclosedQuote,
                        false => FaultKind::BrokenTable { detail: error.to_string() },
                    };
                    return fault(before, kind);
                }
            }
            if record.iter().all(|it| it.trim_ascii().is_empty()) {
                continue;
            }
            let line = record.position().map_or(before, |it| self.first_line + it.line());
            let text = self.reader.get_ref();
            if text.ended && text.quotes % 2 == 1 && record.iter().any(|it| it.contains(&b'\n')) {
                self.ended = true;
                return fault(line, FaultKind::UnclosedQuote);
            }
            let width = self.columns.len();
            let surplus = record.iter().skip(width).any(|it| !it.trim_ascii().is_empty());
            if record.len() < width || surplus {
                let (expected, found) = (width as u64, record.len() as u64);
                return fault(line, FaultKind::RaggedRow { expected, found });
            }
            if record
                .iter()
                .take(width)
                .map(|it| it.trim_ascii())
                .eq(self.columns.iter().map(String::as_bytes))
            {
                return fault(line, FaultKind::RepeatedHeader);
            }
            return Some(self.comment(file, line, &record));
        }
        None
    }

    fn comment(&self, file: &str, line: u64, record: &csv::ByteRecord) -> CommentRow {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let text = checked(file, line, &self.columns[self.text], cell(self.text).to_vec())?;
        let origin = Origin { file: file.to_owned(), line: Some(line) };
        let (mut comment, mut creative_rank) = (Comment { text, origin, ..Comment::default() }, usize::MAX);
        for &(field, at, rank) in &self.fields {
            let text = String::from_utf8_lossy(cell(at)).trim().to_owned();
            match field {
                Field::Text => {}
                // Likes are counts, so any mark in them separates thousands.
                Field::Likes => comment.likes = text.replace(['.', ',', ' ', '\u{a0}'], "").parse().ok(),
                other => set(&mut comment, other, rank, &mut creative_rank, text),
            }
        }
        Ok(comment)
    }
}

/// Ends with an error when a record goes on for ever, and counts quotation marks.
struct Bounded {
    text: Text,
    quotes: u64,
    /// Bytes since the last record.
    since: usize,
    /// Whether the last byte was read.
    ended: bool,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since > MAX_RECORD_BYTES {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let count = self.text.read(buffer)?;
        self.since += count;
        self.ended |= count == 0 && !buffer.is_empty();
        self.quotes += buffer[..count].iter().filter(|it| **it == b'"').count() as u64;
        Ok(count)
    }
}
