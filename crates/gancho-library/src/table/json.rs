//! JSON: an array of objects, `{"creatives": [...]}`, or one object a line.
//!
//! The array is walked by hand, one element at a time, so that each row knows its line, rows before
//! a break are kept, and the whole document never stands in memory as a tree.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::raw::{self, Object};
use super::{Limits, MAX_COLUMNS, Places, Reading, Shape, Table};
use crate::fault::{Fault, FaultKind};

/// Objects inside of objects that become columns.
const MAX_NESTING: usize = 3;

/// Keys under which an object may hold its rows.
const ROWS: [&str; 6] = ["creatives", "rows", "data", "performance", "comments", "results"];

/// Reads one document.
pub(crate) fn read(text: &str, file: &str, limits: Limits, shape: Shape) -> Reading {
    let mut walk = Walk { text, at: 0, line: 1, counted: 0, rows: Rows::new(file, limits, shape) };
    if let Err((at, detail)) = walk.document() {
        let (line, column) = place(text, at);
        let kind = FaultKind::BrokenJson { detail };
        walk.rows.faults.push(Fault { file: file.into(), line: Some(line), column: Some(column), kind });
    }
    walk.rows.finish()
}

/// Reads one object per line; a line that is none is a fault, and the next one goes on.
pub(crate) fn read_lines(text: &str, file: &str, limits: Limits, shape: Shape) -> Reading {
    let mut rows = Rows::new(file, limits, shape);
    // Blank lines are records where records are kept, but not those at the end.
    let mut blank = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_number = index as u64 + 1;
        if line.trim().is_empty() {
            blank.push(line_number);
            continue;
        }
        for line in blank.drain(..).filter(|_| shape == Shape::Records) {
            rows.table.begin_row(line, 0);
        }
        match raw::object(line) {
            Ok(object) => {
                if !rows.push(&object, line_number) {
                    break;
                }
            }
            Err(error) => {
                let (column, kind) =
                    (error.column().max(1) as u64, FaultKind::BrokenJson { detail: plain(&error) });
                if shape == Shape::Records {
                    rows.table.begin_row(line_number, 0);
                }
                rows.faults.push(Fault {
                    file: file.into(),
                    line: Some(line_number),
                    column: Some(column),
                    kind,
                });
            }
        }
    }
    rows.finish()
}

/// A position in the text, moving forward.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    /// Line at `counted`.
    line: u64,
    counted: usize,
    rows: Rows,
}

type Broken = (usize, String);

impl Walk<'_> {
    fn document(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Some(b'[') => self.array()?,
            Some(b'{') => self.object()?,
            None => return Ok(()),
            Some(_) => return Err((self.at, "expected a list of objects".into())),
        }
        match self.peek() {
            None => Ok(()),
            Some(_) => Err((self.at, "something follows the end of the document".into())),
        }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn value<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Broken> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            Some(Err(error)) => {
                let (line, column) = (error.line(), error.column());
                let rest = &self.text[self.at..];
                let start: usize =
                    rest.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
                Err((self.at + start + column.saturating_sub(1), plain(&error)))
            }
            None => Err((self.text.len(), "the document ends too early".into())),
        }
    }

    /// Moves past `,` to the next element, or past the closing bracket: whether another one follows.
    fn more(&mut self, close: u8, is_first: bool) -> Result<bool, Broken> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            Some(_) => Err((self.at, "expected a comma or the end of the list".into())),
            None => Err((self.text.len(), "the document ends too early".into())),
        }
    }

    fn array(&mut self) -> Result<(), Broken> {
        self.at += 1;
        let mut is_first = true;
        while self.more(b']', is_first)? {
            is_first = false;
            self.peek();
            self.line += self.text[self.counted..self.at].matches('\n').count() as u64;
            self.counted = self.at;
            let start = self.at;
            self.value::<BTreeMap<String, IgnoredAny>>()?;
            let object = raw::entries(&self.text[start..self.at]);
            if !self.rows.push(&object, self.line) {
                self.at = self.text.len();
                return Ok(());
            }
        }
        Ok(())
    }

    fn object(&mut self) -> Result<(), Broken> {
        self.at += 1;
        let (mut is_first, mut found) = (true, false);
        while self.more(b'}', is_first)? {
            is_first = false;
            self.peek();
            let key: String = self.value()?;
            if self.peek() != Some(b':') {
                return Err((self.at, "expected a colon".into()));
            }
            self.at += 1;
            if !found && ROWS.contains(&key.as_str()) && self.peek() == Some(b'[') {
                found = true;
                self.array()?;
            } else {
                self.peek();
                self.value::<IgnoredAny>()?;
            }
        }
        if found { Ok(()) } else { Err((0, "expected a list of objects, or one under \"creatives\"".into())) }
    }
}

/// Rows as they come; columns are the union of keys in order of appearance.
struct Rows {
    table: Table,
    index: std::collections::HashMap<String, usize>,
    faults: Vec<Fault>,
    limits: Limits,
    shape: Shape,
}

impl Rows {
    fn new(file: &str, limits: Limits, shape: Shape) -> Self {
        let table = Table::new(file, Places::Lines);
        Rows { table, index: Default::default(), faults: Vec::new(), limits, shape }
    }

