//! Comments one after the other, from a file or a pipe of any length.
//!
//! Separated text, JSON Lines and plain lines are read as a stream: what is held at once is one record. A JSON
//! document, a workbook and a Parquet file are read whole, as [`crate::read_comments`] does it.

mod lines;
mod separated;

use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs_io::DecodeReaderBytesBuilder;
use serde_json::{Map, Value};

use self::lines::Lines;
use self::separated::Separated;
use crate::columns::{self, Field};
use crate::creative::{Comment, Origin};
use crate::fault::{Fault, FaultKind};
use crate::figures::quoted;
use crate::library::Options;
use crate::table::{self, separated as records};
use crate::{CommentFile, read_comments};

/// What is looked at to tell format and encoding.
const HEAD_BYTES: u64 = 1 << 16;
/// Longest comment that is read.
const MAX_COMMENT_BYTES: usize = 1 << 20;
/// Longest record that is read; a quotation mark that is never closed swallows everything up to here.
const MAX_RECORD_BYTES: usize = 16 << 20;

/// A comment, or what was wrong with its row.
pub type CommentRow = Result<Comment, Box<Fault>>;

/// Comments in the order of their file.
pub struct CommentStream {
    file: String,
    rows: u64,
    source: Source,
    unknown_columns: Vec<String>,
}

enum Source {
    Separated(Box<Separated>),
    JsonLines(Lines),
    Plain(Lines),
    Whole(std::vec::IntoIter<CommentRow>),
}

impl std::fmt::Debug for CommentStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CommentStream").field("file", &self.file).field("rows", &self.rows).finish()
    }
}

impl CommentStream {
    /// Opens a file. The extension tells the format of tables; any other file is read as a pipe is.
    ///
    /// # Errors
    /// A [`Fault`] of the whole file: it cannot be read, is empty, or has no column with text.
    pub fn open(path: &Path, options: &Options) -> Result<Self, Box<Fault>> {
        let name = path.to_string_lossy().replace('\\', "/");
        let unreadable = |error: io::Error| {
            Box::new(Fault::of_file(&name, FaultKind::FileUnreadable { detail: table::reason(&error) }))
        };
        let extension = table::extension(path);
        let whole = ["xlsx", "parquet", "json"].contains(&extension.as_str());
        if whole {
            return Self::of_file(&name, read_comments(path, options));
        }
        Self::of_reader(&name, &extension, Box::new(file_at(path).map_err(unreadable)?))
    }

    /// Reads one text a line from a file, whatever its extension.
    ///
    /// # Errors
    /// As [`CommentStream::open`].
    pub fn of_text_file(path: &Path) -> Result<Self, Box<Fault>> {
        let name = path.to_string_lossy().replace('\\', "/");
        let unreadable = |error| {
            Box::new(Fault::of_file(&name, FaultKind::FileUnreadable { detail: table::reason(&error) }))
        };
        Self::of_lines(&name, file_at(path).map_err(unreadable)?)
    }

    /// Reads a pipe: JSON Lines when it begins with `{`, a table when its first line has a column with text, else
    /// one comment a line.
    ///
    /// # Errors
    /// As [`CommentStream::open`].
    pub fn of_pipe(name: &str, pipe: impl Read + Send + 'static) -> Result<Self, Box<Fault>> {
        Self::of_reader(name, "", Box::new(pipe))
    }

    /// Reads one text a line, whatever the first line looks like.
    ///
    /// # Errors
    /// As [`CommentStream::open`].
    pub fn of_lines(name: &str, lines: impl Read + Send + 'static) -> Result<Self, Box<Fault>> {
        Self::of_reader(name, "txt", Box::new(lines))
    }

    fn of_reader(name: &str, extension: &str, reader: Box<dyn Read + Send>) -> Result<Self, Box<Fault>> {
        let fault = |kind| Box::new(Fault::of_file(name, kind));
        let unreadable =
            |error: io::Error| fault(FaultKind::FileUnreadable { detail: table::reason(&error) });
        let (mut head, mut reader) = (Vec::new(), reader);
        reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(unreadable)?;
        let encoding = crate::encoding::of_stream(&head);
        let decoded_head = encoding.unwrap_or(encoding_rs::UTF_8).decode(&head).0.into_owned();
        let bytes = Cursor::new(head).chain(reader);
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(encoding)
            .bom_override(true)
            .utf8_passthru(true)
            .strip_bom(true)
            .build(bytes);
        let text: Text = BufReader::with_capacity(HEAD_BYTES as usize, Box::new(decoded));
        let head = decoded_head;
        let first = head.trim_start();
        if first.is_empty() {
            return Err(fault(FaultKind::EmptyFile));
        }
        let source = match extension {
            "csv" | "tsv" => {
                Source::Separated(Box::new(Separated::open(name, extension == "tsv", &head, text)?))
            }
            "jsonl" | "ndjson" => Source::JsonLines(Lines::new(text)),
            "txt" => Source::Plain(Lines::new(text)),
            _ if first.starts_with('{') => Source::JsonLines(Lines::new(text)),
            _ => match has_text_column(&head) {
                true => Source::Separated(Box::new(Separated::open(name, false, &head, text)?)),
                false => Source::Plain(Lines::new(text)),
            },
        };
        let unknown_columns = match &source {
            Source::Separated(it) => it.unknown.clone(),
            _ => Vec::new(),
        };
        Ok(Self { file: name.to_owned(), rows: 0, source, unknown_columns })
    }

    fn of_file(name: &str, read: CommentFile) -> Result<Self, Box<Fault>> {
        let of_whole_file = |it: &&Fault| it.line.is_none() && it.kind.is_of_whole_file();
        if read.comments.is_empty()
            && let Some(fault) = read.faults.iter().find(of_whole_file).or(read.faults.first())
        {
            return Err(Box::new(fault.clone()));
        }
        let mut rows: Vec<CommentRow> = read.faults.into_iter().map(|it| Err(Box::new(it))).collect();
        rows.extend(read.comments.into_iter().map(Ok));
        let place = |it: &CommentRow| match it {
            Ok(comment) => comment.origin.line,
            Err(fault) => fault.line,
        };
        rows.sort_by_key(place);
        let source = Source::Whole(rows.into_iter());
        Ok(Self { file: name.to_owned(), rows: 0, source, unknown_columns: read.unknown_columns })
    }

    /// Columns without a meaning.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown_columns
    }
}

impl Iterator for CommentStream {
    type Item = CommentRow;

    fn next(&mut self) -> Option<CommentRow> {
        let row = match &mut self.source {
            Source::Whole(rows) => return rows.next(),
            Source::Separated(records) => records.next(&self.file)?,
            Source::JsonLines(lines) => match lines.next()? {
                Ok((line, text)) => of_json(&self.file, line, &text),
                Err(broken) => Err(broken.fault(&self.file)),
            },
            Source::Plain(lines) => match lines.next()? {
                Ok((line, text)) => checked(&self.file, line, "text", text).map(|text| Comment {
                    text,
                    origin: Origin { file: self.file.clone(), line: Some(line) },
                    ..Comment::default()
                }),
                Err(broken) => Err(broken.fault(&self.file)),
            },
        };
        self.rows += 1;
        Some(row.map(|comment| Comment { row: self.rows, ..comment }))
    }
}

/// Opens what can be read from the beginning to the end.
fn file_at(path: &Path) -> io::Result<std::fs::File> {
    let file = std::fs::File::open(path)?;
    match file.metadata() {
        Ok(it) if it.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory)),
        _ => Ok(file),
    }
}

/// Decoded text that is read as it comes.
type Text = BufReader<Box<dyn Read + Send>>;

/// The text of a comment, trimmed, or why it is none.
fn checked(file: &str, line: u64, header: &str, bytes: Vec<u8>) -> Result<String, Box<Fault>> {
    let fault = |kind| Box::new(Fault { file: file.to_owned(), line: Some(line), column: None, kind });
    let header = || header.to_owned();
    if bytes.len() > MAX_COMMENT_BYTES {
        let (bytes, limit) = (bytes.len() as u64, MAX_COMMENT_BYTES as u64);
        return Err(fault(FaultKind::CellTooLong { header: header(), bytes, limit }));
    }
    let text = String::from_utf8(bytes).map_err(|_| fault(FaultKind::InvalidUtf8 { header: header() }))?;
    match text.trim() {
        "" => Err(fault(FaultKind::EmptyComment)),
        trimmed => Ok(trimmed.to_owned()),
    }
}