    /// Adds a row; `false` when the table is full.
    fn push(&mut self, object: &Object, line: u64) -> bool {
        if self.table.num_rows() as u64 >= self.limits.rows {
            let kind = FaultKind::TooManyRows { limit: self.limits.rows };
            self.faults.push(Fault::of_file(&self.table.file, kind));
            return false;
        }
        // Some interfaces of ad platforms answer in batches, each with rows of its own.
        if self.shape == Shape::Records
            && object.contains_key("fieldMask")
            && let Some(rows) = object.get("results")
            && let Ok(rows) = raw::objects(rows.get())
        {
            return rows.iter().filter(|it| !it.contains_key("fieldMask")).all(|it| self.push(it, line));
        }
        let mut cells = Vec::new();
        for (key, value) in object {
            self.place(key.trim(), value.get().trim(), 0, &mut cells);
        }
        cells.sort_by_key(|it| it.0);
        self.table.begin_row(line, 0);
        let mut next = 0;
        for (column, text, typed) in cells {
            // Two keys that differ in outer white space only.
            if column < next {
                continue;
            }
            (next..column).for_each(|_| self.table.push("", false));
            next = column + 1;
            match self.shape {
                Shape::Headed => self.table.push(&text, typed),
                Shape::Records => self.table.push_as_written(&text, typed),
            }
        }
        true
    }

    /// Adds the cells of a value. Where records are kept as they stand, an object inside of a record
    /// makes columns of its own, as `campaign.name`.
    fn place(&mut self, key: &str, value: &str, depth: usize, cells: &mut Vec<(usize, String, bool)>) {
        if self.shape == Shape::Records
            && depth < MAX_NESTING
            && value.starts_with('{')
            && let Ok(object) = raw::object(value)
        {
            for (inner, value) in &object {
                self.place(&format!("{key}.{}", inner.trim()), value.get().trim(), depth + 1, cells);
            }
            return;
        }
        let column = match self.index.get(key) {
            Some(column) => *column,
            None if self.table.columns.len() < MAX_COLUMNS => {
                self.index.insert(key.to_owned(), self.table.columns.len());
                self.table.columns.push(key.to_owned());
                self.table.columns.len() - 1
            }
            None => return,
        };
        let (text, typed) = match value.as_bytes().first() {
            Some(b'"') => (serde_json::from_str(value).unwrap_or_default(), false),
            Some(b'n') => (String::new(), false),
            Some(b'[') if self.shape == Shape::Headed => {
                (serde_json::from_str::<Vec<Value>>(value).map(|it| list(&it)).unwrap_or_default(), false)
            }
            Some(byte) => (value.to_owned(), byte.is_ascii_digit() || *byte == b'-'),
            None => return,
        };
        cells.push((column, text, typed));
    }

    fn finish(self) -> Reading {
        Reading { table: Some(self.table), faults: self.faults, notes: Vec::new() }
    }
}

/// A list as one cell, in the form that tags are read in.
fn list(items: &[Value]) -> String {
    let texts = items.iter().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
    texts.collect::<Vec<_>>().join("; ")
}

/// The reader's words without its own place, which counts from the element.
pub(crate) fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |it| it.0.to_owned())
}

/// Line and character, both from 1.
fn place(text: &str, at: usize) -> (u64, u64) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    (1 + before.matches('\n').count() as u64, 1 + before[start..].chars().count() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Options;

    #[expect(clippy::type_complexity, reason = "cells and places of a test, side by side")]
    fn rows(text: &str) -> (Vec<Vec<String>>, Vec<(Option<u64>, Option<u64>)>) {
        let reading = read(text, "t.json", Limits::of(&Options::default()), Shape::Headed);
        let table = reading.table.expect("a table");
        let cells = |row| (0..table.columns.len()).map(|it| table.cell(row, it).text.to_owned()).collect();
        let places = reading.faults.iter().map(|it| (it.line, it.column)).collect();
        ((0..table.num_rows()).map(cells).collect(), places)
    }

    #[test]
    fn both_shapes_and_late_columns() {
        let array = "[{\"id\":\"a\"},\n {\"headline\":\"H\",\"tags\":[\"x\",\"y\"]}]";
        let row = |it: [&str; 3]| it.map(str::to_owned).to_vec();
        let expected = vec![row(["a", "", ""]), row(["", "H", "x; y"])];
        assert_eq!(rows(array), (expected, vec![]));
        let wrapped = format!("{{\"version\": {{\"a\":[1]}}, \"creatives\": {array} }}");
        assert_eq!(rows(&wrapped), rows(array));
    }

    #[test]
    fn what_stands_before_a_break_is_kept() {
        let (cells, faults) = rows("[{\"id\":\"a\"},\n {\"id\":\"b\"}] oops");
        assert_eq!((cells.len(), faults), (2, vec![(Some(2), Some(14))]));
        let (cells, faults) = rows("[{\"id\":\"a\"},\n {\"id\":");
        assert_eq!((cells.len(), faults), (1, vec![(Some(2), Some(7))]));
        let (cells, faults) = rows("[{\"id\":\"a\"} {\"id\":\"b\"}]");
        assert_eq!((cells.len(), faults), (1, vec![(Some(1), Some(13))]));
        assert_eq!(rows("{\"id\":\"a\"}").1.len(), 1);
        assert_eq!(rows("7").1, vec![(Some(1), Some(1))]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[\\[\\]{}:,\"a1\\n \u{e9}\\\\]{0,60}") {
            rows(&text);
        }
    }
}