fn of_json(file: &str, line: u64, text: &[u8]) -> CommentRow {
    let fault = |kind| Box::new(Fault { file: file.to_owned(), line: Some(line), column: None, kind });
    let object: Map<String, Value> = serde_json::from_slice(text)
        .map_err(|error| fault(FaultKind::BrokenJson { detail: table::plain(&error) }))?;
    let mut comment =
        Comment { origin: Origin { file: file.to_owned(), line: Some(line) }, ..Comment::default() };
    let (mut body, mut creative_rank) = (None, usize::MAX);
    for (key, value) in &object {
        let Some((field, rank)) = columns::meaning(key, columns::COMMENTS) else { continue };
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        match field {
            Field::Likes => comment.likes = value.as_u64().or_else(|| text.parse().ok()),
            Field::Text => body = Some(text),
            other => set(&mut comment, other, rank, &mut creative_rank, text),
        }
    }
    let Some(body) = body else {
        let found = quoted(&object.keys().cloned().collect::<Vec<_>>().join(", "));
        return Err(fault(FaultKind::MissingColumns { wanted: "text".into(), found }));
    };
    comment.text = checked(file, line, "text", body.into_bytes())?;
    Ok(comment)
}

/// Sets a field of a comment. The creative may be named in several columns: the best name wins.
fn set(comment: &mut Comment, field: Field, rank: usize, creative_rank: &mut usize, text: String) {
    if text.is_empty() {
        return;
    }
    let target = match field {
        Field::Id => &mut comment.id,
        Field::Author => &mut comment.author,
        Field::CreatedAt => &mut comment.created_at,
        Field::Parent => &mut comment.parent,
        Field::Creative | Field::Image | Field::Name => {
            let kind = [Field::Creative, Field::Image, Field::Name].iter().position(|it| *it == field);
            let rank = kind.unwrap_or(0) * 100 + rank;
            if rank >= *creative_rank {
                return;
            }
            *creative_rank = rank;
            &mut comment.creative
        }
        _ => return,
    };
    *target = Some(text);
}

/// Whether the first line of a text is a header with a column for text.
fn has_text_column(head: &str) -> bool {
    let (separator, start) = records::separator(head, false);
    let mut reader = records::reader(separator, head.as_bytes().get(start..).unwrap_or_default());
    let mut record = csv::StringRecord::new();
    matches!(reader.read_record(&mut record), Ok(true))
        && record.iter().any(|it| matches!(columns::meaning(it, columns::COMMENTS), Some((Field::Text, _))))
        // A single word is a header only if it is one of ours to the letter, not a comment such as "Comentario".
        && (record.len() > 1 || record.iter().all(|it| it.trim() == it.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &[u8]) -> Result<Vec<CommentRow>, Box<Fault>> {
        Ok(CommentStream::of_pipe("-", Cursor::new(text.to_vec()))?.collect())
    }

    fn texts(text: &[u8]) -> Vec<String> {
        let rows = stream(text).expect("a stream");
        rows.into_iter().map(|it| it.map_or_else(|fault| format!("{:?}", fault.kind), |it| it.text)).collect()
    }

    #[test]
    fn a_pipe_tells_its_format_by_its_first_line() {
        let expected = ["¡Me encanta!", "No, gracias"];
        for text in [
            "¡Me encanta!\n\n  \nNo, gracias\n",
            "texto\n¡Me encanta!\n\"No, gracias\"\n",
            "id;Comentario\n1;¡Me encanta!\n2;No, gracias",
            "{\"text\": \"¡Me encanta!\"}\n{\"comment\": \" No, gracias\", \"likes\": 3}\n",
            "\u{feff}fecha\ttexto\n2026\t¡Me encanta!\n2026\tNo, gracias\r\n",
        ] {
            assert_eq!(texts(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_known_by_their_names() {
        let text = "creativo,id,comentario,autor,fecha,me gusta,respuesta a,color\n\
                    a1,c1,\"dos\nlíneas\",ana,2026-01-02,\"1.204\",c0,rojo\n";
        let stream = CommentStream::of_pipe("-", Cursor::new(text)).expect("a table");
        assert_eq!(stream.unknown_columns(), ["color"]);
        let row = stream.last().expect("a row").expect("a comment");
        assert_eq!((row.row, row.creative.as_deref(), row.id.as_deref()), (1, Some("a1"), Some("c1")));
        assert_eq!(
            (row.text.as_str(), row.likes, row.parent.as_deref()),
            ("dos\nlíneas", Some(1204), Some("c0"))
        );
        assert_eq!(row.origin.line, Some(2));
    }

    #[test]
    fn a_bad_row_does_not_stop_the_others() {
        let text = b"id,text\n1,caf\xff\n2\n3,\n4,ni\xc3\xb1o\nid,text\n5,\xc3\xa9xito\n";
        let rows = stream(text).expect("a stream");
        let codes: Vec<String> = rows
            .iter()
            .map(|it| match it {
                Ok(comment) => comment.text.clone(),
                Err(fault) => format!(
                    "{}:{}",
                    fault.line.unwrap_or(0),
                    serde_json::to_value(fault).expect("plain")["code"].as_str().unwrap_or("")
                ),
            })
            .collect();
        assert_eq!(
            codes,
            ["2:invalid-utf8", "3:ragged-row", "4:empty-comment", "niño", "6:repeated-header", "éxito"]
        );
    }

    #[test]
    fn other_encodings_are_read() {
        let latin: Vec<u8> = "texto;id\nñandú años señal;1\n".chars().map(|it| u32::from(it) as u8).collect();
        assert_eq!(texts(&latin), ["ñandú años señal"]);
        let wide: Vec<u8> = "\u{feff}text\nseñal\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&wide), ["señal"]);
    }

    #[test]
    fn what_holds_no_comments_says_so() {
        let kind = |text: &str, extension: &str| {
            let reader = Box::new(Cursor::new(text.to_owned()));
            CommentStream::of_reader("f", extension, reader).map(|_| ()).map_err(|it| it.kind)
        };
        assert_eq!(kind("", ""), Err(FaultKind::EmptyFile));
        assert_eq!(kind(" \n\n", "csv"), Err(FaultKind::EmptyFile));
        let found = FaultKind::MissingColumns { wanted: "text".into(), found: "id, message_body".into() };
        assert_eq!(kind("id,message_body\n1,x\n", "csv"), Err(found));
        let rows = stream(b"{\"id\": 1}\nno json\n{\"text\": null}\n").expect("lines");
        assert!(rows.iter().all(Result::is_err), "{rows:?}");
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_and_bounded() {
        let rows = stream(b"id,text\n1,fine\n2,\"never\nclosed\n3,x\n").expect("a stream");
        assert_eq!(rows.len(), 2);
        let fault = rows[1].as_ref().expect_err("unclosed");
        assert_eq!((fault.line, &fault.kind), (Some(3), &FaultKind::UnclosedQuote));
        // An inch mark inside a line is no opened quotation.
        assert_eq!(texts(b"id,text\n1,a 5\" screen\n2,fine\n"), ["a 5\" screen", "fine"]);
        let endless = [b"id,text\n1,\"".to_vec(), vec![b'x'; MAX_RECORD_BYTES + (1 << 20)]].concat();
        let rows = stream(&endless).expect("a stream");
        assert_eq!(rows.len(), 1);
        assert!(rows[0].is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in "[a-z,;\"\\n\\r\u{e9}{}:|\\t]{0,80}", tail: Vec<u8>) {
            let bytes = [b"text,id\n", text.as_bytes(), &tail].concat();
            if let Ok(stream) = CommentStream::of_pipe("-", Cursor::new(bytes)) {
                proptest::prop_assert!(stream.count() <= 200);
            }
        }
    }
}
